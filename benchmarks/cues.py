"""Cues against what can be measured: clickbait headlines, hedged headlines, passives read by hand.

    NEWSRESEARCH_DATA=folder uv run --group bench python benchmarks/cues.py [--test]

Clickbait (Chakraborty et al. 2016): the label is the outlet, not a judgement, so the figures say
how far our cues tell BuzzFeed and its like from Wikinews and newspapers. The lists were fixed on
the half with an even SHA-256 of the headline; `--test` looks at the other. The peer is one rule:
'you' or a number first. Hedges: Emergent's headlines that only report a claim (`observing`)
against those that take it up (`for`); the official test part with `--test`, its peer Hyland's list
as Recasens gives it. Passives: `passive_gold.csv`, one reader, a language model: 100 hits drawn by
seed, and 60 sentences with a form of 'be' or 'get', with thepassives that a
reader finds. Other kinds: `cue_gold.csv`, hits in narration, same reader; the lists of boosters,
evidence and absolutes were mended once more after it was read.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from public_data import find_data

from newsresearch.articles import Article
from newsresearch.framing import read_lexicon
from newsresearch.framing.passives import find_passives
from newsresearch.framing.reading import body_cues, headline_cues
from newsresearch.text import split_words

NEEDED = (
    "clickbait/clickbait_data.txt.gz",
    "clickbait/non_clickbait_data.txt.gz",
    "emergent/emergent.csv.gz",
    "basil/articles.jsonl.gz",
    "fakenewsdata1/articles.jsonl.gz",
    "fnc-1/train_bodies.csv.gz",
)
HYLAND = "word-lists/recasens-2013/hedges_hyland2005.txt"
GOLD = Path(__file__).with_name("passive_gold.csv")
JUDGED = Path(__file__).with_name("cue_gold.csv")
RESAMPLES, SEED = 1000, 20140601
_BE_ED = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being)\s(?:\w++ly\s)?\w{2,20}(?:ed|en)\b", re.I
)
_YOU = re.compile(r"\b(?:you|your|yours|you['’](?:re|ll|ve|d))\b", re.I)


def main() -> None:
    """Print every figure."""
    folder = find_data(NEEDED)
    if folder is None:
        return
    is_test = "--test" in sys.argv[1:]
    print_clickbait(folder, is_test)
    print_hedges(folder, is_test)
    print_passives(folder)
    print_judged(folder)


# --- clickbait ----------------------------------------------------------------------------------


def print_clickbait(folder: Path, is_test: bool) -> None:
    texts, labels = [], []
    for name, label in (("clickbait", 1), ("non_clickbait", 0)):
        for headline in read_headlines(folder / f"clickbait/{name}_data.txt.gz", is_test):
            texts.append(headline)
            labels.append(label)
    found = [click_kinds(text) for text in texts]
    part = "held-out half" if is_test else "development half"
    print(
        f"clickbait, {part}: {sum(labels):,} headlines of its outlets, {labels.count(0):,} others"
    )
    print_figures("kinds of cues", [len(kinds) for kinds in found], labels)
    print_figures("peer: you or number", [float(is_plain(text)) for text in texts], labels)
    print("kind                 in clickbait  in others")
    for kind in sorted(set().union(*found)):
        shares = [
            np.mean(
                [kind in kinds for kinds, own in zip(found, labels, strict=True) if own == side]
            )
            for side in (1, 0)
        ]
        print(f"{kind:20}{shares[0]:>13.3f}{shares[1]:>11.3f}")


def read_headlines(path: Path, is_test: bool) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [line.strip() for line in lines if line.strip()]
    return [text for text in texts if sha256(text.encode()).digest()[-1] % 2 == is_test]


def click_kinds(headline: str) -> set[str]:
    """Return the kinds of clickbait cues, as `n_headline_clickbait` counts them."""
    kinds = {cue.category for cue in headline_cues(headline)}
    return {kind for kind in kinds if kind.startswith("click_")}


def is_plain(headline: str) -> bool:
    return headline[:1].isdigit() or bool(_YOU.search(headline))


def print_figures(name: str, values: Sequence[float], labels: Sequence[int]) -> None:
    """Print AUC with its interval, and F1 of 'one or more'."""
    low, high = draw_interval(values, labels)
    scores = np.array(values) >= 1
    truth = np.array(labels) == 1
    hits = int((scores & truth).sum())
    f1 = 2 * hits / max(1, int(scores.sum() + truth.sum()))
    precision, recall = hits / max(1, int(scores.sum())), hits / int(truth.sum())
    print(
        f"  {name:26}AUC {find_auc(values, labels):.3f} [{low:.3f}, {high:.3f}]   "
        f"one or more: F1 {f1:.3f}, precision {precision:.3f}, recall {recall:.3f}"
    )


def find_auc(values: Sequence[float], labels: Sequence[int]) -> float:
    """Return the chance that one of the first kind has the higher value; ties count half."""
    ranks = pd.Series(values).rank().to_numpy()
    truth = np.array(labels) == 1
    n, m = int(truth.sum()), int((~truth).sum())
    return float((ranks[truth].sum() - n * (n + 1) / 2) / (n * m))


def draw_interval(values: Sequence[float], labels: Sequence[int]) -> tuple[float, float]:
    draw = np.random.default_rng(SEED)
    numbers, truth = np.array(values), np.array(labels)
    size = len(numbers)
    rounds = [draw.integers(size, size=size) for _ in range(RESAMPLES if size < 5000 else 200)]
    aucs = [find_auc(numbers[one].tolist(), truth[one].tolist()) for one in rounds]
    return float(np.quantile(aucs, 0.025)), float(np.quantile(aucs, 0.975))


# --- hedges -------------------------------------------------------------------------------------


def print_hedges(folder: Path, is_test: bool) -> None:
    rows = pd.read_csv(folder / "emergent/emergent.csv.gz")
    rows = rows[rows["articleHeadlineStance"].isin(["for", "observing"])]
    rows = rows[(rows["split"] == "test") == is_test]
    texts = rows["articleHeadline"].astype(str).tolist()
    labels = (rows["articleHeadlineStance"] == "observing").astype(int).tolist()
    part = "test part" if is_test else "training part"
    print(f"\nhedges, Emergent's {part}: {sum(labels)} observing, {labels.count(0)} for")
    print_figures("a hedge in the headline", [float(count_hedges(text)) for text in texts], labels)
    if (folder / HYLAND).is_file():
        matcher = read_lexicon(folder / HYLAND).matcher
        counts = [float(len(matcher.find(text))) for text in texts]
        print_figures("peer: Hyland's hedges", counts, labels)


def count_hedges(headline: str) -> int:
    return sum(cue.category == "headline_hedge" for cue in headline_cues(headline))


# --- passives -----------------------------------------------------------------------------------


def print_passives(folder: Path) -> None:
    gold = pd.read_csv(GOLD, dtype={"judged": "str"})
    readers: dict[str, Callable[[Path], dict[str, str]]] = {
        "basil": read_basil, "fakenewsdata1": read_fakenews,
    }  # fmt: skip
    texts = {name: read(folder / name / "articles.jsonl.gz") for name, read in readers.items()}
    judged, there = Counter[str](), 0
    found, hits = Counter[str](), Counter[str]()
    for row in gold.itertuples():
        text = texts[str(row.source)][str(row.article_id)]
        start, end = int(str(row.start)), int(str(row.end))
        passives = find_passives(text, split_words(text))
        if row.part == "precision":
            still = any((one.start, one.end) == (start, end) for one in passives)
            judged[str(row.judged)] += still
        else:
            n = int(str(row.judged))
            there += n
            ours = sum(start <= one.start < end for one in passives)
            peer = len(_BE_ED.findall(text, start, end))
            hits += Counter(ours=ours, peer=peer)
            found += Counter(ours=min(n, ours), peer=min(n, peer))
    told = ", ".join(f"{n} {name}" for name, n in sorted(judged.items()))
    precision = judged["right"] / max(1, judged["right"] + judged["wrong"])
    print(f"\nagentless passives: of {judged.total()} hits {told}; precision {precision:.3f}")
    print(f"of {there} in 60 sentences with 'be' or 'get':")
    for name, told in (("ours", "ours"), ("peer", "peer: 'be', perhaps -ly, -ed or -en")):
        print(
            f"  {told:38}{found[name]} found (recall {found[name] / there:.3f}), {hits[name]} hits"
        )


# --- other kinds --------------------------------------------------------------------------------


def print_judged(folder: Path) -> None:
    """Print how many of the hits that were read are right, and of those still raised."""
    gold = pd.read_csv(JUDGED, dtype={"article_id": "str"})
    bodies = pd.read_csv(folder / "fnc-1/train_bodies.csv.gz", dtype="str")
    texts = {("basil", key): t for key, t in read_basil(folder / "basil/articles.jsonl.gz").items()}
    texts |= {
        ("fnc-1", key): t for key, t in zip(bodies["Body ID"], bodies["articleBody"], strict=True)
    }
    raised = {}
    for source, article_id in set(zip(gold["source"], gold["article_id"], strict=True)):
        article = Article(article_id, "", texts[source, article_id])
        raised[source, article_id] = {(c.category, c.start, c.end) for c in body_cues(article)}
    print("\nhits in narration    read  right  still raised: read, right")
    for kind, rows in gold.groupby("cue", sort=False):
        right = rows["judged"] == "right"
        still = pd.Series(
            [
                (kind, row.start, row.end) in raised[row.source, row.article_id]
                for row in rows.itertuples()
            ],
            index=rows.index,
        )
        print(f"{kind:20}{len(rows):>5}{right.sum():>7}{still.sum():>20}{(still & right).sum():>7}")


def read_basil(path: Path) -> dict[str, str]:
    return {
        row["id"]: "\n".join(" ".join(part) for part in row["body-paragraphs"])
        for row in read_lines(path)
    }


def read_fakenews(path: Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in read_lines(path)}


def read_lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
