"""The stored numbers beside published ones: whole, honest, and what the code computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import ArticleError
from newsresearch.datasets.published import OUTCOMES
from newsresearch.datasets.registry import known_datasets
from newsresearch.figures import find_drawn
from newsresearch.figures.measured import read_published

ROOT = Path(__file__).parent.parent
TEXTS = ("paper", "data", "part", "result", "kind", "unit", "made_by", "measured")


@pytest.fixture(scope="module")
def stored() -> pd.DataFrame:
    return nr.list_published()


def test_every_row_says_what_whose_and_how(stored: pd.DataFrame) -> None:
    assert (stored[list(TEXTS)] != "").all(axis=None)
    assert not stored.duplicated(["data", "part", "groups", "result", "measure", "unit"]).any()
    assert set(stored["data"]) <= set(known_datasets())
    theirs = stored["published"].notna() | (stored["kind"] == "claim")
    assert (stored.loc[theirs, ["source", "seen"]] != "").all(axis=None)
    for script in stored["made_by"].str.split().str[0].unique():
        assert (ROOT / script).is_file()


def test_what_is_from_memory_says_so(stored: pd.DataFrame) -> None:
    ways = ("quoted by others", "from memory: check before quoting", "in the paper",
            "in its repository", "computed by us from")  # fmt: skip
    told = stored.loc[stored["seen"] != "", "seen"]
    assert told.str.startswith(ways).all()
    systems = read_published().set_index("system")["seen"]
    stance = stored[stored["data"] == "fnc-1"]
    assert stance["seen"].tolist() == [systems[name] for name in stance["groups"]]
    for recalled in ("stackLSTM", "humans"):
        assert systems[recalled].startswith("from memory")


def test_outcomes_say_what_the_numbers_say(stored: pd.DataFrame) -> None:
    for kind, rows in stored.groupby("kind"):
        assert set(rows["outcome"]) <= set(OUTCOMES[str(kind)]), kind
    claims = stored[(stored["kind"] == "claim") & stored["p_corrected"].notna()]
    right = (claims["ours"] > 0) == (claims["direction"] == "higher")
    stands = claims["p_corrected"] <= 0.05
    assert claims.loc[~stands, "outcome"].eq("may be chance").all()
    assert claims.loc[stands & right, "outcome"].eq("reproduced").all()
    assert claims.loc[stands & ~right, "outcome"].eq("opposite").all()
    missing = stored["outcome"] == "not measured"
    assert stored["ours"].isna().equals(missing)
    assert (stored.loc[missing, "note"] != "").all()


def test_ours_lies_in_its_interval(stored: pd.DataFrame) -> None:
    rows = stored[stored["low"].notna()]
    assert rows["ours"].between(rows["low"], rows["high"]).all()


def test_what_is_not_found_is_listed_too(stored: pd.DataFrame) -> None:
    assert {"opposite", "may be chance", "not measured", "differs", "behind"} <= set(
        stored["outcome"]
    )


def test_stance_rows_are_those_of_the_confusion_table(stored: pd.DataFrame) -> None:
    drawn = find_drawn(nr.plot_confusion())
    assert drawn is not None
    cells = drawn.table[(drawn.table["part"] == "F1") & (drawn.table["row"] == "disagree")]
    scores = dict(zip(cells["column"], cells["value"], strict=True))
    rows = stored[stored["measure"] == "disagree"]
    told = dict(zip(rows["groups"], rows["published"], strict=True))
    assert len(told) == 6 and {name: told[name] for name in scores if name in told}
    assert all(told[name] == scores[name] for name in scores if name in told)
    assert rows["ours"].sub(next(iter(scores.values()))).abs().max() < 0.0001


def test_one_data_set_or_a_reason() -> None:
    assert set(nr.list_published("clear")["data"]) == {"clear"}
    with pytest.raises(ArticleError, match=r"no published result on 'demo' .*: fakenewsdata1, one"):
        nr.list_published("demo")


# --- the figure ---------------------------------------------------------------------------------


def test_claims_and_values_are_drawn_with_what_is_left_out_named(stored: pd.DataFrame) -> None:
    claims = stored[(stored["unit"] == "Cliff's delta") & stored["part"].str.startswith("random")]
    ax = nr.plot_published(claims)
    assert len(ax.get_yticklabels()) == claims["ours"].notna().sum()
    assert ax.get_xlabel().endswith("4 more not measured")
    drawn = find_drawn(nr.plot_published(nr.list_published("vader-nyt")))
    assert drawn is not None and drawn.table["row"].is_unique
    assert drawn.plot.alt(drawn.table).startswith("8 published results with ours beside them: ")


def test_mixed_rows_and_other_tables_are_refused(stored: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="claims of one unit or other rows, not both"):
        nr.plot_published(stored)
    with pytest.raises(ValueError, match="at most 40 rows"):
        nr.plot_published(pd.concat([nr.list_published("fnc-1")] * 3))
    with pytest.raises(ValueError, match=r"draws the table of list_published\(\)"):
        nr.plot_published(pd.DataFrame({"article_id": ["a"]}))
    missing = stored[stored["outcome"] == "not measured"]
    assert nr.plot_published(missing).texts[0].get_text() == "nothing was measured"


# --- the data, where they are -------------------------------------------------------------------


def load(name: str, rows: int) -> pd.DataFrame:
    """Load a set, or skip: the stored numbers are those of one version of it."""
    try:
        articles = nr.load_dataset(name)
    except ArticleError as problem:
        if "not on this machine" not in str(problem):
            raise
        pytest.skip(str(problem))
    if len(articles) != rows:
        pytest.skip(f"{name} has {len(articles)} rows here, the table was made from {rows}")
    return articles


def ours(stored: pd.DataFrame, **cells: str) -> Any:
    rows = stored[(stored[list(cells)] == pd.Series(cells)).all(axis=1)]
    return rows["ours"].iloc[0]


@pytest.mark.dataset
def test_stored_claims_are_what_the_code_computes(public_data: Path, stored: pd.DataFrame) -> None:
    articles = load("fakenewsdata1", 163)
    articles["title_words"] = articles["headline"].map(nr.split_words).map(len)
    articles["body_words"] = articles["body"].map(nr.split_words).map(len)
    two = articles[(articles["collection"] == "random") & (articles["label"] != "satire")]
    measures = ["title_words", "body_words"]
    found = nr.compare_articles(two, by="label", measures=measures, draws=99)
    for row in found.itertuples():
        part = f"random {str(row.measure).split('_')[0]}"
        assert ours(stored, part=part, measure=str(row.measure)) == pytest.approx(
            row.effect, abs=5e-5
        )


@pytest.mark.dataset
def test_stored_lengths_are_what_the_code_computes(public_data: Path, stored: pd.DataFrame) -> None:
    texts = load("onestopenglish", 285)
    texts = texts[~texts.groupby("topic")["suspect"].transform("any")]
    words = texts["body"].map(nr.split_words).map(len).groupby(texts["level"]).mean()
    for level, mean in words.items():
        stored_mean = ours(stored, data="onestopenglish", part=str(level))
        assert stored_mean == pytest.approx(mean, abs=5e-5)
