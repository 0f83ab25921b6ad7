"""Plain forms of a text for looking words up; the stored text itself is never changed."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain_text", "straighten"]

_STRAIGHT = str.maketrans("‘’‚‛′“”„‟″«»\xa0", '\'\'\'\'\'""""""" ')


def straighten(text: str) -> str:
    """Turn typographic quotation marks, apostrophes and hard spaces plain, one for one.

    The length never changes, so spans keep their meaning. Done before tone is scored: the
    engine does not see the negation in a curly 'isn’t'.

    Examples
    --------
    >>> straighten("“It isn’t good”")
    '"It isn\\'t good"'
    """
    return text.translate(_STRAIGHT)


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
