"""How fast the checks are, each beside VADER, and how their time grows with an article's length.

    NEWSRESEARCH_DATA=folder python benchmarks/check_speed.py [--articles 1000]

The bodies are the first of FNC-1's training part, each with one of its headlines. All checks run on
each article in one process, in the order of `find_incoherence`, and the time of each is taken; what
they share (spans, quotations, furniture, people) is taken first and has a line of its own. VADER
scores the same texts sentence by sentence, split before. Growth: each check by itself, with all it
needs, on texts of 1 to 64 kB that join different bodies, the best of three rounds; the exponent of
the last doubling is 1 where time grows with length and 2 where it grows with its square. Times are
process CPU time in one run: ratios count.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterable
from math import log2
from time import process_time

import pandas as pd
from public_data import find_data
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from newsresearch.articles import Article
from newsresearch.incoherence import CHECKS
from newsresearch.incoherence.finding import people, prose_sentences
from newsresearch.text import split_sentences

NEEDED = ("fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz")
ROUNDS = 3
SIZES = (1 << 10, 1 << 15, 1 << 16)
Function = Callable[[Article], Iterable[object]]


def main() -> None:
    """Print the table, or say in one line why there is none."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=1000)
    size = parser.parse_args().articles
    folder = find_data(NEEDED)
    if folder is None:
        return
    bodies = pd.read_csv(folder / NEEDED[0])
    heads = pd.read_csv(folder / NEEDED[1]).drop_duplicates("Body ID").set_index("Body ID")
    bodies["headline"] = bodies["Body ID"].map(heads["Headline"]).fillna("")
    texts = list(zip(bodies["headline"], bodies["articleBody"], strict=True))[:size]
    show_checks(texts, grow(bodies["articleBody"].tolist()))


def show_checks(texts: list[tuple[str, str]], grown: list[str]) -> None:
    """Print each check's time on all articles over VADER's, and how it grows."""
    vader = SentimentIntensityAnalyzer()
    split = [[span.of(body) for span in split_sentences(body)] for _, body in texts]
    by_vader = best(lambda: [[vader.polarity_scores(s) for s in own] for own in split])
    rounds = [time_checks(texts, turn) for turn in range(ROUNDS)]
    times = {name: min(each[name] for each in rounds) for name in rounds[0]}
    spent = min(sum(each.values()) for each in rounds)
    print(f"{len(texts):,} articles, {len(CHECKS)} checks: {len(texts) / spent:.0f} a second")
    print(f"VADER by sentence: {len(texts) / by_vader:.0f} a second")
    print(f"{'check':24}{'x VADER':>9}{'1-64 kB':>9}{'last doubling':>15}")
    print(f"{'all, and what they share':24}{spent / by_vader:9.2f}")
    print(f"{'shared':24}{times['shared'] / by_vader:9.2f}")
    for check in CHECKS:
        whole, last = exponents(check.function, grown)
        ratio = times[check.name] / by_vader
        print(f"{check.name:24}{ratio:9.2f}{whole:9.2f}{last:15.2f}", flush=True)


def time_checks(texts: list[tuple[str, str]], turn: int) -> dict[str, float]:
    """Run all checks on each article; return the time of each, and of what they share."""
    times = dict.fromkeys(["shared", *(check.name for check in CHECKS)], 0.0)
    gc.collect()
    for at, text in enumerate(texts):
        article = Article(f"{turn}-{at}", *text).smoothed
        times["shared"] += spend(lambda one=article: share(one))
        for check in CHECKS:
            times[check.name] += spend(lambda one=article, it=check: list(it.function(one)))
    return times


def share(article: Article) -> None:
    """Make what most checks ask for, and then find made."""
    prose_sentences(article), article.quotations, people(article)


def exponents(function: Function, grown: list[str]) -> tuple[float, float]:
    """Return the exponents of growth over all sizes and over the last doubling."""
    times = [min(time_length(function, text, turn) for turn in range(ROUNDS)) for text in grown]
    return log2(times[-1] / times[0]) / log2(SIZES[-1] / SIZES[0]), log2(times[-1] / times[-2])


def time_length(function: Function, text: str, turn: int) -> float:
    """Return the time of a check on articles with one text, each unknown before."""
    n_rounds = 1 + (1 << 16) // len(text)
    bodies = [f"{text} {turn}{again}." for again in range(n_rounds)]  # no cache knows them
    fresh = [Article("a", "Plan for the harbour", body) for body in bodies]
    gc.collect()
    return spend(lambda: [list(function(article.smoothed)) for article in fresh]) / n_rounds


def best(work: Callable[[], object]) -> float:
    return min(spend(work) for _ in range(ROUNDS))


def spend(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def grow(bodies: list[str]) -> list[str]:
    """Return texts of 1 to 64 kB, made of different bodies."""
    whole = "\n\n".join(bodies)
    return [whole[:size] for size in SIZES]


if __name__ == "__main__":
    main()
