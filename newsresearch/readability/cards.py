"""The codebook: what each column means, and what it scored on real data."""

from __future__ import annotations

from typing import NamedTuple

from newsresearch.measures import Measure
from newsresearch.readability.formulas import FORMULAS

__all__ = ["MEASURES"]


class _Card(NamedTuple):
    low: float | None
    high: float | None
    meaning: str
    figures: str  # order, r and r on informational texts: ours, then textstat's


_VALIDITY = (
    "share of 44 OneStopEnglish stories with their three levels in full order {}, |r| with "
    "teachers on 2,380 texts of CLEAR {}, on 1,184 informational ones {}; textstat 0.7.8: {}, {}, "
    "{} (benchmarks/readability.py, held-out half)"
)
_GRADE = (
    "the default grade: New Dale-Chall score by its table of grades, in proportion between its "
    "bands; 16 = 16 and more"
)
_GRADE_VALIDITY = (
    "chosen on the other half of the stories and texts (.980, .628, .549); share of 44 "
    "OneStopEnglish stories with their three levels in full order .977, |r| with teachers on 2,380 "
    "texts of CLEAR .612, on 1,184 informational ones .527; text_standard of textstat 0.7.8: .455, "
    ".458, .353. Across stories it is poor: the text one level harder has the higher grade in 71 % "
    "of pairs, in the same story in 98 %. Two sentences are off by 2.2 grades on average, ten by "
    "1.1 (benchmarks/readability.py)"
)
_SMOG = "SMOG grade; fitted on samples of 30 sentences, so rough on shorter texts"
_DALE_CHALL = (
    "Dale-Chall score: 4.9 and less is grade 4, 9 and more is college; up to 5 % hard words it "
    "is the raw score, as in textstat; the paper adds 3.6365 always"
)
_DALE_CHALL_V2 = (
    "Dale-Chall score as in textstat's second version: hard words have two syllables or more, "
    "3.6365 is always added; not the New Dale-Chall of 1995"
)
_NEW_DALE_CHALL = (
    "New Dale-Chall score: the share in % of left-out words that a reader fills in; 58 and more is "
    "grade 1, 40 to 44 grades 5 and 6, 15 and less 16 and more"
)
_SPACHE = (
    "Spache's formula of 1953 with Dale's list of 3,000 words for his own, so below his grades; "
    "made for the first three grades, it ranks harder texts but does not grade them"
)
_LINSEAR = "Linsear Write on the whole text (textstat: its first 100 words)"
_CARDS = {
    "grade": _Card(1, 16, _GRADE, ""),
    "flesch_ease": _Card(
        None, 121.3, "Flesch reading ease", ".977 .537 .426 .977 .521 .382"
    ),
    "flesch_kincaid_grade": _Card(
        -3.5, None, "Flesch-Kincaid grade", ".955 .513 .465 .977 .488 .408"
    ),
    "fog_grade": _Card(0, None, "Gunning's Fog index", ".955 .533 .485 .955 .508 .429"),
    "smog_grade": _Card(3, None, _SMOG, ".955 .559 .456 .932 .543 .412"),
    "ari_grade": _Card(
        -16.3, None, "Automated Readability Index", ".955 .485 .442 .977 .457 .387"
    ),
    "coleman_liau_grade": _Card(
        -39.6, None, "Coleman-Liau index", ".841 .473 .281 .864 .470 .268"
    ),
    "dale_chall_grade": _Card(0, 24.4, _DALE_CHALL, ".955 .557 .445 .909 .519 .358"),
    "dale_chall_v2_grade": _Card(0, 24.4, _DALE_CHALL_V2, ".955 .558 .419 .977 .527 .368"),
    "new_dale_chall_ease": _Card(
        -100, 63.4, _NEW_DALE_CHALL, ".977 .604 .515 .932 .553 .427"
    ),
    "spache_grade": _Card(0.9, 23.6, _SPACHE, ".977 .558 .516 1.000 .508 .431"),
    "linsear_write_grade": _Card(-0.5, 150, _LINSEAR, ".955 .460 .440 .568 .414 .382"),
    "lix": _Card(0, 200, "LIX, läsbarhetsindex", ".977 .545 .483 .977 .525 .434"),
    "rix": _Card(
        0, 100, "RIX: words of more than six letters per sentence", ".977 .555 .467 .977 .535 .423"
    ),
}  # fmt: skip
_POINTS = {"flesch_ease", "dale_chall_grade", "dale_chall_v2_grade", "lix", "rix"}
_POINTS |= {"new_dale_chall_ease"}


def _validity(column: str) -> str:
    if column == "grade":
        return _GRADE_VALIDITY
    said = _VALIDITY.format(*_CARDS[column].figures.split())
    lacking = column == "new_dale_chall_ease"  # textstat has no such formula
    return said.replace("; textstat", "; on the counts of textstat") if lacking else said


def _formula_measure(column: str) -> Measure:
    card = _CARDS[column]
    return Measure(
        column,
        card.meaning,
        "points" if column in _POINTS else "school grade (US)",
        card.low,
        card.high,
        "higher = easier" if column.endswith("_ease") else "higher = harder",
        str(FORMULAS[column].__doc__),
        _validity(column),
    )


def _count_measure(column: str, meaning: str) -> Measure:
    unit = column.removeprefix("n_")
    rules = "the splitting rules of newsresearch.text"
    return Measure(column, meaning, unit, 0, None, "higher = longer", rules)


_NOTE = Measure(
    "readability_note",
    "why the formulas are missing, or what to mind: too few words or sentences, too long "
    "sentences, fewer than the 30 sentences of SMOG, the end of the table of grades",
    "label",
    None,
    None,
    "no order",
    "McLaughlin (1969) for SMOG; the other bounds are ours",
    "samples of one sentence are off by 3.0 grades on average, of two by 2.2, of three by 1.9, of "
    "20 by .6 (benchmarks/readability.py)",
)

MEASURES: tuple[Measure, ...] = (
    _count_measure("n_words", "words of the body"),
    _count_measure("n_sentences", "sentences of the body with a word in them"),
    *map(_formula_measure, FORMULAS),
    _NOTE,
)
