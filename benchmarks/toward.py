"""Tone toward a person: does the model say what people say of a sentence and a person in it?

    NEWSRESEARCH_DATA=folder python benchmarks/toward.py [--test]

NewsMTSC: sentences of US news, each mention labelled negative, neutral or positive by people. By
default the training part, where each pair is scored by a model that has seen no sentence of its
article, with groups of features taken out; `--test` scores both test parts with the model that
comes along. Peers see the sentence: VADER, TextBlob where it is installed (both neutral within
+-.05), and counts of listed words, positive against negative. The calibration error is the mean
over the classes of what ten bins of probability are off. BASIL: is the tone toward the target of
a loaded phrase, in its sentence, lower where its polarity is negative. Speed is a ratio within
the run.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from public_data import find_data
from sklearn.metrics import f1_score, roc_auc_score
from train_toward import PART, SIGNALS, Pair, calibrate, load_pairs, predict_left_out
from vaderSentiment import vaderSentiment as upstream

from newsresearch.sentiment import tone
from newsresearch.text import Span, list_words
from newsresearch.toward.model import LABELS, judge
from newsresearch.toward.scene import read_scene

Values = NDArray[np.float64]
Peer = Callable[[str], float]
BAND, BINS = 0.05, 10
TESTS = ("devtest_rw", "devtest_mt")
LISTS = "word-lists/subjectivity-and-opinion/"
OPINION = [LISTS + f"{sign}_liu2005.txt" for sign in ("negative", "positive")]
BASIL = "basil/articles.jsonl.gz"
VADER: Any = upstream.SentimentIntensityAnalyzer()


def main() -> int:
    """Print the tables, or say why there are none."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--test", action="store_true", help="score both test parts")
    testing = parser.parse_args().test
    parts = TESTS if testing else ("train",)
    folder = find_data([PART.format(part) for part in parts])
    if folder is None:
        return 0
    peers = list_peers(folder)
    for part in parts:
        pairs = load_pairs(folder, part)
        gold = np.array([pair.label for pair in pairs])
        print(f"\nNewsMTSC {part}: {len(pairs)} mentions, macro-F1, F1 by class, calibration error")
        for name, shares in list_ours(pairs, gold, testing):
            show(name, gold, shares.argmax(axis=1), calibration_error(gold, shares))
        show("always the commonest", gold, np.full(len(gold), np.bincount(gold).argmax()))
        for name, peer in peers.items():
            show(name, gold, np.array([to_label(peer(pair.text)) for pair in pairs]))
    print_speed(pairs)
    if testing and (folder / BASIL).is_file():
        print_basil(folder)
    return 0


def list_ours(
    pairs: Sequence[Pair], gold: NDArray[Any], testing: bool
) -> Iterator[tuple[str, Values]]:
    """Yield the probabilities of our model, and of those with a group of features left out."""
    if testing:
        yield "tone_toward", np.array([judge(pair.text, pair.span).shares for pair in pairs])
        return
    for name, drop in ABLATIONS.items():
        logs = predict_left_out(pairs, drop)
        yield name, calibrate(logs, gold).predict_proba(logs)


ABLATIONS: dict[str, tuple[str, ...]] = {
    "tone_toward, left out": (),
    "without values of tone": ("tone",),
    "without roles": ("role",),
    "without shape": ("shape",),
    "without words": ("words",),
    "without vectors": ("vectors",),
    "tone and roles only": ("shape", "words", "vectors"),
    "words only": (*SIGNALS, "vectors"),
}


def show(name: str, gold: NDArray[Any], found: NDArray[Any], error: float | None = None) -> None:
    each = f1_score(gold, found, average=None, labels=range(len(LABELS)), zero_division=0.0)
    cells = "".join(f"{value:>7.3f}" for value in (each.mean(), *each))
    print(f"{name:<28}{cells}" + (f"{error:>7.3f}" if error is not None else ""))


def to_label(score: float) -> int:
    return 0 if score <= -BAND else 2 if score >= BAND else 1


def calibration_error(gold: NDArray[Any], shares: Values) -> float:
    """Return the mean over classes of the expected calibration error."""
    errors = []
    for at in range(len(LABELS)):
        bins = np.minimum((shares[:, at] * BINS).astype(int), BINS - 1)
        off = shares[:, at] - (gold == at)
        errors.append(sum(abs(off[bins == one].sum()) for one in range(BINS)) / len(gold))
    return float(np.mean(errors))


# --- peers --------------------------------------------------------------------------------------


def vader(text: str) -> float:
    return float(VADER.polarity_scores(text)["compound"])


def list_peers(folder: Path) -> dict[str, Peer]:
    peers: dict[str, Peer] = {"VADER, sentence": vader, "our tone of the sentence": tone}
    if all((folder / name).is_file() for name in OPINION):
        peers["opinion words, sentence"] = count_opinions(folder)
    try:
        blob = importlib.import_module("textblob").TextBlob
    except ImportError:
        return peers
    return peers | {"TextBlob, sentence": lambda text: float(blob(text).sentiment.polarity)}


def count_opinions(folder: Path) -> Peer:
    negative, positive = (read_list(folder / name) for name in OPINION)

    def count(text: str) -> float:
        words = list_words(text)
        return float(sum((word in positive) - (word in negative) for word in words))

    return count


def read_list(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="latin-1").splitlines()
    return frozenset(line for line in lines if line and not line.startswith(";"))


# --- speed and transfer -------------------------------------------------------------------------


def print_speed(pairs: Sequence[Pair]) -> None:
    """Print pairs in a second as a share of VADER's sentences in a second, best of three."""
    some = pairs[:1000]

    def ours() -> None:
        read_scene.cache_clear()
        for pair in some:
            judge(pair.text, pair.span)

    def theirs() -> None:
        for pair in some:
            vader(pair.text)

    slow, fast = (min(measure(run) for _ in range(3)) for run in (ours, theirs))
    print(f"\nspeed: {fast / slow:.2f} of VADER's (mentions against sentences, {len(some)} each)")


def measure(run: Callable[[], None]) -> float:
    begun = process_time()
    run()
    return process_time() - begun


def print_basil(folder: Path) -> None:
    """Print how well the tone toward a target tells negative phrases from positive ones."""
    rows = list(read_basil(folder / BASIL))
    negative = np.array([row[2] for row in rows])
    tones = [judge(text, span).shares for text, span, _ in rows]
    ours = roc_auc_score(negative, [one[0] - one[2] for one in tones])
    theirs = roc_auc_score(negative, [-vader(text) for text, _, _ in rows])
    print(
        f"\nBASIL, loaded phrases whose target stands in the sentence: {negative.sum()} negative, "
        f"{len(rows) - negative.sum()} positive; AUC {ours:.3f}, VADER of the sentence {theirs:.3f}"
    )


def read_basil(path: Path) -> Iterator[tuple[str, Span, bool]]:
    """Yield sentence, place of the target's last name, and whether the phrase is negative."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records:
        sentences = [sentence for part in record["body-paragraphs"] for sentence in part]
        for mark in record["annotations"]["phrase-level-annotations"]:
            if mark["bias"] != "lex" or not mark["id"].startswith("p") or not mark["target"]:
                continue
            text, last = sentences[int(mark["id"][1:])], mark["target"].split("_")[-1]
            start = text.find(last)
            if start >= 0:
                yield text, Span(start, start + len(last)), mark["polarity"] == "neg"


if __name__ == "__main__":
    sys.exit(main())
