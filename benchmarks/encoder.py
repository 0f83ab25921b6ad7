"""The optional encoder on development pairs: stance, contrasts, hand-written headlines.

    NEWSRESEARCH_DATA=folder python benchmarks/encoder.py [--contrasts FOLDER] [--probes FILE]

Runs the model as the package does. FNC-1: the development stories of the training part
(benchmarks/train_encoder.py), on which it was chosen. Contrasts: the development part that
benchmarks/contrasts.py writes, by kind. Probes: a table with columns set, article_id, kind,
label, headline of headlines written by hand for articles of other sets; each kind is held
against those that the body bears out, by the support head and, beside it, by the stance head
alone, which has seen FNC-1 only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from encoder_scores import Floats, score_stances, score_support
from encoder_split import split_stances
from public_data import find_data
from stance_data import STANCES, auc

import newsresearch as nr
from newsresearch.encoder import LABELS, Readings, read_pairs

NEEDED = ("fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz")


def main() -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--contrasts", type=Path)
    parser.add_argument("--probes", type=Path)
    parser.add_argument("--most", type=int, default=100_000, help="pairs of FNC-1 and contrasts")
    arguments = parser.parse_args()
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    pairs = split_stances(folder, "dev")
    pairs = pairs.iloc[:: max(1, len(pairs) // arguments.most)]
    found = read_pairs(list(zip(pairs["Headline"], pairs["articleBody"], strict=True)))
    gold = np.array([STANCES.index(stance) for stance in pairs["Stance"]])
    print(f"FNC-1, development stories\n{score_stances(gold, found.stance)}", flush=True)
    if arguments.contrasts:
        print_contrasts(arguments.contrasts / "contrasts_dev.jsonl.gz", arguments.most)
    if arguments.probes:
        print_probes(pd.read_csv(arguments.probes))
    return 0


def print_contrasts(path: Path, most: int) -> None:
    """Print the scores on the development part of the contrasts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        table = pd.DataFrame([json.loads(line) for line in lines])
    table = table.iloc[:: max(1, len(table) // most)]
    found = read_pairs(list(zip(table["headline"], table["body"], strict=True)))
    gold = np.array([LABELS.index(label) for label in table["label"]])
    print(f"contrasts, development part\n{score_support(gold, found.support)}")
    print_kinds(table["kind"].tolist(), table["label"].tolist(), found)


def print_probes(table: pd.DataFrame) -> None:
    """Print the scores on headlines written by hand."""
    bodies = {
        (name, row.article_id): row.body
        for name in sorted(set(table["set"]))
        for row in nr.load_dataset(name).itertuples()
    }
    keys = zip(table["set"], table["article_id"], strict=True)
    found = read_pairs(list(zip(table["headline"], map(bodies.get, keys), strict=True)))
    gold = np.array([LABELS.index(label) for label in table["label"]])
    print(f"headlines by hand\n{score_support(gold, found.support)}")
    print_kinds(table["kind"].tolist(), table["label"].tolist(), found)


def print_kinds(kinds: Sequence[str], labels: Sequence[str], found: Readings) -> None:
    """Print, for each kind, the AUC against borne out: of its label, of doubt, of the stance."""
    good = np.array([label == "borne_out" for label in labels])
    ours = np.array(kinds)
    stance: Floats = found.stance[:, 1] - found.stance[:, 0]
    doubt = 1 - found.support[:, 0]
    print("  kind (n): AUC of contradicted, of 1 - borne_out, of disagree less agree (stance)")
    for kind in sorted(set(ours[~good])):
        both = good | (ours == kind)
        mine = (ours == kind)[both]
        cells = [auc(values[both], mine) for values in (found.support[:, 1], doubt, stance)]
        told = " ".join(f"{value:.3f}" for value in cells)
        print(f"  {kind:<16} ({int(mine.sum())}): {told}")
    contradicted = np.array([label == "contradicted" for label in labels])
    both = good | contradicted
    cells = [
        auc(values[both], contradicted[both]) for values in (found.support[:, 1], doubt, stance)
    ]
    print("  all contradicted: " + " ".join(f"{value:.3f}" for value in cells))
    for kind in sorted(set(ours[good])):
        share = float(np.mean(found.support[ours == kind].argmax(1) == 0))
        print(f"  {kind:<16} ({int((ours == kind).sum())}): taken as borne out {share:.2f}")


if __name__ == "__main__":
    sys.exit(main())
