"""Bytes to text: encodings told apart, what is no text refused, nothing lost on the way."""

from __future__ import annotations

import gzip
import string

import nasty
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode, make_whole, mend_mojibake

TEXT = "The café’s ferry “isn’t late” – so far.\n"


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-32", ""),
        ("utf-16-le", "no byte order mark: read as UTF-16"),
        ("utf-16-be", "no byte order mark: read as UTF-16"),
        ("cp1252", "not UTF-8: read as Windows-1252"),
    ],
)
@pytest.mark.parametrize("repeat", [1, 1000])
def test_encodings_are_told_apart(encoding: str, note: str, repeat: int) -> None:
    assert decode((TEXT * repeat).encode(encoding)) == (TEXT * repeat, note)


def test_latin_1_is_read_as_its_superset() -> None:
    text = "The café cost 5 £ in Español.\n"
    assert decode(text.encode("latin-1"))[0] == text


def test_a_last_character_that_was_cut_is_dropped_and_told() -> None:
    for cut in (1, 2):
        assert decode("A café, “so".encode()[: -len("“so".encode()) + cut]) == (
            "A café, ",
            "the last character is cut off: dropped",
        )


def test_a_last_accent_in_windows_1252_is_kept() -> None:
    assert decode("The old café".encode("cp1252"))[0] == "The old café"


def test_bytes_that_windows_does_not_know_become_replacement_characters() -> None:
    assert decode(b"a\xff\x81\x8d b")[0] == "aÿ\ufffd\ufffd b"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "a JPEG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04 text", "a ZIP archive"),
        (gzip.compress(b"text"), "a gzip file"),
        (b"\x7fELF\x02", "a program"),
        (b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 60, "a program"),
        (b"PAR1 text PAR1", "a Parquet table"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file"),
        (bytes(range(1, 32)) * 9, "binary data"),
        (b"ustar" + b"\0" * 300 + b"ferry.txt", "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(raw: bytes, kind: str) -> None:
    with pytest.raises(ArticleError, match=f"this is {kind}.*not text. Export it"):
        decode(raw)


def test_a_text_that_begins_like_a_program_is_read() -> None:
    assert decode(b"MZ Ferries goes bankrupt")[0] == "MZ Ferries goes bankrupt"


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\0 \0\n"])
def test_nothing_is_refused_as_empty(raw: bytes) -> None:
    with pytest.raises(ArticleError, match="the file is empty"):
        decode(raw)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_reason(raw: bytes) -> None:
    try:
        text, _ = decode(raw)
    except ArticleError as problem:
        assert str(problem).endswith(".")
    else:
        assert text.strip()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    letters = string.ascii_letters + text
    assert decode(letters.encode()) == (letters, "")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_make_whole_changes_only_what_no_table_can_hold(text: str) -> None:
    notes: list[str] = []
    whole = make_whole(text, notes)
    assert len(whole) == len(text)
    whole.encode()
    changed = {a for a, b in zip(text, whole, strict=True) if a != b}
    assert all(char == "\0" or "\ud800" <= char <= "\udfff" for char in changed)
    assert bool(changed) == bool(notes)


# --- mixed encodings -------------------------------------------------------------------------


def test_a_line_in_another_encoding_does_not_spoil_the_others() -> None:
    raw = "café one\n".encode() + "café two\n".encode("cp1252") + "café three\n".encode()
    text, note = decode(raw)
    assert text == "café one\ncafé two\ncafé three\n"
    assert note == "not UTF-8 in 1 lines (2): these read as Windows-1252"


def test_a_byte_order_mark_does_not_hide_lines_in_another_encoding() -> None:
    raw = "\ufeffcafé\n".encode() + "café\n".encode("cp1252")
    assert decode(raw)[0] == "café\ncafé\n"


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.text("aé’ñ€", min_size=2), st.booleans()), min_size=1, max_size=6))
def test_lines_of_two_encodings_come_back(lines: list[tuple[str, bool]]) -> None:
    raw = b"\n".join(f"x{line}x".encode("cp1252" if old else "utf-8") for line, old in lines)
    assert decode(raw)[0] == "\n".join(f"x{line}x" for line, _ in lines)


# --- mojibake --------------------------------------------------------------------------------

BROKEN = "The cafÃ© said â€œwe canâ€™t payâ€\x9d."


def test_mojibake_is_kept_and_told() -> None:
    notes: list[str] = []
    assert mend_mojibake(BROKEN, notes, repair=False) == BROKEN
    assert notes == ["mojibake such as 'â€™': kept (repair=True mends it)"]


def test_mojibake_is_repaired_on_request() -> None:
    notes: list[str] = []
    assert mend_mojibake(BROKEN, notes, repair=True) == "The café said “we can’t pay”."
    assert notes == ["mojibake: repaired"]


@pytest.mark.parametrize("text", ["“It isn’t,” said Zoë.", "ÂNGELO E ÃO", "3 € – so", "&eacute;"])
def test_good_text_is_never_repaired(text: str) -> None:
    notes: list[str] = []
    assert mend_mojibake(text, notes, repair=True) == text
    assert notes == []
