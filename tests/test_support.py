"""The headline against its body: the best sentence for it, the best against it, and why."""

from __future__ import annotations

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from newsresearch.articles import Article
from newsresearch.support import SUPPORT_DTYPES, support_headline, weigh_headline

HEADLINE = "Council backs wind farm"


def table(headline: str, *bodies: str) -> pd.DataFrame:
    ids = [f"a{at}" for at in range(len(bodies))]
    data = {"article_id": ids, "headline": [headline] * len(ids), "body": list(bodies)}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})


@pytest.mark.parametrize(
    ("body", "role", "quote", "coverage"),
    [
        ("It rained. The council backed the wind farm.", "supporting", "The council b", 1.0),
        ("It rained. The council supported a farm.", "supporting", "The council s", 0.75),
        ("It rained. Councillors gave the farm a lift.", "supporting", "Councillors g", 0.5),
        ("It rained. The council rejected the wind farm.", "opposing", "The council r", 0.75),
        ("It rained. The council will not back the wind farm.", "opposing", "The council w", 1.0),
        ("It rained. The council refused to back the farm.", "opposing", "The council r", 0.75),
    ],
)
def test_the_nearest_sentence_is_shown_in_its_role(
    body: str, role: str, quote: str, coverage: float
) -> None:
    (row,) = support_headline(table(HEADLINE, body)).itertuples()
    assert (row.role, row.quote[: len(quote)], row.coverage) == (role, quote, coverage)
    assert body[row.start : row.end] == row.quote


def test_both_sides_are_shown_where_there_are_two() -> None:
    body = "The council backed the wind farm in May. The council then rejected the wind farm."
    found = support_headline(table(HEADLINE, body)).set_index("role")
    assert found.loc["supporting", "start"] == 0
    assert found.loc["opposing", "quote"] == "The council then rejected the wind farm."
    assert "‘rejected’ is an opposite of ‘backs’" in found.loc["opposing", "reason"]
    assert found["missing"].tolist() == ["", "backs"]


@pytest.mark.parametrize(
    ("body", "hedged"),
    [
        ("The council may back the wind farm.", True),
        ("Reportedly, the council backs the wind farm.", True),
        ("The council backs the wind farm, which may be loud.", False),
        ("The council backs the wind farm.", False),
    ],
)
def test_a_hedge_before_the_claim_is_told_and_one_after_it_is_not(body: str, hedged: bool) -> None:
    (row,) = support_headline(table(HEADLINE, body)).itertuples()
    assert row.hedged is hedged
    assert ("hedged with" in row.reason) is hedged


@pytest.mark.parametrize(
    "body",
    [
        "A minor committee backed the wind farm.",  # 'nor' is no word of it
        "The council backed not only the wind farm but a dam.",
        "The council did not only back the wind farm.",
    ],
)
def test_what_only_looks_like_a_negation_turns_nothing_round(body: str) -> None:
    assert weigh_headline(Article("a", HEADLINE, body)).supporting is not None


def test_a_negated_headline_is_borne_out_by_a_negated_sentence() -> None:
    found = support_headline(table("Council does not back wind farm", "It will not back the farm."))
    assert found["role"].tolist() == ["supporting"]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("", "The council backed the farm."),
        ("… — ”", "The council backed the farm."),
        ("He was not there", "He was there."),
        (HEADLINE, "An owl sat on a post."),
        (HEADLINE, "* * *"),
    ],
)
def test_nothing_shared_gives_no_row(headline: str, body: str) -> None:
    assert support_headline(table(headline, body)).empty


def test_articles_that_cannot_be_scored_have_no_row_and_cost_no_other() -> None:
    good = "The council backed the wind farm."
    mixed = table(HEADLINE, good, "", "\ud800", "слово " * 30, good)
    found = support_headline(mixed)
    assert found["article_id"].tolist() == ["a0", "a4"]
    alone = support_headline(mixed.iloc[[4]])
    assert_frame_equal(found.iloc[[1]].reset_index(drop=True), alone)


@pytest.mark.parametrize("bodies", [[], ["An owl."]])
def test_dtypes_hold_without_rows(bodies: list[str]) -> None:
    found = support_headline(table(HEADLINE, *bodies))
    assert found.dtypes.astype(str).to_dict() == SUPPORT_DTYPES


def test_the_text_is_quoted_as_stored() -> None:
    body = "It rained.  The coun\xadcil\xa0backed  the\u200b wind farm."
    (row,) = support_headline(table("Coun\xadcil backs wind\xa0farm", body)).itertuples()
    assert row.quote == body[12:]
    assert row.coverage == 1.0


@pytest.mark.parametrize(
    ("headline", "body", "opposes"),
    [
        ("Mayor to open bridge", "The mayor shut the bridge.", "shut"),
        ("Court frees rebel chief", "The court jailed the rebel chief.", "jailed"),
        ("Firm hires clerk", "The firm sacked its clerk.", "sacked"),
    ],
)
def test_opposites_of_the_action_are_named(headline: str, body: str, opposes: str) -> None:
    against = weigh_headline(Article("a", headline, body)).opposing
    assert against is not None
    assert against.opposes == opposes


@settings(max_examples=120, deadline=None, derandomize=True)
@given(headline=nasty.ANY_TEXT, body=nasty.ANY_TEXT)
def test_support_keeps_its_laws_on_any_text(headline: str, body: str) -> None:
    found = support_headline(table(headline, body))
    assert found["role"].is_unique
    assert set(found["role"]) <= {"supporting", "opposing"}
    for row in found.itertuples():
        assert 0 <= row.start < row.end <= len(body)
        assert body[row.start : row.end] == row.quote
        assert 0 < row.coverage <= 1
        assert row.reason.startswith("holds ")


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_weighed_on_either_side(name: str) -> None:
    text = nasty.long_text(name, 8_000)
    body = f"{text}\n\nMayor Quell opened the Brimhaven dam."
    found = weigh_headline(Article("a", "Quell opens Brimhaven dam", body))
    assert found.supporting is not None
    assert body[found.supporting.span.start :].strip().startswith("Mayor Quell")
    turned = weigh_headline(Article("a", f"Quell {text}", "Mayor Quell opened the dam."))
    assert 0 < turned.coverage <= 1
