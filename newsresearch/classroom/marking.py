"""Answers given in a notebook cell: passages of an article, or yes and no."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from newsresearch.articles import FIELDS, Article
from newsresearch.classroom.contents import place
from newsresearch.classroom.passages import Passages
from newsresearch.display import choose_article
from newsresearch.export import guard_text
from newsresearch.files import save_text
from newsresearch.heat import ANSWER_DTYPES, Row, empty_row
from newsresearch.marks import (
    INK,
    NumberedFinding,
    Place,
    cut_paragraphs,
    escape,
    label_marks,
    reveal,
    wrap_html,
)
from newsresearch.tables import pd

__all__ = ["AnswerSheet", "Quotes", "answers_to_csv", "mark_spans"]

Quotes: TypeAlias = "str | Sequence[str | tuple[Any, ...]]"
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = f"background:#ffedb8;color:{INK}"


def mark_spans(
    article: pd.DataFrame | pd.Series[Any] | Article,
    quotes: Quotes = (),
    reader: str = "",
    item: str = "",
    answers: Mapping[str, Any] | None = None,
    article_id: str | None = None,
) -> AnswerSheet:
    """Mark passages of an article, answer questions, or both; shows the text with the marks.

    Copy the words from the text or type them. Curly or straight marks, blanks, dashes and
    capitals need not be right; spelling must be. It sees words, not what you mean by them.

    Parameters
    ----------
    article : Article, row of a table, or Articles table
        Such as ``open_article`` gives.
    quotes : list of str or tuple
        The words of each passage. Long ones as ``"first words … last words"``. Words that stand
        there more than once: ``("the bridge", 2)`` is the second place; without a number it is
        the first. A reason may follow: ``("the bridge", "nobody said which")``. An empty list
        says: read, and nothing to mark.
    reader : str
        Your number or name. ``nr.read_answers`` puts a pseudonym for it.
    item : str
        The question that the marks answer, where there are several.
    answers : dict, optional
        Questions to answers, such as ``{"1": "yes", "2": "no"}``.
    article_id : str, optional
        Which article of a table to take.

    Returns
    -------
    AnswerSheet
        Shows the marked text. ``.rows``: one dict a passage or answer, columns as in
        ``nr.read_answers``; words that are not in the article keep a row with a `problem` and the
        nearest passage. ``.save(path)`` writes them as CSV, name and all.

    Raises
    ------
    ArticleError
        If no single article is chosen.
    ValueError
        If a quote is neither text nor a tuple that begins with text.

    Examples
    --------
    >>> sheet = mark_spans(Article("a", "Rain", "“It poured,” she said."), ['"It poured,"'], "7")
    >>> sheet.rows[0]["quote"], sheet.rows[0]["start"], sheet.rows[0]["end"]
    ('“It poured,”', 0, 12)
    >>> mark_spans(Article("a", "Rain", "It poured."), ["it rained"]).rows[0]["problem"]
    'these words are not in the article; nearest: It poured.'
    """
    chosen = choose_article(article, article_id)
    passages = Passages(chosen)
    same = {"reader": str(reader), "article_id": chosen.article_id}
    rows: list[Row] = []
    notes: list[str] = []
    for words, nth, reason in map(_read_quote, [quotes] if isinstance(quotes, str) else quotes):
        cells, note = _look_up(passages, words, nth)
        rows.append(empty_row(**same, item=str(item), reason=reason, **cells))
        notes.append(note)
    for name, answer in (answers or {}).items():
        rows.append(empty_row(**same, item=str(name), answer=str(answer)))
        notes.append("")
    if not rows:
        rows, notes = [empty_row(**same, item=str(item))], [""]
    return AnswerSheet(chosen, rows, notes)


def _read_quote(given: Any) -> tuple[str, int, str]:
    """Return the words, which of several places is meant (0: not said), and the reason."""
    words, *rest = given if isinstance(given, tuple) and given else (given,)
    numbers = [part for part in rest if isinstance(part, int)]
    if not isinstance(words, str) or len(rest) > 2:
        raise ValueError(
            f"a quote is text, or (text, number, reason); found {type(given).__name__}. "
            'Write ["some words", ("other words", 2)].'
        )
    return words, next(iter(numbers), 0), " ".join(p for p in rest if isinstance(p, str))


def _look_up(passages: Passages, words: str, nth: int) -> tuple[Row, str]:
    """Return the cells that say where some words stand, and a note where they do so more often."""
    found = passages.find(words)
    if not found:
        return {"quote": words, "problem": "".join(passages.not_found(words))}, ""
    if nth > len(found) or nth < 0:
        problem = f"there is no place {nth}: these words stand in the article {len(found)} times"
        return {"quote": words, "problem": problem}, ""
    at = found[max(nth - 1, 0)]
    more = len(found) > 1 and not nth
    note = f"stands there {len(found)} times; the first is marked, (words, 2) is the second"
    return place(passages.article, *at)._asdict(), note if more else ""


@dataclass(frozen=True)
class AnswerSheet:
    """What one reader marked and answered: shown by a notebook, written by ``save``."""

    article: Article
    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the answers as a CSV file that ``nr.read_answers`` reads, whole or not at all.

        The reader's name is written as it was given. A cell that a spreadsheet could take for a
        formula gets an apostrophe, which ``nr.read_answers`` takes off.

        Raises
        ------
        ValueError
            If the path does not end on .csv.
        """
        return save_text(path, answers_to_csv(self.rows), ".csv")

    def _numbered(self) -> list[NumberedFinding]:
        places = [
            (number, Place(row["field"], row["start"], row["end"], row["quote"]))
            for number, row in enumerate(self.rows, start=1)
            if row["start"] is not None
        ]
        return [NumberedFinding(number, "", "none", "", "", (place,)) for number, place in places]

    def _lines(self) -> Iterator[tuple[str, str]]:
        """Yield what to show of each row: the words or the question, and what goes with them."""
        notes = self.notes or [""] * len(self.rows)
        for row, note in zip(self.rows, notes, strict=True):
            item = f"question {row['item']}: " * bool(row["item"])
            if row["answer"]:
                yield f"{item}{row['answer']}", row["problem"]
            elif row["quote"] or row["problem"]:
                rest = (
                    f"not marked: {row['problem']}" if row["problem"] else "",
                    note,
                    row["reason"],
                )
                yield f"{item}“{row['quote']}”", "; ".join(filter(None, rest))
            else:
                yield f"{item}nothing marked", ""

    def _repr_html_(self) -> str:
        return _sheet_html(self.article, self._numbered(), list(self._lines()))

    def __repr__(self) -> str:
        head = reveal(f"{len(self.rows)} answers to {self.article.article_id}")
        lines = [f"{words}" + f" ({rest})" * bool(rest) for words, rest in self._lines()]
        return "\n".join([head, *(f"[{n}] {reveal(line)}" for n, line in enumerate(lines, 1))])


def _sheet_html(
    article: Article, numbered: Sequence[NumberedFinding], lines: Sequence[tuple[str, str]]
) -> str:
    """Return the text with numbered marks, and below it what each number is."""
    parts = []
    for name in FIELDS:
        tag = "h3" if name == "headline" else "p"
        for pieces in cut_paragraphs(article, name, numbered):
            text = "".join(
                (f'<mark style="{_MARK}">{escape(p.text)}</mark>' if p.marks else escape(p.text))
                + (f"<sup>{label_marks(p.closing)}</sup>" if p.closing else "")
                for p in pieces
            )
            parts += [f"<{tag}>{text}</{tag}>"] if text.strip() else []
    items = (
        f"<li>{escape(words)}" + (f"<br><strong>{escape(rest)}</strong>" if rest else "") + "</li>"
        for words, rest in lines
    )
    parts += [f"<h4>Your answers ({len(lines)})</h4>", "<ol>", *items, "</ol>"]
    return wrap_html(parts)


def answers_to_csv(rows: Sequence[Row]) -> str:
    """Return rows of answers as CSV, guarded against formulas; half characters become U+FFFD."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(ANSWER_DTYPES)
    for row in rows:
        cells = (row[name] for name in ANSWER_DTYPES)
        writer.writerow(
            guard_text(_SURROGATE.sub("\ufffd", cell)) if isinstance(cell, str) else cell
            for cell in cells
        )
    return out.getvalue()
