"""All measures of an article at once, and the codebook of their columns."""

from __future__ import annotations

from dataclasses import asdict, fields

import pandas as pd

from newsresearch import readability, sentiment, stance
from newsresearch.batches import Scorer, add_columns
from newsresearch.measures import Measure

__all__ = ["SCORERS", "list_measures", "score_all"]

# To add a scorer, add a line: the scorer and its measures.
SCORERS: tuple[tuple[Scorer, tuple[Measure, ...]], ...] = (
    (readability.SCORER, readability.MEASURES),
    (sentiment.SCORER, sentiment.MEASURES),
    (stance.SCORER, stance.MEASURES),
)


def score_all(articles: pd.DataFrame) -> pd.DataFrame:
    """Add every measure of this package to a table of articles.

    Each row is scored by itself: its values do not depend on the other rows or their order.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index: the columns that were there, the columns that
        ``list_measures`` describes, and error last: why a row has no measures, else empty.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.

    Examples
    --------
    >>> two = {"article_id": ["a", "b"], "headline": ["", ""], "body": ["We lost.", ""]}
    >>> score_all(pd.DataFrame(two))[["n_words", "body_tone", "error"]].values.tolist()
    [[2, -0.3182, ''], [<NA>, nan, 'the body is empty']]
    """
    return add_columns(articles, *(scorer for scorer, _ in SCORERS))


def list_measures() -> pd.DataFrame:
    """List every column that ``score_all`` adds: the codebook, one row a column.

    Returns
    -------
    pandas.DataFrame
        column, meaning, unit, low and high (the documented range; NaN where it has no bound),
        direction (what a higher value means), reference, and validity: what the measure
        scored on real data, also where that is poor.

    Examples
    --------
    >>> list_measures().set_index("column")["direction"]["lix"]
    'higher = harder'
    """
    rows = [asdict(measure) for _, measures in SCORERS for measure in measures]
    table = pd.DataFrame(rows, columns=[field.name for field in fields(Measure)])
    return table.astype({"low": "float64", "high": "float64"})
