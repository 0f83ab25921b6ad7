"""Which speakers are one source: 'officials' and 'Officials', 'a spokesman' and 'the spokesman'."""

from __future__ import annotations

from collections.abc import Sequence

from newsresearch.attribution import Speaker
from newsresearch.lexicons import load_words

__all__ = ["name_sources"]

_LINKS = frozenset(["of", "for", "from", "at", "with", "to", "in", "on", "who", "near", "inside"])
_LEADING = frozenset(["the", "a", "an", "some"])
_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "de"])
_SHORTEST, _LONGEST = 2, 6


def name_sources(speakers: Sequence[Speaker]) -> list[tuple[str, bool]]:
    """Return for each speaker, in order, the name of the source and whether it is anonymous.

    One source are names that differ in 'the' and capitals only; an acronym and the name that it
    stands for; 'the spokesman' and the one source before it that is a spokesman.
    """
    known: dict[str, tuple[str, bool]] = {}
    heads: dict[str, list[str]] = {}
    found: list[tuple[str, bool]] = []
    for speaker in speakers:
        words = speaker.name.split()
        key = _key(words)
        if key not in known:
            earlier = _earlier(words, key, heads)
            if not earlier:
                heads.setdefault(_head(words), []).append(key)
                heads.setdefault(_initials(words), []).append(key)
            known[key] = known[earlier] if earlier else (speaker.name, speaker.anonymous)
        found.append(known[key])
    return found


def _earlier(words: Sequence[str], key: str, heads: dict[str, list[str]]) -> str:
    """Return the key of the one source before that a short form stands for; '' if there is none."""
    the = words[0].lower() == "the" and len(words) == 2
    fitting = heads.get(key, []) if the else []  # 'the spokesman', 'the Post'
    acronym = (the or len(words) == 1) and words[-1].isupper()
    if not fitting and acronym and _SHORTEST <= len(key) <= _LONGEST:  # 'NRA', 'the NRA'
        fitting = heads.get(f"{key}!", [])
    return fitting[0] if len(fitting) == 1 else ""


def _key(words: Sequence[str]) -> str:
    """Return a name in lower case without what stands before it: 'the', 'a', 'some'."""
    first = 0
    while first < len(words) - 1 and words[first].lower() in _LEADING:
        first += 1
    return " ".join(words[first:]).lower().replace(".", "")


def _head(words: Sequence[str]) -> str:
    """Return the noun of a phrase in lower case: 'spokesman' of 'a spokesman for Acme'."""
    plain = [word.lower() for word in words]
    nouns = load_words("attribution", "anonymous")
    for at in range(1, len(plain)):
        released = plain[at].endswith("ed") and plain[at - 1] in nouns  # 'a statement released'
        if plain[at] in _LINKS or released:
            return plain[at - 1]
    return plain[-1]


def _initials(words: Sequence[str]) -> str:
    """Return the first letters of a name of several words: 'nra!' of 'National Rifle …'."""
    letters = "".join(word[0] for word in words if word.lower() not in _SMALL)
    return f"{letters.lower()}!"
