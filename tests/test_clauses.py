"""A clause read for what it negates, how sure it is, and which of its words are verbs."""

from __future__ import annotations

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.clauses import find_actions, is_passive, read_clause
from newsresearch.plain import straighten


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The mayor will not open the bridge", ["open", "bridge"]),
        ("The mayor won’t open the bridge", ["open", "bridge"]),
        ("He refused to sign the truce", ["sign", "truce"]),
        ("She denied stealing a cake", ["stealing", "cake"]),
        ("The council refused the plan", []),
        ("The mayor not only opened the bridge", []),
        ("No boat sank, but a ferry ran aground", ["boat", "sank"]),
        ("A minor matter", []),
    ],
)
def test_a_negation_reaches_the_words_after_it(text: str, negated: list[str]) -> None:
    clause = read_clause(text)
    assert [clause.of(clause.terms[at]) for at in sorted(clause.negated)] == negated


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Council backs wind farm", ["backs"]),
        ("Council backs plan for farm", ["backs"]),
        ("Council plans rejected", ["rejected"]),
        ("Rebels hand over guns", ["hand"]),
        ("Mayor to open bridge", ["open"]),
        ("Prices rose after storm", ["rose"]),
        ("Growing fears over bridge", ["fears"]),
        ("Defence minister at fair", []),
        ("Storm", []),
        ("", []),
    ],
)
def test_verbs_are_told_by_their_form_and_place(text: str, verbs: list[str]) -> None:
    clause = read_clause(text)
    assert [clause.of(clause.terms[at]) for at in find_actions(clause)] == verbs


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Baker was freed on Monday", True),
        ("Baker freed by judge", True),
        ("Judge freed baker", False),
        ("Cabinet voted by seven to two", False),
        ("Judge is freeing baker", False),
    ],
)
def test_passive_verbs(text: str, passive: bool) -> None:
    clause = read_clause(text)
    assert is_passive(clause, 1) is passive


@pytest.mark.parametrize(
    ("text", "hedges"), [("It may rain", ["may"]), ("Rain in May", []), ("In May it rained", [])]
)
def test_a_month_is_no_hedge(text: str, hedges: list[str]) -> None:
    assert [word.plain for word in read_clause(text).marks["hedges"]] == hedges


@settings(max_examples=80, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_any_text_is_a_clause(text: str) -> None:
    clause = read_clause(text)
    assert all(0 <= at < len(clause.terms) for at in (*clause.negated, *find_actions(clause)))
    assert all(straighten(text[w.start : w.end]).lower() == w.plain for w in clause.words)
