"""What an attribution is: words, who is said to have said them, and with which verb."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from newsresearch.lexicons import load_words
from newsresearch.text import Span

__all__ = [
    "BROKEN",
    "CLASSES",
    "DIRECT",
    "FRAGMENT",
    "REPORTED",
    "Attribution",
    "Speaker",
    "Voice",
    "verb_classes",
]

DIRECT, FRAGMENT, REPORTED, BROKEN = "direct", "fragment", "reported", "broken"
CLASSES = ("neutral", "endorsing", "distancing", "denying", "asking")


class Speaker(NamedTuple):
    """Who speaks: the words of the text, the fullest form of the name, and whether it is none."""

    span: Span
    name: str
    anonymous: bool


class Voice(NamedTuple):
    """A speaker with the verb, if there is one; ``how`` says by what the speaker was found."""

    speaker: Speaker | None
    verb: Span | None
    verb_class: str
    how: str


class Attribution(NamedTuple):
    """A stretch of the body, its kind, and whose words it gives; no speaker: the reason says why.

    Spans are of the article that was asked for, marks included.
    """

    span: Span
    kind: str
    speaker: Speaker | None
    verb: Span | None
    verb_class: str
    reason: str


@cache
def verb_classes() -> dict[str, str]:
    """Return the verbs of speech, in lower case, each with its class."""
    return {verb: name for name in CLASSES for verb in load_words("attribution", name)}
