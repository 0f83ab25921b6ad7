"""Numbers, dates, places and quoted words of a headline that its body gives otherwise."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from newsresearch.amounts import Amount
from newsresearch.evidence import compare_terms, read_passages, root_terms
from newsresearch.support.knowledge import place_stems
from newsresearch.support.sight import SURE, Mismatch, Sight
from newsresearch.text import Span
from newsresearch.vocabulary import same_thing

__all__ = ["date_changed", "number_changed", "place_changed", "quotation_missing"]

_DATES = {"weekday", "month", "year"}
# A round number so near may be another one rounded.
_ROUNDED = 0.05


def number_changed(sight: Sight) -> Iterator[Mismatch]:
    """A number of the headline is another one in the body."""
    own = sight.knowledge.by_sentence[sight.at]
    for amount in sight.claim.amounts:
        if amount.kind in {*_DATES, "decade"} or _is_given(amount, own):
            continue
        others = [o for o in own if o.kind == amount.kind and _is_of_a_kind(amount, o)]
        known = _is_given(amount, sight.knowledge.amounts)
        if others:
            strength = (0.9 if _alike_unit(amount, others[0]) else 0.7) - 0.35 * known
            yield _changed("number_changed", sight, amount, _nearest(sight, others), strength)
        elif not known:
            yield Mismatch(
                "number_changed", 0.6, Span(amount.start, amount.end), sight.sentence.span,
                f"‘{_written(sight, amount)}’ is no number of the body",
            )  # fmt: skip


def _nearest(sight: Sight, others: list[Amount]) -> Amount:
    """Return the number that stands nearest to words of the claim."""
    places = [term.start for term in sight.matched] or [sight.sentence.span.start]
    return min(others, key=lambda other: min(abs(other.start - place) for place in places))


def date_changed(sight: Sight) -> Iterator[Mismatch]:
    """A weekday, month or year of the headline is another one in the body."""
    own = sight.knowledge.by_sentence[sight.at]
    for amount in sight.claim.amounts:
        if amount.kind not in _DATES or _is_given(amount, own):
            continue
        others = [o for o in own if o.kind == amount.kind]
        known = _is_given(amount, sight.knowledge.amounts)
        if others:
            yield _changed("date_changed", sight, amount, others[0], 0.9 - 0.4 * known)
        elif not known:
            yield Mismatch(
                "date_changed", 0.6, Span(amount.start, amount.end), sight.sentence.span,
                f"‘{_written(sight, amount)}’ is no date of the body",
            )  # fmt: skip


def _changed(kind: str, sight: Sight, mine: Amount, other: Amount, strength: float) -> Mismatch:
    told, found = Span(mine.start, mine.end), Span(other.start, other.end)
    reason = f"the headline says ‘{_written(sight, mine)}’, the sentence ‘{found.of(sight.body)}’"
    return Mismatch(kind, strength, told, found, reason)


def _written(sight: Sight, amount: Amount) -> str:
    return sight.claim.clause.text[amount.start : amount.end]


def _is_given(amount: Amount, others: tuple[Amount, ...]) -> bool:
    return any(other.kind == amount.kind and _is_equal(amount, other) for other in others)


def _is_equal(mine: Amount, other: Amount) -> bool:
    """Are two values one, the headline's perhaps rounded?"""
    if mine.kind != "count" or mine.value == other.value:
        return mine.value == other.value
    if not mine.value or not other.value or mine.value < 10:
        return False
    if abs(mine.value - other.value) < _ROUNDED * other.value and mine.value % 10 == 0:
        return True
    digits = len(f"{mine.value:.10g}".replace(".", "").strip("0"))
    step = 10 ** (math.floor(math.log10(abs(other.value))) + 1 - max(digits, 2))
    return bool(abs(round(other.value / step) * step - mine.value) < step / 2)


def _alike_unit(mine: Amount, other: Amount) -> bool:
    return mine.unit == other.unit or other.unit in same_thing(mine.unit)


def _is_of_a_kind(mine: Amount, other: Amount) -> bool:
    """Can the one number stand for the other: money for money, things for like things?"""
    if mine.kind == "ordinal" or _alike_unit(mine, other):
        return True
    signs = {"$", "£", "€", "%"}
    if (mine.unit in signs) != (other.unit in signs):
        return False
    if not mine.unit or not other.unit:
        return True
    return bool(compare_terms([mine.unit], [other.unit])[0, 0] >= SURE)


def place_changed(sight: Sight) -> Iterator[Mismatch]:
    """A place of the headline is no place of the body, and the sentence names another."""
    for number, term in enumerate(sight.claim.terms):
        if term.stem not in place_stems() or sight.places[number] >= 0:
            continue
        others = [t for t in sight.sentence.terms if t.stem in place_stems()]
        others = [t for t in others if t not in sight.matched and _is_where(sight.body, t.start)]
        told, known = Span(term.start, term.end), _is_near(term.stem, sight)
        if others and _is_where(sight.claim.clause.text, term.start):
            found = Span(others[0].start, others[0].end)
            reason = (
                f"the headline says ‘{sight.told(term)}’, the sentence ‘{found.of(sight.body)}’"
            )
            yield Mismatch("place_changed", 0.45 if known else 0.9, told, found, reason)
        elif not known:
            reason = f"‘{sight.told(term)}’ is no place of the body"
            yield Mismatch("place_changed", 0.5, told, sight.sentence.span, reason)


_WHERE = re.compile(r"\b(?:in|at|from|near|off|to|into|outside|of)\s(?:the\s)?$|[a-z],\s$", re.I)


def _is_where(text: str, at: int) -> bool:
    """Stands a place after a preposition: 'in Vienna', not 'Viennese'?"""
    return bool(_WHERE.search(text, max(0, at - 14), at))


def _is_near(place: str, sight: Sight) -> bool:
    """Has the body the place, its people or its capital: 'Denmark', 'Danish'?"""
    known = read_passages(sight.body).places
    return place[:4] in sight.knowledge.openings or any(own in known for own in same_thing(place))


def quotation_missing(sight: Sight) -> Iterator[Mismatch]:
    """Words that the headline puts in quotation marks are nowhere in the body."""
    known = read_passages(sight.body).places
    text = sight.claim.clause.text
    for quoted in sight.claim.quoted:
        terms = root_terms(text, quoted)
        missing = [t for t in terms if not any(o in known for o in same_thing(t.stem))]
        if terms and 2 * len(missing) >= len(terms):
            reason = f"the quoted words {quoted.of(text)} are nowhere in the body"
            strength = len(missing) / len(terms) * (0.6 if len(terms) == 1 else 1.0)
            yield Mismatch("quotation_missing", strength, quoted, sight.sentence.span, reason)
