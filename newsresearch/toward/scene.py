"""A sentence read once for the people in it: words, clauses, names, negations, tone, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.sentiment.lists import default_engine
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import root, stem

__all__ = ["KINDS", "Scene", "read_scene"]

# What a listed word does to those before and behind it, see the list `toward`.
KINDS = ("attacks", "praises", "harms", "misdeeds", "merits", "foes", "friends")
_REACH = 3  # words that a negation reaches
_MARKS = frozenset(",;:()—–[]")


class Scene(NamedTuple):
    """The words of a sentence, each with what the signals need to know of it."""

    text: str
    words: list[Span]
    plain: list[str]  # lower case, straight apostrophes, no possessive
    stems: list[str]
    names: list[bool]  # looks like part of a name
    clauses: list[int]
    quoted: list[bool]
    negated: list[bool]
    tones: list[float]  # of VADER's list with our words for news, turned where negated
    kinds: list[tuple[str, ...]]


@lru_cache(maxsize=8)
def read_scene(text: str) -> Scene:
    """Read one sentence; its words and marks are looked at once, in linear time.

    Examples
    --------
    >>> scene = read_scene("The mayor didn’t praise Ann Lee, he said")
    >>> [word for word, no in zip(scene.plain, scene.negated) if no]
    ['praise', 'ann', 'lee']
    >>> scene.clauses
    [0, 0, 0, 0, 0, 0, 1, 1]
    """
    flat = straighten(text)
    words = split_words(text)
    lowered = [flat[start:end].lower() for start, end in words]
    plain = [word.removesuffix("'s").removesuffix("'") for word in lowered]
    gaps = _gaps(flat, words)
    names = _names(text, words, plain, gaps)
    negated = _negated(plain, gaps)
    stems = [root(stem(word)) for word in plain]
    return Scene(
        text, words, plain, stems, names, _clauses(plain, gaps), _quoted(gaps), negated,
        _tones(plain, names, negated), [_kinds().get(own, ()) for own in stems],
    )  # fmt: skip


def _gaps(flat: str, words: Sequence[Span]) -> list[str]:
    """Return what stands before each word."""
    ends = [0, *(word.end for word in words)]
    return [flat[end : word.start] for end, word in zip(ends, words, strict=False)]


def _names(
    text: str, words: Sequence[Span], plain: Sequence[str], gaps: Sequence[str]
) -> list[bool]:
    """Tell which words look like names: capitalised, and no function words.

    Where a sentence or a quotation opens, a word does so only before another name or a verb
    that somebody may be the subject of.
    """
    capital = [text[word.start].isupper() for word in words]
    known, found = _no_names(), list[bool]()
    for at, high in enumerate(capital):
        opens = at == 0 or any(mark in gaps[at] for mark in '".:!?')
        beside = at + 1 < len(words) and capital[at + 1] and gaps[at + 1] in {" ", ". "}
        acts = at + 1 < len(words) and _is_deed(plain[at + 1]) and gaps[at + 1] == " "
        found.append(high and plain[at] not in known and (not opens or beside or acts))
    return found


@cache
def _no_names() -> frozenset[str]:
    return load_words("stopwords") | load_words("sentences", "openers")


def _is_deed(word: str) -> bool:
    return (word.endswith("ed") and len(word) > 4) or word in _helpers()


@cache
def _helpers() -> frozenset[str]:
    return load_words("actions", "helpers") | load_words("speech", "verbs")


def _clauses(plain: Sequence[str], gaps: Sequence[str]) -> list[int]:
    """Number the clauses: a mark or a conjunction begins a new one, if it holds two words."""
    numbers, size, openers = [0] * len(plain), 0, load_words("toward", "openers")
    for at in range(1, len(plain)):
        new = not _MARKS.isdisjoint(gaps[at]) or '"' in gaps[at] or " -" in gaps[at]
        new = (new or plain[at] in openers) and size > 0
        numbers[at] = numbers[at - 1] + new
        size = 0 if new else size + 1
    return numbers


def _quoted(gaps: Sequence[str]) -> list[bool]:
    """Tell which words stand inside double marks; what a first closing mark ends, as well."""
    found: list[bool] = []
    inside, seen = False, False
    for gap in gaps:
        if '"' in gap:
            inside = gap.rstrip("([").endswith('"')
            found = found if seen or inside else [True] * len(found)
            seen = True
        found.append(inside)
    return found


def _negated(plain: Sequence[str], gaps: Sequence[str]) -> list[bool]:
    found, left, listed = [], 0, load_words("toward", "negations")
    for word, gap in zip(plain, gaps, strict=True):
        left = 0 if word == "but" or not _MARKS.isdisjoint(gap) else left
        found.append(left > 0)
        left = _REACH if word in listed or word.endswith("n't") else left - 1
    return found


_TURN = -0.74  # as VADER turns what a 'not' stands before


def _tones(plain: Sequence[str], names: Sequence[bool], negated: Sequence[bool]) -> list[float]:
    listed = default_engine().lexicon
    return [
        0.0 if name else listed.get(word, 0.0) * (_TURN if no else 1.0)
        for word, name, no in zip(plain, names, negated, strict=True)
    ]


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Return, for each stem that is listed, the kinds that it is of."""
    table: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        for own in {root(stem(word)) for word in load_words("toward", kind)}:
            table[own] = (*table.get(own, ()), kind)
    return table
