"""The trained model behind ``tone_toward``: weights in ``model.npz``, no library but numpy.

One multinomial logistic regression, made by ``benchmarks/train_toward.py``, and a second one that
turns its scores into probabilities. All is a sum over words, so what each word did is exact.
``data/README.md`` has the card.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.text import Span
from newsresearch.toward.scene import Scene, read_scene
from newsresearch.toward.signals import REGIONS, Place, find_place, list_features, list_regions
from newsresearch.vectors import load_vectors

__all__ = ["LABELS", "Verdict", "Word", "judge"]

LABELS = ("negative", "neutral", "positive")
Values = NDArray[np.float64]

_MOST_WORDS, _LEAST = 3, 0.1


class Word(NamedTuple):
    """A word that spoke for the label, and by how much (in log odds)."""

    span: Span
    effect: float


class Verdict(NamedTuple):
    """What the model makes of one mention: probabilities in the order of LABELS, and why."""

    shares: Values
    label: str
    words: tuple[Word, ...]


def judge(text: str, span: Span) -> Verdict:
    """Judge the tone of one sentence toward what its span names.

    Examples
    --------
    >>> judge("Lee slammed Roe on Monday.", Span(12, 15)).label
    'negative'
    """
    scene = read_scene(text)
    model = _load()
    effects, rest = _weigh(scene, find_place(scene, span))
    shares = _calibrate(effects.sum(axis=0) + rest + model.bias)
    at = int((shares * model.label_weights).argmax())
    return Verdict(shares, LABELS[at], _tell(scene, effects, at))


def _weigh(scene: Scene, place: Place) -> tuple[Values, Values]:
    """Return what each word adds to the three scores, and what the shape of the sentence adds."""
    # One row more than words: features that come from none are put into the last.
    effects = np.zeros((len(scene.words) + 1, len(LABELS)))
    rows, found = _load().rows, list(list_features(scene, place))
    known = [(rows[key], value, at) for key, value, at in found if key in rows]
    if known:
        features, values, places = map(np.array, zip(*known, strict=True))
        np.add.at(effects, places, values[:, None] * _load().weights[features])
    _add_regions(scene, place, effects)
    return effects[:-1], effects[-1]


def _add_regions(scene: Scene, place: Place, effects: Values) -> None:
    """Add what the vector of each word does in each region to the effects of words."""
    seen = list(list_regions(scene, place))
    if not seen:
        return
    keys, values, places = zip(*seen, strict=True)
    vectors = load_vectors()
    directions = vectors.directions[vectors.find(scene.stems[at] for at in places)]
    ways = _load().regions[[REGIONS.index(key) for key in keys]]
    added = np.array(values)[:, None] * np.einsum("nd,ndl->nl", directions, ways)
    np.add.at(effects, np.array(places), added)


def _calibrate(scores: Values) -> Values:
    """Turn scores into probabilities, by a regression on articles that were left out."""
    model = _load()
    logs = scores - scores.max()
    logs -= np.log(np.exp(logs).sum())
    odds = model.calibration @ np.maximum(logs, _FLOOR) + model.calibration_bias
    odds = np.exp(odds - odds.max())
    shares: Values = odds / odds.sum()
    return shares


_FLOOR = np.log(1e-6)


def _tell(scene: Scene, effects: Values, label: int) -> tuple[Word, ...]:
    """Return the words that spoke most for a label, strongest first."""
    others = [at for at in range(len(LABELS)) if at != label]
    gains = effects[:, label] - effects[:, others].mean(axis=1)
    best = np.argsort(-gains, kind="stable")[:_MOST_WORDS]
    return tuple(Word(scene.words[at], float(gains[at])) for at in best if gains[at] >= _LEAST)


class _Model(NamedTuple):
    rows: dict[str, int]
    weights: Values
    regions: Values
    bias: Values
    calibration: Values
    calibration_bias: Values
    label_weights: Values


@cache
def _load() -> _Model:
    with files(__package__).joinpath("model.npz").open("rb") as source:
        stored = np.load(source, allow_pickle=False)
        keys = stored["keys"].tobytes().decode("utf-8").split("\n")
        arrays = {name: stored[name].astype(np.float64) for name in _Model._fields[1:]}
    return _Model({key: at for at, key in enumerate(keys)}, **arrays)
