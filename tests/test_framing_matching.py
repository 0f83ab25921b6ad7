"""Tests of the engine that finds listed words: what an entry meets, and that work stays linear."""

from __future__ import annotations

import pytest
from growth import check_growth

from newsresearch.framing.matching import LONGEST_ENTRY, Matcher, split_entry
from newsresearch.framing.registry import CATEGORIES
from newsresearch.lexicons import load_groups
from newsresearch.text import split_sentences, split_words


def met(text: str, *entries: str) -> list[str]:
    return [text[one.start : one.end] for one in Matcher({"kind": entries}).find(text)]


@pytest.mark.parametrize(
    ("text", "entries", "expected"),
    [
        ("MAY I? Perhaps.", ["may", "perhaps"], ["MAY", "Perhaps"]),
        ("mayor, may", ["may"], ["may"]),
        ("economy economics econ", ["econom*"], ["economy", "economics"]),
        ("econ", ["econ*"], ["econ"]),
        ("It can’t be, it can't.", ["can't"], ["can’t", "can't"]),
        ("We’re in; the party’s out.", ["we", "party"], ["We’re", "party’s"]),
        ("on the other hand", ["on the", "on the other hand", "hand"], ["on the other hand"]),
        ("on the other, hand", ["on the other hand", "hand"], ["hand"]),
        ("so-called", ["so called", "so"], []),
        ("a b a b c", ["a b", "a b c", "b a"], ["a b", "a b c"]),
        ("no doubt, doubt", ["doubt", "! no doubt"], ["doubt"]),
        ("may well be, may be", ["may", "! may well"], ["may"]),
        ("it seems to me", ["it seem* to"], ["it seems to"]),
        ("US troops told us", ["us"], ["us"]),
        ("ALL OF US KNOW", ["us"], ["US"]),
        ("İstanbul may", ["may"], ["may"]),
        ("", ["may"], []),
    ],
)
def test_what_an_entry_meets(text: str, entries: list[str], expected: list[str]) -> None:
    assert met(text, *entries) == expected


def test_line_breaks_join_a_sentence_and_part_two() -> None:
    assert met("On the\nother hand, it rained.", "on the other hand") == ["On the\nother hand"]
    assert met("They sat on the\n\nother hand rails", "on the other hand") == []
    assert met("They sat on the\n\nother hand rails", "on the other hand", "on the") == ["on the"]
    assert met("It may\n\nWell, no", "may", "! may well") == ["may"]


def test_categories_do_not_see_each_other() -> None:
    matcher = Matcher({"long": ["no doubt"], "short": ["doubt", "no"], "not": ["! no doubt", "no"]})
    found = {(one.category, one.entry) for one in matcher.find("No doubt.")}
    assert found == {("long", "no doubt"), ("short", "no"), ("short", "doubt")}


def test_words_and_sentences_that_are_known_change_nothing() -> None:
    text = "It may rain.\nPerhaps it may\nnot."
    matcher = Matcher({"kind": ["may not", "may", "perhaps it"]})
    known = matcher.find(text, split_words(text), split_sentences(text))
    assert known == matcher.find(text) and len(known) == 3


@pytest.mark.parametrize("entry", ["", "...", "*", "a " * (LONGEST_ENTRY + 1)])
def test_an_entry_without_words_or_with_too_many_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match="an entry must hold 1 to 10 words"):
        Matcher({"kind": [entry]})


def test_every_entry_of_our_lists_finds_itself() -> None:
    for section in sorted({(one.list, one.section) for one in CATEGORIES}):
        entries = [entry for group in load_groups(*section) for entry in group]
        matcher = Matcher({"kind": [one for one in entries if not one.startswith("!")]})
        for entry in entries:
            if not entry.startswith("!"):
                text = " ".join(split_entry(entry)).replace("*", "")
                assert matcher.find(f"so {text} so"), entry


def test_an_exception_shadows_what_it_is_for() -> None:
    """An exception of our lists that shadows no entry would be a slip."""
    for section in sorted({(one.list, one.section) for one in CATEGORIES}):
        entries = [entry for group in load_groups(*section) for entry in group]
        matcher = Matcher({"kind": [one for one in entries if not one.startswith("!")]})
        for entry in entries:
            if entry.startswith("!"):
                text = " ".join(split_entry(entry.removeprefix("!"))).replace("*", "s")
                assert matcher.find(text), entry


def test_work_grows_with_the_text() -> None:
    program = """
from newsresearch.framing.matching import Matcher
entries = ["a a a a a a a a a b", "a* a* a* a*", "on the other hand", "a"]
matcher = Matcher({"one": entries, "two": [f"w{n}*" for n in range(5000)] + ["a b"]})
def read(text):
    matcher.find(text)
"""
    texts = {
        "one word": "a " * 20_000,
        "lines": "on the\nother\n" * 20_000,
        "no blanks": "a" * 400_000,
        "clitics": "a's're've " * 20_000,
        "many words": " ".join(f"w{n}x" for n in range(50_000)),
    }
    check_growth(program, texts)
