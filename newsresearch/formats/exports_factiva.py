"""Factiva: articles under two-letter codes, or plain ones that end in 'Document …'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from newsresearch.formats.exports_records import (
    Record,
    build_rows,
    is_date,
    join_fields,
    join_lines,
    split_lines,
)
from newsresearch.formats.source import Row, Source

__all__ = ["CODES", "DOCUMENT", "has_codes", "judge", "parse_factiva", "read_coded", "read_facts"]

_ABOVE = {
    "SE": "section", "HD": "headline", "CR": "credit", "BY": "byline", "WC": "length_given",
    "PD": "published", "ET": "time", "SN": "outlet", "SC": "outlet_code", "NGC": "outlet_family",
    "GC": "outlet_group", "ED": "edition", "PG": "page", "VOL": "volume", "LA": "language",
    "CY": "copyright", "CLM": "column", "DLN": "dateline", "CX": "correction",
}  # fmt: skip
_TEXT = {"LP": "body", "TD": "body"}
_BELOW = {
    "ART": "graphic", "CT": "contact", "RF": "reference", "CO": "companies", "IN": "industries",
    "NS": "subjects", "RE": "regions", "IPD": "publisher_descriptors", "IPC": "publisher_codes",
    "PUB": "publisher", "AN": "accession", "RST": "source_groups",
}  # fmt: skip
CODES = _ABOVE | _TEXT | _BELOW
# A code is parted from its text by a cell, a tab or several blanks: 'IN a statement' is prose.
_CODE = re.compile(
    rf"[ \t\xa0|]{{0,12}}({'|'.join(CODES)})"
    r"(?:[ \xa0]*[|\t][ \t\xa0|]*|[ \xa0]{2,}|[ \xa0]*$)(.*)"
)
DOCUMENT = re.compile(r"[ \t\xa0|]{0,12}Do[ck]umento?[ \xa0]+([A-Z][A-Za-z0-9]{14,40})[ \t\xa0|]*")
_WORDS = re.compile(
    r"(?:\d{1,3}(?:[,.\xa0 ]\d{3})*|\d{1,7}) (?:words|mots|Wörter|palabras|parole|palavras|woorden)"
)
_FOOTER = re.compile(r"\s*(?:Page \d+ of \d+.{0,80}|©.{0,20}Factiva, Inc\..{0,80})", re.IGNORECASE)


def parse_factiva(text: str, source: Source) -> list[Row]:
    """Return a row for each article of the text of a Factiva file.

    The body is the lead paragraph and what follows it (LP and TD). An article without headline
    or text becomes a row with the reason.
    """
    lines = [line for line in split_lines(text) if not _FOOTER.fullmatch(line)]
    records = read_coded(_pair(lines)) if has_codes(lines) else _read_articles(lines)
    return build_rows(records, text, source)


def has_codes(lines: Iterable[str]) -> bool:
    """Tell whether lines bear the codes of headline, text and origin."""
    codes = {found[1] for line in lines if (found := _CODE.fullmatch(line))}
    return "HD" in codes and bool(codes & set(_TEXT)) and bool(codes & {"PD", "SN", "AN", "WC"})


# --- with codes ---------------------------------------------------------------------------------


def _pair(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give code and text of each line, the code empty where a line goes on."""
    in_text = False
    for line in lines:
        found = _CODE.fullmatch(line)
        if found and not (in_text and found[1] in _ABOVE and found[1] not in ("HD", "SE")):
            in_text = found[1] in _TEXT
            yield found[1], found[2].rstrip(" \t\xa0|")
        else:
            yield "", line.strip(" \t\xa0|")


def read_coded(pairs: Iterable[tuple[str, str]]) -> list[Record]:
    """Gather records from codes and texts: a section or headline begins the next one."""
    fields: list[dict[str, list[str]]] = []
    code = ""
    for found, text in pairs:
        begins = found and (not fields or _is_next(found, fields[-1]))
        if begins:
            fields.append({})
        code = found or code
        if fields and not (code == "AN" and not found):
            fields[-1].setdefault(code, []).append(text)
    return [_coded_record(record) for record in fields]


def _is_next(code: str, record: dict[str, list[str]]) -> bool:
    if "AN" in record:
        return code in _ABOVE
    return code in ("HD", "SE") and "HD" in record


def _coded_record(fields: dict[str, list[str]]) -> Record:
    record = join_fields({CODES[code]: fields[code] for code in fields if code not in _TEXT})
    parts = [join_lines(fields.get(code, [])) for code in _TEXT]
    record["body"] = "\n\n".join(part for part in parts if part.strip())
    record["accession"] = record.get("accession", "").removeprefix("Document ").strip()
    return judge(record)


def judge(record: Record) -> Record:
    """Add why a record cannot be used, and drop the fields that are empty."""
    if not record.get("headline"):
        record["error"] = "the record has no headline (HD)."
    elif not record["body"].strip():
        record["error"] = "the record has no text (LP, TD). Export the full articles."
    return {key: value for key, value in record.items() if value or key == "body"}


# --- without codes ------------------------------------------------------------------------------


def _read_articles(lines: Sequence[str]) -> list[Record]:
    """Part the lines at 'Document …', which closes an article, and read each part."""
    records: list[Record] = []
    piece: list[str] = []
    for line in lines:
        closed = DOCUMENT.fullmatch(line)
        if not closed:
            piece.append(line)
            continue
        records.append(_read_plain(piece) | {"accession": closed[1]})
        piece = []
    return records


def _read_plain(lines: Sequence[str]) -> Record:
    """Read an article without codes: its word count and date part the head from the text."""
    filled = [at for at, line in enumerate(lines) if line.strip(" \t\xa0|")]
    texts = [lines[at].strip(" \t\xa0|") for at in filled]
    words, facts, start = read_facts(texts)
    if not facts:
        error = "no word count with a date below it, so headline and text cannot be told apart."
        return {"headline": texts[0][:300] if texts else "", "error": error}
    body = join_lines(lines[filled[start] :]) if start < len(texts) else ""
    return judge(_read_head(texts[:words]) | facts | {"body": body})


def read_facts(texts: Sequence[str]) -> tuple[int, Record, int]:
    """Read the lines of facts: where they begin, what they say, where the text begins."""
    words = _find_words(texts)
    if words is None:
        return 0, {}, 0
    facts, start = _read_facts(texts, words + 1)
    return words, {"length_given": texts[words], **facts}, start


def _find_words(texts: Sequence[str]) -> int | None:
    for at, text in enumerate(texts):
        below = texts[at + 1 : at + 2]
        if _WORDS.fullmatch(text) and any(map(is_date, below)):
            return at
    return None


def _read_head(texts: Sequence[str]) -> Record:
    """Return headline and byline, which stand right above the word count, and the section."""
    texts = list(texts[-3:])
    record: Record = {}
    if len(texts) > 1 and _is_byline(texts[-1], texts[-2]):
        record["byline"] = texts.pop()
    if texts:
        record["headline"] = texts.pop()
    return record | ({"section": texts.pop()} if texts else {})


def _is_byline(line: str, above: str) -> bool:
    """Tell a name from a headline under a section: a few capitals below a longer line."""
    words = line.split()
    if words[0].lower() == "by":
        return True
    named = 2 <= len(words) <= 5 and all(word[0].isupper() for word in words)
    return named and len(above.split()) >= max(4, len(words) + 2)


_TIME = re.compile(r"\d{1,2}:\d{2}(?: ?[AaPp][Mm])?(?: [A-Z]{2,4})?")
_OUTLET_CODE = re.compile(r"[A-Z0-9]{2,8}")
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)|All Rights Reserved)", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"(?:English|German|French|Spanish|Italian|Dutch|Portuguese|Russian|Chinese|Japanese|Arabic|"
    r"Danish|Swedish|Norwegian|Finnish|Polish|Czech|Turkish|Korean)(?: -.{0,30})?"
)
_MOST_FACTS = 12


def _read_facts(texts: Sequence[str], at: int) -> tuple[Record, int]:
    """Read the lines between the word count and the text, and tell where the text begins."""
    record: Record = {"published": texts[at]}
    at += 1
    if at < len(texts) and _TIME.fullmatch(texts[at]):
        record["time"], at = texts[at], at + 1
    if at < len(texts):
        record["outlet"], at = texts[at], at + 1
    last = at
    for here in range(at, min(at + _MOST_FACTS, len(texts))):
        for name, pattern in _FACTS.items():
            if name not in record and pattern.match(texts[here]) and len(texts[here]) < 400:
                record[name], last = texts[here], here + 1
                break
        if "copyright" in record:
            break
    return record, last


_FACTS = {
    "outlet_code": re.compile(_OUTLET_CODE.pattern + "$"),
    "language": re.compile(_LANGUAGE.pattern + "$"),
    "copyright": _COPYRIGHT,
}
