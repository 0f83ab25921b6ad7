"""What `runs.py` runs in processes of their own: one that ends half-way, one that is measured.

python benchmarks/runs_child.py crash IN OUT STEP CHUNK
python benchmarks/runs_child.py memory IN OUT WORKERS
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import newsresearch as nr
from newsresearch.runs import score_run

CODE = 9  # the exit code of a crash that was asked for


class Steps:
    """Counts the steps of writing, and ends the process at one of them."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.seen = 0

    def step(self) -> None:
        """Count a step; nothing is tidied up when it is the last."""
        self.seen += 1
        if self.seen == self.at:
            os._exit(CODE)

    def guard(self, name: str) -> None:
        """Make two steps of a system call: just before and just after."""
        real = getattr(os, name)

        def stepped(*args: Any, **options: Any) -> Any:
            self.step()
            made = real(*args, **options)
            self.step()
            return made

        setattr(os, name, stepped)


class Halting:
    """A file whose writes can be cut in the middle."""

    def __init__(self, file: Any, steps: Steps) -> None:
        self.file, self.steps = file, steps

    def __enter__(self) -> Halting:
        self.file.__enter__()
        return self

    def __exit__(self, *told: Any) -> Any:
        return self.file.__exit__(*told)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, content: bytes) -> None:
        """Write the first half, then the second."""
        half = len(content) // 2
        self.file.write(content[:half])
        self.file.flush()
        self.steps.step()
        self.file.write(content[half:])


def crash(source: str, out: str, at: str, chunk: str) -> None:
    """Run until the n-th step of writing; with 0, print how many there are."""
    steps, opened = Steps(int(at)), Path.open
    steps.guard("fsync")
    steps.guard("replace")

    def open_halting(self: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        file = opened(self, mode, *args, **options)
        if "x" not in mode:
            return file
        steps.step()
        return Halting(file, steps)

    Path.open = open_halting  # type: ignore[method-assign,assignment]
    score_run(source, out, chunk=int(chunk))
    print(steps.seen)


def memory(source: str, out: str, workers: str) -> None:
    """Print the peak in MB after the imports and one article, after the run, and of a worker."""
    nr.score_all(nr.load_dataset("demo").head(1))
    before = _peak(resource.RUSAGE_SELF)
    score_run(source, out, chunk=500, workers=int(workers), progress=_show)
    workers_at_work = [_peak_of(process.pid) for process in multiprocessing.active_children()]
    print(before, _peak(resource.RUSAGE_SELF), max(workers_at_work, default=0))


def _peak_of(process: int | None) -> int:
    """Return the peak of another process, where the system tells it."""
    status = Path(f"/proc/{process}/status")
    told = status.read_text() if status.exists() else ""
    lines = [line.split()[1] for line in told.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0]) // 1000 if lines else 0


def _show(rows: int, total: int, errors: int) -> None:
    if rows % 10_000 < 500:
        print(f"{rows:,} of {total:,}, {errors:,} with a reason", file=sys.stderr, flush=True)


def _peak(whose: int) -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(whose).ru_maxrss * unit // 1_000_000


if __name__ == "__main__":
    {"crash": crash, "memory": memory}[sys.argv[1]](*sys.argv[2:])
