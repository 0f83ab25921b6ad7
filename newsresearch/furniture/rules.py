"""The rules by which a line is taken for page furniture; the words are in the list `furniture`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsresearch.lexicons import load_entries, load_words
from newsresearch.plain import plain_text

__all__ = ["Furniture", "cut_credits", "is_heading", "is_title", "judge"]


class Furniture(NamedTuple):
    """A piece of page furniture in a text, and why it is taken for one."""

    start: int
    end: int
    kind: str
    reason: str


Reason = tuple[str, str]

_MARKS = " \t\xa0.:;!|*•·–—-…»>›→▶[]"
_OUTER = _MARKS + "()\"'"
_LONGEST = 400
_MOST_WORDS = 30
_MOST_WORDS_ANYWHERE = 60
_LONGEST_CREDIT = 140


class _Rule(NamedTuple):
    kind: str
    reason: str
    needs_no_verb: bool
    pattern: re.Pattern[str]


@cache
def _rules(section: str) -> list[_Rule]:
    rules = []
    for entry in load_entries("furniture", section):
        kind, reason, pattern = entry.split(" :: ")
        found = re.compile(pattern.removeprefix("~"), re.IGNORECASE)
        rules.append(_Rule(kind, reason, pattern.startswith("~"), found))
    return rules


@cache
def _entries(section: str) -> frozenset[str]:
    return frozenset(load_entries("furniture", section))


_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+|[\w.+-]+@[\w-]+\.[\w.]+")
# 'SNAPPIX*LN', also where the next sentence is glued to it.
_GLUED_CREDIT = re.compile(r"(?<!\w)[A-Z]{3,20}\*[A-Z]{2,12}?(?=[A-Z][a-z]|(?!\w))")


def judge(line: str, goes_on: bool = False) -> Reason | None:
    """Return the kind and the reason if the line is furniture, else None.

    Where a line goes on with the sentence of the line above, only known labels count.
    """
    if not line or len(line) > _LONGEST:
        return None
    plain = plain_text(line)
    core = plain.strip(_OUTER)
    lower = core.lower()
    if lower in _entries("adverts"):
        return "advert", "an advertisement marker"
    if lower in _entries("lines") or lower in _entries("headings"):
        return "button", "a line of page furniture"
    if goes_on:
        return None
    # Made plain, this mark is a quotation mark; a French quotation opens with another.
    if line.endswith((" »", " ›", " →", " »»")) and "«" not in line and len(line) < 150:
        return "teaser", "a teaser for another page"
    words = len(plain.split())
    if not core or words > _MOST_WORDS_ANYWHERE:
        return None
    return _search(plain, words) or (_judge_short(plain, core) if words <= _MOST_WORDS else None)


def _search(plain: str, words: int) -> Reason | None:
    verbless = not load_words("furniture", "verbs") & set(plain.lower().split())
    opening = plain.lstrip(_MARKS + "(")
    if words <= _MOST_WORDS:
        for rule in _rules("openings"):
            if rule.pattern.match(opening) and (verbless or not rule.needs_no_verb):
                return rule.kind, rule.reason
    for rule in _rules("anywhere"):
        if rule.pattern.search(plain) and (verbless or not rule.needs_no_verb):
            return rule.kind, rule.reason
    return None


def _judge_short(plain: str, core: str) -> Reason | None:
    if _ADDRESS.fullmatch(core):
        return "address", "a bare web or mail address"
    if _is_credit(plain, core):
        return "credit", "a picture credit"
    tokens = _BUTTON.findall(core)
    if len(tokens) > 1 and load_words("furniture", "bar") >= {token.lower() for token in tokens}:
        return "button", "a bar of buttons"
    if _is_stamp(core):
        return "time stamp", "a time stamp of the page"
    if _is_byline(core):
        return "byline", "a byline"
    return None


# --- credits ----------------------------------------------------------------------------------


@cache
def _agencies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of a credit as a whole line, and of one at the end of a line."""
    names = "|".join(sorted(map(re.escape, _entries("agencies")), key=len, reverse=True))
    agency = rf"(?:{names})(?: (?:images?|photos?|pictures?|file))?"
    # A name begins with no blank, so that the blank after a stroke has one reading only.
    line = rf"(?:[^\s/.;?!(][^/.;?!(]{{1,60}}/ ?)+{agency}|{agency} ?/[^/;?!]{{2,60}}|{agency}"
    image = r"(?:photo|image|picture|video|screen ?(?:shot|grab))s?"
    made = rf"{image} ?(?:[:/]|by\b|via\b|from\b|courtesy\b|credit\b|source\b)[^()]{{0,60}}"
    made += rf"|(?:[^\s()/][^()/]{{1,60}}/ ?)+{agency}|{agency} ?/[^()]{{2,60}}"
    made += r"|(?-i:[A-Z])[^()]{2,25} photo"
    end = rf" ?\( ?(?:{made})\)\.?|(?<=[.!?\"”’]) ?\((?:{agency}|{image})\)\.?| ?\[{agency}\]"
    return re.compile(line, re.IGNORECASE), re.compile(end, re.IGNORECASE)


_LABELLED = re.compile(
    r"\s(?:Photo(?:graph)?|PHOTO|Picture|Image|(?:Mandatory |Photo |Image )Credit): ?"
    r"[^.:!?()]{2,50}$"
)


def _is_credit(plain: str, core: str) -> bool:
    """Tell whether a line is an agency's name, alone or after a photographer's."""
    if _GLUED_CREDIT.fullmatch(core):
        return True
    parts = [part for part in re.split(r"[^A-Za-z]+", core) if part]
    if len(parts) > 10 or plain.rstrip()[-1:] in ".—–-":
        return False
    named = any(part.lower() in load_words("furniture", "credits") for part in parts)
    if named and core.isupper() and "(" not in core and len(parts) <= 4:
        return True
    # In lower case 'ap' and 'rex' are words.
    return not core.islower() and _agencies()[0].fullmatch(core) is not None


def cut_credits(line: str) -> Iterator[Furniture]:
    """Find the credits in a line that is not furniture as a whole."""
    at = 0
    for credit in _GLUED_CREDIT.finditer(line):
        yield Furniture(*credit.span(), "credit", "a picture credit glued to the text")
        at = credit.end()
    stop = len(line)
    while last := _last_credit(line, at, stop):
        yield Furniture(*last.span(), "credit", "a picture credit at the end of a line")
        stop = last.start()


def _last_credit(line: str, at: int, stop: int) -> re.Match[str] | None:
    """Find a credit that ends the line, or what of it is left before `stop`."""
    while stop > at and line[stop - 1].isspace():
        stop -= 1
    at = max(at, stop - _LONGEST_CREDIT)
    start = max(line.rfind("(", at, stop), line.rfind("[", at, stop))
    start -= start > at and line[start - 1] == " "
    found = _agencies()[1].fullmatch(line, start, stop) if start > at else None
    return found or _LABELLED.search(line, at, stop)


# --- bylines and time stamps ------------------------------------------------------------------

# Words, also where two buttons are glued: 'CommentsEmailPrint'.
_BUTTON = re.compile(r"[A-Z]?[a-z]+\+?|[A-Z]+(?![a-z])|[^\W\dA-Za-z_]+")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?!\d)|\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BY = re.compile(
    r"(?:(?:written|reported|posted|published|words|story|article|report|text|guest post) )?"
    r"by(?: the)?\b:? ?(?=\S)",
    re.IGNORECASE,
)


def _is_stamp(core: str) -> bool:
    """Tell whether a line holds nothing but a whole date or a clock time."""
    tokens = re.findall(r"\d+|[^\W\d_]+", core.lower())
    words = [token for token in tokens if not token.isdigit()]
    if len(tokens) > 24 or not load_words("furniture", "clock").issuperset(words):
        return False
    named = len(words) > 0 and len(tokens) - len(words) > 1 and any(map(_YEAR.fullmatch, tokens))
    return named or bool(_CLOCK.search(core) or _DATE.search(core))


def _is_byline(core: str) -> bool:
    """Tell whether a line names its writer: 'By Ann Lee, Staff Writer | March 3, 2031'."""
    date, _, after = core.partition(" by ")
    by = _BY.match(core)
    if by is None and after and _is_stamp(date):
        return _is_signed(after)
    if by is None:
        name, _, role = core.partition(", ")
        roles = load_words("furniture", "roles")
        return "writer" in role.lower() and roles >= set(role.lower().split()) and _is_signed(name)
    # A line of prose may go on with 'by'.
    if core[0].islower() and "|" not in core and not re.search(r"\d", core):
        return False
    return _is_signed(core[by.end() :])


def _is_signed(rest: str) -> bool:
    """Tell whether a text is a name or two, with an outlet, a role or a date after it."""
    tokens = _TOKEN.findall(rest)
    clock, roles = load_words("furniture", "clock"), load_words("furniture", "roles")
    if not tokens or len(tokens) > 18 or {tokens[0].lower()} & (clock | load_words("stopwords")):
        return False
    if rest.lower() in _entries("agencies"):
        return True
    named = len(tokens) > 1 and all(token[0].isupper() for token in tokens[:2])
    solo = tokens[0].lower() in load_words("furniture", "solo")
    known = clock | roles
    return (named or solo) and all(
        token[0].isupper() or token.isdigit() or token.lower() in known for token in tokens
    )


# --- lists of links ---------------------------------------------------------------------------


def is_heading(line: str) -> bool:
    """Tell whether a list of links may follow the line."""
    core = plain_text(line).strip(_OUTER).lower()
    if core in _entries("headings"):
        return True
    return line.endswith(":") and core.startswith(("more ", "read more", "for more ", "also by "))


def is_title(line: str) -> bool:
    """Tell whether a line looks like a headline: short, a capital first, no full stop."""
    first = line.lstrip(_MARKS + "\"'“‘(")[:1]
    capital = first.isupper() or first.isdigit()
    return capital and line[-1] not in ".:;,—" and 3 <= len(line.split()) <= 18
