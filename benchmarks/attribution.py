"""Who says what: how many quotations get a speaker, and how many the right one.

    NEWSRESEARCH_DATA=folder python benchmarks/attribution.py

1. Every body of five sets: the share on which nothing is raised, and the share of direct quotations
   that get a speaker.
2. BASIL's own gold: annotated spans that are marked as a quotation and name the speaker. A speaker
   is right if the last word of the gold name is a word of ours. Articles are halved by the SHA-256
   of their ids; the rules were mended on the development half, the other was run at the end. The
   spans were marked because they are biased, so they are no fair sample of quotations; speakers
   that the gold calls by a kind ('other …', '… officials') are left out.
3. Quotations read by hand, one reader (a language model), drawn by seed from articles of the half
   that was not used before: `attribution_gold.csv` keeps ids, places and the judgement. `right`:
   the speaker and the resolved name are whom the text means; `none`: no speaker is given. `named`:
   the text tells who speaks. A speaker that has changed since is counted as not judged.

Beside it, in the same run: the capitalised name that is nearest to a verb of speech in the
sentences of the quotation, by one regular expression.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from check_data import read_lines
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article, iter_articles
from newsresearch.attribution import DIRECT, attributions, said_by
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate

SETS = {
    "fnc-1": "train",
    "basil": None,
    "hyperpartisan": None,
    "fakenewsdata1": None,
    "fakenewscorpus-sample": None,
}
NEEDED = (
    "fnc-1/train_bodies.csv.gz",
    "fnc-1/train_stances.csv.gz",
    "basil/articles.jsonl.gz",
    "hyperpartisan-byarticle/articles-training-byarticle-20181122.xml.gz",
    "fakenewsdata1/articles.jsonl.gz",
    "fakenewscorpus-sample/news_sample.csv.gz",
)
GROUPS = ("attribution", "anonymous")
JUDGED = Path(__file__).with_name("attribution_gold.csv")
VERB = re.compile(
    r"\b(?:said|says|told|added|asked|wrote|tweeted|claimed|denied|announced|explained|noted"
    r"|insisted|argued|warned|according to)\b"
)
NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,3}")


def main() -> int:
    """Print the three tables, or say in one line why there are none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    sets = {name: load(name) for name in SETS}
    print_coverage(sets)
    print_basil(sets["basil"], folder)
    print_judged(sets)
    return 0


def load(name: str) -> pd.DataFrame:
    """Load a set, each body once."""
    articles = nr.load_dataset(name, SETS[name]) if SETS[name] else nr.load_dataset(name)
    return articles[articles["body"] != ""].drop_duplicates("body")


def is_development(article_id: str) -> bool:
    return hashlib.sha256(article_id.encode()).digest()[0] % 2 == 0


# --- 1. coverage --------------------------------------------------------------------------------


def print_coverage(sets: dict[str, pd.DataFrame]) -> None:
    print("set                    articles  no error  direct  with speaker  peer  reported")
    for name, articles in sets.items():
        counts: Counter[str] = Counter()
        for article in iter_articles(articles):
            counts["articles"] += 1
            try:
                count_article(article.smoothed, counts)
            except Exception as problem:  # what is counted here
                print(f"{name} {article.article_id}: {problem!r}")
        direct = max(1, counts["direct"])
        print(
            f"{name:22}{counts['articles']:>9}{counts['whole'] / counts['articles']:>10.3f}"
            f"{counts['direct']:>8}{counts['ours'] / direct:>14.3f}{counts['peer'] / direct:>6.3f}"
            f"{counts['reported']:>10}"
        )


def count_article(article: Article, counts: Counter[str]) -> None:
    for one in attributions(article):
        counts[one.kind] += 1
        if one.kind == DIRECT:
            counts["ours"] += one.speaker is not None
            counts["peer"] += find_peer(article, one.span) is not None
    counts["whole"] += 1


def find_peer(article: Article, span: Span) -> Span | None:
    """Return the capitalised name nearest to a verb of speech in the sentences of a quotation."""
    sentences = article.sentences
    start = sentences[locate(sentences, span.start)].start
    end = max(sentences[locate(sentences, span.end - 1)].end, span.end)
    outside = [(start, span.start), (span.end, end)]
    verbs = [m.start() for a, b in outside for m in VERB.finditer(article.body, a, b)]
    names = [Span(*m.span()) for a, b in outside for m in NAME.finditer(article.body, a, b)]
    pairs = [(abs(name.start - verb), name) for verb in verbs for name in names]
    return min(pairs)[1] if pairs else None


# --- 2. BASIL's gold ----------------------------------------------------------------------------


def print_basil(articles: pd.DataFrame, folder: Path) -> None:
    head = "spans  ours: right wrong none  precision  recall  peer: the same"
    print(f"\nBASIL: half           {head}")
    gold = list(read_gold(articles, folder))
    for half, wanted in (("development", True), ("held out", False)):
        ours, peer = Counter[str](), Counter[str]()
        rows = [row for row in gold if is_development(row[0].article_id) == wanted]
        for article, span, name in rows:
            one = said_by(article, span)
            ours[judge(one.speaker.name if one and one.speaker else "", name)] += 1
            found = find_peer(article, one.span if one else span)
            peer[judge(found.of(article.body) if found else "", name)] += 1
        print(f"{half:20}{len(rows):>7}  {describe(ours)}  |  {describe(peer)}")


def read_gold(articles: pd.DataFrame, folder: Path) -> Iterator[tuple[Article, Span, str]]:
    """Yield the article, the span and the last word of the speaker's name."""
    lines = {row["id"]: row for row in read_lines(folder / "basil/articles.jsonl.gz")}
    for article in iter_articles(articles):
        record: Any = lines[article.article_id]
        starts = sentence_starts(record)
        for mark in record["annotations"]["phrase-level-annotations"]:
            if mark["quote"] == "yes" and "_" in mark["speaker"] and mark["id"] != "title":
                first = starts[int(mark["id"][1:])]
                span = Span(first + mark["start"], first + mark["end"])
                parts = mark["speaker"].lower().removesuffix("_jr.").split("_")
                last = parts[-1]
                kind = mark["speaker"].startswith("other") or last in load_words(*GROUPS)
                if not kind and span.of(article.body) == mark["txt"]:
                    yield article, span, last


def sentence_starts(record: Any) -> list[int]:
    starts, at = [], 0
    for sentences in record["body-paragraphs"]:
        for sentence in sentences:
            starts.append(at)
            at += len(sentence) + 1
        at += 1
    return starts


def judge(found: str, name: str) -> str:
    if not found:
        return "none"
    return "right" if name in re.split(r"[\W_]+", found.lower()) else "wrong"


def describe(counts: Counter[str]) -> str:
    right, wrong, none = (counts[kind] for kind in ("right", "wrong", "none"))
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + wrong + none)
    return f"{right:>5}{wrong:>6}{none:>5}{precision:>9.3f}{recall:>8.3f}"


# --- 3. read by hand ----------------------------------------------------------------------------


def print_judged(sets: dict[str, pd.DataFrame]) -> None:
    gold = pd.read_csv(JUDGED, dtype={"article_id": "str"})
    texts = {
        (name, article.article_id): article.smoothed
        for name, articles in sets.items()
        for article in iter_articles(articles[articles["article_id"].isin(gold["article_id"])])
    }
    ours, peer = Counter[str](), Counter[str]()
    for row in gold.itertuples():
        article = texts[row.source, row.article_id]
        one = next((a for a in attributions(article) if a.span == (row.start, row.end)), None)
        span = one.speaker.span if one and one.speaker else None
        ours[judged(span, row.speaker_start, row.judged)] += 1
        peer[judged(find_peer(article, Span(row.start, row.end)), row.peer_start, row.peer)] += 1
    named, articles = int((gold["named"] == "yes").sum()), gold["article_id"].nunique()
    print(f"\nread by hand: {len(gold)} direct quotations of {articles} articles")
    print(f"the text tells who speaks in {named}; right, wrong, none, precision, right of all:")
    for who, counts in (("ours", ours), ("peer", peer)):
        share, changed = counts["right"] / named, counts["changed"]
        print(
            f"{who:6}{describe(counts)}; right of those told {share:.3f}; changed since {changed}"
        )


def judged(found: Span | None, start: float, judgement: str) -> str:
    """Return the judgement if the speaker is the one that was judged."""
    now, then = found.start if found else -1, -1 if pd.isna(start) else int(start)
    return judgement if now == then else ("none" if found is None else "changed")


if __name__ == "__main__":
    sys.exit(main())
