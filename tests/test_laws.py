"""The laws of each measuring function with each of its options, and what must move a measure."""

from __future__ import annotations

import csv
import decimal
import gc
import locale
import os
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import newsresearch as nr

Score = Callable[[pd.DataFrame], pd.DataFrame]
FUNCTIONS: dict[str, Score] = {
    "tone": nr.score_sentiment,
    "tone, plain": partial(nr.score_sentiment, neutral=None, news_words=False),
    "tone, names masked": partial(nr.score_sentiment, mask_names=True),
    "tone, own words": partial(nr.score_sentiment, lexicon={"harbour": 2.5, "mayor": -1}),
    "tone, reference": partial(nr.score_sentiment, engine="reference"),
    "readability": nr.score_readability,
    "readability, reference": partial(nr.score_readability, engine="reference"),
    "readability, textstat": partial(nr.score_readability, engine="textstat"),
    "stance": nr.label_stance,
    "sources": nr.score_sources,
    "all": nr.score_all,
    "coherence": nr.score_coherence,
    "framing": nr.score_framing,
    "framing, quoted too": partial(nr.score_framing, quotations=True),
}
CODEBOOK = nr.list_measures().set_index("column")


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    """Return real articles, two of them alike, between rows that cannot be scored."""
    demo = nr.load_dataset("demo")[["article_id", "headline", "body"]].iloc[[0, 14, 17, 23]]
    again = demo.iloc[[1]].assign(article_id="again")
    bodies = ["", " \u200b\n", "Der Rat hat die Fähre nicht gebilligt, sagte der Kapitän. " * 4]
    bad = pd.DataFrame({"article_id": ["e", "b", "g"], "headline": "Plan", "body": bodies})
    return pd.concat([demo.iloc[:2], bad, again, demo.iloc[2:]], ignore_index=True)


@pytest.fixture(scope="module", params=FUNCTIONS)
def score(request: pytest.FixtureRequest) -> Score:
    return FUNCTIONS[request.param]


def test_rows_do_not_know_of_each_other(score: Score, articles: pd.DataFrame) -> None:
    whole = score(articles)
    assert_frame_equal(score(articles), whole)
    assert_frame_equal(score(articles.iloc[::-1]), whole.iloc[::-1])
    for row in range(len(articles)):
        assert_frame_equal(score(articles.iloc[[row]]), whole.iloc[[row]])
    added = [name for name in whole if name not in articles]
    twins = whole.iloc[[1, 5]][added].reset_index(drop=True)
    assert_frame_equal(twins.iloc[[0]], twins.iloc[[1]].set_axis([0]))


def test_the_table_stays_as_it_was(score: Score, articles: pd.DataFrame) -> None:
    before = articles.copy(deep=True)
    indexed = articles.set_axis(["x", "x", "y", "z", "w", "v", 1, None])
    scored = score(indexed)
    assert_frame_equal(indexed.reset_index(drop=True), before)
    pd.testing.assert_index_equal(scored.index, indexed.index)
    assert_frame_equal(scored.reset_index(drop=True), score(articles))


def test_no_articles_no_rows_and_the_same_columns(score: Score, articles: pd.DataFrame) -> None:
    empty = score(articles.iloc[:0])
    assert empty.empty and empty.dtypes.equals(score(articles).dtypes)


def test_values_are_known_in_range_or_missing_with_a_reason(
    score: Score, articles: pd.DataFrame
) -> None:
    scored = score(articles)
    added = [name for name in scored if name not in articles and name != "error"]
    assert (scored["error"] != "").tolist() == [False, False, True, True, True, *[False] * 3]
    assert scored.loc[[2, 3, 4], added].isna().all(axis=None)
    for name in added:
        low, high = CODEBOOK.loc[name, ["low", "high"]]
        known = scored[name].dropna()
        if CODEBOOK.loc[name, "unit"] not in ("label", "text"):
            numbers = known.astype("float64")
            assert np.isfinite(numbers).all()
            assert not (numbers < low).any() and not (numbers > high).any()


# --- the world stays as it was --------------------------------------------------------------


def snapshot() -> dict[str, Any]:
    return {
        "locale": locale.setlocale(locale.LC_ALL),
        "filters": list(warnings.filters),
        "folder": os.getcwd(),  # noqa: PTH109
        "environment": dict(os.environ),
        "random": random.getstate(),
        "numpy": str(np.random.get_state()),
        "collector": gc.isenabled(),
        "recursion": sys.getrecursionlimit(),
        "fields": csv.field_size_limit(),
        "decimals": str(decimal.getcontext()),
    }


_events: list[tuple[str, Any]] = []
_watching = False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event.startswith(("socket.", "subprocess.", "os.system", "os.remove")):
        _events.append((event, arguments))
    if _watching and event == "open" and set(str(arguments[1])) & set("wax+"):
        _events.append((event, arguments))


@contextmanager
def watched() -> Iterator[list[tuple[str, Any]]]:
    """Tell of network, processes and files opened for writing; such a hook stays for ever."""
    global _watching
    if not getattr(sys, "_newsresearch_watched", False):
        sys.addaudithook(_watch)
        sys._newsresearch_watched = True  # type: ignore[attr-defined]
    _events.clear()
    _watching = True
    try:
        yield _events
    finally:
        _watching = False


def test_the_watch_sees_what_it_is_to_see(tmp_path: Any) -> None:
    with watched() as events:
        (tmp_path / "file").write_text("x")
    assert [event for event, _ in events] == ["open"]


def test_scoring_leaves_the_world_as_it_was(score: Score, articles: pd.DataFrame) -> None:
    score(articles)  # what is loaded once may be loaded
    before = snapshot()
    with watched() as events:
        score(articles)
        nr.find_incoherence(articles)
    assert snapshot() == before
    assert events == []


# --- what must move a measure, and what must not --------------------------------------------


@pytest.fixture(scope="module")
def clean() -> pd.DataFrame:
    demo, _ = nr.strip_furniture(nr.load_dataset("demo"))
    return demo[["article_id", "headline", "body"]]


def change(articles: pd.DataFrame, edit: Callable[[str], str]) -> pd.DataFrame:
    return nr.score_all(articles.assign(body=articles["body"].map(edit)))


def shuffle(body: str) -> str:
    sentences = [body[span.start : span.end] for span in nr.split_sentences(body)]
    random.Random(3).shuffle(sentences)
    return "\n\n".join(sentences)


def test_a_harsh_sentence_darkens_and_a_kind_one_brightens(clean: pd.DataFrame) -> None:
    plain = nr.score_all(clean)
    dark = change(clean, lambda body: f"{body}\n\nIt was a terrible, shameful disaster.")
    bright = change(clean, lambda body: f"{body}\n\nIt was a wonderful, brilliant success.")
    for name in ("body_tone", "positive_share"):
        assert (dark[name] <= plain[name]).all() and (bright[name] >= plain[name]).all()
    assert (dark["body_tone"] < bright["body_tone"]).all()
    assert (dark["negative_share"] >= plain["negative_share"]).all()


def test_the_order_of_sentences_changes_no_tone_and_no_grade(clean: pd.DataFrame) -> None:
    plain, mixed = nr.score_all(clean), change(clean, shuffle)
    same = ["body_tone", "body_tone_low", "tone_spread", "n_words", "n_sentences", "grade", "lix"]
    assert_frame_equal(mixed[same], plain[same])


def test_a_text_twice_has_the_same_tone_and_grade(clean: pd.DataFrame) -> None:
    plain, twice = nr.score_all(clean), change(clean, lambda body: f"{body}\n\n{body}")
    same = ["body_tone", "positive_share", "grade", "flesch_ease", "lix", "stance"]
    assert_frame_equal(twice[same], plain[same])
    assert (twice["n_words"] == 2 * plain["n_words"]).all()


def test_a_headline_in_capitals_hardly_moves_the_tone(clean: pd.DataFrame) -> None:
    plain = nr.score_all(clean)
    shouted = nr.score_all(clean.assign(headline=clean["headline"].str.upper()))
    assert ((shouted["headline_tone"] - plain["headline_tone"]).abs() <= 0.1).mean() >= 0.95
    assert (shouted["stance"] == plain["stance"]).mean() >= 0.95


def test_longer_sentences_and_longer_words_are_harder(clean: pd.DataFrame) -> None:
    plain = nr.score_all(clean)
    joined = change(clean, lambda body: body.replace(". ", ", and "))
    learned = change(clean, lambda body: body.replace(" said", " notwithstanding administratively"))
    for name, sign in {"grade": 1, "flesch_kincaid_grade": 1, "lix": 1, "flesch_ease": -1}.items():
        both = joined[name].notna() & plain[name].notna()
        assert (sign * (joined[name] - plain[name])[both] >= 0).all()
        assert (sign * (learned[name] - plain[name]) >= 0).all()
