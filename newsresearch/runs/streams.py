"""Input of any size as a stream of rows with the ids, notes and errors of ``read_articles``."""

from __future__ import annotations

import codecs
import hashlib
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from newsresearch.articles import REQUIRED, ArticleError
from newsresearch.decoding import decode
from newsresearch.finishing import clean_cell, join_notes, unique_id
from newsresearch.formats.registry import kind_of, parse, stem_of
from newsresearch.formats.source import Row, Source
from newsresearch.issues import Issues
from newsresearch.reading import Readable, read_with_issues
from newsresearch.runs.blocks import READERS, UNNAMED, Block
from newsresearch.tables import pd

__all__ = ["Stream", "open_stream"]

_NEEDED = (*REQUIRED, "preamble", "note", "error")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True)
class Stream:
    """Input that can be gone through more than once: what it is, its length and its rows.

    The name is that of the file: ids are made of it, and its ending chooses the parser.
    """

    name: str
    sha256: str
    total: int
    rows: Callable[[], Iterator[Row]]
    guesses: str = ""
    unchanged: Callable[[], bool] = lambda: True


def open_stream(
    source: Readable, columns: Mapping[str, str] | None, repair: bool, allow_private: bool
) -> Stream:
    """Look through the input once: count it, hash it, and parse its first rows.

    Parquet, CSV, TSV and JSON Lines files are streamed, whatever their size; all else is read
    as ``read_articles`` reads it, into memory.

    Raises
    ------
    ArticleError
        If ``read_articles`` would refuse it.
    """
    path = Path(source) if isinstance(source, (str, Path)) else None
    kind = _streamed_kind(path) if path else ""
    if path is None or not kind:
        articles, issues = read_with_issues(
            source, columns, repair=repair, allow_private=allow_private
        )
        return _from_table(articles, issues, repair)
    return _from_file(path, kind, dict(columns or {}), repair)


def _streamed_kind(path: Path) -> str:
    """Return the kind of a file that can be streamed; empty for any other, or none."""
    kind = kind_of(path.name)
    try:
        if not path.is_file() or kind not in READERS:
            return ""
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return ""
    if kind != ".parquet" and head.strip():
        if head.startswith(_WIDE) or b"\0" in head:  # UTF-16 has to be decoded as a whole
            return ""
        decode(head)  # a picture named .csv is told at once
    return kind


def _from_table(articles: pd.DataFrame, issues: pd.DataFrame, repair: bool) -> Stream:
    names = [name for name in _NEEDED if name in articles.columns]

    def rows() -> Iterator[Row]:
        cells = zip(*(articles[name] for name in names), strict=True)
        found = (dict(zip(names, row, strict=True)) for row in cells)
        return _name_rows(found, "row", repair)

    digest = hashlib.sha256()
    for row in rows():
        digest.update(json.dumps(row).encode() + b"\n")
    guessed = issues.loc[issues["problem"].str.startswith("columns "), ["problem", "action"]]
    told = "; ".join(f"{row.problem}: {row.action}" for row in guessed.itertuples())
    return Stream("", digest.hexdigest(), len(articles), rows, told)


def _from_file(path: Path, kind: str, columns: dict[str, str], repair: bool) -> Stream:
    def state() -> tuple[int, int] | None:
        try:
            now = path.stat()
        except OSError:  # it has been removed
            return None
        return now.st_size, now.st_mtime_ns

    before = state()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    blocks = READERS[kind](path, kind, columns)
    name = stem_of(path.name)
    total = blocks.count()
    issues = Issues()
    if not total and kind != ".parquet":  # the parser says best what is wrong with the whole
        parse(Source(name, path.name, columns, path=path), kind)
    if next(blocks.read(issues), None) is None or not total:
        raise ArticleError(
            f"{path.name}: the table has columns but no rows. Check how it was saved."
        )

    def rows() -> Iterator[Row]:
        found = chain.from_iterable(_place_rows(b, name) for b in blocks.read(Issues()))
        return _name_rows(found, name, repair)

    told = "; ".join(dict.fromkeys(issues.guesses))
    return Stream(path.name, sha256, total, rows, told, lambda: state() == before)


def _place_rows(block: Block, name: str) -> Iterator[Row]:
    """Give the rows of a block the ids and notes that they have in the whole file."""
    for row, record in zip(*block, strict=True):
        made = str(row.get("article_id", "")).startswith(f"{UNNAMED}:")
        own = {"article_id": f"{name}:{record.number}"} if made else {}
        yield {**row, **own, **({"note": record.note} if record.note else {})}


def _name_rows(rows: Iterable[Row], name: str, repair: bool) -> Iterator[Row]:
    """Keep of each row what scoring needs, with an id that no row before it has."""
    seen = _Digests()
    for number, row in enumerate(rows, start=1):
        kept = {"headline": "", **{key: row[key] for key in _NEEDED if key in row}}
        notes: list[str] = []
        wanted = clean_cell(kept.get("article_id"), notes, repair)
        kept["article_id"] = unique_id(wanted, f"{name}:{number}", seen, notes)
        if notes:
            kept["note"] = join_notes(kept.get("note"), notes)
        yield kept


class _Digests:
    """Counts ids, of which there may be millions: of each only a hash of 8 bytes is kept.

    They stand in an array at the place that they name, or the next free one: a set of Python
    would take ten times the memory. Only for ids that came twice there is a count.
    """

    def __init__(self) -> None:
        self.slots = array("Q", bytes(8 * 1024))
        self.used = 0
        self.counts: dict[int, int] = {}

    def __contains__(self, name: object) -> bool:
        digest = _digest(str(name))
        return self.slots[self._place(digest)] == digest

    def __getitem__(self, name: str) -> int:
        return self.counts.get(_digest(name), 1)

    def __setitem__(self, name: str, count: int) -> None:
        digest = _digest(name)
        place = self._place(digest)
        if self.slots[place] != digest:
            self.slots[place] = digest
            self.used += 1
        if count > 1:
            self.counts[digest] = count
        if self.used * 2 > len(self.slots):
            self._grow()

    def _place(self, digest: int) -> int:
        """Return where a hash stands, or would."""
        last = len(self.slots) - 1
        place = digest & last
        while self.slots[place] not in (0, digest):
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        old, self.slots = self.slots, array("Q", bytes(16 * len(self.slots)))
        for digest in filter(None, old):
            self.slots[self._place(digest)] = digest


def _digest(name: str) -> int:
    """Return a hash that is never 0, which is a free place."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) or 1
