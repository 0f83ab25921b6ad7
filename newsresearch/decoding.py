"""Bytes to text: which encoding, what is no text at all, and what no table can hold."""

from __future__ import annotations

import codecs
import re

from newsresearch.articles import ArticleError

__all__ = ["decode", "make_whole", "mend_mojibake"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAGIC = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive (or .docx, .xlsx)", b"\x1f\x8b": "a gzip file",
    b"\x7fELF": "a program", b"MZ\x90\0": "a program", b"PAR1": "a Parquet table",
    b"SQLite format 3": "an SQLite database", b"\xd0\xcf\x11\xe0": "an old Office file",
}  # fmt: skip
# The marks of UTF-32 begin like those of UTF-16, so they come first.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NOTHING = re.compile("[\\s\0\ufeff]*+")


def decode(raw: bytes) -> tuple[str, str]:
    """Return the text of a file and a note on what had to be done.

    Tries, in order: byte order mark, UTF-16 by its zero bytes, strict UTF-8 (a last character
    that was cut is dropped); where that fails, line by line UTF-8 or Windows-1252.

    Raises
    ------
    ArticleError
        If the bytes are empty, of a known binary kind, or mostly control characters.
    """
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise ArticleError(f"this is {kind}, not text. Export it as text first.")
    text, note = _decode(raw)
    if _NOTHING.fullmatch(text):
        raise ArticleError("the file is empty.")
    return text, note


def _decode(raw: bytes) -> tuple[str, str]:
    if raw.startswith(codecs.BOM_UTF8):
        return _decode_bytewise(raw.removeprefix(codecs.BOM_UTF8))
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            return raw.decode(encoding, "replace"), ""
    head = raw[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (even + odd) * 4 > len(head) and min(even, odd) * 20 <= max(even, odd):
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return raw.decode(encoding, "replace"), "no byte order mark: read as UTF-16"
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b\0" for byte in head)
    if controls * 20 > max(len(head), 160) or (even + odd) * 4 > len(head):
        raise ArticleError("this is binary data, not text. Export it as text first.")
    return _decode_bytewise(raw)


def _decode_bytewise(raw: bytes) -> tuple[str, str]:
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError as problem:
        whole = raw[: problem.start]
        if problem.reason == "unexpected end of data" and not whole.isascii():
            return whole.decode("utf-8"), "the last character is cut off: dropped"
        return _decode_lines(raw)


def _decode_lines(raw: bytes) -> tuple[str, str]:
    """Decode line by line: tables put together from many files mix encodings."""
    lines = [_decode_line(line) for line in raw.split(b"\n")]
    text = "\n".join(line for line, _ in lines)
    if not any(good and not line.isascii() for line, good in lines):
        return text, "not UTF-8: read as Windows-1252"
    wrong = [str(number) for number, (_, good) in enumerate(lines, start=1) if not good]
    places = ", ".join(wrong[:3]) + (", …" if len(wrong) > 3 else "")
    return text, f"not UTF-8 in {len(wrong)} lines ({places}): these read as Windows-1252"


def _decode_line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace"), False


# What UTF-8 read as Windows-1252 leaves: 'â€™', 'cafÃ©', a stray 'Â' before a hard blank.
_MOJIBAKE = re.compile("â€[\x80-\xbfœžš™˜“”¢¦\u201a-\u203a]|Ã[\x80-\xbf\u0152-\u02dc]|Â[\xa0-\xbf]")


def mend_mojibake(text: str, notes: list[str], repair: bool) -> str:
    """Note text that was decoded wrongly before it came to us; repair it only if asked.

    Raises
    ------
    ArticleError
        If it is to be repaired and ftfy is not installed.
    """
    if not _MOJIBAKE.search(text):
        return text
    if not repair:
        notes.append("mojibake such as 'â€™': kept (repair=True mends it)")
        return text
    try:
        from ftfy import fix_encoding
    except ImportError:
        raise ArticleError(
            "repair=True needs ftfy. Install it with: pip install 'newsresearch[repair]'."
        ) from None
    notes.append("mojibake: repaired")
    return str(fix_encoding(text))


def make_whole(text: str, notes: list[str]) -> str:
    """Replace, one for one, what no table or page can hold, and note that it was done."""
    if "\0" in text:
        notes.append("NUL characters: replaced by blanks")
        text = text.replace("\0", " ")
    if _SURROGATE.search(text):
        notes.append("broken characters: replaced by U+FFFD")
        text = _SURROGATE.sub("\ufffd", text)
    return text
