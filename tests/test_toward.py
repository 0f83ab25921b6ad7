"""Tone toward a person: who does it and who suffers it, whose words, and where they stand."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import Article, ArticleError
from newsresearch.text import Span
from newsresearch.toward import TOWARD_DTYPES, tone_toward
from newsresearch.toward.model import LABELS, judge
from newsresearch.toward.scene import read_scene
from newsresearch.toward.signals import find_place, list_features
from newsresearch.toward.summing import PERSON_DTYPES
from newsresearch.toward.voices import voice_at


def table(body: str, headline: str = "", article_id: str = "a") -> pd.DataFrame:
    return pd.DataFrame({"article_id": [article_id], "headline": [headline], "body": [body]})


def tone_of(text: str, name: str) -> float:
    start = text.index(name)
    shares = judge(text, Span(start, start + len(name))).shares
    return float(shares[2] - shares[0])


def label_of(text: str, name: str) -> str:
    start = text.index(name)
    return judge(text, Span(start, start + len(name))).label


# --- who does it, and to whom it is done --------------------------------------------------------


@pytest.mark.parametrize("verb", ["slammed", "criticized", "denounced", "condemned", "mocked"])
def test_an_attack_is_hard_on_whom_it_hits_not_on_who_makes_it(verb: str) -> None:
    frame = "The governor, Ann {}, {} Senator {} after the debate in Ely."
    one, other = frame.format("Lee", verb, "Roe"), frame.format("Roe", verb, "Lee")
    assert tone_of(one, "Roe") < tone_of(one, "Lee") - 0.3
    assert tone_of(other, "Lee") < tone_of(other, "Roe") - 0.3
    assert tone_of(one, "Lee") == pytest.approx(tone_of(other, "Roe"))
    assert label_of(one, "Roe") == "negative"


def test_a_passive_turns_who_does_it() -> None:
    text = "Senator Roe was sharply condemned by Governor Lee at the rally."
    assert label_of(text, "Roe") == "negative"
    assert label_of(text, "Lee") == "neutral"


def test_praise_is_for_whom_it_is_given() -> None:
    text = "Senator Roe was warmly praised by Governor Lee at the rally."
    assert label_of(text, "Roe") == "positive"
    assert tone_of(text, "Roe") > tone_of(text, "Lee")


def test_what_somebody_has_is_theirs() -> None:
    assert label_of("Lee’s victory delighted the crowd.", "Lee") == "positive"
    assert label_of("Critics say Lee is incompetent.", "Lee") == "negative"


@pytest.mark.parametrize(
    "text",
    [
        "Governor Lee said the schools were in terrible shape and the storm was a disaster.",
        "Police said the gunman killed three people, Lee told reporters.",
        "“The flood was terrible, a nightmare,” said Lee.",
        "Lee said Roe was a liar and a crook.",
    ],
)
def test_who_only_tells_bad_news_is_not_in_a_bad_light(text: str) -> None:
    assert label_of(text, "Lee") == "neutral"


@pytest.mark.parametrize(
    "text",
    ["Lee arrived in Ely on Friday.", "Lee said the vote was on Monday.", "Lee lives in Ely."],
)
def test_a_mere_mention_is_neutral(text: str) -> None:
    assert label_of(text, "Lee") == "neutral"


def test_a_denial_takes_the_tone_away() -> None:
    assert label_of("Lee lied to the public.", "Lee") == "negative"
    assert label_of("Lee did not lie to the public.", "Lee") == "neutral"


@pytest.mark.parametrize(
    "frame",
    [
        "Lee took the train, but Roe, a {} banker, went by bus.",
        "Lee spoke on Friday, while Roe, a {} singer, stayed in Ely.",
        "Lee met voters in Ely; Roe, a {} doctor, left the party.",
    ],
)
def test_words_about_others_hardly_leak_across_clauses(frame: str) -> None:
    kind, harsh = frame.format("brilliant and beloved"), frame.format("disgraced and corrupt")
    theirs = tone_of(kind, "Roe") - tone_of(harsh, "Roe")
    leaked = tone_of(kind, "Lee") - tone_of(harsh, "Lee")
    assert theirs > 1
    assert abs(leaked) < theirs / 4


def test_curly_marks_change_nothing() -> None:
    plain = "\"Lee isn't honest; Lee's plan is a fraud,\" Roe said."
    curly = "“Lee isn’t honest; Lee’s plan is a fraud,” Roe said."
    for start in (plain.index("Lee"), plain.index("Lee's"), plain.index("Roe")):
        span = Span(start, start + 3)
        assert judge(plain, span).shares.tolist() == judge(curly, span).shares.tolist()


def test_the_name_itself_has_no_tone() -> None:
    frame = "{} met reporters on Monday."
    tones = {tone_of(frame.format(name), name) for name in ("Lee", "Roe", "Trump", "Hope", "Cruz")}
    assert len(tones) == 1


# --- the table ----------------------------------------------------------------------------------


def rows_of(body: str) -> list[dict[Any, Any]]:
    return tone_toward(table(body)).to_dict("records")


def test_a_quoted_insult_is_the_speakers() -> None:
    first, insult, speaker, last = rows_of(
        "Mayor Ann Lee left. “Lee is a liar,” Bob Roe said. Lee waved."
    )
    assert (insult["name"], insult["label"], insult["said_by"]) == (
        "Ann Lee",
        "negative",
        "Bob Roe",
    )
    assert insult["reason"].startswith("‘liar’")
    assert speaker["name"] == "Bob Roe"
    assert {row["said_by"] for row in (first, speaker, last)} == {"narration"}


def test_a_quoted_word_for_somebody_is_the_speakers_too() -> None:
    last = rows_of("Bob Roe met Mayor Ann Lee. Roe called Lee “a crook”.")[-1]
    assert (last["quote"], last["label"], last["said_by"]) == ("Lee", "negative", "Bob Roe")


def test_every_span_is_where_it_says(clean_and_planted: pd.DataFrame) -> None:
    found = tone_toward(clean_and_planted)
    assert len(found) > 50
    texts = {row["article_id"]: row for row in clean_and_planted.to_dict("records")}
    for row in found.to_dict("records"):
        text = texts[row["article_id"]][row["field"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"]
        assert row["quote"].split()[-1] in row["name"].split()
    shares = found[[f"p_{label}" for label in LABELS]]
    assert np.allclose(shares.sum(axis=1), 1.0)
    assert [LABELS[at] for at in shares.to_numpy().argmax(axis=1)] == found["label"].tolist()
    assert np.allclose(found["tone"], found["p_positive"] - found["p_negative"])


@pytest.fixture(scope="module")
def clean_and_planted() -> pd.DataFrame:
    return nr.load_dataset("demo")


def test_hidden_characters_move_no_span() -> None:
    body = "Mayor Ann Lee left. Bob Roe sl\u00adammed L\u200bee  on Monday."
    found = rows_of(body)[-1]
    assert body[found["start"] : found["end"]] == found["quote"] == "L\u200bee"
    assert (found["name"], found["label"]) == ("Ann Lee", "negative")


def test_names_in_the_headline_are_those_of_the_body() -> None:
    found = tone_toward(table("Mayor Ann Lee met Bob Roe.", "Lee Slams Roe"))
    heads = found[found["field"] == "headline"]
    assert heads[["quote", "name", "label"]].values.tolist() == [
        ["Lee", "Ann Lee", "neutral"],
        ["Roe", "Bob Roe", "negative"],
    ]
    assert (heads["said_by"] == "").all()


def test_of_two_with_one_surname_each_keeps_the_own_mentions() -> None:
    body = "Tom Roe left. Ann Roe stayed."
    heads = tone_toward(table(body, "Tom Roe left"))
    assert heads[heads["field"] == "headline"]["name"].tolist() == ["Tom Roe"]
    body = "Tom Roe left. Roe wept. Ann Roe stayed. Roe smiled."
    for names in (["Tom Roe", "Ann Roe"], ["Ann Roe", "Tom Roe"]):
        found = tone_toward(table(body), names)["name"].tolist()
        assert found == ["Tom Roe", "Tom Roe", "Ann Roe", "Ann Roe"]


def test_own_names_may_be_anybodys() -> None:
    body = "Acme Ltd failed its workers. Ann Lee won. Lee smiled at Bob Lee."
    found = tone_toward(table(body), ["Ann Lee", "Acme Ltd"])
    assert found[["quote", "name"]].values.tolist() == [
        ["Acme Ltd", "Acme Ltd"],
        ["Ann Lee", "Ann Lee"],
        ["Lee", "Ann Lee"],
    ]


def test_a_name_with_an_apostrophe_is_found_in_both_forms() -> None:
    found = tone_toward(table("Ann O’Dea’s plan won."), ["Ann O'Dea"])
    assert found["quote"].tolist() == ["Ann O’Dea"]


@pytest.mark.parametrize("body", ["", "It rained all day. Nobody came."])
def test_nobody_named_is_no_row(body: str) -> None:
    found = tone_toward(table(body))
    assert len(found) == 0
    assert found.dtypes.astype(str).to_dict() == TOWARD_DTYPES
    people = tone_toward(table(body), per="person")
    assert len(people) == 0
    assert people.dtypes.astype(str).to_dict() == PERSON_DTYPES


def test_what_cannot_be_read_has_no_rows_and_stops_nothing() -> None:
    bad = ["", "\ud800 Mayor Ann Lee left.", "Bürgermeisterin Ann Lee ging nach Hause und aß. " * 9]
    bodies = [*bad, "Mayor Ann Lee left."]
    ids = list("abcd")
    articles = pd.DataFrame({"article_id": ids, "headline": "Lee", "body": bodies}, dtype=object)
    found = tone_toward(articles)
    assert set(found["article_id"]) == {"d"}
    assert found["field"].tolist() == ["headline", "body"]


def test_what_is_no_articles_table_is_refused() -> None:
    with pytest.raises(ArticleError, match="need the columns 'headline', 'body'"):
        tone_toward(pd.DataFrame({"article_id": ["a"], "text": ["Lee."]}))


def test_no_names_wanted_is_no_row() -> None:
    assert len(tone_toward(table("Mayor Ann Lee left."), [])) == 0


def test_a_person_is_summed_up_by_whose_words_they_are() -> None:
    body = "Mayor Ann Lee won the award. “Lee is a liar and a disgrace,” Bob Roe said."
    mentions = tone_toward(table(body))
    people = tone_toward(table(body), per="person").to_dict("records")
    lee = next(person for person in people if person["name"] == "Ann Lee")
    own = mentions[mentions["name"] == "Ann Lee"]["tone"].tolist()
    assert (lee["n_mentions"], lee["n_negative"], lee["n_positive"], lee["n_quoted"]) == (
        2,
        1,
        1,
        1,
    )
    assert lee["tone"] == pytest.approx(np.mean(own))
    assert [lee["narration_tone"], lee["quoted_tone"]] == pytest.approx(own)


def test_wrong_choices_say_what_to_pass() -> None:
    with pytest.raises(ValueError, match="Pass \\['Lee'\\]"):
        tone_toward(table("Lee."), "Lee")
    for wrong in (3, {"Lee"}, {"Lee": 1}):
        with pytest.raises(ValueError, match="Pass names such as \\['Ann Lee'\\]"):
            tone_toward(table("Lee."), wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Pass 'mention' or 'person'"):
        tone_toward(table("Lee."), per=["person"])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="found ''"):
        tone_toward(table("Lee."), [""])
    with pytest.raises(ValueError, match="Pass 'mention' or 'person'"):
        tone_toward(table("Lee."), per="sentence")  # type: ignore[arg-type]


# --- reading and model --------------------------------------------------------------------------


def test_a_long_sentence_is_judged_near_the_mention() -> None:
    filler = " and the town went on with its day" * 300
    body = f"Mayor Ann Lee met Roe{filler} while Roe was praised by Ann Lee."
    first, *_, last = rows_of(body)
    assert first["label"] == rows_of("Mayor Ann Lee met Roe.")[0]["label"]
    assert last["sentence_start"] == 0
    assert "praised" not in first["reason"]
    assert "praised" in last["reason"]


def test_a_closing_mark_without_its_partner_quotes_what_is_before() -> None:
    quoted = read_scene("We won,” Lee said. “It is over")
    assert [word for word, inside in zip(quoted.plain, quoted.quoted, strict=True) if inside] == [
        "we", "won", "it", "is", "over",
    ]  # fmt: skip


def test_no_feature_holds_a_name() -> None:
    scene = read_scene("Senator Ann Lee and Bob Roe met the cruel Mr Trump in Ely.")
    keys = {one.key for one in list_features(scene, find_place(scene, Span(8, 15)))}
    assert any("cruel" in key for key in keys)
    for name in ("ann", "lee", "bob", "roe", "trump", "ely"):
        assert not any(key.endswith(f":{name}") for key in keys)


def test_a_mention_of_no_word_is_judged_and_neither_fails_nor_decides() -> None:
    for text, span in (
        ("", Span(0, 0)),
        ("…", Span(0, 1)),
        ("Lee", Span(0, 3)),
        ("!?", Span(2, 2)),
    ):
        shares = judge(text, span).shares
        assert shares.sum() == pytest.approx(1.0)
        assert judge(text, span).words == ()


def test_the_model_is_small_and_holds_words_only() -> None:
    path = files("newsresearch.toward").joinpath("model.npz")
    data = path.read_bytes()
    assert len(data) < 1_000_000
    with path.open("rb") as source:
        keys = np.load(source)["keys"].tobytes().decode("utf-8").split("\n")
    signals = {key for key in keys if key.split(" ")[0] in {"tone", "role", "shape"}}
    assert all(" " not in key for key in set(keys) - signals)
    assert json.dumps(sorted(signals)).isascii()


# --- whose words --------------------------------------------------------------------------------


def test_a_place_is_of_the_innermost_voice() -> None:
    body = "Mayor Ann Lee left. Bob Roe said the plan was “a disgrace” and would fail. It rained."
    article = Article("a", "", body)
    voices = {word: voice_at(article, body.index(word)) for word in ("Lee", "plan", "disgrace")}
    assert voices["Lee"] is None
    told, inner = voices["plan"], voices["disgrace"]
    assert told is not None
    assert inner is not None
    assert told.span.start < inner.span.start <= body.index("disgrace")
    assert voice_at(article, body.index("rained")) is None


def test_nobody_speaks_where_nothing_is_attributed() -> None:
    assert voice_at(Article("a", "", "It rained."), 3) is None
