"""How to spoil a valid file, and the laws that must hold for whatever came of it.

Shared by the tests and the fuzzer.
"""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd
from samples import pack

from newsresearch.articles import Article, ArticleError, check_articles
from newsresearch.finishing import finish
from newsresearch.formats.registry import parse
from newsresearch.formats.source import Source
from newsresearch.furniture import find_furniture, strip_furniture
from newsresearch.incoherence import find_incoherence
from newsresearch.issues import Issues
from newsresearch.plain import find_masks, smooth
from newsresearch.quotations import find_quotations
from newsresearch.text import Span, split_paragraphs, split_sentences, split_words

# --- spoiling --------------------------------------------------------------------------------

EDITS = ("cut", "drop", "flip", "put", "double", "splice")
# What parsers look for, and what upsets them.
TOKENS = (
    b"\0", b"\n", b"\r", b'"', b"'", b",", b";", b"\t", b"<", b">", b"&", b"{", b"}", b"[", b"]",
    b"\\", b"\xff", b"\xfe", b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe",
    b"&#xFFFE;", b"&#0;", b"&#xD800;", b"&lt;", b"<![CDATA[", b"]]>", b"<!--", b"<!DOCTYPE a [",
    b'<!ENTITY a "b">', b"&a;", b"</p>", b"<p>", b"<table>", b"<script>", b"</html>", b"\\u0",
    b"\\u-1?", b"\\'zz", b"\\bin9 ", b"{\\*", b"\\ud800", b"1e999", b"NaN", b"-1", b"999999999999",
    b"null", b"true", b'"headline":', b'"_line":', b'"error":', b"headline", b"body", b"title",
    b"content", b"---\n", b"# ",
    b"HD\n", b"LP\n", b"Body\n", b"Full text: ", b"Length: ", b"End of Document", b"WARC/1.0\r\n",
    b"Content-Length: 9\r\n", b"Transfer-Encoding: chunked\r\n", b"PK\x01\x02", b"PK\x05\x06",
    b"\x7f\xff\xff\xff", b"\x80\0\0\0", "\u2028".encode(), "\u202e".encode(), "’".encode(),
)  # fmt: skip


class Edit(NamedTuple):
    """One change to a file: what, where (0 to 1), how many bytes, and with what."""

    how: str
    at: float
    length: int
    token: bytes


def random_edit(chance: random.Random) -> Edit:
    """Draw an edit."""
    length = int(2 ** chance.uniform(0, 9))
    token = chance.choice([*TOKENS, bytes([chance.randrange(256)])])
    return Edit(chance.choice(EDITS), chance.random(), length, token)


def spoil(raw: bytes, edits: Iterable[Edit], other: bytes = b"") -> bytes:
    """Return a file after some edits; `other` is what is spliced in."""
    for how, at, length, token in edits:
        here = int(at * len(raw))
        there, part = here + length, raw[here : here + length]
        if how == "cut":
            raw = raw[:here]
        elif how == "drop":
            raw = raw[:here] + raw[there:]
        elif how == "flip":
            raw = raw[:here] + bytes(byte ^ (token[0] or 1) for byte in part[:8]) + raw[here + 8 :]
        elif how == "put":
            raw = raw[:here] + token + raw[here:]
        elif how == "double":
            raw = raw[:here] + part * 2 + raw[there:]
        else:
            raw = raw[:here] + other[int(at * len(other)) :][:length] + raw[there:]
    return raw


def spoil_inside(kind: str, raw: bytes, edits: Iterable[Edit], other: bytes = b"") -> bytes:
    """Spoil what is packed in a file and pack it again, so that checksums hold."""
    if raw.startswith(b"\x1f\x8b"):
        return gzip.compress(spoil(gzip.decompress(raw), edits, other), mtime=0)
    if kind not in {".zip", ".docx"}:
        return spoil(raw, edits, other)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    edits = list(edits)
    return pack({name: spoil(content, edits, other) for name, content in files.items()})


# --- laws ------------------------------------------------------------------------------------


def check_rows(kind: str, raw: bytes) -> int:
    """Read a file as one kind: rows that make an Articles table, or one sentence. Return rows."""
    issues = Issues()
    try:
        rows = parse(Source("row", f"file{kind}", issues=issues, raw=raw), kind)
    except ArticleError as problem:
        message = str(problem)
        assert message.endswith((".", "?", ").")), message
        assert "\n" not in message, message
        assert len(message) < 500, message
        return 0
    articles = finish(rows, "row", issues)
    check_articles(articles)
    assert len(articles) == len(rows)
    issues.table()
    list(articles.to_csv(index=False).encode())
    return len(rows)


def check_text(text: str) -> None:
    """Hold the laws of the text foundation against one text: spans, quotes, receipts, smoothing."""
    sentences, paragraphs = split_sentences(text), split_paragraphs(text)
    assert _rest(text, sentences) == "".join(text.split()), "sentences joined are not the text"
    assert _rest(text, paragraphs) == "".join(text.split()), "paragraphs joined are not the text"
    for spans in (sentences, paragraphs, split_words(text), [Span(*m) for m in find_masks(text)]):
        _check_spans(text, spans)
    quotations = [Span(found.start, found.end) for found in find_quotations(text)]
    _check_spans(text, quotations)
    furniture = find_furniture(text)
    _check_spans(text, [Span(found.start, found.end) for found in furniture])
    _check_smooth(text)


def _rest(text: str, spans: Iterable[Span]) -> str:
    return "".join("".join(span.of(text).split()) for span in spans)


def _check_spans(text: str, spans: Sequence[Span]) -> None:
    ends = [0, *(span.end for span in spans)]
    for span, earlier in zip(spans, ends, strict=False):
        assert earlier <= span.start < span.end <= len(text), f"span {span} after {earlier}"


def _check_smooth(text: str) -> None:
    """Each piece of the smoothed text must stand, smoothed, where ``stored`` says."""
    smoothed = smooth(text)
    spans = [smoothed.stored(at, at + 1) for at in range(len(smoothed.text))]
    if not smoothed.has_moved:
        assert len(smoothed.text) == len(text)
    pieces: dict[tuple[int, int], str] = {}
    for span, char in zip(spans, smoothed.text, strict=True):
        pieces[span] = pieces.get(span, "") + char  # accents that stay apart share a span
    _check_spans(text, [Span(*span) for span in pieces])
    for (start, end), piece in pieces.items():
        found = smooth(text[start:end]).text
        assert found == piece or (piece == " " and found.isspace()), f"{piece!r} is {found!r}"


def check_article(headline: str, body: str) -> None:
    """Hold the laws of findings and receipts against one article."""
    cells = {"article_id": ["a"], "headline": [headline], "body": [body]}
    articles = pd.DataFrame({name: pd.Series(cell, dtype=object) for name, cell in cells.items()})
    article = Article("a", headline, body)
    for row in find_incoherence(articles).itertuples():
        assert "failed:" not in row.reason, row.reason
        assert article.field(row.field)[row.start : row.end] == row.quote
        if row.other_field:
            assert article.field(row.other_field)[row.other_start : row.other_end] == (
                row.other_quote
            )
    stripped, receipts = strip_furniture(articles)
    restored, at, kept = [], 0, iter(stripped["body"].tolist())
    rest = next(kept)
    for row in receipts.itertuples():
        length = row.start - at
        restored += [rest[:length], row.quote]
        rest, at = rest[length:], row.end
    assert "".join(restored) + rest == body, "the receipts do not restore the text"
