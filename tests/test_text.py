"""Paragraphs, sentences and words: rules case by case, then the laws on any text."""

from __future__ import annotations

import re
from collections.abc import Callable

import nasty
import pytest
from hypothesis import given, settings

from newsresearch.text import Span, locate, split_paragraphs, split_sentences, split_words

Split = Callable[[str], list[Span]]
SPLITS = (split_paragraphs, split_sentences, split_words)


def pieces(split: Split, text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


# --- spans -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "index"), [(-1, -1), (0, 0), (2, 0), (3, -1), (4, -1), (5, 1), (8, 1), (9, -1), (99, -1)]
)
def test_locate_finds_the_span_that_holds_a_place(at: int, index: int) -> None:
    assert locate([Span(0, 3), Span(5, 9)], at) == index


def test_locate_finds_nothing_among_no_spans() -> None:
    assert locate([], 0) == -1


def test_a_span_cuts_its_characters() -> None:
    assert Span(4, 7).of("The old pier") == "old"


# --- paragraphs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\r\n\xa0", []),
        ("One.", ["One."]),
        ("  One.\t", ["One."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\n\n\nTwo.", ["One.", "Two."]),
        ("One.\r\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("One.\u2028Two.\u2029Three.\x85Four.", ["One.", "Two.", "Three.", "Four."]),
        ("One.\vTwo.\fThree.", ["One.", "Two.", "Three."]),
        ("One\ngoes on.", ["One\ngoes on."]),
        ("One\r\ngoes on.", ["One\r\ngoes on."]),
        ("One\n\nparts here.", ["One", "parts here."]),
        ("One.\n \n Two.", ["One.", "Two."]),
    ],
)
def test_paragraphs_end_where_lines_do(text: str, expected: list[str]) -> None:
    assert pieces(split_paragraphs, text) == expected


WRAPPED = [
    "The council met on Tuesday to talk about the ferry, the pier and",
    "May’s timetable. The chair said that nobody had asked the crew in",
    "Port Ellis, and that this would be put right before the summer by",
    "Ann Lee, who runs the harbour. Two members left the room after a",
    "Short row over the cost of the new timbers.",
]


def test_hard_wrapped_lines_are_one_paragraph_up_to_a_blank_line() -> None:
    text = "\n".join(WRAPPED) + "\n\nIt rained."
    assert pieces(split_paragraphs, text) == ["\n".join(WRAPPED), "It rained."]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(WRAPPED[:4], id="too few to tell"),
        pytest.param([line + "." for line in WRAPPED], id="each line ends a sentence"),
        pytest.param([line[:40] for line in WRAPPED], id="lines too short to be wrapped"),
        pytest.param([line * 2 for line in WRAPPED], id="lines too long to be wrapped"),
    ],
)
def test_other_lines_are_paragraphs_of_their_own(lines: list[str]) -> None:
    assert len(split_paragraphs("\n".join(lines))) == len(lines)


# --- sentences -------------------------------------------------------------------------------

# '|' marks where a sentence ends.
SENTENCES = [
    # titles, initials, firms, places
    "Mr. Lee met Dr. Roe.| They left.",
    "Lt.-Gen. Roe and Gov. Lee spoke.| He left.",
    "Sens. Lee and Roe voted no.| They lost.",
    "J. R. R. Lee wrote it.| A. Roe read it.",
    "Roe v. Lee was heard.| It ended.",
    "Roe Inc. sued.| She won.",
    "She left Roe Inc.| The firm failed.",
    "Ann Lee Jr. won.| She wept.",
    "The U.S. law failed.",
    "They left the U.S.| The law failed.",
    "It was U.S.-led.| It failed.",
    "She has a Ph.D. from Roe.| He has none.",
    "They met on St. James Street.| It rained.",
    "Fruit, e.g. apples, i.e. food, rotted.| It stank.",
    # numbers, months, clocks
    "It rose 3.5 percent.| It fell.",
    "It cost $1.5m.| He paid.",
    "No. 5 won.| It was late.",
    "Was it so?| No.| It was not.",
    "It was Jan. 5.| It rained.",
    "In Jan. it rained.",
    "It began at 5 p.m. on Friday.| It rained.",
    "It began at 5 p.m. Friday.| It rained.",
    "It began at 5 p.m. GMT.| It rained.",
    "It began at 5 p.m.| The crowd cheered.",
    "It began at 5.30pm.| He left.",
    "5. The list goes on.| 6. It ends.",
    # quotations and brackets
    "“It went well.”| He left.",
    "“It went well,” she said.| He left.",
    '"It went well."| He left.',
    "‘It went well.’| He left.",
    "She said: “No.”| He left.",
    "It ended.| “No more,” he said.",
    "“Is it late?” Ann Lee asked.| It was.",
    "“Is it late?”| It was.",
    "“It is late!” he said.| It was.",
    "He left.| (She stayed.)| It rained.",
    "He left (at five).| She stayed.",
    "«Nein.»| He left.",
    "She spoke. ”| He left.",
    # other stops
    "Yes!| No?| Really?!| Yes.",
    "Wait...| He left.",
    "Wait… he left.",
    "Wait . . . he left.| She stayed.",
    "He said so. …| It goes on.",
    "It grew.\u2003It fell.".replace("\u2003", "|\u2003"),
    # lost spaces
    "It closed last year.|The owner left.",
    "It closed.|“We know,” she said.",
    "It closed in 2021.|The owner left.",
    "See Booking.com.| It is down.",
    "See Booking.Com or U.S.A or a.b or ann.Lee@x.y now.",
    # paragraphs end sentences without a stop
    "One line|\n\nAnother line",
    "no stop at all",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_a_reader_says(marked: str) -> None:
    text = marked.replace("|", "")
    assert pieces(split_sentences, text) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u2028"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


# A straight mark without its partner, or glued to a full stop, may open or close.
BOTH_WAYS = [s for s in SENTENCES if set("“‘") & set(s) and ".|“" not in s]


@pytest.mark.parametrize("marked", BOTH_WAYS)
def test_straight_quotes_split_like_curly_ones(marked: str) -> None:
    straight = marked.translate(str.maketrans("“”‘’", "\"\"''"))
    text = straight.replace("|", "")
    assert pieces(split_sentences, text) == [part.strip() for part in straight.split("|")]


# --- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("— … “”", []),
        ("The U.S. can’t pay $1,200.", ["The", "U.S.", "can’t", "pay", "1,200"]),
        ("can't won’t", ["can't", "won’t"]),
        ("e-mail well‑known x--y", ["e-mail", "well‑known", "x", "y"]),
        ("3.5 5:30 1.2.3 7.", ["3.5", "5:30", "1.2.3", "7"]),
        ("p.m. e.g., A.B. a.b", ["p.m.", "e.g.", "A.B.", "a", "b"]),
        ("rock 'n' roll '90s", ["rock", "n", "roll", "90s"]),
        ("O’Brien's Straße naïve", ["O’Brien's", "Straße", "naïve"]),
        ("a_b #tag @user 10%", ["a", "b", "tag", "user", "10"]),
        ("дом 日本 ٣٤", ["дом", "日本", "٣٤"]),
    ],
)
def test_words_hold_letters_digits_and_inner_marks(text: str, expected: list[str]) -> None:
    assert pieces(split_words, text) == expected


# --- laws ------------------------------------------------------------------------------------


def outside(spans: list[Span], text: str) -> str:
    """Return what lies between the spans and around them."""
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


@pytest.mark.parametrize("split", SPLITS)
@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_spans_are_in_order_inside_the_text_and_apart(split: Split, text: str) -> None:
    at = 0
    for start, end in split(text):
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize("split", [split_paragraphs, split_sentences])
@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_only_blanks_lie_outside_paragraphs_and_sentences(split: Split, text: str) -> None:
    assert outside(split(text), text).strip() == ""
    assert all(piece == piece.strip() for piece in pieces(split, text))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_words_lie_in_sentences_and_sentences_in_paragraphs(text: str) -> None:
    paragraphs, sentences = split_paragraphs(text), split_sentences(text)
    for outer, inner in ((paragraphs, sentences), (sentences, split_words(text))):
        for span in inner:
            index = locate(outer, span.start)
            assert index >= 0
            assert span.end <= outer[index].end


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_words_hold_every_letter_and_digit(text: str) -> None:
    inside = "".join(pieces(split_words, text))
    assert [c for c in inside if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_split_to_the_last_character(name: str) -> None:
    text = nasty.long_text(name, 60_000)
    assert outside(split_sentences(text), text).strip() == ""
    assert re.search(r"[^\W_]", outside(split_words(text), text)) is None
