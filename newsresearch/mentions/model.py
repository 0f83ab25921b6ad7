"""A mention of a person, and a person: all mentions of one surname."""

from __future__ import annotations

from dataclasses import dataclass

from newsresearch.lexicons import load_words

__all__ = ["Mention", "Person"]


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
        """Does this mention say who it is: a role or a given name, but not 'Mr' alone."""
        return self.full or not load_words("introductions", "courtesy").issuperset(
            self.title.split()
        )


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
