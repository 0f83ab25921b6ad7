"""Text and Markdown files: one article each, or the export of a news database."""

from __future__ import annotations

import re

from newsresearch.decoding import decode
from newsresearch.formats.exports import find_layout, parse_export
from newsresearch.formats.source import Row, Source
from newsresearch.formats.splitting import split_headline

__all__ = ["parse_markdown", "parse_text"]


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
