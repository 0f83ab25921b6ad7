"""The text of an article cut where findings begin and end, and escaped slice by slice.

Nothing that stands in an article can become markup. A finding is told by a number in square
brackets, never by colour alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from newsresearch.articles import FIELDS, Article, ArticleError
from newsresearch.incoherence import CHECKS, FINDING_DTYPES
from newsresearch.tables import pd
from newsresearch.text import split_paragraphs

__all__ = [
    "GROUPS",
    "INK",
    "Group",
    "Mark",
    "NumberedFinding",
    "Piece",
    "Place",
    "cut_paragraphs",
    "escape",
    "label_marks",
    "link_mark",
    "mark_html",
    "number_findings",
    "place_id",
    "reveal",
]


class Group(NamedTuple):
    """How a group of checks is shown: its heading, what it asks, and the colour of its marks."""

    title: str
    asks: str
    background: str


# Dark text on backgrounds that differ in lightness as well as in hue: readable in print, in a
# dark theme and without colour vision.
INK = "#1a1a1a"
GROUPS = {
    "cohesion": Group("Cohesion", "how sentences and names hang together", "#ffedb8"),
    "consistency": Group("Consistency", "whether the article agrees with itself", "#a9d1f7"),
    "relevance": Group("Relevance", "whether all of it belongs to the story", "#e29cc4"),
    "none": Group("Other", "checks that failed, and checks of your own", "#d9d9d9"),
}
_CONFIDENCE = {"high": "high confidence", "hint": "only a hint"}
_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters, direction marks, tags, non-characters and lone surrogates.
_LAST_OF_PLANES = "".join(chr(plane << 16 | 0xFFFE | at) for plane in range(17) for at in (0, 1))
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    f"\ufdd0-\ufdef\ufeff\ud800-\udfff\U000e0000-\U000e007f{_LAST_OF_PLANES}]"
)


def reveal(text: str) -> str:
    """Show what would hide or reorder text as its code, and every line break as one kind.

    Examples
    --------
    >>> reveal("a\\u202eb\\x00")
    'aU+202EbU+0000'
    """
    return _HIDDEN.sub(lambda found: f"U+{ord(found[0]):04X}", _BREAK.sub("\n", text))


def escape(text: str) -> str:
    """Return text that is safe between tags and within a double-quoted attribute.

    Examples
    --------
    >>> escape('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(reveal(text), quote=True)


# --- findings of one article, numbered as they stand in the text -----------------------------


class Place(NamedTuple):
    """Where a quote stands: ``quote`` is the text of ``field`` from ``start`` to ``end``."""

    field: str
    start: int
    end: int
    quote: str


class NumberedFinding(NamedTuple):
    """A finding with its number on the page; ``places`` are the passage and the other one."""

    number: int
    check: str
    group: str
    confidence: str
    reason: str
    places: tuple[Place, ...]


def number_findings(
    article: Article, findings: pd.DataFrame | Sequence[Mapping[str, Any]]
) -> list[NumberedFinding]:
    """Return the findings of one article in text order, numbered from 1.

    They come as a table, or as its rows: then no pandas is needed.

    Raises
    ------
    ValueError
        If a column of the findings table is missing.
    ArticleError
        If a quote is not what stands in the article at its span.
    """
    groups = _groups_of_checks()
    placed = [(_places(article, row), row) for row in _rows_of(article, findings)]
    return [
        NumberedFinding(
            number,
            row["check"].replace("_", " ").capitalize(),
            groups.get(row["check"], "none"),
            _CONFIDENCE.get(row["confidence"], row["confidence"]),
            row["reason"],
            places,
        )
        for number, (places, row) in enumerate(sorted(placed, key=_in_text_order), start=1)
    ]


@cache
def _groups_of_checks() -> dict[str, str]:
    return {check.name: check.group for check in CHECKS}


def _rows_of(
    article: Article, findings: pd.DataFrame | Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[Any, Any]]:
    mine: Sequence[Mapping[Any, Any]]
    if isinstance(findings, Sequence):  # asked first: rows need no pandas
        for row in findings:
            _check_columns(list(row))
        mine = [row for row in findings if row["article_id"] == article.article_id]
    else:
        _check_columns(list(map(str, findings.columns)))
        table = findings[findings["article_id"] == article.article_id].astype(object)
        mine = table.where(table.notna(), "").to_dict("records")
    # Said once for the whole article, not as a finding.
    return [row for row in mine if not (article.problem and row["check"] == "not_checked")]


def _check_columns(found: list[str]) -> None:
    missing = [name for name in FINDING_DTYPES if name not in found]
    if missing:
        raise ValueError(
            f"findings need a {missing[0]!r} column; found {found}. "
            "Pass a table from find_incoherence(), or rows from check_article()."
        )


def _in_text_order(pair: tuple[Sequence[Place], object]) -> tuple[int, int, int]:
    place = pair[0][0]
    return FIELDS.index(place.field), place.start, place.end


def _places(article: Article, row: Mapping[str, Any]) -> tuple[Place, ...]:
    places = [
        Place(row[f"{of}field"], int(row[f"{of}start"]), int(row[f"{of}end"]), row[f"{of}quote"])
        for of in (("", "other_") if row["other_field"] else ("",))
    ]
    for field, start, end, quote in places:
        text = article.field(field)
        if not 0 <= start <= end <= len(text) or text[start:end] != quote:
            raise ArticleError(
                f"a finding quotes {quote[:40]!r} at {start}-{end} of the {field} of "
                f"article {article.article_id!r}, where something else stands. "
                "Pass the articles that the findings were made from."
            )
    return tuple(places)


# --- the text, cut at every border -----------------------------------------------------------


class Mark(NamedTuple):
    """A passage to mark; ``see`` is "see " where a finding is compared with it, else empty."""

    start: int
    end: int
    see: str
    finding: NumberedFinding


class Piece(NamedTuple):
    """A slice of the text and the marks that cover all of it."""

    start: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def opening(self) -> list[Mark]:
        """The marks that begin with this slice."""
        return [mark for mark in self.marks if mark.start == self.start]

    @property
    def closing(self) -> list[Mark]:
        """The marks that end with this slice."""
        return [mark for mark in self.marks if mark.end == self.start + len(self.text)]


def cut_paragraphs(
    article: Article, field: str, findings: Sequence[NumberedFinding]
) -> list[list[Piece]]:
    """Return the slices of each paragraph of a field; joined, they are its text."""
    text = article.field(field)
    marks = sorted(_marks(field, findings))
    starts = {span.start for span in split_paragraphs(text)[1:]} if field != "headline" else set()
    cuts = {0, len(text), *starts, *(border for mark in marks for border in mark[:2])}
    paragraphs: list[list[Piece]] = [[]]
    waiting, active = marks[::-1], list[Mark]()
    for start, end in pairwise(sorted(cuts)):
        if start in starts:
            paragraphs.append([])
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > start]
        paragraphs[-1].append(Piece(start, text[start:end], tuple(active)))
    return paragraphs


def _marks(field: str, findings: Sequence[NumberedFinding]) -> Iterator[Mark]:
    for finding in findings:
        for place, see in zip(finding.places, ("", "see "), strict=False):
            if place.field == field and place.quote:
                yield Mark(place.start, place.end, see, finding)


def label_marks(marks: Sequence[Mark], show: Callable[[Mark], str] | None = None) -> str:
    """Return one label for marks that end at one place, as in ``[2, 3; see 5]``; "" for none.

    ``show`` writes the number of a mark, as a link for example.
    """
    show = show or (lambda mark: str(mark.finding.number))
    numbers = {
        see: ", ".join(show(mark) for mark in marks if mark.see == see) for see in ("", "see ")
    }
    label = "; ".join(see + some for see, some in numbers.items() if some)
    return f"[{label}]" if label else ""


def link_mark(anchor: str, mark: Mark) -> str:
    """Return the number of a mark as a link to its finding, and the place a finding links to."""
    number = mark.finding.number
    name = escape(f"{number}, finding: {mark.finding.check}")
    return (
        f'<a id="{place_id(anchor, number, mark.see)}" href="#{anchor}-f{number}" '
        f'aria-label="{name}">{number}</a>'
    )


def place_id(anchor: str, number: int, see: str) -> str:
    """Return the id of the passage of a finding, or of the one it is compared with."""
    return f"{anchor}-{'s' if see else 't'}{number}"


def mark_html(
    text_html: str, group: str, title: str = "", overlaps: bool = False, begins: bool = False
) -> str:
    """Return markup in the colour of a group.

    A line under it says that findings overlap, a bar that one begins within another: two of one
    colour would look like one.
    """
    style = f"background:{GROUPS[group].background};color:{INK}"
    style += ";text-decoration:underline" * overlaps
    style += f";border-left:2px solid {INK}" * (overlaps and begins)
    hover = f' title="{escape(title)}"' if title else ""
    return f'<mark{hover} style="{style}">{text_html}</mark>'
