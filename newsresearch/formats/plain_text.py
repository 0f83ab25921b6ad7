"""Text and Markdown files: one article each, or the export of a news database."""

from __future__ import annotations

import re

from newsresearch.decoding import decode
from newsresearch.formats.exports import find_layout, parse_export
from newsresearch.formats.source import Row, Source
from newsresearch.furniture import is_furniture

__all__ = ["parse_markdown", "parse_text", "split_headline"]

# No headline is longer: a first line beyond this is body text.
_LONGEST_HEADLINE = 300
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


def parse_text(source: Source) -> list[Row]:
    """Read one article: furniture above the headline, the headline, the rest.

    The exports of ProQuest, Factiva and Nexis Uni are known by their labels and give a row an
    article.
    """
    text, note = decode(source.read())
    if find_layout(text):
        if note:
            source.tell(*note.partition(": ")[::2])
        return list(parse_export(text, source))
    return [{"article_id": source.name, **split_headline(text), "note": note}]


def split_headline(text: str) -> Row:
    """Return `headline`, `body` and, where furniture stands above, `preamble` of a text.

    Examples
    --------
    >>> split_headline("Share\\n\\nFerry late\\n\\nIt rained.")
    {'headline': 'Ferry late', 'body': 'It rained.', 'preamble': 'Share'}
    """
    start, end = _headline_span(text)
    row = {"headline": text[start:end].strip(), "body": text[end:].strip("\r\n")}
    preamble = text[:start].strip("\r\n")
    return {**row, "preamble": preamble} if preamble.strip() else row


def _headline_span(text: str) -> tuple[int, int]:
    """Return where the headline is; empty where the body begins at once or never does."""
    for line in _LINE.finditer(text):
        stripped = line[0].strip()
        if stripped and not is_furniture(stripped):
            too_long = len(stripped) > _LONGEST_HEADLINE
            return line.start(), line.start() if too_long else line.end()
    return len(text), len(text)


_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_FACT = re.compile(r"^([A-Za-z]\w{0,30}):[ \t]+(\S[^\r\n]*)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S[^\r\n]*)", re.MULTILINE)
_FACTS = {"title": "headline", "author": "byline", "date": "published", "link": "url"}


def parse_markdown(source: Source) -> list[Row]:
    """Read one article: headline from the front matter or the first heading, marks kept."""
    text, note = decode(source.read())
    facts, text = _split_front_matter(text)
    heading = _HEADING.match(text.lstrip("\ufeff\r\n\t "))
    if "headline" in facts:
        row: Row = {"body": text.strip("\r\n"), **facts}
    elif heading:
        body = text.lstrip("\ufeff\r\n\t ")[heading.end() :].strip("\r\n")
        row = {**facts, "headline": heading[1].rstrip("# \t"), "body": body}
    else:
        row = {**facts, **split_headline(text)}
    return [{"article_id": source.name, **row, "note": note}]


def _split_front_matter(text: str) -> tuple[Row, str]:
    """Return the simple `key: value` lines above a Markdown text, and the text."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return {}, text
    facts = {name.lower(): value.strip().strip("\"'") for name, value in _FACT.findall(front[1])}
    facts.pop("article_id", None)  # the file's name is the id
    return {_FACTS.get(name, name): value for name, value in facts.items()}, text[front.end() :]
