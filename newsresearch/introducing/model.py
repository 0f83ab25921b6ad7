"""What an introduction is: who is named, how, where first, and whether the text says who it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, Person, group_people, read_mentions
from newsresearch.text import Span

__all__ = [
    "ASSUMED",
    "INTRODUCED",
    "LATE",
    "NEVER",
    "Introduction",
    "known_people",
    "mentions",
    "people",
]

INTRODUCED, LATE, NEVER, ASSUMED = "introduced", "late", "never", "assumed known"


@dataclass(frozen=True)
class Introduction:
    """Somebody or something that a text names, and how it introduces it.

    ``first`` is the first mention, ``full`` the fullest form, ``bare`` the first use of the short
    form that is not inside a quotation; ``said`` is where the text says who it is. ``sure``: the
    signs are strong enough for a finding.
    """

    name: str
    kind: str
    status: str
    reason: str
    first: Span
    full: Span | None = None
    bare: Span | None = None
    said: Span | None = None
    descriptor: str = ""
    n_mentions: int = 1
    sure: bool = False


def known_people() -> frozenset[str]:
    """Return surnames, in lower case, that papers use without an introduction."""
    return load_words("names", "assumed_known") | load_words("introductions", "people")


# The checks of one article share these; two texts are kept, so nothing piles up.
@lru_cache(maxsize=2)
def mentions(article: Article) -> list[Mention]:
    """Return the names of the body that may be people's."""
    return read_mentions(article.body, article.sentences, article.words, article.quotations)


@lru_cache(maxsize=2)
def people(article: Article) -> list[Person]:
    """Return the people that the body names."""
    return group_people(mentions(article))
