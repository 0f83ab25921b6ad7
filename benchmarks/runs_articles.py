"""Articles made up by rule, for long runs: as many as wanted, always the same."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

WHO = ("the ferry", "a minister", "the council", "one captain", "a reader", "the school")
DID = ("praised", "refused", "lost", "won", "delayed", "welcomed", "attacked", "repaired")
WHAT = ("the new bridge", "a terrible plan", "her good friends", "the budget", "a late report")
WHEN = ("on Monday", "after the storm", "in the morning", "for 12 years", "without a word")
EVERY, PLACE = 500, 7  # one bad article in so many, at this place among them
_BATCH = 5_000


def make_article(number: int, sentences: int = 32) -> dict[str, str]:
    """Return the n-th article: some 11 words a sentence; every 500th has no body."""
    choose = random.Random(number)
    lines = []
    for _ in range(choose.randint(sentences // 2, sentences * 3 // 2)):
        words = [f"{choose.choice(WHO)} of Dorn{choose.randint(1, 99_999)} {choose.choice(DID)}"]
        words += [choose.choice(WHAT), choose.choice(WHEN), choose.choice(WHAT)]
        lines.append(" ".join(words).capitalize() + ".")
    paragraphs = [" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]
    return {
        "article_id": f"n{number}",
        "headline": f"{choose.choice(WHO).capitalize()} {choose.choice(DID)} {choose.choice(WHAT)}",
        "body": "" if number % EVERY == PLACE else "Share\n\n" + "\n\n".join(paragraphs),
    }


def write_articles(path: Path, count: int, sentences: int = 32) -> Path:
    """Write so many articles as JSON Lines or, by the name, Parquet; a few thousand in memory."""
    if path.suffix == ".parquet":
        _write_parquet(path, count, sentences)
        return path
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(make_article(number, sentences), ensure_ascii=False) + "\n")
    return path


def _write_parquet(path: Path, count: int, sentences: int) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema({name: pa.string() for name in make_article(0)})
    with ParquetWriter(path, schema) as writer:
        for table in _batches(count, sentences):
            writer.write_table(pa.Table.from_pandas(table, schema, preserve_index=False))


def _batches(count: int, sentences: int) -> Iterator[pd.DataFrame]:
    for first in range(0, count, _BATCH):
        numbers = range(first, min(count, first + _BATCH))
        yield pd.DataFrame([make_article(number, sentences) for number in numbers])
