"""Sentence boundaries in real news: split_sentences beside pysbd, blingfire and two patterns.

Run: ``NEWSRESEARCH_DATA=<folder that holds basil/> python benchmarks/sentences.py``

The gold, ``sentence_gold.csv``, holds ids and numbers only. It covers 45 articles of BASIL (Fan
et al., 2019) drawn by seed: 15 for development, 30 for the test, no event in both. In each
paragraph all boundaries that BASIL, ours or a peer proposes were taken. Those that all agree on
are gold (``agreed``). For the rest one reader, a language model that did not see who proposed
what, read the whole paragraph and kept a boundary (``hand``) or not (``refused``): a sentence
begins where a careful editor would begin one, inside quotations as well, but not at
an attribution after a quoted question; dots that stand for left-out words stay with the sentence
before. No paragraph had to be left out for a caption or byline glued to its text. The paragraphs
are short, so long-text behaviour is not measured here.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import Pool, TimeoutError
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from public_data import find_data

from newsresearch.text import split_sentences

GOLD = Path(__file__).with_name("sentence_gold.csv")
SEED = 20240607
LIMIT = 20.0  # seconds for one paragraph
ROUNDS = 5  # the fastest of these counts

NEEDED = "basil/articles.jsonl.gz"


class Paragraph(NamedTuple):
    """A paragraph with the offsets where its second and later sentences begin."""

    part: str
    text: str
    gold: frozenset[int]
    refused: frozenset[int]


class Run(NamedTuple):
    """What one splitter made of a list of texts."""

    found: list[frozenset[int]]
    seconds: float
    hung: int


# --- splitters: text -> offsets where a sentence begins -----------------------------------------


def split_ours(text: str) -> list[int]:
    return [span.start for span in split_sentences(text)]


@cache
def _pysbd_segmenter() -> Any:
    return import_module("pysbd").Segmenter(language="en", clean=False)


def split_pysbd(text: str) -> list[int]:
    starts, cursor = [], 0
    for piece in _pysbd_segmenter().segment(text):
        at = text.find(piece.strip(), cursor)
        if at >= 0:  # it can lose or change text
            starts.append(at)
            cursor = at + len(piece.strip())
    return starts


def split_blingfire(text: str) -> list[int]:
    _, offsets = import_module("blingfire").text_to_sentences_and_offsets(text)
    return [start for start, _ in offsets]


_TEXTSTAT = re.compile(r"\b[^.!?]+[.!?]*")  # count_sentences of textstat 0.7.8
_CLOSERS = re.compile(r"[\"'”’)\]]*\s*")
_NAIVE = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z])")


def split_textstat(text: str) -> list[int]:
    """Begin a sentence after each match; closing marks, which it drops, stay with the old one."""
    ends = (found.end() for found in _TEXTSTAT.finditer(text))
    return [closed.end() for end in ends if (closed := _CLOSERS.match(text, end))]


def split_naive(text: str) -> list[int]:
    return [found.end() for found in _NAIVE.finditer(text)]


SPLITTERS: dict[str, Callable[[str], list[int]]] = {
    "newsresearch": split_ours,
    "pysbd": split_pysbd,
    "blingfire": split_blingfire,
    "textstat pattern": split_textstat,
    "stop + capital": split_naive,
}
PEERS = ("pysbd", "blingfire")


def find_boundaries(name: str, text: str) -> frozenset[int]:
    """Return the offsets inside the text where a new sentence begins."""
    return frozenset(start for start in SPLITTERS[name](text) if 0 < start < len(text))


def _time_boundaries(name: str, text: str) -> tuple[frozenset[int], float]:
    find_boundaries(name, "Warm up.")
    spent = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        found = find_boundaries(name, text)
        spent.append(perf_counter() - begun)
    return found, min(spent)


def run_guarded(name: str, texts: Iterable[str]) -> Run:
    """Split each text in a worker that may be killed: pysbd hangs on some lists of citations."""
    found, seconds, hung = [], 0.0, 0
    pool = Pool(1)
    for text in texts:
        try:
            starts, spent = pool.apply_async(_time_boundaries, (name, text)).get(LIMIT)
        except TimeoutError:
            pool.terminate()
            pool = Pool(1)
            starts, spent, hung = frozenset(), LIMIT, hung + 1
        found.append(starts)
        seconds += spent
    pool.terminate()
    return Run(found, seconds, hung)


# --- data and gold ------------------------------------------------------------------------------


def join_paragraph(sentences: list[str]) -> str:
    """Rebuild a paragraph from the sentences that BASIL gives."""
    return " ".join(" ".join(sentences).split())


def read_basil(path: Path) -> dict[str, list[list[str]]]:
    """Return the paragraphs of each article, as lists of sentences."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return {article["id"]: article["body-paragraphs"] for article in articles}


def load_paragraphs(basil: dict[str, list[list[str]]]) -> list[Paragraph]:
    """Join the gold with the text of every paragraph of its articles that is not empty."""
    with GOLD.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    parts = {row["article_id"]: row["part"] for row in rows}
    missing = sorted(parts.keys() - basil.keys())
    if missing:
        sys.exit(
            f"{len(missing)} gold articles are not in the data ({missing[0]}): get all of BASIL"
        )
    marks: dict[tuple[str, int], dict[str, set[int]]] = {}
    for row in rows:
        if row["paragraph"]:
            mark = marks.setdefault((row["article_id"], int(row["paragraph"])), {})
            mark.setdefault(row["judged"], set()).add(int(row["offset"]))
    return [
        _mark(parts[article_id], join_paragraph(sentences), marks.get((article_id, index), {}))
        for article_id in parts
        for index, sentences in enumerate(basil[article_id])
        if any(sentences)
    ]


def _mark(part: str, text: str, mark: dict[str, set[int]]) -> Paragraph:
    gold = frozenset(mark.get("agreed", set()) | mark.get("hand", set()))
    return Paragraph(part, text, gold, frozenset(mark.get("refused", set())))


# --- measures -----------------------------------------------------------------------------------


def score(gold: list[frozenset[int]], found: list[frozenset[int]]) -> list[str]:
    """Return tp, fp, fn, precision, recall and F1 as cells of the table."""
    pairs = list(zip(gold, found, strict=True))
    tp = sum(len(right & seen) for right, seen in pairs)
    fp = sum(len(seen - right) for right, seen in pairs)
    fn = sum(len(right - seen) for right, seen in pairs)
    rates = (tp / max(1, tp + fp), tp / max(1, tp + fn), 2 * tp / max(1, 2 * tp + fp + fn))
    return [str(tp), str(fp), str(fn), *(f"{rate:.3f}" for rate in rates)]


_PLAIN = re.compile(r"(?<=[^\W\d_A-Z]\. )(?=[A-Z][a-z])")


def lose_spaces(paragraphs: list[Paragraph]) -> Iterator[tuple[str, frozenset[int]]]:
    """Delete the space at a seeded third of the plain boundaries; give the new offsets."""
    plain = [
        (index, found.start())
        for index, paragraph in enumerate(paragraphs)
        for found in _PLAIN.finditer(paragraph.text)
        if found.start() in paragraph.gold and paragraph.text[found.start() - 3].islower()
    ]
    drawn = sorted(random.Random(SEED).sample(plain, len(plain) // 3))
    for index in sorted({index for index, _ in drawn}):
        offsets = [offset for where, offset in drawn if where == index]
        text = paragraphs[index].text
        for offset in reversed(offsets):
            text = text[: offset - 1] + text[offset:]
        yield text, frozenset(offset - 1 - before for before, offset in enumerate(offsets))


# --- the table ----------------------------------------------------------------------------------

HEAD = ["tp", "fp", "fn", "prec", "rec", "F1"]


def compare(name: str, paragraphs: list[Paragraph]) -> tuple[list[str], float, str]:
    """Return the cells of one splitter, its seconds, and a note on what was not judged."""
    run = run_guarded(name, (paragraph.text for paragraph in paragraphs))
    cells = [name]
    for part in ("dev", "test"):
        at = [index for index, paragraph in enumerate(paragraphs) if paragraph.part == part]
        cells += score([paragraphs[i].gold for i in at], [run.found[i] for i in at])
    lost = list(lose_spaces([paragraph for paragraph in paragraphs if paragraph.part == "test"]))
    reached = run_guarded(name, (text for text, _ in lost)).found
    hits = sum(len(gold & seen) for (_, gold), seen in zip(lost, reached, strict=True))
    cells.append(f"{hits}/{sum(len(gold) for _, gold in lost)}")
    unjudged = sum(
        len(seen - paragraph.gold - paragraph.refused)
        for paragraph, seen in zip(paragraphs, run.found, strict=True)
    )
    return cells, run.seconds, f"{name}: {unjudged} not judged, {run.hung} paragraphs hung"


def main() -> None:
    """Print the table, or say in one line why there is none."""
    folder = find_data([NEEDED])
    if folder is None:
        return
    absent = [peer for peer in PEERS if find_spec(peer) is None]
    for peer in absent:
        print(f"{peer} is not installed: left out (it is in the dependency group 'bench')")
    paragraphs = load_paragraphs(read_basil(folder / NEEDED))
    names = [name for name in SPLITTERS if name not in absent]
    results = [compare(name, paragraphs) for name in names]
    print(f"{'':16}{'dev':>18}{'':18}{'test':>18}{'':18}{'lost':>9}{'speed':>8}")
    print(_line(["splitter", *HEAD, *HEAD, "spaces", "ours=1"]))
    for cells, seconds, _ in results:
        print(_line([*cells, f"{results[0][1] / seconds:.2f}"]))
    print("\n".join(note for *_, note in results))


def _line(cells: list[str]) -> str:
    return (
        f"{cells[0]:16}"
        + "".join(f"{cell:>6}" for cell in cells[1:13])
        + (f"{cells[13]:>9}{cells[14]:>8}")
    )


if __name__ == "__main__":
    main()
