"""Measures that go along with one another: many of them that differ are one difference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsresearch.comparing.resampling import rank

__all__ = ["ALIKE", "find_kinds"]

ALIKE = 0.8  # rank correlation, either way
_FEWEST = 10  # articles, below which any two measures may seem to go along

Floats = NDArray[np.float64]


def find_kinds(values: Floats, names: Sequence[str]) -> dict[str, str]:
    """Name, for each measure, the first measure of the list that it goes along with.

    Examples
    --------
    >>> rising = np.arange(12.0)
    >>> table = np.column_stack([rising, rising**2, np.resize([1.0, -1.0], 12), -rising])
    >>> find_kinds(table, ["lix", "grade", "tone", "ease"])
    {'lix': 'lix', 'grade': 'lix', 'tone': 'tone', 'ease': 'lix'}
    """
    present = np.isfinite(values)
    centred = [_centre(column[has]) for column, has in zip(values.T, present.T, strict=True)]
    kinds: dict[str, str] = {}
    leaders: list[int] = []
    for at, name in enumerate(names):
        for lead in leaders:
            one, other = centred[lead], centred[at]
            if (present[:, lead] != present[:, at]).any():  # ranks of what both have
                both = present[:, lead] & present[:, at]
                one, other = _centre(values[both, lead]), _centre(values[both, at])
            if _correlate(one, other) >= ALIKE:
                kinds[name] = names[lead]
                break
        else:
            leaders.append(at)
            kinds[name] = name
    return kinds


def _correlate(one: Floats, other: Floats) -> float:
    """Return the size of the correlation of centred ranks (Spearman's); 0 for too little."""
    size = float(np.sqrt((one @ one) * (other @ other)))
    return abs(float(one @ other)) / size if size and len(one) >= _FEWEST else 0.0


def _centre(column: Floats) -> Floats:
    """Return ranks less their mean, equal values sharing a rank."""
    ranks = rank(column)
    return ranks - ranks.mean() if len(ranks) else ranks
