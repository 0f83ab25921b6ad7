"""Paragraphs, sentences and words as half-open character spans of the stored text.

No function here changes a character, raises on any string, or takes more than linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsresearch.lexicons import load_words

__all__ = [
    "Span",
    "list_words",
    "locate",
    "locate_each",
    "split_paragraphs",
    "split_sentences",
    "split_words",
]


class Span(NamedTuple):
    """A half-open range of characters: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the span."""
        return text[self.start : self.end]


def locate(spans: Sequence[tuple[int, ...]], at: int) -> int:
    """Return the index of the span that holds a position, or -1; spans in order, none nested."""
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return index if index >= 0 and at < spans[index][1] else -1


def locate_each(spans: Sequence[tuple[int, ...]], places: Iterable[int]) -> Iterator[int]:
    """Yield what `locate` returns for each of some places in order, in one walk."""
    index, last = -1, len(spans) - 1
    for at in places:
        while index < last and spans[index + 1][0] <= at:
            index += 1
        yield index if index >= 0 and at < spans[index][1] else -1


# --- paragraphs ------------------------------------------------------------------------------

# VT, FF, NEL and the Unicode separators break lines in scraped text as well.
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_ENDS = ".!?…:;\"”’')]»"


def split_paragraphs(text: str) -> list[Span]:
    """Split a text into paragraphs, without the white space around them.

    Every line is a paragraph, except in hard-wrapped text, where only blank lines part them;
    a line that begins in lower case goes on with the line right above it.

    Examples
    --------
    >>> text = "One.\\n\\nTwo\\ngoes on."
    >>> [span.of(text) for span in split_paragraphs(text)]
    ['One.', 'Two\\ngoes on.']
    """
    lines = [_strip(text, *found.span()) for found in _LINE.finditer(text)]
    lines = [line for line in lines if line.end > line.start]
    wrapped = _is_hard_wrapped(text, lines)
    paragraphs: list[Span] = []
    for line in lines:
        adjacent = bool(paragraphs) and _line_breaks(text, paragraphs[-1].end, line.start) == 1
        if adjacent and (wrapped or text[line.start].islower()):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return paragraphs


def _strip(text: str, start: int, end: int) -> Span:
    if not text[start].isspace() and not text[end - 1].isspace():
        return Span(start, end)
    piece = text[start:end]
    start = end - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def _line_breaks(text: str, start: int, end: int) -> int:
    gap = text[start:end]
    if gap in ("\n", "\n\n"):  # nearly always
        return len(gap)
    gap = gap.replace("\r\n", "\n")
    return sum(not char.isspace() or char in "\n\r\v\f\x85\u2028\u2029" for char in gap)


def _is_hard_wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether lines were cut at a column: of one length, and most end mid-sentence."""
    inner = [a for a, b in pairwise(lines) if _line_breaks(text, a.end, b.start) == 1]
    if len(inner) < 4:
        return False
    lengths = sorted(line.end - line.start for line in inner)
    open_ended = sum(text[line.end - 1] not in _ENDS for line in inner)
    return 50 <= lengths[len(lengths) // 2] <= 100 and open_ended * 2 > len(inner)


# --- sentences -------------------------------------------------------------------------------

# Possessive quantifiers keep this linear on rows of dots.
_STOP = re.compile(r"[.!?…]++(?:[\"'”’»)\]]|\s[”’»](?=\s|$))*+")
_OMISSION = re.compile(r"\s++(?:…|\.(?!\d))")
_NEXT = re.compile(r"\s*+([\"'“‘«(\[—–-]*+)([^\W_][\w.’']{0,30})?")
_OPENERS = frozenset("\"'“‘(")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LOOK_BACK = 24


def split_sentences(text: str, paragraphs: Sequence[Span] | None = None) -> list[Span]:
    """Split a text into sentences; what lies between two spans is white space only.

    Rules, no model: abbreviations, initials, clock times and decimals do not end a sentence,
    paragraph breaks and closing quotation marks may, and a capital glued to a full stop does
    ('year.The'). It cannot know whether 'Corp.' ends a sentence before a name: it says no.
    Paragraphs that are known already need not be split again.

    Examples
    --------
    >>> text = "U.S. Vice President Ann Lee met Mr. Roe at 5 p.m. Friday. “It went well.” He left."
    >>> [span.of(text) for span in split_sentences(text)]
    ['U.S. Vice President Ann Lee met Mr. Roe at 5 p.m. Friday.', '“It went well.”', 'He left.']
    """
    sentences: list[Span] = []
    for start, last in split_paragraphs(text) if paragraphs is None else paragraphs:
        for stop in _STOP.finditer(text, start, last):
            end = stop.end()
            if end < last and (
                _plainly_ends(text, start, stop) or _ends_sentence(text, start, stop)
            ):
                sentences.append(_strip(text, start, end))
                start = end
        sentences.append(_strip(text, start, last))
    return sentences


def _plainly_ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Is this the common case, of which the rules need not be asked: 'one word. Another'?"""
    at, end = stop.span()
    after = text[end + 1 : end + 3]
    first = after[1:] if after[:1] in _OPENERS else after[:1]
    if text[end] != " " or not first.isupper() or (text[at] != "." and end - at > 1):
        return False
    before = max(start, at - _LOOK_BACK)
    token = text[max(text.rfind(" ", before, at) + 1, before) : at]
    return len(token) > 1 and token.isalpha() and token.lower() not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    """Return the words whose full stop may not end a sentence."""
    kinds = ("titles", "before_number", "clock", "maybe")
    return frozenset().union(*(load_words("sentences", kind) for kind in kinds))


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = _NEXT.match(text, stop.end())
    opener, word = (following[1], following[2] or "") if following else ("", "")
    before = text[max(start, stop.start() - _LOOK_BACK) : stop.start()].rsplit(None, 1)
    token = before[-1] if before else ""
    if _OMISSION.match(text, stop.end()):  # '. … ', '. . .': the last dots decide
        return False
    if not text[stop.end()].isspace():
        is_address = following is not None and text.startswith("@", following.end())
        return not is_address and _is_glued(token, stop[0], opener, word)
    if word[:1].islower() or (token.isdigit() and len(before) == 1):  # '5. The list'
        return False
    if stop[0][0] in "!?":
        return not (len(stop[0]) > 1 and _goes_on(text, stop.end()))
    if stop[0].startswith("."):
        return _full_stop_ends(token.lstrip("\"'“‘«([$"), stop[0], opener, word)
    return True


def _is_glued(token: str, stop: str, opener: str, word: str) -> bool:
    """A space was lost: 'year.The commuter', but not 'U.S', 'Booking.Com' or '3.5'."""
    if not word[:1].isupper() or word.rstrip(".’'").lower() in load_words("sentences", "domains"):
        return False
    if "." in token or "@" in token or "/" in token:
        return False
    if token[-1:].isdigit() or len(stop) > 1:
        return word.lower() in load_words("sentences", "openers")
    return len(token) > 1 and token[-2:].islower() and (word[1:2].islower() or bool(opener))


def _goes_on(text: str, end: int) -> bool:
    """After a quoted question: does 'Ann Lee asked' carry the sentence on?"""
    following = text[end : end + 60].split()[:4]
    return any(word.strip(",.") in load_words("sentences", "asking") for word in following)


def _full_stop_ends(token: str, stop: str, opener: str, word: str) -> bool:
    if stop.startswith(".."):
        return True
    key = token.lower()
    key = key if key in load_words("sentences", "titles") else key.rsplit("-", 1)[-1]
    if key in load_words("sentences", "titles"):
        return False
    if key in load_words("sentences", "before_number"):
        return not word[:1].isdigit()
    if key in load_words("sentences", "clock"):
        name = word.rstrip(".").lower()
        return bool(opener) or (
            word[:1].isupper() and name not in load_words("sentences", "after_clock")
        )
    if key in load_words("sentences", "maybe") or _INITIALS.fullmatch(token.rsplit("-", 1)[-1]):
        opens = word.lower() in load_words("sentences", "openers") and word[1:2] != "."
        return opens or len(stop) > 1 or any(mark in opener for mark in '"“‘«')
    return True


# --- words -----------------------------------------------------------------------------------

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)+|[^\W_]+(?:['’‑-][^\W_]+)*")


def split_words(text: str, span: Span | None = None) -> list[Span]:
    """Split a text into words: letters and digits with inner apostrophes, hyphens and points.

    Of a span of the text, the words that stand in it.

    Examples
    --------
    >>> text = "The U.S. can’t pay $1,200."
    >>> [span.of(text) for span in split_words(text)]
    ['The', 'U.S.', 'can’t', 'pay', '1,200']
    """
    make = tuple.__new__  # half the time of `Span(…)`, and there are many words
    return [make(Span, found.span()) for found in _WORD.finditer(text, *(span or ()))]


def list_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without their places.

    Examples
    --------
    >>> list_words("The U.S. can't pay.")
    ['the', 'u.s.', "can't", 'pay']
    """
    return " ".join(_WORD.findall(text)).lower().split()
