"""A run at work: which parts are there, which are missing, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.formats.source import Row
from newsresearch.runs.parts import RunFolder, telling
from newsresearch.runs.streams import Stream
from newsresearch.tables import pd

__all__ = ["Progress", "Run"]

# Told after each part: rows done, rows in all, rows with a reason in `error`.
Progress = Callable[[int, int, int], None]
_SUMMARY = {
    "part": "str", "rows": "int64", "errors": "int64", "bytes": "int64", "sha256": "str",
    "state": "str",
}  # fmt: skip
_SELDOM = 100  # parts that are there already go by fast: tell of one in so many


class Run:
    """What is done of a run, and what is being done."""

    def __init__(
        self, home: RunFolder, stream: Stream, chunk: int, progress: Progress | None
    ) -> None:
        self.home, self.stream, self.chunk, self.progress = home, stream, chunk, progress
        self.asked: list[tuple[int, int]] = []
        self.done: dict[int, dict[str, Any]] = {}
        self.rows = self.errors = 0

    def missing(self) -> Iterator[list[Row]]:
        """Yield the rows of each part that is not there yet, and remember which they are."""
        rows = self.stream.rows()
        index = 0
        while part := list(islice(rows, self.chunk)):
            told = self.home.check_part(index, len(part))
            if told is None:
                self.asked.append((index, len(part)))
                yield part
            else:
                self._enter(index, told, "kept")
            index += 1

    def keep(self, number: int, table: pd.DataFrame) -> None:
        """Write what came of the n-th part that was missing.

        Raises
        ------
        ArticleError
            If it has not the rows that were asked for.
        OSError
            If it cannot be written.
        """
        index, size = self.asked[number]
        if len(table) != size:
            raise ArticleError(f"part {index} has {len(table)} rows for {size} articles.")
        first = index * self.chunk
        table.insert(0, "row", pd.RangeIndex(first, first + size).to_series(index=table.index))
        with telling(self.home.part(index), self.rows):
            told = self.home.write_part(index, table)
        self._enter(index, told, "scored")

    def _enter(self, index: int, told: dict[str, Any], state: str) -> None:
        self.done[index] = {"part": self.home.part(index).name, **told, "state": state}
        self.rows += told["rows"]
        self.errors += told["errors"]
        if self.progress and (state == "scored" or index % _SELDOM == 0):
            self.progress(self.rows, self.stream.total, self.errors)

    def finish(self) -> pd.DataFrame:
        """Return the summary, if as many rows came out as went in.

        Raises
        ------
        ArticleError
            If the input has changed meanwhile, or rows are missing.
        """
        if not self.stream.unchanged():
            raise ArticleError(
                f"the input changed while it was read: {self.home.path} may hold scores of both. "
                "Remove it, and run again."
            )
        if self.rows != self.stream.total:
            raise ArticleError(
                f"{self.rows:,} rows came out for {self.stream.total:,} articles. Remove "
                f"{self.home.path}, run again, and report it if that happens twice."
            )
        parts = [self.done[index] for index in sorted(self.done)]
        return pd.DataFrame(parts, columns=list(_SUMMARY)).astype(_SUMMARY)
