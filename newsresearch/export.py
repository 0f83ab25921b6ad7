"""Tables to files: CSV that reads back exactly, JSON Lines and Parquet; CSV for Excel; findings."""

from __future__ import annotations

import csv
import json
import numbers
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsresearch.articles import ArticleError, name_columns
from newsresearch.files import write_whole
from newsresearch.incoherence import FINDING_DTYPES
from newsresearch.tables import pd

__all__ = [
    "FINDINGS_SCHEMA",
    "findings_to_json",
    "guard_text",
    "save_findings",
    "save_table",
    "unguard_table",
]

# Raised where a reader of the old files would misread the new ones; new members are no reason.
FINDINGS_SCHEMA = "newsresearch.findings/1"

_SURROGATE = re.compile("[\ud800-\udfff]")
# What a spreadsheet skips or does not show before it looks for a formula: blanks, control
# characters, byte order marks, and everything that has no width.
_UNSEEN = re.compile(
    "[\\s\0-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*+"
)
_STARTS = frozenset("=+-@|%'")
_BREAKS = frozenset("\t\r\n")


def save_table(
    table: pd.DataFrame, path: str | os.PathLike[str], *, excel_safe: bool = False
) -> Path:
    """Write a table as .csv, .jsonl or .parquet, whole or not at all.

    In a CSV file all text is in quotation marks and numbers are not, so that the csv module
    reads back every text exactly; a missing cell is empty. The index is not written, folders
    are made, and half characters (lone surrogates), which no file can hold, become U+FFFD.

    Parameters
    ----------
    table : DataFrame
    path : str or path
        Its ending says the format.
    excel_safe : bool
        For a CSV file that someone will open in a spreadsheet: put an apostrophe before every
        text, and column name, that the program could take for a formula. Numbers stay
        numbers. `unguard_table` undoes it. Excel also cuts cells after 32,767 characters,
        which nothing in the file can prevent: for long bodies write Parquet.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ArticleError
        If the ending is another, or the format cannot hold the table.
    OSError
        If the folder is full or read-only; an older file is then still there.
    """
    path = Path(path)
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ArticleError(f"cannot write {path.name!r}. Use one of {', '.join(_WRITERS)}.")
    if not isinstance(table, pd.DataFrame):
        raise ArticleError(f"only a DataFrame is written; found {type(table).__name__}.")
    table = _map_text(table, _mend)
    if excel_safe and path.suffix.lower() == ".csv":
        table = _map_text(table, guard_text)
    content = _encode(table, write, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return path


def unguard_table(table: pd.DataFrame) -> pd.DataFrame:
    """Take off the apostrophes that ``save_table(excel_safe=True)`` put before texts.

    Only for a table that was written so: others lose an apostrophe of their own.

    Examples
    --------
    >>> unguard_table(pd.DataFrame({"headline": ["'=1+1", "Rain"]}))["headline"].tolist()
    ['=1+1', 'Rain']
    """
    return _map_text(table, lambda text: _mend(text).removeprefix("'"))


def guard_text(text: str) -> str:
    """Put an apostrophe before what may be taken for a formula, and before an apostrophe.

    Only the first character that shows is normalised: in a whole text '=' could join a mark
    that follows it and be missed.
    """
    unseen = _UNSEEN.match(text)
    end = unseen.end() if unseen else 0
    first = unicodedata.normalize("NFKC", text[end : end + 1])[:1]
    return f"'{text}" if first in _STARTS or text[:1] in _BREAKS else text


def _mend(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _map_text(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """Change the texts of cells and column names; a column without a change keeps its dtype."""
    changed = table.copy(deep=False)
    names = [_change(name, change) for name in table.columns]
    if any(a is not b for a, b in zip(table.columns, names, strict=True)):
        changed.columns = pd.Index(names, dtype=object)
    for at in range(table.shape[1]):
        column = table.iloc[:, at]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
            continue
        cells = column.tolist()
        new = [_change(cell, change) for cell in cells]
        if any(a is not b for a, b in zip(cells, new, strict=True)):
            changed.isetitem(at, pd.Series(new, dtype=object).array)  # all text: pandas says str
    return changed


def _change(cell: Any, change: Callable[[str], str]) -> Any:
    """Change a text, or an object that CSV would write as a text that needs the change."""
    if isinstance(cell, str):
        new = change(cell)
        return cell if new == cell else new
    if cell is None or isinstance(cell, (numbers.Number, list, dict, tuple)):
        return cell
    text = str(cell)
    new = change(text)
    return cell if new == text else new


def _encode(table: pd.DataFrame, write: Callable[[pd.DataFrame], bytes], path: Path) -> bytes:
    try:
        return write(table)
    except ImportError:
        raise ArticleError(
            "Parquet needs pyarrow. Install it with: pip install 'newsresearch[parquet]'."
        ) from None
    except MemoryError:
        raise
    except Exception as problem:  # pandas and pyarrow raise a dozen kinds
        reason = " ".join(str(problem).split())[:120]
        raise ArticleError(
            f"{path.name} cannot hold this table: {reason}. Make its column names unique and "
            "each column of one kind."
        ) from None


def _to_csv(table: pd.DataFrame) -> bytes:
    text = table.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode()


def _to_jsonl(table: pd.DataFrame) -> bytes:
    text = table.to_json(
        orient="records", lines=True, force_ascii=False, date_format="iso", double_precision=15
    )
    return text.encode()


def _to_parquet(table: pd.DataFrame) -> bytes:
    """Write with a checksum a page: without it a flipped byte is read as another letter."""
    for name, column in table.items():
        kinds = {type(cell) for cell in column} if column.dtype == object else set()
        if {str, bytes} <= kinds:  # pyarrow would quietly make bytes of the texts
            raise TypeError(f"column {name!r} holds both text and bytes")
    options: dict[str, Any] = {"engine": "pyarrow", "write_page_checksum": True}
    return bytes(table.to_parquet(index=False, **options) or b"")


_WRITERS = {".csv": _to_csv, ".jsonl": _to_jsonl, ".parquet": _to_parquet}


# --- findings ---------------------------------------------------------------------------------


def save_findings(findings: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write findings as a JSON file of a documented, stable shape, whole or not at all.

    For programs that are not Python: one object a finding, in the order of the table, with the
    passage that it is compared with as an object of its own. ``data/findings.schema.json`` is
    the JSON Schema of these files. Columns that a Findings table need not have are left out.

    Parameters
    ----------
    findings : Findings table
        As ``find_incoherence`` makes it, or read back from a file.
    path : str or path
        Must end on .json; folders are made.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ArticleError
        If the ending is another, or a column is missing.
    OSError
        If the folder is full or read-only; an older file is then still there.
    """
    path = Path(path)
    if path.suffix.lower() != ".json":
        raise ArticleError(
            f"cannot write {path.name!r}: findings go into a file that ends on .json."
        )
    text = json.dumps(findings_to_json(findings), ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, f"{text}\n".encode())
    return path


def findings_to_json(findings: pd.DataFrame) -> dict[str, Any]:
    """Return findings as JSON holds them: what ``save_findings`` writes.

    Examples
    --------
    >>> from newsresearch.incoherence import find_incoherence
    >>> rain = {"article_id": ["a"], "headline": ["Rain"], "body": ["The the rain fell."]}
    >>> document = findings_to_json(find_incoherence(pd.DataFrame(rain), ["repeated_word"]))
    >>> document["schema"], document["offsets"], document["findings"][0]["end"]
    ('newsresearch.findings/1', 'code points, half-open', 7)
    """
    names = list(map(str, getattr(findings, "columns", [])))
    missing = [name for name in FINDING_DTYPES if name not in names]
    if missing:
        raise ArticleError(
            f"findings need {name_columns(missing)}; found {names}. "
            "Pass a table from nr.find_incoherence()."
        )
    rows = findings[list(FINDING_DTYPES)].astype(object)
    objects = [_finding(row) for row in rows.where(rows.notna(), "").to_dict("records")]
    return {"schema": FINDINGS_SCHEMA, "offsets": "code points, half-open", "findings": objects}


def _finding(row: dict[Any, Any]) -> dict[str, Any]:
    told = {name: _mend(str(row[name])) for name in ("check", "article_id")}
    other = _place(row, "other_") if row["other_field"] else None
    why = {name: _mend(str(row[name])) for name in ("reason", "confidence")}
    return {**told, **_place(row, ""), "other": other, **why}


def _place(row: dict[Any, Any], of: str) -> dict[str, Any]:
    start, end = (int(row[f"{of}{name}"]) for name in ("start", "end"))
    field, quote = (_mend(str(row[f"{of}{name}"])) for name in ("field", "quote"))
    return {"field": field, "start": start, "end": end, "quote": quote}
