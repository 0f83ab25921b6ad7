"""The text of an article cut where findings begin and end, and escaped slice by slice.

Nothing that stands in an article can become markup. A finding is told by a number in square
brackets, never by colour alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from newsresearch.articles import FIELDS, Article, ArticleError
from newsresearch.incoherence import CHECKS, FINDING_DTYPES
from newsresearch.slices import Slice, cut_spans
from newsresearch.tables import pd
from newsresearch.text import Span, split_paragraphs

__all__ = [
    "GROUPS",
    "INK",
    "Findings",
    "Group",
    "Mark",
    "NumberedFinding",
    "Piece",
    "Place",
    "check_findings",
    "cut_paragraphs",
    "escape",
    "in_text_order",
    "label_marks",
    "link_mark",
    "mark_html",
    "number_findings",
    "place_id",
    "places_of",
    "plain_name",
    "reveal",
    "rows_of_findings",
    "wrap_html",
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


Findings: TypeAlias = "pd.DataFrame | Sequence[Mapping[str, Any]]"


def number_findings(article: Article, findings: Findings) -> list[NumberedFinding]:
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
    placed = [(places_of(article, row), row) for row in rows_of_findings(article, findings)]
    return [
        NumberedFinding(
            number,
            plain_name(row["check"]),
            groups.get(row["check"], "none"),
            _CONFIDENCE.get(row["confidence"], row["confidence"]),
            row["reason"],
            places,
        )
        for number, (places, row) in enumerate(
            sorted(placed, key=lambda pair: in_text_order(pair[0])), start=1
        )
    ]


@cache
def _groups_of_checks() -> dict[str, str]:
    return {check.name: check.group for check in CHECKS}


def rows_of_findings(
    article: Article, findings: Findings, needed: Iterable[str] = FINDING_DTYPES
) -> list[Mapping[Any, Any]]:
    """Return the findings of one article as rows, "" where a cell is missing.

    Raises
    ------
    ValueError
        If they are no table and no rows, or a column that is needed is missing.
    """
    check_findings(findings, needed)
    mine: Iterable[Mapping[Any, Any]]
    if isinstance(findings, Sequence):
        mine = [row for row in findings if row["article_id"] == article.article_id]
    else:
        table = findings[findings["article_id"] == article.article_id].astype(object)
        mine = table.where(table.notna(), "").to_dict("records")
    # Said once for the whole article, not as a finding.
    return [row for row in mine if not (article.problem and row["check"] == "not_checked")]


_USE = "Pass a table from find_incoherence(), or rows from check_article()."


def check_findings(findings: Findings, needed: Iterable[str] = FINDING_DTYPES) -> None:
    """Check that findings are a table or rows, and have the columns that are needed.

    Raises
    ------
    ValueError
        If not.
    """
    # Rows are asked for first: they need no pandas.
    is_rows = isinstance(findings, Sequence) and all(isinstance(row, Mapping) for row in findings)
    if not is_rows and not hasattr(findings, "columns"):
        raise ValueError(
            f"findings must be a table or a list of rows; found {type(findings).__name__}. {_USE}"
        )
    found = findings if isinstance(findings, Sequence) else [findings.columns]
    for names in found:
        missing = [name for name in needed if name not in names]
        if missing:
            raise ValueError(
                f"findings need a {missing[0]!r} column; found {list(map(str, names))}. {_USE}"
            )


def in_text_order(places: Sequence[Place]) -> tuple[int, int, int]:
    """Return a key that sorts findings by the first of their places."""
    first = places[0]
    return FIELDS.index(first.field), first.start, first.end


def plain_name(name: str) -> str:
    """Return the name of a check or a kind as words: 'lost_space' is 'Lost space'."""
    return name.replace("_", " ").capitalize()


def places_of(article: Article, row: Mapping[str, Any]) -> tuple[Place, ...]:
    """Return the passage of a finding, and the one it is compared with if there is one.

    Raises
    ------
    ArticleError
        If a cell is missing, or a quote is not what stands in the article at its span.
    """
    sides = ("", "other_") if row.get("other_field") else ("",)
    try:
        places = [
            Place(
                row[of + "field"], int(row[of + "start"]), int(row[of + "end"]), row[of + "quote"]
            )
            for of in sides
        ]
    except (KeyError, TypeError, ValueError) as problem:
        raise ArticleError(
            f"a finding has no place in the text ({problem}); found {sorted(row)[:12]}. {_USE}"
        ) from None
    for field, start, end, quote in places:
        text = article.field(field)
        if not 0 <= start <= end <= len(text) or text[start:end] != quote:
            raise ArticleError(
                f"a finding quotes {str(quote)[:40]!r} at {start}-{end} of the {field} of "
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


Piece: TypeAlias = Slice[Mark]


def cut_paragraphs(
    article: Article, field: str, findings: Sequence[NumberedFinding]
) -> list[list[Piece]]:
    """Return the slices of each paragraph of a field; joined, they are its text."""
    text = article.field(field)
    starts = [span.start for span in split_paragraphs(text)[1:]] if field != "headline" else []
    spans = (Span(*ends) for ends in pairwise((0, *starts, len(text))))
    return cut_spans(text, spans, sorted(_marks(field, findings)))


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


def wrap_html(parts: Iterable[str], width: str = "46em", kind: str = "") -> str:
    """Return markup for a notebook or a page: of a readable width, and with no formulas in it.

    Without these classes 'from $5 million to $10 million' is typeset as a formula.
    """
    names = f"tex2jax_ignore mathjax_ignore {kind}".rstrip()
    style = f"max-width:{width};overflow-wrap:break-word"
    return f'<div class="{names}" style="{style}">\n' + "\n".join(parts) + "\n</div>"
