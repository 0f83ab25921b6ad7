"""The paragraphs of an article out of a parsed page: trafilatura, mended where it loses text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

__all__ = ["extract_paragraphs", "parse_tree", "simplify", "total_length"]

_POPUP = re.compile(
    r"(?:tooltip|popover|popup|rollover|hovercard)[-_]?(?:\w+[-_])?(?:block|box|card|content|text)"
    r"|\b(?:sr-only|visually-?hidden|screen-reader-text)\b",
    re.IGNORECASE,
)
_NOT_BODY = re.compile(
    r"comment|repl(?:y|ies)|respon[ds]|teaser|related|promo|author|\bbio|newsletter|card",
    re.IGNORECASE,
)
_BODY = re.compile(r"article|body|chunk|content|entry|paragraph|story|text", re.IGNORECASE)
_PROSE = 200  # characters of prose that make an element a part of the body
_SHORT, _FEW_TAGS = 500, 6_000


def parse_tree(text: str) -> tuple[Any, bool]:
    """Return the tree of a page, and whether the parser took in all of it.

    No entity is resolved, nothing is included or fetched: it is a parser for HTML only.
    """
    from lxml import html  # type: ignore[import-untyped]

    # Bytes, and their encoding named: what the page itself says of it no longer counts.
    # `huge_tree` lifts the limits on depth (255) and on a text (10 MB); we set our own.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    whole = not any("depth" in str(entry.message) for entry in parser.error_log)
    return tree, whole


def simplify(tree: Any) -> None:
    """Take out what is never shown."""
    for template in list(tree.iter("template")):
        if not template.get("shadowrootmode"):
            template.drop_tree()
    for span in [span for paragraph in tree.iter("p") for span in paragraph.iter("span")]:
        if _POPUP.search(span.get("class") or "") and span.getparent() is not None:
            span.drop_tree()


def _join_pieces(tree: Any) -> bool:
    """Name the element that holds all pieces of a body, and tell whether there is one.

    Adverts split some bodies into several elements; trafilatura takes the first element that
    is named like a body, so it would lose the others.
    """
    joined = False
    pieces: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        named = _BODY.search(name) and not _NOT_BODY.search(name)
        if named and _prose_length(element) >= _PROSE:
            article = next(element.iterancestors("article"), None)
            if article is not None:
                pieces[article, name].append(element)
    for group in pieces.values():
        whole = _find_whole(group) if len(group) > 1 else None
        if whole is not None:
            whole.set("itemprop", "articleBody")
            for piece in group:
                del piece.attrib["class"]
            joined = True
    return joined


def _find_whole(pieces: Sequence[Any]) -> Any:
    """Return the parent or grandparent that all pieces share."""
    parents = {piece.getparent() for piece in pieces}
    if len(parents) > 1:
        parents = {parent.getparent() for parent in parents}
    return parents.pop() if len(parents) == 1 else None


def _prose_length(element: Any) -> int:
    return sum(len("".join(child.itertext()).strip()) for child in element.iterchildren("p"))


def extract_paragraphs(tree: Any) -> list[str]:
    """Return the paragraphs of the article.

    The fast extractor is right more often than the slow one, which is asked only where the
    fast one found little, or more menu than prose.
    """
    fast = _run(tree, fast=True)
    if _join_pieces(tree):
        joined = _run(tree, fast=True)
        fast = joined if _prose(joined) >= _prose(fast) else fast
    doubtful = total_length(fast) < _SHORT or 2 * _prose(fast) < total_length(fast)
    if not doubtful or sum(1 for _ in tree.iter()) > _FEW_TAGS:
        return fast
    slow = _run(tree, fast=False)
    richer = _prose(slow) > 2 * _prose(fast)
    cleaner = _share(slow) > _share(fast) and _prose(slow) >= 0.6 * _prose(fast)
    return slow if richer or cleaner else fast


def _run(tree: Any, fast: bool) -> list[str]:
    from trafilatura import bare_extraction

    # `deduplicate` is never used: it remembers texts from page to page.
    found: Any = bare_extraction(tree, fast=fast, include_comments=False)
    lines = (found.text or "").split("\n") if found is not None else []
    return [line for line in map(_tidy, lines) if line]


def _tidy(line: str) -> str:
    """Return a line without the marks of list items and table cells."""
    line = " ".join(line.split())
    if line.startswith("|") or line.endswith("|"):
        cells = [cell.strip() for cell in line.split("|")]
        return " | ".join(cell for cell in cells if cell.strip("-"))
    return line.removeprefix("- ")


def total_length(paragraphs: Sequence[str]) -> int:
    """Return the number of characters of all paragraphs."""
    return sum(map(len, paragraphs))


def _prose(paragraphs: Sequence[str]) -> int:
    return sum(len(line) for line in paragraphs if len(line) > 80 or line[-1:] in '.!?”"')


def _share(paragraphs: Sequence[str]) -> float:
    return _prose(paragraphs) / max(1, total_length(paragraphs))
