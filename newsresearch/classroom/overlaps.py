"""Marked passages with their words: which of two readings meet, and how many words they share."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newsresearch.heat import Row, spans_of
from newsresearch.marks import Place
from newsresearch.text import Span, split_words

__all__ = ["Others", "Worded", "hits", "shared_words", "worded", "worded_others"]

_PART = 500  # characters


class Worded(NamedTuple):
    """A marked span of a field, and where its words stand."""

    field: str
    span: Span
    words: list[Span]

    def shared(self, other: Worded) -> int:
        """Return how many of my words the other span holds, or a part of them."""
        if self.field != other.field:
            return 0
        start, end = max(self.span.start, other.span.start), min(self.span.end, other.span.end)
        return sum(word.start < end and start < word.end for word in self.words)

    def hit(self, other: Worded) -> float:
        """Return which share of the words of the shorter the two have in common."""
        shorter, longer = sorted((self, other), key=lambda one: len(one.words))
        return shorter.shared(longer) / len(shorter.words)


Others = Mapping[tuple[str, Span], Sequence[Worded]]


def worded(rows: Iterable[Row]) -> list[Worded]:
    """Return the different spans of some rows with their words; without any, one of all."""
    quotes = {(r["field"], Span(r["start"], r["end"])): r["quote"] for r in rows if _has_span(r)}
    found = []
    for field, span in spans_of(row for row in rows if _has_span(row)):
        words = [
            Span(span.start + start, span.start + end)
            for start, end in split_words(quotes[field, span])
        ]
        found.append(Worded(field, span, words or [span]))
    return found


def _has_span(row: Row) -> bool:
    return row["start"] is not None and row["end"] is not None


def worded_others(key: Sequence[Row]) -> Others:
    """Return, by the place of a finding, what it is compared with: to mark that is a hit too."""
    others: dict[tuple[str, Span], list[Worded]] = defaultdict(list)
    for row in key:
        if "other_field" in row:
            own = (row["field"], Span(row["start"], row["end"]))
            place = {name: row[f"other_{name}"] for name in Place._fields}
            others[own] += worded(
                [{**place, "start": int(place["start"]), "end": int(place["end"])}]
            )
    return others


def hits(marked: Sequence[Worded], wanted: Sequence[Worded], others: Others | None = None) -> int:
    """Return how many pairs of spans meet, no span in two pairs: the most pairs there can be.

    ``others`` gives more places of a wanted span, to hit one of which is enough.
    """
    places = [[aim, *(others or {}).get((aim.field, aim.span), ())] for aim in wanted]
    here: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, some in enumerate(places):
        for part in {part for place in some for part in _parts(place)}:
            here[part].append(at)
    near = [
        [at for at in _in_parts(mark, here) if max(map(mark.hit, places[at])) >= 0.5]
        for mark in marked
    ]
    taken: dict[int, int] = {}  # by which mark each wanted span is hit
    return sum(_find_pair(mark, near, taken) for mark in range(len(marked)))


def _parts(one: Worded) -> Iterator[tuple[str, int]]:
    """Yield the parts of a text that a span lies in: only spans of one part can meet."""
    for at in range(one.span.start // _PART, one.span.end // _PART + 1):
        yield one.field, at


def _in_parts(mark: Worded, here: Mapping[tuple[str, int], Sequence[int]]) -> list[int]:
    return sorted({at for part in _parts(mark) for at in here.get(part, ())})


def _find_pair(mark: int, near: Sequence[Sequence[int]], taken: dict[int, int]) -> bool:
    """Pair a mark, others making room where they can (Berge 1957); tell whether that went."""
    came_by: dict[int, int] = {}  # wanted span -> the mark that would take it
    waiting = [mark]
    for one in waiting:
        for aim in near[one]:
            if aim in came_by:
                continue
            came_by[aim] = one
            if aim in taken:
                waiting.append(taken[aim])
                continue
            _hand_over(aim, came_by, taken)
            return True
    return False


def _hand_over(aim: int, came_by: Mapping[int, int], taken: dict[int, int]) -> None:
    """Give a free span to the mark that asked for it, and the one it leaves to the one before."""
    held = {taken[span]: span for span in came_by if span in taken}
    while True:
        mark = came_by[aim]
        taken[aim] = mark
        if mark not in held:
            return
        aim = held[mark]


class _Shared(NamedTuple):
    shared: int
    all: int


def shared_words(some: Sequence[Worded], others: Sequence[Worded]) -> _Shared:
    """Return how many words of some spans the others hold, and how many words there are."""
    words = {(one.field, word) for one in some for word in one.words}
    runs: dict[str, list[Span]] = defaultdict(list)
    for field, span in sorted({(other.field, other.span) for other in others}):
        before = runs[field].pop() if runs[field] and span.start <= runs[field][-1].end else span
        runs[field].append(Span(before.start, max(before.end, span.end)))
    return _Shared(sum(_meets(runs[field], word) for field, word in words), len(words))


def _meets(runs: Sequence[Span], word: Span) -> bool:
    """Does a word meet one of some spans that are in order and apart?"""
    at = bisect_right(runs, word.start, key=lambda run: run.end)
    return at < len(runs) and runs[at].start < word.end
