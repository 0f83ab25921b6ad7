"""The texts on which `furniture.py` measures: four sets of clean bodies, four of scraped ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

Rows = list[tuple[str, str]]

NEEDED = (
    "article-extraction-benchmark/ground-truth.json.gz",
    "basil/articles.jsonl.gz",
    "onestopenglish/texts.jsonl.gz",
    "narrative-frames/articles_metadata.tsv.gz",
    "fnc-1/train_bodies.csv.gz",
    "hyperpartisan-byarticle/articles-training-byarticle-20181122.xml.gz",
    "fakenewsdata1/articles.jsonl.gz",
    "fakenewscorpus-sample/news_sample.csv.gz",
)


def read_extraction(path: Path) -> Rows:
    """Read the gold bodies of pages, by hand."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [(name, page["articleBody"]) for name, page in json.load(file).items()]


def read_basil(path: Path) -> Rows:
    """Read the articles, a paragraph a line."""
    rows = ((row["uuid"], row["body-paragraphs"]) for row in read_lines(path))
    return [(name, "\n\n".join(" ".join(part) for part in parts)) for name, parts in rows]


def read_onestop(path: Path) -> Rows:
    """Read the texts of all three levels."""
    return [(f"{row['slug']} {row['level']}", row["text"]) for row in read_lines(path)]


def read_frames(path: Path) -> Rows:
    """Read the articles, which are one paragraph each."""
    table = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    return list(zip(table["ID"], table["text"], strict=True))


def read_fnc(path: Path) -> Rows:
    """Read the bodies of the training part."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return list(zip(table["Body ID"], table["articleBody"], strict=True))


def read_real(path: Path) -> Rows:
    """Read the articles of all labels."""
    return [(row["id"], row["text"]) for row in read_lines(path)]


def read_corpus(path: Path) -> Rows:
    """Read the scraped texts."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return list(zip(table["id"], table["content"], strict=True))


def read_hyperpartisan(path: Path) -> Rows:
    """Read the articles, a paragraph a line, and the loose text between two as another."""
    with gzip.open(path) as file:
        articles = ElementTree.parse(file).getroot()
    return [(article.attrib["id"], "\n\n".join(blocks(article))) for article in articles]


def blocks(article: ElementTree.Element) -> Iterator[str]:
    loose = [article.text or ""]
    for child in article:
        if child.tag == "p":
            yield from filter(None, (tidy(loose), tidy(child.itertext())))
            loose = []
        else:
            loose += child.itertext()
        loose.append(child.tail or "")
    yield from filter(None, [tidy(loose)])


def tidy(parts: Iterator[str] | list[str]) -> str:
    return " ".join(unescape("".join(parts)).split())


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


CLEAN: dict[str, Callable[[Path], Rows]] = {
    "article-extraction-benchmark": read_extraction,
    "basil": read_basil,
    "onestopenglish": read_onestop,
    "narrative-frames": read_frames,
}
SCRAPED: dict[str, Callable[[Path], Rows]] = {
    "fnc-1": read_fnc,
    "hyperpartisan-byarticle": read_hyperpartisan,
    "fakenewsdata1": read_real,
    "fakenewscorpus-sample": read_corpus,
}
