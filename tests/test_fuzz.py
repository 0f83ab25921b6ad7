"""Spoiled files and any text: rows or one sentence, never another exception; the laws of spans."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable
from typing import Any

import nasty
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import samples
from spoiling import EDITS, TOKENS, Edit, check_article, check_rows, check_text, spoil, spoil_inside

import newsresearch as nr
from newsresearch.articles import ArticleError, check_articles
from newsresearch.formats.registry import PARSERS

# Other names of the same parsers.
KINDS = [kind for kind in PARSERS if kind not in {".htm", ".ndjson", ".rss", ".db", ".sqlite3"}]
EDIT = st.builds(
    Edit,
    how=st.sampled_from(EDITS),
    at=st.floats(0, 1),
    length=st.integers(1, 400),
    token=st.one_of(st.sampled_from(TOKENS), st.binary(min_size=1, max_size=4)),
)
SPOILING = st.lists(EDIT, min_size=1, max_size=5)


def open_cases(names: Iterable[str], reasons: dict[str, str]) -> list[Any]:
    """Return cases, those that are not mended yet as expected failures."""
    marks = {name: pytest.mark.xfail(strict=True, reason=why) for name, why in reasons.items()}
    return [pytest.param(name, marks=marks.get(name, ())) for name in names]


@pytest.mark.parametrize("kind", PARSERS)
def test_every_sample_is_read(kind: str) -> None:
    for raw in samples()[kind]:
        assert check_rows(kind, raw) > 0


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(data=st.data(), edits=SPOILING, inside=st.booleans())
def test_a_spoiled_file_gives_rows_or_one_sentence(
    kind: str, data: st.DataObject, edits: list[Edit], inside: bool
) -> None:
    raw = data.draw(st.sampled_from(samples()[kind]))
    other = data.draw(st.sampled_from([raw for every in samples().values() for raw in every]))
    spoiled = spoil_inside(kind, raw, edits, other) if inside else spoil(raw, edits, other)
    check_rows(kind, spoiled)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(raw=st.binary(max_size=200), kind=st.sampled_from(KINDS))
def test_a_parser_takes_any_bytes(raw: bytes, kind: str) -> None:
    check_rows(kind, raw)


@pytest.mark.filterwarnings("ignore::newsresearch.ReadingWarning")
@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(
    start=st.sampled_from([b"", *(raw[:60] for every in samples().values() for raw in every)]),
    rest=st.binary(max_size=200),
)
def test_any_bytes_are_read_or_refused_in_one_sentence(start: bytes, rest: bytes) -> None:
    try:
        articles = nr.read_articles(start + rest)
    except ArticleError as problem:
        assert str(problem).endswith((".", "?"))
        assert "\n" not in str(problem)
    else:
        check_articles(articles)
        assert len(articles) > 0


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=nasty.ANY_TEXT)
def test_the_laws_of_spans_hold_on_any_text(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize("name", [*nasty.SHORT, *nasty.LONG])
def test_the_laws_of_spans_hold_on_nasty_texts(name: str) -> None:
    check_text(nasty.SHORT[name] if name in nasty.SHORT else nasty.long_text(name, 2_000))


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(headline=nasty.ANY_TEXT, body=nasty.ANY_TEXT)
def test_findings_quote_their_text_and_receipts_restore_it(headline: str, body: str) -> None:
    check_article(headline, body)


# --- what the fuzzers found, smallest ----------------------------------------------------------


def broken_parquet() -> bytes:
    """Return a table with a cell that is no UTF-8, as a writer that does not look leaves it."""
    import pyarrow as pa
    from pyarrow import parquet

    offsets = pa.array([0, 1], pa.int32()).buffers()[1]
    cell = pa.StringArray.from_buffers(1, offsets, pa.py_buffer(b"\xe9"))
    raw = io.BytesIO()
    parquet.write_table(pa.table({"headline": ["A ferry"], "body": cell}), raw)
    return raw.getvalue()


def chained_ids() -> bytes:
    """Return rows whose ids are what we would call the second of the row before."""
    ids = ["a" + "#2" * count for count in range(1_100)]
    return json.dumps([{"id": name, "headline": "a", "body": "b"} for name in [*ids, "a"]]).encode()


FOUND = {
    "a Parquet cell that is no UTF-8": (".parquet", broken_parquet),
    "a Parquet error of two lines": (".parquet", lambda: samples()[".parquet"][0][1:]),
    "a column that has the name of our own line numbers": (
        ".json",
        lambda: b'[{"headline": null, "body": "b", "_line": "seven"}]',
    ),
    "an id that is taken, and the one for it, and so on": (".json", chained_ids),
    "a key of its own in every object": (
        ".jsonl",
        lambda: b"\n".join(b'{"title": "a", "text": "b", "k%d": 1}' % at for at in range(5_000)),
    ),
    "half a character in a feed": (".xml", lambda: b"<rss><channel><title>&#xD800;</title>"),
}


# What is not mended yet, and why it fails: take a line out once it passes.
OPEN: dict[str, str] = {}


@pytest.mark.parametrize("name", open_cases(FOUND, OPEN))
def test_what_the_fuzzers_found_stays_mended(name: str) -> None:
    kind, make = FOUND[name]
    check_rows(kind, make())


@pytest.mark.parametrize("source", ["http://[", "https://[::1/ferry.html"])
def test_an_address_with_an_open_bracket_is_refused(source: str) -> None:
    with pytest.raises(ArticleError):
        nr.read_articles(source)


def test_the_laws_can_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spoiling.split_sentences", lambda text: [])
    with pytest.raises(AssertionError, match="sentences joined"):
        check_text(nasty.BODY)
    monkeypatch.setitem(PARSERS, ".txt", lambda source: [{"article_id": 1 / 0}])
    with pytest.raises(ZeroDivisionError):
        check_rows(".txt", b"a")


def test_spoiling_is_the_same_each_time() -> None:
    from spoiling import random_edit

    drawn = [[random_edit(random.Random(seed)) for seed in range(20)] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert spoil(b"ferry", drawn[0]) == spoil(b"ferry", drawn[1])
