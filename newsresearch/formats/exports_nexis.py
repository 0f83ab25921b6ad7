"""Nexis Uni (Lexis+) documents, from the paragraphs of a Word file or the text of an RTF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsresearch.formats.documents_docx import Paragraph
from newsresearch.formats.exports_records import (
    Record,
    build_rows,
    column_of,
    is_date,
    join_fields,
    join_lines,
    split_lines,
    tail_of,
)
from newsresearch.formats.source import Row, Source

__all__ = ["parse_nexis"]


class _Line(NamedTuple):
    text: str
    heading: bool


_END = re.compile(r"\s*End of Document\s*", re.IGNORECASE)
_BODY = re.compile(r"\s*Body\s*", re.IGNORECASE)
_PAGE = re.compile(r"\s*Page \d{1,6} of \d{1,6}\s*", re.IGNORECASE)
_COVER = re.compile(
    r"\s*(?:Documents? ?\(\d+\)|(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|"
    r"Search Type|Narrowed by|Service)\s*:|Content Type\s+Narrowed by|"
    r"(?:Timeline|News|Location)\s*:?\s*Timeline\s*:)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(Section|Length|Byline|Dateline|Highlight|Distribution|Edition|Series|Column)\s*:\s*(.*)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"\s*(?:Copyright|©|\(c\)|All Rights Reserved)", re.IGNORECASE)


def parse_nexis(content: Sequence[Paragraph] | str, source: Source) -> list[Row]:
    """Return a row for each document of a Nexis Uni file; the cover page is left out.

    Headline, outlet and date have no labels: they stand above the first label, the date as the
    last line that is one. A document without a line `Body` becomes a row with the reason.
    """
    lines = list(_lines_of(content))
    records = [_read_document(piece) for piece in _split_documents(lines)]
    return build_rows(records, "\n".join(line.text for line in lines), source)


def _lines_of(content: Sequence[Paragraph] | str) -> Iterator[_Line]:
    """Give lines of one kind: paragraphs of a Word file are parted by blank lines."""
    if isinstance(content, str):
        yield from (
            _Line(line, False) for line in split_lines(content) if not _PAGE.fullmatch(line)
        )
        return
    for paragraph in content:
        heading = paragraph.style in {"title", "heading1"}
        if not _PAGE.fullmatch(paragraph.text):
            yield from (_Line(line, heading) for line in split_lines(paragraph.text))
            yield _Line("", False)


def _split_documents(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Part the lines at 'End of Document'; what follows the last one counts if it has a body."""
    piece: list[_Line] = []
    for line in lines:
        if _END.fullmatch(line.text):
            if any(found.text.strip() for found in piece):
                yield piece
            piece = []
        else:
            piece.append(line)
    if any(_BODY.fullmatch(line.text) for line in piece):
        yield piece


def _read_document(lines: list[_Line]) -> Record:
    body = next((at for at, line in enumerate(lines) if _BODY.fullmatch(line.text)), None)
    if body is None:
        record = _read_header([line for line in lines if line.text.strip()])
        return {**record, "error": "the document has no line 'Body', so its text is unknown."}
    record = _read_header([line for line in lines[:body] if line.text.strip()])
    texts = [line.text for line in lines[body + 1 :]]
    end = _end_of_body(texts)
    record |= _read_tail(texts[end:])
    record["body"] = join_lines(texts[:end])
    if not record["body"].strip():
        record["error"] = "there is nothing between 'Body' and the end of the document."
    return record


# --- above the text -----------------------------------------------------------------------------


def _read_header(lines: list[_Line]) -> Record:
    """Read what stands above the text: three lines without labels, then lines with them."""
    covers = [at for at, line in enumerate(lines) if _COVER.match(line.text)]
    lines = lines[covers[-1] + 1 :] if covers else lines
    labels = [at for at, line in enumerate(lines) if at and _LABEL.match(line.text)]
    first = labels[0] if labels else len(lines)
    dates = [at for at in range(1, first) if is_date(lines[at].text)]
    top = dates[-1] if dates else min(first, 2)
    record = _read_top(lines[:top], bool(covers))
    if dates:
        record["published"] = lines[top].text.strip()
    others: dict[str, list[str]] = {}
    for line in lines[top + bool(dates) : first]:
        key = "copyright" if _COPYRIGHT.match(line.text) else "edition"
        others.setdefault(key, []).append(line.text)
    return record | join_fields(others) | _read_labels(lines[first:])


def _read_top(lines: list[_Line], after_cover: bool) -> Record:
    """Return headline and outlet, the last of the lines; a heading tells the headline surely."""
    if len(lines) < 2:
        return {"headline": " ".join(line.text.strip() for line in lines)}
    *above, outlet = lines
    headings = [line for line in above if line.heading]
    if headings:
        above = headings[-1:]
    elif after_cover or len(above) > 3:
        above = above[-1:]
    headline = " ".join(line.text.strip() for line in above)
    return {"headline": headline, "outlet": outlet.text.strip()}


def _read_labels(lines: list[_Line]) -> Record:
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        found = _LABEL.match(line.text)
        if found:
            name = column_of(found[1]).replace("length", "length_given")
            fields[name] = [found[2]]
        elif name:
            fields[name].append(line.text)
    return _split_section(join_fields(fields))


def _split_section(record: Record) -> Record:
    section, page, number = record.get("section", "").partition("; Pg.")
    return {**record, "section": section.strip(), "page": number.strip()} if page else record


# --- below the text -----------------------------------------------------------------------------

_CLASSIFICATION = re.compile(r"\s*Classification\s*", re.IGNORECASE)
_GRAPHIC = re.compile(r"\s*(Graphic|Notes)\s*", re.IGNORECASE)
_SURE = re.compile(
    r"\s*(Load-Date|Language|Publication-Type|Journal Code|Correction-Date|Acc-no)\s*:\s*(.*)",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    _SURE.pattern.replace(
        "Load-Date",
        "Load-Date|Subject|Company|Organization|Ticker|Industry|"
        "Person|Geographic|Country|State|City",
    ),
    re.IGNORECASE,
)
_ANY = re.compile(r"\s*([A-Z][A-Za-z]*(?:[ /-][A-Za-z]+){0,3})\s*:\s*(.*)")
_MOST_LABELS = 40


def _end_of_body(texts: list[str]) -> int:
    """Return where the text ends: at 'Classification', 'Load-Date' and their kin, or 'Graphic'."""
    end = _begin_of_labels(texts)
    following = ""  # the next line below that is not blank
    for at in range(len(texts) - 1, -1, -1):
        if _CLASSIFICATION.fullmatch(texts[at]) and _ANY.match(following):
            end = min(end, at)
            break
        following = texts[at] if texts[at].strip() else following
    end = _begin_of_labels(texts[:end])  # 'Load-Date' may stand above the classification
    graphics = [at for at in range(1, end) if _GRAPHIC.fullmatch(texts[at])]
    return graphics[-1] if graphics else end


def _begin_of_labels(texts: list[str]) -> int:
    """Return where the labels begin; the first must be one that no sentence begins with."""
    begin = tail_of(texts, lambda line: found[1].lower() if (found := _KNOWN.match(line)) else "")
    while begin < len(texts) and not _SURE.match(texts[begin]):
        begin += 1
    return begin


def _read_tail(texts: list[str]) -> Record:
    """Read the lines below the text: labels, and captions under a line 'Graphic'."""
    fields: dict[str, list[str]] = {}
    name = ""
    for text in filter(str.strip, texts):
        alone, found = _GRAPHIC.fullmatch(text), _ANY.match(text)
        if alone:
            name = column_of(alone[1])
        elif found and (name not in {"graphic", "notes"} or _SURE.match(text)):
            name = column_of(found[1]) if len(fields) < _MOST_LABELS else name
            fields[name] = [found[2]]
        elif _CLASSIFICATION.fullmatch(text):
            name = ""
        elif name:
            fields.setdefault(name, []).append(text)
    return {key: value for key, value in join_fields(fields).items() if key not in _HEADER}


# Below the text these are words of an index; above it they are what they say.
_HEADER = frozenset({"headline", "outlet", "published", "byline", "section", "length_given", "url"})
