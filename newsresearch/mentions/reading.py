"""One run of capitalised words read as titles and a name, or as no person's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsresearch.lexicons import load_words
from newsresearch.mentions.describing import find_description
from newsresearch.mentions.model import Mention
from newsresearch.mentions.runs import POSSESSIVE, Words
from newsresearch.plain import straighten
from newsresearch.quotations import Quotation
from newsresearch.text import Span, locate

__all__ = ["read_run"]


def read_run(words: Words, run: range, quotations: list[Quotation]) -> Iterator[Mention]:
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


def _is_given_name(words: Words, index: int, run: range) -> bool:
    """Is it a given name with more to follow: 'Will Lee', but not 'Will' alone?"""
    return words.plain(index) in load_words("names", "given") and index + 1 < run.stop


# 'former deputy prime minister and …': no real row of roles is longer.
_MOST_ROLES = 12


def _roles_before(words: Words, index: int) -> Iterator[str]:
    """Yield the roles that stand right before, nearest first: 'harbour minister Olga Brandt'."""
    titles = load_words("names", "titles")
    for before in range(index - 1, max(index - _MOST_ROLES, 0) - 1, -1):
        if words.gap(before) != " " or words.plain(before) not in titles:
            return
        yield words.plain(before)


def _may_be_person(words: Words, names: range) -> bool:
    plain = [words.plain(i) for i in names]
    if _is_given_name(words, names[0], names):  # 'Bill Lee', 'Charlotte Roe'
        plain = [word for word in plain[1:] if len(word) > 1]  # 'Ann A. Lee'
    parts = {part for word in plain for part in word.split("-")}
    if len(names) > 4 or parts & load_words("names", "organisation"):
        return False
    core = POSSESSIVE.sub("", words.spans[names[-1]].of(words.text))
    if len(core) < 2 or core.isupper() or any(char.isdigit() for char in core):
        return False
    if _CONTRACTED.search(core) or _is_address(words, names):
        return False
    no_name = _no_name_or_place()
    if len(names) > 1:
        return plain[0] not in no_name and "." not in core
    if parts & no_name or straighten(core).lower() in load_words("stopwords"):
        return False
    if plain[0].removesuffix("s") in no_name or plain[0] in load_words("names", "titles"):
        return False  # 'Canadians', and 'Secretary of State' cut short
    known = load_words("names", "organisations_known")
    return plain[0] not in known and not _is_inside_a_name(words, names[0])


_CONTRACTED = re.compile(r"[’'](?:d|ll|ve|re|m|t)$")  # 'She’ll', 'I’d'


def _is_address(words: Words, names: range) -> bool:
    """Is it a handle or the name of a site: '@Lee', 'Lee.com'?"""
    start, end = words.spans[names[0]].start, words.spans[names[-1]].end
    return words.text[max(0, start - 1) : start] in {"@", "#"} or bool(
        re.match(r"\.[a-z]", words.text[end : end + 2])
    )


@cache
def _no_name() -> frozenset[str]:
    """Words with a capital that are no part of a person's name."""
    return (
        load_words("names", "people_unknown")
        | load_words("places", "demonyms")
        | load_words("sentences", "openers")
        | load_words("sentences", "after_clock")
    )


@cache
def _no_name_or_place() -> frozenset[str]:
    return _no_name() | load_words("places", "places")


def _is_inside_a_name(words: Words, index: int) -> bool:
    """Is the word the rest of a name: 'E! Online', 'CNN's Tapper', 'Department of Justice'?"""
    if index in words.starts or index == 0:
        return False
    before = words.plain(index - 1)
    if before in load_words("names", "no_surname_after") and words.gap(index - 1) == " ":
        return True
    if before == "of" and index > 1 and words.is_capital(index - 2):
        return True
    near = words.gap(index - 1) in {" ", "! "} and words.is_capital(index - 1)
    return near and before not in _no_name() and before not in load_words("names", "titles")


def _mention(words: Words, names: range, title: str, quotations: list[Quotation]) -> Mention:
    start, end = words.spans[names[0]].start, words.spans[names[-1]].end
    name = POSSESSIVE.sub("", words.text[start:end])
    courtesy = load_words("introductions", "courtesy")
    if courtesy.issuperset(title.split()) and _is_described(words, names):
        title = f"{title} described".strip()
    quoted = locate(quotations, start) >= 0
    speaks = _speaks(words, names)
    return Mention(start, start + len(name), name, len(names) > 1, title, speaks, quoted)


def _is_described(words: Words, names: range) -> bool:
    """Does the text say at once who it is: 'Lee, a baker, …', 'a woman named Lee'?"""
    if names[0] > 0 and words.plain(names[0] - 1) in {"named", "called", "nicknamed"}:
        return True
    name = Span(words.spans[names[0]].start, words.spans[names[-1]].end)
    return find_description(words.text, name) is not None


def _speaks(words: Words, names: range) -> bool:
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
        and not _is_adjective(words, names[-1])
    )


def _is_adjective(words: Words, index: int) -> bool:
    """Does a noun follow: 'said Olympic swimmer Ann Lee', but not 'said Lee at home'?"""
    following = words.plain(index + 1)
    if words.gap(index) != " " or words.is_capital(index + 1):
        return False
    passing = load_words("stopwords") | load_words("names", "prepositions")
    return not (following in passing or following.endswith("ly") or following in _WHEN)


_WHEN = frozenset(["last", "late", "earlier", "yesterday", "today", "tonight", "outside", "inside"])
