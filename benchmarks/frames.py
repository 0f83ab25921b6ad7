"""Issue frames by cues beside people's codes: climate articles and headlines on gun violence.

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/frames.py

Narrative Frames Corpus (Frermann et al., 2023): 428 articles on climate change, five frames, each
there or not. Gun Violence Frame Corpus (Liu et al., 2019): relevant headlines of 2018 with one or
two themes; five of them have a frame of ours beside them. What the codes of the themes mean is not
told by its files; it is as the paper is remembered. Each set is halved by the SHA-256 of its id or
headline. On the first half the bound is chosen from which a frame counts as there (best macro-F1
of 'there' and 'not there'), and logistic regression on TF-IDF is trained. Figures are of the other
half with `--held`, else of the first, without that model, which has seen it. Of climate articles
the column of `score_framing` is measured; a headline is counted by its different cues.

`two readers` is the ceiling: one annotator's frame against another's, on all articles that both
read. Their questions make a frame as in the aggregate: two of three (conflict, economic, human
interest), one of two (morality); that of resolution could not be found out: no ceiling here.
"""

from __future__ import annotations

import gzip
import json
import sys
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from public_data import find_data
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

import newsresearch as nr
from newsresearch.framing.matching import Matcher
from newsresearch.lexicons import load_groups

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]
NARRATIVE = "narrative-frames/articles_metadata.tsv.gz"
READERS = "narrative-frames/full_annotations.json.gz"
GUNS = "gvfc/headlines_2990.csv.gz"
# Their frame: ours, their questions, and how many of them must be answered with yes.
NARRATIVES: dict[str, tuple[str, tuple[str, ...], int]] = {
    "CO": ("conflict", ("co1", "co2", "co3"), 2),
    "EC": ("economic", ("ec1", "ec2", "ec3"), 2),
    "HI": ("human_interest", ("hi1", "hi2", "hi5"), 2),
    "MO": ("morality", ("mo1", "mo2"), 1),
    "RE": ("resolution", (), 0),
}
# Codes of themes: the frame of ours that is nearest, and their name.
THEMES: dict[str, tuple[frozenset[int], str]] = {
    "politics": (frozenset({3}), "politics"),
    "economic": (frozenset({9}), "economic consequences"),
    "health": (frozenset({4}), "mental health"),
    "security": (frozenset({5}), "school and public safety"),
    "law_and_crime": (frozenset({1, 2}), "gun rights or control"),
}


class Task(NamedTuple):
    """One frame: the texts, what people say, our score, and which half a text is in."""

    name: str
    texts: list[str]
    gold: Labels
    scores: Numbers
    is_first: Labels


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data([NARRATIVE, READERS, GUNS])
    if folder is None:
        return 0
    is_held = "--held" in sys.argv
    print_tasks("narrative-frames, whole articles", read_climate(folder), is_held)
    print_readers(folder)
    print_tasks("GVFC, headlines", read_guns(folder), is_held)
    if is_held:
        print_others(folder)
    return 0


# --- the sets -----------------------------------------------------------------------------------


def read_narrative(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table of the set, and the measures of its articles."""
    table = pd.read_csv(folder / NARRATIVE, sep="\t", dtype="str")
    articles = pd.DataFrame({"article_id": table["ID"], "headline": "", "body": table["text"]})
    return table, nr.score_framing(articles)


def read_climate(folder: Path) -> list[Task]:
    """Return the five frames of the climate articles."""
    table, scored = read_narrative(folder)
    texts, first = table["text"].tolist(), halve(table["ID"])
    return [
        Task(ours, texts, (table[theirs] == "True").to_numpy(), share_of(scored, ours), first)
        for theirs, (ours, _, _) in NARRATIVES.items()
    ]


def share_of(scored: pd.DataFrame, frame: str) -> Numbers:
    """Return the column of a frame; an article that cannot be scored has no cue."""
    return scored[f"frame_{frame}_share"].fillna(0.0).to_numpy(dtype=np.float64)


def read_guns(folder: Path) -> list[Task]:
    """Return the themes that have a frame of ours beside them."""
    table = pd.read_csv(folder / GUNS).query("`Q1 Relevant` == 1").drop_duplicates("news_title")
    texts, first = table["news_title"].tolist(), halve(table["news_title"])
    themes = list(zip(table["Q3 Theme1"], table["Q3 Theme2"], strict=True))
    tasks = []
    for frame, (codes, _) in THEMES.items():
        gold = np.array([not codes.isdisjoint(pair) for pair in themes])
        tasks.append(Task(frame, texts, gold, count_cues(texts, frame), first))
    return tasks


def count_cues(texts: list[str], frame: str) -> Numbers:
    """Return how many different cues of a frame each headline holds."""
    matcher = Matcher({frame: [entry for group in load_groups("frames", frame) for entry in group]})
    return np.array([len({m.entry for m in matcher.find(t)}) for t in texts], dtype=np.float64)


def halve(keys: pd.Series) -> Labels:
    """Tell which texts are in the first half."""
    return np.array([int(sha256(key.encode()).hexdigest(), 16) % 2 == 0 for key in keys])


# --- the figures --------------------------------------------------------------------------------


def print_tasks(name: str, tasks: list[Task], is_held: bool) -> None:
    """Print each frame and the means."""
    shown = ~tasks[0].is_first if is_held else tasks[0].is_first
    print(f"{name}: {shown.sum()} of {len(shown)} texts, {'held' if is_held else 'first'} half")
    print(f"{'':<16}{'there':>6}{'AUC':>7}{'F1':>7}{'tf-idf AUC':>12}{'F1':>7}{'majority F1':>13}")
    rows = [measure(task, shown) for task in tasks]
    for task, row in zip(tasks, rows, strict=True):
        print_row(task.name, task.gold[shown].mean(), row)
    print_row("mean", float("nan"), tuple(np.mean(rows, axis=0)))


def print_row(name: str, there: float, row: tuple[float, ...]) -> None:
    """Print one line of the table."""
    ours, our_f1, theirs, their_f1, majority = row
    print(
        f"{name:<16}{there:>6.2f}{ours:>7.3f}{our_f1:>7.3f}{theirs:>12.3f}{their_f1:>7.3f}"
        f"{majority:>13.3f}"
    )


def measure(task: Task, shown: Labels) -> tuple[float, ...]:
    """Return AUC and macro-F1 of the cues, of TF-IDF, and the F1 of the more frequent answer."""
    first, gold = task.is_first, task.gold
    bound = choose_bound(gold[first], task.scores[first])
    learned = np.zeros(0) if (shown == first).all() else learn(task)
    most = np.full(shown.sum(), gold[first].mean() >= 0.5)
    ours = auc(gold[shown], task.scores[shown]), f1(gold[shown], task.scores[shown] >= bound)
    theirs = (
        (auc(gold[shown], learned[shown]), f1(gold[shown], learned[shown] >= 0))
        if len(learned)
        else (float("nan"), float("nan"))
    )
    return *ours, *theirs, f1(gold[shown], most)


def choose_bound(gold: Labels, scores: Numbers) -> float:
    """Return the least score at which a frame counts as there."""
    bounds = [float(value) for value in np.unique(scores)]
    return max(bounds, key=lambda bound: f1(gold, scores >= bound))


def learn(task: Task) -> Numbers:
    """Return the decision values of logistic regression that has seen the first half."""
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2))
    seen = [text for text, is_in in zip(task.texts, task.is_first, strict=True) if is_in]
    rows = vectors.fit_transform(seen)
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000)
    model.fit(rows, task.gold[task.is_first])
    return np.asarray(model.decision_function(vectors.transform(task.texts)), dtype=np.float64)


def auc(gold: Labels, scores: Numbers) -> float:
    """Return the area under the curve."""
    return float(roc_auc_score(gold, scores))


def f1(gold: Labels, guessed: Labels) -> float:
    """Return the mean of the F1 of 'there' and of 'not there'."""
    return float(f1_score(gold, guessed, average="macro", zero_division=0))


def print_others(folder: Path) -> None:
    """Print the AUC of every frame of ours for each of theirs: what else a list tells."""
    table, scored = read_narrative(folder)
    columns = [name for name in scored.columns if name.startswith("frame_")]
    print(f"AUC of each list for each frame, all {len(table)} articles")
    print(f"{'':<24}" + "".join(f"{theirs:>7}" for theirs in NARRATIVES))
    for column in columns:
        values = scored[column].fillna(0.0).to_numpy(dtype=np.float64)
        found = [auc((table[theirs] == "True").to_numpy(), values) for theirs in NARRATIVES]
        print(f"{column:<24}" + "".join(f"{value:>7.3f}" for value in found))


def print_readers(folder: Path) -> None:
    """Print how well one annotator agrees with another."""
    with gzip.open(folder / READERS, "rt", encoding="utf-8") as file:
        answers = list(json.load(file).values())
    print("two readers: macro-F1 of one against another, kappa, pairs")
    for ours, questions, least in NARRATIVES.values():
        pairs = [pair for article in answers for pair in read_pairs(article, questions, least)]
        if pairs:
            one, other = np.array([*pairs, *((b, a) for a, b in pairs)]).T
            print(f"{ours:<16}{f1(one, other):>7.3f}{kappa(one, other):>7.3f}{len(pairs):>7}")


def read_pairs(
    article: dict[str, list[list[str]]], questions: tuple[str, ...], least: int
) -> list[tuple[bool, bool]]:
    """Return what each two annotators of an article say about a frame."""
    if not questions:
        return []
    raw = [article[question][1] for question in questions]
    asked = [at for at in range(len(raw[0])) if all(row[at] in ("yes", "no") for row in raw)]
    said = [sum(row[at] == "yes" for row in raw) >= least for at in asked]
    return list(combinations(said, 2))


def kappa(one: Labels, other: Labels) -> float:
    """Return Cohen's kappa."""
    same, chance = (one == other).mean(), one.mean() * other.mean()
    chance += (1 - one.mean()) * (1 - other.mean())
    return float((same - chance) / (1 - chance))


if __name__ == "__main__":
    sys.exit(main())
