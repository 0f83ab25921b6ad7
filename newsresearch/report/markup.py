"""Small markup that several sections share: tables, pairs, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from newsresearch.marks import escape
from newsresearch.tables import pd

__all__ = ["number", "pairs_html", "section_html", "table_html", "value"]


def section_html(anchor: str, name: str, title: str, level: int, inner_html: str) -> str:
    """Return a heading that can be linked to, and what stands below it."""
    return f'<h{level} id="{anchor}-{name}">{title}</h{level}>\n{inner_html}'


def table_html(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = ""
) -> str:
    """Return a table from markup; the first cell of a row names it, `kind` is for the style."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{cells[0]}</th>{"".join(f"<td>{c}</td>" for c in cells[1:])}</tr>\n'
        for cells in rows
    )
    named = f' class="{kind}"' if kind else ""
    return (
        f"<table{named}>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody>\n</table>"
    )


def pairs_html(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and texts as the items of a description list."""
    return "\n".join(
        f"<div><dt>{escape(name)}</dt> <dd>{escape(text)}</dd></div>" for name, text in pairs
    )


def value(row: Any, column: str) -> str:
    """Return a value as text, with its interval where the table has one."""
    found = row.get(column)
    if found is None or pd.isna(found):
        return "not measured"
    if isinstance(found, str):
        return found
    low, high = (row.get(f"{column}_{end}") for end in ("low", "high"))
    interval = "" if low is None or pd.isna(low) else f" ({number(low)}\xa0to\xa0{number(high)})"
    return number(found) + interval


def number(found: Any) -> str:
    """Return a number as one prints it: two decimals, a minus sign."""
    return f"{found:.2f}".replace("-", "−") if isinstance(found, float) else str(found)
