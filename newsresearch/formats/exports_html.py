"""Factiva's HTML files: tables of codes, or articles marked by the classes of their elements."""

from __future__ import annotations

import re
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.formats.exports_factiva import CODES, DOCUMENT, judge, read_coded, read_facts
from newsresearch.formats.exports_records import Record, build_rows
from newsresearch.formats.page_markup import decode_page, repair
from newsresearch.formats.source import Row, Source

__all__ = ["is_factiva_html", "parse_factiva_html"]

_LARGEST = 16 * 1024 * 1024
_MOST_TAGS = 500_000
_LONGEST_TAG = 8192
_CODED = re.compile(rb">\s*HD\s*<")
_CODED_TEXT = re.compile(rb">\s*(?:LP|TD)\s*<")
_CLASSED = re.compile(rb"""class=["']article [a-z]{2}Article["']""")


def is_factiva_html(raw: bytes) -> bool:
    """Tell whether a page holds articles as Factiva saves them."""
    raw = raw[:_LARGEST]
    if _CODED.search(raw) and _CODED_TEXT.search(raw):
        return True
    return bool(_CLASSED.search(raw)) and b"articleParagraph" in raw


def parse_factiva_html(raw: bytes, source: Source) -> list[Row]:
    """Return a row for each article of a Factiva page.

    Raises
    ------
    ArticleError
        If the page is too large or holds no article, or lxml is not installed.
    """
    tree = _parse(_bounded(raw))
    records = _read_tables(tree) or _read_marked(tree)
    if not records:
        raise ArticleError("there is no article of Factiva in this page. Save its articles anew.")
    return build_rows(records, "", source)


def _bounded(raw: bytes) -> str:
    """Return the text of the page; refuse what lxml would need minutes or gigabytes for."""
    if len(raw) > _LARGEST or raw.count(b"<") > _MOST_TAGS:
        found = f"{len(raw):,} bytes and {raw.count(b'<'):,} tags"
        raise ArticleError(f"the page is too large: {found}. Export fewer articles at a time.")
    text = repair(decode_page(raw)[0])
    for piece in text.split("<"):
        if len(piece) > _LONGEST_TAG and piece[:1].isalpha():
            tag = piece.partition(">")[0]
            quoted = tag.count('"') % 2 or tag.count("'") % 2  # the '>' was inside a value
            if quoted or len(tag) > _LONGEST_TAG:
                raise ArticleError("a tag of the page is too long to be read. Save the page anew.")
    return text


def _parse(text: str) -> Any:
    try:
        from lxml import etree, html  # type: ignore[import-untyped]
    except ImportError:
        raise ArticleError(
            "Factiva's pages need lxml. Install it with: pip install 'newsresearch[web]'."
        ) from None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as problem:
        raise ArticleError(f"the page cannot be read: {str(problem)[:80]}.") from None


def _text(element: Any) -> str:
    """Return the text of an element on one line; tags do not part words."""
    return " ".join("".join(element.itertext()).split())


def _paragraphs(element: Any) -> list[str]:
    """Return the paragraphs of an element, parted by blank lines, or else its text."""
    found = [_text(paragraph) for paragraph in element.iter("p")]
    found = [paragraph for paragraph in found if paragraph] or [_text(element)]
    return [line for paragraph in found for line in (paragraph, "")]


def _read_tables(tree: Any) -> list[Record]:
    """Read rows of two cells whose first is a code; each table is an article or several."""
    pairs: list[tuple[str, str]] = []
    for row in tree.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        code = _text(cells[0]) if len(cells) == 2 else ""
        if code in CODES:
            first, *more = _paragraphs(cells[1])
            pairs += [(code, first), *(("", line) for line in more)]
    records = read_coded(pairs) if any(code == "HD" for code, _ in pairs) else []
    return [record for record in records if "headline" in record or record["body"]]


def _read_marked(tree: Any) -> list[Record]:
    """Read articles whose parts are marked by classes; the lines between are as in plain text."""
    records = []
    for article in tree.iter("div"):
        if _is_article(article) and not any(map(_is_article, article.iterancestors())):
            records.append(_read_article(article))
    return records


def _is_article(element: Any) -> bool:
    classes = (element.get("class") or "").split()
    return any(re.fullmatch(r"[a-z]{2}Article", name) for name in classes)


def _read_article(article: Any) -> Record:
    """Read one marked article: section, headline, author, then facts, paragraphs, number."""
    above: list[str] = []
    lines: list[str] = []
    body: list[str] = []
    record: Record = {}
    for element in article.iter("div", "p", "span"):
        marked = element.get("class") or ""
        if "articleParagraph" in marked:
            body.append(_text(element))
        elif marked.endswith("Headline"):
            record.setdefault("headline", _text(element))
        elif marked == "author":
            record["byline"] = _text(element)
        elif number := DOCUMENT.fullmatch(_leaf(element)):
            record["accession"] = number[1]
        elif element.tag == "div" and _leaf(element):
            (lines if "headline" in record else above).append(_leaf(element))
    record |= {"section": above[-1]} if above else {}
    return judge(record | read_facts(lines)[1] | {"body": "\n\n".join(filter(None, body))})


def _leaf(element: Any) -> str:
    """Return the text of an element that holds no other line."""
    return "" if any(child.tag in ("div", "p", "span") for child in element) else _text(element)
