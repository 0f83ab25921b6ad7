"""Which words of a body are the article's own, and which stand in somebody's quotation."""

from __future__ import annotations

from collections.abc import Sequence

from newsresearch.articles import Article
from newsresearch.text import Span, locate_each

__all__ = ["count_narration", "quoted"]


def quoted(article: Article, places: Sequence[int]) -> list[bool]:
    """Tell of each of some places in the body, in order, whether a closed quotation holds it."""
    closed = [Span(start, end) for start, end, is_closed in article.quotations if is_closed]
    if not closed:
        return [False] * len(places)
    return [at >= 0 for at in locate_each(closed, places)]


def count_narration(article: Article) -> int:
    """Count the words of the body outside closed quotations."""
    return quoted(article, [start for start, _ in article.words]).count(False)
