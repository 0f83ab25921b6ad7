"""A large text file, record by record: only the lines of one record are in memory."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TextIO

from newsresearch.formats.tables import END, large_cells, swallows_row

__all__ = ["Line", "Record", "read_lines", "split_records"]

# A longer line is cut, and a quotation mark that is open for longer never closes.
LONGEST = 16 * 1024 * 1024
_WINDOWS = "not UTF-8: read as Windows-1252"
_CUT = "the last character is cut off: dropped"


class Line(NamedTuple):
    """A line with its end, what decoding had to do, and its number from 1."""

    text: str
    note: str
    number: int


class Record(NamedTuple):
    """The lines of one article; `spoiled` is one whose quotation mark never closes."""

    text: str
    note: str
    number: int
    spoiled: bool = False


def read_lines(path: Path, universal: bool) -> Iterator[Line]:
    """Yield the lines of a file in UTF-8 or, where a line is none, in Windows-1252.

    Lines end at a line feed, and with `universal` also at a carriage return.
    """
    # Bytes that are no UTF-8 come as surrogates, and so can be had back.
    end = "" if universal else "\n"
    with path.open(encoding="utf-8", errors="surrogateescape", newline=end) as file:
        plain, mixed, number = True, False, 0
        while text := file.readline(LONGEST):
            number += 1
            _skip_rest(file, text)
            text = text.removeprefix("\ufeff") if number == 1 else text
            if text.isascii():
                yield Line(text, "", number)
                continue
            decoded, note = _decode(text, plain, mixed)
            plain, mixed = plain and bool(note), mixed or note == _WINDOWS
            yield Line(decoded, note, number)


def _skip_rest(file: TextIO, text: str) -> None:
    """Pass over what is left of a line that was cut."""
    while len(text) == LONGEST and text[-1] not in "\r\n":
        text = file.readline(LONGEST)


def _decode(text: str, plain: bool, mixed: bool) -> tuple[str, str]:
    """Decode a line again if it is no UTF-8; the lines before it were plain ASCII, or mixed."""
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode(), ""
    except UnicodeDecodeError as problem:
        whole = raw[: problem.start]
        # A last character was cut, and is of no other encoding, where all else is UTF-8.
        only_utf8 = not mixed and not (plain and whole.isascii())
        if problem.reason == "unexpected end of data" and only_utf8:
            return whole.decode(), _CUT
        return raw.decode("cp1252", "replace"), _WINDOWS


def split_records(lines: Iterable[Line], delimiter: str) -> Iterator[Record]:
    """Yield the rows of a CSV file that are not blank, as the text they stand in.

    Where a quotation mark never closes, its line is a record of its own and reading goes on at
    the next one; where it is open to the end among the same lines again, each is read by itself.
    """
    feed, number, tried, fault = _Feed(iter(lines)), 0, 0, _SWALLOWS
    while fault:
        taken, fault = list[Line](), ""
        for taken, fault in _judge_rows(feed, delimiter):
            number += 1
            yield _join(taken[:1] if fault else taken, number)._replace(spoiled=bool(fault))
        again = taken[1:] if fault else []
        if fault == _OPEN_TO_END and taken[0].number <= tried:
            for record in chain.from_iterable(split_records([one], delimiter) for one in again):
                number += 1
                yield record._replace(number=number)
            again = []
        elif fault == _OPEN_TO_END:
            tried = taken[-1].number
        feed.again(again)


_SWALLOWS, _OPEN_TO_END = "swallows another row", "open to the end"


def _judge_rows(feed: _Feed, delimiter: str) -> Iterator[tuple[list[Line], str]]:
    """Yield the lines of each row, and what is wrong with them: then it was the last."""
    for cells in _read_cells(feed, delimiter):
        taken = feed.take()
        if cells == [END]:
            return
        feed.width = feed.width or len(cells)
        fault = _OPEN_TO_END if cells and cells[-1].endswith(END) else ""
        if not fault and swallows_row([ln.text for ln in taken], cells, delimiter, feed.width):
            fault = _SWALLOWS
        if cells:
            yield taken, fault
        if fault:
            return


def _read_cells(feed: _Feed, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        with large_cells():  # not longer than for one row: others may read meanwhile
            cells = next(reader, None)
        if cells is None:
            return
        yield cells


def _join(lines: list[Line], number: int) -> Record:
    """Blank lines before a record are its lines too; the csv module passes over them."""
    text = "".join(line.text for line in lines)
    note = next((line.note for line in lines if line.note), "")
    return Record(text if text.endswith(("\n", "\r")) else f"{text}\n", note, number)


class _Feed:
    """Gives lines to the csv module and keeps those of the record that it is at."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.before: deque[Line] = deque()
        self.end = iter(("\n", END))
        self.taken: list[Line] = []
        self.size = 0
        self.width = 0  # cells of the first row

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Return a line, or the end where there is none or a record has become too long."""
        line = self._next_line() if self.size <= LONGEST else None
        if line is None:
            return next(self.end)
        self.taken.append(line)
        self.size += len(line.text)
        return line.text

    def take(self) -> list[Line]:
        """Return the lines of the record that was read, and forget them."""
        taken, self.taken, self.size = self.taken, [], 0
        return taken

    def again(self, lines: list[Line]) -> None:
        """Give these lines once more, before all others."""
        self.before.extendleft(reversed(lines))
        self.end = iter(("\n", END))

    def _next_line(self) -> Line | None:
        return self.before.popleft() if self.before else next(self.lines, None)
