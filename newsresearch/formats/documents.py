"""Office documents: one article each, or the export of a news database."""

from __future__ import annotations

from collections.abc import Sequence

from newsresearch.formats.documents_docx import Paragraph, docx_paragraphs
from newsresearch.formats.documents_rtf import rtf_text
from newsresearch.formats.exports import find_layout, parse_export, parse_nexis
from newsresearch.formats.source import Row, Source
from newsresearch.formats.splitting import split_headline
from newsresearch.furniture import is_furniture

__all__ = ["Paragraph", "docx_paragraphs", "parse_docx", "parse_rtf", "rtf_text"]

_LONGEST_HEADLINE = 300


def parse_docx(source: Source) -> list[Row]:
    """Read a Word file: the articles of an export, or else one article.

    The headline is the first paragraph of style Title or Heading 1, or else the first line that
    is no page furniture; what stands above it is the `preamble`.

    Raises
    ------
    ArticleError
        If the file cannot be read, or holds no text.
    """
    paragraphs = docx_paragraphs(source.read())
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    layout = find_layout(text)
    if layout == "nexis":
        return parse_nexis(paragraphs, source)
    if layout:
        return parse_export(text, source)
    return [{"article_id": source.name, **_split_paragraphs(paragraphs)}]


def parse_rtf(source: Source) -> list[Row]:
    """Read an RTF file: the articles of an export, or else one article.

    Raises
    ------
    ArticleError
        If the file is no RTF or cannot be read.
    """
    text = rtf_text(source.read())
    if find_layout(text):
        return parse_export(text, source)
    lines = [Paragraph(line.strip(" \t")) for line in text.split("\n")]
    return [{"article_id": source.name, **_split_paragraphs([x for x in lines if x.text])}]


def _split_paragraphs(paragraphs: Sequence[Paragraph]) -> Row:
    """Return `headline`, `body` and, where something stands above the headline, `preamble`."""
    at = _find_heading(paragraphs)
    if at is None:
        return split_headline("\n\n".join(paragraph.text for paragraph in paragraphs))
    texts = [paragraph.text for paragraph in paragraphs]
    row: Row = {
        "headline": " ".join(texts[at].split("\n")),
        "body": "\n\n".join(texts[at + 1 :]),
    }
    return {**row, "preamble": "\n\n".join(texts[:at])} if at else row


def _find_heading(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return the first heading, unless so much stands above it that it heads a section."""
    for style in ("title", "heading1"):
        for at, (text, found, _) in enumerate(paragraphs[:10]):
            above = sum(len(paragraph.text) for paragraph in paragraphs[:at])
            if above > _LONGEST_HEADLINE:
                break
            if found == style and len(text) <= _LONGEST_HEADLINE and not is_furniture(text):
                return at
    return None
