"""A figure of a class's answers is drawn again, and proved, years later from the kept table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import newsresearch as nr
from newsresearch import figures
from newsresearch.bundles.gallery import gallery_html
from newsresearch.figures import find_drawn

ARTICLES = pd.DataFrame(
    {"article_id": ["a", "b"], "headline": ["Rain falls", "Sun"],
     "body": ["It rained all day.\n\nThe bridge closed.", "The sun shone."]}
)  # fmt: skip
HANDED_IN = [
    {"name": "Ann", "article_id": "a", "quote": "rained all", "reason": "Ann says so"},
    {"name": "Ann", "article_id": "a", "quote": "the bridge"},
    {"name": "Ben", "article_id": "a", "quote": "rained"},
    {"name": "Ben", "article_id": "a", "quote": "no such words"},
    {"name": "Cat", "article_id": "a"},
    {"name": "Cat", "article_id": "a", "item": "1", "answer": "yes", "quote": "not here"},
]
NAME = "who_marked_what"


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def answers() -> pd.DataFrame:
    return nr.read_answers(HANDED_IN, ARTICLES)


def save(answers: Any, folder: Path, **options: Any) -> dict[str, Any]:
    ax = nr.plot_answers(answers, ARTICLES, "a", **options)
    manifest = nr.save_figure(ax, NAME, folder, ARTICLES, ["svg"])
    told: dict[str, Any] = json.loads(manifest.read_text())
    return told


def check(folder: Path, articles: pd.DataFrame | None, answers: Any) -> tuple[str, str]:
    row = nr.verify_figures(folder, articles, answers=answers).iloc[0]
    return row["status"], row["detail"]


@pytest.mark.parametrize("item", [None, "", "1"])
def test_it_comes_out_again_from_articles_and_answers(
    item: str | None, answers: pd.DataFrame, tmp_path: Path
) -> None:
    told = save(answers, tmp_path, item=item)
    assert check(tmp_path, ARTICLES, answers) == ("ok", "")
    assert told["options"] == {"article_id": "a", "item": item}
    assert told["input"]["answers"]["rows"] == len(answers)


def test_the_call_draws_it_again(answers: pd.DataFrame, tmp_path: Path) -> None:
    call = save(answers, tmp_path)["call"]
    assert call == "plot_answers(answers, articles, article_id='a')"
    drawn = find_drawn(eval(call, {**vars(figures), "answers": answers, "articles": ARTICLES}))
    assert drawn is not None
    assert drawn.table.equals(pd.read_csv(tmp_path / f"{NAME}.csv").astype(drawn.table.dtypes))


def test_the_kept_table_proves_it(answers: pd.DataFrame, tmp_path: Path) -> None:
    save(answers, tmp_path / "figures")
    nr.save_table(answers, tmp_path / "answers.csv")
    kept = nr.read_answers(tmp_path / "answers.csv", ARTICLES, pseudonyms=False)
    assert check(tmp_path / "figures", ARTICLES, kept) == ("ok", "")
    assert check(tmp_path / "figures", ARTICLES, answers.to_dict("records")) == ("ok", "")
    shared = answers.assign(reason="")  # what a class may publish
    assert check(tmp_path / "figures", ARTICLES, shared) == ("ok", "")


def test_what_is_missing_or_another_is_named(answers: pd.DataFrame, tmp_path: Path) -> None:
    save(answers, tmp_path)
    unchanged = "not recomputed", "files are unchanged; pass answers= to recompute the table"
    assert check(tmp_path, ARTICLES, None) == unchanged
    assert check(tmp_path, None, answers)[0] == "not recomputed"
    others = "input differs", "drawn from other answers, or some have changed"
    assert check(tmp_path, ARTICLES, answers.iloc[1:]) == others
    renamed = nr.read_answers(HANDED_IN, ARTICLES, secret="another name for each of them")
    assert check(tmp_path, ARTICLES, renamed) == others
    status, detail = check(tmp_path, ARTICLES.iloc[:1], answers)
    assert status == "input differs"
    assert "other articles" in detail and "nr.strip_furniture" in detail


def test_a_forged_table_or_manifest_is_found(answers: pd.DataFrame, tmp_path: Path) -> None:
    save(answers, tmp_path)
    table = tmp_path / f"{NAME}.csv"
    table.write_text(table.read_text("utf-8").replace(",3,4,1.0", ",3,5,1.0"), "utf-8")
    status, detail = check(tmp_path, ARTICLES, answers)
    assert status == "file changed" and "column 'last_word': stored '5', recomputed '4'" in detail
    manifest = tmp_path / f"{NAME}.json"
    told = json.loads(manifest.read_text())
    wrong: Any
    for wrong in ("x", 3, [], {"sha256": None}):
        told["input"]["answers"] = wrong
        manifest.write_text(json.dumps(told))
        assert check(tmp_path, ARTICLES, answers)[0] == "file changed"


def test_answers_do_not_disturb_other_figures(answers: pd.DataFrame, tmp_path: Path) -> None:
    nr.build_figures(ARTICLES, tmp_path, only=2, formats=["svg"])
    assert check(tmp_path, ARTICLES, answers) == ("ok", "")


def test_the_page_says_what_proves_it(answers: pd.DataFrame, tmp_path: Path) -> None:
    told = save(answers, tmp_path)
    page = gallery_html(tmp_path)
    assert told["input"]["answers"]["sha256"] in page
    assert "6 rows of answers" not in page  # an answer whose proof is lost makes two rows
    assert f"{len(answers)} rows of answers" in page
    assert ", answers=answers)" in page
