"""The grade of each article, beside what other formulas say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    NOTE,
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
from newsresearch.readability.formulas import HARDEST_GRADE
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_readability"]

# column -> label, marker, level in the row; no mark hides those that it often agrees with. Flesch
# ease, LIX and the Dale-Chall scores are points; Spache's grades are made for the first three.
_FORMULAS = {
    "grade": ("grade: New Dale-Chall", "|", 0.0),
    "flesch_kincaid_grade": ("Flesch-Kincaid", "D", -0.2),
    "fog_grade": ("Gunning fog", "s", 0.12),
    "smog_grade": ("SMOG", "^", -0.3),
    "ari_grade": ("ARI", "P", 0.3),
    "coleman_liau_grade": ("Coleman-Liau", "v", -0.12),
}
_LIGHT: dict[str, Any] = {"mfc": "white", "mec": "#555555", "mew": 0.6, "ms": 3.8}
_BAR, _WEDGE = 13.0, 7.5  # points: the height of a row, so that no mark hides the bar


def plot_readability(scores: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the grade of each article beside five other formulas, easiest article first.

    It shows how far the formulas agree; it cannot show whether a reader understands. An
    article too short to be scored keeps its row. Scores in points, such as LIX, are not drawn.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table of ``score_readability``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        x is the grade (years of school; higher = harder), y has one row an article, sorted by
        ``grade``, or the median of the others without it. A wedge is the end of the table of
        ``grade``: 16 and more.

    Raises
    ------
    ValueError
        If the table has no grade column or more than 200 articles.

    Examples
    --------
    >>> scores = pd.DataFrame({"article_id": ["a"], "grade": [9.5], "smog_grade": [10.1]})
    >>> plot_readability(scores).get_xlabel()
    'grade level (years of school)'
    """
    return draw_plot(PLOT, scores, ax)


def _table(scores: pd.DataFrame) -> pd.DataFrame:
    columns = [column for column in _FORMULAS if column in scores.columns]
    need_columns(scores, ("article_id", *(columns or ["grade"])), "score_readability")
    grades = scores[columns].astype("float64")
    names = [clean_text(name) for name in scores["article_id"]]
    middle = grades.median(axis=1)
    leading = grades["grade"] if "grade" in columns else middle
    ordered = grades.assign(article_id=names, middle=middle, leading=leading)
    order = ["leading", "middle", "article_id"]
    ordered = ordered.sort_values(order, kind="stable", ignore_index=True)
    table = ordered.melt("article_id", columns, "formula", "value", ignore_index=False)
    table = table.rename(columns={"value": "grade"})
    return table.sort_index(kind="stable").reset_index(drop=True)


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return row_size(COLUMN, list(table["article_id"].unique()), row=0.24, margin=0.9)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    rows = label_rows(ax, list(table["article_id"].unique()))
    scored = table.dropna(subset=["grade"])
    spans = scored.groupby("article_id", sort=False)["grade"].agg(["min", "max"])
    ax.hlines([rows[name] for name in spans.index], spans["min"], spans["max"], color=GREY)
    for formula, points in scored.groupby("formula", sort=False):
        label, marker, level = _FORMULAS[str(formula)]
        at = points["article_id"].map(rows) + level
        if formula == "grade":
            _draw_leading(points["grade"], at, ax, label)
        else:
            ax.plot(points["grade"], at, marker, label=label, **_LIGHT)
    for name in sorted(set(rows) - set(spans.index)):
        ax.text(0.5, rows[name], "not scored", transform=ax.get_yaxis_transform(), **NOTE)
    ax.locator_params(axis="x", integer=True, nbins=9)
    label_values(ax, "grade level (years of school)")
    if len(scored):
        legend_above(ax, ncols=2)


def _draw_leading(grades: pd.Series, at: pd.Series, ax: Axes, label: str) -> None:
    """Draw the default grade as a bar; as a wedge where it means 'this grade or a higher one'."""
    ended = grades >= HARDEST_GRADE
    ax.plot([], [], "|", color=BLUE, mew=2.5, ms=7.0, label=label)  # a bar that fits the legend
    ax.plot(grades[~ended], at[~ended], "|", color=BLUE, mew=2.5, ms=_BAR)
    if ended.any():
        more = f"{HARDEST_GRADE:.0f} and more"
        ax.plot(grades[ended], at[ended], ">", color=BLUE, ms=_WEDGE, label=more)


def _alt(table: pd.DataFrame) -> str:
    scored = table.dropna(subset=["grade"])
    articles = count_of(table["article_id"].nunique(), "article")
    if scored.empty:
        return f"Grade level of {articles}: none could be scored."
    leading = scored[scored["formula"] == "grade"]
    what = "median" if leading.empty else "grade"
    values = (scored if leading.empty else leading).groupby("article_id", sort=False)["grade"]
    middle = values.median()
    return (
        f"Grade level of {articles} by {count_of(table['formula'].nunique(), 'formula')}: "
        f"the {what} of an article goes from {middle.iloc[0]:.1f} ({middle.index[0]}) "
        f"to {middle.iloc[-1]:.1f} ({middle.index[-1]})."
    )


PLOT = Plot("readability", score_readability, _table, _draw, _alt, _size)
