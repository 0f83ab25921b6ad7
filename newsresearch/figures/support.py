"""How much of each claim of a headline its best supporting and opposing sentences bear out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    NOTE,
    VERMILLION,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    label_rows,
    label_values,
    legend_above,
    need_columns,
    row_size,
    say_nothing,
)
from newsresearch.support import support_headline

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_support"]


def plot_support(
    support: pd.DataFrame, ax: Axes | None = None, article_ids: Sequence[str] | None = None
) -> Axes:
    """Draw how much of each headline’s claims their best sentences for and against bear out.

    It shows which headlines find their words in the body; it cannot show whether they are
    true, and a hedged sentence, drawn hollow, covers words that nobody vouches for.

    Parameters
    ----------
    support : pandas.DataFrame
        Table of ``support_headline``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    article_ids : sequence of str, optional
        The articles to show, those without any such sentence too; if not given, the articles
        in the table.

    Returns
    -------
    matplotlib.axes.Axes
        x is the share of a claim's words that the sentence bears out (0 to 1; higher = more
        support), y has one row an article, the best supported first.

    Raises
    ------
    ValueError
        If the table is of another kind, or there are more than 200 articles.

    Examples
    --------
    >>> rows = [("a", "supporting", 0.8, False), ("a", "opposing", 0.4, True)]
    >>> support = pd.DataFrame(rows, columns=["article_id", "role", "coverage", "hedged"])
    >>> len(plot_support(support).get_yticks())
    1
    """
    options: dict[str, Any] = {} if article_ids is None else {"article_ids": list(article_ids)}
    return draw_plot(PLOT, support, ax, **options)


# role -> marker, colour, order: on equal coverage the diamond's corners show behind the circle
_ROLES = {"supporting": ("o", BLUE, 3), "opposing": ("D", VERMILLION, 2.5)}


def _table(support: pd.DataFrame, article_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """Best supported first; an article without any sentence has a row without role, last."""
    columns = ["article_id", "role", "coverage", "hedged"]
    need_columns(support, columns, "support_headline")
    shown = support[support["role"] != "none"]
    rows = list(zip(*(shown[column] for column in columns), strict=True))
    if article_ids is not None:
        found = {row[0] for row in rows}
        rows = [row for row in rows if row[0] in set(article_ids)]
        rows += [(name, "", float("nan"), False) for name in article_ids if name not in found]
    best: dict[str, float] = {}
    for name, role, coverage, _ in rows:  # a headline may hold several claims
        if role == "supporting":
            best[name] = max(best.get(name, 0.0), coverage)
    rows.sort(key=lambda row: (not row[1], -best.get(row[0], 0), row[0], row[1] == "opposing"))
    clean = [
        (clean_text(name), role, coverage, bool(hedged)) for name, role, coverage, hedged in rows
    ]
    table = pd.DataFrame(clean, columns=columns)
    return table.astype({"coverage": "float64", "hedged": "bool"})


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return row_size(COLUMN, list(table["article_id"].unique()), row=0.18, margin=0.75)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_nothing(ax, "no headline support")
        return
    rows = label_rows(ax, list(table["article_id"].unique()))
    for name in table.loc[table["role"] == "", "article_id"]:
        ax.text(0.5, rows[name], "no sentence found", transform=ax.get_yaxis_transform(), **NOTE)
    spans = table.groupby("article_id", sort=False)["coverage"].agg(["min", "max"])
    ax.hlines([rows[name] for name in spans.index], spans["min"], spans["max"], color=GREY)
    for role, (marker, color, order) in _ROLES.items():
        style: dict[str, Any] = {"mec": color, "mew": 1.0, "ms": 4.5, "zorder": order}
        points = table[table["role"] == role]
        for hedged, some in points.groupby("hedged"):
            fill = "white" if hedged else color
            at = [rows[name] for name in some["article_id"]]
            ax.plot(some["coverage"], at, marker, mfc=fill, **style)
    ax.set_xlim(-0.03, 1.03)
    label_values(ax, "share of a claim’s words in one sentence")
    _legend(ax)


def _legend(ax: Axes) -> None:
    """Name the two roles and what hollow means, also where the data hold no such mark."""
    for role, (marker, color, _) in _ROLES.items():
        ax.plot([], [], marker, mfc=color, mec=color, ms=4.5, label=role)
    ax.plot([], [], "o", mfc="white", mec=INK, ms=4.5, label="hollow: hedged")
    legend_above(ax, ncols=3)


def _alt(table: pd.DataFrame) -> str:
    parts = []
    for role in _ROLES:
        rows = table[table["role"] == role]
        about = f"median coverage {rows['coverage'].median():.2f}, {rows['hedged'].sum()} hedged"
        parts.append(f"{role} sentences in {len(rows)}{f' ({about})' if len(rows) else ''}")
    return f"Headlines of {count_of(table['article_id'].nunique(), 'article')}: {', '.join(parts)}."


PLOT = Plot("support", support_headline, _table, _draw, _alt, _size)
