"""What headline support does when one thing in a headline changes, and when none does."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from headline_cases import STORIES

from newsresearch.datasets import load_dataset, load_gold
from newsresearch.support import KINDS, support_headline

CHANGED = [(s.body, headline, kind) for s in STORIES for headline, kind in s.changed]
BORNE_OUT = [(s.body, headline) for s in STORIES for headline in s.borne_out]


def rows(headline: str, body: str) -> list[dict[str, Any]]:
    data = {"article_id": ["a"], "headline": [headline], "body": [body]}
    table = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})
    return [
        {str(k): v for k, v in row.items()} for row in support_headline(table).to_dict("records")
    ]


def best(headline: str, body: str) -> list[dict[str, Any]]:
    """Return for each claim the row of the sentence that decides it: the one that covers most."""
    found = rows(headline, body)
    return [
        max((row for row in found if row["claim"] == claim), key=lambda row: row["coverage"])
        for claim in dict.fromkeys(row["claim"] for row in found)
    ]


def kinds(headline: str, body: str) -> set[str]:
    return {row["mismatch"] for row in best(headline, body)} - {""}


@pytest.mark.parametrize(("body", "headline", "kind"), CHANGED, ids=lambda text: str(text)[:40])
def test_a_changed_headline_is_found_as_changed(body: str, headline: str, kind: str) -> None:
    found = [row for row in rows(headline, body) if row["mismatch"] == kind]
    assert found, best(headline, body)
    row = found[0]
    assert headline[row["told_start"] : row["told_end"]] == row["told_quote"] != ""
    assert body[row["found_start"] : row["found_end"]] == row["found_quote"] != ""
    assert row["start"] <= row["found_start"] < row["found_end"] <= row["end"]
    assert 0.5 <= row["strength"] <= 1


@pytest.mark.parametrize(("body", "headline"), BORNE_OUT, ids=lambda text: str(text)[:40])
def test_a_headline_that_is_borne_out_raises_nothing(body: str, headline: str) -> None:
    assert kinds(headline, body) == set()
    assert all(row["role"] == "supporting" for row in best(headline, body))


def test_no_mismatch_is_told_of_the_clean_bundled_articles() -> None:
    planted = set(load_gold("demo")["article_id"])
    demo = load_dataset("demo")
    found = support_headline(demo[~demo["article_id"].isin(planted)])
    assert found["article_id"].nunique() == 12
    assert found["mismatch"].tolist() == [""] * len(found)


def test_every_kind_but_those_of_missing_words_is_tried() -> None:
    tried = {kind for _, _, kind in CHANGED}
    assert set(KINDS) - tried == {"actor_missing", "action_unsupported"}


@pytest.mark.parametrize(
    ("headline", "kind", "told"),
    [
        ("Baker freed after Tobias Wrenholt confesses", "actor_missing", "Tobias"),
        ("Baker Nora Quill vaccinates prisoners", "action_unsupported", "vaccinates"),
    ],
)
def test_what_the_body_knows_nothing_of_is_told(headline: str, kind: str, told: str) -> None:
    found = [row for row in rows(headline, STORIES[0].body) if row["mismatch"] == kind]
    assert [row["told_quote"] for row in found[:1]] == [told]


SAME = [
    ("Farmers support the dam", "Farmers back dam"),
    ("Farmer supports dam", "Farmers support dams"),
    ("Parliament approves dam", "Dam approved by parliament"),
    ("Grell defeated by Ilse Marrow in vote", "Ilse Marrow defeats Grell in vote"),
    ("Engineers call rock ‘unsafe’", 'Engineers call rock "unsafe"'),
    ("Construction could begin next spring", "Construction may begin next spring"),
    ("Lawmakers approve dam", "Parliament’s members approve dam"),
    (
        "Parliament approves dam by sixty-one votes to 48",
        "Parliament approves dam by 61 votes to 48",
    ),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_other_words_for_one_thing_change_nothing(one: str, two: str) -> None:
    body = STORIES[1].body
    assert kinds(one, body) == kinds(two, body) == set()
    assert [row["quote"] for row in best(one, body)] == [row["quote"] for row in best(two, body)]


TRIED = [(s.body, h) for s in STORIES for h in (*s.borne_out[:2], *(h for h, _ in s.changed[:3]))]


@pytest.mark.parametrize(("body", "headline"), TRIED, ids=lambda text: str(text)[:40])
def test_what_stands_around_the_evidence_changes_nothing(body: str, headline: str) -> None:
    plain = kinds(headline, body)
    share = "Share\n\nSign up for our newsletter\n\n"
    assert kinds(headline, f"{share}{body}\n\nRead more") == plain
    assert kinds(headline, f"{body}\n\nA choir sang carols at the harbour. It snowed.") == plain


@pytest.mark.parametrize(("body", "headline"), TRIED, ids=lambda text: str(text)[:40])
def test_the_order_of_paragraphs_changes_nothing(body: str, headline: str) -> None:
    turned = "\n\n".join(reversed(body.split("\n\n")))
    assert kinds(headline, turned) == kinds(headline, body)


@pytest.mark.parametrize(("body", "headline"), TRIED, ids=lambda text: str(text)[:40])
def test_the_style_of_quotation_marks_changes_nothing(body: str, headline: str) -> None:
    straight = body.replace("“", '"').replace("”", '"').replace("’", "'")
    assert kinds(headline.replace("’", "'"), straight) == kinds(headline, body)


@pytest.mark.parametrize(
    ("headline", "body", "reason"),
    [
        ("", "The judge freed the baker.", "the headline has no words to compare"),
        ("  ", "The judge freed the baker.", "the headline has no words to compare"),
        ("… — ”", "The judge freed the baker.", "the headline has no words to compare"),
        ("He was not there", "He was there.", "the headline has no words to compare"),
        ("Judge frees baker", "", "the body is empty"),
        ("Judge frees baker", " \n ", "the body is empty"),
        ("Judge frees baker", "* * *", "no sentence of the body has words in common"),
        (
            "Judge frees baker",
            "An owl sat on a post.",
            "no sentence of the body has words in common",
        ),
        ("", "", "the body is empty"),
    ],
)
def test_empty_parts_give_a_reason(headline: str, body: str, reason: str) -> None:
    (row,) = rows(headline, body)
    assert row["role"] == "none" and row["quote"] == "" and pd.isna(row["coverage"])
    assert row["reason"].startswith(reason)
