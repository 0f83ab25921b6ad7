"""Is a bare name a person's: signs for it (speech, 'he', 'Mr') and against (a paper, a place)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

from newsresearch.articles import Article
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, Person
from newsresearch.text import Span, locate, split_words

__all__ = ["acts_as_person", "is_addressed", "is_no_surname", "named_before", "seems_person"]

_CAMEL = re.compile(r"(?!Mc|Mac|Mag|De|Di|La|Le|O['’]|Fitz|Van)[A-Z][a-z]+[A-Z]")
# 'Kadalim told Vocativ', 'according to Vocativ', 'a report in Vocativ', 'the Courier'
_OUTLET_BEFORE = re.compile(
    r"\b(?:told|tells|via|on|in|at|magazine|website|site|newspaper|app|the|daily|agency|group|"
    r"company|firm|brand|anonymous)\s$",
    re.IGNORECASE,
)
_REACH = 24
_FAR = 300  # characters of a sentence in which a pronoun may point back
_HE = re.compile(r"\b(?:he|she|his|him|hers|himself|herself)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE)
_STRONG = 2


def seems_person(article: Article, person: Person) -> bool:
    """Weigh the signs that a name without an introduction is a person's; few will not do."""
    told = [m for m in person.mentions if not _is_quoted(article, m)]
    if any(is_addressed(m) for m in told):
        return True
    return sum(_weigh(article, mention) for mention in told) >= _STRONG


def acts_as_person(article: Article, person: Person) -> bool:
    """Does anything but a given name show a person: speech, a role, 'he' right after?"""
    return any(
        m.speaks or m.title.removesuffix("described") or _pronouns(article, m) > 0
        for m in person.mentions
    )


def _is_quoted(article: Article, mention: Mention) -> bool:
    index = locate(article.quotations, mention.start)
    return index >= 0 and article.quotations[index].closed


def _weigh(article: Article, mention: Mention) -> int:
    """Add up what speaks for a person in the surroundings of one mention, and against."""
    if not mention.speaks:
        before = article.body[max(0, mention.start - _REACH) : mention.start]
        owns = article.body[mention.end : mention.end + 2] in {"'s", "’s"}  # 'in Lee’s view'
        return -2 if _OUTLET_BEFORE.search(before) and not owns else 0
    after = article.body[mention.end : mention.end + _REACH].lower().split()
    verb = [word for word in after if word not in load_words("speech", "auxiliaries")][:1]
    shared = load_words("introductions", "outlet_verbs") | load_words("speech", "nouns_too")
    weak = bool(verb) and verb[0] in shared
    if weak:
        return 0
    return 2 + _pronouns(article, mention) + _beside_quotation(article, mention)


def _beside_quotation(article: Article, mention: Mention) -> int:
    """Is the speech right beside a quotation: papers and firms are quoted less than people."""
    near = article.body[max(0, mention.start - 8) : mention.end + _REACH]
    return int(any(mark in near for mark in '"“”'))


def _pronouns(article: Article, mention: Mention) -> int:
    """'He' in the rest of the sentence or at the start of the next is a person, 'it' is none."""
    at = locate(article.sentences, mention.start)
    rest = Span(mention.end, min(article.sentences[at].end, mention.end + _FAR))
    after = _outside_quotations(article, rest)
    if at + 1 < len(article.sentences):
        start = article.sentences[at + 1].start
        after += " " + _outside_quotations(article, Span(start, start + 12))
    return 2 * bool(_HE.search(after)) - bool(_IT.search(after))


def _outside_quotations(article: Article, span: Span) -> str:
    """Return the narration of a span: what its first quotation opens is left out."""
    text = span.of(article.body)
    return re.split('["“]', text, maxsplit=1)[0]


def is_no_surname(article: Article, person: Person) -> bool:
    """Is the word a given name, a brand, a plural, an ordinary word or part of a longer name?"""
    surname = person.surname
    if surname in _after_capitals(article.headline, split_words(article.headline)):
        return True
    if named_before(article, surname) is not None:
        return True
    if surname.lower() in _sites(article.body):
        return True
    if any(is_addressed(m) for m in person.mentions):
        return False
    if surname.lower() in load_words("names", "given") or _CAMEL.match(surname):
        return True
    if surname.endswith("s") and all(_opens_sentence(article, m.start) for m in person.mentions):
        return True
    if surname.endswith("ly") and _opens_sentence(article, person.mentions[0].start):
        return True  # 'Exactly', 'Reportedly'
    return surname.lower() in _word_forms(article) or surname in _in_names(article)


@lru_cache(maxsize=2)
def _sites(text: str) -> frozenset[str]:
    """Return the names, in lower case, of sites: 'lee' of 'Lee.com'."""
    return frozenset(found[1].lower() for found in _SITE.finditer(text))


_SITE = re.compile(r"(?<!\w)(\w{1,40}+)\.com\b")


def is_addressed(mention: Mention) -> bool:
    """Is it 'Mr Lee': surely a person, but not introduced by that?"""
    courtesy = load_words("introductions", "courtesy")
    return bool(mention.title) and courtesy.issuperset(mention.title.split())


def named_before(article: Article, surname: str) -> int | None:
    """Return where in the body a surname first follows a capital that may be a given name's."""
    return _in_body(article).get(surname)


@lru_cache(maxsize=2)
def _in_body(article: Article) -> dict[str, int]:
    return _after_capitals(article.body, article.words)


_POSSESSIVE = re.compile(r"['’]s?$")
# 'Ann B. Lee', '[special counsel Ann] Lee', 'Tom “Big Dog” Lee'
_NAME_GAPS = {" ", ". ", "] ", "” ", '" ', "’ ", "' ", ") "}


def _after_capitals(text: str, words: Sequence[Span]) -> dict[str, int]:
    passing = _passing()
    found: dict[str, int] = {}
    for (at, end), (start, stop) in pairwise(words):
        if not text[at].isupper() or text[end:start] not in _NAME_GAPS:
            continue
        initial = end - at == 1 and text[end:start] == ". "
        if initial or text[at:end].lower().rstrip(".") not in passing:
            word = text[start:stop]
            for form in {_POSSESSIVE.sub("", word), *_PART.findall(word)}:
                found.setdefault(form, start)
    return found


@cache
def _passing() -> frozenset[str]:
    """Return words that are no given name, with a capital or without."""
    passing = load_words("introductions", "courtesy") | load_words("sentences", "openers")
    return passing | load_words("sentences", "after_clock") | load_words("speech", "auxiliaries")


def _opens_sentence(article: Article, at: int) -> bool:
    return article.sentences[locate(article.sentences, at)].start == at


_PART = re.compile(r"\w+")
_SUFFIXES = {"Jr", "Sr", "II", "III", "IV"}


@lru_cache(maxsize=2)
def _word_forms(article: Article) -> frozenset[str]:
    """Return the words of the body and their parts."""
    return _forms(article.vocabulary)


@lru_cache(maxsize=2)
def _in_names(article: Article) -> frozenset[str]:
    """Return the words of the body that a capitalised word follows: no surnames."""
    text, inside = article.body, set[str]()
    for (at, end), (start, stop) in pairwise(article.words):
        capital = text[start].isupper() and text[start + 1 : min(start + 2, stop)].islower()
        if capital and text[end:start] == " " and text[start:stop] not in _SUFFIXES:
            inside.add(text[at:end])
    return _forms(inside)


def _forms(words: Collection[str]) -> frozenset[str]:
    parts = chain.from_iterable(_PART.findall(word) for word in words if not word.isalnum())
    return frozenset(words).union(parts)
