"""What stands on a worksheet and in its key: the same for every kind of worksheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from newsresearch.articles import Article
from newsresearch.classroom.lines import Line, lines_of
from newsresearch.marks import Place

__all__ = ["Answer", "Content", "Kind", "Task", "place"]


@dataclass(frozen=True)
class Answer:
    """One answer of the key.

    ``places`` are the passage to be found and, where there is one, the passage it is compared
    with; none where the answer is that the text says nothing. ``label`` stands behind the
    passage in the text, ``what`` says what it is, ``group`` gives its colour.
    """

    label: str
    what: str
    reason: str
    places: tuple[Place, ...] = ()
    group: str = "none"

    def lines(self, lines: list[Line]) -> list[Line]:
        """Return the lines in which the passage stands."""
        if not self.places:
            return []
        first = self.places[0]
        return lines_of(lines, first.field, first.start, first.end)


@dataclass(frozen=True)
class Content:
    """The article as it is printed, what is to be found in it, and how far the key is right.

    ``given`` fills the first column of the table to write in, such as the word groups of a
    headline. ``names`` explains words of the key.
    """

    article: Article
    answers: tuple[Answer, ...]
    trust: str
    given: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """What the maker of a sheet is given; ``findings`` are rows, or None where none were passed."""

    article: Article
    seed: int
    findings: list[dict[str, object]] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of worksheet: what stands on every sheet of it, and the function that makes one.

    ``heads`` are the columns to write in; ``right`` says what counts as a right answer,
    ``nothing`` what the key says where there is nothing to find, ``legend`` stands above the table.
    """

    name: str
    title: str
    task: tuple[str, ...]
    heads: tuple[str, ...]
    right: str
    make: Callable[[Task], Content]
    nothing: str = ""
    legend: str = ""
    roomy: bool = False
    seeded: bool = False


def place(article: Article, name: str, start: int, end: int) -> Place:
    """Return a passage of an article; its quote is cut from the text, so it cannot be wrong."""
    return Place(name, start, end, article.field(name)[start:end])
