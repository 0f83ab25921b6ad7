"""The names of a body: the fullest form of each, and whom 'he' and 'she' fit."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.introducing.model import mentions, people
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention

__all__ = ["MOST_NAMES", "Known", "known_names", "names_before", "parts_of"]

# How many names a pronoun looks back over.
MOST_NAMES = 12
_RANKS = frozenset(["reps", "sens", "govs", "drs", "messrs", "whip", "reverend"])


class Known(NamedTuple):
    """The names of a body in order, the fullest form of each, and whom 'he' and 'she' fit.

    ``surnames`` has the fullest form of each surname that stands with a given name.
    """

    mentions: list[Mention]
    starts: list[int]
    fullest: dict[tuple[int, int], str]
    pronouns: dict[str, str]
    persons: frozenset[str]
    surnames: dict[str, str]


@lru_cache(maxsize=2)
def known_names(article: Article) -> Known:
    """Return the names of the body that may be people's."""
    every = mentions(article)
    persons = {m.surname for person in people(article) for m in person.mentions}
    bare = {m.surname for m in every if not m.full}
    persons |= {m.surname for m in every if m.full and m.surname in bare}
    fullest, surnames = _fullest(article, every)
    return Known(
        every,
        [m.start for m in every],
        fullest,
        _pronouns(every, fullest),
        frozenset(fullest[m.start, m.end] for m in every if _is_somebody(m, persons)),
        surnames,
    )


def _is_somebody(mention: Mention, persons: set[str]) -> bool:
    adverb = not mention.full and mention.surname.endswith("ly")  # 'Subsequently'
    kind = mention.surname.lower() in load_words("names", "people_unknown")  # 'York Democrat'
    return mention.surname in persons and not adverb and not kind


def parts_of(mention: Mention) -> tuple[list[str], list[str]]:
    """Return the ranks that a name begins with, 'President-elect', and its own words."""
    words = mention.name.split("\n", 1)[0].split()  # a name that runs over the end of a line is two
    days = load_words("sentences", "after_clock")
    while len(words) > 1 and words[-1].lower() in days:  # 'Ann Lee Wednesday'
        words.pop()
    first = 0
    while first < len(words) - 1 and _is_rank(words[first]):
        first += 1
    return words[:first], words[first:]


def _is_rank(word: str) -> bool:
    return word.lower().endswith("-elect") or word.lower().rstrip(".") in _RANKS


def _fullest(
    article: Article, every: list[Mention]
) -> tuple[dict[tuple[int, int], str], dict[str, str]]:
    """Return the fullest form of each mention: of 'Lee' the full name that is used most often."""
    parts = _parts(article, every)
    longest: dict[tuple[str, str], str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    best: dict[str, tuple[str, str]] = {}
    given: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for words in parts:
        if len(words) > 1:
            key = (words[0], words[-1])
            longest[key] = max(longest.get(key, ""), " ".join(words), key=len)
            counts[key] += 1
            given[key[0]].add(key)
            if counts[key] > counts[best.setdefault(key[1], key)]:
                best[key[1]] = key
    places = {words[0] for m, words in zip(every, parts, strict=True) if _is_where(article, m)}
    only = {name: next(iter(keys)) for name, keys in given.items() if len(keys) == 1}
    found: dict[tuple[int, int], str] = {}
    met: set[str] = set()  # 'Ely' before 'Ely Leisure' is named is a place, not the firm
    for m, words in zip(every, parts, strict=True):
        key = (words[0], words[-1]) if len(words) > 1 else best.get(words[0], ("", ""))
        if len(words) > 1:
            met.add(words[0])
        elif not key[0] and not m.title and words[0] in met - places:
            key = only.get(words[0], key)  # 'Ann' of 'Ann Lee', but not 'Mr Ann'
        found[m.start, m.end] = longest.get(key, " ".join(words))
    return found, {surname: longest[key] for surname, key in best.items()}


def _is_where(article: Article, mention: Mention) -> bool:
    """Does a single word stand as a place does: 'in Ely'?"""
    before = article.body[max(0, mention.start - 6) : mention.start].split()[-1:]
    return not mention.full and before in (["in"], ["near"], ["In"], ["Near"])


def _parts(article: Article, every: list[Mention]) -> list[list[str]]:
    """Return the words of each name, without a word that only begins the sentence."""
    parts = [parts_of(m)[1] for m in every]
    known = Counter(" ".join(words) for words in parts)
    starts = {sentence.start for sentence in article.sentences}
    for at, (m, words) in enumerate(zip(every, parts, strict=True)):
        if len(words) > 1 and m.start in starts:
            plain = words[0].lower()
            again = known[" ".join(words[1:])] or words[1].lower() in load_words("names", "given")
            if again and (plain.endswith("ing") or plain in article.vocabulary):
                parts[at] = words[1:]  # 'Blaming Ann Lee'
    return parts


def _pronouns(every: list[Mention], fullest: dict[tuple[int, int], str]) -> dict[str, str]:
    """Return 'he' or 'she' for each name whose title or given name tells."""
    found: dict[str, str] = {}
    listed = [(pronoun, _clues(pronoun)) for pronoun in ("he", "she")]
    for m in every:
        clues = set(m.title.split())
        words = fullest[m.start, m.end].split()
        if m.full and len(words) > 1:
            clues.add(words[0].lower())
        for pronoun, known in listed:
            if clues & known:
                found.setdefault(fullest[m.start, m.end], pronoun)
    for name in set(fullest.values()) - found.keys():
        for pronoun in ("he", "she"):
            if name.lower() in load_words("attribution", f"{pronoun}_surnames"):
                found[name] = pronoun
    return found


@cache
def _clues(pronoun: str) -> frozenset[str]:
    """Return the titles and given names that a pronoun fits."""
    return load_words("attribution", pronoun) | load_words("attribution", f"{pronoun}_names")


def names_before(known: Known, at: int, most: int) -> list[Mention]:
    """Return so many names that begin before a place, in order."""
    end = bisect_right(known.starts, at)
    return known.mentions[max(0, end - most) : end]
