"""What each check measured: the judgements, and the rule that a label follows from.

`measured` of a check is counted on the latest unseen sample in which any of its findings was judged
right or wrong: right of right and wrong. It is `high` from .85, if at least five were judged;
else it is a `hint`. A finding that says itself that it is a hint (`why` begins with `hint:`)
does not count for its check. `furniture` has its own gold, line by line (`furniture.py`).
A test holds the package to this.
"""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import NamedTuple

import pandas as pd

JUDGED = Path(__file__).with_name("check_precision.csv")
# From the oldest to the latest; `first` is none of them: its findings served to mend the checks.
UNSEEN = (
    "fresh",
    "third_contradictions",
    "third_names",
    "third_order",
    "fourth",
    "fourth_speech",
    "fourth_numbers",
    "fifth",
)
LEAST_PRECISION, FEWEST_JUDGED = 0.85, 5


class Counted(NamedTuple):
    """How findings of one check were judged in one sample."""

    sample: str
    right: int
    wrong: int
    debatable: int

    @property
    def measured(self) -> str:
        """As in `CHECKS`: '13 of 14'."""
        return f"{self.right} of {self.right + self.wrong}"

    @property
    def confidence(self) -> str:
        judged = self.right + self.wrong
        good = judged >= FEWEST_JUDGED and self.right >= LEAST_PRECISION * judged
        return "high" if good else "hint"


FURNITURE = Counted("furniture_gold", 56, 3, 0)


class Precision(NamedTuple):
    """Right over right and wrong, its 95 % interval, and with debatable ones as a half."""

    share: float
    low: float
    high: float
    halved: float


def measure_precision(right: int, wrong: int, debatable: int) -> Precision:
    """Return the precision with its Wilson interval; NaN where nothing was judged."""
    every = right + wrong + debatable
    halved = (right + debatable / 2) / every if every else float("nan")
    n, z = right + wrong, 1.96
    if not n:
        return Precision(float("nan"), float("nan"), float("nan"), halved)
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Precision(share, max(0.0, middle - reach), min(1.0, middle + reach), halved)


def read_judgements() -> pd.DataFrame:
    """Return all judgements, without those of findings that are hints by themselves."""
    judged = pd.read_csv(JUDGED, dtype={"article_id": "str"})
    return judged[~judged["why"].str.startswith("hint:")]


def count_judged(judged: pd.DataFrame, check: str, sample: str, reader: str = "judged") -> Counted:
    """Count the judgements of the first reader, or of the ``second``."""
    own = judged[(judged["check"] == check) & (judged["sample"] == sample)][reader]
    return Counted(sample, *(int((own == name).sum()) for name in ("right", "wrong", "debatable")))


def count_latest(judged: pd.DataFrame, check: str) -> Counted:
    """Return how a check was judged in the latest unseen sample that says anything on it."""
    if check == "furniture":
        return FURNITURE
    counted = [count_judged(judged, check, sample) for sample in UNSEEN]
    told = [one for one in counted if one.right + one.wrong]
    return told[-1] if told else Counted("none", 0, 0, 0)


class Agreement(NamedTuple):
    """How far two readers agree: Cohen's kappa counts what chance would give as nothing."""

    both: int
    same: float
    kappa: float
    decided: int
    decided_same: float


def measure_agreement(judged: pd.DataFrame) -> Agreement:
    """Compare the readers on what both judged; `decided`: neither called it debatable."""
    pairs = judged[judged["second"].notna()]
    first, second = pairs["judged"], pairs["second"]
    same = float((first == second).mean())
    shares = [s.value_counts(normalize=True) for s in (first, second)]
    chance = float(shares[0].mul(shares[1], fill_value=0).sum())
    decided = pairs[(first != "debatable") & (second != "debatable")]
    agreed = float((decided["judged"] == decided["second"]).mean())
    return Agreement(len(pairs), same, (same - chance) / (1 - chance), len(decided), agreed)
