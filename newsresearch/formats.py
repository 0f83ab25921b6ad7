"""One parser a file format: bytes in, rows of an Articles table out."""

from __future__ import annotations

import csv
import io
import json
import re
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
    for line in re.finditer(r"[^\r\n]+", text):
        stripped = line[0].strip()
        if stripped and not is_furniture(stripped):
            too_long = len(stripped) > _LONGEST_HEADLINE
            return line.start(), line.start() if too_long else line.end()
    return len(text), len(text)


def _parse_csv(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    text, note = decode(raw)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise ArticleError(
            f"the CSV cannot be read: {problem}. Check its quotation marks."
        ) from None
    finally:
        csv.field_size_limit(limit)
    header = _rename([column.strip() for column in lines[0]], names)
    return [
        _csv_row(header, cells, f"{name}:{number}", note)
        for number, cells in enumerate(lines[1:], start=1)
        if cells
    ]


def _csv_row(header: list[str], cells: list[str], name: str, note: str) -> Row:
    if len(cells) != len(header):
        found = f"{len(cells)} cells where the header has {len(header)}"
        return bad_row(name, f"the row has {found}. Check its quotation marks.")
    row: Row = dict(zip(header, cells, strict=True))
    return {"article_id": name, **row, "note": note}


def _parse_jsonl(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    text, note = decode(raw)
    rows = [
        _json_row(line, f"{name}:{number}", names, note)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    good = [row for row in rows if "error" not in row]
    if good:
        _rename(sorted({key for row in good for key in row}), {})
    elif len(rows) == 1:
        raise ArticleError(rows[0]["error"])
    return rows


def _json_row(line: str, name: str, names: dict[str, str], note: str) -> Row:
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        return bad_row(name, f"the line is no JSON: {str(problem)[:80]}.")
    if not isinstance(value, dict):
        return bad_row(name, f"the line is a {type(value).__name__}; an object is needed.")
    renamed = {names.get(str(key), str(key)): item for key, item in value.items()}
    return {"article_id": name, **renamed, "note": note}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _parse_parquet(raw: bytes, name: str, names: dict[str, str]) -> list[Row]:
    try:
        frame = pd.read_parquet(io.BytesIO(raw))
    except ImportError as problem:
        raise ArticleError(
            "Parquet needs pyarrow. Install it with: pip install 'newsresearch[parquet]'."
        ) from problem
    except Exception as problem:  # pyarrow raises a dozen kinds on a damaged file
        raise ArticleError(f"the Parquet file cannot be read: {str(problem)[:80]}.") from None
    return from_frame(frame, names, name)


def from_frame(frame: pd.DataFrame, names: dict[str, str], name: str = "row") -> list[Row]:
    """Return the rows of a table under our names, with an id each."""
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
    """Return the header in our names; refuse one that lacks a required column."""
    unknown = [name for name in names if name not in header]
    if unknown:
        raise ArticleError(f"no column {unknown[0]!r} to rename; found {', '.join(header)}.")
    renamed = [names.get(name, name) for name in header]
    missing = [name for name in REQUIRED[1:] if name not in renamed]
    if missing:
        raise ArticleError(missing_message(missing[0], renamed))
    return renamed
