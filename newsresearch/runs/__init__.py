"""Long runs: score more articles than fit into memory, part by part, and go on after a stop.

Nothing counts before it is whole on the disk, so a run may be killed at any moment, and the same
call goes on where it was: nothing is lost and nothing is done twice.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from newsresearch.articles import ArticleError
from newsresearch.features import list_measures, score_meta
from newsresearch.progress import counting
from newsresearch.reading import Readable, ReadingWarning
from newsresearch.runs.parts import RunFolder, find_format
from newsresearch.runs.running import Progress, Run
from newsresearch.runs.settings import begin_or_resume
from newsresearch.runs.streams import open_stream
from newsresearch.runs.work import score_part
from newsresearch.scaling import check_workers, map_chunks
from newsresearch.tables import pd

__all__ = ["Progress", "read_run", "score_run"]


def score_run(
    source: Readable,
    folder: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    *,
    chunk: int = 500,
    workers: int = 1,
    resume: bool = True,
    keep_furniture: bool = False,
    repair: bool = False,
    allow_private: bool = False,
    progress: Progress | bool | None = None,
) -> pd.DataFrame:
    """Score articles into a folder, part by part; the same call goes on after any stop.

    Each part is `part-000000.parquet` (`.jsonl` without pyarrow), with the columns `row` (its place
    in the input, from 0), `article_id`, `note`, all measures of ``score_all``, and `error`:
    every article is a row, a bad one with its reason. ``pandas.read_parquet(folder)`` or
    ``read_run(folder)`` gives them all. A part counts only once it is whole on the disk, with
    a sidecar that has its length and SHA-256: a run that was killed or found the disk full has
    lost at most the parts that it was at, and damaged parts are done again.

    Parameters
    ----------
    source : see ``read_articles``
        A Parquet, CSV, TSV or JSON Lines file is read as a stream and may be larger than
        memory; all else is read whole.
    folder : path
        Empty or new, or that of the same run. It is locked against a second runner.
    columns : mapping, optional
        Their names -> ours, as in ``read_articles``.
    chunk : int
        Articles a part: what a kill may cost each worker.
    workers : int
        Processes. The files are the same, byte by byte, for any number.
    resume : bool
        Go on with a run that is in the folder. Without, such a folder is refused.
    keep_furniture : bool
        Score page furniture too; else ``strip_furniture`` cuts it before scoring.
    repair, allow_private : bool
        See ``read_articles``.
    progress : bool or callable, optional
        True shows how many articles are done, as in ``score_all``. A function is called after
        each part with rows done, rows in all, and rows with a reason so far.

    Returns
    -------
    pandas.DataFrame
        One row a part: `part` (file), `rows`, `errors` (rows with a reason), `bytes`,
        `sha256`, and `state`: 'scored' now, or 'kept' from before.

    Raises
    ------
    ArticleError
        If the input cannot be read, changes meanwhile, or is not that of the run in the
        folder; if settings, code or engines have changed since that began; if another run is
        at work there, or the folder holds other files.
    OSError
        If the disk is full or the folder read-only: what is done stays, the same call goes on.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     summary = score_run(b"title,text\\nRain,It rained.\\n", folder)
    >>> summary[["rows", "errors", "state"]].values.tolist()
    [[1, 0, 'scored']]
    """
    workers = check_workers(workers)
    if isinstance(chunk, bool) or not isinstance(chunk, int) or chunk < 1:
        raise ArticleError(f"chunk must be a whole number from 1; found {chunk!r}.")
    home = RunFolder(Path(folder), find_format())
    with ExitStack() as stack:
        held = home.path.is_dir()
        if held:  # ours before a long look through the input
            stack.enter_context(home.locked())
        stream = open_stream(source, columns, repair, allow_private)
        if not held:
            stack.enter_context(home.locked())
        settings = {"chunk": chunk, "format": home.kind, "columns": dict(columns or {})}
        settings |= {"keep_furniture": keep_furniture, "repair": repair}
        begin_or_resume(home, stream, settings, resume)
        if stream.guesses:
            told = f"read {stream.guesses[:300]}. Pass columns={{theirs: ours}} to choose others."
            warnings.warn(told, ReadingWarning, stacklevel=2)
        work = partial(score_part, repair=repair, keep_furniture=keep_furniture)
        if isinstance(progress, bool):
            tell = stack.enter_context(counting(stream.total, progress))
            run = Run(home, stream, chunk, lambda rows, total, errors: tell(rows))
        else:
            run = Run(home, stream, chunk, progress)
        with closing(map_chunks(work, run.missing(), workers)) as made:
            for number, table in made:
                run.keep(number, table)
        return run.finish()


def read_run(folder: str | os.PathLike[str]) -> pd.DataFrame:
    """Return the scores of a finished run as one table, each part checked by its sidecar.

    Parameters
    ----------
    folder : path
        The folder that was given to ``score_run``.

    Returns
    -------
    pandas.DataFrame
        `row`, `article_id`, `note`, the measures, and `error`, in the order of the input.

    Raises
    ------
    ArticleError
        If there is no run, or a part is missing or damaged: ``score_run`` does it again.
    """
    path = Path(folder)
    settings = RunFolder(path, "").read_settings()
    if settings is None:
        raise ArticleError(f"no run in {str(path)!r}. Make one with nr.score_run(source, folder).")
    home, chunk = RunFolder(path, settings["format"]), settings["chunk"]
    total = settings["rows"]
    sizes = [min(chunk, total - first) for first in range(0, total, chunk)]
    bad = sum(home.check_part(index, size) is None for index, size in enumerate(sizes))
    if bad:
        raise ArticleError(
            f"{bad} of {len(sizes)} parts in {str(path)!r} are missing or damaged. Run "
            "nr.score_run() with the same input and folder: it does only those."
        )
    meta = score_meta().dtypes
    dtypes = {"row": "int64", "article_id": "str", "note": "str"}
    dtypes |= {name: meta[name] for name in [*list_measures("score_all")["column"], "error"]}
    parts = [home.read_part(index, dtypes) for index in range(len(sizes))]
    return pd.concat(parts, ignore_index=True)
