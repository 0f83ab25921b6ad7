"""Readability: counts and formulas by hand, the table, and the edges."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pandas as pd
import pytest

from newsresearch.readability import (
    FORMULAS,
    MEASURES,
    Counts,
    count_text,
    formulas,
    score_readability,
)

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
    n_hard=1,
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
        # Flesch (1948), JAP 32, 221-233: 206.835 - 1.015 words a sentence - 84.6 syllables a word
        ("flesch_ease", 206.835 - 1.015 * 16 / 3 - 84.6 * 24 / 16),  # 74.52
        # Kincaid et al. (1975), RBR 8-75: .39 * 5.3333 + 11.8 * 1.5 - 15.59
        ("flesch_kincaid_grade", 4.19),
        # Gunning (1952), pp. 36-37: .4 (words a sentence + hard words in 100)
        ("fog_grade", 0.4 * (16 / 3 + 100 * 1 / 16)),  # 4.63
        # McLaughlin (1969), JR 12, 639-646: 4 polysyllables in 3 sentences are 40 in 30
        ("smog_grade", 1.043 * 40**0.5 + 3.1291),  # 9.73
        # Smith & Senter (1967), AMRL-TR-66-220: 4.71 strokes a word + .5 words a sentence - 21.43
        ("ari_grade", 4.71 * 4.25 + 0.5 * 16 / 3 - 21.43),  # 1.25
        # Coleman & Liau (1975), JAP 60, 283-284: .0588 * 425 - .296 * 18.75 - 15.8
        ("coleman_liau_grade", 3.64),
        # Dale & Chall (1948), ERB 27(1), 11-20: .1579 * 6.25 + .0496 * 5.3333 + 3.6365
        ("dale_chall_grade", 0.986875 + 0.264533 + 3.6365),  # 4.89
        ("dale_chall_v2_grade", 0.986875 + 0.264533 + 3.6365),  # the hard word has 3 syllables
        # Chall & Dale (1995), p. 66: 64 - .95 * 6.25 - .69 * 5.3333 = 64 - 5.9375 - 3.68
        ("new_dale_chall_ease", 54.3825),
        # its table: 54 to 57 is grade 2, so from 57.5 (2.0) to 53.5 (3.0): 2 + 3.1175 / 4
        ("grade", 2.779375),
        # Spache (1953), ESJ 53, 410-413: .141 * 5.3333 + .086 * 6.25 + .839
        ("spache_grade", 0.752 + 0.5375 + 0.839),  # 2.13
        # as in textstat: (12 short words + 3 * 4 long ones) / 3 sentences = 8; 8 / 2 - 1
        ("linsear_write_grade", 3.0),
        # Björnsson (1968): words a sentence + long words in 100
        ("lix", 16 / 3 + 25),  # 30.33
        # Anderson (1983), JR 26, 490-496: 4 long words in 3 sentences
        ("rix", 4 / 3),
    ],
)
def test_formulas_by_hand(column: str, value: float) -> None:
    assert FORMULAS[column](BY_HAND) == pytest.approx(value, abs=1e-6)


def test_every_formula_has_a_fixture_by_hand() -> None:
    done = {case[0] for case in test_formulas_by_hand.pytestmark[0].args[1]}  # type: ignore[attr-defined]
    assert done == set(FORMULAS)


def passage(n_words: int, n_sentences: int, n_difficult: int) -> Counts:
    """Return counts of a passage of which the rest does not matter."""
    return Counts(n_words, n_sentences, 0, 0, 0, n_difficult, 0, 0, 0)


def test_dale_chall_adds_its_constant_above_five_per_cent_only() -> None:
    below, above = passage(100, 10, 5), passage(100, 10, 6)
    assert FORMULAS["dale_chall_grade"](below) == pytest.approx(0.1579 * 5 + 0.496)
    assert FORMULAS["dale_chall_grade"](above) == pytest.approx(0.1579 * 6 + 0.496 + 3.6365)


def test_dale_chall_v2_always_adds_it_and_forgives_words_of_one_syllable() -> None:
    n = passage(100, 10, 6)._replace(n_hard=2)
    assert FORMULAS["dale_chall_v2_grade"](n) == pytest.approx(0.3158 + 0.496 + 3.6365)


@pytest.mark.parametrize(
    ("counts", "score", "grades"),
    [
        # Chall & Dale (1995), table 2.1, p. 31: 20 % unfamiliar words, 10 words a sentence
        (passage(100, 10, 20), 38.1, (7, 8)),
        # p. 33: 11 % and 100/27 words a sentence
        (passage(100, 27, 11), 50.99, (3, 3)),
        # sample passages, pp. 135-140: cloze 42, grades 5-6; cloze 28, grades 9-10
        (passage(100, 6, 11), 42, (5, 6)),
        (passage(100, 5, 23), 28, (9, 10)),
    ],
)
def test_new_dale_chall_on_the_examples_of_its_book(
    counts: Counts, score: float, grades: tuple[int, int]
) -> None:
    digits = 2 if isinstance(score, float) else 0
    assert round(FORMULAS["new_dale_chall_ease"](counts), digits) == score
    assert grades[0] <= int(FORMULAS["grade"](counts)) <= grades[1]


# Chall & Dale (1995): the grades of each whole score.
BANDS = {
    (58, 61): (1, 1),
    (54, 57): (2, 2),
    (50, 53): (3, 3),
    (45, 49): (4, 4),
    (40, 44): (5, 6),
    (34, 39): (7, 8),
    (28, 33): (9, 10),
    (22, 27): (11, 12),
    (16, 21): (13, 15),
    (-40, 15): (16, 16),
}


@pytest.mark.parametrize(("scores", "grades"), BANDS.items())
def test_the_grade_keeps_to_the_bands_of_the_table(
    scores: tuple[int, int], grades: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for score in scores:
        monkeypatch.setattr(formulas, "new_dale_chall_ease", lambda n, score=score: float(score))
        assert grades[0] <= int(formulas.grade(BY_HAND)) <= grades[1]


def test_the_grade_rises_where_the_score_falls_and_ends_with_the_table() -> None:
    grades = [FORMULAS["grade"](passage(1000, 100, hard)) for hard in range(0, 1001, 5)]
    assert grades == sorted(grades) and grades[-1] == 16
    inner = [grade for grade in grades if grade < 16]
    assert len(set(inner)) == len(inner)
    assert FORMULAS["grade"](passage(100, 100, 0)) == 1  # 63.31, past the easy end


def test_linsear_write_takes_two_points_off_up_to_twenty() -> None:
    n = passage(100, 5, 0)
    assert FORMULAS["linsear_write_grade"](n) == 9  # 20 points
    assert FORMULAS["linsear_write_grade"](n._replace(n_polysyllables=5)) == 11  # 22 points


@pytest.mark.parametrize("column", FORMULAS)
def test_every_formula_ranks_easy_before_hard(column: str) -> None:
    easy, hard = score_readability(table(EASY, HARD))[column]
    assert (easy > hard) if column.endswith("_ease") else (easy < hard)


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


def test_a_difficult_word_of_one_syllable_is_not_hard() -> None:
    n = count_text("hmm ministers")
    assert (n.n_difficult, n.n_hard) == (2, 1)


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


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("", None),
        ("* * *", "0 words; at least 30 are needed"),
        ("Rain. Wind. Snow.", "3 words; at least 30 are needed"),
        ("Go. " + "the " * 28, "29 words; at least 30 are needed"),
        ("the " * 30, "1 sentence; at least 2 are needed"),
        ("the " * 100, "1 sentence; at least 2 are needed"),
        ("The end. " + "The " + "the " * 27, ""),
        ("The end. " + "The " + "the " * 197, ""),
        (
            "the " * 101,
            "101 words per sentence; more than 100 are a list or a text that lost its stops",
        ),
    ],
)
def test_formulas_are_missing_with_their_reason(body: str, note: str | None) -> None:
    row = score_readability(table(body)).iloc[0]
    if note is None:
        assert pd.isna(row["readability_note"]) and row["error"] == "the body is empty"
    else:
        assert row["readability_note"].startswith(note or "2 sentences; SMOG was made for 30")
        assert row["error"] == ""
    assert row[list(FORMULAS)].isna().tolist() == [note != ""] * len(FORMULAS)


def test_notes_warn_beside_values() -> None:
    few, hard = score_readability(table(EASY, HARD))["readability_note"]
    assert few == "7 sentences; SMOG was made for 30"
    assert hard == "2 sentences; SMOG was made for 30. grade 16 stands for 16 and more"
    assert score_readability(table(EASY * 5)).loc[0, "readability_note"] == ""


def test_empty_bodies_have_a_reason_and_no_counts() -> None:
    scored = score_readability(table("", EASY, " \n "))
    assert scored["n_words"].isna().tolist() == [True, False, True]
    assert scored["error"].tolist() == ["the body is empty", "", "the body is empty"]


def test_empty_text_counts_nothing() -> None:
    assert count_text("") == Counts(*[0] * 9)


def test_an_endless_word_does_not_stall_the_look_up() -> None:
    assert count_text("ab" * 200_000).n_words == 1


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


ODD = (
    "year.The commuter train's late. U.S. and 3.5 per cent—of all—well-paid “ministers’ aides” "
    "won’t. 😀 ... \n\n- - - \n\nHmm, 1,200 co-operatives. " + "ab" * 60
)


def test_chunks_count_as_their_words_do_one_by_one() -> None:
    bodies = [SMALL, EASY, HARD, NEWS, ODD, f"{ODD} {NEWS}", "\u200b.", "@ @ @ @. We left."]
    own = score_readability(table(*bodies))
    pd.testing.assert_frame_equal(own, score_readability(table(*bodies), engine="reference"))
    assert own["n_words"].tolist()[-2:] == [0, 2]


def test_every_column_has_its_measure() -> None:
    scored = score_readability(table())
    added = [name for name in scored if name not in table().columns]
    assert added == [*(measure.column for measure in MEASURES), "error"]
    assert scored["n_words"].dtype == scored["n_sentences"].dtype == "Int64"
    assert all(scored[column].dtype == "float64" for column in FORMULAS)
    directions = {m.column: m.direction for m in MEASURES if m.column in FORMULAS}
    assert directions.pop("flesch_ease") == "higher = easier"
    assert directions.pop("new_dale_chall_ease") == "higher = easier"
    assert set(directions.values()) == {"higher = harder"}
    assert scored["readability_note"].dtype == "str"
    assert all("textstat 0.7.8" in m.validity for m in MEASURES if m.column in FORMULAS)
