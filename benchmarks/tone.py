"""Tone beside raw vaderSentiment: readers' ratings of New York Times opinion, and exactness.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/tone.py

The snippets come from VADER's makers (Hutto & Gilbert, 2014); 20 readers rated each from -4 to 4.
r is Pearson's with the readers' mean; F1 is weighted over three classes, +-.05 the bounds for
readers' means and scores alike, so that hardly a mean is neutral. `one reader` is each in turn
against the mean of the other 19. An article is its snippets joined, its rating their mean: gold
that favours a mean of sentences by design. It is opinion, so nothing here is measured on reports.

Options were chosen on the development half, the articles whose id has an even SHA-256; what was
chosen is shown on the other half beside plain VADER. The word lists are from general knowledge,
cut and weighed with the development half in view. Intervals draw articles, 1,000 times.
The tone gap of headline and body is in `stance.py`, speed in `speed.py`.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import product
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from public_data import find_data
from vaderSentiment import vaderSentiment as upstream

from newsresearch.chunks import chunk_texts
from newsresearch.plain import plain_text, straighten
from newsresearch.sentiment import (
    NEGATIVE,
    POSITIVE,
    choose_engine,
    mean_tone,
    plain_engine,
    tone,
)
from newsresearch.sentiment.batching import batched
from newsresearch.text import split_sentences

Numbers = npt.NDArray[np.float64]
NEEDED = (
    "vader-ground-truth/nytEditorialSnippets_GroundTruth.txt.gz",
    "vader-ground-truth/nytEditorialSnippets_anonDataRatings.txt.gz",
    "fnc-1/train_bodies.csv.gz",
)
ORIGINAL: Any = upstream.SentimentIntensityAnalyzer()
RESAMPLES, SEED = 1000, 20140601
RANDOM_TEXTS = 50_000
SATURATED = 0.95


def vader(text: str) -> float:
    """Return the compound of the whole text."""
    return float(ORIGINAL.polarity_scores(text)["compound"])


def plain(text: str) -> float:
    """Return our tone with the options that make it plain VADER."""
    return tone(text, plain_engine())


def mean_of_plain(text: str) -> float:
    """Return the mean of the sentences, as plain VADER scores them."""
    tones = [plain(span.of(text)) for span in split_sentences(text)]
    return float(np.nanmean(tones))


SYSTEMS: dict[str, Callable[[str], float]] = {
    "mean of sentences": mean_tone,
    "tone of whole text": tone,
    "mean of sentences, plain": mean_of_plain,
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
    print_options(snippets)
    bodies = pd.read_csv(folder / NEEDED[2])["articleBody"].tolist()
    print_engine(bodies)
    print_random()
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


# --- the options --------------------------------------------------------------------------------


def print_options(snippets: pd.DataFrame) -> None:
    """Print all options on the development half, then what was chosen on the other half."""
    even = [int(sha256(name.encode()).hexdigest(), 16) % 2 == 0 for name in snippets["article"]]
    development, other = snippets[even], snippets[np.logical_not(even)]
    print(f"development half, {len(development)} snippets: r, F1, r of articles (mean of snippets)")
    for neutral, news_words, mask in product((None, "news"), (False, True), (False, True)):
        engine = choose_engine(neutral, news_words, mask)
        scores = scores_of(lambda text, engine=engine: tone(text, engine), development["text"])
        name = f"neutral {neutral}, news words {news_words}, names masked {mask}"
        print(f"{name:<56}{figures(development, scores)}")
    for name, half in (("development", development), ("other", other)):
        ours, theirs = scores_of(tone, half["text"]), scores_of(plain, half["text"])
        print(f"{name} half, default {figures(half, ours)}, plain {figures(half, theirs)}")
        print(f"  gain with 95 % interval: {gains(half, ours, theirs)}")


def figures(half: pd.DataFrame, scores: Numbers) -> str:
    """Return r, F1 and r of articles as text."""
    return " ".join(f"{value:.3f}" for value in measure(half, scores))


def measure(half: pd.DataFrame, scores: Numbers) -> tuple[float, float, float]:
    """Return r and F1 of snippets, and r of the means of articles."""
    gold = half["mean"].to_numpy()
    means = half.assign(score=scores).groupby("article")[["mean", "score"]].mean().to_numpy()
    return correlate(gold, scores), weighted_f1(gold, scores), correlate(means[:, 0], means[:, 1])


def gains(half: pd.DataFrame, ours: Numbers, theirs: Numbers) -> str:
    """Return the gain in each figure, with its bootstrap interval over articles."""
    draw = np.random.default_rng(SEED)
    places = list(half.reset_index(drop=True).groupby("article").indices.values())
    found = []
    for _ in range(RESAMPLES):
        drawn = draw.integers(len(places), size=len(places))
        rows = np.concatenate([places[at] for at in drawn])
        names = np.repeat([str(at) for at in range(len(drawn))], [len(places[at]) for at in drawn])
        part = half.iloc[rows].assign(article=names)
        found.append(np.subtract(measure(part, ours[rows]), measure(part, theirs[rows])))
    gain = np.subtract(measure(half, ours), measure(half, theirs))
    ends = np.quantile(found, [0.025, 0.975], axis=0).T
    return ", ".join(
        f"{at:+.3f} ({low:+.3f} to {high:+.3f})" for at, (low, high) in zip(gain, ends, strict=True)
    )


# --- the engine ---------------------------------------------------------------------------------


def print_engine(bodies: list[str]) -> None:
    """Print how many scores differ from the original's, one by one and in a batch."""
    sentences = [span.of(body) for body in bodies for span in split_sentences(body)]
    for unit, texts in (("sentences", sentences), ("whole bodies", bodies)):
        texts = [text for text in texts if not isnan(tone(text))]
        plain_forms = [plain_text(text) for text in texts]
        theirs, raw = scores_of(vader, plain_forms), scores_of(vader, texts)
        ours, at_once = scores_of(plain, texts), score_at_once(plain_forms)
        print(
            f"FNC-1 train bodies, {len(texts)} {unit}: {(ours != theirs).sum()} differ from "
            f"vaderSentiment on the plain text, {(at_once != theirs).sum()} in a batch; "
            f"{(ours != raw).sum()} on the stored text with its curly marks"
        )
    print(f"saturated: {(np.abs(ours) >= SATURATED).mean():.3f} of these whole bodies, plain VADER")
    print(f"  with the default words {(np.abs(scores_of(tone, texts)) >= SATURATED).mean():.3f}")


def score_at_once(texts: list[str]) -> Numbers:
    """Return the score of each text by the engine of tables, plain VADER's words."""
    chunked = chunk_texts([[text.split()] for text in texts])
    return batched(plain_engine()).compounds(chunked.vocabulary, chunked.codes, chunked.starts)


def print_random() -> None:
    """Print how many scores of random strings differ from the original's."""
    draw, engine = random.Random(SEED), plain_engine()
    texts = [random_text(draw) for _ in range(RANDOM_TEXTS)]
    theirs = [ORIGINAL.polarity_scores(text) for text in texts]
    wrong = sum(
        engine.polarity_scores(text) != scores or engine.compound(text) != scores["compound"]
        for text, scores in zip(texts, theirs, strict=True)
    )
    toned = sum(scores["compound"] != 0 for scores in theirs)
    print(f"{len(texts)} random strings, {toned} with a tone: {wrong} differ from vaderSentiment")
    at_once = score_at_once(texts)
    known = ~np.isnan(at_once)
    straight = scores_of(vader, [straighten(text) for text in texts])
    print(f"  in a batch, {known.sum()} with a word: {(at_once != straight)[known].sum()} differ")


WORDS = [
    *ORIGINAL.lexicon,
    *("good", "bad", "no", "kind", "great", "war", "hate", "love", "shit", "ass") * 150,
]
RULES = [
    *upstream.NEGATE,
    *upstream.BOOSTER_DICT,
    *upstream.SPECIAL_CASES,
    *("but", "but", "no", "least", "at least", "never so", "without doubt", "or", "nor", "of"),
]
MARKS = [*ORIGINAL.emojis][:1200] + ["!", "!!!", "?", "???", "...", '"', "\n", "\xa0", "’"] * 100
PLAIN = [
    "the",
    "a",
    "minister",
    "said",
    "on",
    "Monday",
    "street",
    "council",
    "2,000",
    "x",
    "mayor's",
    "it-was",
    "they",
]
JOINTS = (" ", " ", " ", "", ", ", "  ", "\t")


def random_text(draw: random.Random) -> str:
    """Return words, rules, marks and stray characters mixed by chance."""
    bags = (WORDS, RULES, MARKS, PLAIN, [chr(draw.randrange(32, 0xD7FF))])
    weights = draw.choice([(3, 3, 1, 3, 1), (8, 1, 1, 1, 0), (3, 8, 1, 3, 0), (1, 1, 8, 1, 8)])
    pieces = []
    for bag in draw.choices(bags, weights, k=draw.randint(0, 30)):
        word = draw.choice(bag)
        pieces += [draw.choice((word, word, word.upper(), word.title())), draw.choice(JOINTS)]
    return "".join(pieces)


if __name__ == "__main__":
    sys.exit(main())
