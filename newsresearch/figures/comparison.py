"""Effect sizes with their intervals: which differences stand, and which may be chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    NOTE,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    need_columns,
    say_nothing,
)
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_comparison"]

_ENDS = ["effect_low", "effect_high"]
_COLUMNS = [
    "group_a", "group_b", "measure", "n_a", "n_b", "n_events", "effect", *_ENDS,
    "p_corrected", "stands", "kind", "correction", "alpha",
]  # fmt: skip
_MOST_ALONE, _MOST_EACH, _MOST_PAIRS = 40, 12, 12
_ROW, _MARGIN = 0.135, 1.15  # inches
_LONGEST, _ROOM = 28, 19  # characters of a group's name, and of one with words before it
_BESIDE = 14  # characters of two names that share a line; longer ones get a line each
_NAMES = {"bh": "Benjamini-Hochberg", "holm": "Holm"}


def plot_comparison(table: pd.DataFrame, ax: Axes | None = None, most: int | None = None) -> Axes:
    """Draw the effect of each measure for each pair of groups, with its interval.

    Differences that stand after the correction are filled; hollow grey ones do not stand, and
    the legend says so: that may be chance. A full mark is a difference, no bias; and where the
    articles were not compared inside events, the axis says that it may be one of topic.

    Parameters
    ----------
    table : pandas.DataFrame
        Table of ``compare_articles``, or some of its rows.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    most : int, optional
        So many measures a pair: those that stand first, then the largest effects. A line says
        how many more there are. If not given, 40 for one pair, 12 each for several.

    Returns
    -------
    matplotlib.axes.Axes
        One block a pair, one row a measure, the highest effect on top; x is the effect
        (Cliff's delta, -1 to 1; right of 0: higher in the group named on the right).

    Raises
    ------
    ValueError
        If the table is of another kind, has more than twelve pairs, or most is below 1.

    Examples
    --------
    >>> from newsresearch.comparing import compare_articles
    >>> table = pd.DataFrame({"article_id": [f"{n:02d}" for n in range(20)],
    ...     "outlet": ["x"] * 10 + ["y"] * 10, "n_words": list(range(20)), "grade": [7, 8] * 10})
    >>> found = compare_articles(table, measures=["n_words", "grade"])
    >>> [text.get_text() for text in plot_comparison(found).get_legend().get_texts()]
    ['stands after correction: 1 of 2', 'does not stand among so many: may be chance']
    """
    return draw_plot(PLOT, table, ax, most=most)


def _not_of_articles_alone(articles: pd.DataFrame) -> pd.DataFrame:
    raise ValueError(
        "this figure hangs on how the groups were compared; compare_articles() with the same "
        "options makes its table again."
    )


def _table(source: pd.DataFrame, most: int | None = None) -> pd.DataFrame:
    """All rows in the order of the figure; `shown` are those that are drawn."""
    need_columns(source, _COLUMNS, "compare_articles")
    table = source[_COLUMNS].reset_index(drop=True)
    for column in ("group_a", "group_b", "measure"):
        table[column] = [clean_text(str(cell)) for cell in table[column]]
    pairs = len(table[["group_a", "group_b"]].drop_duplicates())
    if pairs > _MOST_PAIRS:
        raise ValueError(
            f"a figure shows at most {_MOST_PAIRS} pairs of groups; found {pairs}. Pass some of "
            "the rows, or compare with against=."
        )
    if most is not None and most < 1:
        raise ValueError(f"most must be 1 or more; found {most}.")
    most = most or (_MOST_ALONE if pairs == 1 else _MOST_EACH)
    table["size"] = table["effect"].abs()
    order = ["group_a", "group_b", "stands", "size", "measure"]
    table = table.sort_values(order, ascending=[True, True, False, False, True])
    place = table.groupby(["group_a", "group_b"]).cumcount()
    table["shown"] = (place < most) & table["effect"].notna()
    order = ["group_a", "group_b", "shown", "effect", "measure"]
    table = table.sort_values(order, ascending=[True, True, False, False, True])
    return table.drop(columns="size").reset_index(drop=True)


# --- drawing ------------------------------------------------------------------------------------


def _blocks(table: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    pairs = table.groupby(["group_a", "group_b"], sort=False)
    return [(str(a), str(b), block) for (a, b), block in pairs]


def _size(table: pd.DataFrame) -> tuple[float, float]:
    rows = sum(_height(block) for _, _, block in _blocks(table))
    return COLUMN, _MARGIN + max(rows, 4) * _ROW


def _height(block: pd.DataFrame) -> float:
    """Return the rows of a block: its names, its measures, the line on the others, a gap."""
    names = _lines(str(block["group_a"].iloc[0]), str(block["group_b"].iloc[0]))
    return names + 0.2 + int(block["shown"].sum()) + bool(_say_more(block)) + 0.5


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_nothing(ax, "nothing was compared")
        return
    at = 0.0
    labels: dict[float, str] = {}
    for group_a, group_b, block in _blocks(table):
        _draw_name(group_a, group_b, at, ax)
        shown = block[block["shown"]]
        top = at + _lines(group_a, group_b) + 0.2
        places = [top + row for row in range(len(shown))]
        labels |= dict(zip(places, shown["measure"], strict=True))
        _draw_rows(shown, places, ax)
        if more := _say_more(block):
            ax.text(0, top + len(shown), more, color=INK, **NOTE)
        at += _height(block)
    ax.axvline(0, color=GREY, linewidth=0.6, zorder=0)
    ax.set_yticks(list(labels), list(labels.values()), parse_math=False)
    ax.tick_params(axis="y", length=0, labelsize=7)  # many rows, in Axes of the reader's too
    ax.set(xlim=(-1.06, 1.06), ylim=(at - 0.6, -0.8), xticks=[-1, -0.5, 0, 0.5, 1])
    ax.grid(axis="x", color=GREY, linewidth=0.3, alpha=0.5)
    ax.set_xlabel(_say_axis(table), loc="right", multialignment="right")
    _draw_legend(table, ax)


def _draw_name(group_a: str, group_b: str, at: float, ax: Axes) -> None:
    """Say on which side which group is higher, over a thin line."""
    style: dict[str, Any] = {"va": "center", "fontsize": 7, "color": INK, "parse_math": False}
    left, right, lower = _cut(group_b), _cut(group_a), at + _lines(group_a, group_b) - 1
    words = "higher in " if max(len(left), len(right)) <= _ROOM else ""
    ax.text(-1.04, at, f"← {words}{left}", ha="left", **style)
    ax.text(1.04, lower, f"{words}{right} →", ha="right", **style)
    ax.hlines(lower + 0.55, -1.06, 1.06, color=GREY, linewidth=0.5)


def _lines(group_a: str, group_b: str) -> int:
    return 1 if len(_cut(group_a)) + len(_cut(group_b)) <= _BESIDE else 2


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _draw_rows(shown: pd.DataFrame, places: list[float], ax: Axes) -> None:
    for row, at in zip(shown.to_dict("records"), places, strict=True):
        color = BLUE if row["stands"] else GREY
        fill = BLUE if row["stands"] else "white"
        ax.hlines(at, row["effect_low"], row["effect_high"], color=color, linewidth=0.9)
        ax.plot(row["effect"], at, "o", mfc=fill, mec=color, mew=0.9, ms=3.8)


def _draw_legend(table: pd.DataFrame, ax: Axes) -> None:
    """Say in words what filled and hollow mean: no noise is to be taken for a difference."""
    tested, standing = int(table["p_corrected"].notna().sum()), int(table["stands"].sum())
    kinds = table.loc[table["stands"], "kind"].nunique()
    of_kinds = f", {count_of(kinds, 'kind')} of measure" if kinds < standing else ""
    full = f"stands after correction: {standing} of {tested}{of_kinds}"
    style: dict[str, Any] = {"marker": "o", "ls": "none", "ms": 3.8, "mew": 0.9}
    ax.plot([], [], mfc=BLUE, mec=BLUE, label=full, **style)
    hollow = "does not stand among so many: may be chance"
    ax.plot([], [], mfc="white", mec=GREY, label=hollow, **style)
    ax.legend(loc="lower right", bbox_to_anchor=(1.02, 1), ncols=1, borderaxespad=0.1)


def _say_more(block: pd.DataFrame) -> str:
    """Say what of a pair is not drawn."""
    hidden = block[~block["shown"] & block["effect"].notna()]
    untold = int(block["effect"].isna().sum())
    standing = int(hidden["stands"].sum())
    parts = []
    if len(hidden):
        stand = f"{standing} stand" if standing > 1 else "1 stands" if standing else "none stands"
        parts.append(f"{len(hidden)} more not drawn, {stand}")
    if untold:
        parts.append(f"{count_of(untold, 'measure')}: too few articles")
    return "; ".join(parts)


def _say_axis(table: pd.DataFrame) -> str:
    level = f"{100 * (1 - table['alpha'].iloc[0]):g} %"
    return f"effect: Cliff’s delta, {level} intervals, each for itself\n{_say_design(table)}"


def _say_design(table: pd.DataFrame) -> str:
    if table["n_events"].notna().any():
        return f"compared inside events (at most {int(table['n_events'].max()):,})"
    return "not compared inside events: it may be a difference of topic"


def _alt(table: pd.DataFrame) -> str:
    if table.empty:
        return "Differences between groups: nothing was compared, 0 rows."
    tested, standing = int(table["p_corrected"].notna().sum()), int(table["stands"].sum())
    name = _NAMES.get(str(table["correction"].iloc[0]), "the correction")
    told = (
        f"Effect (Cliff's delta) of {count_of(table['measure'].nunique(), 'measure')} for "
        f"{count_of(len(_blocks(table)), 'pair')} of groups, {_say_design(table)}: {standing} of "
        f"{tested} differences stand after {name} at {table['alpha'].iloc[0]:g}"
    )
    if not standing:
        return f"{told}."
    found = table[table["stands"]]
    row = found.iloc[int(found["effect"].abs().to_numpy().argmax())]
    return (
        f"{told}; the largest is {row['measure']}, {row['group_a']} against {row['group_b']}: "
        f"{row['effect']:+.2f} ({row['effect_low']:+.2f} to {row['effect_high']:+.2f})."
    )


PLOT = Plot("comparison", _not_of_articles_alone, _table, _draw, _alt, _size)
