"""Spoiled files and texts against every parser and the text foundation: what breaks, smallest.

    python benchmarks/fuzz.py --plain --n 20000           # seeded mutations, nothing to install
    python benchmarks/fuzz.py --seconds 60                # atheris (pip install atheris), if there
    python benchmarks/fuzz.py --plain --only .csv text --n 500

Each target runs in a process of its own, with bounded memory and a limit for each input, so a
crash or a hang of the C libraries costs one target and leaves its input in `--out`. Only
``ArticleError`` may come out of a parser; the laws are in `tests/spoiling.py`.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))
MEMORY = 6 * 2**30  # bytes of addresses; pandas and pyarrow alone reserve two
LIMIT = 20  # seconds an input
SAME = {".htm", ".ndjson", ".rss", ".db", ".sqlite3"}  # other names of the same parsers
TEXTS = ("text", "article")


def main() -> int:
    """Run every target in a child, or one target in this process."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.target:
        return _run_target(options)
    counts = [_run_child(options, target) for target in options.only or _targets()]
    total = {key: sum(count[key] for count in counts) for key in ("inputs", "broken", "died")}
    slowest = max((count["slowest"], count["target"]) for count in counts)
    print(json.dumps({"figure": "fuzz", "engine": _engine(options), **total, "slowest": slowest}))
    return int(bool(total["broken"] or total["died"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fuzz the readers and the text foundation.")
    parser.add_argument("--plain", action="store_true", help="seeded mutations, without atheris")
    parser.add_argument("--n", type=int, default=20_000, help="inputs in all (plain)")
    parser.add_argument("--seconds", type=int, default=60, help="seconds in all (atheris)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", help="targets: an ending, read, text, article")
    parser.add_argument("--target", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-found")
    return parser.parse_args()


def _engine(options: argparse.Namespace) -> str:
    return "plain" if options.plain else "atheris"


def _targets() -> list[str]:
    from newsresearch.formats.registry import PARSERS

    return [*(kind for kind in PARSERS if kind not in SAME), "read", *TEXTS]


def _run_child(options: argparse.Namespace, target: str) -> dict[str, Any]:
    """Run one target in a process that may die; return its counts."""
    share = len(options.only or _targets())
    arguments = ["--target", target, "--out", str(options.out), "--seed", str(options.seed)]
    arguments += ["--n", str(-(-options.n // share))]
    arguments += ["--seconds", str(max(1, options.seconds // share))]
    arguments += ["--plain"] if options.plain else []
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    lines = done.stdout.splitlines()
    told = [json.loads(line) for line in lines if line.startswith('{"target"')]
    count = told[-1] if told else {"target": target, "inputs": 0, "broken": 0, "slowest": 0.0}
    count["died"] = int(not told or not told[-1].get("whole", True))
    print(f"{target:10}{count['inputs']:>8} inputs {count['broken']:>3} broken", end="")
    print(f"{count['slowest']:>8.2f} s slowest{'  DIED' if count['died'] else ''}", flush=True)
    for line in lines:
        if line.startswith("BROKEN"):
            print("   ", line)
    if count["died"]:
        print("   ", "\n    ".join(done.stderr.splitlines()[-12:]))
    return count


# --- one target ---------------------------------------------------------------------------------


def _run_target(options: argparse.Namespace) -> int:
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if options.plain:
        keeper = Keeper(options)
        for raw in _mutants(options):
            keeper.try_one(raw)
        keeper.tell(whole=True)
        return 0
    return _run_atheris(options)


def _run_atheris(options: argparse.Namespace) -> int:
    """Let atheris look for inputs; those that break something are kept, and it goes on."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris, or use --plain", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["newsresearch"]):
        import_module("spoiling")
    keeper = Keeper(options)

    def mutate(raw: bytes, longest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        made = _spoiled(options.target, raw, chance) if seed % 2 else b""
        return made[:longest] if made else atheris.Mutate(raw, longest)

    with tempfile.TemporaryDirectory() as corpus:
        for number, raw in enumerate(_seeds(options.target)):
            Path(corpus, str(number)).write_bytes(raw)
        limits = [f"-max_total_time={options.seconds}", "-max_len=16384", f"-seed={options.seed}"]
        flags = [*limits, "-verbosity=0", "-rss_limit_mb=5000", f"-timeout={LIMIT}", corpus]
        command = [sys.argv[0], f"-artifact_prefix={options.out}/", *flags]
        atheris.Setup(command, keeper.try_and_tell, custom_mutator=mutate)
        atheris.Fuzz()  # ends the process
    return 0


class Keeper:
    """Tries inputs, and keeps one small input of each way to break."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.target, self.out, self.plain = options.target, options.out, options.plain
        self.check = _checker(options.target)
        self.seen: set[str] = set()
        self.inputs, self.slowest, self.told = 0, 0.0, time.monotonic()

    def try_one(self, raw: bytes) -> None:
        """Run one input; whatever comes out is a find."""
        current = self.out / f"current{self.target}"
        current.write_bytes(raw)
        faulthandler.dump_traceback_later(LIMIT, exit=True)
        began = time.process_time()
        found = _fault(self.check, raw)
        took = time.process_time() - began
        faulthandler.cancel_dump_traceback_later()
        self.inputs += 1
        if took > max(self.slowest, 1.0):
            (self.out / f"slow{self.target}").write_bytes(raw)
        self.slowest = max(self.slowest, took)
        if found and found not in self.seen:
            self.seen.add(found)
            self._keep(raw, found)

    def try_and_tell(self, raw: bytes) -> None:
        """The same for atheris, which ends without warning: tell the counts now and then."""
        self.try_one(raw)
        if time.monotonic() - self.told > 1:
            self.told = time.monotonic()
            self.tell(whole=True)

    def _keep(self, raw: bytes, found: str) -> None:
        small = shrink(raw, lambda piece: _fault(self.check, piece) == found)
        name = f"{self.target.strip('.')}-{len(self.seen)}.bin"
        (self.out / name).write_bytes(small)
        print(f"BROKEN {name} ({len(small)} bytes) {found}: {small[:200]!r}", flush=True)

    def tell(self, whole: bool) -> None:
        """Print the counts as one JSON line, for the parent."""
        counts = {"inputs": self.inputs, "broken": len(self.seen), "slowest": self.slowest}
        print(json.dumps({"target": self.target, **counts, "whole": whole}), flush=True)


def _fault(check: Callable[[bytes], Any], raw: bytes) -> str:
    """Return what came out and where in our code, empty if nothing did."""
    try:
        check(raw)
    except Exception as problem:
        frames = traceback.extract_tb(problem.__traceback__)
        ours = [f for f in frames if "newsresearch" in f.filename or "spoiling" in f.filename]
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
        return f"{type(problem).__name__} in {place}"
    return ""


def shrink(raw: bytes, breaks: Callable[[bytes], bool], seconds: float = 10.0) -> bytes:
    """Return a smaller input that breaks in the same way: pieces are left out, then bytes."""
    until = time.monotonic() + seconds
    size = len(raw) // 2
    while size:
        at = 0
        while at < len(raw) and time.monotonic() < until:
            shorter = raw[:at] + raw[at + size :]
            if breaks(shorter):
                raw = shorter
            else:
                at += size
        size //= 2
    return raw


def _checker(target: str) -> Callable[[bytes], Any]:
    import spoiling

    from newsresearch.articles import ArticleError
    from newsresearch.reading import read_articles

    def read(raw: bytes) -> None:
        try:
            read_articles(raw)
        except ArticleError as problem:
            assert str(problem).endswith((".", "?")), str(problem)

    def article(raw: bytes) -> None:
        headline, _, body = _text(raw).partition("\n")
        spoiling.check_article(headline, body)

    known = {"read": read, "article": article, "text": lambda raw: spoiling.check_text(_text(raw))}
    return known.get(target) or (lambda raw: spoiling.check_rows(target, raw))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")  # lone surrogates are wanted


# --- inputs -------------------------------------------------------------------------------------


def _seeds(target: str) -> list[bytes]:
    """Return valid and nasty inputs to begin with."""
    import nasty
    import samples

    if target in TEXTS:
        texts = [*nasty.SHORT.values(), *(nasty.long_text(name, 200) for name in nasty.LONG)]
        texts += [f"{nasty.HEADLINE}\n{nasty.BODY}"]
        return [text.encode("utf-8", "replace") for text in texts]
    every = samples.samples()
    own = [raw for kind in (every if target == "read" else [target]) for raw in every[kind]]
    ending = (*every,) if target == "read" else (target,)
    files = [raw for file, raw in nasty.contents() if file.name.endswith(ending)]
    return [*own, *(raw for raw in files if len(raw) < 20_000)]


def _mutants(options: argparse.Namespace) -> Iterator[bytes]:
    """Yield the seeds, then seeds with one to six edits."""
    chance = random.Random(f"{options.seed} {options.target}")
    seeds = _seeds(options.target)
    for number in range(options.n):
        raw = seeds[number] if number < len(seeds) else chance.choice(seeds)
        yield raw if number < len(seeds) else _spoiled(options.target, raw, chance, seeds)


def _spoiled(
    target: str, raw: bytes, chance: random.Random, seeds: list[bytes] | None = None
) -> bytes:
    import spoiling

    edits = [spoiling.random_edit(chance) for _ in range(chance.randint(1, 6))]
    other = chance.choice(seeds or [b"\0\xff ferry"])
    if chance.random() < 0.5:
        with suppress(Exception):  # what is spoiled already cannot be unpacked
            return spoiling.spoil_inside(target, raw, edits, other)
    return spoiling.spoil(raw, edits, other)


if __name__ == "__main__":
    sys.exit(main())
