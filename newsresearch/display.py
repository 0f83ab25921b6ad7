"""One article with its findings marked: rich in a notebook, plain in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from newsresearch.articles import FIELDS, Article, ArticleError, iter_articles
from newsresearch.marks import (
    GROUPS,
    NumberedFinding,
    Piece,
    cut_paragraphs,
    escape,
    label_marks,
    link_mark,
    mark_html,
    number_findings,
    place_id,
    reveal,
    wrap_html,
)
from newsresearch.tables import pd

__all__ = ["ArticleView", "article_html", "choose_article", "show_article"]

_NONE = "No findings. That does not prove the text coherent: the checks see little of it."
_KEY = "In the text, [1] follows the passage of finding 1, and [see 1] the one it is compared with."
_UNDERLINED = (
    "Where passages overlap, the text is underlined, and a bar stands where one begins in another."
)
_ABOVE = "Above the headline:"
_LONGEST_QUOTE = 300


def show_article(
    articles: pd.DataFrame | pd.Series[Any] | Article,
    findings: pd.DataFrame | Sequence[Mapping[str, Any]] | None = None,
    article_id: str | None = None,
) -> ArticleView:
    """Show one article with its findings marked and explained.

    A passage is followed by its number, ``[3]``, and the one it is compared with by
    ``[see 3]``. Where passages overlap, the text is underlined and the shortest gives the
    colour. It shows what the findings hold, and judges nothing.

    Parameters
    ----------
    articles : Articles table, a row of it, or an Article
        One article, or several of which ``article_id`` picks one.
    findings : Findings table, or its rows as dicts, optional
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
    article = choose_article(articles, article_id)
    return ArticleView(
        article, None if findings is None else tuple(number_findings(article, findings))
    )


def choose_article(
    articles: pd.DataFrame | pd.Series[Any] | Article, article_id: str | None = None
) -> Article:
    """Return the one article that is meant: itself, a row of a table, or the one of that id.

    Raises
    ------
    ArticleError
        If no single article is chosen.
    """
    if isinstance(articles, Article):  # asked first: it needs no pandas
        found = [articles]
    elif isinstance(articles, str):
        raise ArticleError(
            f"an article is needed; found the text {articles[:40]!r}. "
            "Open it by its id with nr.open_article(), or read files with nr.read_articles()."
        )
    else:
        rows = articles.to_frame().T if isinstance(articles, pd.Series) else articles
        found = list(iter_articles(rows))
    wanted = [one for one in found if article_id is None or one.article_id == article_id]
    if len(wanted) == 1:
        return wanted[0]
    ids = ", ".join(repr(one.article_id) for one in found[:5]) or "none"
    what = "no article is chosen" if article_id is None else f"no article_id {article_id!r}"
    raise ArticleError(
        f"{what}; found {len(found)} articles: {ids}{', …' * (len(found) > 5)}. "
        "Pass article_id=, or a table of one row."
    )


# --- what both views show --------------------------------------------------------------------


def _draw(
    article: Article,
    findings: Sequence[NumberedFinding] | None,
    draw_piece: Callable[[Piece], str],
) -> list[list[str]]:
    """Return the paragraphs of the preamble, of the headline (always one) and of the body."""
    return [
        [
            "".join(map(draw_piece, pieces))
            for pieces in cut_paragraphs(article, field, findings or ())
        ]
        for field in FIELDS
    ]


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


def _quotes(finding: NumberedFinding) -> Iterator[tuple[str, str, str]]:
    """Yield "see " or nothing, where each passage of a finding stands, and its quote if any."""
    for place, see in zip(finding.places, ("", "see "), strict=False):
        if place.quote:
            where = "above the headline" if place.field == "preamble" else place.field
            cut = "…" * (len(place.quote) > _LONGEST_QUOTE)
            yield see, where, place.quote[:_LONGEST_QUOTE] + cut


# --- as HTML ---------------------------------------------------------------------------------


def article_html(
    article: Article,
    findings: Sequence[NumberedFinding] | None = None,
    level: int = 2,
    meta_html: str = "",
    anchor: str = "",
) -> str:
    """Return one article as HTML: its text with marks, and below it what they mean.

    Only elements, attributes and inline styles that JupyterLab keeps in untrusted notebooks.
    ``level`` is the headline's heading level; ``meta_html`` is markup, put below the headline.
    With ``anchor``, for a page of its own, text and findings are linked by ids that begin so.
    """
    above, title, below = _draw(article, findings, partial(_piece_html, anchor=anchor))
    parts = [f"<p><small>{'<br>'.join([_ABOVE, *above])}</small></p>"] if article.preamble else []
    parts.append(f"<h{level}>{title[0].strip() or '(no headline)'}</h{level}>{meta_html}")
    parts += [f"<p>{text}</p>" for text in below if text.strip()]
    if article.problem and not findings:
        parts.append(f"<p><strong>Not checked:</strong> {escape(article.problem)}</p>")
    elif findings is not None:
        parts.append(_findings_html(findings, level + 1, anchor))
    return wrap_html(parts)


def _piece_html(piece: Piece, anchor: str = "") -> str:
    text = escape(piece.text)
    if piece.marks:
        # The shortest passage gives the colour, so that it shows within a longer one.
        inner = min(piece.marks, key=lambda mark: mark.end - mark.start)
        title = "; ".join(f"{label_marks([mark])} {mark.finding.check}" for mark in piece.marks)
        overlaps, begins = len(piece.marks) > 1, bool(piece.opening)
        text = mark_html(text, inner.finding.group, title, overlaps, begins)
    label = label_marks(piece.closing, partial(link_mark, anchor) if anchor else None)
    return text + (f"<sup>{label}</sup>" if label else "")


def _findings_html(findings: Sequence[NumberedFinding], level: int, anchor: str) -> str:
    named = f' id="{anchor}-findings"' if anchor else ""
    parts = [f"<h{level}{named}>Findings ({len(findings)})</h{level}>"]
    parts.append(f"<p>{f'{_KEY} {_UNDERLINED}' if findings else _NONE}</p>")
    for name, rest, members in _by_group(findings):
        mark = mark_html(GROUPS[name].title, name)
        parts.append(f"<h{level + 1}>{mark}{rest}</h{level + 1}>")
        items = "\n".join(_item_html(finding, anchor) for finding in members)
        parts.append(f'<ol style="list-style:none;padding-left:0">\n{items}\n</ol>')
    return "\n".join(parts)


def _item_html(finding: NumberedFinding, anchor: str) -> str:
    name, reason = map(escape, _head(finding))
    lines = [f"<strong>{name}</strong>{reason}"]
    for see, where, quote in _quotes(finding):
        place = f"{see}{_place_html(finding.number, see, where, anchor)}: "
        lines.append(place + mark_html(escape(quote), finding.group))
    named = f' id="{anchor}-f{finding.number}"' if anchor else ""
    return f"<li{named}><p>" + "<br>".join(lines) + "</p></li>"


def _place_html(number: int, see: str, where: str, anchor: str) -> str:
    """Return where a passage stands, as a link to it where the page has any."""
    shown = escape(where)
    if not anchor:
        return shown
    name = f"{shown}, passage {'compared with' if see else 'of'} finding {number}"
    return f'<a href="#{place_id(anchor, number, see)}" aria-label="{name}">{shown}</a>'


# --- as plain text, and the view that has both -----------------------------------------------


@dataclass(frozen=True)
class ArticleView:
    """An article to look at: drawn by a notebook, written by ``print``."""

    article: Article
    findings: tuple[NumberedFinding, ...] | None = None

    def _repr_html_(self) -> str:
        return article_html(self.article, self.findings)

    def __repr__(self) -> str:
        above, title, below = _draw(self.article, self.findings, _piece_text)
        parts = [_ABOVE, *above] if self.article.preamble else []
        parts += [title[0].strip() or "(no headline)", *below]
        if self.article.problem and not self.findings:
            parts.append(f"Not checked: {reveal(self.article.problem)}")
        elif self.findings is not None:
            parts += _findings_text(self.findings)
        return "\n\n".join(map(_wrap, filter(str.strip, parts)))


def _piece_text(piece: Piece) -> str:
    closing = "".join(f"»{label_marks([mark])}" for mark in piece.closing)
    return "«" * len(piece.opening) + reveal(piece.text) + closing


def _findings_text(findings: Sequence[NumberedFinding]) -> Iterator[str]:
    yield f"Findings ({len(findings)})"
    yield _KEY if findings else _NONE
    for name, rest, members in _by_group(findings):
        yield GROUPS[name].title + rest
        for finding in members:
            lines = ["".join(_head(finding))]
            lines += [f"{see}{where}: «{quote}»" for see, where, quote in _quotes(finding)]
            yield reveal("\n".join(lines))


def _wrap(paragraph: str) -> str:
    return "\n".join(
        textwrap.fill(line, 88, break_long_words=False, break_on_hyphens=False)
        for line in paragraph.strip().split("\n")
    )
