"""A text cut where passages begin and end, span by span: paragraphs, or numbered lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Generic, NamedTuple, Protocol, TypeVar

from newsresearch.text import Span

__all__ = ["Slice", "cut_spans"]


class _Passage(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


M = TypeVar("M", bound=_Passage)


class Slice(NamedTuple, Generic[M]):
    """A slice of the text and the marks that cover all of it."""

    start: int
    text: str
    marks: tuple[M, ...]

    @property
    def opening(self) -> list[M]:
        """The marks that begin with this slice."""
        return [mark for mark in self.marks if mark.start == self.start]

    @property
    def closing(self) -> list[M]:
        """The marks that end with this slice."""
        return [mark for mark in self.marks if mark.end == self.start + len(self.text)]


def cut_spans(text: str, spans: Iterable[Span], marks: Iterable[M]) -> list[list[Slice[M]]]:
    """Return the slices of each span, cut where marks begin and end.

    The spans stand in the order of the text and do not overlap; the marks may.

    Examples
    --------
    >>> found = cut_spans("It rained.", [Span(0, 10)], [Span(3, 9)])
    >>> [(piece.text, len(piece.marks)) for piece in found[0]]
    [('It ', 0), ('rained', 1), ('.', 0)]
    """
    waiting = sorted(marks, key=lambda mark: (mark.start, mark.end))[::-1]
    borders = sorted({border for mark in waiting for border in (mark.start, mark.end)})
    active: list[M] = []
    found: list[list[Slice[M]]] = []
    for span in spans:
        inner = borders[bisect_right(borders, span.start) : bisect_left(borders, span.end)]
        found.append([])
        for start, end in pairwise((span.start, *inner, span.end)):
            while waiting and waiting[-1].start <= start:
                active.append(waiting.pop())
            active = [mark for mark in active if mark.end > start]
            if start < end:
                found[-1].append(Slice(start, text[start:end], tuple(active)))
    return found
