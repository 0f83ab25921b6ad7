"""From the words that say who speaks to a person: 'Lee' and 'she' to 'Ann Lee'."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.attribution.clauses import Clause, find_clauses
from newsresearch.attribution.model import Speaker
from newsresearch.attribution.names import MOST_NAMES, Known, known_names
from newsresearch.attribution.phrases import BESIDE, PRONOUNS, Tokens, speakers, tokens
from newsresearch.attribution.titles import titled
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, roles
from newsresearch.text import Span, locate

__all__ = ["MANY", "NOBODY", "name_speaker", "resolve_clauses"]
NOBODY = "no person before it that ‘{}’ could be"
MANY = "more than one person that ‘{}’ could be"
# How many paragraphs a pronoun looks back over.
_FURTHEST = 2
_LINKS = frozenset(["for", "of", "from", "at", "with", "to", "in", "on"])


@lru_cache(maxsize=2)
def resolve_clauses(article: Article) -> dict[Clause, Speaker | str]:
    """Return the speaker of each clause, or why nobody can be told."""
    words, known = tokens(article), known_names(article)
    found: dict[Clause, Speaker | str] = {}
    last: tuple[int, Speaker] | None = None
    for clause in find_clauses(article):
        pronoun = clause.speaker.of(article.body).lower()
        if pronoun in PRONOUNS:
            speaker = _resolve_pronoun(article, known, clause, pronoun, last)
        else:
            speaker = name_speaker(words, known, clause.speaker)
        found[clause] = speaker
        if isinstance(speaker, Speaker):
            last = (clause.start, speaker)
    return found


def name_speaker(words: Tokens, known: Known, span: Span) -> Speaker:
    """Return the speaker that a phrase names: 'Lee' as 'Ann Lee'."""
    mention = _mention_in(words, known, span)
    if mention is not None:
        return Speaker(span, known.fullest[mention.start, mention.end], anonymous=False)
    first = words.index(span.start)
    last = words.index(span.end) - 1
    bearer = titled(words, known, first, last)
    if bearer:
        return Speaker(span, bearer, anonymous=False)
    linked = (i for i in range(first, last) if words.lower[i] in _LINKS | BESIDE)
    link = next(linked, last + 1)
    head = max(first, link - 1)  # 'officials' of 'White House officials in Ely'
    named = known.surnames.get(words.spans[head].of(words.body)) if head == first else None
    if named and words.lower[head] not in load_words("places", "places"):  # 'Bloomberg'
        return Speaker(span, named, anonymous=False)
    if words.capital(head) and words.lower[min(link, last)] in _WHERE:  # 'Acme at the time'
        last = head
    text = " ".join(words.span(first, last).of(words.body).split())
    return Speaker(span, text, anonymous=_is_anonymous(words, first, head))


_WHERE = frozenset(["at", "in", "on"])


def _is_anonymous(words: Tokens, first: int, head: int) -> bool:
    """Does a phrase name nobody: 'officials', 'The Department', 'House Republicans'?"""
    if not words.capital(head):
        return True
    nouns = load_words("attribution", "anonymous")
    if words.lower[head] in {"republican", "democrat"}:
        return True
    if words.lower[head] in nouns and words.lower[head].endswith("s"):
        return True
    nouns = nouns | load_words("attribution", "determiners")
    return all(words.lower[at] in nouns for at in range(first, head + 1))


def _mention_in(words: Tokens, known: Known, span: Span) -> Mention | None:
    """Return the name in a phrase that is the speaker's own: not the one after 'for' or 'of'."""
    at = bisect_right(known.starts, span.start - 1)
    while at < len(known.mentions) and known.mentions[at].start < span.end:
        mention = known.mentions[at]
        if not mention.full and mention.surname.lower() in load_words("attribution", "anonymous"):
            return None  # 'Aides', 'Others'
        before = words.index(mention.start) - 1
        inside = before >= 0 and words.spans[before].start >= span.start
        if not inside or words.lower[before] not in _LINKS:
            after = words.index(mention.end)
            ends = after >= len(words.spans) or words.spans[after].start >= span.end
            own = ends or words.lower[after] in _LINKS  # not 'Lee’s lawyer', 'Federal officials'
            possessive = words.body[mention.end : mention.end + 1] in {"'", "’"}
            alone = len(known.fullest[mention.start, mention.end].split()) == 1
            if own and not possessive and not (inside and alone and words.owned(before)):
                return mention  # else 'Lee’s lawyer', or the firm of 'Acme economist Ann Lee'
        at += 1
    return None


# --- he and she ---------------------------------------------------------------------------------


def _resolve_pronoun(
    article: Article,
    known: Known,
    clause: Clause,
    pronoun: str,
    last: tuple[int, Speaker] | None,
) -> Speaker | str:
    """Return whom a pronoun stands for: in the nearest paragraph that names anybody, one person."""
    here = locate(article.paragraphs, clause.speaker.start)
    recent = last[1] if last and here - locate(article.paragraphs, last[0]) <= _FURTHEST else None
    if pronoun == "they":
        opener = _plural_opener(article, clause, last[0] if last else -1)
        if opener:
            return opener
        plural = recent is not None and recent.anonymous
        return recent._replace(span=clause.speaker) if recent and plural else MANY.format(pronoun)
    if pronoun == "it":
        thing = recent is not None and recent.name not in known.persons and not _are_many(recent)
        return recent._replace(span=clause.speaker) if recent and thing else MANY.format(pronoun)
    at = bisect_right(known.starts, clause.speaker.start)
    near = [m for m in known.mentions[max(0, at - MOST_NAMES) : at] if not m.quoted]
    for index in range(here, max(-1, here - _FURTHEST - 1), -1):
        start = article.paragraphs[index].start
        fitting = _fitting(known, (m for m in near if m.start >= start), pronoun)
        spoke = recent if recent and last and last[0] >= start else None
        if spoke and _fits(known, spoke, pronoun) and _may_go_on(spoke, fitting):
            return Speaker(clause.speaker, spoke.name, spoke.anonymous)
        if fitting:
            name = _one(known, fitting, pronoun) or _opens(article, near, fitting, clause, known)
            return Speaker(clause.speaker, name, False) if name else MANY.format(pronoun)
    return NOBODY.format(pronoun)


def _plural_opener(article: Article, clause: Clause, spoke: int) -> Speaker | None:
    """Return the parents in 'The sad parents left. “We go,” they said', unless one spoke since."""
    own = locate(article.sentences, clause.speaker.start)
    start = article.sentences[own - 1].start if own > 0 else -1
    here = article.paragraphs[locate(article.paragraphs, clause.speaker.start)]
    if start < here.start or spoke >= start or article.is_quoted(start):
        return None
    words = tokens(article)
    first = words.index(start)
    for last in range(first, min(first + _LONGEST_OPENER, len(words.lower) - 1)):
        word = words.lower[last]
        if word in speakers() and (word.endswith("s") or word in _PLURALS) and words.joined(last):
            name = " ".join(words.span(first, last).of(article.body).split())
            return Speaker(clause.speaker, name, _is_anonymous(words, first, last))
        if not words.joined(last) or word in _LINKS or words.capital(last):
            return None
    return None


def _are_many(speaker: Speaker) -> bool:
    word = speaker.name.split()[-1].lower()
    return speaker.anonymous and word.endswith("s") and word in speakers()


_LONGEST_OPENER = 4
_PLURALS = frozenset(["people", "police", "men", "women"])


def _may_go_on(spoke: Speaker, fitting: list[str]) -> bool:
    return not fitting or spoke.anonymous or spoke.name in fitting


def _fits(known: Known, speaker: Speaker, pronoun: str) -> bool:
    if not speaker.anonymous:
        fits = known.pronouns.get(speaker.name, pronoun) == pronoun
        return fits and speaker.name in known.persons
    words = set(speaker.name.lower().split())
    other = "she" if pronoun == "he" else "he"
    somebody = load_words("names", "somebody") | roles()
    return not words & load_words("attribution", other) and bool(words & somebody)


def _fitting(known: Known, near: Iterable[Mention], pronoun: str) -> list[str]:
    """Return the names that a pronoun may stand for, each once, in order."""
    names = (known.fullest[m.start, m.end] for m in near)
    fit = (n for n in names if n in known.persons and known.pronouns.get(n, pronoun) == pronoun)
    return list(dict.fromkeys(fit))


def _one(known: Known, fitting: list[str], pronoun: str) -> str:
    """Return the only name, or the only one that surely fits."""
    if len(fitting) == 1:
        return fitting[0]
    sure = [name for name in fitting if known.pronouns.get(name) == pronoun]
    return sure[0] if len(sure) == 1 else ""


def _opens(
    article: Article, near: list[Mention], fitting: list[str], clause: Clause, known: Known
) -> str:
    """Return the name that opens one of the two sentences before, which is about that person."""
    own = locate(article.sentences, clause.speaker.start)
    for index in range(own - 1, max(-1, own - 3), -1):
        start, end = article.sentences[index]
        inside = [m for m in near if start <= m.start < end]
        near_start = inside and inside[0].start - start <= _FARTHEST
        if near_start and len(article.body[start : inside[0].start].split()) <= _OPENING:
            name = known.fullest[inside[0].start, inside[0].end]
            return name if name in fitting else ""
        if inside:
            return ""
    return ""


# Words that may stand before the name that a sentence opens with: 'House Speaker', 'On Monday,'.
_OPENING, _FARTHEST = 3, 60
