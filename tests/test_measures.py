"""A measure knows its range."""

from __future__ import annotations

import math

import pytest

import newsresearch as nr
from newsresearch.measures import Measure


@pytest.mark.parametrize(
    ("low", "high", "value", "allowed"),
    [
        (0.0, 1.0, 0.5, True),
        (0.0, 1.0, 0.0, True),
        (0.0, 1.0, 1.01, False),
        (0.0, None, 1e9, True),
        (None, 0.0, -5.0, True),
        (None, 0.0, 5.0, False),
        (None, None, -math.inf, True),
    ],
)
def test_range_is_closed_and_may_be_open_ended(
    low: float | None, high: float | None, value: float, allowed: bool
) -> None:
    assert Measure("x", "m", "u", low, high, "d", "r").allows(value) is allowed


def test_every_measure_says_what_it_is_and_how_well_it_did() -> None:
    listed = nr.list_measures()
    assert listed["column"].is_unique
    assert listed["column"].str.fullmatch(r"[a-z][a-z0-9_]*").all()
    for column in ("meaning", "unit", "direction", "reference", "validity"):
        assert listed[column].str.len().gt(2).all(), column
