"""A check for a statement and its denial in one body."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose_sentences
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import Term, content_terms, stem

__all__ = ["negated_statement"]

# Shorter ones are too like each other; longer ones are lists, no statements.
_FEWEST_TERMS, _MOST_TERMS = 4, 100
# No article holds as many; a page of fragments might.
_MOST_PAIRS = 5_000


@dataclass(frozen=True)
class _Statement:
    """A sentence of the article's own prose: its content words in order, and what it denies.

    ``denied`` are the stems right after each 'not'; ``helpers`` the auxiliary verbs.
    """

    span: Span
    stems: tuple[str, ...]
    denied: tuple[str, ...]
    helpers: frozenset[str]


def negated_statement(article: Article) -> Iterator[Finding]:
    """A sentence says what another denies, in nearly the same words.

    Fires where all content words of the denying sentence stand in the other one, in the same
    order, and one of the two has a 'not', 'never' or 'no' that the other has not.

    Known misses: a denial in other words ('stayed open', 'was closed'), and of a part of a
    sentence. Sentences in quotations and questions are passed over.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> said = "The old bridge was closed to all traffic on Monday."
    >>> fires(negated_statement, f"{said} It rained. The old bridge was not closed to all traffic.")
    ['The old bridge was not closed to all traffic.']
    >>> fires(negated_statement, f"{said} It rained. “The old bridge was not closed,” he said.")
    []
    """
    statements = list(_statements(article))
    for denied, plain in _pairs(statements):
        one, two = sorted((denied, plain), key=lambda s: s.span)
        reason = "one of two sentences denies the other, in nearly the same words"
        yield Finding(two.span, reason, other=one.span)


def _statements(article: Article) -> Iterator[_Statement]:
    for sentence in prose_sentences(article):
        text = straighten(sentence.of(article.body))
        if _has_quotation(article, sentence):
            continue
        terms = [t for t in content_terms(text) if not t.stem.endswith("n't")]
        words = {word: word.of(text).lower() for word in split_words(text)}
        plain = load_words("conflicts", "weakening").isdisjoint(
            words.values()
        ) and not text.endswith("?")
        if plain and _FEWEST_TERMS <= len(terms) <= _MOST_TERMS:
            helpers = {word.removesuffix("n't") for word in words.values()}
            helpers &= load_words("conflicts", "helpers")
            # What stands before the subject, as in 'Not him: …', denies nothing of it.
            at = [span.end for span, word in words.items() if _denies(word)]
            denied = [_next(terms, end) for end in at if end > terms[0].end]
            yield _Statement(
                sentence, tuple(t.stem for t in terms), tuple(denied), frozenset(helpers)
            )


def _next(terms: list[Term], at: int) -> str:
    return next((term.stem for term in terms if term.start >= at), "")


def _has_quotation(article: Article, sentence: Span) -> bool:
    at = bisect_left(article.quotations, sentence.start, key=lambda q: q.end)
    return at < len(article.quotations) and article.quotations[at].start < sentence.end


def _denies(word: str) -> bool:
    return word in load_words("actions", "negations") or word.endswith("n't")


def _pairs(statements: list[_Statement]) -> Iterator[tuple[_Statement, _Statement]]:
    """Yield each denying sentence with the first one that it denies."""
    holding: dict[str, list[int]] = defaultdict(list)
    for index, statement in enumerate(statements):
        for own in dict.fromkeys(statement.stems):
            holding[own].append(index)
    budget = _MOST_PAIRS
    for index, statement in enumerate(statements):
        if not statement.denied:
            continue
        rarest = min(statement.stems, key=lambda own: len(holding[own]))
        for at in holding[rarest][:budget]:
            budget -= 1
            if at != index and _is_denied(statement, statements[at]):
                yield statement, statements[at]
                break


def _is_denied(denying: _Statement, other: _Statement) -> bool:
    if len(denying.denied) - len(other.denied) != 1 or not denying.helpers <= other.helpers:
        return False
    short, long = sorted((denying.stems, other.stems), key=len)
    at = _place_in(short, long)
    if at < 0 or not _claims().isdisjoint(long[:at]):
        return False
    return set(denying.denied) <= set(other.stems)  # else it denies what only one of them says


def _place_in(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """Return where the words of the one begin in the other, in the same order, or -1."""
    rest = iter(long)
    found = all(word in rest for word in short)
    return long.index(short[0]) if found else -1


@lru_cache(maxsize=1)
def _claims() -> frozenset[str]:
    """Return the stems of words that make a sentence somebody's claim."""
    words = load_words("speech", "verbs") | load_words("actions", "hedges")
    return frozenset(stem(word) for word in words | load_words("actions", "denials"))
