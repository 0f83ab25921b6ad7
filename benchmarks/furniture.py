"""Page furniture: what it costs in prose, what it finds of what a reader finds, what it moves.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/furniture.py

1. Words of gold bodies that go. All of these texts are body text by the word of those who made
   the sets, so whatever goes counts as lost, the 'contributed to this report' left in them too.
2. Precision and recall by line, on 60 bodies drawn by seed from the halves of four scraped sets
   that the rules were not made on (SHA-256 of the id odd; the even halves served to make them).
   One reader, a language model, read every line after the rules were frozen and before it saw
   what they find; `furniture_gold.csv` keeps ids, line numbers and kinds. Furniture is what the
   page put around the article. It is not a caption, the signature of an embedded post (it says
   who is quoted), a dateline, a correction, what a writer's life is, a row of signs without a
   word. `debatable` lines count neither way. A credit at the end of a caption is `part` of its
   line; a line cut whole there, or in part where it should go whole, is wrong and missed.
   Judged with the rules as they stood frozen: 56 of 59 lines right (.949), 56 of 103 found (.544).
   The mends that these lines then led to show in the figures below, which are therefore no longer
   ones on unseen bodies: quote the frozen ones. Of very long lines the reader saw both ends.
3. How far tone and grade move when furniture goes, on all articles of the four sets.

The peer drops every line of fewer than five words without a mark at its end.
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from math import isnan, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
from furniture_data import CLEAN, NEEDED, SCRAPED, Rows
from public_data import find_data

from newsresearch.furniture import Furniture, find_furniture
from newsresearch.readability import count_text, flesch_kincaid_grade
from newsresearch.sentiment import NEGATIVE, POSITIVE, mean_tone, tone

GOLD = Path(__file__).with_name("furniture_gold.csv")
DRAWN, SEED = 15, 20261122


def main() -> int:
    """Print the three tables, or say in one line why there are none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    paths = {Path(name).parts[0]: folder / name for name in NEEDED}
    print_losses({name: read(paths[name]) for name, read in CLEAN.items()})
    scraped = {name: read(paths[name]) for name, read in SCRAPED.items()}
    print_found(scraped)
    print_moves(scraped)
    return 0


# --- the systems --------------------------------------------------------------------------------

LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


def lines_of(text: str) -> list[tuple[int, int]]:
    """Return where each line that holds more than blanks begins and ends, blanks left out."""
    found = []
    for line in LINE.finditer(text):
        stripped = line[0].strip()
        if stripped:
            start = line.start() + line[0].find(stripped)
            found.append((start, start + len(stripped)))
    return found


def find_short(text: str) -> list[Furniture]:
    """Find lines of fewer than five words without a mark at the end: the peer."""
    lines = [(start, end, text[start:end]) for start, end in lines_of(text)]
    return [
        Furniture(start, end, "short", "a short line")
        for start, end, line in lines
        if len(line.split()) < 5 and not re.search(r"[.!?…:;,][\"'”’)\]]*$", line)
    ]


SYSTEMS: dict[str, Callable[[str], list[Furniture]]] = {
    "find_furniture": find_furniture,
    "short lines": find_short,
}


def strip_with(find: Callable[[str], list[Furniture]], text: str) -> str:
    """Return the text without the pieces."""
    kept, at = [], 0
    for piece in find(text):
        kept.append(text[at : piece.start])
        at = piece.end
    return "".join(kept) + text[at:]


# --- 1: prose lost ------------------------------------------------------------------------------


def print_losses(sets: dict[str, Rows]) -> None:
    """Print the share of words that go from texts that are body text throughout."""
    print("words of gold bodies that go, %")
    print(f"{'':<32}{'bodies':>8}{'words':>10}" + "".join(f"{name:>18}" for name in SYSTEMS))
    for name, rows in sets.items():
        words = sum(len(text.split()) for _, text in rows)
        cells = ""
        for find in SYSTEMS.values():
            lost = sum(len(text[p.start : p.end].split()) for _, text in rows for p in find(text))
            cells += f"{100 * lost / words:>18.3f}"
        print(f"{name:<32}{len(rows):>8}{words:>10,}{cells}")


# --- 2: lines by hand ---------------------------------------------------------------------------


def draw(rows: Rows) -> Rows:
    """Draw bodies from the half that the rules were not made on."""
    unseen = [(name, text) for name, text in rows if is_odd(name) and text.strip()]
    return random.Random(SEED).sample(unseen, DRAWN)


def is_odd(name: str) -> bool:
    """Tell whether the SHA-256 of an id is odd."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def print_found(sets: dict[str, Rows]) -> None:
    """Print precision and recall by line against the lines a reader marked."""
    gold = pd.read_csv(GOLD, dtype=str, keep_default_na=False)
    marked = {
        (row.set, row.article_id, int(row.line)): row.kind
        for row in gold.itertuples()
        if row.kind != "sampled"
    }
    drawn = {name: draw(rows) for name, rows in sets.items()}
    told = set(zip(gold["set"], gold["article_id"], strict=True))
    if told != {(name, article) for name, rows in drawn.items() for article, _ in rows}:
        sys.exit(f"{GOLD.name} was not made on these bodies")
    print(f"\n{len(told)} bodies read, {len(marked)} lines marked")
    print(f"{'':<32}{'lines':>7}{'marked':>8}" + f"{'right':>8}{'wrong':>7}{'missed':>8}" * 2)
    totals = {name: Counter[str]() for name in SYSTEMS}
    for name, rows in drawn.items():
        counts = [count(name, rows, marked, find) for find in SYSTEMS.values()]
        print_counts(name, counts)
        for total, found in zip(totals.values(), counts, strict=True):
            total.update(found)
    print_counts("all", list(totals.values()))
    for name, total in totals.items():
        right = total["right"]
        precision, recall = (rate(right, right + total[side]) for side in ("wrong", "missed"))
        print(f"{name}: precision {precision}, recall {recall}")
    print_kinds(totals["find_furniture"])


def count(
    name: str,
    rows: Rows,
    marked: dict[tuple[str, str, int], str],
    find: Callable[[str], list[Furniture]],
) -> Counter[str]:
    """Count lines that are right, wrong, missed."""
    counts: Counter[str] = Counter()
    for article, text in rows:
        cut = cut_lines(text, find(text))
        for at in range(len(lines_of(text))):
            kind = marked.get((name, article, at), "")
            counts["lines"] += 1
            if kind == "debatable":
                continue
            wanted = "part" if kind == "part" else "whole" if kind else ""
            counts["marked"] += bool(wanted)
            counts["right"] += bool(wanted) and cut[at] == wanted
            counts["wrong"] += bool(cut[at]) and cut[at] != wanted
            counts["missed"] += bool(wanted) and cut[at] != wanted
            if wanted:
                counts[f"{'found' if cut[at] == wanted else 'left'} {kind}"] += 1
    return counts


def cut_lines(text: str, pieces: list[Furniture]) -> list[str]:
    """Tell of each line whether it goes: `whole`, `part` or not at all."""
    result = []
    for start, end in lines_of(text):
        inside = [p for p in pieces if p.start < end and p.end > start]
        kept = set(range(start, end)) - {at for p in inside for at in range(p.start, p.end)}
        left = any(not text[at].isspace() for at in kept)
        result.append("" if not inside else "part" if left else "whole")
    return result


def print_counts(name: str, counts: list[Counter[str]]) -> None:
    cells = "".join(f"{c['right']:>8}{c['wrong']:>7}{c['missed']:>8}" for c in counts)
    print(f"{name:<32}{counts[0]['lines']:>7}{counts[0]['marked']:>8}{cells}")


def print_kinds(counts: Counter[str]) -> None:
    """Print how many lines of each kind were found."""
    pairs = sorted((key.split(" ", 1)[1], key.split(" ", 1)[0]) for key in counts if " " in key)
    for kind, _ in groupby(pairs, key=lambda pair: pair[0]):
        found, left = counts[f"found {kind}"], counts[f"left {kind}"]
        print(f"  {kind:<30}{found:>7} of {found + left}")


def rate(part: int, whole: int) -> str:
    """Return a share with its 95 % interval after Wilson."""
    if not whole:
        return "-"
    p, z2 = part / whole, 1.96**2
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = 1.96 * sqrt(p * (1 - p) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return f"{p:.3f} ({part} of {whole}; {middle - half:.3f} to {middle + half:.3f})"


# --- 3: what it moves ---------------------------------------------------------------------------

MEASURES: dict[str, Callable[[str], float]] = {
    "mean of sentences": mean_tone,
    "whole text": tone,
    "grade": lambda text: flesch_kincaid_grade(count_text(text)),
}


def print_moves(sets: dict[str, Rows]) -> None:
    """Print how far tone and grade move, over all articles."""
    print(
        "\nmoved when furniture goes: mean change of all articles, and of those with any; flips, %"
    )
    print(f"{'':<48}{'tone, mean of sentences':>28}{'tone, whole text':>28}{'grade':>17}")
    for system, find in SYSTEMS.items():
        for name, rows in sets.items():
            texts = [text for _, text in rows if text.strip()]
            pairs = [(text, strip_with(find, text)) for text in texts]
            changed = [(a, b) for a, b in pairs if a != b]
            cells = "".join(move_cells(measure, changed, len(texts)) for measure in MEASURES)
            share = 100 * len(changed) / len(texts)
            print(f"{system:<16}{name:<25}{share:>5.1f} %{cells}")


def move_cells(measure: str, changed: list[tuple[str, str]], articles: int) -> str:
    score = MEASURES[measure]
    scores = [(score(a), score(b)) for a, b in changed if b.strip()]
    scores = [(a, b) for a, b in scores if not isnan(a) and not isnan(b)]
    moves = np.array([abs(a - b) for a, b in scores])
    cells = f"{moves.sum() / articles:>9.3f}{moves.mean():>8.3f}"
    if measure == "grade":
        return cells
    flips = sum(classify(a) != classify(b) for a, b in scores)
    return f"{cells}{100 * flips / articles:>8.1f} %"


def classify(value: float) -> int:
    """Return 1 for positive, -1 for negative, 0 between the bounds."""
    return int(value >= POSITIVE) - int(value <= NEGATIVE)


if __name__ == "__main__":
    sys.exit(main())
