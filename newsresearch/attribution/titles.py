"""Who bears a title: 'the governor' where one person is a governor, by title or description."""

from __future__ import annotations

from functools import cache

from newsresearch.attribution.names import MOST_NAMES, Known, names_before, parts_of
from newsresearch.attribution.phrases import Tokens
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, find_description
from newsresearch.text import Span, split_words

__all__ = ["titled"]

_LONGEST, _NEAR = 5, 60
# These make another office of one: the vice president is not the president.
_MODIFIERS = frozenset(["vice", "deputy", "assistant", "former", "ex", "prime", "attorney"])
_PLAIN = frozenset(["new", "current", "longtime", "embattled"])
_LINKS = frozenset(["of", "for", "from", "at", "with", "to", "in", "on", "who", "whose", "and"])
_HOUSE = ("rep", "representative", "congressman", "congresswoman")
_SENATE = ("sen", "senator")
# A role -> the titles that bear it.
_BEARERS = {
    "governor": ("gov",), "senator": ("sen",), "representative": _HOUSE, "congressman": _HOUSE,
    "congresswoman": _HOUSE, "lawmaker": (*_HOUSE, *_SENATE), "legislator": (*_HOUSE, *_SENATE),
    "professor": ("prof",), "lieutenant": ("lt",), "colonel": ("col",), "captain": ("capt",),
    "sergeant": ("sgt",), "pontiff": ("pope",), "chair": ("chairman", "chairwoman"),
    "chairman": ("chair",), "chairwoman": ("chair",), "republican": (*_HOUSE, *_SENATE),
}  # fmt: skip


def titled(words: Tokens, known: Known, first: int, last: int) -> str:
    """Return the one person who bears the title of a phrase, 'the mayor'; '' if none does."""
    phrase = words.lower[first : last + 1]
    if phrase[0] != "the" or not 1 < len(phrase) <= _LONGEST:
        return ""
    *others, role = phrase[1:]
    if role not in _roles() and not role.endswith("-elect"):
        return ""
    wanted = {role, *_BEARERS.get(role, ())}
    modifiers = _MODIFIERS.intersection(others)
    near = names_before(known, words.spans[first].start, 4 * MOST_NAMES)
    # 'four-term', '76-year-old' and 'new' tell nothing apart here.
    rest = {word for word in others if "-" not in word} - modifiers - _PLAIN
    bearing = {
        known.fullest[m.start, m.end]
        for m in near
        if _bears(words.body, m, wanted, modifiers) and rest <= _words_near(words.body, m)
    }
    return bearing.pop() if len(bearing) == 1 else ""


@cache
def _roles() -> frozenset[str]:
    """Return the roles that one person may bear in an article; relatives are too many."""
    courtesy = load_words("introductions", "courtesy")
    kin = load_words("names", "somebody") - load_words("names", "titles")
    return (load_words("names", "titles") | _BEARERS.keys()) - courtesy - kin


def _bears(body: str, mention: Mention, wanted: set[str], modifiers: frozenset[str]) -> bool:
    """Has a name one of these titles, and none that makes another office of it?"""
    ranks = {rank.lower() for rank in parts_of(mention)[0]}
    title = set(mention.title.split()) | ranks
    if wanted & title:
        return title & _MODIFIERS == modifiers
    if not mention.title.endswith("described"):
        return False
    own = _described(body, mention)
    return bool(wanted & own) and own & _MODIFIERS == modifiers


def _described(body: str, mention: Mention) -> set[str]:
    """Return the words of a description that say what somebody is: not those after 'of'."""
    span = find_description(body, Span(mention.start, mention.end))
    found: set[str] = set()
    for word in split_words(span.of(body)) if span else ():
        plain = word.of(span.of(body)).lower() if span else ""
        if plain in _LINKS:
            break
        found.add(plain)
    return found


def _words_near(body: str, mention: Mention) -> set[str]:
    start = max(0, mention.start - _NEAR)
    near = body[start : mention.end + _NEAR]
    return {word.of(near).lower() for word in split_words(near)}
