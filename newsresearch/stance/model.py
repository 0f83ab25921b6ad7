"""The trained model behind ``label_stance``: weights in ``model.json``, no library needed.

Four parts, all made by ``benchmarks/train_stance.py``: is the body about the headline (logistic
regression), what does it do to it (another, on signals, on signals again where the headline
itself denies, and on the words of the body), do headline and evidence contradict each other
(small decision trees, trained on headlines and sentences made to do so), and what turns the scores
into probabilities. ``data/README.md`` has the card.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp, log, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import Article
from newsresearch.stance.signals import SIGNALS, body_stems, read_signals, refutes

__all__ = ["STANCES", "Reading", "choose", "climb_trees", "move", "read_stance"]

STANCES = ("agree", "disagree", "discuss", "unrelated")

Values = NDArray[np.float64]


class Reading(NamedTuple):
    """What the model makes of one article: probabilities in the order of STANCES."""

    stances: Values
    contradicted: float


def read_stance(article: Article) -> Reading:
    """Return the probabilities of the four stances, and of a contradiction with the evidence."""
    signals = read_signals(article)
    model = _load()
    contradicted = climb_trees(model.baseline, model.trees, signals)
    if not signals[_COVERAGE]:  # no word in common: nothing to weigh
        return Reading(np.array([0.0, 0.0, 0.0, 1.0]), contradicted)
    scores = _calibrate(_score(article, signals))
    return Reading(move(scores, contradicted, model.move), contradicted)


_COVERAGE = SIGNALS.index("coverage")


def move(stances: Values, contradicted: float, how: tuple[float, float]) -> Values:
    """Return the stances with a part of 'agree' moved to 'disagree'.

    Evidence that says otherwise speaks against 'agree', and FNC-1's labels teach little of that.
    """
    slope, offset = how
    moved = stances[0] * _sigmoid(slope * _logit(contradicted) - offset)
    shifted: Values = stances + np.array([-moved, moved, 0.0, 0.0])
    return shifted


def choose(stances: Values) -> str:
    """Return the label: the likeliest stance, with the weights of the best macro-F1."""
    return STANCES[int((stances * _load().label_weights).argmax())]


def _score(article: Article, signals: Values) -> Values:
    """Return the uncalibrated shares of the four stances."""
    model = _load()
    standard = (signals - model.mean) / model.scale
    related = _sigmoid(float(standard @ model.related) + model.related_bias)
    standard = standard * model.related_scale
    scores = model.plain @ standard + model.bias
    if refutes(article):
        scores = scores + model.refuting @ standard
    words = [model.words[stem] for stem in body_stems(article) if stem in model.words]
    if words:
        scores = scores + model.word_scale * np.sum(sorted(words), axis=0) / sqrt(1 + len(words))
    shares = np.exp(scores - scores.max())
    return np.append(related * shares / shares.sum(), 1 - related)


def _calibrate(shares: Values) -> Values:
    """Turn the scores into probabilities, by a regression on pairs that were left out."""
    model = _load()
    logs = model.calibration @ np.log(np.maximum(shares, 1e-6)) + model.calibration_bias
    odds = np.exp(logs - logs.max())
    calibrated: Values = odds / odds.sum()
    return calibrated


Tree = list[list[float]]  # nodes: feature, threshold, left, right; a leaf is its value alone


def climb_trees(baseline: float, trees: list[Tree], signals: Values) -> float:
    """Return the probability that the leaves add up to."""
    total = baseline
    for tree in trees:
        node = tree[0]
        while len(node) > 1:
            feature, threshold, left, right = node
            node = tree[int(left if signals[int(feature)] <= threshold else right)]
        total += node[0]
    return _sigmoid(total)


def _sigmoid(value: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))


class _Model(NamedTuple):
    mean: Values
    scale: Values
    related: Values
    related_bias: float
    related_scale: float
    plain: Values
    refuting: Values
    bias: Values
    words: dict[str, list[float]]
    word_scale: float
    calibration: Values
    calibration_bias: Values
    label_weights: Values
    baseline: float
    trees: list[Tree]
    move: tuple[float, float]


@cache
def _load() -> _Model:
    text = files(__package__).joinpath("model.json").read_text(encoding="utf-8")
    stored: dict[str, Any] = json.loads(text)
    if tuple(stored.pop("signals")) != SIGNALS:
        raise RuntimeError("model.json has other signals: run benchmarks/train_stance.py.")
    arrays = {name: np.array(stored[name], dtype=np.float64) for name in _ARRAYS}
    fields: dict[str, Any] = {**stored, **arrays}
    return _Model(**fields)


_ARRAYS = (
    "mean", "scale", "related", "plain", "refuting", "bias", "calibration", "calibration_bias",
    "label_weights",
)  # fmt: skip
