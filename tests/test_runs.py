"""Long runs: the same scores as in memory, nothing lost or doubled, no run mixed with another."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from growth import check_growth
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from newsresearch import cli
from newsresearch.articles import ArticleError
from newsresearch.features import list_measures, score_all
from newsresearch.finishing import unique_id
from newsresearch.furniture import strip_furniture
from newsresearch.reading import ReadingWarning, read_articles
from newsresearch.runs import blocks, lines, parts, read_run, score_run, streams

ROOT = Path(__file__).parent.parent
OURS = ["article_id", "note", *list_measures("score_all")["column"], "error"]
ENCODED = "(?:not UTF-8|the last character)[^;]*"
BODY = "The ferry was late on day {}. Nobody was happy, and the good captain “wept”."
pytestmark = pytest.mark.filterwarnings("ignore::newsresearch.reading.ReadingWarning")


def rows(count: int) -> list[dict[str, Any]]:
    """Return articles: ids that come twice, furniture, and texts that cannot be scored."""
    made = [
        {"id": f"a{at % 7}" if at % 5 else "", "title": f"Ferry {at}", "text": BODY.format(at)}
        for at in range(count)
    ]
    for at, text in enumerate(("", "Share\n\nIt rained, sadly.", "Жизнь прекрасна " * 30)):
        for place in range(at + 3, count, 9):
            made[place]["text"] = text
    return made


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    pd.DataFrame(rows(23)).to_csv(path, index=False)
    return path


def in_memory(source: Any, **options: Any) -> pd.DataFrame:
    articles, _ = strip_furniture(read_articles(source, **options))
    return score_all(articles.assign(note=articles.get("note", "")))[OURS]


def equals_memory(folder: Path, source: Any, **options: Any) -> None:
    scores = read_run(folder)
    assert list(scores) == ["row", *OURS]
    assert scores["row"].tolist() == list(range(len(scores)))
    expected = in_memory(source, **options)
    for table in (scores, expected):  # of encodings a stream tells in their rows, not in all
        table["note"] = table["note"].str.replace(ENCODED, "", regex=True)
    assert_frame_equal(scores[list(expected)], expected, check_exact=True)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if "part-" in path.name}


# --- the same as in memory ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "chunk"),
    [
        ("csv", 4),
        ("csv", 500),
        ("tsv", 9),
        ("jsonl", 9),
        ("parquet", 9),
        ("json", 9),
        ("csv.gz", 9),
    ],
)
def test_scores_are_those_in_memory(kind: str, chunk: int, tmp_path: Path) -> None:
    path, frame = tmp_path / f"in.{kind}", pd.DataFrame(rows(23))
    if kind == "parquet":
        frame.to_parquet(path, row_group_size=7)
    elif "json" in kind:
        frame.to_json(path, orient="records", lines=kind == "jsonl", force_ascii=False)
    else:
        frame.to_csv(path, index=False, sep="\t" if kind == "tsv" else ",")
    summary = score_run(path, tmp_path / "out", chunk=chunk)
    assert summary["rows"].tolist() == [min(chunk, 23 - at) for at in range(0, 23, chunk)]
    assert set(summary["state"]) == {"scored"}
    equals_memory(tmp_path / "out", path)
    assert_frame_equal(pd.read_parquet(tmp_path / "out"), read_run(tmp_path / "out"))


@pytest.mark.parametrize("block", [2, 500])
@pytest.mark.parametrize(
    "raw",
    [
        b"id,title,text\na,T,It rained.\n\n\nb,T\nc,T,It rained.,x\nd,T,Too late.\n",
        b'id;title;text\r\na;T;It "rained".\r\nb;T;"One\r\ntwo; three."\r\n',
        b"\xef\xbb\xbftitle,text\rT,It rained.\rU,Caf\xe9 shut.\r",
        b'title,text\nT,"It rained.\nU,It snowed.\nV,It hailed.\n',
        b'title,text\nT,"It rained.\nU,"It snowed."\nV,"It hailed.\n',
        b'title,text\n"\r,;","\n;","\nU,It rained.\nV,"It snowed.\n\n"W","It hailed."\n',
        b'id,title,text\na,T,"It rained.\nb,U,"It snowed."\nc,V,"It\nhailed."\n"d,W,"X"\n' * 3,
        b'title,text\nT,"It rained.\nU,"' + b"It snowed. " * 20_000 + b'"\nV,"It hailed."\n',
        b"title,text\nT,Caf\xc3\xa9 shut.\nU,It rained in caf\xc3",
        b"text\nIt rained.\nIt snowed.\n",
        b"id,publish_date,title,url,language,media_name\n1,,Rain,http://a.test,en,Mine\n",
        b'{"id": 7, "title": "T", "text": "It rained."}\n\n{"text": "No title."}\nnot json\n[1]\n'
        b'{"title": null, "text": "None."}\n{"title": "U", "text": 7}\n{"n": NaN}\n{"n": 1}\n',
        b'{"text": "It rained."}\n{"body": "It snowed.", "text": "Not this."}\n',
        b'{"id": "x", "text": "A."}\r\n{"id": "x", "text": "B."}\r\n{"id": "x#2", "text": "C."}',
        '{"text": "It rained."}\n'.encode("utf-16"),
    ],
    ids=lambda raw: "" if isinstance(raw, int) else repr(raw[:24]),
)
def test_odd_files_are_read_as_in_memory(
    raw: bytes, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "_BLOCK", block)
    path = tmp_path / ("in.jsonl" if b"{" in raw else "in.csv")
    path.write_bytes(raw)
    score_run(path, tmp_path / "out", chunk=2)
    equals_memory(tmp_path / "out", path)


def test_rows_after_a_second_open_quotation_mark_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b'title,text\n"\n;","\nU,It rained.\n')
    assert read_articles(path)["headline"].tolist() == ["", "", "U"]


READ = """
from pathlib import Path
from newsresearch.reading import read_articles
from newsresearch.runs.streams import open_stream

def read(path):
    read_articles(path)
    assert len(list(open_stream(path, None, False, False).rows())) == 40_002
"""


def test_a_quotation_mark_open_in_every_line_costs_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('title,text\n"\n' + ';","\n' * 40_000 + "U,It rained.\n")
    second = tmp_path / "second.csv"
    second.write_text("title,text\n" + 'T,"It rained.\nU,"It snowed."\n' * 20_001)
    check_growth(READ, {"every line": str(path), "every second line": str(second)})


CELLS = st.text(st.sampled_from('ab ",\n\r;é'), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3).map(",".join), max_size=6))
def test_any_csv_gives_the_rows_of_read_articles(
    tmp_path_factory: pytest.TempPathFactory, body: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "in.csv"
    path.write_bytes("\n".join(["title,body", *body]).encode())
    try:
        expected = read_articles(path)
    except ArticleError as problem:
        with pytest.raises(ArticleError) as told:
            streams.open_stream(path, None, repair=False, allow_private=False)
        assert str(told.value).partition(":")[0] == str(problem).partition(":")[0]
        return
    stream = streams.open_stream(path, None, repair=False, allow_private=False)
    found = list(stream.rows())
    assert stream.total == len(found) == len(expected)
    for name in ("article_id", "headline", "body"):
        assert [row[name] for row in found] == expected[name].tolist()
    errors = expected.get("error", pd.Series([""] * len(expected)))
    assert [row.get("error", "") for row in found] == errors.tolist()


@pytest.mark.parametrize("index", [pd.RangeIndex(7, 28, 3, name="id"), pd.Index(list("abcdefg"))])
def test_the_index_of_a_parquet_file_is_read_as_in_memory(
    index: pd.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "_BLOCK", 3)
    frame = pd.DataFrame(rows(7)).drop(columns="id").set_index(index)
    frame.to_parquet(tmp_path / "in.parquet")
    score_run(tmp_path / "in.parquet", tmp_path / "out")
    equals_memory(tmp_path / "out", tmp_path / "in.parquet")
    first = read_run(tmp_path / "out").loc[0, "article_id"]
    assert first == ("7" if index.name else "in:1")


@pytest.mark.parametrize("as_what", ["table", "dicts", "bytes", "folder"])
def test_other_sources_are_read_whole(as_what: str, tmp_path: Path) -> None:
    source: Any = rows(9)
    if as_what == "table":
        source = pd.DataFrame(source)
    elif as_what == "bytes":
        source = pd.DataFrame(source).to_csv(index=False).encode()
    elif as_what == "folder":
        (tmp_path / "in").mkdir()
        for at in range(3):
            (tmp_path / "in" / f"{at}.txt").write_text(f"Rain {at}\n\nIt rained.\n")
        source = tmp_path / "in"
    score_run(source, tmp_path / "out", chunk=4)
    equals_memory(tmp_path / "out", source)


def test_columns_and_furniture_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('copy,hed,text\n"Share\n\nIt rained, sadly.",Rain,no\n', encoding="utf-8")
    columns = {"copy": "body", "hed": "headline"}
    score_run(path, tmp_path / "a", columns)
    equals_memory(tmp_path / "a", path, columns=columns)
    score_run(path, tmp_path / "b", columns, keep_furniture=True)
    assert read_run(tmp_path / "b").loc[0, "n_words"] == 4
    assert read_run(tmp_path / "a").loc[0, "n_words"] == 3


def test_two_workers_write_the_same_bytes(table: Path, tmp_path: Path) -> None:
    score_run(table, tmp_path / "one", chunk=6)
    score_run(table, tmp_path / "two", chunk=6, workers=2)
    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_a_fault_in_one_article_is_its_reason(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strip(articles: pd.DataFrame) -> Any:
        if articles["headline"].eq("Ferry 6").any():
            raise ZeroDivisionError("as asked")
        return strip_furniture(articles)

    expected = in_memory(table)
    monkeypatch.setattr("newsresearch.runs.work.strip_furniture", strip)
    score_run(table, tmp_path / "out", chunk=10)
    scores = read_run(tmp_path / "out")[list(expected)]
    assert scores.loc[6, "error"] == "scoring failed: ZeroDivisionError: as asked"
    assert_frame_equal(scores.drop(index=6), expected.drop(index=6))


def test_parts_are_json_lines_without_pyarrow(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    score_run(table, tmp_path / "with", chunk=10)
    monkeypatch.setattr(parts, "find_spec", lambda name: None)
    summary = score_run(table, tmp_path / "out", chunk=10, workers=2)
    assert summary.loc[0, "part"] == "part-000000.jsonl"
    equals_memory(tmp_path / "out", table)
    assert_frame_equal(read_run(tmp_path / "out"), read_run(tmp_path / "with"), check_exact=True)
    [row, *_] = (tmp_path / "out" / "part-000001.jsonl").read_text().splitlines()
    assert json.loads(row)["row"] == 10
    with pytest.raises(ArticleError, match="format was jsonl, is parquet"):
        monkeypatch.undo()
        score_run(table, tmp_path / "out", chunk=10)


ANY = st.fixed_dictionaries(
    {
        "text": st.none() | st.text(),
        "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "count": st.none() | st.integers(-(2**63), 2**63 - 1),
        "flag": st.none() | st.booleans(),
    }
)


@given(st.lists(ANY, min_size=1, max_size=4))
def test_json_lines_are_read_back_exactly(cells: list[dict[str, Any]]) -> None:
    dtypes = {"text": "str", "number": "float64", "count": "Int64", "flag": "boolean"}
    table = pd.DataFrame(cells, columns=list(dtypes), dtype=object).astype(dtypes)
    back = parts._from_lines(parts._to_lines(table), dtypes)
    assert_frame_equal(back, table, check_exact=True)


def test_a_line_that_is_too_long_is_a_row_and_no_other_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST", 100)
    good = [{"title": "T", "body": f"It rained {at}."} for at in range(3)]
    long = {"title": "T", "body": "word " * 100}
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in [good[0], long, *good[1:]]))
    score_run(path, tmp_path / "out")
    scores = read_run(tmp_path / "out")
    assert scores["error"].astype(bool).tolist() == [False, True, False, False]
    assert scores.loc[1, "error"].startswith("the line is no JSON")
    path.with_name("open.csv").write_text('title,body\nT,"open\n' + "U,It rained.\n" * 20)
    score_run(path.with_name("open.csv"), tmp_path / "open")
    scores = read_run(tmp_path / "open")
    assert scores["error"].astype(bool).tolist() == [True, *[False] * 20]
    assert "never closes" in scores.loc[0, "error"]


@given(st.lists(st.sampled_from(["a", "a#2", "a#3", "b"]) | st.text(max_size=3), max_size=40))
def test_ids_are_made_unique_as_in_memory(names: list[str]) -> None:
    kept, seen = streams._Digests(), dict[str, int]()
    for number, name in enumerate([*map(str, range(600)), *names]):  # past the first size
        found = unique_id(name, f"x:{number}", kept, [])
        assert found == unique_id(name, f"x:{number}", seen, [])
    assert kept.used == len(seen)


# --- stopped and gone on ------------------------------------------------------------------------


@pytest.fixture
def done(table: Path, tmp_path: Path) -> Path:
    """Return the folder of a run of six parts that nothing has stopped."""
    score_run(table, tmp_path / "done", chunk=4)
    return tmp_path / "done"


class Crash(BaseException):
    """Stands for the end of a process at one step of writing."""


def crash_at(step: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the file system end the process at its n-th step; return the steps as they come."""
    steps: list[str] = []

    def guard(name: str, before: bool) -> None:
        real = getattr(os, name)

        def stepped(*args: Any, **options: Any) -> Any:
            made = None if before else real(*args, **options)
            steps.append(name)
            if len(steps) == step:
                raise Crash
            return real(*args, **options) if before else made

        monkeypatch.setattr(os, name, stepped)

    guard("fsync", before=True)
    guard("replace", before=False)
    return steps


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Return an input, and the parts that a run over it writes when nothing stops it."""
    folder = tmp_path_factory.mktemp("short")
    pd.DataFrame(rows(3)).to_csv(folder / "in.csv", index=False)
    score_run(folder / "in.csv", folder / "out", chunk=2)
    return folder / "in.csv", written(folder / "out")


# Four steps for the settings, six for each of two parts.
@pytest.mark.parametrize("step", range(1, 17))
def test_a_crash_at_any_step_of_writing_loses_nothing(
    step: int,
    short: tuple[Path, dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, whole = short
    with monkeypatch.context() as patched:
        crash_at(step, patched)
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # no process is left to tidy up
        with pytest.raises(Crash):
            score_run(source, tmp_path / "out", chunk=2)
    summary = score_run(source, tmp_path / "out", chunk=2)
    assert (summary["state"] == "kept").sum() == max(0, (step - 4 + 1) // 6)
    assert written(tmp_path / "out") == whole
    assert not list((tmp_path / "out").glob(".*.part"))


KILLED = """
import os, signal, sys
from newsresearch.runs import score_run

def kill(rows, *_):
    if rows >= 8:
        os.kill(os.getpid(), signal.SIGKILL)

score_run(sys.argv[1], sys.argv[2], chunk=4, workers=int(sys.argv[3]), progress=kill)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on(workers: int, table: Path, done: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    argv = [sys.executable, "-W", "ignore", "-c", KILLED, str(table), str(out), str(workers)]
    assert subprocess.run(argv, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    summary = score_run(table, out, chunk=4, workers=workers)
    kept = summary[summary["state"] == "kept"]
    assert kept["rows"].sum() >= 8 and len(kept) <= 3  # two workers finish in any order
    assert written(out) == written(done)


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "spoil",
    [flip, Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])],
    ids=["flipped bit", "removed", "cut"],
)
@pytest.mark.parametrize("name", ["part-000002.parquet", "_part-000002.json"])
def test_a_damaged_part_is_found_and_done_again(
    spoil: Any, name: str, table: Path, done: Path
) -> None:
    before = written(done)
    spoil(done / name)
    if "_" not in name:
        with pytest.raises(ArticleError, match="1 of 6 parts"):
            read_run(done)
    summary = score_run(table, done, chunk=4)
    assert set(summary.index[summary["state"] == "scored"]) <= {2}
    assert written(done) == before


def test_ctrl_c_stops_between_parts_and_goes_on(table: Path, done: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, int]] = []

    def stop(*counts: int) -> None:
        told.append(counts)  # type: ignore[arg-type]
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_run(table, tmp_path / "out", chunk=4, progress=stop)
    assert [counts[:2] for counts in told] == [(4, 23), (8, 23)]
    summary = score_run(table, tmp_path / "out", chunk=4, progress=lambda *c: told.append(c))
    assert summary["state"].tolist() == ["kept"] * 2 + ["scored"] * 4
    assert told[-1] == (23, 23, summary["errors"].sum())
    assert (read_run(done)["error"] != "").sum() == summary["errors"].sum() > 0
    assert written(tmp_path / "out") == written(done)


# In a process of its own: the limit holds for whatever else a process writes, such as reports.
SMALL_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))
from newsresearch.runs import score_run
try:
    score_run(sys.argv[1], sys.argv[2], chunk=4)
except OSError as problem:
    print(problem)
"""


def test_a_write_that_is_refused_leaves_no_torn_file(table: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="no limit on file sizes here")
    argv = [sys.executable, "-c", SMALL_DISK, str(table), str(tmp_path / "out")]
    told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    assert "0 articles are scored and safe; make room" in told
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {".lock", "_run.json"}


@pytest.mark.parametrize("name", [".lock", "_run.json"])
def test_a_folder_that_cannot_be_written_is_told(
    name: str, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(self: Path, *args: Any, **options: Any) -> Any:
        if self.name.removeprefix(".").startswith(name.removeprefix(".")):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        with pytest.raises(OSError, match=rf"{name}: Permission denied\. 0 articles .* safe; make"):
            score_run(table, tmp_path / "out")
    assert score_run(table, tmp_path / "out")["rows"].sum() == 23


def test_a_full_disk_is_told_and_the_run_goes_on(
    table: Path, done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    real, left = os.fsync, [16]

    def fsync(number: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise full
        real(number)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(OSError, match=r"No space left on device\. 12 articles are scored"):
            score_run(table, tmp_path / "out", chunk=4)
    assert score_run(table, tmp_path / "out", chunk=4)["state"].tolist().count("kept") == 3
    assert written(tmp_path / "out") == written(done)


# --- what is refused ----------------------------------------------------------------------------


def test_another_input_is_refused(table: Path, done: Path) -> None:
    before = written(done)
    table.write_text(table.read_text() + "x,Rain,It rained.\n")
    with pytest.raises(ArticleError, match=r"run of another input \(sha256 \w+, now \w+\)"):
        score_run(table, done, chunk=4)
    assert written(done) == before


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"chunk": 5}, "chunk was 4, is 5"),
        ({"keep_furniture": True}, "keep_furniture was False, is True"),
        ({"repair": True}, "repair was False, is True"),
        ({"columns": {"title": "headline"}}, "columns was {}, is {'title': 'headline'}"),
    ],
)
def test_other_settings_are_refused(
    options: dict[str, Any], says: str, table: Path, done: Path
) -> None:
    with pytest.raises(ArticleError) as told:
        score_run(table, done, **{"chunk": 4, **options})
    assert says in str(told.value)


def test_the_same_bytes_under_another_name_are_refused(table: Path, done: Path) -> None:
    """Ids are made of the name, and its ending chooses the parser."""
    other = table.rename(table.with_name("other.csv"))
    with pytest.raises(ArticleError, match=r"input was in\.csv, is other\.csv"):
        score_run(other, done, chunk=4)


@pytest.mark.parametrize("name", ["body", "error", "note"])
def test_a_table_with_one_other_cell_is_refused(name: str, tmp_path: Path) -> None:
    articles = pd.DataFrame(rows(4)).assign(error="", note="")
    articles = articles.rename(columns={"text": "body", "title": "headline"})
    score_run(articles, tmp_path / "out")
    articles.loc[3, name] = "changed"
    with pytest.raises(ArticleError, match="run of another input"):
        score_run(articles, tmp_path / "out")


@pytest.mark.parametrize("name", ["code_sha256", "vaderSentiment", "textstat"])
def test_other_code_and_engines_are_refused(name: str, table: Path, done: Path) -> None:
    settings = json.loads((done / "_run.json").read_text())
    (done / "_run.json").write_text(json.dumps({**settings, name: "older"}))
    with pytest.raises(ArticleError, match=f"{name} was older, is "):
        score_run(table, done, chunk=4)


def test_a_run_is_gone_on_with_only_if_asked(table: Path, done: Path) -> None:
    with pytest.raises(ArticleError, match="holds a run"):
        score_run(table, done, chunk=4, resume=False)


def test_a_second_runner_is_refused(table: Path, tmp_path: Path) -> None:
    def second(*_: int) -> None:
        with pytest.raises(ArticleError, match="another run is writing"):
            score_run(table, tmp_path / "out", chunk=4)
        tried.append(1)

    tried: list[int] = []
    score_run(table, tmp_path / "out", chunk=4, progress=second)
    assert len(tried) == 6
    assert set(score_run(table, tmp_path / "out", chunk=4)["state"]) == {"kept"}


def test_an_input_that_changes_meanwhile_is_told(table: Path, tmp_path: Path) -> None:
    def change(done: int, *_: int) -> None:
        os.utime(table, ns=(done, done))

    with pytest.raises(ArticleError, match="changed while it was read"):
        score_run(table, tmp_path / "out", chunk=4, progress=change)


def test_an_input_that_is_removed_meanwhile_is_told(table: Path, tmp_path: Path) -> None:
    def remove(*_: int) -> None:
        table.unlink(missing_ok=True)

    with pytest.raises(ArticleError, match="changed while it was read"):
        score_run(table, tmp_path / "out", chunk=4, progress=remove)


def test_a_folder_with_other_files_is_left_alone(table: Path, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"holds other files \(in.csv\)"):
        score_run(table, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv"}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("in.csv", b"lead,raw\na,b\n"),
        ("in.csv", b"title,text\n"),
        ("in.csv", b""),
        ("in.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
        ("in.jsonl", b"[1]\nno\n"),
        ("in.jsonl", b"\n\n"),
        ("in.parquet", b"PAR1 and no more"),
        ("in.xyz", b"what"),
    ],
)
def test_an_input_that_cannot_be_read_makes_no_folder(
    name: str, raw: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ArticleError):
        score_run(tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_parquet_table_is_refused(tmp_path: Path) -> None:
    pd.DataFrame(rows(1)).iloc[:0].to_parquet(tmp_path / "in.parquet")
    with pytest.raises(ArticleError, match="no rows"):
        score_run(tmp_path / "in.parquet", tmp_path / "out")


@pytest.mark.parametrize("options", [{"chunk": 0}, {"chunk": True}, {"chunk": 2.5}, {"workers": 0}])
def test_wrong_numbers_are_refused(options: dict[str, Any], table: Path, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="must be a whole number from 1"):
        score_run(table, tmp_path / "out", **options)


def test_no_run_to_read(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no run in"):
        read_run(tmp_path)
    for spoilt in ("{", "{}", '{"format": "../x", "chunk": 1, "rows": 1}'):
        (tmp_path / "_run.json").write_text(spoilt)
        with pytest.raises(ArticleError, match=r"_run\.json is damaged\. Choose another folder"):
            read_run(tmp_path)


def test_guessed_columns_are_told(table: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings(), pytest.warns(ReadingWarning, match="'title' as headline"):
        warnings.simplefilter("always")
        score_run(table, tmp_path / "out")


# --- the command line ---------------------------------------------------------------------------


@pytest.mark.parametrize("how", [["{}"], ["{}/"], ["-o", "{}/"]])
def test_the_command_writes_parts_and_goes_on(
    how: list[str], table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["score", str(table), *(word.format(tmp_path / "out") for word in how)]
    assert cli.main([*argv, "--chunk", "10"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("23 articles, ") and err.startswith("newsresearch: read 'id' as")
    equals_memory(tmp_path / "out", table)
    assert cli.main([*argv, "--chunk", "10", "--json"]) == 0
    assert {part["state"] for part in json.loads(capsys.readouterr().out)} == {"kept"}
    assert cli.main([*argv, "--chunk", "9"]) == 2
    assert "chunk was 10, is 9" in capsys.readouterr().err


def test_an_existing_folder_is_taken_for_one(table: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert cli.main(["score", str(table), "-o", str(tmp_path / "out")]) == 0
    assert len(read_run(tmp_path / "out")) == 23


def test_a_file_is_no_folder(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for argv in (["out.csv"], ["out", "-o", "out.csv"]):
        assert cli.main(["score", str(table), *argv]) == 2
        assert "For a file write -o FILE" in capsys.readouterr().err
    assert cli.main(["score", str(table), "-o", str(tmp_path / "out.csv"), "--workers", "1"]) == 0
    assert (tmp_path / "out.csv").is_file()
