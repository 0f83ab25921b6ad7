"""Stance: what a body does to its headline, told with probabilities; other models; bad rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import nasty
import numpy as np
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


COUNCIL = (
    "The town council backed the wind farm on Coldharbour Hill on Monday by nine votes to four. "
    "The eight turbines will stand two kilometres from the nearest house. "
    "Work on the access road begins in May. "
    "Some residents had asked for fewer turbines. "
    "The farm will power 6,000 homes, the developer’s plan says."
)
HOAX = (
    "A photograph of an owl on a wedding cake has been shared by thousands of people this week. "
    "The story that an owl stole the cake is a hoax. "
    "The baker, Ines Varga, made the picture with two photographs, and she apologised on Friday. "
    "“There was no owl and nothing was stolen,” she told the Saltmere Echo. "
    "The hotel confirmed that the cake had been served to the guests, and the fake was deleted."
)
REPORTED = (
    "An owl may have stolen a wedding cake, according to a report in a local newspaper. "
    "The report, which could not be verified, says that the owl reportedly came through a window. "
    "Police said they were looking into the claim. "
    "The hotel did not answer questions about the alleged theft."
)
BUSES = "The city bought twelve buses. They run on hydrogen. The first one left the depot at dawn."


def judge(headline: str, body: str) -> pd.Series:
    return label_stance(table(headline, body)).iloc[0]


@pytest.mark.parametrize(
    ("headline", "body", "stance"),
    [
        ("Council backs wind farm on hill", COUNCIL, "agree"),
        ("Wind farm wins approval from town council", COUNCIL, "agree"),
        ("Council rejects wind farm on hill", COUNCIL, "disagree"),
        ("Council does not back wind farm on hill", COUNCIL, "disagree"),
        (OWL, HOAX, "disagree"),
        ("Story of owl that stole the cake is a hoax", HOAX, "agree"),
        (OWL, REPORTED, "discuss"),
        (OWL, BUSES, "unrelated"),
        (OWL, "* * *", "unrelated"),
    ],
)
def test_each_stance_is_told(headline: str, body: str, stance: str) -> None:
    assert judge(headline, body)["stance"] == stance


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Farm to power 6,000 homes", "Farm to power 9,000 homes"),
        ("Council backs wind farm by nine votes", "Council backs wind farm by six votes"),
        ("Work on access road begins in May", "Work on access road begins in August"),
        ("Council backs wind farm on Monday", "Council backs wind farm on Friday"),
        ("Council backs wind farm", "Council blocks wind farm"),
        ("Council backed the wind farm", "Council never backed the wind farm"),
    ],
)
def test_what_the_body_says_otherwise_is_likelier_contradicted(true: str, false: str) -> None:
    borne_out, contradicted = judge(true, COUNCIL), judge(false, COUNCIL)
    assert contradicted["p_contradicted"] > borne_out["p_contradicted"] + 0.2
    assert contradicted["p_disagree"] > borne_out["p_disagree"]
    assert contradicted["p_agree"] < borne_out["p_agree"]


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace("’", "'"),
        lambda body: body.replace(". Work", ".\n\nWork"),
        lambda body: "The sun shone over the bay all day. ".join([body, ""]),
    ],
    ids=["straight marks", "a paragraph more", "a sentence far from the evidence"],
)
def test_what_changes_nothing_for_a_reader_changes_no_label(
    change: Callable[[str], str],
) -> None:
    for headline in ("Council backs wind farm on hill", "Council rejects wind farm on hill"):
        plain, changed = judge(headline, COUNCIL), judge(headline, change(COUNCIL))
        assert plain["stance"] == changed["stance"]
        assert abs(plain["p_disagree"] - changed["p_disagree"]) < 0.15


def test_probabilities_add_up_and_the_evidence_is_quoted_from_the_body() -> None:
    labelled = label_stance(table("Council backs wind farm on hill", COUNCIL, HOAX, BUSES, "—"))
    shares = labelled[[f"p_{stance}" for stance in STANCES]].to_numpy(dtype=float)
    assert np.allclose(shares.sum(axis=1), 1.0)
    assert ((shares >= 0) & (shares <= 1)).all()
    first = labelled.iloc[0]
    assert COUNCIL[first["evidence_start"] : first["evidence_end"]].startswith("The town council")
    assert labelled.iloc[3][["evidence_start", "evidence_end"]].isna().all()


# --- other models -------------------------------------------------------------------------------


def test_a_function_of_ones_own_is_asked_with_pairs_and_its_answer_kept() -> None:
    asked: list[tuple[str, str]] = []

    def toy(pairs: Sequence[tuple[str, str]]) -> list[list[float]]:
        asked.extend(pairs)
        return [[0.1, 0.7, 0.2, 0.0] if "hoax" in body else [1, 0, 0, 0] for _, body in pairs]

    labelled = label_stance(table(OWL, HOAX, "", BUSES), model=toy)
    assert asked == [(OWL, HOAX), (OWL, BUSES)]
    assert labelled["stance"].tolist()[::2] == ["disagree", "agree"]
    assert labelled.loc[0, ["p_agree", "p_disagree", "p_discuss"]].tolist() == [0.1, 0.7, 0.2]
    assert labelled["p_contradicted"].isna().all()
    assert pd.isna(labelled.loc[1, "stance"])
    assert labelled.loc[1, "error"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ([[1.0, 0.0, 0.0]], "shape (1, 3)"),
        ([[0.5, 0.9, 0.0, 0.0]], "sum 1"),
        ([[-0.5, 1.5, 0.0, 0.0]], "from 0 to 1"),
        ([[float("nan")] * 4], "from 0 to 1"),
    ],
)
def test_an_answer_that_is_no_probabilities_is_told(answer: list[list[float]], told: str) -> None:
    row = label_stance(table(OWL, HOAX), model=lambda pairs: answer).iloc[0]
    assert told in row["error"]
    assert pd.isna(row["stance"])


def test_a_model_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose 'lexical', 'encoder'"):
        label_stance(table(OWL, HOAX), model="oracle")


# --- rows without a label -----------------------------------------------------------------------


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
    # Places move with every character that is added.
    columns = [measure.column for measure in MEASURES if measure.unit != "code points"]
    assert_frame_equal(plain[columns], changed[columns])


def test_the_evidence_is_pointed_at_in_the_body_as_it_is_stored() -> None:
    body = (
        "It was late.  The coast\u00ad slept and @ @ @ @ @ @ @ the wind farm. "
        "The council re\u00adjected the  wind farm on Monday. Rain fell."
    )
    row = judge("Council backs wind farm", body)
    told = body[row["evidence_start"] : row["evidence_end"]]
    assert told == "The council re\u00adjected the  wind farm on Monday."


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
