"""Readability formulas beside textstat's own: stories at three levels, and teachers' judgement.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/readability.py

`order`: share of OneStopEnglish stories whose elementary, intermediate and advanced text a formula
puts in full order, a tie being none. `all` and `info`: |r| of Pearson with the easiness that
teachers gave the texts of CLEAR, all of them and the informational ones; they are no news and
mostly a century old. One story is .011; the 95 % interval of |r| is about .02 to each side for
`all`, .03 for `info`, though both sides are judged on the same texts.

Ours are the columns of `score_readability`, textstat's one function a formula, on the same stored
text. Speed is the processor time of the eight formulas, each side in a fresh process after a
warm-up.
"""

from __future__ import annotations

import gzip
import json
import sys
from importlib import import_module
from multiprocessing import Pool
from pathlib import Path
from time import process_time
from typing import NamedTuple

import pandas as pd
from public_data import find_data

import newsresearch as nr

NEEDED = ("onestopenglish/texts.jsonl.gz", "clear/clear.csv.gz")
LEVELS = ("elementary", "intermediate", "advanced")
# Our column, textstat's function for the same formula.
PAIRS = {
    "flesch_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "fog_grade": "gunning_fog",
    "smog_grade": "smog_index",
    "ari_grade": "automated_readability_index",
    "coleman_liau_grade": "coleman_liau_index",
    "dale_chall_grade": "dale_chall_readability_score",
    "lix": "lix",
}
PEERS_ONLY = ("dale_chall_readability_score_v2", "text_standard")
EASIER = {"flesch_ease", "flesch_reading_ease"}  # the others rise with difficulty


class Scored(NamedTuple):
    """A column a formula, and the seconds that the eight took."""

    values: pd.DataFrame
    seconds: float


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    texts = pd.concat([read_stories(folder), read_clear(folder)], ignore_index=True)
    with Pool(2, maxtasksperchild=1) as pool:  # side by side, with no cache in common
        runs = [pool.apply_async(score, (texts["text"],)) for score in (score_ours, score_textstat)]
        ours, theirs = (run.get() for run in runs)
    known = ours.values.notna().all(axis=1)
    print_sizes(texts, known)
    print_table(texts[known], ours.values[known], theirs.values[known])
    print(f"the eight formulas: {theirs.seconds / ours.seconds:.1f} times as fast as textstat")
    return 0


# --- the texts ----------------------------------------------------------------------------------


def read_stories(folder: Path) -> pd.DataFrame:
    """Return `story, level, text`; say which stories are left out because a text is not theirs."""
    with gzip.open(folder / NEEDED[0], "rt", encoding="utf-8") as lines:
        rows = pd.DataFrame([json.loads(line) for line in lines]).rename(columns={"slug": "story"})
    wrong = sorted(rows.loc[rows["suspect"] != "", "story"].unique())
    print(
        f"OneStopEnglish: {rows['story'].nunique()} stories at three levels, {len(wrong)} left out "
        f"because one text belongs to another article: {', '.join(wrong)}"
    )
    return rows.loc[~rows["story"].isin(wrong), ["story", "level", "text"]]


def read_clear(folder: Path) -> pd.DataFrame:
    """Return `easiness, informational, text`."""
    rows = pd.read_csv(folder / NEEDED[1])
    informational = rows["Categ"] == "Info"
    return pd.DataFrame(
        {"easiness": rows["BT_easiness"], "informational": informational, "text": rows["Excerpt"]}
    )


# --- the formulas -------------------------------------------------------------------------------


def score_ours(texts: pd.Series[str]) -> Scored:
    """Return our columns."""
    table = pd.DataFrame({"article_id": texts.index.astype(str), "headline": "", "body": texts})
    nr.score_readability(table.head(1))
    begun = process_time()
    scored = nr.score_readability(table)
    return Scored(scored[list(PAIRS)], process_time() - begun)


def score_textstat(texts: pd.Series[str]) -> Scored:
    """Return textstat's columns; the time is that of the eight formulas which we have as well."""
    apply_textstat(texts.head(1))
    begun = process_time()
    values = apply_textstat(texts)
    seconds = process_time() - begun
    textstat = import_module("textstat")
    for name in PEERS_ONLY:
        options = {"float_output": True} if name == "text_standard" else {}
        values[name] = [getattr(textstat, name)(text, **options) for text in texts]
    return Scored(values, seconds)


def apply_textstat(texts: pd.Series[str]) -> pd.DataFrame:
    """Return a column for each of the eight; text by text, so that its caches help it."""
    textstat = import_module("textstat")
    functions = [getattr(textstat, name) for name in PAIRS.values()]
    rows = [[function(text) for function in functions] for text in texts]
    return pd.DataFrame(rows, index=texts.index, columns=list(PAIRS.values()))


# --- the tables ---------------------------------------------------------------------------------


def print_sizes(texts: pd.DataFrame, known: pd.Series[bool]) -> None:
    """Print how many texts of CLEAR count, and how many have no value with us."""
    rated = texts["easiness"].notna()
    info = texts.loc[rated & known, "informational"].eq(True).sum()
    print(
        f"CLEAR: {(rated & known).sum()} texts, {info} informational; {(rated & ~known).sum()} "
        "left out for both, without a value in ours (over 100 words a sentence)"
    )


def print_table(texts: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Print a line a formula: ours, then textstat's."""
    version = ".".join(str(part) for part in import_module("textstat").__version__)
    head = f"{'order':>7}{'all':>7}{'info':>7}"
    print(f"{'newsresearch':<21}{head}   {f'textstat {version}':<32}{head}")
    for column, name in PAIRS.items():
        print(f"{column:<21}{judge(texts, ours[column])}   {name:<32}{judge(texts, theirs[name])}")
    for name in PEERS_ONLY:
        print(f"{'-':<21}{'':21}   {name:<32}{judge(texts, theirs[name])}")


def judge(texts: pd.DataFrame, values: pd.Series[float]) -> str:
    """Return the share in order and |r| on all and on informational texts, as cells."""
    share = order_share(texts, -values if values.name in EASIER else values)
    groups = (texts["easiness"].notna(), texts["informational"].eq(True))
    found = [abs(values[kept].corr(texts.loc[kept, "easiness"])) for kept in groups]
    return "".join(f"{number:>7.3f}" for number in (share, *found))


def order_share(texts: pd.DataFrame, hardness: pd.Series[float]) -> float:
    """Return the share of stories that rise from level to level."""
    table = texts.assign(hardness=hardness).dropna(subset=["story"])
    stories = table.pivot(index="story", columns="level", values="hardness")
    easy, middle, hard = (stories[level] for level in LEVELS)
    return float(((easy < middle) & (middle < hard)).mean())


if __name__ == "__main__":
    sys.exit(main())
