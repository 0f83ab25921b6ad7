"""Words beside a name that say who it is: 'Lee, a baker', 'the mayor, Ann Lee', 'Lee of Acme'."""

from __future__ import annotations

import re
from functools import lru_cache

from newsresearch.lexicons import load_words
from newsresearch.text import Span

__all__ = ["find_description", "roles"]

# How far a description may reach, in characters.
_REACH = 100
_STOP = re.compile(r"[,.;:!?()“”\"—–\n](?=\s|$|[—–”\"])|[()“”\"—–\n]")
_BEFORE_STOP = re.compile(r"[,.;:!?][\s”\"]|[()“”\"—–\n]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*+")
_OPENS = frozenset(
    [
        "a",
        "an",
        "the",
        "who",
        "whose",
        "which",
        "one",
        "his",
        "her",
        "its",
        "their",
        "now",
        "then",
        "formerly",
        "aged",
    ]
)
_PARTY = re.compile(r"[RDI]-[A-Z]|[RDI]$|\d{1,3}(?![\d,])")
_COMMA = re.compile(r",\s")
_DASH = re.compile(r"\s?[—–-]{1,2}\s?(?=(?:an?|the|who|whose|his|her)\s)")
_BRACKET = re.compile(r"\s\(")
_OF = re.compile(
    r"\s(?:of|from)\s(?:the\s)?[A-Z][\w’'-]*+(?:\s(?:of\s|for\s|and\s)?[A-Z][\w’'-]*+){0,6}+"
)
_IS = re.compile(r"\s(?:is|was|became|serves\sas|works\sas)\s(?=(?:an?|the|one)\s)")


@lru_cache(maxsize=1)
def roles() -> frozenset[str]:
    """Return the nouns, in lower case, that say who somebody is."""
    pronouns = {"i", "me", "my", "we", "our", "their", "his", "her"}
    nouns = load_words("names", "titles") | load_words("introductions", "roles")
    nouns |= load_words("names", "somebody") - pronouns
    return nouns - load_words("introductions", "courtesy")


def find_description(text: str, name: Span) -> Span | None:
    """Return the words around a name that say who it is, or None: titles are found elsewhere."""
    return _after(text, name.end) or _before(text, name.start)


def _after(text: str, at: int) -> Span | None:
    for opener, may in ((_COMMA, _describes), (_BRACKET, _describes), (_DASH, _any)):
        found = opener.match(text, at)
        if found:
            phrase = _phrase(text, found.end())
            return phrase if may(phrase.of(text)) else None
    affiliated, is_a = _OF.match(text, at), _IS.match(text, at)
    if affiliated:
        return Span(affiliated.start() + 1, affiliated.end())
    if is_a:
        phrase = _phrase(text, is_a.end())
        words = [word.lower() for word in _WORD.findall(phrase.of(text))[:6]]
        return phrase if roles().intersection(words) else None
    return None


def _phrase(text: str, start: int) -> Span:
    limit = min(len(text), start + _REACH)
    stop = _STOP.search(text, start, limit)
    return Span(start, stop.start() if stop else limit)


def _any(phrase: str) -> bool:
    return bool(phrase.strip())


def _describes(phrase: str) -> bool:
    """Does a phrase after a comma say who: 'a baker', '43', 'president of Acme', 'R-Texas'?"""
    words = [word.lower() for word in _WORD.findall(phrase)[:5]]
    if not words:
        return False
    if _PARTY.match(phrase):
        return True
    if words[0] in _OPENS:
        return len(words) > 1
    passing = load_words("speech", "verbs") | load_words("stopwords")
    return words[0] not in passing and bool(roles().intersection(words))


_AFTER_ROLE = frozenset(["of", "for", "in", "at", "from", "to", "with", "on", "and"])


def _before(text: str, at: int) -> Span | None:
    """Return 'the mayor of Ely' where it stands before ', Ann Lee', or 'suspect' before 'Lee'."""
    near = text[max(0, at - _REACH) : at]
    joined = near.endswith((", ", ",\n"))
    if not joined and not near.endswith(" "):
        return None
    end = at - (2 if joined else 1)
    left = text[max(0, at - _REACH) : end]
    cut = max((found.end() for found in _BEFORE_STOP.finditer(left)), default=0)
    words = list(_WORD.finditer(left, cut))
    if not words:
        return None
    if not joined:
        word = words[-1]
        known = word[0] in roles() and word.end() == len(left)
        return Span(end - len(left) + word.start(), end) if known else None
    return _apposition(words[-9:], end - len(left), end)


def _apposition(words: list[re.Match[str]], shift: int, end: int) -> Span | None:
    """Return 'the mayor of Ely' of the words before a comma: a role, then nothing but 'of …'."""
    for index in range(len(words) - 1, -1, -1):
        last = index + 1 == len(words)
        if words[index][0].lower() in roles() and (
            last or words[index + 1][0].lower() in _AFTER_ROLE
        ):
            opens = [w for w in words[:index] if w[0].lower() in _OPENS | {"my", "our", "another"}]
            return Span(shift + opens[-1].start(), end) if opens else None
    return None
