"""What the checks pass over since their findings were read, and what they still see."""

from __future__ import annotations

import pytest
from growth import check_growth

from newsresearch.incoherence.consistency import name_variant
from newsresearch.incoherence.damage import repeated_word
from newsresearch.incoherence.finding import fires
from newsresearch.incoherence.introductions import late_introduction
from newsresearch.incoherence.quoting import broken_quotation
from newsresearch.incoherence.repeats import repeated_sentence
from newsresearch.incoherence.spellings import spelling_variant
from newsresearch.incoherence.style import style_switch

OPEN = "She said: “The bridge is safe and will stay open."
LONG = (
    "The council met on Monday and talked about the bridge for three hours, but it came to no "
    "result that anybody could name."
)
SAID = "The council closed the old bridge to all traffic on Monday."
FIRST = "Mr Lee said rents rose by 2 per cent. Mr Roe expects 3 per cent."
OTHER = "Pay went up by 4% in a year. Rents went up by 5%."


@pytest.mark.parametrize(
    "body",
    [
        f"{OPEN}\n\nThe bridge at noon (Ann Lee)\n\n“We checked it,” she said.",
        f"{OPEN}\n\n‘Not our fault’\n\nPicture: Ann Lee\n\n“We checked it,” she said.",
        f"{OPEN}\n\nIt is old.\n\nIt is still strong.”\n\nThe mayor left.",
        "“It rained, ’’ she said, and left the hall.",
        "A piece called “Five Ways to Row at 34″ went round.",
        'The page said <iframe width="590" scrolling="no"> and no more.',
        'He came from the "north side" of Ely."The boat was late," she said.',
        "The bill reads: “(a) The office shall act. “(b) The office shall report. It passed.",
        "She could not get a 40” screen in the shop.",
        "â€” Ann Lee wrote from the hall, and â€” she said â€” it rained. â€”” So it was.",
    ],
)
def test_a_quotation_that_is_whole_in_another_way_is_passed_over(body: str) -> None:
    assert fires(broken_quotation, body) == []


@pytest.mark.parametrize(
    "body",
    [
        f"{OPEN}\n\n{LONG}\n\n“We checked it,” she said.",
        f"{OPEN}\n\nShort.\n\nShort.\n\nShort.\n\n“We checked it,” she said.",
        f"{OPEN}" + "\n\nIt is old." * 25 + " It stands.”",
        "It is still strong.”\n\nThe mayor left.",
        'Ann Lee came." The mayor left," she said.',
    ],
)
def test_a_quotation_that_is_broken_is_still_found(body: str) -> None:
    assert fires(broken_quotation, body)


@pytest.mark.parametrize(
    "body",
    [
        f"{SAID} pic.twitter.com/a1\n\n{LONG}\n\n{SAID} @annlee",
        f"{SAID} (AP Photo/Ann Lee)\n\n{LONG}\n\n{SAID}",
        f"It rained.\n\n{SAID}\n\n{SAID}\n\n{LONG}",
        "Old Bridge Town Map, Two Sheets, Blue Cover (Used)\n\nIt rained.\n\n" * 2,
        f"It rained all day. {SAID[:-1]}\n\n{LONG}\n\nIt rained. {SAID[:-1]}",
    ],
)
def test_posts_captions_and_lines_may_stand_twice(body: str) -> None:
    assert fires(repeated_sentence, body) == []


def test_a_sentence_that_comes_again_in_prose_is_still_found() -> None:
    assert fires(repeated_sentence, f"{SAID}\n\n{LONG}\n\nIt rained. {SAID}") == [SAID]
    assert fires(repeated_sentence, f"{SAID}\n\n{LONG}\n\n{SAID}") == [SAID]


@pytest.mark.parametrize(
    "later",
    [
        "Shares of Our Town Bank Jump Again: Up 4% and Then 5% Today.",
        "The bank wrote:\n\nPay went up by 4% in a year. Rents went up by 5%.",
        "Pay went up by 4% in a year. Rents went up by 5%.\n\n— Ann Lee (@annlee)",
        "LEE INC 22.1 +4%\nROE INC 20.3 -5%",
        f"{OTHER} #rents",
    ],
)
def test_another_hand_keeps_its_style(later: str) -> None:
    assert fires(style_switch, f"{FIRST}\n\n{later}") == []


def test_a_switch_of_the_text_itself_is_still_found() -> None:
    assert fires(style_switch, f"{FIRST}\n\n{OTHER}") == ["%"]
    assert fires(style_switch, "Mr Lee met Mr Roe.\n\nDr. Ely met Dr. Orr.") == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("The colour is grey.\n\nThe color of #rain is blue.", []),
        ("The colour is grey.\n\nThe firm wrote:\n\nIt rained.\n\nThe color is blue.", []),
        ("The colour is grey.\n\nIt rained.\n\nThe color is blue.", ["color"]),
    ],
)
def test_spellings_of_others_do_not_count(body: str, found: list[str]) -> None:
    assert fires(spelling_variant, body) == found


LATE = "Roe said no to the plan. It rained.\n\nThe mayor of Ely, Ilse Roe, left."


def test_who_is_named_in_the_headline_is_not_introduced_late() -> None:
    assert fires(late_introduction, LATE) == ["Roe"]
    assert fires(late_introduction, LATE, headline="Ilse Roe rejects plan") == []
    assert fires(late_introduction, f"Ilse Roefor mayor. {LATE}") == []


def test_a_relative_and_an_ordinary_word_are_somebody_else() -> None:
    wife = "Roe said no to the plan. He left.\n\nHis wife, Ilse Roe, said yes."
    assert fires(late_introduction, wife) == []
    assert fires(late_introduction, wife.replace("His wife, ", "Mayor ")) == ["Roe"]
    ordinary = "Policy said no to the plan. He left.\n\nMayor Ilse Policy has a policy."
    assert fires(late_introduction, ordinary) == []


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Margolis", "Magolis", True),
        ("Sotloff", "Soltoff", True),
        ("Petrovich", "Petrovicz", True),
        ("Kirby", "Kerry", False),
        ("Korea", "Korean", False),
        ("Jong-un", "Jong-il", False),
    ],
)
def test_surnames_that_are_nearly_the_same(one: str, two: str, same: bool) -> None:
    body = f"Olga {one} sang. Olga {one} left. Then Olga {two} came back."
    assert fires(name_variant, body) == ([f"Olga {two}"] if same else [])


def test_a_plural_of_a_name_is_no_variant() -> None:
    body = "Olga Stern sang. Olga Stern left. Think of the Olga Sterns of this world."
    assert fires(name_variant, body) == []


def test_a_word_before_a_firm_is_not_typed_twice() -> None:
    assert fires(repeated_word, "They met at AT&T in Ely.") == []


PIECES = {
    "opened": "She said “it rains. ",
    "items": "“(a) It rains. ",
    "closed": "It rains.” ",
    "paragraphs": "“It rains all day.\n\n",
    "odd marks": "“It rains ’’ here. ",
    "posts": "It rains in the old town of Ely again today @roe. ",
    "ways": "Pay rose 4%. Mr Roe said “no”.\n\n",
    "late": "Roe said no. Mayor Ilse Roe left. Lee said no. Mayor Ann Lee left.\n\n",
    "names": "Olga Petrovich and Olga Petrovicz sang. ",
}
READ = """
from newsresearch.incoherence import find_incoherence
import pandas as pd
CHECKS = ["broken_quotation", "repeated_sentence", "style_switch", "spelling_variant",
          "late_introduction", "name_variant", "repeated_word"]
def read(text):
    table = pd.DataFrame({"article_id": ["a"], "headline": ["Roe " * 200], "body": [text]})
    find_incoherence(table, CHECKS)
"""


def test_time_grows_with_length_only() -> None:
    check_growth(READ, {name: piece * (100_000 // len(piece)) for name, piece in PIECES.items()})
