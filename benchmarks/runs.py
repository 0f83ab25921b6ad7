"""Do long runs survive, stay small, and gain from a second process? One figure a subcommand.

    python benchmarks/runs.py kill --n 20 --rows 240
    python benchmarks/runs.py crashpoints --rows 6
    python benchmarks/runs.py memory --rows 10000 100000
    python benchmarks/runs.py poison
    python benchmarks/runs.py speedup --rows 2000
    python benchmarks/runs.py second
    python benchmarks/runs.py changed
    python benchmarks/runs.py stopped
    python benchmarks/runs.py same
    python benchmarks/runs.py million --rows 1000000 --workers 2

Each prints what it saw and, last, one JSON line. The articles are made up here, by rule; every
500th cannot be scored. Times are of this machine: trust ratios only.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
from runs_articles import EVERY, PLACE, make_article, write_articles
from runs_stops import changed, command, same, second, stopped, written

import newsresearch as nr
from newsresearch.runs import read_run, score_run

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent
POISONS = 10
PARTS = 12  # of a run that is killed


# --- kill and crash -----------------------------------------------------------------------------


def child(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a piece of `runs_child.py` in a process of its own."""
    argv = [sys.executable, str(HERE.with_name("runs_child.py")), *map(str, words)]
    return subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False)


def kill(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Kill a run at n moments spread over its parts, go on to the end, and compare."""
    source = write_articles(folder / "in.jsonl", options.rows[0])
    chunk = max(1, options.rows[0] // PARTS)
    how = ["--chunk", str(chunk), "--workers", str(options.workers)]
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command(source, folder / "whole", *how), check=True, **quiet)
    whole, expected = written(folder / "whole"), read_run(folder / "whole")
    count = {"killed": 0, "survived": 0, "lost": 0, "doubled": 0, "parts_unsafe": 0}
    moments = random.Random(options.n)
    for number in range(options.n):
        out = folder / f"killed {number}"
        with subprocess.Popen(command(source, out, *how), **quiet) as process:
            wait_for_parts(out, number * len(whole) // options.n, process)
            time.sleep(moments.uniform(0, 0.4))
            count["killed"] += process.poll() is None
            process.send_signal(signal.SIGKILL)
        safe = {path.name[1:-5] for path in out.glob("_part-*.json")}
        before = {name: raw for name, raw in written(out).items() if Path(name).stem in safe}
        count["parts_unsafe"] += sum(raw != whole[name] for name, raw in before.items())
        subprocess.run(command(source, out, *how), check=True, **quiet)
        scores = read_run(out)
        count["lost"] += len(set(expected["row"]) - set(scores["row"]))
        count["doubled"] += int(scores["row"].duplicated().sum())
        same = written(out) == whole and not list(out.glob(".*.part"))
        count["survived"] += same and scores.equals(expected)
        print(f"kill {number + 1:2}: {len(safe):2} of {len(whole)} parts were safe, "
              f"then {'equal' if same else 'NOT EQUAL'}")  # fmt: skip
        shutil.rmtree(out)
    return {
        "figure": "kill", "n": options.n, "rows": options.rows[0], "parts": len(whole),
        "workers": options.workers, **count,
    }  # fmt: skip


def wait_for_parts(out: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until so many parts are there; for none, until the run has made its folder."""
    while process.poll() is None:
        if (out / "_run.json").exists() and len(list(out.glob("_part-*.json"))) >= count:
            return
        time.sleep(0.001)


def crashpoints(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """End the process at every step of every write; the next run has to give the same."""
    source, size = write_articles(folder / "in.jsonl", options.rows[0]), options.rows[0] // 3

    def crash(at: int, out: Path) -> subprocess.CompletedProcess[str]:
        return child("crash", source, out, at, size)

    steps = int(crash(0, folder / "whole").stdout)
    whole = written(folder / "whole")

    def survive(at: int) -> bool:
        out = folder / f"crash {at}"
        ended = crash(at, out).returncode == 9
        score_run(source, out, chunk=size)
        same = ended and written(out) == whole and not list(out.glob(".*.part"))
        if not same:
            print(f"step {at}: NOT EQUAL")
        shutil.rmtree(out)
        return same

    survived = sum(map(survive, range(1, steps + 1)))
    return {"figure": "crashpoints", "steps": steps, "survived": survived, "parts": len(whole)}


# --- memory and time ----------------------------------------------------------------------------


def memory(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Measure the peak above the imports (engines loaded, one article scored), in MB."""
    extra: dict[int, int] = {}
    for count in options.rows:
        source = write_articles(folder / f"{count}.{options.kind}", count, options.sentences)
        done = child("memory", source, folder / f"out {count}", options.workers)
        done.check_returncode()
        before, peak, largest = map(int, done.stdout.split())
        extra[count] = peak - before
        megabytes = source.stat().st_size / 1e6
        print(f"{count:>8} articles, {megabytes:.0f} MB: {before} MB after import, peak {peak}, "
              f"largest worker {largest}")  # fmt: skip
    first, last = extra[options.rows[0]], extra[options.rows[-1]]
    return {
        "figure": "memory", "workers": options.workers, "extra_mb": extra,
        "ratio": round(last / max(first, 1), 2), "limit_mb": 500,
    }  # fmt: skip


def poison(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Put ten bad articles among 200: all come out, in order, and no other row is changed."""
    sys.path.insert(0, str(ROOT / "tests"))
    import nasty

    good = [make_article(number) for number in range(8, 208)]
    places = range(7, 200, 200 // POISONS)
    huge = nasty.huge_texts()["one line"]
    bodies: Sequence[Any] = (
        None, 7, {"text": "late"}, "", ["a", "list"], huge, nasty.SHORT["Arabic"],
        nasty.SHORT["Chinese"], " \n\t", True,
    )  # fmt: skip
    bad = [dict(row) for row in good]
    for place, body in zip(places, bodies, strict=True):
        bad[place]["body"] = body
    tables = []
    for name, rows in (("good", good), ("bad", bad)):
        source = folder / f"{name}.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        score_run(source, folder / name, chunk=30, workers=options.workers)
        tables.append(read_run(folder / name))
    healthy, scores = tables
    others = ~scores["row"].isin(list(places))
    same_cells = (healthy == scores) | (healthy.isna() & scores.isna())
    changed = ~same_cells.fillna(False).all(axis=1) & others
    for row in scores[~others].itertuples():
        print(f"{row.article_id:6}{row.error[:80] or 'scored'}")
    return {
        "figure": "poison", "rows_in": 200, "rows_out": len(scores), "poison": POISONS,
        "in_order": scores["article_id"].tolist() == [row["article_id"] for row in good],
        "errors_in_poison": int((scores.loc[~others, "error"] != "").sum()),
        "errors_elsewhere": int((scores.loc[others, "error"] != "").sum()),
        "foreign_rows_changed": int(changed.sum()),
    }  # fmt: skip


def speedup(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Compare the time of one process and of more, workers started before, best of three.

    The ceiling is what two processes gain here that only count: other jobs share the cores.
    """
    articles = pd.DataFrame([make_article(number) for number in range(options.rows[0])])
    nr.score_all(articles.head(8), workers=2)
    nr.score_all(articles.head(8))
    one, two, spin_one, spin_two = [], [], [], []
    for _ in range(3):
        one.append(seconds(lambda: nr.score_all(articles)))
        two.append(seconds(lambda: nr.score_all(articles, workers=2)))
        spin_one.append(seconds(lambda: [spin(0), spin(0)]))
        with ThreadPoolExecutor(2) as threads:
            spin_two.append(seconds(lambda: list(threads.map(spin, range(2)))))
    return {
        "figure": "speedup", "rows": len(articles), "ratio": round(min(one) / min(two), 2),
        "ceiling": round(min(spin_one) / min(spin_two), 2),
    }  # fmt: skip


def spin(_: int) -> int:
    """Keep one core busy in a process of its own."""
    argv = [sys.executable, "-S", "-c", "for _ in range(30_000_000): pass"]
    return subprocess.run(argv, check=True).returncode


def million(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Score very many articles once: the rate, the peak, and what is in every part."""
    count, out = options.rows[0], folder / "out"
    source = write_articles(folder / f"in.{options.kind}", count, options.sentences)
    began = time.perf_counter()
    done = child("memory", source, out, options.workers)
    took = time.perf_counter() - began
    done.check_returncode()
    before, peak, worker = map(int, done.stdout.split())
    rows, errors, wrong = 0, 0, 0
    for path in sorted(out.glob("part-*")):
        part = (
            pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_json(path, lines=True)
        )
        places = pd.Series(range(rows, rows + len(part)))
        bad = places % EVERY == PLACE
        good = (part["row"] == places) & (part["article_id"] == "n" + places.astype(str))
        wrong += int((~good | ((part["error"] != "") != bad)).sum())
        rows, errors = rows + len(part), errors + int(bad.sum())
    again = seconds(lambda: score_run(source, out, workers=options.workers))
    return {
        "figure": "million", "articles": count, "workers": options.workers,
        "input_mb": round(source.stat().st_size / 1e6), "articles_per_second": round(count / took),
        "minutes": round(took / 60, 1), "extra_mb": peak - before, "largest_worker_mb": worker,
        "rows_out": rows, "with_reason": errors, "rows_wrong": wrong,
        "output_mb": round(sum(path.stat().st_size for path in out.iterdir()) / 1e6),
        "resume_check_seconds": round(again, 1),
    }  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


FIGURES: dict[str, tuple[Callable[[argparse.Namespace, Path], dict[str, Any]], list[int]]] = {
    "kill": (kill, [240]),
    "crashpoints": (crashpoints, [6]),
    "memory": (memory, [1_000, 4_000]),
    "poison": (poison, [200]),
    "speedup": (speedup, [1_000]),
    "second": (second, [2_000]),
    "changed": (changed, [60]),
    "stopped": (stopped, [200]),
    "same": (same, [200]),
    "million": (million, [1_000_000]),
}


def main() -> int:
    """Run one subcommand and print its figure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("figure", choices=FIGURES)
    parser.add_argument("--n", type=int, default=5, help="kill: how many times (5)")
    parser.add_argument("--rows", type=int, nargs="+", help="how many articles")
    parser.add_argument("--sentences", type=int, default=32, help="sentences an article (32)")
    parser.add_argument("--kind", choices=("jsonl", "parquet"), default="parquet", help="input")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    options = parser.parse_args()
    measure, rows = FIGURES[options.figure]
    options.rows = options.rows or rows
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(options, Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
