"""Checks for who is introduced: named before, or without, a word on who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, people, quoted
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, Person
from newsresearch.text import Span, locate, split_words

__all__ = ["late_introduction", "never_introduced"]


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
