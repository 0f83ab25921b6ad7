"""All measures of an article at once, and the codebook of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, cast, overload

from newsresearch import coherence, framing, readability, sentiment, sources, stance
from newsresearch.articles import REQUIRED, check_articles
from newsresearch.batches import Scorer, add_columns, check_own
from newsresearch.measures import Measure
from newsresearch.progress import Tell, counting, no_one
from newsresearch.scaling import LazyTable, as_lazy, check_workers, score_apart
from newsresearch.tables import pd

__all__ = ["SCORERS", "VERBS", "list_measures", "score_all", "score_columns", "score_meta"]

_Scorers = tuple[tuple[Scorer, tuple[Measure, ...]], ...]
# To add a scorer, add a line: the scorer and its measures.
SCORERS: _Scorers = (
    (readability.SCORER, readability.MEASURES),
    (sentiment.SCORER, sentiment.MEASURES),
    (stance.SCORER, stance.MEASURES),
)
# What takes longer, or is asked for more rarely, has a verb of its own.
VERBS: dict[str, _Scorers] = {
    "score_all": SCORERS,
    "score_framing": ((framing.SCORER, framing.MEASURES),),
    "score_sources": ((sources.SCORER, sources.MEASURES),),
    "score_coherence": ((coherence.SCORER, coherence.MEASURES),),
}


@overload
def score_all(articles: pd.DataFrame, workers: int = 1, progress: bool = False) -> pd.DataFrame: ...
@overload
def score_all(articles: LazyTable, workers: int = 1, progress: bool = False) -> LazyTable: ...
def score_all(
    articles: pd.DataFrame | LazyTable, workers: int = 1, progress: bool = False
) -> pd.DataFrame | LazyTable:
    """Add tone, readability and headline support, every measure of them, to a table of articles.

    Each row is scored by itself: its values do not depend on the other rows or their order,
    nor on the number of workers.

    Parameters
    ----------
    articles : pandas.DataFrame or dask.dataframe.DataFrame
        Articles table. A Dask table gives a Dask table: nothing is scored before it is
        computed, on as many processes or machines as its client has. Whether ids are unique
        is then looked at in each partition only.
    workers : int
        So many processes of this machine share the rows. Starting them takes seconds once, so
        they pay from some hundred articles on. A text that kills its process becomes a row
        with its reason. A Dask table is scored by the workers of its client instead.
    progress : bool
        Show how many are done, on a terminal or in a notebook that a person runs. The line goes
        away again: nothing of it is saved. A Dask table has progress bars of its own.

    Returns
    -------
    pandas.DataFrame or dask.dataframe.DataFrame
        A new table, same rows and index: the columns that were there, the columns that
        ``list_measures("score_all")`` describes, and error last: why a row has no measures,
        else empty.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract, or has a column of its own named as a
        measure; or workers is no whole number from 1.

    Examples
    --------
    >>> two = {"article_id": ["a", "b"], "headline": ["", ""], "body": ["We lost.", ""]}
    >>> score_all(pd.DataFrame(two))[["n_words", "body_tone", "error"]].values.tolist()
    [[2, -0.3182, ''], [<NA>, nan, 'the body is empty']]
    """
    workers = check_workers(workers)
    lazy = as_lazy(articles)
    if lazy is not None:
        # Without `meta` Dask would call us on a made-up table to see what comes out.
        scored: LazyTable = lazy.map_partitions(score_all, meta=score_meta(lazy._meta))
        return scored
    table = cast("pd.DataFrame", articles)
    check_articles(table)
    with counting(len(table), progress) as tell:
        if workers > 1 and len(table):
            check_own(table, *(scorer for scorer, _ in SCORERS))
            return score_apart(table, _score_rows, workers, tell)
        return _score(table, tell)


def _score(articles: pd.DataFrame, tell: Tell = no_one) -> pd.DataFrame:
    return add_columns(articles, *(scorer for scorer, _ in SCORERS), tell=tell)


def _score_rows(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the measures of some rows; a worker finds this function by its name."""
    # As objects: a text column proper cannot hold broken characters, which are a reason of ours.
    scored = _score(pd.DataFrame(rows, dtype=object))
    return scored.drop(columns=[*REQUIRED, "preamble"], errors="ignore")


def score_meta(columns: pd.DataFrame | Sequence[str] | None = None) -> pd.DataFrame:
    """Return the empty table that says the columns and dtypes of ``score_all``.

    It is what Dask calls `meta`; ``score_all`` passes it by itself. Pass it yourself where you
    call ``map_partitions`` with a function of your own around ``score_all``.

    Parameters
    ----------
    columns : DataFrame or sequence of str, optional
        The Articles table (only its columns, dtypes and index count) or its columns, all text
        then. Without, the three columns that every Articles table has.

    Returns
    -------
    pandas.DataFrame
        No rows; the columns and dtypes that ``score_all`` gives for such a table.

    Raises
    ------
    ArticleError
        If a required column is missing.

    Examples
    --------
    >>> score_meta()[["body", "n_words", "body_tone", "error"]].dtypes.astype(str).tolist()
    ['str', 'Int64', 'float64', 'str']
    """
    if isinstance(columns, pd.DataFrame):
        return _score(check_articles(columns.iloc[:0]))
    names = list(REQUIRED if columns is None else columns)
    return _score(check_articles(pd.DataFrame(columns=pd.Index(names), dtype="str")))


def score_columns(articles: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Add those measures that hold any of the columns, whichever verb gives them."""
    wanted = set(columns)
    scorers = [
        scorer
        for every in VERBS.values()
        for scorer, measures in every
        if wanted.intersection(measure.column for measure in measures)
    ]
    return add_columns(articles, *scorers)


def list_measures(verb: str | None = None) -> pd.DataFrame:
    """List every column that a ``score_`` function adds: the codebook, one row a column.

    Parameters
    ----------
    verb : str, optional
        Only the columns of this function, such as "score_all"; all if not given.

    Returns
    -------
    pandas.DataFrame
        verb (the function that adds it), column, meaning, unit, low and high (the documented
        range; NaN where it has no bound), direction (what a higher value means), reference, and
        validity: what the measure scored on real data, also where that is poor.

    Raises
    ------
    ValueError
        If no function of that name adds measures.

    Examples
    --------
    >>> list_measures().set_index("column").loc["lix", ["verb", "direction"]].tolist()
    ['score_all', 'higher = harder']
    """
    if verb is not None and verb not in VERBS:
        raise ValueError(f"no measures of {verb!r}. Use one of {', '.join(VERBS)}.")
    rows = [
        {"verb": name} | asdict(measure)
        for name, every in VERBS.items()
        if verb in (None, name)
        for _, measures in every
        for measure in measures
    ]
    table = pd.DataFrame(rows, columns=["verb", *(field.name for field in fields(Measure))])
    return table.astype({"low": "float64", "high": "float64"})
