"""Web archives: which pages are read, and what a broken or hostile archive gives."""

from __future__ import annotations

import gzip
import io
import random
import re
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
REST = "The rest of the archive was not read: get the archive again."


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


PACKED_DAMAGE = {
    "overwritten": lambda raw: raw[:100] + b"\xff" * 60 + raw[160:],
    "lost bytes": lambda raw: raw[:100] + raw[160:],
    "wrong bytes at the begin": lambda raw: b"\xff" * 60 + raw[60:],
    "cut off": lambda raw: raw[:-60],
}


@pytest.mark.parametrize("damage", PACKED_DAMAGE)
def test_reading_ends_at_a_damaged_place_and_says_so(damage: str) -> None:
    bad = PACKED_DAMAGE[damage](record(2))
    rows, _ = read(record(0) + record(1) + bad + record(3))
    assert headlines(rows)[:2] == ["Ferry 0", "Ferry 1"]
    assert "Ferry 3" not in headlines(rows)
    # Record ids are drawn anew each time, so the bytes and what is still seen of them differ.
    assert re.match(r"record [34]: ", rows[-1]["error"])
    assert rows[-1]["error"].endswith(REST)


def test_a_wrong_sum_at_the_end_of_a_packed_part_is_told() -> None:
    rows, _ = read(record(0) + record(1)[:-8] + b"abcd" + record(1)[-4:] + record(2))
    assert headlines(rows) == ["Ferry 0", "Ferry 1", "-"]
    assert REST in rows[-1]["error"]


PLAIN_DAMAGE = {
    "wrong bytes at the begin": lambda raw: b"\xff" * 60 + raw[60:],
    "lost bytes": lambda raw: raw[:-60],
    "bytes too many": lambda raw: raw + b"junk at the end",
    "a line of junk": lambda raw: raw + b"junk\r\n",
    "no length": lambda raw: raw.replace(b"Content-Length", b"Content-Height", 1),
    "a length below zero": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: -", 1),
    "a length too short": lambda raw: raw.replace(b"Content-Length: 1", b"Content-Length: ", 1),
    "a length too long": lambda raw: raw.replace(b"Content-Length: ", b"Content-Length: 9", 1),
    "a huge length": lambda raw: raw.replace(b"Length: ", b"Length: 999999999999", 1),
    "no number": lambda raw: raw.replace(b"Length: ", b"Length: " + b"9" * 30, 1),
    "a head without end": lambda raw: b"WARC/1.0\r\n" + b"X: 0\r\n" * 50_000 + raw,
}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("damage", PLAIN_DAMAGE)
def test_records_out_of_order_end_the_reading_and_are_told(damage: str, packed: bool) -> None:
    bad = PLAIN_DAMAGE[damage](plain(record(2)))
    raw = [plain(record(0)), plain(record(1)), bad, plain(record(3)), plain(record(4))]
    rows, _ = read(b"".join(map(gzip.compress, raw)) if packed else b"".join(raw))
    found = headlines(rows)
    assert found[:2] == ["Ferry 0", "Ferry 1"]
    assert not {"Ferry 3", "Ferry 4"} & set(found)
    assert rows[-1]["error"].endswith(REST)


def test_a_page_that_is_not_what_was_archived_gets_a_note() -> None:
    changed = plain(record(1)).replace(b"It is late", b"It is lame")
    rows, _ = read(changed + plain(record(2)))
    assert headlines(rows) == ["Ferry 1", "Ferry 2"]
    assert ["note" in row for row in rows] == [True, False]
    for odd in (b"sha1:", b"md5:ABC", b"sha1:" + b"0" * 40, b"nothing"):
        start, _, rest = changed.partition(b"WARC-Block-Digest: ")
        rows, _ = read(start + b"WARC-Block-Digest: " + odd + rest[rest.index(b"\r\n") :])
        assert headlines(rows) == ["Ferry 1"]
        assert "note" not in rows[0], odd


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
    assert "no HTML page" in refused(record(1, status="404 Not Found"))
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
    "HTTP header": HEAD % b"response" + b"HTTP/1.1 200 OK\r\nX: ".ljust(30_000_000, b"0"),
    "HTTP headers": HEAD % b"response"
    + (b"HTTP/1.1 200 OK\r\n" + b"X: 0\r\n" * 5_000_000)[:30_000_000],
}


@pytest.mark.parametrize("where", BOMBS)
def test_bombs_in_the_archive_leave_the_rows_before_them(where: str) -> None:
    bomb = gzip.compress(BOMBS[where], compresslevel=1)
    rows, told = read(record(1) + bomb + record(2))
    if where.startswith("WARC"):
        assert headlines(rows) == ["Ferry 1", "-"]
        assert "its head has no end" in rows[1]["error"]
    elif where.startswith("HTTP"):
        assert headlines(rows) == ["Ferry 1", "-", "Ferry 2"]
        assert "HTTP headers cannot be read" in rows[1]["error"]
    else:
        assert headlines(rows) == ["Ferry 1", "Ferry 2"]
        assert told == ["1 records are no HTML pages"]


def test_a_bomb_is_not_unpacked_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    check = warc.check_ratio
    monkeypatch.setattr(warc, "check_ratio", lambda *a: (steps.append(a[0]), check(*a)))
    # A long good beginning must not pay for it.
    noise = write("https://bell.example/n", "resource", random.Random(5).randbytes(3 * MIB))
    size = 150_000_000
    bomb = gzip.compress(HEAD.replace(b"30000000", b"%d" % size) % b"resource" + bytes(size))
    rows, _ = read(noise + record(1) + bomb + record(2))
    assert headlines(rows) == ["Ferry 1", "-"]
    assert "200 times" in rows[1]["error"]
    assert rows[1]["error"].endswith(REST)
    assert 0 < max(steps) < size // 2


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
    for bad in (
        good.replace(b"WARC-Target-URI: https://bell.example/1", b"WARC-Target-URI: \xff\xfe"),
        good.replace(b"HTTP/1.1 200 OK", b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    ):
        rows, _ = read(gzip.compress(bad) + record(2))
        assert headlines(rows)[-1] == "Ferry 2"
        rows, _ = read(plain(record(0)) + bad + plain(record(2)))
        assert (headlines(rows)[0], headlines(rows)[-1]) == ("Ferry 0", "Ferry 2")


def test_http_headers_that_are_too_long_cost_only_their_record() -> None:
    rows, _ = read(record(1, None, ("X-Long", "0" * 70_000)) + record(2))
    assert rows[0]["error"] == "record 1: its HTTP headers cannot be read."
    assert headlines(rows) == ["-", "Ferry 2"]


def test_of_two_lengths_the_first_one_holds() -> None:
    twice = plain(record(1)).replace(b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: 112\r\n")
    twice = twice.replace(b"Content-Length: 112\r\n\r\n", b"Content-Length: 3\r\n\r\n")
    rows, _ = read(twice + plain(record(2)))
    assert headlines(rows) == ["Ferry 1", "Ferry 2"]


def test_http_headers_may_be_sloppy() -> None:
    head = b"HTTP/1.0  200\nserver of ours\ncontent-TYPE:text/html\ncontent-encoding: gzip\n\n"
    told = {"WARC-Type": b"response", "Content-Type": b"application/http"}
    block = head + gzip.compress(page(1))
    fields = b"".join(b"%b: %b\r\n" % (name.encode(), value) for name, value in told.items())
    raw = b"WARC/1.1\r\n%bContent-Length: %d\r\n\r\n%b\r\n\r\n" % (fields, len(block), block)
    rows, _ = read(raw + plain(record(2)))
    assert headlines(rows) == ["Ferry 1", "Ferry 2"]


def test_without_fastwarc_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    assert "newsresearch[web]" in refused(record(1))


def test_any_damage_gives_rows_and_is_told_or_a_refusal() -> None:
    chance = random.Random(7)
    packed = b"".join(record(number) for number in range(3))
    for _ in range(400):
        raw = bytearray(chance.choice([packed, plain(packed)]))
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(raw))
            piece = chance.choice([b"", b"\0", b"\r\n\r\n", b"WARC/1.0\r\n", b"\x1f\x8b\x08"])
            raw[at : at + chance.randint(0, 40)] = piece
        try:
            rows, told = read(bytes(raw))
        except ArticleError:
            continue
        ids = [row["article_id"] for row in rows]
        assert len(set(ids)) == len(ids)
        good = [row["url"] for row in rows if "error" not in row and row["url"]]
        assert len(set(good)) == len(good), "a record was read twice"
        is_told = told or any("error" in row or "note" in row for row in rows)
        assert is_told or len(rows) == 3, "a record was lost without a word"
