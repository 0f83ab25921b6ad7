"""Is a bare name a person's: signs for it (speech, 'he', 'Mr') and against (a paper, a place)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

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
    if named_before(article.headline, surname) is not None:
        return True
    if named_before(article.body, surname) is not None:
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
    forms, in_name = _word_forms(article.body)
    return surname.lower() in forms or surname in in_name


@lru_cache(maxsize=2)
def _sites(text: str) -> frozenset[str]:
    """Return the names, in lower case, of sites: 'lee' of 'Lee.com'."""
    return frozenset(found[1].lower() for found in _SITE.finditer(text))


_SITE = re.compile(r"(?<!\w)(\w{1,40}+)\.com\b")


def is_addressed(mention: Mention) -> bool:
    """Is it 'Mr Lee': surely a person, but not introduced by that?"""
    courtesy = load_words("introductions", "courtesy")
    return bool(mention.title) and courtesy.issuperset(mention.title.split())


def named_before(text: str, surname: str) -> int | None:
    """Return where a surname first follows a capitalised word that may be a given name."""
    return _after_capitals(text).get(surname)


_POSSESSIVE = re.compile(r"['’]s?$")
# 'Ann B. Lee', '[special counsel Ann] Lee', 'Tom “Big Dog” Lee'
_NAME_GAPS = {" ", ". ", "] ", "” ", '" ', "’ ", "' ", ") "}


@lru_cache(maxsize=4)
def _after_capitals(text: str) -> dict[str, int]:
    passing = load_words("introductions", "courtesy") | load_words("sentences", "openers")
    passing |= load_words("sentences", "after_clock") | load_words("speech", "auxiliaries")
    words = [(span.start, span.end, span.of(text)) for span in split_words(text)]
    found: dict[str, int] = {}
    for (_, end, before), (start, _, word) in pairwise(words):
        plain = before.lower().rstrip(".")
        initial = len(before) == 1 and text[end:start] == ". "
        if not before[0].isupper() or text[end:start] not in _NAME_GAPS:
            continue
        if initial or plain not in passing:
            for form in {_POSSESSIVE.sub("", word), *_PART.findall(word)}:
                found.setdefault(form, start)
    return found


def _opens_sentence(article: Article, at: int) -> bool:
    return article.sentences[locate(article.sentences, at)].start == at


_PART = re.compile(r"\w+")
_SUFFIXES = {"Jr", "Sr", "II", "III", "IV"}


@lru_cache(maxsize=4)
def _word_forms(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a text, and those that a capitalised word follows: no surnames."""
    words = [(span, span.of(text)) for span in split_words(text)]
    inside: set[str] = set()
    for (span, word), (following, next_word) in pairwise(words):
        capital = next_word[0].isupper() and next_word[1:2].islower()
        if capital and text[span.end : following.start] == " " and next_word not in _SUFFIXES:
            inside |= _forms(word)
    return frozenset().union(*(_forms(word) for _, word in words)), frozenset(inside)


def _forms(word: str) -> set[str]:
    return {word, *_PART.findall(word)}
