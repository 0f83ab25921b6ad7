"""Stance: what a body does to its headline, by the rules that are documented."""

from __future__ import annotations

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from newsresearch.stance import MEASURES, STANCES, label_stance

OWL = "Owl stole the cake"


def table(headline: str, *bodies: str) -> pd.DataFrame:
    ids = [f"a{at}" for at in range(len(bodies))]
    data = {"article_id": ids, "headline": [headline] * len(ids), "body": list(bodies)}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})


@pytest.mark.parametrize(
    ("headline", "body", "stance"),
    [
        (OWL, "An owl stole the cake on Monday.", "agree"),
        (OWL, "It rained. On Monday the cake was stolen: an owl stole it.", "agree"),
        (OWL, "The tale that an owl stole the cake is a hoax.", "disagree"),
        (OWL, "An owl stole the cake, wrote a blog. The tale has been debunked.", "disagree"),
        ("Tale of owl and cake is a hoax", "The tale of the owl and the cake is a hoax.", "agree"),
        ("Tale of owl and cake is a hoax", "The tale of the owl and the cake holds.", "disagree"),
        ("Council backs dam", "The council will not back the dam.", "disagree"),
        (OWL, "The owl, police say, reportedly stole a cake.", "discuss"),
        ("Did an owl steal the cake?", "An owl did steal the cake.", "discuss"),
        ("Owl may steal the cake", "An owl did steal the cake.", "discuss"),
        (OWL, "The bridge reopens in May after a long row.", "unrelated"),
        (OWL, "* * *", "unrelated"),
    ],
)
def test_labels_follow_the_rules(headline: str, body: str, stance: str) -> None:
    assert label_stance(table(headline, body)).loc[0, "stance"] == stance


@pytest.mark.parametrize("headline", ["", "  ", "…", "He was not there"])
def test_a_headline_without_content_words_has_no_label(headline: str) -> None:
    row = label_stance(table(headline, "An owl stole the cake.")).iloc[0]
    assert row[[measure.column for measure in MEASURES]].isna().all()


def test_shares_are_of_the_words_of_the_headline() -> None:
    row = label_stance(table(OWL, "The owl ate. A cake was gone.")).iloc[0]
    assert 0.5 < row["headline_coverage"] < 1  # two of three words, rare ones counting more
    assert 0.25 < row["headline_support"] < row["headline_coverage"]


def test_bad_rows_have_a_reason_and_change_no_other() -> None:
    good = "An owl stole the cake."
    labelled = label_stance(table(OWL, good, "", "\udfff", "слово " * 30, good))
    assert labelled["error"].astype(bool).tolist() == [False, True, True, True, False]
    assert labelled["stance"].isna().tolist() == [False, True, True, True, False]
    assert_frame_equal(
        labelled.iloc[[0, 4]].reset_index(drop=True),
        label_stance(table(OWL, good, "An owl.", "An owl.", "An owl.", good))
        .iloc[[0, 4]]
        .reset_index(drop=True),
    )


def test_no_articles_give_the_same_columns_and_dtypes() -> None:
    empty = label_stance(table(OWL))
    assert empty.empty
    full = label_stance(table(OWL, "An owl."))
    added = [*(measure.column for measure in MEASURES), "error"]
    assert empty[added].dtypes.to_dict() == full[added].dtypes.to_dict()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("’", "'"),
        (" ", "\xa0"),
        (" ", "  "),
        ("\n", "\r\n"),
        ("ow", "o\u200bw"),
        ("ak", "a\xadk"),
        ("é", "e\u0301"),
        ("An", "\ufeffAn"),
    ],
)
def test_what_a_reader_does_not_see_changes_no_label(old: str, new: str) -> None:
    headline = "Owl’s theft of café cake denied"
    bodies = [
        "An owl’s theft of the café cake:\n\nAn owl did it.",
        "Owl’s café theft\n\nis a hoax.",
    ]
    plain, changed = (
        label_stance(table(change(headline), *map(change, bodies)))
        for change in (lambda text: text, lambda text: text.replace(old, new))
    )
    columns = [measure.column for measure in MEASURES]
    assert_frame_equal(plain[columns], changed[columns])


@settings(max_examples=120, deadline=None, derandomize=True)
@given(headline=nasty.ANY_TEXT, body=nasty.ANY_TEXT)
def test_any_text_has_a_label_a_reason_or_nothing_to_compare(headline: str, body: str) -> None:
    row = label_stance(table(headline, body)).iloc[0]
    if row["error"] or pd.isna(row["stance"]):
        assert pd.isna(row["headline_coverage"])
    else:
        assert row["stance"] in STANCES
        assert 0 <= row["headline_support"] <= 1
        assert 0 <= row["headline_coverage"] <= 1


def test_a_body_that_does_the_opposite_disagrees() -> None:
    rejected = "The council rejected the wind farm."
    for body in (rejected, f"{rejected} It was late."):
        assert label_stance(table("Council backs wind farm", body)).loc[0, "stance"] == "disagree"
    approved = label_stance(table("Council backs wind farm", "The council backed the wind farm."))
    assert approved.loc[0, "stance"] == "agree"
