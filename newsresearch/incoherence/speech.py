"""Checks of who speaks: one quotation given to two people, and words that nobody is said to say."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.attribution import DIRECT, FRAGMENT, Attribution, attributions
from newsresearch.attribution.clauses import find_clauses, verb_starts
from newsresearch.attribution.names import known_names
from newsresearch.incoherence.finding import Finding, prose
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.quotations import strip_marks
from newsresearch.text import Span, locate, split_words

__all__ = ["conflicting_speakers", "unattributed_speech"]

_FEWEST_SHARED = 6
_LEAST_SHARE = 0.6
_FEWEST_WORDS = 8
_FEWEST_NEAR = 4
_OPENING = 40
_MARKED = ('"', "“", "”", "‘", "@", ": '")


def conflicting_speakers(article: Article) -> Iterator[Finding]:
    """The same quotation of six words or more is given to two different people.

    Same: most runs of six words of the shorter one. Only people with a name in the text and a
    verb of speech beside the quotation count.

    Known misses: a speaker who is given by role, or who goes on; a shorter quotation; the same
    words reported without marks; questions. Wrong in tales, where many say the same in turn, and
    where one person repeats what another said.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> words = "“We will never pay for that bridge,”"
    >>> one = f"{words} said Mayor Ann Lee."
    >>> fires(conflicting_speakers, f"{one}\\n\\n{words} Tom Roe said.")
    ['“We will never pay for that bridge,”']
    >>> fires(conflicting_speakers, f"{one}\\n\\n{words} Lee said.")
    []
    """
    if not _says_twice(article):  # nearly always: who speaks need not be known
        return
    first: dict[tuple[str, ...], int] = {}
    named = [one for one in attributions(article) if _is_named(article, one)]
    for index, one in enumerate(named):
        runs = _runs(article, one.span)
        shared = Counter(first[run] for run in runs if run in first)
        for run in runs:
            first.setdefault(run, index)
        if not shared:
            continue
        at, count = shared.most_common(1)[0]
        other = named[at]
        shorter = min(len(runs), len(_runs(article, other.span)))
        if count >= _LEAST_SHARE * shorter and _differ(one, other):
            names = f"‘{_name(other)}’, here to ‘{_name(one)}’"
            yield Finding(one.span, f"the same words are given to {names}", other=other.span)


def _is_named(article: Article, one: Attribution) -> bool:
    """Is a quotation given to a person by name, with a verb beside it?"""
    if one.kind not in {DIRECT, FRAGMENT} or one.speaker is None or one.verb is None:
        return False
    beside = one.reason == "by the verb beside it"
    asked = "?" in one.span.of(article.body)[-3:]  # many may ask the same
    return beside and not asked and one.speaker.name in known_names(article).persons


def _runs(article: Article, span: Span) -> list[tuple[str, ...]]:
    text = straighten(span.of(article.body)).lower()
    words = [word.of(text) for word in split_words(text)]
    return [tuple(words[i : i + _FEWEST_SHARED]) for i in range(len(words) - _FEWEST_SHARED + 1)]


def _says_twice(article: Article) -> bool:
    """Do the same six words stand in quotations twice?"""
    quotations = (Span(start, end) for start, end, _ in article.quotations)
    runs = [run for span in quotations for run in _runs(article, span)]
    return len(set(runs)) < len(runs)


def _name(one: Attribution) -> str:
    return one.speaker.name if one.speaker else ""


def _differ(one: Attribution, other: Attribution) -> bool:
    """Do two names share no word, and is neither the other's description?"""
    first, second = (set(_name(a).lower().split()) for a in (one, other))
    return not first & second


# --- nobody says it -----------------------------------------------------------------------------


def unattributed_speech(article: Article) -> Iterator[Finding]:
    """A quoted sentence that nobody near is named as saying; 'he said' with nobody before it.

    Fires for a quotation that is a paragraph of its own where neither the paragraph before nor the
    one after says who speaks, names a speech or letter, or holds another quotation, and for 'he
    said' where nobody has been named or described before.

    Known misses: a quotation beside other quotations or inside a paragraph, and in the first or
    last paragraph; 'he said' where somebody else was named before. Wrong where a picture or a post
    that was left out showed who speaks.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> speech = "“We will never pay a penny for that bridge.”"
    >>> rain = "It rained on the bridge all day."
    >>> fires(unattributed_speech, f"{rain}\\n\\n{speech}\\n\\nThe road was closed.")
    ['“We will never pay a penny for that bridge.”']
    >>> fires(unattributed_speech, f"{rain}\\n\\n{speech}\\n\\nThe mayor left.")
    []
    """
    alone = any(_paragraphs_near(article, Span(*place)) for *place, _ in article.quotations)
    for one in attributions(article) if alone else ():
        if one.kind == DIRECT and one.speaker is None and _is_sentence(article, one):
            near = _paragraphs_near(article, one.span)
            if near and not any(_has_speaker(article, paragraph, one.span) for paragraph in near):
                reason = "nobody in this paragraph or beside it is named as saying this"
                yield Finding(one.span, reason)
    yield from _lonely_pronouns(article)


def _is_sentence(article: Article, one: Attribution) -> bool:
    text = one.span.of(article.body)
    inner = strip_marks(text)
    enough = len(split_words(inner)) >= _FEWEST_WORDS
    return enough and inner[:1].isupper() and inner[-1:] in tuple(".!?") and one.verb is None


def _paragraphs_near(article: Article, span: Span) -> list[Span]:
    """Return the paragraphs beside a quotation that is one of its own, inside the text."""
    paragraphs = prose(article)
    index = locate(paragraphs, span.start)
    if index < 1 or index + 1 >= len(paragraphs) or not _is_alone(paragraphs[index], span):
        return []
    return [paragraphs[index - 1], paragraphs[index + 1]]


def _is_alone(paragraph: Span, span: Span) -> bool:
    """Is a quotation all of its paragraph, but for a full stop?"""
    return paragraph.start == span.start and paragraph.end - span.end <= 1


def _has_speaker(article: Article, paragraph: Span, span: Span) -> bool:
    """Does a paragraph say who speaks, name what is quoted, or quote more, or is it no prose?"""
    clauses = find_clauses(article)
    at = bisect_left(clauses, (paragraph.start,))
    if at < len(clauses) and clauses[at].start < paragraph.end:
        return True
    start, end = paragraph
    outside = article.body[start:end]
    if not _is_prose(outside):
        return True
    opening = Span(start, min(end, start + _OPENING))  # 'Thus wrote the radio station'
    words = {word.of(outside).lower() for word in split_words(outside)}
    said = start > span.start and _any_in(opening, verb_starts(article))
    return said or not words.isdisjoint(load_words("attribution", "sayings"))


def _is_prose(paragraph: str) -> bool:
    """Is a paragraph narration: a whole sentence or more, without marks of quotation?"""
    marked = any(mark in paragraph for mark in _MARKED) or paragraph[0] == "'"
    return not marked and paragraph[-1] in ".!…" and len(paragraph.split()) >= _FEWEST_NEAR


@lru_cache(maxsize=1)
def _somebody() -> frozenset[str]:
    pronouns = {"he", "she", "they", "his", "her", "their", "who", "him", "them", "you", "your"}
    nouns = load_words("names", "somebody") | load_words("attribution", "anonymous")
    plural = {f"{noun}s" for noun in nouns}
    return nouns | plural | load_words("names", "titles") | pronouns


def _any_in(paragraph: Span, starts: list[int]) -> bool:
    return bisect_left(starts, paragraph.start) < bisect_left(starts, paragraph.end)


def _lonely_pronouns(article: Article) -> Iterator[Finding]:
    """Yield 'he said' where nothing before it, headline included, is a person it could be."""
    for clause in find_clauses(article):
        pronoun = clause.speaker.of(article.body).lower()
        if pronoun not in {"he", "she"}:
            continue
        before = article.body[: clause.speaker.start]
        headline = {word.of(article.headline).lower() for word in split_words(article.headline)}
        words = {word.of(before).lower() for word in split_words(before)} | headline
        named = any(m.start < clause.start for m in known_names(article).mentions)
        capital = any(word[:1].isupper() for word in article.headline.split()[1:])
        enough = len(prose(article)) > 1 and locate(prose(article), clause.start) > 0
        if enough and not named and not capital and words.isdisjoint(_somebody()):
            yield Finding(
                Span(clause.start, clause.end),
                f"nobody before this is a person that ‘{pronoun}’ could be",
            )
        return
