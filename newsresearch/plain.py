"""Plain forms of a text for looking words up; the stored text itself is never changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Smooth", "find_masks", "plain_text", "smooth", "straighten"]

_STRAIGHT = dict(zip("‘’‚‛′“”„‟″«»\xa0", '\'\'\'\'\'""""""" ', strict=True))


def straighten(text: str) -> str:
    """Turn typographic quotation marks, apostrophes and hard spaces plain, one for one.

    The length never changes, so spans keep their meaning. Done before tone is scored: the
    engine does not see the negation in a curly 'isn’t'.

    Examples
    --------
    >>> straighten("“It isn’t good”")
    '"It isn\\'t good"'
    """
    if not text.isascii():
        for mark, plain in _STRAIGHT.items():  # a third of the time that `translate` takes
            text = text.replace(mark, plain)
    return text


_INVISIBLE = [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
_CONTROLS = [*range(0x09), *range(0x0E, 0x1C), 0x7F]
_CLEAN = dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_CONTROLS, " ")
# Composing a letter and its few marks; whole-text normalising is quadratic on piles of marks.
_ACCENTED = re.compile(r"[^\W\d_][\u0300-\u036f]{1,3}+")


def plain_text(text: str) -> str:
    """Return a text as the engines need it: never shown, so its spans may move.

    Quotation marks straight, accents composed, invisible characters and text direction marks
    gone, control characters blank: each of these hides words from the engines.

    Examples
    --------
    >>> plain_text("It isn’t fan\\xadtastic")
    "It isn't fantastic"
    """
    plain = straighten(text).translate(_CLEAN)
    return _ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), plain)


# One for one: hard and wide blanks, the rarer line breaks, controls.
_LEVEL = (
    dict.fromkeys([*_CONTROLS, *range(0x1C, 0x20), 0xA0, 0x1680], " ")
    | dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    | dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n")
)
_INVISIBLES = "".join(map(chr, _INVISIBLE))
_LOOSE = re.compile(rf"[{_INVISIBLES}]++|{_ACCENTED.pattern}|(?<=[^ \t\n]) [ \t]++(?=[^ \t\n])")
_BLANKS = re.compile(r" (?<=[^ \n] ) ++(?=[^ \n])")


@dataclass(frozen=True)
class Smooth:
    """A text without what hides words, and the one it was, to find the way back."""

    text: str
    before: str
    has_moved: bool = False

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of this text stands in the text that was smoothed."""
        if not self.has_moved or start >= end:
            return start, end
        starts, ends = self._places
        return starts[start], ends[end - 1]

    @cached_property
    def _places(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where each character began and ended before; not needed for scores."""
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for found in _LOOSE.finditer(self.before.translate(_LEVEL)):
            kept, size = range(at, found.start()), len(_tighten(found))
            starts += [*kept, *[found.start()] * size]
            ends += [*(place + 1 for place in kept), *[found.end()] * size]
            at = found.end()
        rest = range(at, len(self.before))
        return [*starts, *rest], [*ends, *(place + 1 for place in rest)]


def smooth(text: str) -> Smooth:
    """Take out of a text what hides words from rules, and remember the way back.

    Invisible characters go, accents are composed, rows of blanks become one; hard blanks,
    rare line breaks and controls become plain ones. Quotation marks stay as they are.

    Examples
    --------
    >>> found = smooth("Mr\xa0Lee is fan\xadtastic")
    >>> found.text, found.stored(10, 19)
    ('Mr Lee is fantastic', (10, 20))
    """
    if _hides_nothing(text):  # nearly always, and quickly told
        tight = _BLANKS.sub(" ", text) if "  " in text else text
        return Smooth(tight, text, has_moved=tight != text)
    level = text.translate(_LEVEL)
    tight = _LOOSE.sub(_tighten, level)
    return Smooth(tight, text, has_moved=tight != level)


def _hides_nothing(text: str) -> bool:
    """Is there no control, odd blank, invisible or loose accent? Never wrongly yes."""
    return text.replace("\n", "").isprintable() and unicodedata.is_normalized("NFC", text)


def _tighten(found: re.Match[str]) -> str:
    piece = found[0]
    if piece[0] == " ":
        return " "
    return "" if piece[0] in _INVISIBLES else unicodedata.normalize("NFC", piece)


_FEWEST_MASKED = 3
_MASK = re.compile(r"(?<!\S)@(?:\s++@){2,}+(?!\S)")


def find_masks(text: str) -> list[tuple[int, int]]:
    """Return the spans where words were masked with '@', as NELA-GT does: seven in a hundred.

    Examples
    --------
    >>> find_masks("The vote @ @ @ @ @ @ @ was close.")
    [(9, 22)]
    """
    if text.count("@") < _FEWEST_MASKED:
        return []
    return [found.span() for found in _MASK.finditer(text)]
