"""What a whole body holds, read once for all headlines that are held against it."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from newsresearch.amounts import Amount, find_amounts
from newsresearch.clauses import Clause, read_clause
from newsresearch.evidence import Passages, read_passages, weigh_terms
from newsresearch.lexicons import load_words
from newsresearch.support.voices import who_says
from newsresearch.vectors import load_vectors
from newsresearch.vocabulary import plain_words, root, stem

__all__ = ["Knowledge", "know_body", "place_stems", "read_sentence", "say_who"]


class Knowledge(NamedTuple):
    """The names of a body as stems, its numbers and dates in all and by sentence, its plain
    words, its length as a vector, and the first four and five letters of its stems.
    """

    names: frozenset[str]
    amounts: tuple[Amount, ...]
    by_sentence: tuple[tuple[Amount, ...], ...]
    words: frozenset[str]
    length: float
    openings: frozenset[str]


@lru_cache(maxsize=64)
def know_body(body: str) -> Knowledge:
    """Read the names, the numbers and the words of a body."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    passages = read_passages(body)
    for span, terms in zip(passages.spans, passages.terms, strict=True):
        for term in terms:
            if not body[term.start].isupper():
                small[term.stem] += 1
            elif term.start > span.start + 1 or term.stem not in load_vectors().rows:
                capital[term.stem] += 1
    names = {name for name, n in capital.items() if n > small[name]} - _days()
    by_sentence = tuple(tuple(find_amounts(body, span)) for span in passages.spans)
    return Knowledge(
        frozenset(names | (place_stems() & passages.places.keys())),
        tuple(chain.from_iterable(by_sentence)),
        by_sentence,
        frozenset(plain_words(body)),
        _length(passages),
        frozenset(own[:n] for own in passages.places for n in (4, 5) if len(own) >= n),
    )


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    return frozenset(stem(word) for word in load_words("conflicts", "times"))


def _length(passages: Passages) -> float:
    """Return the length of a body as a vector of weighted words."""
    if not passages.spans:
        return 1.0
    counts = np.array([1 + math.log(len(places)) for places in passages.places.values()])
    return float(np.linalg.norm(counts * weigh_terms(list(passages.places))))


@lru_cache(maxsize=1)
def place_stems() -> frozenset[str]:
    """Return the stems of listed places and peoples."""
    words = load_words("places", "places") | load_words("places", "demonyms")
    passing = {
        "new",
        "nova",
        "western",
        "eastern",
        "northern",
        "southern",
        "mars",
        "u.s",
        "us",
        "uk",
    }
    return frozenset(root(stem(word)) for word in words - passing)


@lru_cache(maxsize=1024)
def read_sentence(body: str, at: int) -> Clause:
    """Read one of the sentences of ``read_passages``."""
    return read_clause(body, read_passages(body).spans[at])


@lru_cache(maxsize=1024)
def say_who(body: str, at: int) -> str:
    """Return who says one of the sentences of ``read_passages``."""
    return who_says(body, read_passages(body).spans[at])
