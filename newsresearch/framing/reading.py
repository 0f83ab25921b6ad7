"""All cues of an article: those of the lists, numbers, passives, and marks of the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from newsresearch.amounts import DATED, NAMED, NO_COUNT, find_amounts
from newsresearch.articles import Article
from newsresearch.framing.matching import Match, is_name
from newsresearch.framing.passives import find_passives
from newsresearch.framing.registry import BODY, CATEGORIES, HEADLINE, matcher_of
from newsresearch.lexicons import load_words
from newsresearch.text import Span, split_words

__all__ = ["NUMBER", "PASSIVE", "Cue", "body_cues", "headline_cues"]

NUMBER, PASSIVE = "number", "agentless_passive"
CAPITALS, EXCLAMATION, LIST, ASKS = (
    "click_capitals", "click_exclamation", "click_list", "click_question",
)  # fmt: skip


class Cue(NamedTuple):
    """A cue where it stands in its field; ``entry`` is what of a list was met, '' by a rule."""

    field: str
    start: int
    end: int
    category: str
    entry: str


@cache
def _needs_small() -> frozenset[str]:
    """Return the categories in which a capital inside a sentence tells a name: 'Will', 'May'."""
    return frozenset(one.name for one in CATEGORIES if not one.in_names)


# --- bodies ----------------------------------------------------------------------------------


def body_cues(article: Article) -> list[Cue]:
    """Return the cues of the body in order."""
    body, words = article.body, article.words
    listed = matcher_of(BODY).find(body, words, article.sentences)
    kept = _without_names(body, listed)
    found = chain(
        (Cue(BODY, *match) for match in kept),
        (Cue(BODY, start, end, PASSIVE, "") for start, end, _ in find_passives(body, words)),
        (Cue(BODY, start, end, NUMBER, "") for start, end in _numbers(body)),
    )
    return sorted(found)


def _numbers(text: str) -> Iterator[Span]:
    """Find what is counted, priced or given in per cent; no dates, pages, names, no 'one'."""
    for start, end, kind, value, _ in find_amounts(text):
        is_one = value == 1 and not text[start].isdigit()
        near = text[max(0, start - 20) : start]
        is_name = DATED.match(text, end) or NO_COUNT.search(near) or NAMED.search(near)
        if kind == "count" and not is_one and not is_name:
            yield Span(start, end)


def _without_names(text: str, matches: Iterable[Match]) -> Iterator[Match]:
    """Leave out 'Will' and 'May' where they are names: a capital after a blank and a word."""
    for match in matches:
        if not (text[match.start].isupper() and _names(text, match)):
            yield match


def _names(text: str, match: Match) -> bool:
    if match.category not in _needs_small() or text[match.start : match.end].isupper():
        return False
    if match.entry == "may" and _is_month(text, match):
        return True
    return is_name(text, match.start, match.end)


_DAY = re.compile(r"\s\d")
_LAST_WORD = re.compile(r"(\w{1,9}+)\s$")


def _is_month(text: str, match: Match) -> bool:
    """Is it 'May 5' or 'in May'?"""
    if _DAY.match(text, match.end):
        return True
    before = _LAST_WORD.search(text, max(0, match.start - 10), match.start)
    return before is not None and before[1].lower() in load_words("actions", "before_month")


# --- headlines -------------------------------------------------------------------------------

_NUMBER_FIRST = re.compile(
    r"\W{0,3}(?:the\s)?(?:top\s)?(\d{1,3})\s(?!percent|per\scent)([^\W\d]\w*)", re.I
)
_SHORTEST_SHOUT = 4


def headline_cues(headline: str) -> list[Cue]:
    """Return the cues of a headline in order.

    Examples
    --------
    >>> [cue.category for cue in headline_cues("17 Dogs You WON’T Believe Are Real!")]
    ['click_list', 'click_you', 'click_capitals', 'click_disbelief', 'click_exclamation']
    """
    words = split_words(headline)
    listed = [
        match
        for match in matcher_of(HEADLINE).find(headline, words)
        if not (
            match.entry == "may" and headline[match.start] == "M" and _is_month(headline, match)
        )
    ]
    marks = chain(_list_number(headline), _end_marks(headline), _shouted(headline, words))
    found = [*(Cue(HEADLINE, *match) for match in listed), *marks]
    return sorted(found)


def _list_number(headline: str) -> Iterator[Cue]:
    """Find the number that opens a list: '17 dogs that …'; not '3 killed in …'."""
    found = _NUMBER_FIRST.match(headline)
    if found and found[2].lower() not in load_words("cues", "counted"):
        yield Cue(HEADLINE, *found.span(1), LIST, "")


def _end_marks(headline: str) -> Iterator[Cue]:
    """Find the mark of a question or call at the end."""
    end = len(headline.rstrip("\"'”’)] \n"))
    mark = headline[end - 1 : end]
    if mark in ("?", "!"):
        yield Cue(HEADLINE, end - 1, end, ASKS if mark == "?" else EXCLAMATION, "")


def _shouted(headline: str, words: Sequence[Span]) -> Iterator[Cue]:
    """Find words in capitals that are no acronyms, where not all are in capitals."""
    shown = [word.of(headline) for word in words]
    if sum(word.isupper() for word in shown) * 2 > len(shown):
        return
    for span, word in zip(words, shown, strict=True):
        letters = word.replace("’", "").replace("'", "")
        is_shout = len(word) >= _SHORTEST_SHOUT and letters.isalpha() and word.isupper()
        if is_shout and word not in load_words("introductions", "acronyms"):
            yield Cue(HEADLINE, *span, CAPITALS, "")
