"""Reading: one table from whatever is handed over, a reason for what cannot be read."""

from __future__ import annotations

import gzip
import io
import os
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from newsresearch import reading
from newsresearch.articles import ArticleError, check_articles
from newsresearch.reading import ReadingWarning, read_articles, read_with_issues
from newsresearch.web import Fetched

ARTICLE = "Ferry late\n\nThe ferry was late.\n"


def errors(articles: pd.DataFrame) -> list[str]:
    return articles["error"].tolist() if "error" in articles else [""] * len(articles)


# --- files -----------------------------------------------------------------------------------


def test_a_text_file_is_one_article_named_after_it(tmp_path: Path) -> None:
    path = tmp_path / "ferry.TXT"
    path.write_text(ARTICLE)
    for source in (path, str(path)):
        articles = read_articles(source)
        assert articles.values.tolist() == [["ferry", "Ferry late", "The ferry was late."]]
        check_articles(articles)


def test_a_folder_is_read_in_order_with_its_subfolders(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/notes.md", "sub/.d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE)
    assert read_articles(tmp_path)["article_id"].tolist() == ["a", "b", "sub/c", "sub/notes"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["a", "b"]),
        ("[a]*", ["a"]),
        ("**/*.txt", ["a", "b", "sub/c"]),
        ("**", ["a", "b", "sub/c"]),
        ("su?/*.txt", ["sub/c"]),
    ],
)
def test_a_glob_is_read_in_order(tmp_path: Path, pattern: str, names: list[str]) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE)
    assert read_articles(str(tmp_path / pattern))["article_id"].tolist() == names


def test_a_path_that_looks_like_a_pattern_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "ferry [1]?.txt"
    path.write_text(ARTICLE)
    assert read_articles(str(path))["article_id"].tolist() == ["ferry [1]?"]


def test_one_bad_file_does_not_lose_the_folder(tmp_path: Path) -> None:
    good = {f"good{at}.txt": ARTICLE.encode() for at in range(5)}
    bad = {
        "bad1.txt": b"",
        "bad2.txt": b"%PDF-1.7",
        "bad3.csv": b"name,address\na,b\n",
        "bad4.jsonl": b"{oops",
        "bad5.parquet": b"PAR1",
    }
    for name, raw in (good | bad).items():
        (tmp_path / name).write_bytes(raw)
    articles = read_articles(tmp_path)
    assert len(articles) == 10
    reasons = dict(zip(articles["article_id"], articles["error"], strict=True))
    for name in bad:
        assert reasons[Path(name).stem].startswith(f"{name}: ")
    assert all(reasons[Path(name).stem] == "" for name in good)
    assert articles["headline"].eq("Ferry late").sum() == 5


def test_files_of_several_kinds_make_one_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Share\n\n{ARTICLE}")
    (tmp_path / "b.csv").write_text("headline,body,outlet\nA,B,Whistle\n")
    (tmp_path / "c.jsonl").write_text('{"headline": "C", "body": "D", "year": 2031}')
    articles = read_articles(tmp_path)
    assert list(articles) == ["article_id", "headline", "body", "preamble", "outlet", "year"]
    assert articles["article_id"].tolist() == ["a", "b:1", "c:1"]
    assert articles["preamble"].tolist() == ["Share", "", ""]
    assert articles["outlet"].isna().tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ferry.xlsx", r"ferry.xlsx is of a kind not read yet; these are: \.txt, \.md"),
        ("ferry.txt", "ferry.txt: the file is empty"),
    ],
)
def test_a_single_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(ArticleError, match=says):
        read_articles(tmp_path / name)


@pytest.mark.parametrize(
    "source",
    ["", "missing.txt", "missing/", "no/such/*.txt", "a\0b", "x" * 9000, "a**b", "[", "?" * 999],
)
def test_a_path_to_nothing_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArticleError) as caught:
        read_articles(source)
    assert len(str(caught.value)) < 500
    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"no articles at .*files of these kinds are read"):
        read_articles(tmp_path)


@pytest.mark.parametrize("source", [None, 7, ["a.txt"], {"a": 1}, pd.Series(["a"]), object()])
def test_what_is_no_source_is_refused(source: Any) -> None:
    with pytest.raises(ArticleError, match="read from a path, bytes or a table; found"):
        read_articles(source)


# --- links, pipes, rights --------------------------------------------------------------------


def test_links_and_pipes_in_a_folder_are_rows_with_a_reason(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    for folder in (outside, inside):
        folder.mkdir()
    (outside / "secret.txt").write_text("Canary\n\nNobody may read this.")
    (inside / "a.txt").write_text(ARTICLE)
    (inside / "b.txt").symlink_to(outside / "secret.txt")
    (inside / "c.txt").symlink_to("c.txt")
    (inside / "d").symlink_to(outside)
    (inside / "e").symlink_to(inside)
    os.mkfifo(inside / "f.txt")
    for source in (inside, str(inside / "**" / "*.txt")):
        articles = read_articles(source)
        assert articles["article_id"].tolist() == ["a", "b", "c", "f"]
        assert [bool(error) for error in errors(articles)] == [False, True, True, True]
        assert "Canary" not in articles.to_csv()


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_device_is_never_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "pipe.txt"
    make(path)
    with pytest.raises(ArticleError, match=r"pipe.txt is no plain file"):
        read_articles(path)


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE)
    opened = Path.open

    def guarded(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", guarded)
    assert errors(read_articles(tmp_path)) == ["cannot read a.txt: Permission denied.", ""]
    with pytest.raises(ArticleError, match=r"cannot read a\.txt: Permission denied"):
        read_articles(tmp_path / "a.txt")


def test_a_folder_that_may_not_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.txt").write_text(ARTICLE)
    scan = os.scandir

    def guarded(path: Any) -> Any:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["a", "locked"]
    assert errors(articles) == ["", "locked is a folder that was not opened."]


def test_names_that_are_no_text_are_mended(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.txt"):
        (tmp_path / os.fsdecode(name)).write_text(ARTICLE)
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["\ufffd", "\ufffd#2"]
    assert articles["note"].str.contains("broken characters").all()


# --- bytes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        (b"Ferry late\n\nIt rained.", 1),
        (b'\xef\xbb\xbf  \n{"headline": "A", "body": "B"}\n{}', 2),
        (b"headline,body\nA,B\nC,D", 2),
        (b'"body";"headline"\nA;B', 1),
        (b"The headline, the body\n\nIt rained.", 1),
    ],
)
def test_bytes_are_text_json_lines_or_csv(raw: bytes, rows: int) -> None:
    assert len(read_articles(raw)) == rows


@pytest.mark.parametrize("raw", [b"", b"\n", b"\x89PNG\r\n", b"{oops"])
def test_bytes_that_are_no_articles_are_refused(raw: bytes) -> None:
    with pytest.raises(ArticleError):
        read_articles(raw)


def test_bytes_take_other_names() -> None:
    articles = read_articles(b"title,text\nA,B", columns={"title": "headline", "text": "body"})
    assert articles[["headline", "body"]].values.tolist() == [["A", "B"]]


# --- tables ----------------------------------------------------------------------------------


def frame(**columns: list[Any]) -> pd.DataFrame:
    """Return two articles; cells stay the objects that they are."""
    cells = {"headline": ["A", "B"], "body": ["C", "D"], **columns}
    return pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in cells.items()})


def test_a_table_is_read_and_left_as_it_was() -> None:
    source = frame(outlet=["x", None], n=[1, 2])
    source.index = pd.Index(["p", "p"])
    before = source.copy(deep=True)
    articles = read_articles(source)
    assert_frame_equal(source, before)
    assert articles["article_id"].tolist() == ["row:1", "row:2"]
    assert articles["n"].tolist() == [1, 2]


def test_reading_what_was_read_changes_nothing() -> None:
    once = read_articles(frame(body=["C\0", "D"], note=["", "mine"]))
    assert_frame_equal(read_articles(once), once)


@pytest.mark.parametrize("cell", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_body_is_a_row_with_a_reason(cell: Any) -> None:
    articles = read_articles(frame(body=[cell, "D"]))
    assert articles["body"].tolist() == ["", "D"]
    assert errors(articles) == ["the body is missing", ""]


@pytest.mark.parametrize("cell", [7, 1.5, True, b"C", {"a": 1}, ["C"], np.array(["C", "D"])])
def test_a_body_that_is_no_text_is_a_row_with_a_reason(cell: Any) -> None:
    articles = read_articles(frame(body=[cell, "D"]))
    assert errors(articles) == [f"the body is no text but {type(cell).__name__}", ""]


def test_both_reasons_of_a_row_are_told() -> None:
    articles = read_articles(frame(headline=[None, "B"], body=[7, "D"], error=["mine", None]))
    assert errors(articles)[0] == "mine; the headline is missing; the body is no text but int"


def test_no_preamble_is_no_fault() -> None:
    articles = read_articles(frame(preamble=[None, "Share"]))
    assert articles["preamble"].tolist() == ["", "Share"]
    assert errors(articles) == ["", ""]


@pytest.mark.parametrize("note", [[None, 7], [float("nan"), {}], [pd.NA, "mine"]])
def test_odd_notes_are_no_fault(note: list[Any]) -> None:
    articles = read_articles(frame(note=note))
    assert errors(articles) == ["", ""]
    assert ("note" in articles) == isinstance(note[1], str)


def test_ids_become_unique_text_and_say_so() -> None:
    source = pd.DataFrame({"article_id": ["a", "a", "a#2", None, 7, " ", np.array([1, 2])]})
    articles = read_articles(source.assign(headline="A", body="B"))
    ids = articles["article_id"].tolist()
    assert ids == ["a", "a#2", "a#2#2", "row:4", "7", "row:6", "[1 2]"]
    assert articles["note"].str.contains("was taken").tolist() == [False, True, True, *[False] * 4]
    check_articles(articles)


@pytest.mark.parametrize("text", ["NA", "None", "null", "nan", "N/A", "", "007"])
def test_words_for_nothing_are_kept_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"article_id,headline,body\n{text},{text},{text}\n")
    articles = read_articles(path)
    assert articles[["headline", "body"]].values.tolist() == [[text, text]]
    assert articles["article_id"].tolist() == [text or "a:1"]


def test_broken_characters_are_replaced_one_for_one_and_told() -> None:
    articles = read_articles(frame(headline=["A\ud800!", "B"], body=["C\0D", "\udfff"]))
    assert articles["headline"].tolist() == ["A\ufffd!", "B"]
    assert articles["body"].tolist() == ["C D", "\ufffd"]
    assert articles["note"].tolist() == [
        "broken characters: replaced by U+FFFD; NUL characters: replaced by blanks",
        "broken characters: replaced by U+FFFD",
    ]


def test_broken_characters_in_names_of_columns_are_replaced() -> None:
    articles = read_articles(b'{"headline": "A", "body": "B", "\\ud800x": "\\ud800"}')
    assert articles["\ufffdx"].tolist() == ["\ufffd"]


def test_a_table_without_rows_stays_one() -> None:
    articles = read_articles(frame().iloc[:0])
    assert list(articles) == ["article_id", "headline", "body"]
    assert articles.empty
    assert (articles.dtypes == "str").all()


def test_a_table_with_a_column_twice_is_refused() -> None:
    with pytest.raises(ArticleError, match="column 'body' is there twice"):
        read_articles(pd.DataFrame([["a", "b", "c"]], columns=["headline", "body", "body"]))


# --- other names, and the report -------------------------------------------------------------


def test_guessed_columns_are_told_once_where_the_call_is() -> None:
    with pytest.warns(ReadingWarning, match="read 'title' as headline, 'text' as body") as told:
        articles = read_articles(b"title,text\nA,B\nC,D")
    assert articles["headline"].tolist() == ["A", "C"]
    assert len(told) == 1
    assert told[0].filename == __file__


@pytest.mark.parametrize("columns", [None, {"title": "headline", "text": "body"}])
def test_nothing_is_told_where_nothing_was_guessed(columns: dict[str, str] | None) -> None:
    names = "headline,body" if columns is None else "title,text"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read_articles(f"{names}\nA,B".encode(), columns)) == 1


def test_bodies_without_headlines_are_read_and_that_is_told() -> None:
    with pytest.warns(ReadingWarning, match="no column as headline"):
        articles = read_articles([{"text": "It rained."}, {"text": None}])
    assert articles["headline"].tolist() == ["", ""]
    assert errors(articles) == ["", "the body is missing"]


def test_the_report_says_file_row_line_problem_and_action(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"headline,body\nA,B\nonly\nC,caf\xe9\n")
    (tmp_path / "b.txt").write_text(ARTICLE)
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / "d.txt").write_bytes(b"")
    articles, issues = read_with_issues(tmp_path)
    assert articles["article_id"].tolist() == ["a:1", "a:2", "a:3", "b", "d"]
    told = issues.set_index("problem")
    ragged = told.loc["the row has 1 cells where the header has 2. Check its quotation marks."]
    assert ragged[["file", "row", "line", "article_id"]].tolist() == ["a.csv", 1, 3, "a:2"]
    assert told.loc["1 files of other kinds (1 .pdf)", "action"] == "passed over"
    assert told.loc["d.txt: the file is empty.", "row"] == 4
    assert set(told.loc[["not UTF-8"], "action"]) == {"read as Windows-1252"}


def test_a_clean_reading_has_an_empty_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert read_with_issues(tmp_path)[1].empty


# --- lists, open files, archives -------------------------------------------------------------


def test_a_list_of_dicts_is_a_table() -> None:
    articles = read_articles([{"headline": "A", "body": "B", 1: "x"}, {"headline": "C"}])
    assert list(articles) == ["article_id", "headline", "body", "error", "1"]
    assert errors(articles) == ["", "the body is missing"]


@pytest.mark.parametrize("source", [[], [1, 2], ["a.txt"], [{}], ({"a": 1},)])
def test_a_list_that_holds_no_articles_is_refused(source: Any) -> None:
    with pytest.raises(ArticleError):
        read_articles(source)


def test_open_files_are_read_by_their_name_or_their_content(tmp_path: Path) -> None:
    path = tmp_path / "ferry.csv"
    path.write_text("headline,body\nA,café\n", encoding="utf-8")
    with path.open("rb") as raw, path.open(encoding="utf-8") as text:
        for file in (raw, text, io.BytesIO(path.read_bytes()), io.StringIO(path.read_text())):
            assert read_articles(file)["body"].tolist() == ["café"]


def test_a_closed_file_is_refused() -> None:
    file = io.BytesIO(b"Ferry late")
    file.close()
    with pytest.raises(ArticleError, match="the open file cannot be read"):
        read_articles(file)


def test_an_archive_gives_its_files_and_says_what_it_left(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2031/a.txt", ARTICLE)
        archive.writestr("b.csv", b"headline,body\nA,B\n")
        archive.writestr("c.txt", b"")
        archive.writestr("d.jpg", b"x")
        archive.writestr("../e.txt", ARTICLE)
        archive.writestr("f.zip", b"PK")
    for source in (path, path.read_bytes(), tmp_path):
        articles, issues = read_with_issues(source)
        ids = [name.removeprefix("news/").removeprefix("stdin/") for name in articles["article_id"]]
        assert ids == ["2031/a", "b:1", "c", "../e", "f"]
        assert [bool(error) for error in errors(articles)] == [False, False, True, True, True]
        assert "1 files of other kinds (1 .jpg)" in issues["problem"].tolist()


def test_an_archive_inside_an_archive_is_not_opened() -> None:
    packed = gzip.compress(gzip.compress(ARTICLE.encode()))
    with pytest.raises(ArticleError, match="archive inside the archive"):
        read_articles(packed)


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/a", "http://localhost:8888/", "file:///etc/hostname", "ftp://news.example/",
     "HTTPS://user:pw@news.example/", "http://[::1]/", "data:text/html,<p>x", "s3://bucket/a.csv"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_articles(url)
    assert "pw" not in str(caught.value)


PAGE = (
    "<html><head><title>Ferry late</title></head><body><article><h1>Ferry late</h1>"
    + "<p>The ferry was late again on Tuesday, and the harbour crew was not asked.</p>" * 5
    + "</article></body></html>"
)


@pytest.mark.parametrize(
    ("raw", "kind", "ids"),
    [
        (PAGE.encode(), "text/html", ["https://news.example/a"]),
        (b"headline,body\nA,B\nC,D", "text/csv", [f"https://news.example/a:{at}" for at in (1, 2)]),
        (ARTICLE.encode(), "text/plain", ["https://news.example/a"]),
    ],
)
def test_what_an_address_gives_is_read_by_its_content(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, kind: str, ids: list[str]
) -> None:
    page = Fetched(raw, "https://news.example/a", kind, "")
    monkeypatch.setattr(reading, "fetch", lambda url, allow_private: page)
    articles = read_articles("https://news.example/short")
    assert articles["article_id"].tolist() == ids
    assert articles["headline"].tolist()[0] in {"Ferry late", "A"}


@pytest.mark.parametrize("columns", [["headline"], "headline", {"a": 1}, {1: "body"}])
def test_columns_of_another_kind_are_refused(columns: Any) -> None:
    with pytest.raises(ArticleError, match="columns must map their names to ours"):
        read_articles(b"headline,body\nA,B", columns=columns)


def test_mojibake_is_mended_on_request_only() -> None:
    broken = "The cafÃ© canâ€™t open."
    source = [{"headline": "A", "body": broken}]
    assert read_articles(source)["body"].tolist() == [broken]
    assert read_articles(source, repair=True)["body"].tolist() == ["The café can’t open."]
