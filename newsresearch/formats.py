"""One parser a file format: bytes in, rows of an Articles table out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd

from newsresearch.articles import REQUIRED, ArticleError, missing_message
from newsresearch.decoding import decode
from newsresearch.furniture import is_furniture

__all__ = ["PARSERS", "Row", "bad_row", "from_frame"]

Row = dict[str, Any]

# No headline is longer: a first line beyond this is body text.
_LONGEST_HEADLINE = 300
_LONGEST_CELL = 512 * 1024 * 1024


def bad_row(name: str, error: str) -> Row:
    """Return a row that keeps its place and says why it could not be read."""
    return {"article_id": name, "headline": "", "body": "", "error": error}


def _parse_text(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    """Read one article: furniture above the headline, the headline, the rest."""
    text, note = decode(raw)
    start, end = _headline_span(text)
    row: Row = {"headline": text[start:end].strip(), "body": text[end:], "preamble": text[:start]}
    trimmed = {field: part.strip("\r\n") for field, part in row.items()}
    if not trimmed["preamble"].strip():
        del trimmed["preamble"]
    return [{"article_id": name, **trimmed, "note": note}]


def _headline_span(text: str) -> tuple[int, int]:
    """Return where the headline is; empty where the body begins at once or never does."""
    for line in re.finditer(r"[^\n\r\v\f\x85\u2028\u2029]+", text):
        stripped = line[0].strip()
        if stripped and not is_furniture(stripped):
            too_long = len(stripped) > _LONGEST_HEADLINE
            return line.start(), line.start() if too_long else line.end()
    return len(text), len(text)


def _parse_csv(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    text, note = decode(raw)
    lines = _split_csv(text.lstrip("\r\n"))
    header = _rename([column.strip() for column in lines[0]], names)
    rows = [
        _csv_row(header, cells, f"{name}:{number}", note)
        for number, cells in enumerate(lines[1:], start=1)
        if cells
    ]
    if not rows:
        raise ArticleError("the table has a header but no rows. Check how it was saved.")
    return rows


# A line of our own after the last one: it is swallowed where a quotation mark stays open.
_END = "\ufdd0end"


def _split_csv(text: str) -> list[list[str]]:
    """Split a table into rows of cells; the last row ends on a mark if it never closes."""
    first = text.replace("\r", "\n").split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise ArticleError(
            f"the CSV cannot be read: {problem}. Check its quotation marks."
        ) from None
    finally:
        csv.field_size_limit(limit)
    return lines[:-1] if lines[-1] == [_END] else lines


def _csv_row(header: list[str], cells: list[str], name: str, note: str) -> Row:
    if cells[-1].endswith(_END):
        return bad_row(name, "a quotation mark opens here that never closes. Close or double it.")
    if len(cells) != len(header):
        found = f"{len(cells)} cells where the header has {len(header)}"
        return bad_row(name, f"the row has {found}. Check its quotation marks.")
    row: Row = dict(zip(header, cells, strict=True))
    return {"article_id": name, **row, "note": note}


def _parse_jsonl(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    text, note = decode(raw)
    lines = [
        (f"{name}:{number}", _read_json(line))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    good = [value for _, value in lines if isinstance(value, dict)]
    if not good and len(lines) == 1:
        raise ArticleError(str(lines[0][1]))
    keys = list(dict.fromkeys(key for value in good for key in value))
    ours = dict(zip(keys, _rename(keys, names), strict=True)) if good else {}
    return [
        {"article_id": line, **{ours[key]: item for key, item in value.items()}, "note": note}
        if isinstance(value, dict)
        else bad_row(line, value)
        for line, value in lines
    ]


def _read_json(line: str) -> dict[str, Any] | str:
    """Return the object of a line, or why there is none."""
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except RecursionError:
        return "the line is no JSON: it is nested too deeply."
    except ValueError as problem:
        return f"the line is no JSON: {str(problem)[:80]}."
    if isinstance(value, dict):
        return value
    return f"the line is a {type(value).__name__}; an object is needed."


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _parse_parquet(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    try:
        rows = from_frame(pd.read_parquet(io.BytesIO(raw)), names, name)
    except ArticleError:
        raise
    except ImportError as problem:
        raise ArticleError(
            "Parquet needs pyarrow. Install it with: pip install 'newsresearch[parquet]'."
        ) from problem
    except Exception as problem:  # pyarrow raises a dozen kinds on a damaged file
        raise ArticleError(f"the Parquet file cannot be read: {str(problem)[:80]}.") from None
    if not rows:
        raise ArticleError("the table has columns but no rows. Check how it was saved.")
    return rows


def from_frame(frame: pd.DataFrame, names: dict[str, str], name: str = "row") -> list[Row]:
    """Return the rows of a table under our names, with an id each."""
    if frame.index.name and frame.index.name not in frame.columns:
        frame = frame.reset_index()  # ids that somebody made the index
    header = _rename([str(column) for column in frame.columns], names)
    return [
        {"article_id": f"{name}:{number}", **dict(zip(header, values, strict=True))}
        for number, values in enumerate(frame.itertuples(index=False, name=None), start=1)
    ]


PARSERS: dict[str, Callable[[bytes, str, dict[str, str]], list[Row]]] = {
    ".txt": _parse_text,
    ".csv": _parse_csv,
    ".jsonl": _parse_jsonl,
    ".parquet": _parse_parquet,
}


def _rename(header: list[str], names: dict[str, str]) -> list[str]:
    """Return the header in our names; refuse one that lacks or doubles a column."""
    unknown = [name for name in names if name not in header]
    if unknown:
        raise ArticleError(f"no column {unknown[0]!r} to rename; found {', '.join(header)}.")
    renamed = [names.get(name, name) for name in header]
    twice = [name for name, count in Counter(renamed).items() if name and count > 1]
    if twice:
        raise ArticleError(f"column {twice[0]!r} is there twice. Rename or drop one of the two.")
    missing = [name for name in REQUIRED[1:] if name not in renamed]
    if missing:
        raise ArticleError(missing_message(missing[0], renamed))
    return renamed
