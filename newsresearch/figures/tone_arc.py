"""The tone of an article's sentences in order, against the tone of its headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    PAGE,
    VERMILLION,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    need_columns,
    wrap_id,
)
from newsresearch.sentiment import list_tones
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_tone_arc"]


def plot_tone_arc(
    tones: pd.DataFrame, article_id: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the tone of each sentence of one article in order, with the headline as a line.

    It shows where a story turns; it cannot show why, and a gap between headline and body is
    no contradiction.

    Parameters
    ----------
    tones : pandas.DataFrame
        Table of ``list_tones``.
    article_id : str, optional
        The article to draw; needed if the table holds several.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes
        x is the sentence of the body counted from 1, y its tone from -1 to +1 (higher = more
        positive); triangles point away from 0, a circle has no tone, the dashed line is the
        headline.

    Raises
    ------
    ValueError
        If the table is of another kind, or the article is not named or not in it.

    Examples
    --------
    >>> columns = ["article_id", "field", "sentence", "tone"]
    >>> tones = pd.DataFrame([["a", "headline", 0, -0.5], ["a", "body", 0, 0.2]], columns=columns)
    >>> plot_tone_arc(tones).get_xlabel()
    'sentence of the body'
    """
    need_columns(tones, ("article_id", "field", "sentence", "tone"), "list_tones")
    if article_id is None and tones["article_id"].nunique() == 1:
        article_id = tones["article_id"].iloc[0]
    return draw_plot(PLOT, tones, ax, article_id=article_id)


def _table(tones: pd.DataFrame, article_id: str | None) -> pd.DataFrame:
    """Headline first as position 0 (the mean, where it has several sentences), then the body."""
    if tones.empty:
        raise ValueError(
            "the table of tones has 0 articles: none could be scored. "
            "The column error of score_sentiment(articles) says why."
        )
    if article_id is None or article_id not in set(tones["article_id"]):
        names = list(map(repr, dict.fromkeys(tones["article_id"])))
        asked = "no article is named" if article_id is None else f"no tones of {article_id!r}"
        some = ", ".join(names[:3] + ["..."] * (len(names) > 3))
        raise ValueError(
            f"{asked}; the table has {count_of(len(names), 'article')}"
            f"{': ' * bool(names)}{some}. Pass one of them as article_id=."
        )
    rows = tones[tones["article_id"] == article_id]
    body = rows[rows["field"] == "body"].sort_values("sentence")
    headline = rows.loc[rows["field"] == "headline", "tone"]
    table = pd.DataFrame(
        {
            "position": [0, *(body["sentence"] + 1)],
            "tone": [headline.mean(), *body["tone"]],
        }
    )
    table.insert(0, "article_id", clean_text(article_id))
    table.insert(1, "field", ["headline", *["body"] * len(body)])
    return table


def _size(table: pd.DataFrame) -> tuple[float, float]:
    return (COLUMN if len(table) <= 45 else PAGE), 2.2


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    body = table[table["field"] == "body"]
    size = 4.5 if len(body) <= 45 else 3.0
    ax.axhline(0, color=GREY, linewidth=0.6)
    ax.vlines(body["position"], 0, body["tone"], color=GREY)
    for marker, color, fill, chosen in (
        ("^", BLUE, BLUE, body["tone"] > 0),
        ("v", VERMILLION, VERMILLION, body["tone"] < 0),
        ("o", INK, "white", body["tone"] == 0),
    ):
        points = body[chosen]
        ax.plot(points["position"], points["tone"], marker, color=color, mfc=fill, ms=size, mew=0.7)
    ax.set(ylim=(-1.05, 1.05), xlim=(0.4, max(1, len(body)) + 0.6))  # there is no sentence 0
    ax.set_xlabel("sentence of the body")
    ax.set_ylabel("tone (−1 to +1)")
    ax.locator_params(axis="x", integer=True)
    ax.set_title(wrap_id(table["article_id"].iloc[0], 45), loc="left", parse_math=False)
    _mark_headline(ax, table["tone"].iloc[0])


def _mark_headline(ax: Axes, tone: float) -> None:
    """Draw the headline's tone as a dashed line, named in the right margin."""
    if pd.isna(tone):
        return
    ax.axhline(tone, color=INK, linestyle=(0, (4, 2)), zorder=1.5)
    label = f"headline\n{tone:+.2f}".replace("-", "−")
    across = ax.get_yaxis_transform()
    ax.text(1.02, tone, label, transform=across, va="center", fontsize=7, color=INK)


def _alt(table: pd.DataFrame) -> str:
    tone = table["tone"].iloc[1:].dropna()
    name = table["article_id"].iloc[0]
    body = (
        f"from {tone.min():+.2f} to {tone.max():+.2f} with a mean of {tone.mean():+.2f}"
        if len(tone)
        else "not measured"
    )
    headline = table["tone"].iloc[0]
    above = "has no tone" if pd.isna(headline) else f"stands at {headline:+.2f}"
    sentences = count_of(len(tone), "body sentence")
    return f"Tone of the {sentences} of {name}: {body}; the headline {above}."


PLOT = Plot("tone_arc", list_tones, _table, _draw, _alt, _size)
