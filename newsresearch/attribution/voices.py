"""Who says a quotation: by a clause of speech beside it, a name, or because a speaker goes on."""

from __future__ import annotations

from bisect import bisect_left

from newsresearch.articles import Article
from newsresearch.attribution.beside import CLOSING, name_beside
from newsresearch.attribution.clauses import BEFORE, BEHIND, SOURCE, Clause, find_clauses
from newsresearch.attribution.model import DIRECT, FRAGMENT, Attribution, Speaker, Voice
from newsresearch.attribution.names import known_names
from newsresearch.attribution.phrases import tokens
from newsresearch.attribution.resolving import name_speaker, resolve_clauses
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate

__all__ = ["find_voice", "same_sentence"]

_FURTHEST_TAG = 60
_MARKS, _MOST_UNCLOSED = "\"“‘'«", 12


def same_sentence(article: Article, one: Span, two: Span) -> bool:
    """Does one span begin in the sentence that another ends in?"""
    first = locate(article.sentences, max(one.end - 1, one.start))
    return first >= 0 and first == locate(article.sentences, two.start)


def find_voice(article: Article, span: Span, kind: str, before: Attribution | None) -> Voice | None:
    """Return who says a quotation, ``before`` the one before it; None where nobody is named."""
    paragraph = article.paragraphs[locate(article.paragraphs, span.start)]
    index = bisect_left(article.quotations, (span.start, 0, False))
    low = max(paragraph.start, article.quotations[index - 1].end if index else 0)
    following = article.quotations[index + 1 : index + 2]
    # The end may be in a later paragraph than the start, where a quotation was paired over a break.
    high = min(max(paragraph.end, span.end), following[0].start if following else len(article.body))
    after, ahead = _clause_after(article, span, high), _clause_before(article, span, low, kind)
    clause = ahead if _prefers_before(article, span, after, ahead) else after or ahead
    if clause:
        speaker = resolve_clauses(article)[clause]
        how = "by the verb beside it" if isinstance(speaker, Speaker) else speaker
        named = speaker if isinstance(speaker, Speaker) else None
        return Voice(named, clause.verb, clause.verb_class, how)
    return _voice_without_verb(article, span, kind, paragraph, low, high, before)


def _prefers_before(
    article: Article, span: Span, after: Clause | None, ahead: Clause | None
) -> bool:
    """Does 'Lee said: “…”' count before '“…,” said Lee', where both are there?"""
    if ahead is None or after is None:
        return after is None
    inner = span.of(article.body).rstrip(CLOSING)
    tagged = inner[-1:] in ",?!" or article.body[span.end : span.end + 1] == ","
    near = after.start - span.end <= 3
    return not (tagged and near)


def _clause_after(article: Article, span: Span, high: int) -> Clause | None:
    """Return the clause in '“…,” said Lee', in the same sentence and near."""
    clauses = find_clauses(article)
    at = bisect_left(clauses, (span.end,))
    if at == len(clauses) or clauses[at].end > high:
        return None
    clause = clauses[at]
    between = article.body[span.end : clause.start]
    same = locate(article.sentences, span.end - 1) == locate(article.sentences, clause.start)
    inner = span.of(article.body).rstrip(CLOSING)
    alone = article.body[clause.end : clause.end + 1] == "." or inner[-1:] in ",?!"
    if not same and not (alone and between == " "):
        return None
    if len(between) > _FURTHEST_TAG or any(mark in between for mark in ";:"):
        return None
    first = between.strip(" ,—–-").lower().split()
    near = len(first) < 5 and not load_words("attribution", "elsewhere").intersection(first[:1])
    # 'called it “a mess” and Roe said …' is another statement.
    ended = inner[-1:] in ",?!—-" or article.body[span.end : span.end + 1] in {",", " ", "—", "-"}
    return clause if ended and (near or clause.order != BEFORE) else None


def _clause_before(article: Article, span: Span, low: int, kind: str) -> Clause | None:
    """Return the clause in 'Lee said: “…”' or 'Lee said the plan was “…”'."""
    clauses = find_clauses(article)
    at = bisect_left(clauses, (span.start,)) - 1
    if at < 0 or clauses[at].start < low or clauses[at].end > span.start:
        return None
    clause = clauses[at]
    between = article.body[clause.end : span.start]
    same = locate(article.sentences, clause.start) == locate(article.sentences, span.start)
    if not same and not between.rstrip().endswith((":", ",")):
        return None
    if clause.order == BEHIND and not between.rstrip().endswith((":", ",")):
        return None  # '… said Lee' closes the statement before it
    return None if clause.order == SOURCE and kind == DIRECT and len(between) > 200 else clause


def _voice_without_verb(
    article: Article,
    span: Span,
    kind: str,
    paragraph: Span,
    low: int,
    high: int,
    before: Attribution | None,
) -> Voice | None:
    """Look for a speaker where no verb stands beside: 'Lee: “…”', or who spoke last."""
    name = name_beside(article, span, low, high)
    if name:
        words, known = tokens(article), known_names(article)
        return Voice(name_speaker(words, known, name), None, "", "by the name beside it")
    if before and before.speaker and same_sentence(article, before.span, span):
        return Voice(before.speaker, before.verb, before.verb_class, "same sentence")
    if kind != DIRECT:
        return None
    sentence = article.sentences[locate(article.sentences, span.start)]
    if sentence.start < low or article.body[sentence.start : span.start].strip():
        return None
    if before and before.speaker and before.kind != FRAGMENT and _carries_on(article, before, span):
        return Voice(before.speaker, before.verb, before.verb_class, "goes on")
    return _clause_just_before(article, span, paragraph)


def _carries_on(article: Article, before: Attribution, span: Span) -> bool:
    """Does the speaker before go on: nothing but the verb's sentence stands between?"""
    done = max(before.span.end, before.verb.end if before.verb else 0)
    index = locate(article.sentences, done - 1)
    own = locate(article.sentences, span.start)
    first, second = (locate(article.paragraphs, at) for at in (before.span.start, span.start))
    opens = article.paragraphs[second].start == span.start
    if second - first > 1:
        between = article.paragraphs[first + 1 : second]
        return (
            opens
            and len(between) <= _MOST_UNCLOSED
            and all(article.body[paragraph.start] in _MARKS for paragraph in between)
        )  # each opens with a mark that is never closed
    return own - index <= 1 and (first == second or opens)


def _clause_just_before(article: Article, span: Span, paragraph: Span) -> Voice | None:
    """Return the speaker of the sentence right before, reported or leading in with a colon."""
    own = locate(article.sentences, span.start)
    if own <= 0:
        return None
    previous = article.sentences[own - 1]
    gap = article.body[previous.end - 1 : span.start]
    led = gap.startswith(":")
    if previous.start < paragraph.start and not led:
        return None
    clauses = find_clauses(article)
    at = bisect_left(clauses, (span.start,)) - 1
    if at < 0 or clauses[at].start < previous.start:
        return None
    speaker = resolve_clauses(article)[clauses[at]]
    if not isinstance(speaker, Speaker):
        return Voice(None, None, "", speaker)
    return Voice(speaker, None, "", "by the sentence before")
