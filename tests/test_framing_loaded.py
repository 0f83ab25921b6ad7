"""Tests of loaded words: the list, whose words they are, and the weights behind loaded_p."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from growth import check_growth

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.framing.loaded import loaded_matcher, loaded_p
from newsresearch.framing.matching import split_entry
from newsresearch.lexicons import load_groups

# The same story twice: as a wire agency would tell it, and with a judgement in every sentence.
PLAIN = (
    "The county council approved a budget of 40 million pounds on Tuesday. Members voted 21 to 14 "
    "after a debate of three hours. The council will close two libraries and keep nine open. "
    "Council leader Ann Lee said the decision would be reviewed in spring. The opposition asked "
    "for a later date. A report on the libraries is due next month, according to the clerk. "
)
SLANTED = (
    "The hapless county council rammed through a disgraceful budget of 40 million pounds on "
    "Tuesday. Its cronies voted 21 to 14 after a farcical debate of three hours. The council will "
    "callously gut two libraries and keep nine open. Arrogant council leader Ann Lee boasted the "
    "shameful decision would be reviewed in spring. The outraged opposition slammed the fiasco. "
    "A report on the libraries is due next month, according to the clerk. "
)


def score(body: str, **options: bool) -> pd.Series:
    table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    return nr.score_framing(table, **options).iloc[0]


def found(body: str) -> list[str]:
    return [body[m.start : m.end] for m in loaded_matcher().find(body)]


def test_plain_wire_text_is_zero_and_the_slanted_version_is_not() -> None:
    plain, slanted = score(PLAIN), score(SLANTED)
    assert plain["loaded_share"] == 0
    assert slanted["loaded_share"] > 0.1
    assert slanted["loaded_p"] > plain["loaded_p"] + 0.3


def test_an_insult_in_a_quotation_is_the_speakers() -> None:
    body = PLAIN + "“They are corrupt cowards and shameless liars,” she said."
    narrated, whole = score(body), score(body, quotations=True)
    assert narrated["loaded_share"] == 0
    assert whole["loaded_share"] > 0
    assert whole["loaded_p"] > narrated["loaded_p"]
    table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    cues = nr.explain_framing(table, "loaded")
    assert cues["quote"].tolist() == ["cowards", "shameless", "liars"]
    assert cues["in_quotation"].all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The senator SLAMMED the bill.", ["SLAMMED"]),
        ("He shot back at the so-called experts.", ["shot back", "so-called experts"]),
        ("A supposed friend was supposed to come.", ["supposed"]),
        ("In spite of it he was held in contempt of court by virtue of a law.", []),
        ("Toxicologists found wreckage and garbage; the derailment hurt worshippers.", []),
        ("Her contempt and spite.", ["contempt", "spite"]),
        ("She wasn’t a snowflake, he said.", ["snowflake"]),
        ("An attack killed two; police arrested a terrorist.", []),
        ("The blast destroyed the depot; radical-free water boiled.", []),
        ("He claimed, insisted and admitted that it was late.", []),
        ("The committee met to discuss the election on Monday.", []),
    ],
)
def test_what_the_list_finds(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_every_loaded_word_raises_the_chance_of_its_sentence() -> None:
    article = Article("a", "", PLAIN)
    before = loaded_p(article)
    assert before is not None
    for word in ("disgraceful", "bungled", "so-called"):
        after = loaded_p(Article("a", "", PLAIN.replace("budget", f"{word} budget")))
        assert after is not None and after > before, word


def test_a_name_weighs_nothing() -> None:
    assert score(PLAIN.replace("Ann Lee", "Cruella Savage"))["loaded_share"] == 0
    other = PLAIN.replace("Ann Lee", "Cruella Savage")
    assert loaded_p(Article("a", "", other)) == loaded_p(Article("a", "", PLAIN))


@pytest.mark.parametrize("group", ["Muslim", "black", "gay", "Jewish", "immigrant", "women"])
def test_the_name_of_a_group_is_not_loaded(group: str) -> None:
    assert found(f"Two {group} councillors voted against it.") == []
    before = loaded_p(Article("a", "", PLAIN))
    after = loaded_p(Article("a", "", PLAIN.replace("Members", f"The {group} members")))
    assert before is not None and after is not None
    assert after < before + 0.02


def test_too_little_text_has_no_chance() -> None:
    assert loaded_p(Article("a", "", "A disgraceful, shameless fiasco.")) is None
    assert pd.isna(score("A disgraceful, shameless fiasco.")["loaded_p"])


def test_the_chance_keeps_to_its_range() -> None:
    worst = "Shameless disgraceful hapless cronies slammed the pathetic farcical fiasco. " * 9
    high, low = loaded_p(Article("a", "", worst)), loaded_p(Article("a", "", PLAIN))
    assert high is not None and low is not None
    assert 0 <= low < 0.5 < high <= 1


def test_no_entry_stands_twice_and_all_can_be_met() -> None:
    entries = [entry for group in load_groups("loaded", "loaded") for entry in group]
    assert [entry for entry, n in Counter(entries).items() if n > 1] == []
    assert len(entries) > 2_000
    for entry in entries:
        assert entry == entry.lower() and split_entry(entry.removeprefix("!")), entry
        if not entry.startswith("!"):
            assert loaded_matcher().find(entry.replace("*", "")), entry


_PROGRAM = """
from newsresearch.articles import Article
from newsresearch.framing.loaded import loaded_p
def read(text):
    loaded_p(Article("a", "", text))
"""


def test_time_is_linear() -> None:
    check_growth(_PROGRAM, {"loaded": SLANTED * 1_000, "no words": "so-" * 200_000})
