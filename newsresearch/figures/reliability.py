"""How often what was told with a probability was true, one panel a stance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    Plot,
    clean_text,
    draw_plot,
    need_columns,
)
from newsresearch.figures.measured import not_of_articles, read_measured, say_not_measured
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_reliability"]

_COLUMNS = ["stance", "n", "told", "true"]
_MOST = 12  # panels
_PANEL, _NAME, _BELOW = 1.28, 0.52, 0.42  # inches: a side, its name above, the axis below all
_LEFT, _NEXT = 0.5, 1.66  # inches: from the edge to the first panel, from that to the next
_LEAST, _MOST_SIZE = 6.0, 90.0  # points²: a group of one pair, and the largest group


def plot_reliability(table: pd.DataFrame | None = None, ax: Axes | None = None) -> Axes:
    """Draw how often each stance was true where it was told with some probability.

    It shows whether probabilities can be taken at their word on the pairs that were measured; it
    cannot show whether they hold for other news.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        One row a group of pairs: `stance`, `n` pairs, `told` their mean probability of that
        stance, `true` the share of which it was the stance. If not given, that of
        ``label_stance`` on the test part of FNC-1.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        It holds one panel a stance: x is the told probability, y the true share, both 0 to 1;
        on the dashed line the two are equal, below it too much was told. The larger a mark, the
        more pairs. Above a panel stand the share of pairs that had the stance, and the
        mean distance from the line, weighed by pairs (the calibration error of that stance).

    Raises
    ------
    ValueError
        If a column is missing, or there are more than twelve stances.

    Examples
    --------
    >>> rows = [("agree", 90, 0.1, 0.2), ("agree", 10, 0.9, 0.8)]
    >>> ax = plot_reliability(pd.DataFrame(rows, columns=["stance", "n", "told", "true"]))
    >>> ax.child_axes[0].get_title(loc="left")
    'agree\\n26.0% of 100 pairs\\nmean distance .100'
    """
    if table is None:
        table = read_measured("stance_reliability", _COLUMNS)
    return draw_plot(PLOT, table, ax)


def _table(source: pd.DataFrame) -> pd.DataFrame:
    need_columns(source, _COLUMNS, "plot_reliability")
    table = source[_COLUMNS].reset_index(drop=True)
    table = table.astype({"n": "int64", "told": "float64", "true": "float64"})
    table["stance"] = [clean_text(str(stance)) for stance in table["stance"]]
    if table["stance"].nunique() > _MOST:
        raise ValueError(
            f"a figure shows at most {_MOST} stances; found {table['stance'].nunique()}."
        )
    return table


def _rows(table: pd.DataFrame) -> int:
    return max(1, -(-table["stance"].nunique() // 2))


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return COLUMN, _rows(table) * (_PANEL + _NAME) + _BELOW


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_not_measured(ax)
        return
    ax.set_axis_off()
    height = _size(table)[1]
    rows, most = _rows(table), int(table["n"].max())
    for at, (stance, groups) in enumerate(table.groupby("stance", sort=False)):
        row, column = divmod(at, 2)
        bottom = _BELOW + (rows - 1 - row) * (_PANEL + _NAME)
        box = (_LEFT + column * _NEXT) / COLUMN, bottom / height, _PANEL / COLUMN, _PANEL / height
        panel = ax.inset_axes(box)
        _draw_panel(groups, most, panel)
        panel.set_title(_name(str(stance), groups), loc="left", fontsize=7, parse_math=False)
        panel.tick_params(labelbottom=at >= table["stance"].nunique() - 2, labelleft=not column)
    style: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 7.5}
    below = f"told probability (larger mark: more pairs, at most {most:,})"
    ax.text(1.0, 0.0, below, ha="right", va="bottom", **style)
    ax.text(0.0, 0.5, "true share", ha="left", va="center", rotation=90, **style)


def _draw_panel(groups: pd.DataFrame, most: int, panel: Axes) -> None:
    panel.plot([0, 1], [0, 1], color=GREY, linewidth=0.7, linestyle=(0, (3, 2)))
    groups = groups.sort_values("told", kind="stable")
    panel.plot(groups["told"], groups["true"], color=BLUE, linewidth=0.7)
    sizes = [_LEAST + (_MOST_SIZE - _LEAST) * n / most for n in groups["n"]]
    style: dict[str, Any] = {"facecolor": "white", "edgecolor": BLUE, "linewidth": 1.0}
    panel.scatter(groups["told"], groups["true"], sizes, zorder=3, clip_on=False, **style)
    panel.set(xlim=(0, 1), ylim=(0, 1), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])


def _name(stance: str, groups: pd.DataFrame) -> str:
    n = groups["n"].sum()
    share = (groups["n"] * groups["true"]).sum() / max(n, 1)
    off = f"{_off(groups):.3f}".removeprefix("0")
    return f"{stance}\n{share:.1%} of {n:,} pairs\nmean distance {off}"


def _off(groups: pd.DataFrame) -> float:
    """Return the calibration error: how far told is from true, weighed by pairs."""
    n = groups["n"]
    return float((n * (groups["told"] - groups["true"]).abs()).sum() / max(n.sum(), 1))


def _alt(table: pd.DataFrame) -> str:
    if table.empty:
        return "Told probability against true share: not measured yet, 0 pairs."
    parts = [
        f"{stance} {_off(groups):.3f}" for stance, groups in table.groupby("stance", sort=False)
    ]
    n = int(table.groupby("stance")["n"].sum().max())
    return (
        f"Told probability against true share of {n:,} pairs; mean distance of the two: "
        f"{', '.join(parts)}."
    )


PLOT = Plot("reliability", not_of_articles, _table, _draw, _alt, _size)
