"""Tone beside raw vaderSentiment: readers' ratings of New York Times opinion, exactness, speed.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/tone.py

The snippets come from VADER's makers (Hutto & Gilbert, 2014); 20 readers rated each from -4 to 4.
r is Pearson's with the readers' mean; F1 is weighted over three classes, +-.05 the bounds for
readers' means and scores alike, so that hardly a mean is neutral. `one reader` is each in turn
against the mean of the other 19. An article is its snippets joined, its rating their mean: gold
that favours a mean of sentences by design. It is opinion, so nothing here is measured on reports.
The tone gap of headline and body is in `stance.py`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterable
from math import isnan
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from public_data import find_data
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from newsresearch.plain import plain_text
from newsresearch.sentiment import NEGATIVE, POSITIVE, mean_tone, tone
from newsresearch.text import split_sentences

Numbers = npt.NDArray[np.float64]
NEEDED = (
    "vader-ground-truth/nytEditorialSnippets_GroundTruth.txt.gz",
    "vader-ground-truth/nytEditorialSnippets_anonDataRatings.txt.gz",
    "fnc-1/train_bodies.csv.gz",
)
ORIGINAL: Any = SentimentIntensityAnalyzer()
ROUNDS = 3  # the fastest of these counts


def vader(text: str) -> float:
    """Return the compound of the whole text."""
    return float(ORIGINAL.polarity_scores(text)["compound"])


SYSTEMS: dict[str, Callable[[str], float]] = {
    "mean of sentences": mean_tone,
    "tone of whole text": tone,
    "vaderSentiment, whole text": vader,
}


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    snippets = read_snippets(folder)
    print_snippets(snippets)
    print_articles(snippets)
    print_engine(pd.read_csv(folder / NEEDED[2])["articleBody"].tolist())
    return 0


# --- the readers --------------------------------------------------------------------------------


def read_snippets(folder: Path) -> pd.DataFrame:
    """Return `article, text, mean, ratings`, in the order of the file."""
    texts, ratings = (read_tabs(folder / name) for name in NEEDED[:2])
    if [row[0] for row in texts] != [row[0] for row in ratings]:
        sys.exit("the two files of the snippets do not have the same ids in the same order")
    return pd.DataFrame(
        {
            "article": [row[0].split("_")[0] for row in texts],
            "text": [row[2] for row in texts],
            "mean": [float(row[1]) for row in texts],
            "ratings": [json.loads(row[3]) for row in ratings],
        }
    )


def read_tabs(path: Path) -> list[list[str]]:
    """Return the cells; quotation marks are text here, so no CSV reader."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        return [line.rstrip("\r\n").split("\t") for line in lines]


def print_snippets(snippets: pd.DataFrame) -> None:
    """Print r and F1 of each system and of a reader."""
    means = snippets["mean"].to_numpy()
    negative, neutral, positive = (int((classify(means) == side).sum()) for side in (-1, 0, 1))
    print(f"{len(means)} NYT snippets: {negative} negative, {neutral} neutral, {positive} positive")
    print(f"{'':<28}{'r':>7}{'F1':>7}")
    for name, score in SYSTEMS.items():
        print_scores(name, [(means, scores_of(score, snippets["text"]))])
    ratings = np.array(snippets["ratings"].tolist(), dtype=np.float64)
    readers = range(ratings.shape[1])
    print_scores(
        "one reader", [(np.delete(ratings, at, 1).mean(1), ratings[:, at]) for at in readers]
    )
    print(f"{'always negative':<28}{'-':>7}{weighted_f1(means, np.full(len(means), -1.0)):>7.3f}")


def print_articles(snippets: pd.DataFrame) -> None:
    """Print r of each system on whole articles."""
    articles = snippets.groupby("article", sort=False).agg({"text": " ".join, "mean": "mean"})
    print(f"{len(articles)} NYT articles, {len(snippets) / len(articles):.1f} snippets each")
    for name, score in SYSTEMS.items():
        scores = scores_of(score, articles["text"])
        print(f"{name:<28}{correlate(articles['mean'].to_numpy(), scores):>7.3f}")


def scores_of(score: Callable[[str], float], texts: Iterable[str]) -> Numbers:
    """Return the score of each text."""
    return np.array([score(text) for text in texts])


def print_scores(name: str, pairs: list[tuple[Numbers, Numbers]]) -> None:
    """Print r and F1, averaged over pairs of gold and scores."""
    r = np.mean([correlate(gold, scores) for gold, scores in pairs])
    f1 = np.mean([weighted_f1(gold, scores) for gold, scores in pairs])
    print(f"{name:<28}{r:>7.3f}{f1:>7.3f}")


def correlate(gold: Numbers, scores: Numbers) -> float:
    """Return Pearson's r."""
    return float(np.corrcoef(gold, scores)[0, 1])


def classify(values: Numbers) -> npt.NDArray[np.int64]:
    """Return 1 for positive, -1 for negative, 0 between the bounds."""
    return (values >= POSITIVE).astype(np.int64) - (values <= NEGATIVE)


def weighted_f1(gold: Numbers, scores: Numbers) -> float:
    """Return the F1 of the three classes, weighted by their share in the gold."""
    true, guessed = classify(gold), classify(scores)
    total = 0.0
    for side in (-1, 0, 1):
        hits = int(((true == side) & (guessed == side)).sum())
        both = int((true == side).sum() + (guessed == side).sum())
        total += float((true == side).mean()) * 2 * hits / max(1, both)
    return total


# --- the engine ---------------------------------------------------------------------------------


def print_engine(bodies: list[str]) -> None:
    """Print how many scores differ from the original's, and how fast they come."""
    sentences = [span.of(body) for body in bodies for span in split_sentences(body)]
    for unit, texts, rounds in (("sentences", sentences, ROUNDS), ("whole bodies", bodies, 1)):
        texts = [text for text in texts if not isnan(tone(text))]
        plain = [plain_text(text) for text in texts]
        ours, seconds = run(tone, texts, rounds)
        theirs, their_seconds = run(vader, plain, rounds)
        raw, _ = run(vader, texts, 1)
        print(
            f"FNC-1 train bodies, {len(texts)} {unit}: {(ours != theirs).sum()} differ from "
            f"vaderSentiment on the plain text, {(ours != raw).sum()} on the stored text "
            f"with its curly marks; {their_seconds / seconds:.1f} times as fast"
        )


def run(score: Callable[[str], float], texts: list[str], rounds: int) -> tuple[Numbers, float]:
    """Return the scores and the seconds of the fastest round."""
    spent = []
    for _ in range(rounds):
        begun = process_time()
        scores = scores_of(score, texts)
        spent.append(process_time() - begun)
    return scores, min(spent)


if __name__ == "__main__":
    sys.exit(main())
