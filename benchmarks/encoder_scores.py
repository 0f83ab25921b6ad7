"""Development scores of the encoder: stance, contrasts, and hand-written headlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from stance_data import STANCES, auc, f1, fnc_score

from newsresearch.encoder.inputs import LABELS

Floats = NDArray[np.float64]


def score_stances(gold: NDArray[np.int64], found: Floats) -> str:
    """Return FNC score, F1s, and the AUCs of related or not and of disagree or agree."""
    names, guessed = ([STANCES[at] for at in own] for own in (gold, found.argmax(1)))
    scores = [f1(names, guessed, stance) for stance in STANCES]
    both = gold < 2
    cells = " ".join(f"{s} {v:.3f}" for s, v in zip(STANCES, scores, strict=True))
    return (
        f"  stance ({len(gold)}): FNC {fnc_score(names, guessed):.3f} macro {np.mean(scores):.3f} "
        f"{cells}; related AUC {auc(1 - found[:, 3], gold != 3):.3f}, "
        f"disagree or agree AUC {auc((found[:, 1] - found[:, 0])[both], gold[both] == 1):.3f}"
    )


def score_support(gold: NDArray[np.int64], found: Floats) -> str:
    """Return the AUC of each label against borne out, by its own probability."""
    cells = []
    for at, name in enumerate(LABELS[1:], 1):
        both = np.isin(gold, [0, at])
        if (gold == at).any() and (gold == 0).any():
            mine = auc(found[both, at], gold[both] == at)
            doubt = auc(1 - found[both, 0], gold[both] == at)
            cells.append(f"{name} AUC {mine:.3f} (1 - borne_out {doubt:.3f})")
    right = float(np.mean(found.argmax(1) == gold))
    return f"  support ({len(gold)}): accuracy {right:.3f}; " + ", ".join(cells)
