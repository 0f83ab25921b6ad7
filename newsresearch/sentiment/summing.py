"""Means, spreads and intervals of the tones of sentences, exact and in any order.

The engine rounds tones to four places. In whole ten-thousandths their sums have no rounding
error, so that neither the order of sentences nor other articles nor the machine can matter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from newsresearch.chunks import Ints, sum_parts

__all__ = ["Tones", "find_intervals", "find_means", "find_shares", "find_spreads", "keep_tones"]

Numbers = npt.NDArray[np.float64]
_TICKS = 10_000
RESAMPLES, SEED = 1000, 20140601
_BLOCK = 1 << 16  # draws at a time: more do not fit the cache, and a long article has millions
_SHORT = 64  # sentences: the draws for so many are kept
_LOW, _HIGH = 0.025, 0.975


class Tones(NamedTuple):
    """The tones of sentences in ten-thousandths, and where those of each text start."""

    ticks: Ints
    bounds: Ints


def keep_tones(tones: Numbers, firsts: Ints, which: npt.NDArray[np.bool_] | None = None) -> Tones:
    """Take the tones that there are, of some sentences or of all; ``firsts`` parts the texts."""
    known = ~np.isnan(tones) if which is None else ~np.isnan(tones) & which
    counted = np.concatenate([[0], np.cumsum(known)])
    return Tones(np.rint(tones[known] * _TICKS).astype(np.int64), counted[firsts])


def find_means(tones: Tones) -> Numbers:
    """Return the mean tone of each text; NaN without any.

    Examples
    --------
    >>> find_means(keep_tones(np.array([0.5, np.nan, 0.25]), np.array([0, 3, 3]))).tolist()
    [0.375, nan]
    """
    return _divide(sum_parts(tones.ticks, tones.bounds), _TICKS * np.diff(tones.bounds))


def find_shares(tones: Tones, least: float) -> Numbers:
    """Return the share of tones of each text at a bound or beyond it, on its side of zero."""
    sign = 1 if least > 0 else -1
    beyond = sign * tones.ticks >= sign * round(least * _TICKS)
    return _divide(sum_parts(beyond.astype(np.int64), tones.bounds), np.diff(tones.bounds))


def find_spreads(tones: Tones) -> Numbers:
    """Return the standard deviation (n - 1) of the tones of each text; NaN below two."""
    n, total = np.diff(tones.bounds), sum_parts(tones.ticks, tones.bounds).astype(np.float64)
    squares = sum_parts(tones.ticks**2, tones.bounds).astype(np.float64)
    variance = _divide(np.maximum(squares - _divide(total**2, n), 0), n - 1)
    return np.asarray(np.sqrt(variance) / _TICKS)


def find_intervals(tones: Tones) -> tuple[Numbers, Numbers]:
    """Return the 95 % percentile bootstrap interval of each mean; NaN below two tones.

    The draws depend on the number of tones only, and tones are sorted first: the same tones
    have the same interval.
    """
    sizes = np.diff(tones.bounds)
    low, high = np.full(sizes.shape, np.nan), np.full(sizes.shape, np.nan)
    for size in np.unique(sizes[sizes > 1]).tolist():
        which = np.flatnonzero(sizes == size)
        rows = tones.ticks[tones.bounds[which][:, None] + np.arange(size)]
        sums = np.sort(_resample(np.sort(rows, axis=1)), axis=1)
        low[which], high[which] = (_quantile(sums, q) / (_TICKS * size) for q in (_LOW, _HIGH))
    return low, high


def _divide(values: npt.NDArray[Any], by: npt.NDArray[Any]) -> Numbers:
    """Divide, with NaN wherever the divisor is not positive."""
    found = np.full(values.shape, np.nan)
    np.divide(values, by, out=found, where=by > 0)
    return found


def _resample(rows: Ints) -> npt.NDArray[Any]:
    """Return the sums of samples of each row, drawn with replacement.

    Floats hold them exactly, short ones up to 2 ** 24. `einsum` and not `@`, whose threads cost
    more than they save on matrices so small.
    """
    size = rows.shape[1]
    if size <= _SHORT:
        return np.asarray(np.einsum("as,sr->ar", rows.astype(np.float32), _draw(size)))
    draw = np.random.default_rng(SEED)
    step = max(1, _BLOCK // size)
    blocks = [min(step, RESAMPLES - done) for done in range(0, RESAMPLES, step)]
    long = rows.astype(np.float64)
    drawn = (_count_draws(draw, block, size) for block in blocks)
    return np.hstack([np.einsum("as,sr->ar", long, counts) for counts in drawn])


@lru_cache(maxsize=_SHORT)
def _draw(size: int) -> npt.NDArray[np.float32]:
    return _count_draws(np.random.default_rng(SEED), RESAMPLES, size).astype(np.float32)


def _count_draws(draw: np.random.Generator, samples: int, size: int) -> npt.NDArray[Any]:
    """Draw samples; tell how often each of so many tones is in each."""
    drawn = draw.integers(size, size=(samples, size)) + size * np.arange(samples)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=samples * size).reshape(samples, size)
    return np.ascontiguousarray(counts.T, dtype=np.float64)


def _quantile(sums: npt.NDArray[Any], share: float) -> Numbers:
    """Return a quantile of each sorted row, in proportion between its two neighbours."""
    place = share * (sums.shape[1] - 1)
    below, above = (sums[:, int(place) + i].astype(np.float64) for i in (0, 1))
    return np.asarray(below + (above - below) * (place - int(place)))
