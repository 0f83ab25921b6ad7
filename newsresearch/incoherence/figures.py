"""The figures of a text that count something: value, unit, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsresearch.articles import Article
from newsresearch.incoherence.finding import prose_sentences
from newsresearch.lexicons import load_words
from newsresearch.text import Span, split_sentences, split_words
from newsresearch.vocabulary import Term, content_terms, stem

__all__ = ["Figure", "find_figures"]

_SMALL = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: at for at, word in enumerate(["one", *_SMALL], start=1)} | {
    ten: 10 * at for at, ten in enumerate(_TENS, start=2)
}
_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "b": 1e9, "billion": 1e9,
    "trillion": 1e12,
}  # fmt: skip
_FIGURE = re.compile(
    r"(?<![\w.,/:–$£€#+-])(?P<sign>[$£€]?)"
    r"(?:(?P<digits>\d{1,3}(?:,\d{3})++|\d{1,9}+)(?P<part>\.\d{1,9}+)?|"
    rf"(?P<word>(?:{'|'.join([*_TENS, *reversed(_SMALL)])})"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?))"
    r"(?:\s?(?P<per>%|per\scent\b|percent\b)"
    r"|(?P<short>k|m|bn|b)\b|[\s-](?P<scale>thousand|million|billion|trillion)\b)?"
    r"(?![\w/:–-]|[.,]\d)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\.?"
)
_NO_COUNT = re.compile(rf"\b(?:{_MONTH}|no\.?|aged?|page|route|flight|boeing|class)\s$", re.I)
_NAME = re.compile(r"(?:\w\s[A-Z][\w’'-]*|\b[a-z]+[A-Z]\w*)\s$")  # 'Amendment 64', 'iPhone 6'
_DATED = re.compile(rf"\s(?:of\s)?(?:{_MONTH}\b|[ap]\.?m\b|o[’']clock)", re.I)
_NEXT = re.compile(r"\s([^\W\d_][\w’'-]{0,40}+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
# How far back, in characters, it is told whether a number counts anything.
_LOOK_BACK = 24
# How far, in characters, words stand near a figure.
_NEAR = 60
# A sentence with more figures is a table or a list of scores.
_MOST_IN_SENTENCE = 12
# How many words after a number may lead up to what is counted: 'ten young Danish sailors'.
_MOST_COUNTED = 3
# How many words before a number may say that it is rough or a bound.
_MOST_BEFORE = 3


@dataclass(frozen=True)
class Figure:
    """A figure, and of its sentence the stems, nearby and in all, and the nearby words.

    ``unit`` is a currency, '%', or the stem of what is counted; ``before`` the words right
    before it; ``names`` the stems nearby with a capital.
    """

    field: str
    sentence: Span
    span: Span
    value: float
    unit: str
    before: frozenset[str]
    near: frozenset[str]
    stems: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]

    @property
    def times(self) -> frozenset[str]:
        """The nearby words that say when: years, months, weekdays."""
        years = {word for word in self.words if _YEAR.fullmatch(word)}
        return frozenset(self.words & load_words("conflicts", "times") | years)


def find_figures(article: Article) -> list[Figure]:
    """Find the figures of the headline and of the body's own prose, quotations left out."""
    headline, body = article.headline, article.body
    found = [f for s in split_sentences(headline) for f in _figures(headline, s, "headline")]
    for sentence in prose_sentences(article):
        own = _figures(body, sentence, "body")
        found += [figure for figure in own if not article.is_quoted(figure.span.start)]
    return found


def _figures(text: str, sentence: Span, field: str) -> Iterator[Figure]:
    found = [match for match in _FIGURE.finditer(text, *sentence) if _is_count(text, match)]
    if not 0 < len(found) <= _MOST_IN_SENTENCE:
        return
    terms = content_terms(text, sentence)
    for match in found:
        noun, end = _counted(text, match, sentence)
        unit = match["sign"] or ("%" if match["per"] else noun)
        if unit:
            yield _figure(text, sentence, field, match, unit, end, terms)


def _figure(
    text: str, sentence: Span, field: str, match: re.Match[str], unit: str, end: int,
    terms: list[Term],
) -> Figure:  # fmt: skip
    others = [t for t in terms if t.end <= match.start() or t.start >= end]
    near = [t for t in others if max(t.start - end, match.start() - t.end) < _NEAR]
    around = Span(max(sentence.start, match.start() - _NEAR), min(sentence.end, end + _NEAR))
    before = text[around.start : match.start()].lower().split()[-_MOST_BEFORE:]
    return Figure(
        field, sentence, Span(*match.span()), _value(match), unit, frozenset(before),
        near=frozenset(t.stem for t in near),
        stems=frozenset(t.stem for t in others),
        words=frozenset(w.of(text).lower() for w in _words(text, around)),
        names=frozenset(
            t.stem for t in near if text[t.start].isupper() and t.start > sentence.start
        ),
    )  # fmt: skip


def _words(text: str, around: Span) -> list[Span]:
    piece = around.of(text)
    return [Span(w.start + around.start, w.end + around.start) for w in split_words(piece)]


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Is it a number of things: no year, no date, no age, no part of a name?"""
    if match["word"]:
        return True
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _NO_COUNT.search(before) or _NAME.search(before) or _DATED.match(text, match.end()):
        return False
    if before.endswith(", ") and text.startswith(",", match.end()):  # 'Ann Lee, 34, said'
        return False
    more = any(match[name] for name in ("sign", "part", "per", "short", "scale"))
    return more or "," in match["digits"] or not 1500 <= int(match["digits"]) <= 2100


def _value(match: re.Match[str]) -> float:
    if match["word"]:
        value = float(sum(_VALUES[word] for word in match["word"].lower().split("-")))
    else:
        value = float(match["digits"].replace(",", "") + (match["part"] or ""))
    return value * _SCALES.get((match["short"] or match["scale"] or "").lower(), 1)


def _counted(text: str, match: re.Match[str], sentence: Span) -> tuple[str, int]:
    """Return the stem of what is counted, and where it ends."""
    noun, end = "", match.end()
    for _ in range(_MOST_COUNTED):
        found = _NEXT.match(text, end, sentence.end)
        word = found[1].lower() if found else ""
        if not found or word in load_words("stopwords"):
            break
        noun, end = stem(word), found.end()
        if word.endswith("s") or word in load_words("conflicts", "plurals"):
            break
    return noun, end
