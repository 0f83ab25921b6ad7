"""Two numbers, dates or statements that cannot both be right, and sentences that come twice."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from growth import check_growth

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.incoherence.contradiction import negated_statement
from newsresearch.incoherence.dates import conflicting_dates
from newsresearch.incoherence.figures import find_figures
from newsresearch.incoherence.finding import fires
from newsresearch.incoherence.numbers import conflicting_numbers
from newsresearch.incoherence.repeats import repeated_sentence
from newsresearch.vocabulary import stem

# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The club spent £2.3m on it.", 2.3e6, "£"),
        ("The club spent $40 billion on it.", 40e9, "$"),
        ("Some 1,200 sailors met.", 1200, "sailor"),
        ("There were twenty-five angry sailors.", 25, "sailor"),
        ("It rose by 19 per cent.", 19, "%"),
        ("Police counted 12 people.", 12, "people"),
    ],
)
def test_figures_are_read_with_value_and_unit(text: str, value: float, unit: str) -> None:
    (figure,) = find_figures(Article("a", "", text))
    assert (figure.value, figure.unit) == (pytest.approx(value), stem(unit))


@pytest.mark.parametrize(
    "text",
    [
        "It opened in 2015 with songs.",
        "It opened on March 3 with songs.",
        "It opens at 5 p.m. with songs.",
        "Ann Lee, 34, sang songs.",
        "He wrote on page 12 songs.",
        "She has an iPhone 6 plus songs.",
        "“We sang 12 songs,” she said.",
    ],
)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert find_figures(Article("a", "", text)) == []


TOLD = "The fire killed 12 people in the harbour."


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ("The harbour fire that killed 15 people is out.", ["15"]),
        ("The harbour fire that killed 13 people is out.", ["13"]),
        ("The harbour fire that killed at least 10 people is out.", []),
        ("The harbour fire that killed more than 10 people is out.", []),
        ("The harbour fire that killed another 15 people is out.", []),
        ("The harbour fire that killed 15 horses is out.", []),
        ("The harbour fire that killed between 15 and 18 people is out.", []),
        ("The market was full: 15 people sold fish.", []),
    ],
)
def test_numbers_conflict_only_where_both_cannot_be_right(later: str, found: list[str]) -> None:
    assert fires(conflicting_numbers, f"{TOLD} It rained. {later}") == found


# --- dates --------------------------------------------------------------------------------------

DAYS = [date(1990, 1, 27) + timedelta(days=97 * step) for step in range(150)]
NAMES = [f"{date(2024, 1, 1) + timedelta(days=step):%A}" for step in range(7)]


@pytest.mark.parametrize(
    "style", ["{0:%A}, {0:%B} {0.day}, {0:%Y}", "{0:%A} {0.day} {0:%B} {0:%Y}"]
)
def test_the_calendar_decides_for_every_weekday(style: str) -> None:
    for day in DAYS:
        right = style.format(day)
        for name in NAMES:
            written = right.replace(f"{day:%A}", name)
            found = fires(conflicting_dates, f"The hall opened on {written}.")
            assert found == ([] if name == f"{day:%A}" else [written])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It opens on Monday, March 2 and closes on Friday, March 6.", []),
        ("It opens on Monday, March 2 and closes on Friday, March 7.", ["Friday, March 7"]),
        ("It opens on Monday, March 2. Another did on Friday, November 7.", []),  # far: other years
        ("It opens on Monday, February 24 and closes on Monday, March 2.", []),  # a leap year
        ("“It opens on Monday, March 3, 2015,” she said.", []),
        ("It opens on Monday, February 30, 2015.", []),
        ("It opened on Monday, July 4, 1740.", []),
    ],
)
def test_dates_without_a_year_need_a_near_one(text: str, found: list[str]) -> None:
    assert fires(conflicting_dates, text) == found


def test_one_event_on_two_weekdays_is_a_hint() -> None:
    told = "The council closed the old bridge to lorries on Monday."
    body = f"{told} It rained. {told.replace('Monday', 'Tuesday')}"
    articles = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    found = nr.find_incoherence(articles, ["conflicting_dates"])
    assert found["quote"].tolist() == ["Tuesday"]
    assert found["other_quote"].tolist() == ["Monday"]
    assert found["confidence"].tolist() == ["hint"]
    other = "The council will close the town hall and its garden on Tuesday."
    assert fires(conflicting_dates, f"{told} It rained. {other}") == []


# --- statements ---------------------------------------------------------------------------------

SAID = "The old bridge was closed to all traffic on Monday."


@pytest.mark.parametrize(
    ("later", "fired"),
    [
        ("The old bridge was not closed to all traffic.", True),
        ("The old bridge wasn’t closed to all traffic.", True),
        ("The old bridge was never closed to all traffic on Monday.", True),
        ("The old bridge was not closed until all traffic was gone.", False),
        ("The old bridge was not only closed to all traffic.", False),
        ("Was the old bridge not closed to all traffic?", False),
        ("The old bridge will not be closed to all traffic.", False),
        ("The old bridge was not closed to all cyclists.", False),
        ("The old bridge was closed to all traffic on Monday and no ferry ran.", False),
        ("The mayor denied that the old bridge was not closed to all traffic.", False),
    ],
)
def test_a_denial_counts_where_it_denies_the_same(later: str, fired: bool) -> None:
    assert fires(negated_statement, f"{SAID} It rained. {later}") == ([later] if fired else [])
    assert len(fires(negated_statement, f"{later} It rained. {SAID}")) == fired


# --- repeats ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"{SAID} It rained.\n\n{SAID}", [SAID]),
        (f"{SAID} It rained. The old bridge was closed to traffic on Monday.", ["The old bridge"]),
        (f"{SAID} It rained. The old bridge was not closed to all traffic on Monday.", []),
        (f"{SAID[:-1]}\n\nIt rained. {SAID}", []),  # a caption
        (f"“{SAID}”\n\nIt rained, she said. “{SAID}” Then she left.", []),  # a pull quote
    ],
)
def test_repeats_are_the_text_s_own(body: str, found: list[str]) -> None:
    quotes = fires(repeated_sentence, body)
    assert len(quotes) == len(found)
    assert all(quote.startswith(begin) for quote, begin in zip(quotes, found, strict=True))


def test_a_repeated_row_is_one_finding_and_ten_times_too() -> None:
    row = f"{SAID} Yes. Boats may pass under the old bridge between noon and midnight."
    assert fires(repeated_sentence, f"{row}\n\nIt rained.\n\n{row}") == [row]
    assert len(fires(repeated_sentence, "\n\n".join([SAID] * 10))) == 1


def test_a_repeated_sentence_can_be_planted_and_is_found() -> None:
    demo = nr.load_dataset("demo").query("kind == 'clean'")
    perturbed, gold = nr.perturb(demo, "repeat_sentence")
    found = nr.find_incoherence(perturbed, ["repeated_sentence"])
    assert len(gold) == len(demo) == len(found)
    assert (gold["quote"] == gold["other_quote"]).all()
    assert (found.set_index("article_id")["quote"] == gold.set_index("article_id")["quote"]).all()


# --- hostile texts ------------------------------------------------------------------------------

READ = """
import pandas as pd
from newsresearch.incoherence import find_incoherence
CHECKS = ["conflicting_numbers", "headline_number", "conflicting_dates", "negated_statement",
          "repeated_sentence"]
def read(text):
    table = pd.DataFrame({"article_id": ["a"], "headline": ["12 people die"], "body": [text]})
    find_incoherence(table, CHECKS)
"""
PIECES = {
    "figures in one sentence": "12 people and 15 people, ",
    "figures in many": "The fire killed 12 people. The fire killed 15 people. ",
    "digits": "1,234,567,890.12",
    "blanks": "12 ",
    "dates": "on Monday, March 3 and Monday, March 4, 2015. ",
    "denials": "The old bridge was not closed to traffic. The old bridge was closed to boats. ",
    "not": "not closed bridge ",
    "repeats": "The council closed the old bridge to all traffic on Monday. ",
}


def test_time_grows_with_length_only() -> None:
    check_growth(READ, {name: piece * (300_000 // len(piece)) for name, piece in PIECES.items()})
