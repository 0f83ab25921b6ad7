"""Quotations as half-open spans: pairs of marks, and marks that have no partner.

Linear time; never raises, and never hides a mark that it cannot pair.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsresearch.text import Span, locate, split_paragraphs

__all__ = ["Quotation", "find_quotations"]


class Quotation(NamedTuple):
    """A quotation with its marks; ``closed`` is False where one mark has no partner."""

    start: int
    end: int
    closed: bool


_MARK = re.compile('["“”„«»]')
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?![\s\d])[^‘\n]{2,600}?(?<=[\w.,!?…])[’'](?![\w])")


def find_quotations(text: str) -> list[Quotation]:
    """Find quotations with their marks, in order; a mark without a partner is kept, not hidden.

    A quotation that its paragraph leaves open counts as closed where the next paragraph goes
    on with an opening mark, as newspapers do. Inch marks after a digit are not quotations.
    Single marks count only where both are found: apostrophes make the rest a guess.

    Examples
    --------
    >>> find_quotations("“Yes”, she said. “No")
    [Quotation(start=0, end=5, closed=True), Quotation(start=17, end=20, closed=False)]
    """
    paragraphs = split_paragraphs(text)
    found: list[Quotation] = []
    for index, paragraph in enumerate(paragraphs):
        after = paragraphs[index + 1].start if index + 1 < len(paragraphs) else len(text)
        goes_on = text[after : after + 1] in {"“", '"', "„", "«"}
        found += _pair_marks(text, paragraph, goes_on)
    singles = (Quotation(*single.span(), closed=True) for single in _SINGLE.finditer(text))
    return sorted(_join(found, singles))


def _join(found: list[Quotation], singles: Iterable[Quotation]) -> set[Quotation]:
    """Add singles: one inside a quotation is part of it, one that crosses a mark is none."""
    starts = [quotation.start for quotation in found]
    joined = set(found)
    for single in singles:
        inner = found[bisect_left(starts, single.start) : bisect_left(starts, single.end)]
        whole = all(quotation.closed and quotation.end <= single.end for quotation in inner)
        if whole and locate(found, single.start) < 0:
            joined.difference_update(inner)
            joined.add(single)
    return joined


def _pair_marks(text: str, paragraph: Span, goes_on: bool) -> Iterator[Quotation]:
    """Pair the marks of one paragraph; of nested straight marks the outer pair counts."""
    opened: list[int] = []
    nests = _is_balanced(text[paragraph.start : paragraph.end])
    # '«' and '»' without each other are arrows of the page.
    arrows = "" if {"«", "»"} <= set(text[paragraph.start : paragraph.end]) else "«»"
    for found in _MARK.finditer(text, *paragraph):
        at, mark = found.start(), found[0]
        if mark in arrows:
            continue
        if _opens(text, at, mark, bool(opened)):
            if (
                opened and mark != '"' and not nests
            ):  # a second opening mark: the first was never closed
                yield Quotation(opened.pop(0), at, closed=False)
                opened.clear()
            opened.append(at)
        elif opened:
            start = opened.pop()
            if not opened:
                yield Quotation(start, at + 1, closed=True)
        elif not (mark == '"' and text[at - 1 : at].isdigit()):
            yield Quotation(at, at + 1, closed=False)
    if opened:
        yield Quotation(opened[0], paragraph.end, closed=goes_on)


def _is_balanced(paragraph: str) -> bool:
    """Do the curly marks nest like brackets: “they call it a “clean break” here”?"""
    depth = 0
    for mark in paragraph:
        depth += (mark == "“") - (mark == "”")
        if depth < 0:
            return False
    return depth == 0


def _opens(text: str, at: int, mark: str, inside: bool) -> bool:
    """Does a mark open a quotation? A straight one does after a blank and before none."""
    if mark != '"':
        return mark in "“„«"
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if inside:
        return before.isspace() and not after.isspace() and bool(after)
    if before in {",", ":"}:  # a lost space: 'He said,"No"'
        return after.isalnum()
    return not before or before.isspace() or before in "([—–-/"
