"""Stance on FNC-1: the package beside the winners of 2017 and plain peers, in one table.

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/stance.py --test

`--test` scores the official test part with the model that the package has: a look to be logged in
benchmarks/README.md; `--write` then writes its tables for the notebook. Without `--test`: the
training part, each story scored by a model that never saw it (five folds), with the ablation.
`--encoder` adds the optional encoder.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from public_data import find_data
from stance_data import (
    PUBLISHED,
    STANCES,
    Values,
    auc,
    calibration_error,
    f1,
    fnc_score,
    load_pairs,
    reliability,
    tfidf,
)
from train_stance import CUES_ONLY, MISMATCHES, leave_out

import newsresearch as nr
from newsresearch.sentiment import mean_tone

DATA = Path(__file__).parents[1] / "data"
NEEDED = ["fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz"]
TEST = [name.replace("train", "competition_test") for name in NEEDED]


def main() -> int:
    """Print the scores, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--test", action="store_true", help="score the official test part")
    parser.add_argument("--encoder", action="store_true", help="the optional encoder as well")
    parser.add_argument("--write", action="store_true", help="write the tables of the test part")
    arguments = parser.parse_args()
    folder = find_data(TEST if arguments.test else NEEDED)
    if folder is None:
        return 0
    pairs = load_pairs(folder / "fnc-1", "competition_test" if arguments.test else "train")
    print(f"{len(pairs)} pairs, {'test' if arguments.test else 'training'} part")
    print(f"{'system':<32}{'FNC':>7}{'macro':>7}" + "".join(f"{s:>11}" for s in STANCES))
    if arguments.test:
        score_test(pairs, folder, arguments)
    else:
        score_left_out(pairs)
    return 0


# --- the test part ------------------------------------------------------------------------------


def score_test(pairs: pd.DataFrame, folder: Path, arguments: argparse.Namespace) -> None:
    """Score the packaged models; print peers, calibration, signals and the ceiling."""
    gold = pairs["Stance"].tolist()
    for name, (score, *classes) in PUBLISHED.items():
        print_scores(f"{name}, published", score, classes)
    similar = tfidf(pairs)
    print_peers(gold, similar)
    models = ["lexical", "encoder"] if arguments.encoder else ["lexical"]
    for model in models:
        start = time.process_time()
        labelled = label(pairs, model)
        seconds = time.process_time() - start
        guessed = labelled["stance"].fillna("unrelated").tolist()
        print_labels(f"newsresearch, {model}", gold, guessed)
        shares = labelled[[f"p_{s}" for s in STANCES]].fillna(0.0).to_numpy()
        print(f"    calibration error {calibration_error(gold, shares):.3f}, ", end="")
        print(f"{len(pairs) / seconds:,.0f} pairs a second of CPU time")
        print_signals(gold, pairs, labelled, similar)
        if arguments.write:
            write_tables(gold, guessed, shares, model)
    print_ceiling(folder)


def label(pairs: pd.DataFrame, model: str = "lexical") -> pd.DataFrame:
    """Label pairs with the package."""
    table = pd.DataFrame({"headline": pairs["Headline"], "body": pairs["articleBody"]})
    return nr.label_stance(nr.read_articles(table), model)


def print_peers(gold: Sequence[str], similar: Values) -> None:
    print_labels(
        "TF-IDF > .08: discuss", gold, ["discuss" if s > 0.08 else "unrelated" for s in similar]
    )
    print_labels("majority", gold, ["unrelated"] * len(gold))


def print_labels(name: str, gold: Sequence[str], guessed: Sequence[str]) -> None:
    print_scores(name, fnc_score(gold, guessed), [f1(gold, guessed, s) for s in STANCES])


def print_scores(name: str, score: float, classes: Sequence[float]) -> None:
    row = f"{name:<32}{score:>7.3f}{np.mean(classes):>7.3f}"
    print(row + "".join(f"{value:>11.3f}" for value in classes))


def print_signals(
    gold: Sequence[str], pairs: pd.DataFrame, labelled: pd.DataFrame, similar: Values
) -> None:
    """Print how well single signals tell related from not, and disagree from agree."""
    stance = np.array(gold)
    related = stance != "unrelated"
    told = 1 - labelled["p_unrelated"].fillna(1.0).to_numpy()
    print(f"    related or not, AUC: ours {auc(told, related):.3f}, ", end="")
    print(f"TF-IDF cosine {auc(similar, related):.3f}")
    both = np.isin(stance, ["agree", "disagree"])
    disagree = stance[both] == "disagree"
    own = labelled[both]
    signals: dict[str, Callable[[], Values]] = {
        "p_disagree / p_agree": lambda: (own["p_disagree"] / own["p_agree"]).fillna(1).to_numpy(),
        "p_contradicted": lambda: own["p_contradicted"].fillna(0.5).to_numpy(),
        "tone gap": lambda: tone_gaps(pairs[both]),
    }
    found = ", ".join(f"{name} {auc(signal(), disagree):.3f}" for name, signal in signals.items())
    print(f"    disagree or agree, AUC: {found}")


def tone_gaps(pairs: pd.DataFrame) -> Values:
    texts = zip(pairs["Headline"], pairs["articleBody"], strict=True)
    return np.nan_to_num([abs(mean_tone(headline) - mean_tone(body)) for headline, body in texts])


def print_ceiling(folder: Path) -> None:
    """Print how five people did on 200 of the pairs, and our labels on them."""
    path = folder / "fnc-1" / "human_agreement_200.csv.gz"
    if not path.is_file():
        return
    table = pd.read_csv(path)
    gold = table["Gold"].str.lower().tolist()
    for at in range(1, 6):
        told = table[f"annotator_{at}"].fillna("x").str.lower().tolist()
        print_labels(f"200 pairs: person {at}", gold, told)
    pairs = table.rename(columns={"Body": "articleBody"})
    print_labels("200 pairs: ours", gold, label(pairs)["stance"].fillna("unrelated").tolist())


def write_tables(gold: Sequence[str], guessed: Sequence[str], shares: Values, model: str) -> None:
    """Write confusion and reliability, numbers only."""
    counts = pd.crosstab(pd.Series(gold, name="true"), pd.Series(guessed, name="told"))
    counts = counts.reindex(index=STANCES, columns=STANCES, fill_value=0)
    counts.to_csv(DATA / f"stance_confusion_{model}.csv", lineterminator="\n")
    table = reliability(gold, shares).round(4)
    table.to_csv(DATA / f"stance_reliability_{model}.csv", index=False, lineterminator="\n")


# --- stories that were left out -----------------------------------------------------------------


def score_left_out(pairs: pd.DataFrame) -> None:
    """Print the scores of models that never saw the story, whole and with parts taken out."""
    gold = pairs["Stance"].tolist()
    print_peers(gold, tfidf(pairs))
    for name, parts in {
        "newsresearch, left-out stories": {},
        "  without the words of the body": {"words": False},
        "  without 'the headline denies'": {"refuting": False},
        "  without denials and hedges": {"drop": CUES_ONLY},
        "  without typed mismatches": {"drop": MISMATCHES},
        "  without trees": {"trees": False},
    }.items():
        shares, weights = leave_out(pairs, **parts)
        guessed = [STANCES[at] for at in (shares * weights).argmax(axis=1)]
        print_labels(name, gold, guessed)
        print(f"    calibration error {calibration_error(gold, shares):.3f}, ", end="")
        both = np.isin(gold, ["agree", "disagree"])
        odds = shares[both, 1] / (shares[both, 0] + 1e-9)
        print(f"disagree or agree AUC {auc(odds, np.array(gold)[both] == 'disagree'):.3f}")


if __name__ == "__main__":
    sys.exit(main())
