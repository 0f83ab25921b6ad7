"""Which sentences of a body decide a headline: shared words, like words, rare ones first.

No model trained for the task: exact stems, irregular forms, the lists of words for one thing and of
opposites, and the word vectors. It says which sentences to read, not whether they bear the
headline out or oppose it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.amounts import VALUES
from newsresearch.lexicons import load_groups
from newsresearch.text import Span, split_sentences
from newsresearch.vectors import load_vectors
from newsresearch.vocabulary import Term, content_terms, root, same_thing, stem

__all__ = [
    "MOST_READ",
    "Cover",
    "Passages",
    "Ranked",
    "Table",
    "allies",
    "compare_terms",
    "cover",
    "opposites",
    "rank_evidence",
    "rank_passages",
    "read_passages",
    "root_terms",
    "weigh_terms",
]

MOST_READ = 2000  # characters of a headline: columns may have been swapped
_LIKE_FROM = 0.35  # cosine from which a word counts as like another
_NEIGHBOUR = 0.3  # what a word of the sentence before or after counts
_MEANT = 0.7  # what a word of the sentence before counts where this one opens with 'he' or 'it'
_COMMON = 0.8  # how much of its weight a word loses that stands in every sentence
_FOUND = 0.6
_LATER = 0.03
_LENGTH = 0.1  # how much of the score a sentence of many other words loses
_ALLY = 0.8  # two words that the list of opposites has on one side
_OPPOSITE = 0.8  # an opposite shows where the matter is decided
_OTHER_NUMBER = 0.5  # another number may be of the same thing

_PRONOUN = re.compile(r"\W*(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those)\b")

Table = NDArray[np.float32]


class Ranked(NamedTuple):
    """A sentence of the body and how well it covers the headline, about 0 to 1."""

    span: Span
    score: float


class Cover(NamedTuple):
    """For each stem and each sentence its best match there, 0 to 1; 1 where it is the same.

    ``loose`` also counts opposites and other numbers: where a thing is denied, it is decided.
    ``words`` has each word of the body by itself.
    """

    strict: Table
    loose: Table
    words: Table


class Passages(NamedTuple):
    """The sentences of a body that hold a content word; ``terms`` have the stems of base forms.

    ``order`` has for each word of all sentences in a row the number of its stem in ``places``,
    which says where in that row each stem stands; ``starts`` is where each sentence begins in
    it, ``numbers`` where numbers stand; ``directions`` has the vector of each stem, and
    ``goes_on`` says which sentences open with a pronoun, so that the one before names who.
    """

    spans: list[Span]
    terms: list[list[Term]]
    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    places: dict[str, list[int]]
    numbers: list[int]
    directions: Table
    goes_on: NDArray[np.bool_]


def rank_evidence(headline: str, body: str, most: int | None = None) -> list[Ranked]:
    """Rank the sentences of a body by how well they cover a headline, best first.

    Examples
    --------
    >>> body = "The fair opened. Rain fell all day. A judge freed the baker on Monday."
    >>> [(ranked.span.of(body), round(ranked.score, 1))
    ...     for ranked in rank_evidence("Court frees baker", body, most=1)]
    [('A judge freed the baker on Monday.', 0.8)]
    """
    stems = list(dict.fromkeys(term.stem for term in root_terms(headline[:MOST_READ])))
    passages = read_passages(body)
    if not stems or not passages.spans:
        return []
    scores = rank_passages(stems, cover(stems, passages).loose, passages)
    order = np.argsort(-scores, kind="stable")[:most]
    return [Ranked(passages.spans[at], float(scores[at])) for at in order]


def rank_passages(stems: Sequence[str], covered: Table, passages: Passages) -> Table:
    """Return the score of each sentence, given how well it covers each stem."""
    weights: Table = weigh_terms(stems) * (1 - _COMMON + _COMMON * _rarity_here(covered))
    before, after = _shift(covered, 1), _shift(covered, -1)
    near = np.maximum(_NEIGHBOUR * after, np.where(passages.goes_on, _MEANT, _NEIGHBOUR) * before)
    scores: Table = weights @ np.maximum(covered, near) / weights.sum()
    lengths = np.diff(np.append(passages.starts, len(passages.order)))
    scores *= 1 - _LENGTH * np.clip(lengths / 40, 0, 1).astype(np.float32)
    # Of two sentences that cover as much, the earlier one tells the news.
    scores -= np.linspace(0, _LATER, len(scores), dtype=np.float32)
    return scores


def _rarity_here(covered: Table) -> Table:
    """Return how few sentences of this body have each word: 1 for one, 0 for all of them."""
    n_sentences = covered.shape[1]
    found = (covered > _FOUND).sum(axis=1)
    most = math.log(n_sentences + 1.5)
    rarity: Table = (np.log((n_sentences + 1) / (found + 0.5)) / most).astype(np.float32)
    return rarity


def weigh_terms(stems: Sequence[str]) -> Table:
    """Return how telling each stem is: rare words tell more."""
    vectors = load_vectors()
    return vectors.rarity[vectors.find(stems)] + np.float32(0.5)


def root_terms(text: str, span: Span | None = None) -> list[Term]:
    """Return the content words of a text with the stems of their base forms."""
    return [Term(root(t.stem), t.start, t.end) for t in content_terms(text, span)]


@lru_cache(maxsize=64)  # many headlines are held against one body
def read_passages(body: str) -> Passages:
    """Read a body once: its sentences as content words."""
    spans, terms = [], []
    for span in split_sentences(body):
        own = root_terms(body, span)
        if own:
            spans.append(span)
            terms.append(own)
    stems = [term.stem for own in terms for term in own]
    places: dict[str, list[int]] = {}
    for at, stem_ in enumerate(stems):
        places.setdefault(stem_, []).append(at)
    numbers = [at for own, found in places.items() if _is_number(own) for at in found]
    ranks = {own: at for at, own in enumerate(places)}
    order = np.array([ranks[own] for own in stems], dtype=np.intp)
    starts = np.cumsum([0, *map(len, terms)])[:-1].astype(np.intp)
    vectors = load_vectors()
    directions = vectors.directions[vectors.find(places)]
    goes_on = np.array([bool(_PRONOUN.match(body, *span)) for span in spans], dtype=bool)
    return Passages(spans, terms, order, starts, places, numbers, directions, goes_on)


def cover(stems: Sequence[str], passages: Passages) -> Cover:
    """Return how well each sentence covers each stem, told strictly and for looking."""
    vectors = load_vectors()
    likeness = vectors.directions[vectors.find(stems)] @ passages.directions.T
    strict = _scale(likeness)[:, passages.order]
    for row, own in zip(strict, stems, strict=True):
        for other in allies(own):
            at = passages.places.get(other, [])
            row[at] = np.maximum(row[at], _ALLY)
        for other in same_thing(own):
            row[passages.places.get(other, [])] = 1.0
    loose = strict.copy()
    for row, own in zip(loose, stems, strict=True):
        for other in opposites(own):
            at = passages.places.get(other, [])
            row[at] = np.maximum(row[at], _OPPOSITE)
        if _is_number(own):
            row[passages.numbers] = np.maximum(row[passages.numbers], _OTHER_NUMBER)
    found = np.maximum.reduceat(np.stack((strict, loose)), passages.starts, axis=2)
    return Cover(found[0], found[1], strict)


def compare_terms(ours: Sequence[str], theirs: Sequence[str]) -> Table:
    """Return how like each of our stems is to each of theirs: 0 where no likeness is told."""
    return _scale(load_vectors().compare(list(ours), list(theirs)))


def _scale(likeness: Table) -> Table:
    scaled: Table = np.clip((likeness - _LIKE_FROM) / (1 - _LIKE_FROM), 0, 1)
    return scaled


def _is_number(own: str) -> bool:
    return own[:1].isdigit() or own in _spelt_out()


@lru_cache(maxsize=1)
def _spelt_out() -> frozenset[str]:
    return frozenset(root(stem(word)) for word in VALUES)


@lru_cache(maxsize=1)
def _sides() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return, for each listed stem, those on its own side of the list and those on the other."""
    own: dict[str, set[str]] = {}
    other: dict[str, set[str]] = {}
    for kind in ("verbs", "nouns", "adjectives"):
        for group in load_groups("opposites", kind):
            sides = [{root(stem(word)) for word in side.split()} for side in group]
            for like, unlike in (sides, sides[::-1]):
                for member in like:
                    own.setdefault(member, set()).update(like)
                    other.setdefault(member, set()).update(unlike)
    freeze = [{k: frozenset(v - {k}) for k, v in table.items()} for table in (own, other)]
    return freeze[0], freeze[1]


def opposites(own: str) -> frozenset[str]:
    """Return the stems of the listed opposites of a stem.

    Examples
    --------
    >>> sorted(opposites("win"))
    ['defeat', 'lose']
    """
    return _sides()[1].get(own, frozenset())


def allies(own: str) -> frozenset[str]:
    """Return the stems that stand on one side with a stem and are no opposites of it."""
    return _sides()[0].get(own, frozenset()) - opposites(own)


def _shift(table: Table, by: int) -> Table:
    """Return a table in which each sentence has the values of a neighbour, 0 past the ends."""
    moved = np.zeros_like(table)
    if by > 0:
        moved[:, by:] = table[:, :-by]
    else:
        moved[:, :by] = table[:, -by:]
    return moved
