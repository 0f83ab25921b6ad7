"""Do checks or signals of coherence notice one sentence that was made to clash (INSteD probe)?

    NEWSRESEARCH_DATA=folder python benchmarks/insted.py

Eight kinds of change in 100 short Wikipedia paragraphs each, twice over. `original`: one of the
paragraph's own sentences is changed, and the paragraph as it was is the peer. `injected`: a
sentence of another article stands in its place and is changed as well. Of each pair:

- `finding`: a check raises a finding on the changed paragraph, and not on the other one, that
  overlaps the changed sentence; `alarm`: the same the other way round, on the sentence as it was;
- `order`: `order_score` is higher without the change; `intruder`: the sentence is less linked to
  the rest (`rank_intruders`) with the change. A tie counts half, so chance is .50; `n` counts the
  pairs that the signal can measure.

Encyclopaedia, not news, and most changes need knowledge that no rule here has: expect chance.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.incoherence.intruders import rank_intruders
from newsresearch.text import Span

KINDS = (
    *("to_negation", "number_exaggerate", "past_to_future_flip", "gender_pronoun_flip"),
    *("animacy_pronoun_downgrade", "animacy_pronoun_upgrade", "conjunction_flip"),
    "singular_determiner_flip",
)
PARTS = ("original", "injected")
NEEDED = [f"insted-probe/{part}_{kind}.txt.gz" for part in PARTS for kind in KINDS]


class Pair(NamedTuple):
    """The paragraph with the change and without, and where the sentence stands in each."""

    name: str
    changed: str
    clean: str
    in_changed: Span
    in_clean: Span


def main() -> int:
    """Print a line a part and kind."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    print(f"{'part':10}{'change':28}{'pairs':>6}{'finding':>9}{'alarm':>7}", end="")
    print(f"{'order':>7}{'n':>5}{'intruder':>10}{'n':>5}")
    for part in PARTS:
        for kind in KINDS:
            pairs = read_pairs(folder / f"insted-probe/{part}_{kind}.txt.gz")
            print(f"{part:10}{kind:28}{describe(pairs)}", flush=True)
    return 0


def read_pairs(path: Path) -> list[Pair]:
    """Put the changed sentence in place of the old one; a paragraph that lacks it is left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = []
    for at, row in enumerate(rows):
        clean, old, new = row["ctx"], row["to_be_replaced"], row["replace_with"]
        start = clean.find(old)
        if start >= 0:
            changed = clean[:start] + new + clean[start + len(old) :]
            spans = (Span(start, start + len(text)) for text in (new, old))
            pairs.append(Pair(f"p{at}", changed, clean, *spans))
    return pairs


def describe(pairs: list[Pair]) -> str:
    """Return the cells of one kind."""
    if not pairs:
        return "     0  the paragraphs do not hold the sentence that was changed"
    names = [pair.name for pair in pairs]
    changed = to_articles(names, [pair.changed for pair in pairs])
    clean = to_articles(names, [pair.clean for pair in pairs])
    hits = {p.name for p in pairs} & found_at(changed, {p.name: p.in_changed for p in pairs})
    alarms = found_at(clean, {p.name: p.in_clean for p in pairs})
    order = [
        score(better, worse)
        for better, worse in zip(order_of(clean), order_of(changed), strict=True)
    ]
    linked = [score(*(links(*told) for told in ends(pair))) for pair in pairs]
    new, old = (len(own) / len(pairs) for own in (hits - alarms, alarms - hits))
    return f"{len(pairs):6}{new:9.2f}{old:7.2f}{mean(order, 7)}{mean(linked, 10)}"


def to_articles(names: list[str], bodies: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"article_id": names, "headline": "", "body": bodies})


def found_at(articles: pd.DataFrame, spans: dict[str, Span]) -> set[str]:
    """Return the paragraphs with a finding that overlaps their sentence."""
    rows = nr.find_incoherence(articles).itertuples()
    return {r.article_id for r in rows if overlaps(Span(r.start, r.end), spans[r.article_id])}


def overlaps(one: Span, two: Span) -> bool:
    return one.start < two.end and two.start < one.end


def order_of(articles: pd.DataFrame) -> list[float]:
    return nr.score_coherence(articles)["order_score"].astype("float64").tolist()


def ends(pair: Pair) -> list[tuple[str, Span]]:
    return [(pair.clean, pair.in_clean), (pair.changed, pair.in_changed)]


def links(body: str, span: Span) -> float:
    """Return how strongly a sentence is linked to the rest: higher is more; NaN if not ranked."""
    own = [value for value, at in rank_intruders(Article("a", "", body)) if overlaps(at, span)]
    return min(own, default=math.nan)


def score(better: float, worse: float) -> float:
    """Return 1 where the first is higher, a half for a tie, NaN where one is not measured."""
    if math.isnan(better) or math.isnan(worse):
        return math.nan
    return 0.5 if better == worse else float(better > worse)


def mean(values: list[float], width: int) -> str:
    kept = [value for value in values if not math.isnan(value)]
    return f"{sum(kept) / len(kept) if kept else math.nan:{width}.2f}{len(kept):5}"


if __name__ == "__main__":
    sys.exit(main())
