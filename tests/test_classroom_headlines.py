"""The headlines to choose among: the gold file, and how a class sees them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from markup import PAYLOADS, elements, fragment, visible

import newsresearch as nr
from newsresearch.articles import ArticleError
from newsresearch.classroom.headlines import HeadlineSheet
from newsresearch.classroom.verdicts import VERDICTS
from newsresearch.marks import reveal

ELEMENTS = {"div", "table", "thead", "tbody", "tr", "th", "td", "p", "br"}
BREAKFASTS = "02-school-breakfasts"


@pytest.fixture(scope="module")
def gold() -> pd.DataFrame:
    return nr.load_gold("headlines")


@pytest.fixture(scope="module")
def clean() -> pd.DataFrame:
    articles = nr.load_dataset("demo")
    return articles[articles["kind"] == "clean"]


def test_every_clean_article_has_headlines_of_every_verdict(
    gold: pd.DataFrame, clean: pd.DataFrame
) -> None:
    counts = pd.crosstab(gold["article_id"], gold["verdict"])
    assert set(counts.index) == set(clean["article_id"])
    assert set(counts) == set(VERDICTS)
    assert counts.ge(1).all(axis=None) and counts.sum(axis=1).between(5, 6).all()
    wrong = gold[gold["kind"].isin(["number", "actor"])]
    assert set(wrong["article_id"]) == set(clean["article_id"])


def test_what_decides_is_quoted_to_the_letter(gold: pd.DataFrame, clean: pd.DataFrame) -> None:
    bodies = clean.set_index("article_id")["body"]
    for row in gold.itertuples():
        assert row.words and row.words in row.headline, row.headline
        if row.verdict == "not in the body":
            assert (row.field, row.quote) == ("", "") and pd.isna(row.start) and pd.isna(row.end)
        else:
            assert row.field == "body" and row.quote
            assert bodies[row.article_id][row.start : row.end] == row.quote
            whole = {s.start for s in nr.split_sentences(bodies[row.article_id])}
            assert row.start in whole, f"{row.headline}: what decides is no whole sentence"
        assert re.fullmatch(r"\S[^\n]*\.", row.reason)


def test_no_headline_comes_twice_or_is_the_printed_one(
    gold: pd.DataFrame, clean: pd.DataFrame
) -> None:
    assert gold["headline"].str.lower().is_unique
    assert not gold.duplicated(["article_id", "item"]).any()
    assert not set(gold["headline"]) & set(clean["headline"])
    assert (gold["headline"] == gold["headline"].str.strip()).all()


def test_the_order_of_the_items_gives_nothing_away(gold: pd.DataFrame) -> None:
    first = gold[gold["item"] == "h1"]["verdict"].nunique()
    patterns = gold.groupby("article_id")["verdict"].agg(tuple)
    assert first > 2 and patterns.nunique() > 9


def test_kind_and_verdict_go_together(gold: pd.DataFrame) -> None:
    expected = {
        "plain": "borne out", "teasing": "borne out", "overclaim": "overclaims",
        "number": "contradicted", "actor": "contradicted", "opposite": "contradicted",
        "unsupported": "not in the body",
    }  # fmt: skip
    assert (gold["kind"].map(expected) == gold["verdict"]).all()


# --- as a class sees them --------------------------------------------------------------------


@pytest.fixture(scope="module")
def sheet() -> HeadlineSheet:
    return nr.open_headlines(BREAKFASTS)


def test_the_sheet_is_the_gold(sheet: HeadlineSheet, gold: pd.DataFrame) -> None:
    own = gold[gold["article_id"] == BREAKFASTS]
    assert [one.headline for one in sheet] == own["headline"].tolist()
    assert [one.verdict for one in sheet] == own["verdict"].tolist()
    assert len(sheet) == 6 and sheet["h2"] == own["headline"].iloc[1]


def test_verdicts_are_shown_only_when_asked_for(sheet: HeadlineSheet) -> None:
    blank = sheet._repr_html_() + repr(sheet)
    answered = sheet.answers._repr_html_() + repr(sheet.answers)
    for one in sheet:
        assert one.headline in blank and one.headline in answered
        assert one.reason not in blank and one.reason in answered
    for verdict in VERDICTS:
        assert verdict not in blank and verdict in answered


def test_the_text_has_numbered_lines_and_no_headline(sheet: HeadlineSheet) -> None:
    shown = repr(sheet.text)
    assert sheet.article.headline not in shown
    assert re.match(r" +1  Free breakfasts help", shown)
    assert " ".join(re.sub(r"^ *\d+  ", "", shown, flags=re.M).split()) == " ".join(
        sheet.article.body.split()
    )


def test_the_deciding_lines_are_those_of_the_text(sheet: HeadlineSheet) -> None:
    lines = dict(re.findall(r"^ *(\d+)  (.*)$", repr(sheet.text), re.M))
    for one in sheet:
        named = re.findall(r"\d+", sheet.deciding_lines(one))
        assert bool(named) == bool(one.quote)
        if named:
            first, last = int(named[0]), int(named[-1])
            text = " ".join(lines[str(n)] for n in range(first, last + 1))
            assert " ".join(one.quote.split()) in text


def test_votes_are_counted_with_the_share_of_pairs_that_agree(sheet: HeadlineSheet) -> None:
    counted = sheet.count_votes({"h1": (1, 3), "h2": (4, 0), "h3": (0, 1)}).rows
    assert [row[2:] for row in counted] == [
        ("1", "3", "50 %"),  # 3 of 6 pairs
        ("4", "0", "100 %"),
        ("0", "1", "–"),  # one pupil makes no pair
    ]
    assert [row[1] for row in counted] == [sheet["h1"], sheet["h2"], sheet["h3"]]


def test_the_tool_is_asked_about_each_headline(sheet: HeadlineSheet) -> None:
    asked = sheet.ask_tool()
    assert [row[0] for row in asked.rows] == [one.item for one in sheet]
    assert [row[-1] for row in asked.rows] == [one.holds for one in sheet]
    assert all(re.fullmatch(r"\d{1,3} %", row[3]) for row in asked.rows)
    nearest = {row[0]: row[4] for row in asked.rows}
    change = next(one for one in sheet if one.kind == "opposite")
    assert nearest[change.item] == sheet.deciding_lines(change)


def test_what_is_said_of_the_tool_is_what_was_measured(gold: pd.DataFrame) -> None:
    bodies = nr.load_dataset("demo")[["article_id", "body"]]
    pairs = gold.merge(bodies).assign(article_id=[str(n) for n in range(len(gold))])
    doubtful = nr.label_stance(pairs)["p_contradicted"].ge(0.5)
    counts = doubtful.groupby(pairs["verdict"]).sum()
    said = re.findall(r"\d+", nr.open_headlines(BREAKFASTS).ask_tool().note)
    assert said == ["72", "50", str(counts["contradicted"]), "24", str(counts["borne out"]), "24"]


@pytest.mark.parametrize("hands", [(1,), (1, 2, 3), (0, 0), (-1, 4), ("1", "2")])
def test_votes_that_are_none_are_explained(sheet: HeadlineSheet, hands: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"votes on h1 .* such as \(15, 10\)"):
        sheet.count_votes({"h1": hands})


def test_unknown_names_are_explained(sheet: HeadlineSheet) -> None:
    with pytest.raises(KeyError, match="no headline 'h9'"):
        sheet["h9"]
    with pytest.raises(ArticleError, match=r"no headlines for '24-port.*01-harbour-bridge"):
        nr.open_headlines("24-port-sallow-truce")


@pytest.mark.parametrize("nasty", [*PAYLOADS, "from $5 to $6, turned \u202e"])
def test_nothing_in_a_headline_becomes_markup(sheet: HeadlineSheet, nasty: str) -> None:
    one = sheet.headlines[0]._replace(headline=nasty, reason=nasty, quote=nasty)
    views = HeadlineSheet(sheet.article, (one,)), HeadlineSheet(sheet.article, (one,), True)
    text = replace(sheet.text, article=replace(sheet.article, body=nasty, headline=""))
    tables = views[0].count_votes({one.item: (1, 1)}), views[0].ask_tool()
    for view in (*views, *tables, text):
        tree = fragment(view._repr_html_())
        assert {name for name, _, _ in elements(tree)} <= ELEMENTS
        assert all(set(own) <= {"class", "style", "scope"} for _, own, _ in elements(tree))
        assert "".join(reveal(nasty).split()) in "".join(visible(tree).split())
        assert "\u202e" not in view._repr_html_() and "tex2jax_ignore" in view._repr_html_()


def test_it_needs_no_pandas() -> None:
    code = (
        "import sys; sys.modules['pandas'] = sys.modules['matplotlib'] = None\n"
        "import newsresearch as nr\n"
        f"sheet = nr.open_headlines({BREAKFASTS!r})\n"
        "views = sheet, sheet.answers, sheet.text, sheet.ask_tool()\n"
        "assert all(view._repr_html_() and repr(view) for view in views)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- the lesson ------------------------------------------------------------------------------

CHECKS = ("headline_unsupported", "headline_opposed", "headline_number")


def test_the_lesson_says_what_was_measured(gold: pd.DataFrame) -> None:
    path = Path(__file__).parents[1] / "notebooks" / "answers" / "20_spot_the_gap.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    said = next(t for t in ("".join(c["source"]) for c in cells) if "It cries wolf" in t)
    bodies = nr.load_dataset("demo")[["article_id", "body"]]
    pairs = gold.merge(bodies).assign(article_id=[str(n) for n in range(len(gold))])
    holds = pairs["verdict"] == "borne out"
    doubtful = nr.label_stance(pairs)["p_contradicted"] >= 0.5
    found = nr.find_incoherence(pairs)
    found = set(found[found["check"].isin(CHECKS)]["article_id"])
    flagged = pairs["article_id"].isin(found)
    assert f"For {doubtful[pairs['verdict'] == 'contradicted'].sum()} of the 24" in said
    assert f"but also for {doubtful[holds].sum()} of the 24 that hold" in said
    assert f"a finding on {flagged[~holds].sum()} of the 48 that do not hold" in said
    assert f"and on {flagged[holds].sum()} of the 24 that do." in said


def test_the_lesson_says_how_far_the_invented_class_agrees() -> None:
    path = Path(__file__).parents[1] / "notebooks" / "answers" / "20_spot_the_gap.ipynb"
    text = path.read_text(encoding="utf-8")
    articles = nr.load_dataset("demo")
    told = nr.read_answers(nr.load_gold("class"), articles, pseudonyms=False)
    told = told[told["item"] != ""]
    yes = told["answer"].map(lambda answer: "yes" if answer == "borne out" else "no")
    for answers in (told, told.assign(answer=yes)):
        whole = nr.agreement(answers, articles).query("item == '(all)'").iloc[0]
        low, high = (f"{whole[f'alpha_{end}']:.2f}".replace("0.", ".") for end in ("low", "high"))
        assert f"{whole['alpha']:.2f} ({low} to {high})".lstrip("0") in text
    key = nr.load_gold("headlines").rename(columns={"verdict": "answer"})
    scores = nr.score_answers(told, key).set_index("reader")["n_right"]
    assert scores.to_dict() == {
        "p1": 6, "p2": 3, "p3": 4, "p4": 4, "p5": 4, "p6": 6, "p7": 4, "p8": 3
    }  # fmt: skip


def test_the_example_of_the_lesson_is_the_invented_class() -> None:
    path = Path(__file__).parents[1] / "notebooks" / "answers" / "20_spot_the_gap.ipynb"
    text = path.read_text(encoding="utf-8")
    told = nr.load_gold("class")
    told = told[told["answer"] != ""]
    votes = told["answer"].eq("borne out").groupby(told["item"]).agg(["sum", "count"])
    for item, (yes, n) in votes.iterrows():
        assert f'\\"{item}\\": ({yes}, {n - yes})' in text


def test_the_invented_class_answers_what_it_was_asked() -> None:
    told = nr.load_gold("class")
    assert list(told) == ["reader", "article_id", "item", "quote", "answer", "reason"]
    assert sorted(told["reader"].unique()) == [f"p{n}" for n in range(1, 9)]
    answers, marks = told[told["item"] != ""], told[told["item"] == ""]
    assert set(answers["article_id"]) == {BREAKFASTS} and set(answers["answer"]) == set(VERDICTS)
    assert set(marks["article_id"]) == {"23-furniture-factory"} and marks["quote"].ne("").all()
    assert not answers.duplicated(["reader", "item"]).any() and told["reason"].ne("").all()
    assert (
        marks["reader"].nunique() == 8 and answers.groupby("item")["answer"].nunique().ge(2).all()
    )
    texts = nr.load_dataset("demo").set_index("article_id")
    exact = [
        row.quote in texts.loc[row.article_id, "headline"] + texts.loc[row.article_id, "body"]
        for row in told[told["quote"] != ""].itertuples()
    ]
    assert 0.8 < sum(exact) / len(exact) < 1  # some are mistyped, as pupils do
