"""The issue report of a reading: what was wrong, where, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newsresearch.tables import pd, to_table

__all__ = ["ISSUE_DTYPES", "Issues"]

ISSUE_DTYPES = {
    "file": "str", "row": "Int64", "line": "Int64", "article_id": "str",
    "problem": "str", "action": "str",
}  # fmt: skip


@dataclass
class Issues:
    """A list that readers add to; ``table`` makes the report of it.

    ``guesses`` are the choices of columns that nobody asked for: who reads is told at once.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def tell(
        self,
        problem: str,
        action: str,
        *,
        file: str = "",
        row: int | None = None,
        line: int | None = None,
        article_id: str = "",
    ) -> None:
        """Add one issue: what was found, and what was done."""
        values = (file, row, line, article_id, problem, action)
        self.rows.append(dict(zip(ISSUE_DTYPES, values, strict=True)))

    def table(self) -> pd.DataFrame:
        """Return the report: `file, row, line, article_id, problem, action`.

        `row` is the row of the Articles table, counted from 0; `line` that of the file, counted
        from 1. Both are missing where an issue concerns the whole file.
        """
        return to_table(self.rows, ISSUE_DTYPES)
