"""How it is told: cues of certainty, voice, evidence and frame, each with its place.

`matching` is the one engine that finds listed words; `registry` says which lists there are.
"""

from newsresearch.framing.codebook import MEASURES
from newsresearch.framing.lexicon import Lexicon, read_lexicon, score_lexicon
from newsresearch.framing.scoring import (
    CUE_DTYPES,
    SCORER,
    cue_rows,
    explain_framing,
    score_framing,
)

__all__ = [
    "CUE_DTYPES",
    "MEASURES",
    "SCORER",
    "Lexicon",
    "cue_rows",
    "explain_framing",
    "read_lexicon",
    "score_framing",
    "score_lexicon",
]
