"""Tests of issue frames: each cue raises its own frame, and the text never says 'slant'."""

from __future__ import annotations

import re
from importlib.resources import files

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.framing.issue_frames import FRAMES
from newsresearch.framing.matching import Matcher
from newsresearch.lexicons import load_groups

NAMES = [frame.name for frame in FRAMES]
# No frame at all: 72 words on a boat.
PLAIN = "The ferry left the pier at dawn with coal for the island. " * 6
# Sentences of one frame only, five for each frame.
ONE_FRAME = {
    "economic": "Wages fell. Retailers cut prices. Exports grew. Inflation slowed. "
    "Rents cost more.",
    "conflict": "They clashed again. The rift grew. Rivals quarrelled. Critics disagreed. "
    "A feud began.",
    "human_interest": "Her mother wept. A widow mourned. His daughter sobbed. Siblings hugged. "
    "Grandparents grieved.",
    "morality": "It was a sin. Bishops prayed. Conscience spoke. Mercy came first. "
    "Greed is immoral.",
    "responsibility": "He was culpable. She apologised. Both were at fault. They neglected it. "
    "Who is liable?",
    "resolution": "They solved it. A remedy was near. The plan to rebuild it came. "
    "Both pledged more. It was fixed.",
    "politics": "Voters went out. Candidates toured. Polls closed. The senate met. Turnout rose.",
    "law_and_crime": "The jury met. Judges sat. Two burglars were arrested. He was convicted. "
    "An inmate left jail.",
    "health": "Nurses came. Patients waited. A vaccine was near. Symptoms eased. Asthma returned.",
    "security": "Guards stood there. Troops arrived. Alerts rang. It was safer. A patrol passed.",
}  # fmt: skip


def score(body: str) -> pd.Series:
    table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    return nr.score_framing(table).iloc[0]


def shares(body: str) -> dict[str, float]:
    row = score(body)
    return {name: float(row[f"frame_{name}_share"]) for name in NAMES}


def test_a_text_on_a_boat_has_no_frame() -> None:
    assert set(shares(PLAIN).values()) == {0.0}


@pytest.mark.parametrize("name", NAMES)
def test_sentences_of_a_frame_raise_it_and_no_other(name: str) -> None:
    found = shares(PLAIN + ONE_FRAME[name])
    assert {other for other, share in found.items() if share > 0} == {name}
    assert found[name] >= 5 / 110


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_list_is_an_example(name: str) -> None:
    """The sentence in the comment below a heading holds a cue of that frame."""
    text = files("newsresearch.lexicons").joinpath("frames.txt").read_text(encoding="utf-8")
    part = text.split(f"[{name}]", 1)[1]
    example = re.search(r"“(.+?)”", part)
    assert example
    entries = [entry for group in load_groups("frames", name) for entry in group]
    assert 40 <= len(entries) <= 120 and len(set(entries)) == len(entries)
    assert Matcher({name: entries}).find(example[1])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("economic", "She shares the view and will pay attention."),
        ("conflict", "He died of a heart attack."),
        ("morality", "They gave moral support in good faith."),
        ("economic", "An investigation began; investigators came with a companion."),
        ("conflict", "The opposite objective was met, three times in a row."),
        ("human_interest", "The grievance of a residential street."),
        ("morality", "Morale in Islamabad; Churchill left the Justice Department."),
        ("resolution", "The committee met; the solvent was gone. He committed suicide."),
        ("politics", "A primary school and primary care."),
        ("law_and_crime", "A courteous man in a courtyard in Crimea; Robbie, in a clinical trial."),
        ("health", "The special counsel waited patiently by the nursery."),
        ("security", "Securities rose; his defense attorney was bombastic."),
    ],
)
def test_exceptions_are_no_cues(name: str, text: str) -> None:
    assert shares(PLAIN + text)[f"{name}"] == 0


def test_a_name_in_capitals_is_still_a_cue() -> None:
    assert shares(PLAIN + "Many Republicans and Senate Democrats left.")["politics"] > 0
    assert shares(PLAIN + "They said that God had left.")["morality"] > 0


def test_a_plain_report_of_a_war_is_conflict_but_not_loaded() -> None:
    """What people would misread: the frame is high, and nobody has slanted anything."""
    report = (
        "Troops of both sides fought for the bridge on Monday. The war began in May. Fighting "
        "resumed at noon, an officer said, and the battle ended at dusk. Both armies rejected a "
        "truce. The conflict has closed two roads. Forty people left the town on foot, and the "
        "mayor asked the two sides to open a route to the hospital by the end of the week."
    )
    row = score(report)
    assert row["frame_conflict_share"] > 0.05
    assert row["loaded_share"] == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_codebook_says_that_a_frame_is_no_slant(name: str) -> None:
    frame = next(frame for frame in FRAMES if frame.name == name)
    assert "no slant" in frame.meaning
    assert "benchmarks/frames.py" in frame.validity
