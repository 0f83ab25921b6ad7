"""What the stance model is given of a headline and its body: named signals, and words.

A signal is a number of ``support.features`` or tells where words of four kinds stand: words that
refute ('hoax'), negate, hedge ('reportedly') or confirm. Words count in the headline, in the best
and the three best sentences of evidence, in the opening and the ending, and in every sentence
by how well that covers the headline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import Article
from newsresearch.evidence import rank_evidence
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.support import FEATURES, support_features
from newsresearch.text import Span, split_sentences, split_words
from newsresearch.vocabulary import stem

__all__ = ["CUES", "SIGNALS", "body_stems", "read_signals", "refutes"]

CUES = ("refuting", "negating", "hedging", "confirming")
_SECTIONS = {
    "refuting": ("denials", "refutations"),
    "negating": ("negations",),
    "hedging": ("hedges", "tentative"),
    "confirming": ("confirmations",),
}
_PLACES = ("headline", "best", "evidence", "opening", "ending", "body")
_WEIGHED = ("covered", "share", "often")
_SHAPE = ("headline_words", "headline_quotes", "headline_colon", "body_words", "second_best")
SIGNALS = (
    *FEATURES,
    *_SHAPE,
    *(f"{cue}_{place}" for cue in CUES for place in (*_PLACES, *_WEIGHED)),
    *(f"{cue}_differs" for cue in CUES),
)

_EDGE = 450  # characters of the opening and of the ending
_EVIDENCE = 3  # sentences


class _Sentence(NamedTuple):
    span: Span
    cues: tuple[bool, ...]


class _Body(NamedTuple):
    """A body as the signals need it: read once for many headlines."""

    stems: frozenset[str]
    sentences: dict[int, _Sentence]  # by where they start
    edges: tuple[frozenset[str], frozenset[str]]
    shares: tuple[float, ...]  # words of each cue in a hundred words
    length: int  # in words


@cache
def _cue_stems() -> tuple[frozenset[str], ...]:
    listed = [
        frozenset[str]().union(*(load_words("actions", name) for name in _SECTIONS[cue]))
        for cue in CUES
    ]
    return tuple(frozenset(map(stem, words)) for words in listed)


def _stems(text: str) -> list[str]:
    return [stem(straighten(span.of(text)).lower()) for span in split_words(text)]


@lru_cache(maxsize=64)
def _read_body(body: str) -> _Body:
    stems = _stems(body)
    sentences = {}
    for span in split_sentences(body):
        own = set(_stems(span.of(body)))
        cues = tuple(not own.isdisjoint(listed) for listed in _cue_stems())
        sentences[span.start] = _Sentence(span, cues)
    edges = frozenset(_stems(body[:_EDGE])), frozenset(_stems(body[-_EDGE:]))
    shares = tuple(
        100 * sum(word in listed for word in stems) / (len(stems) + 1) for listed in _cue_stems()
    )
    return _Body(frozenset(stems), sentences, edges, shares, len(stems))


def body_stems(article: Article) -> frozenset[str]:
    """Return the stems of all words of the body."""
    return _read_body(article.body).stems


def refutes(article: Article) -> bool:
    """Does the headline itself deny, so that the body's denials are on its side?"""
    refuting, negating, *_ = _cue_stems()
    return not (refuting | negating).isdisjoint(_stems(article.headline))


def read_signals(article: Article) -> NDArray[np.float64]:
    """Return the SIGNALS of an article."""
    ranked = rank_evidence(article.headline, article.body)
    body = _read_body(article.body)
    values = [*support_features(article).values()]
    values += _read_shape(article.headline, body, [one.score for one in ranked])
    found = [body.sentences[one.span.start].cues for one in ranked]
    scores = [one.score for one in ranked]
    headline = frozenset(_stems(article.headline))
    places = [_read_cue(at, headline, body, found, scores) for at in range(len(CUES))]
    values += [value for place in places for value in place]
    values += [float(bool(place[0]) != bool(place[2])) for place in places]
    return np.array(values, dtype=np.float64)


def _read_shape(headline: str, body: _Body, scores: Sequence[float]) -> Iterator[float]:
    yield len(headline.split()) / 20
    yield float(any(mark in straighten(headline) for mark in "\"'"))
    yield float(":" in headline)
    yield log1p(body.length) / 8
    yield scores[1] if len(scores) > 1 else 0.0


def _read_cue(
    at: int,
    headline: frozenset[str],
    body: _Body,
    found: Sequence[tuple[bool, ...]],
    scores: Sequence[float],
) -> list[float]:
    """Return where the words of one kind stand, in the order of _PLACES and _WEIGHED."""
    listed = _cue_stems()[at]
    inside = [cues[at] for cues in found]
    weighed = [score for score, here in zip(scores, inside, strict=True) if here]
    total, best = sum(scores) + 1e-9, max(scores, default=0.0) + 1e-9
    return [
        float(not listed.isdisjoint(headline)),
        float(any(inside[:1])),
        float(any(inside[:_EVIDENCE])),
        *(float(not listed.isdisjoint(edge)) for edge in body.edges),
        float(not listed.isdisjoint(body.stems)),
        max(weighed, default=0.0) / best,
        sum(weighed) / total,
        body.shares[at],
    ]
