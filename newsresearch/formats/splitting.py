"""A text into what stands above its headline, the headline, and the body."""

from __future__ import annotations

import re

from newsresearch.formats.source import Row
from newsresearch.furniture import is_furniture

__all__ = ["split_headline"]

# No headline is longer: a first line beyond this is body text.
_LONGEST_HEADLINE = 300
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


def split_headline(text: str) -> Row:
    """Return `headline`, `body` and, where furniture stands above, `preamble` of a text.

    Examples
    --------
    >>> split_headline("Share\\n\\nFerry late\\n\\nIt rained.")
    {'headline': 'Ferry late', 'body': 'It rained.', 'preamble': 'Share'}
    """
    start, end = _headline_span(text)
    row = {"headline": text[start:end].strip(), "body": text[end:].strip("\r\n")}
    preamble = text[:start].strip("\r\n")
    return {**row, "preamble": preamble} if preamble.strip() else row


def _headline_span(text: str) -> tuple[int, int]:
    """Return where the headline is; empty where the body begins at once or never does."""
    for line in _LINE.finditer(text):
        stripped = line[0].strip()
        if stripped and not is_furniture(stripped):
            too_long = len(stripped) > _LONGEST_HEADLINE
            return line.start(), line.start() if too_long else line.end()
    return len(text), len(text)
