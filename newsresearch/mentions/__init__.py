"""Who is named: every mention of a person in the body, in order, without a model.

Rules over capitalised runs: titles and roles, given names, particles, possessives and verbs of
speech. It cannot tell a person from an invented place that speaks ('Port Ellis said').
"""

from __future__ import annotations

from newsresearch.mentions.describing import find_description, roles
from newsresearch.mentions.model import Mention, Person
from newsresearch.mentions.reading import read_run
from newsresearch.mentions.runs import Words, find_runs, first_words
from newsresearch.quotations import Quotation, find_quotations
from newsresearch.text import Span, split_sentences, split_words

__all__ = [
    "Mention",
    "Person",
    "find_description",
    "find_mentions",
    "find_people",
    "group_people",
    "read_mentions",
    "roles",
]


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
        groups.setdefault(_key(mention.surname), []).append(mention)
    people = [Person(own[0].surname, tuple(own)) for own in groups.values()]
    return [person for person in people if person.is_person]


def _key(surname: str) -> str:
    """Return a surname without its article: 'al-Noor' and 'Noor' are one."""
    return surname[3:] if surname[:3].lower() in {"al-", "el-"} else surname


def find_mentions(text: str) -> list[Mention]:
    """Find names that may be people's, in order of the text."""
    return read_mentions(text, split_sentences(text), split_words(text), find_quotations(text))


def read_mentions(
    text: str, sentences: list[Span], spans: list[Span], quotations: list[Quotation]
) -> list[Mention]:
    """Find the names of a text whose sentences, words and quotations are known."""
    words = Words(text, spans, frozenset(first_words(sentences, spans)))
    found: list[Mention] = []
    for run in find_runs(words):
        found += read_run(words, run, quotations)
    return found
