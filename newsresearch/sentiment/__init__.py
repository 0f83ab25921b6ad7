"""Tone of sentences, headlines and bodies; the only door to vaderSentiment.

The tone of an article is the mean of its sentences: the engine's own score of a whole text
runs to -1 or +1 with length.
"""

from newsresearch.sentiment.codebook import MEASURES
from newsresearch.sentiment.explaining import explain_sentiment, tone_word_rows
from newsresearch.sentiment.listing import lexicon_coverage, list_tones, tone_rows
from newsresearch.sentiment.lists import choose_engine, plain_engine
from newsresearch.sentiment.scoring import (
    NEGATIVE,
    POSITIVE,
    SCORER,
    mean_tone,
    mean_tones,
    score_sentiment,
    tone,
)

__all__ = [
    "MEASURES",
    "NEGATIVE",
    "POSITIVE",
    "SCORER",
    "choose_engine",
    "explain_sentiment",
    "lexicon_coverage",
    "list_tones",
    "mean_tone",
    "mean_tones",
    "plain_engine",
    "score_sentiment",
    "tone",
    "tone_rows",
    "tone_word_rows",
]
