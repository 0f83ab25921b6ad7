"""Word lists: sections are read, comments dropped, and no word stands twice for two ends."""

from __future__ import annotations

from importlib.resources import files

import pytest

from newsresearch.lexicons import load_entries, load_groups, load_words

LISTS = sorted(
    entry.name.removesuffix(".txt")
    for entry in files("newsresearch.lexicons").iterdir()
    if entry.name.endswith(".txt")
)


def test_sections_comments_and_blanks() -> None:
    assert "mr" in load_words("sentences", "titles")
    assert "that being said" in load_entries("variants", "connectives")
    assert ("Kyiv", "Kiev") in load_groups("variants", "names")
    assert not any("#" in word for name in LISTS for word in load_words(name, ""))


def test_an_unknown_section_is_an_error() -> None:
    with pytest.raises(KeyError):
        load_words("sentences", "nothing")


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_plain_text_in_one_spelling(name: str) -> None:
    raw = files("newsresearch.lexicons").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    assert raw.startswith("#"), "the first line says what the list is"
    assert "\t" not in raw and "\r" not in raw


def test_a_surname_cannot_be_both_known_and_nobody() -> None:
    known = load_words("names", "assumed_known")
    # 'May' is a head of government and a month; elsewhere the lists must not meet.
    assert known & load_words("names", "people_unknown") == {"may"}


@pytest.mark.parametrize("kind", ["verbs", "nouns", "adjectives"])
def test_opposites_hold_no_word_on_both_sides(kind: str) -> None:
    for like, unlike in load_groups("opposites", kind):
        assert not set(like.split()) & set(unlike.split()), like


def test_spellings_are_pairs_that_differ() -> None:
    pairs = load_groups("variants", "spellings")
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
    assert len({pair[0] for pair in pairs}) == len(pairs)
