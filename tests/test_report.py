"""The standalone page: escaped, closed to the network, readable by all, written whole."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pandas as pd
import pytest
from test_display import (
    NOTEBOOK,
    PAYLOADS,
    STYLES,
    XHTML,
    articles,
    elements,
    finding,
    squeeze,
    table,
    visible,
)

from newsresearch import report
from newsresearch.articles import ArticleError
from newsresearch.display import reveal
from newsresearch.report import report_html, save_report

HEADLINE = "Bridge to reopen in June, mayor promises"
BODY = (
    "The harbour bridge may reopen in June, the mayor of Westmoor said. The the bearings are "
    "worn, and a bleak, miserable summer lies ahead for the shops along the quay.\n\n"
    "Engineers gave no date. Repairs would cost from $5 million to $10 million."
)
PAGE = NOTEBOOK | {
    "html", "head", "meta", "title", "style", "body", "main", "article", "h1", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"class", "style", "title"}
MORE = {
    "html": {"lang"}, "meta": {"charset", "content", "name", "http-equiv"}, "article": {"id"},
    "a": {"href", "rel"}, "th": {"scope"},
}  # fmt: skip
LINK = re.compile(r"https?://[a-z.]+(/[^\s]*)?|#article-\d+")


def one(**fields: Any) -> pd.DataFrame:
    return articles({"headline": HEADLINE, "body": BODY, "preamble": ""} | fields)


def parsed(page: str) -> Any:
    return html5lib.HTMLParser(strict=True).parse(page)


def assert_closed(page: str) -> Any:
    """Assert that nothing on the page is outside the allow-list, and return its tree."""
    tree = parsed(page)
    for name, attributes, node in elements(tree):
        assert name in PAGE
        assert set(attributes) <= ATTRIBUTES | MORE.get(name, set())
        assert STYLES.fullmatch(attributes.get("style", "list-style:none;padding-left:0"))
        assert LINK.fullmatch(attributes.get("href", "#article-1"))
        assert name != "style" or node.text == report._STYLE
    assert not re.search(r"url\(|@import|expression", report._STYLE)
    return tree


def test_the_policy_stands_before_everything() -> None:
    page = report_html(one(), table())
    head = parsed(page).find(f"{XHTML}head")
    first = dict(head[0].attrib)
    assert first.pop("http-equiv") == "Content-Security-Policy"
    assert first.pop("content") == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta http-equiv')


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


def test_tables_say_what_their_heads_belong_to(pages: list[Any]) -> None:
    for tree in pages:
        nodes = list(elements(tree))
        assert {a["scope"] for name, a, _ in nodes if name == "th"} == {"col", "row"}
        for _, _, node in (each for each in nodes if each[0] == "table"):
            assert node[0].tag == f"{XHTML}caption"
            widths = {len(row) for row in node.iter(f"{XHTML}tr")}
            assert len(widths) == 1


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


def test_text_keeps_its_contrast_in_light_and_dark() -> None:
    """Only the browser's own colours and the marks', which have their own test."""
    assert "color-scheme: light dark" in report._STYLE
    assert set(re.findall(r"(?<![-\w])(?:background(?:-color)?|color)\s*:", report._STYLE)) == set()
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", report._STYLE)) == {"#808080"}  # rules only


# --- the file --------------------------------------------------------------------------------


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
