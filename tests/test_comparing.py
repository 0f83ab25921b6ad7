"""Groups side by side: numbers by hand, false alarms at their level, shifts found."""

from __future__ import annotations

from io import StringIO
from itertools import combinations
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.comparing import COMPARISON_DTYPES
from newsresearch.comparing.correcting import benjamini_hochberg, correct, holm
from newsresearch.comparing.grouping import default_measures
from newsresearch.comparing.kinds import find_kinds

SEED = 7


def table(n: int, outlets: str = "xy", **columns: Any) -> pd.DataFrame:
    """Return n articles of each outlet; article d of each tells event d."""
    days = [f"{day:03d}" for day in range(n)]
    rows = {"article_id": [f"{o}{d}" for o in outlets for d in days], "event": days * len(outlets)}
    return pd.DataFrame(rows | {"outlet": np.repeat(list(outlets), n)} | columns)


def noise(n: int, count: int, events: float = 0.0) -> pd.DataFrame:
    """Return articles with measures of nothing, that may have more to do with their event."""
    draw = np.random.default_rng(SEED)
    values = draw.normal(size=(2 * n, count)) + events * np.tile(
        draw.normal(size=(n, count)), (2, 1)
    )
    found = table(n)
    return found.join(pd.DataFrame(values, columns=names(count)))


def names(count: int) -> list[str]:
    return [f"m{at}" for at in range(count)]


def only(found: pd.DataFrame) -> dict[str, Any]:
    assert len(found) == 1
    return dict(found.iloc[0])


def delta(first: list[float], second: list[float]) -> float:
    signs = [(a > b) - (a < b) for a in first for b in second]
    return sum(signs) / len(signs)


# --- numbers by hand ----------------------------------------------------------------------------

X, Y = [1.0, 4.0, 4.0, 9.0, 12.0, 3.0], [2.0, 4.0, 1.0, 1.0, 8.0, 2.0]


def test_numbers_of_a_pair_by_hand() -> None:
    row = only(nr.compare_articles(table(6, m=X + Y), measures=["m"]))
    assert (row["measure"], row["group_a"], row["group_b"]) == ("m", "x", "y")
    assert (row["n_a"], row["n_b"], row["n_missing"]) == (6, 6, 0)
    assert row["n_events"] is pd.NA
    assert (row["mean_a"], row["median_a"], row["mean_b"], row["median_b"]) == (5.5, 4.0, 3.0, 2.0)
    assert row["difference"] == 2.5
    assert row["effect"] == pytest.approx(delta(X, Y))
    assert row["effect_low"] < row["effect"] < row["effect_high"] <= 1
    assert row["difference_low"] < 2.5 < row["difference_high"]


def test_inside_events_values_count_from_the_mean_of_their_event() -> None:
    row = only(nr.compare_articles(table(6, m=X + Y), event="event", measures=["m"]))
    halves = [(a - b) / 2 for a, b in zip(X, Y, strict=True)]
    assert row["effect"] == pytest.approx(delta(halves, [-half for half in halves]))
    assert (row["difference"], row["n_events"], row["n_a"]) == (2.5, 6, 6)


def test_events_with_several_articles_count_once_in_the_difference() -> None:
    rows = table(6, m=X + Y)
    more = pd.DataFrame({"article_id": ["z"], "event": ["000"], "outlet": ["x"], "m": [13.0]})
    row = only(nr.compare_articles(pd.concat([rows, more]), event="event", measures=["m"]))
    assert (row["n_a"], row["n_b"], row["n_events"]) == (7, 6, 6)
    of_events = [a - b for a, b in zip([7.0, *X[1:]], Y, strict=True)]
    assert row["difference"] == pytest.approx(sum(of_events) / 6)


def test_p_is_that_of_all_ways_to_deal_out_the_groups() -> None:
    pooled = X + Y
    observed = abs(delta(X, Y))
    ways = list(combinations(range(12), 6))
    reached = [
        abs(delta([pooled[i] for i in way], [pooled[i] for i in range(12) if i not in way]))
        >= observed - 1e-9
        for way in ways
    ]
    row = only(nr.compare_articles(table(6, m=pooled), measures=["m"]))
    assert row["p"] == pytest.approx(sum(reached) / len(ways), abs=0.015)


def test_p_inside_events_is_that_of_all_swaps() -> None:
    halves = [(a - b) / 2 for a, b in zip(X, Y, strict=True)]
    observed, reached = abs(delta(halves, [-h for h in halves])), 0
    for way in range(64):
        swapped = [h if way >> at & 1 else -h for at, h in enumerate(halves)]
        reached += abs(delta(swapped, [-h for h in swapped])) >= observed - 1e-9
    row = only(nr.compare_articles(table(6, m=X + Y), event="event", measures=["m"]))
    assert row["p"] == pytest.approx(reached / 64, abs=0.015)


def test_corrections_by_hand() -> None:
    p = np.array([0.010, 0.020, 0.030, 0.040, 0.5])
    assert benjamini_hochberg(p).tolist() == pytest.approx([0.05, 0.05, 0.05, 0.05, 0.5])
    assert holm(p).tolist() == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.5])
    assert benjamini_hochberg(p[::-1])[::-1].tolist() == benjamini_hochberg(p).tolist()
    with_gap = correct(np.array([0.01, np.nan, 0.04]), "holm")
    assert np.isnan(with_gap[1]) and with_gap[[0, 2]].tolist() == pytest.approx([0.02, 0.04])


# --- what chance does ---------------------------------------------------------------------------


@pytest.mark.parametrize(("event", "weight"), [(None, 0.0), ("event", 2.0)])
def test_measures_of_nothing_raise_alarms_at_their_level(event: str | None, weight: float) -> None:
    found = nr.compare_articles(noise(24, 300, weight), event=event, measures=names(300), draws=999)
    assert 0.02 <= (found["p"] <= 0.05).mean() <= 0.08
    assert not found["stands"].any()
    assert 0.4 <= (found["effect"] > 0).mean() <= 0.6


def test_a_planted_shift_is_found_with_its_sign_and_only_inside_events_if_those_differ() -> None:
    rows = noise(40, 20, events=5.0)
    rows.loc[rows["outlet"] == "x", "m3"] -= 1.5
    inside = nr.compare_articles(rows, event="event", measures=names(20))
    assert inside.loc[inside["stands"], "measure"].tolist() == ["m3"]
    assert inside.loc[3, "effect_high"] < 0 and inside.loc[3, "difference"] < 0
    assert not nr.compare_articles(rows, measures=names(20))["stands"].any()


def test_turning_the_sides_turns_the_signs() -> None:
    rows = table(6, m=X + Y)
    turned = rows.assign(outlet=rows["outlet"].map({"x": "z", "y": "y"}))
    one, other = (only(nr.compare_articles(t, measures=["m"])) for t in (rows, turned))
    assert (other["group_a"], other["effect"]) == ("y", -one["effect"])
    assert other["difference"] == -one["difference"]


@pytest.mark.parametrize("event", [None, "event"])
def test_intervals_hold_the_truth_as_often_as_they_say(event: str | None) -> None:
    rows = noise(20, 300)
    rows.loc[rows["outlet"] == "x", names(300)] += 0.5
    found = nr.compare_articles(rows, event=event, measures=names(300), draws=999)
    held = (found["difference_low"] <= 0.5) & (found["difference_high"] >= 0.5)
    assert 0.91 <= held.mean() <= 0.99
    # Aligned, all half differences are compared: that is Phi of the mean of two of them.
    effect = 2 * NormalDist().cdf(0.5 / sqrt(2) if event is None else 0.5) - 1
    held = (found["effect_low"] <= effect) & (found["effect_high"] >= effect)
    assert 0.91 <= held.mean() <= 0.99


# --- the same table always ----------------------------------------------------------------------


@pytest.mark.parametrize("event", [None, "event"])
def test_rows_in_any_order_give_the_same_table(event: str | None) -> None:
    rows = noise(8, 3, events=1.0)
    rows.loc[3, "m1"] = np.nan
    found = nr.compare_articles(rows, event=event, measures=names(3), draws=199)
    for seed in (1, 2):
        mixed = rows.sample(frac=1, random_state=seed).set_index(np.arange(16) * 3)
        again = nr.compare_articles(mixed, event=event, measures=names(3), draws=199)
        pd.testing.assert_frame_equal(found, again)
    other = nr.compare_articles(rows, event=event, measures=names(3), draws=199, seed=1)
    assert other["p"].tolist() != found["p"].tolist()
    assert other["effect"].tolist() == found["effect"].tolist()


def test_a_measure_alone_has_the_numbers_that_it_has_among_others() -> None:
    rows = noise(8, 3).assign(m1=lambda t: t["m1"].where(t.index != 4))
    alone = nr.compare_articles(rows, measures=["m1"], draws=199)
    among = nr.compare_articles(rows, measures=names(3), draws=199)
    same = [c for c in alone if c not in {"p_corrected", "stands", "kind"}]
    pd.testing.assert_frame_equal(alone[same], among.loc[[1], same].reset_index(drop=True))
    assert among.loc[1, "p_corrected"] >= alone.loc[0, "p_corrected"]


def test_columns_are_those_that_are_documented() -> None:
    found = nr.compare_articles(table(6, m=X + Y), measures=["m"])
    assert found.dtypes.astype(str).to_dict() == COMPARISON_DTYPES
    doc = str(nr.compare_articles.__doc__)
    for column in COMPARISON_DTYPES:
        assert column.removesuffix("_low").removesuffix("_high") in doc, column


# --- groups, events and values that are not there -----------------------------------------------


def test_missing_values_are_counted_and_left_out() -> None:
    rows = table(6, m=[*X[:5], np.nan, *Y[:4], np.inf, Y[5]])
    row = only(nr.compare_articles(rows, measures=["m"]))
    assert (row["n_a"], row["n_b"], row["n_missing"]) == (5, 5, 2)
    assert row["effect"] == pytest.approx(delta(X[:5], [*Y[:4], Y[5]]))
    inside = only(nr.compare_articles(rows, event="event", measures=["m"]))
    assert (inside["n_a"], inside["n_b"], inside["n_events"]) == (4, 4, 4)
    assert inside["note"] == "too few to say: 4 events told by both, 5 needed"


def test_events_of_one_group_do_not_count() -> None:
    rows = table(12, m=list(range(24)))
    rows.loc[:2, "event"] = ["only x", "only x too", "and this"]
    row = only(nr.compare_articles(rows, event="event", measures=["m"]))
    assert (row["n_events"], row["n_a"], row["n_b"], row["n_missing"]) == (9, 9, 9, 0)


def test_too_few_articles_are_told_and_nothing_is_said() -> None:
    rows = pd.concat([table(6, m=X + Y), table(4, "z", m=[50.0, 60.0, 70.0, 80.0])])
    found = nr.compare_articles(rows, measures=["m"]).set_index("group_b")
    few = found[found["note"] != ""]
    assert few.index.tolist() == ["z", "z"]
    assert set(few["note"]) == {"too few to say: 4 articles of a group, 5 needed"}
    assert few["mean_b"].tolist() == [65.0, 65.0]
    assert few[["effect", "p", "p_corrected", "difference"]].isna().all(axis=None)
    assert not few["stands"].any()
    assert found.loc["y", "p"].tolist() == found.loc["y", "p_corrected"].tolist()  # one test


def test_a_group_without_any_value_and_a_measure_without_spread() -> None:
    rows = table(6, m=[np.nan] * 6 + Y, same=[3] * 12)
    found = nr.compare_articles(rows, measures=["m", "same"])
    assert (found.loc[0, "n_a"], found.loc[0, "n_missing"]) == (0, 6)
    assert np.isnan(found.loc[0, "mean_a"]) and found.loc[0, "mean_b"] == 3.0
    assert found.loc[1, ["effect", "effect_low", "effect_high", "p"]].tolist() == [0, 0, 0, 1]
    assert found.loc[1, "note"] == "all articles have the same value"


def test_five_events_cannot_stand_and_say_so() -> None:
    rows = table(5, m=[10.0, 20.0, 30.0, 40.0, 50.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    row = only(nr.compare_articles(rows, event="event", measures=["m"]))
    assert row["effect"] == 1 and not row["stands"]
    assert row["note"] == "cannot stand: with so few events no p is below 0.06"


def test_true_and_false_and_whole_numbers_with_gaps_are_measures() -> None:
    whole = pd.array([1, None, 3, 4, 5, 6, 7] * 2, dtype="Int64")
    flags = pd.array([True, False, None, True, True, True, True] + [False] * 7, dtype="boolean")
    found = nr.compare_articles(table(7, whole=whole, has=flags), measures=["whole", "has"])
    assert found["n_missing"].tolist() == [2, 1]
    assert found.loc[1, "mean_a"] == pytest.approx(5 / 6) and found.loc[1, "mean_b"] == 0
    # A CSV file gives true and false with gaps as objects.
    read = pd.read_csv(StringIO(table(7, whole=whole, has=flags).to_csv(index=False)))
    assert read["has"].dtype == object
    again = nr.compare_articles(read, measures=["whole", "has"])
    pd.testing.assert_frame_equal(again, found)


def test_articles_without_a_group_are_left_out_with_a_warning() -> None:
    rows = table(6, m=X + Y)
    rows.loc[12] = ["none", "007", None, 99.0]
    with pytest.warns(UserWarning, match="1 of 13 articles have no 'outlet' and are left out"):
        row = only(nr.compare_articles(rows, measures=["m"]))
    assert row["mean_a"] == 5.5


def test_empty_cells_are_no_group_and_no_event() -> None:
    rows = table(12, m=range(24))
    rows.loc[:5, "event"] = ""
    rows.loc[12:17, "event"] = " "
    rows.loc[23, "outlet"] = ""
    with pytest.warns(UserWarning, match="13 of 24 articles have no 'outlet' or 'event'"):
        row = only(nr.compare_articles(rows, event="event", measures="m"))
    assert (row["group_a"], row["n_events"], row["n_a"], row["n_b"]) == ("x", 5, 5, 5)


def test_pairs_are_all_or_those_against_one_group() -> None:
    rows = table(6, "cab", m=range(18))
    every = nr.compare_articles(rows, measures=["m"])
    assert every[["group_a", "group_b"]].values.tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    some = nr.compare_articles(rows, measures=["m"], against="b")
    assert some[["group_a", "group_b"]].values.tolist() == [["a", "b"], ["c", "b"]]
    numbered = rows.assign(outlet=rows["outlet"].map({"a": 1, "b": 2, "c": 10}))
    assert nr.compare_articles(numbered, measures=["m"])["group_a"].tolist() == ["1", "1", "10"]


def test_groups_and_ids_of_any_kind() -> None:
    rows = table(6, m=X + Y).astype({"article_id": object, "outlet": object})
    rows.loc[0, "article_id"] = 7
    rows["outlet"] = rows["outlet"].map({"x": "a\ud800", "y": 3})
    row = only(nr.compare_articles(rows, measures=["m"]))
    assert (row["group_a"], row["group_b"], row["difference"]) == ("3", "a?", -2.5)


def test_a_group_may_be_named_as_the_column_has_it() -> None:
    rows = table(6, m=X + Y).replace({"outlet": {"x": 2020, "y": 2021}})
    row = only(nr.compare_articles(rows, measures="m", against=2020))  # type: ignore[arg-type]
    assert (row["group_a"], row["group_b"], row["difference"]) == ("2021", "2020", -2.5)


def test_an_interval_without_width_is_told() -> None:
    rows = table(6, m=range(12))
    assert only(nr.compare_articles(rows, measures="m"))["note"] == (
        "the effect is as large as can be, so its interval has no width"
    )


def test_the_least_p_counts_the_mirror_image_where_there_is_one() -> None:
    rows = table(5, m=range(10))
    more = pd.DataFrame({"article_id": ["z"], "event": ["000"], "outlet": ["x"], "m": [13.0]})
    options: dict[str, Any] = {"event": "event", "measures": "m", "alpha": 0.01}
    note = "cannot stand: with so few events no p is below "
    assert only(nr.compare_articles(rows, **options))["note"] == f"{note}0.06"
    # One of 3 × 2 × 2 × 2 × 2 ways, and the other end is no mirror image of it.
    assert only(nr.compare_articles(pd.concat([rows, more]), **options))["note"] == f"{note}0.02"


# --- measures -----------------------------------------------------------------------------------


def test_default_measures_are_amounts() -> None:
    found = default_measures()
    assert {"grade", "body_tone", "n_words", "has_saturated_compound"} <= set(found)
    assert not {"stance", "readability_note", "evidence_start", "body_tone_low"} & set(found)
    assert set(found) <= set(nr.list_measures()["column"])


def test_what_is_not_scored_is_scored_and_what_is_there_is_kept() -> None:
    demo = nr.load_dataset("demo")
    scores = nr.score_all(demo)
    bare = nr.compare_articles(demo, by="kind", draws=199)
    assert bare["measure"].tolist() == default_measures()
    pd.testing.assert_frame_equal(bare, nr.compare_articles(scores, by="kind", draws=199))
    own = demo.assign(grade=range(24))
    found = nr.compare_articles(own, by="kind", measures=["grade", "n_words"], draws=199)
    assert found.loc[0, "mean_a"] == np.arange(24)[(demo["kind"] == "clean").to_numpy()].mean()
    assert found.loc[1, "mean_a"] == scores.loc[demo["kind"] == "clean", "n_words"].mean()


def test_measures_that_go_along_are_one_kind() -> None:
    rows = noise(20, 3).assign(twice=lambda t: t["m0"] ** 3, turned=lambda t: -t["m1"])
    measures = [*names(3), "twice", "turned"]
    found = nr.compare_articles(rows, measures=measures, draws=199)
    assert found["kind"].tolist() == ["m0", "m1", "m2", "m0", "m1"]
    assert find_kinds(np.full((12, 2), np.nan), ["a", "b"]) == {"a": "a", "b": "b"}


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"by": "paper"}, r"need a 'paper' column; found 'article_id', 'event'.*Pass by="),
        ({"event": "story"}, r"need a 'story' column; found .*Pass event="),
        ({"event": "outlet"}, "by and event are both 'outlet'"),
        ({"measures": ["tone"]}, "no measure 'tone': neither a column of the table nor in"),
        ({"measures": ["event"]}, r"column 'event' holds str, no numbers.*pd.to_numeric\(\)"),
        ({"measures": []}, "measures= is empty"),
        ({"against": "z"}, r"no group 'z' to compare against\. Use one of \['x', 'y'\]"),
        ({"correction": "none"}, "no correction 'none'. Use one of bh, holm"),
        ({"alpha": 5}, "alpha must lie between 0 and 1; found 5"),
        ({"draws": 10}, "draws must be 99 or more; found 10"),
    ],
    ids=str,
)
def test_errors_say_what_to_do(options: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        nr.compare_articles(table(6, m=X + Y), **({"measures": ["m"]} | options))


def test_tables_that_cannot_be_compared() -> None:
    rows = table(6, m=X + Y)
    with pytest.raises(nr.ArticleError, match="two groups in 'outlet'; found only 'x' in 6"):
        nr.compare_articles(rows.head(6), measures=["m"])
    with pytest.raises(nr.ArticleError, match="found none in 0 articles"):
        nr.compare_articles(rows.head(0), measures=["m"])
    with pytest.raises(nr.ArticleError, match="article_id must be unique"):
        nr.compare_articles(pd.concat([rows, rows]), measures=["m"])
    with pytest.raises(nr.ArticleError, match="two columns are named 'm'"):
        nr.compare_articles(pd.concat([rows, rows[["m"]]], axis=1), measures="m")
    with pytest.raises(nr.ArticleError, match="articles must be a table; found list"):
        nr.compare_articles([], measures=["m"])  # type: ignore[arg-type]
    with pytest.raises(nr.ArticleError, match="need a 'article_id' column"):
        nr.compare_articles(rows.drop(columns="article_id"), measures=["m"])
    with pytest.raises(
        nr.ArticleError, match=r"need the columns 'headline', 'body'; found .*'m'\. Pass"
    ):
        nr.compare_articles(rows)  # nothing is scored and there is no text to score
    many = table(1, "abcdefghijklm", m=range(13))
    with pytest.raises(ValueError, match=r"13 groups are 78 pairs; .*Pass against="):
        nr.compare_articles(many, measures=["m"])
