"""Introductions: who is named, how the text says who that is, and the laws of the table."""

from __future__ import annotations

import growth
import nasty
import pandas as pd
import pytest
from hypothesis import given, settings

import newsresearch as nr
from newsresearch.introducing import INTRODUCTION_DTYPES


def table(body: str, headline: str = "") -> pd.DataFrame:
    bodies = pd.Series([body], dtype=object)  # also with half a character
    return pd.DataFrame({"article_id": ["a"], "headline": [headline], "body": bodies})


def rows(body: str, **options: list[str]) -> list[list[object]]:
    found = nr.introductions(table(body), **options)
    return found[["name", "kind", "descriptor", "status"]].values.tolist()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Harbour minister Olga Brandt left.", ("Olga Brandt", "Harbour minister", "introduced")),
        ("Olga Brandt, a baker, left.", ("Olga Brandt", "a baker", "introduced")),
        ("Olga Brandt, 43, left.", ("Olga Brandt", "43", "introduced")),
        ("Olga Brandt (D-Sallow) left.", ("Olga Brandt", "D-Sallow", "introduced")),
        (
            "So said the mayor of Ely, Olga Brandt.",
            ("Olga Brandt", "the mayor of Ely", "introduced"),
        ),
        ("Olga Brandt of the Ely Fund left.", ("Olga Brandt", "of the Ely Fund", "introduced")),
        ("Brandt said no. Mayor Olga Brandt left.", ("Olga Brandt", "Mayor", "late")),
        ("Mr Brandt left.", ("Brandt", "", "never")),
        ("Mr Brandt, a baker, left.", ("Brandt", "Mr", "introduced")),
        ("Dr. Olga B. Brandt left.", ("Olga B. Brandt", "Dr.", "introduced")),
        ("Putin said no.", ("Putin", "", "assumed known")),
        ("Olga Brandt said no. Olga left.", ("Olga Brandt", "", "introduced")),
    ],
)
def test_people_and_what_says_who_they_are(body: str, expected: tuple[str, str, str]) -> None:
    people = [row for row in rows(body) if row[1] == "person"]
    assert [(name, descriptor, status) for name, _, descriptor, status in people] == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The Quarry Review Board (QRB) met. The QRB said no.",
            ("Quarry Review Board", "organisation", "introduced"),
        ),
        (
            "On Monday the QRB met. The Quarry Review Board left early.",
            ("Quarry Review Board", "organisation", "late"),
        ),
        (
            "They met the QRB (Quarry Review Board) on Monday.",
            ("Quarry Review Board", "organisation", "introduced"),
        ),
        ("He joined the QRB on Monday.", ("QRB", "acronym", "never")),
        ("He joined the FBI on Monday.", ("FBI", "acronym", "assumed known")),
        ("He joined the QRB, which runs quarries.", ("QRB", "acronym", "introduced")),
        ("He went to Ely College on Monday.", ("Ely College", "organisation", "introduced")),
    ],
)
def test_organisations_and_acronyms(body: str, expected: tuple[str, str, str]) -> None:
    assert [(name, kind, status) for name, kind, _, status in rows(body)] == [expected]


def test_names_that_the_caller_knows_need_no_introduction() -> None:
    body = "Mr Brandt left. Then Ilse Kessler, a baker, joined the QRB."
    assert [row[3] for row in rows(body)] == ["never", "introduced", "never"]
    known = rows(body, known=["brandt", "Ilse Kessler", "QRB"])
    assert [row[3] for row in known] == ["assumed known"] * 3
    with pytest.raises(ValueError, match="known must be several names; found 'Lee'"):
        nr.introductions(table(body), known="Lee")


def test_spans_are_of_the_stored_body_also_where_it_is_not_smooth() -> None:
    body = "Mr Bran\u00addt said\u200b no.\r\n\r\nIt rained. Mayor Olga Bran\u00addt left the QRB."
    for row in nr.introductions(table(body)).itertuples():
        assert body[row.start : row.end] == row.quote
        if row.bare_quote:
            assert body[row.bare_start : row.bare_end] == row.bare_quote


def test_dtypes_are_fixed_and_rows_do_not_know_of_each_other() -> None:
    demo = nr.load_dataset("demo")
    whole = nr.introductions(demo)
    for found in (whole, nr.introductions(demo.head(0)), nr.introductions(table(""))):
        assert {name: str(dtype) for name, dtype in found.dtypes.items()} == INTRODUCTION_DTYPES
    some = demo["article_id"].iloc[[20, 3]]
    part = nr.introductions(demo.iloc[[20, 3]])
    expected = [whole[whole["article_id"] == name] for name in some]
    assert part.equals(pd.concat(expected, ignore_index=True))


def test_the_table_and_the_checks_say_the_same() -> None:
    demo = nr.load_dataset("demo")
    listed = nr.introductions(demo).query("kind == 'person'")
    found = nr.find_incoherence(demo, ["late_introduction", "never_introduced"])
    status = listed.set_index(["article_id", "bare_start"])["status"]
    expected = {"late_introduction": "late", "never_introduced": "never"}
    assert len(found) >= 6
    for row in found.itertuples():
        assert status[row.article_id, row.start] == expected[row.check]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_any_text_gives_rows_that_quote_it(text: str) -> None:
    for row in nr.introductions(table(text)).itertuples():
        assert text[row.start : row.end] == row.quote
        assert row.status in {"introduced", "late", "never", "assumed known"}


PROGRAM = """
import pandas as pd
import newsresearch as nr
CHECKS = ["late_introduction", "never_introduced", "re_introduction", "acronym_unexpanded"]
def read(text):
    articles = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [text]})
    nr.introductions(articles)
    nr.find_incoherence(articles, CHECKS)
"""


def _many(pattern: str) -> str:
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    names = (a + b + c + d for a in letters for b in letters for c in letters for d in letters)
    pieces = (pattern.format(lower=name.capitalize(), upper=name) for name in names)
    text = "It rained and the sun was in the sky for all of the day. "
    while len(text) < 300_000:
        text += next(pieces)
    return text


def test_work_grows_with_the_text_and_no_faster() -> None:
    texts = {
        "people": _many("Mr {lower} said no. "),
        "one sentence": _many("and Mr {lower} said no of it "),
        "full": _many("Mr {lower} said no, and Ann {lower}, a baker, left, "),
        "acronyms": _many("so the {upper} said no of it and "),
        "commas": "Mayor Ann Lee, " * 20_000,
        "brackets": "Ann Lee (" * 30_000,
        "titles": "the former " * 20_000 + "mayor Ann Lee left.",
        "capitals": "Ely Of And " * 20_000,
    }
    growth.check_growth(PROGRAM, texts, 90)
