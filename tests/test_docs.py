"""What is promised in words is there: names, columns, checks, lists and commands."""

from __future__ import annotations

import ast
import csv
import inspect
import re
from pathlib import Path

import pytest

import newsresearch as nr
from newsresearch import incoherence

ROOT = Path(__file__).parent.parent
CODEBOOK = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_face_of_the_package_agrees_with_itself() -> None:
    tree = ast.parse((ROOT / "newsresearch" / "__init__.py").read_text(encoding="utf-8"))
    shown = {
        alias.name: node.module.split(".")[1]
        for block in ast.walk(tree)
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    assert shown == nr._HOMES
    assert sorted(shown) == nr.__all__


@pytest.mark.parametrize("name", nr.__all__)
def test_every_public_name_is_documented_and_typed(name: str) -> None:
    thing = getattr(nr, name)
    doc = inspect.getdoc(thing) or ""
    assert len(doc) > 30, name
    assert f"`{name}" in CODEBOOK or f"nr.{name}" in README, f"{name} is in no document"
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        assert signature.return_annotation is not inspect.Signature.empty, name
        assert all(p.annotation is not p.empty for p in signature.parameters.values()), name


def test_an_unknown_name_says_so() -> None:
    with pytest.raises(AttributeError, match="newsresearch has no 'read_article'"):
        nr.read_article  # noqa: B018


def rows_of(heading: str) -> set[str]:
    """Return the first cells of the table below a heading of the codebook."""
    part = CODEBOOK.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `(\w+)`", part, re.MULTILINE))


def test_every_measure_is_in_the_codebook_and_back() -> None:
    assert rows_of("Measures") == set(nr.list_measures("score_all")["column"])


def test_score_all_adds_exactly_the_measures() -> None:
    articles = nr.load_dataset("demo").head(2)
    added = [c for c in nr.score_all(articles).columns if c not in articles.columns]
    assert added == [*nr.list_measures("score_all")["column"], "error"]


def test_every_check_is_in_the_codebook_and_back() -> None:
    assert rows_of("Checks") == set(nr.list_checks()["check"])


def test_every_finding_column_is_in_the_codebook_and_back() -> None:
    assert rows_of("Findings") == set(incoherence.FINDING_DTYPES)


def test_every_word_list_has_a_card_and_back() -> None:
    folder = ROOT / "newsresearch" / "lexicons"
    with (folder / "cards.csv").open(encoding="utf-8", newline="") as file:
        cards = {row["list"]: row for row in csv.DictReader(file)}
    assert set(cards) == {path.stem for path in folder.glob("*.txt")}
    for name, card in cards.items():
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        lines = [line.split("#", 1)[0].strip() for line in text.splitlines()]
        entries = sum(bool(line) and not line.startswith("[") for line in lines)
        assert int(card["lines"]) == entries, f"{name}: the card says {card['lines']}"
        assert card["source"] and card["licence"] and card["validity"]


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    assert len(README.splitlines()) <= 120
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
