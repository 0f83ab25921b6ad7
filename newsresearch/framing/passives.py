"""Passives that name no agent: 'was arrested', not 'was arrested by police'. A rule, no parser.

A form of 'be' or 'get', perhaps adverbs, a participle, and no 'by …' in the rest of the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span

__all__ = ["Passive", "find_passives"]

_MOST_ASIDES = 3
_AGENT_WITHIN = 10  # words after the participle
_ENDS_CLAUSE = frozenset(',;:.!?—–()"“”…\n')
_DETERMINERS = frozenset(["the", "a", "an", "next", "this", "its", "his", "her", "their"])


class Passive(NamedTuple):
    """A passive without agent: from its form of 'be' to its participle."""

    start: int
    end: int
    participle: str


def find_passives(text: str, words: Sequence[Span]) -> list[Passive]:
    """Find the passives of a text, by its words, that do not say who did it.

    Known misses: participles without 'was' ('killed in the attack'), a second one after 'and',
    questions, more than three words between. Known slips: an agent in the sentence before.

    Examples
    --------
    >>> text = "He was not told. She was freed by a judge. It is located here."
    >>> from newsresearch.text import split_words
    >>> [text[one.start : one.end] for one in find_passives(text, split_words(text))]
    ['was not told']
    """
    forms = _forms_of_be()
    found: list[Passive] = []
    for at, (start, end) in enumerate(words):
        if end - start <= _LONGEST_BE and text[start:end] in forms:
            last = _find_participle(text, words, at)
            if last > at and not _has_agent(text, words, last):
                found.append(Passive(start, words[last].end, _plain(text, words[last])))
    return found


_LONGEST_BE = 7  # letters


@cache
def _forms_of_be() -> frozenset[str]:
    """Return the forms of 'be' and 'get' as they may be written."""
    words = load_words("cues", "be")
    words |= {word.replace("'", "’") for word in words}
    return words | {word.capitalize() for word in words} | {word.upper() for word in words}


def _plain(text: str, word: Span) -> str:
    return straighten(text[word.start : word.end]).lower()


def _find_participle(text: str, words: Sequence[Span], at: int) -> int:
    """Return the place of the participle that a form of 'be' leads to; -1 where none does."""
    for place in range(at + 1, min(at + 2 + _MOST_ASIDES, len(words))):
        if not text[words[place - 1].end : words[place].start].isspace():
            return -1
        word = _plain(text, words[place])
        if _is_participle(word):
            return place
        if not (word.endswith("ly") or word in load_words("cues", "asides")):
            return -1
    return -1


def _is_participle(word: str) -> bool:
    if word in load_words("cues", "states"):
        return False
    if word.endswith("ed") and len(word) > 4 and word.isalpha():
        return not word.startswith("un") or word in load_words("cues", "undoing")
    return word in load_words("cues", "participles")


def _has_agent(text: str, words: Sequence[Span], last: int) -> bool:
    """Does the clause go on to say by whom?"""
    for place in range(last + 1, min(last + 1 + _AGENT_WITHIN, len(words))):
        if not _ENDS_CLAUSE.isdisjoint(text[words[place - 1].end : words[place].start]):
            return False
        word = _plain(text, words[place])
        if word == "by" and place + 1 < len(words):
            return _names_agent(text, words, place + 1)
        if word in load_words("cues", "new_clause") and place > last + 1:
            return False
    return False


def _names_agent(text: str, words: Sequence[Span], at: int) -> bool:
    """Does somebody stand after 'by', no time, amount or deed?"""
    word = _plain(text, words[at])
    if word in _DETERMINERS and at + 1 < len(words):
        return _plain(text, words[at + 1]) not in load_words("cues", "times")
    return not (word in load_words("cues", "no_agent") or word[0].isdigit() or word.endswith("ing"))
