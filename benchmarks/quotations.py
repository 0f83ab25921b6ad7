"""Quotations and reported statements against 39 articles that were marked by hand.

    NEWSRESEARCH_DATA=folder python benchmarks/quotations.py

1. `quotations_gold.csv`: 40 articles of 150 to 600 words, drawn by seed from BASIL (14),
   Hyperpartisan News (13) and fakenewsdata1 (13), none of them in `attribution_gold.csv`; one is
   not in English and left out. One reader, a language model, marked them before the tool was run
   on them: `d`, sentences in marks; `f`, a few words of somebody's in marks; `r`, what a verb of
   speech or 'according to' gives in other words; each with the fullest name of the speaker, where
   the text tells it. A row `none` lists an article without any. A pair is found if what both share
   is at least .3 or .8 of the longer one. The speaker is right if the last word of the marked name
   is a word of ours, and given names do not differ.
2. Every body of five sets: errors, broken quotations, bodies with an odd number of straight marks.
3. Time, as a ratio of the same run.

Beside it: pairs of marks by one regular expression, and for statements 'Name said (that) …' to
the end of the sentence; the speaker is the capitalised name nearest to a verb of speech.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from attribution import NAME, NEEDED, SETS, find_peer, load
from public_data import find_data

import newsresearch as nr
from newsresearch.articles import Article, iter_articles
from newsresearch.attribution import BROKEN, DIRECT, FRAGMENT, REPORTED, attributions
from newsresearch.lexicons import load_words
from newsresearch.text import Span

GOLD = Path(__file__).with_name("quotations_gold.csv")
MARKED = re.compile(r"[“\"«][^“”\"«»\n]{2,2000}[”\"»]")
STATED = re.compile(
    rf"(?P<who>{NAME.pattern}) (?:said|says|claimed|announced|argued|insisted|noted|warned"
    r"|told \w+) (?:that )?(?P<what>[^“”\".\n]{10,600})"
)
PLACES = ("start", "end", "speaker_start", "speaker_end")
FEWEST_WORDS = 3  # fewer words in marks are a title or irony more often than speech


class Said(NamedTuple):
    """A quotation or statement, its kind and the words for its speaker."""

    span: Span
    kind: str
    speaker: str


def main() -> int:
    """Print the three tables, or say in one line why there are none."""
    if find_data(NEEDED) is None:
        return 0
    sets = {name: load(name) for name in SETS}
    print_gold(sets)
    print_bodies(sets)
    print_time(sets)
    return 0


# --- 1. by hand ---------------------------------------------------------------------------------


def print_gold(sets: dict[str, pd.DataFrame]) -> None:
    gold = pd.read_csv(GOLD, dtype={"article_id": "str"})
    texts = {
        (name, article.article_id): article
        for name in gold["source"].unique()
        for article in iter_articles(sets[name][sets[name]["article_id"].isin(gold["article_id"])])
    }
    groups = gold.groupby(["source", "article_id"], sort=False)
    marked = [(texts[key], list(read_gold(texts[key], rows))) for key, rows in groups]  # type: ignore[index]
    print(f"by hand: {len(marked)} articles, {sum(len(said) for _, said in marked)} marked")
    print("kinds                 n     found  F1 .3  F1 .8  prec .3  rec .3  right speakers")
    for label, kinds in (
        ("in marks", {DIRECT, FRAGMENT}),
        ("reported", {REPORTED}),
        ("no fragments", {DIRECT, REPORTED}),
        ("all", {DIRECT, FRAGMENT, REPORTED}),
    ):
        for who, find in (("ours", find_ours), ("peer", find_peers)):
            print(f"{label:13}{who:5}{describe(marked, find, kinds)}")


def read_gold(article: Article, rows: pd.DataFrame) -> Iterator[Said]:
    kinds = {"d": DIRECT, "f": FRAGMENT, "r": REPORTED}
    marked = rows[rows["kind"] != "none"]
    columns = (marked[name].fillna(-1).astype(int) for name in PLACES)
    for kind, start, end, first, last in zip(marked["kind"], *columns, strict=True):
        yield Said(Span(start, end), kinds[kind], article.body[first:last] if last > 0 else "")


def find_ours(article: Article) -> Iterator[Said]:
    """Yield what is listed; a few words in marks that nobody is said to say are no speech."""
    for one in attributions(article.smoothed):
        if one.kind != BROKEN and not (one.kind == FRAGMENT and one.speaker is None):
            span = article.stored("body", one.span)
            yield Said(span, one.kind, one.speaker.name if one.speaker else "")


def find_peers(article: Article) -> Iterator[Said]:
    body = article.body
    for found in MARKED.finditer(body):
        words = len(found[0].split())
        if words >= FEWEST_WORDS:
            span = Span(*found.span())
            name = find_peer(article, span)
            kind = DIRECT if words > 2 * FEWEST_WORDS else FRAGMENT
            yield Said(span, kind, name.of(body) if name else "")
    for found in STATED.finditer(body):
        yield Said(Span(*found.span("what")), REPORTED, found["who"])


def describe(
    marked: list[tuple[Article, list[Said]]],
    find: Callable[[Article], Iterator[Said]],
    kinds: set[str],
) -> str:
    n = found = right = told = 0
    hits = {0.3: 0, 0.8: 0}
    for article, said in marked:
        gold = [one for one in said if one.kind in kinds]
        ours = [one for one in find(article) if one.kind in kinds]
        n, found = n + len(gold), found + len(ours)
        for least in hits:
            pairs = match(gold, ours, least)
            hits[least] += len(pairs)
            if least < 0.5:
                told += sum(bool(a.speaker) for a, _ in pairs)
                right += sum(is_same(a.speaker, b.speaker) for a, b in pairs if a.speaker)
    f1 = "".join(f"{2 * hit / max(1, n + found):>7.3f}" for hit in hits.values())
    precision, recall = hits[0.3] / max(1, found), hits[0.3] / max(1, n)
    share = right / max(1, told)
    return f"{n:>5}{found:>10}{f1}{precision:>9.3f}{recall:>8.3f}{right:>8} of {told} = {share:.3f}"


def overlap(one: Span, two: Span) -> float:
    shared = min(one.end, two.end) - max(one.start, two.start)
    return max(0, shared) / max(one.end - one.start, two.end - two.start)


def match(gold: list[Said], ours: list[Said], least: float) -> list[tuple[Said, Said]]:
    """Pair each marked quotation with one found, the best overlaps first."""
    every = sorted(
        ((overlap(a.span, b.span), i, j) for i, a in enumerate(gold) for j, b in enumerate(ours)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for shared, i, j in every:
        if shared >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(gold[i], ours[j]) for i, j in pairs.items()]


def is_same(name: str, found: str) -> bool:
    """Is it the same speaker: the last word, and no other given name?"""
    titles = load_words("names", "titles")
    want = re.findall(r"\w+", name.lower())
    have = [word for word in re.findall(r"\w+", found.lower()) if word not in titles]
    if not have or want[-1] not in [*have, *re.findall(r"\w+", found.lower())]:
        return False
    given = want[0] if len(want) == 2 and name[0].isupper() and want[0] not in titles else ""
    person = len(have) > 1 and found[0].isupper() and have[0] in load_words("names", "given")
    return not (given and person) or given in have


# --- 2. every body, 3. time ---------------------------------------------------------------------


def print_bodies(sets: dict[str, pd.DataFrame]) -> None:
    print('\nset                    bodies  errors  broken listed  bodies with an odd count of "')
    for name, articles in sets.items():
        errors = broken = odd = 0
        for article in iter_articles(articles):
            odd += article.body.count('"') % 2
            try:
                every = attributions(article.smoothed)
            except Exception as problem:  # what is counted here
                errors += 1
                print(f"{name} {article.article_id}: {problem!r}")
            else:
                broken += sum(one.kind == BROKEN for one in every)
        print(f"{name:22}{len(articles):>7}{errors:>8}{broken:>15}{odd:>12}")


def print_time(sets: dict[str, pd.DataFrame]) -> None:
    articles = sets["basil"].reset_index(drop=True)
    # A first call of each loads the lists.
    times = {}
    for score in (nr.score_sentiment, nr.score_readability, nr.score_sources, nr.label_stance):
        score(articles.head(3))
        times[score.__name__] = min(timed(score, articles) for _ in range(3))
    tone = times["score_sentiment"]
    ratios = ", ".join(f"{name} {spent / tone:.2f}" for name, spent in times.items())
    print(f"\ntime on {len(articles)} articles of BASIL, score_sentiment = 1: {ratios}")


def timed(score: Callable[[pd.DataFrame], pd.DataFrame], articles: pd.DataFrame) -> float:
    start = time.perf_counter()
    score(articles)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
