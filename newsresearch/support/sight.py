"""One claim held against one sentence: which of its words the sentence has, and where."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from newsresearch.amounts import VALUES
from newsresearch.claims import Claim
from newsresearch.clauses import Clause
from newsresearch.evidence import Cover, Passages
from newsresearch.support.knowledge import (
    Knowledge,
    know_body,
    place_stems,
    read_sentence,
    say_who,
)
from newsresearch.text import Span
from newsresearch.vocabulary import Term, same_thing

__all__ = ["SURE", "Mismatch", "Sight", "look"]

# From here on a word is taken for another name of the same thing.
SURE = 0.45
# A sentence that covers less than the first is of something else, one that covers the sum is of the
# same thing.
_ABOUT, _WIDTH = 0.15, 0.4


class Mismatch(NamedTuple):
    """How a claim and a sentence differ: ``told`` in the headline, ``found`` in the body."""

    kind: str
    strength: float
    told: Span
    found: Span
    reason: str


class Sight(NamedTuple):
    """A claim and a sentence; ``places`` is for each word of the claim its match there, or -1.

    ``acted``: how like the claim's verb any word of the whole body is.
    """

    claim: Claim
    sentence: Clause
    body: str
    at: int
    knowledge: Knowledge
    places: list[int]
    likes: list[float]
    coverage: float
    voice: str
    acted: float

    @property
    def trust(self) -> float:
        """How far the two speak of one thing: from 0 to 1, by what they share."""
        return self.trust_with(0)

    def trust_with(self, n_words: int) -> float:
        """Return the trust if so many words more of the claim were covered."""
        coverage = self.coverage + n_words / len(self.claim.terms)
        return min(max((coverage - _ABOUT) / _WIDTH, 0.0), 1.0)

    def match(self, number: int) -> Term | None:
        """Return the sentence's word for one of the claim's."""
        place = self.places[number]
        return self.sentence.terms[place] if place >= 0 else None

    def told(self, term: Term) -> str:
        """Return a word of the claim as written."""
        return self.claim.clause.of(term)

    @property
    def matched(self) -> list[Term]:
        """The words of the sentence that the claim has too."""
        return [self.sentence.terms[place] for place in self.places if place >= 0]


def look(
    claim: Claim, rows: list[int], weights: np.ndarray, cover: Cover, passages: Passages,
    body: str, at: int, acted: float,
) -> Sight:  # fmt: skip
    """Hold a claim against a sentence; ``rows`` are those of its words in the cover."""
    start = int(passages.starts[at])
    table = cover.words[rows, start : start + len(passages.terms[at])]
    best = table.argmax(axis=1)
    likes = table[np.arange(len(rows)), best]
    knowledge, terms = know_body(body), passages.terms[at]
    for number, (term, place) in enumerate(zip(claim.terms, best, strict=True)):
        if _is_one_of_many(term.stem, knowledge) and not _is_same(term.stem, terms[place].stem):
            likes[number] = 0.0
    places = [int(b) if like >= SURE else -1 for b, like in zip(best, likes, strict=True)]
    coverage = min(float(weights @ likes / weights.sum()), 1.0)
    return Sight(
        claim, read_sentence(body, at), body, at, knowledge, places,
        [float(like) for like in likes], coverage, say_who(body, at), acted,
    )  # fmt: skip


def _is_one_of_many(own: str, knowledge: Knowledge) -> bool:
    """Is it a name, a place or a number: like others of its kind, but none of them?"""
    return own in knowledge.names or own in place_stems() or own[:1].isdigit() or own in VALUES


def _is_same(one: str, two: str) -> bool:
    """Are two stems one name, or forms of it: 'Denmark', 'Danish'?"""
    return two in same_thing(one) or (one[:3] == two[:3] and not one[:1].isdigit())
