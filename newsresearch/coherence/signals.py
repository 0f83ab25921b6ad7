"""Signals of order: numbers that change when the same sentences stand in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from newsresearch.coherence.cues import Sentence

__all__ = ["SIGNALS", "read_drift", "read_opening", "read_signals"]

SIGNALS = (
    "next_overlap", "near_overlap", "topic_overlap", "word_gap", "first_centrality",
    "centrality_slope", "full_name_first", "definite_known", "indefinite_new",
    "pronoun_anchored", "acronym_explained", "quotation_kept",
)  # fmt: skip
_NEAR = 3


def read_signals(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return the signals of a text of at least two sentences."""
    return {
        **_overlaps(sentences), **_centrality(sentences), **_first_mentions(sentences),
        "pronoun_anchored": _pronouns(sentences), "quotation_kept": _quotations(sentences),
    }  # fmt: skip


def _places(sentences: Sequence[Sentence]) -> dict[str, list[int]]:
    """Return, for each stem, the sentences that hold it, in order."""
    places: dict[str, list[int]] = {}
    for at, sentence in enumerate(sentences):
        for word in dict.fromkeys(sentence.stems):
            places.setdefault(word, []).append(at)
    return places


def _overlaps(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Compare the words that neighbours share with those that any two sentences share."""
    count, places = len(sentences), _places(sentences)
    near = [0.0] * _NEAR
    gaps = []
    expected = 0.0
    for where in places.values():
        often = len(where)
        if often < 2:
            continue
        weight = 1.0 / often
        expected += weight * often * (often - 1) / (count * (count - 1))
        gaps += [weight * np.log2((b - a) / (count + 1) * often) for a, b in pairwise(where)]
        known = set(where)
        for step in range(1, _NEAR + 1):
            pairs = sum(a + step in known for a in where)
            near[step - 1] += weight * pairs / max(1, count - step)
    scale = max(expected, 1e-9)
    return {
        "next_overlap": near[0] / scale - 1 if expected else 0.0,
        "near_overlap": sum(near[1:]) / (_NEAR - 1) / scale - 1 if expected else 0.0,
        "word_gap": -float(np.mean(gaps)) if gaps else 0.0,
        "topic_overlap": _topics(sentences),
    }


def _topics(sentences: Sequence[Sentence]) -> float:
    """Return how often one of the first three words of a sentence was in the one before."""
    taken = [
        bool(set(later.stems[:3]) & set(earlier.stems)) for earlier, later in pairwise(sentences)
    ]
    return sum(taken) / max(1, len(taken))


def _centrality(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Tell whether the sentences with most of the text's recurring words come first."""
    counts = Counter(word for s in sentences for word in set(s.stems))
    central = np.array([sum(counts[word] - 1 for word in set(s.stems)) for s in sentences], float)
    central /= np.sqrt([len(set(s.stems)) + 3.0 for s in sentences])
    central /= max(float(central.mean()), 1e-9)
    slope = 1.0 / np.arange(1, len(sentences) + 1)
    slope -= slope.mean()
    return {
        "first_centrality": float(central[0]) - 1,
        "centrality_slope": float(slope @ central),
    }


def _first_mentions(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Tell whether things are new where they are worded as new, and known where as known."""
    uses: dict[str, list[tuple[int, int]]] = {}
    for at, sentence in enumerate(sentences):
        for name, length in sentence.names:
            uses.setdefault(name, []).append((at, length))
    mixed = [u for u in uses.values() if len({min(length, 2) for _, length in u}) == 2]
    full_first = [1.0 if u[0][1] > 1 else -1.0 for u in mixed]
    first = {word: where[0] for word, where in _places(sentences).items()}
    known = [first.get(w, at) < at for at, s in enumerate(sentences) for w in s.definite]
    new = [first.get(w, at) >= at for at, s in enumerate(sentences) for w in s.indefinite]
    count = len(sentences)
    return {
        "full_name_first": sum(full_first) / sqrt(count),
        "definite_known": sum(known) / sqrt(count),
        "indefinite_new": sum(new) / sqrt(count),
        "acronym_explained": _acronyms(sentences),
    }


def _acronyms(sentences: Sequence[Sentence]) -> float:
    seen = False
    for sentence in sentences:
        if "explains_acronym" in sentence.cues:
            return 0.0 if seen else 1.0
        seen = seen or "acronym" in sentence.cues
    return 0.0


_PRONOUNS = {"opens_he", "holds_he", "holds_she"}
_ANCHORS = {"full_name", "bare_name", "holds_he", "holds_she"}


def _pronouns(sentences: Sequence[Sentence]) -> float:
    """Return the balance of 'he' and 'she' with somebody right before them, and without."""
    score = -float(bool(sentences[0].cues & {"opens_he", "opens_it", "opens_this", "opens_they"}))
    for earlier, later in pairwise(sentences):
        if later.cues & _PRONOUNS:
            score += 0.5 if earlier.cues & _ANCHORS else -1.0
    return score / sqrt(len(sentences))


def _quotations(sentences: Sequence[Sentence]) -> float:
    """Return the balance of quotations that go on in the next sentence, and that do not."""
    score = 0.0
    for earlier, later in pairwise(sentences):
        if "leaves_open" in earlier.cues:
            score += 1.0 if "closes_only" in later.cues else -0.5
    return score / sqrt(len(sentences))


def read_opening(cues: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the first sentence shows against the mean of all, cue by cue."""
    opening: NDArray[np.float64] = cues[0] - cues.mean(axis=0)
    return opening


def read_drift(cues: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each cue is drawn to the end of the text (above 0) or its beginning."""
    places = np.linspace(-1.0, 1.0, len(cues))
    drift: NDArray[np.float64] = (places[:, None] * cues).sum(axis=0) / len(cues)
    return drift
