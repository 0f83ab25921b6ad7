"""Who is named: every mention of a person in the body, in order, without a model.

Rules over capitalised runs: titles and roles, given names, particles, possessives and verbs of
speech. It cannot tell a person from an invented place that speaks ('Port Ellis said').
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.quotations import Quotation, find_quotations
from newsresearch.text import Span, locate, split_sentences, split_words

__all__ = ["Mention", "Person", "find_mentions", "find_people", "group_people"]


@dataclass(frozen=True)
class Mention:
    """One mention: ``full`` with a given name, else a bare surname; spans without the title."""

    start: int
    end: int
    name: str
    full: bool
    title: str
    speaks: bool
    quoted: bool

    @property
    def surname(self) -> str:
        """The last word of the name, particles with a hyphen kept."""
        return self.name.split()[-1]

    @property
    def introduces(self) -> bool:
        """Does this mention say who it is: a title or role, or a given name."""
        return self.full or bool(self.title)


@dataclass(frozen=True)
class Person:
    """All mentions that share a surname, in order of the text."""

    surname: str
    mentions: tuple[Mention, ...]

    @property
    def is_person(self) -> bool:
        """Is there any evidence that the name is a person's: speech, a title, a given name."""
        given = load_words("names", "given")
        return any(
            m.speaks or m.title or (m.full and m.name.split()[0].lower() in given)
            for m in self.mentions
        )


_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_PARTICLE_NAME = re.compile(r"(?:al|el|bin|ben|abu|ad|as|an|ul)-[^\W\d_]", re.IGNORECASE)


@dataclass(frozen=True)
class _Words:
    """The words of a text, with what is needed to look at their neighbours."""

    text: str
    spans: list[Span]
    starts: frozenset[int]  # where sentences begin

    def plain(self, index: int) -> str:
        """Return the word in lower case without a possessive; empty outside the text."""
        if not 0 <= index < len(self.spans):
            return ""
        return _POSSESSIVE.sub("", self.spans[index].of(self.text)).lower().rstrip(".")

    def is_capital(self, index: int) -> bool:
        word = self.spans[index].of(self.text)
        return word[:1].isupper() or bool(_PARTICLE_NAME.match(word) and word[3:4].isupper())

    def gap(self, index: int) -> str:
        """Return what stands between a word and the next one; a wrapped line's break as a blank."""
        if index + 1 >= len(self.spans):
            return "\n"
        gap = self.text[self.spans[index].end : self.spans[index + 1].start]
        wrapped = gap in {"\n", "\r\n", "\r"} and index + 1 not in self.starts
        return " " if wrapped else gap


def find_people(text: str) -> list[Person]:
    """Group the mentions of a text by surname, in order of first mention.

    Examples
    --------
    >>> people = find_people("Mayor Ann Lee spoke. “We won,” Lee said. Roe left.")
    >>> [(person.surname, len(person.mentions)) for person in people]
    [('Lee', 2)]
    """
    return group_people(find_mentions(text))


def group_people(mentions: list[Mention]) -> list[Person]:
    """Group mentions by surname and keep those that are surely people's."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.surname, []).append(mention)
    people = [Person(surname, tuple(own)) for surname, own in groups.items()]
    return [person for person in people if person.is_person]


def find_mentions(text: str) -> list[Mention]:
    """Find names that may be people's, in order of the text."""
    sentences = split_sentences(text)
    spans = split_words(text)
    words = _Words(text, spans, frozenset(_first_words(sentences, spans)))
    quotations = find_quotations(text)
    found: list[Mention] = []
    for run in _runs(words):
        found += _read_run(words, run, quotations)
    return found


def _first_words(sentences: list[Span], words: list[Span]) -> Iterator[int]:
    """Yield the index of the first word of each sentence."""
    starts = [word.start for word in words]
    for sentence in sentences:
        index = bisect_right(starts, sentence.start - 1)
        if index < len(words) and words[index].start < sentence.end:
            yield index


def _runs(words: _Words) -> Iterator[range]:
    """Yield runs of capitalised words: 'Velmarian Deputy Harbour Minister Olga Brandt'."""
    index = 0
    while index < len(words.spans):
        if not words.is_capital(index):
            index += 1
            continue
        end = index + 1
        while end < len(words.spans) and end not in words.starts and _joins(words, end):
            end += 1
        while end > index + 1 and not words.is_capital(end - 1):
            end -= 1
        yield range(index, end)
        index = end


def _joins(words: _Words, index: int) -> bool:
    """Does the word go on with the run before it?"""
    gap = words.gap(index - 1)
    before = words.spans[index - 1].of(words.text)
    if before.endswith(("'s", "’s", "'", "’")):
        return False
    if gap == ". " and (len(before) == 1 or before.lower() in load_words("sentences", "titles")):
        return words.is_capital(index)
    if gap != " ":
        return False
    return words.is_capital(index) or words.plain(index) in load_words("names", "particles")


def _read_run(words: _Words, run: range, quotations: list[Quotation]) -> Iterator[Mention]:
    """Read one run as title and name; yield nothing where it is no person's name."""
    titles, demonyms = load_words("names", "titles"), load_words("places", "demonyms")
    start = run.start
    opener = words.plain(start) in load_words("sentences", "openers")
    if start in words.starts and opener and not _is_given_name(words, start, run):
        start += 1
    stop = run.stop
    while stop > start + 1 and words.plain(stop - 1) in {"jr", "sr", "ii", "iii"}:
        stop -= 1
    run = range(run.start, stop)
    # The name follows the last title of the run: 'State Department Spokeswoman Ann Lee'.
    last = max((i for i in run[:-1] if words.plain(i) in titles and i >= start), default=-1)
    title = [words.plain(i) for i in range(start, last + 1) if words.plain(i) in titles]
    start = max(start, last + 1)
    # 'Danish Olga Brandt', but not 'New Yorker' or 'U.K. Mirror'.
    while start < run.stop - (1 if title else 2) and words.plain(start) in demonyms:
        start += 1
    if not title and start == run.start:
        title = list(_roles_before(words, start))[::-1]
    names = range(start, run.stop)
    if names and _may_be_person(words, names):
        yield _mention(words, names, " ".join(title), quotations)


def _is_given_name(words: _Words, index: int, run: range) -> bool:
    """Is it a given name with more to follow: 'Will Lee', but not 'Will' alone?"""
    return words.plain(index) in load_words("names", "given") and index + 1 < run.stop


# 'former deputy prime minister and …': no real row of roles is longer.
_MOST_ROLES = 12


def _roles_before(words: _Words, index: int) -> Iterator[str]:
    """Yield the roles that stand right before, nearest first: 'harbour minister Olga Brandt'."""
    titles = load_words("names", "titles")
    for before in range(index - 1, max(index - _MOST_ROLES, 0) - 1, -1):
        if words.gap(before) != " " or words.plain(before) not in titles:
            return
        yield words.plain(before)


def _may_be_person(words: _Words, names: range) -> bool:
    plain = [words.plain(i) for i in names]
    if _is_given_name(words, names[0], names):  # 'Bill Lee', 'Charlotte Roe'
        plain = plain[1:]
    parts = {part for word in plain for part in word.split("-")}
    if len(names) > 4 or parts & load_words("names", "organisation"):
        return False
    core = _POSSESSIVE.sub("", words.spans[names[-1]].of(words.text))
    if len(core) < 2 or core.isupper() or any(char.isdigit() for char in core):
        return False
    no_name = _no_name() | load_words("places", "places")
    if len(names) > 1:
        return plain[0] not in no_name and "." not in core
    if parts & no_name or straighten(core).lower() in load_words("stopwords"):
        return False
    if plain[0].removesuffix("s") in no_name or plain[0] in load_words("names", "titles"):
        return False  # 'Canadians', and 'Secretary of State' cut short
    known = load_words("names", "organisations_known")
    return plain[0] not in known and not _is_inside_a_name(words, names[0])


def _no_name() -> frozenset[str]:
    """Words with a capital that are no part of a person's name."""
    return (
        load_words("names", "people_unknown")
        | load_words("places", "demonyms")
        | load_words("sentences", "openers")
        | load_words("sentences", "after_clock")
    )


def _is_inside_a_name(words: _Words, index: int) -> bool:
    """Is the word the rest of a name: 'E! Online', 'CNN's Tapper', 'Department of Justice'?"""
    if index in words.starts or index == 0:
        return False
    before = words.plain(index - 1)
    if before in load_words("names", "no_surname_after") and words.gap(index - 1) == " ":
        return True
    if before == "of" and index > 1 and words.is_capital(index - 2):
        return True
    near = words.gap(index - 1) in {" ", "! "} and words.is_capital(index - 1)
    return near and before not in _no_name() | load_words("names", "titles")


def _mention(words: _Words, names: range, title: str, quotations: list[Quotation]) -> Mention:
    start, end = words.spans[names[0]].start, words.spans[names[-1]].end
    name = _POSSESSIVE.sub("", words.text[start:end])
    if not title and _is_described(words, names):
        title = "described"
    quoted = locate(quotations, start) >= 0
    speaks = _speaks(words, names)
    return Mention(start, start + len(name), name, len(names) > 1, title, speaks, quoted)


_DESCRIPTION = re.compile(r",\s(?:an?|the|who|whose|one|his|her|\d{1,3}),?\s")


def _is_described(words: _Words, names: range) -> bool:
    """Does the text say at once who it is: 'Lee, a baker, …', 'a woman named Lee'?"""
    named = names[0] > 0 and words.plain(names[0] - 1) in {"named", "called", "nicknamed"}
    return named or bool(_DESCRIPTION.match(words.text, words.spans[names[-1]].end))


def _speaks(words: _Words, names: range) -> bool:
    """Is the name the subject of a verb of speech: 'Lee has said', 'said Lee'?"""
    verbs, helpers = load_words("speech", "verbs"), load_words("speech", "auxiliaries")
    if words.spans[names[-1]].of(words.text).endswith(("'s", "’s")):
        return False
    if names[0] > 0 and words.plain(names[0] - 1) in load_words("names", "prepositions"):
        return False  # 'a spokeswoman for Lee said'
    after = names[-1] + 1
    while words.gap(after - 1) == " " and words.plain(after) in helpers:
        after += 1
    # 'Early claims', 'Lawsuit reports': at the start of a sentence the verb may be a noun.
    if names[0] in words.starts and after == names[-1] + 1:
        verbs = verbs - load_words("speech", "nouns_too")
    if words.gap(after - 1) == " " and words.plain(after) in verbs:
        return True
    before = names[0] - 1
    return (
        before >= 0
        and words.gap(before) == " "
        and words.plain(before) in {"said", "says", "added"}
    )
