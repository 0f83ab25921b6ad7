"""How a text introduces people: by a full name, a role, a description, late, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from newsresearch.articles import Article
from newsresearch.introducing.evidence import (
    acts_as_person,
    is_addressed,
    is_no_surname,
    named_before,
    seems_person,
)
from newsresearch.introducing.model import (
    ASSUMED,
    INTRODUCED,
    LATE,
    NEVER,
    Introduction,
    known_people,
    people,
)
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, Person, find_description, roles
from newsresearch.text import Span, locate

__all__ = ["describe", "introduce_people"]


@lru_cache(maxsize=2)
def introduce_people(
    article: Article, known: frozenset[str] = frozenset()
) -> tuple[Introduction, ...]:
    """Return the people whom the body names, in order, each with how it introduces them."""
    everybody = people(article)
    given = {m.name.split()[0] for person in everybody for m in person.mentions if m.full}
    # 'Ilse' beside 'Ilse Kessler' is no second person.
    found = [
        _introduce(article, person, known) for person in everybody if person.surname not in given
    ]
    return tuple(sorted((i for i in found if i), key=lambda i: i.first))


def _introduce(article: Article, person: Person, known: frozenset[str]) -> Introduction | None:
    if not _is_person(article, person):
        return None
    plain = not any(m.full or m.introduces for m in person.mentions)
    if plain and is_no_surname(article, person):
        return None
    first = person.mentions[0]
    fullest = max((m for m in person.mentions if m.full), key=_parts, default=None)
    bare, said = _first_bare(article, person), _first_said(article, person)
    descriptor = describe(article, said) if said else None
    status, reason, sure = _judge(article, person, bare, said, known)
    return Introduction(
        fullest.name if fullest else person.surname,
        "person", status, reason, _span(first),
        full=_span(fullest) if fullest else None,
        bare=_span(bare) if bare else None,
        said=_widen(article, said) if said else None,
        descriptor=descriptor.of(article.body) if descriptor else "",
        n_mentions=len(person.mentions), sure=sure,
    )  # fmt: skip


def _is_person(article: Article, person: Person) -> bool:
    """Is it no firm, place or paper: is there more than a name that a description follows?"""
    if any(m.speaks or m.title.removesuffix("described") for m in person.mentions):
        return any(m.full for m in person.mentions) or not _is_firm(person)
    given = load_words("names", "given")
    full = [m for m in person.mentions if m.full]
    if any(m.name.split()[0].lower() in given for m in full):
        return True
    described = [span for m in full if (span := describe(article, m))]
    return any(_tells_person(span.of(article.body)) for span in described)


def _is_firm(person: Person) -> bool:
    return person.surname.lower() in _firms()


@cache
def _firms() -> frozenset[str]:
    """Return the names, in lower case, of organisations and places."""
    organisations = load_words("names", "organisations_known")
    organisations |= load_words("introductions", "organisations")
    return organisations | load_words("places", "places")


def _tells_person(description: str) -> bool:
    """Does a description fit a person: an age, 'who', a role?"""
    words = description.lower().split()
    return description[0].isdigit() or words[0] in {"who", "whose"} or not roles().isdisjoint(words)


def _judge(
    article: Article,
    person: Person,
    bare: Mention | None,
    said: Mention | None,
    known: frozenset[str],
) -> tuple[str, str, bool]:
    """Return the status, the reason and whether the signs are strong."""
    if _is_known(person, known):
        return ASSUMED, "papers use this name without an introduction", False
    if said and (not bare or said.start <= bare.start):
        return (
            INTRODUCED,
            "a full name, role or description stands at or before the first use",
            False,
        )
    if said and bare:
        sure = _is_late(article, person, bare)
        return LATE, "the bare name is used before the text says who that is", sure
    return NEVER, "the text never says who that is", bool(bare) and seems_person(article, person)


def _is_known(person: Person, known: frozenset[str]) -> bool:
    surname = person.surname.lower()
    names = {m.name.lower() for m in person.mentions if m.full} or {surname}
    if surname in known or names & known:
        return True
    last = surname.rsplit("-", 1)[-1]  # 'al-Assad', and 'Obamas', which lost its apostrophe
    return last in known_people() or last.removesuffix("s") in known_people()


def _is_late(article: Article, person: Person, bare: Mention) -> bool:
    """Is it surely one person, first named barely, then in full in another sentence?"""
    full = [m for m in person.mentions if m.full]
    sure = next((m for m in full if _is_sure(m)), None)
    if not full:  # 'Mr Lee', and only later 'Mr Lee, a baker'
        return any(is_addressed(m) for m in person.mentions) and not is_no_surname(article, person)
    if (
        not sure
        or full[0].start < bare.start
        or _is_firm(person)
        or _is_title_case(article, bare.start)
    ):
        return False
    if not acts_as_person(article, person):
        return False
    if any(m.introduces and not m.full and m.start < sure.start for m in person.mentions):
        return False  # 'Roe, a storm', and only then a longer name
    earlier = named_before(article, person.surname)
    if (earlier is not None and earlier < bare.start) or _names_more(article, bare):
        return False  # 'Dallas Roe', 'Roe’s World'
    return locate(article.sentences, bare.start) != locate(article.sentences, sure.start)


def _names_more(article: Article, bare: Mention) -> bool:
    """Is the bare name the beginning of a longer one: of a film, a firm, a show?"""
    at = locate(article.words, bare.start) + 1
    if at >= len(article.words):
        return False
    following = article.words[at]
    gap = article.body[bare.end : following.start]
    return gap.lstrip("’'s") == " " and (
        article.body[following.start].isupper() or following.of(article.body) in _NOT_ONE
    )


# 'Roe v. Ely', 'the Roe brothers'
_NOT_ONE = {"v", "vs", "brothers", "sisters", "family", "twins", "siblings"}


def _is_sure(mention: Mention) -> bool:
    """Is a full name surely a person's, and no film, teaser or headline?"""
    first = mention.name.split()[0].lower()
    return bool(mention.title) or mention.speaks or first in load_words("names", "given")


def _first_bare(article: Article, person: Person) -> Mention | None:
    """Return the first bare use outside quotations and lines in title case."""
    bare = (m for m in person.mentions if not m.full)
    return next((m for m in bare if not article.is_quoted(m.start)), None)


def _first_said(article: Article, person: Person) -> Mention | None:
    """Return the first mention that says who it is: of a full name, a role, a description."""
    return next((m for m in person.mentions if m.introduces), None)


_NEAR = 150


def _is_title_case(article: Article, at: int) -> bool:
    """Is the sentence a line in title case, as headlines and names of films are?"""
    sentence = article.sentences[locate(article.sentences, at)]
    near = Span(max(sentence.start, at - _NEAR), min(sentence.end, at + _NEAR))
    words = near.of(article.body).split()
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


# --- descriptors --------------------------------------------------------------------------------


def describe(article: Article, mention: Mention) -> Span | None:
    """Return the title, role or apposition that stands with a mention."""
    title = _widen(article, mention)
    if title.start < mention.start:
        return Span(title.start, mention.start - 1)
    return find_description(article.body, _span(mention))


_LONGEST_TITLE = 8


def _widen(article: Article, mention: Mention) -> Span:
    """Widen a mention to the left over its title: 'Harbour minister Olga Brandt'."""
    start = mention.start
    for word in _before(article, mention):
        start = word.start
    return Span(start, mention.end)


def _before(article: Article, mention: Mention) -> Iterator[Span]:
    """Yield the words of the title before a name, nearest first: 'minister', 'Harbour'."""
    if not mention.title.removesuffix("described"):
        return
    known, openers = load_words("names", "titles"), load_words("sentences", "openers")
    at = locate(article.words, mention.start)
    for index in range(at - 1, max(-1, at - 1 - _LONGEST_TITLE), -1):
        word = article.words[index]
        text = word.of(article.body)
        gap = article.body[word.end : article.words[index + 1].start]
        title = text.lower().rstrip(".") in known
        if gap != " " and not (gap == ". " and title):
            return
        if not title and (not text[0].isupper() or text.lower() in openers):
            return
        yield word


def _span(mention: Mention) -> Span:
    return Span(mention.start, mention.end)


def _parts(mention: Mention) -> int:
    return len(mention.name.split())
