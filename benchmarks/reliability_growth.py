"""How the CPU time of every stage grows with the input, over families made to make it grow.

Sizes n, 2n, 4n, 8n; the best of three runs each, CPU time of this process and its children; what
comes out above 1.2 is run three times more before it is believed. ``last`` is log2 of the last
ratio, ``slope`` the fit over all four: 1 is linear; what grows faster shows in both, what only
jitters in one, so a family is flagged where both are above. A stage below 100 ms at 4n is too
fast to judge. Texts end at 800 kB (an article may have 1 MB); a reader that refuses a size, or
hands it to a process of its own, says so: no figure is made up for it.
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from math import log2
from typing import Any, NamedTuple

import pandas as pd
from reliability_families import FAMILIES, Family

import newsresearch as nr
from newsresearch.report import report_html

FLAG = 1.2
RUNS = 3
SHORTEST = 0.05  # seconds that the smallest size should take
JUDGED = 0.1  # seconds below which a ratio is noise


class Growth(NamedTuple):
    """What one family took, in all and by stage, at each size; and what the reader did."""

    family: Family
    sizes: list[int]
    seconds: dict[str, list[float]]
    told: str


def growth(names: Sequence[str] = ()) -> dict[str, Any]:
    """Print a line a family, and return the worst exponents."""
    print(
        f"{'family':26}{'n':>8}  {'CPU s at n, 2n, 4n, 8n':28}{'last':>6}{'slope':>7}  worst stage"
    )
    found = []
    gc.freeze()  # or what is loaded is walked through again and again, at a moment of chance
    for family in FAMILIES:
        if not names or any(name in family.name for name in names):
            found.append(measure(family))
            print(_line(found[-1]), flush=True)
    judged = [(_exponent(g.seconds["all"]), g.family.name) for g in found if len(g.sizes) == 4]
    stages = [(worst, f"{g.family.name}: {stage}") for g in found for stage, worst in _stages(g)]
    flagged = sorted({name for worst, name in [*judged, *stages] if worst > FLAG})
    return {
        "figure": "growth", "families": len(found), "judged": len(judged),
        "worst": _worst(judged), "worst_stage": _worst(stages), "above_1.2": flagged,
    }  # fmt: skip


def _worst(found: list[tuple[float, str]]) -> list[Any]:
    exponent, name = max(found, default=(0.0, ""))
    return [round(exponent, 2), name]


def measure(family: Family) -> Growth:
    """Find a size that takes long enough, then time four sizes; fewer if one is refused."""
    n = family.first
    runs: dict[int, list[dict[str, float]]] = {}
    told = ""
    try:
        run(family, n)  # what is loaded once is loaded here
        enough = max(SHORTEST, 2 * sum(run(family, n).values()))  # more than what is always spent
        while 16 * n <= family.most and sum(run(family, n).values()) < enough:
            n *= 2
        for size in (n, 2 * n, 4 * n, 8 * n):
            runs[size] = _runs(family, size)
            apart = any("child" in taken for taken in runs[size])
            told = told or (f"from {size} on in a child" if apart else "")
    except nr.ArticleError as problem:
        told = f"refused: {problem}"
    found = Growth(family, list(runs), _best(runs), told)
    if len(runs) == 4 and _is_flagged(found):
        runs = {size: [*taken, *_runs(family, size)] for size, taken in runs.items()}
        found = found._replace(seconds=_best(runs))
    return found


def _runs(family: Family, size: int) -> list[dict[str, float]]:
    return [run(family, size) for _ in range(RUNS)]


def _best(runs: dict[int, list[dict[str, float]]]) -> dict[str, list[float]]:
    """Return the least time of each stage over the runs, at each size."""
    names = list(dict.fromkeys(name for taken in runs.values() for name in taken[0]))
    best = {
        name: [min(one.get(name, 0.0) for one in taken) for taken in runs.values()]
        for name in names
    }
    return {**best, "all": [sum(cells) for cells in zip(*best.values(), strict=True)]}


def _is_flagged(growth: Growth) -> bool:
    return max([_exponent(growth.seconds["all"]), *(worst for _, worst in _stages(growth))]) > FLAG


def run(family: Family, size: int) -> dict[str, float]:
    """Run the stages of a family once; return the CPU seconds of each."""
    raw = family.make(size)
    _forget()
    gc.collect()
    taken: dict[str, float] = {}
    before = _children()
    articles = _timed(taken, "read", lambda: family.read(raw))
    if family.whole:
        run_stages(taken, articles)
    if _children() > before:
        taken["child"] = _children() - before
        taken["read"] -= taken["child"]
    return taken


def run_stages(taken: dict[str, float], articles: pd.DataFrame) -> None:
    """Run every stage after reading, and put down the CPU seconds of each."""
    stripped, _ = _timed(taken, "strip", lambda: nr.strip_furniture(articles))
    _timed(taken, "score", lambda: nr.score_all(stripped))
    findings = _timed(taken, "find", lambda: nr.find_incoherence(articles))
    _timed(taken, "support", lambda: nr.support_headline(articles))
    first = str(articles.loc[0, "article_id"])
    view = _timed(taken, "show", lambda: nr.show_article(articles, findings, first)._repr_html_())
    assert view
    _timed(taken, "print", lambda: repr(nr.show_article(articles, findings, first)))
    _timed(taken, "report", lambda: report_html(articles.head(20), findings))


def _timed(taken: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    began = cpu_seconds()
    done = work()
    taken[name] = cpu_seconds() - began
    return done


def cpu_seconds() -> float:
    """Return the CPU time of this process and of the children it has waited for."""
    return time.process_time() + _children()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _forget() -> None:
    """Empty the caches of texts and words, or a second run would measure nothing."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "newsresearch":
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and (value.cache_info().maxsize or 0) > 1:
                    value.cache_clear()


# --- figures ------------------------------------------------------------------------------------


def _last(seconds: Sequence[float]) -> float:
    return log2(seconds[-1] / seconds[-2])


def _slope(seconds: Sequence[float]) -> float:
    """Fit log2 of the time over 0, 1, 2, ... doublings."""
    logs = [log2(max(second, 1e-6)) for second in seconds]
    middle, mean = (len(logs) - 1) / 2, sum(logs) / len(logs)
    weights = [at - middle for at in range(len(logs))]
    above = sum(w * (y - mean) for w, y in zip(weights, logs, strict=True))
    return above / sum(w * w for w in weights)


def _exponent(seconds: Sequence[float]) -> float:
    return min(_last(seconds), _slope(seconds))


def _stages(growth: Growth) -> Iterator[tuple[str, float]]:
    """Yield each stage that took long enough, with its exponent."""
    for name, seconds in growth.seconds.items():
        if name != "all" and len(seconds) == 4 and seconds[2] >= JUDGED:
            yield name, _exponent(seconds)


def _line(growth: Growth) -> str:
    name = f"{growth.family.name:26}"
    if len(growth.sizes) < 2:
        return f"{name}{growth.told[:90]}"
    seconds = growth.seconds["all"]
    cells = " ".join(f"{second:6.2f}" for second in seconds)
    exponents = f"{_last(seconds):>6.2f}{_slope(seconds):>7.2f}"
    stage, worst = max(_stages(growth), key=lambda found: found[1], default=("", 0.0))
    told = f"{stage} {worst:.2f}" if growth.family.whole and stage else ""
    flag = " <-" if len(seconds) == 4 and _is_flagged(growth) else ""
    return f"{name}{growth.sizes[0]:>8}  {cells:28}{exponents}  {told}{flag} {growth.told[:60]}"
