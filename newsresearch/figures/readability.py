"""The school grades of each article, side by side for every grade formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
)
from newsresearch.readability import score_readability

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_readability"]

# column -> label, marker, fill, level in the row; Flesch ease and LIX are no school grades.
# Each formula has its level, far from those that it often agrees with: no mark hides another.
_FORMULAS = {
    "flesch_kincaid_grade": ("Flesch-Kincaid", "o", BLUE, -0.18),
    "fog_grade": ("Gunning fog", "s", "#F0E442", 0.06),
    "smog_grade": ("SMOG", "^", VERMILLION, -0.3),
    "ari_grade": ("ARI", "D", "#56B4E9", 0.3),
    "coleman_liau_grade": ("Coleman-Liau", "v", "#000000", -0.06),
    "dale_chall_grade": ("Dale-Chall", "X", "#FFFFFF", 0.18),
}


def plot_readability(scores: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the school grades of each article by every grade formula, easiest article first.

    It shows how far the formulas agree; it cannot show whether a reader understands. An
    article too short to be scored keeps its row.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table of ``score_readability``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        x is the grade (years of school; higher = harder), y has one row an article.

    Raises
    ------
    ValueError
        If the table has no grade column or more than 200 articles.

    Examples
    --------
    >>> scores = pd.DataFrame({"article_id": ["a"], "fog_grade": [9.5], "smog_grade": [10.1]})
    >>> plot_readability(scores).get_xlabel()
    'grade level (years of school)'
    """
    return draw_plot(PLOT, scores, ax)


def _table(scores: pd.DataFrame) -> pd.DataFrame:
    columns = [column for column in _FORMULAS if column in scores.columns]
    need_columns(scores, ("article_id", *(columns or ["fog_grade"])), "score_readability")
    grades = scores[columns].astype("float64")
    names = [clean_text(name) for name in scores["article_id"]]
    ordered = grades.assign(article_id=names, middle=grades.median(axis=1))
    ordered = ordered.sort_values(["middle", "article_id"], kind="stable", ignore_index=True)
    table = ordered.melt("article_id", columns, "formula", "grade", ignore_index=False)
    return table.sort_index(kind="stable").reset_index(drop=True)


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return row_size(COLUMN, list(table["article_id"].unique()), row=0.24, margin=0.75)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    rows = label_rows(ax, list(table["article_id"].unique()))
    scored = table.dropna(subset=["grade"])
    spans = scored.groupby("article_id", sort=False)["grade"].agg(["min", "max"])
    ax.hlines([rows[name] for name in spans.index], spans["min"], spans["max"], color=GREY)
    for formula, points in scored.groupby("formula", sort=False):
        label, marker, fill, level = _FORMULAS[str(formula)]
        at = [rows[name] + level for name in points["article_id"]]
        ax.plot(points["grade"], at, marker, mfc=fill, mec=INK, mew=0.6, ms=4.5, label=label)
    for name in sorted(set(rows) - set(spans.index)):
        ax.text(0.5, rows[name], "not scored", transform=ax.get_yaxis_transform(), **NOTE)
    ax.locator_params(axis="x", integer=True, nbins=9)
    label_values(ax, "grade level (years of school)")
    if len(scored):
        legend_above(ax, ncols=3)


def _alt(table: pd.DataFrame) -> str:
    middle = table.groupby("article_id", sort=False)["grade"].median().dropna()
    articles = count_of(table["article_id"].nunique(), "article")
    if middle.empty:
        return f"Grade level of {articles}: none could be scored."
    return (
        f"Grade level of {articles} by {count_of(table['formula'].nunique(), 'formula')}: "
        f"the median of an article goes from {middle.iloc[0]:.1f} ({middle.index[0]}) "
        f"to {middle.iloc[-1]:.1f} ({middle.index[-1]})."
    )


PLOT = Plot("readability", score_readability, _table, _draw, _alt, _size)
