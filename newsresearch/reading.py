"""Read articles from whatever people have: files, folders, archives, pages, tables, bytes.

The text is kept as it was: only the encoding is undone, a byte order mark dropped, and what
no table can hold (lone surrogates, NUL) replaced one for one. What was done is in `note`.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeAlias
from urllib.parse import urlsplit

from newsresearch.articles import REQUIRED, ArticleError
from newsresearch.decoding import make_whole
from newsresearch.finding_files import KINDS, FoundFile, find_files
from newsresearch.finishing import finish
from newsresearch.formats.objects import from_objects
from newsresearch.formats.page import extract_page
from newsresearch.formats.registry import kind_of, parse, sniff
from newsresearch.formats.source import LARGEST_FILE, Row, Source, bad_row
from newsresearch.formats.tables import from_frame
from newsresearch.issues import Issues
from newsresearch.tables import pd
from newsresearch.web import fetch

__all__ = ["Readable", "ReadingWarning", "read_articles", "read_with_issues"]

# As a string: pandas need not be there before a table is.
Readable: TypeAlias = (
    "str | os.PathLike[str] | bytes | IO[bytes] | IO[str] | pd.DataFrame | Sequence[dict[str, Any]]"
)


class ReadingWarning(UserWarning):
    """Which columns were taken for which, where nobody said: look whether it is right."""


def read_articles(
    source: Readable,
    columns: Mapping[str, str] | None = None,
    *,
    repair: bool = False,
    allow_private: bool = False,
) -> pd.DataFrame:
    """Read news articles into one Articles table.

    Parameters
    ----------
    source : path, folder, glob, URL, open file, bytes, list of dict, or DataFrame
        `.txt .md .html .docx .rtf` files hold an article each, or the export of a news
        database (Nexis Uni, ProQuest, Factiva); `.csv .tsv .json .jsonl .ndjson .parquet
        .sqlite .db .xml` (RSS, Atom) and `.warc` hold many. Each may be packed as `.gz`, and
        many together as `.zip`. Folders are read with their subfolders, links are not
        followed. A URL is the only thing that is fetched, and only when it is passed.
    columns : mapping, optional
        Names found in the table -> ours, such as ``{"hed": "headline", "copy": "body"}``.
        Well-known names are found without; a ``ReadingWarning`` tells which.
    repair : bool
        Mend mojibake such as 'â€™'. Without, it is kept and noted.
    allow_private : bool
        Let a URL lead to this machine or a private network.

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
    issues = Issues()
    articles = _read(source, columns, issues, repair, allow_private)
    if issues.guesses:
        told = "; ".join(dict.fromkeys(issues.guesses))
        advice = "Pass columns={theirs: ours} to choose others."
        warnings.warn(f"read {told[:300]}. {advice}", ReadingWarning, stacklevel=2)
    return articles


def read_with_issues(
    source: Readable,
    columns: Mapping[str, str] | None = None,
    *,
    repair: bool = False,
    allow_private: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read as ``read_articles`` does, and return the issue report beside the articles.

    Returns
    -------
    articles : DataFrame
        See ``read_articles``.
    issues : DataFrame
        One row an issue: `file`; `row` of the table, from 0, and `line` of the file, from 1
        (missing where it is about the whole file); `article_id`; `problem`, what was wrong;
        `action`, what was done. Guessed columns and files passed over are in it too.

    Examples
    --------
    >>> _, issues = read_with_issues(b"title,text\\nBridge opens,It opened.\\n")
    >>> issues.loc[0, "action"]
    "read as 'headline', 'body'"
    """
    issues = Issues()
    articles = _read(source, columns, issues, repair, allow_private)
    return articles, issues.table()


def _read(
    source: Readable,
    columns: Mapping[str, str] | None,
    issues: Issues,
    repair: bool,
    allow_private: bool,
) -> pd.DataFrame:
    names = _check_columns(columns)
    if isinstance(source, str) and _REMOTE.match(source):
        rows, name = _read_url(source.strip(), names, issues, allow_private), "page"
    elif isinstance(source, (str, os.PathLike)):
        rows, name = _read_path(source, names, issues)
    else:
        rows, name = _read_content(source, names, issues)
    return finish(rows, name, issues, repair)


_REMOTE = re.compile(r"\s*(?:(?:https?|ftps?|file|s3|gs):/|data:)", re.IGNORECASE)


def _check_columns(columns: Any) -> dict[str, str]:
    good = isinstance(columns, Mapping) and all(
        isinstance(name, str) for pair in columns.items() for name in pair
    )
    if columns is not None and not good:
        found = type(columns).__name__
        raise ArticleError(f"columns must map their names to ours; found {found}.")
    return dict(columns or {})


def _read_path(
    path: str | os.PathLike[str], names: dict[str, str], issues: Issues
) -> tuple[list[Row], str]:
    files, alone = find_files(path, issues)
    if alone:
        return _read_file(files[0], names, issues), files[0].name
    rows: list[Row] = []
    for file in files:
        try:
            rows += _read_file(file, names, issues)
        except ArticleError as problem:
            rows.append({**bad_row(file.name, str(problem)), "_file": file.shown})
    return rows, "row"


def _read_file(file: FoundFile, names: dict[str, str], issues: Issues) -> list[Row]:
    if file.problem:
        raise ArticleError(file.problem)
    kind = kind_of(file.path.name)
    return parse(Source(file.name, file.shown, names, issues, path=file.path), kind)


def _read_content(source: Any, names: dict[str, str], issues: Issues) -> tuple[list[Row], str]:
    """Read what is in memory already: a table, objects, bytes or an open file."""
    here = Source("row", "the table", names, issues)
    if isinstance(source, pd.DataFrame):
        return from_frame(source, here), "row"
    if isinstance(source, (list, tuple)) and all(isinstance(item, Mapping) for item in source):
        return from_objects([dict(item) for item in source], here), "row"
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _read_bytes(bytes(source), "stdin", "", names, issues), "stdin"
    if callable(getattr(source, "read", None)):
        file = str(getattr(source, "name", "") or "stdin")
        return _read_bytes(_drain(source), Path(file).stem, file, names, issues), "stdin"
    found = type(source).__name__
    raise ArticleError(f"articles are read from a path, bytes or a table; found {found}.")


def _drain(file: Any) -> bytes:
    """Return what is left in an open file, read as bytes or as text."""
    try:
        content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as problem:  # closed, or not open for reading
        raise ArticleError(f"the open file cannot be read: {problem!s:.80}.") from None
    if isinstance(content, str):
        content = make_whole(content, []).encode()
    if len(content) > LARGEST_FILE:
        raise ArticleError("the open file is larger than 512 MiB. Split it.")
    return bytes(content)


def _read_bytes(
    raw: bytes, name: str, file: str, names: dict[str, str], issues: Issues
) -> list[Row]:
    kind = kind_of(file)
    source = Source(name, Path(file).name or name, names, issues, raw)
    return parse(source, kind if kind in KINDS else sniff(raw, names))


def _read_url(url: str, names: dict[str, str], issues: Issues, allow_private: bool) -> list[Row]:
    """Fetch one address: a page is an article; a feed, table or archive may be many."""
    page = fetch(url, allow_private=allow_private)
    kind = sniff(page.raw, names)
    if kind == ".html" or page.kind in {"text/html", "application/xhtml+xml"}:
        found = extract_page(page.raw, page.url)
        told = {key: text for key, text in found.items() if text or key in REQUIRED}
        return [{"article_id": page.url, "_file": page.url, **told}]
    named = kind_of(urlsplit(page.url).path)
    source = Source(page.url, page.url, names, issues, page.raw)
    return parse(source, named if kind == ".txt" and named in KINDS else kind)
