"""One table: how often each incoherence check fires, is right, and finds what was planted.

    NEWSRESEARCH_DATA=folder python benchmarks/checks.py

- `/1000`: findings per 1,000 words today, on the 157 edited articles of the sample `fourth` (BASIL,
  and the gold bodies of article-extraction-benchmark) and on all its 1,016 articles, which are
  scraped pages for the most part.
- `right, wrong, debat, prec, 95 %`: judged by hand in the sample named, the latest one that nobody
  had seen when the rules were frozen; right of right and wrong, with Wilson's interval.
- `demo`: planted defects in the bundled articles that the check finds; they were written for these
  checks. `planted`: the same for defects that `perturb` plants in BASIL, by rules that share lists
  with the checks (`perturbed.py` says why that flatters them).
- `shown`: high, on by default and also with `hints=False`; else only a hint (`check_measured.py`).

Below it, what was judged in each sample, and how far two readers agree on `fourth` and `fifth`. The
readers, language models that saw check and reason, the second blind to the first, judged the
findings in their passages; `check_precision.csv` keeps ids, numbers and the judgement:
`right` (a careful reader accepts it as an oddity of this text), `wrong`, or `debatable`.

Limits: one slip can give two or three findings, and one page many, so the intervals are too narrow
(31 of the 37 wrong findings of `broken_quotation` in `fourth` are in one bill, 12 of the 61 right
ones of `lost_space` on one page); the headline of an FNC-1 body may be another page's; FNC-1 tells
few stories many times.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from check_data import FOURTH_NEEDED, load_fourth
from check_measured import (
    UNSEEN,
    count_judged,
    count_latest,
    measure_agreement,
    measure_precision,
    read_judgements,
)
from perturbed import count_found, drop_known
from public_data import find_data

import newsresearch as nr

EDITED = ("basil", "article-extraction-benchmark")
KEY = ["check", "article_id", "field"]


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data(FOURTH_NEEDED)
    if folder is None:
        return 0
    print_table(folder)
    print_samples()
    print_demo()
    return 0


# --- the one table ------------------------------------------------------------------------------

HEAD = ["check", "/1000 edited", "all", "sample", "right", "wrong", "debat", "prec", "95 %"]
HEAD += ["demo", "planted", "shown"]


def print_table(folder: Path) -> None:
    """Print a row a check, as Markdown: it is in README.md as printed."""
    judged, rates, demo = read_judgements(), measure_rates(folder), count_demo()
    planted = count_planted()
    print("| " + " | ".join(HEAD) + " |")
    print("| --- |" + " ---: |" * (len(HEAD) - 2) + " --- |")
    for check in nr.list_checks().itertuples():
        if check.check == "not_checked":
            continue
        counted = count_latest(judged, check.check)
        share, low, high, _ = measure_precision(*counted[1:])
        cells = [
            f"`{check.check}`", *rates[check.check], counted.sample, *map(str, counted[1:]),
            f"{share:.2f}", f"{low:.2f}–{high:.2f}", demo.get(check.check, ""),
            planted.get(check.check, ""), counted.confidence,
        ]  # fmt: skip
        print("| " + " | ".join(cells).replace("nan–nan", "").replace("nan", "") + " |")
    print()


def measure_rates(folder: Path) -> dict[str, tuple[str, str]]:
    """Count findings per 1,000 words, on edited articles and on all."""
    articles = load_fourth(folder)
    articles["article_id"] = articles["source"] + "|" + articles["article_id"]
    found = nr.find_incoherence(articles[["article_id", "headline", "body"]])
    edited = articles["source"].isin(EDITED)
    words = articles["body"].str.split().str.len()
    told = found["article_id"].isin(articles.loc[edited, "article_id"])
    return {
        check: tuple(
            f"{1000 * (found['check'].eq(check) & part).sum() / n:.3f}"
            for part, n in ((told, words[edited].sum()), (told | True, words.sum()))
        )
        for check in nr.list_checks()["check"]
    }


def count_demo() -> dict[str, str]:
    """Count the planted defects of the bundled articles that are found."""
    found, gold = nr.find_incoherence(nr.load_dataset("demo")), nr.load_gold("demo")
    return {
        str(check): f"{sum(is_found(row, found) for _, row in rows.iterrows())} of {len(rows)}"
        for check, rows in gold.groupby("check")
    }


def count_planted() -> dict[str, str]:
    """Count the defects of `perturb` that a check meant for the kind finds by itself, in BASIL."""
    articles, hits = nr.load_dataset("basil"), dict[str, list[int]]()
    for kind in nr.list_perturbations().itertuples():
        if not kind.checks:
            continue
        perturbed, gold = nr.perturb(articles, kind.kind, 0)
        gold = gold[gold["check"] != "not_planted"]
        touched = gold["article_id"].unique()
        clean = articles[articles["article_id"].isin(touched)]
        changed = perturbed[perturbed["article_id"].isin(touched)]
        for check in kind.checks.split(", "):
            known = nr.find_incoherence(clean, [check])
            found = drop_known(nr.find_incoherence(changed, [check]), known)
            counts = hits.setdefault(check, [0, 0])
            counts[0] += count_found(gold, found)
            counts[1] += len(gold)
    return {check: f"{hit / n:.2f} of {n}" for check, (hit, n) in hits.items() if n}


# --- what was judged ----------------------------------------------------------------------------


def print_samples() -> None:
    """Print what was judged in each sample, also in the one that served to mend the checks."""
    judged = read_judgements()
    print(format_line(["check", "sample", "right", "wrong", "debat", "prec", "95 %", "halved"]))
    for check in nr.list_checks()["check"]:
        for cells in describe_samples(judged, check):
            print(format_line(cells))
    print()
    print("second reader")
    for check in nr.list_checks()["check"]:
        for sample in ("fourth", "fifth"):
            counted = count_judged(judged, check, sample, reader="second")
            if counted.right + counted.wrong:
                print(f"{check:21}{sample:9}{counted.measured}, {counted.debatable} debatable")
    found = measure_agreement(judged)
    print(
        f"two readers, {found.both} findings: same {found.same:.3f}, kappa {found.kappa:.3f}; "
        f"where both decided ({found.decided}): same {found.decided_same:.3f}\n"
    )


def describe_samples(judged: pd.DataFrame, check: str) -> Iterator[list[str]]:
    for sample in ("first", *UNSEEN):
        counted = count_judged(judged, check, sample)
        if sum(counted[1:]):
            share, low, high, halved = measure_precision(*counted[1:])
            counts = [*map(str, counted[1:]), f"{share:.2f}", f"{low:.2f}-{high:.2f}"]
            yield [check, sample, *counts, f"{halved:.2f}"]


def format_line(cells: list[str]) -> str:
    cells = [cell.replace("nan-nan", "-").replace("nan", "-") for cell in cells]
    pairs = zip(cells[2:], (6, 6, 6, 6, 11, 7), strict=True)
    return f"{cells[0]:21}{cells[1]:21}" + "".join(f"{cell:>{width}}" for cell, width in pairs)


# --- planted defects ----------------------------------------------------------------------------


def print_demo() -> None:
    """Print what is found of the planted defects, and the alarms on the clean articles."""
    articles, gold = nr.load_dataset("demo"), nr.load_gold("demo")
    found = nr.find_incoherence(articles)
    clean = set(articles.loc[articles["kind"] == "clean", "article_id"])
    hits = sum(is_found(row, found) for _, row in gold.iterrows())
    alarms = int(found["article_id"].isin(clean).sum())
    print(f"bundled articles: {hits} of {len(gold)} planted defects, {alarms} alarms on clean ones")


def is_found(planted: pd.Series, found: pd.DataFrame) -> bool:
    """Does a finding of the same check overlap a planted defect?"""
    same = (found[KEY] == planted[KEY]).all(axis=1)
    return bool(
        (same & (found["start"] < planted["end"]) & (found["end"] > planted["start"])).any()
    )


if __name__ == "__main__":
    sys.exit(main())
