"""The markup of a page before any parser sees it: bytes to text, mends, what makes it heavy.

Everything here is linear in the length of the page, whatever somebody put into it.
"""

from __future__ import annotations

import html
import json
import re

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode

__all__ = ["bare_paragraphs", "bare_title", "decode_page", "refuse_other", "repair", "weigh_page"]

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w:.-]+)""", re.IGNORECASE
)
# What a page may name; Python also has codecs that are no character sets ('zip', 'rot13').
_KNOWN = re.compile(
    r"(?:windows-|cp)125\d|iso-?8859-\d+|koi8-[ru]|mac\w*|gb\w{3,5}|big5\w*|shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
_LATIN = {"iso-8859-1", "iso8859-1", "windows-1252", "cp1252", "latin1", "us-ascii", "ascii"}


def _western(byte: int) -> str:
    """Return the character of a Windows-1252 byte; five are not in use."""
    return bytes([byte]).decode("cp1252", "replace")


_ESCAPED = {0xDC00 + byte: _western(byte) for byte in range(0x80, 0x100)}
# Old pages number typographic quotes by their Windows byte: `&#146;`, or U+0092 itself.
_WESTERN = {byte: _western(byte) for byte in range(0x80, 0xA0)}
_FORBIDDEN = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF]
_CLEAN = dict.fromkeys(_FORBIDDEN, " ") | _WESTERN
_UNCLEAN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe\uffff]")


def decode_page(raw: bytes) -> tuple[str, str]:
    """Return the text of a page and a note on what had to be done.

    Tries, in order: byte order mark, UTF-16, strict UTF-8, the character set that the page
    names. Where it names UTF-8 wrongly, or none, the bytes that are no UTF-8 are Windows-1252.

    Raises
    ------
    ArticleError
        If the bytes are empty or no text.
    """
    text, note = decode(raw)
    if "Windows-1252" not in note:
        return text, note
    found = _CHARSET.search(raw[:_HEAD])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    if name not in _LATIN and _KNOWN.fullmatch(name):
        try:
            return raw.decode(name, "replace"), f"read as {name}, as the page says"
        except LookupError:
            pass
    text = raw.decode("utf-8", "surrogateescape").translate(_ESCAPED)
    return text, "" if name in _LATIN else note


_HEAD = 4096
_MANY_ATTRIBUTES = 500  # on one tag; parsers compare each with each
# Possessive, so that no text is looked at twice. A quote counts only after '=', as in parsers.
_QUOTED = r"""=\s*+(?:"[^"]*+"|'[^']*+')"""
_WHOLE_TAG = re.compile(rf"<[a-zA-Z](?:[^>=]++|{_QUOTED}|=)*+")
_VALUE = re.compile(_QUOTED)
_NAME = re.compile(r"[\s/]+[^\s/=>]")
_REFERENCE = re.compile(r"&#(?:[xX]0*+([0-9a-fA-F]{1,8})|0*+([0-9]{1,9}))(?![0-9a-fA-F]);?")


def repair(text: str) -> str:
    """Take out what makes parsers drop text without a word, or takes them very long.

    Examples
    --------
    >>> repair("<p>It isn&#146;t late.&#xFFFE;\\x0bRain.</p>")
    '<p>It isn’t late.  Rain.</p>'
    """
    text = _UNCLEAN.sub(lambda found: _CLEAN[ord(found[0])], text)
    if "&#" in text:
        text = _REFERENCE.sub(_mend_reference, text)
    text = _WHOLE_TAG.sub(_bare_crowded, text)
    head = re.sub(r"<\?xml[^<>]*>|<!doctype[^<>]*>", "", text[:_HEAD], flags=re.IGNORECASE)
    return re.sub(r"(<html[^<>]*?)\s*/>", r"\1>", head, flags=re.IGNORECASE) + text[_HEAD:]


def _mend_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2] or 0)
    if code in _CLEAN:
        return _CLEAN[code]
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else found[0]


def _bare_crowded(found: re.Match[str]) -> str:
    """Return a tag as it is, or without its attributes where they are too many."""
    if len(found[0]) < 2 * _MANY_ATTRIBUTES:
        return found[0]
    names = _VALUE.sub("=", found[0])
    many = max(names.count("="), len(_NAME.findall(names))) > _MANY_ATTRIBUTES
    return re.split(r"[\s/]", found[0], maxsplit=1)[0] if many else found[0]


_TAG_OF_PAGE = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|div|p|h\d|a|span|article|section|table|br|frameset)\b",
    re.IGNORECASE,
)


def refuse_other(text: str) -> None:
    """Refuse what only bears the name of a page.

    Raises
    ------
    ArticleError
        If the text is JSON, a feed or has no tags at all.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "[") and _is_json(start):
        raise ArticleError("this is JSON, not an HTML page. Save it as .json.")
    if re.match(r"(?:\s*<[?!][^<>]*>)*+\s*<(?:rss|feed|rdf:RDF)\b", start[:_HEAD]):
        raise ArticleError("this is a news feed, not an HTML page. Save it as .xml.")
    if not _TAG_OF_PAGE.search(text):
        raise ArticleError("there are no HTML tags in this page. Save a plain text as .txt.")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


# --- how heavy a page is ------------------------------------------------------------------------

_LARGE = 2 * 1024 * 1024
_MANY_TAGS, _MANY_INLINE, _DEEP = 20_000, 2_000, 200
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
# Their ends may be left out, or they have none: no measure of depth.
_OPEN_ENDED = frozenset({
    "p", "li", "dd", "dt", "td", "th", "tr", "option", "br", "img", "hr", "input", "meta", "link",
    "area", "base", "col", "embed", "param", "source", "track", "wbr", "thead", "tbody", "tfoot",
    "colgroup", "path", "rect", "circle", "use",
})  # fmt: skip


def weigh_page(text: str) -> str:
    """Return why a page may take a parser very long; empty for an ordinary one."""
    if len(text) > _LARGE:
        return f"{len(text):,} characters"
    tags = run = longest = depth = deepest = 0
    for found in _TAG.finditer(_without(text, "script")):
        name = found[2].lower()
        tags += 1
        run = run + (not found[1]) if name in _INLINE else run * (name == "br")
        depth += 0 if name in _OPEN_ENDED else -1 if found[1] else 1
        longest, deepest = max(longest, run), max(deepest, depth)
    if tags > _MANY_TAGS or longest > _MANY_INLINE:
        return f"{tags:,} tags, {longest:,} of them in one paragraph"
    return f"elements {deepest:,} deep" if deepest > _DEEP else ""


# --- the text of a page without a parser --------------------------------------------------------

_BREAK = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre|section|"
    r"table|td|th|title|tr|ul)\b[^<>]*+>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*+>")
_FEWEST_BLANKS, _SHORTEST = 7, 40
_TITLES = [
    re.compile(
        r"<meta\b(?=[^<>]{0,300}og:title)[^<>]{0,300}?content\s*=\s*\"([^\"<>]{1,300})\"",
        re.IGNORECASE,
    ),
    re.compile(r"<h1\b[^<>]{0,300}>([^<>]{1,300})</h1", re.IGNORECASE),
    re.compile(r"<title\b[^<>]{0,300}>([^<>]{1,300})<", re.IGNORECASE),
]


def bare_paragraphs(text: str) -> list[str]:
    """Return what looks like prose in a page, tags taken off without a parser."""
    for name in ("script", "style", "nav", "footer"):
        text = _without(text, name)
    text = _cut_between(text, "<!--", "-->")
    lines = _ANY_TAG.sub("", _BREAK.sub("\n\n", text)).split("\n\n")
    tidy = (" ".join(html.unescape(line).split()) for line in lines)
    return [line for line in tidy if len(line) >= _SHORTEST and line.count(" ") >= _FEWEST_BLANKS]


def bare_title(text: str) -> str:
    """Return the title of a page, found without a parser."""
    found = (pattern.search(text) for pattern in _TITLES)
    title = next((match[1] for match in found if match), "")
    return " ".join(html.unescape(title).split())


def _without(text: str, name: str) -> str:
    return _cut_between(text, rf"<{name}\b", rf"</{name}\b[^<>]*+>")


def _cut_between(text: str, opening: str, closing: str) -> str:
    """Cut from each opening to the next closing; one that never closes stays."""
    *closed, rest = re.split(closing, text, flags=re.IGNORECASE)
    starts = re.compile(opening, re.IGNORECASE)
    return "".join([*(starts.split(piece, maxsplit=1)[0] for piece in closed), rest])
