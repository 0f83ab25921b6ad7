"""A headline is split into claims: clauses, speakers, actions, objects."""

from __future__ import annotations

import subprocess
import sys

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.claims import read_claims


@pytest.mark.parametrize(
    ("headline", "claims"),
    [
        ("Council backs wind farm", ["Council backs wind farm"]),
        ("Mayor quits as council rejects bridge", ["Mayor quits", "council rejects bridge"]),
        ("Ferry sinks; captain arrested", ["Ferry sinks", "captain arrested"]),
        ("Strike ends, crews accept pay deal", ["Strike ends", "crews accept pay deal"]),
        ("Bread and butter rise in price", ["Bread and butter rise in price"]),
        ("Mayor, 40, opens bridge", ["Mayor, 40, opens bridge"]),
        ("Council: bridge to open in May", ["bridge to open in May"]),
        ("Bridge to open in May, council says", ["Bridge to open in May"]),
        ("‘Ferry sinks as captain sleeps’ made him famous", None),
        ("", []),
        ("… — ”", []),
    ],
)
def test_a_headline_is_split_where_both_sides_are_clauses(
    headline: str, claims: list[str] | None
) -> None:
    found = [claim.span.of(headline) for claim in read_claims(headline)]
    assert found == ([headline] if claims is None else claims)


@pytest.mark.parametrize(
    ("headline", "verb", "target"),
    [
        ("Council backs wind farm", "backs", ["wind", "farm"]),
        ("Mayor to open bridge in May", "open", ["bridge"]),
        ("Rebels hand over guns", "hand", ["guns"]),
        ("Prices rose after storm", "rose", ["storm"]),
        ("Storm", "", []),
    ],
)
def test_the_verb_and_what_follows_it(headline: str, verb: str, target: list[str]) -> None:
    (claim,) = read_claims(headline)
    assert (claim.clause.of(claim.verb) if claim.verb else "") == verb
    after = claim.terms[claim.action + 1 :] if claim.verb else []
    assert [claim.clause.of(term) for term in after] == target


@pytest.mark.parametrize(
    ("headline", "reported", "asks"),
    [
        ("Bridge to open in May", False, False),
        ("Bridge to open in May, mayor says", True, False),
        ("Mayor: bridge to open in May", True, False),
        ("Firm accused of hiding figures", True, False),
        ("Will bridge open in May?", False, True),
    ],
)
def test_who_says_so_and_questions_are_told(headline: str, reported: bool, asks: bool) -> None:
    (claim,) = read_claims(headline)
    assert (claim.reported, claim.asks) == (reported, asks)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(headline=nasty.ANY_TEXT)
def test_claims_stand_in_the_headline_in_order(headline: str) -> None:
    at = 0
    for claim in read_claims(headline):
        assert at <= claim.span.start < claim.span.end <= len(headline)
        assert claim.terms and claim.action < len(claim.terms)
        at = claim.span.end


def test_the_hash_seed_changes_nothing() -> None:
    source = (
        "import newsresearch as nr\n"
        "found = nr.find_incoherence(nr.load_dataset('demo'))\n"
        "print(found.to_json(), nr.support_headline(nr.load_dataset('demo')).to_json())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", source],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
