"""Which stance was told for which, and the F1 of each stance beside that of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    Plot,
    clean_text,
    draw_plot,
    legend_above,
    need_columns,
)
from newsresearch.figures.measured import (
    not_of_articles,
    read_measured,
    read_published,
    say_not_measured,
)
from newsresearch.stance import STANCES
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_confusion"]

_OURS = "newsresearch"
_MEAN = "macro-F1"
_MOST = 12  # stances
_CELL, _LINE, _ABOVE, _BETWEEN, _BELOW = 0.36, 0.24, 0.42, 0.62, 0.4  # inches
_LEFT = 0.86
# group -> markers, size; ours is filled, so that no shape of others hides it
_MARKS = {"winner": ("v^D", 3.6), "humans": ("*", 6.5)}
_OWN_LOOK: dict[str, Any] = {"marker": "o", "mfc": BLUE, "mec": BLUE, "ms": 5, "zorder": 2}


def plot_confusion(
    table: pd.DataFrame | None = None, ax: Axes | None = None, published: bool = True
) -> Axes:
    """Draw which stance was told for which, and below it the F1 of each beside that of others.

    It shows which stances are taken for one another; it cannot show how often either occurs in
    your news, and precision depends on that.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        Counts of pairs: one row a stance that was true (column `true`, or the index), one column
        a stance that was told. If not given, that of ``label_stance`` on the test part of FNC-1.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    published : bool, default True
        Draw what the three winners of the Fake News Challenge and human readers reached on
        FNC-1's test part (``data/stance_published.csv``; its column `seen` says how we know it:
        the readers' values are from memory). Pass False for counts of other pairs.

    Returns
    -------
    matplotlib.axes.Axes
        It holds two panels. Above: number and darkness are the share of a row (of the pairs with
        that true stance, 0 to 1), the count below it. Below: F1 from 0 to 1 (higher = better).

    Raises
    ------
    ValueError
        If a stance has a row but no column, or there are more than twelve.

    Examples
    --------
    >>> counts = pd.DataFrame({"true": ["yes", "no"], "yes": [3, 1], "no": [1, 5]})
    >>> ax = plot_confusion(counts, published=False)
    >>> [text.get_text() for text in ax.child_axes[0].texts]
    ['.75\\n3', '.25\\n1', '.17\\n1', '.83\\n5']
    """
    if table is None:
        table = read_measured("stance_confusion", ["true", *STANCES])
    return draw_plot(PLOT, table, ax, published=published)


def _table(source: pd.DataFrame, published: bool = True) -> pd.DataFrame:
    """Long: `part` confusion (`value` is the share of the row) or F1 (`column` is the system)."""
    if "true" not in source.columns and source.index.name == "true":
        source = source.reset_index()
    need_columns(source, ["true"], "plot_confusion")
    names = [str(name) for name in source["true"]]
    need_columns(source, names, "plot_confusion")
    if len(names) > _MOST:
        raise ValueError(f"a figure shows at most {_MOST} stances; found {len(names)}.")
    counts = source[names].astype("int64").set_axis(names, axis=0)
    rows = [("confusion", *row) for row in _shares(counts)]
    if names:
        rows += [("F1", name, _OURS, None, value) for name, value in _scores(counts)]
    if published and names:
        rows += _others(names)
    table = pd.DataFrame(rows, columns=["part", "row", "column", "n", "value"])
    for column in ("row", "column"):
        table[column] = [clean_text(cell) for cell in table[column]]
    return table.astype({"n": "Int64", "value": "float64"})


def _shares(counts: pd.DataFrame) -> list[tuple[str, str, int | None, float]]:
    totals = counts.sum(axis=1)
    return [
        (true, told, int(counts.loc[true, told]), counts.loc[true, told] / max(totals[true], 1))
        for true in counts.index
        for told in counts.columns
    ]


def _scores(counts: pd.DataFrame) -> list[tuple[str, float]]:
    """Return the F1 of each stance, then their mean."""
    both = counts.sum(axis=0) + counts.sum(axis=1)
    scores = [
        (str(name), 2 * int(counts.loc[name, name]) / max(int(both[name]), 1))
        for name in counts.index
    ]
    return [*scores, (_MEAN, sum(score for _, score in scores) / len(scores))]


def _others(names: list[str]) -> list[tuple[str, str, str, int | None, float]]:
    if set(names) != set(STANCES):
        raise ValueError(
            f"what others published is about {', '.join(STANCES)}; found {', '.join(names)}. "
            "Pass published=False."
        )
    others = read_published()
    others = others[others["group"].isin(_MARKS)]
    return [
        ("F1", name, row["system"], None, value)
        for row in others.to_dict("records")
        for name, value in [
            *((name, row[name]) for name in names),
            (_MEAN, sum(row[name] for name in names) / len(names)),
        ]
    ]


# --- drawing ---------------------------------------------------------------------------------


def _heights(table: pd.DataFrame) -> tuple[float, float]:
    """Return the heights of the two panels, in inches."""
    n = table.loc[table["part"] == "confusion", "row"].nunique()
    return n * _CELL, (n + 1) * _LINE


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return COLUMN, max(sum(_heights(table)), 0.2) + _ABOVE + _BETWEEN + _BELOW


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_not_measured(ax)
        return
    ax.set_axis_off()
    height = _size(table)[1]
    upper, lower = _heights(table)
    left, width = _LEFT / COLUMN, (COLUMN - _LEFT - 0.12) / COLUMN
    counts = ax.inset_axes((left, (_BELOW + lower + _BETWEEN) / height, width, upper / height))
    scores = ax.inset_axes((left, _BELOW / height, width, lower / height))
    _draw_counts(table[table["part"] == "confusion"], counts)
    _draw_scores(table[table["part"] == "F1"], scores)


def _draw_counts(cells: pd.DataFrame, ax: Axes) -> None:
    names = list(cells["row"].unique())
    size = len(names)
    edges = [at - 0.5 for at in range(size + 1)]
    shares = cells["value"].to_numpy("float64").reshape(size, size)
    style: dict[str, Any] = {"cmap": "Blues", "edgecolors": "white", "linewidth": 0.8}
    ax.pcolormesh(edges, edges, shares, vmin=0, vmax=1, **style)
    for at, (n, share) in enumerate(zip(cells["n"], cells["value"], strict=True)):
        row, column = divmod(at, size)
        text = f"{share:.2f}".removeprefix("0") + f"\n{n:,}"
        color = "white" if share > 0.6 else INK
        ax.text(column, row, text, color=color, ha="center", va="center", fontsize=6.5)
    ax.set_xticks(range(size), names, parse_math=False)
    ax.set_yticks(range(size), names, parse_math=False)
    ax.set(xlim=(-0.5, size - 0.5), ylim=(size - 0.5, -0.5))
    ax.tick_params(length=0, labeltop=True, labelbottom=False)
    ax.set_xlabel("told (share of the row, pairs below)")
    ax.xaxis.set_label_position("top")
    ax.set_ylabel("true")
    ax.spines[:].set_visible(False)


def _draw_scores(scores: pd.DataFrame, ax: Axes) -> None:
    rows = {name: at for at, name in enumerate(scores["row"].unique())}
    for row in range(1, len(rows), 2):
        ax.axhspan(row - 0.5, row + 0.5, color="#F2F2F2", linewidth=0, zorder=0)
    looks = _looks() if scores["column"].nunique() > 1 else {}
    for system, points in scores.groupby("column", sort=False):
        at = points["row"].map(rows)
        ax.plot(points["value"], at, ls="none", label=system, **looks.get(str(system), _OWN_LOOK))
    ax.set_yticks(range(len(rows)), list(rows), parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set(xlim=(-0.02, 1.02), ylim=(len(rows) - 0.5, -0.5), xlabel="F1")
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.grid(axis="x", color=GREY, linewidth=0.3, alpha=0.5)
    legend_above(ax, ncols=3)


def _looks() -> dict[str, dict[str, Any]]:
    """Give each published system a hollow mark of its own shape."""
    looks: dict[str, dict[str, Any]] = {}
    published = read_published()
    for group, (markers, size) in _MARKS.items():
        names = published.loc[published["group"] == group, "system"]
        for name, marker in zip(names, markers, strict=False):
            style = {"marker": marker, "mfc": "white", "mec": INK, "mew": 0.8, "ms": size}
            looks[str(name)] = style | {"zorder": 3}
    return looks


def _alt(table: pd.DataFrame) -> str:
    cells = table[table["part"] == "confusion"]
    if cells.empty:
        return "Which stance was told for which: not measured yet, 0 pairs."
    means = table[(table["part"] == "F1") & (table["row"] == _MEAN)]
    right = cells[cells["row"] == cells["column"]]
    shares = ", ".join(
        f"{row} {value:.2f}" for row, value in zip(right["row"], right["value"], strict=True)
    )
    scores = ", ".join(
        f"{name} {value:.2f}" for name, value in zip(means["column"], means["value"], strict=True)
    )
    return (
        f"Which stance was told for which, {cells['n'].sum():,} pairs: told rightly {shares}; "
        f"macro-F1 {scores}."
    )


PLOT = Plot("confusion", not_of_articles, _table, _draw, _alt, _size)
