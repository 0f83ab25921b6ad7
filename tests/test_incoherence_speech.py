"""One quotation given to two people, and words that nobody is said to say."""

from __future__ import annotations

import pytest

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.incoherence.finding import fires
from newsresearch.incoherence.speech import conflicting_speakers, unattributed_speech

QUOTE = "“We will never pay a penny for that old bridge,”"
SPEECH = "“We will never pay a penny for that old bridge.”"
RAIN = "It rained on the bridge and on the road all day long."


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (f"{QUOTE} Tom Roe said.", 1),
        ("Tom Roe said: “Never pay a penny for that old bridge!”", 1),
        (f"Tom Roe rose. {QUOTE} he said.", 1),
        (f"{QUOTE} Lee said.", 0),
        (f"{QUOTE} the mayor said.", 0),
        (f"{QUOTE} Acme Bank said.", 0),
        ("“We will never mend the church tower of our town,” Tom Roe said.", 0),
        ("“We will pay,” Tom Roe said.", 0),
    ],
)
def test_one_quotation_has_one_speaker(second: str, found: int) -> None:
    body = f"{QUOTE} said Mayor Ann Lee.\n\n{RAIN}\n\n{second}"
    assert len(fires(conflicting_speakers, body)) == found


def test_the_finding_shows_both_places_and_names() -> None:
    body = f"{QUOTE} said Mayor Ann Lee.\n\n{QUOTE} Tom Roe said."
    (found,) = conflicting_speakers(Article("a", "", body))
    assert found.span.start == body.rindex(QUOTE)
    assert found.other is not None and found.other.start == 0
    assert found.reason == "the same words are given to ‘Ann Lee’, here to ‘Tom Roe’"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (RAIN, RAIN, 1),
        ("Ann Lee, the mayor, said it rained on the bridge.", RAIN, 0),
        (RAIN, "That was what the mayor told the council.", 0),
        (RAIN, "“No,” said Ann Lee.", 0),
        ("The words on the tablet by the bridge:", RAIN, 0),
        ("The speech of the day was a short one.", RAIN, 0),
        ("The bridge", RAIN, 0),
    ],
)
def test_speech_without_a_speaker(before: str, after: str, found: int) -> None:
    body = f"{RAIN}\n\n{before}\n\n{SPEECH}\n\n{after}"
    assert len(fires(unattributed_speech, body)) == found


def test_he_said_needs_somebody_before_it() -> None:
    assert fires(unattributed_speech, f"{RAIN}\n\nHe said it was old.") == ["He said"]
    assert fires(unattributed_speech, f"Ann Lee left.\n\n{RAIN} She said it was old.") == []
    assert fires(unattributed_speech, f"A man left.\n\n{RAIN} He said it was old.") == []
    assert fires(unattributed_speech, f"{RAIN}\n\nHe said so.", "Storm hits Ely") == []


def test_clean_articles_raise_nothing_and_planted_ones_do() -> None:
    demo = nr.load_dataset("demo")
    clean = demo[demo["kind"] == "clean"]
    checks = ["conflicting_speakers", "unattributed_speech"]
    assert nr.find_incoherence(clean, checks).empty
    doubled, gold = nr.perturb(clean, "double_quotation")
    planted = gold[gold["check"] == "conflicting_speakers"]
    found = nr.find_incoherence(doubled, checks)
    assert len(planted) >= 3
    columns = ["article_id", "start"]
    assert found[columns].values.tolist() == planted[columns].values.tolist()


def test_a_removed_speaker_leaves_the_quotation_alone() -> None:
    body = f"{RAIN}\n\n{QUOTE} said Mayor Ann Lee.\n\n{RAIN}"
    table = nr.load_dataset("demo").head(1).assign(body=body, headline="Rain in Ely")
    changed, gold = nr.perturb(table, "remove_speaker")
    assert changed["body"].item() == f"{RAIN}\n\n{SPEECH}\n\n{RAIN}"
    assert gold["quote"].item() == SPEECH
    assert gold["original"].item() == f"{QUOTE} said Mayor Ann Lee."
    beside, gold = nr.perturb(table.assign(body=f"{body} “No,” said Lee."), "remove_speaker")
    assert gold["check"].tolist() == ["not_planted"]
    assert beside["body"].item().startswith(body)
