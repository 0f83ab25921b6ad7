"""A check for a statement and its denial in one body."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose_sentences, read_sentences
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import Term, stem

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
    for denied, plain in _pairs(list(_statements(article))):
        one, two = sorted((denied, plain), key=lambda s: s.span)
        reason = "one of two sentences denies the other, in nearly the same words"
        yield Finding(two.span, reason, other=one.span)


def _statements(article: Article) -> Iterator[_Statement]:
    weakening, listed = load_words("conflicts", "weakening"), load_words("conflicts", "helpers")
    for sentence in prose_sentences(article):
        words, every = read_sentences(article)[sentence]
        terms = [term for term in every if not term.stem.endswith("n't")]
        plain = weakening.isdisjoint(words) and article.body[sentence.end - 1] != "?"
        few_enough = _FEWEST_TERMS <= len(terms) <= _MOST_TERMS
        if plain and few_enough and not _has_quotation(article, sentence):
            helpers = listed.intersection(word.removesuffix("n't") for word in words)
            denied = tuple(_denied(article, sentence, terms)) if any(map(_denies, words)) else ()
            yield _Statement(sentence, tuple(term.stem for term in terms), denied, helpers)


def _denied(article: Article, sentence: Span, terms: list[Term]) -> Iterator[str]:
    """Yield the stem right after each 'not'; one before the subject ('Not him: …') denies none."""
    text = straighten(sentence.of(article.body))
    for word in split_words(text):
        end = sentence.start + word.end
        if end > terms[0].end and _denies(word.of(text).lower()):
            yield _next(terms, end)


def _next(terms: list[Term], at: int) -> str:
    return next((term.stem for term in terms if term.start >= at), "")


def _has_quotation(article: Article, sentence: Span) -> bool:
    at = bisect_left(article.quotations, sentence.start, key=lambda q: q.end)
    return at < len(article.quotations) and article.quotations[at].start < sentence.end


def _denies(word: str) -> bool:
    return word in load_words("actions", "negations") or word.endswith("n't")


def _pairs(statements: list[_Statement]) -> Iterator[tuple[_Statement, _Statement]]:
    """Yield each denying sentence with the first one that it denies."""
    if not any(statement.denied for statement in statements):
        return
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
