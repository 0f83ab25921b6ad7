"""Readability: counts and formulas by hand, against textstat, and at the edges."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pandas as pd
import pytest
import textstat

from newsresearch.readability import FORMULAS, MEASURES, Counts, count_text, score_readability

# The old dog sat by the door.                     7 words,  7 syllables, 21 letters
# It was cold.                                     3 words,  3 syllables,  9 letters
# The minister visited the hospital yesterday.     6 words, 14 syllables, 38 letters
#     three syllables or more, and more than six letters: minister, visited, hospital, yesterday
#     on the list of easy words: visit(ed), hospital, yesterday; not on it: minister
SMALL = "The old dog sat by the door. It was cold. The minister visited the hospital yesterday."
BY_HAND = Counts(
    n_words=16,
    n_sentences=3,
    n_syllables=24,
    n_polysyllables=4,
    n_complex=1,
    n_difficult=1,
    n_letters=68,
    n_long=4,
)

EASY = (
    "The cat sat on the mat. The dog ran to the red barn. A boy had a big ball. He gave it to "
    "his mother. She put it in a box. Then they all went to bed. The sun came up and the birds "
    "began to sing."
)
HARD = (
    "Parliamentary representatives subsequently characterised the administration's unprecedented "
    "constitutional reinterpretation as fundamentally irreconcilable with established judicial "
    "independence, notwithstanding considerable international condemnation. Institutional "
    "accountability necessitates comprehensive investigations, irrespective of contemporary "
    "political considerations or the anticipated administrative inconvenience, commentators said."
)
NEWS = (
    "The mayor’s new plan won’t please everyone, she told reporters on Monday morning. “We can’t "
    "pay for it all,” said the deputy of the opposition. The café on the well-known corner of the "
    "old harbour closed after a difficult year, and its owner isn’t sure that it will open again."
)


def table(*bodies: str) -> pd.DataFrame:
    """Return an Articles table of bodies."""
    ids = [f"a{number}" for number in range(len(bodies))]
    data = {"article_id": ids, "headline": ["x"] * len(bodies), "body": list(bodies)}
    return pd.DataFrame(data, dtype="str")


def test_counts_by_hand() -> None:
    assert count_text(SMALL) == BY_HAND


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("flesch_ease", 206.835 - 1.015 * 16 / 3 - 84.6 * 24 / 16),  # 74.52
        ("flesch_kincaid_grade", 4.19),  # .39 * 5.3333 + 11.8 * 1.5 - 15.59
        ("fog_grade", 0.4 * (16 / 3 + 100 * 1 / 16)),  # 4.63
        ("smog_grade", 1.043 * 40**0.5 + 3.1291),  # 4 polysyllables in 3 sentences: 40 in 30
        ("ari_grade", 4.71 * 4.25 + 0.5 * 16 / 3 - 21.43),  # 1.25
        ("coleman_liau_grade", 3.64),  # .0588 * 425 - .296 * 18.75 - 15.8
        ("dale_chall_grade", 0.1579 * 6.25 + 0.0496 * 16 / 3 + 3.6365),  # 4.89
        ("lix", 16 / 3 + 25),  # 30.33
    ],
)
def test_formulas_by_hand(column: str, value: float) -> None:
    assert FORMULAS[column](BY_HAND) == pytest.approx(value)


def test_dale_chall_adds_its_constant_above_five_per_cent_only() -> None:
    below = BY_HAND._replace(n_words=100, n_sentences=10, n_difficult=5)
    above = below._replace(n_difficult=6)
    assert FORMULAS["dale_chall_grade"](below) == pytest.approx(0.1579 * 5 + 0.496)
    assert FORMULAS["dale_chall_grade"](above) == pytest.approx(0.1579 * 6 + 0.496 + 3.6365)


@pytest.mark.parametrize("column", FORMULAS)
def test_every_formula_ranks_easy_before_hard(column: str) -> None:
    easy, hard = score_readability(table(EASY, HARD))[column]
    assert (easy > hard) if column == "flesch_ease" else (easy < hard)


def textstat_counts(text: str) -> Counts:
    """Return textstat's own counts of a text, by its own words and sentences."""
    return Counts(
        n_words=textstat.lexicon_count(text),
        n_sentences=textstat.sentence_count(text),
        n_syllables=textstat.syllable_count(text),
        n_polysyllables=textstat.polysyllabcount(text),
        n_complex=textstat.backend.counts.count_difficult_words(text, "en_US", 3),
        n_difficult=textstat.backend.counts.count_difficult_words(text, "en_US", 0),
        n_letters=textstat.letter_count(text),
        n_long=textstat.long_word_count(text),
    )


@pytest.mark.parametrize("text", [SMALL, EASY, HARD, NEWS.replace("’", "'")])
def test_formulas_agree_with_textstat_on_its_counts(text: str) -> None:
    n = textstat_counts(text)
    ours = {column: formula(n) for column, formula in FORMULAS.items()}
    assert ours["flesch_ease"] == pytest.approx(textstat.flesch_reading_ease(text))
    assert ours["flesch_kincaid_grade"] == pytest.approx(textstat.flesch_kincaid_grade(text))
    assert ours["fog_grade"] == pytest.approx(textstat.gunning_fog(text))
    assert ours["smog_grade"] == pytest.approx(textstat.smog_index(text))
    assert ours["dale_chall_grade"] == pytest.approx(textstat.dale_chall_readability_score(text))
    assert ours["lix"] == pytest.approx(textstat.lix(text))


@pytest.mark.parametrize("text", [SMALL, HARD])
def test_known_differences_from_textstat(text: str) -> None:
    n = textstat_counts(text)
    # textstat counts punctuation marks as characters of the Automated Readability Index
    characters = n._replace(n_letters=textstat.char_count(text))
    assert FORMULAS["ari_grade"](characters) == pytest.approx(
        textstat.automated_readability_index(text)
    )
    # and has a coefficient of .058 where Coleman and Liau arrive at .0588
    gap = 0.0008 * 100 * n.n_letters / n.n_words
    assert FORMULAS["coleman_liau_grade"](n) == pytest.approx(
        textstat.coleman_liau_index(text) + gap
    )


@pytest.mark.parametrize(
    ("word", "syllables", "hard"),
    [
        ("can’t", 1, 0),
        ("U.S.", 2, 1),
        ("old-fashioned", 3, 0),  # listed as it stands
        ("well-paid", 2, 0),  # both parts are listed
        ("well-financed", 3, 1),
        ("stopped", 1, 0),
        ("countries", 2, 0),
        ("happier", 3, 0),
        ("horse’s", 2, 0),
        ("1,200", 2, 0),
        ("hmm", 1, 1),
        ("ministers", 3, 1),
    ],
)
def test_single_words(word: str, syllables: int, hard: int) -> None:
    n = count_text(word)
    assert (n.n_words, n.n_syllables, n.n_difficult) == (1, syllables, hard)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace(" ", "  "),
        lambda text: "\ufeff" + text.replace("ea", "e\u200ba"),
        lambda text: text.replace("ll", "l\xadl"),
    ],
)
def test_invisible_differences_do_not_change_the_counts(change: Callable[[str], str]) -> None:
    assert change(NEWS) != NEWS
    assert count_text(change(NEWS)) == count_text(NEWS)


def test_text_twice_doubles_the_counts_and_keeps_the_scores() -> None:
    twice = count_text(f"{NEWS}\n\n{NEWS}")
    assert list(twice) == [2 * count for count in count_text(NEWS)]
    scored = score_readability(table(NEWS, f"{NEWS}\n\n{NEWS}"))[list(FORMULAS)]
    assert scored.iloc[0].tolist() == pytest.approx(scored.iloc[1].tolist())


def test_formulas_are_missing_without_enough_evidence() -> None:
    bodies = ("the " * 29, "the " * 30, "the " * 100, "the " * 101, "* * *", "...")
    scored = score_readability(table(*bodies))
    assert scored["n_words"].tolist() == [29, 30, 100, 101, 0, 0]
    assert scored["n_sentences"].tolist() == [1, 1, 1, 1, 0, 0]
    for column in FORMULAS:
        assert scored[column].isna().tolist() == [True, False, False, True, True, True]
    assert (scored["error"] == "").all()


def test_empty_bodies_have_a_reason_and_no_counts() -> None:
    scored = score_readability(table("", EASY, " \n "))
    assert scored["n_words"].isna().tolist() == [True, False, True]
    assert scored["error"].tolist() == ["the body is empty", "", "the body is empty"]


def test_empty_text_counts_nothing() -> None:
    assert count_text("") == Counts(0, 0, 0, 0, 0, 0, 0, 0)


def test_an_endless_word_does_not_stall_the_look_up() -> None:
    assert count_text("ab" * 200_000).n_words == 1


def test_the_language_set_in_textstat_does_not_matter() -> None:
    textstat.set_lang("de_DE")
    try:
        changed = count_text("Zebras occasionally visited the lonely aluminium observatory.")
    finally:
        textstat.set_lang("en_US")
    assert changed == count_text("Zebras occasionally visited the lonely aluminium observatory.")


OFFLINE = """
import socket, sys
def refuse(*args, **kwargs):
    raise OSError("no network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from newsresearch.readability import count_text
assert "textstat" not in sys.modules, "textstat must load at first use only"
assert count_text("Opposition zebras visited.").n_syllables == 9
"""


def test_syllables_need_no_network_and_no_early_import() -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_column_has_its_measure() -> None:
    scored = score_readability(table())
    added = [name for name in scored if name not in table().columns]
    assert added == [*(measure.column for measure in MEASURES), "error"]
    assert scored["n_words"].dtype == scored["n_sentences"].dtype == "Int64"
    assert all(scored[column].dtype == "float64" for column in FORMULAS)
    directions = {m.column: m.direction for m in MEASURES if m.column in FORMULAS}
    assert directions.pop("flesch_ease") == "higher = easier"
    assert set(directions.values()) == {"higher = harder"}
    assert all("textstat 0.7.8" in m.validity for m in MEASURES if m.column in FORMULAS)
