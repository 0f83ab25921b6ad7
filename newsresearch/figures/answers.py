"""Which words of an article each reader of a class marked, and how many readers did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from newsresearch.articles import Article
from newsresearch.display import choose_article
from newsresearch.figures.house import (
    BLUE,
    GREY,
    INK,
    MAX_ROWS,
    PAGE,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    say_nothing,
)
from newsresearch.heat import THE_TOOL, Answers, Heat, read_heat, rows_of_article
from newsresearch.tables import pd, to_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "answers_heat", "plot_answers"]

_DTYPES = {
    "article_id": "str", "row": "str", "kind": "str",
    "first_word": "int64", "last_word": "int64", "share": "float64",
}  # fmt: skip
_TALL, _GAP = 5.0, 1.0  # heights of the curve of shares and of the gap below it, in rows
_LABEL = 18  # characters of a reader's name
_LIKE_A_TOOL = frozenset({THE_TOOL, "key"})


def plot_answers(
    answers: Answers,
    articles: pd.DataFrame | Article,
    article_id: str | None = None,
    ax: Axes | None = None,
    item: str | None = None,
) -> Axes:
    """Draw who marked which words of an article: a heat line over the text, a row a reader.

    It shows where readers meet and where each is alone. It does not show who is right, and a
    passage that many marked may still be sound. To have ``verify_figures`` draw it again later,
    keep the table of answers: pseudonyms without a `secret` are other ones at each reading.

    Parameters
    ----------
    answers : table of ``read_answers``, or rows
        Rows with a `problem` are left out. The reader called "the tool" (of
        ``findings_as_answers``) and one called "key" stand apart, and are not counted.
    articles : Articles table, or Article
    article_id : str, optional
        Which article; needed where there are several.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    item : str, optional
        Only the marks that answer this question.

    Returns
    -------
    matplotlib.axes.Axes
        x is the words of the article, with its paragraphs (H is the headline). On top the share
        of readers who marked a word, 0 to 1; below a row a reader, filled where they marked;
        hatched rows are the tool and the key.

    Raises
    ------
    ArticleError
        If no single article is chosen.
    ValueError
        If a column is missing, or more than 200 readers marked the article.

    Examples
    --------
    >>> mark = {"article_id": "a", "field": "body", "start": 3, "end": 9, "quote": "rained"}
    >>> ax = plot_answers([{**mark, "reader": "r1"}], Article("a", "Rain", "It rained."))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['0', '1', 'r1']
    """
    article = choose_article(articles, article_id)
    name = article.article_id
    return draw_plot(PLOT, article, ax, answers=answers, article_id=name, item=item)


def answers_heat(answers: Answers, article: Article, item: str | None = None) -> pd.DataFrame:
    """Return which words each reader marked, and the share of readers, as runs of words.

    `kind` is paragraph, share, reader or tool; words are counted from 0, the headline first. No
    text of the article is in it.
    """
    rows, _ = rows_of_article(article, answers, item)
    passages = [row for row in rows if not row["answer"]]
    apart = sorted({row["reader"] for row in passages} & _LIKE_A_TOOL)
    class_heat = read_heat(article, [r for r in passages if r["reader"] not in apart])
    runs = [
        *_paragraphs(class_heat),
        *_share(class_heat),
        *(
            (name, "reader", run)
            for name, words in class_heat.by_reader.items()
            for run in _runs(words)
        ),
    ]
    for name in apart:
        mine = read_heat(article, [{**r, "reader": "-"} for r in passages if r["reader"] == name])
        runs += [(name, "tool", run) for run in _runs(mine.by_reader["-"])]
    return to_table(
        [
            {"article_id": clean_text(article.article_id), "row": clean_text(name), "kind": kind,
             "first_word": first, "last_word": last, "share": share}
            for name, kind, (first, last, share) in runs
        ],
        _DTYPES,
    )  # fmt: skip


Run = tuple[int, int, float]


def _runs(words: set[int]) -> Iterator[Run]:
    """Yield the runs of words in a row; a reader who marked nothing keeps a run of none."""
    if not words:
        yield 0, -1, 0.0
    for _, group in groupby(enumerate(sorted(words)), lambda pair: pair[1] - pair[0]):
        run = [word for _, word in group]
        yield run[0], run[-1], 1.0


def _share(heat: Heat) -> Iterator[tuple[str, str, Run]]:
    readers = len(heat.by_reader)
    at = 0
    for count, group in groupby(heat.counts):
        size = len(list(group))
        yield "share", "share", (at, at + size - 1, count / readers if readers else 0.0)
        at += size


def _paragraphs(heat: Heat) -> Iterator[tuple[str, str, Run]]:
    at = 0
    for (field, number), group in groupby(heat.places, lambda p: (p.field, p.paragraph)):
        size = len(list(group))
        name = "H" if field == "headline" else f"¶{number}"
        yield name, "paragraph", (at, at + size - 1, 0.0)
        at += size


def _table(
    articles: pd.DataFrame | Article, answers: Answers, article_id: str, item: str | None = None
) -> pd.DataFrame:
    table = answers_heat(answers, choose_article(articles, article_id), item)
    readers = len(_readers(table))
    if readers > MAX_ROWS:
        raise ValueError(
            f"a figure shows at most {MAX_ROWS} readers; found {readers:,}. Pass fewer."
        )
    return table


def _readers(table: pd.DataFrame) -> list[tuple[str, str]]:
    mine = table[table["kind"].isin(["reader", "tool"])]
    return list(dict.fromkeys(zip(mine["row"], mine["kind"], strict=True)))


def _size(table: pd.DataFrame) -> tuple[float, float]:
    rows = len(_readers(table))
    return PAGE, 0.85 + 0.13 * (rows + _TALL + _GAP) if rows else 0.6


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    readers = _readers(table)
    if not readers:
        say_nothing(ax, "nobody marked a passage")
        return
    n_words = int(table["last_word"].max()) + 1
    _draw_share(table[table["kind"] == "share"], ax)
    for at, (name, kind) in enumerate(readers):
        mine = table[(table["row"] == name) & (table["kind"] == kind) & (table["share"] > 0)]
        bars = _bars(mine)
        look: dict[str, Any] = {"facecolor": BLUE, "edgecolor": BLUE}
        if kind == "tool":
            look = {"facecolor": "white", "edgecolor": INK, "hatch": "//////"}
        ax.axhline(at, color="#E3E3E3", linewidth=0.5, zorder=0)
        ax.broken_barh(bars, (at - 0.36, 0.72), linewidth=0.5, **look)
    _label(ax, table, [name for name, _ in readers], n_words)


def _bars(runs: pd.DataFrame) -> list[tuple[float, float]]:
    pairs = zip(runs["first_word"], runs["last_word"], strict=True)
    return [(float(first), float(last - first + 1)) for first, last in pairs]


def _draw_share(runs: pd.DataFrame, ax: Axes) -> None:
    """Draw the share as steps that stand on the line above the first reader."""
    floor = -0.5 - _GAP
    edges = [0.0, *(float(last + 1) for last in runs["last_word"])]
    heights = [floor - _TALL * share for share in runs["share"]]
    ax.stairs(heights, edges, baseline=floor, fill=True, color=GREY)
    ax.stairs(heights, edges, baseline=None, color=INK, linewidth=0.7)
    for share in (0, 0.5, 1):
        ax.axhline(floor - _TALL * share, color="#C8C8C8", linewidth=0.5, zorder=0)


def _label(ax: Axes, table: pd.DataFrame, names: Sequence[str], n_words: int) -> None:
    floor = -0.5 - _GAP
    short = [name if len(name) <= _LABEL else f"{name[: _LABEL - 1]}…" for name in names]
    ticks = [floor, floor - _TALL, *range(len(names))]
    ax.set_yticks(ticks, ["0", "1", *short], parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(names) - 0.4, floor - _TALL - 0.3)
    ax.set_xlim(0, n_words)
    _label_paragraphs(ax, table[table["kind"] == "paragraph"], n_words)
    ax.spines["left"].set_visible(False)
    ax.set_title("share of readers who marked a word", loc="left", fontsize=7.5)
    ax.set_xlabel(f"the {n_words:,} words of the article, by paragraph (H: headline)", loc="right")


def _label_paragraphs(ax: Axes, paragraphs: pd.DataFrame, n_words: int) -> None:
    """Part the paragraphs by thin lines; a name that has no room is left out."""
    places, names, free = [], [], 0.0
    for first, last, name in zip(*(paragraphs[c] for c in ("first_word", "last_word", "row")),
                                 strict=True):  # fmt: skip
        ax.axvline(first, color="#D5D5D5", linewidth=0.5, zorder=0)
        middle = (first + last + 1) / 2
        if middle >= free:
            places.append(middle)
            names.append(name)
            free = middle + 0.035 * n_words
    ax.set_xticks(places, names, parse_math=False)
    ax.tick_params(axis="x", length=0)


def _alt(table: pd.DataFrame) -> str:
    readers = [name for name, kind in _readers(table) if kind == "reader"]
    shares = table[table["kind"] == "share"]
    if not readers or shares.empty:
        return "Answers of 0 readers: nobody marked a passage."
    words = shares["last_word"] - shares["first_word"] + 1
    some = int(words[shares["share"] > 0].sum())
    return (
        f"What {count_of(len(readers), 'reader')} marked in {table['article_id'].iloc[0]}: "
        f"{some:,} of {int(words.sum()):,} words by anybody, at most "
        f"{shares['share'].max():.0%} of the readers marked the same word."
    )


def _as_they_are(articles: pd.DataFrame) -> pd.DataFrame:
    return articles


PLOT = Plot("answers", _as_they_are, _table, _draw, _alt, _size, of_answers=True)
