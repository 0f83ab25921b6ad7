"""The numbered lines of a worksheet: the same for every printer, pupil and key.

A line ends after a fixed number of characters, not at the edge of the paper, so that 'line 12'
means the same words on every sheet of an article, and in the answers that come back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsresearch.articles import FIELDS, Article
from newsresearch.text import Span, split_paragraphs

__all__ = ["HEADLINE", "WIDTH", "Line", "lines_of", "name_lines", "number_lines", "read_lines"]

# So many characters fit a line of print in 11 points, the number and the margins beside it.
WIDTH = 76
# The number of the headline, which is one line however long it is; it is shown as H.
HEADLINE = 0
_BLANKS = re.compile(r"\s+")
_NUMBERS = re.compile(r"(h|\d{1,5})(?:-(h|\d{1,5}))?", re.I)
_SEPARATORS = re.compile(r"[,;&+\s]+|\band\b")
_NOISE = re.compile(r"\b(?:the|lines?|nos?|nr|l)\b\.?", re.I)


class Line(NamedTuple):
    """A numbered line: ``article.field(field)[start:end]``; ``opens`` a paragraph or does not."""

    number: int
    field: str
    start: int
    end: int
    opens: bool = False

    @property
    def label(self) -> str:
        """What stands before the line: its number, H before the headline."""
        return "H" if self.number == HEADLINE else str(self.number)


def number_lines(article: Article, width: int = WIDTH) -> list[Line]:
    """Return the lines of an article in reading order: above the headline, headline, body.

    The headline is one line, numbered 0 and shown as H; the others are counted from 1. No line
    has blanks at its ends, and every other character of the article stands in one line. A word
    longer than a line is cut.

    Examples
    --------
    >>> [line.label for line in number_lines(Article("a", "Rain", "It rained.\\nIt poured."))]
    ['H', '1', '2']
    """
    lines: list[Line] = []
    number = HEADLINE
    for field in FIELDS:
        if field == "headline":
            lines += _headline(article)
            continue
        for start, end, opens in _wrapped(article.field(field), width):
            number += 1
            lines.append(Line(number, field, start, end, opens))
    return lines


def _headline(article: Article) -> list[Line]:
    text = article.headline
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return [Line(HEADLINE, "headline", start, end, True)] if end > start else []


def _wrapped(text: str, width: int) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each line of a text, and whether it opens a paragraph."""
    for paragraph in split_paragraphs(text):
        opens = True
        for start, end in _lines_of_paragraph(text, paragraph, width):
            yield start, end, opens
            opens = False


def _lines_of_paragraph(text: str, paragraph: Span, width: int) -> Iterator[tuple[int, int]]:
    at = paragraph.start
    while at < paragraph.end:
        limit = min(at + width, paragraph.end)
        # A line may end where a blank follows; without any, in the middle of a long word.
        if limit < paragraph.end and not text[limit].isspace():
            blanks = [blank for blank in _BLANKS.finditer(text, at, limit) if blank.start() > at]
            limit = blanks[-1].start() if blanks else limit
        piece = text[at:limit]
        yield at, at + len(piece.rstrip())
        after = _BLANKS.match(text, limit, paragraph.end)
        at = after.end() if after else limit


def lines_of(lines: Sequence[Line], field: str, start: int, end: int) -> list[Line]:
    """Return the lines, of all those of an article, that hold a span of a field or a part of it.

    Examples
    --------
    >>> lines = number_lines(Article("a", "Rain", "It rained.\\nIt poured."))
    >>> [line.number for line in lines_of(lines, "body", 3, 15)]
    [1, 2]
    """
    last = max(end, start + 1)  # an empty span stands where it begins
    here = FIELDS.index(field)
    first = bisect_right(lines, (here, start), key=lambda ln: (FIELDS.index(ln.field), ln.end))
    after = bisect_left(lines, (here, last), key=lambda ln: (FIELDS.index(ln.field), ln.start))
    return list(lines[first:after])


def name_lines(lines: Sequence[Line]) -> str:
    """Say which lines: 'headline', 'line 4', 'lines 4 to 6'.

    Examples
    --------
    >>> name_lines([Line(4, "body", 0, 9), Line(5, "body", 9, 12)])
    'lines 4 to 5'
    """
    if not lines:
        return "no line"
    if lines[0].number == HEADLINE:
        return "headline"
    first, last = lines[0].number, lines[-1].number
    return f"line {first}" if first == last else f"lines {first} to {last}"


def read_lines(lines: Sequence[Line], answer: str) -> list[Line]:
    """Return the lines that a reader named: '7', 'line 7', '7-9', '7 to 9', '3, 8', 'H'.

    Raises
    ------
    ValueError
        If it names no line, or one that the article has not.

    Examples
    --------
    >>> lines = number_lines(Article("a", "Rain", "It rained.\\nIt poured."))
    >>> [line.number for line in read_lines(lines, "lines 1-2")]
    [1, 2]
    """
    text = re.sub(r"\s*(?:[-–—‐‑−]|\bto\b)\s*", "-", answer.strip())
    text = _NOISE.sub(" ", re.sub(r"\bheadline\b", "H", text, flags=re.I))
    found: dict[int, Line] = {}
    known = {line.number: line for line in lines}
    for part in filter(None, _SEPARATORS.split(text)):
        for number in _range(part.rstrip("."), answer, known):
            found[number] = known[number]
    if not found:
        raise ValueError(_unknown(answer, known))
    return list(found.values())


def _range(part: str, answer: str, known: dict[int, Line]) -> Iterable[int]:
    match = _NUMBERS.fullmatch(part)
    if match is None:
        raise ValueError(_unknown(answer, known))
    first, last = (HEADLINE if n in "hH" else int(n) for n in (match[1], match[2] or match[1]))
    numbers = range(first, last + 1)
    if not numbers or not (first in known and last in known):
        raise ValueError(_unknown(answer, known))
    return [number for number in numbers if number in known]


def _unknown(answer: str, known: dict[int, Line]) -> str:
    most = max(known, default=0)
    return f"no line {answer.strip()[:40]!r}; found lines H and 1 to {most}. Write '7' or '7-9'."
