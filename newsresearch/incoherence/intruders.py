"""The check for a sentence that hangs on nothing, and the ranking behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding
from newsresearch.incoherence.links import Linked, linked_sentences, places_of
from newsresearch.text import Span
from newsresearch.vectors import load_vectors

__all__ = [
    "SIGNALS",
    "WEIGHTS",
    "compare_sentences",
    "intruder_sentence",
    "rank_intruders",
    "rank_signals",
]

# Each is standardised within the article; the weights come from a conditional logistic
# regression on planted intruders (benchmarks/intruders.py --train).
SIGNALS = ("surplus", "likest", "neighbours")
WEIGHTS = (1.4, 0.25, 0.35)


def rank_intruders(article: Article) -> list[tuple[float, Span]]:
    """Return the inner sentences from the one with the weakest links on: a figure, and its span.

    The figure weighs how many of a sentence's telling words stand elsewhere in the text, and how
    near in meaning its words are to those of other sentences; lower = hangs on less. The first
    and the last sentence and those that hold a quotation are not ranked.
    """
    spans, signals = rank_signals(article)
    return sorted(zip((signals @ np.array(WEIGHTS)).tolist(), spans, strict=True))


def rank_signals(article: Article) -> tuple[list[Span], NDArray[np.float64]]:
    """Return the sentences that are ranked, and their SIGNALS, standardised among them."""
    sentences = linked_sentences(article)
    ranked = [
        at
        for at, sentence in enumerate(sentences[1:-1], 1)
        if sentence.stems and not _holds_quotation(article, sentence.span)
    ]
    if not ranked:
        return [], np.zeros((0, len(SIGNALS)))
    signals = _read_links(sentences)[ranked]
    standard = (signals - signals.mean(axis=0)) / (signals.std(axis=0) + 1e-6)
    return [sentences[at].span for at in ranked], standard


def _holds_quotation(article: Article, span: Span) -> bool:
    at = bisect_left(article.quotations, span.end, key=lambda quotation: quotation.start)
    return at > 0 and article.quotations[at - 1].end > span.start


def _read_links(sentences: list[Linked]) -> NDArray[np.float64]:
    """Return the SIGNALS of each sentence, one row a sentence; lower = hangs on less.

    ``surplus``: telling words that stand elsewhere too, less how many would in a sentence of
    that length, in standard deviations; ``likest``: mean cosine of its vector with the three
    likest sentences; ``neighbours``: with the two before and after.
    """
    vectors = load_vectors()
    directions = np.zeros((len(sentences), vectors.directions.shape[1]))
    for at, sentence in enumerate(sentences):
        rows = vectors.find(sorted(sentence.stems))  # sorted: sums must not hang on a set's order
        directions[at] = vectors.rarity[rows] @ vectors.directions[rows]
    directions /= np.linalg.norm(directions, axis=1, keepdims=True) + 1e-9
    return np.column_stack([_measure_surplus(sentences), *compare_sentences(directions)])


_NEAR = 3
_STEADY = 2  # words: keeps a sentence of one or two from the ends of the ranking


def _measure_surplus(sentences: list[Linked]) -> list[float]:
    places = places_of(sentences)
    links = [_links(s, at, places) for at, s in enumerate(sentences)]
    sizes = [len(sentence.stems) for sentence in sentences]
    mean = min(0.95, max(0.05, sum(links) / max(1, sum(sizes))))
    return [
        (link - mean * size) / sqrt(mean * (size + _STEADY))
        for link, size in zip(links, sizes, strict=True)
    ]


def _links(sentence: Linked, at: int, places: dict[str, list[int]]) -> float:
    """Weigh the words that stand elsewhere too: more often and nearer by counts for more."""
    weight = 0.0
    for stem in sentence.stems:
        where = places[stem]
        if len(where) > 1:
            own = bisect_left(where, at)
            near = any(0 < abs(w - at) <= _NEAR for w in where[max(0, own - 1) : own + 2])
            weight += min(1.0, 0.5 + 0.2 * log(len(where))) + 0.3 * near
    return weight


_BLOCK = 200  # sentences: compared with as many before and after, so that time stays linear
_LIKEST = 3
_BESIDE = (-2, -1, 1, 2)


def compare_sentences(
    directions: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the likeness of each sentence to the three likest ones and to its neighbours."""
    count = len(directions)
    likest, beside = np.zeros(count), np.zeros(count)
    for start in range(0, count, _BLOCK):
        first = max(0, start - _BLOCK)
        around = directions[first : start + 2 * _BLOCK]
        own = np.arange(start, min(count, start + _BLOCK))
        cosines = directions[own] @ around.T
        cosines[own - start, own - first] = -1.0
        best = np.sort(cosines, axis=1)[:, -_LIKEST:]
        likest[own] = np.where(best > -1, best, 0).mean(axis=1)
    for step in _BESIDE:
        pairs = (
            slice(max(0, step), count + min(0, step)),
            slice(max(0, -step), count - max(0, step)),
        )
        cosine = (directions[pairs[0]] * directions[pairs[1]]).sum(axis=1)
        beside[pairs[1]] += cosine / len(_BESIDE)
    return likest, beside


_FEWEST_SENTENCES = 10
_FEWEST_STEMS = 8
_LEAST_MARGIN = 2.0  # standard deviations before the next sentence


def intruder_sentence(article: Article) -> Iterator[Finding]:
    """A sentence shares no telling word with the rest of the text.

    A hint. Fires on the sentence with the weakest links only, if it has many words of its own
    and none of them stands elsewhere, in a text whose sentences are well linked.

    Known misses: an intruder on the same topic; several intruders. Wrong on background, on
    closing remarks and on lists, which bring in new things by their nature.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> told = " ".join(f"The ferry captain steered the ferry to pier {n}." for n in range(12))
    >>> odd = "Astronomers photographed distant galaxies, orbiting telescopes and snowy volcanoes."
    >>> fires(intruder_sentence, f"{told} {odd} The captain moored the ferry.")[0][:11]
    'Astronomers'
    >>> fires(intruder_sentence, told)
    []
    """
    sentences = linked_sentences(article)
    apart = _apart(sentences)
    if len(sentences) < _FEWEST_SENTENCES or not apart:
        return
    ranked = rank_intruders(article)
    if len(ranked) < 2 or ranked[1][0] - ranked[0][0] < _LEAST_MARGIN:
        return
    span = ranked[0][1]
    if span in apart:
        reason = f"none of its {apart[span]} telling words stands elsewhere in the text"
        yield Finding(span, reason)


def _apart(sentences: list[Linked]) -> dict[Span, int]:
    """Return the sentences with many telling words, none of which stands elsewhere: how many."""
    uses = Counter(chain.from_iterable(sentence.stems for sentence in sentences))
    return {
        span: len(stems)
        for span, stems in sentences
        if len(stems) >= _FEWEST_STEMS and all(uses[stem] == 1 for stem in stems)
    }
