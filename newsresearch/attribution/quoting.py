"""The quotations of a body: whole sentences, a few words, broken ones; each with its speaker."""

from __future__ import annotations

from collections.abc import Iterator

from newsresearch.articles import Article
from newsresearch.attribution.model import BROKEN, DIRECT, FRAGMENT, Attribution
from newsresearch.attribution.voices import find_voice, same_sentence
from newsresearch.quotations import Quotation, strip_marks
from newsresearch.text import Span, locate, split_words

__all__ = ["attribute_quotations"]

_FEWEST_WORDS = 8
_NOBODY = "nobody beside it is named as saying it"


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
    voice = find_voice(article, span, kind, before)
    if voice is None:
        return Attribution(span, kind, None, None, "", _NOBODY)
    return Attribution(span, kind, voice.speaker, voice.verb, voice.verb_class, voice.how)


def _kind(article: Article, span: Span, before: Attribution | None) -> str:
    """Is it a quotation of a sentence or most of one, or a few words of it: 'a “clean break”'?"""
    inner = strip_marks(span.of(article.body))
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
    goes_on = between.endswith(",") and same_sentence(article, before.span, span)
    return DIRECT if goes_on else FRAGMENT


# --- quotations over several paragraphs ---------------------------------------------------------


def _is_left_open(article: Article, span: Span) -> bool:
    """Does the paragraph end without a closing mark, so that the next one goes on?"""
    return article.body[span.end - 1] not in "\"”“’'»«" or span.end - span.start < 2


def _follows(article: Article, one: Attribution, span: Span) -> bool:
    first, second = (locate(article.paragraphs, at) for at in (one.span.start, span.start))
    return second - first == 1 and article.paragraphs[second].start == span.start
