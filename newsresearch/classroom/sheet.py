"""A worksheet as HTML: the blank sheet with numbered lines, and its key.

The same markup serves a page and a notebook: inline styles that JupyterLab keeps, and classes
for print. Every text of an article is escaped, slice by slice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.classroom.exercises import Answer, Exercise, Kind
from newsresearch.classroom.lines import Line, name_lines, number_lines
from newsresearch.marks import escape, mark_html
from newsresearch.perturbations.planting import digest

__all__ = ["PAPERS", "Sheet", "blank_html", "file_name", "key_html", "sheet_style"]

PAPERS = {"a4": "A4", "letter": "Letter"}
_STYLE = """
body { max-width: 44rem; }
.who { display: flex; gap: 1.5rem; }
.who span { flex: 1; border-bottom: 1px solid #808080; }
.who span.short { flex: 0 0 11rem; }
.lines { font-family: 'Times New Roman', Georgia, serif; font-size: 1.08rem; line-height: 1.45; }
.roomy .lines { line-height: 1.8; }
.lines .no, .title .no { font-family: system-ui, sans-serif; }
.title .no { font-weight: normal; }
@page { size: PAPER; margin: 14mm 16mm 18mm 16mm;
  @bottom-left { content: "FOOT"; font: 8pt sans-serif; white-space: pre; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  :root { font-size: SIZE; color: #000000; }
  h1 { font-size: 1.5rem; margin: .5em 0 .3em; } h2 { font-size: 1.15rem; margin: .8em 0 .3em; }
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
    """All that stands on a sheet and its key; ``level`` is that of its first heading."""

    kind: Kind
    exercise: Exercise
    version: str
    paper: str
    lines: list[Line]
    is_own: bool
    seed: int = 0

    @classmethod
    def of(
        cls, kind: Kind, exercise: Exercise, version: str, paper: str, is_own: bool, seed: int
    ) -> Sheet:
        """Return a sheet with the lines of its article numbered."""
        lines = number_lines(exercise.article)
        return cls(kind, exercise, version, paper, lines, is_own, seed)


def sheet_style(sheet: Sheet, is_key: bool) -> str:
    """Return what a page needs beside the style of all pages: its paper, and the code below."""
    size = _SIZES["key" if is_key else "blank"]
    foot = "KEY · " * is_key + _foot(sheet, file_name(sheet.exercise.article.article_id))
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
    marks = list(_marks(sheet.exercise.article, answers))
    parts: list[str] = []
    for field in ("preamble", "headline", "body"):
        lines = [line for line in sheet.lines if line.field == field]
        mine = [mark for mark in marks if mark.field == field]
        texts = [_number_html(ln) + _line_html(sheet.exercise.article, ln, mine) for ln in lines]
        if field == "headline":
            title = texts[0] if texts else "The text"
            parts.append(
                f'<h{level} class="title" style="{_LINE if texts else ""}">{title}</h{level}>'
            )
        elif texts:
            parts.append(_list_html(lines, texts))
    return "\n".join(parts)


def _title_html(text: str, level: int) -> str:
    style = f' style="{_LINE}"' if text else ""
    return f'<h{level} class="title"{style}>{text or "The text"}</h{level}>'


def _list_html(lines: Iterable[Line], texts: Iterable[str]) -> str:
    items = []
    for line, text in zip(lines, texts, strict=True):
        how = f'style="{_LINE};margin-top:0.6em"' if line.opens else f'class="on" style="{_LINE}"'
        items.append(f"<li {how}>{text}</li>")
    return (
        '<ol class="lines" style="list-style:none;padding-left:0">\n' + "\n".join(items) + "\n</ol>"
    )


def _number_html(line: Line) -> str:
    return f'<span class="no" style="{_NUMBER}">{line.label.rjust(2, _SPACE)} </span>'


class _Mark(NamedTuple):
    start: int
    end: int
    field: str
    label: str
    answer: Answer


def _marks(article: Article, answers: Sequence[Answer]) -> Iterator[_Mark]:
    """Yield the passages to mark, without blanks at their ends, where no line would show them."""
    for answer in answers:
        for there, see in zip(answer.places, ("", "see "), strict=False):
            text = there.quote
            start = there.start + len(text) - len(text.lstrip())
            end = there.end - len(text) + len(text.rstrip())
            if end > start:
                yield _Mark(start, end, there.field, see + answer.label, answer)


def _line_html(article: Article, line: Line, marks: Sequence[_Mark]) -> str:
    """Return a line, cut where marks begin and end; a mark ends with its label."""
    text = article.field(line.field)
    here = [mark for mark in marks if mark.start < line.end and line.start < mark.end]
    inside = {at for mark in here for at in mark[:2] if line.start < at < line.end}
    pieces = []
    for start, end in pairwise(sorted({line.start, line.end} | inside)):
        over = [mark for mark in here if mark.start <= start and end <= mark.end]
        pieces.append(_piece_html(text[start:end], start, end, over))
    return "".join(pieces)


def _piece_html(text: str, start: int, end: int, marks: Sequence[_Mark]) -> str:
    if not marks:
        return escape(text)
    inner = min(marks, key=lambda mark: mark.end - mark.start)
    begins = any(mark.start == start for mark in marks)
    title = "; ".join(f"{mark.label}: {mark.answer.what}" for mark in marks)
    shown = mark_html(escape(text), inner.answer.group, title, True, begins)
    labels = list(dict.fromkeys(mark.label for mark in marks if mark.end == end))
    return shown + (f"<sup>[{escape(', '.join(labels))}]</sup>" if labels else "")


# --- the blank sheet ---------------------------------------------------------------------------


def blank_html(sheet: Sheet, level: int = 1) -> str:
    """Return the sheet for a pupil: nothing in it tells what is to be found."""
    kind = sheet.kind
    return _wrapped(kind.roomy, [
        _WHO,
        f"<h{level}>{escape(kind.title)}</h{level}>",
        _meta_html(sheet),
        *(f'<p class="task">{escape(text)}</p>' for text in kind.task),
        _text_html(sheet, level + 1),
        f'<h{level + 1} class="lead">Your answers</h{level + 1}>',
        *([f"<p>{escape(kind.legend)}</p>"] if kind.legend else []),
        _write_html(sheet),
    ])  # fmt: skip


def _wrapped(roomy: bool, parts: Iterable[str]) -> str:
    # Without these classes 'from $5 million to $10 million' is typeset as a formula.
    names = "tex2jax_ignore mathjax_ignore" + " roomy" * roomy
    return (
        f'<div class="{names}" style="max-width:46em;overflow-wrap:break-word">\n'
        + "\n".join(parts)
        + "\n</div>"
    )


def _write_html(sheet: Sheet) -> str:
    """Return the table to write in: as many rows whatever there is to find."""
    kind, given = sheet.kind, sheet.exercise.given
    n_rows = min(max(len(sheet.lines) // 5, _FEWEST_ROWS), _MOST_ROWS)
    rows = [[text] for text in given] or [[]] * (3 if kind.seeded else n_rows)
    widths = _widths(kind, bool(given))
    head = "".join(
        f'<th scope="col" style="{_CELL};width:{width}">{escape(name)}</th>'
        for name, width in zip(kind.heads, widths, strict=True)
    )
    body = "\n".join(_row_html(cells, len(kind.heads)) for cells in rows)
    return (
        '<table class="write" style="border-collapse:collapse;width:100%">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _widths(kind: Kind, has_given: bool) -> list[str]:
    if has_given:
        return ["38%", "8%", "38%", "16%"]
    return ["9%", "41%", "50%"] if len(kind.heads) == 3 else ["9%", "28%", "28%", "35%"]


def _row_html(cells: Sequence[str], n_cells: int) -> str:
    filled = [escape(cell) for cell in cells] + [""] * (n_cells - len(cells))
    shown = "".join(f'<td style="{_CELL};height:2.8em">{cell}</td>' for cell in filled)
    return f"<tr>{shown}</tr>"


def _meta_html(sheet: Sheet) -> str:
    """Return what the foot of each printed page says too, for browsers that print none."""
    foot = _foot(sheet, f"Article {sheet.exercise.article.article_id}")
    return f'<p class="meta"><small>{escape(foot)}</small></p>'


# --- the key -----------------------------------------------------------------------------------


def key_html(sheet: Sheet, level: int = 1) -> str:
    """Return the key: how far to trust it, the same lines with marks, and each answer."""
    kind, exercise = sheet.kind, sheet.exercise
    seed = f": the key to seed {sheet.seed}" * kind.seeded
    return _wrapped(False, [
        f"<h{level}>Key: {escape(kind.title)}</h{level}>",
        _meta_html(sheet),
        f"<p>For the teacher{seed}. The numbers of the lines are those of the blank sheet.</p>",
        f'<p class="note"><strong>How far to trust this key.</strong> {escape(exercise.trust)}</p>',
        f"<p><strong>What counts as right.</strong> {escape(kind.right)}</p>",
        _answers_html(sheet, level + 1),
        _names_html(exercise),
        _text_html(sheet, level + 1, exercise.answers),
    ])  # fmt: skip


def _answers_html(sheet: Sheet, level: int) -> str:
    answers = sheet.exercise.answers
    head = f'<h{level} class="lead">Answers ({len(answers)})</h{level}>'
    if not answers:
        return f"{head}\n<p>{escape(sheet.kind.nothing)}</p>"
    names = ("Mark", "Line", "Words in the text", "Answer", "Reason")
    widths = ("7%", "11%", "27%", "21%", "34%")
    heads = "".join(
        f'<th scope="col" style="{_CELL};width:{width}">{name}</th>'
        for name, width in zip(names, widths, strict=True)
    )
    rows = "\n".join(_answer_html(answer, sheet.lines) for answer in answers)
    return (
        f'{head}\n<table class="key" style="border-collapse:collapse;width:100%">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _answer_html(answer: Answer, lines: list[Line]) -> str:
    reason = answer.reason
    for other in answer.places[1:]:
        there = Answer("", "", "", (other,)).lines(lines)
        reason += f" Compare {name_lines(there)}: ‘{_cut(other.quote)}’."
    where = name_lines(answer.lines(lines)) if answer.places else "no line"
    quote = f"‘{_cut(answer.places[0].quote)}’" if answer.places else "–"
    cells = [f"[{answer.label}]", where, quote, answer.what, reason]
    return "<tr>" + "".join(f'<td style="{_CELL}">{escape(c)}</td>' for c in cells) + "</tr>"


def _cut(quote: str) -> str:
    """Return a quote on one line, its middle left out where it is long."""
    text = " ".join(quote.split())
    if len(text) <= _LONGEST_QUOTE:
        return text
    half = _LONGEST_QUOTE // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"


def _names_html(exercise: Exercise) -> str:
    """Return what the names in the column of answers mean, one after another."""
    if not exercise.names:
        return ""
    items = (f"<strong>{escape(k)}</strong>: {escape(v)}" for k, v in exercise.names.items())
    return f"<p><small>{' '.join(items)}</small></p>"
