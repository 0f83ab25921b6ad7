"""The report: escaped, readable by all, and true to its tables."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markup import (
    PAYLOADS,
    XHTML,
    articles,
    assert_closed,
    elements,
    finding,
    parsed,
    squeeze,
    table,
    visible,
)

from newsresearch.articles import ArticleError
from newsresearch.marks import reveal
from newsresearch.report import _sources_html, report_html, save_report

HEADLINE = "Bridge to reopen in June, mayor promises"
BODY = (
    "The harbour bridge may reopen in June, the mayor of Westmoor said. The the bearings are "
    "worn, and a bleak, miserable summer lies ahead for the shops along the quay.\n\n"
    "Engineers gave no date. Repairs would cost from $5 million to $10 million."
)


def one(**fields: Any) -> pd.DataFrame:
    return articles({"headline": HEADLINE, "body": BODY, "preamble": ""} | fields)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_every_field_stays_text(payload: str) -> None:
    text = reveal(payload)  # tables of strings refuse lone surrogates before we see them
    names = ("article_id", "headline", "preamble", "outlet", "published", "byline", "url")
    fields = dict.fromkeys(names, text) | {"body": f"{BODY}\n\n{text}", text: text}
    row = finding(text, 0, len(text), article_id=text, field="headline", check=text, reason=text)
    tree = assert_closed(report_html(one(**fields), table(row | {"confidence": text})))
    assert visible(tree).count(squeeze(text)) >= 8


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_among_what_stays_raw(payload: str) -> None:
    fields = dict.fromkeys(("outlet", "byline", "url"), payload)
    tree = assert_closed(report_html(one(**fields), table()))
    assert visible(tree).count(squeeze(reveal(payload))) >= 3


def test_payloads_in_the_contents_of_many() -> None:
    texts = [reveal(payload) for payload in PAYLOADS]
    rows = [{"article_id": text, "headline": text, "body": "It rained."} for text in texts]
    tree = assert_closed(report_html(articles(*rows), table()))
    heads = [squeeze("".join(node.itertext())) for name, _, node in elements(tree) if name == "a"]
    assert set(map(squeeze, texts)) <= set(heads)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("\x01https://example.org", False),
        ("https://example.org/a b", False),
        ("data:text/html,x", False),
        ("https:example.org", False),
        ("//example.org", False),
        ("http://[half", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, linked: bool) -> None:
    tree = parsed(report_html(one(url=url), table()))
    links = [attributes["href"] for name, attributes, _ in elements(tree) if name == "a"]
    assert links == ([url] if linked else [])
    assert squeeze(reveal(url)) in visible(tree)


def test_who_published_it() -> None:
    row = one(outlet="The Courier", published=pd.Timestamp("2024-03-04 09:00"), byline=None)
    assert '<p class="meta">The Courier · 2024-03-04 · article_id a1</p>' in report_html(
        row, table()
    )
    assert '<p class="meta">article_id a1</p>' in report_html(one(outlet=None, url=pd.NA), table())
    assert "[&#x27;Ann&#x27;, &#x27;Bob&#x27;]" in report_html(
        one().assign(byline=[["Ann", "Bob"]]), table()
    )


def test_who_speaks_is_told_in_words_and_shares() -> None:
    body = "“It is late,” said Ann B&B Lee. Officials said the bridge was <b>old</b> today."
    text = visible(assert_closed(report_html(one(body=body), table())))
    assert "Officials (no name) 0" in text
    assert "Source Quoted words Paraphrased words Share Verbs" in text
    silent = visible(assert_closed(report_html(one(body="It rained all day."), table())))
    assert "No quotation or reported statement with a source was found." in silent


def test_the_name_of_a_source_stays_text() -> None:
    name = "Ann <script>alert(1)</script>"
    html = _sources_html([{
        "source": name, "anonymous": False, "words_quoted": 3, "words_reported": 0,
        "source_share": float("nan"), "verb_classes": "<i>",
    }])  # fmt: skip
    assert "<script" not in html and "&lt;script&gt;" in html and "&lt;i&gt;" in html


# --- for every reader ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> list[Any]:
    start = BODY.index("The the")
    rows = [finding(BODY, start, start + 7), finding(HEADLINE, 0, 6, field="headline")]
    two = pd.concat([one(), one(article_id="a2", headline="", body="")], ignore_index=True)
    return [assert_closed(report_html(each, table(*rows))) for each in (one(), two)]


def test_headings_are_in_order(pages: list[Any]) -> None:
    for tree in pages:
        levels = [int(n[1]) for n, _, _ in elements(tree) if re.fullmatch("h[1-6]", n)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_is_without_a_name(pages: list[Any]) -> None:
    for tree in pages:
        assert tree.attrib["lang"] == "en"
        for name, _, node in elements(tree):
            if re.fullmatch("h[1-6]|title|a|th|caption|li|mark", name):
                assert "".join(node.itertext()).strip()


def test_the_table_of_contents_says_what_its_heads_belong_to(pages: list[Any]) -> None:
    nodes = list(elements(pages[1]))
    assert {a["scope"] for name, a, _ in nodes if name == "th"} == {"col", "row"}
    contents, *who_speaks = [node for name, _, node in nodes if name == "table"]
    assert {len(row) for each in who_speaks for row in each.iter(f"{XHTML}tr")} == {5}
    assert contents[0].tag == f"{XHTML}caption"
    assert {len(row) for row in contents.iter(f"{XHTML}tr")} == {4}


def test_what_a_measure_means_is_said_once(pages: list[Any]) -> None:
    for tree in pages:
        assert visible(tree).count("Unit: school grade (US); higher = harder.") == 8
        names = [node.text for name, _, node in elements(tree) if name == "dt"]
        assert [names.count(name) for name in ("lix", "body_tone", "tone_gap")] == [2, 2, 2]


def test_failed_checks_are_counted_apart() -> None:
    two = pd.concat([one(), one(article_id="a2")], ignore_index=True)
    row = finding("", 0, 0, check="not_checked", reason="lost_space failed")
    text = visible(assert_closed(report_html(two, table(row))))
    assert "Article Cohesion Consistency Relevance Other" in text
    assert f"{HEADLINE} a1 0 0 0 1" in text


def test_links_lead_to_articles_of_the_page(pages: list[Any]) -> None:
    nodes = list(elements(pages[1]))
    ids = [attributes["id"] for _, attributes, _ in nodes if "id" in attributes]
    assert ids == ["article-1", "article-2"]
    assert [a["href"] for name, a, _ in nodes if name == "a"] == [f"#{name}" for name in ids]


def test_the_page_shows_all_of_it(pages: list[Any]) -> None:
    text = visible(pages[0])
    assert squeeze(BODY) in text
    for part in ("Repeated word", "body_tone", "higher = more positive", "Headline support"):
        assert part in text
    assert re.search(r"body_tone −?\d\.\d\d \(−?\d\.\d\d to −?\d\.\d\d\)", text)
    assert "body_tone_low" not in text
    assert "findings, not verdicts" in text


def test_an_article_that_cannot_be_checked_is_not_clean(pages: list[Any]) -> None:
    text = visible(pages[1])
    assert "Article a2 (no headline) a2 not checked not checked not checked" in text
    assert "Not measured: the body is empty" in text
    assert "No findings" not in text.split("Article a2")[-1]


# --- the tables it is made from --------------------------------------------------------------


def test_the_file_is_the_page_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = save_report(one(), tmp_path / "new" / "report.html", table())
    assert path.read_bytes() == report_html(one(), table()).encode()
    assert [each.name for each in path.parent.iterdir()] == ["report.html"]
    save_report(one(headline="Other"), str(path), table())
    assert "<h1>Other</h1>" in path.read_text(encoding="utf-8")


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        save_report(one(), path, table())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_findings_are_looked_for_if_not_given() -> None:
    assert "Repeated word" in report_html(one())


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ArticleError, match="articles need a 'body' column"):
        report_html(one().drop(columns="body"), table())
    with pytest.raises(ArticleError, match="something else stands"):
        report_html(one(), table(finding("Other", 0, 5)))


def test_no_articles_make_an_empty_page() -> None:
    assert "Report on 0 articles" in visible(assert_closed(report_html(one().iloc[:0], table())))


def test_the_same_input_makes_the_same_page() -> None:
    assert report_html(one(), table()) == report_html(one(), table())


def test_claims_without_any_sentence_have_their_reason_once() -> None:
    page = report_html(one(headline="Mayor quits as council rejects zebra", body="Rain fell. " * 9))
    told = "no sentence of the body has words in common with this claim"
    assert page.count(told) == 1
