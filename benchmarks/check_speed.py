"""How fast the checks are, each beside VADER, and how their time grows with an article's length.

    NEWSRESEARCH_DATA=folder python benchmarks/check_speed.py [--articles 1000]

The bodies are the first of FNC-1's training part, each with one of its headlines. What most checks
ask for (sentences, words, quotations, furniture, people) is made first and has a line of its own.
Then all checks run on the article, in the order of `find_incoherence` and, on a fresh copy, in the
opposite order: what two or three checks share is paid by whoever asks first, so the lesser of both
times is a check's own, the greater one what it takes if it pays for all that it needs. What own
times leave of the whole is shared by few. VADER scores the same texts sentence by sentence, split
before. Growth: of the greater time on three texts of 16, 128 and 256 kB that join different bodies;
the exponent is 1 where time grows with length and 2 where it grows with its square. Times are
process CPU time in one run, the best of three rounds: ratios count.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Sequence
from itertools import count
from math import log2
from time import process_time

import pandas as pd
from public_data import find_data
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from newsresearch.articles import Article
from newsresearch.incoherence import CHECKS
from newsresearch.incoherence.finding import (
    Check,
    people,
    prose_sentences,
    read_sentences,
)
from newsresearch.text import split_sentences

NEEDED = ("fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz")
ROUNDS = 3
COUNT = count()
SIZES, GROWN = (1 << 14, 1 << 17, 1 << 18), 3
Times = dict[str, float]


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


def show_checks(texts: list[tuple[str, str]], grown: list[list[tuple[str, str]]]) -> None:
    """Print each check's time on all articles over VADER's, and how it grows."""
    vader = SentimentIntensityAnalyzer()
    split = [[span.of(body) for span in split_sentences(body)] for _, body in texts]
    by_vader = best(lambda: [[vader.polarity_scores(s) for s in own] for own in split])
    own, most, spent = time_both_ways(texts)
    print(f"{len(texts):,} articles, {len(CHECKS)} checks: {len(texts) / spent:.0f} a second")
    print(f"VADER by sentence: {len(texts) / by_vader:.0f} a second")
    print(f"{'x VADER':24}{'own':>9}{'at most':>9}{'16-256 kB':>11}{'last doubling':>15}")
    print(f"{'all, and what they share':24}{spent / by_vader:9.2f}")
    print(f"{'shared by few':24}{max(0, spent - sum(own.values())) / by_vader:9.2f}", flush=True)
    sizes = [time_both_ways(same)[1] for same in grown]
    for name in own:
        first, half, last = (times[name] for times in sizes)
        whole = log2(last / first) / log2(SIZES[-1] / SIZES[0])
        ratios = f"{own[name] / by_vader:9.2f}{most[name] / by_vader:9.2f}"
        print(f"{name:24}{ratios}{whole:11.2f}{log2(last / half):15.2f}")


def time_both_ways(texts: list[tuple[str, str]]) -> tuple[Times, Times, float]:
    """Return each check's own time, what it takes at most, and the time of all together."""
    forth = [time_checks(texts, CHECKS) for _ in range(ROUNDS)]
    back = [time_checks(texts, CHECKS[::-1]) for _ in range(ROUNDS)]
    orders = [{name: min(r[name] for r in rounds) for name in forth[0]} for rounds in (forth, back)]
    own, most = ({name: f(o[name] for o in orders) for name in forth[0]} for f in (min, max))
    return own, most, min(sum(each.values()) for each in forth + back)


def time_checks(texts: list[tuple[str, str]], checks: Sequence[Check]) -> Times:
    """Run checks on each article; return the time of each, and of what most share."""
    times = dict.fromkeys(["shared by most", *(check.name for check in checks)], 0.0)
    gc.collect()
    for headline, body in texts:
        number = next(COUNT)  # no cache knows the text
        article = Article("a", headline, f"{body} {number}.").smoothed
        times["shared by most"] += spend(lambda one=article: share(one))
        for check in checks:
            times[check.name] += spend(lambda one=article, it=check: list(it.function(one)))
    return times


def share(article: Article) -> None:
    """Make what most checks ask for, and then find made."""
    read_sentences(article), prose_sentences(article), article.quotations, people(article)


def best(work: Callable[[], object]) -> float:
    return min(spend(work) for _ in range(ROUNDS))


def spend(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def grow(bodies: list[str]) -> list[list[tuple[str, str]]]:
    """Return a few texts of each size, made of different bodies."""
    whole = "\n\n".join(bodies)
    starts = [number * SIZES[-1] for number in range(GROWN)]
    return [[("Plan for it", whole[start : start + size]) for start in starts] for size in SIZES]


if __name__ == "__main__":
    main()
