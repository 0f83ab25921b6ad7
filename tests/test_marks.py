"""Escaping, numbering and cutting: exact marks, no live markup, readable without colour."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import PAYLOADS, finding, fragment, table, visible

from newsresearch.articles import Article, ArticleError
from newsresearch.incoherence import list_checks
from newsresearch.marks import (
    GROUPS,
    INK,
    NumberedFinding,
    cut_paragraphs,
    escape,
    label_marks,
    mark_html,
    number_findings,
    reveal,
)


def numbered(body: str, *rows: dict[str, Any]) -> list[NumberedFinding]:
    return number_findings(Article("a1", "Headline", body), table(*rows))


# --- escaping --------------------------------------------------------------------------------


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("payload", PAYLOADS)
def test_escaped_payloads_stay_text(payload: str) -> None:
    tree = fragment(mark_html(escape(payload), "cohesion", payload))
    assert len(tree) == 1
    assert set(tree[0].attrib) <= {"title", "style"}
    assert visible(tree).split() == reveal(payload).split()


def test_escape_once() -> None:
    assert escape("&lt; \"'") == "&amp;lt; &quot;&#x27;"


def test_reveal_shows_what_hides() -> None:
    assert reveal("a\x00\u202e\ud800\ufeffb") == "aU+0000U+202EU+D800U+FEFFb"
    assert reveal("a\r\nb\x85c\td") == "a\nb\nc\td"
    assert reveal("naïve “quotes” 👩‍🚀") == "naïve “quotes” 👩‍🚀"


# --- numbering -------------------------------------------------------------------------------


def test_findings_are_numbered_as_they_stand_in_the_text() -> None:
    rows = [
        finding("Some text.", 5, 9, check="name_variant", confidence="hint"),
        finding("Headline", 0, 8, field="headline", check="tone_gap"),
        finding("Some text.", 0, 4),
    ]
    found = numbered("Some text.", *rows)
    assert [(each.number, each.check, each.group) for each in found] == [
        (1, "Tone gap", "relevance"),
        (2, "Repeated word", "cohesion"),
        (3, "Name variant", "consistency"),
    ]
    assert found[2].confidence == "only a hint"


def test_every_group_of_the_checks_can_be_shown() -> None:
    assert set(list_checks()["group"]) == set(GROUPS)
    failed = finding("", 0, 0, check="not_checked")
    assert {each.group for each in numbered("b", failed, failed | {"check": "mine"})} == {"none"}


def test_findings_of_another_text_are_refused() -> None:
    row = finding("Other text", 0, 5)
    with pytest.raises(ArticleError, match="'Other' at 0-5 of the body of article 'a1'"):
        numbered("Some text", row)
    with pytest.raises(ArticleError, match="something else"):
        numbered("Some text", finding("Some text", -4, 9))
    with pytest.raises(ArticleError, match="no text field ''"):
        numbered("Some text", row | {"field": ""})
    assert not numbered("Some text", row | {"article_id": "a2"})


def test_findings_need_their_columns() -> None:
    with pytest.raises(ValueError, match="findings need a 'reason' column"):
        number_findings(Article("a1", "h", "b"), table().drop(columns="reason"))


def test_findings_survive_a_csv_file(tmp_path: Any) -> None:
    body = "Ann Roe left. Roe was tired."
    other = {"other_field": "body", "other_start": 0, "other_end": 7, "other_quote": "Ann Roe"}
    found = table(finding(body, 14, 17, **other), finding(body, 0, 3))
    found.to_csv(tmp_path / "findings.csv", index=False)
    article = Article("a1", "h", body)
    again = pd.read_csv(tmp_path / "findings.csv")
    assert number_findings(article, again) == number_findings(article, found)


# --- cutting ---------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_passages_of_any_text_are_cut_exactly(data: st.DataObject) -> None:
    body = data.draw(st.text("ab <&\"'.\n«»$\u202e\x00", min_size=1, max_size=40))
    place = st.integers(0, len(body))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    found = numbered(body, *(finding(body, start, end) for start, end in spans))
    paragraphs = cut_paragraphs(Article("a1", "h", body), "body", found)
    pieces = [piece for paragraph in paragraphs for piece in paragraph]
    assert "".join(piece.text for piece in pieces) == body
    for each in found:
        its = [piece for piece in pieces if each in [mark.finding for mark in piece.marks]]
        assert "".join(piece.text for piece in its) == each.places[0].quote
        assert sum(each in [mark.finding for mark in piece.opening] for piece in its) == bool(its)
        assert sum(each in [mark.finding for mark in piece.closing] for piece in its) == bool(its)


def test_marks_that_end_together_share_a_label() -> None:
    body = "Ann Roe left."
    other = {"other_field": "body", "other_start": 0, "other_end": 7, "other_quote": "Ann Roe"}
    rows = [finding(body, 0, 7), finding(body, 4, 7), finding(body, 8, 12, **other)]
    pieces = cut_paragraphs(Article("a1", "h", body), "body", numbered(body, *rows))[0]
    assert [label_marks(piece.closing) for piece in pieces] == ["", "[1, 2; see 3]", "", "[3]", ""]


# --- colours ---------------------------------------------------------------------------------


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_marks_can_be_read_and_told_apart_in_grey() -> None:
    for group in GROUPS.values():
        assert contrast(group.background, INK) >= 7
    for one, other in combinations(("cohesion", "consistency", "relevance"), 2):
        assert contrast(GROUPS[one].background, GROUPS[other].background) >= 1.25
