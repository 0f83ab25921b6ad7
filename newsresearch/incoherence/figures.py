"""The figures of a text that count something: value, unit, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from newsresearch.amounts import DATED, NAMED, NO_COUNT, SCALES, SMALL, TENS, read_number_words
from newsresearch.articles import Article
from newsresearch.incoherence.finding import prose_sentences
from newsresearch.lexicons import load_words
from newsresearch.text import Span, split_sentences, split_words
from newsresearch.vocabulary import Term, content_terms, stem

__all__ = ["Figure", "find_figures", "find_values", "read_values"]

_FIGURE = re.compile(
    r"(?<![\w.,/:–$£€#+-])(?P<sign>[$£€]?)"
    r"(?:(?P<digits>\d{1,3}(?:,\d{3})++|\d{1,9}+)(?P<part>\.\d{1,9}+)?|"
    rf"(?P<word>(?:{'|'.join([*TENS, *reversed(SMALL)])})"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?))"
    r"(?:\s?(?P<per>%|per\scent\b|percent\b)"
    r"|(?P<short>k|m|bn|b)\b|[\s-]?(?P<scale>thousand|million|billion|trillion)\b)?"
    r"(?![\w/:–-]|[.,]\d)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s([^\W\d_][\w’'-]{0,40}+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
# How far back, in characters, it is told whether a number counts anything.
_LOOK_BACK = 24
# How far, in characters, words stand near a figure, and right beside it.
_NEAR, _CLOSE = 60, 25
# A sentence with more figures is a table or a list of scores.
_MOST_IN_SENTENCE = 6
# How many words after a number may lead up to what is counted: 'ten young Danish sailors'.
_MOST_COUNTED = 3
# How many words before a number may say that it is rough or a bound.
_MOST_BEFORE = 3
# How far, in characters, the word may stand that says what befell those who are counted.
_FATE_REACH = 40
_FATES = ("dead", "hurt", "seized", "lost")


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure, and the words around it, which are looked at only where two are compared.

    ``unit`` is a currency, '%', or the stem of what is counted; ``end`` is where that ends.
    """

    field: str
    text: str
    sentence: Span
    span: Span
    value: float
    unit: str
    end: int

    @cached_property
    def fate(self) -> str:
        """What befell those who are counted, as in '12 people were killed'."""
        return _fate(self.text, self.sentence, self.span.start, self.end)

    @cached_property
    def before(self) -> frozenset[str]:
        """The words right before it; 'to' only at its side: 'to ink a $9m deal' is no range."""
        words = self._around(_NEAR).start, self.span.start
        last = self.text[slice(*words)].lower().split()[-_MOST_BEFORE:]
        return frozenset(word for word in last if word != "to" or last[-1] == "to")

    @cached_property
    def near(self) -> frozenset[str]:
        """The stems nearby."""
        return frozenset(term.stem for term in self._terms)

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems nearby with a capital."""
        inner = [term for term in self._terms if term.start > self.sentence.start]
        return frozenset(term.stem for term in inner if self.text[term.start].isupper())

    @cached_property
    def words(self) -> frozenset[str]:
        """The words nearby."""
        return _plain_words(self.text, self.sentence, self._around(_NEAR))

    @cached_property
    def close(self) -> frozenset[str]:
        """The words at its side."""
        return _plain_words(self.text, self.sentence, self._around(_CLOSE))

    @cached_property
    def source(self) -> frozenset[str]:
        """The words before the verb that says who gives the number."""
        return _source(self.text, self.sentence)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The stems between it and what is counted: 'young' of 'ten young sailors'."""
        words = [w.of(self.text).lower() for w in _words(self.text, Span(self.span.end, self.end))]
        return frozenset(stem(word) for word in words[:-1] if word not in _fate_words())

    @property
    def times(self) -> frozenset[str]:
        """The nearby words that say when: years, months, weekdays."""
        years = {word for word in self.words if _YEAR.fullmatch(word)}
        return frozenset(self.words & load_words("conflicts", "times") | years)

    def _around(self, reach: int) -> Span:
        first, last = self.sentence
        return Span(max(first, self.span.start - reach), min(last, self.end + reach))

    @cached_property
    def _terms(self) -> list[Term]:
        terms = content_terms(self.text, self.sentence)
        gaps = [(max(t.start - self.end, self.span.start - t.end), t) for t in terms]
        return [term for gap, term in gaps if 0 <= gap < _NEAR]


@lru_cache(maxsize=2)  # two checks ask for those of one article
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
    for match in found if len(found) <= _MOST_IN_SENTENCE else ():
        noun, end = _counted(text, match, sentence)
        unit = match["sign"] or ("%" if match["per"] else noun)
        if unit:
            end = end if unit == noun else match.end()
            yield Figure(field, text, sentence, Span(*match.span()), _value(match), unit, end)


def _plain_words(text: str, sentence: Span, around: Span) -> frozenset[str]:
    """Return the words of a span in lower case, without those of names: 'Daily Mirror'."""
    times = load_words("conflicts", "times")
    words = [(word.start, word.of(text)) for word in _words(text, around)]
    return frozenset(
        word.lower() for at, word in words
        if at == sentence.start or not word[0].isupper() or word.lower() in times
    )  # fmt: skip


def _source(text: str, sentence: Span) -> frozenset[str]:
    """Return the stems of the two words right before the verb of saying; none without one."""
    words = [word.of(text).lower() for word in _words(text, sentence)]
    at = next((n for n, w in enumerate(words) if w in load_words("conflicts", "saying")), 0)
    told = words[max(0, at - 2) : at]
    return frozenset(stem(word) for word in told if word not in load_words("stopwords"))


def read_values(text: str) -> set[float]:
    """Return every number of a text, whatever it counts and whoever says it."""
    return {value for _, value in find_values(text)}


def find_values(text: str) -> list[tuple[Span, float]]:
    """Return where every number of a text stands, in digits or words, and its value.

    Examples
    --------
    >>> find_values("Twelve paid £4.8m")
    [(Span(start=0, end=6), 12.0), (Span(start=12, end=17), 4800000.0)]
    """
    return [(Span(*match.span()), _value(match)) for match in _FIGURE.finditer(text)]


def _words(text: str, around: Span) -> list[Span]:
    piece = around.of(text)
    return [Span(w.start + around.start, w.end + around.start) for w in split_words(piece)]


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Is it a number of things: no year, no date, no age, no part of a name?"""
    if match["word"]:
        return True
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if NO_COUNT.search(before) or NAMED.search(before) or DATED.match(text, match.end()):
        return False
    if before.endswith(", ") and text.startswith(",", match.end()):  # 'Ann Lee, 34, said'
        return False
    more = any(match[name] for name in ("sign", "part", "per", "short", "scale"))
    return more or "," in match["digits"] or not 1500 <= int(match["digits"]) <= 2100


def _value(match: re.Match[str]) -> float:
    if match["word"]:
        value = read_number_words(match["word"])
    else:
        value = float(match["digits"].replace(",", "") + (match["part"] or ""))
    short = match["short"] if match["sign"] else ""  # without a sign 'm' may be metres
    return value * SCALES.get((short or match["scale"] or "").lower(), 1)


def _counted(text: str, match: re.Match[str], sentence: Span) -> tuple[str, int]:
    """Return the stem of what is counted, and where it ends: '12 young sailors', '15 dead'."""
    if match["short"]:
        return match["short"], match.end()
    noun, end = "", match.end()
    for _ in range(_MOST_COUNTED):
        found = _NEXT.match(text, end, sentence.end)
        word = found[1].lower() if found else ""
        if not found or word in load_words("stopwords"):
            break
        if word in _fate_words() and noun:
            break
        noun, end = word, found.end()
        if word.endswith("s") or word in _counted_alone():
            break
    if noun in load_words("conflicts", "anybody") or noun in _fate_words():
        noun = "people"
    return stem(noun), end


@cache
def _counted_alone() -> frozenset[str]:
    """Return the words without an -s after which nothing else is counted."""
    return load_words("conflicts", "measures") | load_words("conflicts", "plurals")


@cache
def _fate_words() -> dict[str, str]:
    return {word: fate for fate in _FATES for word in load_words("conflicts", fate)}


def _fate(text: str, sentence: Span, start: int, end: int) -> str:
    """Return what befell those who are counted, by the nearest word that says so."""
    around = Span(max(sentence.start, start - _FATE_REACH), min(sentence.end, end + _FATE_REACH))
    near = [
        (max(start - word.end, word.start - end, 0), _fate_words()[told])
        for word in _words(text, around)
        if (told := word.of(text).lower()) in _fate_words()
    ]
    return min(near)[1] if near else ""
