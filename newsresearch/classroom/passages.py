"""What a reader typed or copied, looked up in the article: where it stands, or what is nearest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.plain import straighten
from newsresearch.text import list_words

__all__ = ["Passage", "Passages"]

_DASHES = frozenset("‐‑‒–—―−")
_INVISIBLE = frozenset("\xad\ufeff\u2060" + "".join(map(chr, range(0x200B, 0x2010))))
_DOTS = "..."
_QUOTED, _POINTED = "\"' ", "\"' .,;:!?"
_MOST = 1_000  # occurrences of one quote that are counted
_NEAR = 0.3  # share of words that a passage must have in common to be called near
_LONGEST_HELP = 160
# The headline first: it is what a reader sees first.
_ORDER = ("headline", "body", "preamble")


class Passage(NamedTuple):
    """Where a quote stands in the stored text."""

    field: str
    start: int
    end: int


class _Level(NamedTuple):
    """A text with plain marks, single blanks and no hidden characters, and where each stood."""

    text: str
    starts: list[int]
    ends: list[int]


def _level(text: str) -> _Level:
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(straighten(text)):
        if char in _INVISIBLE:
            continue
        if char.isspace() and kept and kept[-1] == " ":
            ends[-1] = at + 1
            continue
        plain = " " if char.isspace() else "-" if char in _DASHES else char
        for one in _DOTS if char == "…" else plain:
            kept.append(one)
            starts.append(at)
            ends.append(at + 1)
    return _Level("".join(kept), starts, ends)


def _lower(text: str) -> str:
    """Return lower case of the same length: a few letters would grow."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


class Passages:
    """The texts of an article, made ready to look quotes up in.

    Straight or curly marks, dashes, blanks, hidden characters and, if need be, case and marks at
    the ends do not matter. A quote in the form 'first words … last words' means all between.

    Examples
    --------
    >>> passages = Passages(Article("a", "Rain", "“It  rained,” she said. It rained."))
    >>> passages.find('"it rained,"')
    [Passage(field='body', start=0, end=13)]
    >>> [found.start for found in passages.find("It rained")]
    [1, 24]
    """

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def _levels(self) -> dict[str, tuple[_Level, str]]:
        levels = {field: _level(self.article.field(field)) for field in _ORDER}
        return {field: (level, _lower(level.text)) for field, level in levels.items() if level.text}

    def find(self, quote: str) -> list[Passage]:
        """Return where a quote stands, in the order of the text; [] where it does not."""
        typed = _level(quote).text.strip()
        tries = dict.fromkeys((typed, typed.strip(_QUOTED), typed.strip(_POINTED)))
        for words in filter(None, tries):
            found = self._find_whole(words) or self._find_ends(words)
            if found:
                return found
        return []

    def _find_whole(self, words: str) -> list[Passage]:
        for bounded in (True, False):
            for lower in (False, True):
                found = list(self._hits(words, lower, bounded))
                if found:
                    return found
        return []

    def _hits(self, words: str, lower: bool, bounded: bool) -> Iterator[Passage]:
        wanted = _lower(words) if lower else words
        told = 0
        for field, (level, small) in self._levels.items():
            for at in _places(small if lower else level.text, wanted, bounded):
                told += 1
                if told > _MOST:
                    return
                yield Passage(field, level.starts[at], level.ends[at + len(wanted) - 1])

    def _find_ends(self, words: str) -> list[Passage]:
        """Return where 'first … last' stands: each first with the next last behind it."""
        parts = [part.strip() for part in words.split(_DOTS) if part.strip()]
        if not parts or _DOTS not in words:
            return []
        if len(parts) == 1:
            return self._find_whole(parts[0])
        firsts, lasts = self._find_whole(parts[0]), self._find_whole(parts[-1])
        found = []
        for first in firsts:
            behind = (p.end for p in lasts if p.field == first.field and p.start >= first.end)
            end = next(behind, None)
            if end is not None:
                found.append(Passage(first.field, first.start, end))
        return found

    # --- help for what was not found -------------------------------------------------------

    @cached_property
    def _sentences(self) -> list[tuple[str, frozenset[str]]]:
        texts = [self.article.headline]
        texts += [span.of(self.article.body) for span in self.article.sentences]
        return [
            (text.strip(), frozenset(list_words(text.lower()))) for text in texts if text.strip()
        ]

    def nearest(self, quote: str) -> str:
        """Return the sentence with the most words in common; "" where none is near.

        Examples
        --------
        >>> Passages(Article("a", "Rain", "It rained. She went home.")).nearest("he went home")
        'She went home.'
        """
        words = frozenset(list_words(straighten(quote).lower()))
        scored = [
            (2 * len(words & known) / max(len(words) + len(known), 1), -at, text)
            for at, (text, known) in enumerate(self._sentences)
        ]
        score, _, text = max(scored, default=(0.0, 0, ""))
        return text[:_LONGEST_HELP] + "…" * (len(text) > _LONGEST_HELP) if score >= _NEAR else ""

    def not_found(self, quote: str) -> tuple[str, str]:
        """Say that a quote is not in the article, and return what comes nearest, if anything."""
        if not quote.strip():
            return "the quote is empty", ""
        near = self.nearest(quote)
        told = "these words are not in the article; "
        return told + ("nearest: " if near else "nothing in it comes near"), near


def _places(text: str, wanted: str, bounded: bool) -> Iterator[int]:
    """Yield where some characters begin; bounded: not in the middle of a word."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        cut = at > 0 and text[at - 1].isalnum() and wanted[0].isalnum()
        cut |= end < len(text) and text[end].isalnum() and wanted[-1].isalnum()
        if not (bounded and cut):
            yield at
        at = text.find(wanted, end)
