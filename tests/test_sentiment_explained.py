"""Explanations of tone: they add up to it, quote what stands there, and name the rule."""

from __future__ import annotations

import random
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from test_sentiment import SENTENCES, random_text

from newsresearch.sentiment import explain_sentiment, list_tones, score_sentiment
from newsresearch.sentiment.lists import choose_engine, plain_engine

COLUMNS = [
    *("article_id", "field", "sentence", "start", "end", "quote"),
    *("value", "effect", "rules"),
]
PLAIN = {"neutral": None, "news_words": False}


def table(*bodies: str) -> pd.DataFrame:
    data = {
        "article_id": [f"a{at}" for at in range(len(bodies))],
        "headline": ["" for _ in bodies],
        "body": list(bodies),
    }
    return pd.DataFrame(data, dtype="str")


def explained(body: str, **options: object) -> list[tuple[str, float, str]]:
    rows = explain_sentiment(table(body), **options)  # type: ignore[arg-type]
    return [(row.quote, round(row.effect, 3), row.rules) for row in rows.itertuples()]


@pytest.mark.parametrize("options", [PLAIN, {}, {"mask_names": True}, {"lexicon": {"road": 2}}])
def test_effects_add_up_to_the_tone_of_every_sentence(options: dict[str, object]) -> None:
    bodies = [random_text(seed) for seed in range(400)]
    bodies += [f"The mayor said so. {text} It was good!" for text in SENTENCES]
    articles = table(*bodies)
    parts = explain_sentiment(articles, **options)  # type: ignore[arg-type]
    place = ["article_id", "field", "sentence"]
    sums = parts.groupby(place)["effect"].sum()
    tones = list_tones(articles, **options).dropna().set_index(place)["tone"]  # type: ignore[arg-type]
    sums = sums.reindex(tones.index, fill_value=0.0)
    assert set(parts.groupby(place).groups) <= set(tones.index)
    assert (sums / (sums**2 + 15) ** 0.5).round(4).to_numpy() == pytest.approx(tones.to_numpy())
    assert (tones != 0).sum() > 200


def test_the_engine_that_explains_gives_the_same_scores() -> None:
    explainer, engine = choose_engine(None, False, explains=True), plain_engine()
    for seed in range(1000):
        text = random_text(seed)
        assert explainer.compound(text) == engine.compound(text), text


def test_quotes_are_what_stands_in_the_stored_text() -> None:
    body = "The pl\xadan was hor\xadrible.  It isn’t  good, cafe\u0301 \xa0‘great’ 😀 fans said!"
    rows = explain_sentiment(table(body, "", "* * *"))
    assert all(row.quote == body[row.start : row.end] for row in rows.itertuples())
    assert rows["quote"].tolist() == ["hor\xadrible", "good", "great", "😀", "!"]
    assert set(rows["article_id"]) == {"a0"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It was good.", [("good", 1.9, "")]),
        ("It was not good.", [("good", -1.406, 'negated by "not"')]),
        ("It isn’t a good plan.", [("good", -1.406, 'negated by "isn\'t"')]),
        ("It was very good.", [("good", 2.193, 'boosted by "very"')]),
        ("It was barely good.", [("good", 1.607, 'softened by "barely"')]),
        ("It was kind of good.", [("good", 1.607, 'softened by "kind of"')]),
        ("It was GOOD there.", [("GOOD", 2.633, "capitals")]),
        (
            "It was VERY GOOD there.",
            [("GOOD", 3.659, 'capitals; boosted by "VERY"')],
        ),
        (
            "She never so happy.",
            [("happy", 4.677, 'boosted by "so"; raised by "never so"; raised by "She never so"')],
        ),
        ("The least good plan.", [("good", -1.406, 'negated by "least"')]),
        (
            "It was good, but bad.",
            [("good", 0.95, 'before "but"'), ("bad", -3.75, 'after "but"')],
        ),
        (
            "That was the kiss of death.",
            [("kiss", -1.5, 'idiom "kiss of death"'), ("death", -1.5, 'idiom "kiss of death"')],
        ),
        ("No problem at all.", [("No", 0.0, 'only negates "problem"'),
                                ("problem", 1.258, 'negated by "no"')]),
        ("A win 😀 here.", [("win", 2.8, ""), ("😀", 1.5, 'emoji "grinning face"')]),
        ("A win!! Is it?", [("win", 2.8, ""), ("!", 0.584, 'emphasis by 2 "!"')]),
        ("The council met!", []),
        ("very kind of them", []),
    ],
)  # fmt: skip
def test_rules_are_named(body: str, expected: list[tuple[str, float, str]]) -> None:
    assert explained(body) == expected


def test_words_without_tone_by_an_option_say_so() -> None:
    body = "The United Nations met Joy Hope there."
    silent = "no tone: a neutral word"
    name = "no tone: looks like a name"
    assert explained(body)[0] == ("United", 0.0, silent)
    assert explained(body, **PLAIN)[0] == ("United", 1.8, "")
    assert [row[2] for row in explained("We met Joy Hope there.", mask_names=True)] == [name, name]


def test_sentences_are_numbered_as_in_the_list_of_tones() -> None:
    articles = table("It rained. We lost. They won!")
    articles["headline"] = "Joy"
    parts = explain_sentiment(articles)
    places = list(zip(parts["field"], parts["sentence"], parts["quote"], strict=True))
    assert places == [
        ("headline", 0, "Joy"), ("body", 1, "lost"), ("body", 2, "won"), ("body", 2, "!")
    ]  # fmt: skip


def test_an_empty_explanation_keeps_its_dtypes() -> None:
    full, empty = explain_sentiment(table("We lost.")), explain_sentiment(table())
    assert list(full) == list(empty) == COLUMNS
    assert empty.empty and empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_explaining_grows_with_length_and_changes_nothing() -> None:
    draw = random.Random(3)
    body = " ".join(draw.choices(["good", "bad", "not", "very", "road", "but"], k=5000)) + "."
    articles = table(body)
    before = articles.copy()
    parts = explain_sentiment(articles)
    total = parts["effect"].sum()
    assert len(parts) > 1000
    assert round(total / sqrt(total**2 + 15), 4) == score_sentiment(articles)["body_tone"][0]
    assert articles.equals(before)
    assert np.isfinite(parts["effect"]).all()
