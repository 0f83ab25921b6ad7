"""Findings of many checks at one place: every character keeps all its marks, every label shows."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from markup import assert_notebook_safe, elements, finding, fragment, marked, table

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.marks import cut_paragraphs, number_findings

BODY = "Mr Lee closed the the bridge.\n\nIt cost £2.3m, and it rained on the boats."
# Nested, crossing, alike, side by side, and one over two paragraphs.
QUOTES = [
    "Mr Lee closed the the bridge.", "Mr Lee", "the the", "the the", "the bridge",
    "Mr Lee closed the the bridge.\n\nIt cost £2.3m", "£2.3m", "it rained", "rained on the boats.",
]  # fmt: skip
SPANS = [(BODY.rindex(quote), BODY.rindex(quote) + len(quote)) for quote in QUOTES]
CHECKS = [
    "intruder_sentence", "late_introduction", "repeated_word", "style_switch", "name_variant",
    "topic_break", "conflicting_numbers", "furniture", "splice",
]  # fmt: skip


def rows() -> list[dict[str, Any]]:
    return [finding(BODY, *span, check=name) for span, name in zip(SPANS, CHECKS, strict=True)]


def view() -> Any:
    one = pd.DataFrame([{"article_id": "a1", "headline": "Headline", "body": BODY}])
    return nr.show_article(one, table(*rows()))


@pytest.mark.parametrize("at", range(len(BODY)))
def test_each_character_is_marked_by_all_its_findings(at: int) -> None:
    article = Article("a1", "Headline", BODY)
    found = number_findings(article, table(*rows()))
    pieces = [piece for own in cut_paragraphs(article, "body", found) for piece in own]
    (piece,) = [p for p in pieces if p.start <= at < p.start + len(p.text)]
    expected = [each for each in found if each.places[0].start <= at < each.places[0].end]
    assert sorted(mark.finding.number for mark in piece.marks) == [e.number for e in expected]


def test_each_label_stands_at_the_end_of_its_passage_and_names_it() -> None:
    shown = view()
    tree = assert_notebook_safe(shown._repr_html_())
    labels = [node.text or "" for name, _, node in elements(tree) if name == "sup"]
    numbers = [int(number) for label in labels for number in re.findall(r"\d+", label)]
    assert sorted(numbers) == list(range(1, len(SPANS) + 1))
    for each in shown.findings:
        assert marked(tree, f"[{each.number}]") == each.places[0].quote
    titles = [
        attributes["title"] for name, attributes, _ in elements(tree) if "title" in attributes
    ]
    for each in shown.findings:
        assert any(f"[{each.number}] {each.check}" in title for title in titles)


def test_the_text_is_whole() -> None:
    tree = fragment(view()._repr_html_())
    paragraphs = [node for name, _, node in elements(tree) if name == "p"][:2]
    texts = [re.sub(r"\[[\d, ]+\]", "", "".join(node.itertext())) for node in paragraphs]
    assert [text.strip() for text in texts] == BODY.split("\n\n")


def test_a_bar_stands_where_a_passage_begins_in_another_one() -> None:
    tree = fragment(view()._repr_html_())
    styles = [
        (node.text, attributes["style"])
        for name, attributes, node in elements(tree)
        if name == "mark" and "title" in attributes
    ]
    barred = [text for text, style in styles if "border-left" in style]
    assert [text[:3] for text in barred] == ["Mr ", "the", "the", "£2.", "rai"]
    assert not any("border-left" in style and "underline" not in style for _, style in styles)


def test_all_checks_on_the_demo_keep_the_text() -> None:
    demo = nr.load_dataset("demo").tail(3)
    found = nr.find_incoherence(demo)
    for row in demo.itertuples():
        article = Article(str(row.article_id), row.headline, row.body, row.preamble)
        numbered = number_findings(article, found)
        for field in ("headline", "body"):
            pieces = [p for own in cut_paragraphs(article, field, numbered) for p in own]
            assert "".join(piece.text for piece in pieces) == article.field(field)
