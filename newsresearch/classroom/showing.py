"""The answers of a class over the text: how many marked what, where readers differ, and why."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from newsresearch.articles import FIELDS, Article
from newsresearch.classroom.lines import Line, lines_of, name_lines, number_lines
from newsresearch.classroom.scoring import findings_as_answers, same_answer
from newsresearch.classroom.views import table_html
from newsresearch.display import choose_article
from newsresearch.heat import (
    THE_TOOL,
    Answers,
    Heat,
    Row,
    Stretch,
    read_heat,
    rows_of_article,
)
from newsresearch.marks import INK, Findings, escape, reveal, wrap_html
from newsresearch.slices import Slice, cut_spans
from newsresearch.tables import pd
from newsresearch.text import Span, split_paragraphs

__all__ = ["AnswersView", "show_answers"]

# Light to dark, all with dark text on them: grey print keeps the order, the label says the number.
_SHADES = ("#fdf3d3", "#fbe3a1", "#f7cd6b", "#f0b240", "#e5942c")
_TOOL = "border-bottom:3px dashed"
_BLOCKS = 10
_MOST_REASONS = 200
_BEGINNING = 28  # characters of a line that tell which it is
_HOW = (
    "After each shaded passage stands how many readers marked it: [3/8] is three of eight. "
    "The darker, the more."
)
_TOOL_HOW = "A dashed line and [tool] show what the tool marked. It is one more reader, no judge."
_NOT_RIGHT = (
    "Many marks do not make a passage wrong, and few do not make it right. Talk about the lines "
    "where readers differ."
)


def show_answers(
    article: pd.DataFrame | pd.Series[Any] | Article,
    answers: Answers,
    findings: Findings | None = None,
    item: str | None = None,
    article_id: str | None = None,
) -> AnswersView:
    """Show one article with the answers of a class over it.

    Each passage is shaded by the share of readers who marked it, with the number beside it;
    below stand the lines on which readers differ, their answers to questions, and their
    reasons. It shows who agrees, not who is right.

    Parameters
    ----------
    article : Article, row of a table, or Articles table
    answers : table of ``nr.read_answers``, or rows
        Those of other articles are left out; those with a `problem` are counted below. Rows
        whose reader is "the tool" are shown apart, as ``findings`` are.
    findings : Findings table, or its rows, optional
        What the tool marked: one more reader, told apart.
    item : str, optional
        Only the answers to this question.
    article_id : str, optional
        Which article of a table to take.

    Returns
    -------
    AnswersView
        HTML in a notebook, the same as plain text elsewhere.

    Raises
    ------
    ArticleError
        If no single article is chosen.
    ValueError
        If a column is missing.

    Examples
    --------
    >>> mark = {"article_id": "a", "field": "body", "start": 3, "end": 9, "quote": "rained"}
    >>> answers = [{**mark, "reader": name} for name in ("r1", "r2")]
    >>> print(str(show_answers(Article("a", "Rain", "It rained."), answers)).split("\\n\\n")[2])
    It «rained.»[2/2]
    """
    chosen = choose_article(article, article_id)
    rows, bad = rows_of_article(chosen, answers, item)
    found = None if findings is None else findings_as_answers(findings)
    tool, wrong = ([], []) if found is None else rows_of_article(chosen, found)
    return AnswersView(chosen, rows, bad + wrong, tool if findings is not None else None)


@dataclass(frozen=True)
class AnswersView:
    """An article with the answers of its readers: drawn by a notebook, written by ``print``."""

    article: Article
    rows: list[Row]
    bad: list[Row]
    findings: list[Row] | None = None

    @property
    def _marks(self) -> list[Row]:
        return [row for row in self.rows if not row["answer"]]

    def _heat(self) -> Heat:
        # Where questions alone were asked, the passages named as proof are what was marked.
        return read_heat(self.article, self._marks or self.rows, self.findings)

    def _head(self, readers: int) -> str:
        some = f"{readers} reader{'s' * (readers != 1)}"
        if not self._marks and self.rows:
            return f"{some} answered questions; what they named as proof is marked."
        return f"{some} marked passages."

    def _repr_html_(self) -> str:
        heat = self._heat()
        n, tool = len(heat.by_reader), heat.by_tool is not None
        told = [self._head(n), *[_HOW] * any(heat.counts), *[_TOOL_HOW] * tool]
        parts = [f"<p>{' '.join(told)}</p>"]
        for field, paragraphs in _paragraphs(heat):
            tag = "h3" if field == "headline" else "p"
            for pieces in paragraphs:
                text = "".join(_piece(piece, n) for piece in pieces)
                parts.append(f"<{tag}>{text}</{tag}>")
        parts += [*_lines_html(heat), *_choices_html(self.rows), *_reasons_html(self)]
        return wrap_html(parts)

    def __repr__(self) -> str:
        heat = self._heat()
        n = len(heat.by_reader)
        parts = [self._head(n)]
        for _, paragraphs in _paragraphs(heat):
            for pieces in paragraphs:
                parts.append(reveal("".join(_plain(piece, n) for piece in pieces).strip()))
        lines = [" ".join((f"{row[0]:>4}", *row[1:3])) for row in _line_table(heat)]
        parts += ["\n".join(lines)] if lines else []
        parts += [reveal("\n".join(f"{item}: {told}" for item, told in _choices(self.rows)))]
        parts += [reveal("\n".join(f"{where}: {who}: {why}" for where, who, why in _reasons(self)))]
        parts += [f"{_entries(self.bad)} left out"] if self.bad else []
        return "\n\n".join(filter(None, parts))


# --- the text --------------------------------------------------------------------------------


def _paragraphs(heat: Heat) -> Iterator[tuple[str, list[list[Slice[Stretch]]]]]:
    """Yield each field with its paragraphs, cut where a stretch begins or ends."""
    stretches = heat.stretches()
    for field in FIELDS:
        text = heat.article.field(field)
        mine = [stretch for stretch in stretches if stretch.field == field]
        spans = [Span(0, len(text))] if field == "headline" else split_paragraphs(text)
        if text.strip():
            yield field, cut_spans(text, spans, mine)


def _piece(piece: Slice[Stretch], readers: int) -> str:
    if not piece.marks:
        return escape(piece.text)
    stretch = piece.marks[-1]
    style = f"background:{_shade(stretch.readers, readers)};color:{INK}"
    style += f";{_TOOL} {INK}" * stretch.tool
    label = escape(_label(stretch, readers))
    return f'<mark style="{style}">{escape(piece.text)}</mark><sup>{label}</sup>'


def _plain(piece: Slice[Stretch], readers: int) -> str:
    if not piece.marks:
        return piece.text
    return f"«{piece.text}»{_label(piece.marks[-1], readers)}"


def _label(stretch: Stretch, readers: int) -> str:
    told = [f"{stretch.readers}/{readers}"] * bool(stretch.readers) + ["tool"] * stretch.tool
    return f"[{'; '.join(told)}]"


def _shade(marked: int, readers: int) -> str:
    """Return the colour of a share: grey for none (the tool alone), then five steps."""
    if not marked:
        return "#e6e6e6"
    return _SHADES[min(int(marked / readers * len(_SHADES)), len(_SHADES) - 1)]


# --- line by line ----------------------------------------------------------------------------


def _line_table(heat: Heat) -> list[tuple[str, str, str, str, str]]:
    """Return label, bar, share, verdict and beginning of each line that anybody marked."""
    readers = len(heat.by_reader)
    lines = [line for line in number_lines(heat.article) if line.field != "preamble"]
    on_line = _words_on_lines(heat, lines)
    marked = Counter(
        line for words in heat.by_reader.values()
        for line in {on_line[at] for at in words if at in on_line}
    )  # fmt: skip
    tool = {on_line[at] for at in heat.by_tool or () if at in on_line}
    found = []
    for line in (line for line in lines if marked[line] or line in tool):
        count = marked[line]
        told = f"{count}/{readers}" + " tool" * (line in tool)
        text = heat.article.field(line.field)[line.start : line.end]
        begins = text[:_BEGINNING] + "…" * (len(text) > _BEGINNING)
        found.append((line.label, _bar(count, readers), told, _differ(count, readers), begins))
    return found


def _words_on_lines(heat: Heat, lines: list[Line]) -> dict[int, Line]:
    """Return the line on which each word stands."""
    ends = [(line.field == "body", line.end) for line in lines]
    keys = heat.keys
    borders = [0, *(bisect_left(keys, end) for end in ends)]
    return {
        at: line
        for line, (first, after) in zip(lines, pairwise(borders), strict=True)
        for at in range(first, after)
    }


def _bar(count: int, readers: int) -> str:
    full = round(_BLOCKS * count / readers) if readers else 0
    return "█" * full + "░" * (_BLOCKS - full)


def _differ(count: int, readers: int) -> str:
    share = count / readers if readers else 0
    if share in (0, 1):  # of a line, perhaps each other words of it
        return "all marked it" if share else "nobody marked it"
    if 0.35 <= share <= 0.65:
        return "split"
    return "most marked it" if share > 0.5 else "few marked it"


def _lines_html(heat: Heat) -> list[str]:
    table = _line_table(heat)
    if not table:
        return ["<p>Nobody marked a passage.</p>"] if heat.by_reader else []
    rows = (
        (label, f'<span aria-hidden="true">{bar}</span>', told, differ, escape(begins))
        for label, bar, told, differ, begins in table
    )
    return [
        "<h4>Where readers differ, line by line</h4>",
        "<p>Lines as on the worksheet, H is the headline; lines that nobody marked are left out. "
        f"{_NOT_RIGHT}</p>",
        table_html(("line", "share", "marked by", "readers", "begins"), rows, "text-align:left"),
    ]


# --- questions and reasons -------------------------------------------------------------------


def _choices(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return each question with its answers, the most frequent first; the tool's stands apart."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["answer"]:
            whose = "tool: " if row["reader"] == THE_TOOL else ""
            told[row["item"]][whose + same_answer(row["answer"])] += 1
    return [
        (item or "(no question)", ", ".join(f"{answer} {n}" for answer, n in counts.most_common()))
        for item, counts in told.items()
    ]


def _choices_html(rows: Sequence[Row]) -> list[str]:
    items = [f"<li>{escape(item)}: {escape(told)}</li>" for item, told in _choices(rows)]
    return ["<h4>Answers to questions</h4>", f"<ul>{''.join(items)}</ul>"] if items else []


def _reasons(view: AnswersView) -> list[tuple[str, str, str]]:
    """Return where, who and why of each reason: of questions one by one, then along the text."""
    lines = number_lines(view.article)
    rows = [row for row in [*view.rows, *(view.findings or [])] if row["reason"]]
    asked = {row["item"]: at for at, row in enumerate(view.rows[::-1]) if row["answer"]}

    def order(row: Row) -> tuple[int, int, int]:
        number = -asked[row["item"]] if row["answer"] else 1
        field = FIELDS.index(row["field"]) if row["start"] is not None else len(FIELDS)
        return number, field, row["start"] or 0

    found = []
    for row in sorted(rows, key=order):
        where = [f"question {row['item']}"] * bool(row["answer"])
        if row["start"] is not None:
            where.append(name_lines(lines_of(lines, row["field"], row["start"], row["end"])))
        who = row["reader"] + f" ({row['answer']})" * bool(row["answer"])
        found.append((", ".join(where) or "the whole text", who, row["reason"]))
    return found


def _reasons_html(view: AnswersView) -> list[str]:
    reasons = _reasons(view)
    items = [
        f"<li>{where}: <strong>{escape(who)}</strong>: {escape(why)}</li>"
        for where, who, why in ((escape(a), b, c) for a, b, c in reasons[:_MOST_REASONS])
    ]
    more = len(reasons) - _MOST_REASONS
    items += [f"<li>… and {more:,} more reasons</li>"] if more > 0 else []
    parts = ["<h4>Reasons</h4>", f"<ul>{''.join(items)}</ul>"] if items else []
    if view.bad:
        first = Counter(row["problem"] for row in view.bad).most_common(3)
        told = "; ".join(f"{problem} ({n})" for problem, n in first)
        parts.append(f"<p><strong>Left out:</strong> {_entries(view.bad)}: {escape(told)}</p>")
    return parts


def _entries(rows: Sequence[Row]) -> str:
    return f"{len(rows)} entr{'ies' if len(rows) != 1 else 'y'}"
