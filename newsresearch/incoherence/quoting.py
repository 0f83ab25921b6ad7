"""A check for quotations that never close, never open, or break off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding
from newsresearch.lexicons import load_words
from newsresearch.quotations import Quotation
from newsresearch.text import Span, locate

__all__ = ["broken_quotation"]

# No quotation ends on one of these: something was cut out before the closing mark.
_LAST_WORD = re.compile(r"([^\W\d_]+)\W{0,3}$")
# In a bill every item of a list opens with a mark: '“(a) Duties.—The office shall …'
_ITEM = re.compile(r"[“\"](?:\(\w{1,4}\)|SEC\.)")
# Marks typed in another way, which leave the other half of the pair alone; and code of a page.
_OTHER_MARKS = re.compile("''|‘‘|’’|``|″|〝|〞")
_CODE = re.compile(r"=[\"“”]|</?[a-z]|â€")  # and the remains of a wrong encoding


def broken_quotation(article: Article) -> Iterator[Finding]:
    """A quotation that never closes, never opens, or breaks off in the middle of a phrase.

    Passed over: a quotation that goes on below a caption or a subhead, one of several paragraphs
    with marks at its two ends alone, and marks made of two single ones.

    Known misses: single quotation marks; a lost pair of marks; words changed inside a
    quotation that still ends on a whole phrase.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(broken_quotation, "She said “we meet every duty under the” pact.")
    ['“we meet every duty under the”']
    >>> fires(broken_quotation, "She said “we meet every duty”.")
    []
    """
    closed_elsewhere = _closed_elsewhere(article)
    for quotation in article.quotations:
        reason = _broken(article.body, quotation)
        if not quotation.closed and (
            quotation.start in closed_elsewhere or _is_typed_otherwise(article, quotation)
        ):
            continue
        if not quotation.closed and _goes_on_below(article, quotation):
            continue
        if reason:
            yield Finding(Span(quotation.start, quotation.end), reason)


def _broken(text: str, quotation: Quotation) -> str:
    piece = text[quotation.start : quotation.end]
    if not quotation.closed:
        if _is_lone(quotation):
            return "a closing quotation mark that nothing opens"
        return "a quotation that is opened and never closed in its paragraph"
    inner = piece[1:-1].rstrip()
    last = _LAST_WORD.search(inner[-40:])
    if len(inner.split()) < 3 or not last or not inner[-1:].isalpha():
        return ""
    if last[1].lower() not in load_words("damage", "unfinished") or last[1].isupper():
        return ""
    return (
        f"a quotation that breaks off on ‘{last[1]}’: words were lost or changed before it closes"
    )


def _is_lone(quotation: Quotation) -> bool:
    """Is it a mark alone, which nothing opens?"""
    return quotation.end - quotation.start == 1


# A longer one would need marks at its paragraphs.
_MOST_PARAGRAPHS = 20
# What stands before a mark that a space was lost at: 'It rained."She left," he said'
_GLUED = frozenset(".!?…\"”’'")


@lru_cache(maxsize=2)
def _closed_elsewhere(article: Article) -> frozenset[int]:
    """Return the starts of marks that are each other's partner, though not in one paragraph."""
    found: set[int] = set()
    for one, two in pairwise(q for q in article.quotations if article.body[q.start] not in "‘'"):
        if one.closed or two.closed or not _is_lone(two) or article.body[two.start] == "“":
            continue
        apart = locate(article.paragraphs, two.start) - locate(article.paragraphs, one.start)
        if _is_lone(one):
            glued = article.body[one.start - 1 : one.start] in _GLUED
            pair = not apart and glued and article.body[one.end : one.end + 1].isalpha()
        else:
            pair = 0 < apart <= _MOST_PARAGRAPHS
        if pair and one.start not in found:
            found |= {one.start, two.start}
    return frozenset(found)


def _is_typed_otherwise(article: Article, quotation: Quotation) -> bool:
    """May its partner be a mark of another kind, or is it code?"""
    odd, code = _odd_paragraphs(article)
    at = locate(article.paragraphs, quotation.start)
    if _is_lone(quotation):
        inches = article.body[quotation.start - 1 : quotation.start].isdigit()
        return inches or at in odd or at in code
    piece = Span(quotation.start, quotation.end).of(article.body)
    item = _ITEM.match(article.body, quotation.start) or _ITEM.match(article.body, quotation.end)
    return at in code or bool(item or _OTHER_MARKS.search(piece))


@lru_cache(maxsize=2)
def _odd_paragraphs(article: Article) -> tuple[frozenset[int], frozenset[int]]:
    """Return the paragraphs that hold marks typed in another way, and those that hold code."""
    texts = [paragraph.of(article.body) for paragraph in article.paragraphs]
    found = (
        frozenset(i for i, text in enumerate(texts) if pattern.search(text))
        for pattern in (_OTHER_MARKS, _CODE)
    )
    odd, code = found
    return odd, code


_MOST_BETWEEN = 2
_MOST_LETTERS = 90
_OPENING = ("“", '"', "„", "«")


def _goes_on_below(article: Article, quotation: Quotation) -> bool:
    """Does the quotation go on after a caption or a subhead, with an opening mark?"""
    at = locate(article.paragraphs, quotation.start)
    if quotation.end < article.paragraphs[at].end:
        return False
    for paragraph in article.paragraphs[at + 1 : at + 2 + _MOST_BETWEEN]:
        if article.body.startswith(_OPENING, paragraph.start):
            return True
        if paragraph.end - paragraph.start > _MOST_LETTERS:
            return False
    return False
