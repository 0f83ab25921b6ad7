"""FNC-1 for the benchmarks of stance: pairs, scores, and what others published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newsresearch.stance import STANCES

__all__ = [
    "PUBLISHED",
    "STANCES",
    "Values",
    "auc",
    "calibration_error",
    "f1",
    "fnc_score",
    "load_pairs",
    "reliability",
    "tfidf",
]

Values = NDArray[np.float64]

_DATA = Path(__file__).parents[1] / "data"


def load_published() -> dict[str, tuple[float, ...]]:
    """Return what others reached on FNC-1's test part: FNC score, F1 of the four stances."""
    table = pd.read_csv(_DATA / "stance_published.csv")
    names = table["system"] + " (" + table["year"].astype(str) + ")"
    rows = table[["fnc_score", *STANCES]].to_numpy("float64").tolist()
    return dict(zip(names, map(tuple, rows), strict=True))


PUBLISHED = load_published()


def load_pairs(folder: Path, part: str) -> pd.DataFrame:
    """Return `Headline, Body ID, Stance, articleBody` of a part, duplicates dropped."""
    bodies = pd.read_csv(folder / f"{part}_bodies.csv.gz")
    stances = pd.read_csv(folder / f"{part}_stances.csv.gz").drop_duplicates()
    pairs = stances.merge(bodies, on="Body ID").sort_values("Body ID", kind="stable")
    return pairs.reset_index(drop=True)


def f1(gold: Sequence[str], guessed: Sequence[str], stance: str) -> float:
    """Return the F1 of one class."""
    hits = sum(g == p == stance for g, p in zip(gold, guessed, strict=True))
    counts = list(gold).count(stance) + list(guessed).count(stance)
    return 2 * hits / max(1, counts)


def fnc_score(gold: Sequence[str], guessed: Sequence[str]) -> float:
    """Return the official score over the best possible one (scale 0 to 1)."""
    got = best = 0.0
    for g, p in zip(gold, guessed, strict=True):
        best += 0.25 if g == "unrelated" else 1.0
        if (g == "unrelated") == (p == "unrelated"):
            got += 0.25 + 0.75 * (g == p != "unrelated")
    return got / best


def auc(values: Iterable[float], positive: NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve, ties counted half."""
    ranks = pd.Series(np.asarray(list(values))).rank().to_numpy()
    n = int(positive.sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / n / (len(ranks) - n))


def tfidf(pairs: pd.DataFrame) -> Values:
    """Return the TF-IDF cosine of headline and body, fitted on these texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    bodies = vectors.fit_transform(pairs["articleBody"])
    headlines = vectors.transform(pairs["Headline"])
    return np.asarray(headlines.multiply(bodies).sum(axis=1)).ravel()


def calibration_error(gold: Sequence[str], shares: Values, bins: int = 10) -> float:
    """Return the expected calibration error, the mean over the four stances."""
    errors = [
        (table["n"] * (table["told"] - table["true"]).abs()).sum() / table["n"].sum()
        for _, table in reliability(gold, shares, bins).groupby("stance")
    ]
    return float(np.mean(errors))


def reliability(gold: Sequence[str], shares: Values, bins: int = 10) -> pd.DataFrame:
    """Return, for each stance and tenth of probability, what was told and what was true."""
    rows = []
    for at, stance in enumerate(STANCES):
        told, true = shares[:, at], np.array(gold) == stance
        groups = np.minimum((told * bins).astype(int), bins - 1)
        for group in np.unique(groups):
            own = groups == group
            rows.append((stance, int(own.sum()), told[own].mean(), true[own].mean()))
    return pd.DataFrame(rows, columns=["stance", "n", "told", "true"])
