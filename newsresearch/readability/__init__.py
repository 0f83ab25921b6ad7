"""Readability: counts first, published formulas second, then what to blame for the grade.

Syllables and the list of easy words are textstat's, sentences and words are ours: textstat
drops sentences of one or two words and breaks others at 'Mr.' and 'U.S.'
"""

from newsresearch.readability.cards import MEASURES
from newsresearch.readability.counts import Counts, count_text
from newsresearch.readability.explaining import explain_readability, grade_rows
from newsresearch.readability.formulas import FORMULAS, flesch_kincaid_grade
from newsresearch.readability.scoring import SCORER, score_readability

__all__ = [
    "FORMULAS",
    "MEASURES",
    "SCORER",
    "Counts",
    "count_text",
    "explain_readability",
    "flesch_kincaid_grade",
    "grade_rows",
    "score_readability",
]
