"""The highlighted article: exact marks, no live markup, the same in a terminal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import (
    PAYLOADS,
    articles,
    assert_notebook_safe,
    elements,
    finding,
    fragment,
    marked,
    squeeze,
    table,
    visible,
)

import newsresearch as nr
from newsresearch.articles import Article, ArticleError
from newsresearch.display import ArticleView, article_html, show_article
from newsresearch.incoherence import check_article
from newsresearch.marks import GROUPS, reveal


def view(body: str, *rows: dict[str, Any], **fields: str) -> ArticleView:
    return show_article(articles({"headline": "Headline", "body": body} | fields), table(*rows))


# --- payloads --------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("field", ["headline", "body", "preamble", "article_id"])
def test_payload_in_the_article_stays_text(payload: str, field: str) -> None:
    shown = show_article(articles({"body": "b", "preamble": "p", field: payload}))
    tree = assert_notebook_safe(shown._repr_html_())
    if field != "article_id":
        assert squeeze(reveal(payload)) in visible(tree)
        assert squeeze(reveal(payload)) in squeeze(repr(shown))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("column", ["check", "reason", "confidence"])
def test_payload_in_a_finding_stays_text(payload: str, column: str) -> None:
    shown = view("Some text.", finding("Some text.", 0, 4, **{column: payload}))
    tree = assert_notebook_safe(shown._repr_html_())
    words = payload.replace("_", " ").capitalize() if column == "check" else payload
    assert squeeze(reveal(words)) in visible(tree)
    assert squeeze(reveal(words)) in squeeze(repr(shown))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_as_a_quote_and_as_a_column_name_stays_text(payload: str) -> None:
    rows = [
        finding(payload, 0, len(payload), other_field="headline", other_start=0,
                other_end=len(payload), other_quote=payload),
        finding(payload, len(payload) // 3, len(payload) // 2),
        finding(payload, len(payload) // 4, len(payload) * 3 // 4, check="tone_gap"),
    ]  # fmt: skip
    one = articles({"headline": payload, "body": payload, reveal(payload): payload})
    shown = show_article(one, table(*rows).assign(**{reveal(payload): "x"}))
    assert visible(assert_notebook_safe(shown._repr_html_())).count(squeeze(reveal(payload))) == 4


@pytest.mark.parametrize("payload", PAYLOADS)
def test_plain_text_can_be_printed_anywhere(payload: str) -> None:
    shown = repr(view(payload, finding(payload, 0, 3, reason=payload), headline=payload))
    assert shown.encode("utf-8")
    assert all(char == "\n" or char.isprintable() or char.isspace() for char in shown)
    assert not set(shown) & set("\r\x0b\x0c\x1b\u202e\u2028\u2029")


def test_text_is_escaped_once() -> None:
    assert "&amp;lt;" in view("1 &lt; 2")._repr_html_()
    assert "&amp;amp;" not in view("AT&T", finding("AT&T", 0, 3))._repr_html_()


def test_money_is_no_formula() -> None:
    first = fragment(view("From $5 million to $10 million.")._repr_html_())[0]
    assert set(first.attrib["class"].split()) == {"tex2jax_ignore", "mathjax_ignore"}


# --- marks -----------------------------------------------------------------------------------


def test_nested_and_crossing_passages_are_cut_exactly() -> None:
    body = "abcdefghij klmno"
    spans = [(0, 10), (2, 5), (4, 8), (4, 8), (9, 16)]
    shown = view(body, *(finding(body, *span) for span in spans))
    tree = assert_notebook_safe(shown._repr_html_())
    for number, (start, end) in enumerate(spans, start=1):
        assert marked(tree, f"[{number}]") == body[start:end]
    assert "«ab«cd««e»[2]fgh»[3]»[4]i«j»[1] klmno»[5]" in repr(shown)


def test_the_other_passage_is_marked_and_keyed_to_the_same_number() -> None:
    body = "Roe spoke. Ann Roe, a judge, left."
    row = finding(body, 0, 3, other_field="body", other_start=11, other_end=27,
                  other_quote=body[11:27])  # fmt: skip
    tree = fragment(view(body, row)._repr_html_())
    assert marked(tree, "[1]") == "Roe"
    assert marked(tree, "[see 1]") == "Ann Roe, a judge"
    assert "see body: «Ann Roe, a judge»" in repr(view(body, row))


def test_passages_over_paragraphs_and_at_the_edges() -> None:
    body = "\n One.\n\nTwo.\n\nThree. \n"
    rows = [finding(body, *span) for span in [(0, len(body)), (4, 9), (6, 8), (9, len(body))]]
    tree = assert_notebook_safe(view(body, *rows)._repr_html_())
    for number, row in enumerate(rows, start=1):
        assert marked(tree, f"[{number}]") == row["quote"]
    assert [node.text for name, _, node in elements(tree) if name == "sup"] == [
        "[3]",
        "[2]",
        "[1, 4]",
    ]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_passages_of_any_text_are_marked_exactly(data: st.DataObject) -> None:
    body = data.draw(st.text("ab <&\"'.\n«»$\u202e\x00", min_size=1, max_size=40))
    place = st.integers(0, len(body))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    shown = view(body, *(finding(body, start, end) for start, end in spans))
    tree = assert_notebook_safe(shown._repr_html_())
    for found in shown.findings or ():
        assert marked(tree, f"[{found.number}]") == reveal(found.places[0].quote)


def test_overlap_is_underlined_and_the_shortest_gives_the_colour() -> None:
    body = "one two three"
    inner = finding(body, 4, 7, check="name_variant")
    markup = view(body, finding(body, 0, 13, check="cut_off_ending"), inner)._repr_html_()
    styles = {
        node.text: attributes["style"]
        for name, attributes, node in elements(fragment(markup))
        if name == "mark" and "title" in attributes
    }
    assert GROUPS["consistency"].background in styles["two"]
    assert "underline" in styles["two"]
    assert "underline" not in styles["one "]


def test_findings_are_grouped_and_all_in_the_plain_text() -> None:
    body = "The the end. Lena Roe. Lina Roe. Tulips."
    rows = [
        finding(body, 0, 7, reason="Twice in a row."),
        finding(body, 23, 31, check="name_variant", reason="Spelled in two ways.",
                confidence="hint"),
        finding(body, 33, 40, check="my_own_check", reason="Not ours.", confidence="hint"),
    ]  # fmt: skip
    shown = repr(view(body, *rows))
    assert "[1] Repeated word (high confidence): Twice in a row.\nbody: «The the»" in shown
    assert "[2] Name variant (only a hint): Spelled in two ways." in shown
    assert "[3] My own check (only a hint): Not ours." in shown
    assert shown.index("Consistency (1)") < shown.index("Other (1)")


def test_a_passage_above_the_headline_says_so() -> None:
    shown = view("b", finding("BREAKING", 0, 8, field="preamble"), preamble="BREAKING")
    assert "Above the headline:\n\n«BREAKING»[1]\n\nHeadline" in repr(shown)
    assert "above the headline: «BREAKING»" in repr(shown)
    assert "Above the headline:<br><mark" in shown._repr_html_()


def test_long_quotes_are_cut_in_the_list_only() -> None:
    body = "word " * 200
    shown = repr(view(body, finding(body, 0, len(body))))
    assert "…»" in shown
    assert squeeze(body) in squeeze(shown)


def test_without_findings_the_text_stands_alone() -> None:
    one = articles({"headline": "Rain", "body": "It rained."})
    assert repr(show_article(one)) == "Rain\n\nIt rained."
    assert "<mark" not in show_article(one)._repr_html_()
    assert "No findings." in repr(show_article(one, table()))
    assert "No findings." in show_article(one, table())._repr_html_()


def test_an_article_that_cannot_be_checked_says_so() -> None:
    shown = show_article(articles({"headline": "", "body": " "}), table())
    for text in (repr(shown), shown._repr_html_()):
        assert "the body is empty" in text
        assert "(no headline)" in text
        assert "No findings" not in text


def test_what_could_not_be_checked_is_no_passage_of_the_text() -> None:
    row = finding("", 0, 0, check="not_checked", reason="the body is empty")
    assert repr(view("", row)) == "Headline\n\nNot checked: the body is empty"
    failed = view("Some text.", finding("", 0, 0, check="not_checked", reason="lost_space failed"))
    assert "Headline\n\nSome text.\n\nFindings (1)\n\n" in repr(failed)
    assert "Other (1): " in repr(failed)
    assert "[1] Not checked (high confidence): lost_space failed" in repr(failed)
    assert "<sup>" not in failed._repr_html_()


def test_levels_of_headings_follow_the_page() -> None:
    markup = article_html(Article("a1", "h", "b"), [], level=4)
    names = [name for name, _, _ in elements(fragment(markup))]
    assert [name for name in names if name[0] == "h"] == ["h4", "h5"]


# --- choosing --------------------------------------------------------------------------------


def test_one_article_is_chosen() -> None:
    several = articles(
        *({"article_id": f"a{n}", "headline": f"h{n}", "body": "b"} for n in range(9))
    )
    assert show_article(several, article_id="a3").article.headline == "h3"
    assert show_article(several.iloc[4]).article.headline == "h4"
    with pytest.raises(ArticleError, match="no article is chosen; found 9 articles: 'a0', 'a1'"):
        show_article(several)
    with pytest.raises(ArticleError, match="no article_id 'zz'"):
        show_article(several, article_id="zz")
    with pytest.raises(ArticleError, match="found 0 articles: none"):
        show_article(several.iloc[:0])


# --- rows in place of a table ----------------------------------------------------------------


def test_rows_show_what_their_table_shows() -> None:
    demo = nr.load_dataset("demo")
    findings = nr.find_incoherence(demo)
    for article_id in ("01-harbour-bridge", "24-port-sallow-truce"):
        article = nr.open_article(article_id)
        by_table = show_article(demo, findings, article_id)
        by_rows = show_article(article, check_article(article))
        assert by_rows._repr_html_() == by_table._repr_html_()
    assert len(by_rows.findings or ()) > 5
    assert show_article(article, []).findings == ()


def test_rows_of_other_articles_are_left_out_and_bad_rows_refused() -> None:
    article = nr.open_article("24-port-sallow-truce")
    rows = check_article(nr.open_article("13-electric-buses"))
    assert rows and show_article(article, rows).findings == ()
    with pytest.raises(ValueError, match="findings need a 'confidence' column"):
        show_article(article, [{k: v for k, v in rows[0].items() if k != "confidence"}])
    unreadable = Article("empty", "A headline", " ")
    shown = show_article(unreadable, check_article(unreadable))
    assert shown.findings == () and "Not checked: the body is empty" in repr(shown)
