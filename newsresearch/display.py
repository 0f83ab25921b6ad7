"""One article with its findings marked: rich in a notebook, plain in a terminal.

The raw text is cut at the borders of the findings and each slice is escaped on its own, so
nothing that stands in an article can become markup. A finding is told by a number in square
brackets, never by colour alone.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from newsresearch.articles import FIELDS, Article, ArticleError, iter_articles
from newsresearch.incoherence import FINDING_DTYPES, list_checks
from newsresearch.text import split_paragraphs

__all__ = [
    "GROUPS",
    "ArticleView",
    "Group",
    "NumberedFinding",
    "Place",
    "article_html",
    "escape",
    "number_findings",
    "reveal",
    "show_article",
]


class Group(NamedTuple):
    """A kind of finding: what it asks, and the colours of its marks."""

    asks: str
    background: str
    color: str


# Dark text on backgrounds that differ in lightness as well as in hue: readable in print, in a
# dark theme and without colour vision.
GROUPS = {
    "cohesion": Group("how sentences and names hang together", "#ffedb8", "#1a1a1a"),
    "consistency": Group("whether the article agrees with itself", "#a9d1f7", "#1a1a1a"),
    "relevance": Group("whether all of it belongs to the story", "#e29cc4", "#1a1a1a"),
    "other": Group("what belongs to no group", "#d9d9d9", "#1a1a1a"),
    "not checked": Group("which checks failed, and why", "#d9d9d9", "#1a1a1a"),
}
_CONFIDENCE = {"high": "high confidence", "medium": "medium confidence", "hint": "only a hint"}
_NONE = "No findings. That does not prove the text coherent: the checks see little of it."
_KEY = "A passage is followed by its number, the one it is compared with by [see …]."
_ABOVE = "Above the headline:"
_LONGEST_QUOTE = 300


# --- escaping --------------------------------------------------------------------------------

_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters, direction marks, non-characters and lone surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
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


def number_findings(article: Article, findings: pd.DataFrame) -> list[NumberedFinding]:
    """Return the findings of one article in text order, numbered from 1.

    Raises
    ------
    ValueError
        If a column of the findings table is missing.
    ArticleError
        If a quote is not what stands in the article at its span.
    """
    missing = [name for name in FINDING_DTYPES if name not in findings.columns]
    if missing:
        raise ValueError(
            f"findings need a {missing[0]!r} column; found {list(map(str, findings.columns))}. "
            "Pass a table from find_incoherence()."
        )
    mine = findings[findings["article_id"] == article.article_id].astype(object)
    if article.problem:  # said once for the whole article, not as a finding
        mine = mine[mine["check"] != "not_checked"]
    rows = [(_places(article, row), row) for row in mine.where(mine.notna(), "").to_dict("records")]
    known = list_checks().set_index("check")["group"]
    groups = known[known.isin(list(GROUPS))].to_dict() | {"not_checked": "not checked"}
    return [
        NumberedFinding(
            number,
            row["check"].replace("_", " ").capitalize(),
            groups.get(row["check"], "other"),
            _CONFIDENCE.get(row["confidence"], row["confidence"]),
            row["reason"],
            places,
        )
        for number, (places, row) in enumerate(sorted(rows, key=_in_text_order), start=1)
    ]


def _in_text_order(pair: tuple[Sequence[Place], object]) -> tuple[int, int, int]:
    place = pair[0][0]
    return FIELDS.index(place.field), place.start, place.end


def _places(article: Article, row: dict[Any, Any]) -> tuple[Place, ...]:
    places = [
        Place(row[f"{of}field"], int(row[f"{of}start"]), int(row[f"{of}end"]), row[f"{of}quote"])
        for of in ("", "other_")
        if row[f"{of}field"]
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


class _Mark(NamedTuple):
    """A passage to mark, and the label that follows it."""

    start: int
    end: int
    label: str
    finding: NumberedFinding


class _Piece(NamedTuple):
    """A slice of the text, the marks that cover it, and those that begin or end with it."""

    text: str
    covering: tuple[_Mark, ...]
    opening: int
    closing: Sequence[_Mark]


def _cut_paragraphs(
    article: Article, field: str, findings: Sequence[NumberedFinding] | None
) -> list[list[_Piece]]:
    """Return the slices of each paragraph of a field; joined, they are its text."""
    text = article.field(field)
    marks = sorted(_marks(field, findings or ()))
    closing: defaultdict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        closing[mark.end].append(mark)
    starts = {span.start for span in split_paragraphs(text)[1:]} if field != "headline" else set()
    cuts = {0, len(text), *starts, *(border for mark in marks for border in mark[:2])}
    paragraphs: list[list[_Piece]] = [[]]
    waiting, active = marks[::-1], list[_Mark]()
    for start, end in pairwise(sorted(cuts)):
        if start in starts:
            paragraphs.append([])
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > start]
        opening = sum(mark.start == start for mark in active)
        paragraphs[-1].append(_Piece(text[start:end], tuple(active), opening, closing[end]))
    return paragraphs


def _marks(field: str, findings: Sequence[NumberedFinding]) -> Iterator[_Mark]:
    for finding in findings:
        for place, label in zip(finding.places, ("[{}]", "[see {}]"), strict=False):
            if place.field == field and place.quote:
                yield _Mark(place.start, place.end, label.format(finding.number), finding)


def _by_group(
    findings: Sequence[NumberedFinding],
) -> Iterator[tuple[str, str, list[NumberedFinding]]]:
    """Yield each group that has findings: its name, the rest of its heading, its members."""
    for name, group in GROUPS.items():
        members = [finding for finding in findings if finding.group == name]
        if members:
            yield name, f" ({len(members)}): {group.asks}", members


def _head(finding: NumberedFinding) -> tuple[str, str]:
    return f"[{finding.number}] {finding.check}", f" ({finding.confidence}): {finding.reason}"


def _quotes(finding: NumberedFinding) -> Iterator[tuple[str, str]]:
    """Yield where each passage of a finding stands, and its quote if there is one."""
    for place, where in zip(finding.places, ("", "see "), strict=False):
        if place.quote:
            cut = "…" * (len(place.quote) > _LONGEST_QUOTE)
            yield f"{where}{place.field}: ", place.quote[:_LONGEST_QUOTE] + cut


# --- as HTML ---------------------------------------------------------------------------------


def article_html(
    article: Article,
    findings: Sequence[NumberedFinding] | None = None,
    level: int = 2,
    meta_html: str = "",
) -> str:
    """Return one article as HTML: its text with marks, and below it what they mean.

    Only elements, attributes and inline styles that JupyterLab keeps in untrusted notebooks.
    ``level`` is the headline's heading level; ``meta_html`` is markup, put below the headline.
    """
    above, title, below = (
        ["".join(map(_piece_html, pieces)) for pieces in _cut_paragraphs(article, field, findings)]
        for field in FIELDS
    )
    parts = [f"<p><small>{text}</small></p>" for text in (_ABOVE, *above) if article.preamble]
    parts.append(f"<h{level}>{title[0].strip() or '(no headline)'}</h{level}>{meta_html}")
    parts += [f"<p>{text}</p>" for text in below if text.strip()]
    if article.problem and not findings:
        parts.append(f"<p><strong>Not checked:</strong> {escape(article.problem)}</p>")
    elif findings is not None:
        parts.append(_findings_html(findings, level + 1))
    # Without these classes 'from $5 million to $10 million' is typeset as a formula.
    return (
        '<div class="tex2jax_ignore mathjax_ignore" style="max-width:46em;line-height:1.5;'
        'overflow-wrap:break-word">\n' + "\n".join(parts) + "\n</div>"
    )


def _piece_html(piece: _Piece) -> str:
    text = escape(piece.text)
    if piece.covering:
        # The shortest passage gives the colour, so that it shows within a longer one.
        inner = min(piece.covering, key=lambda mark: mark.end - mark.start)
        title = "; ".join(f"{mark.label} {mark.finding.check}" for mark in piece.covering)
        text = _mark_html(text, inner.finding.group, title, len(piece.covering) > 1)
    labels = "".join(mark.label for mark in piece.closing)
    return text + (f"<sup>{labels}</sup>" if labels else "")


def _mark_html(text: str, group: str, title: str = "", overlaps: bool = False) -> str:
    """Return a marked passage; a line under it says that several findings share it."""
    style = f"background:{GROUPS[group].background};color:{GROUPS[group].color}"
    style += ";text-decoration:underline" * overlaps
    hover = f' title="{escape(title)}"' if title else ""
    return f'<mark{hover} style="{style}">{text}</mark>'


def _findings_html(findings: Sequence[NumberedFinding], level: int) -> str:
    parts = [f"<h{level}>Findings ({len(findings)})</h{level}>"]
    parts.append(f"<p>{f'{_KEY} Overlaps are underlined.' if findings else _NONE}</p>")
    for name, rest, members in _by_group(findings):
        mark = _mark_html(name.capitalize(), name)
        parts.append(f"<h{level + 1}>{mark}{rest}</h{level + 1}>")
        items = "\n".join(map(_item_html, members))
        parts.append(f'<ol style="list-style:none;padding-left:0">\n{items}\n</ol>')
    return "\n".join(parts)


def _item_html(finding: NumberedFinding) -> str:
    name, reason = map(escape, _head(finding))
    lines = [f"<strong>{name}</strong>{reason}"]
    lines += [where + _mark_html(escape(text), finding.group) for where, text in _quotes(finding)]
    return "<li><p>" + "<br>".join(lines) + "</p></li>"


# --- as plain text, and the view that has both -----------------------------------------------


@dataclass(frozen=True)
class ArticleView:
    """An article to look at: drawn by a notebook, written by ``print``."""

    article: Article
    findings: tuple[NumberedFinding, ...] | None = None

    def _repr_html_(self) -> str:
        return article_html(self.article, self.findings)

    def __repr__(self) -> str:
        above, title, below = (
            ["".join(map(_piece_text, pieces)) for pieces in paragraphs]
            for paragraphs in (_cut_paragraphs(self.article, f, self.findings) for f in FIELDS)
        )
        parts = [_ABOVE, *above] if self.article.preamble else []
        parts += [title[0].strip() or "(no headline)", *below]
        if self.article.problem and not self.findings:
            parts.append(f"Not checked: {reveal(self.article.problem)}")
        elif self.findings is not None:
            parts += _findings_text(self.findings)
        return "\n\n".join(map(_wrap, filter(str.strip, parts)))


def _piece_text(piece: _Piece) -> str:
    closing = "".join(f"»{mark.label}" for mark in piece.closing)
    return "«" * piece.opening + reveal(piece.text) + closing


def _findings_text(findings: Sequence[NumberedFinding]) -> Iterator[str]:
    yield f"Findings ({len(findings)})"
    yield _KEY if findings else _NONE
    for name, rest, members in _by_group(findings):
        yield name.capitalize() + rest
        for finding in members:
            lines = ["".join(_head(finding))]
            lines += [f"{where}«{quote}»" for where, quote in _quotes(finding)]
            yield reveal("\n".join(lines))


def _wrap(paragraph: str) -> str:
    return "\n".join(
        textwrap.fill(line, 88, break_long_words=False, break_on_hyphens=False)
        for line in paragraph.strip().split("\n")
    )


def show_article(
    articles: pd.DataFrame | pd.Series[Any],
    findings: pd.DataFrame | None = None,
    article_id: str | None = None,
) -> ArticleView:
    """Show one article with its findings marked and explained.

    A passage is followed by its number, ``[3]``, and the one it is compared with by
    ``[see 3]``. Where passages overlap, the text is underlined and the shortest gives the
    colour. It shows what the findings hold, and judges nothing.

    Parameters
    ----------
    articles : Articles table, or a row of it
        One article, or several of which ``article_id`` picks one.
    findings : Findings table, optional
        Those of other articles are left out. None shows the text alone: nothing is computed.
    article_id : str, optional
        Which article to show.

    Returns
    -------
    ArticleView
        Marked HTML in a notebook, the same as plain text elsewhere.

    Raises
    ------
    ArticleError
        If no single article is chosen, or the findings were made from another text.

    Examples
    --------
    >>> one = {"article_id": ["a1"], "headline": ["Rain"], "body": ["It rained."]}
    >>> show_article(pd.DataFrame(one))
    Rain
    <BLANKLINE>
    It rained.
    """
    if isinstance(articles, pd.Series):
        articles = articles.to_frame().T
    article = _choose(list(iter_articles(articles)), article_id)
    return ArticleView(
        article, None if findings is None else tuple(number_findings(article, findings))
    )


def _choose(articles: Sequence[Article], article_id: str | None) -> Article:
    wanted = [a for a in articles if article_id is None or a.article_id == article_id]
    if len(wanted) == 1:
        return wanted[0]
    ids = ", ".join(repr(article.article_id) for article in articles[:5]) or "none"
    what = "no article is chosen" if article_id is None else f"no article_id {article_id!r}"
    raise ArticleError(
        f"{what}; found {len(articles)} articles: {ids}{', …' * (len(articles) > 5)}. "
        "Pass article_id=, or a table of one row."
    )
