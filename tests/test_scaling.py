"""More than one process, and Dask: the same table, and a row that kills costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from loopback import need_loopback
from pandas.testing import assert_frame_equal

from newsresearch.articles import ArticleError
from newsresearch.features import list_measures, score_all, score_meta
from newsresearch.scaling import KILLED, as_lazy, map_chunks

ROOT = Path(__file__).parent.parent
BODY = "The harbour crew was praised on Monday. Nobody was hurt, but the loss number {} was bad."


def table(count: int, index: list[Any] | None = None) -> pd.DataFrame:
    """Return articles with columns of the user's own, some of them not scorable."""
    bodies = [BODY.format(at) * (at % 4) for at in range(count)]  # every fourth is empty
    data = {
        "outlet": ["Mine"] * count,
        "article_id": [f"a{at}" for at in range(count)],
        "headline": [f"Crew {at} was praised" for at in range(count)],
        "body": bodies,
        "preamble": ["Share"] * count,
        "error": ["" if at != 5 else "not an article" for at in range(count)],
        "more": range(count),
    }
    return pd.DataFrame(data, index=index)


# --- processes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 23])
def test_two_workers_give_the_table_of_one(count: int) -> None:
    articles = table(count, index=[7, "x", None, 7] * (count // 4) + [1] * (count % 4))
    before = articles.copy()
    assert_frame_equal(score_all(articles, workers=2), score_all(articles), check_exact=True)
    assert_frame_equal(articles, before)


def test_what_no_text_column_holds_crosses_to_a_worker() -> None:
    articles = table(4).astype({"body": object})
    articles.loc[2, "body"] = "broken \ud800 text"
    scored = score_all(articles, workers=2)
    assert_frame_equal(scored, score_all(articles), check_exact=True)
    assert "surrogates" in scored.loc[2, "error"]


def test_an_empty_table_needs_no_worker() -> None:
    assert_frame_equal(score_all(table(0), workers=2), score_all(table(0)))


@pytest.mark.parametrize("workers", [0, -1, 1.5, "2", True, None])
def test_workers_are_a_number_from_one(workers: Any) -> None:
    with pytest.raises(ArticleError, match="whole number from 1; found"):
        score_all(table(1), workers=workers)


def test_a_table_that_breaks_the_contract_is_refused_before_any_worker() -> None:
    with pytest.raises(ArticleError, match="found twice: a0"):
        score_all(pd.concat([table(1), table(1)]), workers=2)


def work(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Stand in for scoring: some texts kill the process, or kill it once, or raise."""
    for row in rows:
        if row["body"] == "kill":
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(60)
        if row["body"].startswith("once:") and not Path(row["body"][5:]).exists():
            Path(row["body"][5:]).touch()
            os._exit(3)
        while row["body"].startswith("wait:") and not Path(row["body"][5:]).exists():
            time.sleep(0.01)
        if row["body"].startswith("sleep:"):
            time.sleep(60)
            Path(row["body"][6:]).touch()
        if row["body"] == "raise":
            raise ZeroDivisionError("as asked")
    names = [row["article_id"] for row in rows]
    return pd.DataFrame({"name": names, "error": [row.get("error", "") for row in rows]})


def mapped(parts: list[list[dict[str, Any]]]) -> list[pd.DataFrame]:
    return [made for _, made in sorted(map_chunks(work, parts, workers=2), key=lambda one: one[0])]


def chunks(*bodies: str, size: int = 3) -> list[list[dict[str, Any]]]:
    rows = [{"article_id": f"r{at}", "headline": "", "body": b} for at, b in enumerate(bodies)]
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def test_a_row_that_kills_its_process_is_a_row_with_its_reason() -> None:
    bodies = ["fine"] * 14
    bodies[4] = "kill"
    made = mapped(chunks(*bodies))
    assert [len(part) for part in made] == [3, 3, 3, 3, 2]
    rows = pd.concat(made, ignore_index=True)
    assert rows["name"].tolist() == [f"r{at}" for at in range(14)]
    assert rows.index[rows["error"] != ""].tolist() == [4]
    assert set(rows["error"]) == {"", KILLED}


def test_a_process_that_died_of_something_else_blames_no_row(tmp_path: Path) -> None:
    made = mapped(chunks("fine", f"once:{tmp_path / 'flag'}", "fine"))
    assert (tmp_path / "flag").exists()
    assert made[0]["error"].tolist() == ["", "", ""]


def test_an_error_of_the_work_comes_out_and_ends_the_rest(tmp_path: Path) -> None:
    slept = tmp_path / "slept"
    bodies = ["fine", "raise", *[f"sleep:{slept}"] * 9]
    with pytest.raises(ZeroDivisionError, match="as asked"):
        mapped(chunks(*bodies, size=1))
    for process in multiprocessing.active_children():
        process.join()
    assert not slept.exists()
    assert len(mapped(chunks("fine", "fine"))) == 1


def test_what_is_done_does_not_wait_for_what_is_slow(tmp_path: Path) -> None:
    """A slow chunk must not hold back others: they would be lost with it in a kill."""
    flag = tmp_path / "flag"
    made = map_chunks(work, chunks(f"wait:{flag}", "fine", "fine", size=1), workers=2)
    assert next(made)[0] == 1
    flag.touch()
    assert {number for number, _ in made} == {0, 2}


def test_a_caller_that_has_had_enough_costs_another_nothing() -> None:
    made = map_chunks(work, chunks(*["fine"] * 9), workers=2)
    other = map_chunks(work, chunks(*["fine"] * 30, size=1), workers=2)
    first = [next(made)]
    next(other)
    other.close()
    rows = pd.concat([table for _, table in sorted([*first, *made], key=lambda one: one[0])])
    assert rows["name"].tolist() == [f"r{at}" for at in range(9)]
    assert set(rows["error"]) == {""}


@pytest.mark.parametrize("workers", [1, 2])
def test_chunks_are_read_only_a_little_ahead(workers: int) -> None:
    taken = []

    def endless() -> Iterator[list[dict[str, Any]]]:
        while True:
            taken.append(1)
            yield chunks("fine")[0]

    made = map_chunks(work, endless(), workers)
    for _ in range(5):
        next(made)
    made.close()
    assert len(taken) <= 5 + 2 * workers


SCRIPT = """
import pandas as pd
from newsresearch.scaling import map_chunks
print("made", len(list(map_chunks(pd.DataFrame, [[{"n": 1}], [{"n": 2}]], workers=2))), "once")
"""


ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_script_on_standard_input_is_run_once() -> None:
    command = [sys.executable, "-"]
    done = subprocess.run(
        command, input=SCRIPT, capture_output=True, text=True, timeout=60, env=ENV, check=False
    )
    assert done.stdout == "made 2 once\n", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_script_without_a_guard_is_run_once_and_its_workers_end_with_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"{SCRIPT}\n"
        "import multiprocessing, time\n"
        "print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENV) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "made 2 once\n"
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) >= 1
    ends = time.monotonic() + 20
    while any(is_running(pid) for pid in pids) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(is_running(pid) for pid in pids)


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():  # a process that nobody has waited for is gone too
        return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# --- Dask ---------------------------------------------------------------------------------------


class Lazy:
    """As much of a Dask table as we use: runs the tests of laziness where Dask is missing."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self._meta = articles.iloc[:0]
        self.asked: list[tuple[Any, pd.DataFrame]] = []

    def map_partitions(self, func: Any, *, meta: pd.DataFrame) -> str:
        self.asked.append((func, meta))
        return "lazy"


def test_a_lazy_table_is_asked_with_the_meta_and_not_scored() -> None:
    lazy = Lazy(table(3))
    assert score_all(lazy) == "lazy"
    [(func, meta)] = lazy.asked
    assert func is score_all
    assert_frame_equal(meta, score_all(table(3)).iloc[:0])


def test_a_lazy_table_has_workers_of_its_own() -> None:
    assert score_all(Lazy(table(1)), workers=2) == "lazy"


def test_only_a_lazy_table_is_taken_for_one() -> None:
    assert as_lazy(table(1)) is None
    assert as_lazy([1]) is None and as_lazy(None) is None


@pytest.mark.parametrize("articles", [table(4), table(4)[["article_id", "headline", "body"]]])
def test_meta_has_the_real_columns_and_dtypes(articles: pd.DataFrame) -> None:
    real = score_all(articles)
    meta = score_meta(articles)
    assert len(meta) == 0
    assert meta.dtypes.to_dict() == real.dtypes.to_dict()
    assert list(meta) == list(real)
    assert meta.index.dtype == real.index.dtype


def test_meta_of_names_and_of_nothing() -> None:
    names = ["article_id", "headline", "body", "outlet"]
    articles = table(4)[names]
    assert score_meta(names).dtypes.to_dict() == score_all(articles).dtypes.to_dict()
    assert list(score_meta()) == [*names[:3], *list_measures("score_all")["column"], "error"]
    with pytest.raises(ArticleError, match="'body'"):
        score_meta(names[:2])


@pytest.fixture
def dask() -> Any:
    """Return Dask with text columns as pandas has them, or skip."""
    missing = "Dask is not installed: pip install 'newsresearch[dask]'"
    config = pytest.importorskip("dask", reason=missing).config
    frame = pytest.importorskip("dask.dataframe", reason=missing)
    with config.set({"dataframe.convert-string": False}):
        yield frame


def test_dask_gives_a_lazy_table_equal_to_that_of_pandas(dask: Any) -> None:
    articles = table(17)
    lazy = score_all(dask.from_pandas(articles, npartitions=3))
    assert isinstance(lazy, dask.DataFrame)
    assert lazy._meta.dtypes.to_dict() == score_all(articles).dtypes.to_dict()
    parts = [part.compute(scheduler="sync") for part in lazy.partitions]
    assert all(part.dtypes.to_dict() == lazy._meta.dtypes.to_dict() for part in parts)
    assert_frame_equal(pd.concat(parts), score_all(articles), check_exact=True)


@pytest.mark.parametrize("as_text", [False, True], ids=["pandas text", "Arrow text"])
def test_dask_reads_parquet_files_and_scores_them(dask: Any, as_text: bool, tmp_path: Path) -> None:
    import dask as settings

    articles = table(11).drop(columns="error")  # of all rows empty in one file: still text
    paths = [tmp_path / f"{at}.parquet" for at in range(3)]
    for at, path in enumerate(paths):
        articles.iloc[at * 4 : at * 4 + 4].to_parquet(path, index=False)
    with settings.config.set({"dataframe.convert-string": as_text}):
        lazy = score_all(dask.read_parquet([str(path) for path in paths]))
        scored = lazy.compute(scheduler="sync")
        whole = score_all(dask.read_parquet(tmp_path))
    for made in (lazy, whole):
        assert made._meta.dtypes.to_dict() == scored.dtypes.to_dict()
    scored = scored.reset_index(drop=True)
    assert_frame_equal(scored, score_all(articles), check_exact=True, check_dtype=not as_text)


def test_dask_text_columns_of_its_own_are_kept(dask: Any) -> None:
    import dask as settings

    articles = table(6)
    with settings.config.set({"dataframe.convert-string": True}):
        lazy = score_all(dask.from_pandas(articles, npartitions=2))
        scored = lazy.compute(scheduler="sync")
    assert lazy._meta.dtypes.to_dict() == scored.dtypes.to_dict()
    measures = [*list_measures("score_all")["column"], "error"]
    assert_frame_equal(scored[measures], score_all(articles)[measures], check_exact=True)


def test_a_dask_table_without_bodies_is_refused_at_once(dask: Any) -> None:
    with pytest.raises(ArticleError, match="'body'"):
        score_all(dask.from_pandas(table(4).drop(columns="body"), npartitions=2))


def test_a_cluster_of_two_gives_the_same(dask: Any, tmp_path: Path) -> None:
    missing = "Dask's cluster is not installed: pip install 'newsresearch[dask]'"
    distributed = pytest.importorskip("distributed", reason=missing)
    need_loopback()
    articles = table(20)
    paths = [str(tmp_path / f"{at}.parquet") for at in range(2)]
    for at, path in enumerate(paths):
        articles.iloc[at * 10 : at * 10 + 10].to_parquet(path)
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with (
        distributed.LocalCluster(dashboard_address=None, **options) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = client.run(os.getpid)
        scored = score_all(dask.from_pandas(articles, npartitions=4)).compute()
        read = score_all(dask.read_parquet(paths)).compute()
    assert len(set(pids.values()) - {os.getpid()}) == 2
    assert_frame_equal(scored, score_all(articles), check_exact=True)
    assert_frame_equal(read, score_all(articles), check_exact=True)
