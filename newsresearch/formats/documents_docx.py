"""Paragraphs of a Word file, read as a stream: no tree, no entities, nothing unpacked to disk."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from newsresearch.articles import ArticleError

__all__ = ["Paragraph", "docx_paragraphs"]


class Paragraph(NamedTuple):
    """A paragraph, the name of its style in lower case without blanks, and whether it is bold."""

    text: str
    style: str = ""
    bold: bool = False


_LARGEST_PART = 64 * 1024 * 1024
_LARGEST_STYLES = 4 * 1024 * 1024  # beyond it styles go by their ids
_HIGHEST_RATIO = 200
_MOST_MEMBERS = 10_000
_MOST_ELEMENTS = 4_000_000
_DEEPEST_ROW = 8
_CHUNK = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"
_DOCUMENT = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OSError, OverflowError, struct.error, IndexError,
)  # fmt: skip


def docx_paragraphs(raw: bytes) -> list[Paragraph]:
    """Return the paragraphs of a `.docx` file that hold text, in reading order.

    Tabs and line breaks are kept, tracked insertions too. Left out are footnotes, comments,
    tracked deletions, hidden text, headers and footers. A text box counts once; a table row
    whose cells hold one paragraph each is one paragraph with tabs between the cells.

    Raises
    ------
    ArticleError
        If the file is protected, damaged, holds macros, is no `.docx`, or unpacks to more
        than it should.
    """
    _refuse_other(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = _check_members(archive)
            styles = _Styles()
            if "word/styles.xml" in names and _is_small(archive, "word/styles.xml"):
                _feed(_read_part(archive, "word/styles.xml"), styles.start, None, None)
            document = _Document(styles.names)
            text = _read_part(archive, _find_document(names))
    except ArticleError:
        raise
    except _DAMAGED as problem:
        raise ArticleError(
            f"the Word file is damaged ({str(problem)[:80]}). Open it in Word and save it again."
        ) from None
    _feed(text, document.start, document.end, document.characters)
    return [Paragraph(*found) for found in document.found if found[0].strip()]


def _refuse_other(raw: bytes) -> None:
    if raw.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise ArticleError("the Word file is protected by a password. Save it without one.")
        raise ArticleError("this is an old Word file (.doc). Save it as .docx.")
    if raw.lstrip()[:5] == b"{\\rtf":
        raise ArticleError("this is RTF that bears the name of a Word file. Rename it to .rtf.")
    if not raw.startswith(b"PK"):
        raise ArticleError("this is no Word file: a .docx is a ZIP archive. Save it as .docx.")


def _check_members(archive: zipfile.ZipFile) -> list[str]:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > _MOST_MEMBERS:
        raise ArticleError(f"the Word file has {len(members):,} parts; no document has so many.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ArticleError("the Word file holds macros. Save it as .docx without them.")
    return names


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return archive.getinfo(name).file_size <= _LARGEST_STYLES


def _find_document(names: list[str]) -> str:
    for name in names:
        if _DOCUMENT.fullmatch(name):
            return name
    raise ArticleError(
        "there is no text in this file (no word/document.xml). Check that it is a .docx."
    )


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part; refuse it before and while unpacking if it is a bomb."""
    member = archive.getinfo(name)
    if member.flag_bits & 1:
        raise ArticleError("the Word file is protected by a password. Save it without one.")
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > _LARGEST_PART or ratio > _HIGHEST_RATIO:
        raise ArticleError(_too_large(member.file_size, member.compress_size))
    with archive.open(member) as part:
        raw = part.read(_LARGEST_PART + 1)
    if len(raw) > _LARGEST_PART or len(raw) > max(member.compress_size, 1) * _HIGHEST_RATIO:
        raise ArticleError(_too_large(len(raw), member.compress_size))
    return raw


def _too_large(size: int, packed: int) -> str:
    return (
        f"the text of the Word file unpacks from {packed:,} to {size:,} bytes. At most "
        f"{_LARGEST_PART // 1024**2} MiB and {_HIGHEST_RATIO} times are read. Split it."
    )


_Start = Callable[[str, dict[str, str]], None]


def _feed(
    raw: bytes,
    start: _Start,
    end: Callable[[str], None] | None,
    characters: Callable[[str], None] | None,
) -> None:
    """Run the events of an XML part; a document type, and so every entity, is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for at in range(0, len(raw), _CHUNK):
            parser.Parse(raw[at : at + _CHUNK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as problem:
        if isinstance(problem, ArticleError):
            raise
        raise ArticleError(
            f"the Word file is damaged ({str(problem)[:80]}). Open it in Word and save it again."
        ) from None


def _refuse_doctype(*_: object) -> None:
    raise ArticleError("the Word file declares a document type, which Word never does. Refused.")


def _local(name: str) -> str:
    """Return `w:p` as `p`; names of other vocabularies keep their address."""
    space, _, local = name.rpartition(" ")
    return local if "wordprocessingml" in space or local == "Fallback" else name


def _value(attributes: dict[str, str], wanted: str = "val") -> str:
    return next((text for name, text in attributes.items() if _local(name) == wanted), "")


@dataclass
class _Styles:
    """The English names behind the ids of styles, which differ from language to language."""

    names: dict[str, str] = field(default_factory=dict)
    _id: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "style":
            self._id = _value(attributes, "styleId")
        elif local == "name" and self._id:
            self.names.setdefault(self._id, _value(attributes))


@dataclass
class _Open:
    """A paragraph whose end has not come yet."""

    slot: int
    parts: list[str] = field(default_factory=list)
    style: str = ""
    plain: bool = False  # some run of it is not bold


# What stands in them is no text of the article, or the text a second time.
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange", "sectPr"}
)
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\xad",
}  # fmt: skip
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass
class _Document:
    """Gathers paragraphs from the events; `found` keeps a slot for each in order of its start."""

    styles: dict[str, str]
    found: list[tuple[str, str, bool]] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    _paragraphs: list[_Open] = field(default_factory=list)
    _rows: list[list[int]] = field(default_factory=list)  # where each cell of a row begins
    _elements: int = 0
    _skipped: int = 0
    _bold: bool = False
    _hidden: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise ArticleError(f"the Word file has over {_MOST_ELEMENTS:,} elements. Split it.")
        local, parent = _local(name), self._path[-1] if self._path else ""
        self._path.append(local)
        self._skipped += local in _SKIPPED
        if self._skipped:
            return
        if local == "p":
            self._paragraphs.append(_Open(len(self.found)))
            self.found.append(("", "", False))
        elif local == "r":
            self._bold = self._hidden = False
        elif local == "tr":
            self._rows.append([])
        elif local == "tc" and self._rows:
            self._rows[-1].append(len(self.found))
        elif self._paragraphs:
            self._set(local, parent, _value(attributes))

    def _set(self, local: str, parent: str, value: str) -> None:
        paragraph = self._paragraphs[-1]
        if local == "pStyle":
            named = self.styles.get(value, value)
            paragraph.style = named.replace(" ", "").lower()
        elif local == "outlineLvl" and value == "0":  # how Nexis marks a headline
            paragraph.style = paragraph.style or "heading1"
        elif parent == "r" and local in _CHARACTERS and not self._hidden:
            paragraph.parts.append(_CHARACTERS[local])
        elif parent == "rPr" and self._path[-3:-2] == ["r"]:
            # `rPr` of a paragraph mark, which is no run, says nothing about the text
            self._bold = (value not in _OFF) if local == "b" else self._bold
            self._hidden = (value not in _OFF) if local == "vanish" else self._hidden

    def characters(self, text: str) -> None:
        if self._path[-1] != "t" or self._skipped or self._hidden or not self._paragraphs:
            return
        self._paragraphs[-1].parts.append(text)
        if not self._bold and text.strip():
            self._paragraphs[-1].plain = True

    def end(self, name: str) -> None:
        local = self._path.pop()
        if local in _SKIPPED:
            self._skipped -= 1
        elif self._skipped:
            return
        elif local == "p" and self._paragraphs:
            done = self._paragraphs.pop()
            text = "".join(done.parts).strip(" \t\n")
            self.found[done.slot] = (text, done.style, bool(text) and not done.plain)
        elif local == "tr" and self._rows:
            self._close_row(self._rows.pop())

    def _close_row(self, begins: list[int]) -> None:
        """Make one paragraph of a row, unless a cell holds several: then it is a page layout."""
        if len(begins) < 2 or self._paragraphs or len(self._rows) > _DEEPEST_ROW:
            return  # tables in tables without end would be looked at again and again
        ends = [*begins[1:], len(self.found)]
        cells = [
            [paragraph for paragraph in self.found[begin:end] if paragraph[0].strip()]
            for begin, end in zip(begins, ends, strict=True)
        ]
        if all(len(cell) < 2 for cell in cells) and any(cells):
            text = "\t".join(cell[0][0] if cell else "" for cell in cells)
            self.found[begins[0] :] = [(text.rstrip("\t"), "", False)]
