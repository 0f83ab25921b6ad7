"""The words before a verb of speech that say who speaks: 'Lee has also', 'Lee, the mayor,'."""

from __future__ import annotations

from functools import cache

from newsresearch.attribution.model import verb_classes
from newsresearch.attribution.phrases import PRONOUNS, Tokens, is_common, phrase_before, speakers
from newsresearch.lexicons import load_words

__all__ = ["opening", "quotes_as", "states", "subject_before"]

_MOST_ADVERBS, _SHORT = 4, 2
_FURTHEST_COMMA, _FURTHEST_AS = 30, 12
_MARKS = '"“‘:'
_PARTIES = ("r-", "d-", "i-")
_ARTICLES = frozenset(["a", "an", "the"])
_PLAIN = frozenset(["said", "says", "told", "added", "asked", "wrote"])
_OBJECTS = frozenset(["him", "her", "them", "me", "us"])


def subject_before(words: Tokens, index: int) -> tuple[int, int] | None:
    """Read 'Lee said', 'Lee has also said', 'Lee, the mayor, said', 'Lee, who said'."""
    at, passed = index - 1, list[str]()
    while (
        at >= 0 and len(passed) < _MOST_ADVERBS and words.joined(at) and _is_adverb(words.lower[at])
    ):
        passed.append(words.lower[at])
        at -= 1
    at = _skip_day(words, at)
    if at < 0 or index in words.starts or not _may_follow(words, index, at, passed):
        return None
    if words.joined(at):
        phrase = phrase_before(words, at, words.lower[index] in _PLAIN)
    elif "who" in passed or words.gap(at).lstrip(".")[:1] in {",", ")", "—", "–"}:
        phrase = _before_comma(words, at, relative="who" in passed)
    else:
        phrase = None
    return phrase if phrase and _is_verb(words, index, phrase) else None


def _skip_day(words: Tokens, at: int) -> int:
    """Pass over the day in 'Mr Lee on Monday said'."""
    days = load_words("sentences", "after_clock")
    if at > 0 and words.joined(at) and words.lower[at] in days and words.joined(at - 1):
        return at - 2 if words.lower[at - 1] == "on" else at - 1
    return at


def _is_adverb(word: str) -> bool:
    return word in load_words("attribution", "adverbs") or (word.endswith("ly") and len(word) > 4)


def _may_follow(words: Tokens, index: int, at: int, passed: list[str]) -> bool:
    """May the verb have what stands before it as its subject: not 'Lee was told'?"""
    passive = load_words("attribution", "passive")
    verb = words.lower[index]
    if not passive.isdisjoint(passed) and not verb.endswith("ing"):
        return False
    if "not" in passed or "never" in passed:
        return False
    if words.joined(index + 1) and words.lower[index + 2] == "to":  # 'his son asked him to go'
        return not (words.joined(index) and words.lower[index + 1] in _OBJECTS)
    if verb.endswith("ing") and passive.isdisjoint(passed):
        return False
    if verb in {"say", "tell"}:
        modal = {"would", "will", "did", "do", "could", "might", "may"}
        return bool(modal & set(passed)) or _is_plural(words.lower[at])
    return True


def _is_plural(word: str) -> bool:
    return word == "they" or word.endswith("s") or word in {"police", "some", "others", "many"}


def _before_comma(words: Tokens, at: int, relative: bool) -> tuple[int, int] | None:
    """Return the name before an apposition, 'Lee, the mayor of Ely, said', or None."""
    if relative:
        return phrase_before(words, at)
    nearest: tuple[int, int] | None = None
    for index in range(at - 1, max(-1, at - _FURTHEST_COMMA), -1):
        if index + 1 in words.starts:
            break
        gap = words.gap(index).lstrip(".")
        if gap[:2] in {", ", " (", " —", " –"} or gap[:1] == "(":
            phrase = phrase_before(words, index)
            if phrase and _is_place(words, phrase):
                continue
            if phrase and words.capital(phrase[1]) and not is_common(words, phrase[0]):
                return phrase
            nearest = nearest or phrase
    inner = phrase_before(words, at)  # 'the mayor, Ann Lee, said'
    if inner is None or is_common(words, inner[0]) or _is_place(words, inner):
        return nearest
    return inner if words.gap(inner[0] - 1) == ", " else nearest


def _is_place(words: Tokens, phrase: tuple[int, int]) -> bool:
    """Is a phrase part of 'R-Calif.' or 'Washington, DC'?"""
    span = words.span(*phrase)
    return span.end - span.start <= _SHORT or words.lower[phrase[0]].startswith(_PARTIES)


def _is_verb(words: Tokens, index: int, phrase: tuple[int, int]) -> bool:
    """Is a word that may be a noun a verb here: after 'he', or before 'that' or a mark?"""
    if words.lower[index] not in load_words("attribution", "nouns_too"):
        return True
    if words.lower[phrase[1]] in PRONOUNS:
        return True
    if words.lower[phrase[1]] in verb_classes():  # 'Lee rejected claims that'
        return False
    return states(words, index)


def states(words: Tokens, index: int) -> bool:
    """Does a statement follow a verb: 'that', a mark, or the end of the clause?"""
    gap = words.gap(index)
    if index == len(words.spans) - 1 or gap[:1] in ",." or any(mark in gap for mark in _MARKS):
        return True
    return words.joined(index) and words.lower[index + 1] == "that"


def quotes_as(words: Tokens, index: int) -> bool:
    """Does a verb go on to a quotation with 'as': 'rejected the plan as “a mess”'?"""
    for at in range(index + 1, index + _FURTHEST_AS):
        if at in words.starts or at >= len(words.lower):
            return False
        after_as = words.lower[at] == "as" or (
            words.lower[at] in _ARTICLES and words.lower[at - 1] == "as"
        )
        if after_as and any(mark in words.gap(at) for mark in _MARKS):
            return True
    return False


def opening(words: Tokens, first: int, verb: int) -> tuple[int, int] | None:
    """Return the phrase that a sentence opens with, if it is 'he' or a name, or None."""
    first = _after_lead(words, first, verb)
    if first >= verb or words.lower[first] in {"he", "she"}:
        return (first, first) if first < verb else None
    last = _run_end(words, first, verb)
    if words.lower[last].endswith(("'s", "’s")) or words.lower[last] in _no_name():
        last = _noun_end(words, last, verb)  # 'Lee’s wife Ann Roe', 'Danish officials'
        return phrase_before(words, last) if last >= 0 else None
    if not words.capital(last):
        return None
    phrase = phrase_before(words, last)
    if phrase is None or phrase[0] != first or words.lower[first] in {"a", "an"}:
        return None
    adverb = first == last and words.joined(last) and is_common(words, last + 1)  # 'Close to'
    return None if adverb else phrase


def _run_end(words: Tokens, first: int, verb: int) -> int:
    """Return the last word of the first name after a place."""
    last = first
    while last < verb - 1 and last - first < _FURTHEST_NAME and words.joined(last):
        if words.capital(last) and not words.capital(last + 1):
            break
        last += 1
    return last


def _noun_end(words: Tokens, last: int, verb: int) -> int:
    """Return the last word of the noun for somebody that follows a word, or -1."""
    last += 1
    if last >= verb or not words.joined(last - 1) or words.lower[last] not in speakers():
        return -1
    while last < verb - 1 and words.joined(last) and words.capital(last + 1):
        last += 1
    return last


_FURTHEST_NAME, _FURTHEST_LEAD = 8, 25


@cache
def _no_name() -> frozenset[str]:
    """Return words with a capital that a noun follows."""
    return load_words("places", "demonyms") | load_words("names", "people_unknown")


def _after_lead(words: Tokens, first: int, verb: int) -> int:
    """Return where a sentence begins behind its dateline or an 'In the wake of …,'."""
    dateline = words.spans[first].of(words.body).isupper()
    lead = words.lower[first] in load_words("attribution", "leads")
    for index in range(first, min(first + _FURTHEST_LEAD, verb)):
        gap = words.gap(index)
        if (dateline and any(mark in gap for mark in "—–-")) or (lead and gap[:1] == ","):
            return index + 1
    return first
