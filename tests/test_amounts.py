"""Numbers and dates as values: written in digits or words, with units, or no number at all."""

from __future__ import annotations

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.amounts import find_amounts
from newsresearch.text import Span


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("12 men", "count", 12.0, "men"),
        ("twelve men", "count", 12.0, "men"),
        ("forty-two tall red houses", "count", 42.0, "hous"),
        ("1,200 pupils", "count", 1200.0, "pupil"),
        ("$3 million", "count", 3e6, "$"),
        ("£6m", "count", 6e6, "£"),
        ("£4.8m", "count", 4.8e6, "£"),
        ("$1.2bn", "count", 1.2e9, "$"),
        ("$1.2B", "count", 1.2e9, "$"),
        ("€3.5k", "count", 3500.0, "€"),
        ("£4.8 m", "count", 4.8e6, "£"),
        ("£12.5 bn deal", "count", 12.5e9, "£"),
        ("$2.5mn", "count", 2.5e6, "$"),
        ("€1.5tn", "count", 1.5e12, "€"),
        ("£1,200m", "count", 1.2e9, "£"),
        ("1.5m people", "count", 1.5e6, "peopl"),
        ("£4.85.", "count", 4.85, "£"),
        ("£4,800, he said", "count", 4800.0, "£"),
        ("4.5 percent", "count", 4.5, "%"),
        ("4.5%", "count", 4.5, "%"),
        ("two hundred boats", "count", 200.0, "boat"),
        ("half", "count", 0.5, ""),
        ("the 3rd man", "ordinal", 3.0, ""),
        ("the third man", "ordinal", 3.0, ""),
        ("in 2019", "year", 2019.0, ""),
        ("in 2019,200 men", "year", 2019.0, ""),
        ("the 1990s", "decade", 1990.0, ""),
        ("on Friday", "weekday", 4.0, ""),
        ("in May", "month", 4.0, ""),
        ("March 3", "month", 2.0, ""),
    ],
)
def test_a_number_is_read_as_its_value(text: str, kind: str, value: float, unit: str) -> None:
    first = find_amounts(text)[0]
    assert (first.kind, first.value, first.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    "text", ["", "May says no", "it may rain", "they march on", "G20", "often", "4.8km", "1,200x"]
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize("text", ["£4.8m", "$1.2bn", "€3.5k", "£4.8 m", "£1,200m", "£4.8bn"])
def test_a_sum_is_read_to_its_end(text: str) -> None:
    (found,) = find_amounts(f"It cost {text} in all.")
    assert (found.start, found.end) == (8, 8 + len(text))


def test_a_length_is_no_money() -> None:
    (found,) = find_amounts("3.5 m wide")
    assert (found.value, found.end) == (3.5, 3)


def test_a_span_limits_what_is_read_and_places_are_those_of_the_text() -> None:
    text = "Two men left. Three women stayed."
    (found,) = find_amounts(text, Span(14, len(text)))
    assert text[found.start : found.end] == "Three"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_any_text_can_be_read(text: str) -> None:
    for found in find_amounts(text):
        assert 0 <= found.start < found.end <= len(text)
