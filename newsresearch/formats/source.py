"""One file as a parser sees it, and the rows that a parser returns."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from newsresearch.articles import ArticleError
from newsresearch.columns import map_columns
from newsresearch.issues import Issues

__all__ = ["HIDDEN", "LARGEST_FILE", "Row", "Source", "bad_row", "rename"]

# Keys are columns; those hidden say where a row comes from, for the issue report.
Row = dict[str, Any]
HIDDEN = ("_file", "_line")

LARGEST_FILE = 512 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """The content of a file, its names, and where to tell what was wrong with it."""

    name: str
    file: str
    columns: Mapping[str, str] = field(default_factory=dict)
    issues: Issues = field(default_factory=Issues)
    raw: bytes | None = None
    path: Path | None = None

    def read(self) -> bytes:
        """Return the whole content.

        Raises
        ------
        ArticleError
            If it is larger than 512 MiB or cannot be read.
        """
        if self.raw is not None:
            return self.raw
        with self.open() as file:
            raw = file.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            raise ArticleError(f"{self.file} is larger than 512 MiB. Split it.")
        return raw

    def open(self) -> BinaryIO:
        """Open the content as a stream, for formats that need not be held in memory."""
        if self.path is None:
            return io.BytesIO(self.raw or b"")
        try:
            return self.path.open("rb")
        except OSError as problem:
            raise ArticleError(f"cannot read {self.file}: {problem.strerror}.") from problem

    def part(self, name: str, file: str, raw: bytes) -> Source:
        """Return a file that was inside this one."""
        return replace(self, name=name, file=file, raw=raw, path=None)

    def tell(self, problem: str, action: str, line: int | None = None) -> None:
        """Report something about the whole file."""
        self.issues.tell(problem, action, file=self.file, line=line)


def bad_row(name: str, error: str, line: int | None = None) -> Row:
    """Return a row that keeps its place and says why it could not be read."""
    row: Row = {"article_id": name, "headline": "", "body": "", "error": error}
    return row if line is None else {**row, "_line": line}


def rename(found: Sequence[str], source: Source) -> list[str]:
    """Return the columns of a table in our names, and tell what was guessed.

    Raises
    ------
    ArticleError
        See ``columns.map_columns``.
    """
    renamed, guessed = map_columns(found, source.columns)
    if "headline" not in (renamed.get(name, name) for name in found):
        source.issues.guesses.append("no column as headline")
        source.tell("there is no column of headlines", "headlines are left empty")
    if guessed:
        theirs, ours = (", ".join(map(repr, names)) for names in (guessed, guessed.values()))
        source.issues.guesses.append(", ".join(f"{a!r} as {b}" for a, b in guessed.items()))
        source.tell(f"columns {theirs} are not named as ours", f"read as {ours}")
    # A column of that name would be taken for what the parsers put there themselves.
    return [f"{ours}_" if ours in HIDDEN else ours for ours in (renamed.get(n, n) for n in found)]
