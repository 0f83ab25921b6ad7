"""Pieces of HTML to plain text: paragraphs stay, no tag is left, whatever is broken in it."""

from __future__ import annotations

import html
import re

__all__ = ["to_text"]

# Elements that begin a paragraph, and those whose content is never shown.
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|details|dialog|div|fieldset|"
    r"fig(?:caption|ure)|footer|form|h[1-6r]|header|li|main|nav|ol|p|pre|section|summary|table|tr|ul"
)
_SILENT = {"head", "iframe", "noscript", "object", "script", "style", "svg", "template"}
_NAME = re.compile(r"<(/?)(?:[A-Za-z][\w.-]{0,30}:)?([A-Za-z][\w-]{0,40})")
_REST = re.compile(r"""(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")
_PLAIN_REST = re.compile(r"[^<>]*+>")
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_MOST_FAULTS = 20


def to_text(markup: str) -> str:
    """Return the text of a piece of HTML.

    Scripts, styles and comments go; blocks become paragraphs with an empty line between,
    `<br>` a line break. Time grows with length only, however broken the piece is.

    Examples
    --------
    >>> to_text("<p>The <b>ferry</b> &amp; the mayor.</p><p>It is late.</p>")
    'The ferry & the mayor.\\n\\nIt is late.'
    """
    pieces = _Scanner(markup).scan()
    lines = [re.sub(" {2,}", " ", line).strip(" ") for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Scanner:
    """Goes once from left to right; what was searched in vain is not searched again."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.pieces: list[str] = []
        self.missing: set[str] = set()
        self.faults = 0

    def scan(self) -> list[str]:
        at = 0
        while (start := self.markup.find("<", at)) >= 0:
            self._keep(at, start)
            at = self._skip(start)
            if at == start:  # no tag: '5 < 6'
                self.pieces.append("<")
                at += 1
        self._keep(at, len(self.markup))
        return self.pieces

    def _keep(self, start: int, end: int) -> None:
        if start < end:
            text = html.unescape(self.markup[start:end]).replace("]]>", "")
            self.pieces.append(_BLANKS.sub(" ", text))

    def _skip(self, start: int) -> int:
        """Return where a tag or comment ends; its own start if it is none."""
        if self.markup.startswith("<!--", start):
            return self._behind("-->", start + 4) or start + 4
        if self.markup.startswith("<![CDATA[", start):
            return start + 9
        if self.markup.startswith(("<!", "<?"), start):
            found = _PLAIN_REST.match(self.markup, start + 1)
            return found.end() if found else start
        name = _NAME.match(self.markup, start)
        end = self._tag_end(name.end()) if name else 0
        if not name or not end:
            return start
        return self._act(name[2].lower(), bool(name[1]), end)

    def _tag_end(self, at: int) -> int:
        found = None
        if self.faults < _MOST_FAULTS:  # each may have run to the end of the text
            found = _REST.match(self.markup, at)
            self.faults += found is None
        found = found or _PLAIN_REST.match(self.markup, at)
        return found.end() if found else 0

    def _act(self, name: str, closes: bool, end: int) -> int:
        if name in _SILENT and not closes and self.markup[end - 2] != "/":
            return self._behind(f"</{name}", end) or end
        if name == "br":
            self.pieces.append("\n")
        elif _BLOCKS.fullmatch(name):
            self.pieces.append("\n\n")
        elif name in {"td", "th"}:
            self.pieces.append(" ")
        return end

    def _behind(self, mark: str, at: int) -> int:
        """Return the place behind the next mark; 0 if there is none."""
        if mark in self.missing:
            return 0
        found = re.compile(re.escape(mark), re.IGNORECASE).search(self.markup, at)
        if found is None:
            self.missing.add(mark)
            return 0
        if mark == "-->":
            return found.end()
        end = _PLAIN_REST.match(self.markup, found.end())
        return end.end() if end else found.end()
