"""The trained model behind ``label_stance``: weights in ``model.json``, no library needed.

Four parts, all made by ``benchmarks/train_stance.py``: is the body about the headline (logistic
regression), what does it do to it (another, on signals, on signals again where the headline
itself denies, and on the words of the body; beside both, small decision trees on the signals),
do headline and evidence contradict each other (more trees, trained on headlines and sentences made
to do so), and what turns the scores into probabilities. ``data/README.md`` has the card.
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
from newsresearch.stance.forest import Forest, climb, read_forest
from newsresearch.stance.signals import SIGNALS, body_stems, read_signals, refutes

__all__ = ["BLEND_WEIGHTS", "STANCES", "Reading", "blend", "choose", "move", "read_stance"]

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
    contradicted = _sigmoid(climb(model.contradiction, signals))
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


def choose(stances: Values, weights: Values | None = None) -> str:
    """Return the label: the likeliest stance, with the weights of the best macro-F1."""
    weights = _load().label_weights if weights is None else weights
    return STANCES[int((stances * weights).argmax())]


def blend(ours: Values, theirs: Values) -> Values:
    """Return the mean of two models, of their logs: neither is sure alone."""
    logs = np.log(np.maximum(ours, 1e-6)) + np.log(np.maximum(theirs, 1e-6))
    return _normalise(logs / 2)


# Of labels told by both models; chosen on the 25 stories that the encoder was not trained on.
BLEND_WEIGHTS = np.array([1.2, 1.5, 1.0, 1.0])


def _score(article: Article, signals: Values) -> Values:
    """Return the logs of the uncalibrated shares: the mean of regressions and trees."""
    refuting = refutes(article)
    linear, trees = _regress(article, signals, refuting), _climb(signals, refuting)
    logs: Values = (np.log(np.maximum(linear, 1e-6)) + np.log(np.maximum(trees, 1e-6))) / 2
    return logs


def _climb(signals: Values, refuting: bool) -> Values:
    """Return the shares that the trees tell."""
    model, row = _load(), np.append(signals, refuting)
    scores = np.array([climb(forest, row) for forest in model.stance_trees])
    return _join(scores, _sigmoid(climb(model.related_trees, row)))


def _regress(article: Article, signals: Values, refuting: bool) -> Values:
    """Return the shares that the two regressions tell."""
    model = _load()
    standard = (signals - model.mean) / model.scale
    related = _sigmoid(float(standard @ model.related) + model.related_bias)
    standard = standard * model.related_scale
    scores = model.plain @ standard + model.bias
    if refuting:
        scores = scores + model.refuting @ standard
    words = [model.words[stem] for stem in body_stems(article) if stem in model.words]
    if words:
        scores = scores + model.word_scale * np.sum(sorted(words), axis=0) / sqrt(1 + len(words))
    return _join(scores, related)


def _join(scores: Values, related: float) -> Values:
    """Return shares of the three stances of a related body and of 'unrelated'."""
    return np.append(related * _normalise(scores), 1 - related)


def _calibrate(scores: Values) -> Values:
    """Turn the scores into probabilities, by a regression on pairs that were left out."""
    model = _load()
    return _normalise(model.calibration @ scores + model.calibration_bias)


def _normalise(logs: Values) -> Values:
    odds = np.exp(logs - logs.max())
    shares: Values = odds / odds.sum()
    return shares


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
    related_trees: Forest
    stance_trees: list[Forest]
    contradiction: Forest
    move: tuple[float, float]


@cache
def _load() -> _Model:
    text = files(__package__).joinpath("model.json").read_text(encoding="utf-8")
    stored: dict[str, Any] = json.loads(text)
    if tuple(stored.pop("signals")) != SIGNALS:
        raise RuntimeError("model.json has other signals: run benchmarks/train_stance.py.")
    arrays = {name: np.array(stored[name], dtype=np.float64) for name in _ARRAYS}
    fields: dict[str, Any] = {**stored, **arrays}
    for name in ("related_trees", "contradiction"):
        fields[name] = read_forest(stored[name])
    fields["stance_trees"] = [read_forest(own) for own in stored["stance_trees"]]
    return _Model(**fields)


_ARRAYS = (
    "mean", "scale", "related", "plain", "refuting", "bias", "calibration", "calibration_bias",
    "label_weights",
)  # fmt: skip
