"""Intruders, breaks of subject, changes of style, and what coincides at a seam."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from growth import check_growth

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.incoherence.finding import fires
from newsresearch.incoherence.intruders import (
    compare_sentences,
    intruder_sentence,
    rank_intruders,
)
from newsresearch.incoherence.links import topic_break
from newsresearch.incoherence.seams import splice
from newsresearch.incoherence.style import style_switch

NEW = ("intruder_sentence", "topic_break", "style_switch", "splice")

FERRY = (
    "The ferry captain steered past the pier. The harbour pilot watched the captain. "
    "The pilot boarded the ferry. Passengers left the ferry at the pier. "
)
VIOLIN = (
    "Violin pupils rehearsed the concerto. The orchestra hired a violin teacher. "
    "The teacher praised the pupils. The orchestra played the concerto. "
)


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [
        ("He said “no”. “Yes”.", 'She said "no". "Yes".', '"'),
        (
            "It didn’t. It can’t. We won’t. They don’t.",
            "It isn't. He can't. We won't. I don't.",
            "'",
        ),
        ("It rose 2% and 3%.", "It fell by 2 per cent, then 3 per cent.", "per cent"),
        ("It rose 2 percent, or 3 percent.", "It fell 2% and 3%.", "%"),
        ("Mr Lee met Mrs Roe.", "Mr. Lee met Mrs. Roe.", "Mr."),
        ("The U.S. rose. The U.S. fell.", "The US rose. The US fell.", "US"),
        ("On 2 March and 3 April.", "On March 2 and April 3.", "March 2"),
    ],
)
def test_a_change_of_style_is_found_at_its_point_and_only_in_order(
    first: str, second: str, start: str
) -> None:
    assert fires(style_switch, f"{first}\n\n{second}") == [start]
    assert fires(style_switch, f"{first} {second}") == []  # within one paragraph
    assert fires(style_switch, f"{first}\n\n{second}\n\n{first}") == []
    assert fires(style_switch, f"{first}\n\n{first}") == []


def test_a_single_use_is_no_style() -> None:
    assert fires(style_switch, "It rose 2% and 3%.\n\nIt fell by 2 per cent.") == []


def test_a_quotation_and_a_quoted_post_keep_their_own_style() -> None:
    first = "Mr Lee met Mr Roe."
    assert fires(style_switch, f"{first}\n\n“Mr. Lee met Mr. Roe,” she said.") == []
    assert fires(style_switch, f"{first}\n\nBy @roe: Mr. Lee met Mr. Roe.") == []


def test_the_switch_shows_both_sides() -> None:
    body = "It rose 2% and 3%.\n\nIt fell by 2 per cent, then 3 per cent."
    (found,) = style_switch(Article("a", "", body))
    assert found.other is not None and found.other.of(body) == "%"
    assert found.reason == "per cent: ‘%’ 2 times up to here, from here on ‘per cent’ 2 times"


def test_a_new_subject_is_found_at_its_border() -> None:
    body = f"{FERRY * 2}\n\n{FERRY}\n\n{VIOLIN}\n\n{VIOLIN * 2}"
    (found,) = topic_break(Article("a", "", body))
    assert found.span.of(body) == VIOLIN.strip() and found.span.start == body.index("Violin")
    assert found.other is not None and found.other.of(body) == FERRY.strip()


@pytest.mark.parametrize(
    "body",
    [
        f"{FERRY * 3}\n\n{VIOLIN}",  # the last lines
        f"{FERRY * 3}\n\n“{(VIOLIN * 3).strip()}”",  # somebody else's words
        f"{FERRY * 3} {VIOLIN * 3}",  # no paragraph
        f"{FERRY}\n\n{VIOLIN}\n\n" * 3,  # two threads
    ],
)
def test_no_new_subject_where_it_may_be_meant(body: str) -> None:
    assert fires(topic_break, body) == []


def test_the_intruder_ranks_first_and_quotations_are_not_ranked() -> None:
    odd = "Astronomers photographed galaxies through a new telescope."
    body = f"{FERRY * 2}{odd} {FERRY}“Volcanoes spit lava,” she said."
    ranked = rank_intruders(Article("a", "", body))
    assert ranked[0][1].of(body) == odd
    assert len(ranked) == 12  # neither the first sentence nor the quotation, which is the last
    assert ranked[0][0] < 0 < ranked[-1][0]


@pytest.mark.parametrize("count", [150, 500])
def test_a_sentence_is_compared_with_the_likest_around_it_and_with_its_neighbours(
    count: int,
) -> None:
    """Long texts are compared in blocks: the first sentence of the last block is no edge."""
    directions = np.random.default_rng(7).normal(size=(count, 8))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    likest, beside = compare_sentences(directions)
    cosines = directions @ directions.T - 2 * np.eye(count)
    for at in (5, count - 100):
        assert np.isclose(beside[at], cosines[at, [at - 2, at - 1, at + 1, at + 2]].mean())
        around = cosines[at, max(0, at // 200 * 200 - 200) :]
        assert np.isclose(likest[at], np.sort(around)[-3:].mean())


def test_a_text_of_one_or_two_sentences_ranks_none() -> None:
    for body in ("", "One ferry.", "One ferry sank. Two ferries floated."):
        assert rank_intruders(Article("a", "", body)) == []


def test_an_intruder_is_raised_only_inside_and_alone() -> None:
    odd = "Astronomers photographed distant galaxies, orbiting telescopes and snowy volcanoes. "
    other = "Beekeepers painted wooden hives beneath blossoming cherry orchards and fences. "
    assert fires(intruder_sentence, FERRY * 2 + odd + FERRY) == [odd.strip()]
    assert fires(intruder_sentence, odd + FERRY * 3) == []
    assert fires(intruder_sentence, FERRY * 3 + odd) == []
    assert fires(intruder_sentence, FERRY * 2 + odd + other + FERRY) == []
    assert fires(intruder_sentence, FERRY + odd + FERRY) == []  # nine sentences


def test_a_seam_lists_its_signs_and_both_sides() -> None:
    body = f"{FERRY * 3}\n\nKessler said the concerto began. {VIOLIN}\n\n{VIOLIN * 2}"
    (found,) = splice(Article("a", "", body))
    assert found.span.start == body.index("Kessler")
    assert found.other is not None and found.other.start == 0
    assert "another subject (‘Kessler said the concerto began.’)" in found.reason
    assert "nobody introduced (‘Kessler’)" in found.reason


def test_signs_that_are_far_apart_are_no_seam() -> None:
    far = "\n\n".join(["It rained all day."] * 3)
    told = "Rents rose by 2 per cent, then 3 per cent.\n\nPay rose 4%. Taxes rose 5%."
    assert fires(splice, f"{told}\n\nKessler said so.") == ["Pay rose 4%. Taxes rose 5%."]
    assert fires(splice, f"{told}\n\n{far}\n\nKessler said so.") == []
    assert fires(splice, f"Kessler said so.\n\n{told}") == []


def test_somebody_introduced_again_is_a_sign() -> None:
    told = "Mayor Ann Lee saw rents rise by 2 per cent, then 3 per cent. Lee paid."
    assert fires(splice, f"{told}\n\nMayor Ann Lee said pay rose 4% or 5%.") != []
    assert fires(splice, f"{told}\n\nLee said pay rose 4% or 5%.") == []


def test_planted_defects_name_these_checks() -> None:
    listed = nr.list_perturbations().set_index("kind")["checks"]
    assert listed["splice"] == "splice, topic_break, style_switch"
    assert listed["insert_intruder"] == listed["insert_intruder_same_topic"] == NEW[0]
    bodies = [FERRY * 3 + "\n\n" + FERRY * 3, VIOLIN * 3 + "\n\nKessler said so. " + VIOLIN * 3]
    table = pd.DataFrame({"article_id": ["a", "b"], "headline": "", "body": bodies})
    spliced, gold = nr.perturb(table, "splice")
    assert gold["check"].tolist() == ["splice", "splice"]
    found = nr.find_incoherence(spliced, checks=NEW).set_index("article_id")
    assert set(found.loc["a", "check"]) == {"topic_break", "splice"}
    start = gold.set_index("article_id").loc["a", "start"]
    assert found.loc["a", "start"].tolist() == [start, start]


GROWING = {
    "borders": "Ferry sank.\n\nPilot slept.\n\n" * 15_000,
    "styles": "It rose 2%.\n\nIt fell by 2 per cent.\n\n" * 10_000,
    "marks": "“'\"" * 60_000,
    "one sentence of many words": " ".join(f"w{n}ord" for n in range(60_000)),
    "new words": " ".join(f"Galaxy{n}s telescope{n}ing volcano{n}." for n in range(20_000)),
    "names": "Mayor Ann Lee rose. Lee fell.\n\n" * 5_000,
}


def test_work_grows_with_the_text() -> None:
    program = f"""
import pandas as pd, newsresearch as nr
def read(text):
    table = pd.DataFrame({{"article_id": ["a"], "headline": [""], "body": [text]}})
    nr.find_incoherence(table, checks={NEW!r})
"""
    check_growth(program, GROWING)
