"""What differs between outlets that tell the same events, and how often is it only chance?

    NEWSRESEARCH_DATA=folder python benchmarks/comparison.py [--shuffles 200]

1. BASIL (201 articles, 67 events, each told by three outlets): every measure, every two outlets,
   compared inside events and not. Numbers only.
2. The same with the outlets dealt out by chance inside each event: whatever is found is a false
   alarm. Peer in the same run: Welch's t-test of each row without correction, not inside events
   and inside them (t-test of the differences).
3. A shift planted in one measure of one outlet of such a shuffled table: how often it is found.
4. Intervals: how often they hold the true effect and difference, in simulated articles.
5. Distinctive words, as they are and on shuffled outlets; the peer is |z| > 1.96.
6. fakenewsdata1 (real, fake, satire; the random set): groups that do not tell the same events.

The measures are those that `compare_articles` takes by itself at the time of the run.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from public_data import find_data
from scipy import stats  # type: ignore[import-untyped]

import newsresearch as nr
from newsresearch.comparing.correcting import correct
from newsresearch.comparing.grouping import default_measures
from newsresearch.comparing.resampling import Sides, compare_sides
from newsresearch.features import score_columns

NEEDED = ("basil/articles.jsonl.gz", "fakenewsdata1/articles.jsonl.gz")
SEED, DRAWS, LEVEL = 20261123, 1_999, 0.05
SHIFTS = (0.3, 0.5, 0.8)  # spreads of the measure
SIMULATIONS, POPULATION = 600, 400_000

Floats = NDArray[np.float64]


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shuffles", type=int, default=200, help="tables of chance (200)")
    shuffles = parser.parse_args().shuffles
    if find_data(NEEDED) is None:
        return 0
    warnings.simplefilter("ignore", RuntimeWarning)  # the peer on a measure that never varies
    basil = nr.load_dataset("basil")
    scores = score_columns(basil, default_measures())
    print_found("BASIL, inside events", nr.compare_articles(scores, event="event"))
    print_found("BASIL, not inside events", nr.compare_articles(scores))
    for paired in (True, False):
        found = (welch(scores, default_measures(), paired) <= LEVEL).sum()
        print(f"peer, t-tests {'inside events' if paired else 'not inside'}: {found} have p ≤ .05")
    print_chance(scores, shuffles)
    print_planted(scores, shuffles)
    print_coverage()
    print_words(basil, max(20, shuffles // 4))
    fakes = nr.load_dataset("fakenewsdata1")
    fakes = fakes[fakes["collection"] == "random"]
    print_found("fakenewsdata1, random set", nr.compare_articles(fakes, by="label"))
    return 0


# --- what is found ------------------------------------------------------------------------------


def print_found(title: str, table: pd.DataFrame) -> None:
    """Print how much stands, by pair and kind, and the largest effect of each kind."""
    tested = table["p"].notna()
    standing = table[table["stands"]]
    holm = correct(table["p"].to_numpy(), "holm")
    kinds = f"{standing['kind'].nunique()} kinds of {table.loc[tested, 'kind'].nunique()}"
    print(
        f"\n{title}: {len(standing)} of {tested.sum()} rows stand (BH), {kinds}; "
        f"{(holm <= LEVEL).sum()} with Holm; "
        f"{(table['p'] <= LEVEL).sum()} have p ≤ .05 uncorrected"
    )
    for (a, b), rows in table.groupby(["group_a", "group_b"]):
        stand = rows[rows["stands"]]
        print(f"  {a} against {b}: {len(stand)} rows, {stand['kind'].nunique()} kinds")
        order = stand["effect"].abs().sort_values(ascending=False).index
        for row in stand.loc[order].drop_duplicates("kind").to_dict("records"):
            print(
                f"    {row['measure']:<22} effect {row['effect']:+.2f} ({row['effect_low']:+.2f} "
                f"to {row['effect_high']:+.2f}), difference {row['difference']:+.3g} "
                f"({row['difference_low']:+.3g} to {row['difference_high']:+.3g}), "
                f"p {row['p']:.4f}, corrected {row['p_corrected']:.4f}"
            )


# --- chance -------------------------------------------------------------------------------------


def shuffle(scores: pd.DataFrame, seed: int, inside: bool) -> pd.DataFrame:
    """Deal out the outlets by chance, inside each event or over all articles."""
    draw = np.random.default_rng([SEED, seed])
    if not inside:
        return scores.assign(outlet=draw.permutation(scores["outlet"].to_numpy()))
    dealt = scores.groupby("event")["outlet"].transform(lambda o: draw.permutation(o.to_numpy()))
    return scores.assign(outlet=dealt)


def welch(scores: pd.DataFrame, measures: list[str], paired: bool) -> Floats:
    """Return the naive p of each row: a t-test each, nothing corrected."""
    found = []
    for pair in combinations(sorted(set(scores["outlet"])), 2):
        for name in measures:
            one, other = (
                scores[scores["outlet"] == outlet].set_index("event")[name].astype("float64")
                for outlet in pair
            )
            if paired:
                difference = (one - other).dropna()
                found.append(float(stats.ttest_1samp(difference, 0).pvalue))
            else:
                result = stats.ttest_ind(one.dropna(), other.dropna(), equal_var=False)
                found.append(float(result.pvalue))
    return np.array(found)


class Alarms(NamedTuple):
    """Of each shuffled table: rows with p ≤ .05, and rows that stand."""

    raw: list[float]
    standing: list[float]

    def show(self) -> str:
        """Return rows with p ≤ .05 a table, and what stands."""
        some = np.mean(np.array(self.standing) > 0)
        return (
            f"{np.mean(self.raw):.2f} rows with p ≤ .05, {np.mean(self.standing):.2f} rows stand, "
            f"any in {some:.3f} of the tables"
        )


def print_chance(scores: pd.DataFrame, shuffles: int) -> None:
    """Print false alarms on shuffled outlets: ours and the peer's."""
    measures = default_measures()
    for inside in (True, False):
        event = "event" if inside else None
        ours, strict, naive = Alarms([], []), Alarms([], []), Alarms([], [])
        n_tests = 0
        for seed in range(shuffles):
            dealt = shuffle(scores, seed, inside)
            table = nr.compare_articles(dealt, event=event, draws=DRAWS, seed=seed)
            p = table["p"].to_numpy()
            n_tests = int(np.isfinite(p).sum())
            ours.raw.append((p <= LEVEL).sum())
            ours.standing.append(table["stands"].sum())
            strict.raw.append((p <= LEVEL).sum())
            strict.standing.append((correct(p, "holm") <= LEVEL).sum())
            theirs = (welch(dealt, measures, paired=inside) <= LEVEL).sum()
            naive.raw.append(theirs)
            naive.standing.append(theirs)  # what has p ≤ .05 is called a finding
        where = "inside events" if inside else "over all articles"
        print(f"\n{shuffles} tables with outlets shuffled {where}, {n_tests} tests each:")
        print(f"  ours, BH:   {ours.show()}; p ≤ .05 in {np.mean(ours.raw) / n_tests:.4f} of tests")
        print(f"  ours, Holm: {strict.show()}")
        print(f"  t-tests, nothing corrected: {naive.show()}")


def print_planted(scores: pd.DataFrame, shuffles: int) -> None:
    """Print how often a shift planted in one outlet's tone is found among all other tests."""
    spread = float(scores["body_tone"].std())
    print(
        f"\nbody_tone of one outlet shifted, {shuffles // 4} shuffled tables, all rows corrected:"
    )
    for size in SHIFTS:
        inside: list[bool] = []
        apart: list[bool] = []
        wrong = 0
        for seed in range(shuffles // 4):
            dealt = shuffle(scores, seed, inside=True)
            shifted = dealt["body_tone"] + (dealt["outlet"] == "fox") * size * spread
            dealt = dealt.assign(body_tone=shifted)
            for event, found in (("event", inside), (None, apart)):
                table = nr.compare_articles(dealt, event=event, draws=DRAWS, seed=seed)
                pair = (table["group_a"] == "fox") & (table["group_b"] == "nyt")
                rows = table[(table["measure"] == "body_tone") & pair]
                stands = bool(rows["stands"].all())
                found.append(stands)
                wrong += stands and bool((rows["effect"] < 0).any())
        print(
            f"  {size} spreads: found inside events {np.mean(inside):.2f}, not inside "
            f"{np.mean(apart):.2f}; wrong sign {wrong}"
        )


# --- intervals ----------------------------------------------------------------------------------


def simulate(shape: str, n: int, blocked: bool, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """Return n values of two groups; if told event by event, they share what the event brings."""
    events = (draw.normal(size=n),) * 2 if blocked else draw.normal(size=(2, n))
    one, other = (event + draw.normal(size=n) for event in events)
    shift = 0.5
    if shape == "skewed":
        return np.exp(0.7 * (one + shift)), np.exp(0.7 * other)
    if shape == "tied":
        return np.round(one + shift), np.round(other)
    return one + shift, other


def sides_of(one: Floats, other: Floats, blocked: bool) -> Sides:
    n = len(one)
    if blocked:
        values = np.column_stack([one, other]).reshape(-1, 1)
        return Sides(values, np.resize([True, False], 2 * n), np.repeat(np.arange(n), 2), True)
    values = np.concatenate([one, other]).reshape(-1, 1)
    return Sides(values, np.arange(2 * n) < n, np.zeros(2 * n, dtype=np.int64), False)


def print_coverage() -> None:
    """Print how often 95 % intervals hold what is true of very many articles."""
    print(f"\ncoverage of 95 % intervals, {SIMULATIONS} simulations each: effect, difference")
    for blocked in (False, True):
        for shape in ("normal", "skewed", "tied"):
            for n in (5, 10, 20, 70):
                held = list(cover(shape, n, blocked))
                share = np.mean(held, axis=0)
                where = "inside events" if blocked else "not inside"
                print(f"  {where:<14}{shape:<8}n {n:>3}: {share[0]:.3f} {share[1]:.3f}")


def cover(shape: str, n: int, blocked: bool) -> Iterator[tuple[bool, bool]]:
    """Yield whether the intervals of effect and difference hold the truth."""
    draw = np.random.default_rng([SEED, n, blocked])
    many = sides_of(*simulate(shape, POPULATION, blocked, draw), blocked)
    large = compare_sides(many, 1, LEVEL, 0)
    effect, truth = float(large.effect[0]), float(large.difference[0])
    for seed in range(SIMULATIONS):
        sides = sides_of(*simulate(shape, n, blocked, draw), blocked)
        found = compare_sides(sides, 999, LEVEL, seed)
        yield (
            bool(found.effect_low[0] - 1e-9 <= effect <= found.effect_high[0] + 1e-9),
            bool(found.difference_low[0] <= truth <= found.difference_high[0]),
        )


# --- words --------------------------------------------------------------------------------------


def print_words(articles: pd.DataFrame, shuffles: int) -> None:
    """Print how many words stand, and how many on shuffled outlets; no word is printed."""
    options: dict[str, Any] = {"event": "event", "top": None, "draws": 199}
    table = nr.distinctive_words(articles, **options)
    counts = table.groupby("group")["stands"].sum().to_dict()
    print(f"\nwords of BASIL that stand, inside events: {counts}; |z| > 1.96: {over(table)}")
    alarms, naive = [], []
    for seed in range(shuffles):
        found = nr.distinctive_words(shuffle(articles, seed, inside=True), seed=seed, **options)
        alarms.append(found["stands"].sum())
        naive.append(over(found))
    any_alarm = np.mean(np.array(alarms) > 0)
    print(
        f"  {shuffles} tables with outlets shuffled inside events: any word stands in "
        f"{any_alarm:.3f}; words with |z| > 1.96 {np.mean(naive):.1f} a table"
    )


def over(table: pd.DataFrame) -> int:
    return int((table["z"] > 1.96).sum())


if __name__ == "__main__":
    sys.exit(main())
