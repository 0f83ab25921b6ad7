"""Quotations: pairs of marks, and every mark that has no partner."""

from __future__ import annotations

from itertools import pairwise

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.quotations import find_quotations

# Quotations as they must be found: '+' closed, '-' a mark without a partner.
CASES = [
    pytest.param("She said no.", [], id="none"),
    pytest.param("“Yes”, she said.", ["+“Yes”"], id="curly"),
    pytest.param('"Yes", she said.', ['+"Yes"'], id="straight"),
    pytest.param("He said «oui» and left.", ["+«oui»"], id="angle"),
    pytest.param("“One” and “two”.", ["+“One”", "+“two”"], id="two"),
    pytest.param("“One, she said.", ["-“One, she said."], id="never closed"),
    pytest.param("One”, she said.", ["-”"], id="never opened"),
    pytest.param('One", she said.', ['-"'], id="straight never opened"),
    pytest.param("“One “two” she said.", ["-“One ", "+“two”"], id="second opens before first ends"),
    pytest.param("“They call it a “break” here”.", ["+“They call it a “break” here”"], id="nested"),
    pytest.param('"a "b" c"', ['+"a "b" c"'], id="nested straight"),
    pytest.param("“One.\n\n“Two.”", ["+“One.", "+“Two.”"], id="goes on in the next paragraph"),
    pytest.param("“One.\n\nTwo.”", ["-“One.", "-”"], id="cut by a paragraph"),
    pytest.param('A 5" pipe and a 6\'2" man.', [], id="inches"),
    pytest.param("It’s the crew’s '90s boat, ’tis said.", [], id="apostrophes"),
    pytest.param("‘Yes,’ she said.", ["+‘Yes,’"], id="single"),
    pytest.param("'It is late,' she said.", ["+'It is late,'"], id="single straight"),
    pytest.param("“He said ‘no’ to me”", ["+“He said ‘no’ to me”"], id="single inside double"),
    pytest.param("‘He said “no” to me.’", ["+‘He said “no” to me.’"], id="double inside single"),
    pytest.param("‘One “two three.’ She left”.", ["+“two three.’ She left”"], id="crossing"),
    pytest.param("More » of this »", [], id="arrows"),
    pytest.param("He said,“No” twice.", ["+“No”"], id="lost space"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations_are_paired_or_told_apart(text: str, expected: list[str]) -> None:
    found = find_quotations(text)
    assert ["+-"[not q.closed] + text[q.start : q.end] for q in found] == expected


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_quotations_are_in_order_apart_and_hold_a_mark(text: str) -> None:
    at = 0
    for quotation in find_quotations(text):
        assert at <= quotation.start < quotation.end <= len(text)
        assert text[quotation.start] in "\"“”‘'„«»"
        at = quotation.end


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_no_curly_mark_is_hidden(text: str) -> None:
    found = find_quotations(text)
    for at, char in enumerate(text):
        if char in "“”":
            assert any(q.start <= at < q.end for q in found)


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_searched_to_the_end(name: str) -> None:
    text = nasty.long_text(name, 30_000)
    found = find_quotations(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert bool(found) >= ("“" in text or "”" in text)
