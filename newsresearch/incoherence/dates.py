"""A check for dates at odds: a weekday that the calendar does not give a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, islice
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose_sentences, read_sentences
from newsresearch.text import Span

__all__ = ["conflicting_dates"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = (
    r"(?P<weekday>Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?"
    r"|Sat(?:urday)?|Sun(?:day)?)\b\.?"
)
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:]|[.,]\d)"
_YEAR = r"(?:,?\s(?P<year>(?:1[6-9]|20)\d\d)(?![\w:–-]|[.,]\d))?"
_DATES = tuple(
    re.compile(rf"\b{_WEEKDAY}(?:,\s|\s\(|\sthe\s|\son\s|\s){order}{_YEAR}")
    for order in (rf"{_MONTH}\s{_DAY}", rf"(?:the\s)?{_DAY}\s(?:of\s)?{_MONTH}")
)
# In Britain and its colonies another calendar was in use before.
_FIRST_YEAR = 1753
# Two dates so near are of one season, though no year is given; the year may turn between them.
_MOST_DAYS_APART = 60
_MOST_PAIRS = 5_000


class _Named(NamedTuple):
    """A date with a weekday as written; ``year`` is 0 where none is given."""

    span: Span
    weekday: int
    month: int
    day: int
    year: int


def conflicting_dates(article: Article) -> Iterator[Finding]:
    """A weekday that does not fit its date: 'Monday, March 3, 2015' was a Tuesday.

    Without years, two dates that lie near each other must fit one calendar: 'Monday, March 2'
    and 'Friday, March 3' cannot both be right. As a hint, also two sentences in nearly the same
    words with two weekdays. Dates in quotations are the speaker's.

    Known misses: a date without a weekday; a single date without a year; one event told in two
    ways. Wrong where two dates without a year are of different years.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(conflicting_dates, "The hall opened on Monday, March 3, 2015.")
    ['Monday, March 3, 2015']
    >>> fires(conflicting_dates, "The hall opened on Tuesday, March 3, 2015.")
    []
    """
    named = sorted(_named_dates(article))
    loose = [found for found in named if not found.year]
    for found in named:
        right = _weekday_of(found)
        if right is not None and right != found.weekday:
            name = _DAYS[right].capitalize()
            yield Finding(found.span, f"by the calendar this date was a {name}")
    yield from _at_odds(loose)
    yield from _told_twice(article)


def _named_dates(article: Article) -> Iterator[_Named]:
    body = article.body
    for pattern in _DATES:
        for found in pattern.finditer(body):
            day, month = int(found["day"]), _MONTHS.index(found["month"][:3].lower()) + 1
            if not 1 <= day <= 31 or article.is_quoted(found.start()):
                continue
            weekday = next(i for i, d in enumerate(_DAYS) if d.startswith(found["weekday"].lower()))
            year = int(found["year"] or 0)
            yield _Named(Span(*found.span()), weekday, month, day, year)


def _weekday_of(found: _Named) -> int | None:
    """Return the weekday of a full date, 0 for Monday; None where there is no such date."""
    if found.year < _FIRST_YEAR:
        return None
    try:
        return date(found.year, found.month, found.day).weekday()
    except ValueError:
        return None


def _at_odds(dates: list[_Named]) -> Iterator[Finding]:
    """Yield each date that no calendar has together with one before it; one finding a date."""
    seen: set[Span] = set()
    for one, two in islice(combinations(dates, 2), _MOST_PAIRS):
        apart = _days_between(one, two)
        if apart is None or two.span in seen or (two.weekday - one.weekday - apart) % 7 == 0:
            continue
        seen.add(two.span)
        reason = "no calendar has both of these dates: no year is given, and they are near"
        yield Finding(two.span, reason, other=one.span)


def _days_between(one: _Named, two: _Named) -> int | None:
    """Return the days from one date to the other if they are near each other and always so far."""
    try:  # any year that is no leap year; across 29 February the distance is not known
        first, second = (date(2001, d.month, d.day) for d in (one, two))
    except ValueError:
        return None
    apart = (second - first).days
    across = min(first, second) <= date(2001, 2, 28) < max(first, second)
    return None if across or abs(apart) > _MOST_DAYS_APART else apart


_NAMED_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
# Two sentences that share so many and so large a part of their words tell one event.
_FEWEST_SHARED, _LEAST_SHARED = 4, 0.75


class _Event(NamedTuple):
    """A sentence with one weekday: where that stands, and the other content words."""

    span: Span
    weekday: str
    stems: frozenset[str]


def _told_twice(article: Article) -> Iterator[Finding]:
    """Yield a weekday where a sentence before tells the same with another one."""
    seen: set[Span] = set()
    for one, two in islice(combinations(_events(article), 2), _MOST_PAIRS):
        shared = len(one.stems & two.stems)
        most = max(len(one.stems), len(two.stems))
        enough = shared >= _FEWEST_SHARED and shared >= _LEAST_SHARED * most
        if enough and one.weekday != two.weekday and two.span not in seen:
            seen.add(two.span)
            reason = "nearly the same sentence gives another weekday"
            yield Finding(two.span, reason, other=one.span, confidence="hint")


def _events(article: Article) -> Iterator[_Event]:
    for sentence in prose_sentences(article):
        days = list(_NAMED_DAY.finditer(article.body, *sentence))
        if len(days) != 1:
            continue
        day = Span(*days[0].span())
        if not article.is_quoted(day.start):
            terms = read_sentences(article)[sentence].terms
            stems = frozenset(t.stem for t in terms if t.start != day.start)
            yield _Event(day, days[0][0], stems)
