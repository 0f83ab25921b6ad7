"""Train the stance model of the package (newsresearch/stance/model.json).

    NEWSRESEARCH_DATA=folder python benchmarks/contrasts.py --out OUT
    NEWSRESEARCH_DATA=folder python benchmarks/train_stance.py OUT

Data: FNC-1's training part (never its test part) for the four stances; for the contradiction, pairs
that `contrasts.py` makes from headlines and sentences of other sets. Stories are kept together:
every choice is made, and the calibration fitted, on predictions for stories that were left out
(five folds). `disagree` is one pair in fifty: classes weigh alike in training, the calibration
brings the true shares back, and the weights of the labels are those of the best macro-F1.
`stance.py` prints the scores on left-out stories, and on the test part; `probes.py` the others.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from order import link
from public_data import find_data
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler
from stance_data import STANCES, load_pairs
from stance_forests import climb_all, fit_forests, fit_two

from newsresearch.articles import Article
from newsresearch.stance.model import move
from newsresearch.stance.signals import CUES, SIGNALS, body_stems, read_signals, refutes
from newsresearch.support import KINDS

MODEL = Path(__file__).parents[1] / "newsresearch" / "stance" / "model.json"
NEEDED = ["fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz"]
FEWEST_STORIES = 20  # that hold a word: others tell what is written about, not how
WORD_SCALE, SIGNAL_SCALE = 5.0, 0.3  # how freely words and signals may weigh
PENALTY, RELATED_PENALTY = 0.02, 0.1  # scikit-learn's C
MOVE = (1.0, 2.0)  # chosen on FNC-1's left-out stories and the development probes
FOLDS = 5
# What the rare labels may weigh: for the best macro-F1.
WEIGHTS = [
    (a, d, 1.0, 1.0) for a, d in product((1.0, 1.2, 1.4, 1.7, 2.0), (1.0, 1.4, 2.0, 2.8, 4.0))
]

Values = NDArray[np.float64]


class Read(NamedTuple):
    """Pairs as the model sees them."""

    signals: Values
    refuting: NDArray[np.bool_]
    words: list[frozenset[str]]


def main() -> int:
    """Train, print the left-out scores and write the model."""
    folder = find_data(NEEDED)
    if folder is None or len(sys.argv) < 2:
        print("usage: train_stance.py FOLDER, where contrasts.py wrote its pairs")
        return 0
    pairs = load_pairs(folder / "fnc-1", "train")
    gold, groups = pairs["Stance"].to_numpy(), group(pairs)
    read = read_pairs(pairs)
    contradiction = fit_contradiction(Path(sys.argv[1]) / "contrasts_train.jsonl.gz")
    left_out = predict_left_out(read, gold, groups)
    told = squash(climb_all(contradiction, read.signals))
    final = fit(read, gold, groups) | calibrate(left_out, gold, told)
    del final["left_out"]
    final |= {"contradiction": contradiction, "move": MOVE, "signals": SIGNALS}
    MODEL.write_text(json.dumps(to_plain(final)) + "\n", encoding="utf-8")
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes, {len(final['words']):,} words")
    return 0


def group(pairs: pd.DataFrame) -> NDArray[Any]:
    """Return the story of each pair's body."""
    stories = link(pairs[pairs["Stance"] != "unrelated"])
    return np.array([stories.get(body, body) for body in pairs["Body ID"]])


def read_pairs(pairs: pd.DataFrame) -> Read:
    return read_all(tuple(zip(pairs["Headline"], pairs["articleBody"], strict=True)))


@lru_cache(maxsize=1)
def read_all(pairs: tuple[tuple[str, str], ...]) -> Read:
    articles = [Article("", headline, body).smoothed for headline, body in pairs]
    return Read(
        np.array([read_signals(article) for article in articles]),
        np.array([refutes(article) for article in articles]),
        [body_stems(article) for article in articles],
    )


def take(read: Read, rows: NDArray[np.int64]) -> Read:
    return Read(read.signals[rows], read.refuting[rows], [read.words[row] for row in rows])


# --- stories left out ---------------------------------------------------------------------------

# Groups of signals for the ablation.
MISMATCHES = (*KINDS, "otherwise", "doubt")
CUES_ONLY = (
    *(name for name in SIGNALS if name.split("_")[0] in CUES), "headline_denies",
    "evidence_denies", "body_refutes", "refuted", "headline_negated",
    "evidence_negated", "headline_hedged", "evidence_hedged",
)  # fmt: skip


def leave_out(
    pairs: pd.DataFrame, words: bool = True, refuting: bool = True, drop: Sequence[str] = (),
    trees: bool = True,
) -> tuple[Values, Values]:  # fmt: skip
    """Return probabilities for pairs of left-out stories, and label weights; parts taken out."""
    read, gold = read_pairs(pairs), pairs["Stance"].to_numpy()
    signals = read.signals.copy()
    signals[:, [SIGNALS.index(name) for name in drop]] = 0.0
    part = Read(
        signals,
        read.refuting & refuting,
        read.words if words else [frozenset[str]()] * len(gold),
    )
    fitted = calibrate(predict_left_out(part, gold, group(pairs), trees), gold)
    return fitted["left_out"], np.array(fitted["label_weights"])


def predict_left_out(
    read: Read, gold: NDArray[Any], groups: NDArray[Any], trees: bool = True
) -> Values:
    shares = np.zeros((len(gold), len(STANCES)))
    for train, test in GroupKFold(FOLDS).split(gold, gold, groups):
        fitted = fit(take(read, train), gold[train], groups[train])
        shares[test] = (predict if trees else regress)(fitted, take(read, test))
    return shares


# --- the stances --------------------------------------------------------------------------------


def fit(read: Read, gold: NDArray[Any], groups: NDArray[Any]) -> dict[str, Any]:
    """Fit regressions and trees; the arrays have the names that the package reads."""
    related = gold != "unrelated"
    scaler = StandardScaler().fit(read.signals)
    standard = scaler.transform(read.signals)
    first = LogisticRegression(C=RELATED_PENALTY, max_iter=500).fit(standard, related)
    own = take(read, np.flatnonzero(related))
    vocabulary = count_stories(own.words, groups[related])
    design = lay_out(own, scaler, vocabulary)
    second = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=500)
    second.fit(design, gold[related])
    size = len(SIGNALS)
    plain, refuting, words = np.split(second.coef_, [size, 2 * size], axis=1)
    return {
        "mean": scaler.mean_, "scale": scaler.scale_,
        "related": first.coef_[0], "related_bias": float(first.intercept_[0]),
        "related_scale": SIGNAL_SCALE,
        "plain": plain, "refuting": refuting, "bias": second.intercept_,
        "words": {word: words[:, at] for word, at in vocabulary.items()},
        "word_scale": WORD_SCALE,
        **fit_forests(lay_rows(read), gold),
    }  # fmt: skip


def count_stories(words: Sequence[frozenset[str]], groups: NDArray[Any]) -> dict[str, int]:
    """Return the words that enough stories hold, and a column for each."""
    holding: defaultdict[str, set[Any]] = defaultdict(set)
    for own, group in zip(words, groups, strict=True):
        for word in own:
            holding[word].add(group)
    kept = sorted(word for word, found in holding.items() if len(found) >= FEWEST_STORIES)
    return {word: at for at, word in enumerate(kept)}


def lay_out(read: Read, scaler: StandardScaler, vocabulary: dict[str, int]) -> csr_matrix:
    """Return signals, signals where the headline denies, and words, one row a pair."""
    rows, columns, values = [], [], []
    for row, own in enumerate(read.words):
        found = [vocabulary[word] for word in own if word in vocabulary]
        rows += [row] * len(found)
        columns += found
        values += [WORD_SCALE / np.sqrt(1 + len(found))] * len(found)
    words = csr_matrix((values, (rows, columns)), shape=(len(read.words), len(vocabulary)))
    standard = scaler.transform(read.signals) * SIGNAL_SCALE
    return hstack([standard, standard * read.refuting[:, None], words]).tocsr()


def lay_rows(read: Read) -> Values:
    """Return what the trees are given, one row a pair."""
    return np.column_stack([read.signals, read.refuting])


def predict(fitted: dict[str, Any], read: Read) -> Values:
    """Return the uncalibrated shares, as ``model._score`` does one by one."""
    rows = lay_rows(read)
    trees = np.column_stack([climb_all(own, rows) for own in fitted["stance_trees"]])
    parts = regress(fitted, read), join(trees, squash(climb_all(fitted["related_trees"], rows)))
    return np.exp(np.mean([np.log(np.maximum(shares, 1e-6)) for shares in parts], axis=0))


def regress(fitted: dict[str, Any], read: Read) -> Values:
    standard = (read.signals - fitted["mean"]) / fitted["scale"]
    related = squash(standard @ fitted["related"] + fitted["related_bias"])
    standard = standard * SIGNAL_SCALE
    scores = standard @ fitted["plain"].T + fitted["bias"]
    scores += (standard * read.refuting[:, None]) @ fitted["refuting"].T
    for row, own in enumerate(read.words):
        found = [fitted["words"][word] for word in own if word in fitted["words"]]
        if found:
            scores[row] += WORD_SCALE * np.sum(found, axis=0) / np.sqrt(1 + len(found))
    return join(scores, related)


def join(scores: Values, related: Values) -> Values:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares *= (related / shares.sum(axis=1))[:, None]
    return np.column_stack([shares, 1 - related])


def squash(values: Values) -> Values:
    return np.asarray(1 / (1 + np.exp(-values)))


def calibrate(
    shares: Values, gold: NDArray[Any], contradicted: Values | None = None
) -> dict[str, Any]:
    """Fit probabilities and the weights of labels on left-out predictions."""
    logs = np.log(np.maximum(shares, 1e-6))
    model = LogisticRegression(C=10.0, max_iter=2000).fit(logs, gold)
    calibrated = model.predict_proba(logs)
    if contradicted is not None:
        calibrated = np.array([
            move(row, told, MOVE) for row, told in zip(calibrated, contradicted, strict=True)
        ])  # fmt: skip
    scored = [(macro(gold, calibrated * np.array(weights)), weights) for weights in WEIGHTS]
    best, weights = max(scored)
    print(f"left-out stories: macro-F1 {best:.3f} with labels weighing {weights}")
    return {
        "calibration": model.coef_,
        "calibration_bias": model.intercept_,
        "label_weights": weights,
        "left_out": calibrated,
    }


def label(shares: Values) -> NDArray[Any]:
    return np.array(STANCES)[shares.argmax(axis=1)]


def macro(gold: NDArray[Any], shares: Values) -> float:
    return float(f1_score(gold, label(shares), labels=list(STANCES), average="macro"))


# --- the contradiction --------------------------------------------------------------------------


def fit_contradiction(path: Path) -> dict[str, Any]:
    """Fit trees that tell contradicted headlines from those borne out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = pd.DataFrame(map(json.loads, lines))
    pairs = pairs[pairs["label"].isin(["borne_out", "contradicted"])].sort_values("body")
    read = read_all(tuple(zip(pairs["headline"], pairs["body"], strict=True)))
    return fit_two(read.signals, (pairs["label"] == "contradicted").to_numpy())


def to_plain(value: Any) -> Any:
    """Return lists and numbers of six digits, as JSON wants them."""
    if isinstance(value, dict):
        return {name: to_plain(own) for name, own in value.items()}
    if isinstance(value, np.ndarray | list | tuple):
        return [to_plain(own) for own in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main())
