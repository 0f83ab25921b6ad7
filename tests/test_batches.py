"""Tables are scored in batches, and no row knows of another."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import newsresearch as nr
from newsresearch import batches
from newsresearch.articles import Article, ArticleError
from newsresearch.batches import Batch, Columns, Scorer, add_columns, one_by_one

MASKED = "It rained. The vote @ @ @ @ @ @ @ was close.\n\nIt was awful."


def table(*bodies: Any, **columns: list[Any]) -> pd.DataFrame:
    size = len(bodies)
    names = {"article_id": [f"a{i}" for i in range(size)], "headline": [""] * size}
    dtypes = dict.fromkeys([*names, "body"], "str")
    return pd.DataFrame({**names, "body": list(bodies)}).astype(dtypes).assign(**columns)


def count(article: Article) -> Mapping[str, Any]:
    if "boom" in article.body:
        raise RuntimeError("bad day")
    return {"n": len(article.words), "kind": "long" if len(article.words) > 2 else None}


DTYPES = {"n": "Int64", "kind": "str"}
COUNT = one_by_one(count, DTYPES)


def test_scores_are_added_and_one_fault_loses_no_other_row() -> None:
    articles = table("One two three.", "", "It went boom.", "One.")
    scored = add_columns(articles, COUNT)
    assert scored["n"].tolist() == [3, pd.NA, pd.NA, 1]
    assert scored["kind"].isna().tolist() == [False, True, True, True]
    assert scored["error"].tolist() == [
        "",
        "the body is empty",
        "scoring failed: RuntimeError: bad day",
        "",
    ]
    assert scored.dtypes.astype(str).loc[list(DTYPES)].to_dict() == DTYPES
    assert "n" not in articles


def test_scores_see_the_smoothed_article() -> None:
    assert add_columns(table("The fer\xadry left."), COUNT).loc[0, "n"] == 3


def test_scoring_again_replaces_the_columns_and_keeps_the_reason_last() -> None:
    once = add_columns(table("One.", "", outlet=["x", "y"]), COUNT)
    assert list(once) == ["article_id", "headline", "body", "outlet", "n", "kind", "error"]
    assert_frame_equal(add_columns(once, COUNT), once)


@pytest.mark.parametrize("index", [["x", "x"], [5, 3], [None, 1.5]])
def test_rows_and_index_stay(index: list[Any]) -> None:
    articles = table("One.", "Two three.")
    articles.index = pd.Index(index)
    scored = add_columns(articles, COUNT)
    assert scored["n"].tolist() == [1, 2]
    pd.testing.assert_index_equal(scored.index, articles.index)


def test_no_articles_give_no_scores_of_the_same_dtypes() -> None:
    scored = add_columns(table(), COUNT)
    assert scored.empty
    assert scored.dtypes.astype(str).loc[list(DTYPES)].to_dict() == DTYPES


def test_scores_are_those_of_the_sentences_without_masks() -> None:
    def count(article: Article) -> dict[str, int]:
        return {"n": len(article.sentences)}

    bodies = [MASKED, "@ @ @ @ @ was @ @ @.", "It rained."]
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "headline": "", "body": bodies})
    scored = add_columns(articles, one_by_one(count, {"n": "Int64"}))
    assert scored["n"].tolist() == [2, pd.NA, 1]
    assert scored["error"].tolist()[1].startswith("every sentence is masked")
    assert scored["body"].tolist() == bodies


def test_a_fault_costs_one_row_where_a_whole_batch_is_scored_at_once() -> None:
    seen: list[int] = []

    def lengths(batch: Batch) -> Columns:
        seen.append(len(batch.articles))
        if any("boom" in article.body for article in batch.articles):
            raise RuntimeError("bad day")
        return {"size": [len(article.body) for article in batch.articles]}

    def after(batch: Batch) -> Columns:
        return {"later": [article.body.lower() for article in batch.articles]}

    scorers = Scorer(lengths, {"size": "Int64"}), Scorer(after, {"later": "str"})
    scored = add_columns(table("One.", "It went boom.", "Two."), *scorers)
    assert scored["size"].tolist() == [4, pd.NA, 4]
    assert scored["later"].tolist()[::2] == ["one.", "two."] and scored["later"].isna()[1]
    assert scored["error"].tolist() == ["", "scoring failed: RuntimeError: bad day", ""]
    assert seen == [3, 1, 1, 1]


def test_the_size_of_batches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = table("One two three.", "", "It went boom.", "One.", "Two.")
    whole = add_columns(articles, COUNT)
    for size in (1, 2, 5):
        monkeypatch.setattr(batches, "SIZE", size)
        assert_frame_equal(add_columns(articles, COUNT), whole)


def test_bodies_and_headlines_come_in_numbered_chunks() -> None:
    batch = Batch([Article("a", "", "One two. One."), Article("b", "Two two", "Three.")])
    chunks = [batch.bodies.vocabulary.chunks[code] for code in batch.bodies.codes]
    assert chunks == ["One", "two.", "One.", "Three."]
    assert batch.bodies.starts.tolist() == [0, 2, 3, 4]
    assert batch.bodies.firsts.tolist() == [0, 2, 3]
    assert batch.headlines.firsts.tolist() == [0, 0, 1]
    assert len(set(batch.headlines.codes.tolist())) == 2


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_also_after_a_fault(was_on: bool) -> None:
    states: list[bool] = []

    def score(batch: Batch) -> Columns:
        states.append(gc.isenabled())
        raise KeyboardInterrupt

    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(KeyboardInterrupt):
            add_columns(table("One."), Scorer(score, {"n": "Int64"}))
        assert gc.isenabled() is was_on and states == [False]
    finally:
        gc.enable()


def test_an_article_that_is_done_is_let_go_without_the_collector() -> None:
    article = Article("a", "Plan", "It rained. We lost.")
    assert article.problem == "" and article.smoothed.unmasked.chunks and article.quotations == []
    gone = weakref.ref(article)
    gc.disable()
    try:
        del article
        assert gone() is None
    finally:
        gc.enable()


# --- columns that were there ------------------------------------------------------------------


@pytest.mark.parametrize("own", [["n"], ["kind"]])
def test_a_column_of_ones_own_is_not_overwritten(own: list[str]) -> None:
    articles = table("One.", **{name: ["mine"] for name in own})
    with pytest.raises(ArticleError, match=f"have a '{own[0]}' column already.*'my_{own[0]}'"):
        add_columns(articles, COUNT)
    assert articles[own[0]].tolist() == ["mine"]
    assert add_columns(articles, COUNT, careful=False)["n"].tolist() == [1]


def test_all_columns_of_ones_own_are_named_at_once() -> None:
    articles = table("One.", grade=["5b"], compound=[1.0], stance=["against"])
    told = "the columns 'grade', 'compound', 'stance' already"
    for workers in (1, 2):
        with pytest.raises(ArticleError, match=told):
            nr.score_all(articles, workers=workers)
    assert nr.score_sentiment(articles.drop(columns="compound"))["grade"].tolist() == ["5b"]


def test_scores_of_one_verb_may_be_there_for_another() -> None:
    articles = table("We lost a splendid game. " * 20)
    assert_frame_equal(
        nr.score_all(nr.score_sentiment(articles)), nr.score_all(articles), check_like=True
    )


def test_comparing_scores_what_is_missing_beside_a_column_of_ones_own() -> None:
    bodies = [f"We lost a splendid game of {n} goals on Friday. " * 20 for n in range(8)]
    articles = table(*bodies, outlet=["x", "y"] * 4, grade=[1.0, 2.0] * 4)
    found = nr.compare_articles(articles, by="outlet", measures=["grade", "lix"])
    assert found.set_index("measure").loc["grade", ["mean_a", "mean_b"]].tolist() == [1.0, 2.0]
    assert found["measure"].tolist() == ["grade", "lix"]
