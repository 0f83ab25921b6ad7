"""A speaker named beside a quotation without a verb that was read: 'Lee: “…”', '“…” — Lee'."""

from __future__ import annotations

import re
from bisect import bisect_left

from newsresearch.articles import Article
from newsresearch.attribution.clauses import verb_starts
from newsresearch.attribution.phrases import PRONOUNS, phrase_after, phrase_before, tokens
from newsresearch.attribution.subjects import opening
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate

__all__ = ["CLOSING", "name_beside"]

_NAME_AND_COLON = re.compile(r"\s*+[^\W\d_][^:\n“”\"]{1,40}:\s*+")
_DASH_AND_NAME = re.compile(r"\s*+[—–-]{1,2}\s*+(?=[^\W\d_])")
# Marks and blanks that may stand after the last word of a quotation.
CLOSING = "\"”“’'»« "


def name_beside(article: Article, span: Span, low: int, high: int) -> Span | None:
    """Return the name of a quotation's speaker between two places, or None."""
    return (
        _name_and_colon(article, span, low)
        or _dash_and_name(article, span, high)
        or _name_and_verb(article, span, high)
        or _opens_sentence(article, span, low)
    )


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
    inner = span.of(article.body).rstrip(CLOSING)
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
