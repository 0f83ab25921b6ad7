"""The sources of an article, counted: each word of theirs once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.attribution import DIRECT, FRAGMENT, REPORTED, Attribution, attributions
from newsresearch.sources.merging import name_sources
from newsresearch.text import Span

__all__ = ["Source", "Sources", "find_sources", "place_of", "share_of"]


@dataclass
class Source:
    """One source of an article: how often and how long it speaks, and where first."""

    name: str
    anonymous: bool
    first: Span
    quotes: int = 0
    reports: int = 0
    quoted: int = 0
    reported: int = 0
    verbs: dict[Span, str] = field(default_factory=dict)

    @property
    def words(self) -> int:
        """All its words, quoted and reported."""
        return self.quoted + self.reported


@dataclass(frozen=True)
class Sources:
    """The sources of an article in the order they speak, and the words that have none."""

    sources: Sequence[Source]
    unattributed: int


def share_of(part: int, whole: int) -> float | None:
    """Return a share; None where there is nothing to share."""
    return part / whole if whole else None


def place_of(article: Article, source: Source) -> float:
    """Return where a source first speaks, in words: 0 start of the body, 1 end."""
    return bisect_left(article.words, (source.first.start, 0)) / max(1, len(article.words))


@lru_cache(maxsize=2)
def find_sources(article: Article) -> Sources:
    """Return the sources of a body in the order they first speak."""
    every = attributions(article)
    names = iter(name_sources([one.speaker for one in every if one.speaker]))
    found: dict[str, Source] = {}
    unattributed = 0
    counts = _count_words(article, every)
    for one, words in zip(every, counts, strict=True):
        if one.speaker is None:
            # A few marked words that nobody is said to say are mostly a title or irony.
            unattributed += words if one.kind in {DIRECT, REPORTED} else 0
            continue
        name, anonymous = next(names)
        source = found.setdefault(name.lower(), Source(name, anonymous, one.span))
        _add(source, one, words)
    return Sources(list(found.values()), unattributed)


def _add(source: Source, one: Attribution, words: int) -> None:
    if one.kind == REPORTED:
        source.reports += 1
        source.reported += words
    else:
        source.quotes += 1
        source.quoted += words
    if one.verb:
        source.verbs[one.verb] = one.verb_class


def _count_words(article: Article, every: Sequence[Attribution]) -> list[int]:
    """Return the words of each attribution; a word counts once, for a quotation if it is in one."""
    taken = bytearray(len(article.words))
    counts = [0] * len(every)
    for at in sorted(range(len(every)), key=lambda at: every[at].kind not in {DIRECT, FRAGMENT}):
        span = every[at].span
        first = bisect_left(article.words, (span.start, 0))
        last = max(first, bisect_left(article.words, (span.end, 0)))
        counts[at] = last - first - sum(taken[first:last])
        taken[first:last] = b"\1" * (last - first)
    return counts
