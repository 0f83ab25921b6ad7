"""Unpack gzip and ZIP in memory, within limits: nothing is written, no lie about sizes helps."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from newsresearch.articles import ArticleError

__all__ = ["GZIP", "LARGEST", "Member", "check_ratio", "inflate", "read_zip"]

GZIP = b"\x1f\x8b"
LARGEST = 512 * 1024 * 1024  # bytes unpacked, of one file and of all members together
_HIGHEST_RATIO = 200  # news text packs to a third or a fifth, the dullest log to a hundredth
_FREE = 1024 * 1024  # so much may come out of nothing: a short dull file is no bomb
_PIECE = 64 * 1024
_MOST_PARTS = 100_000
_MOST_MEMBERS = 10_000


def check_ratio(unpacked: int, packed: int) -> None:
    """Refuse what grows out of all proportion.

    Raises
    ------
    ArticleError
        If more than 1 MiB was unpacked, and more than 200 times what was packed.
    """
    if unpacked > _FREE and unpacked > _HIGHEST_RATIO * packed:
        raise ArticleError(
            f"it unpacks to more than {_HIGHEST_RATIO} times its size, as no text does: a bomb? "
            "It was not read."
        )


def inflate(raw: bytes, file: str) -> tuple[bytes, str]:
    """Unpack a gzip file, also one of several parts.

    Parameters
    ----------
    raw : bytes
        The packed file.
    file : str
        Its name, for messages.

    Returns
    -------
    content : bytes
        At most 512 MiB. Of a file that is cut off, what could be read; of one with a damaged
        part, the parts before it.
    note : str
        What was wrong and what was done, empty where nothing was.

    Raises
    ------
    ArticleError
        If it is no gzip file, nothing of it can be read, or it unpacks to too much.

    Examples
    --------
    >>> import gzip
    >>> inflate(gzip.compress(b"The bridge opened."), "bridge.txt.gz")
    (b'The bridge opened.', '')
    """
    if not raw.startswith(GZIP):
        raise ArticleError(f"{file} is no gzip file, whatever its name says. Check its ending.")
    out, at, note = io.BytesIO(), 0, ""
    try:
        for _ in range(_MOST_PARTS):
            whole = out.tell()
            at, note = _inflate_part(raw, at, out)
            if note or not raw.startswith(GZIP, at):
                break
        else:
            raise ArticleError(f"it has more than {_MOST_PARTS:,} parts. Unpack it first.")
    except zlib.error:
        # The bytes before the damage were never verified, so they may be wrong ones.
        out.truncate(whole)
        note = f"the gzip file is damaged: {whole:,} bytes before the damage could be read"
    except ArticleError as problem:
        raise ArticleError(f"{file}: {problem}") from None
    return _finish(out, note, raw, at, file)


def _inflate_part(raw: bytes, at: int, out: BinaryIO) -> tuple[int, str]:
    """Unpack one part; return where it ends, and a note if it does not."""
    unpack = zlib.decompressobj(wbits=31)
    while not unpack.eof:
        # Small pieces: what is left of one is copied at every step.
        packed = unpack.unconsumed_tail or raw[at : at + _PIECE]
        at += 0 if unpack.unconsumed_tail else len(packed)
        if not packed:
            return at, f"the gzip file is cut off: {out.tell():,} bytes could be read"
        out.write(unpack.decompress(packed, _FREE))
        check_ratio(out.tell(), at - len(unpack.unconsumed_tail))
        if out.tell() > LARGEST:
            raise ArticleError("it unpacks to more than 512 MiB. Split it.")
    return at - len(unpack.unused_data), ""


def _finish(out: io.BytesIO, note: str, raw: bytes, at: int, file: str) -> tuple[bytes, str]:
    content = out.getvalue()
    if note and not content:
        raise ArticleError(f"{file}: {note.split(':')[0]}; nothing could be read. Get it again.")
    rest = len(raw[at:].strip(b"\0"))  # tapes and some tools pad with zeros
    if rest and not note:
        note = f"{rest:,} bytes stand after the end of the gzip file: passed over"
    return content, note


class Member(NamedTuple):
    """A file of an archive: its name, its content, and why there is none."""

    name: str
    raw: bytes
    problem: str


def read_zip(raw: bytes | Path, file: str) -> Iterator[Member]:
    """Read the files of a ZIP archive in memory; nothing is ever written.

    Folders, and what macOS adds of its own, are passed over. A member that cannot be read, or
    should not be, comes with its `problem` and no content; the others are not touched by it.

    Parameters
    ----------
    raw : bytes or Path
        The archive, at most 512 MiB.
    file : str
        Its name, for messages.

    Yields
    ------
    Member
        `name, raw, problem`, in the order of the archive.

    Raises
    ------
    ArticleError
        If it is no ZIP archive, a damaged one, an empty one, or has over 10,000 members.

    Examples
    --------
    >>> import io, zipfile
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("bridge.txt", "It opened.")
    >>> list(read_zip(packed.getvalue(), "news.zip"))
    [Member(name='bridge.txt', raw=b'It opened.', problem='')]
    """
    try:
        stream = raw.open("rb") if isinstance(raw, Path) else io.BytesIO(raw)
    except OSError as problem:
        raise ArticleError(f"cannot read {file}: {problem.strerror}.") from None
    with stream:
        size = _check_size(stream, file)
        with _open_zip(stream, file) as archive:
            yield from _read_members(archive, size, file)


def _check_size(stream: BinaryIO, file: str) -> int:
    """Return the size of an archive, and refuse one whose list of members would fill memory."""
    size, listed, end = 0, 0, b""
    while piece := stream.read(_FREE):
        size += len(piece)
        listed += (end + piece).count(b"PK\x01\x02")
        end = piece[-3:]
        if size > LARGEST:
            raise ArticleError(f"{file} is larger than 512 MiB. Unpack it first.")
        if listed > 10 * _MOST_MEMBERS:  # archives inside it have lists of their own
            raise _too_many(file)
    return size


def _open_zip(stream: BinaryIO, file: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(stream)
    except Exception as problem:  # zipfile raises half a dozen kinds on a damaged list
        raise ArticleError(
            f"{file} is no ZIP archive, or a damaged one: {str(problem)[:80]}. Get it again."
        ) from None
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise _too_many(file)
    return archive


def _too_many(file: str) -> ArticleError:
    return ArticleError(f"{file} holds more than {_MOST_MEMBERS:,} files. Unpack it first.")


def _read_members(archive: zipfile.ZipFile, size: int, file: str) -> Iterator[Member]:
    left = min(LARGEST, max(_FREE, _HIGHEST_RATIO * size))
    seen: set[str] = set()
    found = False
    for info in archive.infolist():
        name = _name(info)
        if _is_passed_over(info, name):
            continue
        found = True
        member = _read_member(archive, info, name, left, name in seen)
        seen.add(name)
        left -= len(member.raw)
        yield member
    if not found:
        raise ArticleError(f"{file} holds no files.")


def _name(info: zipfile.ZipInfo) -> str:
    """Return a name as it was packed; macOS writes UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & 0x800 and not name.isascii():
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def _is_passed_over(info: zipfile.ZipInfo, name: str) -> bool:
    is_folder = name.endswith("/") or stat.S_ISDIR(info.external_attr >> 16)
    return is_folder or name.startswith("__MACOSX/") or name.endswith(".DS_Store")


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, left: int, is_second: bool
) -> Member:
    shown = name.replace("\0", "\ufffd") or "(no name)"
    problem = "its name is there twice; only the first is taken." if is_second else ""
    problem = problem or _fault(info, name, left)
    if problem:
        return Member(shown, b"", problem)
    try:
        with archive.open(info) as packed:
            return Member(shown, packed.read(info.file_size), "")
    except Exception as fault:  # any kind, from a wrong checksum to an impossible offset
        reason = str(fault)[:80] or type(fault).__name__
        return Member(shown, b"", f"it cannot be unpacked: {reason}. Get the archive again.")


_UNSAFE = re.compile(r"[\\\0]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)|^$")
_PACKED = re.compile(r"\.(?:zip|gz|tgz|bz2|tbz2?|xz|txz|zst|lz4|tar|7z|rar|jar|cab|iso)$", re.I)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _fault(info: zipfile.ZipInfo, name: str, left: int) -> str:
    """Say why a member is not even tried; sizes are as declared, and reading stops at them."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if _UNSAFE.search(name):
        return "its name leads out of the archive or is none. Rename it."
    if kind not in {0, stat.S_IFREG}:
        return "it is a link or no plain file; it is not followed."
    if info.flag_bits & 0x1:
        return "it is encrypted. Unpack it with its password first."
    if _PACKED.search(name):
        return "it is an archive inside the archive. Unpack it first."
    if info.compress_type not in _METHODS:  # zipfile unpacks the others without any limit
        return f"it is packed by a method that is not read ({info.compress_type}). Unpack it first."
    try:
        check_ratio(info.file_size, info.compress_size)
    except ArticleError as problem:
        return str(problem)
    if info.file_size > left:
        return "the archive unpacks to more than 512 MiB or 200 times its size. Unpack it first."
    return ""
