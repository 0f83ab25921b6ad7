"""Where the public data sets are: the one place that the benchmarks look for them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def find_data(needed: Iterable[str]) -> Path | None:
    """Return the folder that NEWSRESEARCH_DATA names; say in one line what it lacks, if so."""
    folder = Path(os.environ.get("NEWSRESEARCH_DATA", "."))
    absent = [name for name in needed if not (folder / name).is_file()]
    if not absent:
        return folder
    print(f"skipped: no {', no '.join(absent)} in the folder that NEWSRESEARCH_DATA names")
    return None
