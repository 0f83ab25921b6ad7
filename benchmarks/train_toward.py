"""Train the model of tone toward a person (newsresearch/toward/model.npz).

    NEWSRESEARCH_DATA=folder python benchmarks/train_toward.py

Data: NewsMTSC's training part (never its test parts), and short sentences of our own in which an
attack, a kind word or bad news is told with the two people on either side, so that who does it and
to whom it is done are told apart also for rare verbs. Sentences of one article are kept
together: every choice was made, and the calibration fitted, on articles that were left out (five
folds). What is kept is a weight for a word and its place, no sentence, and no name: words with a
capital within a sentence are not seen. `toward.py` prints the scores.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from public_data import find_data
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from newsresearch.lexicons import load_words
from newsresearch.sentiment import choose_engine
from newsresearch.text import Span
from newsresearch.toward.scene import read_scene
from newsresearch.toward.signals import REGIONS, Feature, find_place, list_features, list_regions
from newsresearch.vectors import load_vectors

MODEL = Path(__file__).parents[1] / "newsresearch" / "toward" / "model.npz"
PART = "newsmtsc/{}.jsonl.gz"
POLARITIES = {2.0: 0, 4.0: 1, 6.0: 2}
SIGNALS = ("tone", "role", "shape")
FEWEST = 3  # mentions that a feature must be seen in
SIGNAL_SCALE, VECTOR_SCALE = 0.3, 0.15  # how freely signals and vectors may weigh, words 1
PENALTY = 0.03  # scikit-learn's C
OWN_WEIGHT = 0.5  # of our own sentences
FOLDS = 5

Values = NDArray[np.float64]


class Pair(NamedTuple):
    """A sentence, a mention in it, the tone toward it, and its article."""

    text: str
    span: Span
    label: int
    article: str


class Read(NamedTuple):
    """Pairs as the model sees them."""

    features: list[list[Feature]]
    regions: Values
    labels: NDArray[np.int64]


def main() -> int:
    """Train, print the left-out score and write the model."""
    folder = find_data([PART.format("train")])
    if folder is None:
        return 0
    pairs = load_pairs(folder, "train")
    left_out = predict_left_out(pairs)
    gold = np.array([pair.label for pair in pairs])
    calibration = calibrate(left_out, gold)
    print(f"left out: macro-F1 {macro(gold, calibration.predict_proba(left_out)):.4f}")
    model = fit(read_pairs([*pairs, *own_pairs()]), len(pairs))
    write(model, calibration)
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes, {len(model.keys):,} features")
    return 0


def load_pairs(folder: Path, part: str) -> list[Pair]:
    """Return the sentences of a part, once for each mention."""
    with gzip.open(folder / PART.format(part), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Pair(
            row["sentence_normalized"], Span(target["from"], target["to"]),
            POLARITIES[target["polarity"]], _article(row["primary_gid"]),
        )
        for row in rows
        for target in row["targets"]
    ]  # fmt: skip


def _article(sentence_id: str) -> str:
    parts = sentence_id.split("_")
    return "_".join(parts[:3] if parts[0] == "polusa" else parts[:2])


# --- our own sentences --------------------------------------------------------------------------

# Each with the label of Lee and of Roe; None where the sentence does not name one.
_FRAMES: dict[str, list[tuple[str, int | None, int | None]]] = {
    "attacks": [
        ("Lee {} Roe on Monday.", 1, 0), ("Roe was {} by Lee.", 1, 0), ("Lee {} Roe.", 1, 0),
        ("Lee has {} Roe and his plan.", 1, 0), ("Lee {} Roe of lies and fraud.", 1, 0),
    ],
    "praises": [
        ("Lee {} Roe on Monday.", 1, 2), ("Roe was {} by Lee.", 1, 2),
        ("Lee has {} Roe and his plan.", 1, 2),
    ],
    "merits": [("Lee spoke in Ely, while Roe {} the town.", 1, None)],
    "misdeeds": [("Lee spoke in Ely, while Roe {} the town.", 1, None)],
    "harms": [
        ("Lee said the police {} three people.", 1, None),
        ("Two men were {}, Lee told reporters.", 1, None),
    ],
}  # fmt: skip
_NEWS = (
    "Lee said the economy was {} and the war was worse.", "The plan is {} for the city, Lee said.",
    "“It was a {} night for everybody,” Lee said.", "Lee told reporters that prices were {}.",
)  # fmt: skip
_OTHERS = (
    "Lee spoke in Ely, while Roe, a {} singer, went home.", "Lee met Roe, who was {}, on Monday.",
    "Lee came by bus and Roe was {} at the end.",
)  # fmt: skip
_STRONG, _EACH = 2.0, 10
_IRREGULAR = {
    "beat": "beat", "hit": "hit", "rip": "ripped", "tear": "tore", "shoot": "shot",
    "strike": "struck", "overthrow": "overthrew", "outspend": "outspent", "pay": "paid",
}  # fmt: skip


def own_pairs() -> list[Pair]:
    """Return sentences made from the list `toward` and from words of bad and good tone."""
    tones = {w: tone for w, tone in choose_engine().lexicon.items() if w.isalpha()}
    bad = sorted(word for word, tone in tones.items() if tone <= -_STRONG)
    good = sorted(word for word, tone in tones.items() if tone >= _STRONG)
    told = [frame.format(word) for word in bad for frame in _NEWS][::_EACH]
    told += [frame.format(word) for word in bad + good for frame in _OTHERS][::_EACH]
    return [*_deeds(), *(_own(text, "Lee", 1) for text in told)]


def _own(text: str, name: str, label: int) -> Pair:
    start = text.index(name)
    return Pair(text, Span(start, start + len(name)), label, "own")


def _deeds() -> list[Pair]:
    return [
        _own(text, name, label)
        for kind, frames in _FRAMES.items()
        for verb in sorted(load_words("toward", kind))
        for frame, *labels in frames
        for text in [frame.format(_past(verb))]
        for name, label in zip(("Lee", "Roe"), labels, strict=True)
        if label is not None
    ]


def _past(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeo":
        return verb[:-1] + "ied"
    doubled = verb[-1] in "pgmbt" and verb[-2] in "aiou" and verb[-3:-2] not in set("aeiou")
    return verb + verb[-1] * (doubled and len(verb) < 6) + "ed"


# --- fitting ------------------------------------------------------------------------------------


def read_pairs(pairs: Sequence[Pair]) -> Read:
    """Return the features and the vectors of regions of pairs."""
    found = [_read_pair(pair.text, pair.span) for pair in pairs]
    return Read(
        [own for own, _ in found],
        np.array([regions for _, regions in found]),
        np.array([pair.label for pair in pairs]),
    )


@cache
def _read_pair(text: str, span: Span) -> tuple[list[Feature], Values]:
    scene, vectors = read_scene(text), load_vectors()
    place = find_place(scene, span)
    regions = np.zeros((len(REGIONS), vectors.directions.shape[1]))
    for key, value, at in list_regions(scene, place):
        row = vectors.find([scene.stems[at]])[0]
        regions[REGIONS.index(key)] += value * vectors.directions[row]
    return list(list_features(scene, place)), regions.ravel()


class Fitted(NamedTuple):
    """The regression on scaled features; the weights here are those of unscaled ones."""

    keys: dict[str, int]
    weights: Values
    regions: Values
    bias: Values


def fit(read: Read, n_real: int, drop: Sequence[str] = ()) -> Fitted:
    """Fit the regression; pairs from ``n_real`` on are our own: they weigh less, add no feature."""
    keys = _choose_keys(read.features[:n_real], drop)
    design = _lay_out(read.features, keys)
    scales = _scales(design, keys)
    spread = read.regions.std(axis=0)
    way = np.full_like(spread, 0.0 if "vectors" in drop else VECTOR_SCALE) / spread
    weights = np.full(len(read.labels), OWN_WEIGHT)
    weights[:n_real] = 1.0
    model = LogisticRegression(C=PENALTY, max_iter=200)
    model.fit(hstack([design @ diags(scales), read.regions * way]), read.labels, weights)
    words, regions = np.split(model.coef_, [len(keys)], axis=1)
    return Fitted(keys, (words * scales).T, (regions * way).T, model.intercept_)


def _group(key: str) -> str:
    start = key.split(" ", 1)[0]
    return start if start in SIGNALS else "words"


def _choose_keys(features: Sequence[Sequence[Feature]], drop: Sequence[str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for own in features:
        counts.update({one.key for one in own})
    kept = sorted(k for k, n in counts.items() if n >= FEWEST and _group(k) not in drop)
    return {key: at for at, key in enumerate(kept)}


def _lay_out(features: Sequence[Sequence[Feature]], keys: dict[str, int]) -> csr_matrix:
    cells = [
        (row, keys[one.key], one.value)
        for row, own in enumerate(features)
        for one in own
        if one.key in keys
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((values, (rows, columns)), shape=(len(features), len(keys)))


def _scales(design: csr_matrix, keys: dict[str, int]) -> Values:
    mean = np.asarray(design.mean(axis=0)).ravel()
    square = np.asarray(design.multiply(design).mean(axis=0)).ravel()
    spread = np.sqrt(np.maximum(square - mean**2, 0.0))
    is_signal = np.array([_group(key) != "words" for key in keys])
    return np.where(is_signal, SIGNAL_SCALE / np.maximum(spread, 0.05), 1.0)


def predict(model: Fitted, read: Read) -> Values:
    """Return the uncalibrated log shares."""
    scores = _lay_out(read.features, model.keys) @ model.weights
    scores = scores + read.regions @ model.regions + model.bias
    scores -= scores.max(axis=1, keepdims=True)
    logs: Values = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return np.maximum(logs, np.log(1e-6))


def split_articles(pairs: Sequence[Pair]) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield training and left-out rows, articles kept whole."""
    articles = [pair.article for pair in pairs]
    yield from GroupKFold(FOLDS).split(articles, articles, articles)


def predict_left_out(pairs: Sequence[Pair], drop: Sequence[str] = ()) -> Values:
    """Return log shares for the pairs of articles that were left out; groups taken out."""
    own, logs = own_pairs(), np.zeros((len(pairs), 3))
    for train, test in split_articles(pairs):
        model = fit(read_pairs([*(pairs[at] for at in train), *own]), len(train), drop)
        logs[test] = predict(model, read_pairs([pairs[at] for at in test]))
    return logs


def calibrate(logs: Values, gold: NDArray[Any]) -> LogisticRegression:
    """Fit the regression that turns log shares into probabilities."""
    return LogisticRegression(C=10.0, max_iter=500).fit(logs, gold)


def macro(gold: NDArray[Any], shares: Values) -> float:
    return float(f1_score(gold, shares.argmax(axis=1), average="macro"))


def write(model: Fitted, calibration: LogisticRegression) -> None:
    """Write what ``newsresearch.toward.model`` reads."""
    size = load_vectors().directions.shape[1]
    np.savez_compressed(
        MODEL,
        keys=np.frombuffer("\n".join(model.keys).encode(), dtype=np.uint8),
        weights=model.weights.astype(np.float16),
        regions=model.regions.reshape(len(REGIONS), size, 3).astype(np.float32),
        bias=model.bias,
        calibration=calibration.coef_,
        calibration_bias=calibration.intercept_,
        label_weights=np.ones(3),
    )


if __name__ == "__main__":
    sys.exit(main())
