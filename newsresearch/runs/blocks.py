"""A large file in blocks of rows, each by the parser that ``read_articles`` has for the whole.

Each block is parsed with the head that the whole file has, so that columns are mapped alike in
all: the header of a table, or all keys of a JSON Lines file. Rows without an id get one that
says so, for the place in a block is not the place in the file.
"""

from __future__ import annotations

import codecs
import json
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from newsresearch.formats.registry import parse
from newsresearch.formats.source import Row, Source
from newsresearch.formats.tables import DELIMITERS, from_frame, parquet_errors
from newsresearch.issues import Issues
from newsresearch.runs.lines import Line, Record, read_lines, split_records
from newsresearch.tables import pd

__all__ = ["READERS", "UNNAMED", "Block", "Blocks"]

Block = tuple[list[Row], list[Record]]
# A parser makes ids of this name where a row has none; no text has this character.
UNNAMED = "\ufdd1"
_BLOCK = 500


class Blocks(Protocol):
    """One file that can be gone through more than once; it is counted first."""

    def __init__(self, path: Path, kind: str, columns: Mapping[str, str]) -> None: ...

    def count(self) -> int:
        """Count the rows, and learn the head that every block gets."""

    def read(self, issues: Issues) -> Iterator[Block]:
        """Yield rows with the records they were made of."""


class _Text(Blocks):
    """A file of text, cut into records before it is parsed."""

    def __init__(self, path: Path, kind: str, columns: Mapping[str, str]) -> None:
        self.path, self.kind, self.columns = path, kind, columns
        self.head = ""

    @abstractmethod
    def records(self) -> Iterator[Record]:
        """Yield the records of the file, without its header."""

    @abstractmethod
    def parse_block(self, block: list[Record], issues: Issues) -> list[Row]:
        """Return the rows of some records."""

    def read(self, issues: Issues) -> Iterator[Block]:
        """Yield rows with the records they were made of."""
        for block in _group(self.records()):
            yield self.parse_block(block, issues), block

    def parse(self, lines: Iterable[str], issues: Issues) -> list[Row]:
        """Parse some lines as if they were the file."""
        # With its mark nobody guesses the encoding of a piece by its first bytes.
        raw = codecs.BOM_UTF8 + "".join(lines).encode()
        return parse(Source(UNNAMED, self.path.name, self.columns, issues, raw), self.kind)


class _Table(_Text):
    """CSV or TSV: the head is the header."""

    def count(self) -> int:
        """Count the rows, and learn the header."""
        header, records = self._split()
        self.head = header.text
        return sum(1 for _ in records)

    def records(self) -> Iterator[Record]:
        """Yield the records below the header."""
        return self._split()[1]

    def parse_block(self, block: list[Record], issues: Issues) -> list[Row]:
        """Return the rows of some records."""
        return self.parse([self.head, *(record.text for record in block)], issues)

    def _split(self) -> tuple[Record, Iterator[Record]]:
        lines = read_lines(self.path, universal=True)
        first = next((line for line in lines if line.text.strip()), Line("", "", 0))
        delimiter = max(DELIMITERS[self.kind], key=first.text.count)
        records = split_records(chain([first], lines), delimiter)
        header = next(records, Record("", "", 0))
        return header, (record._replace(number=record.number - 1) for record in records)


class _Objects(_Text):
    """JSON Lines: the head is an object with every key of the file."""

    def count(self) -> int:
        """Count the lines, and learn the keys."""
        keys: dict[str, None] = {}
        count = 0
        for record in self.records():
            count += 1
            keys.update(dict.fromkeys(_keys(record.text)))
        self.head = json.dumps(keys) + "\n"
        return count

    def records(self) -> Iterator[Record]:
        """Yield the lines that are not blank."""
        for line in read_lines(self.path, universal=False):
            if line.text.strip():
                yield Record(line.text.rstrip("\n") + "\n", line.note, line.number)

    def parse_block(self, block: list[Record], issues: Issues) -> list[Row]:
        """Return the rows of some lines; whether there are headlines, the head says."""
        *rows, keys = self.parse([*(record.text for record in block), self.head], issues)
        missing = None if "headline" in keys else ""
        return [{"headline": missing, **row} for row in rows]


def _keys(line: str) -> list[str]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return []
    return list(value) if isinstance(value, dict) else []


def _group(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield blocks of records; one whose quotation mark never closes ends its block."""
    block: list[Record] = []
    for record in records:
        block.append(record)
        if record.spoiled or len(block) == _BLOCK:
            yield block
            block = []
    if block:
        yield block


class _Parquet(Blocks):
    """A Parquet table, which has its columns once and for all."""

    def __init__(self, path: Path, kind: str, columns: Mapping[str, str]) -> None:
        self.path, self.columns = path, columns

    def count(self) -> int:
        """Return the number of rows that the file says."""
        with parquet_errors(f"{self.path.name}: "):
            return int(self._open().metadata.num_rows)

    def read(self, issues: Issues) -> Iterator[Block]:
        """Yield rows with their places."""
        source = Source(UNNAMED, self.path.name, self.columns, issues)
        number = 0
        with parquet_errors(f"{self.path.name}: "):
            file = self._open()
            for batch in file.iter_batches(batch_size=_BLOCK):
                frame = batch.to_pandas()
                _restore_index(frame, file.schema_arrow.pandas_metadata or {}, number)
                rows = from_frame(frame, source)
                places = range(number + 1, number + 1 + len(rows))
                yield rows, [Record("", "", place) for place in places]
                number += len(rows)

    def _open(self) -> Any:
        from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

        # Without a buffer, pyarrow holds whole columns of a row group in memory.
        return ParquetFile(self.path, page_checksum_verification=True, buffer_size=1 << 20)


def _restore_index(frame: pd.DataFrame, metadata: Mapping[str, Any], first: int) -> None:
    """Set the index that pandas wrote as a rule for all rows, of which these begin at `first`."""
    for rule in metadata.get("index_columns", []):
        if isinstance(rule, dict) and rule.get("kind") == "range":
            start, step = rule["start"] + first * rule["step"], rule["step"]
            stop = start + len(frame) * step
            frame.index = pd.RangeIndex(start, stop, step, name=rule["name"])


READERS: dict[str, type[Blocks]] = {
    ".csv": _Table, ".tsv": _Table, ".jsonl": _Objects, ".ndjson": _Objects, ".parquet": _Parquet,
}  # fmt: skip
