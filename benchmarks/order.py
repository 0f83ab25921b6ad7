"""Does `order_score` put a text before the same sentences shuffled? And the training of it.

    NEWSRESEARCH_DATA=folder python benchmarks/order.py [--held-out] [--train]

Each text is compared with 20 shuffles of its sentences (seeded); the figure is the share of
comparisons in which the original scores higher, ties as a half, as mean of the texts' shares. The
paragraphs of the text go with neither: `score_coherence` does not look at them.

Stories are split by hash, and all versions of a story go into one part: 50 % to train, 20 % to
choose the kinds of cue and the penalty, 30 % held out. A story of FNC-1 (training part only) is
all bodies that are linked by a headline not labelled `unrelated`; of OneStopEnglish the three
levels of one text. All levels train; advanced texts alone are measured.

`--train` writes newsresearch/coherence/weights.json: one ridge regression on the differences of
original and shuffle, signals and cues scaled by their spread.

Peers in the same run: shared words of neighbouring sentences (Jaccard, all content words), and
each signal by itself; .50 is chance.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.coherence import FEWEST_SENTENCES, MEASURES
from newsresearch.coherence.cues import CUES, Sentence, read_cues, read_sentence
from newsresearch.coherence.signals import SIGNALS, read_drift, read_opening, read_signals

NEEDED = (
    "onestopenglish/texts.jsonl.gz",
    "fnc-1/train_bodies.csv.gz",
    "fnc-1/train_stances.csv.gz",
)
WEIGHTS = Path(nr.__file__).parent / "coherence" / "weights.json"
SHUFFLES, SHUFFLES_TO_TRAIN, SEED = 20, 12, 20250601
# Chosen on the development part: cues weigh less than signals before the data speak.
PENALTY, PENALTY_OF_CUES = 0.01, 0.2


class Text(NamedTuple):
    """A text of a set, and the part that its story fell into."""

    source: str
    name: str
    part: str
    body: str


def main() -> int:
    """Print the table of the development part or of the held-out one; with --train, train first."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--held-out", action="store_true", help="the part not used for choices")
    parser.add_argument("--train", action="store_true", help="write the weights anew")
    options = parser.parse_args()
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    texts = [*read_fnc(folder), *read_onestop(folder)]
    if options.train:
        write_weights([text for text in texts if text.part == "train"])
    part = "held out" if options.held_out else "development"
    print_table([text for text in texts if text.part == part], part)
    return 0


# --- texts --------------------------------------------------------------------------------------


def part_of(story: str) -> str:
    drawn = int(hashlib.sha256(f"order {story}".encode()).hexdigest(), 16) % 100
    return "train" if drawn < 50 else "development" if drawn < 70 else "held out"


def read_fnc(folder: Path) -> Iterator[Text]:
    """Yield the bodies of the training part, each text once."""
    bodies = pd.read_csv(folder / "fnc-1/train_bodies.csv.gz")
    stances = pd.read_csv(folder / "fnc-1/train_stances.csv.gz")
    stories = link(stances[stances["Stance"] != "unrelated"])
    for body_id, body in bodies.drop_duplicates("articleBody").itertuples(index=False, name=None):
        yield Text("fnc-1", str(body_id), part_of(f"fnc {stories.get(body_id, body_id)}"), body)


def link(pairs: pd.DataFrame) -> dict[int, int]:
    """Return the lowest body of the story of each body: bodies that share a headline."""
    parents: dict[object, object] = {}

    def find(thing: object) -> object:
        while parents.setdefault(thing, thing) != thing:
            thing = parents[thing]
        return thing

    for headline, body in zip(pairs["Headline"], pairs["Body ID"], strict=True):
        parents[find(("headline", headline))] = find(("body", body))
    members = defaultdict(list)
    for body in pairs["Body ID"].unique():
        members[find(("body", body))].append(body)
    return {body: min(own) for own in members.values() for body in own}


def read_onestop(folder: Path) -> Iterator[Text]:
    """Yield all levels; those not advanced only to train on."""
    with gzip.open(folder / NEEDED[0], "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            part = part_of(f"one {row['slug']}")
            if row["level"] == "advanced" or part == "train":
                yield Text("onestopenglish", f"{row['slug']}/{row['level']}", part, row["text"])


def read_all(body: str) -> list[str]:
    article = Article("text", "", body).smoothed
    return [span.of(article.body) for span in article.sentences]


def shuffles(text: Text, count: int, length: int) -> Iterator[list[int]]:
    """Yield orders that differ from the first one; the same in each run."""
    dice = random.Random(f"{SEED} {text.source} {text.name}")
    for _ in range(count):
        order = list(range(length))
        while order == sorted(order):
            dice.shuffle(order)
        yield order


# --- measuring ----------------------------------------------------------------------------------


def print_table(texts: Sequence[Text], part: str) -> None:
    shares: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for text in texts:
        sentences = read_all(text.body)
        if len(sentences) < FEWEST_SENTENCES or len(set(sentences)) < 2:
            continue
        orders = [range(len(sentences)), *shuffles(text, SHUFFLES, len(sentences))]
        scores = score([[sentences[at] for at in order] for order in orders])
        for name, values in scores.items():
            shares[name][text.source].append(share_below(values))
    print(f"{part} part; original against {SHUFFLES} shuffles, share of wins (95 % of texts' mean)")
    for name, by_source in shares.items():
        cells = [f"{source} ({len(own)}) {interval(own)}" for source, own in by_source.items()]
        print(f"{name:20}", "   ".join(cells))


def score(versions: Sequence[Sequence[str]]) -> dict[str, NDArray[np.float64]]:
    """Score the versions of a text: through the public function, and by the plain peer."""
    bodies = ["\n\n".join(version) for version in versions]
    ids = [str(at) for at in range(len(bodies))]
    table = nr.score_coherence(pd.DataFrame({"article_id": ids, "headline": "", "body": bodies}))
    columns = [measure.column for measure in MEASURES]
    peer = np.array([neighbours(version) for version in versions])
    return {
        "neighbours (peer)": peer,
        **{column: table[column].to_numpy() for column in columns[::-1]},
    }


def neighbours(sentences: Sequence[str]) -> float:
    """Return the mean Jaccard overlap of content words of neighbouring sentences."""
    sets = [set(read_sentence(sentence).stems) for sentence in sentences]
    return float(np.mean([len(a & b) / max(1, len(a | b)) for a, b in pairwise(sets)]))


def share_below(values: NDArray[np.float64]) -> float:
    first, rest = values[0], values[1:]
    # Sums of the same numbers in another order differ in the last digits: that is a tie.
    ties = np.isclose(first, rest, rtol=1e-9, atol=1e-12)
    return float(np.mean(np.where(ties, 0.5, first > rest)))


def interval(shares: Sequence[float]) -> str:
    reach = 1.96 * float(np.std(shares)) / np.sqrt(len(shares))
    return f"{np.mean(shares):.3f} ±{reach:.3f}"


# --- training -----------------------------------------------------------------------------------


def write_weights(texts: Sequence[Text]) -> None:
    """Fit signals and cues at once and write the weights; the mean difference is then 1."""
    rows, counts = [], []
    for text in texts:
        sentences = [read_sentence(sentence) for sentence in read_all(text.body)]
        if len(sentences) >= FEWEST_SENTENCES:
            first = read_row(sentences)
            orders = shuffles(text, SHUFFLES_TO_TRAIN, len(sentences))
            rows += [first - read_row([sentences[at] for at in order]) for order in orders]
            # There are four times as many bodies of FNC-1 as texts of OneStopEnglish.
            counts += [3.0 if text.source == "onestopenglish" else 1.0] * SHUFFLES_TO_TRAIN
    fitted = fit(np.array(rows), np.array(counts))
    parts = np.split(fitted, [len(SIGNALS), len(SIGNALS) + len(CUES)])
    names = {"signals": SIGNALS, "opening": CUES, "drift": CUES}
    written = {
        part: {name: round(float(value), 4) for name, value in zip(own, values, strict=True)}
        for (part, own), values in zip(names.items(), parts, strict=True)
    }
    WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"trained on {len(rows)} shuffles; {WEIGHTS.name} written")


def read_row(sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    signals, cues = read_signals(sentences), read_cues(sentences)
    own = [signals[name] for name in SIGNALS]
    return np.concatenate([own, read_opening(cues), read_drift(cues)])


def fit(rows: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    scale = rows.std(axis=0) + 1e-6
    scale[len(SIGNALS) :] *= np.sqrt(PENALTY_OF_CUES / PENALTY)
    scaled = rows / scale
    weighted = scaled * counts[:, None]
    inner = weighted.T @ scaled + PENALTY * len(rows) * np.eye(rows.shape[1])
    fitted = np.linalg.solve(inner, weighted.sum(axis=0)) / scale
    return fitted / float(counts @ (rows @ fitted) / counts.sum())


if __name__ == "__main__":
    sys.exit(main())
