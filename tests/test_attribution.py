"""Who says what: speakers beside quotations, pronouns, what goes on, and the laws of the table."""

from __future__ import annotations

import growth
import nasty
import pandas as pd
import pytest
from hypothesis import given, settings

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.attribution import ATTRIBUTION_DTYPES, attributions, said_by
from newsresearch.attribution.model import CLASSES
from newsresearch.lexicons import load_words
from newsresearch.text import Span


def table(body: str) -> pd.DataFrame:
    bodies = pd.Series([body], dtype=object)  # also with half a character
    return pd.DataFrame({"article_id": ["a"], "headline": [""], "body": bodies})


def rows(body: str, *columns: str) -> list[tuple[object, ...]]:
    found = nr.attribute_quotes(table(body))
    return list(found[list(columns)].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("body", "speaker", "name", "verb"),
    [
        ("“It is late,” said Ann Lee.", "Ann Lee", "Ann Lee", "said"),
        ("“It is late,” Ann Lee said.", "Ann Lee", "Ann Lee", "said"),
        ("Ann Lee said: “It is late.”", "Ann Lee", "Ann Lee", "said"),
        ("“It is late,” harbour minister Ann Lee told reporters.", None, "Ann Lee", "told"),
        ("“It is late,” Ann Lee, the mayor of Ely, said.", "Ann Lee", "Ann Lee", "said"),
        ("“It is late,” said the mayor, who was tired.", "the mayor", "the mayor", "said"),
        ("“It is late,” Ann Lee, who led the Ely council, had said.", "Ann Lee", "Ann Lee", "said"),
        ("“It is late,” a note on the door said.", "a note on the door", None, "said"),
        ("“It is late,” according to Ann Lee.", "Ann Lee", "Ann Lee", "according to"),
        ("Ann Lee, 43, was quick to answer: “It is late.”", "Ann Lee", "Ann Lee", ""),
        ("Ann Lee: “It is late.”", "Ann Lee", "Ann Lee", ""),
        ("“It is late.” — Ann Lee", "Ann Lee", "Ann Lee", ""),
        ("“Is it late?” asked Ann Lee.", "Ann Lee", "Ann Lee", "asked"),
        ("Ann Lee left the hall, saying: “It is late.”", "Ann Lee", "Ann Lee", "saying"),
        ("In the hall of Ely, Ann Lee on Monday said: “It is late.”", None, "Ann Lee", "said"),
        ("“It is late,” a spokesman for Ann Lee said.", "a spokesman for Ann Lee", None, "said"),
    ],
)
def test_the_speaker_beside_a_quotation(
    body: str, speaker: str | None, name: str | None, verb: str
) -> None:
    (found,) = rows(body, "kind", "speaker", "speaker_name", "verb")
    assert found[0] == "direct"
    assert found[2] == (name or speaker)
    assert speaker is None or found[1] == speaker
    assert found[3] == verb


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Officials said that the bridge was old.", ("the bridge was old", "Officials")),
        ("The bridge was old, officials said on Monday.", ("The bridge was old", "officials")),
        ("According to Ann Lee, the bridge was old.", ("the bridge was old", "Ann Lee")),
        ("The bridge was old, according to officials.", ("The bridge was old", "officials")),
        ("Ann Lee told the council that it was old.", ("it was old", "Ann Lee")),
        ("Ann Lee, a baker, said the bridge was old.", ("the bridge was old", "Ann Lee")),
        ("Ann Lee said on Monday that the bridge was old.", ("the bridge was old", "Ann Lee")),
    ],
)
def test_statements_without_marks(body: str, expected: tuple[str, str]) -> None:
    assert rows(body, "kind", "quote", "speaker") == [("reported", *expected)]


@pytest.mark.parametrize(
    "body",
    [
        "Ann Lee was told that the bridge was old.",
        "The next day, Ann Lee announced a plan.",
        "Ann Lee asked him to leave the hall.",
        "What Ann Lee was saying was of no use.",
        "The bridge was old and it rained.",
    ],
)
def test_no_statement_where_nobody_states_one(body: str) -> None:
    assert rows(body, "quote") == []


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        ("Nobody disputes that the bridge was old.", []),
        ("No official has said that it was safe.", []),
        ("None of the bakers claimed that it was safe.", []),
        ("No 10 said it was safe to go.", ["No 10"]),
        ("Workers huddled round a brazier said it was late.", ["Workers huddled round a brazier"]),
        ("A report into the flood found that it was old.", ["A report into the flood"]),
        ("Around the town around two people said it was late.", ["two people"]),
        ("It was late, according to the Carriers’ and Sorters’ Union (CSU).",
         ["the Carriers’ and Sorters’ Union"]),
        ("The Carriers' and Sorters' Union (CSU) said it was late.",
         ["The Carriers' and Sorters' Union"]),
        ("“We go,” said the Carriers’ Tom Roe.", ["Tom Roe"]),
        ("It was very late, the Midwives’ Guild revealed.", ["the Midwives’ Guild"]),
        ("Tom Roe left. “We go,” said the Carriers’ Roe.", ["Tom Roe"]),
        ("One midwife said it was late. “We must go,” she sobbed.", ["One midwife"] * 2),
    ],
)  # fmt: skip
def test_a_speaker_is_the_whole_phrase_and_somebody(body: str, speakers: list[str]) -> None:
    assert [name for (name,) in rows(f"{body} It rained all day.", "speaker_name")] == speakers


@pytest.mark.parametrize(
    "said",
    ["said in a statement that was read out", "said in a letter which was sent to all of them"],
)
def test_what_is_told_of_a_statement_is_no_statement(said: str) -> None:
    assert rows(f"“We will stay,” Ann Lee {said}.", "quote") == [("“We will stay,”",)]


def test_they_are_those_whom_the_sentence_before_is_about() -> None:
    told = "One baker wept. “It is late,” she sobbed.\n\n"
    they = "“We must all go home,” they said in a statement that was read out."
    assert rows(f"{told}The grieving parents left. {they}", "speaker_name")[-1] == (
        "The grieving parents",
    )
    spoke = "The parents left as officials said that it was late."
    assert rows(f"{spoke} {they}", "speaker_name")[-1] == ("officials",)
    assert rows(f"{spoke} “It is late,” it said.", "speaker_name")[-1] == ("",)


@pytest.mark.parametrize("verb", ["sighed", "groaned", "raged", "fumed", "sobbed", "snapped"])
def test_verbs_of_the_tabloids_are_speech_beside_a_quotation_only(verb: str) -> None:
    for body in (f"“It is late,” Ann Lee {verb}.", f"“It is late,” {verb} Ann Lee."):
        assert rows(body, "speaker_name", "verb") == [("Ann Lee", verb)]
    assert rows(f"Ann Lee {verb} at the mayor of Ely all day.", "quote") == []


def test_a_place_is_no_short_form_of_a_firm() -> None:
    firm = "Ely Leisure owns the pier."
    names = "speaker_name"
    assert rows(f"“It is late,” Ely said. {firm}", names) == [("Ely",)]
    assert rows(f"{firm} It rained in Ely. “It is late,” Ely said.", names) == [("Ely",)]
    assert rows(f"{firm} It rained. “It is late,” Ely said.", names) == [("Ely Leisure",)]


def test_pronouns_are_resolved_only_where_one_person_is_clear() -> None:
    one = "Mr Tom Roe met Ms Ann Lee in Ely.\n\n"
    name = "speaker_name"
    assert rows(f"{one}“It is late,” she said.", name) == [("Ann Lee",)]
    assert rows(f"{one}“It is late,” he said.", name) == [("Tom Roe",)]
    two = "Ann Lee met Mary Roe in Ely.\n\n“It is late,” she said."
    assert rows("On Monday in the hall " + two, name, "reason") == [
        ("", "more than one person that ‘she’ could be")
    ]
    nobody = "It rained in Ely.\n\n“It is late,” she said."
    assert rows(nobody, name, "reason") == [("", "no person before it that ‘she’ could be")]


def test_a_speaker_goes_on() -> None:
    body = "“It is late,” said Ann Lee. “We must all go home now.”\n\n“It is raining.”"
    assert rows(body, "speaker_name", "reason") == [
        ("Ann Lee", "by the verb beside it"),
        ("Ann Lee", "goes on"),
        ("Ann Lee", "goes on"),
    ]


def test_a_quotation_over_two_paragraphs_has_the_speaker_of_its_end() -> None:
    body = "“The bridge is too old to be mended.\n\n“We will close it,” said Ann Lee."
    assert rows(body, "speaker_name") == [("Ann Lee",), ("Ann Lee",)]


def test_fragments_and_broken_marks() -> None:
    body = "Ann Lee called it “a clean break”.\n\nShe owns “The Gull”.\n\n“It is late, said Lee."
    found = rows(body, "kind", "speaker", "reason")
    assert found[0] == ("fragment", "Ann Lee", "by the verb beside it")
    assert found[1] == ("fragment", "", "nobody beside it is named as saying it")
    assert found[2] == ("broken", "", "a mark has no partner")


def test_verbs_have_a_class_and_sources_without_a_name_are_marked() -> None:
    body = (
        "Ann Lee denied that it was old. Officials claimed that it was new. "
        "A source confirmed that it was so. The firm said it was so. Acme said it was so."
    )
    found = rows(body, "verb_class", "anonymous")
    assert found == [
        ("denying", False), ("distancing", True), ("endorsing", True), ("neutral", True),
        ("neutral", False),
    ]  # fmt: skip


def test_a_verb_has_one_class() -> None:
    every = [verb for name in CLASSES for verb in load_words("attribution", name)]
    assert len(every) == len(set(every))
    assert not load_words("attribution", "he_names") & load_words("attribution", "she_names")


def test_it_can_be_asked_whose_words_a_span_holds() -> None:
    body = "It rained all day in Ely. “The bridge is old,” said Ann Lee. Officials said it was new."
    article = Article("a", "", body)
    spoken = [said_by(article, sentence) for sentence in article.sentences]
    assert spoken[0] is None
    assert [one.speaker.name for one in spoken[1:] if one and one.speaker] == [
        "Ann Lee",
        "Officials",
    ]
    assert said_by(article, Span(0, 4)) is None


def test_spans_are_of_the_stored_body_also_where_it_is_not_smooth() -> None:
    body = "“It is\u00ad late,”\r\n said An\u00adn Lee.\r\n\r\nShe said\u200b it was the bridge."
    found = nr.attribute_quotes(table(body))
    assert found["speaker_name"].tolist() == ["Ann Lee", "Ann Lee"]
    check(found, body)


def check(found: pd.DataFrame, body: str) -> None:
    for row in found.itertuples():
        assert body[row.start : row.end] == row.quote
        assert row.kind in {"direct", "fragment", "reported", "broken"}
        assert row.reason
        assert bool(row.speaker) == bool(row.speaker_name) == (row.anonymous is not pd.NA)
        if row.speaker:
            assert body[row.speaker_start : row.speaker_end] == row.speaker


def test_dtypes_are_fixed_and_rows_do_not_know_of_each_other() -> None:
    demo = nr.load_dataset("demo")
    whole = nr.attribute_quotes(demo)
    assert len(whole) > 40
    for found in (whole, nr.attribute_quotes(demo.head(0)), nr.attribute_quotes(table(""))):
        assert {name: str(dtype) for name, dtype in found.dtypes.items()} == ATTRIBUTION_DTYPES
    part = nr.attribute_quotes(demo.iloc[[20, 3]])
    expected = [whole[whole["article_id"] == name] for name in part["article_id"].unique()]
    assert part.equals(pd.concat(expected, ignore_index=True))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_any_text_gives_rows_that_quote_it(text: str) -> None:
    check(nr.attribute_quotes(table(text)), text)
    for one in attributions(Article("a", "", text)):  # also where the body would not be scored
        assert one.span.start < one.span.end


@pytest.mark.parametrize("text", nasty.SHORT.values(), ids=nasty.SHORT.keys())
def test_nasty_texts_do_no_harm(text: str) -> None:
    check(nr.attribute_quotes(table(text)), text)


PROGRAM = """
import pandas as pd
import newsresearch as nr
CHECKS = ["conflicting_speakers", "unattributed_speech"]
def read(text):
    articles = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [text]})
    nr.attribute_quotes(articles)
    nr.find_incoherence(articles, CHECKS)
"""
GROWING = {
    "verbs": "Lee said " * 20_000,
    "quotations": "“It is late,” said Lee. " * 8_000,
    "paragraphs": "“It is very late today.”\n\n" * 8_000,
    "pronouns": "Ann Lee left. “It is late,” she said. He said no. " * 4_000,
    "fragments in one sentence": "Lee called it " + "“a mess” and " * 15_000,
    "commas": "Lee, " * 30_000 + "said no.",
    "links": "said the man of " * 12_000,
    "who": "the man who met with Lee " * 8_000 + "said no.",
    "pronouns in one sentence": "Ann Lee " + "left, she said no, and " * 8_000,
    "no speaker": "The bridge is old " + "“It is late today,” " * 8_000,
    "alone": "It rained all day. " * 5_000 + "\n\n“We will never pay a penny for that bridge.” "
    "“We will never ever pay for the old bridge.” " * 2_000 + "\n\n" + "It rained. " * 5_000,
    "marks": "“\"‘'”" * 30_000,
    "open": '"It is late. ' * 15_000,
    "the same words": "“We will never pay for it,” said Lee.\n\n"
    "“We will never pay for it,” said Roe.\n\n" * 5_000,
    "according": "according to " * 15_000,
    "owners": "said the Lees’ and Roes’ " * 8_000 + "Union said it was late.",
    "places": "men beside a barn " * 8_000 + "said it was late.",
    "they": "The old men left. “It is late,” they said. " * 4_000,
}


def test_work_grows_with_the_text() -> None:
    growth.check_growth(PROGRAM, GROWING)


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        (
            "During May, the army made many raids, burning 30 depots, local officials said.",
            ["During May, the army made many raids, burning 30 depots"],
        ),
        ("After the long vote, Ann Lee said on Monday.", []),
        ("After the long vote, in the town hall, Ann Lee said on Monday.", []),
    ],
)
def test_an_aside_states_nothing_unless_a_clause_follows_it(body: str, stated: list[str]) -> None:
    table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    assert nr.attribute_quotes(table)["quote"].tolist() == stated
