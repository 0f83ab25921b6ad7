"""Numbers and dates of a text as values: '1,200', 'twelve', '$3m', 'third', 'Tuesday'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsresearch.lexicons import load_words
from newsresearch.text import Span
from newsresearch.vocabulary import stem

__all__ = [
    "DATED",
    "NAMED",
    "NO_COUNT",
    "SCALES",
    "SMALL",
    "TENS",
    "VALUES",
    "Amount",
    "find_amounts",
    "read_number_words",
]

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?"
)
# What stands before a number that counts nothing, or is part of a name, and after one of a date.
NO_COUNT = re.compile(rf"\b(?:{_MONTH}|no\.?|aged?|page|route|flight|boeing|class)\s$", re.I)
NAMED = re.compile(r"(?:\w\s[A-Z][\w’'-]*|\b[a-z]+[A-Z]\w*)\s$")  # 'Amendment 64', 'iPhone 6'
DATED = re.compile(rf"\s(?:of\s)?(?:{_MONTH}\b|[ap]\.?m\b|o[’']clock)", re.I)

SMALL = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
VALUES = {word: at for at, word in enumerate(["one", *SMALL], start=1)} | {
    ten: 10 * at for at, ten in enumerate(TENS, start=2)
}
SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "b": 1e9,
    "billion": 1e9, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_ORDINALS = {
    word: at
    for at, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ],
        start=1,
    )
}
_OTHERS = {"half": 0.5, "hundred": 100.0, "dozen": 12.0}
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT_MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
]
# A number is read whole or not at all: neither '£4' of '£4.8m' nor '1' of '1,200m' is one.
_WHOLE = r"\d{1,3}(?:,\d{3})++|\d{4,12}+|\d{1,3}+(?!,\d{3}(?!\d))"
_WORD = re.compile(
    rf"(?<![\w.,/$£€-])(?P<sign>[$£€]?)(?P<digits>{_WHOLE})(?P<part>\.\d{{1,6}}+)?+"
    r"(?P<ordinal>st|nd|rd|th)?(?P<era>s)?(?![^\W\d_]|/)"
    rf"|(?<![\w.,$£€-])(?P<sign2>[$£€]?)(?P<digits2>{_WHOLE})(?P<part2>\.\d{{1,6}}+)?+"
    r"(?P<short>k|mn?|bn?|tn)\b"
    r"|(?<![\w-])(?P<words>(?:"
    + "|".join([*TENS, *reversed(SMALL), "one"])
    + r")(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)(?![\w])"
    r"|(?<![\w-])(?P<named>"
    + "|".join([*_ORDINALS, *_OTHERS, *_DAYS, *_MONTHS, *_SHORT_MONTHS])
    + r")(?!\w)",
    re.IGNORECASE,
)
_SCALE = re.compile(r"[\s-](hundred|thousand|million|billion|trillion|bn|tn)\b", re.I)
# After a currency alone: '£4.8 m' is money, '4.8 m' a length.
_SCALE_OF_MONEY = re.compile(r"\s(k|mn?|b)\b", re.I)
_PER = re.compile(r"\s?(?:%|per\scent\b|percent\b|pc\b|percentage\b)", re.I)
_NEXT = re.compile(r"[\s-]([^\W\d_][\w’'-]{0,40}+)")
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s$")
# How many words after a number may lead up to what is counted: 'ten young Danish sailors'.
_MOST_COUNTED = 3


class Amount(NamedTuple):
    """A number or date where it stands: ``kind`` is count, ordinal, year, decade, weekday or month.

    ``unit`` of a count: a currency, '%', or the stem of what is counted, '' where none is told.
    """

    start: int
    end: int
    kind: str
    value: float
    unit: str


def find_amounts(text: str, span: Span | None = None) -> list[Amount]:
    """Find every number and every named day, month and year of a text, in order.

    Examples
    --------
    >>> [(a.kind, a.value, a.unit) for a in find_amounts("Two men paid $3m on Friday in 2019")]
    [('count', 2.0, 'men'), ('count', 3000000.0, '$'), ('weekday', 4.0, ''), ('year', 2019.0, '')]
    """
    within = span or Span(0, len(text))
    return list(_amounts(text, within))


def _amounts(text: str, span: Span) -> Iterator[Amount]:
    for found in _WORD.finditer(text, *span):
        if found["named"]:
            named = _named(text, found)
            if named:
                yield named
        elif found["words"]:
            value = read_number_words(found["words"])
            amount = _count(text, found, value, "", span)
            if value > 1 or (value and amount.unit):  # 'one of them' counts nothing
                yield amount
        else:
            yield _digits(text, found, span)


def read_number_words(words: str) -> float:
    """Return the value of 'twenty-one'; 0 where a letter only looks like one of these words."""
    # Case-blind patterns take 'ſ' for 's'; a table of words does not.
    return float(sum(VALUES.get(word, 0) for word in words.lower().split("-")))


def _named(text: str, found: re.Match[str]) -> Amount | None:
    """Read a day, a month, an ordinal; 'May' and 'march' are months only as they are written."""
    word = found[0].lower()
    if word in _DAYS:
        return Amount(*found.span(), "weekday", float(_DAYS.index(word)), "")
    month = next((at for at, name in enumerate(_MONTHS) if name.startswith(word)), -1)
    if month >= 0 and len(word) >= 3:
        after, before = text[found.end() : found.end() + 3], text[: found.start()][-4:].lower()
        dated = (
            bool(re.match(r"\.?\s\d", after))
            or bool(_DAY_BEFORE.search(before))
            or before.endswith((" in ", "d in", " of ", "ate "))
        )
        plain = word in {"may", "march", "mar", "jan"}
        if not found[0][0].isupper() or (plain and not dated and before[-3:] != "in "):
            return None
        return Amount(*found.span(), "month", float(month), "")
    if word in _ORDINALS:
        return Amount(*found.span(), "ordinal", float(_ORDINALS[word]), "")
    return Amount(*found.span(), "count", _OTHERS[word], "")


def _digits(text: str, found: re.Match[str], span: Span) -> Amount:
    digits, part = found["digits"] or found["digits2"], found["part"] or found["part2"] or ""
    value = float(digits.replace(",", "") + part)
    sign = found["sign"] or found["sign2"] or ""
    if found["short"]:
        value *= SCALES[found["short"].lower()]
    elif found["ordinal"]:
        return Amount(*found.span(), "ordinal", value, "")
    elif not sign and not part and "," not in digits and 1500 <= value <= 2100:
        return Amount(*found.span(), "decade" if found["era"] else "year", value, "")
    return _count(text, found, value, sign, span)


def _count(text: str, found: re.Match[str], value: float, sign: str, span: Span) -> Amount:
    end = found.end()
    scale = _SCALE.match(text, end, span.end)
    if sign and not scale and not found["short"]:
        scale = _SCALE_OF_MONEY.match(text, end, span.end)
    if scale:
        value *= SCALES.get(scale[1].lower(), 100.0)
        end = scale.end()
    per = _PER.match(text, end, span.end)
    unit = sign or ("%" if per else _counted(text, end, span))
    return Amount(found.start(), per.end() if per else end, "count", value, unit)


def _counted(text: str, end: int, span: Span) -> str:
    """Return the stem of what is counted, '' where no noun follows."""
    noun = ""
    for _ in range(_MOST_COUNTED):
        found = _NEXT.match(text, end, span.end)
        word = found[1].lower() if found else ""
        if not found or word in load_words("stopwords"):
            break
        noun, end = stem(word), found.end()
        if word.endswith("s") or word in load_words("conflicts", "plurals"):
            break
    return noun
