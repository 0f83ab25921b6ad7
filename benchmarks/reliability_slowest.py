"""The slowest article of at most 100 kB, in all stages: nasty texts and published ones."""

from __future__ import annotations

from statistics import median
from typing import Any

import nasty
import pandas as pd
from public_data import find_data
from reliability_families import all_texts
from reliability_growth import cpu_seconds, run_stages

import newsresearch as nr

SLOW = 100_000  # characters
TOP = 8


def slowest() -> dict[str, Any]:
    """The slowest text up to 100 kB: nasty ones at that length, and published bodies."""
    bodies = {f"nasty: {name}": text for name, text in all_texts(SLOW).items()}
    published = _published()
    _time_body(nasty.BODY)  # what is loaded once is loaded here
    taken = {name: _time_body(body) for name, body in (bodies | published).items()}
    ranked = sorted(taken, key=lambda name: -sum(taken[name].values()))
    middle = median(sum(taken[name].values()) for name in published or bodies)
    print(f"{'text':40}{'CPU s':>8}{'x median':>10}{'without drawing':>17}  slowest stage")
    for name in [*ranked[:TOP], *[name for name in ranked if name in published][:3]]:
        stage = max(taken[name], key=lambda stage: taken[name][stage])
        total, plain = sum(taken[name].values()), _undrawn(taken[name])
        print(f"{name[:40]:40}{total:8.2f}{total / middle:10.1f}{plain:17.2f}  ", end="")
        print(f"{stage} {taken[name][stage]:.2f}")
    worst, slow = sum(taken[ranked[0]].values()), [t for t in taken.values() if sum(t.values()) > 1]
    undrawn = max(taken, key=lambda name: _undrawn(taken[name]))
    return {
        "figure": "slowest", "texts": len(taken), "published": len(published),
        "slowest": ranked[0], "seconds": round(worst, 2), "median": round(middle, 4),
        "ratio": round(worst / middle), "over_1_s": len(slow),
        "without_drawing": [undrawn, round(_undrawn(taken[undrawn]), 2)],
        "without_drawing_over_1_s": sum(_undrawn(t) > 1 for t in taken.values()),
    }  # fmt: skip


def _undrawn(taken: dict[str, float]) -> float:
    """Return the time of all stages but those that draw the article: view, text and report."""
    return sum(taken[name] for name in taken if name not in {"show", "print", "report"})


def _published() -> dict[str, str]:
    """Return bodies of published news, where the data are: those of the two samples of checks."""
    from check_data import NEEDED, load_sample

    folder = find_data(NEEDED)
    if folder is None:
        return {}
    samples = [load_sample(folder, name) for name in ("first", "fresh")]
    every = pd.concat(samples, ignore_index=True).drop_duplicates("body")
    rows = zip(every["source"], every["article_id"], every["body"], strict=True)
    return {f"{source}: {name}": body for source, name, body in rows if len(body) <= SLOW}


def _time_body(body: str) -> dict[str, float]:
    began = cpu_seconds()
    articles = nr.read_articles([{"headline": nasty.HEADLINE, "body": body}])
    taken = {"read": cpu_seconds() - began}
    run_stages(taken, articles)
    return taken
