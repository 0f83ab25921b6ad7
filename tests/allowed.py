"""What may stand in a notebook, a report, a table and a picture: nothing that can act."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pandas as pd
from markup import (
    ATTRIBUTES,
    INSIDE,
    MORE,
    PAGE,
    STYLES,
    XHTML,
    elements,
    fragment,
    parsed,
    squeeze,
)

from newsresearch.figures import clean_text
from newsresearch.figures.house import wrap_id
from newsresearch.marks import reveal
from newsresearch.page import POLICY, STYLE


def shown(text: str) -> str:
    return squeeze(reveal(text))


# Of what JupyterLab's sanitizer lets through in notebooks that are not trusted, what we use.
KEPT = {
    "div", "p", "small", "h2", "h3", "h4", "mark", "sup", "ol", "li", "strong", "br",
    "span", "table", "thead", "tbody", "tr", "th", "td", "details", "summary",
}  # fmt: skip
KEPT_ATTRIBUTES = {"class", "id", "title", "style", "lang", "dir"}
KEPT_STYLES = {
    "background": "#[0-9a-f]{6}", "color": "#[0-9a-f]{6}", "text-decoration": "underline",
    "border-left": "2px solid #[0-9a-f]{6}",
    "max-width": r"\d+em", "overflow-wrap": "break-word", "list-style": "none",
    "padding-left": "0",
}  # fmt: skip


def notebook_tree(markup: str) -> Any:
    """Assert that JupyterLab keeps all of it and typesets none of it; return its tree."""
    tree = fragment(markup)
    [wrapper] = list(tree)
    assert not (tree.text or "").strip()
    assert not (wrapper.tail or "").strip()
    assert wrapper.attrib["class"] == "tex2jax_ignore mathjax_ignore"
    for name, attributes, _ in elements(tree):
        assert name in KEPT
        assert set(attributes) <= KEPT_ATTRIBUTES
        for declaration in filter(None, attributes.get("style", "").split(";")):
            key, value = declaration.split(":")
            assert re.fullmatch(KEPT_STYLES[key], value)
    return tree


def page_tree(page: str) -> Any:
    """Assert that a report holds nothing of an article but text; return its tree."""
    tree = parsed(page)
    for name, attributes, node in elements(tree):
        assert name in PAGE
        assert set(attributes) <= ATTRIBUTES | MORE.get(name, set())
        assert STYLES.fullmatch(attributes.get("style", "list-style:none;padding-left:0"))
        assert is_link(attributes.get("href", "#article-1"))
        assert name != "style" or node.text == STYLE
        assert name != "meta" or attributes.get("content") in {
            None, POLICY, "width=device-width, initial-scale=1",
        }  # fmt: skip
    [main] = [node for name, _, node in elements(tree) if name == "main"]
    assert main.attrib["class"] == "tex2jax_ignore mathjax_ignore"
    return tree


def is_link(address: str) -> bool:
    return bool(INSIDE.fullmatch(address)) or (
        urlsplit(address).scheme in {"http", "https"} and not re.search(r"\s", address)
    )


FRAME = {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p"}
FRAME_ATTRIBUTES = {"border": "1", "class": "dataframe", "style": "text-align: right;",
                     "scoped": "", "valign": "top"}  # fmt: skip
FRAME_STYLE = pd.DataFrame({"a": [1]})._repr_html_().split("scoped>")[1].split("</style>")[0]


def frame_cells(frame: pd.DataFrame) -> tuple[list[str], list[tuple[str, ...]]]:
    """Assert that a table in a notebook holds nothing but text; return its names and columns."""
    most = ("display.max_colwidth", "display.max_columns", "display.max_rows")
    with pd.option_context(*(part for name in most for part in (name, None))):
        whole = frame._repr_html_()
    for markup in (frame._repr_html_(), whole):
        tree = html5lib.parseFragment(markup)
        for name, attributes, node in elements(tree):
            assert name in FRAME
            assert all(FRAME_ATTRIBUTES[key] == value for key, value in attributes.items())
            assert name != "style" or node.text == FRAME_STYLE
    lines = list(tree.iter(f"{XHTML}tr"))
    heads = [read_line(line) for line in lines if not list(line.iter(f"{XHTML}td"))]
    names = [heads[-1][0] or heads[0][0], *heads[0][1:]]
    return names, list(zip(*map(read_line, lines[len(heads) :]), strict=True))


def read_line(line: Any) -> list[str]:
    return [squeeze("".join(cell.itertext())) for cell in line]


def in_frame(text: str) -> str:
    """Return a text as pandas shows it: three controls as their codes, NUL lost by the parser."""
    for char, code in (("\t", r"\t"), ("\r", r"\r"), ("\n", r"\n"), ("\x00", "")):
        text = text.replace(char, code)
    return squeeze(text)


PICTURE = {
    "svg", "title", "metadata", "RDF", "Work", "type", "description", "format", "creator",
    "Agent", "defs", "desc", "style", "g", "path", "use", "clipPath", "rect",
}  # fmt: skip
PICTURE_ATTRIBUTES = {
    "id", "d", "style", "transform", "x", "y", "width", "height", "clip-path", "viewBox",
    "version", "href", "resource", "type", "role",
}  # fmt: skip


def picture_text(svg: bytes) -> str:
    """Assert that a picture holds shapes only; return what is written in it, without blanks.

    Letters are drawn as shapes; the words stand in comments beside them and in its description.
    """
    builder = ElementTree.TreeBuilder(insert_comments=True)
    root = ElementTree.fromstring(svg, ElementTree.XMLParser(target=builder))
    words = []
    for node in root.iter():
        if not isinstance(node.tag, str):
            words.append(html.unescape(node.text or ""))
            assert not set(node.text or "") & {"<", ">"}
            continue
        namespace, _, name = node.tag.rpartition("}")
        assert name in PICTURE
        assert "xhtml" not in namespace
        words += [node.text or ""] if name in {"title", "description"} else []
        assert name != "style" or "url" not in (node.text or "")
        for key, value in node.attrib.items():
            key = key.rpartition("}")[2]
            assert key in PICTURE_ATTRIBUTES
            assert key != "href" or re.fullmatch(r"#[\w-]+", value)
            assert "(" not in re.sub(
                r"^url\(#\w+\)$|\b(matrix|translate|scale|rotate)\(", "", value
            )
    return "".join("".join(words).split())


def assert_inert_in_html(svg: str) -> None:
    """Assert that a picture pasted into a page is read as the same few elements."""
    body = html5lib.parse(re.sub(r' d="[^"]*"', "", svg))[1]
    [picture] = [node for node in body if isinstance(node.tag, str)]
    names = {n.tag.rpartition("}")[2].rpartition(":")[2].lower()
             for n in picture.iter() if isinstance(n.tag, str)}  # fmt: skip
    assert picture.tag.endswith("}svg")
    assert names <= {name.lower() for name in PICTURE}


def drawn(text: str) -> str:
    return "".join(wrap_id(clean_text(text)).split())
