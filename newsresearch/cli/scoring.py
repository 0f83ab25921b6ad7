"""The command `score`: into a table, or part by part into a folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from newsresearch.cli.common import (
    WRITTEN,
    count_articles,
    find_source,
    parse_columns,
    print_json,
    read,
    to_rows,
)

__all__ = ["score"]


def score(arguments: argparse.Namespace) -> int:
    """Add all measures to the articles that are named."""
    from newsresearch.export import save_table
    from newsresearch.features import score_all
    from newsresearch.furniture import strip_furniture

    folder = _run_folder(arguments)
    if folder:
        return _score_run(arguments, folder)
    articles = read(arguments)
    if not arguments.keep_furniture:
        articles, _ = strip_furniture(articles)
    scores = score_all(articles, workers=arguments.workers, progress=True)
    if arguments.out:
        save_table(scores, arguments.out)
        print(f"{count_articles(len(scores))} scored: {arguments.out}")
    elif arguments.json:
        print_json(to_rows(scores))
    else:
        hidden = ["preamble", "body"]
        print(scores.drop(columns=hidden, errors="ignore").to_csv(index=False), end="")
    return 0


def _run_folder(arguments: argparse.Namespace) -> str:
    """Return the folder of a long run, or nothing where a file or the screen was asked for."""
    out, folder = str(arguments.out or ""), str(arguments.folder or "")
    if folder and (out or Path(folder).suffix in WRITTEN.split(", ")):
        raise ValueError(f"{folder!r} stands where a folder is named. For a file write -o FILE.")
    return folder or (out if out.endswith(("/", os.sep)) or (out and Path(out).is_dir()) else "")


def _score_run(arguments: argparse.Namespace, folder: str) -> int:
    """Score part by part into a folder, and go on there where a run was stopped."""
    import warnings

    from newsresearch.runs import score_run

    if arguments.issues:
        raise ValueError("--issues is for a table; the parts of a run have `note` and `error`.")
    names = ("chunk", "workers", "keep_furniture", "repair", "allow_private")
    options = {name: getattr(arguments, name) for name in names}
    columns = parse_columns(arguments.columns)
    options["progress"] = _show_progress if sys.stderr.isatty() else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)  # which columns were taken for which
            warnings.showwarning = lambda told, *_: print(f"newsresearch: {told}", file=sys.stderr)
            summary = score_run(find_source(arguments), folder, columns, **options)
    except KeyboardInterrupt:
        told = "stopped; finished parts are safe, and the same command goes on"
        print(f"\nnewsresearch: {told}", file=sys.stderr)
        raise
    if arguments.json:
        print_json(to_rows(summary))
    else:
        rows, errors = int(summary["rows"].sum()), int(summary["errors"].sum())
        kept = int((summary["state"] == "kept").sum())
        before = f"; {kept} of {len(summary)} parts were there already" if kept else ""
        print(f"{count_articles(rows)}, {errors} with a reason in `error`: {folder}{before}")
    return 0


def _show_progress(rows: int, total: int, errors: int) -> None:
    """Keep one line on a terminal up to date."""
    end = "\n" if rows == total else ""
    told = f"\r{rows:,} of {total:,} articles, {errors:,} with a reason"
    print(told, end=end, file=sys.stderr, flush=True)
