"""What the exports of news databases share: dates, labels, counts, and rows from records."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from newsresearch.formats.source import Row, Source

__all__ = [
    "Record",
    "build_rows",
    "column_of",
    "is_date",
    "join_fields",
    "join_lines",
    "read_date",
    "split_lines",
    "tail_of",
]

# Fields of one record under our names; `error` where it cannot be used.
Record = dict[str, str]

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {name: at for at, names in enumerate(_NAMES, start=1) for name in names.split()}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"(?:(?P<day>[A-Za-z]{3,9})\.?,?[ \xa0]+)?"
# After the date only a weekday, a time and words such as 'Final Edition' may follow.
_REST = r"(?P<rest>[^\d]{0,60}(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[^\d]{0,30})?)"
_DATES = tuple(
    re.compile(_DAY + order + _REST)
    for order in (
        r"(?P<m>[A-Za-z]{3,9})\.?[ \xa0]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[ \xa0]+(?P<y>\d{4})\b",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ \xa0]+(?P<m>[A-Za-z]{3,9})\.?,?[ \xa0]+(?P<y>\d{4})\b",
    )
)
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ].{0,40})?")


def read_date(text: str) -> str:
    """Return a date as `YYYY-MM-DD`, or "" unless it can be read with certainty.

    English month names and ISO dates are read; `05/01/2021` is not, for it has two meanings,
    nor is a date whose weekday is wrong.

    Examples
    --------
    >>> read_date("January 5, 2021 Tuesday"), read_date("5 Jan. 2021"), read_date("05/01/2021")
    ('2021-01-05', '2021-01-05', '')
    """
    text = text.strip()
    iso = _ISO.fullmatch(text)
    if iso:
        return _checked(iso["y"], int(iso["m"]), iso["d"])
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        month = _MONTHS.get(found["m"].lower()) if found else None
        if found and month:
            date = _checked(found["y"], month, found["d"])
            return date if _agrees(date, f"{found['day'] or ''} {found['rest']}") else ""
    return ""


def _checked(year: str, month: int, day: str) -> str:
    try:
        return datetime.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _agrees(date: str, words: str) -> bool:
    """Tell whether the weekdays that are named belong to the date."""
    named = {word for word in re.findall(r"[a-z]+", words.lower()) if word in _DAYS}
    return not date or named <= {_DAYS[datetime.date.fromisoformat(date).weekday()]}


# 'January 2021', '5. Januar 2021 Dienstag': a date line all the same, kept as it stands.
_OTHER_DATE = re.compile(
    r"\s*(?:[^\W\d]{3,12},? )?(?:\d{1,2}\.? (?:de )?[^\W\d]{3,12}\.?(?: de)? \d{4}|"
    rf"(?:{'|'.join(_MONTHS)})\.? (?:\d{{1,2}}, )?\d{{4}})\b.{{0,40}}",
    re.IGNORECASE,
)


def is_date(line: str) -> bool:
    """Tell whether a line is a date, though it may be one that cannot be read."""
    return len(line) <= 90 and bool(read_date(line) or _OTHER_DATE.fullmatch(line))


_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def split_lines(text: str) -> list[str]:
    """Split a text into lines without their ends."""
    return _BREAK.split(text)


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of a text; where no blank line parts them, each is a paragraph.

    Examples
    --------
    >>> join_lines(["One.", "Two."]), join_lines(["", "One", "goes on.", "", "Two."])
    ('One.\\n\\nTwo.', 'One\\ngoes on.\\n\\nTwo.')
    """
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    if "\n\n" not in text:
        return text.replace("\n", "\n\n")
    return re.sub(r"\n{3,}", "\n\n", text)


def join_fields(fields: Mapping[str, Sequence[str]]) -> Record:
    """Join the lines of each field, all at once: one by one would be square work.

    Examples
    --------
    >>> join_fields({"subjects": ["Ferries;", "", " rain "]})
    {'subjects': 'Ferries; rain'}
    """
    return {
        name: " ".join(filter(None, (line.strip() for line in lines)))
        for name, lines in fields.items()
    }


# Columns that have a meaning of their own in our tables.
_TAKEN = frozenset({"article_id", "headline", "body", "preamble", "error", "note", "file", "line"})


def column_of(label: str) -> str:
    """Return the column for a label of an export.

    Examples
    --------
    >>> column_of("Company / organization"), column_of("Publication-Type"), column_of("Note")
    ('company_organization', 'publication_type', 'note_given')
    """
    name = re.sub(r"\W+", "_", label.strip().lower()).strip("_")
    return f"{name}_given" if name in _TAKEN else name


def tail_of(lines: Sequence[str], label_of: Callable[[str], str], *, wrapped: bool = False) -> int:
    """Return where the labels begin that close a record, so that those in its text stay text.

    Read backwards: a line without a label is text, and so is a label for the second time.
    Where fields may be `wrapped`, a line goes with the label right above it.
    """
    begin = at = len(lines)
    seen: set[str] = set()
    while at > 0:
        at -= 1
        label = label_of(lines[at])
        if label and (label in seen or label == "?"):
            break
        if label:
            seen.add(label)
            begin = at
        elif lines[at].strip() and not (wrapped and at and lines[at - 1].strip()):
            break
    return begin


_TOLD = re.compile(
    r"^[ \t\xa0]*(?:Documents?[ \xa0]*\((\d{1,6})\)|(\d{1,6}) documents|"
    r"Document[ \xa0]+\d{1,6}[ \xa0]+of[ \xa0]+(\d{1,6}))[ \t\xa0]*$",
    re.IGNORECASE | re.MULTILINE,
)


def build_rows(records: Sequence[Record], text: str, source: Source) -> list[Row]:
    """Return a row for each record, and tell where the file counts its records otherwise."""
    told = [int(next(filter(None, found))) for found in _TOLD.findall(text)]
    if told and max(told) != len(records):
        problem = f"the file tells of {max(told)} documents, {len(records)} were found in it"
        source.tell(problem, "kept those that were found")
    single = len(records) == 1
    return [
        _build_row(record, source.name if single else f"{source.name}:{number}")
        for number, record in enumerate(records, start=1)
    ]


def _build_row(record: Record, name: str) -> Row:
    row: Row = {"article_id": name, "headline": "", "body": "", **record}
    if record.get("published"):
        row["published"] = read_date(record["published"]) or record["published"]
    note = _compare_length(record.get("length_given", ""), row["body"])
    if note and "error" not in row:
        row["note"] = note
    return row


def _compare_length(given: str, body: str) -> str:
    """Return a note where the export counts a fifth more or fewer words than the body has."""
    number = re.match(r"\D{0,20}(\d{1,3}(?:[,.\xa0 ]\d{3}){1,4}|\d{1,9})", given)
    if not number:
        return ""
    told, found = int(re.sub(r"\D", "", number[1])), len(body.split())
    if abs(told - found) <= told / 5:
        return ""
    return f"the export counts {told} words, the body read has {found}: check it"
