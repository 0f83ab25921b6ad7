"""Runs of capitalised words: where names are looked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsresearch.lexicons import load_words
from newsresearch.text import Span

__all__ = ["POSSESSIVE", "Words", "find_runs", "first_words"]

POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_PARTICLE_NAME = re.compile(r"(?:al|el|bin|ben|abu|ad|as|an|ul)-[^\W\d_]", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """The words of a text, with what is needed to look at their neighbours."""

    text: str
    spans: list[Span]
    starts: frozenset[int]  # where sentences begin

    def plain(self, index: int) -> str:
        """Return the word in lower case without a possessive; empty outside the text."""
        if not 0 <= index < len(self.spans):
            return ""
        return _plain(self.spans[index].of(self.text))

    def is_capital(self, index: int) -> bool:
        """Tell whether a word may be part of a name: 'Lee', 'al-Noor'."""
        word = self.spans[index].of(self.text)
        return word[:1].isupper() or bool(word[3:4].isupper() and _PARTICLE_NAME.match(word))

    def gap(self, index: int) -> str:
        """Return what stands between a word and the next one; a wrapped line's break as a blank."""
        if index + 1 >= len(self.spans):
            return "\n"
        gap = self.text[self.spans[index].end : self.spans[index + 1].start]
        wrapped = gap in {"\n", "\r\n", "\r"} and index + 1 not in self.starts
        return " " if wrapped else gap


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return POSSESSIVE.sub("", word).lower().rstrip(".")


def first_words(sentences: list[Span], words: list[Span]) -> Iterator[int]:
    """Yield the index of the first word of each sentence."""
    starts = [word.start for word in words]
    for sentence in sentences:
        index = bisect_right(starts, sentence.start - 1)
        if index < len(words) and words[index].start < sentence.end:
            yield index


def find_runs(words: Words) -> Iterator[range]:
    """Yield runs of capitalised words: 'Velmarian Deputy Harbour Minister Olga Brandt'."""
    index = 0
    while index < len(words.spans):
        if not words.is_capital(index):
            index += 1
            continue
        end = index + 1
        while end < len(words.spans) and _goes_on(words, end) and _joins(words, end):
            end += 1
        while end > index + 1 and not words.is_capital(end - 1):
            end -= 1
        yield range(index, end)
        index = end


def _goes_on(words: Words, index: int) -> bool:
    """Is the word in the sentence of the one before; an initial ends none: 'Ann B. Lee'."""
    initial = words.gap(index - 1) == ". " and words.spans[index - 1].of(words.text).isupper()
    named = index > 1 and words.is_capital(index - 2) and index - 1 not in words.starts
    return index not in words.starts or (initial and named)


def _joins(words: Words, index: int) -> bool:
    """Does the word go on with the run before it?"""
    gap = words.gap(index - 1)
    before = words.spans[index - 1].of(words.text)
    if before.endswith(("'s", "’s", "'", "’")):
        return False
    if gap == ". " and (len(before) == 1 or before.lower() in load_words("sentences", "titles")):
        return words.is_capital(index)
    if gap != " ":
        return False
    return words.is_capital(index) or words.plain(index) in load_words("names", "particles")
