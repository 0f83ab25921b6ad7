"""Krippendorff's alpha: how far readers agree beyond chance; answers may be missing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

__all__ = ["LEVELS", "Marks", "alpha", "percent_agreement"]

Value = TypeVar("Value", bound=Hashable)
LEVELS = ("nominal", "ordinal", "interval")


def alpha(
    units: Iterable[Mapping[Value, int]], order: Sequence[Value] = (), level: str = "nominal"
) -> float | None:
    """Return alpha of units, each a count of the answers it was given; None where undefined.

    1 is perfect agreement, 0 what chance would give, below 0 worse than chance. A unit with
    fewer than two answers says nothing and is left out. Without two different answers anywhere
    there is nothing to agree on beyond chance: None. ``order`` gives the values from low to high
    for ``ordinal``; for ``interval`` they are numbers.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of
    Pennsylvania, repository.upenn.edu/asc_papers/43.

    Examples
    --------
    >>> alpha([{"yes": 2}, {"no": 2}, {"yes": 1, "no": 1}])
    0.44444444444444...
    """
    paired = [unit for unit in units if sum(unit.values()) >= 2]
    values = list(order) or list(dict.fromkeys(value for unit in paired for value in unit))
    totals = {value: sum(unit.get(value, 0) for unit in paired) for value in values}
    far = _distance(values, totals, level)
    n = sum(totals.values())
    expected = sum(
        totals[a] * totals[b] * far(a, b) for a in values for b in values if totals[a] * totals[b]
    )
    if not expected:
        return None
    return 1 - (n - 1) * sum(_observed(unit, far) for unit in paired) / expected


def _observed(unit: Mapping[Value, int], far: Callable[[Value, Value], float]) -> float:
    """Sum the distances of the pairs of a unit, over its answers less one."""
    pairs = sum(unit[a] * unit[b] * far(a, b) for a in unit for b in unit if a != b)
    return pairs / (sum(unit.values()) - 1)


def _distance(
    values: Sequence[Value], totals: Mapping[Value, int], level: str
) -> Callable[[Value, Value], float]:
    """Return the squared distance of two values: that of their level of measurement."""
    if level == "nominal":
        return lambda a, b: float(a != b)
    if level == "interval":
        return lambda a, b: float((float(a) - float(b)) ** 2)  # type: ignore[arg-type]
    if level != "ordinal":
        raise ValueError(f"no level {level!r}. Choose from: {', '.join(LEVELS)}.")
    # Between two ranks stand all answers between them, and half of those of the two themselves.
    below = list(accumulate((totals[value] for value in values), initial=0))
    middle = {value: below[at] + totals[value] / 2 for at, value in enumerate(values)}
    return lambda a, b: float((middle[a] - middle[b]) ** 2)


def percent_agreement(units: Iterable[Mapping[Value, int]]) -> float | None:
    """Return the share of pairs of answers to one unit that are the same; chance is in it.

    Examples
    --------
    >>> percent_agreement([{"yes": 2}, {"yes": 1, "no": 1}])
    0.5
    """
    shares = []
    for unit in units:
        n = sum(unit.values())
        if n >= 2:
            shares.append(sum(count * (count - 1) for count in unit.values()) / (n * (n - 1)))
    return sum(shares) / len(shares) if shares else None


class Marks(NamedTuple):
    """What alpha of marked or not needs of some units that the same readers all judged.

    Sums of these over sentences give alpha of the text, so that a thousand resamples are cheap.
    """

    unlike: float
    marked: int
    judged: int

    @classmethod
    def of(cls, counts: Sequence[int], readers: int) -> Marks:
        """Return the sums for units, each marked by so many of the readers."""
        unlike = sum(2 * count * (readers - count) for count in counts) / max(readers - 1, 1)
        return cls(unlike, sum(counts), readers * len(counts))

    @classmethod
    def total(cls, parts: Iterable[Marks]) -> Marks:
        """Return the sums of several parts."""
        unlike, marked, judged = 0.0, 0, 0
        for part in parts:
            unlike, marked, judged = unlike + part[0], marked + part[1], judged + part[2]
        return cls(unlike, marked, judged)

    @property
    def alpha(self) -> float | None:
        """Alpha of marked or not; None where all or nothing is marked.

        Examples
        --------
        >>> Marks.of([2, 0, 1], readers=2).alpha
        0.44444444444444...
        """
        expected = 2 * self.marked * (self.judged - self.marked)
        return 1 - (self.judged - 1) * self.unlike / expected if expected else None

    @property
    def agreed(self) -> float:
        """The share of pairs of judgements of one unit that are the same."""
        return 1 - self.unlike / self.judged if self.judged else float("nan")
