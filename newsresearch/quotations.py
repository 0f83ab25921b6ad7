"""Quotations as half-open spans: pairs of marks, and marks that have no partner.

Linear time; never raises, and never hides a mark that it cannot pair.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from newsresearch.text import Span, locate, split_paragraphs

__all__ = ["Quotation", "find_quotations", "strip_marks"]


class Quotation(NamedTuple):
    """A quotation with its marks; ``closed`` is False where one mark has no partner."""

    start: int
    end: int
    closed: bool


def strip_marks(text: str) -> str:
    """Return a quotation without the marks and blanks around it."""
    return text.strip("\"“”„«»‘’' ")


_MARK = re.compile("[\"“”„«»‘']")
_SINGLES = "‘'"
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?![\s\d])[^‘\n]{2,600}?(?<=[\w.,!?…])[’'](?![\w])")


def find_quotations(text: str, paragraphs: Sequence[Span] | None = None) -> list[Quotation]:
    """Find quotations with their marks, in order; a mark without a partner is kept, not hidden.

    A quotation that its paragraph leaves open counts as closed where the next paragraph goes
    on with an opening mark, as newspapers do. Inch marks after a digit are not quotations.
    Single marks count only where both are found: apostrophes make the rest a guess. Paragraphs
    that are known already need not be split again.

    Examples
    --------
    >>> find_quotations("“Yes”, she said. “No")
    [Quotation(start=0, end=5, closed=True), Quotation(start=17, end=20, closed=False)]
    """
    paragraphs = split_paragraphs(text) if paragraphs is None else paragraphs
    marks = [(mark.start(), mark[0]) for mark in _MARK.finditer(text)]
    doubles = [mark for mark in marks if mark[1] not in _SINGLES]
    found: list[Quotation] = []
    for index, own in groupby(doubles, key=lambda mark: locate(paragraphs, mark[0])):
        after = paragraphs[index + 1].start if index + 1 < len(paragraphs) else len(text)
        goes_on = text[after : after + 1] in {"“", '"', "„", "«"}
        found += _pair_marks(text, paragraphs[index].end, list(own), goes_on)
    singles = list(_find_singles(text, [at for at, mark in marks if mark in _SINGLES]))
    return sorted(_join(found, singles)) if singles else found


def _find_singles(text: str, places: Iterable[int]) -> Iterator[Quotation]:
    """Find quotations in single marks, none within another."""
    end = 0
    for at in places:
        single = _SINGLE.match(text, at) if at >= end else None
        if single:
            end = single.end()
            yield Quotation(at, end, closed=True)


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


def _pair_marks(
    text: str, end: int, marks: Sequence[tuple[int, str]], goes_on: bool
) -> Iterator[Quotation]:
    """Pair the marks of one paragraph; of nested straight marks the outer pair counts."""
    opened: list[int] = []
    kinds = [mark for _, mark in marks]
    nests = _is_balanced(kinds)
    # '«' and '»' without each other are arrows of the page.
    arrows = "" if {"«", "»"}.issubset(kinds) else "«»"
    turned = _turned_marks(kinds)
    for at, mark in marks:
        if mark in arrows:
            continue
        mark = turned.get(mark, mark)
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
        yield Quotation(opened[0], end, closed=goes_on)


def _turned_marks(marks: Sequence[str]) -> dict[str, str]:
    """Return what each mark stands for where they are set as in German: „so“, »so«."""
    turned = {"“": "”"} if "„" in marks else {}
    arrows = [mark for mark in marks if mark in "«»"]
    return turned | ({"»": "«", "«": "»"} if arrows[:1] == ["»"] else {})


def _is_balanced(marks: Iterable[str]) -> bool:
    """Do the curly marks nest like brackets: “they call it a “clean break” here”?"""
    depth = 0
    for mark in marks:
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
