"""Plain forms: straight marks, visible letters, and the way back to the stored text."""

from __future__ import annotations

import unicodedata

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.plain import find_masks, plain_text, smooth, straighten


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("“It isn’t good”", '"It isn\'t good"'),
        ("‘So’ ‚so‛ „so‟ «so» 5′ 6″", "'So' 'so' \"so\" \"so\" 5' 6\""),
        ("10\xa0km", "10 km"),
        ("plain 'text' \"stays\"", "plain 'text' \"stays\""),
    ],
)
def test_straighten_makes_marks_plain(text: str, expected: str) -> None:
    assert straighten(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fan\xadtas\u200btic\ufeff", "fantastic"),
        ("\u202egood\u202c \u2067day\u2069", "good day"),
        ("Good\0news\x07here", "Good news here"),
        ("cafe\u0301", "café"),
        ("line\nand\ttab", "line\nand\ttab"),
        ("👩‍👧", "👩👧"),
    ],
)
def test_plain_text_shows_every_word_to_the_engines(text: str, expected: str) -> None:
    assert plain_text(text) == expected


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_straighten_keeps_the_length_and_every_letter(text: str) -> None:
    straight = straighten(text)
    assert len(straight) == len(text)
    assert all(a == b for a, b in zip(text, straight, strict=True) if a.isalnum())


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_plain_forms_stay_as_they_are(text: str) -> None:
    assert straighten(straighten(text)) == straighten(text)
    assert plain_text(plain_text(text)) == plain_text(text)
    assert smooth(smooth(text).text).text == smooth(text).text


# --- smooth ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It isn’t good”", "“It isn’t good”"),
        ("fan\xadtas\u200btic", "fantastic"),
        ("Mr\xa0Lee\u2003left", "Mr Lee left"),
        ("Mr   Lee \t left.  He", "Mr Lee left. He"),
        ("One.\u2028Two.\x85Three.\vFour.\fFive.", "One.\nTwo.\nThree.\nFour.\nFive."),
        ("good\0news", "good news"),
        ("cafe\u0301s", "cafés"),
        ("a\n\n  b\r\n", "a\n\n  b\r\n"),
    ],
)
def test_smooth_takes_out_what_hides_words(text: str, expected: str) -> None:
    assert smooth(text).text == expected


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_smooth_knows_where_each_character_stood(text: str) -> None:
    found = smooth(text)
    at = 0
    for place, char in enumerate(found.text):
        start, end = found.stored(place, place + 1)
        assert at <= start < end <= len(text)
        at = start
        if char.isalnum():
            assert unicodedata.normalize("NFC", text[start:end]).startswith(char)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_smooth_loses_no_letter(text: str) -> None:
    letters = [char for char in unicodedata.normalize("NFC", text) if char.isalnum()]
    smoothed = unicodedata.normalize("NFC", smooth(text).text)
    assert [char for char in smoothed if char.isalnum()] == letters


def test_a_span_over_what_was_taken_out_holds_it_in_the_stored_text() -> None:
    text = "The fan\xadtas\u200btic  ferry\u200b left."
    found = smooth(text)
    start = found.text.index("fantastic ferry")
    stored = found.stored(start, start + len("fantastic ferry"))
    assert text[slice(*stored)] == "fan\xadtas\u200btic  ferry"


def test_a_span_up_to_an_accent_holds_its_mark_in_the_stored_text() -> None:
    text = "The cafe\u0301 closed."
    found = smooth(text)
    assert found.text[4:8] == "café"
    assert text[slice(*found.stored(4, 8))] == "cafe\u0301"


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_made_plain(name: str) -> None:
    text = nasty.long_text(name, 30_000)
    assert len(plain_text(text)) <= len(text)
    found = smooth(text)
    assert found.stored(0, len(found.text))[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "masks"),
    [
        ("The vote @ @ @ @ @ @ @ was close.", [(9, 22)]),
        ("@ @ @\nand @ @ @", [(0, 5), (10, 15)]),
        ("Write to @ or @ @, or a@b.example @@@.", []),
        ("@lee @ann @bo", []),
    ],
)
def test_masks_are_rows_of_lone_at_signs(text: str, masks: list[tuple[int, int]]) -> None:
    assert find_masks(text) == masks
