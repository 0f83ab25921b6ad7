"""What the checks find of defects that were planted, and how often they fire without one.

    NEWSRESEARCH_DATA=folder python benchmarks/perturbed.py [--seed N]

Each kind of `nr.list_perturbations()` is planted once in each article of four sets: our own clean
articles, the advanced texts of OneStopEnglish (without headlines), BASIL, and 200 bodies of
FNC-1's training part with a headline labelled `agree`, drawn by seed; its test part is not read.

- `planted`, `in`: planted defects, and the articles that got one; the others hold nothing to
  change (no quotation, no figure given twice).
- `recall`: the share of the planted defects that a check meant for the kind finds: a finding that
  overlaps the planted span and that the clean article did not raise already (same check, field
  and quote). `95 %`: Wilson's interval.
- `any`: the same with all checks, also those not meant for it. For the kinds without a check it
  says what is seen by chance; where the span is half the article or more, that is a weak sign.
- `/1000`: findings of the checks that are meant for the kind on the clean originals, a thousand
  words of the bodies. Published text has faults of its own, so these are no false alarms as such
  (`checks.py` says how many a reader accepted).

Planted defects are made by rule and so easier, or merely other, than those that writers make, and
the hand that made them knew the checks. The spellings are the checks' own list and names are found
by the same rules; of the 30 lines of furniture 5 are in the list of that check word for word (it
finds 16 of the other 25 on their own); of the 53 headline verbs 43 have their opposite in the list
of that one. So this flatters the checks and is no estimate of their recall in published news.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from check_measured import measure_precision
from public_data import find_data

import newsresearch as nr

NEEDED = (
    "onestopenglish/texts.jsonl.gz",
    "basil/articles.jsonl.gz",
    "fnc-1/train_bodies.csv.gz",
    "fnc-1/train_stances.csv.gz",
)
DRAWN, DRAWING_SEED = 200, 20250301
WITHOUT_HEADLINES = {"onestopenglish"}
SAME = ["check", "article_id", "field", "quote"]


def main() -> int:
    """Print the table; without the data, for our own articles only."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=0, help="seed of what is planted")
    seed = parser.parse_args().seed
    print(format_line(HEAD))
    for name, articles in read_sets(find_data(NEEDED)):
        clean = nr.find_incoherence(articles)
        words = articles["body"].str.split().str.len().sum()
        print(f"{name}: {len(articles)} articles, {words:,} words")
        for kind in nr.list_perturbations().itertuples():
            if kind.field != "headline" or name not in WITHOUT_HEADLINES:
                for cells in measure(articles, clean, kind, seed):
                    print(format_line(cells))
    return 0


# --- articles -----------------------------------------------------------------------------------


def read_sets(folder: Path | None) -> Iterator[tuple[str, pd.DataFrame]]:
    demo = nr.load_dataset("demo")
    yield "demo, clean", demo[demo["kind"] == "clean"]
    if folder is None:
        return
    onestop = nr.load_dataset("onestopenglish")
    yield "onestopenglish", onestop[onestop["level"] == "advanced"]
    yield "basil", nr.load_dataset("basil")
    yield "fnc-1", draw_agreeing(nr.load_dataset("fnc-1", "train"))


def draw_agreeing(pairs: pd.DataFrame) -> pd.DataFrame:
    """Draw bodies with a headline that agrees, each body once."""
    agreeing = pairs[pairs["label"] == "agree"].drop_duplicates("body_id")
    ids = random.Random(DRAWING_SEED).sample(sorted(agreeing["article_id"]), DRAWN)
    return agreeing[agreeing["article_id"].isin(ids)]


# --- measuring ----------------------------------------------------------------------------------


class Kind(NamedTuple):
    """The fields of a row of `list_perturbations` that matter here."""

    kind: str
    checks: str


# Parts of a kind that are found unlike: what to call them, and which rows of the gold they are.
PARTS: dict[str, tuple[str, Callable[[pd.DataFrame], pd.Series]]] = {
    "remove_introductions": (
        "- left as ‘Mr Lee’",
        lambda gold: gold["quote"].str.contains(" "),
    ),
    "mix_spellings": (
        "- one word in two spellings",
        lambda gold: gold["original"].str.lower() == gold["other_quote"].str.lower(),
    ),
    "change_number": (
        "- the same thing told twice",
        lambda gold: gold["reason"].str.contains("; told twice"),
    ),
}
HEAD = ["kind", "check", "planted", "in", "recall", "95 %", "any", "/1000"]


def measure(
    articles: pd.DataFrame, clean: pd.DataFrame, kind: Kind, seed: int
) -> Iterator[list[str]]:
    """Yield the cells of one kind on one set, then of its part, if there is one."""
    perturbed, gold = nr.perturb(articles, kind.kind, seed)
    gold = gold[gold["check"] != "not_planted"]
    touched = perturbed[perturbed["article_id"].isin(gold["article_id"])]
    found = drop_known(nr.find_incoherence(touched), clean)
    meant = kind.checks.split(", ") if kind.checks else []
    if not meant:
        counts = [str(len(gold)), str(len(touched))]
        yield [kind.kind, "no check yet", *counts, "-", "-", share_found(gold, found), "-"]
        return
    words = articles["body"].str.split().str.len().sum()
    alarms = f"{1000 * clean['check'].isin(meant).sum() / words:.2f}"
    yield [kind.kind, " + ".join(meant), *describe(gold, found, meant), alarms]
    if kind.kind in PARTS:
        name, is_part = PARTS[kind.kind]
        yield [f"  {name}", "", *describe(gold[is_part(gold)], found, meant), ""]


def describe(gold: pd.DataFrame, found: pd.DataFrame, meant: list[str]) -> list[str]:
    """Return the counts of some planted defects, and how many of them were found."""
    counts = [str(len(gold)), str(gold["article_id"].nunique())]
    if not len(gold):
        return [*counts, "-", "-", "-"]
    hits = count_found(gold, found[found["check"].isin(meant)])
    recall, low, high, _ = measure_precision(hits, len(gold) - hits, 0)
    return [*counts, f"{recall:.2f}", f"{low:.2f}-{high:.2f}", share_found(gold, found)]


def drop_known(found: pd.DataFrame, clean: pd.DataFrame) -> pd.DataFrame:
    """Return the findings that the clean articles did not raise."""
    known = set(clean[SAME].itertuples(index=False, name=None))
    fresh = [row not in known for row in found[SAME].itertuples(index=False, name=None)]
    return found[pd.Series(fresh, index=found.index, dtype="bool")]


def count_found(gold: pd.DataFrame, found: pd.DataFrame) -> int:
    """Count the planted defects that a finding overlaps."""
    return sum(is_found(planted, found) for _, planted in gold.iterrows())


def is_found(planted: pd.Series, found: pd.DataFrame) -> bool:
    """Does a finding overlap the planted place, itself or with the one it is compared with?"""
    own = found[found["article_id"] == planted["article_id"]]
    return any(
        bool(
            (
                (own[f"{of}field"] == planted["field"])
                & (own[f"{of}start"] < planted["end"])
                & (own[f"{of}end"] > planted["start"])
            ).any()
        )
        for of in ("", "other_")
    )


def share_found(gold: pd.DataFrame, found: pd.DataFrame) -> str:
    return f"{count_found(gold, found) / len(gold):.2f}" if len(gold) else "-"


def format_line(cells: list[str]) -> str:
    widths = (8, 5, 8, 11, 6, 7)
    pairs = zip(cells[2:], widths, strict=True)
    return f"{cells[0]:28}{cells[1]:38}" + "".join(f"{cell:>{width}}" for cell, width in pairs)


if __name__ == "__main__":
    sys.exit(main())
