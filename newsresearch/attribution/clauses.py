"""Clauses of speech outside quotations: 'Lee said', 'said the mayor', 'according to officials'."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.attribution.model import verb_classes
from newsresearch.attribution.phrases import (
    PRONOUNS,
    Tokens,
    is_common,
    phrase_after,
    phrase_before,
    tokens,
)
from newsresearch.lexicons import load_words
from newsresearch.text import Span

__all__ = [
    "BEFORE",
    "BEHIND",
    "PARTICIPLE",
    "SOURCE",
    "Clause",
    "find_clauses",
    "opening",
    "verb_starts",
]

# 'Lee said', 'said Lee', ', saying', 'according to Lee'
BEFORE, BEHIND, PARTICIPLE, SOURCE = "before", "behind", "participle", "source"
_MOST_ADVERBS, _SHORT = 4, 2
_FURTHEST_COMMA = 30
_JOINING = frozenset(["and", "but", "by", "then"])
_PLAIN = frozenset(["said", "says", "told", "added", "asked", "wrote"])
_OBJECTS = frozenset(["him", "her", "them", "me", "us"])


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
        if clause and not _crosses(article, clause):
            found.append(clause)
    return found


def _crosses(article: Article, clause: Clause) -> bool:
    """Does a quotation stand between the speaker and the verb, or part of it inside one?"""
    at = bisect_right(article.quotations, (clause.start, 0, False))
    near = article.quotations[max(0, at - 1) : at + 1]
    return any(q.closed and q.start < clause.end and q.end > clause.start for q in near)


def _read(article: Article, words: Tokens, index: int, last: Clause | None) -> Clause | None:
    if words.lower[index] == "according":
        return _according(words, index)
    marked = any(mark in words.gap(index - 1) for mark in '"“”»')
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
    """Read 'Lee said', 'Lee has also said', 'Lee, the mayor, said', 'Lee, who said'."""
    at, passed = index - 1, list[str]()
    while (
        at >= 0 and len(passed) < _MOST_ADVERBS and words.joined(at) and _is_adverb(words.lower[at])
    ):
        passed.append(words.lower[at])
        at -= 1
    at = _skip_day(words, at)
    if at < 0 or index in words.starts or not _may_follow(words, index, at, passed):
        return None
    if words.joined(at):
        phrase = phrase_before(words, at, words.lower[index] in _PLAIN)
    elif "who" in passed or words.gap(at).lstrip(".")[:1] in {",", ")", "—", "–"}:
        phrase = _before_comma(words, at, relative="who" in passed)
    else:
        phrase = None
    if phrase is None or not _is_verb(words, index, phrase):
        return None
    span, verb = words.span(*phrase), words.spans[index]
    return Clause(span.start, verb.end, span, verb, _class(words, index), BEFORE)


def _skip_day(words: Tokens, at: int) -> int:
    """Pass over the day in 'Mr Lee on Monday said'."""
    days = load_words("sentences", "after_clock")
    if at > 0 and words.joined(at) and words.lower[at] in days and words.joined(at - 1):
        return at - 2 if words.lower[at - 1] == "on" else at - 1
    return at


def _is_adverb(word: str) -> bool:
    return word in load_words("attribution", "adverbs") or (word.endswith("ly") and len(word) > 4)


def _may_follow(words: Tokens, index: int, at: int, passed: list[str]) -> bool:
    """May the verb have what stands before it as its subject: not 'Lee was told'?"""
    passive = load_words("attribution", "passive")
    verb = words.lower[index]
    if not passive.isdisjoint(passed) and not verb.endswith("ing"):
        return False
    if "not" in passed or "never" in passed:
        return False
    if words.joined(index + 1) and words.lower[index + 2] == "to":  # 'his son asked him to go'
        return not (words.joined(index) and words.lower[index + 1] in _OBJECTS)
    if verb.endswith("ing") and passive.isdisjoint(passed):
        return False
    if verb in {"say", "tell"}:
        modal = {"would", "will", "did", "do", "could", "might", "may"}
        return bool(modal & set(passed)) or _is_plural(words.lower[at])
    return True


def _is_plural(word: str) -> bool:
    return word == "they" or word.endswith("s") or word in {"police", "some", "others", "many"}


def _before_comma(words: Tokens, at: int, relative: bool) -> tuple[int, int] | None:
    """Return the name before an apposition, 'Lee, the mayor of Ely, said', or None."""
    if relative:
        return phrase_before(words, at)
    nearest: tuple[int, int] | None = None
    for index in range(at - 1, max(-1, at - _FURTHEST_COMMA), -1):
        if index + 1 in words.starts:
            break
        gap = words.gap(index).lstrip(".")
        if gap[:2] in {", ", " (", " —", " –"} or gap[:1] == "(":
            phrase = phrase_before(words, index)
            long = phrase is not None and _length(words, phrase) > _SHORT  # no 'Y' of 'D-N.Y.'
            if phrase and long and words.capital(phrase[1]) and not is_common(words, phrase[0]):
                return phrase
            nearest = nearest or phrase
    inner = phrase_before(words, at)  # 'the mayor, Ann Lee, said'
    named = inner is not None and not is_common(words, inner[0]) and words.gap(inner[0] - 1) == ", "
    return inner if named else nearest


def _length(words: Tokens, phrase: tuple[int, int]) -> int:
    span = words.span(*phrase)
    return span.end - span.start


def _is_verb(words: Tokens, index: int, phrase: tuple[int, int]) -> bool:
    """Is a word that may be a noun a verb here: after 'he', or before 'that' or a mark?"""
    if words.lower[index] not in load_words("attribution", "nouns_too"):
        return True
    if words.lower[phrase[1]] in PRONOUNS:
        return True
    gap = words.gap(index)
    marked = any(mark in gap for mark in '"“‘:')
    return marked or (words.joined(index) and words.lower[index + 1] == "that") or gap[:1] in ",."


def _subject_behind(words: Tokens, index: int) -> Clause | None:
    """Read 'said Lee' where a quotation or a comma stands before it."""
    gap = words.gap(index - 1).rstrip() if index else "\n"
    if not gap or gap[-1] not in "\"”’',»" or not words.joined(index):
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


def opening(words: Tokens, first: int, verb: int) -> tuple[int, int] | None:
    """Return the phrase that a sentence opens with, if it is 'he' or a name, or None."""
    first = _after_lead(words, first, verb)
    if first >= verb or words.lower[first] in {"he", "she"}:
        return (first, first) if first < verb else None
    last = first
    while last < verb - 1 and last - first < _FURTHEST_NAME and words.joined(last):
        if words.capital(last) and not words.capital(last + 1):
            break
        last += 1
    phrase = phrase_before(words, last) if words.capital(last) else None
    if phrase is None or phrase[0] != first or words.lower[first] in {"a", "an"}:
        return None
    adverb = first == last and words.joined(last) and is_common(words, last + 1)  # 'Close to'
    return None if adverb else phrase


_FURTHEST_NAME, _FURTHEST_LEAD = 8, 25


def _after_lead(words: Tokens, first: int, verb: int) -> int:
    """Return where a sentence begins behind its dateline or an 'In the wake of …,'."""
    dateline = words.spans[first].of(words.body).isupper()
    lead = words.lower[first] in load_words("attribution", "leads")
    for index in range(first, min(first + _FURTHEST_LEAD, verb)):
        gap = words.gap(index)
        if (dateline and any(mark in gap for mark in "—–-")) or (lead and gap[:1] == ","):
            return index + 1
    return first


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
