"""JSON and JSON Lines: one article an object."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode
from newsresearch.formats.source import Row, Source, bad_row, rename

__all__ = ["from_objects", "parse_json", "parse_jsonl"]


def parse_jsonl(source: Source) -> list[Row]:
    """Read one object a line; a bad line is a row with its reason."""
    text, note = decode(source.read())
    lines = [
        (number, _read(line.strip("\r"), "line"))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    ]
    if len(lines) == 1 and isinstance(lines[0][1], str):
        raise ArticleError(lines[0][1])
    places = [(f"{source.name}:{number}", number) for number, _ in lines]
    return [{**row, "note": note} for row in _rows([v for _, v in lines], places, source)]


def parse_json(source: Source) -> list[Row]:
    """Read a list of objects, one object, or the list or the objects by id that one holds."""
    text, note = decode(source.read())
    odd = _Odd()
    value = _read(text, "file", kinds=(dict, list), constant=odd.constant, integer=odd.integer)
    if isinstance(value, str):
        raise ArticleError(value)
    if odd.found:
        source.tell(f"{odd.found} values are no JSON or too long", "read as missing, or as text")
    return [{**row, "note": note} for row in from_objects(_unwrap(value), source)]


# A key of its own in every object makes a table that grows with the square of the file.
_MANY_KEYS, _MOST_CELLS = 1_000, 20_000_000


def from_objects(values: Sequence[Any], source: Source) -> list[Row]:
    """Return a row for each object; what is no object is a row with its reason.

    Raises
    ------
    ArticleError
        If there is none, or they have no headline or body.
    """
    if not values:
        raise ArticleError("the list is empty: there are no articles in it.")
    checked = [value if isinstance(value, dict) else _no_object(value) for value in values]
    if not any(isinstance(value, dict) for value in checked):
        raise ArticleError(f"no articles in the list: {checked[0]}")
    places = [(f"{source.name}:{number}", None) for number in range(1, len(checked) + 1)]
    return _rows(checked, places, source)


def _rows(
    values: Sequence[dict[Any, Any] | str],
    places: Sequence[tuple[str, int | None]],
    source: Source,
) -> list[Row]:
    """Return rows under our names; a text in place of an object is the reason it is bad."""
    found = [value for value in values if isinstance(value, dict)]
    keys = list(dict.fromkeys(str(key) for value in found for key in value))
    if len(keys) > _MANY_KEYS and len(keys) * len(values) > _MOST_CELLS:
        raise ArticleError(
            f"the objects have {len(keys):,} different keys, too many for {len(values):,} rows. "
            "Keep the keys that you need."
        )
    ours = dict(zip(keys, rename(keys, source), strict=True)) if found else {}
    rows = []
    for value, (name, line) in zip(values, places, strict=True):
        if isinstance(value, str):
            rows.append(bad_row(name, value, line))
        else:
            row = {ours[str(key)]: item for key, item in value.items()}
            rows.append({"article_id": name, **row, **({} if line is None else {"_line": line})})
    return rows


def _unwrap(value: Any) -> list[Any]:
    """Return the articles of a whole file: they may be wrapped once, in a list or by id."""
    if isinstance(value, list):
        return value
    lists = [item for item in value.values() if _holds_objects(item)]
    if len(lists) == 1:
        return list(lists[0])
    if value and all(isinstance(item, dict) for item in value.values()):
        return [{"article_id": str(key), **item} for key, item in value.items()]
    return [value]


def _holds_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, dict) for x in value)


class _Odd:
    """Values that many programs write although JSON has none such: one must not cost a file."""

    def __init__(self) -> None:
        self.found = 0

    def constant(self, name: str) -> None:
        """Take NaN and Infinity for missing."""
        self.found += 1

    def integer(self, digits: str) -> int | str:
        """Keep as text what is too long for a number."""
        if len(digits) <= _MOST_DIGITS:
            return int(digits)
        self.found += 1
        return digits


_MOST_DIGITS = 300  # more than any float holds


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _read(
    text: str,
    what: str,
    kinds: tuple[type, ...] = (dict,),
    constant: Callable[[str], Any] = _refuse_constant,
    integer: Callable[[str], Any] = int,
) -> Any:
    """Return the value that a line or file holds, or in a sentence why there is none."""
    try:
        value = json.loads(text.lstrip("\ufeff"), parse_constant=constant, parse_int=integer)
    except RecursionError:
        return f"the {what} is no JSON: it is nested too deeply."
    except ValueError as problem:
        return f"the {what} is no JSON: {str(problem)[:80]}."
    return value if isinstance(value, kinds) else _no_object(value, what)


def _no_object(value: Any, what: str = "item") -> str:
    return f"the {what} is of kind {type(value).__name__}; an object is needed."
