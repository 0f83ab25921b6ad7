"""Scoring a table: many articles at once, and still each by itself.

A scorer gets a batch and returns columns. A fault in one article costs that row only.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from newsresearch.articles import Article, ArticleError, iter_articles, name_columns
from newsresearch.chunks import Chunked, chunk_texts
from newsresearch.progress import Tell, no_one
from newsresearch.tables import pd
from newsresearch.text import split_sentences

__all__ = [
    "SIZE",
    "Batch",
    "Columns",
    "Scorer",
    "add_columns",
    "check_own",
    "one_by_one",
    "score_article",
]

SIZE = 1_000  # articles: more gain nothing, and need memory

Columns = Mapping[str, Sequence[Any]]


class Batch:
    """Some articles that can be scored, smoothed and unmasked, and their texts as numbers."""

    def __init__(self, articles: Sequence[Article], stored: Sequence[Article] = ()) -> None:
        self.articles = articles
        self.stored = stored or articles  # as they were given, to point into their texts

    @cached_property
    def bodies(self) -> Chunked:
        """The bodies, in sentences in numbered chunks."""
        return chunk_texts(article.chunks for article in self.articles)

    @cached_property
    def headlines(self) -> Chunked:
        """The headlines likewise."""
        texts = (article.headline for article in self.articles)
        return chunk_texts([s.of(text).split() for s in split_sentences(text)] for text in texts)


class Scorer(NamedTuple):
    """What gives columns to a batch, and their dtypes; it never looks from one row to another."""

    score: Callable[[Batch], Columns]
    dtypes: Mapping[str, str]


def one_by_one(score: Callable[[Article], Mapping[str, Any]], dtypes: Mapping[str, str]) -> Scorer:
    """Return the scorer that asks for the row of each article in turn."""

    def score_batch(batch: Batch) -> Columns:
        rows = [score(article) for article in batch.articles]
        return {column: [row.get(column) for row in rows] for column in dtypes}

    return Scorer(score_batch, dtypes)


def add_columns(
    articles: pd.DataFrame, *scorers: Scorer, tell: Tell = no_one, careful: bool = True
) -> pd.DataFrame:
    """Return a new table with the scores of each article added, and `error` last.

    A row that cannot be scored, or whose scoring fails, keeps missing values and its reason:
    one bad article never stops a batch. Scores of before are replaced: where all columns of a
    scorer are there. Some of them alone are somebody's own: not overwritten, if ``careful``.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract, or has a column of its own by such a name.
    """
    if careful:
        check_own(articles, *scorers)
    dtypes = {column: dtype for scorer in scorers for column, dtype in scorer.dtypes.items()}
    cells: dict[str, list[Any]] = {column: [] for column in [*dtypes, "error"]}
    rows = iter_articles(articles)
    with _without_collector():
        while some := list(islice(rows, SIZE)):
            for column, values in _score(some, scorers).items():
                cells[column] += values
            tell(len(cells["error"]))
    kept = articles.drop(columns=list(cells), errors="ignore")
    dtypes["error"] = "str"
    arrays = {c: pd.Series(cells[c], dtype=dtype).array for c, dtype in dtypes.items()}
    # All at once: to insert them one by one takes longer than to score a short article.
    return pd.concat([kept, pd.DataFrame(arrays, index=articles.index)], axis=1)


def score_article(article: Article, *scorers: Scorer) -> dict[str, Any]:
    """Return the measures of one article, and its `error`, without a table.

    What ``add_columns`` adds to its row; None or NaN where a measure is missing.
    """
    return {column: values[0] for column, values in _score([article], scorers).items()}


def check_own(articles: pd.DataFrame, *scorers: Scorer) -> None:
    """Refuse to overwrite columns that are not from an earlier scoring.

    Raises
    ------
    ArticleError
        If some of the columns of a scorer are there, and not all.
    """
    there = set(getattr(articles, "columns", ()))  # what is no table is told so later
    partly = [set(s.dtypes) & there for s in scorers if not set(s.dtypes) <= there]
    own = [column for s in scorers for column in s.dtypes if any(column in p for p in partly)]
    if own:
        renamed = ", ".join(f"{name!r}: 'my_{name}'" for name in own)
        raise ArticleError(
            f"articles have {name_columns(own)} already, where scoring would write. "
            f"Rename: articles.rename(columns={{{renamed}}}); or drop what is of no use."
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for cycles, which spans do not make, while batches are scored.

    Each look goes through all objects of the program, half a million once syllables are known:
    a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _score(articles: Sequence[Article], scorers: Sequence[Scorer]) -> dict[str, list[Any]]:
    """Return the columns of some articles; one that fails is not shown to the scorers after."""
    cells = {c: [None] * len(articles) for scorer in scorers for c in scorer.dtypes}
    errors = [_why_not(article) for article in articles]
    batch, places = Batch([]), list[int]()
    for scorer in scorers:
        able = [at for at, error in enumerate(errors) if not error]
        if able != places:
            stored = [articles[at] for at in able]
            batch, places = Batch([one.smoothed.unmasked for one in stored], stored), able
        if able:
            _fill(scorer, batch, places, cells, errors)
    return {**cells, "error": errors}


def _fill(
    scorer: Scorer,
    batch: Batch,
    places: Sequence[int],
    cells: dict[str, list[Any]],
    errors: list[str],
) -> None:
    """Put the scores of a batch into their places; where it fails, those of each article."""
    try:
        columns = scorer.score(batch)
    except Exception as problem:  # a fault in one article must not lose the others
        if len(places) == 1:
            errors[places[0]] = f"scoring failed: {type(problem).__name__}: {problem}"
            return
        for at, article, stored in zip(places, batch.articles, batch.stored, strict=True):
            _fill(scorer, Batch([article], [stored]), [at], cells, errors)
        return
    for column, values in columns.items():
        for at, value in zip(places, values, strict=True):
            cells[column][at] = value


def _why_not(article: Article) -> str:
    """Return why an article cannot be scored; empty where it can."""
    if article.problem:
        return article.problem
    readable = article.smoothed.unmasked
    if readable is not article.smoothed and not readable.body.strip():
        return "every sentence is masked with '@'; there is nothing to score"
    return ""
