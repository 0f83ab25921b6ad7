"""The order of a text: signals move as documented, and edited order scores above shuffles."""

from __future__ import annotations

import json
import random
import re
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from growth import check_growth

import newsresearch as nr
from newsresearch.coherence import FEWEST_SENTENCES, MEASURES, SCORER
from newsresearch.coherence.cues import CUES, read_sentence
from newsresearch.coherence.signals import SIGNALS, read_signals

CODEBOOK = (Path(__file__).parent.parent / "data" / "README.md").read_text(encoding="utf-8")


def score(*bodies: str) -> pd.DataFrame:
    ids = [str(at) for at in range(len(bodies))]
    return nr.score_coherence(pd.DataFrame({"article_id": ids, "headline": "", "body": bodies}))


def sentences_of(body: str) -> list[str]:
    return [span.of(body) for span in nr.split_sentences(body)]


def signal(name: str, *sentences: str) -> float:
    return read_signals([read_sentence(sentence) for sentence in sentences])[name]


def test_edited_order_scores_above_shuffles_of_our_own_articles() -> None:
    wins = []
    for body in nr.load_dataset("demo").query("kind == 'clean'")["body"]:
        told, dice = sentences_of(body), random.Random(1)
        shuffled = [dice.sample(told, len(told)) for _ in range(20)]
        order = score(*("\n\n".join(version) for version in [told, *shuffled]))["order_score"]
        wins.append((order[0] > order[1:]).mean())
    assert sum(wins) / len(wins) >= 0.9


@pytest.mark.parametrize(
    ("name", "edited", "turned"),
    [
        ("next_overlap", ["Ferry left.", "Ferry sank.", "Pilot slept."], [0, 2, 1]),
        ("word_gap", ["Ferry left.", "Ferry sank.", "Pilot slept."], [0, 2, 1]),
        ("near_overlap", ["A ferry.", "Rain.", "A ferry.", "A pilot.", "Sun."], [0, 1, 3, 4, 2]),
        ("topic_overlap", ["Rain hit the pier.", "The pier broke.", "Boats sank."], [0, 2, 1]),
        ("first_centrality", ["Pier and ferry.", "A pier.", "A ferry.", "Sun."], [3, 1, 2, 0]),
        ("centrality_slope", ["Pier and ferry.", "A pier.", "A ferry.", "Sun."], [3, 1, 2, 0]),
        ("full_name_first", ["We met Ann Lee.", "Then Lee left."], [1, 0]),
        ("definite_known", ["It hit a pier.", "We saw the pier."], [1, 0]),
        ("indefinite_new", ["It hit a pier.", "We saw the pier."], [1, 0]),
        ("pronoun_anchored", ["Mayor Ann Lee rose.", "She spoke.", "Rain fell."], [2, 1, 0]),
        ("acronym_explained", ["The Red Union Bank (RUB) rose.", "The RUB fell."], [1, 0]),
        ("quotation_kept", ["“We won.", "We cheered,” she said.", "Rain fell."], [0, 2, 1]),
    ],
)  # fmt: skip
def test_each_signal_is_higher_in_edited_order(
    name: str, edited: list[str], turned: list[int]
) -> None:
    assert signal(name, *edited) > signal(name, *(edited[at] for at in turned))


def test_every_signal_has_its_case_above() -> None:
    (mark,) = test_each_signal_is_higher_in_edited_order.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in mark.args[1]} == set(SIGNALS)


def test_the_score_is_the_weighted_sum_that_the_file_says() -> None:
    text = files("newsresearch.coherence").joinpath("weights.json").read_text(encoding="utf-8")
    weights = json.loads(text)
    assert set(weights["signals"]) == set(SIGNALS)
    assert set(weights["opening"]) == set(weights["drift"]) == set(CUES)
    row = score(nr.load_dataset("demo")["body"][0]).iloc[0]
    total = sum(weights["signals"][name] * row[name] for name in SIGNALS)
    assert row["order_score"] == pytest.approx(total + row["opening_fit"] + row["drift_fit"])


def test_paragraph_breaks_do_not_count() -> None:
    told = sentences_of(nr.load_dataset("demo")["body"][0])
    scores = score("\n\n".join(told), "\n\n".join([" ".join(told[:3]), *told[3:]]))
    added = [measure.column for measure in MEASURES]
    assert scores[added].iloc[0].tolist() == scores[added].iloc[1].tolist()


def test_too_few_sentences_have_no_order() -> None:
    body = " ".join(["It rained."] * (FEWEST_SENTENCES - 1))
    scores = score(body, f"{body} It stopped.")
    assert scores["order_score"].isna().tolist() == [True, False]
    assert scores["error"].tolist() == ["", ""]


def test_every_column_is_in_the_codebook_and_back() -> None:
    part = CODEBOOK.split("## Order\n", 1)[1].split("\n## ", 1)[0]
    columns = [measure.column for measure in MEASURES]
    assert re.findall(r"^\| `(\w+)`", part, re.MULTILINE) == columns == list(SCORER.dtypes)
    assert columns == nr.list_measures("score_coherence")["column"].tolist()


GROWING = {
    "one word": "Ferry. " * 60_000,
    "two words in turn": "Ferry sank. Pilot slept. " * 20_000,
    "names": "He met Ann Lee. " * 20_000,
    "quotation marks": "“No. " * 60_000,
    "capitals": "A" * 400_000 + ". No. No. No. No.",
    "dashes and brackets": "(AB) — " * 60_000 + "No. No. No. No. No.",
}


def test_work_grows_with_the_text() -> None:
    program = """
import pandas as pd, newsresearch as nr
def read(text):
    nr.score_coherence(pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [text]}))
"""
    check_growth(program, GROWING)
