"""Headlines of our own for the bundled articles: what do stance, checks and support make of them?

    uv run --locked --group bench python benchmarks/headlines.py

The gold is `nr.load_gold("headlines")`: 72 headlines for 12 articles, texts and verdicts by one
hand, ours, so the figures say how the tool does on the headlines of lesson 20 and no more.
The articles are short and the made-up faults are plain: news is harder.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from stance_data import auc

import newsresearch as nr
from newsresearch.lexicons import load_words
from newsresearch.text import split_sentences

CHECKS = ("headline_unsupported", "headline_opposed", "headline_number")
OTHERS = ("contradicted", "overclaims", "not in the body")
Flags = NDArray[np.bool_]
Score = Callable[[str, list[str]], NDArray[np.float64]]


def main() -> int:
    """Print the tables."""
    gold = read_gold()
    print(f"{len(gold)} headlines, {gold['of'].nunique()} articles, by our own hand")
    print_scores(gold)
    print_findings(gold)
    print_places(gold)
    return 0


def read_gold() -> pd.DataFrame:
    """Return the headlines as articles: `article_id` is article and item, `of` the article."""
    gold = nr.load_gold("headlines")
    bodies = nr.load_dataset("demo")[["article_id", "body"]]
    gold = gold.merge(bodies, on="article_id", validate="many_to_one")
    return gold.assign(of=gold["article_id"], article_id=gold["article_id"] + "/" + gold["item"])


# --- does the score part them? ---------------------------------------------------------------


def print_scores(gold: pd.DataFrame) -> None:
    """Print the AUC of each score for each verdict against the headlines that are borne out."""
    labelled = nr.label_stance(gold)
    scored = {
        "p_contradicted": labelled["p_contradicted"].to_numpy(),
        "1 - headline_support": -labelled["headline_support"].to_numpy(),
        "peer: shared words": -shared_words(gold),
        "peer: TF-IDF cosine": -tfidf_bodies(gold),
    }
    verdicts = gold["verdict"].to_numpy()
    print("\nAUC against borne out (24)          " + "".join(f"{name:>17}" for name in OTHERS))
    for name, values in scored.items():
        cells = []
        for verdict in OTHERS:
            both = (verdicts == verdict) | (verdicts == "borne out")
            low, high = interval(values[both], verdicts[both] == verdict)
            area = auc(np.nan_to_num(values[both], nan=0.5), verdicts[both] == verdict)
            cells.append(f"{area:.2f} ({low:.2f}-{high:.2f})")
        print(f"{name:<36}" + "".join(f"{cell:>17}" for cell in cells))
    told = labelled["p_contradicted"].to_numpy() >= 0.5
    for verdict in ("borne out", *OTHERS):
        print(f"p_contradicted of .5 or more: {verdict:<16}{count(told[verdicts == verdict])}")


def interval(values: NDArray[np.float64], positive: Flags) -> tuple[float, float]:
    """Return the middle 95 % of the AUC over 1,000 draws of headlines, by class."""
    dice = np.random.default_rng(0)
    values = np.nan_to_num(values, nan=0.5)
    yes, no = values[positive], values[~positive]
    truth = np.repeat([True, False], [len(yes), len(no)])
    areas = [
        auc(np.concatenate([dice.choice(yes, len(yes)), dice.choice(no, len(no))]), truth)
        for _ in range(1000)
    ]
    return float(np.quantile(areas, 0.025)), float(np.quantile(areas, 0.975))


def content(text: str) -> set[str]:
    """Return the words of a text that are no function words."""
    return set(re.findall(r"\w+", text.lower())) - load_words("stopwords")


def shared_words(gold: pd.DataFrame) -> NDArray[np.float64]:
    """Return which share of a headline's content words stand in the body."""
    pairs = zip(gold["headline"], gold["body"], strict=True)
    return np.array([len(content(h) & content(b)) / len(content(h)) for h, b in pairs])


def tfidf_bodies(gold: pd.DataFrame) -> NDArray[np.float64]:
    """Return the TF-IDF cosine of each headline with its body."""
    return cosines(gold["headline"].tolist(), gold["body"].tolist(), pairwise=True)


def cosines(some: list[str], others: list[str], pairwise: bool = False) -> NDArray[np.float64]:
    """Return TF-IDF cosines, fitted on `others`: of each with its own, or of `some` with all."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit(others)
    left, right = vectors.transform(some), vectors.transform(others)
    if pairwise:
        return np.asarray(left.multiply(right).sum(axis=1)).ravel()
    return np.asarray((left @ right.T).todense())


# --- what do the checks say? -----------------------------------------------------------------


def print_findings(gold: pd.DataFrame) -> None:
    """Print how many headlines of each verdict and kind have a finding of a headline check."""
    found = nr.find_incoherence(gold)
    found = found[found["check"].isin(CHECKS)]
    flagged = gold["article_id"].isin(found["article_id"]).to_numpy()
    verdicts = gold["verdict"].to_numpy()
    print(f"\nnot borne out with a finding   {count(flagged[verdicts != 'borne out'])}")
    print(f"borne out with a finding       {count(flagged[verdicts == 'borne out'])}  false alarms")
    for kind in sorted(set(gold["kind"])):
        own = (gold["kind"] == kind).to_numpy()
        checks = found[found["article_id"].isin(gold["article_id"][own])]["check"]
        told = ", ".join(f"{name} {n}" for name, n in checks.value_counts().items())
        print(f"  {kind:<12}{count(flagged[own]):>9}  {told}")


def count(flags: Flags) -> str:
    """Return how many are true, of how many."""
    return f"{int(flags.sum())} of {len(flags)}"


# --- is the place found? ---------------------------------------------------------------------


def print_places(gold: pd.DataFrame) -> None:
    """Print how often the first sentence that is shown is one that decides."""
    decided = gold[gold["quote"] != ""].reset_index(drop=True)
    support = nr.support_headline(decided)
    shown = support[support["role"] != "none"]
    ways = {
        "support_headline, first row": place_of(decided, shown.drop_duplicates("article_id")),
        "support_headline, any row": place_of(decided, shown),
        "peer: most shared words": np.array(list(peer_places(decided, by_words))),
        "peer: TF-IDF cosine": np.array(list(peer_places(decided, by_tfidf))),
    }
    print("\nthe sentence that decides")
    verdicts = decided["verdict"].to_numpy()
    for name, hits in ways.items():
        parts = [f"{v} {count(hits[verdicts == v])}" for v in dict.fromkeys(sorted(verdicts))]
        print(f"{name:<30}{count(hits):<10} {hits.mean():.2f}   {', '.join(parts)}")


def place_of(gold: pd.DataFrame, shown: pd.DataFrame) -> Flags:
    """Tell for each headline whether a sentence that is shown lies on what decides."""
    places = gold[["article_id", "start", "end"]].merge(
        shown[["article_id", "start", "end"]], on="article_id", suffixes=("", "_shown")
    )
    hit = (places["start_shown"] < places["end"]) & (places["start"] < places["end_shown"])
    return gold["article_id"].isin(places["article_id"][hit]).to_numpy()


def peer_places(gold: pd.DataFrame, score: Score) -> Iterator[bool]:
    """Yield whether the sentence with the highest score lies on what decides."""
    for row in gold.itertuples():
        spans = split_sentences(str(row.body))
        texts = [span.of(str(row.body)) for span in spans]
        best = spans[int(np.argmax(score(str(row.headline), texts)))]
        yield bool(best.start < row.end and row.start < best.end)


def by_words(headline: str, sentences: list[str]) -> NDArray[np.float64]:
    """Return how many content words of the headline each sentence has."""
    return np.array([float(len(content(headline) & content(s))) for s in sentences])


def by_tfidf(headline: str, sentences: list[str]) -> NDArray[np.float64]:
    """Return the TF-IDF cosine of the headline with each sentence."""
    return cosines([headline], sentences)[0]


if __name__ == "__main__":
    sys.exit(main())
