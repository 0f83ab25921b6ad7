"""The articles of which contrasts are made, each with its story, and what a pair is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from order import link
from stance_data import load_pairs

import newsresearch as nr
from newsresearch.plain import straighten

BORNE_OUT = "borne_out"
LONGEST_BODY = 5_000


class Text(NamedTuple):
    """An article to make pairs of, and the part that its story fell into."""

    story: str
    headline: str
    body: str

    @property
    def part(self) -> str:
        """The part: 'dev' for one story in ten."""
        return part_of(self.story)


class Pair(NamedTuple):
    """A headline and a body, and what the one is to the other."""

    headline: str
    body: str
    label: str
    kind: str
    evidence: str
    story: str


def part_of(story: str) -> str:
    """Return 'dev' for one story in ten (of FNC-1: in five), else 'train'; always the same.

    The salt is one that gives the development part of FNC-1 its share of each stance.
    """
    drawn = int(hashlib.sha256(f"contrasts 33 {story}".encode()).hexdigest(), 16) % 10
    return "dev" if drawn < (2 if story.startswith("fnc ") else 1) else "train"


def read_texts(folder: Path) -> Iterator[Text]:
    """Yield the articles of the sets that may be trained on."""
    yield from read_fnc(folder)
    for name in ("fakenewscorpus-sample", "fakenewsdata1", "article-extraction-benchmark"):
        table = nr.load_dataset(name)
        if name == "fakenewsdata1":
            table = table[table["label"] != "real"]
        for row in table.itertuples():
            yield Text(f"{name} {row.article_id}", row.headline, row.body[:LONGEST_BODY])
    for name, group in (("babe", "topic"), ("newsmtsc", "target")):
        yield from gather(name, nr.load_dataset(name), group)
    titles = nr.load_dataset("clickbait")
    titles = titles[titles["label"] == "other"]
    titles = titles.assign(body=titles["headline"].str.rstrip(".") + ".").sample(
        3000, random_state=7
    )
    yield from gather("clickbait", titles.assign(none=""), "none")


def read_fnc(folder: Path) -> Iterator[Text]:
    """Yield FNC-1's training bodies; stories are joined by headlines that are not unrelated."""
    pairs = load_pairs(folder / "fnc-1", "train")
    stories = link(pairs[pairs["Stance"] != "unrelated"])
    for row in pairs.drop_duplicates("articleBody").itertuples():
        story = stories.get(row._2, row._2)
        yield Text(f"fnc {story}", "", row.articleBody[:LONGEST_BODY])


def gather(name: str, table: pd.DataFrame, group: str) -> Iterator[Text]:
    """Yield bodies put together from eight single sentences of one topic."""
    table = table.drop_duplicates("body").sort_values([group, "article_id"], kind="stable")
    sentences = [" ".join(straighten(body).split()) for body in table["body"]]
    for start in range(0, len(sentences), 8):
        own = sentences[start : start + 8]
        own = [s if s[-1:] in '.!?"' else f"{s}." for s in own]
        yield Text(f"{name} {start // 8}", "", "\n\n".join(own))


def read_headed(folder: Path) -> Iterator[Text]:
    """Yield bodies with a real headline that they bear out."""
    pairs = load_pairs(folder / "fnc-1", "train")
    stories = link(pairs[pairs["Stance"] != "unrelated"])
    for row in pairs[pairs["Stance"] == "agree"].itertuples():
        story = f"fnc {stories.get(row._2, row._2)}"
        yield Text(story, straighten(row.Headline), straighten(row.articleBody[:LONGEST_BODY]))
    for text in read_texts(folder):
        if text.headline and not text.headline.istitle():
            yield text._replace(headline=straighten(text.headline), body=straighten(text.body))
