"""Read articles from text, CSV, JSON Lines and Parquet files, folders and tables.

The text is kept as it was: only the encoding is undone, a byte order mark dropped, and what
no table can hold (lone surrogates, NUL) replaced one for one. What was done is in `note`.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from newsresearch.articles import FIELDS, REQUIRED, ArticleError
from newsresearch.decoding import make_whole
from newsresearch.formats import PARSERS, Row, bad_row, from_frame

__all__ = ["read_articles"]

_LARGEST_FILE = 512 * 1024 * 1024


def read_articles(
    source: str | os.PathLike[str] | bytes | pd.DataFrame, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Read news articles into one Articles table.

    A text file is one article: its headline is the first line that is not page furniture,
    what stands above it goes to `preamble`, the rest to `body`. CSV, JSON Lines and Parquet
    files hold one article a row.

    Parameters
    ----------
    source : path, folder, glob, bytes or DataFrame
        `.txt`, `.csv`, `.jsonl` and `.parquet` files; folders are read with their subfolders,
        links are not followed. Bytes are the content of a text, CSV or JSON Lines file.
    columns : mapping, optional
        Names found in the table -> ours, such as ``{"title": "headline", "text": "body"}``.

    Returns
    -------
    DataFrame
        `article_id` (unique), `headline`, `body`, then `preamble`, `note` (what reading had to
        do) and `error` where any row has one, then every other column. A bad row or a bad
        file of a folder is a row with its reason in `error`.

    Raises
    ------
    ArticleError
        If the source is missing, empty, no text, or has no `headline` or `body`.

    Examples
    --------
    >>> read_articles(b"Bridge opens\\n\\nThe bridge opened.").loc[0, "headline"]
    'Bridge opens'
    """
    names = dict(columns or {})
    if isinstance(source, pd.DataFrame):
        return _finish(from_frame(source, names), "row")
    if isinstance(source, bytes):
        return _finish(_parse(source, "stdin", _sniff(source, names), names), "stdin")
    if not isinstance(source, (str, os.PathLike)):
        found = type(source).__name__
        raise ArticleError(f"articles are read from a path, bytes or a table; found {found}.")
    paths, root = _list_files(source)
    if root is None:
        return _finish(_read_file(paths[0], paths[0].stem, names), paths[0].stem)
    return _finish(_read_many(paths, root, names), "row")


def _list_files(source: str | os.PathLike[str]) -> tuple[list[Path], Path | None]:
    """Return the files to read and, where they may be many, the folder they are in."""
    shown = repr(str(source)[:200])
    try:
        found, root = _look_up(str(source))
    except (OSError, ValueError) as problem:  # a text passed for a path, a bad pattern
        raise ArticleError(f"cannot look up {shown}: {problem!s:.80}. Check the path.") from None
    if found is None:
        raise ArticleError(f"no file or folder at {shown}. Check the path.")
    if not found:
        raise ArticleError(f"no articles at {shown}; files of these kinds are read: {_kinds()}.")
    return found, root


def _look_up(source: str) -> tuple[list[Path] | None, Path | None]:
    path = Path(source)
    if source and path.is_dir():
        return _walk(path), path
    if source and path.exists():
        return [path], None
    return _match(path) if glob.has_magic(source) else (None, None)


def _walk(folder: Path) -> list[Path]:
    """Return the files of a folder that can be read, and the folders that cannot be opened."""
    found: list[Path] = []
    walk = os.walk(folder, onerror=lambda problem: found.append(Path(problem.filename)))
    for here, _, names in walk:
        found += [Path(here, name) for name in names if Path(name).suffix.lower() in PARSERS]
    return sorted(found)


def _match(pattern: Path) -> tuple[list[Path], Path]:
    """Return the files of a glob and the folder it starts from; '**' follows no links."""
    parts = pattern.parts
    first = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    root, inside = Path(*parts[:first]), Path(*parts[first:], *["*"] * (parts[-1] == "**"))
    return sorted(path for path in root.glob(str(inside)) if not path.is_dir()), root


def _kinds() -> str:
    return ", ".join(PARSERS)


def _read_many(paths: Iterable[Path], root: Path, names: dict[str, str]) -> list[Row]:
    rows: list[Row] = []
    for path in paths:
        inside = path.relative_to(root) if path.is_relative_to(root) else path
        name = inside.with_suffix("").as_posix()
        try:
            if path.is_dir():
                raise ArticleError(f"{path.name} is a folder that was not opened.")
            if path.is_symlink() or not path.is_file():
                raise ArticleError(f"{path.name} is a link or no plain file; it is not followed.")
            rows += _read_file(path, name, names)
        except ArticleError as problem:
            rows.append(bad_row(name, str(problem)))
    return rows


def _read_file(path: Path, name: str, names: dict[str, str]) -> list[Row]:
    kind = path.suffix.lower()
    if kind not in PARSERS:
        raise ArticleError(f"{path.name} is of a kind not read yet; these are: {_kinds()}.")
    try:
        if not path.is_file():
            raise ArticleError(f"{path.name} is no plain file. Pass a file, folder or glob.")
        if path.stat().st_size > _LARGEST_FILE:
            raise ArticleError(f"{path.name} is larger than 512 MiB. Split it.")
        raw = path.read_bytes()
    except OSError as problem:
        raise ArticleError(f"cannot read {path.name}: {problem.strerror}.") from problem
    return _parse(raw, name, kind, names, path.name)


def _parse(raw: bytes, name: str, kind: str, names: dict[str, str], file: str = "") -> list[Row]:
    try:
        return PARSERS[kind](raw, name, names)
    except ArticleError as problem:
        message = str(problem)
        raise ArticleError(
            message if not file or file in message else f"{file}: {message}"
        ) from None


def _sniff(raw: bytes, names: Mapping[str, str]) -> str:
    """Tell the format of bytes: an object opens JSON Lines, a header of known columns CSV."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    header = re.split(r"[,;\t|]", start.split(b"\n", 1)[0].decode("utf-8", "replace").strip())
    if start.startswith(b"{"):
        return ".jsonl"
    if re.match(rb"\[\s*\{", start):
        raise ArticleError("this is a JSON array. Write one object a line (JSON Lines).")
    cells = {cell.strip('" ').lower() for cell in header}
    known = {"headline", "body", "title", "text", "content", "article_id", *names}
    return ".csv" if len(cells & known) > 1 else ".txt"


def _finish(rows: list[Row], name: str) -> pd.DataFrame:
    """Make the table: text as text, ids unique, a reason on every row that is bad."""
    seen: dict[str, int] = {}
    cleaned = [_clean(row, number, name, seen) for number, row in enumerate(rows, start=1)]
    optional = [c for c in ("preamble", "note", "error") if any(row.get(c) for row in cleaned)]
    known = [*REQUIRED, "preamble", "note", "error"]
    others = list(dict.fromkeys(key for row in cleaned for key in row if key not in known))
    table = {
        column: pd.Series([row.get(column, "") for row in cleaned], dtype="str")
        for column in (*REQUIRED, *optional)
    }
    table |= {column: pd.Series([row.get(column) for row in cleaned]) for column in others}
    return pd.DataFrame(table)


def _clean(row: Row, number: int, name: str, seen: dict[str, int]) -> Row:
    problems: list[str] = []
    notes: list[str] = []
    clean: Row = {}
    for key, value in row.items():
        clean[make_whole(key, notes)] = (
            make_whole(value, notes) if isinstance(value, str) else value
        )
    if _is_missing(clean.get("preamble")):  # none stood above the headline
        clean.pop("preamble", None)
    for key in (*REQUIRED[1:], *(field for field in FIELDS[:1] if field in clean)):
        if not isinstance(clean.get(key), str):
            problems.append(_not_text(key, clean.get(key)))
            clean[key] = ""
    clean["article_id"] = _unique_id(clean.get("article_id"), f"{name}:{number}", seen, notes)
    error = clean.get("error")
    clean["error"] = "; ".join([error, *problems] if isinstance(error, str) and error else problems)
    note = clean.get("note")
    earlier = [note] if isinstance(note, str) and note else []
    clean["note"] = "; ".join(dict.fromkeys([*earlier, *notes]))
    return clean


def _not_text(key: str, value: Any) -> str:
    if _is_missing(value):
        return f"the {key} is missing"
    return f"the {key} is no text but {type(value).__name__}"


def _is_missing(value: Any) -> bool:
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def _unique_id(value: Any, fallback: str, seen: dict[str, int], notes: list[str]) -> str:
    name = "" if _is_missing(value) else str(value)
    name = name if name.strip() else fallback
    seen[name] = seen.get(name, 0) + 1
    if seen[name] == 1:
        return name
    notes.append(f"article_id {name!r} was taken")
    return _unique_id(f"{name}#{seen[name]}", fallback, seen, notes)
