"""A folder is written file by file, and what somebody changed is not overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsresearch.classroom.folders import RECORD, write_folder

FILES = {"index.html": b"one", "worksheets/a.html": b"two"}


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in files if p.name != RECORD}


def test_files_are_written_and_told(tmp_path: Path) -> None:
    out = tmp_path / "new" / "class"
    written = write_folder(out, FILES)
    assert content(out) == FILES
    assert written.new == list(FILES) and not written.same
    again = write_folder(out, FILES)
    assert again.same == list(FILES) and not again.new and not again.replaced


def test_what_we_wrote_is_replaced_and_what_somebody_changed_is_not(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    newer = {"index.html": b"newer", "worksheets/a.html": b"newer"}
    assert write_folder(tmp_path, newer).replaced == list(FILES)
    (tmp_path / "index.html").write_bytes(b"by the teacher")
    with pytest.raises(ValueError, match=r"1 of the files .* was changed .*: index.html\."):
        write_folder(tmp_path, {"new.html": b"x", **FILES})
    # Nothing of it was written, the new file neither.
    assert content(tmp_path) == {**newer, "index.html": b"by the teacher"}
    write_folder(tmp_path, FILES, force=True)
    assert content(tmp_path) == FILES


def test_a_file_of_others_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"mine")
    with pytest.raises(ValueError, match=r"made by others: index\.html"):
        write_folder(tmp_path, FILES)
    assert content(tmp_path) == {"index.html": b"mine"}


def test_a_file_that_happens_to_be_the_same_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"one")
    assert write_folder(tmp_path, FILES).same == ["index.html"]


@pytest.mark.parametrize("name", ["../x.html", "/tmp/x.html", "a/../../x.html"])
def test_nothing_is_written_outside(name: str, tmp_path: Path) -> None:
    out = tmp_path / "class"
    with pytest.raises(ValueError, match="leads out of"):
        write_folder(out, {"a.html": b"x", name: b"x"})
    assert not list(tmp_path.iterdir())


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    away, out = tmp_path / "away", tmp_path / "class"
    away.mkdir()
    out.mkdir()
    (out / "worksheets").symlink_to(away)
    with pytest.raises(ValueError, match="leads out of"):
        write_folder(out, FILES)
    assert not list(away.iterdir()) and not (out / "index.html").exists()


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(ValueError, match="is a folder, and a file goes there"):
        write_folder(tmp_path, FILES)


def test_files_of_an_earlier_run_are_left_and_told(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    assert write_folder(tmp_path, {"index.html": b"one"}).left == ["worksheets/a.html"]
    assert content(tmp_path) == FILES


@pytest.mark.parametrize("record", [b"{", b"[1]", b"3", json.dumps({"index.html": 3}).encode()])
def test_a_broken_record_makes_us_careful(record: bytes, tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    (tmp_path / RECORD).write_bytes(record)
    with pytest.raises(ValueError, match="changed"):
        write_folder(tmp_path, {"index.html": b"newer"})
    assert content(tmp_path) == FILES
