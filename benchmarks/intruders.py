"""Does the sentence with the weakest links turn out to be the one that does not belong?

    NEWSRESEARCH_DATA=folder python benchmarks/intruders.py [--held-out]

`nr.perturb` puts one sentence of another article into each text, of a random one or of the most
similar other story of the same set; `rank_intruders` then ranks the sentences that hold no
quotation. `top-1`: the share of texts where the planted one comes first (95 %: Wilson). Peer:
the sentence that shares the smallest share of its content words with the rest; chance: one over
the sentences. Texts and parts are those of `order.py`; the similar donor comes from the same part.

The planted sentences hold no quotation and open on no pronoun: to pass over quotations helps.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from checks import measure_precision
from order import NEEDED, read_fnc, read_onestop
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article, iter_articles
from newsresearch.incoherence.links import rank_intruders
from newsresearch.text import Span
from newsresearch.vocabulary import content_terms

KINDS = ("insert_intruder", "insert_intruder_same_topic")
FEWEST_SENTENCES = 8


class Trial(NamedTuple):
    """One text with an intruder: was it ranked first, by us and by the peer; and by chance."""

    ours: bool
    peer: bool
    chance: float


def main() -> int:
    """Print a line a set and kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--held-out", action="store_true", help="the part not used for choices")
    part = "held out" if parser.parse_args().held_out else "development"
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    texts = [text for text in [*read_fnc(folder), *read_onestop(folder)] if text.part == part]
    print(f"{part} part                        texts  top-1      95 %   peer chance")
    for source in ("fnc-1", "onestopenglish"):
        own = [text for text in texts if text.source == source]
        bodies = {"article_id": [t.name for t in own], "body": [t.body for t in own]}
        for kind in KINDS:
            trials = list(run(pd.DataFrame(bodies).assign(headline=""), kind))
            print(f"{source:15}{kind:27}{describe(trials)}")
    return 0


def run(articles: pd.DataFrame, kind: str) -> Iterator[Trial]:
    perturbed, gold = nr.perturb(articles, kind)
    planted = gold[gold["check"] != "not_planted"].set_index("article_id")
    for article in iter_articles(perturbed[perturbed["article_id"].isin(planted.index)]):
        # What hides words is left as it is here, so that the gold's places hold.
        if len(article.sentences) >= FEWEST_SENTENCES and article.smoothed is article:
            row = planted.loc[article.article_id]
            target = Span(int(row["start"]), int(row["end"]))
            ours, peer = rank_intruders(article)[0][1], least_shared(article)
            chance = 1 / len(article.sentences)
            yield Trial(overlaps(ours, target), overlaps(peer, target), chance)


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
