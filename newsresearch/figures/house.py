"""The house style, and what all plots share: drawing and remembering."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from newsresearch.articles import Article
from newsresearch.heat import Answers, answer_rows, hash_answers
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes

__all__ = [
    "BLUE",
    "COLUMN",
    "FORMATS",
    "GREY",
    "INK",
    "LABEL",
    "MAX_ROWS",
    "NOTE",
    "PAGE",
    "STYLE",
    "VERMILLION",
    "WIDE_LABEL",
    "Drawn",
    "Plot",
    "clean_text",
    "count_of",
    "draw_plot",
    "find_drawn",
    "house_style",
    "label_rows",
    "label_values",
    "legend_above",
    "need_columns",
    "row_size",
    "say_nothing",
    "wrap_id",
]

FORMATS = ("svg", "png", "pdf")
MAX_ROWS = 200  # articles; more cannot be read on any page
COLUMN, PAGE = 3.5, 7.0  # inches: one column of a journal, the full width of its page
LABEL, WIDE_LABEL = 30, 48  # characters of an article id on one line, beside either
# Okabe-Ito: safe for colour-blind readers. Shape and fill tell marks apart in grey.
BLUE, VERMILLION, GREY, INK = "#0072B2", "#D55E00", "#8C8C8C", "#222222"
NOTE: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 7, "style": "italic"}

STYLE: dict[str, Any] = {
    "figure.dpi": 144, "font.family": "DejaVu Sans", "font.size": 8,
    "axes.titlesize": 8, "axes.labelsize": 7.5, "xtick.labelsize": 7, "ytick.labelsize": 7,
    "legend.fontsize": 7, "legend.frameon": False,
    "legend.handletextpad": 0.3, "legend.columnspacing": 1.0,
    "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
    "axes.linewidth": 0.6, "xtick.major.width": 0.6, "ytick.major.width": 0.6,
    "lines.linewidth": 0.9,
    "svg.hashsalt": "newsresearch",  # without it the ids inside an SVG differ in every run
    "text.parse_math": False,
}  # fmt: skip


class Drawn(NamedTuple):
    """What an Axes shows: the plot, the table behind it and the options used.

    ``answers`` tells the hash and the number of the answers that were drawn, where there are any.
    """

    plot: Plot
    table: pd.DataFrame
    options: dict[str, Any]
    answers: dict[str, Any] | None = None


@dataclass(frozen=True)
class Plot:
    """A plot: articles -> input table -> drawn table -> Axes, its size and its alt text.

    One that is ``of_answers`` makes its drawn table from the articles and from answers to them.
    """

    name: str
    source: Callable[[pd.DataFrame], pd.DataFrame]
    table: Callable[..., pd.DataFrame]
    draw: Callable[[pd.DataFrame, Axes], None]
    alt: Callable[[pd.DataFrame], str]
    size: Callable[[pd.DataFrame], tuple[float, float]]
    of_answers: bool = False

    def call(self, options: Mapping[str, Any]) -> str:
        """Return the call that draws it, as one writes it in a notebook."""
        maker = self.source.__name__
        # Some plots show a measurement: no function makes their table from articles alone.
        table = "table" if maker.lstrip("_").startswith("not_of") else f"{maker}(articles)"
        table = "answers, articles" if self.of_answers else table
        given = [f"{name}={value!r}" for name, value in options.items() if value is not None]
        return f"plot_{self.name}({', '.join([table, *given])})"


_DRAWN: WeakKeyDictionary[Axes, Drawn] = WeakKeyDictionary()


# --- drawing and remembering ---------------------------------------------------------------


def house_style() -> AbstractContextManager[None]:
    """Return a context in which our style is drawn, whatever a reader has set."""
    import matplotlib.style

    # The reset keeps a reader's matplotlibrc out of our pictures.
    return matplotlib.style.context(STYLE, after_reset=True)


def draw_plot(
    plot: Plot,
    source: pd.DataFrame | Article,
    ax: Axes | None = None,
    *,
    shown: bool = True,
    answers: Answers | None = None,
    **options: Any,
) -> Axes:
    """Draw a plot from its input table, perhaps with answers, and remember what was drawn.

    With ``shown=False`` a new figure is kept from pyplot: no window or cell displays it.
    """
    given = () if answers is None else (answers,)
    table = plot.table(source, *given, **options)
    n_articles = table["article_id"].nunique() if "article_id" in table else 0
    if n_articles > MAX_ROWS:
        raise ValueError(
            f"a figure shows at most {MAX_ROWS} articles; found {n_articles:,}. Pass fewer."
        )
    if shown and ax is None:
        _load_backend()
    alone = ax is None or not ax.has_data()
    with house_style():
        ax = _new_axes(plot.size(table), shown) if ax is None else ax
        plot.draw(table, ax)
    _DRAWN.pop(ax, None)
    if alone:
        _DRAWN[ax] = Drawn(plot, table, options, *map(_describe_answers, given))
    return ax


def _describe_answers(answers: Answers) -> dict[str, Any]:
    return {"sha256": hash_answers(answers), "rows": len(answer_rows(answers))}


def _load_backend() -> None:
    """Load pyplot's backend before the style block: what it sets up there is undone at the end.

    In a notebook it turns on the display of figures; undone, only the first would show.
    """
    from matplotlib import pyplot

    pyplot.draw_if_interactive()  # type: ignore[no-untyped-call]


def _new_axes(size: tuple[float, float], shown: bool) -> Axes:
    if shown:
        from matplotlib import pyplot

        return pyplot.subplots(figsize=size, layout="constrained")[1]
    from matplotlib.figure import Figure

    return Figure(figsize=size, layout="constrained").add_subplot()


def find_drawn(ax: Axes) -> Drawn | None:
    """Return what our plots drew into an Axes; None where that is not all its figure shows."""
    drawn = _DRAWN.get(ax)
    return drawn if drawn and ax.figure.figure.axes == [ax] else None


# --- helpers of the plots --------------------------------------------------------------------


def clean_text(text: str) -> str:
    """Return a text that can be drawn and written: no control characters, no lone surrogates."""
    return "".join(
        " " if char.isspace() else "\ufffd" if unicodedata.category(char)[0] == "C" else char
        for char in text
    )


def wrap_id(text: str, width: int = LABEL) -> str:
    """Break a long id over lines; past four of them its middle is left out."""
    room = 4 * width - 8
    if len(text) > room:
        text = f"{text[: room // 2]}…{text[-room // 2 :]}"
    return "\n".join(textwrap.wrap(text, width)) or text


def need_columns(table: pd.DataFrame, columns: Iterable[str], maker: str) -> None:
    """Raise a ValueError that names the function whose table was meant."""
    missing = [column for column in columns if column not in getattr(table, "columns", ())]
    if missing:
        told = ", ".join(map(repr, missing))
        raise ValueError(
            f"this plot draws the table of {maker}(); found no column {told}. "
            f"Pass {maker}(articles)."
        )


def row_size(
    width: float, ids: Sequence[str], row: float, margin: float, label: int = LABEL
) -> tuple[float, float]:
    """Return a size with room for every row: its marks and the lines of the longest id."""
    lines = max((wrap_id(name, label).count("\n") + 1 for name in ids), default=1)
    return width, margin + max(len(ids), 2) * max(row, 0.02 + 0.125 * lines)


def label_rows(ax: Axes, ids: Sequence[str], label: int = LABEL) -> dict[str, int]:
    """Give each article a row, first at the top, every other one on a grey band."""
    ax.set_yticks(range(len(ids)), [wrap_id(name, label) for name in ids], parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(len(ids), 1) - 0.5, -0.5)
    for row in range(1, len(ids), 2):
        ax.axhspan(row - 0.5, row + 0.5, color="#F2F2F2", linewidth=0, zorder=0)
    return {name: row for row, name in enumerate(ids)}


def legend_above(ax: Axes, ncols: int) -> None:
    """Put the legend over the Axes, from its right edge out over the labels of the rows."""
    ax.legend(loc="lower right", bbox_to_anchor=(1.02, 1), ncols=ncols, borderaxespad=0.2)


def label_values(ax: Axes, text: str) -> None:
    """Name the x axis from its right edge: it may run out under the labels of the rows."""
    ax.set_xlabel(text, loc="right")


def count_of(number: int, noun: str) -> str:
    """Return '1 article', '24 articles'."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def say_nothing(ax: Axes, message: str) -> None:
    """Write the message where a plot would stand: an empty table is a result too."""
    ax.text(0.5, 0.5, message, transform=ax.transAxes, **NOTE)
    ax.set_axis_off()
