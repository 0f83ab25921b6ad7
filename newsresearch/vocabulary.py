"""Content words and their stems: what two sentences must share to be about the same thing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newsresearch.lexicons import load_entries, load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, split_words

__all__ = ["Term", "content_terms", "plain_words", "root", "same_thing", "stem"]


class Term(NamedTuple):
    """A content word: its stem and where it stands."""

    stem: str
    start: int
    end: int


def content_terms(text: str, span: Span | None = None) -> list[Term]:
    """Return the content words of a text, or of a span of it, without function words.

    Examples
    --------
    >>> [term.stem for term in content_terms("The rebels were backed by Brandt’s jets")]
    ['rebel', 'back', 'brandt', 'jet']
    """
    return [
        Term(found, start, end)
        for start, end in split_words(text, span)
        if (found := _content_stem(text[start:end]))
    ]


@lru_cache(maxsize=50_000)
def _content_stem(word: str) -> str:
    """Return the stem of a word as it stands in a text; '' for a function word."""
    plain = straighten(word).lower()
    is_content = plain not in load_words("stopwords") and (len(plain) > 1 or plain.isdigit())
    return stem(plain) if is_content else ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Cut plural, tense and possessive endings: enough to match 'backs' with 'backing'.

    A light stemmer of our own; it leaves '-ion' and '-er' alone and can be wrong ('ring').

    Examples
    --------
    >>> [stem(word) for word in ("supporting", "rises", "denied", "stopped", "agreed")]
    ['support', 'rise', 'deny', 'stop', 'agree']
    """
    word = word.removesuffix("'s").removesuffix("'").rstrip(".")
    for ending, new in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("reed", "ree")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + new
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            rest = word.removesuffix(ending)
            # 'hoping' is of 'hope', 'hopping' of 'hop', 'opening' of 'open'.
            return rest + "e" if ending != "s" and _SHORT.fullmatch(rest) else _tidy(rest)
    return _tidy(word)


# One vowel between consonants: here a silent e tells 'plane' from 'plan', 'care' from 'car'.
_SHORT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")


def _tidy(word: str) -> str:
    """Undo a doubled consonant and drop a silent e, so that all forms meet."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bcdfghjkmnpqrtvwxyz":
        word = word[:-1]
    if len(word) <= 3 or word.endswith("ee") or _SHORT.fullmatch(word[:-1]):
        return word
    return word.removesuffix("e")


def plain_words(text: str) -> set[str]:
    """Return the words of a text in lower case with straight apostrophes."""
    return {straighten(span.of(text)).lower() for span in split_words(text)}


def root(word_stem: str) -> str:
    """Return the stem of the base form where a form is irregular: 'won' and 'win' are one.

    Examples
    --------
    >>> root("won"), root("withdrawal"), root("back")
    ('win', 'withdraw', 'back')
    """
    return _irregular().get(word_stem, word_stem)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    entries = load_entries("opposites", "irregular") + load_entries("opposites", "nominal")
    lines = [line.split() for line in entries]
    return {stem(form): stem(base) for base, *forms in lines for form in forms}


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    """Return, for each stem, the stems that may stand for the same thing."""
    groups: dict[str, set[str]] = {}
    for line in load_entries("actions", "same"):
        stems = {stem(word) for word in line.split()}
        for member in stems:
            groups.setdefault(member, set()).update(stems)
    return {member: frozenset(stems) for member, stems in groups.items()}


def same_thing(word_stem: str) -> frozenset[str]:
    """Return the stems that may stand for a stem in a body, itself among them."""
    return _synonyms().get(word_stem, frozenset({word_stem}))
