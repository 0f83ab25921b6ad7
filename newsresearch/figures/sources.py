"""Who gets to speak: the words that each source is given."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    MAX_ROWS,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    label_rows,
    label_values,
    need_columns,
    row_size,
    say_nothing,
)
from newsresearch.sources import list_sources
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_sources"]

_COLUMNS = ("article_id", "source", "anonymous", "words_quoted", "words_reported")


def plot_sources(sources: pd.DataFrame, ax: Axes | None = None, most: int = 15) -> Axes:
    """Draw who gets to speak: the words that each source is given, quoted and paraphrased.

    Of several articles the words of a source are summed, by its name alone: 'Trump' of one and
    'Donald Trump' of another stay two. It shows room, not weight: not who is believed, and not
    who was never asked.

    Parameters
    ----------
    sources : pandas.DataFrame
        Table of ``list_sources``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given. The legend stands over it: set a title with
        ``ax.set_title(text, pad=18)``.
    most : int, default 15
        So many sources are shown, those with the most words; the axis says how many are not.

    Returns
    -------
    matplotlib.axes.Axes
        One bar a source: solid for words in quotation marks, hatched for words of the writer,
        the number at its end their sum. Grey bars and '(no name)': a source without a name.

    Raises
    ------
    ValueError
        If the table is of another kind, or ``most`` is no number from 1 to 200.

    Examples
    --------
    >>> body = "Mayor Ann Lee left. “It is late,” she said. Officials denied that it was so."
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    >>> [text.get_text() for text in plot_sources(list_sources(table)).texts]
    ['3', '3']
    """
    return draw_plot(PLOT, sources, ax, most=most)


def _table(sources: pd.DataFrame, most: int = 15) -> pd.DataFrame:
    """One row a source, those with the most words first; ``shown``: has it a bar?"""
    need_columns(sources, _COLUMNS, "list_sources")
    if not isinstance(most, Integral) or not 1 <= most <= MAX_ROWS:
        raise ValueError(f"most is the number of bars, 1 to {MAX_ROWS}; found {most!r}.")
    table = sources[[*_COLUMNS]].copy()
    names = [clean_text(str(name)) for name in table["source"]]
    table["source"] = pd.Series(names, table.index, dtype="str")
    # One source is one name, whatever its capitals; the first spelling is shown.
    groups = table.groupby(table["source"].str.lower(), sort=False)
    rows = groups.agg(
        source=("source", "first"), anonymous=("anonymous", "first"),
        articles=("article_id", "nunique"), words_quoted=("words_quoted", "sum"),
        words_reported=("words_reported", "sum"),
    ).reset_index(drop=True)  # fmt: skip
    order = (rows["words_quoted"] + rows["words_reported"]).sort_values(
        ascending=False, kind="stable"
    )
    rows = rows.loc[order.index].reset_index(drop=True)
    rows["shown"] = rows.index < most
    kinds = dict.fromkeys(("articles", "words_quoted", "words_reported"), "int64")
    return rows.astype({**kinds, "source": "str", "anonymous": "bool", "shown": "bool"})


def _labels(shown: pd.DataFrame) -> list[str]:
    pairs = zip(shown["source"], shown["anonymous"], strict=True)
    return [f"{name} (no name)" if anonymous else name for name, anonymous in pairs]


def _size(table: pd.DataFrame) -> tuple[float, float]:
    names = _labels(table[table["shown"]])
    return row_size(COLUMN, names, row=0.19, margin=0.95 if names else 0.6)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    shown = table[table["shown"]]
    if shown.empty:
        say_nothing(ax, "nobody is quoted or reported")
        return
    label_rows(ax, _labels(shown))
    colors = [GREY if anonymous else BLUE for anonymous in shown["anonymous"]]
    quoted, reported = shown["words_quoted"].to_list(), shown["words_reported"].to_list()
    rows = range(len(shown))
    style: dict[str, Any] = {"height": 0.62, "edgecolor": colors, "linewidth": 0.7}
    ax.barh(rows, quoted, color=colors, **style)
    ax.barh(rows, reported, left=quoted, color="white", hatch="//////", **style)
    for row, (one, two) in enumerate(zip(quoted, reported, strict=True)):
        place: dict[str, Any] = {"xytext": (3, 0), "textcoords": "offset points", "fontsize": 6.5}
        ax.annotate(f"{one + two:,}", (one + two, row), va="center_baseline", color=INK, **place)
    ax.set_xlim(0, max(1, *(a + b for a, b in zip(quoted, reported, strict=True))) * 1.12)
    ax.tick_params(axis="x", length=2)
    ax.spines["left"].set_visible(False)
    label_values(ax, _axis_label(table))
    _legend(ax, bool(shown["anonymous"].any()))


def _axis_label(table: pd.DataFrame) -> str:
    hidden = table[~table["shown"]]
    if hidden.empty:
        return "words given"
    words = int((hidden["words_quoted"] + hidden["words_reported"]).sum())
    return f"words given; {count_of(len(hidden), 'more source')} with {words:,} words not shown"


def _legend(ax: Axes, anonymous: bool) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=BLUE, edgecolor=BLUE, label="in quotation marks"),
        Patch(facecolor="white", edgecolor=BLUE, hatch="//////", label="paraphrased"),
    ]
    if anonymous:
        handles.append(Patch(facecolor=GREY, edgecolor=GREY, label="no name"))
    place: dict[str, Any] = {"loc": "lower right", "bbox_to_anchor": (1.02, 1)}
    ax.legend(
        handles=handles, ncols=len(handles), borderaxespad=0.2, handlelength=1.3,
        columnspacing=0.8, **place,
    )  # fmt: skip


def _alt(table: pd.DataFrame) -> str:
    if table.empty:
        return "Who gets to speak: nobody is quoted or reported."
    words = table["words_quoted"] + table["words_reported"]
    total, quoted = int(words.sum()), int(table["words_quoted"].sum())
    named = int(words[~table["anonymous"]].sum())
    first = f"{table['source'].iloc[0]} has most, {int(words.iloc[0]):,}"
    return (
        f"{count_of(len(table), 'source')} given {total:,} words, {quoted:,} in quotation marks "
        f"and {total - quoted:,} paraphrased; {named:,} go to sources with a name; {first}."
    )


PLOT = Plot("sources", list_sources, _table, _draw, _alt, _size)
