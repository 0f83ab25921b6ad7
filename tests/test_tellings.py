"""The bundled events told by three outlets, and the table of what each makes of the facts."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import check_articles
from newsresearch.quotations import find_quotations
from newsresearch.text import split_sentences, split_words

OUTLETS = {"Harrowmouth Courier", "Hearth and Hill", "The Daily Whistle"}


@pytest.fixture(scope="module")
def tellings() -> pd.DataFrame:
    return nr.load_dataset("tellings")


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return nr.load_gold("tellings")


def test_every_event_is_told_once_by_each_outlet(tellings: pd.DataFrame) -> None:
    check_articles(tellings)
    expected = ["article_id", "headline", "body", "event", "outlet", "published", "byline", "topic"]
    assert list(tellings) == expected
    assert tellings.map(str.strip).ne("").all(axis=None)
    counts = pd.crosstab(tellings["event"], tellings["outlet"])
    assert counts.shape == (6, 3) and set(counts) == OUTLETS
    assert counts.eq(1).all(axis=None)
    assert (tellings.groupby("event")["topic"].nunique() == 1).all()


def test_they_are_of_a_length_to_compare(tellings: pd.DataFrame) -> None:
    words = tellings["body"].map(lambda body: len(body.split()))
    assert words.between(250, 450).all()


def test_they_are_clean_in_our_own_checks(tellings: pd.DataFrame) -> None:
    found = nr.find_incoherence(tellings)
    assert found[["article_id", "check", "quote"]].values.tolist() == []


def test_no_two_tellings_share_a_sentence_of_the_writer(tellings: pd.DataFrame) -> None:
    for _, told in tellings.groupby("event"):
        for one, other in combinations(told["body"], 2):
            assert not narrated(one) & narrated(other)


def narrated(body: str) -> set[str]:
    """Return the sentences that stand outside quotations and are more than a few words."""
    quoted = find_quotations(body)
    sentences = [
        one
        for one in split_sentences(body)
        if not any(one.start < q.end and q.start < one.end for q in quoted)
    ]
    return {s.of(body).strip() for s in sentences if len(split_words(s.of(body))) > 4}


def test_facts_quote_the_tellings(tellings: pd.DataFrame, facts: pd.DataFrame) -> None:
    texts = tellings.set_index("article_id")
    for row in facts[facts["says"] != ""].itertuples():
        assert row.quote and texts.loc[row.article_id, row.field][row.start : row.end] == row.quote
    silent = facts[facts["says"] == ""]
    assert silent[["start", "end"]].isna().all(axis=None)
    assert silent[["field", "quote"]].eq("").all(axis=None)


def test_each_fact_has_a_row_for_each_telling_of_its_event(
    tellings: pd.DataFrame, facts: pd.DataFrame
) -> None:
    of_event = tellings.groupby("event")["article_id"].agg(set)
    for (event, _), rows in facts.groupby(["event", "fact"]):
        assert len(rows) == 3 and set(rows["article_id"]) == of_event[event]
        assert rows["says"].ne("").any()
    assert set(facts["event"]) == set(of_event.index)


def test_accord_is_what_the_rows_say(facts: pd.DataFrame) -> None:
    for _, rows in facts.groupby(["event", "fact"]):
        given = rows.loc[rows["says"] != "", "says"]
        all_alike = "same" if len(given) == 3 else "left out"
        expected = all_alike if given.nunique() == 1 else "differs"
        assert set(rows["accord"]) == {expected}
    kinds = facts.groupby("event")["accord"].agg(set)
    assert all(found == {"same", "differs", "left out"} for found in kinds)
