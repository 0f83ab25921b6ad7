"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsresearch.files import save_text, write_whole


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for content in (b"one", b"two"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsresearch.files.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "no" / "a.txt", b"x")


def test_a_text_is_saved_under_its_ending_alone(tmp_path: Path) -> None:
    path = save_text(str(tmp_path / "new" / "a.HTML"), "caf\u00e9 \ud800", ".html", ".htm")
    assert path.read_text("utf-8") == "café ?"
    with pytest.raises(ValueError, match=r"ends on \.html; found '\.csv'"):
        save_text(tmp_path / "a.csv", "x", ".html", ".htm")
    assert not (tmp_path / "a.csv").exists()
