"""The same statement in other words: synonyms, phrases of our own, the passive."""

from __future__ import annotations

import random
from collections.abc import Iterator

from contrast_edits import TRANSITIVE, WORD, holds, replace_once, single_words
from contrast_words import Words, own_phrases


def reword(text: str, most: int, words: Words, dice: random.Random, kept: str = "") -> str:
    """Put up to so many synonyms and phrases into a text; the kept words stay."""
    keep = {word.lower() for word in WORD.findall(kept)}
    for _ in range(most):
        choices = list(_phrases(text, keep))
        if not choices or dice.random() < 0.4:
            choices = list(_synonyms(text, words, keep)) or choices
        if not choices:
            break
        old, new = dice.choice(choices)
        text = replace_once(text, old, new)
        keep |= {word.lower() for word in WORD.findall(new)}
    return text


def _phrases(text: str, keep: set[str]) -> Iterator[tuple[str, str]]:
    for phrase, others in own_phrases().items():
        if phrase in text and holds(text, phrase) and not keep & set(phrase.lower().split()):
            for other in others:
                yield phrase, other


def _synonyms(text: str, words: Words, keep: set[str]) -> Iterator[tuple[str, str]]:
    for word in single_words(text):
        if word not in keep:
            for other in words.synonyms(word)[:2]:
                yield word, other


def turn(text: str, words: Words) -> str:
    """Return 'B criticised by A' for 'A criticised B', or the text itself."""
    found = TRANSITIVE.search(text)
    if not found:
        return text
    base, kind, _ = words.read(found[2])
    if kind != "v" or base in ("be", "have", "say", "include"):
        return text
    passive = f"{found[3]} {words.inflect(base, 'part')} by {found[1]}"
    return text[: found.start()] + passive + text[found.end() :]
