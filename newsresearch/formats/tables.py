"""Tables: CSV, TSV, Parquet and DataFrames, one article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, NamedTuple

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode
from newsresearch.formats.exports import explain_no_body, is_media_cloud
from newsresearch.formats.source import LARGEST_FILE, Row, Source, bad_row, rename
from newsresearch.tables import pd

__all__ = [
    "DELIMITERS",
    "END",
    "CsvRow",
    "from_frame",
    "large_cells",
    "parquet_errors",
    "parse_csv",
    "parse_parquet",
    "parse_tsv",
    "split_rows",
    "swallows_row",
]

DELIMITERS = {".csv": ",;\t|", ".tsv": "\t"}
# A line of our own after the last one: it is swallowed where a quotation mark stays open.
END = "\ufdd0end"


def parse_csv(source: Source) -> list[Row]:
    """Read a table whose cells are parted by comma, semicolon, tab or bar."""
    return _parse_delimited(source, DELIMITERS[".csv"])


def parse_tsv(source: Source) -> list[Row]:
    """Read a table whose cells are parted by tabs."""
    return _parse_delimited(source, DELIMITERS[".tsv"])


def _parse_delimited(source: Source, delimiters: str) -> list[Row]:
    text, note = decode(source.read())
    if text.lstrip("\ufeff \t\r\n")[:15].lower().startswith(("<!doctype", "<html")):
        raise ArticleError("this is an HTML page, not a table. Save it as .html to read it.")
    first, *rows = split_rows(text, delimiters)
    names = [_OPEN] if first.is_open else [name.strip() for name in first.cells]
    header = _read_header(names, source)
    if not rows:
        raise ArticleError("the table has a header but no rows. Check how it was saved.")
    return [
        {**_table_row(header, row, f"{source.name}:{number}"), "note": note}
        for number, row in enumerate(rows, start=1)
    ]


def _read_header(names: list[str], source: Source) -> list[str]:
    """Return the header in our names; where there are no bodies, say whose export it is."""
    if is_media_cloud(names) and not source.columns:
        source.tell("Media Cloud gives no article texts", "the headlines alone were read")
        return rename([*names, "body"], source)[:-1]
    try:
        return rename(names, source)
    except ArticleError as problem:
        raise ArticleError(explain_no_body(names, names) or str(problem)) from None


_OPEN = "a quotation mark opens here that never closes. Close or double it."


class CsvRow(NamedTuple):
    """A row and the line on which it begins.

    Where ``is_open``, a quotation mark opens on that line and never closes: ``cells`` are those
    before it, and what follows on the line is lost.
    """

    line: int
    cells: list[str]
    is_open: bool = False


def split_rows(text: str, delimiters: str) -> list[CsvRow]:
    """Return the rows that are not blank, the header first.

    A quotation mark that never closes spoils its own line only: reading goes on at the next one.
    Where it is open to the end of the file again, each line from there on is read by itself: to
    try all of them anew would take time with the square of their number.

    Examples
    --------
    >>> [row.cells for row in split_rows('id,said\\n1,"Yes\\n2,"No"\\n', ",")]
    [['id', 'said'], ['1'], ['2', 'No']]
    """
    lines = list(io.StringIO(text, newline=""))
    first = next(filter(str.strip, lines))
    try:
        with large_cells():
            return list(_rows(lines, max(delimiters, key=first.count)))
    except csv.Error as problem:
        raise ArticleError(
            f"the CSV cannot be read: {problem}. Check its quotation marks."
        ) from None


@contextmanager
def large_cells() -> Iterator[None]:
    """Let the csv module read cells as large as a file; its limit is that of the whole program."""
    limit = csv.field_size_limit(LARGEST_FILE)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _rows(lines: list[str], delimiter: str) -> Iterator[CsvRow]:
    at, times_open, width = 0, 0, 0
    while at < len(lines):
        stop = at + 1 if times_open > 1 else len(lines)
        goes_on = stop
        for begins, ends, cells in _read(lines, at, stop, delimiter):
            width = width or len(cells or ())
            if cells is None or swallows_row(lines[begins:ends], cells, delimiter, width):
                times_open += cells is None
                before = next(csv.reader([lines[begins]], delimiter=delimiter))[:-1]
                yield CsvRow(begins + 1, before, is_open=True)
                goes_on = begins + 1
                break
            yield CsvRow(begins + 1, cells)
        at = goes_on


def _read(
    lines: list[str], at: int, stop: int, delimiter: str
) -> Iterator[tuple[int, int, list[str] | None]]:
    """Yield where each row begins and ends, and its cells: None where a mark is open to the end."""
    here = (lines[number] for number in range(at, stop))
    begins = at
    reader = csv.reader(chain(here, ("\n", END)), delimiter=delimiter)
    for cells in reader:
        ends = at + reader.line_num
        if cells and cells[-1].endswith(END):
            if cells != [END]:
                yield begins, stop, None
            return
        if cells:
            yield begins, ends, cells
        begins = ends


def swallows_row(lines: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Is another row within the lines of one, whose mark was left open and closed by the other's?

    Its marks do not fit then, and its last line is a row by itself; where the number of cells is
    wrong as well, any line.
    """
    if len(lines) == 1 or width == 1:
        return False
    with large_cells():
        try:
            list(csv.reader(lines, delimiter=delimiter, strict=True))
        except csv.Error:
            later = lines[-1:] if len(cells) == width else lines[1:]
            return any(_is_row(line, delimiter, width) for line in later)
    return False


def _is_row(line: str, delimiter: str, width: int) -> bool:
    """Does a line alone have all cells, and its first mark, if any, at the start of one?"""
    before, mark, _ = line.partition('"')
    is_at_start = not (before and mark) or before.endswith(delimiter)
    return is_at_start and len(next(csv.reader([line], delimiter=delimiter), [])) == width


def _table_row(header: list[str], row: CsvRow, name: str) -> Row:
    cells = dict(zip(header, row.cells, strict=False))
    if row.is_open:
        return bad_row(cells.get("article_id", "").strip() or name, _OPEN, row.line)
    if len(row.cells) != len(header):
        found = f"{len(row.cells)} cells where the header has {len(header)}"
        # Where cells are too many or too few, only the first is surely in its place.
        first = row.cells[0].strip() and header[0] == "article_id"
        told = f"the row has {found}. Check its quotation marks."
        return bad_row(row.cells[0] if first else name, told, row.line)
    return {"article_id": name, **cells, "_line": row.line}


def parse_parquet(source: Source) -> list[Row]:
    """Read a Parquet table; its text columns become text."""
    with parquet_errors():
        # Files of save_table carry checksums; without a look at them a flipped bit is silent.
        options: dict[str, Any] = {"engine": "pyarrow", "page_checksum_verification": True}
        frame = pd.read_parquet(io.BytesIO(source.read()), **options)
        rows = from_frame(frame, source)
    if not rows:
        raise ArticleError("the table has columns but no rows. Check how it was saved.")
    return rows


@contextmanager
def parquet_errors(where: str = "") -> Iterator[None]:
    """Say in our words why a Parquet file cannot be read, after `where`.

    Raises
    ------
    ArticleError
        In place of what pyarrow raised inside.
    """
    try:
        yield
    except (ArticleError, MemoryError):
        raise
    except ImportError as problem:
        raise ArticleError(
            "Parquet needs pyarrow. Install it with: pip install 'newsresearch[parquet]'."
        ) from problem
    except UnicodeDecodeError:  # Arrow looks at its texts only when they are taken out
        told = f"{where}the Parquet file holds text that is no UTF-8. Write it anew."
        raise ArticleError(told) from None
    except Exception as problem:  # pyarrow raises a dozen kinds on a damaged file
        told = f"{where}the Parquet file cannot be read: {_first_line(problem)}."
        raise ArticleError(told) from None


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0][:80].rstrip(". ")


def from_frame(frame: pd.DataFrame, source: Source) -> list[Row]:
    """Return the rows of a table under our names, with an id each."""
    if frame.index.name and frame.index.name not in frame.columns:
        frame = frame.reset_index()  # ids that somebody made the index
    header = rename([str(column) for column in frame.columns], source)
    return [
        {"article_id": f"{source.name}:{number}", **dict(zip(header, values, strict=True))}
        for number, values in enumerate(frame.itertuples(index=False, name=None), start=1)
    ]
