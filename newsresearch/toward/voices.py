"""Whose words stand at a place of the body: the writer's, a speaker's, or somebody's untold."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from heapq import heappop, heappush
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.attribution import Attribution, attributions

__all__ = ["voice_at"]


class _Voices(NamedTuple):
    """Where stretches of the body begin, and the innermost attribution of each."""

    starts: list[int]
    voices: list[Attribution | None]


def voice_at(article: Article, place: int) -> Attribution | None:
    """Return the innermost attribution whose words hold a place; None: the writer speaks."""
    found = _read_voices(article)
    at = bisect_right(found.starts, place) - 1
    return found.voices[at] if at >= 0 else None


@lru_cache(maxsize=2)
def _read_voices(article: Article) -> _Voices:
    """Walk over the ends of all attributions once; of the open ones the last to begin counts."""
    every = attributions(article)
    edges = sorted({edge for one in every for edge in one.span})
    found = _Voices([], [])
    waiting: list[tuple[int, int]] = []  # minus the number, so that the last comes first; end
    number = 0
    for edge in edges:
        while number < len(every) and every[number].span.start <= edge:
            heappush(waiting, (-number, every[number].span.end))
            number += 1
        while waiting and waiting[0][1] <= edge:
            heappop(waiting)
        found.starts.append(edge)
        found.voices.append(every[-waiting[0][0]] if waiting else None)
    return found
