"""Stance and headline support on FNC-1: our rules beside plain peers, in one run.

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/stance.py

By default it scores a development split of the training part (500 bodies, seed 7, on which the
thresholds and the weights of the signals were chosen). `--test` scores the official test part: a
look to be logged in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.sentiment import mean_tone
from newsresearch.stance import STANCES
from newsresearch.support import support_features

Labels = list[str]


def main() -> int:
    """Print the scores, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--test", action="store_true", help="score the official test part")
    arguments = parser.parse_args()
    data = find_data(["fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz"])
    if data is None:
        return 0
    pairs = load_pairs(data / "fnc-1", "competition_test" if arguments.test else "train")
    pairs = pairs if arguments.test else development(pairs)
    gold: Labels = pairs["Stance"].tolist()
    print(f"{len(pairs)} pairs, {'test' if arguments.test else 'development'} part")
    print_stances(gold, pairs)
    print_signals(gold, pairs)
    return 0


def load_pairs(folder: Path, part: str) -> pd.DataFrame:
    """Return `Headline, Body ID, Stance, body`, duplicates dropped."""
    bodies = pd.read_csv(folder / f"{part}_bodies.csv.gz")
    stances = pd.read_csv(folder / f"{part}_stances.csv.gz").drop_duplicates()
    return stances.merge(bodies, on="Body ID").sort_values("Body ID", kind="stable")


def development(pairs: pd.DataFrame, bodies: int = 500, seed: int = 7) -> pd.DataFrame:
    """Return the pairs of a seeded sample of bodies."""
    ids = sorted(pairs["Body ID"].unique())
    random.Random(seed).shuffle(ids)
    return pairs[pairs["Body ID"].isin(set(ids[:bodies]))].reset_index(drop=True)


def print_stances(gold: Labels, pairs: pd.DataFrame) -> None:
    """Print F1 by class, macro-F1 and the FNC score of each system."""
    similar = tfidf(pairs)
    systems = {
        "newsresearch rules": ours(pairs),
        "TF-IDF > .08: discuss": ["discuss" if s > 0.08 else "unrelated" for s in similar],
        "majority": ["unrelated"] * len(gold),
    }
    print(f"{'system':<24}{'FNC':>7}{'macro':>7}" + "".join(f"{s:>11}" for s in STANCES))
    for name, guessed in systems.items():
        scores = [f1(gold, guessed, stance) for stance in STANCES]
        row = f"{name:<24}{fnc_score(gold, guessed):>7.3f}{np.mean(scores):>7.3f}"
        print(row + "".join(f"{score:>11.3f}" for score in scores))


def ours(pairs: pd.DataFrame) -> Labels:
    """Label the pairs with the package; a body it cannot score counts as unrelated."""
    table = pd.DataFrame({"headline": pairs["Headline"], "body": pairs["articleBody"]})
    labelled = nr.label_stance(nr.read_articles(table))
    return labelled["stance"].fillna("unrelated").tolist()


def print_signals(gold: Labels, pairs: pd.DataFrame) -> None:
    """Print the AUC of single signals: related or not, disagree or agree."""
    articles = [Article("", row.Headline, row.articleBody) for row in pairs.itertuples()]
    found = pd.DataFrame([support_features(article) for article in articles])
    stance = np.array(gold)
    related = stance != "unrelated"
    about = {
        "best sentence + 3 x cosine": found["best_coverage"] + 3 * found["cosine"],
        "best sentence": found["best_coverage"],
        "coverage": found["coverage"],
        "TF-IDF cosine": tfidf(pairs),
    }
    for name, values in about.items():
        print(f"related or not, AUC: {name} {auc(values, related):.3f}")
    both = np.isin(stance, ["agree", "disagree"])
    disagree, chosen = stance[both] == "disagree", pairs[both]
    gaps = [abs(mean_tone(r.Headline) - mean_tone(r.articleBody)) for r in chosen.itertuples()]
    own = found[both]
    signals = {
        "one of the two refutes": own["refuted"],
        "the same + .2 x otherwise + .1 x negated": own["refuted"]
        + 0.2 * own["otherwise"]
        + 0.1 * own["negated"],
        "a mismatch that says otherwise": own["otherwise"],
        "tone gap": np.nan_to_num(gaps),
    }
    for name, values in signals.items():
        print(f"disagree or agree, AUC: {name} {auc(values, disagree):.3f}")


def tfidf(pairs: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the TF-IDF cosine of headline and body, fitted on these texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    bodies = vectors.fit_transform(pairs["articleBody"])
    headlines = vectors.transform(pairs["Headline"])
    return np.asarray(headlines.multiply(bodies).sum(axis=1)).ravel()


def f1(gold: Labels, guessed: Labels, stance: str) -> float:
    """Return the F1 of one class."""
    hits = sum(g == p == stance for g, p in zip(gold, guessed, strict=True))
    return 2 * hits / max(1, gold.count(stance) + guessed.count(stance))


def fnc_score(gold: Labels, guessed: Labels) -> float:
    """Return the official score over the best possible one (scale 0 to 1)."""
    got = best = 0.0
    for g, p in zip(gold, guessed, strict=True):
        best += 0.25 if g == "unrelated" else 1.0
        if (g == "unrelated") == (p == "unrelated"):
            got += 0.25 + 0.75 * (g == p != "unrelated")
    return got / best


def auc(values: Iterable[float], positive: npt.NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve, ties counted half."""
    ranks = pd.Series(np.asarray(list(values))).rank().to_numpy()
    n = int(positive.sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / n / (len(ranks) - n))


if __name__ == "__main__":
    sys.exit(main())
