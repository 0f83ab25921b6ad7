"""Who is introduced: precision on text whose introductions were removed, alarms on edited news.

    NEWSRESEARCH_DATA=folder python benchmarks/introductions.py [--seed N]

`perturb(articles, "remove_introductions")` names people barely at first mention. Of the findings
of `late_introduction` and `never_introduced` on the changed articles:

- `right`: those that overlap a planted defect; `prec`: their share of the findings that the clean
  article did not raise (goal .92); `with old`: of all findings, where what the clean article
  raised already counts as wrong, though some of it is right (a typing error in a name).
- `recall`: the planted defects found; `Mr`: those of people left as 'Mr Lee', found of planted.
- `alarms`: findings on the clean articles, of `names` people whom `introductions` lists (goal at
  most 5 %), and a thousand words (`/1000`).

The sets are those of `perturbed.py`. Planting and finding read names by the same rules, which
flatters both; the advanced texts of OneStopEnglish and BASIL were looked at while the checks were
mended (their misses and alarms, not only the counts).
"""

from __future__ import annotations

import argparse
import sys

import pandas as pd
from perturbed import NEEDED, drop_known, is_found, read_sets
from public_data import find_data

import newsresearch as nr

CHECKS = ["late_introduction", "never_introduced"]
HEAD = ["set", "planted", "found", "right", "prec", "with old", "recall", "Mr"]
HEAD += ["alarms", "names", "%", "/1000"]


def main() -> int:
    """Print a line a set; without the data, for our own articles only."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=0, help="seed of what is planted")
    seed = parser.parse_args().seed
    print(format_line(HEAD))
    for name, articles in read_sets(find_data(NEEDED)):
        print(format_line([name, *measure(articles, seed)]))
    return 0


def measure(articles: pd.DataFrame, seed: int) -> list[str]:
    """Return the cells of one set: planted, then clean."""
    perturbed, gold = nr.perturb(articles, "remove_introductions", seed)
    gold = gold[gold["check"] != "not_planted"]
    clean = find(articles)
    found = find(perturbed[perturbed["article_id"].isin(gold["article_id"])])
    fresh = drop_known(found, clean)
    right = sum(is_found(row, gold) for _, row in fresh.iterrows())
    hits = [is_found(row, fresh) for _, row in gold.iterrows()]
    mister = gold["quote"].str.contains(" ")
    cells = [str(len(gold)), str(len(fresh)), str(right), share(right, len(fresh))]
    cells += [share(right, len(found)), share(sum(hits), len(gold))]
    seen = sum(hit for hit, is_mister in zip(hits, mister, strict=True) if is_mister)
    return [*cells, f"{seen} of {mister.sum()}", *count_alarms(articles, clean)]


def find(articles: pd.DataFrame) -> pd.DataFrame:
    found = nr.find_incoherence(articles, CHECKS)
    return found[found["check"] != "not_checked"]


def count_alarms(articles: pd.DataFrame, clean: pd.DataFrame) -> list[str]:
    """Return alarms, names, the share, and alarms a thousand words of the clean articles."""
    listed = nr.introductions(articles)
    names = int((listed["kind"] == "person").sum())
    words = articles["body"].str.split().str.len().sum()
    share_of_names = f"{100 * len(clean) / names:.1f}"
    return [str(len(clean)), str(names), share_of_names, f"{1000 * len(clean) / words:.3f}"]


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def format_line(cells: list[str]) -> str:
    return f"{cells[0]:16}" + "".join(f"{cell:>10}" for cell in cells[1:])


if __name__ == "__main__":
    sys.exit(main())
