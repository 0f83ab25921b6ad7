"""What stops a run, and what is refused: each is told, nothing is torn, and the run goes on."""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runs_articles import write_articles

import newsresearch as nr

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 20


def command(source: Path, out: Path, *more: str) -> list[str]:
    """Return the shell command of a run."""
    return [sys.executable, "-m", "newsresearch", "score", str(source), str(out), *more]


def written(folder: Path) -> dict[str, bytes]:
    """Return the parts of a run."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("part-*"))}


def torn(folder: Path) -> list[str]:
    """Return what a run should not leave behind: temporary files, parts without a sidecar."""
    safe = {path.name[1:-5] for path in folder.glob("_part-*.json")}
    lone = [path.name for path in folder.glob("part-*") if path.stem not in safe]
    return lone + [path.name for path in folder.glob(".*.part")]


def refused(work: Callable[[], object]) -> str:
    """Return what a call says when it refuses, or nothing if it does not."""
    try:
        work()
    except (nr.ArticleError, OSError) as problem:
        return str(problem)
    return ""


def run(argv: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and keep what it says."""
    return subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False, **options)


def second(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Start a second runner while the first is at work: how soon and how it is refused."""
    source, out = write_articles(folder / "in.jsonl", options.rows[0]), folder / "out"
    with subprocess.Popen(command(source, out), cwd=ROOT, stderr=subprocess.DEVNULL) as first:
        while not (out / "_run.json").exists():
            time.sleep(0.01)
        began = time.perf_counter()
        told = refused(lambda: nr.score_run(source, out))
        waited = time.perf_counter() - began
        at_work = first.poll() is None
        first.send_signal(signal.SIGINT)
    return {
        "figure": "second", "refused": "another run" in told, "first_was_at_work": at_work,
        "seconds": round(waited, 2), "says": told.replace(str(folder), ""),
    }  # fmt: skip


def changed(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Go on with another input or setting: each is refused, and no file of the run changes."""
    source, out = write_articles(folder / "in.jsonl", options.rows[0]), folder / "out"
    nr.score_run(source, out, chunk=CHUNK)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    other = folder / "other.jsonl"
    shutil.copy(source, other)
    longer = folder / "longer"
    longer.mkdir()
    (longer / source.name).write_text(source.read_text() + '{"headline": "A", "body": "B."}\n')
    tries: dict[str, Callable[[], object]] = {
        "input": lambda: nr.score_run(longer / source.name, out, chunk=CHUNK),
        "name": lambda: nr.score_run(other, out, chunk=CHUNK),
        "chunk": lambda: nr.score_run(source, out, chunk=CHUNK + 1),
        "keep_furniture": lambda: nr.score_run(source, out, chunk=CHUNK, keep_furniture=True),
        "repair": lambda: nr.score_run(source, out, chunk=CHUNK, repair=True),
        "columns": lambda: nr.score_run(source, out, {"headline": "headline"}, chunk=CHUNK),
        "resume": lambda: nr.score_run(source, out, chunk=CHUNK, resume=False),
    }
    said = {name: refused(work).replace(str(folder), "") for name, work in tries.items()}
    settings = json.loads(before["_run.json"])
    for name in ("code_sha256", "vaderSentiment"):
        (out / "_run.json").write_text(json.dumps({**settings, name: "older"}))
        said[name] = refused(lambda: nr.score_run(source, out, chunk=CHUNK))
    (out / "_run.json").write_bytes(before["_run.json"])
    for name, told in said.items():
        print(f"{name:15} {told}")
    same = {path.name: path.read_bytes() for path in out.iterdir()} == before
    told_all = sum(map(bool, said.values()))
    return {"figure": "changed", "tried": len(said), "refused": told_all, "folder_untouched": same}


def stopped(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Stop runs by a full disk, a limit on file sizes, a read-only folder and Ctrl-C."""
    source = write_articles(folder / "in.jsonl", options.rows[0])
    subprocess.run(command(source, folder / "whole", "--chunk", str(CHUNK)), cwd=ROOT, check=True)
    whole = written(folder / "whole")
    seen: dict[str, Any] = {}
    for name, stop in (("limit", _limit), ("disk", _disk), ("folder", _folder), ("ctrl", _ctrl)):
        out = folder / name
        try:
            seen[name] = _go_on(stop(source, out), source, out, whole)
        finally:
            if out.is_mount():
                subprocess.run(["umount", str(out)], check=True)
    return {"figure": "stopped", **seen}


def _go_on(
    ended: subprocess.CompletedProcess[str] | None, source: Path, out: Path, whole: dict[str, bytes]
) -> dict[str, Any] | str:
    """Look at what a stopped run has left, mend what stopped it, and run it to its end."""
    if ended is None:
        return "not measured"
    told = ended.stderr.strip().splitlines()
    print(f"{out.name}: exit {ended.returncode}: {told[-1] if told else ''}".replace(str(out), ""))
    left = torn(out)
    if out.is_mount():
        subprocess.run(["mount", "-o", "remount,rw,size=64m", str(out)], check=True)
    out.chmod(0o777)
    again = run(command(source, out, "--chunk", str(CHUNK)))
    return {
        "exit": ended.returncode, "one_error": "Traceback" not in ended.stderr, "torn": left,
        "then_equal": again.returncode == 0 and written(out) == whole,
    }  # fmt: skip


def _limit(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """No file may be larger than two thirds of a part."""
    largest = max(path.stat().st_size for path in (out.parent / "whole").glob("part-*")) * 2 // 3

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return run(command(source, out, "--chunk", str(CHUNK)), preexec_fn=limit)


def _disk(source: Path, out: Path) -> subprocess.CompletedProcess[str] | None:
    """A disk of memory that holds some of the parts, where one may be mounted."""
    size = sum(path.stat().st_size for path in (out.parent / "whole").iterdir()) * 2 // 3
    return run(command(source, out, "--chunk", str(CHUNK))) if _mount(out, f"size={size}") else None


def _folder(source: Path, out: Path) -> subprocess.CompletedProcess[str] | None:
    """A folder that cannot be written: by its rights or, for root, as a disk that is read-only."""
    out.mkdir(mode=0o555)
    if os.geteuid() == 0 and not _mount(out, "ro"):
        return None
    return run(command(source, out, "--chunk", str(CHUNK)))


def _mount(out: Path, options: str) -> bool:
    out.mkdir(exist_ok=True)
    argv = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(out)]
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0


def _ctrl(source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Ctrl-C, as a terminal gives it: to the run and all of its workers at once."""
    argv = command(source, out, "--chunk", str(CHUNK), "--workers", "2")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(argv, cwd=ROOT, start_new_session=True, **quiet) as process:
        while process.poll() is None and not list(out.glob("_part-*.json")):
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate()[1]
    return subprocess.CompletedProcess(argv, process.returncode, "", told)


def same(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Write with one worker and with two, and from two kinds of file: the bytes of each part."""
    source = write_articles(folder / "in.jsonl", options.rows[0])
    for workers in (1, 2):
        nr.score_run(source, folder / f"{workers}", chunk=CHUNK, workers=workers)
    nr.score_run(write_articles(folder / "in.parquet", options.rows[0]), folder / "p", chunk=CHUNK)
    one, two, other = (written(folder / name) for name in ("1", "2", "p"))
    return {"figure": "same", "parts": len(one), "equal": one == two, "of_parquet": one == other}
