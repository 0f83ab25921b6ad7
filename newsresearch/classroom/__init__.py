"""The class kit: worksheets with their keys, answers of a class, and how far readers agree.

What shows one article at a time needs no pandas, so that it also runs on a page in a browser.
Where things are: ``worksheets`` makes a sheet of one of the ``kinds``, by ``faults``, ``bearing``
(headlines) or ``telling`` (words and speakers), from ``contents`` to a ``sheet`` with numbered
``lines``; ``marking`` and ``form`` take answers, ``collecting`` reads what is ``handed`` in, with
``passages`` looked up and ``names`` replaced; ``scoring``, ``agreeing`` and ``showing`` tell what
came of it; ``exercise``, ``headlines`` and ``study`` are for a notebook; ``kit`` makes the folder.
"""

from __future__ import annotations

from newsresearch.classroom.agreeing import agreement
from newsresearch.classroom.collecting import read_answers
from newsresearch.classroom.exercise import make_exercise
from newsresearch.classroom.form import answer_form
from newsresearch.classroom.glossary import make_glossary
from newsresearch.classroom.headlines import open_headlines
from newsresearch.classroom.marking import mark_spans
from newsresearch.classroom.scoring import findings_as_answers, score_answers
from newsresearch.classroom.showing import show_answers
from newsresearch.classroom.study import compare_headlines, study_headline
from newsresearch.classroom.worksheets import Worksheet, make_worksheet

__all__ = [
    "Worksheet",
    "agreement",
    "answer_form",
    "compare_headlines",
    "findings_as_answers",
    "make_exercise",
    "make_glossary",
    "make_worksheet",
    "mark_spans",
    "open_headlines",
    "read_answers",
    "score_answers",
    "show_answers",
    "study_headline",
]
