"""Answers of readers as plain rows, and how many of them marked each word of an article.

No pandas is needed for rows: a page in a browser has none.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from newsresearch.articles import FIELDS, Article
from newsresearch.tables import pd
from newsresearch.text import Span, split_paragraphs, split_words

__all__ = [
    "ANSWER_DTYPES",
    "THE_TOOL",
    "Answers",
    "Heat",
    "Row",
    "Stretch",
    "answer_rows",
    "empty_row",
    "hash_answers",
    "is_missing",
    "list_places",
    "misfit",
    "read_heat",
    "records",
    "rows_of_article",
    "spans_of",
]

# A span answer has a place and no `answer`; a choice has `item` and `answer`, perhaps a place as
# evidence; a row with neither says that its reader read the article and marked nothing.
ANSWER_DTYPES = {
    "reader": "str", "article_id": "str", "item": "str",
    "field": "str", "start": "Int64", "end": "Int64", "quote": "str",
    "answer": "str", "reason": "str", "problem": "str",
}  # fmt: skip
THE_TOOL = "the tool"  # the reader under whose name findings are shown

Row: TypeAlias = dict[str, Any]
Answers: TypeAlias = "pd.DataFrame | Sequence[Mapping[str, Any]]"


def empty_row(**cells: Any) -> Row:
    """Return a row of answers with these cells; the others are empty."""
    return {**dict.fromkeys(ANSWER_DTYPES, ""), "start": None, "end": None, **cells}


def answer_rows(answers: Answers) -> list[Row]:
    """Return answers as rows with every column: text, or a whole number or None for a place.

    Raises
    ------
    ValueError
        If they are no table and no rows, or lack the readers or articles.

    Examples
    --------
    >>> answer_rows([{"reader": "r1", "article_id": "a", "start": 3.0}])[0]["start"]
    3
    """
    found, is_table = records(answers), hasattr(answers, "columns")
    if is_table and not found:
        found = [dict.fromkeys(map(str, answers.columns))]  # type: ignore[union-attr]
    for row in found[:1] if is_table else found:
        missing = [name for name in ("reader", "article_id") if name not in row]
        if missing:
            raise ValueError(
                f"answers need a {missing[0]!r} column; found {list(map(str, row))}. "
                "Pass what nr.read_answers() or nr.mark_spans() returns."
            )
    return [_whole(row) for row in found if not is_table or len(answers)]


def records(rows: Any) -> list[Mapping[str, Any]]:
    """Return a table, an answer sheet, a row or rows as rows; None where a cell is missing."""
    if hasattr(rows, "columns"):
        cells = rows.astype(object)
        return list(cells.where(cells.notna(), None).to_dict("records"))
    found = getattr(rows, "rows", rows)
    return [found] if isinstance(found, Mapping) else list(found)


def _whole(row: Mapping[str, Any]) -> Row:
    return {name: _cell(row.get(name), dtype) for name, dtype in ANSWER_DTYPES.items()}


def _cell(value: Any, dtype: str) -> str | int | None:
    missing = is_missing(value) or value == ""
    if dtype == "Int64":
        return None if missing else int(value)
    return "" if missing else str(value)


def hash_answers(answers: Answers) -> str:
    """Return the SHA-256 of answers, their reasons left out: what a figure was drawn from.

    No figure draws a reason, and a class may not wish to give them away.

    Examples
    --------
    >>> row = {"reader": "r1", "article_id": "a", "reason": "It rained."}
    >>> hash_answers([row]) == hash_answers([{**row, "reason": ""}])
    True
    """
    cells = [
        [row[name] for name in ANSWER_DTYPES if name != "reason"] for row in answer_rows(answers)
    ]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def is_missing(value: Any) -> bool:
    """Tell whether a cell holds nothing: None, NaN, or what tables have for it.

    Examples
    --------
    >>> is_missing(float("nan")), is_missing("")
    (True, False)
    """
    try:
        return value is None or bool(value != value)
    except TypeError:  # pd.NA will not be compared
        return True


def rows_of_article(
    article: Article, answers: Answers, item: str | None = None
) -> tuple[list[Row], list[Row]]:
    """Return the rows of an article, perhaps of one item, that can be counted, and the others."""
    rows = [
        row
        for row in answer_rows(answers)
        if row["article_id"] == article.article_id and item in (None, row["item"])
    ]
    told = [(row, row["problem"] or misfit(article, row)) for row in rows]
    bad = [{**row, "problem": problem} for row, problem in told if problem]
    return [row for row, problem in told if not problem], bad


def misfit(article: Article, row: Row) -> str:
    """Say why the place of an answer is none of this article; "" where all is well."""
    start, end = row["start"], row["end"]
    if start is None and end is None:
        return ""
    if row["field"] not in FIELDS:
        return "the field must be headline or body"
    text = article.field(row["field"])
    if start is None or end is None or not 0 <= start < end <= len(text):
        return f"start and end lie outside the {row['field']}, which has {len(text)} characters"
    if row["quote"] and text[start:end] != row["quote"]:
        return "other words stand at this place; is it another version of the article?"
    return ""


# --- the words of an article and who marked them ---------------------------------------------


class Place(NamedTuple):
    """A word of an article: its field, its span, and its paragraph counted from 0."""

    field: str
    start: int
    end: int
    paragraph: int


def list_places(article: Article) -> list[Place]:
    """Return the words of the headline and the body, in reading order."""
    places = [Place("headline", *span, 0) for span in split_words(article.headline)]
    starts = [span.start for span in split_paragraphs(article.body)]
    body = ((span, bisect_right(starts, span.start)) for span in article.words)
    return places + [Place("body", *span, paragraph) for span, paragraph in body]


class Stretch(NamedTuple):
    """Words in a row, marked by the same number of readers."""

    field: str
    start: int
    end: int
    readers: int
    tool: bool


class Heat(NamedTuple):
    """Who marked which words: numbers of words by reader, and by the tool."""

    article: Article
    places: list[Place]
    by_reader: dict[str, set[int]]
    by_tool: set[int] | None

    @property
    def keys(self) -> list[tuple[bool, int]]:
        """Where each word stands, to be searched: the headline before the body."""
        return [(place.field == "body", place.start) for place in self.places]

    @property
    def counts(self) -> list[int]:
        """How many readers marked each word."""
        counts = [0] * len(self.places)
        for marked in self.by_reader.values():
            for at in marked:
                counts[at] += 1
        return counts

    def stretches(self) -> list[Stretch]:
        """Return the words in a row that as many readers, and the tool alike, have marked."""
        counts, tool = self.counts, self.by_tool or set()

        def look(at: int) -> tuple[str, int, int, bool]:
            place = self.places[at]
            return place.field, place.paragraph, counts[at], at in tool

        found = []
        for (field, _, readers, by_tool), group in groupby(range(len(self.places)), look):
            run = list(group)
            if readers or by_tool:
                span = self.places[run[0]].start, self.places[run[-1]].end
                span = _with_marks(self.article.field(field), *span)
                found.append(Stretch(field, *span, readers, by_tool))
        return found


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the marks around some words, such as '“' and '.”', where a blank lies beyond."""
    before, after = start, end
    while before > 0 and not text[before - 1].isspace() and not text[before - 1].isalnum():
        before -= 1
    while after < len(text) and not text[after].isspace() and not text[after].isalnum():
        after += 1
    opens = before == 0 or text[before - 1].isspace()
    closes = after == len(text) or text[after].isspace()
    return before if opens else start, after if closes else end


def read_heat(article: Article, rows: Iterable[Row], findings: Iterable[Row] | None = None) -> Heat:
    """Return who marked which words; a reader's rows overlap as they like, and count once.

    The tool's findings, or rows whose reader is the tool, are kept apart from the readers.

    Examples
    --------
    >>> article = Article("a", "Rain", "It rained all day.")
    >>> row = empty_row(reader="r1", article_id="a", field="body", start=3, end=9, quote="rained")
    >>> [(found.start, found.end, found.readers) for found in read_heat(article, [row]).stretches()]
    [(3, 9, 1)]
    """
    places = list_places(article)
    of_field = {field: [at for at, p in enumerate(places) if p.field == field] for field in FIELDS}
    by_reader: dict[str, set[int]] = {}
    tool: set[int] | None = None if findings is None else set()
    for row in [*rows, *({**row, "reader": THE_TOOL} for row in findings or ())]:
        marked: list[int] = []
        if row["start"] is not None:
            field = row["field"]
            marked = _marked(article.field(field), places, of_field[field], row)
        if row["reader"] == THE_TOOL:
            tool = (tool or set()) | set(marked)
        else:
            by_reader.setdefault(row["reader"], set()).update(marked)
    return Heat(article, places, by_reader, tool)


def _marked(text: str, places: list[Place], words: list[int], row: Row) -> list[int]:
    """Return the words of its field that a row marks; '”' alone counts for the word it touches."""
    first = bisect_right(words, row["start"], key=lambda at: places[at].end)
    last = bisect_left(words, row["end"], key=lambda at: places[at].start)
    if first < last or not words:
        return words[first:last]
    between = text[places[words[first - 1]].end : row["start"]] if first else " "
    touches = not any(map(str.isspace, between))
    at = first - 1 if touches or first == len(words) else first
    return words[at : at + 1]


def spans_of(rows: Iterable[Row]) -> list[tuple[str, Span]]:
    """Return the different places of some rows, in order."""
    return sorted(
        {(r["field"], Span(r["start"], r["end"])) for r in rows if r["start"] is not None}
    )
