"""Every measure of every two groups: how far apart they are, and whether chance would do that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsresearch.comparing.correcting import CORRECTIONS, correct
from newsresearch.comparing.grouping import (
    default_measures,
    group_articles,
    pair_groups,
    read_values,
)
from newsresearch.comparing.kinds import find_kinds
from newsresearch.comparing.resampling import Sides, compare_sides
from newsresearch.tables import pd, to_table

__all__ = ["COMPARISON_DTYPES", "FEWEST", "compare_articles"]

FEWEST = 5  # articles of each group, or events that both tell
_FEWEST_DRAWS = 99
_FEW = 40  # articles, from which on there are always ways enough to deal out the groups

_NUMBERS = (
    "mean_a", "mean_b", "median_a", "median_b",
    "difference", "difference_low", "difference_high",
    "effect", "effect_low", "effect_high", "p", "p_corrected",
)  # fmt: skip
COMPARISON_DTYPES = {
    **dict.fromkeys(("measure", "group_a", "group_b"), "str"),
    **dict.fromkeys(("n_a", "n_b", "n_events", "n_missing"), "Int64"),
    **dict.fromkeys(_NUMBERS, "float64"),
    "stands": "bool",
    **dict.fromkeys(("kind", "correction"), "str"),
    "alpha": "float64",
    "note": "str",
}


def compare_articles(
    articles: pd.DataFrame,
    by: str = "outlet",
    event: str | None = None,
    measures: str | Sequence[str] | None = None,
    *,
    against: str | None = None,
    correction: str = "bh",
    alpha: float = 0.05,
    draws: int = 9_999,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare groups of articles on every measure: size, interval and corrected p of each pair.

    It sees whether articles of two groups differ by more than chance. It cannot see why. Three
    ways to misread it, and what is done against them:

    - Outlets choose their topics: a difference between outlets may be one of topic. Pass
      ``event`` where several outlets tell the same events: articles are then compared inside
      each event only. Without it the table says nothing about how the same thing is told.
    - Seventy measures of three pairs are 210 tests, of which ten "differ" by chance: only rows
      with ``stands`` are differences. Measures that say the same thing share a ``kind``: nine
      readability formulas that stand are one difference, not nine.
    - A difference is no bias, and no difference is no proof that the groups are alike: with few
      articles even large ones cannot stand, and below five of each group nothing is said. Six
      events with an article of each group allow no p below .03: among seventy measures hardly
      any can stand then, one that you name beforehand can.

    Intervals of 95 % hold the true effect in .93 to .97 of simulations from ten articles or
    events on, in .88 with five events (benchmarks/comparison.py).

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table, scored or not: measures that it lacks are added.
    by : str
        Column that says the group of an article.
    event : str, optional
        Column that says the event an article tells.
    measures : str or sequence of str, optional
        Columns of numbers; if not given, those of ``list_measures`` that are amounts: no labels,
        no places in the text, no ends of intervals, nothing of ``score_coherence``. Name your
        own to compare these instead.
    against : str, optional
        Compare each other group with this one, instead of every two groups.
    correction : {"bh", "holm"}
        Over all rows of the table that have a p. "bh" (Benjamini-Hochberg, the default, meant
        for a look at many measures): of the rows that stand at most about 5 % are false alarms.
        "holm": a chance of at most 5 % that there is any false alarm at all.
    alpha : float
        The level of ``stands``; intervals hold 1 − alpha.
    draws : int
        Permutations for p (no p is below 1 / (draws + 1)); a bootstrap of at most 1,999.
    seed : int
        The same seed gives the same table, whatever the order of the rows.

    Returns
    -------
    pandas.DataFrame
        One row a pair and measure: measure, group_a, group_b (in the order of their names);
        n_a, n_b, articles used (with ``event`` those of n_events events that both groups tell);
        n_missing, articles of both groups without a value; mean_a, mean_b, median_a, median_b;
        difference, of the means, a − b (with ``event`` the mean of the events' differences);
        effect, Cliff's delta, -1 to 1, higher = higher in a: in how many of all pairs of an
        article of a and one of b the first is higher, less in how many the second is (with
        ``event`` of values less the mean of their event, which makes it larger: not to be
        compared with one without); _low and _high, the ends of expanded percentile intervals
        from resampled articles (events), each for itself; p, of the effect, from groups dealt
        out by chance (inside events); p_corrected; stands, p_corrected ≤ alpha; kind, the first
        measure that this one goes along with (rank correlation ≥ .8 either way); correction and
        alpha, as given; note, why nothing is said, or what to mind.

    Raises
    ------
    ArticleError
        If a column is missing, there are fewer than two groups, or an id occurs twice.
    ValueError
        If a measure is unknown or no number, an option has no such value, or there are more than
        twelve groups without ``against``.

    References
    ----------
    Cliff (1993), Psychological Bulletin 114(3): measures are skewed, bounded and tied, and its
    scale is the same for all of them. Hodges & Lehmann (1962), Annals of Mathematical Statistics
    33(2), on alignment. Benjamini & Hochberg (1995), JRSS B 57(1); Holm (1979), Scandinavian
    Journal of Statistics 6(2).

    Examples
    --------
    >>> days = [str(day) for day in range(20)]
    >>> table = pd.DataFrame({"article_id": [f"{o}{d}" for o in "xy" for d in days],
    ...     "outlet": ["x"] * 20 + ["y"] * 20, "day": days * 2,
    ...     "length": [100 + 9 * n for n in range(20)] + [98 + 9 * n for n in range(20)]})
    >>> show = ["difference", "effect", "stands"]
    >>> compare_articles(table, measures=["length"])[show].round(2).values.tolist()
    [[2.0, 0.05, False]]
    >>> compare_articles(table, event="day", measures=["length"])[show].round(2).values.tolist()
    [[2.0, 1.0, True]]
    """
    _check_options(correction, alpha, draws)
    kept = group_articles(articles, by, event)
    if isinstance(measures, str):
        measures = [measures]
    names = default_measures() if measures is None else list(dict.fromkeys(measures))
    if not names:
        raise ValueError("measures= is empty. Name columns of numbers, or leave it out.")
    values = read_values(kept, names)
    groups, events = kept["_group"].to_numpy(), kept["_event"].to_numpy()
    rows: list[dict[str, Any]] = []
    for pair in pair_groups(sorted(set(groups)), against):
        own = np.isin(groups, pair)
        told = events[own] if event is not None else None
        found = _compare_pair(values[own], groups[own] == pair[0], told, draws, alpha, seed)
        named = {"group_a": pair[0], "group_b": pair[1]}
        rows += [{"measure": name} | named | row for name, row in zip(names, found, strict=True)]
    kinds = find_kinds(values, names)
    p = correct(np.array([row["p"] for row in rows]), correction)
    for row, corrected in zip(rows, p.tolist(), strict=True):
        row |= {"p_corrected": corrected, "stands": corrected <= alpha}
        row |= {"kind": kinds[row["measure"]], "correction": correction, "alpha": alpha}
    return to_table(rows, COMPARISON_DTYPES)


def _check_options(correction: str, alpha: float, draws: int) -> None:
    if correction not in CORRECTIONS:
        raise ValueError(f"no correction {correction!r}. Use one of {', '.join(CORRECTIONS)}.")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must lie between 0 and 1; found {alpha}. Try 0.05.")
    if draws < _FEWEST_DRAWS:
        raise ValueError(f"draws must be {_FEWEST_DRAWS} or more; found {draws}. Try 9999.")


def _compare_pair(
    values: NDArray[np.float64],
    in_a: NDArray[np.bool_],
    events: NDArray[Any] | None,
    draws: int,
    alpha: float,
    seed: int,
) -> list[dict[str, Any]]:
    """Return a row of each measure. Measures that miss the same articles are drawn together."""
    rows: list[dict[str, Any]] = [{}] * values.shape[1]
    present = np.isfinite(values)
    for columns in _alike_columns(present):
        has = present[:, columns[0]]
        used = has if events is None else has & _told_by_both(events, in_a & has, ~in_a & has)
        sides = _make_sides(values[used][:, columns], in_a[used], events, used)
        counts: dict[str, Any] = {"n_a": int(in_a[used].sum()), "n_b": int((used & ~in_a).sum())}
        counts |= {"n_missing": int((~has).sum()), "n_events": None}
        if events is not None:
            counts["n_events"] = len(set(events[used]))
        found = _describe(sides, counts, draws, alpha, seed)
        for at, row in zip(columns, found, strict=True):
            rows[at] = counts | row
    return rows


def _alike_columns(present: NDArray[np.bool_]) -> Iterator[list[int]]:
    """Yield the measures that have values in the same articles."""
    patterns: dict[bytes, list[int]] = {}
    for at, column in enumerate(present.T):
        patterns.setdefault(column.tobytes(), []).append(at)
    yield from patterns.values()


def _told_by_both(
    events: NDArray[Any], of_a: NDArray[np.bool_], of_b: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    return np.isin(events, events[of_a]) & np.isin(events, events[of_b])


def _make_sides(
    values: NDArray[np.float64],
    in_a: NDArray[np.bool_],
    events: NDArray[Any] | None,
    used: NDArray[np.bool_],
) -> Sides:
    if events is None:
        return Sides(values, in_a, np.zeros(len(values), dtype=np.int64), False)
    blocks = np.unique(events[used], return_inverse=True)[1]
    return Sides(values, in_a, blocks.astype(np.int64), True)


def _describe(
    sides: Sides, counts: dict[str, Any], draws: int, alpha: float, seed: int
) -> Iterator[dict[str, Any]]:
    """Yield the numbers of each measure; too few articles get their means and a reason."""
    few = _too_few(counts)
    found = None if few else compare_sides(sides, draws, alpha, seed)
    for at, column in enumerate(sides.values.T):
        row: dict[str, Any] = dict.fromkeys(_NUMBERS, np.nan)
        for side, own in (("a", column[sides.in_a]), ("b", column[~sides.in_a])):
            if len(own):
                row |= {f"mean_{side}": own.mean(), f"median_{side}": np.median(own)}
        if found:
            row |= {name: numbers[at] for name, numbers in found._asdict().items()}
        yield row | {"note": few or _mind(sides, column, row["effect"], alpha)}


def _too_few(counts: dict[str, Any]) -> str:
    n_events, least = counts["n_events"], min(counts["n_a"], counts["n_b"])
    if n_events is not None and n_events < FEWEST:
        return f"too few to say: {n_events} events told by both, {FEWEST} needed"
    if least < FEWEST:
        return f"too few to say: {least} articles of a group, {FEWEST} needed"
    return ""


def _mind(sides: Sides, column: NDArray[np.float64], effect: float, alpha: float) -> str:
    if (column == column[0]).all():
        return "all articles have the same value"
    few = sides.blocked and len(column) < _FEW
    if few and (least := sides.least_p) > alpha:
        return f"cannot stand: with so few events no p is below {least:.1g}"
    if abs(effect) == 1:
        return "the effect is as large as can be, so its interval has no width"
    return ""
