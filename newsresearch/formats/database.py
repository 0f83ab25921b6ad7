"""SQLite databases such as NELA-GT: every table that has headlines and bodies, never changed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.columns import map_columns
from newsresearch.decoding import decode
from newsresearch.formats.source import LARGEST_FILE, Row, Source, bad_row, rename
from newsresearch.plain import find_masks

__all__ = ["parse_sqlite"]

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes
_MOST_ROWS = 1_000_000
_MOST_FAULTS = 20  # bad rows of a table until the rest of it is given up
_LARGEST_CELL = 64 * 1024 * 1024
_STEP, _MOST_STEPS = 1_000_000, 1_000  # instructions of the engine without a row


def parse_sqlite(source: Source) -> Iterator[Row]:
    """Read every table of an SQLite database that has headlines and bodies.

    Opened read-only; views are not read, for they can compute without end. Each row keeps
    its other columns; binary cells that are no text are left out, and that is told.

    Raises
    ------
    ArticleError
        If it is no SQLite database, cut off, damaged or empty, or no table has the columns.
    """
    _check_header(source)
    try:
        with closing(_connect(source)) as database:
            _protect(database)
            yield from _read_tables(database, source)
    except (sqlite3.Error, ValueError) as problem:
        if isinstance(problem, ArticleError):
            raise
        raise ArticleError(
            f"the SQLite database cannot be read: {str(problem)[:80]}. Copy it again."
        ) from None


def _check_header(source: Source) -> None:
    """Refuse what SQLite would take for something else, or read as rows of nothing."""
    with source.open() as file:
        head = file.read(_HEADER)
        size = file.seek(0, 2)
    if not head:
        raise ArticleError("the file is empty.")
    if not head.startswith(_MAGIC) or len(head) < _HEADER:
        raise ArticleError("this is no SQLite database, or an encrypted one. Export it as CSV.")
    page = int.from_bytes(head[16:18], "big")
    # The number of pages is right only if the last writer also wrote the second counter.
    told = int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
    if head[24:28] == head[92:96] and told > size:
        raise ArticleError(
            f"the database is cut off: {size:,} of {told:,} bytes are there. Copy it again."
        )


def _connect(source: Source) -> sqlite3.Connection:
    if source.path is not None:
        _warn_of_journals(source.path, source)
        # Immutable: no lock is taken, nothing is written beside it, no journal is played back.
        address = f"{source.path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True)
    database = sqlite3.connect(":memory:")
    raw = source.read()
    if b"\2" in raw[18:20]:  # kept with a write-ahead log, which memory cannot have
        raw = raw[:18] + b"\1\1" + raw[20:]
    database.deserialize(raw)
    return database


def _warn_of_journals(path: Path, source: Source) -> None:
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size:
            problem = f"{beside.name} holds changes that were never written into the database"
            source.tell(problem, "they were not read; open and close it with its own program")


def _protect(database: sqlite3.Connection) -> None:
    """Let nothing that a file brings along run, write, or go on for ever."""
    for pragma in (
        "trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0",
        "ignore_check_constraints=ON",
    ):  # fmt: skip
        database.execute(f"PRAGMA {pragma}")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_CELL)
    database.text_factory = _decode_cell


class _Cell(str):
    """Text that was not UTF-8."""


def _decode_cell(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _Cell(raw.decode("cp1252", "replace"))


def _read_tables(database: sqlite3.Connection, source: Source) -> Iterator[Row]:
    tables = _list_tables(database)
    chosen = _choose(tables, source)
    if len(chosen) > 1:
        source.tell(f"{len(chosen)} tables hold articles ({_join(chosen)})", "all were read")
    is_large = source.path is not None and source.path.stat().st_size > LARGEST_FILE
    if is_large:
        source.tell("the database is larger than 512 MiB", "not checked for damage beforehand")
    told, watch = Counter[str](), _Watch()
    database.set_progress_handler(watch.tick, _STEP)
    for table, header in chosen.items():
        if not is_large:
            _check_table(database, table)
        name = f"{source.name}:{table}" if len(chosen) > 1 else source.name
        # No value is ever put into a query, only names, which are quoted.
        query = f"SELECT {_join(tables[table], 99_999)} FROM {_quote(table)}"  # noqa: S608
        for number, cells in enumerate(_fetch(database, watch, query, told), start=1):
            yield _make_row(header, cells, f"{name}:{number}", number, told)
    _report(told, source)


def _list_tables(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the columns of every table that is stored; computed columns are not among them."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    tables = [name for (name,) in database.execute(query)]
    return {
        table: [row[1] for row in database.execute(f"PRAGMA table_info({_quote(table)})")]
        for table in tables
    }


def _choose(tables: dict[str, list[str]], source: Source) -> dict[str, list[str]]:
    """Return the columns in our names of the tables that have a headline and a body.

    Where no table has a headline, those with a body will do.
    """
    ours: dict[str, list[str]] = {}
    reason = ""
    for table, columns in tables.items():
        try:
            renamed, _ = map_columns(columns, source.columns)
            ours[table] = [renamed.get(name, name) for name in columns]
        except ArticleError as problem:
            reason = str(problem)
    whole = [table for table, names in ours.items() if "headline" in names]
    if ours:
        return {table: rename(tables[table], source) for table in whole or ours}
    if len(tables) == 1:
        raise ArticleError(reason)
    found = "; ".join(f"{_quote(table)} ({_join(tables[table])})" for table in [*tables][:8])
    raise ArticleError(
        f"no table has a headline and a body; found {found[:600] or 'no tables'}. "
        "Pass columns={theirs: ours} to nr.read_articles()."
    )


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _join(names: Sequence[str] | dict[str, Any], most: int = 12) -> str:
    return ", ".join(map(_quote, [*names][:most]))


class _Watch:
    """Stops the engine when it works on and on without a row."""

    def __init__(self) -> None:
        self.steps = 0

    def tick(self) -> bool:
        """Count some work, and tell whether it was too much."""
        self.steps += 1
        return self.steps > _MOST_STEPS


def _check_table(database: sqlite3.Connection, table: str) -> None:
    """Refuse a damaged table: SQLite would read other text from it without a word."""
    for (told,) in database.execute(f"PRAGMA quick_check({_quote(table)})"):
        # Rules that its makers broke themselves are no damage.
        if told != "ok" and not told.startswith(("NULL value in", "CHECK constraint", "non-")):
            line = " ".join(told.split())[:80]
            raise ArticleError(
                f"table {_quote(table)} is damaged: {line}. Mend it with sqlite3's '.recover'."
            )


def _fetch(
    database: sqlite3.Connection, watch: _Watch, query: str, told: Counter[str]
) -> Iterator[tuple[Any, ...] | str]:
    """Yield the cells of each row, or why they cannot be read; go on behind a bad one."""
    at, faults = 0, 0
    while faults < _MOST_FAULTS:
        watch.steps = 0
        try:
            for cells in database.execute(f"{query} LIMIT -1 OFFSET {at}"):
                if told["rows"] == _MOST_ROWS:
                    told["capped"] = 1
                    return
                watch.steps = 0
                at += 1
                told["rows"] += 1
                yield cells
            return
        except sqlite3.Error as problem:
            reason = f"the row cannot be read: {str(problem)[:80]}."
        # Python drops a good row when the step behind it fails: ask for it once more.
        watch.steps = 0
        again = _fetch_one(database, f"{query} LIMIT 1 OFFSET {at}")
        at += 1
        faults += again is None
        told["rows"] += 1
        yield again or reason
    told["given up"] += 1


def _fetch_one(database: sqlite3.Connection, query: str) -> tuple[Any, ...] | None:
    try:
        cells: tuple[Any, ...] | None = database.execute(query).fetchone()
    except sqlite3.Error:
        return None
    return cells


def _make_row(
    header: list[str], cells: tuple[Any, ...] | str, name: str, number: int, told: Counter[str]
) -> Row:
    if isinstance(cells, str):
        return bad_row(name, cells, number)
    row: Row = {"article_id": name, **dict(zip(header, cells, strict=True))}
    notes = ["not UTF-8: read as Windows-1252"] if any(type(c) is _Cell for c in cells) else []
    for column in [column for column, cell in row.items() if isinstance(cell, bytes)]:
        try:
            row[column] = _read_blob(row[column], notes)
        except ArticleError as problem:
            if column in {"headline", "body"}:
                return bad_row(name, f"the {column} is binary: {problem}", number)
            row[column] = None
            told[f"binary cells in column {column!r}"] += 1
    told["masked"] += bool(isinstance(row["body"], str) and find_masks(row["body"]))
    row = {key: str(value) if type(value) is _Cell else value for key, value in row.items()}
    return {**row, "note": "; ".join(notes)} if notes else row


def _read_blob(raw: bytes, notes: list[str]) -> str:
    """Return the text that a program stored as binary data."""
    if not raw:
        return ""
    text, note = decode(raw)
    notes += [note] * bool(note)
    return text


def _report(told: Counter[str], source: Source) -> None:
    if not told["rows"]:
        raise ArticleError("the table has columns but no rows. Check how it was saved.")
    if told["masked"]:
        problem = f"{told['masked']:,} bodies are masked with '@': words of them are missing"
        source.tell(problem, "read as they are; compare no lengths with unmasked texts")
    if told["capped"]:
        source.tell(f"more than {_MOST_ROWS:,} rows", "the first ones were read")
    if told["given up"]:
        problem = f"more than {_MOST_FAULTS} rows of a table cannot be read"
        source.tell(problem, "the rest of the table was given up")
    for what, count in told.items():
        if what.startswith("binary"):
            source.tell(f"{count:,} {what}", "left out")
