"""ProQuest text files: records between ruled lines, a label at the start of each field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsresearch.formats.exports_records import (
    Record,
    build_rows,
    column_of,
    join_fields,
    join_lines,
    split_lines,
    tail_of,
)
from newsresearch.formats.source import Row, Source

__all__ = ["parse_proquest"]

_LABELS = (
    "Abstract|Author|Broad subject|Business indexing term|Classification|Column|Company|"
    "Company / organization|Contact us at|Copyright|Correspondence author|Country of publication|"
    "Credit|Database|Database copyright|Dateline|Document feature|Document type|Document URL|DOI|"
    "e-ISSN|Edition|First page|Full text|Identifier / keyword|Identifier|Illustration|Industry|"
    "ISSN|Issue|Language|Language of publication|Last page|Last updated|Links|Location|"
    "Narrow subject|Number of pages|Pages|People|Person|Place of publication|Product name|"
    "ProQuest document ID|Publication date|Publication history|Publication info|"
    "Publication subject|Publication title|Publication year|Publisher|Section|Series|Source|"
    "Source type|Start page|Subject|Supplement|Terms and Conditions|Title|URL|Volume|Word count|"
    "Year"
)
_LABEL = re.compile(
    rf"[ \t\ufeff]{{0,8}}({'|'.join(sorted(map(re.escape, _LABELS.split('|')), key=len)[::-1])})"
    r":(?:[ \t\xa0]+(.*)|$)",
    re.IGNORECASE,
)
_OURS = {
    "title": "headline", "author": "byline", "publication_title": "outlet",
    "publication_date": "published", "document_url": "url", "word_count": "length_given",
    "full_text": "body",
}  # fmt: skip
_RULE = re.compile(r"\s*_{20,}\s*")
# Lines about the file: 'Document 3 of 12', 'Bibliography'.
_COUNTER = re.compile(
    r"\s*(?:Document \d+ of \d+|Bibliography|\d+ documents|Database copyright\b.{0,90})\s*",
    re.IGNORECASE,
)
# What marks a section as a record, and what closes one.
_RECORD = frozenset({"full_text", "title", "proquest_document_id", "publication_info"})
_CLOSING = frozenset({"proquest_document_id", "document_url", "database", "last_updated"})
_ABOUT_THE_FILE = ("contact_us_at", "database_copyright", "terms_and_conditions", "links")
# In what order the labels below a text come: the subjects first, so those above are text.
_ABOVE_SUBJECT = frozenset({"credit", "copyright", "illustration", "word_count"})


def parse_proquest(text: str, source: Source) -> list[Row]:
    """Return a row for each record of a ProQuest text file.

    A record without `Full text:`, or whose full text is not available, becomes a row with the
    reason. A label inside the text stays text: the labels that close a record are read from
    its end backwards.
    """
    records = [_read_record(section) for section in _split_records(split_lines(text))]
    return build_rows(records, text, source)


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return column_of(found[1]) if found else ""


def _split_records(lines: Sequence[str]) -> list[list[str]]:
    """Part the lines at ruled lines; a rule inside a text does not end its record."""
    sections: list[list[str]] = [[]]
    for line in lines:
        if _RULE.fullmatch(line):
            sections.append([])
        else:
            sections[-1].append(line)
    records: list[list[str]] = []
    closed = True
    for section in sections:
        labels = {_label(line) for line in section}
        if not closed and "full_text" not in labels and not _is_about_the_file(section):
            records[-1] += ["", *section]
            closed = bool(labels & _CLOSING)
        elif labels & _RECORD:
            records.append(section)
            closed = bool(labels & _CLOSING)
    return records


def _is_about_the_file(section: Sequence[str]) -> bool:
    first = next((line for line in section if line.strip()), "")
    return not first or _label(first) in _ABOUT_THE_FILE or bool(_COUNTER.fullmatch(first))


def _read_record(lines: list[str]) -> Record:
    start = next((at for at, line in enumerate(lines) if _label(line) == "full_text"), None)
    if start is None:
        error = "the record has no 'Full text:'. Export it with its full text."
        return _with_outlet({**_read_labels(lines), "error": error})
    found = _LABEL.match(lines[start])
    text = [(found[2] or "") if found else "", *lines[start + 1 :]]
    end = tail_of(text, _Closing(), wrapped=True)
    below = _read_labels(text[end:], titled=True)
    record = below | _read_labels(lines[:start], titled="headline" in below)
    if "headline" in below:
        record["headline"] = below["headline"]
    record["body"] = join_lines(text[:end])
    if re.fullmatch(r"\s*(?:Full text )?not available\.?\s*", record["body"], re.IGNORECASE):
        record |= {"body": "", "error": "the full text is not available in this export."}
    elif not record["body"].strip():
        record["error"] = "nothing follows 'Full text:'."
    return _with_outlet(record)


def _with_outlet(record: Record) -> Record:
    """Take the outlet from 'Publication info' where it has no label of its own."""
    outlet = re.split(r"[;:]", record.get("publication_info", ""))[0].strip()
    return {"outlet": outlet, **record} if outlet else record


class _Closing:
    """Names the label of a line, read backwards; '?' for one that cannot stand there."""

    def __init__(self) -> None:
        self.above_subject = False

    def __call__(self, line: str) -> str:
        label = _label(line)
        if label and self.above_subject and label not in _ABOVE_SUBJECT:
            return "?"
        self.above_subject = self.above_subject or label == "subject"
        return label or (column_of(line) if _COUNTER.fullmatch(line) else "")


def _read_labels(lines: Sequence[str], titled: bool = False) -> Record:
    """Read fields; the first line without a label is the headline unless one has that label."""
    fields: dict[str, list[str]] = {}
    name, untitled = "", ""
    for line in lines:
        found = _LABEL.match(line)
        if found:
            name = _OURS.get(column_of(found[1]), column_of(found[1]))
            fields[name] = [found[2] or ""]
        elif line.strip() and name:
            fields[name].append(line)
        elif line.strip() and not untitled and not _COUNTER.fullmatch(line):
            untitled = line.strip()
    record = join_fields(fields)
    if untitled and not titled:
        record.setdefault("headline", untitled)
    return {key: value for key, value in record.items() if key not in _ABOUT_THE_FILE}
