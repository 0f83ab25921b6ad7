"""Word lists of others as they come: LIWC `.dic`, NRC, Loughran-McDonald, eMFD, MPQA, plain.

Every reader yields (category, entry, weight) and says the line of what it cannot read.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsresearch.archives import GZIP, inflate
from newsresearch.articles import ArticleError
from newsresearch.decoding import decode

__all__ = ["LexiconRow", "read_rows"]

LexiconRow = tuple[str, str, float]  # category, entry, weight
_LARGEST = 64 * 1024 * 1024  # bytes
_COMMENTS = ("#", ";", "//", "%")
_WORD_NAMES = frozenset(["word", "words", "term", "terms", "entry", "token", "lemma"])
_GROUP_NAMES = frozenset(
    [
        "category",
        "categories",
        "emotion",
        "label",
        "class",
        "affect",
        "dimension",
        "affectdimension",
        "list",
    ]
)
_WEIGHT_NAMES = frozenset(["weight", "score", "value", "emotion-intensity-score", "probability"])
# The columns of Loughran and McDonald that say a year; 0 is no, a year below 0: taken out again.
_FINANCE = frozenset(
    ["negative", "positive", "uncertainty", "litigious", "strong_modal", "weak_modal",
     "constraining", "complexity", "superfluous", "interesting", "modal"]
)  # fmt: skip
_FORMATS = (
    "Known are: LIWC .dic, NRC (word, category, 0 or 1), Loughran-McDonald CSV, eMFD CSV, MPQA "
    "clues, CSV or TSV of word and category, one word a line."
)
_NUMBER = re.compile(r"[-+]?\d*\.?\d+")
_CLUE = re.compile(r"(\w+)=(\S+)")


def read_rows(path: str | Path) -> tuple[str, list[LexiconRow]]:
    """Return the format of a lexicon file, and its rows.

    Raises
    ------
    ValueError
        If the file cannot be read, or a line of it is of no known kind: says which.
    """
    file = Path(path)
    text = _text(file)
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines[0][1].strip() == "%":
        return "LIWC .dic", list(_dic(file, lines))
    told = [(n, line) for n, line in lines if not line.lstrip().startswith(_COMMENTS)]
    if not told:
        raise ValueError(f"{file.name} holds comments only. {_FORMATS}")
    if "word1=" in told[0][1]:
        return "MPQA clues", list(_clues(file, told))
    mark = _separator(told[0][1])
    if not mark:
        has_name = len(told) > 1 and told[0][1].strip().lower() in ("word", "words")
        told = told[1:] if has_name else told  # a table of one column
        return "one word a line", [(file.stem, line.strip(), 1.0) for _, line in told]
    cells = [(n, _cells(file, n, line, mark)) for n, line in told]
    return _table(file, cells)


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes() if file.stat().st_size <= _LARGEST else None
        if raw is None:
            raise ValueError(f"{file.name} is larger than 64 MiB: no lexicon. {_FORMATS}")
        return decode(_unpacked(raw, file) if raw.startswith(GZIP) else raw)[0]
    except ArticleError as problem:
        raise ValueError(f"{file.name}: {problem}") from None
    except OSError as problem:
        raise ValueError(f"{file} cannot be read: {problem}. Pass the path of a file.") from None


def _unpacked(raw: bytes, file: Path) -> bytes:
    """Unpack a gzip file, all of it: half a list would be counted as if it were the list."""
    try:
        content, note = inflate(raw, file.name)
    except ArticleError as problem:  # it names the file
        raise ValueError(str(problem)) from None
    if note:
        raise ValueError(f"{file.name} cannot be read: {note}. Get it again.")
    if len(content) > _LARGEST:
        raise ValueError(f"{file.name} unpacks to more than 64 MiB: no lexicon. {_FORMATS}")
    return content


def _wrong(file: Path, line: int, what: str) -> ValueError:
    return ValueError(f"{file.name}, line {line}: {what}")


# --- LIWC and MPQA ---------------------------------------------------------------------------


def _dic(file: Path, lines: Sequence[tuple[int, str]]) -> Iterator[LexiconRow]:
    """Read categories between two '%', then 'entry<tab>number<tab>number'."""
    ends = [at for at, (_, line) in enumerate(lines[1:], start=1) if line.strip() == "%"]
    if not ends:
        raise _wrong(file, lines[-1][0], "no second '%' closes the list of categories. Add it.")
    names: dict[str, str] = {}
    for n, line in lines[1 : ends[0]]:
        number, *name = line.split(maxsplit=1)
        if not name or not number.isdigit():
            raise _wrong(file, n, f"a category is a number and a name; found {line[:40]!r}.")
        names[number.lstrip("0")] = name[0].strip()
    for n, line in lines[ends[0] + 1 :]:
        entry, numbers = _dic_entry(line.strip())
        if not numbers:
            raise _wrong(file, n, f"an entry needs the number of a category; found {line[:40]!r}.")
        for number in numbers:
            if number not in names:
                raise _wrong(file, n, f"category {number} is not in the list between the '%'.")
            yield names[number], entry, 1.0


def _dic_entry(line: str) -> tuple[str, list[str]]:
    """Part an entry and its numbers: 'catch 22<tab>1'; blanks part them where no tab does."""
    entry, _, rest = line.partition("\t")
    parts, numbers = line.split(), rest.split()
    if not (numbers and all(number.isdigit() for number in numbers)):
        numbers = []
        while len(parts) > 1 and parts[-1].isdigit():
            numbers.append(parts.pop())
        entry = " ".join(parts)
    return entry, [number.lstrip("0") for number in numbers]


def _clues(file: Path, lines: Sequence[tuple[int, str]]) -> Iterator[LexiconRow]:
    """Read 'type=strongsubj … word1=abandon … priorpolarity=negative': two categories a word."""
    for n, line in lines:
        found = dict(_CLUE.findall(line))
        if "word1" not in found or "type" not in found:
            raise _wrong(file, n, f"a clue needs type=… and word1=…; found {line[:40]!r}.")
        # The same word stands once for each part of speech; here it is one entry.
        yield found["type"], found["word1"], 1.0
        if found.get("priorpolarity"):
            yield found["priorpolarity"], found["word1"], 1.0


# --- tables ----------------------------------------------------------------------------------


def _separator(line: str) -> str:
    return next((mark for mark in "\t,;" if mark in line), "")


def _cells(file: Path, n: int, line: str, mark: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=mark))]
    except csv.Error as problem:
        raise _wrong(file, n, f"{problem}. {_FORMATS}") from None


def _table(file: Path, cells: list[tuple[int, list[str]]]) -> tuple[str, list[LexiconRow]]:
    """Read a table: with names of columns, or word and category, or word, category and 0 or 1."""
    header = [name.lower().lstrip("\ufeff") for name in cells[0][1]]
    is_named = any(name in _WORD_NAMES for name in header)
    if is_named and any(name in _GROUP_NAMES for name in header):
        return _long(file, header, cells[1:])
    if header[0] in _WORD_NAMES:
        return _wide(file, cells[0][1], cells[1:])
    width = len(header)
    if width not in (2, 3):
        raise _wrong(file, cells[0][0], f"{width} columns and no name of one is 'word'. {_FORMATS}")
    if width == 2 and all(_NUMBER.fullmatch(row[-1]) for _, row in cells):
        return _wide(file, ["word", file.stem], cells)  # word and weight, as of AFINN
    return _long(file, ["word", "category", "weight"][:width], cells)


def _long(
    file: Path, header: list[str], rows: list[tuple[int, list[str]]]
) -> tuple[str, list[LexiconRow]]:
    """Read a word, its category and perhaps a weight, 0 or 1 in the tables of NRC."""
    word = next(at for at, name in enumerate(header) if name in _WORD_NAMES)
    group = next(at for at, name in enumerate(header) if name in _GROUP_NAMES)
    weight = next((at for at, name in enumerate(header) if name in _WEIGHT_NAMES), -1)
    found: list[LexiconRow] = []
    for n, row in rows:
        if len(row) != len(header):
            raise _wrong(file, n, f"{len(row)} cells where there are {len(header)} columns.")
        value = _number(file, n, row[weight]) if weight >= 0 else 1.0
        if not row[word] or not row[group]:
            raise _wrong(file, n, "the word or its category is empty.")
        if value:
            found.append((row[group], row[word], value))
    return ("word, category, weight" if weight >= 0 else "word, category"), found


def _wide(
    file: Path, names: list[str], rows: list[tuple[int, list[str]]]
) -> tuple[str, list[LexiconRow]]:
    """Read a word and a column a category: years (Loughran-McDonald), weights (eMFD), 0 or 1."""
    lower = [name.lower().replace(" ", "_") for name in names]
    finance = [at for at, name in enumerate(lower) if name in _FINANCE]
    chances = [at for at, name in enumerate(lower) if name.endswith("_p")]
    is_finance = len(finance) > 1 and "negative" in lower
    wanted = finance if is_finance else chances or list(range(1, len(names)))
    found: list[LexiconRow] = []
    for n, row in rows:
        if len(row) != len(names):
            raise _wrong(file, n, f"{len(row)} cells where there are {len(names)} columns.")
        for at in wanted:
            value = _number(file, n, row[at])
            if value and not (is_finance and value < 0):
                name = names[at].removesuffix("_p")
                found.append((name, row[0], 1.0 if is_finance else value))
    kind = "Loughran-McDonald" if is_finance else "eMFD" if chances else "word and columns"
    return kind, found


def _number(file: Path, line: int, cell: str) -> float:
    try:
        value = float(cell or 0)
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise _wrong(file, line, f"a weight must be a number; found {cell[:40]!r}.")
    return value
