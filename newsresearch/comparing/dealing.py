"""Is a word used in more articles of a group, or at higher rates, than chance would have it?

Articles are what chance deals out, not words: one article with forty uses is one article.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsresearch.comparing.counting import Counts
from newsresearch.comparing.resampling import align, block_means, rank

__all__ = ["deal_out"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CELLS = 4_000_000  # articles × words that are looked at in one turn


def deal_out(counts: Counts, groups: Ints, blocks: Ints, draws: int, seed: int) -> list[Floats]:
    """Return p of each word for each group: is its rate higher there than among the others.

    The statistic is the sum of the ranks of a word's rates in the group's articles, in each
    event for itself, in units of its spread; p is how often the highest of all words and groups
    is as high where groups are dealt out by chance (Westfall & Young 1993).
    """
    has = counts.lengths > 0
    dealt = _deal(groups[has], blocks[has], draws, seed)
    found = np.full((int(groups.max()) + 1, len(counts.words)), -np.inf)
    highest = np.full(draws, -np.inf)
    for columns, rates in _rates(counts, has):
        for group in range(len(found)):
            used = _events_of(groups[has] == group, blocks[has])
            if used.any():
                sums = _score(rates[used], dealt[:, used] == group, blocks[has][used])
                found[group, columns] = sums[0]
                highest = np.maximum(highest, sums[1:].max(axis=1, initial=-np.inf))
    ordered = np.sort(highest)
    reached = draws - np.searchsorted(ordered, found - 1e-9, side="left")
    return list((reached + 1) / (draws + 1))


def _deal(groups: Ints, blocks: Ints, draws: int, seed: int) -> Ints:
    """Return the groups as they are, then dealt out anew inside each event, a row a draw."""
    rng = np.random.default_rng([seed, 2])
    keys = rng.random((draws, len(groups))) + blocks  # articles come in the order of events
    return np.concatenate([groups[None, :], groups[np.argsort(keys, axis=1)]])


def _events_of(own: NDArray[np.bool_], blocks: Ints) -> NDArray[np.bool_]:
    """Return the articles of events that the group and others tell."""
    return np.isin(blocks, blocks[own]) & np.isin(blocks, blocks[~own])


def _rates(counts: Counts, has: NDArray[np.bool_]) -> Iterator[tuple[slice, Floats]]:
    """Yield some words and their uses in each word of each article, some at a time."""
    order = np.argsort(counts.columns, kind="stable")
    columns, rows = counts.columns[order], counts.rows[order]
    shares = counts.counts[order] / counts.lengths[rows]
    size = max(1, _CELLS // max(len(has), 1))
    for start in range(0, len(counts.words), size):
        stop = min(start + size, len(counts.words))
        first, last = np.searchsorted(columns, [start, stop])
        rates = np.zeros((len(has), stop - start))
        rates[rows[first:last], columns[first:last] - start] = shares[first:last]
        yield slice(start, stop), rates[has]


def _score(rates: Floats, dealt: NDArray[np.bool_], blocks: Ints) -> Floats:
    """Return the sum of ranks, in units of its spread by chance, a row a deal."""
    blocks = np.unique(blocks, return_inverse=True)[1]
    aligned = align(rates, blocks) if blocks.any() else rates
    ranks = np.column_stack([rank(column) for column in aligned.T])
    centred = ranks - block_means(ranks, blocks, np.ones(len(blocks)))[blocks]
    sizes = np.bincount(blocks).astype(np.float64)
    firsts = np.bincount(blocks, weights=dealt[0])
    spread = firsts * (sizes - firsts) / (sizes * (sizes - 1))
    variance = spread[blocks] @ centred**2
    sums = dealt.astype(np.float64) @ centred
    scores: Floats = sums / np.sqrt(np.where(variance > 0, variance, np.inf))
    return scores
