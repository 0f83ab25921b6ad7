"""Content words and stems: forms of a word meet, other words do not."""

from __future__ import annotations

import nasty
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.lexicons import load_entries
from newsresearch.text import Span
from newsresearch.vocabulary import content_terms, same_thing, stem


@pytest.mark.parametrize(
    "forms",
    [
        "hope hopes hoped hoping",
        "hop hops hopped hopping",
        "plan plans planned planning",
        "open opens opened opening",
        "ban bans banned banning",
        "hit hits hitting",
        "back backs backed backing",
        "support supports supported supporting",
        "deny denies denied denying",
        "stop stops stopped stopping",
        "rise rises rising",
        "country countries country’s",
        "boss bosses",
        "agree agrees agreed agreeing",
        "veto vetoed",
        "ferry ferries",
    ],
)
def test_forms_of_a_word_meet_in_one_stem(forms: str) -> None:
    assert len({stem(form.replace("’", "'")) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1000", "100"),
        ("10000", "1000"),
        ("plan", "plane"),
        ("car", "care"),
        ("hop", "hope"),
        ("bus", "busy"),
        ("sea", "see"),
    ],
)
def test_other_words_do_not_meet(one: str, two: str) -> None:
    assert stem(one) != stem(two)


@pytest.mark.parametrize("word", ["", "s", "'s", "ed", "ing", "ies", "sses", "ss", ".", "1990s"])
def test_the_shortest_words_have_a_stem(word: str) -> None:
    assert len(stem(word)) <= max(len(word), 1)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(alphabet="abdegiklnoprstuy'.", max_size=12))
def test_a_stem_is_no_longer_than_its_word(word: str) -> None:
    assert len(stem(word)) <= len(word)


def test_content_terms_leave_function_words_out() -> None:
    text = "The rebels weren’t backed by all of U.S. jets in 2031, she said."
    terms = content_terms(text)
    assert [text[term.start : term.end] for term in terms] == [
        "rebels",
        "backed",
        "U.S.",
        "jets",
        "2031",
    ]
    assert [term.stem for term in terms] == ["rebel", "back", "u.s", "jet", "2031"]


def test_content_terms_of_a_span_keep_their_places_in_the_text() -> None:
    text = "The ferry left. The harbour closed."
    terms = content_terms(text, Span(16, len(text)))
    assert [text[term.start : term.end] for term in terms] == ["harbour", "closed"]


@pytest.mark.parametrize(("one", "two"), [("I’m not", "i'm not"), ("CAN’T DO", "can't do")])
def test_marks_and_capitals_do_not_matter(one: str, two: str) -> None:
    assert [t.stem for t in content_terms(one)] == [t.stem for t in content_terms(two)] == []


def test_a_word_without_synonyms_is_the_same_thing_as_itself() -> None:
    assert same_thing("brimhaven") == {"brimhaven"}


@pytest.mark.parametrize("line", load_entries("actions", "same"))
def test_words_of_one_line_are_the_same_thing_and_no_other_is(line: str) -> None:
    stems = {stem(word) for word in line.split()}
    assert {same_thing(one) for one in stems} == {frozenset(stems)}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_terms_are_words_of_the_text(text: str) -> None:
    at = 0
    for term in content_terms(text):
        assert at <= term.start < term.end <= len(text)
        assert any(char.isalnum() for char in text[term.start : term.end])
        at = term.end
