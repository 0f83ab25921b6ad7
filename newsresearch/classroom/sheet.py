"""A worksheet as HTML: the blank sheet with numbered lines, and its key.

The same markup serves a page and a notebook: inline styles that JupyterLab keeps, and classes
for print. Every text of an article is escaped, slice by slice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsresearch.articles import FIELDS
from newsresearch.classroom.contents import Answer, Content, Kind
from newsresearch.classroom.lines import Line, lines_of, name_lines, number_lines
from newsresearch.marks import escape, mark_html, wrap_html
from newsresearch.perturbations.planting import digest
from newsresearch.slices import Slice, cut_spans
from newsresearch.text import Span

__all__ = ["PAPERS", "Sheet", "blank_html", "file_name", "key_html", "sheet_style"]

PAPERS = {"a4": "A4", "letter": "Letter"}
_STYLE = """
body { max-width: 44rem; }
.who { display: flex; gap: 1.5rem; }
.who span { flex: 1; border-bottom: 1px solid #808080; }
.who span.short { flex: 0 0 11rem; }
.lines { font-family: 'Times New Roman', Georgia, serif; font-size: 1.08rem; line-height: 1.4; }
.roomy .lines { line-height: 1.8; }
.lines .no, .title .no { font-family: system-ui, sans-serif; }
.title .no { font-weight: normal; }
@page { size: PAPER; margin: 12mm 16mm 16mm 16mm;
  @bottom-left { content: "FOOT"; font: 8pt sans-serif; white-space: pre; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  :root { font-size: SIZE; color: #000000; }
  h1 { font-size: 1.5rem; margin: .4em 0 .3em; } h2 { font-size: 1.15rem; margin: .8em 0 .3em; }
  body, main > div { max-width: none !important; }
  main > div { padding: 0 1px; } /* the borders of tables stand half outside */
  .task, .meta { margin: .4em 0; }
  h2 + table.key { break-inside: auto; }
  .lines li { break-inside: avoid; } .lines .on { break-before: avoid; }
  .title, .lead, .lead + p { break-after: avoid; }
  .write { margin-bottom: 0; } .write td { height: 11.5mm; }
}
"""
# A key need not be read from afar, and its marks say where to look.
_SIZES = {"blank": "10.5pt", "key": "9pt"}
# The number is smaller than the line: 3 of its ems are 2.4 of the line's.
_NUMBER = "display:inline-block;width:3em;text-indent:0;font-size:0.8em"
_LINE = "padding-left:2.4em;text-indent:-2.4em"
_WHO = (
    '<p class="who">Name or number: <span>\u00a0</span> Date: <span class="short">\u00a0</span></p>'
)
_CELL = "border:1px solid #808080;padding:2px 6px;text-align:left"
_SPACE = "\u2007"  # as wide as a digit
_FEWEST_ROWS, _MOST_ROWS = 6, 9
_LONGEST_QUOTE = 90
_LONGEST_NAME = 60


class Sheet(NamedTuple):
    """All that stands on a sheet and its key; the text of ``is_own`` is the teacher's."""

    kind: Kind
    content: Content
    version: str
    paper: str
    lines: list[Line]
    is_own: bool
    seed: int = 0

    @classmethod
    def of(
        cls, kind: Kind, content: Content, version: str, paper: str, is_own: bool, seed: int
    ) -> Sheet:
        """Return a sheet with the lines of its article numbered."""
        lines = number_lines(content.article)
        return cls(kind, content, version, paper, lines, is_own, seed)


def sheet_style(sheet: Sheet, is_key: bool) -> str:
    """Return what a page needs beside the style of all pages: its paper, and the code below."""
    size = _SIZES["key" if is_key else "blank"]
    foot = "KEY · " * is_key + _foot(sheet, file_name(sheet.content.article.article_id))
    return _STYLE.replace("PAPER", sheet.paper).replace("SIZE", size).replace("FOOT", foot)


def file_name(article_id: str) -> str:
    """Return an id as a name of letters, digits and hyphens, for files and for the style.

    One that had to change ends with a code, so that two ids never share a name.

    Examples
    --------
    >>> file_name("13-electric-buses"), file_name("../buses")
    ('13-electric-buses', 'buses-7c17b9')
    """
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", article_id).strip("-")[:_LONGEST_NAME].strip("-")
    if plain and plain == article_id:
        return plain
    return f"{plain or 'article'}-{digest(article_id).hex()[:6]}"


def _foot(sheet: Sheet, name: str) -> str:
    origin = "check that you may copy this text" if sheet.is_own else "invented text, free to copy"
    return f"{name} · {sheet.kind.name} · version {sheet.version} · {origin}"


# --- the text ----------------------------------------------------------------------------------


def _text_html(sheet: Sheet, level: int, answers: Sequence[Answer] = ()) -> str:
    """Return the text, its lines as lists: one who listens hears the number, then the line."""
    article = sheet.content.article
    parts: list[str] = []
    for field in FIELDS:
        lines = [line for line in sheet.lines if line.field == field]
        spans = [Span(line.start, line.end) for line in lines]
        cut = cut_spans(article.field(field), spans, _marks(field, answers))
        texts = [
            _number_html(line) + "".join(map(_piece_html, pieces))
            for line, pieces in zip(lines, cut, strict=True)
        ]
        if field == "headline":
            title = texts[0] if texts else "The text"
            parts.append(
                f'<h{level} class="title" style="{_LINE if texts else ""}">{title}</h{level}>'
            )
        elif texts:
            parts.append(_list_html(lines, texts))
    return "\n".join(parts)


def _list_html(lines: Iterable[Line], texts: Iterable[str]) -> str:
    items = []
    for line, text in zip(lines, texts, strict=True):
        how = f'style="{_LINE};margin-top:0.5em"' if line.opens else f'class="on" style="{_LINE}"'
        items.append(f"<li {how}>{text}</li>")
    return (
        '<ol class="lines" style="list-style:none;padding-left:0">\n' + "\n".join(items) + "\n</ol>"
    )


def _number_html(line: Line) -> str:
    return f'<span class="no" style="{_NUMBER}">{line.label.rjust(2, _SPACE)} </span>'


class _Mark(NamedTuple):
    start: int
    end: int
    label: str
    answer: Answer


def _marks(field: str, answers: Sequence[Answer]) -> Iterator[_Mark]:
    """Yield the passages to mark, without blanks at their ends, where no line would show them."""
    for answer in answers:
        for there, see in zip(answer.places, ("", "see "), strict=False):
            text = there.quote
            start = there.start + len(text) - len(text.lstrip())
            end = there.end - len(text) + len(text.rstrip())
            if end > start and there.field == field:
                yield _Mark(start, end, see + answer.label, answer)


def _piece_html(piece: Slice[_Mark]) -> str:
    """Return a slice of a line; a mark ends with its label."""
    if not piece.marks:
        return escape(piece.text)
    inner = min(piece.marks, key=lambda mark: mark.end - mark.start)
    title = "; ".join(f"{mark.label}: {mark.answer.what}" for mark in piece.marks)
    shown = mark_html(escape(piece.text), inner.answer.group, title, True, bool(piece.opening))
    labels = list(dict.fromkeys(mark.label for mark in piece.closing))
    return shown + (f"<sup>[{escape(', '.join(labels))}]</sup>" if labels else "")


# --- the blank sheet ---------------------------------------------------------------------------


def blank_html(sheet: Sheet, level: int = 1) -> str:
    """Return the sheet for a pupil: nothing in it tells what is to be found."""
    kind = sheet.kind
    return wrap_html([
        _WHO,
        f"<h{level}>{escape(kind.title)}</h{level}>",
        _meta_html(sheet),
        *(f'<p class="task">{escape(text)}</p>' for text in kind.task),
        _text_html(sheet, level + 1),
        f'<h{level + 1} class="lead">Your answers</h{level + 1}>',
        *([f"<p>{escape(kind.legend)}</p>"] if kind.legend else []),
        _write_html(sheet),
    ], kind="roomy" * kind.roomy)  # fmt: skip


def _write_html(sheet: Sheet) -> str:
    """Return the table to write in: as many rows whatever there is to find."""
    kind, given = sheet.kind, sheet.content.given
    n_rows = min(max(len(sheet.lines) // 5, _FEWEST_ROWS), _MOST_ROWS)
    rows = [[text] for text in given] or [[]] * (3 if kind.seeded else n_rows)
    filled = ([*cells] + [""] * (len(kind.heads) - len(cells)) for cells in rows)
    return _table_html("write", zip(kind.heads, _widths(kind, bool(given)), strict=True), filled)


def _table_html(name: str, heads: Iterable[tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of texts, to write in or to read; each head comes with its width."""
    head = "".join(
        f'<th scope="col" style="{_CELL};width:{width}">{escape(text)}</th>'
        for text, width in heads
    )
    cell = _CELL + ";height:2.8em" * (name == "write")
    body = "\n".join(
        "<tr>" + "".join(f'<td style="{cell}">{escape(text)}</td>' for text in texts) + "</tr>"
        for texts in rows
    )
    return (
        f'<table class="{name}" style="border-collapse:collapse;width:100%">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _widths(kind: Kind, has_given: bool) -> list[str]:
    if has_given:
        return ["38%", "8%", "38%", "16%"]
    return ["9%", "41%", "50%"] if len(kind.heads) == 3 else ["9%", "28%", "28%", "35%"]


def _meta_html(sheet: Sheet) -> str:
    """Return what the foot of each printed page says too, for browsers that print none."""
    foot = _foot(sheet, f"Article {sheet.content.article.article_id}")
    return f'<p class="meta"><small>{escape(foot)}</small></p>'


# --- the key -----------------------------------------------------------------------------------


def key_html(sheet: Sheet, level: int = 1) -> str:
    """Return the key: how far to trust it, the same lines with marks, and each answer."""
    kind, content = sheet.kind, sheet.content
    seed = f": the key to seed {sheet.seed}" * kind.seeded
    return wrap_html([
        f"<h{level}>Key: {escape(kind.title)}</h{level}>",
        _meta_html(sheet),
        f"<p>For the teacher{seed}. The numbers of the lines are those of the blank sheet.</p>",
        f'<p class="note"><strong>How far to trust this key.</strong> {escape(content.trust)}</p>',
        f"<p><strong>What counts as right.</strong> {escape(kind.right)}</p>",
        _answers_html(sheet, level + 1),
        _names_html(content),
        _text_html(sheet, level + 1, content.answers),
    ])  # fmt: skip


_HEADS = (
    ("Mark", "7%"), ("Line", "11%"), ("Words in the text", "27%"), ("Answer", "21%"),
    ("Reason", "34%"),
)  # fmt: skip


def _answers_html(sheet: Sheet, level: int) -> str:
    answers = sheet.content.answers
    head = f'<h{level} class="lead">Answers ({len(answers)})</h{level}>'
    if not answers:
        return f"{head}\n<p>{escape(sheet.kind.nothing)}</p>"
    rows = (_cells(answer, sheet.lines) for answer in answers)
    return f"{head}\n{_table_html('key', _HEADS, rows)}"


def _cells(answer: Answer, lines: list[Line]) -> list[str]:
    reason = answer.reason
    for other in answer.places[1:]:
        there = name_lines(lines_of(lines, other.field, other.start, other.end))
        reason += f" Compare {there}: ‘{_cut(other.quote)}’."
    where = name_lines(answer.lines(lines)) if answer.places else "no line"
    quote = f"‘{_cut(answer.places[0].quote)}’" if answer.places else "–"
    return [f"[{answer.label}]", where, quote, answer.what, reason]


def _cut(quote: str) -> str:
    """Return a quote on one line, its middle left out where it is long."""
    text = " ".join(quote.split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    half = _LONGEST_QUOTE // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


def _names_html(content: Content) -> str:
    """Return what the names in the column of answers mean, one after another."""
    if not content.names:
        return ""
    items = (f"<strong>{escape(k)}</strong>: {escape(v)}" for k, v in content.names.items())
    return f"<p><small>{' '.join(items)}</small></p>"
