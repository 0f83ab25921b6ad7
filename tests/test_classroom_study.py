"""A headline studied: what moves, what must not, and nothing on the page that was not meant."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from markup import PAYLOADS, elements, fragment, squeeze, visible

import newsresearch as nr
from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.study import HEADLINE_CHECKS, HeadlineStudy
from newsresearch.classroom.study_numbers import (
    COUNT,
    LONGEST,
    SHARE,
    TONE,
    Number,
    number_headline,
)
from newsresearch.classroom.study_words import TRUST, say_change, say_value
from newsresearch.sentiment import mean_tone

BODY = """The council backed the new park on Monday. It will cost £4.8m and create 12 jobs.

Residents may still object, said Ann Lee, who leads the planning group. Work starts in May.

The mayor called the plan a fair one. The old depot on the site will be pulled down first."""
STORY = Article("park", "Council backs new park", BODY)
ELEMENTS = {
    "div", "p", "small", "h4", "strong", "br", "mark", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
STYLES = re.compile(
    r"text-align:left;vertical-align:top|max-width:60em;overflow-wrap:break-word"
    r"|background:#[0-9a-f]{6};color:#[0-9a-f]{6}"
)


def values(study: HeadlineStudy, column: str = "value") -> dict[str, Any]:
    return {row["name"]: row[column] for row in study.rows}


def checks(study: HeadlineStudy) -> list[str]:
    return [row["check"] for row in study.findings]


# --- what moves ------------------------------------------------------------------------------


def test_not_in_the_headline_moves_contradicted_up_and_agree_down() -> None:
    moved = values(nr.study_headline(STORY, "Council does not back new park"), "change")
    assert moved["p_contradicted"] > 0.3
    assert moved["p_agree"] < -0.3
    assert moved["p_disagree"] > 0.3


def test_a_number_that_the_body_lacks_is_counted_and_found() -> None:
    study = nr.study_headline(STORY, "New park to create 40 jobs")
    assert values(study)["new_numbers"] == 1
    assert checks(study) == ["headline_number"]
    (found,) = study.findings
    assert (found["quote"], found["other_quote"]) == ("40", "12")
    assert "40" in next(row["words"] for row in study.rows if row["name"] == "new_numbers")


@pytest.mark.parametrize("number", ["£4.8m", "4.8 million", "twelve", "12"])
def test_a_number_of_the_body_is_known_however_it_is_written(number: str) -> None:
    study = nr.study_headline(STORY, f"New park: what {number} means")
    assert values(study)["n_numbers"] == 1
    assert values(study)["new_numbers"] == 0


@pytest.mark.parametrize(
    ("headline", "name", "words"),
    [
        ("Council may back new park", "n_hedges", "may"),
        ("Council clearly backs new park", "n_boosters", "clearly"),
        ("Council always backs new park", "n_absolutes", "always"),
        ("Shameful council backs new park", "n_loaded", "Shameful"),
        ("You won’t believe what the council backs", "n_clickbait", "You"),
        ("Council BACKS new park!", "n_shouts", "BACKS, !"),
        ("Council backs wonderful new park", "tone", "wonderful +2.7"),
        ("Council backs new stadium", "shared_words", "stadium"),
    ],
)
def test_the_words_behind_a_number_are_told(headline: str, name: str, words: str) -> None:
    study = nr.study_headline(STORY, headline)
    row = next(row for row in study.rows if row["name"] == name)
    assert words in row["words"]
    assert row["change"] != 0
    assert row["words"] in squeeze(visible(fragment(study._repr_html_())))


def test_tone_and_gap_are_those_of_the_package() -> None:
    found = values(nr.study_headline(STORY, "A terrible park"))
    assert found["tone"] == pytest.approx(mean_tone("A terrible park"))
    assert found["tone_gap"] == pytest.approx(found["tone"] - mean_tone(BODY))


def test_chances_are_those_of_label_stance() -> None:
    import pandas as pd

    for headline in ("Council backs new park", "Council to scrap park plan", "Rain in May"):
        table = pd.DataFrame({"article_id": ["a"], "headline": [headline], "body": [BODY]})
        told = nr.label_stance(table).iloc[0]
        found = values(nr.study_headline(STORY, headline))
        for name in ("p_agree", "p_disagree", "p_discuss", "p_unrelated", "p_contradicted"):
            assert found[name] == pytest.approx(told[name], abs=1e-12)


def test_findings_and_evidence_are_those_of_the_package() -> None:
    study = nr.study_headline(STORY, "Council rejects new park")
    with_it = replace(STORY, headline="Council rejects new park")
    assert study.findings == nr.check_article(with_it, checks=HEADLINE_CHECKS)
    assert "headline_opposed" in checks(study)
    assert {row["role"] for row in study.evidence} == {"opposing"}
    assert all(row["quote"] == BODY[row["start"] : row["end"]] for row in study.evidence)
    assert str(nr.show_article(study.article, study.findings))


# --- what must not move ----------------------------------------------------------------------


@pytest.mark.parametrize("headline", [None, STORY.headline])
def test_the_printed_headline_moves_nothing(headline: str | None) -> None:
    study = nr.study_headline(STORY, headline)
    assert all(row["change"] in (0, None) for row in study.rows)
    shown = study._repr_html_()
    assert not set("▲▼") & set(shown + repr(study))
    assert "Your headline" not in shown


def test_the_order_of_headlines_changes_nothing() -> None:
    three = ["Council rejects park", "SHOCK as £9m park is backed!", "Park"]
    told = [
        {(row["headline"], row["name"]): row["value"] for row in found.rows}
        for order in permutations(three)
        if (found := nr.compare_headlines(STORY, list(order)))
    ]
    assert all(one == told[0] for one in told)
    assert len(told[0]) == 4 * len(number_headline(STORY))


def test_a_comparison_says_what_single_studies_say() -> None:
    names = {"no": "Council rejects park", "loud": "SHOCK as £9m park is backed!"}
    rows = nr.compare_headlines(STORY, names).rows
    for headline in names.values():
        of_it = [{k: v for k, v in row.items() if k != "headline"} for row in rows
                 if row["headline"] == headline]  # fmt: skip
        assert of_it == nr.study_headline(STORY, headline).rows


def test_numbers_keep_to_their_ranges_and_names() -> None:
    names = [number.name for number in number_headline(STORY)]
    for headline in ("x", "Rain", "12 12 12!!!", "NOT NEVER no", "“Quoted” ‘words’ in it?"):
        numbers = number_headline(replace(STORY, headline=headline))
        assert [number.name for number in numbers] == names
        for one in numbers:
            low, high = {COUNT: (0, 999), SHARE: (0, 1), TONE: (-2, 2)}[one.kind]
            assert one.value is None or low <= one.value <= high


# --- what the lessons say of it --------------------------------------------------------------


def test_lesson_22_says_what_comes_out() -> None:
    article = nr.open_article("03-library-vote")
    told = {
        "A": "Councillors vote to close five village libraries",
        "B": "Councillors vote to save four village libraries",
        "C": "Friends of Dunmarsh Libraries vote to close four village libraries",
        "D": "Council to close four libraries to fill £4.8m deficit",
        "E": "Wonderful news for readers: council that loves libraries closes four",
        "trick": "Petition signed by 6,200 asks council to close four village libraries",
        "mine": "District council to close four village libraries, cutting eleven jobs",
        "neutral": "Councillors vote seven to two to close four village libraries",
        "sensational": "Tears and FURY as heartless council axes four beloved libraries!",
    }
    found = {name: values(nr.study_headline(article, text)) for name, text in told.items()}
    chance = {name: round(100 * one["p_contradicted"]) for name, one in found.items()}
    assert (chance["A"], chance["D"]) == (98, 88)
    assert max(chance["B"], chance["C"], chance["trick"]) < 20
    assert min(found[name]["p_agree"] for name in "BC") > 0.8
    assert found["E"]["tone"] > 0.8
    assert chance["mine"] == 50
    assert (chance["neutral"], chance["sensational"]) == (59, 58)


def test_the_caution_tells_the_figures_of_the_codebook() -> None:
    meant = {row["column"]: row["validity"] for row in nr.list_measures().to_dict("records")}
    scores = "F1 .57 agree, .40 disagree, .71 discuss, .98 unrelated"
    assert (
        scores in meant["stance"] and "people (from memory) .59, .67, .77, 1.00" in meant["stance"]
    )
    assert "AUC .77" in meant["p_contradicted"] and "overstated (.51)" in meant["p_contradicted"]
    for figure in (".57", ".40", ".71", ".98", ".59", ".67", ".77", "1.00", "77 of 100", ".51"):
        assert figure in TRUST


# --- headlines that cannot be read -----------------------------------------------------------


@pytest.mark.parametrize("headline", ["", "   ", "\n", "!!!", "\u200b"])
def test_an_empty_headline_says_so(headline: str) -> None:
    study = nr.study_headline(STORY, headline)
    assert "no words" in repr(study) and "no words" in study._repr_html_()
    assert study.findings == study.evidence == []
    assert {row["value"] for row in study.rows} == {None}
    assert {row["before"] for row in study.rows} != {None}


def test_a_pasted_story_is_no_headline() -> None:
    study = nr.study_headline(STORY, "rain " * (LONGEST + 1))
    assert f"{LONGEST + 1} words" in repr(study) and "Shorten it" in study._repr_html_()
    assert nr.study_headline(STORY, "rain " * LONGEST).now.problem == ""
    assert len(nr.study_headline(STORY, "rain " * 200_000)._repr_html_()) < 5_000


def test_one_bad_headline_spoils_no_comparison() -> None:
    found = nr.compare_headlines(STORY, ["", "Council backs park", "x\ud800"])
    rows = {(row["headline"], row["name"]): row["value"] for row in found.rows}
    assert rows["", "n_words"] is None
    assert rows["Council backs park", "n_words"] == 3
    shown = found._repr_html_()
    assert "not read: the headline has no words" in shown and "lone surrogates" in shown
    shown.encode()
    repr(found).encode()


def test_a_story_that_cannot_be_read_says_why() -> None:
    study = nr.study_headline(Article("a", "Rain", ""), "Sun")
    assert "the body is empty" in repr(study) and "the body is empty" in study._repr_html_()


@pytest.mark.parametrize("headline", [5, b"Rain", ["Rain"], float("nan")])
def test_what_is_no_text_is_refused_with_advice(headline: Any) -> None:
    with pytest.raises(ArticleError, match="Put it in quotation marks"):
        nr.study_headline(STORY, headline)


def test_tables_and_rows_are_taken_too() -> None:
    table = nr.load_dataset("demo")
    one = nr.study_headline(table, "Bridge is safe", article_id="01-harbour-bridge")
    assert (
        one.rows == nr.study_headline(nr.open_article("01-harbour-bridge"), "Bridge is safe").rows
    )
    assert nr.compare_headlines(table.iloc[0], "Bridge is safe").rows[-1] == {
        "headline": "Bridge is safe", **one.rows[-1]
    }  # fmt: skip
    with pytest.raises(ArticleError, match="no article is chosen"):
        nr.study_headline(table)


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_becomes_markup(payload: str) -> None:
    bad = Article("a", f"Council backs {payload}", f"The council backed 12 {payload}.\n\n{BODY}")
    views = [
        nr.study_headline(bad, f"Council rejects 40 {payload}"),
        nr.compare_headlines(bad, {payload: f"Park {payload}", "b": payload}),
    ]
    for view in views:
        for name, attributes, _ in elements(fragment(view._repr_html_())):
            assert name in ELEMENTS
            assert set(attributes) <= {"class", "style", "scope"}
            assert STYLES.fullmatch(
                attributes.get("style", "max-width:60em;overflow-wrap:break-word")
            )
        repr(view).encode()


def test_what_moved_is_told_in_words_and_signs() -> None:
    shown = visible(fragment(nr.study_headline(STORY, "Council may back new park")._repr_html_()))
    assert "▲ 1 more" in shown and "▼ down by" in shown and "= same" in shown
    assert "= same" in repr(nr.study_headline(STORY, "Council may back new park"))


def test_findings_tell_how_often_they_are_right_and_whether_they_are_new() -> None:
    measured = dict(nr.list_checks()[["check", "measured"]].values.tolist())
    shown = visible(fragment(nr.study_headline(STORY, "Council rejects new park")._repr_html_()))
    told = f"(hint; {measured['headline_opposed']} such findings were right in real news; new)"
    assert f"Headline opposed {told}" in shown.replace("opposed(", "opposed (")
    wrong = replace(STORY, headline="Council rejects new park")
    assert "Gone, though the printed headline has it: Headline opposed" in visible(
        fragment(nr.study_headline(wrong, "Council backs new park")._repr_html_())
    )


@pytest.mark.parametrize(
    ("kind", "old", "new", "change", "told"),
    [
        (COUNT, 1, 3, "▲ 2 more", "3"),
        (COUNT, 3, 1, "▼ 2 fewer", "1"),
        (SHARE, 0.5, 0.51, "▲ up by 1 point", "51\xa0%"),
        (SHARE, 0.5, 0.504, "= same", "50\xa0%"),
        (SHARE, 0.9, 0.1, "▼ down by 80 points", "10\xa0%"),
        (TONE, 0.5, -0.25, "▼ down by 0.75", "−0.25"),
        (TONE, 0.0, 0.004, "= same", "0"),
        (TONE, None, 0.5, "", "+0.50"),
        (SHARE, 0.5, None, "", "–"),
    ],
)
def test_values_and_changes_in_words(
    kind: str, old: float | None, new: float | None, change: str, told: str
) -> None:
    before, now = (Number("n", "t", value, "", kind, "") for value in (old, new))
    assert say_change(now, before) == change
    assert say_value(now) == told
