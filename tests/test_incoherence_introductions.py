"""The checks of names on what is planted, and beside the table of introductions."""

from __future__ import annotations

import pandas as pd
import pytest

import newsresearch as nr

CHECKS = ["late_introduction", "never_introduced", "re_introduction", "acronym_unexpanded"]


def find(body: str, headline: str = "") -> list[list[str]]:
    articles = pd.DataFrame({"article_id": ["a"], "headline": [headline], "body": [body]})
    return nr.find_incoherence(articles, CHECKS)[["check", "quote"]].values.tolist()


def test_most_people_whose_introduction_was_removed_are_found() -> None:
    demo = nr.load_dataset("demo").query("kind == 'clean'")
    perturbed, gold = nr.perturb(demo, "remove_introductions")
    gold = gold[gold["check"] != "not_planted"]
    found = nr.find_incoherence(perturbed, CHECKS[:2])
    places = {(row.article_id, row.end) for row in found.itertuples()}
    missed = [row.quote for row in gold.itertuples() if (row.article_id, row.end) not in places]
    assert len(gold) == 12
    assert len(missed) <= 1, missed
    assert len(found) == len(gold) - len(missed)


def test_a_courtesy_title_is_found_also_of_somebody_who_does_not_speak() -> None:
    assert find("The pier belongs to Mrs Roe.") == [["never_introduced", "Roe"]]
    later = "The pier belongs to Mrs Roe.\n\nIt rained. Mrs Roe, a baker, paid."
    assert find(later) == [["late_introduction", "Roe"]]


@pytest.mark.parametrize(
    "body",
    [
        "“The pier belongs to Mrs Roe,” said the mayor.",
        "Olga Roe paid. The pier belongs to Mrs Roe.",
        "Speaker Olga A. Roe paid. The pier belongs to Mrs Roe.",
        "“[The baker Olga] Roe paid.” The pier belongs to Mrs Roe.",
        "Palmer Roe paid for it. Roe said no.",
        "A baker, Roe, said no. Roe said so again.",
        "Putin and the Obamas said no, and Obama said so again.",
        "Olga Brandt said no. Olga has said so twice.",
        "Roe v. Ely was read. Later Olga Roe said no.",
        "The three Roe brothers left. Later Olga Roe said no.",
    ],
)
def test_names_that_are_introduced_or_nobodys_raise_no_alarm(body: str) -> None:
    assert find(body) == []
