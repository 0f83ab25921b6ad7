"""The columns that ``score_framing`` adds, and how well each did against readers."""

from __future__ import annotations

from newsresearch.framing import loaded
from newsresearch.framing.reading import NUMBER, PASSIVE
from newsresearch.framing.registry import BODY, CATEGORIES
from newsresearch.measures import Measure

__all__ = ["COUNTED", "FEWEST_WORDS", "MEANINGS", "MEASURES"]

FEWEST_WORDS = 50  # of narration: below it one word more or less would be two cues in a hundred
_OWN = "own lists and rules"
_RULES = {
    NUMBER: (
        "a number: something is counted, priced or given in per cent",
        "24 of 25 hits right in BASIL, read by one language model (benchmarks/cues.py)",
    ),
    PASSIVE: (
        "a passive that does not say who did it",
        "of 100 hits in BASIL and fakenewsdata1, read by one language model, 96 right, 3 wrong; of "
        "17 such passives in 60 sentences with 'be' or 'get' 15 found; none without them "
        "(benchmarks/cues.py)",
    ),
}  # fmt: skip
_HEADLINE_RULES = {
    "click_list": "clickbait: the number of a list comes first",
    "click_exclamation": "clickbait: an exclamation mark",
    "click_capitals": "clickbait: a word in capitals",
    "click_question": "clickbait: a question",
}
# What a cue of each category is, for reasons and for the codebook.
MEANINGS: dict[str, str] = {
    **{one.name: one.meaning for one in CATEGORIES},
    **{name: meaning for name, (meaning, _) in _RULES.items()},
    **_HEADLINE_RULES,
}
# What is counted in bodies, each with what it scored on real data.
COUNTED: dict[str, str] = {
    **{one.name: one.validity for one in CATEGORIES if (one.field, one.list) == (BODY, "cues")},
    **{name: validity for name, (_, validity) in _RULES.items()},
    **{one.name: one.validity for one in CATEGORIES if one.field == BODY and one.list != "cues"},
}


def _share(name: str, validity: str) -> Measure:
    return Measure(
        f"{name}_share",
        f"cues per word of narration: {MEANINGS[name]}",
        "cues per word (times 100: per 100 words)",
        0, 1, "higher = more such cues", _OWN, validity,
    )  # fmt: skip


MEASURES: tuple[Measure, ...] = (
    Measure(
        "n_narration_words", "words of the body outside closed quotations", "words",
        0, None, "higher = longer", "own definition",
        "finding of quotations: benchmarks/attribution.py",
    ),
    *(_share(name, validity) for name, validity in COUNTED.items()),
    *loaded.MEASURES,
    Measure(
        "n_headline_clickbait",
        "kinds of clickbait cues in the headline: list number, you or I, pointing ahead, "
        "amazement, superlative, question, exclamation mark, capitals",
        "kinds", 0, 8, "higher = more like clickbait", _OWN,
        "AUC .92, F1 of one or more .90 on the held-out half of Chakraborty's 32,000 headlines "
        "('you' or a number first: .81, .77); the label is the outlet, so it is BuzzFeed and its "
        "like that is told; capitals and exclamation marks do not help there (benchmarks/cues.py)",
    ),
    Measure(
        "has_headline_question", "the headline asks", "true or false", 0, 1, "true = asks", _OWN,
        "not measured",
    ),
    Measure(
        "has_headline_hedge", "the headline holds a hedge", "true or false", 0, 1,
        "true = hedged", _OWN,
        "poor: headlines that only report a claim against those that take it up, AUC .58 on "
        "Emergent's test part (174 headlines), .67 on its training part; Hyland's hedges .58, .60 "
        "(benchmarks/cues.py)",
    ),
)  # fmt: skip
