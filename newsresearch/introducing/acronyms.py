"""How a text introduces acronyms: 'National Rail Commission (NRC)', late, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.introducing.model import ASSUMED, INTRODUCED, LATE, NEVER, Introduction
from newsresearch.lexicons import load_words
from newsresearch.mentions import find_description
from newsresearch.text import Span, locate

__all__ = ["introduce_acronyms"]

# 'NRC', 'N.R.C.', but not 'NRC-TV', 'NRC.com', '#NRC' or 'DC10'; two letters are too often no name.
_ACRONYM = re.compile(r"(?<![\w@#$/&.’'-])(?:[A-Z]{3,6}|(?:[A-Z]\.){3,6})(?![\w@/&-]|\.\w)")
_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "to", "de", "la", "du", "des", "y"])
_CALL_LETTERS = re.compile("[KW][A-Z]{3}")
_LONGEST = 4  # letters of an acronym that does not speak
_MOST_WORDS = 12  # before an acronym in brackets, or after one
_MOST_ACRONYMS = 100  # of one text: each is looked up in all of it
_NEAR = 150  # characters of a sentence on either side that tell whether it shouts
_FEWEST_LOWER = 0.5  # share of words not in capitals in a sentence that does not shout


@lru_cache(maxsize=2)
def introduce_acronyms(
    article: Article, known: frozenset[str] = frozenset()
) -> tuple[Introduction, ...]:
    """Return the acronyms of the body, in order, each with how it is expanded."""
    uses: dict[str, list[Span]] = {}
    for found in _ACRONYM.finditer(article.body):
        if _is_name(article, found.start()):
            acronym = found[0].replace(".", "")
            if acronym in uses or len(uses) < _MOST_ACRONYMS:
                uses.setdefault(acronym, []).append(Span(*found.span()))
    words = _Initials(article) if uses else None
    rows = (_introduce(article, *item, words, known) for item in uses.items() if words)
    return tuple(sorted((i for i in rows if _is_listed(article, i)), key=lambda i: i.first))


def _is_listed(article: Article, found: Introduction) -> bool:
    """Is it no word in capitals: spelt out, common, an actor, or without a vowel?"""
    if found.status == NEVER and found.name.lower() in article.vocabulary:
        return False
    return found.status != NEVER or found.sure or not re.search("[AEIOUY]", found.name)


def _is_name(article: Article, at: int) -> bool:
    """Is it no shouted word: do most words of its sentence have small letters?"""
    sentence = article.sentences[locate(article.sentences, at)]
    near = article.body[max(sentence.start, at - _NEAR) : min(sentence.end, at + _NEAR)]
    words = [word for word in near.split() if word[0].isalpha()]
    return sum(not word.isupper() for word in words) >= max(3, _FEWEST_LOWER * len(words))


class _Initials:
    """The words of a text as a string of initials, to look expansions up in."""

    def __init__(self, article: Article) -> None:
        self.text = text = article.body
        parts = [part for word in article.words for part in _parts(text, word)]
        long = [part for part in parts if text[part.start : part.end].lower() not in _SMALL]
        self.ways = [(run, "".join([text[at].lower() for at, _ in run])) for run in (long, parts)]

    def find(self, letters: str) -> Span | None:
        """Return the first run of words whose initials are the letters, capitals or not."""
        for parts, initials in self.ways:
            at = initials.find(letters.lower())
            while at >= 0:
                span = Span(parts[at].start, parts[at + len(letters) - 1].end)
                if self._is_expansion(span, letters):
                    return span
                at = initials.find(letters.lower(), at + 1)
        return None

    def _is_expansion(self, span: Span, letters: str) -> bool:
        """Is the run one name, not a chance row of initials across sentences?"""
        text = span.of(self.text)
        if len(text) > 25 * len(letters) or re.search(r"[.;:!?]\s|\n|[()“”\"]", text):
            return False
        capitals = [word[0].isupper() for word in text.split() if word.lower() not in _SMALL]
        return all(capitals) or self.text[span.end : span.end + 2] == " ("


_PART = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?+")


def _parts(text: str, word: Span) -> list[Span]:
    """Return the parts of a word between hyphens and points."""
    if text[word.start : word.end].isalnum():  # nearly always
        return [word]
    return [Span(*part.span()) for part in _PART.finditer(text, *word)]


def _introduce(
    article: Article, acronym: str, uses: list[Span], words: _Initials, known: frozenset[str]
) -> Introduction:
    full = words.find(acronym) or _in_brackets(article, uses)
    bare = next((use for use in uses if not article.is_quoted(use.start)), None)
    name = full.of(article.body) if full else acronym
    status, reason = _judge(acronym, name, full, bare, known)
    told = [found for use in uses if (found := _told(article.body, use))]
    if status == NEVER and (told or any(_EXPLAINED.search(_left(article, use)) for use in uses)):
        status, reason = INTRODUCED, "not spelt out letter by letter, but explained"
    first = min(full, uses[0]) if full else uses[0]
    organisation = bool(full) and name[0].isupper()
    return Introduction(
        name, "organisation" if organisation else "acronym", status, reason, first,
        full=full, bare=bare, said=full or (told[0] if told else None),
        descriptor=told[0].of(article.body) if told else "", n_mentions=len(uses),
        sure=bare is not None and _is_sure(article, uses),
    )  # fmt: skip


def _judge(
    acronym: str, name: str, full: Span | None, bare: Span | None, known: frozenset[str]
) -> tuple[str, str]:
    if acronym.lower() in known or name.lower() in known:
        return ASSUMED, "listed as known by the caller"
    common = load_words("introductions", "acronyms")
    if acronym in common or acronym.lower() in load_words("names", "organisations_known"):
        return ASSUMED, "common enough to stand alone"
    if full is None and _CALL_LETTERS.fullmatch(acronym):
        return ASSUMED, "may be the call letters of a station"
    if full is None:
        return NEVER, "the text never says what it stands for"
    # 'NRC (National Rail Commission)' explains it at once.
    if bare and full.start > bare.end + 3:
        return LATE, "it is used before the text says what it stands for"
    return INTRODUCED, "spelt out at or before its first use"


_EXPLAINED = re.compile(r"\b(?:known\sas|called|abbreviated|or|as)\s(?:the\s)?$")
_LEFT = 16


def _left(article: Article, use: Span) -> str:
    return article.body[max(0, use.start - _LEFT) : use.start]


def _told(body: str, use: Span) -> Span | None:
    """Return the description after an acronym: 'the NRC, which runs the lines,'."""
    return find_description(body, use) if body[use.end : use.end + 1] == "," else None


_BRACKET = re.compile(r"\s\(")
_LONGEST_NAME = 120


def _in_brackets(article: Article, uses: list[Span]) -> Span | None:
    """Return a name whose initials do not fit: 'Office of Rail (OFRL)', 'OFRL (Office of Rail)'."""
    body = article.body
    for use in uses:
        if body[use.start - 1 : use.start] == "(" and body[use.end : use.end + 1] == ")":
            return _name_before(article, use.start - 1)
        opened = _BRACKET.match(body, use.end)
        close = body.find(")", use.end, use.end + _LONGEST_NAME) if opened else -1
        if opened and close > opened.end():
            return Span(opened.end(), close)
    return None


def _name_before(article: Article, at: int) -> Span | None:
    """Return the capitalised words that end before a bracket."""
    index = bisect_left(article.words, (at, at)) - 1
    start = end = None
    for word in reversed(article.words[max(0, index - _MOST_WORDS) : index + 1]):
        text = word.of(article.body)
        if not text[0].isupper() and text not in _SMALL:
            break
        if text[0].isupper():
            start, end = word.start, end or word.end
    return Span(start, end) if start is not None and end else None


def _is_sure(article: Article, uses: list[Span]) -> bool:
    """Is it an organisation: does the narration use it with 'the' or let it speak?"""
    return any(_acts(article, use) for use in uses)


def _acts(article: Article, use: Span) -> bool:
    body = article.body
    after = body[use.end : use.end + 30].split()
    if article.is_quoted(use.start) or not after or after[0][0].isupper():
        return False  # 'the NSW Police' is another name
    before = body[max(0, use.start - _LEFT) : use.start].split()
    alone = not before or before[-1][-1] in ".,;:—" or before[-1].lower() in _OPENS
    if alone and _speaks([word.strip(",.").lower() for word in after]):
        return True  # 'the broadcaster NRC' is described
    if use.end - use.start > _LONGEST and "." not in use.of(body):
        return False  # 'the EXACT same': a word in capitals
    # 'the NRC agreed', 'of the NRC.', but not 'the NRC flash memory'
    ends = after[0].endswith("ed") or after[0] in load_words("stopwords") or after[0][0] in ".,;:"
    return ends and body[max(0, use.start - 4) : use.start].lower() == "the "


_OPENS = frozenset(["the", "that", "and", "but", "as", "while", "when", "because", "if", "after"])


def _speaks(after: list[str]) -> bool:
    verb = after[1:2] if after[0] in load_words("speech", "auxiliaries") else after[:1]
    return bool(verb) and verb[0] in load_words("speech", "verbs")
