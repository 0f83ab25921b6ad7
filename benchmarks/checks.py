"""How often each incoherence check is right on real news, and what it finds of planted defects.

    NEWSRESEARCH_DATA=folder python benchmarks/checks.py

310 published articles: all 95 advanced texts of OneStopEnglish (edited; they have no headline,
so the headline checks are silent there), all 65 real articles of fakenewsdata1 here, and 150
bodies of FNC-1's training part drawn by seed outside the 200 that the checks were tuned on, each
with a headline labelled `agree`, which may be another page's. One reader, a language model that
saw check and reason, judged every finding in its passage; `check_precision.csv` keeps ids,
numbers and the judgement: `right` (a careful reader accepts it as an oddity of this text),
`wrong`, or `debatable`. Findings of today that nobody judged are counted, not guessed.

The second table is the bundled articles with planted defects. They were written for these checks:
it shows that nothing broke, not what the checks miss in the wild.

Limits: one slip can give two or three findings, so the intervals are too narrow; 8 of the 150
share most of their text with a tuning article; a check mended after these judgements has seen
this set, and then its figure is no longer one on unseen articles.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import newsresearch as nr

JUDGED = Path(__file__).with_name("check_precision.csv")
KEY = ["check", "article_id", "field", "start", "end"]
NEEDED = (
    "onestopenglish/texts.jsonl.gz",
    "fakenewsdata1/articles.jsonl.gz",
    "fnc-1/train_bodies.csv.gz",
    "fnc-1/train_stances.csv.gz",
)
SOURCES = ("onestopenglish", "fakenewsdata1", "fnc-1")
TUNED, TUNING_SEED = 200, 3
DRAWN, SEED = 150, 20250117
HEADLINE_CHECKS = {"headline_opposed", "headline_unsupported", "tone_gap"}


def main() -> int:
    """Print the table, or say in one line why there is none."""
    folder = Path(os.environ.get("NEWSRESEARCH_DATA", "."))
    absent = [name for name in NEEDED if not (folder / name).is_file()]
    if absent:
        print(f"skipped: no {', no '.join(absent)} in the folder that NEWSRESEARCH_DATA names")
        return 0
    articles = load_articles(folder)
    found = join_judgements(nr.find_incoherence(articles), articles)
    print_real(found, articles)
    print_demo()
    return 0


# --- the articles -------------------------------------------------------------------------------


def load_articles(folder: Path) -> pd.DataFrame:
    """Return the evaluation set: an Articles table with `source`."""
    read = {"onestopenglish": read_onestop, "fakenewsdata1": read_real, "fnc-1": draw_fnc}
    rows = [(source, *row) for source in SOURCES for row in read[source](folder / source)]
    return pd.DataFrame(rows, columns=["source", "article_id", "headline", "body"])


Row = tuple[str, str, str]


def read_onestop(folder: Path) -> list[Row]:
    rows = read_lines(folder / "texts.jsonl.gz")
    return [(row["slug"], "", row["text"]) for row in rows if row["level"] == "advanced"]


def read_real(folder: Path) -> list[Row]:
    rows = read_lines(folder / "articles.jsonl.gz")
    return [(row["id"], row["title"], row["text"]) for row in rows if row["label"] == "real"]


def read_lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def draw_fnc(folder: Path) -> list[Row]:
    """Draw from the bodies with an agreeing headline, without those used for tuning."""
    bodies = pd.read_csv(folder / "train_bodies.csv.gz")
    stances = pd.read_csv(folder / "train_stances.csv.gz").query("Stance == 'agree'")
    pairs = bodies.merge(stances.drop_duplicates("Body ID"), on="Body ID", how="inner")
    columns = (pairs["Body ID"].astype(str), pairs["Headline"], pairs["articleBody"])
    rows = list(zip(*columns, strict=True))
    random.Random(TUNING_SEED).shuffle(rows)
    return random.Random(SEED).sample(rows[TUNED:], DRAWN)


def join_judgements(findings: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the findings with `source` and `judged`, empty where nobody judged."""
    found = findings.merge(articles[["article_id", "source"]], on="article_id")
    judged = read_judgements()[[*KEY, "judged"]]
    return found.merge(judged, on=KEY, how="left", validate="m:1").fillna({"judged": ""})


def read_judgements() -> pd.DataFrame:
    return pd.read_csv(JUDGED, dtype={"article_id": "str"})


# --- real news ----------------------------------------------------------------------------------


class Precision(NamedTuple):
    """Right over right and wrong, its 95 % interval, and with debatable ones as a half."""

    share: float
    low: float
    high: float
    halved: float


def measure_precision(right: int, wrong: int, debatable: int) -> Precision:
    """Return the precision with its Wilson interval; NaN where nothing was judged."""
    every = right + wrong + debatable
    halved = (right + debatable / 2) / every if every else float("nan")
    n, z = right + wrong, 1.96
    if not n:
        return Precision(float("nan"), float("nan"), float("nan"), halved)
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Precision(share, max(0.0, middle - reach), min(1.0, middle + reach), halved)


HEAD = ["check", "found", "in", "one", "fnd", "fnc", "judged", "right", "wrong", "debat"]
HEAD += ["prec", "95 %", "halved", "unjudged"]


def print_real(found: pd.DataFrame, articles: pd.DataFrame) -> None:
    lengths = pd.Series([len(body.split()) for body in articles["body"]], articles["source"])
    words = lengths.groupby(level=0).sum()
    counts = ", ".join(f"{name} {words[name]:,} words" for name in SOURCES)
    print(f"{len(articles)} articles: {counts}. `in`: articles; one, fnd, fnc: alarms per 1,000")
    print("words of each source; halved: precision with a debatable finding as half a right one.")
    print(format_line(HEAD))
    for check in [*nr.list_checks()["check"], ""]:
        rows = found if not check else found[found["check"] == check]
        if check != "not_checked" or len(rows):
            print(format_line([check or "all", *describe(check, rows, words)]))
    kept = len(found) - int((found["judged"] == "").sum())
    print(f"{len(found) - kept} of today's {len(found)} findings are not judged yet; ", end="")
    print(f"{len(read_judgements()) - kept} judged ones are not raised any more")


def describe(check: str, rows: pd.DataFrame, words: pd.Series[int]) -> list[str]:
    """Return the cells of one check."""
    counts = [int((rows["judged"] == name).sum()) for name in ("right", "wrong", "debatable")]
    rates = [f"{1000 * (rows['source'] == name).sum() / words[name]:.2f}" for name in SOURCES]
    if check in HEADLINE_CHECKS:
        rates[0] = "-"
    share, low, high, halved = measure_precision(*counts)
    return [
        str(len(rows)), str(rows["article_id"].nunique()), *rates, str(sum(counts)),
        *map(str, counts), f"{share:.2f}", f"{low:.2f}-{high:.2f}", f"{halved:.2f}",
        str((rows["judged"] == "").sum()),
    ]  # fmt: skip


def format_line(cells: list[str]) -> str:
    cells = [cell.replace("nan-nan", "-").replace("nan", "-") for cell in cells]
    widths = (21, 6, 5, 6, 6, 6, 7, 6, 6, 6, 6, 11, 7, 9)
    pairs = zip(cells[1:], widths[1:], strict=True)
    return f"{cells[0]:{widths[0]}}" + "".join(f"{cell:>{width}}" for cell, width in pairs)


# --- planted defects ----------------------------------------------------------------------------


def print_demo() -> None:
    """Print what is found of the planted defects, and the alarms on the clean articles."""
    articles, gold = nr.load_dataset("demo"), nr.load_gold("demo")
    found = nr.find_incoherence(articles)
    clean = set(articles.loc[articles["kind"] == "clean", "article_id"])
    print("\nbundled articles       planted  found  recall  alarms on clean")
    for check in [*gold["check"].unique(), ""]:
        planted = gold if not check else gold[gold["check"] == check]
        seen = found if not check else found[found["check"] == check]
        hits = sum(is_found(row, seen) for _, row in planted.iterrows())
        alarms = int(seen["article_id"].isin(clean).sum())
        recall = f"{hits / len(planted):.2f}"
        print(f"{check or 'all':23}{len(planted):>7}{hits:>7}{recall:>8}{alarms:>17}")


def is_found(planted: pd.Series, found: pd.DataFrame) -> bool:
    """Does a finding of the same check overlap a planted defect?"""
    same = (found[KEY[:3]] == planted[KEY[:3]]).all(axis=1)
    return bool(
        (same & (found["start"] < planted["end"]) & (found["end"] > planted["start"])).any()
    )


if __name__ == "__main__":
    sys.exit(main())
