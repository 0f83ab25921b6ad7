"""A check for acronyms: used without, or before, what they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose
from newsresearch.introducing import LATE, NEVER, Introduction, introduce_acronyms
from newsresearch.text import locate

__all__ = ["acronym_unexpanded"]


def acronym_unexpanded(article: Article) -> Iterator[Finding]:
    """An organisation's acronym is never spelt out or explained, or is used before it is.

    Common ones (UN, FBI, GDP), call letters of stations and words in capitals are passed over.

    Known misses: acronyms of two letters; those used only inside quotations. Wrong where the
    headline or a picture explains it, and for what every reader of the place or the trade knows.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(acronym_unexpanded, "It rained all day here. The QRB has said that it will act.")
    ['QRB']
    >>> fires(acronym_unexpanded, "The Quarry Review Board (QRB) met. The QRB said no.")
    []
    """
    for found in introduce_acronyms(article):
        if found.bare is None or not _is_told(article, found):
            continue
        name = found.bare.of(article.body)
        if found.status == NEVER:
            yield Finding(found.bare, f"the text never says what ‘{name}’ stands for")
        elif found.status == LATE and found.full:
            full = found.full.of(article.body)
            reason = f"‘{name}’ is used here, but only later spelt out as ‘{full}’"
            yield Finding(found.bare, reason, other=found.full)


def _is_told(article: Article, found: Introduction) -> bool:
    """Are the signs strong, and does it stand in prose, not in page furniture?"""
    return found.sure and found.bare is not None and locate(prose(article), found.bare.start) >= 0
