"""Where in the body each claim of a headline is borne out, and where it is opposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import Plot, clean_text, count_of, draw_plot, need_columns
from newsresearch.figures.support_rows import draw_rows, measure_rows
from newsresearch.support import support_headline
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_support"]


def plot_support(
    support: pd.DataFrame, ax: Axes | None = None, article_ids: Sequence[str] | None = None
) -> Axes:
    """Draw where in the body each claim of a headline is borne out, and where it is opposed.

    A line is the body from its first sentence to its last. A mark above it is the best sentence
    for the claim, a mark below it the best against; the further from the line, the more of the
    claim's words it has. A circle is the article's own voice, a triangle reported and a square
    quoted speech; hollow marks hedge. A mismatch is told in words for up to six articles; beyond
    that ‘≠’ says otherwise and ‘?’ says it less surely or not at all. It shows where to read; it
    cannot show whether a headline is true.

    Parameters
    ----------
    support : pandas.DataFrame
        Table of ``support_headline``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    article_ids : sequence of str, optional
        The articles to show, in this order, those without any such sentence too; if not given,
        the articles in the table.

    Returns
    -------
    matplotlib.axes.Axes
        x is the place in the body (0 start, 1 end). One row a claim: up to six articles each
        claim under its words, grey where neither sentence has them; beyond that beside its id.

    Raises
    ------
    ValueError
        If the table is of another kind, or there are more than 200 articles.

    Examples
    --------
    >>> from newsresearch.support import support_headline
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": ["Council backs wind farm"],
    ...     "body": ["It was late. The council rejected the wind farm."]})
    >>> [text.get_text() for text in plot_support(support_headline(table)).texts]
    ['a', 'reversed:\\nbacks ≠ rejected']
    """
    options: dict[str, Any] = {} if article_ids is None else {"article_ids": list(article_ids)}
    return draw_plot(PLOT, support, ax, **options)


# Column of ours -> of the source. The words of a headline, and those that differ; no sentences.
_COLUMNS = {
    "article_id": "article_id", "role": "role", "claim": "claim", "words": "claim_quote",
    "position": "position", "coverage": "coverage", "voice": "voice", "hedged": "hedged",
    "missing": "missing", "mismatch": "mismatch", "told": "told_quote", "found": "found_quote",
}  # fmt: skip
_LONGEST = 60  # characters: words that differ are fewer
_TEXTS = ["article_id", "role", "words", "voice", "missing", "mismatch", "told", "found"]


def _table(support: pd.DataFrame, article_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a sentence; a claim, or an article, without any has a row without role."""
    need_columns(support, _COLUMNS.values(), "support_headline")
    names = list(dict.fromkeys(support["article_id"] if article_ids is None else article_ids))
    source = support[[*_COLUMNS.values()]].set_axis([*_COLUMNS], axis=1)
    # A table read back from a CSV file has nothing where a text was empty.
    source[_TEXTS] = source[_TEXTS].astype(object).where(source[_TEXTS].notna(), "")
    # Where nothing like the headline's words is there, the whole sentence was found: left out.
    source["found"] = source["found"].where(source["found"].str.len() <= _LONGEST, "")
    records = source.to_dict("records")
    empty = {"claim": 0, "position": float("nan"), "coverage": float("nan"), "hedged": False}
    rows: list[dict[Any, Any]] = []
    for name in names:
        own = [
            row | {"role": row["role"].removesuffix("none")} for row in records
            if row["article_id"] == name and (row["role"] != "none" or row["words"])
        ]  # fmt: skip
        nothing = {column: empty.get(column, "") for column in _COLUMNS} | {"article_id": name}
        rows += own or [nothing]
    # Cleaned first: text of pandas refuses lone surrogates.
    clean = [row | {column: clean_text(row[column]) for column in _TEXTS} for row in rows]
    table = pd.DataFrame(clean, columns=[*_COLUMNS])
    kinds = {"claim": "int64", "position": "float64", "coverage": "float64", "hedged": "bool"}
    return table.astype(kinds)


def _alt(table: pd.DataFrame) -> str:
    claims = table[table["words"] != ""].groupby(["article_id", "claim"], sort=False).ngroups
    parts = []
    for role in ("supporting", "opposing"):
        rows = table[table["role"] == role]
        late = int((rows["position"] > 0.5).sum())
        about = (
            f" (median coverage {rows['coverage'].median():.2f}, {late} in the second half, "
            f"{rows['hedged'].sum()} hedged, {(rows['mismatch'] != '').sum()} with a mismatch)"
        )
        parts.append(f"{role} sentences for {len(rows)}{about if len(rows) else ''}")
    articles = count_of(table["article_id"].nunique(), "article")
    return f"{count_of(claims, 'claim')} in the headlines of {articles}: {', '.join(parts)}."


PLOT = Plot("support", support_headline, _table, draw_rows, _alt, measure_rows)
