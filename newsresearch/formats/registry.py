"""Which parser reads which kind of file, told by its name or else by its content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from newsresearch.archives import inflate, read_zip
from newsresearch.articles import ArticleError
from newsresearch.columns import KNOWN_NAMES
from newsresearch.formats.database import parse_sqlite
from newsresearch.formats.documents import parse_docx, parse_rtf
from newsresearch.formats.exports import is_factiva_html, parse_factiva_html
from newsresearch.formats.feeds import parse_feed
from newsresearch.formats.objects import parse_json, parse_jsonl
from newsresearch.formats.page import parse_html
from newsresearch.formats.plain_text import parse_markdown, parse_text
from newsresearch.formats.source import Row, Source, bad_row
from newsresearch.formats.tables import parse_csv, parse_parquet, parse_tsv
from newsresearch.formats.warc import parse_warc

__all__ = ["PARSERS", "kind_of", "parse", "sniff", "stem_of", "tally"]


def _parse_page(source: Source) -> Iterable[Row]:
    raw = source.read()
    return parse_factiva_html(raw, source) if is_factiva_html(raw) else parse_html(source)


def _parse_txt(source: Source) -> Iterable[Row]:
    """Read a text file as what it holds: pages and RTF are often saved under this ending."""
    kind = sniff(source.read()[:8192], {})
    if kind not in {".html", ".rtf"}:
        return parse_text(source)
    source.tell(f"the file is named as text and holds {kind[1:].upper()}", "read as that")
    return PARSERS[kind](source)


def _parse_zip(source: Source) -> Iterable[Row]:
    """Read every file of an archive, in memory; archives inside it are not opened."""
    left = Counter[str]()
    for member in read_zip(source.path or source.read(), source.file):
        name, kind = f"{source.name}/{stem_of(member.name)}", kind_of(member.name)
        if member.problem:
            yield bad_row(name, f"{member.name}: {member.problem}")
        elif kind not in PARSERS or kind == ".zip":
            left[kind or "no ending"] += 1
        else:
            yield from _parse_member(source.part(name, f"{source.file}/{member.name}", member.raw))
    if left:
        source.tell(f"{left.total()} files of other kinds ({tally(left)})", "passed over")


def _parse_member(part: Source) -> Iterable[Row]:
    try:
        yield from parse(part, kind_of(part.file))
    except ArticleError as problem:
        yield {**bad_row(part.name, str(problem)), "_file": part.file}


def tally(kinds: Mapping[str, int]) -> str:
    """Return how many files there are of each kind, such as `2 .pdf, 1 .jpg`."""
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))


def _parse_gzip(source: Source) -> Iterable[Row]:
    """Read the file that was packed, by the name before `.gz` or else by its content."""
    raw, note = inflate(source.read(), source.file)
    if note:
        source.tell(*note.partition(": ")[::2])
    file = re.sub(r"\.gz$", "", source.file, flags=re.IGNORECASE)
    kind = kind_of(file) if kind_of(file) in PARSERS else sniff(raw, source.columns)
    if kind in {".gz", ".zip"}:
        raise ArticleError("there is an archive inside the archive. Unpack it first.")
    yield from PARSERS[kind](source.part(source.name, source.file, raw))


PARSERS: dict[str, Callable[[Source], Iterable[Row]]] = {
    ".txt": _parse_txt,
    ".md": parse_markdown,
    ".html": _parse_page,
    ".htm": _parse_page,
    ".csv": parse_csv,
    ".tsv": parse_tsv,
    ".json": parse_json,
    ".jsonl": parse_jsonl,
    ".ndjson": parse_jsonl,
    ".parquet": parse_parquet,
    ".sqlite": parse_sqlite,
    ".sqlite3": parse_sqlite,
    ".db": parse_sqlite,
    ".docx": parse_docx,
    ".rtf": parse_rtf,
    ".xml": parse_feed,
    ".rss": parse_feed,
    ".warc": parse_warc,
    ".zip": _parse_zip,
    ".gz": _parse_gzip,
}


def parse(source: Source, kind: str) -> list[Row]:
    """Return the rows of a file of one kind, each with the `_file` it came from.

    Raises
    ------
    ArticleError
        If the file cannot be used; the message names it.
    """
    try:
        return [{"_file": source.file, **row} for row in PARSERS[kind](source)]
    except ArticleError as problem:
        message, name = str(problem), source.file.rsplit("/", 1)[-1]
        raise ArticleError(message if name in message else f"{name}: {message}") from None
    except MemoryError:
        raise ArticleError(f"{source.file} does not fit into memory. Split it.") from None


def kind_of(file: str) -> str:
    """Return which parser a file's name asks for, such as `.csv`; empty without an ending."""
    stem = file.lower().replace("\\", "/").rsplit("/", 1)[-1]
    if stem.endswith(".warc.gz"):  # read as a stream, it may be larger than memory
        return ".warc"
    return f".{stem.rsplit('.', 1)[1]}" if "." in stem else ""


def stem_of(file: str) -> str:
    """Return a file's name without the endings that say its kind.

    Examples
    --------
    >>> stem_of("2020/daily.csv.gz"), stem_of("1. ferry")
    ('2020/daily', '1. ferry')
    """
    for _ in range(2):
        stem, dot, ending = file.rpartition(".")
        if stem and f"{dot}{ending}".lower() in PARSERS:
            file = stem
    return file


_MAGIC = {
    b"\x1f\x8b": ".gz", b"SQLite format 3\0": ".db", b"PAR1": ".parquet", b"{\\rtf": ".rtf",
    b"WARC/": ".warc",
}  # fmt: skip
_PAGE = re.compile(rb"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body)\b")


def sniff(raw: bytes, names: Mapping[str, str]) -> str:
    """Tell the kind of bytes that have no name from how they begin; text where nothing fits."""
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            return kind
    if raw.startswith(b"PK\x03\x04"):
        return ".docx" if b"word/" in raw[:4096] else ".zip"
    start = raw[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return ".jsonl" if start.split(b"\n", 1)[0].rstrip().endswith(b"}") else ".json"
    if re.match(rb"\[\s*\{", start):
        return ".json"
    if _PAGE.match(start.lower()):
        return ".html"
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:")):
        return ".html" if b"<html" in start.lower() else ".xml"
    return _sniff_table(start, names)


def _sniff_table(start: bytes, names: Mapping[str, str]) -> str:
    """A table opens with a line of at least two names that a table of articles may have."""
    header = start.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    cells = {re.sub(r"[\W_]+", "", cell).lower() for cell in re.split(r"[,;\t|]", header)}
    plain = {re.sub(r"[\W_]+", "", name).lower() for name in names}
    known = plain.union(*KNOWN_NAMES.values())
    return ".csv" if len(cells & known) > 1 else ".txt"
