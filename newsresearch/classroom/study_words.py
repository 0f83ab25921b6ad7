"""The words in which a study of a headline is told, the same in a notebook and a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsresearch.classroom.study_numbers import COUNT, SHARE, Number
from newsresearch.incoherence import CHECKS

if TYPE_CHECKING:
    from newsresearch.classroom.study import Reading

__all__ = [
    "NOTHING",
    "SIGNS",
    "TRUST",
    "loud_numbers",
    "name_evidence",
    "say_change",
    "say_finding",
    "say_quiet",
    "say_value",
]

NOTHING = "The four headline checks find nothing. That does not prove the headline right."
SIGNS = "▲ more, ▼ less, = the same as with the printed headline; – cannot be told."
# The figures of list_measures(); a test compares them.
TRUST = (
    "How far to trust this: it compares words and understands nothing. The four chances of what "
    "the body does scored .57 (agrees), .40 (disagrees), .71 (only discusses) and .98 (something "
    "else) on real headlines, where 1 is never wrong; people scored .59, .67, .77 and 1.00. The "
    "chance ‘contradicted’ is higher for the wrong one of two headlines in 77 of 100 pairs; for "
    "an exaggerated one it is no better than a coin (.51). A gap of tone is no contradiction. No "
    "reading grade is given: its formulas need a hundred words."
)
_MEASURED = {check.name: check.measured for check in CHECKS}


def say_value(number: Number) -> str:
    """Return a value as a class reads it: '3', '67 %', '−0.25', or a dash for none."""
    if number.value is None:
        return "–"
    if number.kind == COUNT:
        return f"{number.value:.0f}"
    if number.kind == SHARE:
        return f"{100 * number.value:.0f}\xa0%"
    return f"{number.value:+.2f}".replace("-", "−") if round(number.value, 2) else "0"


def say_change(number: Number, before: Number) -> str:
    """Return what moved, in a sign and in words; nothing where one of the two is missing."""
    if number.value is None or before.value is None:
        return ""
    if say_value(number) == say_value(before):
        return "= same"
    gap = number.value - before.value
    sign, way = ("▲", "up") if gap > 0 else ("▼", "down")
    if number.kind == COUNT:
        return f"{sign} {abs(gap):.0f} {'more' if gap > 0 else 'fewer'}"
    if number.kind == SHARE:
        points = abs(round(100 * number.value) - round(100 * before.value))
        return f"{sign} {way} by {points} {'point' if points == 1 else 'points'}"
    return f"{sign} {way} by {abs(gap):.2f}"


def loud_numbers(readings: Sequence[Reading]) -> list[tuple[Number, ...]]:
    """Return each number with its value for all readings, but for counts that are 0 in all."""
    lines = zip(*(reading.numbers for reading in readings), strict=True)
    return [line for line in lines if not _is_quiet(line)]


def say_quiet(readings: Sequence[Reading]) -> str:
    """Say which counts are left out, as nothing was found."""
    lines = zip(*(reading.numbers for reading in readings), strict=True)
    titles = [line[0].title for line in lines if _is_quiet(line)]
    return f"Found nowhere: {'; '.join(titles)}." if titles else ""


def _is_quiet(numbers: Sequence[Number]) -> bool:
    return all(one.kind == COUNT and one.value == 0 for one in numbers)


def say_finding(row: dict[str, Any], before: Reading | None = None) -> str:
    """Return how sure a finding is, whether the printed headline has one too, and its reason."""
    right = _MEASURED.get(row["check"])
    told = [row["confidence"]]
    if right:
        told.append(f"{right} such findings were right in real news")
    if before is not None:
        had = any(one["check"] == row["check"] for one in before.findings)
        told.append("the printed headline has one too" if had else "new")
    return f" ({'; '.join(told)}): {row['reason']}"


def name_evidence(row: dict[str, Any]) -> str:
    """Return on whose side a sentence of the body is."""
    return {"supporting": "for it", "opposing": "against it"}.get(row["role"], "nothing near it")
