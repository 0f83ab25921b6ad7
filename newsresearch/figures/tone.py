"""The tone of each headline beside the tone of its body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
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
from newsresearch.sentiment import score_sentiment
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_tone"]

_PALE = "#9CC6E0"  # of BLUE, light enough for the marks to stand out in grey too
_NUMBERS = ["headline_tone", "body_tone", "body_tone_low", "body_tone_high"]


def plot_tone(scores: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the tone of each article, headline and body, the brightest body first.

    It shows which articles sound alike and which headlines sound unlike their body; it cannot
    show who speaks, and a headline far from its body is no contradiction.

    Parameters
    ----------
    scores : pandas.DataFrame
        Table of ``score_sentiment``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        x is the tone from -1 to +1 (higher = more positive), y has one row an article: a
        circle for the body on the bar of its 95 % interval, a hollow diamond for the headline.

    Raises
    ------
    ValueError
        If the table is of another kind, or there are more than 200 articles.

    Examples
    --------
    >>> columns = ["article_id", "headline_tone", "body_tone", "body_tone_low", "body_tone_high"]
    >>> scores = pd.DataFrame([["a", 0.6, -0.2, -0.4, 0.1]], columns=columns)
    >>> [text.get_text() for text in plot_tone(scores).get_legend().get_texts()]
    ['headline', 'body', '95 % interval']
    """
    return draw_plot(PLOT, scores, ax)


def _table(scores: pd.DataFrame) -> pd.DataFrame:
    """Brightest body first, then those with a headline only, then those without any tone."""
    need_columns(scores, ("article_id", *_NUMBERS), "score_sentiment")
    table = scores[_NUMBERS].astype("float64")
    table.insert(0, "article_id", [clean_text(name) for name in scores["article_id"]])
    order, first = ["body_tone", "headline_tone", "article_id"], [False, False, True]
    return table.sort_values(order, ascending=first, kind="stable", ignore_index=True)


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return row_size(COLUMN, list(table["article_id"].unique()), row=0.18, margin=0.75)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_nothing(ax, "no articles")
        return
    rows = label_rows(ax, list(table["article_id"].unique()))
    at = table["article_id"].map(rows)
    ax.axvline(0, color=GREY, linewidth=0.6, zorder=0.5)
    headline, body = table["headline_tone"], table["body_tone"]
    style: dict[str, Any] = {"linestyle": "none", "ms": 4.5, "zorder": 3}
    ax.plot(headline, at, "D", mfc="white", mec=VERMILLION, mew=1.1, label="headline", **style)
    ax.plot(body, at, "o", color=BLUE, label="body", **style)
    low, high = table["body_tone_low"], table["body_tone_high"]
    ax.hlines(at, low, high, color=_PALE, linewidth=4, label="95 % interval")
    for row in at[headline.isna() & body.isna()]:
        ax.text(0.5, row, "not scored", transform=ax.get_yaxis_transform(), **NOTE)
    ax.set_xlim(-1.05, 1.05)
    label_values(ax, "tone (−1 dark to +1 bright)")
    legend_above(ax, ncols=3)


def _alt(table: pd.DataFrame) -> str:
    articles = count_of(table["article_id"].nunique(), "article")
    body = table.dropna(subset=["body_tone"])
    if body.empty:
        return f"Tone of headline and body of {articles}: no body could be scored."
    first, last = body.iloc[0], body.iloc[-1]
    above = int((body["headline_tone"] > body["body_tone_high"]).sum())
    below = int((body["headline_tone"] < body["body_tone_low"]).sum())
    return (
        f"Tone of headline and body of {articles}: the body goes from "
        f"{last['body_tone']:+.2f} ({last['article_id']}) to "
        f"{first['body_tone']:+.2f} ({first['article_id']}); "
        f"{count_of(above, 'headline')} above the 95 % interval of the body, {below} below."
    )


PLOT = Plot("tone", score_sentiment, _table, _draw, _alt, _size)
