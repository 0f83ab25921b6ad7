"""All measures of an article at once, and the codebook of their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields

import pandas as pd

from newsresearch import readability, sentiment, stance
from newsresearch.articles import check_articles
from newsresearch.measures import Measure

__all__ = ["SCORERS", "list_measures", "score_all"]

# To add a scorer, add a line: its function, which sees one row at a time, and its measures.
SCORERS: tuple[tuple[Callable[[pd.DataFrame], pd.DataFrame], tuple[Measure, ...]], ...] = (
    (readability.score_readability, readability.MEASURES),
    (sentiment.score_sentiment, sentiment.MEASURES),
    (stance.label_stance, stance.MEASURES),
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
    scored = check_articles(articles)
    for score, _ in SCORERS:
        scored = score(scored)
    return scored


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
