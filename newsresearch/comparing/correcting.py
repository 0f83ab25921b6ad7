"""Correction for many comparisons: of twenty tests of nothing, one has p < .05."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["CORRECTIONS", "benjamini_hochberg", "correct", "holm"]

Floats = NDArray[np.float64]


def benjamini_hochberg(p: Floats) -> Floats:
    """Return the p values corrected so that few of those below a level are false alarms.

    Of all that is called a difference at .05, on average at most 5 % is none (Benjamini &
    Hochberg 1995).

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    falling = np.minimum.accumulate(scaled[::-1])[::-1]
    return _put_back(np.minimum(falling, 1.0), order)


def holm(p: Floats) -> Floats:
    """Return the p values corrected so that most likely not one below a level is a false alarm.

    The chance of any false alarm among all tests stays below the level (Holm 1979).

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    rising = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _put_back(np.minimum(rising, 1.0), order)


def _put_back(values: Floats, order: NDArray[np.int64]) -> Floats:
    result = np.empty_like(values)
    result[order] = values
    return result


CORRECTIONS: dict[str, Callable[[Floats], Floats]] = {"bh": benjamini_hochberg, "holm": holm}


def correct(p: Floats, correction: str) -> Floats:
    """Correct the p values that are there; missing ones stay missing and do not count."""
    tested = np.isfinite(p)
    result = np.full(len(p), np.nan)
    result[tested] = CORRECTIONS[correction](p[tested])
    return result
