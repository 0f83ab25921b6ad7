"""Clauses of speech outside quotations: 'Lee said', 'said the mayor', 'according to officials'."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.attribution.model import verb_classes
from newsresearch.attribution.phrases import Tokens, phrase_after, tokens
from newsresearch.attribution.subjects import opening, quotes_as, states, subject_before
from newsresearch.lexicons import load_words
from newsresearch.text import Span

__all__ = [
    "BEFORE",
    "BEHIND",
    "PARTICIPLE",
    "SOURCE",
    "Clause",
    "find_clauses",
    "verb_starts",
]

# 'Lee said', 'said Lee', ', saying', 'according to Lee'
BEFORE, BEHIND, PARTICIPLE, SOURCE = "before", "behind", "participle", "source"
_JOINING = frozenset(["and", "but", "by", "then"])


class Clause(NamedTuple):
    """A verb of speech with the words that say who speaks; spans of the body."""

    start: int
    end: int
    speaker: Span
    verb: Span
    verb_class: str
    order: str

    def word(self, body: str) -> str:
        """Return the verb in lower case."""
        return self.verb.of(body).lower()


@lru_cache(maxsize=2)
def find_clauses(article: Article) -> list[Clause]:
    """Return the clauses of speech of the body, in order; what is quoted has none."""
    words = tokens(article)
    found: list[Clause] = []
    verbs = verb_classes()
    for index, word in enumerate(words.lower):
        if word not in verbs and word != "according":
            continue
        if article.is_quoted(words.spans[index].start):
            continue
        clause = _read(article, words, index, found[-1] if found else None)
        if clause and not _is_nobody(words, clause.speaker) and not _crosses(article, clause):
            found.append(clause)
    return found


def _is_nobody(words: Tokens, span: Span) -> bool:
    """Does a phrase say that nobody speaks: 'Nobody disputes', 'no official said'?"""
    first = words.index(span.start)
    word = words.lower[first] if first < len(words.lower) else ""
    if word == "no":  # but 'No 10 said'
        return words.joined(first) and not words.lower[first + 1][0].isdigit()
    return word in {"nobody", "none", "neither"}


def _crosses(article: Article, clause: Clause) -> bool:
    """Does a quotation stand between the speaker and the verb, or part of it inside one?"""
    at = bisect_right(article.quotations, (clause.start, 0, False))
    near = article.quotations[max(0, at - 1) : at + 1]
    return any(q.closed and q.start < clause.end and q.end > clause.start for q in near)


def _read(article: Article, words: Tokens, index: int, last: Clause | None) -> Clause | None:
    if words.lower[index] == "according":
        return _according(words, index)
    act = words.lower[index] in load_words("attribution", "acts")
    if act and not states(words, index) and not quotes_as(words, index):
        return _subject_behind(words, index)
    marked = any(mark in words.gap(index - 1) for mark in '"“”«»')
    return (
        (None if marked else _subject_before(words, index))
        or _subject_behind(words, index)
        or _participle(article, words, index, last)
    )


def _according(words: Tokens, index: int) -> Clause | None:
    if not (words.joined(index) and words.lower[index + 1] == "to" and words.joined(index + 1)):
        return None
    phrase = phrase_after(words, index + 2)
    if phrase is None:
        return None
    span, verb = words.span(*phrase), words.span(index, index + 1)
    return Clause(verb.start, span.end, span, verb, "neutral", SOURCE)


def _subject_before(words: Tokens, index: int) -> Clause | None:
    phrase = subject_before(words, index)
    if phrase is None:
        return None
    span, verb = words.span(*phrase), words.spans[index]
    return Clause(span.start, verb.end, span, verb, _class(words, index), BEFORE)


def _subject_behind(words: Tokens, index: int) -> Clause | None:
    """Read 'said Lee' where a quotation or a comma stands before it."""
    gap = words.gap(index - 1).rstrip() if index else "\n"
    if not gap or gap[-1] not in "\"”“’',»«" or not words.joined(index):
        return None
    if words.lower[index].endswith("ing"):
        return None
    phrase = phrase_after(words, index + 1)
    if phrase is None or words.lower[phrase[0]] in {"they"}:
        return None
    span, verb = words.span(*phrase), words.spans[index]
    return Clause(verb.start, span.end, span, verb, _class(words, index), BEHIND)


def _participle(article: Article, words: Tokens, index: int, last: Clause | None) -> Clause | None:
    """Read 'Lee rose, saying …': the speaker is that of the clause before or opens the sentence."""
    verb = words.spans[index]
    joined = words.gap(index - 1) in {", ", " and ", " — ", " – "} or (
        index > 0 and words.joined(index - 1) and words.lower[index - 1] in _JOINING
    )
    if not joined:
        return None
    sentence = article.sentences[bisect_right(article.sentences, (verb.start, 1 << 62)) - 1]
    verbal = _class(words, index)
    if last and last.start >= sentence.start and last.order == BEFORE:
        return Clause(verb.start, verb.end, last.speaker, verb, verbal, PARTICIPLE)
    if not words.lower[index].endswith("ing") and words.lower[index - 1] not in _JOINING:
        return None
    opener = opening(words, bisect_left(words.spans, (sentence.start, 0)), index)
    if opener is None:
        return None
    return Clause(verb.start, verb.end, words.span(*opener), verb, verbal, PARTICIPLE)


def _class(words: Tokens, index: int) -> str:
    return verb_classes()[words.lower[index]]


@lru_cache(maxsize=2)
def verb_starts(article: Article) -> list[int]:
    """Return where the verbs of speech stand outside quotations, read as a clause or not."""
    words = tokens(article)
    every, verbs = zip(words.spans, words.lower, strict=True), verb_classes()
    return [
        span.start
        for span, word in every
        if (word in verbs or word == "according") and not article.is_quoted(span.start)
    ]
