"""Rows to table: text as text, ids unique, a reason on every bad row, an issue report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from newsresearch.articles import FIELDS, REQUIRED
from newsresearch.decoding import make_whole, mend_mojibake
from newsresearch.formats.source import HIDDEN, Row
from newsresearch.issues import Issues
from newsresearch.plain import find_masks
from newsresearch.tables import pd

__all__ = ["Counts", "clean_cell", "clean_rows", "finish", "join_notes", "unique_id"]

_OURS = (*REQUIRED, "preamble", "note", "error")


class Counts(Protocol):
    """How often each id was asked for: a dict, or what keeps less of each."""

    def __contains__(self, name: object, /) -> bool: ...
    def __getitem__(self, name: str, /) -> int: ...
    def __setitem__(self, name: str, count: int, /) -> None: ...


def finish(rows: Sequence[Row], name: str, issues: Issues, repair: bool = False) -> pd.DataFrame:
    """Make the Articles table of what was parsed, and report every row that needed something."""
    if not any("headline" in row for row in rows if not row.get("error")):
        rows = [{"headline": "", **row} for row in rows]  # a corpus of bodies only
    cleaned = clean_rows(rows, name, repair)
    for number, (row, place) in enumerate(zip(cleaned, rows, strict=True)):
        _report(row, place, number, issues)
    optional = [column for column in _OURS[3:] if any(row.get(column) for row in cleaned)]
    others = list(dict.fromkeys(key for row in cleaned for key in row if key not in _OURS))
    table = {
        column: pd.Series([row.get(column, "") for row in cleaned], dtype="str")
        for column in (*REQUIRED, *optional)
    }
    table |= {column: pd.Series([row.get(column) for row in cleaned]) for column in others}
    return pd.DataFrame(table)


def clean_rows(rows: Sequence[Row], name: str, repair: bool = False) -> list[Row]:
    """Return rows as a table holds them: text as text, ids unique, and why a row is no good."""
    seen: dict[str, int] = {}
    return [
        _clean(row, f"{name}:{number}", seen, repair) for number, row in enumerate(rows, start=1)
    ]


def _clean(row: Row, fallback: str, seen: dict[str, int], repair: bool) -> Row:
    problems: list[str] = []
    notes: list[str] = []
    clean: Row = {}
    for key, value in row.items():
        if key not in HIDDEN:
            clean[make_whole(key, notes)] = clean_cell(value, notes, repair)
    if _is_missing(clean.get("preamble")):  # none stood above the headline
        clean.pop("preamble", None)
    for key in (*REQUIRED[1:], *(field for field in FIELDS[:1] if field in clean)):
        if not isinstance(clean.get(key), str):
            problems.append(_not_text(key, clean.get(key)))
            clean[key] = ""
    notes += _note_masks(clean["body"])
    clean["article_id"] = unique_id(clean.get("article_id"), fallback, seen, notes)
    clean["error"] = join_notes(clean.get("error"), problems)
    clean["note"] = join_notes(clean.get("note"), notes)
    return clean


def clean_cell(value: Any, notes: list[str], repair: bool) -> Any:
    """Return a text as a table can hold it, and note what was done; all else as it is."""
    if not isinstance(value, str):
        return value
    return mend_mojibake(make_whole(value, notes), notes, repair)


def _note_masks(body: str) -> list[str]:
    """Note the words that NELA-GT and the like have masked with '@'."""
    hidden = sum(body.count("@", start, end) for start, end in find_masks(body))
    return [f"{hidden} words are masked with '@': passed over in scores"] if hidden else []


def join_notes(told: Any, more: Sequence[str]) -> str:
    """Add to a note or an error what is new; what is told twice is told once."""
    earlier = told.split("; ") if isinstance(told, str) and told else []
    return "; ".join(dict.fromkeys([*earlier, *more]))


def _not_text(key: str, value: Any) -> str:
    if _is_missing(value):
        return f"the {key} is missing"
    return f"the {key} is no text but {type(value).__name__}"


def _is_missing(value: Any) -> bool:
    if value is None or isinstance(value, str):  # nearly all cells; these need no pandas
        return value is None
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def unique_id(value: Any, fallback: str, seen: Counts, notes: list[str]) -> str:
    """Return the id of a row; one that a row before it has is numbered, and that is noted."""
    name = "" if _is_missing(value) else str(value)
    if value is not None and not name.strip():
        notes.append("the article_id is empty: made from file and row")
    name = wanted = name if name.strip() else fallback
    while name in seen:
        seen[name] += 1
        name = f"{name}#{seen[name]}"
    seen[name] = 1
    if name != wanted:
        notes.append(f"article_id {wanted!r} was taken: renamed")
    return name


def _report(row: Row, place: Row, number: int, issues: Issues) -> None:
    """Report what was wrong with a row, and what was done."""
    where = {"file": place.get("_file", ""), "line": place.get("_line"), "row": number}
    where["article_id"] = row["article_id"]
    if row["error"]:
        issues.tell(row["error"], "kept as a row; its `error` says why it is not scored", **where)
    for note in filter(None, row["note"].split("; ")):
        problem, _, action = note.partition(": ")
        issues.tell(problem, action or "noted", **where)
