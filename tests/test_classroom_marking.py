"""Marking in a cell, and looking up what a reader typed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from allowed import KEPT, KEPT_ATTRIBUTES, KEPT_STYLES
from markup import PAYLOADS, elements, fragment, squeeze

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.marking import mark_spans
from newsresearch.classroom.passages import Passages
from newsresearch.marks import reveal

RAIN = Article(
    "a",
    "Rain floods the town",
    "“It  isn’t over,” the mayor said on Monday.\n\nThe bridge closed. The bridge – old and\u00ad "
    "wet – will open… someday, he told us.",
)


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ('"it isn\'t over,"', "“It  isn’t over,”"),
        ("It isn’t over", "It  isn’t over"),
        ("“The bridge closed.”", "The bridge closed."),
        ("the bridge - old and wet", "The bridge – old and\u00ad wet"),
        ("will open... someday", "will open… someday"),
        ("mayor said … bridge closed", "mayor said on Monday.\n\nThe bridge closed"),
        ("…said on Monday…", "said on Monday"),
        ("  RAIN FLOODS ", "Rain floods"),
        ("Monday. The bridge", "Monday.\n\nThe bridge"),
        ("onda", "onda"),
    ],
)
def test_blanks_marks_and_case_are_forgiven(typed: str, stands: str) -> None:
    [row] = mark_spans(RAIN, [typed], "7", "q").rows
    assert row["quote"] == stands == RAIN.field(row["field"])[row["start"] : row["end"]]
    assert (row["reader"], row["article_id"], row["item"], row["problem"]) == ("7", "a", "q", "")


def test_whole_words_go_before_pieces_of_words() -> None:
    article = Article("a", "", "The others say so. Her view differs.")
    assert Passages(article).find("her")[0].start == article.body.index("Her")
    assert [p.start for p in Passages(article).find("the")] == [0]


def test_of_several_places_the_first_is_taken_unless_a_number_says_which() -> None:
    sheet = mark_spans(RAIN, ["The bridge", ("The bridge", 2, "which?"), ("The bridge", 3)])
    first, second, third = sheet.rows
    assert first["start"] == RAIN.body.index("The bridge") < second["start"]
    assert second["reason"] == "which?"
    assert (third["start"], third["problem"]) == (
        None, "there is no place 3: these words stand in the article 2 times",
    )  # fmt: skip
    assert "the first is marked" in repr(sheet).splitlines()[1]
    assert mark_spans(RAIN, [("The bridge", "why")]).rows[0]["reason"] == "why"


def test_words_that_are_not_there_keep_a_row_with_the_nearest_passage() -> None:
    rows = mark_spans(RAIN, ["the bridge was closed", "no such thing", ""]).rows
    assert [row["problem"] for row in rows] == [
        "these words are not in the article; nearest: The bridge closed.",
        "these words are not in the article; nothing in it comes near",
        "the quote is empty",
    ]
    assert all(row["start"] is None and row["field"] == "" for row in rows)


def test_answers_and_empty_sheets() -> None:
    sheet = mark_spans(RAIN, reader="7", answers={"1": "yes", "2": 3})
    assert [(r["item"], r["answer"], r["quote"]) for r in sheet.rows] == [
        ("1", "yes", ""), ("2", "3", ""),
    ]  # fmt: skip
    [nothing] = mark_spans(RAIN, [], "7").rows
    assert (nothing["quote"], nothing["answer"], nothing["start"]) == ("", "", None)
    assert mark_spans(RAIN, "The bridge").rows[0]["quote"] == "The bridge"


def test_wrong_arguments_say_what_to_write() -> None:
    with pytest.raises(ValueError, match=r"a quote is text, or .* found int"):
        mark_spans(RAIN, [3])
    with pytest.raises(ValueError, match="a quote is text"):
        mark_spans(RAIN, [(2, "The bridge")])
    with pytest.raises(ArticleError):
        mark_spans([1, 2], ["x"])
    with pytest.raises(ValueError, match=r"ends on \.csv; found '\.xlsx'"):
        mark_spans(RAIN).save("marks.xlsx")


def test_a_sheet_is_saved_guarded_against_formulas(tmp_path: Path) -> None:
    quotes = [("The bridge", "=cmd|' /C calc'!A0"), "\ud800 lone", "+1"]
    path = mark_spans(RAIN, quotes, "@Ann", answers={"-1": "=2+2"}).save(tmp_path / "x" / "m.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["reader"] for row in rows] == ["'@Ann"] * 4
    assert rows[0]["reason"] == "'=cmd|' /C calc'!A0"
    assert rows[1]["quote"] == "\ufffd lone"
    assert (rows[3]["item"], rows[3]["answer"]) == ("'-1", "'=2+2")
    assert [p.name for p in path.parent.iterdir()] == ["m.csv"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_anybody_wrote_becomes_markup(payload: str) -> None:
    article = Article(payload, payload, f"It rained. {payload} She left.")
    sheet = mark_spans(
        article, [(payload, payload), "It rained", "zz"], payload, payload, {payload: payload}
    )
    tree = fragment(sheet._repr_html_())
    for name, attributes, _ in elements(tree):
        assert name in KEPT
        assert set(attributes) <= KEPT_ATTRIBUTES
        for declaration in filter(None, attributes.get("style", "").split(";")):
            key, value = declaration.split(":")
            assert key in KEPT_STYLES, value
    text = squeeze("".join(tree.itertext()))
    assert squeeze(reveal(payload)) in text
    assert repr(sheet)
