"""Whose words a quotation gives: by a clause of speech beside it, or because a speaker goes on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from newsresearch.articles import Article
from newsresearch.attribution.clauses import (
    BEFORE,
    BEHIND,
    SOURCE,
    Clause,
    find_clauses,
    opening,
    verb_starts,
)
from newsresearch.attribution.model import BROKEN, DIRECT, FRAGMENT, Attribution, Speaker, Voice
from newsresearch.attribution.phrases import PRONOUNS, phrase_after, phrase_before, tokens
from newsresearch.attribution.resolving import known_names, name_speaker, resolve_clauses
from newsresearch.lexicons import load_words
from newsresearch.quotations import Quotation
from newsresearch.text import Span, locate, split_words

__all__ = ["attribute_quotations"]

_FEWEST_WORDS = 8
_FURTHEST_TAG = 60
_MARKS, _MOST_UNCLOSED = "\"“‘'«", 12
_NOBODY = "nobody beside it is named as saying it"
_NAME_AND_COLON = re.compile(r"\s*+[^\W\d_][^:\n“”\"]{1,40}:\s*+")
_DASH_AND_NAME = re.compile(r"\s*+[—–-]{1,2}\s*+(?=[^\W\d_])")
# Marks and blanks that may stand after the last word of a quotation.
_CLOSING = "\"”’'» "


def attribute_quotations(article: Article) -> Iterator[Attribution]:
    """Yield each quotation of the body, in order, with its speaker or why there is none."""
    before: Attribution | None = None
    pending: list[Attribution] = []
    for quotation in article.quotations:
        found = _attribute(article, quotation, before)
        # A quotation over several paragraphs has its speaker in the last of them, or the first.
        if pending and found.speaker and _follows(article, pending[-1], found.span):
            for one in pending:
                yield one._replace(speaker=found.speaker, verb=found.verb,
                                   verb_class=found.verb_class, reason="goes on")  # fmt: skip
        else:
            yield from pending
        pending = []
        if found.speaker is None and found.kind != BROKEN and _is_left_open(article, found.span):
            pending = [found]
        else:
            yield found
        before = found
    yield from pending


def _attribute(article: Article, quotation: Quotation, before: Attribution | None) -> Attribution:
    span = Span(quotation.start, quotation.end)
    if not quotation.closed:
        return Attribution(span, BROKEN, None, None, "", "a mark has no partner")
    kind = _kind(article, span, before)
    voice = _voice(article, span, kind, before)
    if voice is None:
        return Attribution(span, kind, None, None, "", _NOBODY)
    return Attribution(span, kind, voice.speaker, voice.verb, voice.verb_class, voice.how)


def _kind(article: Article, span: Span, before: Attribution | None) -> str:
    """Is it a quotation of a sentence or most of one, or a few words of it: 'a “clean break”'?"""
    inner = span.of(article.body).strip("\"“”„«»‘’' ")
    words = split_words(inner)
    capital = inner[:1].isupper() or inner[:1] in ("…", "[")
    titled = sum(inner[w.start].isupper() for w in words if w.end - w.start > 3)
    long = sum(w.end - w.start > 3 for w in words)
    opens = article.sentences[locate(article.sentences, span.start)].start == span.start
    if len(words) >= _FEWEST_WORDS and (capital or opens):
        return DIRECT
    ended = inner[-1:] in tuple(".,!?…-—") or article.body[span.end : span.end + 1] == ","
    if capital and ended and not (long > 1 and titled == long):
        return DIRECT
    if before is None or before.kind != DIRECT:
        return FRAGMENT
    between = article.body[before.span.end : span.start].rstrip()
    goes_on = between.endswith(",") and _same_sentence(article, before.span, span)
    return DIRECT if goes_on else FRAGMENT


def _same_sentence(article: Article, one: Span, two: Span) -> bool:
    first = locate(article.sentences, max(one.end - 1, one.start))
    return first >= 0 and first == locate(article.sentences, two.start)


# --- who says it --------------------------------------------------------------------------------


def _voice(article: Article, span: Span, kind: str, before: Attribution | None) -> Voice | None:
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
    inner = span.of(article.body).rstrip(_CLOSING)
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
    inner = span.of(article.body).rstrip(_CLOSING)
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
    name = (
        _name_and_colon(article, span, low)
        or _dash_and_name(article, span, high)
        or _name_and_verb(article, span, high)
        or _opens_sentence(article, span, low)
    )
    if name:
        words, known = tokens(article), known_names(article)
        return Voice(name_speaker(words, known, name), None, "", "by the name beside it")
    if before and before.speaker and _same_sentence(article, before.span, span):
        return Voice(before.speaker, before.verb, before.verb_class, "same sentence")
    if kind != DIRECT:
        return None
    sentence = article.sentences[locate(article.sentences, span.start)]
    if sentence.start < low or article.body[sentence.start : span.start].strip():
        return None
    if before and before.speaker and before.kind != FRAGMENT and _carries_on(article, before, span):
        return Voice(before.speaker, before.verb, before.verb_class, "goes on")
    return _clause_just_before(article, span, paragraph)


def _name_and_colon(article: Article, span: Span, low: int) -> Span | None:
    """Return the name in 'Lee: “…”' at the start of a paragraph."""
    found = _NAME_AND_COLON.fullmatch(article.body, low, span.start)
    if not found or (low and article.body[low - 1] != "\n"):
        return None
    words = tokens(article)
    last = words.index(span.start) - 1
    first = words.index(low)
    if first > last or not words.capital(last):
        return None
    phrase = phrase_before(words, last)
    return words.span(*phrase) if phrase and phrase[0] == first else None


def _dash_and_name(article: Article, span: Span, high: int) -> Span | None:
    found = _DASH_AND_NAME.match(article.body, span.end, high)
    words = tokens(article)
    first = words.index(found.end()) if found else len(words.spans)
    if first >= len(words.spans) or not words.capital(first) or words.spans[first].end > high:
        return None
    phrase = phrase_after(words, first)
    return words.span(*phrase) if phrase else None


def _name_and_verb(article: Article, span: Span, high: int) -> Span | None:
    """Return the name in '“…,” Ann Lee, who once led the council of Ely, said'."""
    inner = span.of(article.body).rstrip(_CLOSING)
    if inner[-1:] not in ",?!" and article.body[span.end : span.end + 1] != ",":
        return None
    words, sentence = tokens(article), locate(article.sentences, span.end - 1)
    end = min(high, article.sentences[sentence].end)
    first = words.index(span.end)
    if first >= len(words.spans) or words.spans[first].end > end or words.lower[first] in PRONOUNS:
        return None
    phrase = phrase_after(words, first)
    if phrase is None or words.lower[first] in load_words("attribution", "elsewhere"):
        return None
    after = verb_starts(article)
    at = bisect_left(after, words.spans[phrase[1]].end)
    return words.span(*phrase) if at < len(after) and after[at] < end else None


def _opens_sentence(article: Article, span: Span, low: int) -> Span | None:
    """Return the name in 'Lee was quick to retort: “…”'."""
    sentence = article.sentences[locate(article.sentences, span.start)]
    if sentence.start < low or not article.body[low : span.start].rstrip().endswith(":"):
        return None
    words = tokens(article)
    first = words.index(sentence.start)
    phrase = opening(words, first, words.index(span.start))
    return words.span(*phrase) if phrase and words.lower[first] not in PRONOUNS else None


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


# --- quotations over several paragraphs ---------------------------------------------------------


def _is_left_open(article: Article, span: Span) -> bool:
    """Does the paragraph end without a closing mark, so that the next one goes on?"""
    return article.body[span.end - 1] not in "\"”’'»" or span.end - span.start < 2


def _follows(article: Article, one: Attribution, span: Span) -> bool:
    first, second = (locate(article.paragraphs, at) for at in (one.span.start, span.start))
    return second - first == 1 and article.paragraphs[second].start == span.start
