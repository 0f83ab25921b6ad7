"""The articles on which `checks.py` measures the incoherence checks, from published data sets.

Three samples. `first`: 310 articles, whose wrong findings were then used to mend the checks.
`fresh`: 482 articles that nobody had looked at before. `fourth`: 1,016 articles without a
judgement before, from six sets: those with an even SHA-256 of `source|article_id`.
Of FNC-1's bodies with a headline labelled `agree`, 200 served to tune the checks, 150 more are in
the first sample, the rest in the fresh.

QAGS was meant for the fresh sample too and is left out: both its parts come lower-cased (no
capital is left but the first of a sentence) and as one paragraph.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
from check_measured import JUDGED

import newsresearch as nr

NEEDED = (
    "onestopenglish/texts.jsonl.gz",
    "fakenewsdata1/articles.jsonl.gz",
    "fnc-1/train_bodies.csv.gz",
    "fnc-1/train_stances.csv.gz",
    "hyperpartisan-byarticle/articles-training-byarticle-20181122.xml.gz",
)
FOURTH_NEEDED = (
    *NEEDED,
    "basil/articles.jsonl.gz",
    "fakenewscorpus-sample/news_sample.csv.gz",
    "article-extraction-benchmark/ground-truth.json.gz",
)
TUNED, TUNING_SEED = 200, 3
DRAWN, FIRST_SEED, FRESH_SEED = 150, 20250117, 20250118
# Below this share of the words in paragraphs, the rest of the article is lost as loose text.
LEAST_IN_PARAGRAPHS = 0.6

Row = tuple[str, str, str]


def load_sample(folder: Path, sample: str) -> pd.DataFrame:
    """Return a sample: an Articles table with `source`, the folder it comes from."""
    readers = SAMPLES[sample]
    rows = [(name, *row) for name, read in readers.items() for row in read(folder / name)]
    return pd.DataFrame(rows, columns=["source", "article_id", "headline", "body"])


def read_onestop(folder: Path) -> list[Row]:
    """Read the advanced texts, which have no headline."""
    rows = read_lines(folder / "texts.jsonl.gz")
    return [(row["slug"], "", row["text"]) for row in rows if row["level"] == "advanced"]


def read_real(folder: Path) -> list[Row]:
    """Read the articles labelled as real."""
    rows = read_lines(folder / "articles.jsonl.gz")
    return [(row["id"], row["title"], row["text"]) for row in rows if row["label"] == "real"]


def read_lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def draw_fnc(folder: Path) -> list[Row]:
    """Draw from the bodies that were not used for tuning."""
    return random.Random(FIRST_SEED).sample(read_untuned(folder), DRAWN)


def keep_fnc(folder: Path) -> list[Row]:
    """Keep what neither the tuning nor the first sample used."""
    drawn = set(draw_fnc(folder))
    return [row for row in read_untuned(folder) if row not in drawn]


def read_untuned(folder: Path) -> list[Row]:
    """Read the bodies with an agreeing headline, without those used for tuning."""
    bodies = pd.read_csv(folder / "train_bodies.csv.gz")
    stances = pd.read_csv(folder / "train_stances.csv.gz").query("Stance == 'agree'")
    pairs = bodies.merge(stances.drop_duplicates("Body ID"), on="Body ID", how="inner")
    columns = (pairs["Body ID"].astype(str), pairs["Headline"], pairs["articleBody"])
    rows = list(zip(*columns, strict=True))
    random.Random(TUNING_SEED).shuffle(rows)
    return rows[TUNED:]


def draw_hyperpartisan(folder: Path) -> list[Row]:
    """Draw from the articles whose text is in paragraphs."""
    return random.Random(FRESH_SEED).sample(read_hyperpartisan(folder), DRAWN)


def read_hyperpartisan(folder: Path) -> list[Row]:
    """Read the articles whose text is in paragraphs; links and loose text go."""
    with gzip.open(folder / Path(NEEDED[-1]).name) as file:
        articles = ElementTree.parse(file).getroot()
    rows: dict[str, Row] = {}
    for article in articles:
        paragraphs = [unescape("".join(p.itertext())).strip() for p in article.iter("p")]
        body = "\n\n".join(filter(None, paragraphs))
        whole = len(" ".join(article.itertext()).split())
        if len(body.split()) >= LEAST_IN_PARAGRAPHS * whole:
            rows.setdefault(body, (article.attrib["id"], unescape(article.attrib["title"]), body))
    return list(rows.values())


SAMPLES: dict[str, dict[str, Callable[[Path], list[Row]]]] = {
    "fresh": {"fnc-1": keep_fnc, "hyperpartisan-byarticle": draw_hyperpartisan},
    "first": {"onestopenglish": read_onestop, "fakenewsdata1": read_real, "fnc-1": draw_fnc},
}


# --- the fourth sample --------------------------------------------------------------------------

LOADED = ("basil", "fakenewscorpus-sample", "article-extraction-benchmark")


def load_fourth(folder: Path) -> pd.DataFrame:
    """Return the fourth sample: the even half of what nobody had judged or drawn before."""
    names = ["source", "article_id", "headline", "body"]
    articles = pd.DataFrame(list(read_fourth(folder)), columns=names).fillna("")
    older = pd.concat([load_sample(folder, sample) for sample in SAMPLES])
    judged = pd.read_csv(JUDGED, dtype={"article_id": "str"})
    judged = judged[~judged["sample"].str.startswith(("fourth", "fifth"))]
    seen = {key for known in (older, judged) for key in _keys(known)}
    fresh = [key not in seen and _is_even(*key) for key in _keys(articles)]
    return articles[fresh].drop_duplicates(names[:2]).reset_index(drop=True)


def read_fourth(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for row in read_hyperpartisan(folder / "hyperpartisan-byarticle"):
        yield "hyperpartisan-byarticle", *row
    for line in read_lines(folder / "fakenewsdata1/articles.jsonl.gz"):
        yield "fakenewsdata1", line["id"], line["title"], line["text"]
    for name in LOADED:
        for article in nr.load_dataset(name).itertuples():
            yield name, article.article_id, article.headline, article.body
    for row in read_bodies(folder / "fnc-1"):
        yield "fnc-1", *row


def read_bodies(folder: Path) -> list[Row]:
    """Read all bodies, each with the headline that is nearest to it; empty if none is related."""
    bodies = pd.read_csv(folder / "train_bodies.csv.gz")
    stances = pd.read_csv(folder / "train_stances.csv.gz")
    order = {"agree": 0, "discuss": 1, "disagree": 2, "unrelated": 3}
    stances = stances.assign(near=stances["Stance"].map(order)).sort_values("near", kind="stable")
    pairs = bodies.merge(stances.drop_duplicates("Body ID"), on="Body ID", how="left")
    headlines = pairs["Headline"].where(pairs["Stance"] != "unrelated", "")
    return list(zip(pairs["Body ID"].astype(str), headlines, pairs["articleBody"], strict=True))


def _keys(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["source"], table["article_id"], strict=True))


def _is_even(source: str, article_id: str) -> bool:
    return hashlib.sha256(f"{source}|{article_id}".encode()).digest()[-1] % 2 == 0
