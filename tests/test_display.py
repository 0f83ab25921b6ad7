"""The highlighted article: exact marks, no live markup, readable without colour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import html5lib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.articles import Article, ArticleError
from newsresearch.display import (
    GROUPS,
    ArticleView,
    article_html,
    escape,
    number_findings,
    reveal,
    show_article,
)

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<b onclick=1>x</b>'>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>go</a>",
    "<a href='https://evil.example'>go</a>",
    "<form action=https://evil.example><input name=p><button>go</button></form>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{background:url(https://evil.example)}</style>",
    "</style><b>bold</b>",
    "</title><script>alert(1)</script>",
    "</mark></p></div></main></body></html><h1>new page</h1>",
    "<!-- comment --><b>x</b>",
    "--><b>x</b><!--",
    "<![CDATA[<b>x</b>]]>",
    "<?xml version='1.0'?><b>x</b>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '"><b>x</b>',
    '" style="position:fixed;inset:0',
    "`onmouseover=alert(1)`",
    "&lt;b&gt;already escaped&lt;/b&gt;",
    "&amp;amp; AT&T &copy &nbsp;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;b&#x3e; &NotEqualTilde; &bogus;",
    "javascript:alert(1)",
    "JaVa\tScRiPt:alert(1)",
    "data:text/html,<b>x</b>",
    "vbscript:msgbox(1)",
    "https://ok.example/?a=1&b=<b>2</b>",
    "http://[half",
    "//evil.example/x",
    "from $5 million to $10 million, $$x^2$$ \\(y\\) \\[z\\]",
    "{{ 7 * 7 }} ${7 * 7} <%= 7 * 7 %> %s {0}",
    "**bold** [link](javascript:alert(1)) `code`",
    "null \x00 byte, bell \x07, escape \x1b[31m, delete \x7f, C1 \x9b",
    "over\u202eride \u2066isolate\u2069 mark\u200f \u061c",
    "lone \ud800 and \udfff surrogates",
    "non-characters \ufffe \uffff \ufdd0 and a \ufeff mark",
    "line\rbreaks\r\nof\x0bmany\x0ckinds\x85and\u2028separators\u2029end",
    "<table><tr><td>loose</table><td>cell",
    "<plaintext>",
    "<textarea><select><noscript><template><xmp>",
    "<p/onclick=alert(1)//x",
    "<b\nonclick=alert(1)>x",
    "＜script＞full width＜/script＞",
]

NOTEBOOK = {"div", "p", "small", "h2", "h3", "h4", "mark", "sup", "ol", "li", "strong", "br"}
STYLES = re.compile(
    r"background:#[0-9a-f]{6};color:#[0-9a-f]{6}(;text-decoration:underline)?"
    r"|max-width:46em;line-height:1\.5;overflow-wrap:break-word"
    r"|list-style:none;padding-left:0"
)
XHTML = "{http://www.w3.org/1999/xhtml}"


def elements(tree: Any) -> Iterator[tuple[str, dict[str, str], Any]]:
    """Yield name, attributes and node of all elements; a comment is a failure."""
    for node in tree.iter():
        if node.tag == "DOCUMENT_FRAGMENT":
            continue
        assert isinstance(node.tag, str), f"comment: {node.text!r}"
        assert node.tag.startswith(XHTML), f"foreign element {node.tag}"
        yield node.tag.removeprefix(XHTML), dict(node.attrib), node


def fragment(markup: str) -> Any:
    return html5lib.HTMLParser(strict=True).parseFragment(markup)


def squeeze(text: str) -> str:
    return " ".join(text.split())


def visible(tree: Any) -> str:
    """Return the text of a tree without the labels, blanks squeezed and cells apart."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if node.tag != f"{XHTML}sup":
            pieces.append(node.text or "")
            for child in node:
                walk(child)
                pieces.append(" " * (child.tag[len(XHTML) :] in {"td", "th"}) + (child.tail or ""))

    walk(tree)
    return squeeze("".join(pieces))


def assert_notebook_safe(markup: str) -> Any:
    tree = fragment(markup)
    for name, attributes, _ in elements(tree):
        assert name in NOTEBOOK
        assert set(attributes) <= {"class", "style", "title"}
        assert attributes.get("class", "tex2jax_ignore mathjax_ignore").startswith("tex2jax_ignore")
        assert STYLES.fullmatch(attributes.get("style", "list-style:none;padding-left:0"))
    return tree


def finding(text: str, start: int, end: int, **changes: Any) -> dict[str, Any]:
    row = {
        "check": "repeated_word", "article_id": "a1", "field": "body", "start": start, "end": end,
        "quote": text[start:end], "other_field": "", "other_start": None, "other_end": None,
        "other_quote": "", "reason": "because", "confidence": "high",
    }  # fmt: skip
    return row | changes


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    columns = list(finding("", 0, 0))
    nullable = {"other_start": "Int64", "other_end": "Int64"}
    return pd.DataFrame(list(rows), columns=columns, dtype=object).astype(nullable)


def articles(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return rows as a table; of objects, since a lone surrogate fits no string column."""
    return pd.DataFrame([{"article_id": "a1", "headline": "h"} | row for row in rows], dtype=object)


def view(body: str, *rows: dict[str, Any], **fields: str) -> ArticleView:
    return show_article(articles({"headline": "Headline", "body": body} | fields), table(*rows))


def marked(tree: Any, label: str) -> str:
    """Return the text of all marks that carry a label."""
    return "".join(
        node.text or ""
        for name, attributes, node in elements(tree)
        if name == "mark" and f"{label} " in attributes.get("title", "")
    )


# --- payloads --------------------------------------------------------------------------------


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 40


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


def test_escape_once() -> None:
    assert escape("&lt; \"'") == "&amp;lt; &quot;&#x27;"
    assert "&amp;lt;" in view("1 &lt; 2")._repr_html_()
    assert "&amp;amp;" not in view("AT&T", finding("AT&T", 0, 3))._repr_html_()


def test_reveal_shows_what_hides() -> None:
    assert reveal("a\x00\u202e\ud800\ufeffb") == "aU+0000U+202EU+D800U+FEFFb"
    assert reveal("a\r\nb\x85c\td") == "a\nb\nc\td"
    assert reveal("naïve “quotes” 👩‍🚀") == "naïve “quotes” 👩‍🚀"


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
    numbered = number_findings(Article("a1", "h", body), table(*rows))
    for found in numbered:
        assert marked(tree, f"[{found.number}]") == found.places[0].quote
        labels = [node.text for name, _, node in elements(tree) if name == "sup"]
        assert f"[{found.number}]" in "".join(labels)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_passages_of_any_text_are_cut_exactly(data: st.DataObject) -> None:
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
                confidence="medium"),
        finding(body, 33, 40, check="my_own_check", reason="Not ours.", confidence="hint"),
    ]  # fmt: skip
    shown = repr(view(body, *rows))
    assert "[1] Repeated word (high confidence): Twice in a row.\nbody: «The the»" in shown
    assert "[2] Name variant (medium confidence): Spelled in two ways." in shown
    assert "[3] My own check (only a hint): Not ours." in shown
    assert shown.index("Consistency (1)") < shown.index("Other (1)")


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


# --- colours ---------------------------------------------------------------------------------


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_marks_can_be_read_and_told_apart_in_grey() -> None:
    for group in GROUPS.values():
        assert contrast(group.background, group.color) >= 7
    for one, other in combinations(("cohesion", "consistency", "relevance"), 2):
        assert contrast(GROUPS[one].background, GROUPS[other].background) >= 1.25


# --- choosing, and what is refused -----------------------------------------------------------


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


def test_findings_of_another_text_are_refused() -> None:
    row = finding("Other text", 0, 5)
    with pytest.raises(ArticleError, match="'Other' at 0-5 of the body of article 'a1'"):
        view("Some text", row)
    with pytest.raises(ArticleError, match="something else"):
        view("Some text", finding("Some text", -4, 9))
    assert not view("Some text", row | {"article_id": "a2"}).findings


def test_findings_need_their_columns() -> None:
    with pytest.raises(ValueError, match="findings need a 'reason' column"):
        show_article(articles({"body": "b"}), table().drop(columns="reason"))


def test_findings_survive_a_csv_file(tmp_path: Any) -> None:
    body = "Ann Roe left. Roe was tired."
    row = finding(
        body, 14, 17, other_field="body", other_start=0, other_end=7, other_quote="Ann Roe"
    )
    table(row, finding(body, 0, 3)).to_csv(tmp_path / "findings.csv", index=False)
    again = pd.read_csv(tmp_path / "findings.csv")
    assert number_findings(Article("a1", "h", body), again) == list(
        view(body, row, finding(body, 0, 3)).findings or ()
    )


def test_what_could_not_be_checked_is_no_passage_of_the_text() -> None:
    row = finding("", 0, 0, check="not_checked", reason="the body is empty")
    assert repr(view("", row)) == "Headline\n\nNot checked: the body is empty"
    failed = view("Some text.", finding("", 0, 0, check="not_checked", reason="lost_space failed"))
    assert "Headline\n\nSome text.\n\nFindings (1)\n\n" in repr(failed)
    assert "Not checked (1)" in repr(failed)
    assert "<sup>" not in failed._repr_html_()


def test_levels_of_headings_follow_the_page() -> None:
    markup = article_html(Article("a1", "h", "b"), [], level=4)
    names = [name for name, _, _ in elements(fragment(markup))]
    assert [name for name in names if name[0] == "h"] == ["h4", "h5"]
