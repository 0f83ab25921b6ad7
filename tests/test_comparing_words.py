"""Distinctive words: the published formula, no topic taken for a way of telling, no burst."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from growth import check_growth

import newsresearch as nr
from newsresearch.comparing import WORD_DTYPES
from newsresearch.comparing.counting import count_words

FILLER = "council member street winter paper garden window market river".split()  # noqa: SIM905


def corpus(*bodies: tuple[str, str, str]) -> pd.DataFrame:
    rows = [(f"{at:03d}", "", *row) for at, row in enumerate(bodies)]
    return pd.DataFrame(rows, columns=["article_id", "headline", "outlet", "event", "body"])


def told(extra: dict[str, str], count: int = 12, seed: int = 3) -> pd.DataFrame:
    """Return articles of x and y on the same events, of common words and an outlet's own."""
    draw = np.random.default_rng(seed)
    rows = []
    for event in range(count):
        for outlet in "xy":
            words = " ".join(draw.choice(FILLER, 60))
            rows.append((outlet, f"e{event:02d}", f"{words} {extra.get(outlet, '')}"))
    return corpus(*rows)


def row_of(found: pd.DataFrame, word: str) -> dict[str, Any]:
    rows = found[found["word"] == word]
    assert len(rows) == 1, found["word"].tolist()
    return dict(rows.iloc[0])


def test_the_published_formula() -> None:
    rows = [("x", "", "storm storm storm fell on town")] * 3
    rows += [("y", "", "storm fell on the old town and town")] * 4
    row = row_of(nr.distinctive_words(corpus(*rows), prior=50, min_articles=1), "storm")
    y, n, rest, n_rest = 9, 18, 4, 32
    a = 50 * (y + rest) / (n + n_rest)
    odds = log((y + a) / (n + 50 - y - a)) - log((rest + a) / (n_rest + 50 - rest - a))
    assert row["log_odds"] == pytest.approx(odds)
    assert row["z"] == pytest.approx(odds / sqrt(1 / (y + a) + 1 / (rest + a)))
    assert (row["group"], row["n_uses"], row["n_uses_rest"]) == ("x", 9, 4)
    assert (row["n_articles"], row["n_articles_rest"]) == (3, 4)
    assert row["per_10000"] == pytest.approx(5000) and row["per_10000_rest"] == pytest.approx(1250)
    assert row["n_events"] is pd.NA


def test_words_of_each_side_are_found_and_stand() -> None:
    found = nr.distinctive_words(told({"x": "regime", "y": "government"}), event="event")
    standing = found[found["stands"]]
    assert standing[["group", "word"]].values.tolist() == [["x", "regime"], ["y", "government"]]
    assert standing["n_events"].tolist() == [12, 12]
    assert found.groupby("group", sort=False).head(1)["word"].tolist() == ["regime", "government"]


def test_nothing_stands_where_outlets_write_alike() -> None:
    alarms = [nr.distinctive_words(told({}, seed=s), event="event")["stands"] for s in range(20)]
    assert sum(some.any() for some in alarms) <= 4


def test_what_an_event_is_about_is_nobody_s_own_word() -> None:
    rows = told({}).values.tolist()
    # x tells the flood in three long articles, y in one short one.
    rows += [[f"f{at}", "", "x", "flood", "flood water " * 40] for at in range(3)]
    rows += [["f9", "", "y", "flood", "flood water " * 5]]
    articles = pd.DataFrame(rows, columns=["article_id", "headline", "outlet", "event", "body"])
    apart = nr.distinctive_words(articles, top=None)
    assert apart.loc[apart["group"] == "x", "word"].tolist()[:2] == ["flood", "water"]
    inside = nr.distinctive_words(articles, event="event", top=None)
    assert not {"flood", "water"} & set(inside.loc[inside["z"] > 0.5, "word"])
    # An event that x alone tells does not count at all.
    articles.loc[articles["article_id"] == "f9", "event"] = "other"
    alone = nr.distinctive_words(articles, event="event", top=None)
    assert "flood" not in set(alone["word"])


def test_one_article_with_many_uses_is_one_article() -> None:
    articles = told({})
    articles.loc[0, "body"] += " scandal" * 40
    assert "scandal" not in set(nr.distinctive_words(articles)["word"])
    row = row_of(nr.distinctive_words(articles, min_articles=1), "scandal")
    assert row["z"] > 2 and row["n_articles"] == 1
    assert not row["stands"]


def test_names_can_be_left_out() -> None:
    articles = told({"x": "Then Brandt’s brother rested.", "y": "Then Vale slept."})
    found = nr.distinctive_words(articles, top=None)
    assert {"brandt", "brother", "vale", "slept"} <= set(found["word"])
    without = nr.distinctive_words(articles, names=False, top=None)
    assert {"brother", "slept"} <= set(without["word"])
    assert not {"brandt", "vale"} & set(without["word"])


def test_words_are_counted_in_lower_case_without_genitive_marks_or_numbers() -> None:
    articles = corpus(("x", "", "Ports’ PORT port's po\u00adrt 1,200 7 U.S. 1990s"), ("y", "", ""))
    counts = count_words(articles, "body", 1, True)
    assert counts.words == ["1990s", "port", "ports", "u.s"]
    assert counts.sum_up(np.ones(2)).tolist() == [1, 3, 1, 1]
    assert counts.spread(np.array([False, True])).tolist() == [0, 0, 0, 0]
    assert counts.lengths.tolist() == [6, 0]


def test_fields_groups_and_articles_without_text() -> None:
    articles = told({"x": "regime", "y": "government"})
    articles["headline"] = articles.pop("body")
    articles["body"] = ""
    assert nr.distinctive_words(articles).empty
    found = nr.distinctive_words(articles, field="headline", top=1)
    assert found["word"].tolist() == ["regime", "government"]
    third = articles.assign(article_id=lambda t: "z" + t["article_id"], outlet="z", headline="")
    three = nr.distinctive_words(pd.concat([articles, third]), field="headline", top=1)
    assert three["group"].tolist() == ["x", "y"]


def test_the_same_table_whatever_the_order_of_the_rows() -> None:
    articles = told({"x": "regime"})
    found = nr.distinctive_words(articles, event="event", top=None)
    mixed = articles.sample(frac=1, random_state=1)
    again = nr.distinctive_words(mixed, event="event", top=None)
    pd.testing.assert_frame_equal(found, again)
    assert found.dtypes.astype(str).to_dict() == WORD_DTYPES
    doc = str(nr.distinctive_words.__doc__)
    assert all(column in doc for column in WORD_DTYPES)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"field": "text"}, "no text field 'text'"),
        ({"field": "preamble"}, "no 'preamble' column"),
        ({"by": "paper"}, "need a 'paper' column"),
        ({"min_articles": 0}, "min_articles must be 1 or more; found 0"),
        ({"draws": 5}, "draws must be 19 or more; found 5"),
        ({"prior": 0}, "prior must be above 0; found 0"),
        ({"top": -1}, "top must be 1 or more, or None for all; found -1"),
        ({"alpha": 1}, "alpha must lie between 0 and 1; found 1"),
    ],
    ids=str,
)
def test_errors_say_what_to_do(options: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        nr.distinctive_words(told({}, count=2), **options)


def test_time_grows_with_the_text() -> None:
    program = """
import pandas as pd
from newsresearch.comparing import distinctive_words
def read(text):
    rows = {"article_id": list("abcdefgh"), "outlet": list("xy") * 4, "headline": "", "body": text}
    distinctive_words(pd.DataFrame(rows), draws=19)
"""
    texts = {
        "one word": "storm " * 80_000,
        "words": " ".join(f"storm{at}" for at in range(40_000)),
        "marks": "'" * 400_000,
        "dots": "U.S." * 100_000,
    }
    check_growth(program, texts)
