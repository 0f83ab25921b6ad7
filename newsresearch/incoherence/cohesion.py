"""Checks for the links of a text: who is introduced, and what openers point back to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, people, prose, quoted
from newsresearch.lexicons import load_entries, load_words
from newsresearch.mentions import Mention, Person, find_mentions
from newsresearch.text import Span, locate, split_words
from newsresearch.vocabulary import content_terms

__all__ = ["dangling_connective", "dangling_pronoun", "late_introduction", "never_introduced"]


def late_introduction(article: Article) -> Iterator[Finding]:
    """A person is called by surname before the text says who that is.

    Heads of state and household names are assumed known. The headline does not count.

    Known misses: people introduced by a role alone; two people of one surname, where the
    second one's full name looks like a late introduction.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(late_introduction, "Lee said no.\\n\\nIt rained. Mayor Ann Lee left.")
    ['Lee']
    >>> fires(late_introduction, "Mayor Ann Lee left. Lee said no.")
    []
    """
    for person in people(article):
        first = _first_bare(article, person)
        full = [m for m in person.mentions if m.full]
        later = next((m for m in full if _is_sure(m)), None)
        if not first or not later or full[0].start < first.start or first.title:
            continue
        if not _same_sentence(article, first, later):
            introduction = _with_title(article, later)
            yield Finding(
                Span(first.start, first.end),
                f"‘{first.name}’ is named here, but only later introduced as "
                f"‘{introduction.of(article.body)}’",
                other=introduction,
            )


def never_introduced(article: Article) -> Iterator[Finding]:
    """A person speaks under a bare surname that the text never introduces.

    Known misses: people who act without speaking. Wrong for an invented place, team or firm
    that speaks, and for people named in full only in the headline or a caption.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(never_introduced, "Kessler has said she hopes for rain.")
    ['Kessler']
    >>> fires(never_introduced, "Ilse Kessler, a farmer, said it rained. Kessler said no more.")
    []
    """
    for person in people(article):
        first = _first_bare(article, person)
        speaks = [m for m in person.mentions if m.speaks and not m.quoted]
        if first and speaks and not any(m.introduces for m in person.mentions):
            if _is_no_surname(article, person):
                continue
            yield Finding(
                Span(first.start, first.end),
                f"‘{first.name}’ speaks, but the text never says who that is",
            )


def _is_sure(mention: Mention) -> bool:
    """Is a full name surely a person's, and no film, teaser or headline?"""
    first = mention.name.split()[0].lower()
    return bool(mention.title) or mention.speaks or first in load_words("names", "given")


def _first_bare(article: Article, person: Person) -> Mention | None:
    """Return the first bare use of a surname that is nobody's assumed knowledge."""
    surname = person.surname.lower()
    if surname.rsplit("-", 1)[-1] in load_words("names", "assumed_known"):
        return None
    if surname in load_words("names", "organisations_known") | load_words("places", "places"):
        return None
    bare = (m for m in person.mentions if not m.full)
    return next((m for m in bare if not quoted(article, m.start)), None)


_CAMEL = re.compile(r"(?!Mc|Mac|Mag|De|Di|La|Le|O['’]|Fitz|Van)[A-Z][a-z]+[A-Z]")


def _is_no_surname(article: Article, person: Person) -> bool:
    """Is the word a given name, a brand, a plural, an ordinary word or part of a longer name?"""
    surname = person.surname
    if surname.lower() in load_words("names", "given") or _CAMEL.match(surname):
        return True
    if surname.endswith("s") and all(_opens_sentence(article, m.start) for m in person.mentions):
        return True
    forms, _, in_name = _word_forms(article.body)
    _, after_name, _ = _word_forms(article.headline)
    return surname.lower() in forms or surname in in_name or surname in after_name


def _opens_sentence(article: Article, at: int) -> bool:
    return article.sentences[locate(article.sentences, at)].start == at


_PART = re.compile(r"\w+")
# 'Tom “Big Dog” Ames'
_NICKNAMED = re.compile(r"\b[A-Z]\w+ [\"“‘'][^\"”’']{1,25}[\"”’'] ")


@lru_cache(maxsize=4)
def _word_forms(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words of a text, those after a capitalised word, those inside longer names."""
    words = [(span, span.of(text)) for span in split_words(text)]
    nicknamed = {found.end() for found in _NICKNAMED.finditer(text)}
    after: set[str] = set()
    inside: set[str] = set()
    for (span, word), (following, next_word) in pairwise(words):
        gap = text[span.end : following.start]
        if gap.lstrip("’'.-") == " " and word[0].isupper() and len(word) > 1:
            after |= _forms(next_word)
        if gap == " " and next_word[0].isupper() and next_word[1:2].islower():
            inside |= _forms(word)
        if following.start in nicknamed:
            inside |= _forms(next_word)
    forms = frozenset().union(*(_forms(word) for _, word in words))
    return forms, frozenset(after), frozenset(inside)


def _forms(word: str) -> set[str]:
    return {word, *_PART.findall(word)}


def _same_sentence(article: Article, first: Mention, later: Mention) -> bool:
    return locate(article.sentences, first.start) == locate(article.sentences, later.start)


def _with_title(article: Article, mention: Mention) -> Span:
    """Widen a mention to the left over its title: 'Harbour minister Olga Brandt'."""
    start, at = mention.start, locate(article.words, mention.start)
    before = article.words[max(0, at - len(mention.title.split())) : at]
    known = load_words("names", "titles")
    for word in reversed(before):
        if word.of(article.body).lower().rstrip(".") not in known:
            break
        start = word.start
    return Span(start, mention.end)


# --- openers ---------------------------------------------------------------------------------

_PRONOUN = re.compile(r"(he|she|they|it|his|her|their|him|them)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"(he|she|they)\s+(?:also\s+|later\s+|then\s+)?([a-z’']+)", re.IGNORECASE)
# 'This is' and 'That was' may take up a whole clause, and mostly do; these need a thing.
_DEMONSTRATIVE = re.compile(
    r"(?:this|that|these|those)\s+(?:has|had|have)"
    r"(?:\s+(?:been|not))?\b(?!\W+(?:\w+\W+){0,3}(?:time|moment|end|story|article)\b)",
    re.IGNORECASE,
)
_HE = re.compile(r"\b(?:he|him|his|she|her|they|their|them|who)\b", re.IGNORECASE)


def dangling_connective(article: Article) -> Iterator[Finding]:
    """A paragraph opens with 'That being said, he …' and nothing before it to connect to.

    Fires where the opener's pronoun has nobody in the paragraph before it to point at.

    Known misses: connectives whose logic is wrong though a person is at hand; openers at the
    head of a sentence inside a paragraph.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(dangling_connective, "The bridge fell.\\n\\nThat being said, he did not explain.")
    ['That being said, he']
    >>> fires(dangling_connective, "Mayor Ann Lee rose.\\n\\nHowever, she did not explain.")
    []
    """
    for index, paragraph in enumerate(prose(article)):
        opener = _connective(paragraph.of(article.body))
        if not opener or quoted(article, paragraph.start):
            continue
        rest = article.body[paragraph.start + len(opener) : paragraph.end].lstrip(", ")
        at = paragraph.start + article.body[paragraph.start : paragraph.end].find(rest)
        pronoun = _PRONOUN.match(rest)
        before = prose(article)[index - 1] if index else None
        if (
            pronoun
            and pronoun[0].lower() in {"he", "she", "they"}
            and not _names_anyone(article, before)
        ):
            end = at + pronoun.end()
            reason = (
                f"‘{opener}’ needs something before it, and ‘{pronoun[0]}’ a person; "
                "the paragraph before names nobody"
            )
            yield Finding(Span(paragraph.start, end), reason, other=before)


def _connective(paragraph: str) -> str:
    """Return the connective that a paragraph opens with, as written."""
    lowered = paragraph[:40].lower()
    for opener in load_entries("variants", "connectives"):
        if lowered.startswith(opener) and not lowered[len(opener) : len(opener) + 1].isalnum():
            return paragraph[: len(opener)]
    return ""


def _names_anyone(article: Article, paragraph: Span | None) -> bool:
    """Does a paragraph hold somebody that 'he' or 'they' could be?"""
    if paragraph is None:
        return False
    if _HE.search(paragraph.of(article.body)):
        return True
    return _any_in(paragraph, _person_starts(article))


def _any_in(paragraph: Span, starts: list[int]) -> bool:
    return bisect_left(starts, paragraph.start) < bisect_left(starts, paragraph.end)


@lru_cache(maxsize=2)
def _person_starts(article: Article) -> list[int]:
    return sorted(mention.start for person in people(article) for mention in person.mentions)


@lru_cache(maxsize=2)
def _name_starts(article: Article) -> list[int]:
    """Return where names stand that may be people's, also without a sign that they are."""
    return [mention.start for mention in find_mentions(article.body)]


def dangling_pronoun(article: Article) -> Iterator[Finding]:
    """A paragraph opens with 'This has been …' or 'They said …' and nothing to refer to.

    For 'he', 'she' and 'they' nobody is named in the two paragraphs before; for 'this' and
    'that' the paragraph shares no word of its own with the one before it.

    Known misses: a pronoun that points at the wrong person; 'it'.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(dangling_pronoun, "The bridge fell.\\n\\nShe said more.")
    ['She said']
    >>> fires(dangling_pronoun, "Mayor Ann Lee rose.\\n\\nShe said more.")
    []
    """
    paragraphs = prose(article)
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.of(article.body)
        found = _PERSONAL.match(text)
        before = paragraphs[max(0, index - 2) : index]
        # An opening 'He' may name its man later: that is a delayed lede, not a loose end.
        if found and before and not any(_may_be_meant(article, found[1], p) for p in before):
            reason = f"‘{found[1]}’ opens a paragraph, but nobody is named in the two before it"
            yield Finding(_shift(found, paragraph), reason, other=before[-1])
    for earlier, paragraph in pairwise(paragraphs):
        found = _DEMONSTRATIVE.match(paragraph.of(article.body))
        if found and not _shares_words(article, earlier, paragraph):
            reason = f"‘{found[0]}’ opens a paragraph that takes up nothing from the one before"
            yield Finding(_shift(found, paragraph), reason, other=earlier)


def _shift(found: re.Match[str], paragraph: Span) -> Span:
    return Span(paragraph.start + found.start(), paragraph.start + found.end())


_GROUP = re.compile(r"\b[a-z]{3,}(?:s|people|men|women|children|police|staff|public)\b")


def _may_be_meant(article: Article, pronoun: str, paragraph: Span) -> bool:
    text = paragraph.of(article.body)
    named = _names_anyone(article, paragraph) or _any_in(paragraph, _name_starts(article))
    if named or '"' in text or "“" in text:
        return True
    if text[-1:] not in ".!…”\"’'":  # a subhead or a caption: who knows what it shows
        return True
    if pronoun.lower() == "they":
        return bool(_GROUP.search(text))
    words = (word.of(text).lower() for word in split_words(text))
    return not load_words("names", "somebody").isdisjoint(words)


def _shares_words(article: Article, earlier: Span, later: Span) -> bool:
    """Do two paragraphs share a word that is not one of the whole text's topics?"""
    first, second = (
        {term.stem for term in content_terms(article.body, span)} for span in (earlier, later)
    )
    return bool((first & second) - _topics(article)) or len(later.of(article.body).split()) < 8


@lru_cache(maxsize=2)
def _topics(article: Article) -> frozenset[str]:
    """Return the stems that turn up all over the body: they link no two paragraphs."""
    paragraphs = prose(article)
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update({term.stem for term in content_terms(article.body, paragraph)})
    often = max(2, len(paragraphs) // 5)
    return frozenset(stem for stem, count in counts.items() if count > often)
