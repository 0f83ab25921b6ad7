"""Two groups of articles: how far apart they are, how sure that is, and what chance makes.

All measures of a pair are drawn at once, as matrices: rows are draws, columns are articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb, prod, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Found", "Sides", "align", "block_means", "compare_sides", "rank"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]

_CELLS = 2_000_000  # of a matrix of draws: more are drawn in turns, with the same result
_MOST_BOOTSTRAPS = 1_999  # enough for the ends of an interval; p values need more draws
_DIGITS = 10  # of a spread: below it, values that differ are equal but for rounding


class Sides(NamedTuple):
    """Articles of two groups, no value missing, in the order of their events.

    ``values`` has a row an article and a column a measure; ``blocks`` numbers the events from 0
    (without events all are 0).
    """

    values: Floats
    in_a: Booleans
    blocks: Ints
    blocked: bool

    @property
    def least_p(self) -> float:
        """The share of one way to deal out the groups, or of it and its mirror image."""
        sizes, firsts = self.block_sizes()
        mirrored = bool((2 * firsts == sizes).all())
        return (1 + mirrored) / prod(map(comb, sizes.tolist(), firsts.tolist()))

    def block_sizes(self) -> tuple[Ints, Ints]:
        """Return the articles of each block, and how many of them are of group a."""
        sizes = np.bincount(self.blocks)
        return sizes, np.bincount(self.blocks, weights=self.in_a).astype(np.int64)


class Found(NamedTuple):
    """One number a measure: the difference of means, Cliff's delta, their intervals, and p."""

    difference: Floats
    difference_low: Floats
    difference_high: Floats
    effect: Floats
    effect_low: Floats
    effect_high: Floats
    p: Floats


def compare_sides(sides: Sides, draws: int, alpha: float, seed: int) -> Found:
    """Compare two groups on every measure; with events, inside each event.

    The effect is Cliff's delta. With events it is taken of the values less the mean of their
    event (aligned, after Hodges & Lehmann 1962), so that an article of one event is never
    called high for what its event is.
    """
    aligned = align(sides.values, sides.blocks) if sides.blocked else sides.values
    ranks = np.column_stack([rank(column) for column in aligned.T])
    differences, effects = _bootstrap(sides, aligned, min(draws, _MOST_BOOTSTRAPS), seed)
    tail = _tail(sides, alpha)
    ends = [tail, 1 - tail]
    low, high = np.quantile(differences, ends, axis=0)
    effect_low, effect_high = np.quantile(effects, ends, axis=0)
    return Found(
        difference=_sides_by_block(sides).mean(axis=0),  # of one block, or the mean of the events'
        difference_low=low,
        difference_high=high,
        effect=_effect(ranks[sides.in_a].sum(axis=0), sides),
        effect_low=effect_low,
        effect_high=effect_high,
        p=_permute(sides, ranks, draws, seed),
    )


def _tail(sides: Sides, alpha: float) -> float:
    """Return the share of resamples beyond each end of an interval, less where articles are few.

    Resamples of n vary less than samples do, and n articles tell little of how much (Hesterberg
    2015, The American Statistician 69(4), the expanded percentile interval).
    """
    sizes, firsts = sides.block_sizes()
    n_a = int(firsts.sum())
    n_b = int(sizes.sum()) - n_a
    n, free = (len(sizes), len(sizes) - 1) if sides.blocked else (min(n_a, n_b), n_a + n_b - 2)
    normal = NormalDist()
    z = -normal.inv_cdf(alpha / 2)
    # Student's t from the normal, to three digits from 4 degrees of freedom on.
    t = z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
    t += (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    return normal.cdf(-t * sqrt(n / (n - 1)))


# --- numbers of the articles as they are --------------------------------------------------------


def block_means(values: Floats, blocks: Ints, weights: Floats) -> Floats:
    """Return the mean of each block and measure, of the articles that the weights count."""
    sums = np.zeros((int(blocks[-1]) + 1, values.shape[1]))
    np.add.at(sums, blocks, values * weights[:, None])
    means: Floats = sums / np.bincount(blocks, weights=weights)[:, None]
    return means


def align(values: Floats, blocks: Ints) -> Floats:
    """Return the values less the mean of their event; rounding must not part equal ones."""
    means = block_means(values, blocks, np.ones(len(values)))
    spread = np.abs(values).max(axis=0)
    spread[spread == 0] = 1.0
    aligned: Floats = np.round((values - means[blocks]) / spread, _DIGITS)
    return aligned


def _sides_by_block(sides: Sides) -> Floats:
    """Return the difference of means in each event."""
    in_a = sides.in_a.astype(np.float64)
    first = block_means(sides.values, sides.blocks, in_a)
    return first - block_means(sides.values, sides.blocks, 1 - in_a)


def rank(column: Floats) -> Floats:
    """Return ranks from 1, equal values sharing the mean of theirs."""
    ordered = np.sort(column)
    below = np.searchsorted(ordered, column, side="left")
    return (below + np.searchsorted(ordered, column, side="right") + 1) / 2


def _effect(rank_sums: Floats, sides: Sides) -> Floats:
    """Return Cliff's delta: the share of pairs in which a is higher, less that in which b is."""
    n, n_a = len(sides.in_a), int(sides.in_a.sum())
    return (2 * rank_sums / n_a - (n + 1)) / (n - n_a)


# --- what chance makes of them ------------------------------------------------------------------


def _turns(draws: int, width: int) -> Iterator[int]:
    """Yield how many draws to make at a time."""
    size = max(1, _CELLS // width)
    for start in range(0, draws, size):
        yield min(size, draws - start)


def _permute(sides: Sides, ranks: Floats, draws: int, seed: int) -> Floats:
    """Return p: how often groups dealt out by chance, inside each event, differ as much."""
    rng, n = np.random.default_rng([seed, 0]), len(sides.in_a)
    firsts = sides.block_sizes()[1]
    means = block_means(ranks, sides.blocks, np.ones(n))
    expected = (firsts[:, None] * means).sum(axis=0)
    # A hair less than what was found: a deal that is equal but for rounding counts as equal.
    observed = np.abs(sides.in_a.astype(np.float64) @ ranks - expected) - 1e-7
    reached = np.zeros(ranks.shape[1])
    for size in _turns(draws, n):
        keys = rng.random((size, n)) + sides.blocks  # sorts inside each block only
        dealt = sides.in_a[np.argsort(keys, axis=1)].astype(np.float64)
        reached += (np.abs(dealt @ ranks - expected) >= observed).sum(axis=0)
    return (reached + 1) / (draws + 1)


def _bootstrap(sides: Sides, aligned: Floats, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Return the difference and the effect in each resample of articles, or of whole events."""
    rng, n = np.random.default_rng([seed, 1]), len(sides.in_a)
    pairs = [_order_pair(column, sides.in_a) for column in aligned.T]
    differences, effects = [], []
    for size in _turns(draws, n):
        weights, difference = _resample(sides, rng, size)
        weights_a, weights_b = weights[:, sides.in_a], weights[:, ~sides.in_a]
        total = weights_a.sum(axis=1) * weights_b.sum(axis=1)
        won = [_dominance(pair, weights_a, weights_b) for pair in pairs]
        differences.append(difference)
        effects.append(np.column_stack(won) / total[:, None])
    return np.concatenate(differences), np.concatenate(effects)


def _resample(sides: Sides, rng: np.random.Generator, size: int) -> tuple[Floats, Floats]:
    """Return how often each article was drawn, and the difference of means that comes of it."""
    if sides.blocked:
        n = int(sides.blocks[-1]) + 1
        counts = rng.multinomial(n, np.full(n, 1 / n), size).astype(np.float64)
        return counts[:, sides.blocks], counts @ _sides_by_block(sides) / n
    weights = np.empty((size, len(sides.in_a)))
    means = []
    for side in (sides.in_a, ~sides.in_a):
        n = int(side.sum())
        weights[:, side] = rng.multinomial(n, np.full(n, 1 / n), size)
        means.append(weights[:, side] @ sides.values[side] / n)
    return weights, means[0] - means[1]


class _Pair(NamedTuple):
    """The values of b in order, and how many of them each value of a is above and not below."""

    order: Ints
    above: Ints
    not_below: Ints


def _order_pair(column: Floats, in_a: Booleans) -> _Pair:
    first, second = column[in_a], column[~in_a]
    order = np.argsort(second, kind="stable")
    ordered = second[order]
    above = np.searchsorted(ordered, first, side="left")
    return _Pair(order, above, np.searchsorted(ordered, first, side="right"))


def _dominance(pair: _Pair, weights_a: Floats, weights_b: Floats) -> Floats:
    """Return, for each draw, in how many pairs a is higher, less in how many b is."""
    summed = np.zeros((len(weights_b), weights_b.shape[1] + 1))
    np.cumsum(weights_b[:, pair.order], axis=1, out=summed[:, 1:])
    margin = summed[:, pair.above] + summed[:, pair.not_below] - summed[:, -1:]
    won: Floats = (weights_a * margin).sum(axis=1)
    return won
