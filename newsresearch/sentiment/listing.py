"""Tone sentence by sentence, and how much of a table an own lexicon covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newsresearch.articles import Article, iter_articles
from newsresearch.plain import straighten
from newsresearch.sentiment.lists import (
    Neutral,
    check_lexicon,
    choose_engine,
    default_engine,
    plain_engine,
)
from newsresearch.sentiment.masking import split_tokens
from newsresearch.sentiment.scoring import tone_of_plain
from newsresearch.tables import pd, to_table
from newsresearch.text import Span, split_sentences

if TYPE_CHECKING:
    from newsresearch.sentiment.engine import Analyzer

__all__ = ["Sentence", "lexicon_coverage", "list_tones", "read_sentences", "tone_rows"]

_TONE_DTYPES = {
    "article_id": "str",
    "field": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "quote": "str",
    "tone": "float64",
}
_COVERAGE_DTYPES = {
    "word": "str",
    "value": "float64",
    "vader_value": "float64",
    "n_uses": "int64",
    "n_articles": "int64",
    "token_share": "float64",
    "is_found": "bool",
}


class Sentence(NamedTuple):
    """A sentence as the engine gets it, and its place in the smoothed field."""

    field: str
    number: int
    span: Span
    plain: str


def read_sentences(article: Article) -> Iterator[Sentence]:
    """Yield the sentences that are scored; nothing where the article cannot be."""
    if article.problem:
        return
    smoothed = article.smoothed
    for field, spans in (
        ("headline", split_sentences(smoothed.headline)),
        ("body", smoothed.whole_sentences),
    ):
        for number, span in enumerate(spans):
            yield Sentence(field, number, span, straighten(span.of(smoothed.field(field))))


def list_tones(
    articles: pd.DataFrame,
    *,
    neutral: Neutral = "news",
    news_words: bool = True,
    mask_names: bool = False,
    lexicon: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """List the tone of each sentence of headlines and bodies, one row a sentence.

    Articles that cannot be scored have no rows here, ``score_sentiment`` gives the reason; nor
    have sentences that masks ('@ @ @') cut into.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    neutral, news_words, mask_names, lexicon
        Which words count, as in ``score_sentiment``.

    Returns
    -------
    pandas.DataFrame
        article_id, field ("headline" or "body"), sentence (0-based within its field), start
        and end (characters of that field), quote, tone (-1 to 1, NaN without a word; higher =
        more positive).

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If a list of words cannot be used.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": ["Fine day"], "body": ["It rained. We lost."]}
    >>> list_tones(pd.DataFrame(one))[["field", "sentence", "quote", "tone"]].values.tolist()
    [['headline', 0, 'Fine day', 0.2023], ['body', 0, 'It rained.', 0.0],
     ['body', 1, 'We lost.', -0.3182]]
    """
    engine = choose_engine(neutral, news_words, mask_names, lexicon)
    rows = [row for article in iter_articles(articles) for row in tone_rows(article, engine)]
    return to_table(rows, _TONE_DTYPES)


def tone_rows(article: Article, engine: Analyzer | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``list_tones`` for one article, by the default engine if none is passed."""
    engine = engine or default_engine()
    for field, number, smooth, plain in read_sentences(article):
        span = article.stored(field, smooth)
        yield {
            "article_id": article.article_id, "field": field, "sentence": number,
            "start": span.start, "end": span.end, "quote": span.of(article.field(field)),
            "tone": tone_of_plain(plain, engine),
        }  # fmt: skip


def lexicon_coverage(articles: pd.DataFrame, lexicon: Mapping[str, float]) -> pd.DataFrame:
    """Tell how much of the headlines and bodies an own lexicon covers, one row a word.

    Sees single words as ``score_sentiment`` would find them, in any capitals; inflected forms
    (*strikes* for *strike*) are words of their own. Covering many tokens is no sign of validity.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    lexicon : mapping of word to value
        The words, with values from -4 to 4.

    Returns
    -------
    pandas.DataFrame
        word, value, vader_value (NaN where VADER lacks it), n_uses, n_articles, token_share
        (0 to 1, of all tokens: its sum is the share covered) and is_found (its mean is the
        share of words found).

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If the lexicon cannot be used.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": [""], "body": ["Strikes hit rail; strikes end."]}
    >>> covered = lexicon_coverage(pd.DataFrame(one), {"strikes": -1, "lockout": -2})
    >>> float(covered["is_found"].mean()), float(covered["token_share"].sum())
    (0.5, 0.4)
    """
    values = check_lexicon(lexicon)
    lexicon_of_vader = plain_engine().lexicon
    uses, spread, n_tokens = Counter[str](), Counter[str](), 0
    for article in iter_articles(articles):
        words = [w.lower() for s in read_sentences(article) for w in split_tokens(s.plain)]
        found = Counter(word for word in words if word in values)
        uses, spread, n_tokens = uses + found, spread + Counter(set(found)), n_tokens + len(words)
    rows = [
        (
            *(word, value, lexicon_of_vader.get(word), uses[word], spread[word]),
            *(uses[word] / max(1, n_tokens), uses[word] > 0),
        )
        for word, value in values.items()
    ]
    return pd.DataFrame(rows, columns=list(_COVERAGE_DTYPES)).astype(_COVERAGE_DTYPES)
