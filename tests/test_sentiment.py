"""Tone: the linear engine against the original, the edges, and the tables."""

from __future__ import annotations

import math
import random
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from newsresearch import batches
from newsresearch.articles import ArticleError
from newsresearch.plain import plain_text
from newsresearch.sentiment import (
    MEASURES,
    explain_sentiment,
    list_tones,
    mean_tone,
    plain_engine,
    score_sentiment,
    summing,
    tone,
)
from newsresearch.sentiment.engine import scale_around_but
from newsresearch.sentiment.summing import (
    find_intervals,
    find_means,
    find_shares,
    find_spreads,
    keep_tones,
)

ORIGINAL = SentimentIntensityAnalyzer()

HITS = "good bad GREAT horrible love HATE no No NO like kind well great, war lol :) :( security"
RULES = (
    "not never NOT isn't won't without doubt rarely despite least at very VERY so this So or nor"
)
DEGREES = "kind of sort of just enough kinda barely MORE absolutely most hardly kind of kind-of"
PLAIN = "the a minister said mayor on Monday, budget. street A council but But BUT however 2,000 x"
IDIOMS = (
    *("the shit", "the bomb", "bad ass", "badass", "bus stop", "yeah right", "kiss of death"),
    *("to die for", "beating heart", "hand to mouth", "at least", "the least", "never so good"),
    *("without a doubt", "never this bad", "no good or bad", "cut the mustard", "kind of"),
)
MARKS = [
    "!",
    "!!",
    "!!!!!",
    "?",
    "??",
    "?????",
    "...",
    "😀",
    "💔",
    "❤️",
    "😡😡",
    "--",
    "'",
    '"',
    "(good)",
    "good/bad",
    "ok.",
    "no!",
    "\n",
    "\t",
    "\xa0",
]
SENTENCES = (
    "The mayor's plan was not good, but the harbour is kind of great now.",
    "No one was hurt, and no good came of it either!",
    "It was never so bad, yet the LEAST popular minister won the vote?!",
    "Critics hate the new road; supporters love it, love it, love it, but love costs money.",
    "At least the war is over, and without a doubt the worst is behind us :)",
    "THE WORST FLOOD IN YEARS",
    "",
    "but",
    "good but good good",
)


def random_text(seed: int) -> str:
    """Return words that every rule of the engine may meet, mixed by chance."""
    draw = random.Random(seed)
    bags = [f"{HITS} {RULES} {DEGREES} {PLAIN}".split(), HITS.split(), list(IDIOMS), MARKS]
    weights = draw.choice([(6, 3, 1, 1), (3, 3, 3, 1), (1, 8, 1, 1), (8, 1, 1, 3)])
    picked = draw.choices(bags, weights, k=draw.randint(0, 40))
    return draw.choice([" ", " ", "  "]).join(draw.choice(bag) for bag in picked)


def test_engine_gives_the_same_scores_as_the_original() -> None:
    texts = [random_text(seed) for seed in range(3000)] + list(SENTENCES)
    engine = plain_engine()
    wrong = [t for t in texts if engine.polarity_scores(t) != ORIGINAL.polarity_scores(t)]
    assert wrong == []
    assert all(engine.compound(t) == ORIGINAL.polarity_scores(t)["compound"] for t in texts)
    assert sum(ORIGINAL.polarity_scores(text)["compound"] != 0 for text in texts) > 2000


def test_scaling_around_but_is_exact_where_tones_repeat() -> None:
    draw = random.Random(7)
    for _ in range(3000):
        words = draw.choices(["a", "b", "but", "BUT"], [5, 5, 1, 1], k=draw.randint(0, 14))
        tones = draw.choices([0, 0.0, 0.5, 1.0, 1.5, 2.0, 2.25, -1.0, -0.5], k=len(words))
        expected = ORIGINAL._but_check(words, list(tones))
        places = [at for at in range(len(words)) if tones[at] or draw.random() < 0.5]
        scaled = [tones[at] for at in places]
        lowered = [word.lower() for word in words]
        if "but" in lowered:
            scale_around_but(scaled, places, lowered.index("but"))
        assert scaled == [expected[at] for at in places], (words, tones)


def count_calls(score: Callable[[str], object], text: str) -> int:
    """Count the calls, Python's and C's, that scoring a text takes."""
    calls = 0

    def note(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        score(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("unit", ["good bad ", "not so very bad the ", "😀 ", "the road ", "no "])
def test_work_grows_with_length_not_with_its_square(unit: str) -> None:
    tone("warm up")
    one, two = (count_calls(tone, unit * n + "but good") for n in (400, 800))
    assert two < 2.1 * one


def test_work_of_but_grows_with_length_not_with_its_square() -> None:
    class Counted(float):
        seen = 0

        def __eq__(self, other: object) -> bool:
            Counted.seen += 1
            return float(self) == other

        __hash__ = float.__hash__

    def count(n: int) -> int:
        Counted.seen = 0
        draw = random.Random(n)
        tones: list[float] = [Counted(draw.choice([1.9, -2.1, 3.1])) for _ in range(n)]
        scale_around_but(tones, range(n), n)
        return Counted.seen

    assert count(2000) < 2.5 * count(1000) < 20_000


def test_a_very_long_sentence_is_scored() -> None:
    assert -1 <= tone("good bad but horrible " * 5000) <= 1


def test_tone_hears_negation_behind_curly_quotes() -> None:
    assert tone("It isn’t good.") == tone("It isn't good.") < 0 < tone("It is good.")
    assert tone("The ‘great’ plan") == tone("The 'great' plan") > 0


@pytest.mark.parametrize("text", ["", " ", "...", "—", "😀", "\u200b", "\n\n"])
def test_tone_without_a_word_is_missing(text: str) -> None:
    assert np.isnan(tone(text))


def test_tone_of_neutral_words_is_zero_not_missing() -> None:
    assert tone("The council met on Monday.") == 0


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.replace("e", "e\u200b"),
        lambda text: text.replace("o", "o\xad"),
        lambda text: "\ufeff" + text.replace(" ", "\xa0"),
        lambda text: "\u202e" + text + "\u2060",
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\r\n"),
        lambda text: text.replace(" ", "\0"),
    ],
)
def test_invisible_differences_do_not_change_the_tone(hide: Callable[[str], str]) -> None:
    text = "The café owner’s horrible losses shocked everyone, but friends helped."
    assert tone(hide(text)) == tone(text) != 0


def test_plain_text_survives_piles_of_marks() -> None:
    pile = "a" + "\u0301\u0316" * 50_000
    assert len(plain_text(pile)) >= 99_990
    assert plain_text("Jose\u0301") == "José"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_tone_is_in_range_or_missing(text: str) -> None:
    value = tone(text)
    assert np.isnan(value) or -1 <= value <= 1


def table(*rows: tuple[str, str]) -> pd.DataFrame:
    """Return an Articles table of (headline, body) rows."""
    ids = [f"a{number}" for number in range(len(rows))]
    headlines, bodies = zip(*rows, strict=True) if rows else ((), ())
    data = {"article_id": ids, "headline": list(headlines), "body": list(bodies)}
    return pd.DataFrame(data, dtype="str")


BODY = "Rescuers saved 40 people. The storm killed nobody. It rained. Critics called it a disaster."


def test_list_tones_gives_spans_of_the_stored_text() -> None:
    articles = table(
        ("Storm: joy. And relief", BODY), ("Nothing", ""), ("", "“We’re glad,” she said.")
    )
    tones = list_tones(articles)
    assert tones.groupby("article_id", sort=False).size().to_dict() == {"a0": 6, "a2": 1}
    texts = articles.set_index("article_id")
    for row in tones.itertuples():
        assert row.quote == texts.loc[row.article_id, row.field][row.start : row.end]
        assert row.tone == tone(row.quote)
    assert tones["sentence"].tolist() == [0, 1, 0, 1, 2, 3, 0]


def test_list_tones_keeps_its_dtypes_when_empty() -> None:
    full, empty = list_tones(table(("A", BODY))), list_tones(table())
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert list(full) == ["article_id", "field", "sentence", "start", "end", "quote", "tone"]


def test_scores_are_what_the_sentences_say() -> None:
    articles = table(("Joy and relief", BODY))
    tones = list_tones(articles).query("field == 'body'")["tone"]
    row = score_sentiment(articles).iloc[0]
    assert row["headline_tone"] == tone("Joy and relief")
    assert row["body_tone"] == pytest.approx(tones.mean())
    assert row["tone_spread"] == pytest.approx(tones.std())
    assert row["positive_share"] == (tones >= 0.05).mean()
    assert row["negative_share"] == (tones <= -0.05).mean()
    assert row["tone_gap"] == pytest.approx(row["headline_tone"] - row["body_tone"])
    assert mean_tone(BODY) == row["body_tone"]
    assert row["compound"] == tone(BODY)
    assert row["body_tone_low"] < row["body_tone"] < row["body_tone_high"]


def test_order_of_sentences_does_not_matter() -> None:
    turned = " ".join(reversed([part + "." for part in BODY.rstrip(".").split(". ")]))
    scored = score_sentiment(table(("A", BODY), ("A", turned)))[[m.column for m in MEASURES]]
    assert scored.iloc[0].equals(scored.iloc[1].rename(0))


def test_text_twice_keeps_the_tone_and_narrows_the_interval() -> None:
    once, twice = score_sentiment(table(("A", BODY), ("A", f"{BODY} {BODY}"))).to_dict("records")
    assert twice["body_tone"] == pytest.approx(once["body_tone"])
    width = twice["body_tone_high"] - twice["body_tone_low"]
    assert width < once["body_tone_high"] - once["body_tone_low"]


@pytest.mark.parametrize(
    ("added", "sign"), [("It was a terrible, shameful disaster.", -1), ("A brilliant success.", 1)]
)
def test_a_strong_sentence_moves_the_tone_its_way(added: str, sign: int) -> None:
    before, after = score_sentiment(table(("A", BODY), ("A", f"{BODY} {added}")))["body_tone"]
    assert sign * (after - before) > 0


def test_missing_headline_is_no_error() -> None:
    row = score_sentiment(table(("", BODY))).iloc[0]
    assert np.isnan(row["headline_tone"])
    assert np.isnan(row["tone_gap"])
    assert not np.isnan(row["body_tone"])
    assert row["error"] == ""


def test_one_sentence_has_no_interval_and_no_words_have_no_tone() -> None:
    one, none = score_sentiment(table(("A", "We lost."), ("A", "* * *"))).to_dict("records")
    assert one["body_tone"] < 0
    assert all(np.isnan(one[name]) for name in ("body_tone_low", "body_tone_high", "tone_spread"))
    assert all(pd.isna(none[measure.column]) for measure in MEASURES[1:])
    assert none["error"] == ""


def test_quotations_and_narration_are_told_apart() -> None:
    body = (
        "It was a terrible, shameful disaster for the town. “This is a great, wonderful day for "
        "all of us,” the mayor said. Critics said the “great” plan had killed two people. "
        "“We lost it,” she said on Monday."
    )
    row = score_sentiment(table(("A", body))).iloc[0]
    tones = list_tones(table(("", body)))["tone"]
    assert row["quotation_tone"] == tones[1] > 0.5
    assert 0 > row["narration_tone"] == pytest.approx(tones[[0, 2, 3]].mean())
    plain = score_sentiment(table(("A", body.replace("“", "").replace("”", "")))).iloc[0]
    assert np.isnan(plain["quotation_tone"])
    assert plain["narration_tone"] == plain["body_tone"]
    assert plain["body_tone"] == pytest.approx(row["body_tone"])


def test_a_mark_without_a_partner_opens_no_quotation() -> None:
    row = score_sentiment(table(("A", "“We lost a great deal. It was horrible."))).iloc[0]
    assert np.isnan(row["quotation_tone"])


def test_compound_of_the_whole_body_runs_to_its_end_with_length() -> None:
    short, long = score_sentiment(table(("A", "We lost."), ("A", "We lost. " * 40))).to_dict(
        "records"
    )
    assert long["body_tone"] == pytest.approx(short["body_tone"])
    assert long["compound"] < -0.95 < short["compound"]
    assert [bool(row["has_saturated_compound"]) for row in (short, long)] == [False, True]
    assert score_sentiment(table())["has_saturated_compound"].dtype == "boolean"


def test_interval_in_blocks_is_bounded_and_holds_the_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    tones = keep_tones(np.linspace(-0.5, 0.9, 70), np.array([0, 30, 70]))
    kept = find_intervals(tones)
    monkeypatch.setattr(summing, "_SHORT", 1)
    whole = find_intervals(tones)
    assert np.array_equal(kept, whole)
    monkeypatch.setattr(summing, "_BLOCK", 640)
    low, high = find_intervals(tones)
    means = find_means(tones)
    assert (low < means).all() and (means < high).all()
    assert np.array_equal(whole, [low, high])


def test_an_interval_is_that_of_its_own_tones_only() -> None:
    draw = np.random.default_rng(5)
    texts = [draw.integers(-9999, 9999, size) / 10_000 for size in (1, 7, 7, 40, 90, 7, 0)]
    firsts = np.cumsum([0, *map(len, texts)])
    together = find_intervals(keep_tones(np.concatenate(texts), firsts))
    for at, tones in enumerate(texts):
        mixed = keep_tones(draw.permutation(tones), np.array([0, len(tones)]))
        alone = find_intervals(mixed)
        assert np.array_equal(
            [ends[at] for ends in together], [e[0] for e in alone], equal_nan=True
        )


def test_sums_of_tones_are_those_of_numpy() -> None:
    draw = np.random.default_rng(6)
    tones = draw.integers(-9999, 9999, 50) / 10_000
    kept = keep_tones(np.append(tones, np.nan), np.array([0, 51]))
    assert find_means(kept)[0] == pytest.approx(tones.mean(), abs=1e-15)
    assert find_spreads(kept)[0] == pytest.approx(tones.std(ddof=1), abs=1e-15)
    assert find_shares(kept, 0.05)[0] == (tones >= 0.05).mean()
    assert find_shares(kept, -0.05)[0] == (tones <= -0.05).mean()
    constant = keep_tones(np.full(9, 0.3), np.array([0, 9]))
    assert find_spreads(constant)[0] == 0


@pytest.mark.parametrize(
    "options",
    [{}, {"neutral": None, "news_words": False}, {"lexicon": {"road": 2, "but": -1}}],
    ids=str,
)
def test_many_at_once_score_as_the_original_one_by_one(options: dict[str, Any]) -> None:
    texts = [random_text(seed) for seed in range(2000)]
    glued = [f"{a}{b}. Then {c}.But {a} " for a, b, c in zip(*[iter(texts)] * 3, strict=False)]
    articles = table(*zip(texts, [*glued, *texts[len(glued) :]], strict=True))
    fast = score_sentiment(articles, **options)
    assert_frame_equal(fast, score_sentiment(articles, **options, engine="reference"))
    assert fast["compound"].abs().mean() > 0.3 and fast["headline_tone"].nunique() > 500


def test_the_size_of_a_batch_changes_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [random_text(seed) for seed in range(60)]
    articles = table(*zip(texts, [". ".join(texts[i : i + 9]) for i in range(60)], strict=True))
    whole = score_sentiment(articles)
    monkeypatch.setattr(batches, "SIZE", 7)
    assert_frame_equal(score_sentiment(articles), whole)


def test_an_unknown_engine_or_one_that_cannot_is_refused() -> None:
    with pytest.raises(ValueError, match="'fast' or 'reference'; found 'vader'"):
        score_sentiment(table(), engine="vader")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="cannot mask names"):
        score_sentiment(table(), engine="reference", mask_names=True)


def test_every_column_has_its_measure() -> None:
    added = [name for name in score_sentiment(table()) if name not in table().columns]
    assert added == [*(measure.column for measure in MEASURES), "error"]
    assert all(measure.validity and measure.reference for measure in MEASURES)
    assert "AUC" in next(m for m in MEASURES if m.column == "tone_gap").validity


def test_a_wrong_table_is_refused() -> None:
    with pytest.raises(ArticleError, match="body"):
        score_sentiment(table().drop(columns="body"))
    with pytest.raises(ArticleError, match="body"):
        list_tones(table().drop(columns="body"))


def test_sentences_that_masks_cut_into_have_no_tone_anywhere() -> None:
    articles = table(("Plan", "We lost. The awful vote @ @ @ @ @ @ @ was close.\n\nIt was good."))
    tones = list_tones(articles).query("field == 'body'")
    assert tones["quote"].tolist() == ["We lost.", "It was good."]
    assert tones["sentence"].tolist() == [0, 1]
    scored = score_sentiment(articles)
    assert scored.loc[0, "body_tone"] == pytest.approx(tones["tone"].mean())
    assert "awful" not in explain_sentiment(articles)["quote"].tolist()


def test_tones_that_cancel_out_leave_a_plain_zero() -> None:
    engine = plain_engine()
    tones = [0.1, 0.2, -0.3, 1.1, -0.7, -0.4, *[-1e-18] * 3]
    assert math.copysign(1, engine.settle(tones, 0, 0)) == 1
    assert math.copysign(1, engine.settle([-1e-9], 1, 0)) == -1
