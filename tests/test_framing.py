"""Tests of newsresearch.framing: cues in narration and headlines, passives, reasons."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from growth import check_growth

import newsresearch as nr
from newsresearch.framing import CUE_DTYPES, MEASURES, SCORER
from newsresearch.framing.codebook import COUNTED, FEWEST_WORDS, MEANINGS
from newsresearch.framing.passives import find_passives
from newsresearch.framing.reading import headline_cues
from newsresearch.framing.registry import CATEGORIES
from newsresearch.lexicons import load_groups
from newsresearch.text import split_words

CODEBOOK = (Path(__file__).parent.parent / "data" / "README.md").read_text(encoding="utf-8")
PLAIN = "The ferry left the pier at dawn with coal for the island. " * 6  # 72 words, no cue


def table(body: str, headline: str = "") -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "headline": [headline], "body": [body]})


def score(body: str, headline: str = "", **options: bool) -> pd.Series:
    return nr.score_framing(table(body, headline), **options).iloc[0]


def cues(body: str, kind: str) -> list[str]:
    return nr.explain_framing(table(body), kind)["quote"].tolist()


def test_a_text_without_cues_has_shares_of_zero() -> None:
    row = score(PLAIN)
    assert row["n_narration_words"] == 72
    assert [row[f"{name}_share"] for name in COUNTED] == [0.0] * len(COUNTED)


def test_a_cue_is_counted_per_word() -> None:
    assert score(PLAIN + "It may sink.")["hedge_share"] == 1 / 75
    assert score(PLAIN + "It may sink.")["modal_low_share"] == 1 / 75
    assert score(PLAIN + "It must sink.")["hedge_share"] == 0


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("hedge", "Perhaps it may, apparently, sink.", ["Perhaps", "may", "apparently"]),
        ("hedge", "In May 2 boats sank; it was May.", []),
        ("hedge", "Nearly 40 left. Almost 2 stayed. May 5 came.", ["Nearly", "Almost"]),
        ("absolute", "All 5 boats sank. Every 9 weeks.", ["All", "Every"]),
        ("hedge", "What kind of boat? This kind of boat.", []),
        ("booster", "It is clearly, without doubt, late.", ["clearly", "without doubt"]),
        ("booster", "It is not clearly late. A certain Lee.", []),
        ("factive", "Lee admitted it. She was admitted to hospital.", ["admitted"]),
        ("assertive", "Lee claimed, said and insisted it.", ["claimed", "said", "insisted"]),
        ("implicative", "Lee failed to stop.", ["failed to"]),
        ("modal_high", "It must and will sink. Will Lee left.", ["must", "will", "Will"]),
        ("modal_middle", "It should sink.", ["should"]),
        ("modal_low", "It could sink.", ["could"]),
        ("evidence", "According to a report by the port, data show it.", None),
        ("second_person", "You’ll see your boat. Thank you.", ["You’ll", "your"]),
        ("us", "We told the US to let us go.", ["We", "us"]),
        ("them", "They and their boats.", ["They", "their"]),
        ("absolute", "Everyone always sinks. After all, not everyone.", ["Everyone", "always"]),
        ("number", "It cost $3m, 12 per cent more, on May 5.", ["$3m", "12 per cent"]),
    ],
)
def test_what_each_kind_of_cue_sees(kind: str, body: str, expected: list[str] | None) -> None:
    found = cues(body, kind)
    assert found == expected if expected is not None else found[0].startswith("According to a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was arrested.", ["was arrested"]),
        ("Mistakes were not, sadly, made.", []),
        ("He was not widely believed there.", ["was not widely believed"]),
        ("He was arrested by police in Ely.", []),
        ("He was told to leave by the judge.", []),
        ("He was arrested in the town where he was raised by nuns.", ["was arrested"]),
        ("He was arrested, and by noon freed.", ["was arrested"]),
        ("It was sold by Friday.", ["was sold"]),
        ("It was sold by the end of May.", ["was sold"]),
        ("It was sold by mistake.", ["was sold"]),
        ("It can be mended by waiting.", ["be mended"]),
        ("They got fired.", ["got fired"]),
        ("It has been being built.", ["being built"]),
        ("She was born there and is based in Ely.", []),
        ("It is expected to rain.", []),
        ("It is red. It was hundred. It was unexpected.", []),
        ("He had arrested them.", []),
        ("WAS TAKEN", ["WAS TAKEN"]),
        ("It isn’t allowed", ["isn’t allowed"]),
        ("it was", []),
    ],
)
def test_passives_that_name_no_agent(text: str, expected: list[str]) -> None:
    found = find_passives(text, split_words(text))
    assert [text[one.start : one.end] for one in found] == expected


@pytest.mark.parametrize(
    ("headline", "kinds"),
    [
        ("Council backs new bridge", set()),
        ("17 Boats You Need To See", {"click_list", "click_you", "click_disbelief"}),
        ("3 killed in ferry fire", set()),
        ("Is this the end?", {"click_question", "click_forward"}),
        ("Ferry sinks!", {"click_exclamation"}),
        ("The NATO ferry", set()),
        ("This is HUGE", {"click_forward", "click_capitals"}),
        ("FERRY SINKS OFF ELY", set()),
        ("The best ferry ever", {"click_superlative"}),
        ("", set()),
    ],
)
def test_clickbait_cues_of_headlines(headline: str, kinds: set[str]) -> None:
    assert {cue.category for cue in headline_cues(headline)} == kinds
    row = score(PLAIN, headline)
    if headline:
        assert row["n_headline_clickbait"] == len(kinds)
        assert row["has_headline_question"] == headline.endswith("?")
    else:
        assert row[["n_headline_clickbait", "has_headline_hedge"]].isna().all()


def test_a_hedged_headline_is_told() -> None:
    assert score(PLAIN, "Ferry may sink")["has_headline_hedge"]
    assert not score(PLAIN, "Ferry sinks in May")["has_headline_hedge"]


def test_what_is_quoted_is_the_speakers() -> None:
    body = PLAIN + "“It may, may sink,” Lee said. It may."
    row, whole = score(body), score(body, quotations=True)
    assert (row["n_narration_words"], whole["n_narration_words"]) == (76, 80)
    assert (row["hedge_share"], whole["hedge_share"]) == (1 / 76, 3 / 80)
    told = nr.explain_framing(table(body), "hedge")
    assert told["in_quotation"].tolist() == [True, True, False]
    assert told["reason"].str.contains("the speaker's").tolist() == [True, True, False]


def test_an_open_quotation_mark_hides_nothing() -> None:
    assert score(PLAIN + "“It may sink, Lee said.")["hedge_share"] > 0


def test_too_few_words_have_no_shares_but_a_headline() -> None:
    body = "It may. " * (FEWEST_WORDS // 2 - 1)
    row = score(body, "Will it?")
    assert row[[f"{name}_share" for name in COUNTED]].isna().all()
    assert row["has_headline_question"] and row["error"] == ""
    assert score(body + "It may.")["hedge_share"] == 0.5


def test_explain_points_into_the_stored_text() -> None:
    body = "Soft\xadly, it\u00a0may  ap\u200bpear to “sur\u00adely” sink. @ @ @ may. It could."
    found = nr.explain_framing(table(body, "It’s you?"))
    assert found.dtypes.astype(str).to_dict() == CUE_DTYPES
    fields = {"headline": "It’s you?", "body": body}
    for row in found.itertuples():
        assert row.quote == fields[str(row.field)][int(str(row.start)) : int(str(row.end))]
    hedges = found[found["cue"] == "hedge"]["quote"].tolist()
    assert hedges == ["may", "ap\u200bpear to", "could"]  # the masked sentence is not read


def test_a_masked_sentence_hides_no_quotation_mark_from_one_of_the_two() -> None:
    body = f"{PLAIN}“It may @ @ @ rain. It might,” he said. @ @ @ may. “We could,” she said."
    told = nr.explain_framing(table(body), "hedge")
    assert told["quote"].tolist() == ["might", "could"]
    assert told["in_quotation"].tolist() == [False, True]
    assert [body[a:b] for a, b in zip(told["start"], told["end"], strict=True)] == [
        "might", "could",
    ]  # fmt: skip
    row = score(body)
    assert round(row["hedge_share"] * row["n_narration_words"]) == 1


def test_an_article_that_cannot_be_scored_has_no_cues() -> None:
    assert score("It may @ @ @ rain.", "Will you see it?")["error"]
    assert nr.explain_framing(table("It may @ @ @ rain.", "Will you see it?")).empty


@pytest.mark.parametrize("name", ["demo", "tellings"])
@pytest.mark.parametrize("with_quotations", [False, True])
def test_explain_lists_all_that_is_counted(name: str, with_quotations: bool) -> None:
    articles = nr.load_dataset(name)
    told = nr.explain_framing(articles)
    scored = nr.score_framing(articles, quotations=with_quotations)
    kept = told[(told["field"] == "body") & (with_quotations | ~told["in_quotation"])]
    for cue in COUNTED:
        counts = kept[kept["cue"] == cue].groupby("article_id").size()
        expected = scored.set_index("article_id")[f"{cue}_share"] * scored.set_index("article_id")[
            "n_narration_words"
        ].astype("float64")
        assert (expected.round() == counts.reindex(expected.index, fill_value=0)).all(), cue


def test_explain_without_rows_keeps_its_columns_and_unknown_cues_are_refused() -> None:
    empty = nr.explain_framing(table(""))
    assert empty.empty and empty.dtypes.astype(str).to_dict() == CUE_DTYPES
    with pytest.raises(ValueError, match=r"no cue is called 'hedges'\. Use some of hedge"):
        nr.explain_framing(table(PLAIN), ["hedges"])


def test_the_registry_its_lists_and_the_codebook_agree() -> None:
    for one in CATEGORIES:
        assert load_groups(one.list, one.section), one.name
        assert one.meaning == MEANINGS[one.name]
    names = [(one.name, one.field) for one in CATEGORIES]
    assert len(set(names)) == len(names)
    part = CODEBOOK.split("## Framing\n", 1)[1].split("\n## ", 1)[0]
    columns = [measure.column for measure in MEASURES]
    assert re.findall(r"^\| `(\w+)`", part, re.MULTILINE) == columns == list(SCORER.dtypes)
    assert columns == nr.list_measures("score_framing")["column"].tolist()


def test_work_grows_with_the_text() -> None:
    program = """
import pandas as pd, newsresearch as nr
def read(text):
    nr.score_framing(pd.DataFrame({"article_id": ["a"], "headline": [text], "body": [text]}))
"""
    texts = {
        "was": "was not " * 15_000 + "the and of to it.",
        "passives": "it was told " * 8_000,
        "by": "it was told of the by " * 6_000,
        "may": "May it may. " * 8_000,
        "marks": "“the may ” " * 10_000,
        "numbers": "12 per cent of the " * 6_000,
    }
    check_growth(program, texts)
