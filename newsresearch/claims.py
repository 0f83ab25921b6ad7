"""A headline as claims: who does what to whom, by whose word, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsresearch.amounts import Amount, find_amounts
from newsresearch.clauses import Clause, find_actions, is_passive, read_clause
from newsresearch.evidence import MOST_READ
from newsresearch.quotations import find_quotations
from newsresearch.text import Span
from newsresearch.vocabulary import Term

__all__ = ["Claim", "read_claims"]

# What parts claims from each other, if each side has a verb and words of its own.
_JOINT = re.compile(
    r"[;|!?]\s+|\.\s+(?=[A-Z“\"‘'])|\s[–—-]{1,2}\s|,\s+(?:and|but|as|while)\s|\s(?:as|while|but|and)\s|,\s+"
)
_SPEAKER = re.compile(r"^([^:,]{2,40}):\s+(?=\S)")
_AFTER = re.compile(
    r",?\s+(?:(?:says|said|according to)\s+(?P<one>(?!that\b)[^,]{2,50})"
    r"|(?<=,\s)(?P<two>[^,]{2,50}?)\s+(?:says?|said|claims?|warns?|insists?|reports?|told|hears?|finds?"
    r"|confirms?|suggests?))$",
    re.I,
)
_SAYS = re.compile(
    r"\b(?:says?|said|claims?|claimed|warns?|warned|insists?|insisted|believes?|believed|alleges?"
    r"|alleged|reports?|reported|argues?|argued|admits?|admitted|told|tells?|thinks?|suggests?"
    r"|suggested|hears?|according to|accuses?|accused|reportedly|allegedly|alleged|claims?)\b",
    re.I,
)
_FEWEST_TERMS = 2
# No headline is longer; what is, is not split.
_LONGEST = 400


class Claim(NamedTuple):
    """One claim of a headline: a clause of it.

    ``action`` is the number of the term that is its verb, -1 where none is told; ``passive``:
    it is done to what stands before it. ``reported``: the headline says who says so.
    """

    clause: Clause
    action: int
    passive: bool
    reported: bool
    asks: bool
    speaker: Span | None
    amounts: tuple[Amount, ...]
    quoted: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """Where the claim stands in the headline."""
        return self.clause.span

    @property
    def terms(self) -> list[Term]:
        """The content words, as stems of base forms."""
        return self.clause.terms

    @property
    def verb(self) -> Term | None:
        """The verb, if one is told."""
        return self.terms[self.action] if self.action >= 0 else None

    @property
    def subject(self) -> list[Term]:
        """The content words before the verb, all where there is no verb."""
        return self.terms[: self.action] if self.action >= 0 else self.terms


@lru_cache(maxsize=256)
def read_claims(headline: str) -> tuple[Claim, ...]:
    """Split a headline into its claims; one that has no content word is none.

    Examples
    --------
    >>> [claim.span.of("Mayor quits as council rejects bridge, police say")
    ...     for claim in read_claims("Mayor quits as council rejects bridge, police say")]
    ['Mayor quits', 'council rejects bridge']
    """
    headline = headline[:MOST_READ]
    start, end, speaker = _told(headline)
    quoted = tuple(Span(q.start, q.end) for q in find_quotations(headline) if q.closed)
    asks = headline.rstrip().endswith("?")
    reported = speaker is not None or bool(_SAYS.search(headline))
    claims = []
    for span in _split(headline, Span(start, end), quoted):
        clause = read_clause(headline, span)
        if clause.terms:
            claims.append(_claim(clause, reported, asks, speaker, quoted))
    return tuple(claims)


def _claim(
    clause: Clause, reported: bool, asks: bool, speaker: Span | None, quoted: tuple[Span, ...]
) -> Claim:
    actions = find_actions(clause)
    action = next((at for at in actions if at > 0), -1)
    return Claim(
        clause, action, action >= 0 and is_passive(clause, action), reported, asks, speaker,
        tuple(find_amounts(clause.text, clause.span)),
        tuple(q for q in quoted if clause.span.start <= q.start < clause.span.end),
    )  # fmt: skip


def _told(headline: str) -> tuple[int, int, Span | None]:
    """Return where the claim itself begins and ends, and who says so in 'X: …' and '…, says X'."""
    before, after = _SPEAKER.match(headline), _AFTER.search(headline)
    if before and len(before[1].split()) <= 3:
        return before.end(), len(headline), Span(*before.span(1))
    if after and after.start() > 10:
        kind = "one" if after["one"] else "two"
        return 0, after.start(), Span(*after.span(kind))
    return 0, len(headline), None


def _split(headline: str, span: Span, quoted: tuple[Span, ...]) -> Iterator[Span]:
    """Yield the stretches between joints of which each side is a clause."""
    start = span.start
    if span.end - span.start > _LONGEST:
        yield span
        return
    for joint in _JOINT.finditer(headline, span.start, span.end):
        if any(q.start <= joint.start() < q.end for q in quoted) or joint.start() < start:
            continue
        left, right = Span(start, joint.start()), Span(joint.end(), span.end)
        if _is_clause(headline, left) and _is_clause(headline, right):
            yield left
            start = joint.end()
    if headline[start : span.end].strip():
        yield Span(start, span.end)


def _is_clause(headline: str, span: Span) -> bool:
    """Has a stretch a verb, and something before it?"""
    clause = read_clause(headline, span)
    return len(clause.terms) >= _FEWEST_TERMS and any(at > 0 for at in find_actions(clause))
