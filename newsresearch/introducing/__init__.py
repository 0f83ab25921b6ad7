"""Who is introduced, when, and how: people, organisations and acronyms in a long table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newsresearch.articles import Article, iter_articles
from newsresearch.introducing.acronyms import introduce_acronyms
from newsresearch.introducing.model import ASSUMED, INTRODUCED, LATE, NEVER, Introduction
from newsresearch.introducing.organisations import introduce_organisations
from newsresearch.introducing.people import describe, introduce_people
from newsresearch.tables import pd, to_table
from newsresearch.text import Span

__all__ = [
    "ASSUMED",
    "INTRODUCED",
    "INTRODUCTION_DTYPES",
    "LATE",
    "NEVER",
    "Introduction",
    "describe",
    "introduce_acronyms",
    "introduce_people",
    "introduction_rows",
    "introductions",
]

INTRODUCTION_DTYPES = {
    "article_id": "str", "name": "str", "kind": "str", "descriptor": "str",
    "start": "int64", "end": "int64", "quote": "str",
    "full_start": "Int64", "full_end": "Int64",
    "bare_start": "Int64", "bare_end": "Int64", "bare_quote": "str",
    "n_mentions": "int64", "status": "str", "reason": "str",
}  # fmt: skip


def introductions(articles: pd.DataFrame, known: Iterable[str] = ()) -> pd.DataFrame:
    """Show who is named in each body, and whether, when and how the text says who that is.

    Rules and word lists, no model: it sees titles, roles, appositions ('Lee, a baker'), given
    names and acronyms in brackets. People who neither speak nor carry a title or a listed given
    name are not seen; an invented place or firm that speaks may be taken for a person.

    Parameters
    ----------
    articles : DataFrame
        An Articles table.
    known : iterable of str, optional
        More names that need no introduction: surnames, full names or acronyms.

    Returns
    -------
    DataFrame
        Long, one row a name and article, in the order of the text: `article_id`, `name` (the
        fullest form), `kind` (person, organisation, acronym), `descriptor` (title, role or
        apposition; '' if none), `start, end, quote` of the first mention, `full_start,
        full_end` of the fullest form, `bare_start, bare_end, bare_quote` of the first short
        form outside quotations (missing where there is none), `n_mentions`, `status`
        (introduced, late, never, assumed known) and `reason`. All spans are of the body.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.
    ValueError
        If `known` is one string instead of several names.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""],
    ...     "body": ["Roe said it rained. The mayor, Ann Lee, agreed. Lee said more."]})
    >>> introductions(table)[["name", "descriptor", "status"]].values.tolist()
    [['Roe', '', 'never'], ['Ann Lee', 'The mayor', 'introduced']]
    """
    names = _check_known(known)
    rows = [row for article in iter_articles(articles) for row in introduction_rows(article, names)]
    return to_table(rows, INTRODUCTION_DTYPES)


def _check_known(known: Iterable[str]) -> frozenset[str]:
    names = [known] if isinstance(known, str) else list(known)
    if isinstance(known, str) or not all(isinstance(name, str) for name in names):
        found = f"found {known!r}" if isinstance(known, str) else "found something else"
        raise ValueError(f"known must be several names; {found}. Pass known=['Ann Lee', 'NRC'].")
    return frozenset(name.lower().strip() for name in names)


def introduction_rows(
    article: Article, known: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return the rows of ``introductions`` for one article; one that cannot be read has none."""
    if article.problem:
        return []
    smoothed = article.smoothed
    acronyms = introduce_acronyms(smoothed, known)
    found = [*introduce_people(smoothed, known), *acronyms]
    found += introduce_organisations(smoothed, frozenset(i.name for i in acronyms), known)
    return [_row(article, one) for one in sorted(found, key=lambda i: (i.first, i.name))]


def _row(article: Article, found: Introduction) -> dict[str, Any]:
    first = article.stored("body", found.first)
    full, bare = (_stored(article, span) for span in (found.full, found.bare))
    return {
        "article_id": article.article_id, "name": found.name, "kind": found.kind,
        "descriptor": found.descriptor,
        "start": first.start, "end": first.end, "quote": first.of(article.body),
        "full_start": full.start if full else None, "full_end": full.end if full else None,
        "bare_start": bare.start if bare else None, "bare_end": bare.end if bare else None,
        "bare_quote": bare.of(article.body) if bare else "",
        "n_mentions": found.n_mentions, "status": found.status, "reason": found.reason,
    }  # fmt: skip


def _stored(article: Article, span: Span | None) -> Span | None:
    return article.stored("body", span) if span else None
