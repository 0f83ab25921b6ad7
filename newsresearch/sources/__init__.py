"""Who gets to speak: the sources of an article, and how much room each is given."""

from __future__ import annotations

from typing import Any

from newsresearch.articles import Article, iter_articles
from newsresearch.sources.counting import Source, find_sources, place_of, share_of
from newsresearch.sources.scoring import FEWEST_WORDS, MEASURES, SCORER, score_sources
from newsresearch.tables import pd, to_table

__all__ = [
    "FEWEST_WORDS",
    "MEASURES",
    "SCORER",
    "SOURCE_DTYPES",
    "list_sources",
    "score_sources",
    "source_rows",
]

SOURCE_DTYPES = {
    "article_id": "str", "source": "str", "anonymous": "bool", "n_quotes": "Int64",
    "n_reported": "Int64", "words_quoted": "Int64", "words_reported": "Int64",
    "source_share": "float64", "first_at": "float64", "verb_classes": "str", "field": "str",
    "start": "int64", "end": "int64", "quote": "str",
}  # fmt: skip


def list_sources(articles: pd.DataFrame) -> pd.DataFrame:
    """List who speaks in each article, and how many words each source is given.

    Sees what ``attribute_quotes`` sees. A person is one source under surname, title, pronoun and
    'the mayor' where only one mayor is named; a source without a name is one for each wording
    ('officials'). Papers, statements and firms count as sources too. It does not know who
    stands behind 'a spokesman', nor whether two wordings mean the same people.

    Parameters
    ----------
    articles : DataFrame
        An Articles table.

    Returns
    -------
    DataFrame
        Long, one row a source, in the order they first speak: `article_id, source` (the fullest
        form of the name in the text), `anonymous` (no name is given), `n_quotes` (quotations,
        whole and in part), `n_reported` (statements in the writer's words), `words_quoted` and
        `words_reported` (each word once), `source_share` (of all words that have a source, 0 to
        1), `first_at` (where it first speaks: 0 start of the body, 1 end), `verb_classes` (of
        the verbs used, as in ``attribute_quotes``), and the first span: `field, start, end,
        quote`.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.

    Examples
    --------
    >>> body = "Mayor Ann Lee left. “It is late,” she said. Officials denied that it was so."
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    >>> list_sources(table)[["source", "words_quoted", "words_reported"]].values.tolist()
    [['Ann Lee', 3, 0], ['Officials', 0, 3]]
    """
    rows = [row for article in iter_articles(articles) for row in source_rows(article)]
    return to_table(rows, SOURCE_DTYPES)


def source_rows(article: Article) -> list[dict[str, Any]]:
    """Return the rows of ``list_sources`` for one article; one that cannot be read has none."""
    if article.problem:
        return []
    smooth = article.smoothed
    found = find_sources(smooth)
    total = sum(source.words for source in found.sources)
    return [_row(article, source, total, place_of(smooth, source)) for source in found.sources]


def _row(article: Article, source: Source, total: int, place: float) -> dict[str, Any]:
    span = article.stored("body", source.first)
    return {
        "article_id": article.article_id, "source": source.name, "anonymous": source.anonymous,
        "n_quotes": source.quotes, "n_reported": source.reports, "words_quoted": source.quoted,
        "words_reported": source.reported, "source_share": share_of(source.words, total),
        "first_at": place,
        "verb_classes": ", ".join(dict.fromkeys(source.verbs.values())),
        "field": "body", "start": span.start, "end": span.end, "quote": span.of(article.body),
    }  # fmt: skip
