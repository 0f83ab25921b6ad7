"""Cues of framing per 100 words: articles or groups side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    VERMILLION,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    label_rows,
    label_values,
    need_columns,
    say_nothing,
)
from newsresearch.framing import MEASURES, score_framing
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_frames"]

_CUES = {
    measure.column: measure.column.removesuffix("_share").replace("_", " ")
    for measure in MEASURES
    if measure.column.endswith("_share")
}
_ENDING = "_share"
_MOST = 6  # groups: more marks on a row cannot be told apart
_FEWEST_FOR_BAR = 4  # articles of a group that have a middle half
_LOOKS = (
    ("o", BLUE), ("D", VERMILLION), ("s", "#009E73"), ("^", "#CC79A7"), ("v", "#E69F00"),
    ("P", INK),
)  # fmt: skip
_ROW, _MARGIN, _LEGEND_LINE = 0.2, 0.62, 0.16
_PER = 100


def plot_frames(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    by: str | None = None,
    only: str | list[str] | None = None,
) -> Axes:
    """Draw how many cues of each kind stand in 100 words, articles or groups side by side.

    It shows which tellings hedge, boost, count or name frames more; it cannot show who is right,
    and a difference between two short articles may be one word: read ``explain_framing``.

    Parameters
    ----------
    table : pandas.DataFrame
        Table of ``score_framing``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    by : str, optional
        A column of groups, such as "outlet". Without, up to six articles stand side by side,
        more are one group.
    only : str or list of str, optional
        Kinds of cues, such as ["hedge", "booster"]; by default all that occur.

    Returns
    -------
    matplotlib.axes.Axes
        x is cues per 100 words (higher = more), the mean of the articles of a group; the bar is
        the middle half of its articles, from four on. y has one row a kind of cue.

    Raises
    ------
    ValueError
        If the table is of another kind, a column or cue is not there, or groups are more than
        six.

    Examples
    --------
    >>> body = "It may rain, and it could be cold. " * 10
    >>> one = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    >>> ax = plot_frames(score_framing(one), only=["hedge", "booster"])
    >>> [text.get_text() for text in ax.get_yticklabels()], ax.lines[0].get_xdata().tolist()
    (['hedge', 'booster'], [25.0, 0.0])
    """
    return draw_plot(PLOT, table, ax, by=by, only=only)


def _table(
    source: pd.DataFrame, by: str | None = None, only: str | list[str] | None = None
) -> pd.DataFrame:
    """Long: `cue, group, n` articles, `value` their mean, `low` and `high` of the middle half."""
    need_columns(source, ("article_id", *_CUES), "score_framing")
    columns = _columns(only)
    groups = _groups(source, by)
    rows = []
    for column in columns:
        numbers = _PER * source[column].astype("float64")
        for name in groups.unique():
            own = numbers[groups == name].dropna()
            half = own.quantile([0.25, 0.75]) if len(own) >= _FEWEST_FOR_BAR else (None, None)
            rows.append((_CUES[column], name, len(own), own.mean(), *half))
    table = pd.DataFrame(rows, columns=["cue", "group", "n", "value", "low", "high"])
    table = table.astype(dict.fromkeys(["value", "low", "high"], "float64") | {"n": "int64"})
    seen = table.groupby("cue")["value"].transform("max") > 0
    return table[seen | (only is not None)].reset_index(drop=True)


def _columns(only: str | list[str] | None) -> list[str]:
    if only is None:
        return list(_CUES)
    only = [only] if isinstance(only, str) else list(dict.fromkeys(only))
    wanted = [name.replace(" ", "_").removesuffix(_ENDING) + _ENDING for name in only]
    for name, column in zip(only, wanted, strict=True):
        if column not in _CUES:
            raise ValueError(f"no cue is called {name!r}. Use some of {', '.join(_CUES.values())}.")
    return wanted


def _groups(source: pd.DataFrame, by: str | None) -> pd.Series:
    """Return the group of each article, in order of first sight."""
    if by is None:
        few = len(source) <= _MOST
        names = source["article_id"] if few else [f"mean of {len(source):,} articles"] * len(source)
    elif by in source.columns:
        names = ["(none)" if pd.isna(name) else str(name) for name in source[by]]
    else:
        raise ValueError(f"no column {by!r} to group by; found {', '.join(source.columns[:8])} …")
    groups = pd.Series([clean_text(str(name)) for name in names], index=source.index, dtype="str")
    if groups.nunique() > _MOST:
        raise ValueError(
            f"a figure shows at most {_MOST} groups; found {groups.nunique()} of {by!r}. "
            "Pass fewer, or another column."
        )
    return groups


def _size(table: pd.DataFrame) -> tuple[float, float]:
    n_rows, n_groups = table["cue"].nunique(), table["group"].nunique()
    return COLUMN, _MARGIN + max(n_rows, 2) * _ROW + (n_groups + 1) * _LEGEND_LINE


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_nothing(ax, "no cues")
        return
    rows = label_rows(ax, list(table["cue"].unique()))
    groups = list(table["group"].unique())
    for number, (group, (marker, color)) in enumerate(zip(groups, _LOOKS, strict=False)):
        own = table[table["group"] == group]
        at = own["cue"].map(rows) + (number - (len(groups) - 1) / 2) * 0.5 / len(groups)
        style: dict[str, Any] = {"color": color, "ms": 4, "zorder": 3, "linestyle": "none"}
        ax.plot(own["value"], at, marker, label=_label(group), **style)
        ax.hlines(at, own["low"], own["high"], color=color, alpha=0.35, linewidth=2.2)
    ax.set_xlim(left=min(0.0, table["value"].min()) - 0.02 * max(1.0, table["value"].max()))
    ax.grid(axis="x", color=GREY, linewidth=0.3, alpha=0.5)
    label_values(ax, "cues per 100 words")
    if table["low"].notna().any():
        ax.plot([], [], color=GREY, alpha=0.6, linewidth=2.2, label="middle half of the articles")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=1, borderaxespad=0.2)


def _label(group: str) -> str:
    """Return a name for the legend, which would leave out one that begins with '_'."""
    short = group if len(group) <= 40 else f"{group[:20]}…{group[-18:]}"
    return f" {short}" if short.startswith("_") else short or "(no name)"


def _alt(table: pd.DataFrame) -> str:
    if table.empty or table["value"].isna().all():
        return "Cues of framing: 0 articles with enough words."
    groups = list(table["group"].unique())
    top = table.dropna(subset="value").sort_values("value", kind="stable").iloc[-1]
    spread = table.groupby("cue", sort=False)["value"].agg(lambda own: own.max() - own.min())
    widest = str(spread.idxmax())
    between = "" if len(groups) < 2 else (
        f" The groups differ most in {widest}: {spread.max():.2f} per 100 words."
    )  # fmt: skip
    return (
        f"Cues of {count_of(table['cue'].nunique(), 'kind')} per 100 words in "
        f"{count_of(len(groups), 'group')}; most frequent is {top['cue']} in {top['group']} "
        f"({top['value']:.2f}).{between}"
    )


PLOT = Plot("frames", score_framing, _table, _draw, _alt, _size)
