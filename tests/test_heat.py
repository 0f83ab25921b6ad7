"""Who marked which words: rows of any kind in, words counted once a reader."""

from __future__ import annotations

import pandas as pd
import pytest

from newsresearch.articles import Article
from newsresearch.heat import (
    THE_TOOL,
    answer_rows,
    empty_row,
    list_places,
    misfit,
    read_heat,
    records,
    rows_of_article,
)

RAIN = Article("a", "Rain floods town", "“It rained,” she said.\n\nThe bridge closed. It rained.")


def mark(words: str, reader: str = "r1", **cells: object) -> dict[str, object]:
    start = RAIN.body.index(words)
    place = {"field": "body", "start": start, "end": start + len(words), "quote": words}
    return empty_row(**{"reader": reader, "article_id": "a", **place, **cells})


def test_a_reader_counts_once_where_marks_overlap() -> None:
    rows = [mark("bridge closed"), mark("The bridge"), mark("bridge", "r2")]
    heat = read_heat(RAIN, rows)
    shown = [(RAIN.body[s.start : s.end], s.readers) for s in heat.stretches()]
    assert shown == [("The", 1), ("bridge", 2), ("closed.", 1)]


def test_marks_around_words_are_taken_in_and_paragraphs_part_stretches() -> None:
    heat = read_heat(RAIN, [mark("It rained,” she said.\n\nThe")])
    shown = [RAIN.body[s.start : s.end] for s in heat.stretches()]
    assert shown == ["“It rained,” she said.", "The"]


def test_a_word_that_is_marked_in_part_is_marked() -> None:
    heat = read_heat(RAIN, [mark("idge clo")])
    assert [RAIN.body[s.start : s.end] for s in heat.stretches()] == ["bridge closed."]


def test_the_tool_is_no_reader() -> None:
    heat = read_heat(RAIN, [mark("bridge"), mark("The bridge", THE_TOOL)], [mark("closed")])
    assert list(heat.by_reader) == ["r1"]
    assert [(s.readers, s.tool) for s in heat.stretches()] == [(0, True), (1, True), (0, True)]
    assert read_heat(RAIN, []).by_tool is None
    assert read_heat(RAIN, [], []).by_tool == set()


def test_who_marked_nothing_is_a_reader_all_the_same() -> None:
    assert read_heat(RAIN, [empty_row(reader="r9", article_id="a")]).by_reader == {"r9": set()}


def test_words_of_headline_and_body_are_in_reading_order() -> None:
    places = list_places(RAIN)
    assert [p.field for p in places] == ["headline"] * 3 + ["body"] * 9
    assert [p.paragraph for p in places[3:]] == [1] * 4 + [2] * 5


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({}, ""),
        ({"quote": ""}, ""),
        ({"field": "title"}, "the field must be"),
        ({"end": 9999}, "lie outside the body"),
        ({"start": -1}, "lie outside the body"),
        ({"start": 20, "end": 20}, "lie outside the body"),
        ({"start": None}, "lie outside the body"),
        ({"quote": "other"}, "another version"),
    ],
)
def test_a_place_outside_is_told(cells: dict[str, object], problem: str) -> None:
    row = mark("The bridge", **cells)
    assert misfit(RAIN, row).count(problem) == 1 or misfit(RAIN, row) == problem
    good, bad = rows_of_article(RAIN, [row])
    assert (len(good), len(bad)) == ((0, 1) if problem else (1, 0))
    assert all(row["problem"] for row in bad)


def test_tables_and_rows_give_the_same() -> None:
    rows = [mark("bridge"), empty_row(reader="r2", article_id="a", item="1", answer="yes")]
    assert answer_rows(pd.DataFrame(rows)) == answer_rows(rows) == rows
    assert answer_rows(pd.DataFrame(rows).iloc[:0]) == []
    assert records(rows[0]) == [rows[0]]
    assert (
        answer_rows([{"reader": "r", "article_id": "a", "start": float("nan")}])[0]["start"] is None
    )


@pytest.mark.parametrize("given", [[{"reader": "r"}], pd.DataFrame({"article_id": ["a"]})])
def test_answers_without_their_columns_are_refused(given: object) -> None:
    with pytest.raises(ValueError, match=r"answers need a '\w+' column; found \["):
        answer_rows(given)


def test_rows_of_another_article_or_item_are_left_out() -> None:
    rows = [mark("bridge", article_id="b"), mark("bridge", item="2"), mark("closed", item="1")]
    assert [row["quote"] for row in rows_of_article(RAIN, rows, "1")[0]] == ["closed"]
    assert len(rows_of_article(RAIN, rows)[0]) == 2


@pytest.mark.parametrize(
    ("start", "word"), [(0, "She"), (7, "left"), (12, "left"), (13, "left"), (15, "he"), (18, "he")]
)
def test_a_mark_without_a_word_counts_for_the_word_that_it_touches(start: int, word: str) -> None:
    article = Article("a", "Rain", "“She’s “left.” (he)")
    body = article.body
    row = empty_row(reader="r1", article_id="a", field="body", start=start, end=start + 1)
    heat = read_heat(article, [row], [row])
    (found,) = heat.by_reader["r1"]
    assert heat.by_tool == {found}
    assert body[heat.places[found].start : heat.places[found].end].startswith(word)


def test_no_words_no_marks() -> None:
    article = Article("a", "", "… !")
    row = empty_row(reader="r1", article_id="a", field="body", start=0, end=1)
    assert read_heat(article, [row]).by_reader == {"r1": set()}
