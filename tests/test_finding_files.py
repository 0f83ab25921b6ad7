"""Which files a path means: what is passed over is told, what is odd says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsresearch.articles import ArticleError
from newsresearch.finding_files import find_files
from newsresearch.issues import Issues


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Ferry late\n\nIt rained.")


def test_a_folder_gives_its_files_in_order_and_says_what_it_left(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.csv.gz", "sub/c.html", "d.pdf", "e.pdf", "f", ".g.txt")
    write(tmp_path, ".cache/h.txt")
    issues = Issues()
    files, alone = find_files(tmp_path, issues)
    assert not alone
    assert [file.name for file in files] == ["a", "b", "sub/c"]
    assert [file.shown for file in files] == ["a.csv.gz", "b.txt", "sub/c.html"]
    (told,) = issues.table().to_dict("records")
    assert told["problem"] == "4 files of other kinds (2 .pdf, 1 hidden, 1 no ending)"
    assert told["action"] == "passed over"


def test_a_file_named_by_itself_is_alone_and_its_ending_is_not_its_name(tmp_path: Path) -> None:
    write(tmp_path, "1. ferry.news.CSV.GZ")
    files, alone = find_files(tmp_path / "1. ferry.news.CSV.GZ", Issues())
    assert alone
    assert files[0].name == "1. ferry.news"
    assert files[0].problem == ""


def test_a_pattern_may_ask_for_hidden_files(tmp_path: Path) -> None:
    write(tmp_path, ".a.txt")
    assert [f.name for f in find_files(str(tmp_path / ".*.txt"), Issues())[0]] == [".a"]


@pytest.mark.parametrize(("name", "problem"), [("a.pdf", "a kind not read"), ("b.txt", "a link")])
def test_what_is_not_opened_says_why(tmp_path: Path, name: str, problem: str) -> None:
    write(tmp_path, "a.pdf", "real.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "real.txt")
    source = tmp_path / name if name == "a.pdf" else tmp_path
    files, _ = find_files(source, Issues())
    assert any(problem in file.problem for file in files)


def test_nothing_of_a_kind_that_is_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    with pytest.raises(ArticleError, match="no articles at"):
        find_files(tmp_path, Issues())
