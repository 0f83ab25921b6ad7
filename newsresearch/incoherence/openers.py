"""Checks for what opens a paragraph and points back: connectives and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, mentions, people, prose
from newsresearch.lexicons import load_entries, load_words
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import content_terms

__all__ = ["dangling_connective", "dangling_pronoun"]

_PRONOUN = re.compile(r"(he|she|they|it|his|her|their|him|them)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"(he|she|they)\s+(?:also\s+|later\s+|then\s+)?([a-z’']+)", re.IGNORECASE)
# 'This is' and 'That was' may take up a whole clause, and mostly do; these need a thing.
_DEMONSTRATIVE = re.compile(
    r"(?:this|that|these|those)\s+(?:has|had|have)"
    r"(?:\s+(?:been|not))?\b(?!\W+(?:\w+\W+){0,3}(?:time|moment|end|story|article)\b)",
    re.IGNORECASE,
)
_HE = re.compile(r"\b(?:he|him|his|she|her|they|their|them|who)\b", re.IGNORECASE)


def dangling_connective(article: Article) -> Iterator[Finding]:
    """A paragraph opens with 'That being said, he …' and nothing before it to connect to.

    Fires where the opener's pronoun has nobody in the paragraph before it to point at.

    Known misses: connectives whose logic is wrong though a person is at hand; openers at the
    head of a sentence inside a paragraph.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(dangling_connective, "The bridge fell.\\n\\nThat being said, he did not explain.")
    ['That being said, he']
    >>> fires(dangling_connective, "Mayor Ann Lee rose.\\n\\nHowever, she did not explain.")
    []
    """
    for index, paragraph in enumerate(prose(article)):
        opener = _connective(paragraph.of(article.body))
        if not opener or article.is_quoted(paragraph.start):
            continue
        rest = article.body[paragraph.start + len(opener) : paragraph.end].lstrip(", ")
        pronoun = _PRONOUN.match(rest)
        before = prose(article)[index - 1] if index else None
        if (
            pronoun
            and pronoun[0].lower() in {"he", "she", "they"}
            and not _names_anyone(article, before)
        ):
            end = paragraph.end - len(rest) + pronoun.end()
            reason = (
                f"‘{opener}’ needs something before it, and ‘{pronoun[0]}’ a person; "
                "the paragraph before names nobody"
            )
            yield Finding(Span(paragraph.start, end), reason, other=before)


def _connective(paragraph: str) -> str:
    """Return the connective that a paragraph opens with, as written."""
    lowered = paragraph[:40].lower()
    for opener in load_entries("variants", "connectives"):
        if lowered.startswith(opener) and not lowered[len(opener) : len(opener) + 1].isalnum():
            return paragraph[: len(opener)]
    return ""


def _names_anyone(article: Article, paragraph: Span | None) -> bool:
    """Does a paragraph hold somebody that 'he' or 'they' could be?"""
    if paragraph is None:
        return False
    if _HE.search(paragraph.of(article.body)):
        return True
    return _any_in(paragraph, _person_starts(article))


def _any_in(paragraph: Span, starts: list[int]) -> bool:
    return bisect_left(starts, paragraph.start) < bisect_left(starts, paragraph.end)


@lru_cache(maxsize=2)
def _person_starts(article: Article) -> list[int]:
    return sorted(mention.start for person in people(article) for mention in person.mentions)


@lru_cache(maxsize=2)
def _name_starts(article: Article) -> list[int]:
    """Return where names stand that may be people's, also without a sign that they are."""
    return [mention.start for mention in mentions(article)]


def dangling_pronoun(article: Article) -> Iterator[Finding]:
    """A paragraph opens with 'This has been …' or 'They said …' and nothing to refer to.

    For 'he', 'she' and 'they' nobody is named in the two paragraphs before; for 'this' and
    'that' the paragraph shares no word of its own with the one before it.

    Known misses: a pronoun that points at the wrong person; 'it'.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(dangling_pronoun, "The bridge fell.\\n\\nShe said more.")
    ['She said']
    >>> fires(dangling_pronoun, "Mayor Ann Lee rose.\\n\\nShe said more.")
    []
    """
    paragraphs = prose(article)
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.of(article.body)
        found = _PERSONAL.match(text)
        before = paragraphs[max(0, index - 2) : index]
        # An opening 'He' may name its man later: that is a delayed lede, not a loose end.
        if found and before and not any(_may_be_meant(article, found[1], p) for p in before):
            reason = f"‘{found[1]}’ opens a paragraph, but nobody is named in the two before it"
            yield Finding(_shift(found, paragraph), reason, other=before[-1])
    for earlier, paragraph in pairwise(paragraphs):
        found = _DEMONSTRATIVE.match(paragraph.of(article.body))
        if found and not _shares_words(article, earlier, paragraph):
            reason = f"‘{found[0]}’ opens a paragraph that takes up nothing from the one before"
            yield Finding(_shift(found, paragraph), reason, other=earlier)


def _shift(found: re.Match[str], paragraph: Span) -> Span:
    return Span(paragraph.start + found.start(), paragraph.start + found.end())


_GROUP = re.compile(r"\b[a-z]{3,}(?:s|people|men|women|children|police|staff|public)\b")


def _may_be_meant(article: Article, pronoun: str, paragraph: Span) -> bool:
    text = paragraph.of(article.body)
    named = _names_anyone(article, paragraph) or _any_in(paragraph, _name_starts(article))
    if named or '"' in text or "“" in text:
        return True
    if text[-1:] not in ".!…”\"’'":  # a subhead or a caption: who knows what it shows
        return True
    if pronoun.lower() == "they":
        return bool(_GROUP.search(text))
    words = (word.of(text).lower() for word in split_words(text))
    return not load_words("names", "somebody").isdisjoint(words)


def _shares_words(article: Article, earlier: Span, later: Span) -> bool:
    """Do two paragraphs share a word that is not one of the whole text's topics?"""
    first, second = (
        {term.stem for term in content_terms(article.body, span)} for span in (earlier, later)
    )
    return bool((first & second) - _topics(article)) or len(later.of(article.body).split()) < 8


@lru_cache(maxsize=2)
def _topics(article: Article) -> frozenset[str]:
    """Return the stems that turn up all over the body: they link no two paragraphs."""
    paragraphs = prose(article)
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update({term.stem for term in content_terms(article.body, paragraph)})
    often = max(2, len(paragraphs) // 5)
    return frozenset(stem for stem, count in counts.items() if count > often)
