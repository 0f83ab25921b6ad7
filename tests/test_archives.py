"""Packed files: what comes out of them, and what bombs, lies and damage give."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from newsresearch import archives
from newsresearch.archives import Member, inflate, read_zip
from newsresearch.articles import ArticleError

TEXT = b"Ferry opens\n\nThe ferry opened on Monday.\n" * 50
MIB = 1024 * 1024


def noise(size: int) -> bytes:
    return random.Random(3).randbytes(size)


# --- gzip ------------------------------------------------------------------------------------


def test_gzip_of_one_and_of_several_parts() -> None:
    assert inflate(gzip.compress(TEXT), "a.gz") == (TEXT, "")
    assert inflate(gzip.compress(TEXT) * 3, "a.gz") == (TEXT * 3, "")
    assert inflate(gzip.compress(b""), "a.gz") == (b"", "")
    large = noise(3 * MIB)
    assert inflate(gzip.compress(large) + gzip.compress(TEXT), "a.gz") == (large + TEXT, "")


def test_gzip_that_is_cut_off_gives_what_can_be_read() -> None:
    large = noise(300_000)
    content, note = inflate(gzip.compress(large)[:-1000], "a.gz")
    assert large.startswith(content)
    assert len(content) > 290_000
    assert note == f"the gzip file is cut off: {len(content):,} bytes could be read"
    # Only the checksum is gone.
    assert inflate(gzip.compress(TEXT)[:-1], "a.gz")[0] == TEXT
    content, note = inflate(gzip.compress(TEXT) + gzip.compress(large)[:5], "a.gz")
    assert (content, "cut off" in note) == (TEXT, True)


def test_gzip_that_is_damaged_gives_only_what_was_verified() -> None:
    good = gzip.compress(TEXT)
    wrong_sum = good[:-8] + b"\0\0\0\0" + good[-4:]
    with pytest.raises(ArticleError, match=r"a\.gz: the gzip file is damaged; nothing"):
        inflate(wrong_sum, "a.gz")
    content, note = inflate(good + wrong_sum, "a.gz")
    assert content == TEXT
    assert note.startswith("the gzip file is damaged: ")
    # Of a long part, much is unpacked before its checksum turns out to be wrong.
    long = gzip.compress(noise(3 * MIB))
    assert inflate(good + long[:-8] + b"\0" * 8, "a.gz")[0] == TEXT


def test_what_follows_a_gzip_file_is_passed_over() -> None:
    assert inflate(gzip.compress(TEXT) + b"\0" * 512, "a.gz") == (TEXT, "")
    content, note = inflate(gzip.compress(TEXT) + b"junk", "a.gz")
    assert content == TEXT
    assert note == "4 bytes stand after the end of the gzip file: passed over"


@pytest.mark.parametrize("raw", [b"", b"A ferry", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x08\xff\xff"])
def test_what_is_no_gzip_file_is_refused(raw: bytes) -> None:
    with pytest.raises(ArticleError, match=r"a\.gz"):
        inflate(raw, "a.gz")


def test_a_gzip_bomb_is_refused_in_little_memory() -> None:
    bomb = gzip.compress(bytes(100 * MIB), compresslevel=9)
    tracemalloc.start()
    with pytest.raises(ArticleError, match=r"a\.gz: .*200 times"):
        inflate(bomb, "a.gz")
    with pytest.raises(ArticleError, match="200 times"):
        inflate(gzip.compress(bytes(MIB)) * 100, "a.gz")
    assert tracemalloc.get_traced_memory()[1] < 30 * MIB
    tracemalloc.stop()


def test_gzip_has_limits_of_size_and_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 100_000)
    with pytest.raises(ArticleError, match="512 MiB"):
        inflate(gzip.compress(noise(100_001)), "a.gz")
    monkeypatch.setattr(archives, "_MOST_PARTS", 3)
    with pytest.raises(ArticleError, match="parts"):
        inflate(gzip.compress(b"a") * 4, "a.gz")


# --- ZIP -------------------------------------------------------------------------------------


def pack(
    *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, raw in members:
            archive.writestr(name, raw, compress_type=method)
    return out.getvalue()


def read(raw: bytes) -> list[Member]:
    return list(read_zip(raw, "a.zip"))


def with_name(name: str) -> bytes:
    """Return an archive whose first member has a name that no tool would write."""
    blank = "x" * len(name.encode())
    return pack((blank, TEXT), ("good.txt", TEXT)).replace(blank.encode(), name.encode())


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_reads_members_in_order(tmp_path: Path, method: int) -> None:
    raw = pack(("b.txt", TEXT), ("c/a.txt", b""), ("ü.txt", TEXT), method=method)
    wanted = [Member("b.txt", TEXT, ""), Member("c/a.txt", b"", ""), Member("ü.txt", TEXT, "")]
    assert read(raw) == wanted
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    assert list(read_zip(path, "a.zip")) == wanted
    assert [found.name for found in tmp_path.iterdir()] == ["a.zip"]


def test_folders_and_leavings_of_macos_are_passed_over() -> None:
    raw = pack(("n/", b""), ("__MACOSX/n/._a.txt", b"x"), ("n/.DS_Store", b"x"), ("n/a.txt", TEXT))
    assert read(raw) == [Member("n/a.txt", TEXT, "")]


UNSAFE = ["../x", "a/../../x", "..", "/x", "C:x", "c:\\x", "a\\..\\x", "a\0b"]


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_names_are_told(name: str) -> None:
    bad, good = read(with_name(name))
    assert (bad.raw, bad.name) == (b"", name.replace("\0", "\ufffd"))
    assert "leads out" in bad.problem
    assert good == Member("good.txt", TEXT, "")


def test_a_member_without_a_name_is_told() -> None:
    good_one = pack(("good.txt", TEXT), ("xx", b""))
    # No tool writes this: the second member's name is made the extra data of it.
    at = good_one.rindex(b"PK\1\2")
    raw = bytearray(good_one)
    struct.pack_into("<HH", raw, at + 28, 0, 2)
    good, bad = read(bytes(raw))
    assert (bad.name, bad.raw) == ("(no name)", b"")
    assert bad.problem
    assert good.raw == TEXT


@pytest.mark.parametrize("name", ["a..b.txt", "…/a.txt", "~$a.docx", "a: b.txt"[1:]])
def test_odd_names_that_are_safe_are_read(name: str) -> None:
    assert read(pack((name, TEXT))) == [Member(name, TEXT, "")]


def test_names_in_utf8_that_do_not_say_so() -> None:
    assert read(with_name("zé.txt"))[0] == Member("zé.txt", TEXT, "")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_told() -> None:
    first, second = read(pack(("a.txt", TEXT), ("a.txt", b"other")))
    assert (first.raw, first.problem) == (TEXT, "")
    assert "twice" in second.problem


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_not_followed(kind: int) -> None:
    info = zipfile.ZipInfo("a.txt")
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    bad, good = read(pack((info, b"/etc/hostname"), ("good.txt", TEXT)))
    assert "link" in bad.problem
    assert (bad.raw, good.raw) == (b"", TEXT)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.TGZ", "a.7z", "n/a.warc.gz"])
def test_archives_inside_are_not_opened(name: str) -> None:
    bad, good = read(pack((name, pack(("x.txt", TEXT))), ("good.txt", TEXT)))
    assert "archive inside" in bad.problem
    assert (bad.raw, good.raw) == (b"", TEXT)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_without_a_limit_are_not_read(method: int) -> None:
    bad, good = read(pack(("a.txt", TEXT), ("n/", b""), ("b.txt", TEXT), method=method))
    assert f"({method})" in bad.problem == good.problem


def central(raw: bytes) -> int:
    return raw.index(b"PK\1\2")


def test_encrypted_members_are_told() -> None:
    raw = bytearray(pack(("a.txt", TEXT), ("good.txt", TEXT)))
    raw[central(bytes(raw)) + 8] |= 1
    bad, good = read(bytes(raw))
    assert "encrypted" in bad.problem
    assert good.raw == TEXT


def test_a_wrong_checksum_costs_only_its_member() -> None:
    raw = pack(("a.txt", TEXT), ("good.txt", TEXT), method=zipfile.ZIP_STORED)
    bad, good = read(raw.replace(b"Monday", b"Sunday", 1))
    assert "cannot be unpacked" in bad.problem
    assert (bad.raw, good.raw) == (b"", TEXT)


@pytest.mark.parametrize("size", [1, 10, len(TEXT) + 1, 0xFFFFFFF0])
def test_sizes_that_lie_cost_only_their_member(size: int) -> None:
    raw = bytearray(pack(("a.txt", TEXT), ("good.txt", TEXT)))
    struct.pack_into("<I", raw, central(bytes(raw)) + 24, size)
    bad, good = read(bytes(raw))
    assert bad.raw == b"" or bad.raw == TEXT  # never more, never a part of it
    assert size > len(TEXT) or bad.problem
    assert good == Member("good.txt", TEXT, "")


def test_a_member_that_points_nowhere_costs_only_itself() -> None:
    raw = bytearray(pack(("a.txt", TEXT), ("good.txt", TEXT)))
    struct.pack_into("<I", raw, central(bytes(raw)) + 42, 0xFFFFFF00)
    bad, good = read(bytes(raw))
    assert "cannot be unpacked" in bad.problem
    assert good.raw == TEXT


def test_a_zip_bomb_costs_only_itself_and_little_memory() -> None:
    raw = pack(("bomb.txt", bytes(100 * MIB)), ("good.txt", TEXT))
    tracemalloc.start()
    bad, good = read(raw)
    assert tracemalloc.get_traced_memory()[1] < 10 * MIB
    tracemalloc.stop()
    assert "200 times" in bad.problem
    assert good.raw == TEXT


def test_members_that_overlap_are_bounded_by_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = pack(*((f"{number}.txt", noise(400_000)) for number in range(5)))
    monkeypatch.setattr(archives, "LARGEST", 1_000_000)
    with pytest.raises(ArticleError, match="larger than 512 MiB"):
        read(raw)
    monkeypatch.setattr(archives, "LARGEST", 2 * len(raw))
    monkeypatch.setattr(archives, "_FREE", 1_000_000)
    monkeypatch.setattr(archives, "_HIGHEST_RATIO", 0.4)
    found = read(raw)
    assert sum(len(member.raw) for member in found) <= 1_000_000
    assert [bool(member.problem) for member in found] == [False, False, True, True, True]


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_MEMBERS", 20)
    assert len(read(pack(*((f"{n}.txt", b"") for n in range(20))))) == 20
    for count in (21, 400):
        with pytest.raises(ArticleError, match=r"a\.zip holds more than 20 files"):
            read(pack(*((f"{n}.txt", b"") for n in range(count))))


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda raw: b"",
    "text": lambda raw: b"A ferry",
    "cut": lambda raw: raw[:-30],
    "head only": lambda raw: raw[:4],
    "list gone": lambda raw: raw[: central(raw)],
    "list wrong": lambda raw: raw.replace(b"PK\1\2", b"PK\1\3"),
    "name no UTF-8": lambda raw: raw.replace("ü".encode(), b"\xff\xff"),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damaged_archives_are_refused(what: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.zip is no ZIP archive, or a damaged one"):
        read(DAMAGE[what](pack(("ü.txt", TEXT))))


def test_archives_without_files_are_refused(tmp_path: Path) -> None:
    for raw in (pack(), pack(("n/", b""), ("__MACOSX/a", b""))):
        with pytest.raises(ArticleError, match="no files"):
            read(raw)
    with pytest.raises(ArticleError, match="cannot read"):
        list(read_zip(tmp_path / "none.zip", "none.zip"))


def test_any_damage_gives_members_or_a_refusal() -> None:
    chance = random.Random(5)
    good = pack(("a.txt", TEXT), ("b/c.txt", TEXT), ("d.txt", noise(500)))
    for _ in range(600):
        raw = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            members = read(bytes(raw))
        except ArticleError:
            continue
        for member in members:
            assert not (member.raw and member.problem)
            assert member.problem or zlib.crc32(member.raw) in map(zlib.crc32, CONTENTS)


CONTENTS = (TEXT, noise(500), b"")
