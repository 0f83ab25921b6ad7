"""Many articles: the same work in several processes, or on the partitions of a Dask table.

Processes are started afresh ("spawn"), which is the same on every system, and are kept for the
next call, since each needs seconds for its imports. A text that kills its process costs its own
row only. Beyond one machine there is Dask; nothing of ours does that.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Any, Protocol

from newsresearch.articles import REQUIRED, ArticleError
from newsresearch.progress import Tell, no_one
from newsresearch.tables import pd

__all__ = ["KILLED", "LazyTable", "Work", "as_lazy", "check_workers", "map_chunks", "score_apart"]

Row = dict[str, Any]
# What is done to some rows in another process: importable by name, and row by row.
Work = Callable[[list[Row]], "pd.DataFrame"]

KILLED = "scoring killed its process, twice: look at this text by itself"
_LARGEST = 1_000  # rows a chunk: more gain nothing, and each dead process loses one
_IN_FLIGHT = 2  # chunks handed out, for each worker


class LazyTable(Protocol):
    """What we need of a Dask DataFrame; Dask itself is never imported here."""

    @property
    def _meta(self) -> pd.DataFrame: ...

    def map_partitions(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Apply a function to every partition, when the table is computed."""


def as_lazy(table: object) -> LazyTable | None:
    """Return the table if it is a Dask DataFrame."""
    lazy: Any = table
    known = hasattr(lazy, "map_partitions") and isinstance(
        getattr(lazy, "_meta", None), pd.DataFrame
    )
    return lazy if known else None


def check_workers(workers: object) -> int:
    """Return the number of processes.

    Raises
    ------
    ArticleError
        If it is no whole number above zero.
    """
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ArticleError(f"workers must be a whole number from 1; found {workers!r}.")
    return workers


def score_apart(
    articles: pd.DataFrame, work: Work, workers: int, tell: Tell = no_one
) -> pd.DataFrame:
    """Return a new table with the columns that `work` makes of the rows, in their order.

    Only ids, texts and earlier errors go to the other processes; the rest stays here.
    """
    names = [name for name in (*REQUIRED, "preamble", "error") if name in articles.columns]
    rows = _rows(articles[names])
    size = max(1, min(_LARGEST, -(-len(articles) // workers)))
    chunks = iter(lambda: list(islice(rows, size)), [])
    done: dict[int, pd.DataFrame] = {}
    for number, table in map_chunks(work, chunks, workers):
        done[number] = table
        tell(sum(map(len, done.values())))
    made = pd.concat([done[number] for number in range(len(done))], ignore_index=True)
    scored = articles.drop(columns=list(made.columns), errors="ignore").copy()
    for name, column in made.items():
        scored[name] = pd.Series(column.array, index=articles.index)
    return scored


def _rows(table: pd.DataFrame) -> Iterator[Row]:
    cells = zip(*(table[name] for name in table.columns), strict=True)
    return (dict(zip(table.columns, row, strict=True)) for row in cells)


def map_chunks(
    work: Work, chunks: Iterable[list[Row]], workers: int
) -> Generator[tuple[int, pd.DataFrame], None, None]:
    """Yield what `work` makes of each chunk of rows, with its number, as soon as it is done.

    With more than one worker, chunks are read only a little ahead, and where a process dies the
    chunks it may have held are done again by themselves: the row that kills it becomes a row
    with its reason in `error`, and is passed to `work` without its texts.
    """
    if workers == 1:
        yield from ((number, work(chunk)) for number, chunk in enumerate(chunks))
        return
    source = enumerate(chunks)
    handed: dict[Future[pd.DataFrame], tuple[int, list[Row], ProcessPoolExecutor]] = {}
    try:
        while True:
            for number, chunk in islice(source, workers * _IN_FLIGHT - len(handed)):
                pool, future = _submit(workers, work, chunk)
                handed[future] = number, chunk, pool
            if not handed:
                return
            done, _ = wait(handed, return_when=FIRST_COMPLETED)
            future = min(done, key=lambda one: handed[one][0])
            number, chunk, pool = handed.pop(future)
            yield number, _result(chunk, pool, future, work)
    except BaseException:  # an error, Ctrl-C, or the caller has had enough
        for _, _, pool in handed.values():
            _drop(pool)
        raise


def _result(
    chunk: list[Row], pool: ProcessPoolExecutor, future: Future[pd.DataFrame], work: Work
) -> pd.DataFrame:
    try:
        return future.result()
    except (BrokenProcessPool, CancelledError):  # or another caller has dropped the pool
        _drop(pool)
        return _alone(work, chunk)


# --- processes ----------------------------------------------------------------------------------

# By the process that made them, since a process that was forked cannot use them, and by workers.
_pools: dict[tuple[int, int], ProcessPoolExecutor] = {}
_lock = threading.Lock()


def _submit(
    workers: int, work: Work, chunk: list[Row]
) -> tuple[ProcessPoolExecutor, Future[pd.DataFrame]]:
    """Hand a chunk to the pool of so many workers, which is made anew where it has broken."""
    pool = _pool(workers)
    try:
        return pool, _start(pool, work, chunk)
    except RuntimeError:  # it has broken, or another thread has dropped it
        _drop(pool)
    pool = _pool(workers)
    return pool, _start(pool, work, chunk)


def _pool(workers: int) -> ProcessPoolExecutor:
    key = os.getpid(), workers
    with _lock:
        if key not in _pools:
            _pools[key] = _make_pool(workers)
        return _pools[key]


def _start(pool: ProcessPoolExecutor, work: Work, chunk: list[Row]) -> Future[pd.DataFrame]:
    with _without_main():
        return pool.submit(work, chunk)


def _make_pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool; it starts no process before it has work."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_settle)


def _drop(pool: ProcessPoolExecutor) -> None:
    """Let go of a pool and end its processes: what they were at is wanted no more."""
    with _lock:
        for key in [key for key, kept in _pools.items() if kept is pool]:
            del _pools[key]
    # Python has a method for this from 3.14 on; without, its exit waits for their work.
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep a new process from running the caller's script once more.

    It would read `__main__` again, and so needs a script with a guard; notebooks and standard
    input have none. Our functions are importable by name, so that it is needed for nothing.
    """
    with _lock:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _settle() -> None:
    """Leave Ctrl-C to the parent, and end with it, also where it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


# --- rows that kill -----------------------------------------------------------------------------


def _alone(work: Work, chunk: list[Row]) -> pd.DataFrame:
    """Do a chunk in a process of its own and, if that dies too, row by row."""
    lone = _Lone(work)
    try:
        made = lone.run(chunk)
        if made is None:
            made = pd.concat([_row_alone(lone, row) for row in chunk], ignore_index=True)
        return made
    finally:
        lone.end()


def _row_alone(lone: _Lone, row: Row) -> pd.DataFrame:
    """Blame a row only if it kills a fresh process: the last one may have died of the others."""
    for _ in range(2):
        made = lone.run([row])
        if made is not None:
            return made
    empty = dict.fromkeys(REQUIRED[1:], "")
    return lone.work([{"article_id": row["article_id"], **empty, "error": KILLED}])


class _Lone:
    """One process, made anew whenever it has died."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.pool = _make_pool(1)

    def run(self, rows: list[Row]) -> pd.DataFrame | None:
        """Return the work of the process, or None where it has died of it."""
        try:
            return _start(self.pool, self.work, rows).result()
        except BrokenProcessPool:
            self.end()
            self.pool = _make_pool(1)
            return None

    def end(self) -> None:
        """Let the process go."""
        self.pool.shutdown(wait=False, cancel_futures=True)
