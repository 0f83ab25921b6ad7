"""What a column of numbers means: the row that a measure has in the codebook."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Measure"]


@dataclass(frozen=True)
class Measure:
    """One documented column: its meaning, unit, range, direction and source.

    ``low`` and ``high`` are None where the range has no bound on that side. ``direction``
    says what a higher value means; ``validity`` what it scored on real data, or that nobody
    has measured it yet.
    """

    column: str
    meaning: str
    unit: str
    low: float | None
    high: float | None
    direction: str
    reference: str
    validity: str = "not measured yet"

    def allows(self, value: float) -> bool:
        """Tell whether a value lies in the documented range."""
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)
