"""Is alpha right, how fast is it, and how often does its interval hold the truth?

Peer: the PyPI package ``krippendorff`` (alpha alone; no interval, no spans). Without it, its
columns are left out. Nothing is read from data: the published examples are here, and the rest is
simulated, so that the truth is known. ``--quick`` simulates less.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import numpy as np

from newsresearch.classroom.alpha import Marks, alpha
from newsresearch.classroom.resampling import Draws, quantile

try:
    import krippendorff
except ModuleNotFoundError:
    krippendorff = None

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
FOUR = (
    "123321412***", "1233224125*3", "*3332342251*", "12332441251*",
)  # fmt: skip
TWO = ("0100000010", "1110010000")
PUBLISHED = (
    ("two observers, two values", TWO, "nominal", 0.095),
    ("four observers, gaps", FOUR, "nominal", 0.743),
    ("four observers, gaps", FOUR, "ordinal", 0.815),
    ("four observers, gaps", FOUR, "interval", 0.849),
)
RESAMPLES = 600


def units_of(rows: Sequence[str]) -> list[Counter[str]]:
    return [Counter(v for v in column if v != "*") for column in zip(*rows, strict=True)]


def ours(rows: Sequence[str], level: str) -> float | None:
    values = sorted({value for row in rows for value in row} - {"*"})
    return alpha(units_of(rows), values if level == "ordinal" else (), level)


def theirs(rows: Sequence[str], level: str) -> float:
    table = [[np.nan if value == "*" else float(value) for value in row] for row in rows]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement=level))


def show_published() -> None:
    print("example                        level      published  ours    krippendorff")
    for name, rows, level, published in PUBLISHED:
        peer = f"{theirs(rows, level):.3f}" if krippendorff else "-"
        print(f"{name:<30} {level:<10} {published:.3f}      {ours(rows, level):.3f}   {peer}")


def show_random(tables: int) -> None:
    """Compare with the peer on random tables with gaps, and time both on one large table."""
    dice = Random(0)
    worst = 0.0
    for number in range(tables):
        level = ("nominal", "ordinal", "interval")[number % 3]
        readers, n = dice.randint(2, 12), dice.randint(4, 40)
        rows = ["".join(dice.choices("12345*", k=n)) for _ in range(readers)]
        found = ours(rows, level)
        if found is not None:
            worst = max(worst, abs(found - theirs(rows, level)))
    print(f"\nlargest difference on {tables} random tables with gaps: {worst:.1e}")
    counts = [dice.randint(0, 25) for _ in range(600)]
    table = [[1 if at < count else 0 for count in counts] for at in range(25)]
    mine = timed(lambda: Marks.of(counts, 25).alpha)
    peer = timed(lambda: krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
    print(f"25 readers, 600 words marked or not: the peer takes {peer / mine:,.0f} times as long")


def timed(call: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(7):
        begun = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - begun)
    return best


# --- how often does the interval hold the truth ----------------------------------------------


def sentences(
    dice: np.random.Generator, n: int, lean: np.ndarray, base: float, spread: float
) -> list[Marks]:
    """Draw sentences that some readers mark: how clear a sentence is, and how eager a reader."""
    clear = dice.normal(0, spread, n)
    chance = 1 / (1 + np.exp(-(base + clear[:, None] + lean)))
    counts = (dice.random(chance.shape) < chance).sum(1)
    words = dice.integers(8, 34, n)
    readers = len(lean)
    return [Marks.of([int(k)] * int(w), readers) for k, w in zip(counts, words, strict=True)]


def questions(
    dice: np.random.Generator, n: int, lean: np.ndarray, base: float, spread: float
) -> list[Counter[str]]:
    """Draw questions of three answers; readers slip, and leave every tenth out."""
    right = dice.integers(0, 3, n)
    sure = 1 / (1 + np.exp(-(base + dice.normal(0, spread, n)[:, None] + lean)))
    guess = dice.integers(0, 3, sure.shape)
    given = np.where(dice.random(sure.shape) < sure, right[:, None], guess)
    kept = dice.random(sure.shape) > 0.1
    return [Counter(map(str, row[keep])) for row, keep in zip(given, kept, strict=True)]


def marks_alpha(parts: Sequence[Marks]) -> float | None:
    return Marks.total(parts).alpha


def coverage(
    draw: Callable[..., list[Any]], measure: Callable[[list[Any]], float | None],
    readers: int, n: int, base: float, spread: float, times: int,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Return the mean truth, coverage of our interval and of percentiles, width, none told."""
    dice = np.random.default_rng([readers, n, int(10 * abs(base)), int(10 * spread)])
    held, plain, width, told, truths = 0, 0, 0.0, 0, 0.0
    for number in range(times):
        lean = dice.normal(0, 0.7, readers)
        truth = measure(draw(dice, 6_000, lean, base, spread))
        truths += truth
        parts = draw(dice, n, lean, base, spread)
        low, high = Draws(number, RESAMPLES).interval(parts, measure, "here")
        if low != low:
            continue
        told += 1
        held += low <= truth <= high
        width += high - low
        some = Random(number)
        values = sorted(
            v for _ in range(RESAMPLES)
            if (v := measure(some.choices(parts, k=n))) is not None
        )  # fmt: skip
        plain += quantile(values, 0.025) <= truth <= quantile(values, 0.975)
    most = max(told, 1)
    return truths / times, held / most, plain / most, width / most, 1 - told / times


def show_coverage(times: int) -> None:
    print(
        f"\n95 % intervals, {times} simulated classes each; BCa is ours, beside plain percentiles"
    )
    print("unit       readers   n   alpha   BCa   percentiles   width   no interval")
    cases = [
        ("word", sentences, marks_alpha, base, spread)
        for base, spread in ((-2.0, 1.5), (-2.0, 3.0), (-0.5, 2.0))
    ]
    cases += [("question", questions, lambda some: alpha(some), 0.0, 1.0)]
    for unit, draw, measure, base, spread in cases:
        for readers in (8, 25):
            for n in (10, 20, 40):
                truth, held, plain, width, none = coverage(
                    draw, measure, readers, n, base, spread, times
                )
                print(
                    f"{unit:<10} {readers:>5} {n:>6}    {truth:.2f}   {held:.2f}      {plain:.2f}"
                    f"       {width:.2f}      {none:.2f}",
                    flush=True,
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="simulate less")
    quick = parser.parse_args().quick
    show_published()
    if krippendorff:
        show_random(60 if quick else 600)
    else:
        print("\nkrippendorff is not installed: no comparison")
    show_coverage(30 if quick else 150)


if __name__ == "__main__":
    main()
