"""BASIL: articles told by three outlets, and the spans that annotators marked as biased."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from newsresearch.datasets.shelf import Shelf
from newsresearch.tables import pd

__all__ = ["load_basil", "load_basil_gold"]

_FILE = "articles.jsonl"
_GAP, _BREAK = " ", "\n\n"
# Of a file in the archive: year, event, number of the outlet, and whether it holds the marks.
_MEMBER = re.compile(r"(\d{4}/[0-9a-f-]{36}_\d)(_ann)?\.json$")


def load_basil(shelf: Shelf) -> pd.DataFrame:
    """Load the articles: sentences joined by a blank, paragraphs by an empty line."""
    rows = [
        {
            "article_id": record["id"],
            "headline": record["title"],
            "body": _body(record),
            "outlet": record["source"].lower(),
            "event": record["event"],
            "published": record["date"],
            "url": record["url"],
        }
        for record in _records(shelf)
    ]
    return pd.DataFrame(rows)


def load_basil_gold(shelf: Shelf) -> pd.DataFrame:
    """Load the spans; those that are not where they say are left out with a warning."""
    rows, lost = [], 0
    for record in _records(shelf):
        starts = _sentence_starts(record)
        texts = {"headline": record["title"], "body": _body(record)}
        for mark in record["annotations"]["phrase-level-annotations"]:
            row = _span(record["id"], mark, starts)
            found = texts[row["field"]][row["start"] : row["end"]]
            lost += found != mark["txt"]
            rows += [row | {"quote": found}] if found == mark["txt"] else []
    if lost:
        warnings.warn(f"basil: {lost} spans are not where they say; left out.", stacklevel=3)
    columns = ["article_id", "field", "start", "end", "quote", "kind", "polarity", "target"]
    return pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})


def _records(shelf: Shelf) -> list[dict[str, Any]]:
    if not shelf.is_zip(_FILE):
        return shelf.records(_FILE)
    articles: dict[str, dict[str, Any]] = {}
    for path, raw in shelf.members(_FILE):
        if found := _MEMBER.search(path):
            content = shelf.json_member(_FILE, raw)
            record = articles.setdefault(found[1], {"id": found[1]})
            record |= {"annotations": content} if found[2] else content
    return [
        record | {"event": key.split("/")[1].rsplit("_", 1)[0]}
        for key, record in sorted(articles.items())
    ]


def _body(record: dict[str, Any]) -> str:
    return _BREAK.join(_GAP.join(sentences) for sentences in record["body-paragraphs"])


def _sentence_starts(record: dict[str, Any]) -> list[int]:
    """Return where each sentence begins in the body, counted over all paragraphs."""
    return list(accumulate(_lengths(record), initial=0))


def _lengths(record: dict[str, Any]) -> Iterator[int]:
    """Yield the length of each sentence with what is put between it and the next."""
    for sentences in record["body-paragraphs"]:
        if not sentences:
            raise ValueError("a paragraph without sentences")
        *others, last = map(len, sentences)
        yield from (length + len(_GAP) for length in others)
        yield last + len(_BREAK)


def _span(article_id: str, mark: dict[str, Any], starts: list[int]) -> dict[str, Any]:
    place = mark["id"]
    offset = 0 if place == "title" else starts[int(place[1:])]
    return {
        "article_id": article_id,
        "field": "headline" if place == "title" else "body",
        "start": offset + mark["start"],
        "end": offset + mark["end"],
        "kind": mark["bias"],
        "polarity": mark["polarity"],
        "target": mark["target"],
    }
