"""The command `lessons`: writes a class folder and says so; overwrites nothing of a teacher's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsresearch.classroom.kinds import KINDS
from newsresearch.cli import main
from newsresearch.opening import open_article

SMALL = ["--kinds", "words", "--article", "03-library-vote"]


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(["lessons", *argv])
    out, err = capsys.readouterr()
    return code, out, err


def names(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_it_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "class"
    code, told, _ = run(capsys, "--out", str(out), *SMALL)
    assert code == 0
    files = names(out)
    sheets = {"worksheets/words/03-library-vote.html", "keys/words/03-library-vote.html"}
    assert {"index.html", "glossary.html", "files.json", *sheets} <= files
    assert told.startswith(f"{len(files) - 1} files in {out}/ ({len(files) - 1} new, 0 replaced")
    assert f"Open {out / 'index.html'} in a browser." in told
    assert not [name for name in files if name.endswith(".part")]


def test_versions_paper_and_no_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path)
    options = ["--kinds", "splice", "--pupils", "3", "--paper", "Letter", "--no-answers"]
    code, told, _ = run(capsys, "--out", out, *options)
    assert code == 0
    assert "answers/" not in told and "keys/" not in told
    sheets = list(tmp_path.glob("worksheets/splice/*.html"))
    assert len(sheets) == 4  # and all in one
    assert all("size: Letter" in sheet.read_text("utf-8") for sheet in sheets)
    assert not (tmp_path / "keys").exists() and not (tmp_path / "answers").exists()


def test_an_own_file_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "my town.txt"
    own.write_text("Library to stay\n\n" + open_article("03-library-vote").body, "utf-8")
    out = tmp_path / "class"
    code, _, _ = run(capsys, "--out", str(out), "--kinds", "words", "--article", str(own))
    assert code == 0
    sheet = (out / "worksheets" / "words" / "my-town.html").read_text("utf-8")
    assert "Library to stay" in sheet and "Invented text" not in sheet


def test_what_a_teacher_changed_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path), *SMALL]
    run(capsys, *out)
    page = tmp_path / "index.html"
    before = page.read_bytes()
    page.write_bytes(b"mine")
    code, told, err = run(capsys, *out)
    assert (code, told) == (2, "")
    assert "index.html" in err and "--force" in err
    assert page.read_bytes() == b"mine"
    code, told, _ = run(capsys, *out, "--force")
    assert code == 0 and "1 replaced" in told
    assert page.read_bytes() == before


def test_files_of_an_earlier_run_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--out", str(tmp_path), *SMALL)
    code, told, _ = run(
        capsys, "--out", str(tmp_path), "--kinds", "speakers", "--article", "03-library-vote"
    )
    assert code == 0 and "2 files of an earlier run are still there" in told


def test_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = run(capsys, "--out", str(tmp_path), *SMALL, "--json")
    found = json.loads(told)
    assert code == 0 and found["folder"] == str(tmp_path)
    assert set(found["new"]) == names(tmp_path) - {"files.json"}
    assert found["problems"] == found["left"] == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--article", "03-libary-vote"], "no file '03-libary-vote', and no bundled article"),
        (["--kinds", "gaps"], "no kind of worksheet 'gaps'"),
        (["--pupils", "0"], "pupils must be a whole number from 1 to 60; found 0"),
    ],
)
def test_wrong_input_is_one_sentence_and_nothing_is_written(
    options: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "class"
    code, _, err = run(capsys, "--out", str(out), *options)
    assert code == 2 and told in err and "Traceback" not in err
    assert not out.exists()


def test_a_file_that_holds_no_article_or_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", "utf-8")
    code, _, err = run(capsys, "--out", str(tmp_path / "class"), "--article", str(empty))
    assert code == 2 and "empty" in err
    empty.write_text("A headline alone", "utf-8")
    code, _, err = run(capsys, "--out", str(tmp_path / "class"), "--article", str(empty))
    assert code == 2 and "the text stands below it" in err
    gone = str(tmp_path / "gone.txt")
    code, _, err = run(capsys, "--out", str(tmp_path / "class"), "--article", gone)
    assert code == 2 and err.startswith(f"newsresearch: no file '{gone}'") and len(err) < 300
    assert not (tmp_path / "class").exists()


def test_the_place_of_the_folder_may_be_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "class"
    taken.write_bytes(b"a file")
    code, _, err = run(capsys, "--out", str(taken), *SMALL)
    assert code == 2 and err.startswith(f"newsresearch: {taken} is a file")
    assert taken.read_bytes() == b"a file"
    code, _, err = run(capsys, "--out", str(taken / "below"), *SMALL)
    assert code == 2 and err.startswith(f"newsresearch: {taken} is a file")


def test_help_names_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lessons", "--help"])
    assert f"of {', '.join(KINDS)} (all)" in " ".join(capsys.readouterr().out.split())


def test_a_sheet_that_cannot_be_made_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = tmp_path / "short.txt"
    short.write_text("Rain\n\nIt rained all the day, and then it rained on.", "utf-8")
    code, told, _ = run(capsys, "--out", str(tmp_path / "class"), *SMALL, "--article", str(short))
    assert code == 0
    assert "missing: no sheet of kind 'words': article 'short' is too short" in told
