"""The figures of the paper, by number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsresearch.bundles.saving import describe_axes, save_figure
from newsresearch.figures import draw_plot, find_plot
from newsresearch.tables import pd

__all__ = ["FIGURES", "build_figures", "find_figure"]

# number -> name of the files, plot
FIGURES = {
    1: ("fig1_tone_arc", "tone_arc"),
    2: ("fig2_readability", "readability"),
    3: ("fig3_findings", "findings"),
    4: ("fig4_support", "support"),
}


def build_figures(
    articles: pd.DataFrame,
    folder: str | Path = "figures",
    only: int | Sequence[int] | None = None,
    article_id: str | None = None,
    formats: Sequence[str] = ("svg", "png"),
) -> pd.DataFrame:
    """Draw and save the four figures of the paper from a table of articles.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table, furniture stripped.
    folder : str or Path
        Where to write.
    only : int or sequence of int, optional
        Numbers of the figures to make; all if not given.
    article_id : str, optional
        The article of figure 1; the first that has a tone if not given.
    formats : sequence of str
        Of "svg", "png" and "pdf".

    Returns
    -------
    pandas.DataFrame
        One row a figure: figure (name of its files), file (the picture), what (alt text).

    Raises
    ------
    ValueError
        If a number is not 1 to 4, the article is not there, or there are more than 200.

    Examples
    --------
    >>> import tempfile
    >>> one = {"article_id": ["a"], "headline": ["Rain"], "body": ["Rain fell on the town."]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     build_figures(pd.DataFrame(one), folder, only=4)["what"].tolist()
    ['1 claim in the headlines of 1 article: supporting sentences for 1 (median coverage 1.00,
      0 in the second half, 0 hedged, 0 with a mismatch), opposing sentences for 0.']
    """
    numbers = list(FIGURES) if only is None else [only] if isinstance(only, int) else list(only)
    rows = []
    for name, plot_name in [find_figure(number) for number in numbers]:
        plot = find_plot(plot_name)
        source = plot.source(articles)
        options: dict[str, Any] = {}
        if plot_name == "tone_arc":
            options["article_id"] = article_id or next(iter(source["article_id"]), None)
        if plot_name in {"findings", "support"}:  # their tables lack articles without a row
            options["article_ids"] = list(articles["article_id"])
        ax = draw_plot(plot, source, shown=False, **options)
        save_figure(ax, name, folder, articles, formats)
        rows.append((name, f"{name}.{[*formats, 'csv'][0]}", describe_axes(ax, None)[0]["alt"]))
    return pd.DataFrame(rows, columns=["figure", "file", "what"], dtype="str")


def find_figure(number: int) -> tuple[str, str]:
    """Return the name of a figure's files and its plot; a ValueError lists the numbers."""
    if number not in FIGURES:
        raise ValueError(f"no figure {number!r}. Use {', '.join(map(str, FIGURES))}.")
    return FIGURES[number]
