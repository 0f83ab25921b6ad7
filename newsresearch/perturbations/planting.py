"""What planting a defect needs: numbers drawn alike everywhere, changes, and their receipts."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from newsresearch.articles import Article
from newsresearch.furniture import find_furniture
from newsresearch.text import Span, locate

__all__ = [
    "GOLD_DTYPES",
    "NOT_PLANTED",
    "Change",
    "Dice",
    "NotPlantedError",
    "Scene",
    "digest",
    "plant",
]

GOLD_DTYPES = {
    "check": "str", "article_id": "str", "kind": "str",
    "field": "str", "start": "int64", "end": "int64", "quote": "str",
    "other_field": "str", "other_start": "Int64", "other_end": "Int64", "other_quote": "str",
    "edit_start": "int64", "edit_end": "int64", "original": "str", "donor_id": "str",
    "reason": "str",
}  # fmt: skip
# In the `check` column of an article that was left as it was; its `reason` says why.
NOT_PLANTED = "not_planted"

T = TypeVar("T")


class NotPlantedError(Exception):
    """An article holds nothing that this kind of defect could be made of; says what it lacks."""


def digest(*parts: str) -> bytes:
    """Return the SHA-256 of some texts, told apart by their lengths."""
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        made.update(len(raw).to_bytes(8, "big") + raw)
    return made.digest()


class Dice:
    """Numbers drawn from the SHA-256 of what they are drawn for.

    The same on every machine, with every version of Python and numpy, and under any hash seed.

    Examples
    --------
    >>> Dice("an article", "seed 0").order(5)
    [3, 1, 2, 0, 4]
    """

    def __init__(self, *parts: str) -> None:
        self.token = digest(*parts)
        self._drawn = 0

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to below the limit."""
        self._drawn += 1
        raw = hashlib.sha256(self.token + self._drawn.to_bytes(8, "big")).digest()
        return int.from_bytes(raw, "big") % limit

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def order(self, length: int) -> list[int]:
        """Return the numbers below a length in a drawn order."""
        numbers = list(range(length))
        for last in range(length - 1, 0, -1):
            other = self.below(last + 1)
            numbers[last], numbers[other] = numbers[other], numbers[last]
        return numbers


class Scene:
    """The article to plant in, with its dice and what all kinds look at."""

    def __init__(self, article: Article, dice: Dice) -> None:
        self.article = article
        self.dice = dice
        self.body = article.body
        pieces = {(piece.start, piece.end) for piece in find_furniture(article.body)}
        self.paragraphs = [p for p in article.paragraphs if tuple(p) not in pieces]
        self.sentences = [s for s in article.sentences if locate(self.paragraphs, s.start) >= 0]

    def quoted(self, at: int) -> bool:
        """Tell whether a place in the body stands in a quotation, closed or not."""
        return locate(self.article.quotations, at) >= 0

    def gaps(self) -> list[tuple[Span, Span]]:
        """Return neighbouring sentences between which another may stand.

        Not within a quotation, nor where a space was lost: 'year.The'.
        """
        return [(a, b) for a, b in pairwise(self.sentences) if not self._is_open(a, b)]

    def leaves_open(self, span: Span) -> bool:
        """Does a span end on a colon, or in a quotation that the next paragraph goes on with?"""
        last = self.body[span.end - 1]
        return last == ":" or (self.quoted(span.end - 1) and last not in "”\"’'»")

    def _is_open(self, before: Span, after: Span) -> bool:
        """Does a quotation, or a line of furniture, stretch from one sentence to the next?"""
        index = locate(self.article.quotations, before.end - 1)
        goes_on = index >= 0 and self.article.quotations[index].end > after.start
        return (
            goes_on or self.leaves_open(before) or not self.body[before.end : after.start].isspace()
        )


@dataclass(frozen=True)
class Change:
    """One change of one field: what stood at a span of the clean text, and what stands there now.

    ``lead`` and ``trail`` move the ends of what the gold marks, against those of the new text:
    the blank before an inserted sentence is not marked, the words before a lost mark are.
    """

    at: Span
    new: str
    reason: str
    check: str = ""
    field: str = "body"
    lead: int = 0
    trail: int = 0
    other: Span | None = None
    other_field: str = ""
    donor_id: str = ""


def plant(
    article: Article, changes: Iterable[Change]
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the changed fields of an article, and a row of the gold table for each change."""
    ordered = sorted(changes, key=lambda change: (change.field, change.at))
    fields = dict.fromkeys(change.field for change in ordered)
    edited = {
        field: _Edited(article.field(field), [c for c in ordered if c.field == field])
        for field in fields
    }
    texts = {field: edited[field].text for field in fields}
    return texts, [_row(article, change, edited) for change in ordered]


class _Edited:
    """A text after its changes, and where its places have moved to."""

    def __init__(self, clean: str, changes: list[Change]) -> None:
        pieces, at, shift = [], 0, 0
        self._ends, self._shifts = [], [0]
        for change in changes:
            if change.at.start < at:
                raise ValueError(f"two changes meet at character {at} of {change.field!r}")
            pieces += [clean[at : change.at.start], change.new]
            at = change.at.end
            shift += len(change.new) - (change.at.end - change.at.start)
            self._ends.append(at)
            self._shifts.append(shift)
        self.text = "".join(pieces) + clean[at:]

    def moved(self, place: int) -> int:
        """Return where a place now stands, after all changes that end at it or before it."""
        return place + self._shifts[bisect_right(self._ends, place)]


def _row(article: Article, change: Change, edited: dict[str, _Edited]) -> dict[str, Any]:
    now = edited[change.field]
    edit_end = now.moved(change.at.end)
    edit_start = edit_end - len(change.new)
    start, end = edit_start + change.lead, edit_end + change.trail
    other_field = (change.other_field or change.field) if change.other else ""
    other: tuple[str, int | None, int | None] = ("", None, None)
    if change.other:
        there = edited.get(other_field)
        first = there.moved(change.other.start) if there else change.other.start
        last = first + change.other.end - change.other.start
        text = there.text if there else article.field(other_field)
        other = (text[first:last], first, last)
    return {
        "check": change.check, "article_id": article.article_id,
        "field": change.field, "start": start, "end": end,
        "quote": now.text[start:end],
        "other_field": other_field, "other_start": other[1], "other_end": other[2],
        "other_quote": other[0],
        "edit_start": edit_start, "edit_end": edit_end,
        "original": change.at.of(article.field(change.field)),
        "donor_id": change.donor_id, "reason": change.reason,
    }  # fmt: skip
