"""Who gets to speak: one source a person, each word once, and the laws of the shares."""

from __future__ import annotations

import growth
import nasty
import pandas as pd
import pytest
from hypothesis import given, settings

import newsresearch as nr
from newsresearch.attribution import Speaker
from newsresearch.sources import FEWEST_WORDS, MEASURES, SOURCE_DTYPES
from newsresearch.sources.merging import name_sources
from newsresearch.text import Span

RAIN = "It rained on the old bridge all day. " * 6
SHARES = [m.column for m in MEASURES if m.unit == "share"]
BODY = (
    "Mayor Ann Lee opened the bridge of Ely. “It is late,” she said. Officials said the bridge "
    "was old. “We must all go home,” said Tom Roe, a baker. Lee claimed that the bridge was "
    "“a clean break”. "
)


def table(*bodies: str) -> pd.DataFrame:
    texts = pd.Series(bodies, dtype=object)  # also with half a character
    ids = [f"a{at}" for at in range(len(bodies))]
    return pd.DataFrame({"article_id": ids, "headline": "", "body": texts})


def rows(body: str, *columns: str) -> list[tuple[object, ...]]:
    found = nr.list_sources(table(body))
    return list(found[list(columns)].itertuples(index=False, name=None))


def score(body: str) -> pd.Series[float]:
    return nr.score_sources(table(body)).iloc[0]


# --- one source a person ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "Ann Lee left. “It is late,” Lee said. Ms Lee said it rained. She said it was cold.",
        "Governor Ann Lee left. “It is late,” Lee said.\n\nThe governor said it was cold.",
        "Gov. Ann Lee met Sen. Tom Roe. “It is late,” Lee said.\n\nThe governor said it rained.",
        "Ann Lee, the mayor of Ely, left. “It is late,” said Lee.\n\nThe mayor said it rained.",
        "Deirdre Lee left. Tom Roe left. “It is late,” Deirdre said. “Go home,” Lee said.",
        "President-elect Ann Lee left. “It is late,” Lee said. The president-elect said it rained.",
        "Economist Ann Lee left. “It is late,” Acme economist Ann Lee said. Lee said it rained.",
    ],
)
def test_a_person_is_one_source_under_all_names(body: str) -> None:
    names = [name for (name,) in rows(body, "source")]
    assert len(names) == 1
    assert names[0] in {"Ann Lee", "Deirdre Lee"}


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "Gov. Ann Lee met Gov. Tom Roe. “No, no,” Lee said.\n\nThe governor said it was so.",
            ["Ann Lee", "The governor"],
        ),
        (
            "Vice President Ann Lee left. “It is late,” Lee said.\n\nThe president said it was so.",
            ["Ann Lee", "The president"],
        ),
        ("“It is late,” Ann Lee said. “Go home,” Mary Lee said.", ["Ann Lee", "Mary Lee"]),
        ("“It is late,” said Ann Lee’s lawyer. “No,” said Ann Lee.", None),
    ],
)
def test_two_who_might_be_one_stay_two(body: str, names: list[str] | None) -> None:
    found = [name for (name,) in rows(body, "source")]
    assert len(found) == 2
    assert names is None or found == names


def speaker(name: str, anonymous: bool = True) -> Speaker:
    return Speaker(Span(0, 1), name, anonymous)


@pytest.mark.parametrize(
    ("names", "merged"),
    [
        (["Officials", "officials", "the officials"], ["Officials"] * 3),
        (["a spokesman for Acme", "the spokesman"], ["a spokesman for Acme"] * 2),
        (["a statement released", "the statement"], ["a statement released"] * 2),
        (["The Washington Post", "the Post"], ["The Washington Post"] * 2),
        (["National Rifle Association", "NRA"], ["National Rifle Association"] * 2),
        (["National Rifle Association", "the NRA"], ["National Rifle Association"] * 2),
        (["two officials", "three officials"], ["two officials", "three officials"]),
        (
            ["a spokesman for Acme", "a spokesman for Ely", "the spokesman"],
            ["a spokesman for Acme", "a spokesman for Ely", "the spokesman"],
        ),
    ],
)
def test_wordings_that_are_one_source(names: list[str], merged: list[str]) -> None:
    assert [name for name, _ in name_sources([speaker(name) for name in names])] == merged


@pytest.mark.parametrize(
    ("name", "anonymous"),
    [("Officials", True), ("Aides", True), ("House Republicans", True), ("Acme", False),
     ("The Justice Department", False), ("the company", True)],
)  # fmt: skip
def test_who_has_no_name(name: str, anonymous: bool) -> None:
    assert rows(f"{name} said the bridge was old.", "anonymous") == [(anonymous,)]


# --- words --------------------------------------------------------------------------------------


def test_each_word_counts_once_for_the_quotation_it_is_in() -> None:
    found = rows(BODY, "source", "n_quotes", "n_reported", "words_quoted", "words_reported")
    assert found == [
        ("Ann Lee", 2, 1, 6, 3), ("Officials", 0, 1, 0, 4), ("Tom Roe", 1, 0, 5, 0),
    ]  # fmt: skip
    assert sum(share for (share,) in rows(BODY, "source_share")) == pytest.approx(1)
    assert rows(BODY, "verb_classes")[0] == ("neutral, distancing",)


def test_the_measures_of_an_article() -> None:
    body = BODY + RAIN
    words = len(nr.split_words(body))
    row = score(body)
    assert row["quoted_share"] == pytest.approx(11 / words)
    assert row["reported_share"] == pytest.approx(7 / words)
    assert (row["n_sources"], row["n_named_sources"]) == (3, 2)
    assert row["named_source_share"] == pytest.approx(14 / 18)
    assert row["top_source_share"] == pytest.approx(9 / 18)
    assert row["first_source_at"] == pytest.approx(8 / words)  # words, not characters
    assert row["distancing_verb_share"] == pytest.approx(1 / 4)
    assert row["denying_verb_share"] == row["unattributed_share"] == 0


def test_nobody_speaks_and_too_few_words() -> None:
    row = score(RAIN)
    assert (row["quoted_share"], row["n_sources"]) == (0, 0)
    missing = ["named_source_share", "top_source_share", "first_source_at", "unattributed_share"]
    assert row[missing].isna().all()
    short = " ".join(["the"] * (FEWEST_WORDS - 1))
    assert score(short)[[m.column for m in MEASURES]].isna().all()
    assert score(f"{short} fell.")["n_sources"] == 0
    assert score("")["error"] == "the body is empty"
    assert rows("", "source") == rows(RAIN, "source") == []


def test_a_quotation_less_lowers_the_share_and_one_without_a_speaker_is_told() -> None:
    less = BODY.replace(" “We must all go home,” said Tom Roe, a baker.", "")
    assert score(less + RAIN)["quoted_share"] < score(BODY + RAIN)["quoted_share"]
    alone = f"{RAIN}\n\n“We will never ever pay a penny for that old bridge.”\n\n{RAIN}"
    row = score(alone)
    assert (row["unattributed_share"], row["quoted_share"], row["n_sources"]) == (1, 0, 0)


def test_titles_and_irony_are_no_speech() -> None:
    row = score(f"{RAIN} The “clean” bridge was in “The Gull of Ely”.")
    assert row["quoted_share"] == 0
    assert row[["unattributed_share"]].isna().all()


@pytest.mark.parametrize(
    "said",
    ["“It is late,”", '"It is late,"', "«It is late,»", "„It is late,“", "‘It is late,’",
     "'It is late,'", "»It is late,«"],
)  # fmt: skip
def test_marks_of_other_countries_count_alike(said: str) -> None:
    assert rows(f"{said} said Ann Lee.", "source", "words_quoted") == [("Ann Lee", 3)]


@pytest.mark.parametrize(
    "body",
    [
        "“It is late, said Ann Lee. Roe said it rained.",
        'Ann Lee said "it is late. “It is,” said Roe.',
        "“It is ‘late, ” said Ann Lee. ” “ ” “",
        '"It is late,\n\n"We must go," said Ann Lee. "No',
    ],
)
def test_marks_without_a_partner_do_no_harm(body: str) -> None:
    body = f"{body}\n\nOfficials said it rained all day."
    found = nr.list_sources(table(body))
    check(found, body)
    assert found["source"].tolist()[-1] == "Officials"


# --- acts are no speech -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("A court ordered the “Gull” to be sunk.", False),
        ("Voters rejected the “clean break” plan.", False),
        ("He ordered the “Gull” to be sunk.", False),
        ("“Sink it now, all of you,” ordered Ann Lee.", True),
        ("Ann Lee ordered that the bridge be closed: “Close it now.”", True),
        ("Ann Lee rejected the plan as “a mess”.", True),
        ("Ann Lee dismissed it as a “clean break”.", True),
        ("The state Senate rejected claims that it was old.", False),
    ],
)
def test_acts_are_speech_only_before_what_is_said(body: str, said: bool) -> None:
    assert bool(rows(body, "source")) is said


# --- laws ---------------------------------------------------------------------------------------


def check(found: pd.DataFrame, body: str) -> None:
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == SOURCE_DTYPES
    for row in found.itertuples():
        assert body[row.start : row.end] == row.quote
        assert row.n_quotes + row.n_reported >= 1
        assert 0 <= row.first_at <= 1
    assert not found["source"].str.lower().duplicated().any()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_any_text_gives_sources_that_quote_it(text: str) -> None:
    check(nr.list_sources(table(text)), text)
    row = score(f"{text} {BODY} {RAIN}")
    shares = row[SHARES].dropna()
    assert shares.between(0, 1).all()
    if not row["error"]:
        assert row["quoted_share"] + row["reported_share"] <= 1
        assert row["n_named_sources"] <= row["n_sources"]


@pytest.mark.parametrize("text", nasty.SHORT.values(), ids=nasty.SHORT.keys())
def test_nasty_texts_do_no_harm(text: str) -> None:
    check(nr.list_sources(table(text)), text)


def test_rows_do_not_know_of_each_other() -> None:
    demo = nr.load_dataset("demo")
    whole = nr.list_sources(demo)
    assert len(whole) > 40
    part = nr.list_sources(demo.iloc[[20, 3]])
    expected = [whole[whole["article_id"] == name] for name in part["article_id"].unique()]
    assert part.equals(pd.concat(expected, ignore_index=True))
    turned = nr.score_sources(demo.iloc[::-1]).iloc[::-1]
    assert turned.equals(nr.score_sources(demo))


PROGRAM = """
import pandas as pd
import newsresearch as nr
def read(text):
    articles = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [text]})
    nr.score_sources(articles)
    nr.list_sources(articles)
"""
GROWING = {
    "statements": "Lee said the bridge was old. " * 10_000,
    "statements in one sentence": "Lee said the bridge was old, " * 10_000,
    "many sources": " ".join(f"“It is late,” said Ann Roe{at}." for at in range(12_000)),
    "many roles": "“It is late,” said the mayor of the old town. " * 6_000,
    "many titles": "Gov. Ann Lee met Gov. Tom Roe. The governor said it rained. " * 5_000,
    "many spokesmen": " ".join(f"“No,” said a spokesman for Roe{at}." for at in range(10_000)),
    "acts": "Lee rejected the old plan of the town " * 8_000,
}


def test_work_grows_with_the_text() -> None:
    growth.check_growth(PROGRAM, GROWING)
