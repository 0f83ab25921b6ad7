"""Hyperpartisan news: articles as XML with paragraphs and links, and their labels beside them."""

from __future__ import annotations

from xml.etree import ElementTree

from newsresearch.articles import ArticleError
from newsresearch.datasets.shelf import Shelf
from newsresearch.tables import pd

__all__ = ["load_hyperpartisan"]

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "div", "q"}
_NAME = "{}-training-byarticle-20181122.xml"


def load_hyperpartisan(shelf: Shelf) -> pd.DataFrame:
    """Load the articles, a paragraph a block of the mark-up, with their labels."""
    labels = {
        item.get("id"): (item.get("hyperpartisan", ""), item.get("url", ""))
        for item in _parse(shelf, _NAME.format("ground-truth"))
    }
    rows = [
        (
            item.get("id", ""), item.get("title", ""), _body(item),
            *labels.get(item.get("id"), ("", "")), item.get("published-at", ""),
        )
        for item in _parse(shelf, _NAME.format("articles"))
    ]  # fmt: skip
    columns = ["article_id", "headline", "body", "label", "url", "published"]
    return pd.DataFrame(rows, columns=columns)


def _parse(shelf: Shelf, name: str) -> list[ElementTree.Element]:
    text = shelf.text(name)
    # Entities are what makes XML from elsewhere dangerous, and these files define none.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ArticleError(
            f"{name} of {shelf.dataset} defines entities; the published one does not."
        )
    try:
        return list(ElementTree.fromstring(text.encode()).iter("article"))  # noqa: S314
    except ElementTree.ParseError as problem:
        raise ArticleError(f"{name} of {shelf.dataset} is no XML ({problem}).") from problem


def _body(item: ElementTree.Element) -> str:
    chunks = [item.text or ""]
    for child in item:
        if child.tag in _BLOCKS:
            chunks += ["".join(child.itertext()), child.tail or ""]
        else:
            chunks[-1] += "".join(child.itertext()) + (child.tail or "")
    return "\n\n".join(chunk for chunk in chunks if chunk.strip())
