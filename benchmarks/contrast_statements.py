"""Statements for the contrasts: sentences of real bodies cut down to the length of a headline."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from contrast_edits import DAYS, MONTHS, NAME, NUMBER, Facts
from contrast_words import Words

from newsresearch.lexicons import load_words
from newsresearch.mentions import find_people
from newsresearch.plain import straighten
from newsresearch.text import Span, split_sentences, split_words

FEWEST, MOST = 5, 15  # words of a statement
LONGEST_SENTENCE = 45


class Statement(NamedTuple):
    """A sentence of a body, and a part of it that stands by itself."""

    text: str
    sentence: Span
    deep: bool  # in the second half of the body


_DATELINE = re.compile(r"^[A-Z][A-Z ,.’'a-z]{2,40}(?:\([A-Za-z ]+\))? ?(?:--|—|–|-) (?=[A-Z])")
_OPENS_BADLY = re.compile(
    r"^(?:He|She|It|They|We|I|You|This|That|These|Those|There|Here|His|Her|Their|Its|Our|My|What|"
    r"Who|Why|How|When|If|Unless|Until|Such|Another|Both|One|Read|Click|Share|Photo|Image)\b"
)
_LINKS = re.compile(r"^(?:But|And|So|Yet|However|Meanwhile|Still|Now|Also|Moreover|In fact),? ")
_LEAD = re.compile(
    r"^(?:On|In|At|After|During|Last|Since|For|By|Earlier|According)\b[^,]{2,50}, (?=\w)"
)
_ASIDE = re.compile(
    r"(?:, (?:who|which|where|whose|a|an|the|including|according to|such as|like|of)\b[^,]{2,90})"
    r"(?:,(?= )|(?=[.]?$))"
    r"| \([^)]{1,80}\)| [—–-]{1,2} [^—–]{2,80} [—–-]{1,2}(?= )"
)
_TAIL = re.compile(
    r",? (?:after|as|while|when|because|where|which|who|since|before|amid|despite|following"
    r"|so that|and (?:that|is|was|has|will|he|she|it|they|the)|but)\b|, |; |: "
)
_SAID = re.compile(
    rf"^(.{{20,160}}), (?:({NAME}|[a-z ]{{3,40}}) (?:said|says|told [a-z A-Z]+)"
    rf"|(?:said|says) ({NAME}))\b.*$"
)
_ARTICLES = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?=[\w$£€])")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile('["“”]')


def find_statements(body: str, words: Words, dice: random.Random) -> Iterator[Statement]:
    """Yield the sentences of a body that can be told as a headline, cut down."""
    for span in split_sentences(body):
        plain = _SPACES.sub(" ", straighten(span.of(body)))
        count = plain.count(" ") + 1
        if FEWEST <= count <= LONGEST_SENTENCE and plain[-1:] in '.!"' and '"' not in plain[1:-1]:
            text = shorten(plain, words, dice)
            if text:
                yield Statement(text, span, span.start > len(body) / 2)


def shorten(sentence: str, words: Words, dice: random.Random) -> str:
    """Cut a sentence down to what stands by itself; '' where that cannot be done."""
    text = _MARKS.sub("", _DATELINE.sub("", sentence)).strip()
    text = _LEAD.sub("", _LINKS.sub("", text))
    text = text[:1].upper() + text[1:]
    text = _ASIDE.sub("", text)
    if _OPENS_BADLY.match(text) or text.endswith("?"):
        return ""
    said = _SAID.match(text)
    if said:
        speaker = said[2] or said[3]
        text = f"{said[1]}, {speaker} says" if dice.random() < 0.5 else f"{speaker} says {said[1]}"
    text = _cut_tail(text.rstrip(" .!")).strip(" ,;:-")
    if not FEWEST <= text.count(" ") + 1 <= MOST or not _is_clause(text, words):
        return ""
    return text[:1].upper() + text[1:]


def _cut_tail(text: str) -> str:
    while text.count(" ") + 1 > MOST:
        ends = [found.start() for found in _TAIL.finditer(text)]
        ends = [end for end in ends if text[:end].count(" ") + 1 >= FEWEST]
        if not ends:
            return ""
        text = text[: ends[-1]]
    return text


def _is_clause(text: str, words: Words) -> bool:
    """Does a text hold a verb after its first word?"""
    helpers = {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could"}
    for word in text.split()[1:]:
        kind, form = words.read(word)[1:]
        if word in helpers or (word.islower() and kind == "v" and form in ("past", "s")):
            return True
    return False


def restyle(text: str, words: Words, dice: random.Random) -> str:
    """Write a statement as headlines are written, now and then: no articles, present tense."""
    if dice.random() < 0.5:
        text = _ARTICLES.sub("", text)
    if dice.random() < 0.35:
        for word in text.split():
            base, kind, form = words.read(word)
            if kind == "v" and form == "past" and word.islower() and not _HELPED.search(text):
                text = text.replace(f" {word} ", f" {words.inflect(base, 's')} ", 1)
                break
    return text[:1].upper() + text[1:]


_HELPED = re.compile(
    r"\b(?:is|are|was|were|be|been|being|has|have|had|to|by|not|it|they|we|[a-z]+s)\b"
)


def read_facts(body: str) -> Facts:
    """Return the people, other names and numbers of a body."""
    plain = straighten(body)
    people: list[str] = []
    for person in find_people(plain):
        full = [mention.name for mention in person.mentions if mention.full]
        people += [full[0] if full else person.surname, person.surname]
    starts = {span.start for span in split_sentences(plain)}
    names = [f[0] for f in re.finditer(NAME, plain) if f.start() not in starts]
    passing = load_words("stopwords") | {w.lower() for w in (*DAYS, *MONTHS)}
    passing |= set(re.findall(r"\b[a-z]{3,}\b", plain))  # a word that is also written small
    names = [n for n in names if n.lower() not in passing and not set(n.split()) & set(people)]
    names = [n for n in names if not any(part.lower() in passing for part in n.split())]
    numbers = NUMBER.findall(plain)
    return Facts(*(list(dict.fromkeys(own)) for own in (people, names, numbers)))


def count_words(text: str) -> int:
    """Return the number of words."""
    return len(split_words(text))
