"""Published results and ours on one axis: what holds, what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    GREY,
    INK,
    WIDE_LABEL,
    Plot,
    clean_text,
    draw_plot,
    label_rows,
    legend_above,
    need_columns,
    row_size,
    say_nothing,
)
from newsresearch.figures.measured import not_of_articles
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_published"]

_COLUMNS = [
    "part", "groups", "result", "kind", "measure", "unit", "direction", "published", "ours",
    "low", "high", "outcome",
]  # fmt: skip
_MOST = 40  # rows
_ROW, _MARGIN = 0.17, 1.0  # inches
_WIDTH = 5.6
# Of claims: what was published is a direction, so that the shape of ours says how it came out.
_LOOKS: dict[str, dict[str, Any]] = {
    "reproduced": {"marker": "o", "mfc": BLUE, "mec": BLUE},
    "may be chance": {"marker": "o", "mfc": "white", "mec": GREY},
    "opposite": {"marker": "X", "mfc": INK, "mec": INK},
}


def plot_published(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw published results with ours beside them, one row a result.

    It shows which published results we find on the data that are here; it cannot show who is
    right where two numbers differ: texts, tools and samples do too.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of ``list_published``: either claims of one unit, or rows with a published value of
        one scale. Rows in which nothing was measured are named at the foot, not drawn.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        One row a result in the order of the table. Of claims x is the effect (right of 0: higher
        in fake news), an arrow at the edge points to where the paper says it lies, and the mark
        says how it came out. Of the others x is the value: hollow published, full ours. Lines
        are 95 % intervals.

    Raises
    ------
    ValueError
        If a column is missing, claims stand beside other rows, or there are more than 40 rows.

    Examples
    --------
    >>> from newsresearch.datasets import list_published
    >>> ax = plot_published(list_published("clear"))
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['published', 'ours']
    """
    return draw_plot(PLOT, table, ax)


def _table(source: pd.DataFrame) -> pd.DataFrame:
    need_columns(source, _COLUMNS, "list_published")
    table = source[_COLUMNS].reset_index(drop=True)
    claims = table["kind"] == "claim"
    if (claims.any() and not claims.all()) or (claims.all() and table["unit"].nunique() > 1):
        raise ValueError(
            "a figure shows claims of one unit or other rows, not both; found kinds "
            f"{', '.join(sorted(table['kind'].unique()))} and units "
            f"{', '.join(sorted(table['unit'].unique()))}. Pass some of the rows."
        )
    if len(table) > _MOST:
        raise ValueError(f"a figure shows at most {_MOST} rows; found {len(table)}. Pass fewer.")
    for column in ("part", "groups", "result", "measure", "unit"):
        table[column] = [clean_text(str(cell)) for cell in table[column]]
    table["row"] = _names(table)
    return table


def _names(table: pd.DataFrame) -> list[str]:
    """Name each row by the columns that tell it from the others."""
    told = [name for name in ("part", "result", "groups") if table[name].nunique() > 1]
    cells = zip(*(table[name] for name in told or ["result"]), strict=True)
    names = [": ".join(filter(None, row)) for row in cells]
    if len(set(names)) < len(names):
        names = [f"{name} ({by})" for name, by in zip(names, table["measure"], strict=True)]
    return names


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["ours"].notna()].reset_index(drop=True)


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return row_size(_WIDTH, list(_drawn(table)["row"]), _ROW, _MARGIN, WIDE_LABEL)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    rows = _drawn(table)
    if rows.empty:
        say_nothing(ax, "nothing was measured")
        return
    places = list(label_rows(ax, [f"{at}" for at in range(len(rows))]).values())
    ax.set_yticks(places, list(rows["row"]), parse_math=False)
    ax.grid(axis="x", color=GREY, linewidth=0.3, alpha=0.5)
    if rows["kind"].eq("claim").all():
        _draw_claims(rows, ax)
    else:
        _draw_values(rows, ax)
    missing = len(table) - len(rows)
    if missing:
        ax.set_xlabel(f"{ax.get_xlabel()}\n{missing} more not measured", loc="right")


def _draw_claims(rows: pd.DataFrame, ax: Axes) -> None:
    ax.axvline(0, color=GREY, linewidth=0.6, zorder=0)
    for at, row in enumerate(rows.to_dict("records")):
        look = _LOOKS[row["outcome"]]
        ax.hlines(at, row["low"], row["high"], color=look["mec"], linewidth=0.9)
        ax.plot(row["ours"], at, ms=4, mew=0.9, ls="none", **look)
        right = row["direction"] == "higher"
        arrow: dict[str, Any] = {"ms": 4.5, "mfc": "white", "mec": INK, "mew": 0.8, "ls": "none"}
        ax.plot(1.08 if right else -1.08, at, ">" if right else "<", clip_on=False, **arrow)
    for name, look in _LOOKS.items():
        if name in set(rows["outcome"]):
            ax.plot([], [], ls="none", ms=4, mew=0.9, label=name, **look)
    ax.plot([], [], ">", ls="none", ms=4.5, mfc="white", mec=INK, mew=0.8, label="published side")
    ax.set(xlim=(-1.15, 1.15), xticks=[-1, -0.5, 0, 0.5, 1])
    ax.set_xlabel(f"{rows['unit'].iloc[0]}; right of 0: higher in the first group", loc="right")
    legend_above(ax, ncols=4)


def _draw_values(rows: pd.DataFrame, ax: Axes) -> None:
    for at, row in enumerate(rows.to_dict("records")):
        if pd.notna(row["low"]):
            ax.hlines(at, row["low"], row["high"], color=BLUE, linewidth=0.9)
        ends = row["published"], row["ours"]
        ax.hlines(at, min(ends), max(ends), color=GREY, linewidth=0.5, linestyle=(0, (2, 2)))
    places = list(range(len(rows)))
    style: dict[str, Any] = {"ls": "none", "mew": 0.9}
    ax.plot(rows["published"], places, "o", mfc="white", mec=INK, ms=5, label="published", **style)
    ax.plot(rows["ours"], places, "D", mfc=BLUE, mec=BLUE, ms=3.2, label="ours", **style)
    values = rows[["published", "ours", "low", "high"]].to_numpy("float64")
    if not (values > 1).any():
        ax.set(xlim=(-0.02, 1.02), xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.set_xlabel(", ".join(rows["unit"].unique()), loc="right")
    legend_above(ax, ncols=2)


def _alt(table: pd.DataFrame) -> str:
    rows = _drawn(table)
    counts = table["outcome"].replace("", "nothing published").value_counts(sort=False)
    told = ", ".join(f"{n} {outcome}" for outcome, n in counts.sort_index().items())
    if rows.empty:
        return "Published results and ours: nothing was measured, 0 rows."
    return f"{len(table)} published results with ours beside them: {told}."


PLOT = Plot("published", not_of_articles, _table, _draw, _alt, _size)
