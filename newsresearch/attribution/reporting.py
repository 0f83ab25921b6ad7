"""Statements that the writer gives in other words: 'Lee said it rained'."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.attribution.clauses import BEFORE, PARTICIPLE, SOURCE, Clause, find_clauses
from newsresearch.attribution.model import REPORTED, Attribution, Speaker
from newsresearch.attribution.phrases import Tokens, phrase_after, tokens
from newsresearch.attribution.resolving import resolve_clauses
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate

__all__ = ["attribute_reports"]

_FEWEST_WORDS = 3
_BARE = frozenset(["said", "says", "saying", "say"])
_OPENERS = frozenset(["that", "whether", "if", "how", "why"])
_SUBJECTS = frozenset(["he", "she", "they", "it", "there", "we"])
_TOLD = frozenset(["told", "tells", "telling", "tell", "reminded"])
_FURTHEST_THAT = 8
_FINITE = [["was"], ["were"], ["is"], ["are"], ["has"], ["had"], ["would"], ["will"], ["could"]]
_WHERE = frozenset(
    ["in", "on", "at", "during", "of", "after", "before", "to", "from", "with", "by"]
)


def attribute_reports(article: Article) -> Iterator[Attribution]:
    """Yield each reported statement of the body, in order, with its speaker."""
    clauses = find_clauses(article)
    for at, clause in enumerate(clauses):
        sentence = article.sentences[locate(article.sentences, clause.verb.start)]
        low = max(sentence.start, clauses[at - 1].end if at else 0)
        high = min(sentence.end, clauses[at + 1].start if at + 1 < len(clauses) else sentence.end)
        span = _statement(article, clause, low, high)
        if span is None or _is_mostly_quoted(article, span):
            continue
        speaker = resolve_clauses(article)[clause]
        named = speaker if isinstance(speaker, Speaker) else None
        reason = "by the verb beside it" if named else str(speaker)
        yield Attribution(span, REPORTED, named, clause.verb, clause.verb_class, reason)


def _statement(article: Article, clause: Clause, low: int, high: int) -> Span | None:
    """Return what is stated, behind the clause or before it; None if the clause states nothing."""
    words = tokens(article)
    if clause.order == SOURCE:
        after = _trimmed(words, clause.end, high)
        ahead = _trimmed(words, low, clause.start)
        return after if after and not ahead else ahead
    if clause.order in {BEFORE, PARTICIPLE}:
        before = words.index(clause.start) - 1
        if before >= 0 and words.joined(before) and words.lower[before] in _ASIDE:
            return None
        after = _complement(words, clause, high)
        if after or clause.order == PARTICIPLE:
            return after
    return _ahead(article, words, clause, low, high)


def _ahead(article: Article, words: Tokens, clause: Clause, low: int, high: int) -> Span | None:
    """Return the statement before its clause: 'It rained, officials said on Monday.'"""
    if not article.body[low : clause.start].rstrip().endswith((",", "—", "–")):
        return None
    first = words.index(low)
    opener = words.lower[first] if first < len(words.lower) else ""
    aside = opener in load_words("attribution", "asides") or opener.endswith("ing")
    if aside and not _goes_on(article.body[low : clause.start]):
        return None
    rest = article.body[clause.end : high]
    if rest.startswith(","):  # 'The plan, Lee said, was never meant to work.'
        return _trimmed(words, low, high)
    after, last = words.index(clause.end), words.index(high)
    days = load_words("sentences", "after_clock")
    told = clause.verb.of(words.body).lower() in _TOLD
    # 'The next day, Lee announced a plan': what follows is the verb's own object.
    when = after >= last or told or words.lower[after] in _WHERE | days | _WHEN
    short = last - after <= _MOST_BEHIND and not _has_mark(rest)
    return _trimmed(words, low, clause.start) if short and when else None


def _goes_on(text: str) -> bool:
    """Does more follow an aside? 'During May, it rained each day, officials said.'"""
    _, comma, rest = text.rstrip(" ,—–").partition(",")
    return bool(comma) and len(rest.split()) >= _FEWEST_AFTER_ASIDE


_FEWEST_AFTER_ASIDE = 5


def _has_mark(text: str) -> bool:
    return any(mark in text for mark in '"“‘:')


_MOST_BEHIND = 8
_WHEN = frozenset(["last", "late", "earlier", "yesterday", "today", "tonight", "this", "and", "as"])
_ASIDE = frozenset(["what", "as", "when", "if", "who", "which", "where"])


def _complement(words: Tokens, clause: Clause, high: int) -> Span | None:
    """Return what follows the verb as its statement: 'that it rained', 'it rained'."""
    verb = clause.verb.of(words.body).lower()
    index = words.index(clause.verb.end)
    if verb in load_words("attribution", "quotes_only") or not words.joined(index - 1):
        return None
    if verb in _TOLD:
        phrase = phrase_after(words, index)
        index = phrase[1] + 1 if phrase and words.joined(phrase[1]) else index
    if words.spans[index].start >= high:
        return None
    days = load_words("sentences", "after_clock")
    if words.lower[index] not in _OPENERS and words.lower[index] in _WHERE | days | {"out"}:
        return _later(words, index, high, verb)
    if words.lower[index] in _OPENERS | _SUBJECTS or verb in _BARE or verb in {"told", "tells"}:
        return _trimmed(words, words.spans[index].start, high)
    return None


def _later(words: Tokens, index: int, high: int, verb: str) -> Span | None:
    """Return the statement behind 'said on Monday …' or 'pointed out in a letter that …'."""
    limit = min(index + _FURTHEST_THAT, len(words.lower))
    for at in range(index, limit):
        if words.spans[at].start >= high:
            break
        if words.lower[at] in {"that", "which"} and words.lower[at + 1 : at + 2] in _FINITE:
            return None  # 'said in a statement that was read out'
        if words.lower[at] in _OPENERS:
            return _trimmed(words, words.spans[at].start, high)
        if not words.joined(at):
            break
    span = _trimmed(words, words.spans[index].start, high)
    enough = span is not None and words.index(span.end) - index >= 2 * _FEWEST_WORDS
    return span if enough and verb in _BARE else None


def _trimmed(words: Tokens, start: int, end: int) -> Span | None:
    """Return the words between two places, without a conjunction at the end; None if too few."""
    first, last = words.index(start), words.index(end) - 1
    while last >= first and words.lower[last] in {"and", "but", "as", "while", "though", "who"}:
        last -= 1
    while first <= last and words.lower[first] in {"and", "but", "that"}:
        first += 1
    if last - first + 1 < _FEWEST_WORDS:
        return None
    return Span(words.spans[first].start, min(words.spans[last].end, end))


def _is_mostly_quoted(article: Article, span: Span) -> bool:
    """Are fewer than three of its words outside quotation marks?"""
    words = tokens(article)
    first, last = words.index(span.start), words.index(span.end)
    edges = [span.start, *_edges(article, span), span.end]
    outside = 0
    for start, end in list(pairwise(edges))[::2]:
        outside += max(0, min(words.index(end), last) - max(words.index(start), first))
    return outside < _FEWEST_WORDS


def _edges(article: Article, span: Span) -> Iterator[int]:
    """Yield the ends of the quotations in a span, start and end in turn."""
    at = bisect_left(article.quotations, (span.start, 0, False))
    at -= bool(at) and article.quotations[at - 1].end > span.start
    while at < len(article.quotations) and article.quotations[at].start < span.end:
        start, end, _ = article.quotations[at]
        yield max(start, span.start)
        yield min(end, span.end)
        at += 1
