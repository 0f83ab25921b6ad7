"""What the class kit shares: numbered lines, the same for every printer, sheet and answer."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nasty import SHORT

import newsresearch as nr
from newsresearch.articles import FIELDS, Article
from newsresearch.classroom.lines import (
    WIDTH,
    Line,
    lines_of,
    name_lines,
    number_lines,
    read_lines,
)

BODY = (
    "It rained.\nThe mayor, who had said so the day before, was seen with an umbrella and a cake."
)
RAIN = Article("a", " Rain ", BODY, "Share")


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def assert_lines(article: Article) -> list[Line]:
    """Assert that the lines hold every character of an article once, in order."""
    lines = number_lines(article)
    for field in FIELDS:
        text = article.field(field)
        mine = [line for line in lines if line.field == field]
        assert bare("".join(text[ln.start : ln.end] for ln in mine)) == bare(text)
        assert all(a.end <= b.start for a, b in pairwise(mine))
        for line in mine:
            assert line.start < line.end
            assert field == "headline" or line.end - line.start <= WIDTH
            assert not text[line.start].isspace()
            assert not text[line.end - 1].isspace()
    counted = [line.number for line in lines if line.number]
    assert counted == list(range(1, len(counted) + 1))
    return lines


def test_lines_are_counted_in_reading_order() -> None:
    lines = assert_lines(RAIN)
    assert [line.label for line in lines] == ["1", "H", "2", "3", "4"]
    shown = [RAIN.field(line.field)[line.start : line.end] for line in lines]
    assert shown[:3] == ["Share", "Rain", "It rained."]
    assert shown[3].endswith("with an umbrella and a")
    assert [line.opens for line in lines] == [True, True, True, True, False]


@pytest.mark.parametrize("name", ["demo", "tellings"])
def test_every_bundled_article_stands_in_its_lines(name: str) -> None:
    for row in nr.load_dataset(name).to_dict("records"):
        article = Article(row["article_id"], row["headline"], row["body"], row.get("preamble", ""))
        lines = assert_lines(article)
        for line in lines:
            assert lines_of(lines, line.field, line.start, line.end) == [line]


@settings(max_examples=60, deadline=None)
@given(st.text("ab \n\t\r\u2028.…“-", max_size=400), st.text(max_size=90))
def test_no_text_breaks_the_lines(body: str, headline: str) -> None:
    assert_lines(Article("a", headline, body, headline))


@pytest.mark.parametrize("name", SHORT)
def test_nasty_texts_too(name: str) -> None:
    assert_lines(Article("a", SHORT[name], SHORT[name] * 3))


def test_a_span_is_found_in_its_lines() -> None:
    lines = number_lines(RAIN)
    start = BODY.index("umbrella")
    assert [ln.number for ln in lines_of(lines, "body", start, len(BODY))] == [3, 4]
    assert [ln.number for ln in lines_of(lines, "body", 0, 0)] == [2]
    assert [ln.label for ln in lines_of(lines, "headline", 1, 3)] == ["H"]
    assert lines_of(lines, "body", 10, 11) == []  # the break between two paragraphs
    assert name_lines(lines_of(lines, "body", start, len(BODY))) == "lines 3 to 4"
    assert name_lines(lines[:1]) == "line 1"
    assert name_lines(lines[1:2]) == "headline"
    assert name_lines([]) == "no line"


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("3", [3]),
        (" line 3.", [3]),
        ("lines 2-4", [2, 3, 4]),
        ("2–4", [2, 3, 4]),
        ("2 to 4", [2, 3, 4]),
        ("4, 2", [4, 2]),
        ("2 and 4", [2, 4]),
        ("2;3;2", [2, 3]),
        ("H", [0]),
        ("the headline", [0]),
        ("h, 3", [0, 3]),
        ("l. 3", [3]),
    ],
)
def test_lines_are_read_as_people_write_them(answer: str, numbers: list[int]) -> None:
    assert [line.number for line in read_lines(number_lines(RAIN), answer)] == numbers


@pytest.mark.parametrize("answer", ["", "9", "x", "4-2", "3-9", "-", "3 x", "99999999", "-3"])
def test_what_names_no_line_is_refused(answer: str) -> None:
    with pytest.raises(ValueError, match=r"no line .*H and 1 to 4\. Write '7' or '7-9'"):
        read_lines(number_lines(RAIN), answer)
