"""Tables: CSV, TSV, Parquet and DataFrames, one article a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode
from newsresearch.formats.exports import explain_no_body, is_media_cloud
from newsresearch.formats.source import LARGEST_FILE, Row, Source, bad_row, rename
from newsresearch.tables import pd

__all__ = [
    "DELIMITERS",
    "END",
    "from_frame",
    "parquet_errors",
    "parse_csv",
    "parse_parquet",
    "parse_tsv",
    "split_lines",
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
    (_, names), *lines = split_lines(text, delimiters)
    header = _read_header([name.strip() for name in names or [_OPEN]], source)
    if not lines:
        raise ArticleError("the table has a header but no rows. Check how it was saved.")
    return [
        {**_table_row(header, cells, f"{source.name}:{number}", line), "note": note}
        for number, (line, cells) in enumerate(lines, start=1)
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


def split_lines(text: str, delimiters: str) -> list[tuple[int, list[str] | None]]:
    """Return the rows that are not blank, each with the line on which it begins.

    A quotation mark that never closes spoils its own line only (None): reading goes on at the
    next one. Where that happens again, each line from there on is read by itself: to try all
    of them anew would take time with the square of their number.
    """
    lines = list(io.StringIO(text, newline=""))
    first = next(filter(str.strip, lines))
    delimiter = max(delimiters, key=first.count)
    limit = csv.field_size_limit(LARGEST_FILE)
    try:
        rows, opened = _split_cells(lines, delimiter)
        if opened is None:
            return rows
        rest, again = _split_cells(lines[opened:], delimiter)
        rows += [(opened, None), *((opened + line, cells) for line, cells in rest)]
        for at in range(opened + again - 1 if again else len(lines), len(lines)):
            alone, spoiled = _split_cells([lines[at]], delimiter)
            rows += [(at + 1, None)] if spoiled else [(at + 1, cells) for _, cells in alone]
        return rows
    except csv.Error as problem:
        raise ArticleError(
            f"the CSV cannot be read: {problem}. Check its quotation marks."
        ) from None
    finally:
        csv.field_size_limit(limit)


def _split_cells(
    lines: list[str], delimiter: str
) -> tuple[list[tuple[int, list[str] | None]], int | None]:
    """Return the rows and, if a quotation mark is open at the end, the line that opens it."""
    rows: list[tuple[int, list[str] | None]] = []
    begins = 1
    reader = csv.reader([*lines, "\n", END], delimiter=delimiter)
    for cells in reader:
        if cells and cells[-1].endswith(END):
            return rows, None if cells == [END] else begins
        if cells:
            rows.append((begins, cells))
        begins = reader.line_num + 1
    return rows, None


def _table_row(header: list[str], cells: list[str] | None, name: str, line: int) -> Row:
    if cells is None:
        return bad_row(name, _OPEN, line)
    if len(cells) != len(header):
        found = f"{len(cells)} cells where the header has {len(header)}"
        # Where cells are too many or too few, only the first is surely in its place.
        first = cells[0] if header[0] == "article_id" and cells[0].strip() else name
        return bad_row(first, f"the row has {found}. Check its quotation marks.", line)
    return {"article_id": name, **dict(zip(header, cells, strict=True)), "_line": line}


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
