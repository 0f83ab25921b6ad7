"""How far a measure of parts would move with other parts of their kind: BCa intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from random import Random
from statistics import NormalDist
from typing import TypeVar

from newsresearch.perturbations.planting import digest

__all__ = ["Draws", "quantile"]

_MOST_PAIRS = 5_000  # of readers, for the mean of span F1; of more, so many are drawn
_LOST = 0.05  # share of resamples without any difference, above which no interval is told
_FEWEST = 5  # parts: of fewer no interval is told
_GROUPS = 300  # of parts that are left out together, where there are more parts
NONE = float("nan")

Part = TypeVar("Part")


class Draws:
    """Resamples of parts, the same for the same seed and name on every machine."""

    def __init__(self, seed: int, times: int) -> None:
        self.seed, self.times = seed, times

    def interval(
        self, parts: Sequence[Part], measure: Callable[[list[Part]], float | None], *name: str
    ) -> tuple[float, float]:
        """Return the 95 % interval of a measure of resampled parts; missing where it has no sense.

        The ends are moved for bias and skew (BCa, Efron 1987), which alpha of few parts has: in
        none of 24 simulations did plain percentiles hold the truth more often
        (benchmarks/agreement.py).
        """
        here = measure(list(parts))
        if len(parts) < _FEWEST or not self.times or here is None:
            return NONE, NONE
        dice = Random(digest(str(self.seed), *name))  # noqa: S311  no secret is drawn
        drawn = (measure(dice.choices(parts, k=len(parts))) for _ in range(self.times))
        values = sorted(value for value in drawn if value is not None)
        if len(values) < (1 - _LOST) * self.times or values[0] == values[-1]:
            return NONE, NONE  # where all are alike, an interval of no width would say: certain
        low, high = _moved_ends(values, here, _skew(parts, measure))
        return quantile(values, low), quantile(values, high)

    def pairs(self, readers: Sequence[str], *name: str) -> Iterable[tuple[str, str]]:
        """Return all pairs of readers, or, of too many, some drawn."""
        n = len(readers)
        if n * (n - 1) // 2 <= _MOST_PAIRS:
            return combinations(readers, 2)
        dice = Random(digest(str(self.seed), "pairs", *name))  # noqa: S311
        return [(a, b) for a, b in (dice.sample(readers, 2) for _ in range(_MOST_PAIRS))]


def _moved_ends(values: Sequence[float], here: float, skew: float) -> tuple[float, float]:
    """Return which shares of the resamples stand for 2.5 and 97.5 %, after Efron (1987)."""
    normal = NormalDist()
    below = sum((value < here) + 0.5 * (value == here) for value in values) / len(values)
    bias = normal.inv_cdf(min(max(below, 0.001), 0.999))
    ends = (bias + normal.inv_cdf(share) for share in (0.025, 0.975))
    low, high = (normal.cdf(bias + end / (1 - skew * end)) for end in ends)
    return low, high


def _skew(parts: Sequence[Part], measure: Callable[[list[Part]], float | None]) -> float:
    """Return the acceleration: how lopsided the measure moves when one part is left out.

    Of very many parts some are left out together: one by one takes time with their square.
    """
    groups = min(len(parts), _GROUPS)
    left = (
        measure([part for number, part in enumerate(parts) if number % groups != at])
        for at in range(groups)
    )
    told = [value for value in left if value is not None]
    middle = sum(told) / max(len(told), 1)
    squares = sum((middle - value) ** 2 for value in told)
    return sum((middle - value) ** 3 for value in told) / (6 * squares**1.5) if squares else 0.0


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of sorted values lies, between two of them if need be.

    Examples
    --------
    >>> quantile([0, 1, 2, 4], 0.75)
    2.5
    """
    at = share * (len(values) - 1)
    below = int(at)
    above = min(below + 1, len(values) - 1)
    return values[below] + (at - below) * (values[above] - values[below])
