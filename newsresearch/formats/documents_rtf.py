"""Rich Text Format to plain text, through striprtf, with what slows or stops it taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsresearch.articles import ArticleError

__all__ = ["rtf_text"]

_LARGEST = 16 * 1024 * 1024
_MOST_GROUPS = 1_000_000
_LONGEST_FONT_TABLE = 256 * 1024
_MOST_FONTS = 2_000
# Character sets of old Macintosh fonts for which Python has no codec.
_NO_CODEC = frozenset({"78", "79", "80", "82", "85", "86", "87", "88", "89"})


def rtf_text(raw: bytes) -> str:
    """Return the text of an RTF file, a line for each paragraph.

    Headers, footers, footnotes, pictures and the addresses behind links are left out. Half
    characters that have lost their partner become U+FFFD.

    Raises
    ------
    ArticleError
        If the bytes are no RTF, are larger than 16 MiB without their pictures, or cannot be read.

    Examples
    --------
    >>> rtf_text(rb"{\\rtf1\\ansi\\ansicpg1252 It isn\\'92t late.\\par Rain.}")
    'It isn’t late.\\nRain.'
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise ArticleError(
            "RTF needs striprtf. Install it with: pip install 'newsresearch[exports]'."
        ) from None
    text = _prepare(raw)
    try:
        found: str = rtf_to_text(text, errors="replace")  # type: ignore[no-untyped-call]
    except Exception as problem:  # striprtf raises whatever its parts raise
        raise ArticleError(f"the RTF cannot be read: {str(problem)[:80]}. Save it anew.") from None
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _prepare(raw: bytes) -> str:
    """Return RTF that striprtf reads in linear time and without an exception."""
    start = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not start.startswith(b"{\\rtf"):
        raise ArticleError("this is no RTF: it does not begin with {\\rtf. Check its name.")
    text = _drop_binary(_to_text(raw))
    text = _HEX.sub("", text)
    if len(text) > _LARGEST or text.count("{") > _MOST_GROUPS:
        found = f"{len(text):,} characters and {text.count('{'):,} groups without pictures"
        raise ArticleError(f"the RTF is too large: {found}. Split it.")
    text = _UNICODE.sub(_bound_code, text)
    text = _BARE_UC.sub(r"\\uc1 ", text)
    # The blank changes nothing, but keeps striprtf from putting addresses into the sentence.
    text = text.replace("\\field{", "\\field {")
    return _mend_fonts(text)


# Pictures: more hexadecimal digits in a row than any sentence has.
_HEX = re.compile(r"(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{256,}+")
_UNICODE = re.compile(r"\\u(-?\d{1,40})")
_BARE_UC = re.compile(r"\\uc(?![0-9a-zA-Z-])")
_BINARY = re.compile(r"\\bin(\d{0,9})(?![a-z\d]) ?")
_HIGH = re.compile(r"[\x80-\xff]")


def _to_text(raw: bytes) -> str:
    """RTF is ASCII; where a writer left other bytes, they are UTF-8 or of the code page."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _HIGH.sub(lambda byte: f"\\'{ord(byte[0]):02x}", raw.decode("latin-1"))


def _drop_binary(text: str) -> str:
    """Take out binary data, whose bytes may look like braces."""
    kept, at = [], 0
    while found := _BINARY.search(text, at):
        kept.append(text[at : found.start()])
        at = min(found.end() + int(found[1] or 0), len(text))
    return "".join([*kept, text[at:]])


def _bound_code(found: re.Match[str]) -> str:
    code = int(found[1])
    return found[0] if -0x10000 < code < 0x110000 else "\\u65533"


def _mend_fonts(text: str) -> str:
    """Put a short table of fonts in place of the file's, which striprtf reads in square time."""
    start = text.find("\\fonttbl")
    if start < 0:
        return text
    fonts = dict(_read_fonts(_group(text, start)))
    clean = "".join(f"{{\\f{font}\\fcharset{charset} a;}}" for font, charset in fonts.items())
    rest = text.replace("\\fonttbl", "\\colortbl")  # a group that is passed over as well
    head = rest.index("{\\rtf") + len("{\\rtf")
    return f"{rest[:head]}1{{\\fonttbl{clean}}}{rest[head:].lstrip('1')}"


def _group(text: str, start: int) -> str:
    """Return what follows up to the brace that closes the group."""
    part, depth = text[start : start + _LONGEST_FONT_TABLE], 0
    for brace in re.finditer(r"[{}]", part):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return part[: brace.start()]
    return part


def _read_fonts(table: str) -> Iterator[tuple[str, str]]:
    for entry in re.split(r"[;}]", table)[:_MOST_FONTS]:
        font = re.search(r"\\f(\d{1,5})(?!\d)", entry)
        charset = re.search(r"\\fcharset(\d{1,3})(?!\d)", entry)
        if font and charset and charset[1] not in _NO_CODEC:
            yield font[1], charset[1]
