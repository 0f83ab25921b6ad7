"""Web archives such as CC-NEWS, read as a stream: one article an HTML page.

FastWARC tells the records apart. It takes a file that is cut off for one that ends, hands out
short contents without a word, and unpacks without limit: hence the standard library unpacks
here, lengths and sums are compared, and growth is watched. HTTP it may only pass on: where it
decodes a damaged page, all records behind it are lost.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

from newsresearch.archives import GZIP, check_ratio
from newsresearch.articles import ArticleError
from newsresearch.formats.page import extract_page
from newsresearch.formats.source import Row, Source, bad_row

__all__ = ["decode_body", "parse_warc"]

_LARGEST_HEAD = 64 * 1024
_LARGEST_PAGE = 10 * 1024 * 1024
_READ_AHEAD = 128 * 1024  # packed bytes that gzip has read but not unpacked, at most
_HTML = {"text/html", "application/xhtml+xml"}
_LOST = "The rest of the archive was not read: get the archive again."


def parse_warc(source: Source) -> Iterator[Row]:
    """Read the HTML pages of a web archive, plain or gzip; it may be larger than memory.

    `url` is where the page was fetched, `warc_date` when. Other records are passed over, and
    that is told. A page that cannot be read is a row with its reason. Where the archive is
    damaged or cut off, reading ends with a row that says so; the rows before it stay.

    Raises
    ------
    ArticleError
        If it is no web archive, holds no HTML page, or FastWARC is not installed.
    """
    passed, rows = Counter[str](), 0
    with source.open() as file:
        for number, record in enumerate(_read_records(file), 1):
            try:
                row = _read_record(record, passed)
            except ArticleError as problem:
                row = bad_row("", f"record {number}: {problem}")
            if row is not None:
                rows += 1
                url = record.headers.get("warc-target-uri", "").strip("<>")
                yield {**row, "article_id": f"{source.name}:{number}", "url": url}
    for what, count in passed.items():
        source.tell(f"{count} records {what}", "passed over")
    if not rows:
        raise ArticleError("the web archive holds no HTML page that was there.")


class _Record(NamedTuple):
    """A record: its headers, in lower case, and its content, or why that cannot be read."""

    headers: dict[str, str]
    content: bytes = b""
    problem: str = ""


class _Unpacked:
    """The unpacked content of an archive, in pieces; damage is an error and not the end."""

    def __init__(self, file: BinaryIO, is_packed: bool) -> None:
        self.file = file
        self.content: Any = gzip.GzipFile(fileobj=file) if is_packed else file
        self.begins = self.unpacked = 0  # of the window in which the ratio is checked

    def read(self, size: int) -> bytes:
        try:
            # Not read(): it would drop what stands before a damaged place.
            piece: bytes = self.content.read1(size)
        except (EOFError, OSError, zlib.error):
            raise ArticleError("the archive is cut off or damaged here.") from None
        at = self.file.tell()
        if at - self.begins > 8 * _READ_AHEAD:  # a good beginning must not pay for a bomb
            self.begins, self.unpacked = at, 0
        self.unpacked += len(piece)
        check_ratio(self.unpacked, at - self.begins + _READ_AHEAD)
        return piece

    def tell(self) -> int:  # FastWARC asks where it begins
        return 0


def _read_records(file: BinaryIO) -> Iterator[_Record]:
    """Yield every record; the last one may be a problem, as FastWARC cannot go on behind it."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as problem:
        raise ArticleError(
            "web archives need FastWARC. Install it with: pip install 'newsresearch[web]'."
        ) from problem
    stream: Any = _Unpacked(file, _check_kind(file))
    try:
        for record in ArchiveIterator(
            stream, parse_http=False, stream_detect=False, max_header_len=_LARGEST_HEAD
        ):
            # Of headers that are there twice it takes the first, too.
            headers = {name.lower(): value for name, value in reversed(record.headers.items())}
            yield _Record(headers, _read_content(record, headers))
    except ArticleError as problem:
        yield _Record({}, problem=f"{problem} {_LOST}")
    except OSError:
        yield _Record({}, problem=f"it does not begin as a record, or its head has no end. {_LOST}")


def _check_kind(file: BinaryIO) -> bool:
    """Tell whether an archive is packed; refuse what is none."""
    head = file.read(_LARGEST_HEAD)
    file.seek(0)
    is_packed = head.startswith(GZIP)
    if is_packed:
        with suppress(zlib.error):
            head = zlib.decompressobj(wbits=31).decompress(head, 16)
    if not head.startswith(b"WARC/"):
        is_old = head.startswith(b"filedesc:")
        kind = "a web archive of the old ARC kind" if is_old else "no WARC archive"
        raise ArticleError(f"this is {kind}, whatever its name says. Convert it to .warc.gz.")
    return is_packed


def _read_content(record: Any, headers: Mapping[str, str]) -> bytes:
    """Return the content, or what of it is too large already, and go to its end."""
    length = headers.get("content-length", "")
    if re.fullmatch(r"[0-9]{1,15}", length):
        most = _LARGEST_HEAD + _LARGEST_PAGE + 1
        content: bytes = record.reader.read(min(int(length), most))
        if len(content) + record.consume() == int(length):
            return content
    raise ArticleError("it is cut off, or its length is wrong or not told.")


def _read_record(record: _Record, passed: Counter[str]) -> Row | None:
    """Return the row of an HTML page; None for other records, which are counted."""
    if record.problem:
        raise ArticleError(record.problem)
    kind = record.headers.get("warc-type", "").lower()
    if kind in {"warcinfo", "request", "metadata"}:  # they only describe other records
        return None
    if kind != "response" or "http" not in record.headers.get("content-type", ""):
        passed["are no HTML pages"] += 1
        return None
    end = re.search(rb"\r?\n\r?\n", record.content[:_LARGEST_HEAD])
    status = re.match(rb"HTTP/[\d.]{1,9} +(\d{3})\b", record.content)
    if not end or not status:
        raise ArticleError("its HTTP headers cannot be read.")
    headers = _split_headers(record.content[: end.start()])
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in _HTML:
        passed["are no HTML pages"] += 1
    elif not status[1].startswith(b"2"):
        passed["are pages that were not there (HTTP 404 and the like)"] += 1
    else:
        return _read_page(record, decode_body(record.content[end.end() :], headers))
    return None


def _split_headers(head: bytes) -> dict[str, str]:
    # The standard library loses all behind a line that is no header; FastWARC wants CR LF.
    lines = [line.partition(":") for line in head.decode("latin-1").split("\n")[1:]]
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _read_page(record: _Record, body: bytes) -> Row:
    page = extract_page(body, record.headers.get("warc-target-uri", "").strip("<>"))
    told = {key: value for key, value in page.items() if value}
    row = {"headline": "", "body": "", **told, "warc_date": record.headers.get("warc-date", "")}
    if not _is_sum_right(record):
        wrong = "its check sum is wrong: the page may be damaged"
        row["note"] = "; ".join(filter(None, (row.get("note"), wrong)))
    return row


def _is_sum_right(record: _Record) -> bool:
    """Check the usual kind of sum. FastWARC would hold all that the record claims to be."""
    kind, _, told = record.headers.get("warc-block-digest", "").partition(":")
    found = base64.b32encode(hashlib.sha1(record.content, usedforsecurity=False).digest()).decode()
    return kind.lower() != "sha1" or len(told) != len(found) or told.upper() == found


_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
_TOO_LARGE = "the page is larger than 10 MiB."


def decode_body(raw: bytes, headers: Mapping[str, str]) -> bytes:
    """Undo the codings of an HTTP body; what is plain against its headers stays.

    Raises
    ------
    ArticleError
        If it is damaged, cut off, coded otherwise, or larger than 10 MiB.
    """
    if len(raw) > _LARGEST_PAGE:
        raise ArticleError(_TOO_LARGE)
    told = {key.lower(): value.lower() for key, value in headers.items()}
    if "chunked" in told.get("transfer-encoding", ""):
        raw = _join_chunks(raw)
    codings = [coding.strip() for coding in told.get("content-encoding", "").split(",")]
    for coding in codings[:-4:-1]:
        # Many archives keep the header of what they have unpacked already.
        if coding not in {"", "identity", "none"} and raw[:64].lstrip()[:1] != b"<":
            raw = _unpack(raw, coding)
    return raw


def _join_chunks(raw: bytes) -> bytes:
    chunks: list[bytes] = []
    at = 0
    while found := _CHUNK.match(raw, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(raw[found.end() : found.end() + size])
        at = found.end() + size + 2
    if not chunks:
        return raw  # joined already
    raise ArticleError("the page came in chunks, and they are damaged or cut off.")


def _unpack(raw: bytes, coding: str) -> bytes:
    from fastwarc.stream_io import BrotliReader

    try:
        if coding == "br":
            content = BrotliReader(io.BytesIO(raw)).read(_LARGEST_PAGE + 1)
        elif coding in {"gzip", "x-gzip", "deflate"}:
            # 'deflate' was never clear: with the header of zlib, or bare.
            is_bare = coding == "deflate" and not (raw[:1] == b"\x78" or raw.startswith(GZIP))
            unpack = zlib.decompressobj(wbits=-15 if is_bare else 47)
            content = unpack.decompress(raw, _LARGEST_PAGE + 1)
            if not unpack.eof and len(content) <= _LARGEST_PAGE:
                raise EOFError
        else:
            raise ArticleError(f"the page is coded as {coding[:20]!r}, which is not read.")
    except (EOFError, OSError, zlib.error):
        raise ArticleError(f"the packed page is damaged or cut off ({coding}).") from None
    if len(content) > _LARGEST_PAGE:
        raise ArticleError(_TOO_LARGE)
    return content
