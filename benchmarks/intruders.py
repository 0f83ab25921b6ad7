"""Does the sentence with the weakest links turn out to be the one that does not belong?

    NEWSRESEARCH_DATA=folder python benchmarks/intruders.py [--held-out | --train]

`nr.perturb` puts one sentence of another article into each text, of a random one or of the most
similar other story of the same set; `rank_intruders` then ranks the sentences that hold no
quotation. `top-1`: the share of texts where the planted one comes first (95 %: Wilson). Peer:
the sentence that shares the smallest share of its content words with the rest; chance: one over
the sentences. Texts and parts are those of `order.py`; the similar donor comes from the same part.

The planted sentences hold no quotation, open on no pronoun and stand neither first nor last: to
pass over such sentences helps. `--train` prints the weights of the three signals, a conditional
logistic regression on the training part, both kinds of donor; rounded, they are WEIGHTS.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from check_measured import measure_precision
from numpy.typing import NDArray
from order import NEEDED, Text, read_fnc, read_onestop
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article, iter_articles
from newsresearch.incoherence.intruders import SIGNALS, rank_intruders, rank_signals
from newsresearch.text import Span
from newsresearch.vocabulary import content_terms

KINDS = ("insert_intruder", "insert_intruder_same_topic")
FEWEST_SENTENCES = 8
PENALTY = 0.002


class Trial(NamedTuple):
    """One text with an intruder: was it ranked first, by us and by the peer; and by chance."""

    ours: bool
    peer: bool
    chance: float


def main() -> int:
    """Print a line a set and kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--held-out", action="store_true", help="the part not used for choices")
    parser.add_argument("--train", action="store_true", help="print weights from the training part")
    options = parser.parse_args()
    part = "train" if options.train else "held out" if options.held_out else "development"
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    texts = [text for text in [*read_fnc(folder), *read_onestop(folder)] if text.part == part]
    if options.train:
        weights = fit([choice for kind in KINDS for choice in list_choices(texts, kind)])
        print(dict(zip(SIGNALS, weights.round(3).tolist(), strict=True)))
        return 0
    print(f"{part} part                        texts  top-1      95 %   peer chance")
    for source in ("fnc-1", "onestopenglish"):
        own = [text for text in texts if text.source == source]
        for kind in KINDS:
            trials = list(run(to_table(own), kind))
            print(f"{source:15}{kind:27}{describe(trials)}")
    return 0


def plant(articles: pd.DataFrame, kind: str) -> Iterator[tuple[Article, Span]]:
    """Yield each text with an intruder, and where it stands."""
    perturbed, gold = nr.perturb(articles, kind)
    planted = gold[gold["check"] != "not_planted"].set_index("article_id")
    for article in iter_articles(perturbed[perturbed["article_id"].isin(planted.index)]):
        # What hides words is left as it is here, so that the gold's places hold.
        if len(article.sentences) >= FEWEST_SENTENCES and article.smoothed is article:
            row = planted.loc[article.article_id]
            yield article, Span(int(row["start"]), int(row["end"]))


def to_table(texts: Sequence[Text]) -> pd.DataFrame:
    bodies = {"article_id": [t.name for t in texts], "body": [t.body for t in texts]}
    return pd.DataFrame(bodies).assign(headline="")


def run(articles: pd.DataFrame, kind: str) -> Iterator[Trial]:
    for article, target in plant(articles, kind):
        ours, peer = rank_intruders(article)[0][1], least_shared(article)
        chance = 1 / len(article.sentences)
        yield Trial(overlaps(ours, target), overlaps(peer, target), chance)


def list_choices(texts: Sequence[Text], kind: str) -> Iterator[tuple[NDArray[np.float64], int]]:
    """Yield the standardised signals of a text's ranked sentences, and which one was planted."""
    for article, target in plant(to_table(texts), kind):
        spans, signals = rank_signals(article)
        hits = [overlaps(span, target) for span in spans]
        if any(hits):
            yield signals, hits.index(True)


def fit(choices: list[tuple[NDArray[np.float64], int]]) -> NDArray[np.float64]:
    """Fit weights so that the planted sentence has the least sum, by Newton's method."""
    weights = np.zeros(len(SIGNALS))
    for _ in range(20):
        slope, bend = PENALTY * weights, PENALTY * np.eye(len(weights))
        for signals, planted in choices:
            odds = np.exp(-signals @ weights)
            odds /= odds.sum()
            mean = odds @ signals
            slope += (signals[planted] - mean) / len(choices)
            bend += ((signals.T * odds) @ signals - np.outer(mean, mean)) / len(choices)
        weights -= np.linalg.solve(bend, slope)
    return weights


def overlaps(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def least_shared(article: Article) -> Span:
    """Return the sentence with the smallest share of words that another one has too."""
    stems = [{t.stem for t in content_terms(article.body, s)} for s in article.sentences]
    counts = Counter(stem for own in stems for stem in own)
    shares = [sum(counts[stem] > 1 for stem in own) / max(1, len(own)) for own in stems]
    return article.sentences[shares.index(min(shares))]


def describe(trials: list[Trial]) -> str:
    hits = sum(trial.ours for trial in trials)
    share, low, high, _ = measure_precision(hits, len(trials) - hits, 0)
    peer = sum(trial.peer for trial in trials) / len(trials)
    chance = sum(trial.chance for trial in trials) / len(trials)
    return f"{len(trials):7}{share:7.3f}{low:7.2f}-{high:.2f}{peer:6.2f}{chance:7.2f}"


if __name__ == "__main__":
    sys.exit(main())
