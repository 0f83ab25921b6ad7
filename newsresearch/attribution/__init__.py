"""Who says what: quotations and reported statements, each with its speaker and verb.

Rules and word lists, no model.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from newsresearch.articles import Article, iter_articles
from newsresearch.attribution.model import (
    BROKEN,
    DIRECT,
    FRAGMENT,
    REPORTED,
    Attribution,
    Speaker,
)
from newsresearch.attribution.quoting import attribute_quotations
from newsresearch.attribution.reporting import attribute_reports
from newsresearch.tables import pd, to_table
from newsresearch.text import Span

__all__ = [
    "ATTRIBUTION_DTYPES",
    "BROKEN",
    "DIRECT",
    "FRAGMENT",
    "REPORTED",
    "Attribution",
    "Speaker",
    "attribute_quotes",
    "attribution_rows",
    "attributions",
    "said_by",
]

ATTRIBUTION_DTYPES = {
    "article_id": "str", "field": "str", "start": "int64", "end": "int64", "quote": "str",
    "kind": "str", "speaker": "str", "speaker_start": "Int64", "speaker_end": "Int64",
    "speaker_name": "str", "verb": "str", "verb_class": "str", "anonymous": "boolean",
    "reason": "str",
}  # fmt: skip


@lru_cache(maxsize=2)
def attributions(article: Article) -> tuple[Attribution, ...]:
    """Return the quotations and reported statements of the body, in order of the text."""
    if not article.body.strip():
        return ()
    every = [*attribute_quotations(article), *attribute_reports(article)]
    return tuple(sorted(every, key=lambda one: (one.span, one.kind)))


def said_by(article: Article, span: Span) -> Attribution | None:
    """Return whose words most of a span of the body are; None where the article itself speaks.

    The attribution may be without a speaker: then the words are somebody's, but not told whose.
    """
    every = attributions(article)
    best, most = None, (span.end - span.start) / 2
    for at in range(bisect_left(every, span.end, key=lambda one: one.span.start) - 1, -1, -1):
        one = every[at]
        if one.span.start < span.start - _LONGEST:
            break
        start, end = _extent(one)
        shared = min(end, span.end) - max(start, span.start)
        if shared >= most and shared > 0:
            best, most = one, shared
    return best


def _extent(one: Attribution) -> Span:
    """Return an attribution with the words that say who speaks, where they stand beside it."""
    beside = [part for part in (one.verb, one.speaker and one.speaker.span) if part]
    near = [part for part in beside if -_BESIDE < part.start - one.span.end < _BESIDE or
            -_BESIDE < one.span.start - part.end < _BESIDE]  # fmt: skip
    return Span(
        min([one.span.start, *(part.start for part in near)]),
        max([one.span.end, *(part.end for part in near)]),
    )


_BESIDE = 60
# A quotation or statement that begins further back does not reach here.
_LONGEST = 20_000


def attribute_quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Say who says what: each quotation and reported statement of the body, with its speaker.

    Sees verbs of speech, 'according to', names, roles and pronouns beside a quotation, and a
    speaker who goes on. Cannot know a speaker whom only the sense tells; headlines are not read.

    Parameters
    ----------
    articles : DataFrame
        An Articles table.

    Returns
    -------
    DataFrame
        Long, one row a quotation or statement, in the order of the text: `article_id, field,
        start, end, quote`; `kind` (direct, fragment, reported; broken: a mark has no partner);
        `speaker` (the words of the text) with `speaker_start, speaker_end`, `speaker_name` (the
        fullest form of the name in the text), empty and missing where nobody can be told;
        `verb`, `verb_class` (neutral, endorsing, distancing, denying, asking); `anonymous`
        (True: no name is given; missing without a speaker); `reason`: by what the speaker was
        found, or why not.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""],
    ...     "body": ["Mayor Ann Lee left. “It is late,” she said. Officials denied it was so."]})
    >>> attribute_quotes(table)[["quote", "speaker_name", "verb_class"]].values.tolist()
    [['“It is late,”', 'Ann Lee', 'neutral'], ['it was so', 'Officials', 'denying']]
    """
    rows = [row for article in iter_articles(articles) for row in attribution_rows(article)]
    return to_table(rows, ATTRIBUTION_DTYPES)


def attribution_rows(article: Article) -> list[dict[str, Any]]:
    """Return the rows of ``attribute_quotes`` for one article; one that cannot be read has none."""
    if article.problem:
        return []
    return [_row(article, found) for found in attributions(article.smoothed)]


def _row(article: Article, found: Attribution) -> dict[str, Any]:
    span, who = article.stored("body", found.span), found.speaker
    speaker = article.stored("body", who.span) if who else None
    verb = article.stored("body", found.verb).of(article.body) if found.verb else ""
    return {
        "article_id": article.article_id, "field": "body",
        "start": span.start, "end": span.end, "quote": span.of(article.body),
        "kind": found.kind, "speaker": speaker.of(article.body) if speaker else "",
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "speaker_name": who.name if who else "", "verb": verb, "verb_class": found.verb_class,
        "anonymous": who.anonymous if who else None, "reason": found.reason,
    }  # fmt: skip
