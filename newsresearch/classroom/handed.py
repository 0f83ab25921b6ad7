"""What readers hand in, in any form, as rows of text with our columns."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode, make_whole
from newsresearch.export import guard_text
from newsresearch.heat import is_missing, records

if TYPE_CHECKING:
    from newsresearch.formats.tables import CsvRow

__all__ = ["COLUMNS", "read_rows"]

# Names that other tools give the columns, in lower case with blanks for other marks.
COLUMNS = {
    "reader": ("reader", "name", "your name", "pupil", "student", "who", "number", "email"),
    "article_id": ("article id", "article"),
    "item": ("item", "question", "q"),
    "field": ("field",),
    "start": ("start",),
    "end": ("end",),
    "lines": ("lines", "line"),
    "quote": ("quote", "passage", "words"),
    "answer": ("answer", "response", "choice"),
    "reason": ("reason", "why", "because", "comment"),
    "problem": ("problem",),
}
_OURS = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
_KINDS = {".csv": ",;\t|", ".tsv": "\t", ".json": ""}
_FIRST, _LAST = ("first name", "forename"), ("last name", "surname", "family name")
_LARGEST = 64 * 1024 * 1024
_LONGEST = 100_000  # characters of a cell: longer than any passage that a class reads


def read_rows(source: Any) -> Iterator[dict[str, str]]:
    """Yield rows with every column as text; a file that cannot be read is a row that says so."""
    if isinstance(source, str | os.PathLike):
        yield from _read_files(_find(source))
    elif isinstance(source, Mapping) or hasattr(source, "columns") or hasattr(source, "rows"):
        yield from _rename(records(source))
    elif isinstance(source, Iterable) and not isinstance(source, bytes):
        parts = list(source)
        if parts and all(isinstance(part, Mapping) for part in parts):
            yield from _rename(parts)
        elif parts and all(isinstance(part, str | os.PathLike) for part in parts):
            yield from _read_files([path for part in parts for path in _find(part)])
        else:
            for part in parts:
                yield from read_rows(part)
    else:
        raise ValueError(
            f"answers are files, rows or a table; found {type(source).__name__}. "
            "Pass a folder with CSV files, or what nr.mark_spans() returns."
        )


def _find(source: str | os.PathLike[str]) -> list[Path]:
    """Return the files of a path, folder or glob; no message names one: pupils name files."""
    path = Path(source)
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if not p.is_dir())
    elif path.exists():
        return [path]
    else:
        root = Path(path.anchor) if path.is_absolute() else Path()
        found = sorted(root.glob(str(path.relative_to(root)))) if str(source).strip() else []
    chosen = [p for p in found if p.suffix.lower() in _KINDS and not p.name.startswith(".")]
    if not chosen:
        raise ValueError(
            f"no answers there; found {len(found)} files, none of them {', '.join(_KINDS)}. "
            "Check the path."
        )
    return chosen


def _read_files(paths: Sequence[Path]) -> Iterator[dict[str, str]]:
    twice = Counter(path.stem for path in paths)
    for number, path in enumerate(paths, start=1):
        name = f"file {number} of {len(paths)}"  # its own name may be that of a pupil
        try:
            rows = list(_rename(_parse(path, name)))
        except Exception as problem:  # one bad file must not lose the others
            # What a parser says may quote the file; our own messages do not.
            why = str(problem) if type(problem) in (ArticleError, _FileError) else "it is damaged"
            yield {**dict.fromkeys(COLUMNS, ""), "problem": f"{name} cannot be read: {why[:200]}"}
            continue
        # The reader of a file that names none is whoever handed it in.
        if not any(row["reader"] for row in rows):
            whose = path.stem + f" {number}" * (twice[path.stem] > 1)
            rows = [{**row, "reader": whose} for row in rows]
        yield from rows


class _FileError(ValueError):
    """A file that cannot be read; its message quotes nothing of it."""


def _parse(path: Path, name: str) -> list[Mapping[str, Any]]:
    kind = path.suffix.lower()
    if kind not in _KINDS:
        raise _FileError(f"it is none of {', '.join(_KINDS)}.")
    if path.stat().st_size > _LARGEST:
        raise _FileError("it is larger than 64 MiB.")
    text, _ = decode(path.read_bytes())
    if kind == ".json":
        return _from_json(text)
    from newsresearch.formats.tables import split_rows

    first, *rows = split_rows(text, _KINDS[kind])
    names = [cell.strip() for cell in first.cells]
    known = [name for name in map(_plain, names) if name in _OURS]
    if len(set(known)) < len(known):
        raise _FileError("two of its columns have the same name. Take one of them out.")
    return [_from_cells(names, row, f"{name}, line {row.line}") for row in rows]


def _from_json(text: str) -> list[Mapping[str, Any]]:
    found = json.loads(text)
    if isinstance(found, dict):
        found = next((cells for cells in found.values() if isinstance(cells, list)), [found])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise _FileError("its JSON is no list of answers.")
    return found


def _from_cells(names: Sequence[str], row: CsvRow, where: str) -> dict[str, str]:
    """Return the cells by their columns; of a row that is not whole those surely in place."""
    cells = dict(zip(names, map(_unguard, row.cells), strict=False))
    if row.is_open:
        return {**cells, "problem": f"{where}: a quotation mark opens here that never closes"}
    if len(row.cells) != len(names):
        found = f"{len(row.cells)} cells where the first line has {len(names)}"
        return {**dict(islice(cells.items(), 1)), "problem": f"{where}: the row has {found}"}
    return cells


def _unguard(cell: str) -> str:
    """Take off the apostrophe that guards a formula."""
    return cell[1:] if cell.startswith("'") and guard_text(cell[1:]) == cell else cell


def _rename(rows: Iterable[Mapping[Any, Any]]) -> Iterator[dict[str, str]]:
    """Yield rows with our columns, as text; what other columns hold is left out."""
    parts = dict.fromkeys(_FIRST, "first") | dict.fromkeys(_LAST, "last")
    for number, row in enumerate(rows):
        found: dict[str, str] = dict.fromkeys(COLUMNS, "")
        whole, is_known = {"first": "", "last": ""}, False
        for key, value in row.items():
            shown = _plain(key)
            cells, name = (whole, parts[shown]) if shown in parts else (found, _OURS.get(shown, ""))
            is_known |= bool(name)
            if name and not cells[name]:
                cells[name] = _text(value)
        found["reader"] = found["reader"] or " ".join(filter(None, whole.values()))
        for name in [name for name in COLUMNS if len(found[name]) > _LONGEST]:
            found |= {name: "", "problem": f"its {name} has more than {_LONGEST:,} characters"}
        if not number and not is_known and row:
            columns = ", ".join(name for name in COLUMNS if name != "problem")
            raise _FileError(f"no column that answers have. Use these: {columns}.")
        yield found


def _plain(name: Any) -> str:
    return " ".join(str(name).strip("\ufeff ").replace("_", " ").lower().split())


def _text(value: Any) -> str:
    if is_missing(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return make_whole(str(value), []).strip()
