"""Web archives: which pages are read, and what a broken or hostile archive gives."""

from __future__ import annotations

import gzip
import io
import random
import sys
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsresearch.articles import ArticleError
from newsresearch.formats import warc
from newsresearch.formats.source import Row, Source
from newsresearch.formats.warc import decode_body, parse_warc

HTML = ("Content-Type", "text/html; charset=utf-8")
DATE = "2026-03-03T10:00:00Z"
MIB = 1024 * 1024


def page(number: int) -> bytes:
    return f"<html><title>Ferry {number}</title><p>It is late.</p></html>".encode()


def record(
    number: int, body: bytes | None = None, *headers: tuple[str, str], status: str = "200 OK"
) -> bytes:
    return write(
        f"https://bell.example/{number}",
        "response",
        page(number) if body is None else body,
        StatusAndHeaders(status, [HTML, *headers], protocol="HTTP/1.1"),
    )


def write(url: str, kind: str, body: bytes, http: Any = None, packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    content, told = io.BytesIO(body), {"WARC-Date": DATE}
    made = writer.create_warc_record(
        url, kind, payload=content, http_headers=http, warc_headers_dict=told
    )
    writer.write_record(made)
    return out.getvalue()


def plain(raw: bytes) -> bytes:
    return gzip.decompress(raw)


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a page in the simplest way: how it is really done has its own tests."""

    def extract(raw: bytes, url: str) -> dict[str, Any]:
        if b"<title>" not in raw:
            raise ArticleError("no article.")
        title = raw.split(b"<title>")[1].split(b"</title>")[0].decode()
        return {"headline": title, "body": "It is late.", "byline": None, "url": "other"}

    monkeypatch.setattr(warc, "extract_page", extract)


def read(raw: bytes) -> tuple[list[Row], list[str]]:
    source = Source("news", "news.warc.gz", raw=raw)
    return list(parse_warc(source)), [issue["problem"] for issue in source.issues.rows]


def refused(raw: bytes) -> str:
    with pytest.raises(ArticleError) as refusal:
        read(raw)
    return str(refusal.value)


def headlines(rows: list[Row]) -> list[str]:
    return [row["headline"] or "-" for row in rows]


@pytest.mark.parametrize("packed", [True, False])
def test_reads_html_pages_and_counts_the_rest(tmp_path: Path, packed: bool) -> None:
    about = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
    raw = b"".join(
        [
            write("urn:x", "warcinfo", b"software: ours\r\n"),
            record(1),
            write("https://bell.example/a.png", "response", b"\x89PNG", about),
            record(2, status="404 Not Found"),
            record(3, status="302 Found"),
            write("https://bell.example/b", "resource", b"<title>c</title>"),
            record(4),
        ]
    )
    path = tmp_path / "news.warc.gz"
    path.write_bytes(raw if packed else plain(raw))
    source = Source("news", path.name, path=path)
    rows = list(parse_warc(source))
    assert rows == [
        {
            "article_id": f"news:{number}", "headline": f"Ferry {at}", "body": "It is late.",
            "url": f"https://bell.example/{at}", "warc_date": DATE,
        }
        for number, at in ((2, 1), (7, 4))
    ]  # fmt: skip
    assert [issue["problem"] for issue in source.issues.rows] == [
        "2 records are no HTML pages",
        "2 records are pages that were not there (HTTP 404 and the like)",
    ]


def test_a_page_that_cannot_be_read_is_a_row() -> None:
    rows, _ = read(record(1, b"<html>nothing") + record(2))
    assert rows[0]["error"] == "record 1: no article."
    assert rows[0]["url"] == "https://bell.example/1"
    assert headlines(rows) == ["-", "Ferry 2"]


@pytest.mark.parametrize("cut", [1, 9, 20, 60, 200])
def test_a_file_that_is_cut_off_keeps_what_is_whole(cut: int) -> None:
    rows, _ = read((record(1) + record(2) + record(3))[:-cut])
    assert headlines(rows)[:2] == ["Ferry 1", "Ferry 2"]
    assert "cut off" in rows[-1]["error"]
    assert sum("error" in row for row in rows) == 1
    assert len({row["article_id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("cut", [5, 40, 100, 250, 420])
def test_a_plain_file_that_is_cut_off_keeps_what_is_whole(cut: int) -> None:
    rows, _ = read((plain(record(1)) + plain(record(2)))[:-cut])
    assert headlines(rows)[0] == "Ferry 1"
    assert sum("error" in row for row in rows) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_behind_a_damaged_place(packed: bool) -> None:
    records = [record(number) for number in range(5)]
    if not packed:
        records = [plain(one) for one in records]
    for what in (b"\xff" * 60, b"", b"Content-Length: 99999999\r\n" * 3):
        bad = records[1][:100] + what + records[1][160:]
        rows, _ = read(b"".join([records[0], bad, *records[2:]]))
        found = headlines(rows)
        assert [found[0], *found[-3:]] == ["Ferry 0", "Ferry 2", "Ferry 3", "Ferry 4"], what
    rows, _ = read(b"".join([*records, b"junk at the end"]))
    assert headlines(rows)[:5] == [f"Ferry {number}" for number in range(5)]
    assert "Get the archive again" in rows[5]["error"]


def test_a_length_that_lies_does_not_swallow_the_next_record() -> None:
    first = plain(record(1))
    length = first.split(b"Content-Length: ")[1].split(b"\r\n")[0]
    rows, _ = read(first.replace(length, b"9" + length, 1) + plain(record(2)) + plain(record(3)))
    assert headlines(rows)[-2:] == ["Ferry 2", "Ferry 3"]
    assert any("error" in row for row in rows)


def test_padding_at_the_end_is_no_damage() -> None:
    rows, _ = read(record(1) + b"\0" * 512)
    assert headlines(rows) == ["Ferry 1"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"A ferry\n\nIt is late.", gzip.compress(b"It is late."), b"\x1f\x8b\x08\xff\xff\xff"],
)
def test_what_is_no_archive_is_refused(raw: bytes) -> None:
    assert "no WARC" in refused(raw)


def test_archives_without_pages_are_refused() -> None:
    assert "no HTML page" in refused(write("urn:x", "warcinfo", b"software: ours\r\n"))
    assert "old ARC" in refused(b"filedesc://a.arc 0.0.0.0 2026 text/plain 73\n")


PACKED = zlib.compressobj(wbits=-15)
BARE = PACKED.compress(page(1)) + PACKED.flush()
CODED = {
    "gzip": gzip.compress(page(1)),
    "x-gzip": gzip.compress(page(1)),
    "GZIP": gzip.compress(page(1)),
    "deflate": zlib.compress(page(1)),
    "deflate ": BARE,
    "br": brotli.compress(page(1)),
    "gzip, br": brotli.compress(gzip.compress(page(1))),
    "identity": page(1),
    "gzip ": page(1),  # unpacked already
    "zz": page(1),
}


@pytest.mark.parametrize("coding", CODED)
def test_packed_pages_are_unpacked(coding: str) -> None:
    rows, _ = read(record(1, CODED[coding], ("Content-Encoding", coding)) + record(2))
    assert headlines(rows) == ["Ferry 1", "Ferry 2"]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_damaged_pages_cost_only_themselves(coding: str) -> None:
    good = CODED.get(coding, b"\x28\xb5\x2f\xfd")
    for bad in (good[:-4], good[:8] + b"\xff\xff\xff" + good[11:], b"\xff" * 40):
        rows, _ = read(record(1, bad, ("Content-Encoding", coding)) + record(2))
        assert headlines(rows) == ["-", "Ferry 2"]
        # Brotli has no checksum: what it gives then is something else, or nothing.
        assert coding == "br" or rows[0]["error"].startswith("record 1: the p")


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
    joined = b"".join(b"%x;x=y\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return joined + b"0\r\n\r\n"


def test_chunks_are_joined() -> None:
    told = {"Transfer-Encoding": "chunked"}
    assert decode_body(chunked(page(1)), told) == page(1)
    assert decode_body(page(1), told) == page(1)  # joined already
    packed = {**told, "Content-Encoding": "gzip"}
    assert decode_body(chunked(gzip.compress(page(1))), packed) == page(1)
    with pytest.raises(ArticleError, match="chunks"):
        decode_body(chunked(page(1))[:-9], told)
    with pytest.raises(ArticleError, match="chunks"):
        decode_body(b"1\r\nx\r\n" * 100_000, told)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_bombs_inside_a_page_are_not_unpacked(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_LARGEST_PAGE", MIB)
    zeros = bytes(20 * MIB)
    bomb = {
        "gzip": gzip.compress, "deflate": zlib.compress,
        "br": lambda raw: brotli.compress(raw, quality=1),
    }[coding](zeros)  # fmt: skip
    rows, _ = read(record(1, bomb, ("Content-Encoding", coding)) + record(2))
    assert "larger than 10 MiB" in rows[0]["error"]
    assert headlines(rows) == ["-", "Ferry 2"]


def test_large_pages_cost_only_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_LARGEST_PAGE", 100_000)
    large = b"".join(b"<p>%d" % number for number in range(50_000))
    rows, _ = read(record(1, large) + record(2))
    assert "larger than 10 MiB" in rows[0]["error"]
    assert headlines(rows)[-1] == "Ferry 2"


HEAD = (
    b"WARC/1.0\r\nWARC-Type: %b\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: 30000000\r\n\r\n"
)
BOMBS = {
    "record that is passed over": HEAD % b"resource" + b"0" * 30_000_000,
    "WARC header": b"WARC/1.0\r\nX: " + b"0" * 30_000_000,
    "WARC headers": b"WARC/1.0\r\n" + b"X: 0\r\n" * 5_000_000,
    "HTTP header": HEAD % b"response" + b"HTTP/1.1 200 OK\r\nX: " + b"0" * 30_000_000,
    "HTTP headers": HEAD % b"response" + b"HTTP/1.1 200 OK\r\n" + b"X: 0\r\n" * 5_000_000,
}


@pytest.mark.parametrize("where", BOMBS)
def test_bombs_in_the_archive_cost_only_themselves(where: str) -> None:
    bomb = gzip.compress(BOMBS[where], compresslevel=1)
    rows, _ = read(record(1) + bomb + record(2))
    found = headlines(rows)
    assert (found[0], found[-1]) == ("Ferry 1", "Ferry 2")
    assert any("error" in row for row in rows)


def test_a_bomb_is_not_unpacked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    check = warc.check_ratio
    monkeypatch.setattr(warc, "check_ratio", lambda *a: (steps.append(a[0]), check(*a)))
    zeros = BOMBS["record that is passed over"]
    rows, _ = read(record(1) + gzip.compress(zeros, compresslevel=9) + record(2))
    assert "200 times" in rows[1]["error"]
    assert 0 < max(steps) < len(zeros) // 2


def test_a_file_packed_as_one_is_read_to_the_damaged_place() -> None:
    whole = b"".join(plain(record(number)) for number in range(4))
    rows, _ = read(gzip.compress(whole))
    assert headlines(rows) == [f"Ferry {number}" for number in range(4)]
    rows, _ = read(gzip.compress(whole)[:-30])
    assert headlines(rows) == ["Ferry 0", "Ferry 1", "Ferry 2", "-"]
    rows, _ = read(gzip.compress(whole[:-30]))
    assert headlines(rows) == ["Ferry 0", "Ferry 1", "Ferry 2", "-"]


def test_headers_that_make_no_sense_cost_only_their_record() -> None:
    good = plain(record(1))
    length = good.split(b"Content-Length: ")[1].split(b"\r\n")[0]
    for bad in (
        good.replace(b"Content-Length: " + length, b"Content-Length: -5", 1),
        good.replace(b"Content-Length: " + length, b"Content-Length: " + b"9" * 30, 1),
        good.replace(b"Content-Length: " + length + b"\r\n", b"", 1),
        good.replace(b"WARC-Target-URI: https://bell.example/1", b"WARC-Target-URI: \xff\xfe"),
        good.replace(b"HTTP/1.1 200 OK", b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    ):
        rows, _ = read(gzip.compress(bad) + record(2))
        assert headlines(rows)[-1] == "Ferry 2"
        rows, _ = read(plain(record(0)) + bad + plain(record(2)))
        assert (headlines(rows)[0], headlines(rows)[-1]) == ("Ferry 0", "Ferry 2")


def test_an_archive_full_of_damage_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_MOST_FAULTS", 3)
    bad = gzip.compress(b"WARC/1.0\r\nnothing")
    rows, _ = read(record(1) + bad * 10 + record(2))
    assert headlines(rows) == ["Ferry 1", "-", "-", "-", "-"]
    assert "given up" in rows[-1]["error"]
    monkeypatch.setattr(warc, "_MOST_TRIES", 3)
    rows, _ = read(record(1) + b"\x1f\x8b\x08" * 50 + record(2))
    assert headlines(rows) == ["Ferry 1", "-"]


def test_without_brotli_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    rows, _ = read(record(1, CODED["br"], ("Content-Encoding", "br")) + record(2))
    assert "newsresearch[web]" in rows[0]["error"]
    assert headlines(rows) == ["-", "Ferry 2"]


def test_any_damage_gives_rows_or_a_refusal() -> None:
    chance = random.Random(7)
    packed = b"".join(record(number) for number in range(3))
    for _ in range(400):
        raw = bytearray(chance.choice([packed, plain(packed)]))
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(raw))
            piece = chance.choice([b"", b"\0", b"\r\n\r\n", b"WARC/1.0\r\n", b"\x1f\x8b\x08"])
            raw[at : at + chance.randint(0, 40)] = piece
        try:
            rows, _ = read(bytes(raw))
        except ArticleError:
            continue
        ids = [row["article_id"] for row in rows]
        assert len(set(ids)) == len(ids)
        good = [row["url"] for row in rows if "error" not in row and row["url"]]
        assert len(set(good)) == len(good), "a record was read twice"
