"""What all commands share: reading what was named, and printing tables."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsresearch.tables import pd

__all__ = [
    "WRITTEN",
    "count_articles",
    "find_source",
    "parse_columns",
    "print_json",
    "read",
    "to_rows",
]

WRITTEN = ".csv, .jsonl, .parquet"
_SHOWN_ISSUES = 20


def read(arguments: argparse.Namespace) -> pd.DataFrame:
    """Read the articles that are named, and tell what was wrong with them."""
    from newsresearch.export import save_table
    from newsresearch.reading import read_with_issues

    source = find_source(arguments)
    if not isinstance(source, (str, bytes)):
        return source
    columns = parse_columns(arguments.columns)
    articles, issues = read_with_issues(
        source, columns, repair=arguments.repair, allow_private=arguments.allow_private
    )
    if arguments.issues:
        save_table(issues, arguments.issues)
    _tell(issues)
    return articles


def find_source(arguments: argparse.Namespace) -> str | bytes | pd.DataFrame:
    """Return what was named: a path, what stands in standard input, or the bundled articles."""
    from newsresearch.datasets import BUNDLED, load_dataset

    if arguments.source in BUNDLED and not Path(arguments.source).exists():
        return load_dataset(arguments.source)
    return sys.stdin.buffer.read() if arguments.source == "-" else str(arguments.source)


def _tell(issues: pd.DataFrame) -> None:
    """Print the first issues of a reading on standard error, and how many more there are."""
    for row in issues.head(_SHOWN_ISSUES).fillna({"line": 0}).to_dict("records"):
        line = f", line {row['line']}" if row["line"] else ""
        place = f"{row['article_id'] or row['file']}{line}"
        print(f"newsresearch: {place}: {row['problem']}: {row['action']}", file=sys.stderr)
    if len(issues) > _SHOWN_ISSUES:
        more = f"{len(issues) - _SHOWN_ISSUES} more; --issues FILE writes them all"
        print(f"newsresearch: and {more}", file=sys.stderr)


def parse_columns(text: str | None) -> dict[str, str]:
    """Turn 'headline=title,body=text' into their names -> ours."""
    pairs = [pair.partition("=") for pair in (text or "").split(",") if pair]
    wrong = [ours for ours, _, theirs in pairs if not theirs]
    if wrong:
        raise ValueError(f"--columns has {wrong[0]!r}. Write OURS=THEIRS, as in headline=title.")
    return {theirs.strip(): ours.strip() for ours, _, theirs in pairs}


_EXACT: dict[str, Any] = {"date_format": "iso", "double_precision": 15}


def to_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as rows of JSON."""
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records", **_EXACT))
    return rows


def print_json(value: Any) -> None:
    """Print JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def count_articles(articles: int) -> str:
    """Say how many articles."""
    return "1 article" if articles == 1 else f"{articles} articles"
