"""Small decision trees whose leaves add up: run on one row of numbers, no library needed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Forest", "Tree", "climb", "read_forest"]

Tree = list[list[float]]  # nodes: feature, threshold, left, right; a leaf is its value alone


class Forest(NamedTuple):
    """Trees and what they start from."""

    baseline: float
    trees: list[Tree]


def read_forest(stored: dict[str, Any]) -> Forest:
    """Return a forest as it is stored in JSON."""
    return Forest(**stored)


def climb(forest: Forest, row: NDArray[np.float64]) -> float:
    """Return what the leaves of a row add up to, on the scale of log odds.

    Examples
    --------
    >>> climb(Forest(0.5, [[[0, 2.0, 1, 2], [-1.0], [1.0]]]), np.array([3.0]))
    1.5
    """
    values = row.tolist()
    total = forest.baseline
    for tree in forest.trees:
        node = tree[0]
        while len(node) > 1:
            feature, threshold, left, right = node
            node = tree[int(left if values[int(feature)] <= threshold else right)]
        total += node[0]
    return total
