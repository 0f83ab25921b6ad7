"""The glossary says what the tool says, in words that pupils can read."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.classroom.glossary import make_glossary
from newsresearch.marks import GROUPS

ROOT = Path(__file__).parent.parent
ENTRIES = make_glossary().entries
NAMED = [name for entry in ENTRIES for name in entry.columns]
CHECKS = nr.list_checks()
MEASURES = nr.list_measures()
# The words of the package that a reader of its pages meets.
WORDS = """article headline body lede dateline byline outlet source paragraph sentence span quote
tone frame cue stance agree disagree discuss unrelated incongruence contradiction incoherence check
finding hint measure grade ease furniture receipt mention introduction attribution card validity
verdict agreement alpha chance"""


def test_every_check_and_group_has_an_entry_and_every_column_exists() -> None:
    assert {*CHECKS["check"], *(set(GROUPS) - {"none"})} <= set(NAMED)
    assert set(NAMED) <= {*CHECKS["check"], *MEASURES["column"], *GROUPS}
    assert max(Counter(NAMED).values()) == 1


@pytest.mark.parametrize("name", CHECKS["check"])
def test_a_check_is_found_under_the_name_that_pages_show(name: str) -> None:
    (entry,) = [entry for entry in ENTRIES if name in entry.columns]
    assert entry.term == name.replace("_", " ") or name == "tone_gap"


def test_the_words_of_the_package_are_there_and_links_lead_somewhere() -> None:
    terms = [entry.term for entry in ENTRIES]
    assert set(WORDS.split()) <= set(terms)
    assert terms == sorted(set(terms))
    for entry in ENTRIES:
        assert set(entry.see_also) <= set(terms) - {entry.term}, entry.term


def test_measures_that_lessons_and_class_pages_show_are_explained() -> None:
    places = [*ROOT.glob("notebooks/2*.ipynb"), *ROOT.glob("newsresearch/classroom/*.py")]
    known = set(MEASURES["column"])
    shown = {word for p in places for word in re.findall(r"\w+", p.read_text("utf-8"))} & known
    assert "quoted_share" in shown
    assert shown <= set(NAMED)


def test_the_page_says_what_the_checks_and_measures_say() -> None:
    text = html.unescape(re.sub("<[^>]+>", "", make_glossary().html))
    checks = CHECKS.set_index("check")
    for name in set(NAMED) & set(checks.index):
        assert checks.loc[name, "summary"] in text, name
    for row in MEASURES[MEASURES["column"].isin(NAMED)].to_dict("records"):
        assert row["meaning"] in text and row["validity"] in text, row["column"]
    right, of = checks.loc["late_introduction", "measured"].split(" of ")
    assert f"In real news, {right} of {of} of its findings were right." in text


def test_nine_of_ten_meanings_are_plain_english() -> None:
    # A meaning is shorter than what the formula asks for; repeated, its words and its sentences
    # are as hard as before.
    bodies = [" ".join([entry.meaning] * 12) for entry in ENTRIES]
    ids = [entry.term for entry in ENTRIES]
    graded = nr.score_readability(pd.DataFrame({"article_id": ids, "headline": "", "body": bodies}))
    assert graded["grade"].notna().all()
    assert (graded["grade"] <= 9).mean() >= 0.9
    assert graded["grade"].median() <= 6
    for entry in ENTRIES:
        assert len(nr.split_sentences(entry.meaning)) <= 2, entry.term
        assert entry.meaning.endswith("."), entry.term


def test_a_drifting_name_is_refused() -> None:
    wrong = type(make_glossary())((type(ENTRIES[0])("x", "y.", "z", (), ("no_such_column",)),))
    with pytest.raises(KeyError, match="no_such_column"):
        wrong._repr_html_()


def test_the_page_is_a_list_that_a_screen_reader_can_walk(tmp_path: Path) -> None:
    page = make_glossary().save(tmp_path / "new" / "glossary.html").read_text("utf-8")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert page.count("<dt ") == len(ENTRIES)
    assert page.index("Skip to the words") < page.index("<h1>") < page.index("<nav")
    # On paper all lists run on in two columns: a column a letter would leave half of it empty.
    assert page.count('<div class="words">') == 1 and ".words { columns: 2" in page
    assert page.index('class="words"') < page.index("<dl ")
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")


def test_the_file_holds_what_the_codebook_says() -> None:
    with (ROOT / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["term", "meaning", "example", "see_also", "columns"]
    assert repr(make_glossary()).count("\n") == len(ENTRIES) - 1
