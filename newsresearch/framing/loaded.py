"""Loaded words: words that judge while they tell, from a list, and a weight for every word.

The list (``lexicons/loaded.txt``) can be read and argued with. ``loaded_p`` adds to it what the
words around the list are like: a few numbers, trained by ``benchmarks/loaded.py`` on sentences in
which annotators marked words, weigh each word by its vector. Neither says that a text is biased.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import Article
from newsresearch.framing.matching import Matcher, is_name
from newsresearch.framing.narration import quoted
from newsresearch.lexicons import load_groups
from newsresearch.measures import Measure
from newsresearch.text import Span, locate, locate_each
from newsresearch.vectors import load_vectors
from newsresearch.vocabulary import Term, content_terms

__all__ = [
    "LOADED", "MEANING", "MEASURES", "VALIDITY", "Weights", "find_loaded", "loaded_matcher",
    "loaded_p", "read_words", "sentence_chances", "weigh_words",
]  # fmt: skip

Values = NDArray[np.float64]
LOADED = "loaded"  # the category of its cues
MEANING = "a loaded word: it judges while it tells, in most of its uses"
VALIDITY = (
    "AUC .73 (.71 to .76) for biased sentences on held topics of BABE; strong subjectives .65, "
    "Recasens' lexicon .54; of the words that annotators marked recall .32, precision .51, F1 .40; "
    "AUC .78 for hyperpartisan articles; it meets 30 % of BASIL's lexical spans, and 11 % of what "
    "it meets stands in one; slant by choice of facts is out of reach (benchmarks/loaded.py)"
)
MEASURES: tuple[Measure, ...] = (
    Measure(
        "loaded_p",
        "mean over the sentences of how likely annotators of BABE would call them biased by "
        "their words; half of the sentences there are, so compare texts and read no share from it",
        "probability",
        0, 1, "higher = more loaded", "own model (benchmarks/loaded.py) on Spinde et al. (2021)",
        "AUC .77 (.74 to .79) for biased sentences on held topics of BABE, .73 for the list alone; "
        "on whole articles below the list: .74 for hyperpartisan ones, .78 for loaded_share "
        "(benchmarks/loaded.py)",
    ),
)  # fmt: skip
_FEWEST_TERMS = 20


class Weights(NamedTuple):
    """What a word counts by its vector and by standing in the list, and what a sentence does."""

    words: Values
    listed: float
    offset: float
    slope: float
    sentence_offset: float


@cache
def loaded_matcher() -> Matcher:
    """Return the list, ready to be found."""
    groups = load_groups("loaded", "loaded")
    return Matcher({LOADED: [entry for group in groups for entry in group]})


@cache
def _load() -> Weights:
    stored = json.loads(files(__package__).joinpath("loaded.json").read_text(encoding="utf-8"))
    return Weights(np.array(stored.pop("words"), dtype=np.float64), **stored)


def loaded_p(
    article: Article, quotations: bool = False, listed: Sequence[Span] | None = None
) -> float | None:
    """Return the mean over the sentences of the body; None where there is too little text.

    Words in closed quotations are the speaker's, and left out unless asked for; names always.
    ``listed`` is what ``find_loaded`` would find, where that is known.
    """
    terms, is_listed = read_words(article, quotations, listed)
    if len(terms) < _FEWEST_TERMS:
        return None
    return float(np.mean(sentence_chances(article, terms, is_listed, _load())))


def sentence_chances(
    article: Article, terms: Sequence[Term], is_listed: Values, weights: Weights
) -> Values:
    """Return the probability of each sentence that has such words: by the mean of its words."""
    places = np.array([locate(article.sentences, term.start) for term in terms], dtype=np.intp)
    known = np.maximum(places, 0)
    chances = weigh_words(terms, is_listed, weights)
    sums, counts = np.bincount(known, chances), np.bincount(known)
    means = sums[counts > 0] / counts[counts > 0]
    return _sigmoid(weights.sentence_offset + weights.slope * means)


def weigh_words(terms: Sequence[Term], is_listed: Values, weights: Weights) -> Values:
    """Return how likely an annotator would mark each word."""
    vectors = load_vectors()
    directions = vectors.directions[vectors.find(term.stem for term in terms)]
    return _sigmoid(directions @ weights.words + weights.listed * is_listed + weights.offset)


def read_words(
    article: Article, quotations: bool = False, listed: Sequence[Span] | None = None
) -> tuple[list[Term], Values]:
    """Return the content words of the body that count, and 1 for each that the list holds."""
    body = article.body
    terms = content_terms(body)
    starts = [term.start for term in terms]
    inside = locate_each(find_loaded(article) if listed is None else listed, starts)
    spoken = quoted(article, starts)
    kept = [
        (term, float(is_in >= 0))
        for term, is_in, is_said in zip(terms, inside, spoken, strict=True)
        if not is_name(body, term.start, term.end) and (quotations or not is_said)
    ]
    return [term for term, _ in kept], np.array([value for _, value in kept])


def find_loaded(article: Article) -> list[Span]:
    """Return where words of the list stand in the body, but for names such as Savage."""
    body = article.body
    matches = loaded_matcher().find(body, article.words, article.sentences)
    return [Span(m.start, m.end) for m in matches if not is_name(body, m.start, m.end)]


def _sigmoid(values: Values) -> Values:
    return np.asarray(1.0 / (1.0 + np.exp(-values)), dtype=np.float64)
