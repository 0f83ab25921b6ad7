"""The lists behind tone: neutral words, words for news, names, and a lexicon of one's own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from newsresearch.lexicons import load_words
from newsresearch.sentiment import (
    choose_engine,
    lexicon_coverage,
    list_tones,
    plain_engine,
    score_sentiment,
    tone,
)
from newsresearch.sentiment.lists import check_lexicon
from newsresearch.sentiment.masking import find_names

VADER = SentimentIntensityAnalyzer().lexicon
GRADES = ("very negative", "negative", "positive", "very positive")


def one(body: str, headline: str = "") -> pd.DataFrame:
    data = {"article_id": ["a"], "headline": [headline], "body": [body]}
    return pd.DataFrame(data, dtype="str")


def test_neutral_words_are_vaders_and_news_words_are_not() -> None:
    assert load_words("tone", "neutral") <= set(VADER)
    words = [word for grade in GRADES for word in load_words("tone", grade)]
    assert len(words) == len(set(words)) > 400
    assert not set(words) & (set(VADER) | set(BOOSTER_DICT) | set(NEGATE))
    assert all(word == word.lower() for word in words)


def test_the_default_is_deaf_to_neutral_words_and_hears_news_words() -> None:
    plain = plain_engine()
    assert tone("The United Nations Security Council met.") == 0
    assert tone("The United Nations Security Council met.", plain) > 0.3
    assert tone("The layoffs came on Monday.") < 0 == tone("The layoffs came on Monday.", plain)
    assert tone("They began rebuilding a rebuilt town.") > 0


def test_plain_options_are_vader() -> None:
    body = "The party shares a great interest in massacres. It was not very good."
    tones = list_tones(one(body), neutral=None, news_words=False)["tone"].tolist()
    original = SentimentIntensityAnalyzer()
    parts = [part + "." for part in body.rstrip(".").split(". ")]
    assert tones == [original.polarity_scores(part)["compound"] for part in parts]


def test_neutral_words_of_ones_own() -> None:
    body = "A great success."
    both = [list_tones(one(body), neutral=words)["tone"][0] for words in ("news", ["Great"])]
    assert both[0] > both[1] > 0
    assert list_tones(one(body), neutral=iter(["great", "success"]))["tone"][0] == 0


@pytest.mark.parametrize(("neutral", "told"), [("sport", "'sport'"), ([1], "found 1")])
def test_a_wrong_neutral_list_is_refused(neutral: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        score_sentiment(one("Fine."), neutral=neutral)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met Joy Hope at the party.", [2, 3]),
        ("Joy said that the hope of Grace died.", [6]),
        ("He said: “Great news came.”", []),
        ('He said: "Great news came."', []),
        ("It ended. Great joy followed in the town.", []),
        ("It was a GREAT day for them.", []),
        ("Great Joy as Hope Returns to Town", []),
        ("GREAT JOY FOR HOPE", []),
        ("", []),
    ],
)
def test_names_are_capitals_inside_a_sentence(text: str, names: list[int]) -> None:
    assert sorted(find_names(text.replace("“", '"').replace("”", '"'))) == names


def test_masked_names_have_no_tone() -> None:
    body = "We met Joy Hope there. We felt joy and hope."
    masked = list_tones(one(body), mask_names=True)["tone"].tolist()
    heard = list_tones(one(body))["tone"].tolist()
    assert masked[0] == 0 < heard[0]
    assert masked[1] == heard[1] > 0


def test_a_masked_emoji_keeps_the_places_of_words() -> None:
    engine = choose_engine(neutral=None, news_words=False, mask_names=True)
    assert engine.compound("😀😀 we met Joy") == engine.compound("😀😀 we met Ann")


def test_an_own_lexicon_merges_in_and_outweighs_the_lists() -> None:
    body = "The Zorb was good for the party."
    plain = tone(body)
    scores = [
        list_tones(one(body), lexicon=own)["tone"][0]
        for own in ({"zorb": -4}, {"ZORB": np.float64(2)}, {"good": -4.0}, {"party": 3})
    ]
    assert scores[0] < plain < scores[1]
    assert scores[2] < 0 < plain < scores[3]
    assert tone(body) == plain


@pytest.mark.parametrize(
    ("lexicon", "told"),
    [
        ({"two words": 1}, "'two words'"),
        ({"": 1}, "''"),
        ({"(war)": 1}, "marks"),
        ({3: 1}, "found 3"),
        ({"war": 5}, "found 5"),
        ({"war": float("nan")}, "found nan"),
        ({"war": "-2"}, "found '-2'"),
        ({"war": True}, "found True"),
        ({"War": 1, "war": 2}, "two values"),
        (["war"], "found list"),
    ],
)
def test_a_wrong_lexicon_is_refused(lexicon: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        check_lexicon(lexicon)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=told):
        score_sentiment(one("Fine."), lexicon=lexicon)  # type: ignore[arg-type]


def test_coverage_counts_words_tokens_and_articles() -> None:
    articles = pd.concat([one("Strikes hit rail; “Strikes” end.", "War"), one("No trains ran.")])
    articles["article_id"] = ["a", "b"]
    found = lexicon_coverage(articles, {"Strikes": -1, "lockout": -2, "war": -1}).set_index("word")
    assert found["n_uses"].to_dict() == {"strikes": 2, "lockout": 0, "war": 1}
    assert found["n_articles"].to_dict() == {"strikes": 1, "lockout": 0, "war": 1}
    assert found["token_share"].sum() == pytest.approx(3 / 9)
    assert found["is_found"].tolist() == [True, False, True]
    assert found.loc["war", "vader_value"] == VADER["war"]
    assert np.isnan(found.loc["lockout", "vader_value"])


def test_coverage_of_nothing_keeps_its_dtypes() -> None:
    full, empty = (lexicon_coverage(one(""), words) for words in ({"war": 1}, {}))
    assert full["token_share"].tolist() == [0]
    assert empty.empty and empty.dtypes.to_dict() == full.dtypes.to_dict()
