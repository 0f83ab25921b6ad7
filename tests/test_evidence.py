"""Ranking of sentences: the one that decides comes first, by words, like words and opposites."""

from __future__ import annotations

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.evidence import cover, opposites, rank_evidence, read_passages
from newsresearch.text import split_sentences
from newsresearch.vocabulary import root, stem

BODY = (
    "The fair in Tolmere opened at noon. Rain fell all day. A judge freed the baker on Monday. "
    "She had spent two years in prison. The mayor bought a red car. Nobody came to the dance."
)


@pytest.mark.parametrize(
    ("headline", "start"),
    [
        ("Judge frees baker", "A judge"),
        ("Court releases baker", "A judge"),
        ("Judge jails baker", "A judge"),
        ("Mayor purchases automobile", "The mayor"),
        ("Baker spent six years in prison", "She had"),
        ("Tolmere fair closed", "The fair"),
    ],
)
def test_the_sentence_that_decides_comes_first(headline: str, start: str) -> None:
    first = rank_evidence(headline, BODY)[0]
    assert first.span.of(BODY).startswith(start)


@pytest.mark.parametrize(
    ("headline", "body"), [("", BODY), ("The of", BODY), ("Rain", ""), ("Rain", "*")]
)
def test_nothing_to_compare_ranks_nothing(headline: str, body: str) -> None:
    assert rank_evidence(headline, body) == []


def test_ranks_fall_and_can_be_cut() -> None:
    ranked = rank_evidence("Judge frees baker in Tolmere", BODY)
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert rank_evidence("Judge frees baker in Tolmere", BODY, most=2) == ranked[:2]


def test_opposites_are_mutual_and_listed_forms_meet() -> None:
    for own in ("win", "rise", root(stem("approved")), "guilty", "higher"):
        assert opposites(own)
        assert all(own in opposites(other) for other in opposites(own))
    assert root(stem("won")) == "win" and "lose" in opposites("win")


def test_only_looking_counts_an_opposite() -> None:
    found = cover(["jail"], read_passages("A judge freed the baker."))
    assert found.loose[0, 0] > found.strict[0, 0]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(headline=nasty.ANY_TEXT, body=nasty.ANY_TEXT)
def test_ranked_spans_are_sentences_of_the_body(headline: str, body: str) -> None:
    sentences = set(split_sentences(body))
    for ranked in rank_evidence(headline, body):
        assert ranked.span in sentences
        assert 0 <= ranked.score <= 1.001
