"""How many findings each check has in each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsresearch.figures.house import (
    COLUMN,
    INK,
    LABEL,
    PAGE,
    WIDE_LABEL,
    Plot,
    clean_text,
    count_of,
    draw_plot,
    label_rows,
    need_columns,
    row_size,
    say_nothing,
)
from newsresearch.incoherence import find_incoherence, list_checks
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["PLOT", "plot_findings"]


def plot_findings(
    findings: pd.DataFrame, ax: Axes | None = None, article_ids: Sequence[str] | None = None
) -> Axes:
    """Draw how many findings each check has in each article, checks side by side by group.

    It shows where to read; counts are no score of quality, and checks differ in precision. A
    check without any finding has no column.

    Parameters
    ----------
    findings : pandas.DataFrame
        Table of ``find_incoherence``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.
    article_ids : sequence of str, optional
        The articles to show, in this order, those without findings too; if not given, the
        articles that have findings, by id.

    Returns
    -------
    matplotlib.axes.Axes
        One row an article, one column a check; number and darkness are the count of findings.

    Raises
    ------
    ValueError
        If the table is of another kind, or there are more than 200 articles.

    Examples
    --------
    >>> findings = pd.DataFrame({"article_id": ["a", "a"], "check": ["repeated_word"] * 2})
    >>> [text.get_text() for text in plot_findings(findings).texts]
    ['2']
    """
    options: dict[str, Any] = {} if article_ids is None else {"article_ids": list(article_ids)}
    return draw_plot(PLOT, findings, ax, **options)


def _table(findings: pd.DataFrame, article_ids: Sequence[str] | None = None) -> pd.DataFrame:
    need_columns(findings, ("article_id", "check"), "find_incoherence")
    checks = list_checks()
    groups: dict[str, str] = dict(zip(checks["check"], checks["group"], strict=True))
    groups |= dict.fromkeys(sorted(set(findings["check"]) - set(groups)), "none")
    counts = Counter(zip(findings["article_id"], findings["check"], strict=True))
    present = {check for _, check in counts}
    names = sorted(set(findings["article_id"])) if article_ids is None else article_ids
    rows = [
        (clean_text(name), group, clean_text(check), counts[name, check])
        for name in names
        for check, group in groups.items()
        if check in present
    ]
    return pd.DataFrame(rows, columns=["article_id", "group", "check", "findings"])


_NUMBER: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": 6.5}


def _columns_of(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (kind, text) of each column: a group's name stands before its checks."""
    columns: list[tuple[str, str]] = []
    for group, checks in table.groupby("group", sort=False)["check"]:
        title = "other" if group == "none" else str(group)
        columns += [("group", title), *(("check", check) for check in checks.unique())]
    return columns


def _size(table: pd.DataFrame) -> tuple[float, float]:
    ids = list(table["article_id"].unique())
    width, label = _widths(_columns_of(table))
    return row_size(width, ids, row=0.17, margin=1.3 if ids else 0.6, label=label)


def _widths(columns: Sequence[tuple[str, str]]) -> tuple[float, int]:
    return (COLUMN, LABEL) if len(columns) <= 8 else (PAGE, WIDE_LABEL)


def _draw(table: pd.DataFrame, ax: Axes) -> None:
    if table.empty:
        say_nothing(ax, "no findings")
        return
    columns = _columns_of(table)
    names = [text for _, text in columns]
    grid = table.pivot_table("findings", "article_id", "check", "sum", sort=False)
    label_rows(ax, list(grid.index), _widths(columns)[1])
    cells = grid.reindex(columns=names).where(lambda counts: counts > 0).to_numpy("float64")
    most = max(int(table["findings"].max()), 5)  # a single finding stays light
    style: dict[str, Any] = {"cmap": "Blues", "edgecolors": "white", "linewidth": 0.8}
    edges = [[at - 0.5 for at in range(size + 1)] for size in cells.shape]
    ax.pcolormesh(edges[1], edges[0], cells, vmin=0, vmax=most, **style)
    for row, counts in enumerate(cells):
        for column, count in enumerate(counts):
            if count > 0:
                color = "white" if count > 0.65 * most else INK
                ax.text(column, row, f"{count:.0f}", color=color, **_NUMBER)
    _label_columns(ax, columns)


def _label_columns(ax: Axes, columns: Sequence[tuple[str, str]]) -> None:
    labels = [text.replace("_", " ") for _, text in columns]
    ax.set_xticks(range(len(labels)), labels, rotation=90, parse_math=False)
    ax.tick_params(axis="x", length=0, labeltop=True, labelbottom=False)
    ax.set_xlim(-0.5, len(labels) - 0.5)
    ax.spines[:].set_visible(False)
    for tick, (kind, _) in zip(ax.xaxis.get_major_ticks(), columns, strict=True):
        tick.label2.set_fontweight("bold" if kind == "group" else "normal")


def _alt(table: pd.DataFrame) -> str:
    articles = count_of(table["article_id"].nunique(), "article")
    table = table[table["check"] != "not_checked"]  # a reason why there is no finding
    total = int(table["findings"].sum())
    if not total:
        return "Findings per article and check: none."
    by_article = table.groupby("article_id")["findings"].sum()
    by_check = table.groupby("check", sort=False)["findings"].sum()
    return (
        f"{count_of(total, 'finding')} of {count_of(len(by_check), 'check')} in "
        f"{int((by_article > 0).sum())} of {articles}; "
        f"the most by {by_check.idxmax()} ({by_check.max()})."
    )


PLOT = Plot("findings", find_incoherence, _table, _draw, _alt, _size)
