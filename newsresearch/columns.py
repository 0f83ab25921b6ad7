"""Which column of somebody's table is which of ours: well-known names, told when chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newsresearch.articles import ArticleError, missing_message

__all__ = ["KNOWN_NAMES", "map_columns"]

# Names in the wild, the likeliest first; compared in lower case without blanks and marks.
# News databases, scrapers (schema.org, newspaper, fundus, news-please), NELA-GT, Kaggle sets.
KNOWN_NAMES: dict[str, tuple[str, ...]] = {
    "article_id": ("articleid", "id", "docid", "documentid", "newsid", "storyid", "uuid", "guid"),
    "headline": (
        "headline", "title", "articletitle", "articleheadline", "newstitle", "storytitle",
        "headlines", "titles", "hed", "head", "heading",
    ),
    "body": (
        "body", "articlebody", "maintext", "fulltext", "bodytext", "articletext", "articlecontent",
        "text", "content", "cleanedtext", "cleantext", "plaintext", "newstext", "newscontent",
        "storytext", "article", "story", "contents",
    ),
    "published": (
        "published", "publishdate", "pubdate", "datepublished", "publisheddate",
        "publicationdate", "publishedat", "publishingdate", "datepublish", "date",
    ),
    "outlet": (
        "outlet", "publication", "newspaper", "medianame", "newsoutlet", "sitename", "source",
        "sourcename", "publisher", "domain", "sourcedomain", "site",
    ),
    "byline": ("byline", "author", "authors", "writer", "writers"),
    "url": ("url", "link", "articleurl", "storyurl", "weburl", "canonicalurl", "permalink"),
}  # fmt: skip


def map_columns(
    found: Sequence[str], asked: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return which columns get another name: all of them, and those that were guessed.

    Parameters
    ----------
    found : sequence of str
        The columns of the table, in order.
    asked : mapping
        The user's names -> ours; they win over every guess.

    Returns
    -------
    renamed, guessed : dict
        Theirs -> ours. A column that already has our name is in neither.

    Raises
    ------
    ArticleError
        If a name asked for is not there, a column would be there twice, or there is no body.

    Examples
    --------
    >>> map_columns(["Title", "articleBody", "n"], {})[0]
    {'Title': 'headline', 'articleBody': 'body'}
    """
    unknown = [name for name in asked if name not in found]
    if unknown:
        swapped = f" Write their name first: columns={{{asked[unknown[0]]!r}: {unknown[0]!r}}}."
        raise ArticleError(
            f"no column {unknown[0]!r} to rename; found {', '.join(found[:12])}."
            + swapped * (asked[unknown[0]] in found)
        )
    guessed = dict(_guess(found, asked))
    renamed = {**asked, **guessed}
    ours = [renamed.get(name, name) for name in found]
    twice = [name for name, count in Counter(ours).items() if name and count > 1]
    if twice:
        raise ArticleError(f"column {twice[0]!r} is there twice. Rename or drop one of the two.")
    if "body" not in ours:
        others = [name for name in found if renamed.get(name, "preamble") == "preamble"]
        raise ArticleError(missing_message(["body"], found, others))
    return renamed, guessed


def _guess(found: Sequence[str], asked: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield theirs -> ours for each of our columns that nobody named."""
    free = {_plain(name): name for name in reversed(found) if name not in asked}
    for ours, names in KNOWN_NAMES.items():
        if ours in found or ours in asked.values():
            continue
        theirs = next((free[name] for name in names if name in free), None)
        if theirs is not None:
            yield theirs, ours


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
