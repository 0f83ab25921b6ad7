"""The trees of the stance model: one row as many rows, and no table that a walk does not leave."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newsresearch.stance.forest import Forest, Tree, climb
from newsresearch.stance.model import _load
from newsresearch.stance.signals import SIGNALS

WIDTH = 6
BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def grow(draw: np.random.Generator, depth: int) -> Tree:
    """Return a random tree, its nodes in the order in which they were made."""
    tree: Tree = []

    def add(level: int) -> int:
        at = len(tree)
        tree.append([float(draw.normal())])
        if level and draw.random() < 0.8:
            feature, threshold = int(draw.integers(WIDTH)), float(draw.integers(-2, 3))
            left, right = add(level - 1), add(level - 1)
            tree[at] = [feature, threshold, left, right]
        return at

    add(depth)
    return tree


def by_hand(tree: Tree, row: list[float], at: int = 0) -> float:
    node = tree[at]
    if len(node) == 1:
        return node[0]
    return by_hand(tree, row, int(node[2] if row[int(node[0])] <= node[1] else node[3]))


def faults(tree: Tree, width: int) -> list[str]:
    """Return what would let a walk go wrong: a child that does not come later makes a loop."""
    found = []
    for at, node in enumerate(tree):
        if len(node) not in (1, 4) or not np.isfinite(node).all():
            found.append(f"node {at} is neither leaf nor fork")
        elif len(node) == 4:
            feature, _, left, right = node
            if not all(at < child < len(tree) and child == int(child) for child in (left, right)):
                found.append(f"node {at} has a child that is no later node")
            if not 0 <= feature < width or feature != int(feature):
                found.append(f"node {at} asks for a signal that is not there")
    children = [child for node in tree if len(node) == 4 for child in node[2:]]
    if sorted(children) != list(range(1, len(tree))):
        found.append("a node has no parent, or two")
    return found


def test_a_row_climbs_as_by_hand_and_on_the_threshold_to_the_left() -> None:
    draw = np.random.default_rng(5)
    trees = [grow(draw, depth) for depth in (0, 1, 3, 6, 6)]
    assert not any(faults(tree, WIDTH) for tree in trees)
    for row in draw.integers(-2, 3, size=(40, WIDTH)).astype(np.float64):  # many on a threshold
        told = climb(Forest(0.25, trees), row)
        assert told == pytest.approx(0.25 + sum(by_hand(tree, row.tolist()) for tree in trees))


def test_one_by_one_is_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn", reason="needs the group 'bench'")
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from stance_forests import climb_all

    draw = np.random.default_rng(9)
    rows = draw.integers(-2, 3, size=(200, WIDTH)).astype(np.float64)
    forest: dict[str, Any] = {"baseline": -0.5, "trees": [grow(draw, 6) for _ in range(20)]}
    single = [climb(Forest(**forest), row) for row in rows]
    assert np.allclose(climb_all(forest, rows), single, rtol=0, atol=1e-12)
    assert len({round(value, 6) for value in single}) > 100
    for name in {path.stem for path in BENCHMARKS.glob("*.py")} & sys.modules.keys():
        del sys.modules[name]  # other files may have modules of these names


def test_no_tree_of_the_model_has_a_loop_or_a_node_that_is_not_there() -> None:
    model = _load()
    forests = [(model.contradiction, len(SIGNALS)), (model.related_trees, len(SIGNALS) + 1)]
    forests += [(forest, len(SIGNALS) + 1) for forest in model.stance_trees]
    assert len(model.stance_trees) == 3
    for forest, width in forests:
        assert forest.trees and np.isfinite(forest.baseline)
        assert [told for tree in forest.trees for told in faults(tree, width)] == []


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        ([[0, 1.0, 0, 1], [1.0]], "no later node"),
        ([[0, 1.0, 1, 2], [1.0]], "no later node"),
        ([[0, 1.0, 1, -1], [1.0]], "no later node"),
        ([[WIDTH, 1.0, 1, 2], [1.0], [2.0]], "signal that is not there"),
        ([[0, 1.0, 1], [1.0]], "neither leaf nor fork"),
        ([[0, 1.0, 1, 1], [1.0]], "no parent, or two"),
    ],
    ids=str,
)
def test_faulty_tables_are_found(tree: Tree, told: str) -> None:
    assert any(told in fault for fault in faults(tree, WIDTH))
