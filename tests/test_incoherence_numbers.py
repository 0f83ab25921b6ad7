"""Two numbers for one thing: in the body, and in the headline against the body."""

from __future__ import annotations

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.incoherence.figures import find_figures, read_values
from newsresearch.incoherence.finding import fires
from newsresearch.incoherence.numbers import conflicting_numbers, headline_number
from newsresearch.vocabulary import stem

# --- reading figures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit", "fate"),
    [
        ("The fire killed 12 people.", 12, "people", "dead"),
        ("There were 12 dead in the hall.", 12, "people", "dead"),
        ("Twelve sailors died at sea.", 12, "sailor", "dead"),
        ("The crash left 12 injured on the road.", 12, "people", "hurt"),
        ("Police arrested 12 men at dawn.", 12, "men", "seized"),
        ("They weighed a 127 kg catfish.", 127, "kg", ""),
        ("It was 2.67m long.", 2.67, "m", ""),
        ("The club paid £2.3m for it.", 2.3e6, "£", ""),
        ("The clip has 2.8billion views.", 2.8e9, "view", ""),
    ],
)
def test_a_figure_has_a_unit_and_a_fate(text: str, value: float, unit: str, fate: str) -> None:
    (figure,) = find_figures(Article("a", "", text))
    assert (figure.value, figure.unit, figure.fate) == (pytest.approx(value), stem(unit), fate)


def test_the_nearest_word_says_what_befell_them() -> None:
    figures = find_figures(Article("a", "", "The blast killed 12 people and wounded 15 others."))
    assert [(figure.value, figure.fate) for figure in figures] == [(12, "dead"), (15, "hurt")]


def test_every_number_of_a_text_is_read_quoted_or_not() -> None:
    assert read_values("“We saw twelve,” she said of 1,200 boats and 3% of £2m.") == {
        12, 1200, 3, 2e6,
    }  # fmt: skip


# --- in the body ------------------------------------------------------------------------------

TOLD = "The blast at the mill killed 12 people, the council wrote."


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ("The blast at the mill left 15 people dead.", ["15"]),
        ("The mill blast in which fifteen people died was heard at sea.", ["fifteen"]),
        ("The blast at the mill left 12 people dead.", []),
        ("The blast at the mill left twelve people dead.", []),
        ("The blast at the mill left 15 people injured.", []),
        ("The blast at the mill left three firemen dead.", []),
        ("The blast at the mill left at least 10 people dead.", []),
        ("The blast at the mill left more than ten people dead.", []),
        ("The blast at the mill left about 13 people dead.", []),
        ("The blast at the mill left a total of 15 people dead.", []),
        ("The blast at the mill in 1998 left 15 people dead.", []),
        ("“The blast at the mill left 15 people dead,” she said.", []),
        ("It rained on 15 people who stood there.", []),
    ],
)
def test_those_who_died_are_counted_once(later: str, found: list[str]) -> None:
    body = f"{TOLD} It rained all night and the river rose. {later}"
    assert fires(conflicting_numbers, body) == found


def test_two_speakers_who_disagree_are_no_defect() -> None:
    one = "The mill blast killed 12 people, police said."
    two = "The mill blast killed 15 people, the hospital said."
    assert fires(conflicting_numbers, f"{one} It rained all night. {two}") == []
    assert fires(conflicting_numbers, f"{one} It rained. {two.replace('the hospital', 'police')}")


def test_two_days_and_two_places_are_two_counts() -> None:
    told = "In Dunmarsh the flood killed 12 people on {}. It rained. "
    body = told + "In {} the flood killed 15 people on {}."
    assert fires(conflicting_numbers, body.format("Monday", "Dunmarsh", "Friday")) == []
    assert fires(conflicting_numbers, body.format("Monday", "Port Sallow", "Monday")) == []
    assert fires(conflicting_numbers, body.format("Monday", "Dunmarsh", "Monday")) == ["15"]


def test_one_sentence_told_twice_with_another_sum() -> None:
    told = "The council spent £{} on the new swimming pool by the harbour."
    body = f"{told.format('2.3m')} It rained. {{}}"
    assert fires(conflicting_numbers, body.format(told.format("2.9m"))) == ["£2.9m"]
    assert fires(conflicting_numbers, body.format(told.format("2.3m"))) == []
    assert fires(conflicting_numbers, body.format(told.format("another 2.9m"))) == []


def test_a_text_that_compares_many_figures_is_left_alone() -> None:
    told = "The club sold {} tickets for the cup match at the old ground."
    body = " It rained. ".join(told.format(count) for count in range(30, 44, 2))
    assert fires(conflicting_numbers, body) == []


# --- against the headline ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "body", "found"),
    [
        ("Mill blast kills 12 people", "Fifteen people died in the mill.", ["12"]),
        ("Mill blast kills 12 people", "Twelve people died in the mill.", []),
        ("Mill blast kills 12 people", "Nine people died. Then three people died.", []),
        ("Mill blast kills at least 12 people", "Fifteen people died in the mill.", []),
        ("Mill blast kills dozens", "Fifteen people died in the mill.", []),
        ("Mill blast kills 12 people", "Fifteen people were hurt in the mill.", []),
        ("Mill blast kills 12 people", "“We lost 12,” she said. Fifteen people died.", []),
        ("Singer turns down £500m deal", "The singer turned down a £700m deal.", ["£500m"]),
        ("Singer turns down £500 million deal", "She left a £500 deal.", ["£500 million"]),
        ("Driver gets $2,000 tip", "The driver got a tip of $2,084.", []),
        ("7 of 28 girls fell ill on trip", "All seven girls went home from the trip.", []),
        ("Band sells 300 tickets", "The band sold 200 cheap tickets.", []),
    ],
)  # fmt: skip
def test_the_headline_says_a_number_that_the_body_has_not(
    headline: str, body: str, found: list[str]
) -> None:
    assert fires(headline_number, f"It rained. {body}", headline) == found


def test_the_finding_points_at_both_numbers() -> None:
    one = {"headline": "Mill blast kills 12 people", "body": "Fifteen people died in the mill."}
    articles = pd.DataFrame([{"article_id": "a", **one}])
    (found,) = nr.find_incoherence(articles, ["headline_number"]).to_dict("records")
    assert (found["field"], found["quote"]) == ("headline", "12")
    assert (found["other_field"], found["other_quote"]) == ("body", "Fifteen")
    assert "‘Fifteen’" in found["reason"]


# --- planted ----------------------------------------------------------------------------------


def test_the_receipt_says_whether_the_thing_is_told_twice() -> None:
    told = "The council spent £2.3m on the new pool by the harbour."
    again = "It rained. For the pool by the harbour the council had spent £2.3m."
    weak = "Some 380 boats met by the old harbour. It rained. In the harbour 380 fish died."
    table = pd.DataFrame({"article_id": ["a", "b"], "headline": "", "body": [told + again, weak]})
    _, gold = nr.perturb(table, "change_number")
    reasons = gold.set_index("article_id")["reason"]
    assert reasons["a"].endswith("; told twice: both have one unit")
    assert reasons["b"].endswith("; nothing shows that both count one thing")
    assert set(gold["check"]) == {"conflicting_numbers"}


def test_a_change_against_the_headline_is_for_the_check_of_headlines() -> None:
    body = "It rained. The council closes 14 schools in the old town, the mayor wrote."
    row = {"article_id": "a", "headline": "Council closes 14 schools in town", "body": body}
    perturbed, gold = nr.perturb(pd.DataFrame([row]), "change_number")
    assert gold["check"].tolist() == ["headline_number"]
    assert "; told twice: both count ‘schools’" in gold["reason"].item()
    found = nr.find_incoherence(perturbed, ["headline_number"])
    assert found["quote"].tolist() == ["14"]
    assert found["other_quote"].tolist() == gold["quote"].tolist()
