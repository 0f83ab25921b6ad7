"""Readability formulas beside textstat's own: stories at three levels, and teachers' judgement.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/readability.py [--held-out]

`order`: share of OneStopEnglish stories whose elementary, intermediate and advanced text a formula
puts in full order, a tie being none. `all` and `info`: |r| of Pearson with the easiness that
teachers gave the texts of CLEAR, all of them and the informational ones; they are no news and
mostly a century old. In a half of the data a story is .02; the 95 % interval of |r| is about .03
to each side for `all`, .04 for `info`, though both sides are judged on the same texts.

What `grade` is was chosen on the development half: stories and texts whose id has an even SHA-256.
The other half, printed with `--held-out`, is the one that the codebook quotes. `candidates` are
what else a grade could have been; `others` is how often the harder level has the higher grade when
the two texts are of different stories; `samples` is how far the grade of a few sentences in a row,
30 words or more, lies from that of the whole text.

Ours are the columns of `score_readability`, textstat's those of its engine "textstat", on the same
stored text. Speed is the processor time of the tables, ours and theirs, each in a fresh process
after a warm-up.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import sys
from importlib import import_module
from multiprocessing import Pool
from pathlib import Path

import pandas as pd
from public_data import find_data

import newsresearch as nr
from newsresearch.plain import plain_text
from newsresearch.readability import FORMULAS, Counts, count_text

NEEDED = ("onestopenglish/texts.jsonl.gz", "clear/clear.csv.gz")
LEVELS = ("elementary", "intermediate", "advanced")
EASIER = {"flesch_ease", "new_dale_chall_ease"}  # the others rise with difficulty
# textstat has neither formula: for these two its counts go into ours.
OURS_ONLY = {"grade", "new_dale_chall_ease"}
GRADES = [column for column in FORMULAS if column.endswith("_grade")]
SAMPLES = (1, 2, 3, 5, 10, 20)  # sentences


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    texts = pd.concat([read_stories(folder), read_clear(folder)], ignore_index=True)
    texts["development"] = texts["id"].map(is_development)
    with Pool(2, maxtasksperchild=1) as pool:  # side by side, with no cache in common
        runs = [pool.apply_async(score, (texts["text"], e)) for e in ("own", "textstat")]
        ours, theirs = (run.get() for run in runs)
    theirs["text_standard"] = score_consensus(texts["text"])
    parts = {"development": texts["development"]}
    if "--held-out" in sys.argv:
        parts |= {"held out": ~texts["development"], "both": texts["id"].notna()}
    for name, kept in parts.items():
        known = ours.notna().all(axis=1) & kept
        part = texts[known]
        print_sizes(part, name)
        print_table(part, ours[known], theirs[known])
        print_candidates(part, ours[known])
        print_others(part, ours.loc[known, "grade"])
    print_samples(texts[texts["development"]])
    return 0


# --- the texts ----------------------------------------------------------------------------------


def is_development(name: str) -> bool:
    """Tell the half to choose on."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 0


def read_stories(folder: Path) -> pd.DataFrame:
    """Return `id, story, level, text`; say which are left out because a text is not theirs."""
    with gzip.open(folder / NEEDED[0], "rt", encoding="utf-8") as lines:
        rows = pd.DataFrame([json.loads(line) for line in lines]).rename(columns={"slug": "story"})
    wrong = sorted(rows.loc[rows["suspect"] != "", "story"].unique())
    print(
        f"OneStopEnglish: {rows['story'].nunique()} stories at three levels, {len(wrong)} left out "
        f"because one text belongs to another article: {', '.join(wrong)}"
    )
    rows["id"] = rows["story"]
    return rows.loc[~rows["story"].isin(wrong), ["id", "story", "level", "text"]]


def read_clear(folder: Path) -> pd.DataFrame:
    """Return `id, easiness, informational, text`."""
    rows = pd.read_csv(folder / NEEDED[1])
    return pd.DataFrame(
        {
            "id": rows["ID"].astype(str),
            "easiness": rows["BT_easiness"],
            "informational": rows["Categ"] == "Info",
            "text": rows["Excerpt"],
        }
    )


# --- the formulas -------------------------------------------------------------------------------


def score(texts: pd.Series[str], engine: str) -> pd.DataFrame:
    """Return the columns of one engine."""
    table = pd.DataFrame({"article_id": texts.index.astype(str), "headline": "", "body": texts})
    return nr.score_readability(table, engine=engine)[list(FORMULAS)].copy()


def score_consensus(texts: pd.Series[str]) -> list[float]:
    """Return textstat's headline figure, its consensus of formulas."""
    textstat = import_module("textstat")
    return [textstat.text_standard(text, float_output=True) for text in texts]


# --- the tables ---------------------------------------------------------------------------------


def print_sizes(part: pd.DataFrame, name: str) -> None:
    """Print how many stories and texts count."""
    info = part["informational"].eq(True).sum()
    print(
        f"\n{name}: {part['story'].nunique()} stories; CLEAR: {part['easiness'].notna().sum()} "
        f"texts, {info} informational"
    )


def print_table(texts: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Print a line a formula: ours, then textstat's."""
    version = ".".join(str(part) for part in import_module("textstat").__version__)
    head = f"{'order':>7}{'all':>7}{'info':>7}"
    print(f"{'':<21}{'newsresearch':>21}   {'textstat ' + version:>21}")
    print(f"{'':<21}{head}   {head}")
    for column in FORMULAS:
        mark = " (our formula on its counts)" if column in OURS_ONLY else ""
        both = f"{judge(texts, ours[column])}   {judge(texts, theirs[column])}"
        print(f"{column:<21}{both}{mark}")
    print(f"{'text_standard':<21}{'':21}   {judge(texts, theirs['text_standard'])}")


def print_candidates(texts: pd.DataFrame, ours: pd.DataFrame) -> None:
    """Print what else the grade could have been."""
    found = {
        "grade (New Dale-Chall, table)": ours["grade"],
        "its score, no table": -ours["new_dale_chall_ease"].rename(None),
        "mean of the grades": ours[GRADES].mean(axis=1),
        "median of the grades": ours[GRADES].median(axis=1),
        "mean of grade and Spache": ours[["grade", "spache_grade"]].mean(axis=1),
        "median of grade, SMOG, Spache": ours[["grade", "smog_grade", "spache_grade"]].median(
            axis=1
        ),
    }
    for name, values in found.items():
        print(f"candidate: {name:<31}{judge(texts, values)}")


def judge(texts: pd.DataFrame, values: pd.Series[float]) -> str:
    """Return the share in order and |r| on all and on informational texts, as cells."""
    share = order_share(texts, -values if values.name in EASIER else values)
    groups = (texts["easiness"].notna(), texts["informational"].eq(True))
    found = [abs(values[kept].corr(texts.loc[kept, "easiness"])) for kept in groups]
    return "".join(f"{number:>7.3f}" for number in (share, *found))


def by_story(texts: pd.DataFrame, values: pd.Series[float]) -> list[pd.Series[float]]:
    """Return the values of each level, a story a row."""
    table = texts.assign(value=values).dropna(subset=["story"])
    stories = table.pivot(index="story", columns="level", values="value")
    return [stories[level] for level in LEVELS]


def order_share(texts: pd.DataFrame, hardness: pd.Series[float]) -> float:
    """Return the share of stories that rise from level to level."""
    easy, middle, hard = by_story(texts, hardness)
    return float(((easy < middle) & (middle < hard)).mean())


def print_others(texts: pd.DataFrame, grade: pd.Series[float]) -> None:
    """Print how often the harder of two texts of different stories has the higher grade."""
    easy, middle, hard = by_story(texts, grade)
    for low, high, name in ((easy, hard, "two levels apart"), (easy, middle, "one level apart")):
        pairs = [low[a] < high[b] for a in low.index for b in high.index if a != b]
        same = (low < high).mean()
        print(f"others, {name}: {sum(pairs) / len(pairs):.3f}; in the same story {same:.3f}")


# --- how little is too little -------------------------------------------------------------------


def print_samples(texts: pd.DataFrame) -> None:
    """Print how far the grade of a few sentences lies from that of the whole story."""
    draw = random.Random(1)
    bodies = [plain_text(text) for text in texts.loc[texts["story"].notna(), "text"]]
    counts = [count_sentences(body) for body in bodies]
    grades = [FORMULAS["grade"](add_up(sentences)) for sentences in counts]
    for size in SAMPLES:
        gaps = []
        for sentences, whole in zip(counts, grades, strict=True):
            for start in (draw.randrange(max(1, len(sentences) - size)) for _ in range(10)):
                sample = add_up(sentences[start : start + size])
                if sample.n_words >= 30:
                    gaps.append(abs(FORMULAS["grade"](sample) - whole))
        off = sorted(gaps)[len(gaps) * 9 // 10]
        mean = sum(gaps) / len(gaps)
        print(f"samples of {size:>2} sentences: off by {mean:.1f}, one in ten by {off:.1f}")


def count_sentences(body: str) -> list[Counts]:
    """Return the counts of each sentence with a word in it."""
    found = (count_text(span.of(body)) for span in nr.split_sentences(body))
    return [counts for counts in found if counts.n_words]


def add_up(counts: list[Counts]) -> Counts:
    """Return the counts of some sentences together."""
    return Counts(*(sum(column) for column in zip(*counts, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
