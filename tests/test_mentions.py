"""Mentions of people: who is named, how, and whether the name speaks."""

from __future__ import annotations

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.mentions import find_mentions, find_people

# Names as found; '*' after a full one, '!' after one that speaks, the title in front.
CASES = [
    ("Mayor Ann Lee spoke. Lee left.", ["mayor Ann Lee*!", "Lee"]),
    ("Defence minister Ilse Kessler said so.", ["defence minister Ilse Kessler*!"]),
    ("U.S. President Ann Lee flew to London.", ["president Ann Lee*"]),
    ("Mr Lee left. Then Mayor Lee left.", ["mr Lee", "mayor Lee"]),
    ("Dr. Lee left. Prof. Ann B. Lee won.", ["dr Lee", "prof Ann B. Lee*"]),
    ("“I know,” said Lee.", ["Lee!"]),
    ("Lee has also said no.", ["Lee!"]),
    ("Roe and Lee’s ship sank. It was Lee's.", ["Roe", "Lee", "Lee"]),
    ("A spokeswoman for Lee said no.", ["Lee"]),
    ("Lee, a baker, won.", ["described Lee"]),
    ("Ann Lee, 43, left. Ann Lee Jr. won.", ["described Ann Lee*", "Ann Lee*"]),
    ("John von Roe met Maria de la Cruz.", ["John von Roe*", "Maria de la Cruz*"]),
    ("Bashar al-Noor spoke. Ann Lee-Roe left.", ["Bashar al-Noor*!", "Ann Lee-Roe*"]),
    ("Will Lee won.", ["Will Lee*"]),
    ("The Harbour Council met in May.", []),
    ("NATO said so. Paris said no. Canadians agreed.", []),
    ("ANN LEE LEFT. ann lee left.", []),
    ("The Palestinians voted. On Monday It rained.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_people_are_told_from_other_names(text: str, expected: list[str]) -> None:
    shown = [
        f"{m.title} {m.name}".strip() + "*" * m.full + "!" * m.speaks for m in find_mentions(text)
    ]
    assert shown == expected


def test_a_mention_knows_its_place_its_quotation_and_its_surname() -> None:
    text = "Ann Lee left. “Max de Roe won,” Lee said."
    mentions = find_mentions(text)
    assert [text[m.start : m.end] for m in mentions] == [m.name for m in mentions]
    assert [m.quoted for m in mentions] == [False, True, False]
    assert [m.surname for m in mentions] == ["Lee", "Roe", "Lee"]
    assert [m.introduces for m in mentions] == [True, True, False]


def test_a_possessive_is_no_part_of_the_name() -> None:
    (mention,) = find_mentions("They took Lee’s ship.")
    assert (mention.name, mention.end - mention.start) == ("Lee", 3)


def test_a_name_across_a_wrapped_line_is_one_and_across_a_paragraph_is_none() -> None:
    lines = [
        "the council met again on Tuesday to talk about the old ferry and",
        "the pier of the town, which had been shut since the storm, and it",
        "was said by many who came that the work would be done when Ann",
        "Lee came back from the north, as she had been asked to do by the",
        "crew in March, though nobody was sure.",
    ]
    names = [mention.name.split() for mention in find_mentions("\n".join(lines))]
    assert ["Ann", "Lee"] in names
    for newline in ("\n", "\r\n", "\n\n"):
        assert [m.name for m in find_mentions(f"He met Ann{newline}Lee left.")] == ["Ann", "Lee"]


def test_a_role_at_the_end_of_a_paragraph_is_no_title_of_the_next_name() -> None:
    assert [m.title for m in find_mentions("They met the mayor\nAnn Lee left.")] == [""]
    assert [m.title for m in find_mentions("They met the mayor Ann Lee.")] == ["mayor"]


def test_mentions_of_one_surname_are_one_person_in_order_of_the_text() -> None:
    text = "Kessler said no. Mayor Ann Lee spoke. Ilse Kessler left. “Lee won,” said Lee."
    people = find_people(text)
    assert [person.surname for person in people] == ["Kessler", "Lee"]
    assert [len(person.mentions) for person in people] == [2, 3]
    for person in people:
        starts = [mention.start for mention in person.mentions]
        assert starts == sorted(starts)


def test_a_name_that_neither_speaks_nor_has_a_title_is_nobody() -> None:
    assert find_people("They went to Brimhaven. Brimhaven is cold.") == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_mentions_are_in_order_apart_and_quote_the_text(text: str) -> None:
    at = 0
    for mention in find_mentions(text):
        assert at <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.name
        at = mention.end


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_searched_to_the_end(name: str) -> None:
    text = nasty.long_text(name, 12_000) + "\n\nMayor Ida Quell spoke."
    last = find_people(text)[-1]
    assert (last.surname, last.mentions[-1].end) == ("Quell", len(text) - len(" spoke."))
