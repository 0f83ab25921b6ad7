"""Which cues are looked for: one line a category, where its list stands and what it means.

To add one, write its list (members parted by `|` or one a line) and a line here.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from newsresearch.framing import loaded
from newsresearch.framing.issue_frames import FRAMES
from newsresearch.framing.matching import Matcher
from newsresearch.lexicons import load_groups

__all__ = ["BODY", "CATEGORIES", "HEADLINE", "Category", "matcher_of"]

BODY, HEADLINE = "body", "headline"
_UNMEASURED = "not measured"
_BY = "(benchmarks/cues.py)"
# Right hits of those in narration that one language model read.
_RIGHT = {
    "hedge": "22 of 25 (BASIL)", "booster": "26 of 30 (FNC-1)", "factive": "24 of 25 (BASIL)",
    "assertive": "25 of 25 (BASIL)", "implicative": "24 of 25 (BASIL)",
    "evidence": "22 of 30 (FNC-1)", "absolute": "25 of 30 (FNC-1)",
    "us": "0 of 9 (91 articles of BASIL: quotations whose marks are lost, and tweets)",
}  # fmt: skip
_CLICK = "see n_headline_clickbait"


class Category(NamedTuple):
    """Cues of one kind: their name, the section of a list, the field they are looked for in.

    ``meaning`` says what it is a cue of, ``validity`` goes to the codebook. With
    ``in_names`` a word counts also where its capital makes it look like a name ('Will', 'May').
    """

    name: str
    list: str
    section: str
    field: str
    meaning: str
    validity: str = _UNMEASURED
    in_names: bool = False


def _cue(name: str, meaning: str) -> Category:
    """Return a category of bodies with a section of its name in ``cues.txt``."""
    right = _RIGHT.get(name)
    told = f"right of the hits that were read: {right}; misses not measured {_BY}"
    return Category(name, "cues", name, BODY, meaning, told if right else _UNMEASURED)


CATEGORIES: tuple[Category, ...] = (
    _cue("hedge", "hedging: the statement is weakened"),
    _cue("booster", "boosting: the statement is made stronger"),
    _cue("factive", "a factive: what follows is taken as true"),
    _cue("assertive", "an assertive: somebody only says so"),
    _cue("implicative", "an implicative: it tells what was done"),
    _cue("modal_high", "high certainty: it must or will be so"),
    _cue("modal_middle", "middle certainty: it should be so"),
    _cue("modal_low", "low certainty: it may be so"),
    _cue("evidence", "evidence: what the text rests on is named"),
    _cue("second_person", "the reader being spoken to"),
    _cue("us", "'us': the writer counts himself in"),
    _cue("them", "'them': others, spoken of as a group"),
    _cue("absolute", "an absolute: no exception is left"),
    Category("headline_hedge", "cues", "hedge", HEADLINE, "hedging in the headline"),
    Category("click_you", "cues", "click_you", HEADLINE, "clickbait: you or I", _CLICK, True),
    Category(
        "click_forward", "cues", "click_forward", HEADLINE,
        "clickbait: it points at what only the article tells", _CLICK, True,
    ),
    Category(
        "click_disbelief", "cues", "click_disbelief", HEADLINE,
        "clickbait: amazement is promised", _CLICK, True,
    ),
    Category(
        "click_superlative", "cues", "click_superlative", HEADLINE,
        "clickbait: the most of all", _CLICK, True,
    ),
    Category(
        "click_question", "cues", "click_question", HEADLINE, "clickbait: a question", _CLICK, True
    ),
    Category(loaded.LOADED, "loaded", "loaded", BODY, loaded.MEANING, loaded.VALIDITY),
    *(
        Category(f"frame_{one.name}", "frames", one.name, BODY, one.meaning, one.validity, True)
        for one in FRAMES
    ),
)  # fmt: skip


@cache
def matcher_of(field: str) -> Matcher:
    """Return the lists of a field, ready to be found."""
    return Matcher({
        one.name: [entry for group in load_groups(one.list, one.section) for entry in group]
        for one in CATEGORIES
        if one.field == field
    })  # fmt: skip
