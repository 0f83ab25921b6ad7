"""Speed of all tone and readability columns, beside the naive way and a bare pass.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/speed.py [--articles 10000]

The naive way is what a notebook would do: each of textstat's twelve formulas on each body, formula
by formula, and vaderSentiment on the whole body. A bare pass lower-cases a text, splits it into
sentences and words, and sums values from a dictionary. 10,000 articles are drawn from the bodies of
FNC-1's training part, each with a first sentence of its own and its paragraphs shuffled, so that
no cache of whole texts helps; words repeat as they do in a corpus. Peers score a sample of them.

Times are process CPU time, all in one run; the ratios count. `cold` is the first call of a process
after the imports, engines and dictionaries included; `warm` the same call once more. Equality is
shown by `tone.py` and `readability.py` and, here, by the reference engines on every body. Then: the
growth exponent of one article's time with its length, and the import.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
from collections.abc import Callable
from math import log2
from statistics import median
from time import process_time
from typing import Any

import pandas as pd
from pandas.testing import assert_frame_equal
from public_data import find_data

BODIES = "fnc-1/train_bodies.csv.gz"
NAIVE = (
    *("flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index"),
    *("automated_readability_index", "coleman_liau_index", "dale_chall_readability_score"),
    *("dale_chall_readability_score_v2", "lix", "rix", "spache_readability"),
    "linsear_write_formula",
)
ROUNDS = 3
SAMPLE = 500
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_WORD = re.compile(r"\w+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    size = parser.parse_args().articles
    data = find_data([BODIES])
    if data is None:
        return
    bodies = pd.read_csv(data / BODIES)["articleBody"].tolist()
    articles = make_corpus(bodies, size)
    sample = articles["body"].tolist()[:: max(1, size // SAMPLE)]
    print(
        f"{size:,} articles, {articles['body'].str.split().str.len().mean():.0f} words on average"
    )
    show_import()
    cold = measure(lambda: score(articles), size)
    rounds = [measure_round(articles, sample) for _ in range(ROUNDS)]
    times = {name: median(round[name] for round in rounds) for name in rounds[0]}
    naive = times["naive: textstat's 12 formulas, formula by formula, + VADER on the body"]
    table = {"ours, cold": cold, **times}
    print(f"\n{'CPU time an article':72} {'us':>8} {'x naive':>8} {'x bare':>7}")
    for name, spent in table.items():
        print(
            f"{name:72} {spent * 1e6:8.0f} {naive / spent:8.1f} "
            f"{spent / times['bare pass, split at blanks']:7.1f}"
        )
    check_equality(bodies)
    show_growth(bodies)


def make_corpus(bodies: list[str], size: int) -> pd.DataFrame:
    """Draw articles, none the same as another."""
    draw = random.Random(20161109)
    texts = []
    for number in range(size):
        paragraphs = draw.choice(bodies).split("\n\n")
        draw.shuffle(paragraphs)
        texts.append("\n\n".join([f"This is report {number} of the day.", *paragraphs]))
    ids = [f"a{number}" for number in range(size)]
    return pd.DataFrame({"article_id": ids, "headline": "Council backs plan", "body": texts})


def score(articles: pd.DataFrame) -> pd.DataFrame:
    """Add all columns of tone and readability, as `score_all` does."""
    from newsresearch import readability, sentiment
    from newsresearch.batches import add_columns

    return add_columns(articles, readability.SCORER, sentiment.SCORER)


def measure(work: Callable[[], Any], size: int) -> float:
    start = process_time()
    work()
    return (process_time() - start) / size


def measure_round(articles: pd.DataFrame, sample: list[str]) -> dict[str, float]:
    """Time ours and the peers once, in a row, so that a busy machine slows all of them."""
    import textstat
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    import newsresearch as nr

    vader = SentimentIntensityAnalyzer()
    words = dict(vader.lexicon)
    sentences = [_SENTENCE.split(text) for text in sample]
    texts = articles["body"].tolist()
    clear_caches()
    found = {
        "ours, warm": measure(lambda: score(articles), len(articles)),
        "ours, tone only": measure(lambda: nr.score_sentiment(articles), len(articles)),
        "ours, readability only": measure(lambda: nr.score_readability(articles), len(articles)),
        "naive: textstat's 12 formulas, formula by formula, + VADER on the body": measure(
            lambda: [
                [[getattr(textstat, name)(text) for text in sample] for name in NAIVE],
                [vader.polarity_scores(text) for text in sample],
            ],
            len(sample),
        ),
    }
    clear_caches()
    found["textstat's 12 formulas, text by text"] = measure(
        lambda: [[getattr(textstat, name)(text) for name in NAIVE] for text in sample], len(sample)
    )
    found["VADER on the body"] = measure(
        lambda: [vader.polarity_scores(text) for text in sample], len(sample)
    )
    found["VADER on each sentence"] = measure(
        lambda: [[vader.polarity_scores(s) for s in split] for split in sentences], len(sample)
    )
    found["bare pass, split at blanks"] = measure(
        lambda: [bare(text, words, str.split) for text in texts], len(texts)
    )
    found["bare pass, words by a pattern"] = measure(
        lambda: [bare(text, words, _WORD.findall) for text in texts], len(texts)
    )
    return found | measure_peers(sample)


def clear_caches() -> None:
    """Empty textstat's caches of whole texts: a second round is not to be faster."""
    from textstat.backend import counts, metrics, selections, transformations, utils

    for module in (counts, metrics, selections, transformations, utils):
        for name in dir(module):
            clear = getattr(getattr(module, name), "cache_clear", None)
            if clear:
                clear()


def bare(text: str, words: dict[str, float], split: Callable[[str], list[str]]) -> float:
    _SENTENCE.split(text)
    return sum([words.get(word, 0) for word in split(text.lower())])


def measure_peers(sample: list[str]) -> dict[str, float]:
    """Time the packages that are installed; they do not come with the project."""
    found = {}
    try:
        import spacy
        import textdescriptives  # noqa: F401

        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        nlp.add_pipe("textdescriptives/readability")
        few = sample[::10]
        found["TextDescriptives, readability on a blank model"] = measure(
            lambda: [nlp(text)._.readability for text in few], len(few)
        )
    except ImportError:
        print("TextDescriptives is not installed: left out", file=sys.stderr)
    try:
        from nela_features.nela_features import NELAFeatureExtractor

        extractor, few = NELAFeatureExtractor(), sample[::50]
        found["nela_features, all"] = measure(
            lambda: [extractor.extract_all(text) for text in few], len(few)
        )
    except ImportError:
        print("nela_features is not installed: left out", file=sys.stderr)
    except LookupError as problem:  # NLTK's data, which it fetches
        missing = " ".join(str(problem).split())[:90]
        print(f"nela_features cannot run without a download: {missing}", file=sys.stderr)
    return found


def check_equality(bodies: list[str]) -> None:
    import newsresearch as nr

    ids = [f"a{number}" for number in range(len(bodies))]
    articles = pd.DataFrame({"article_id": ids, "headline": "Council backs plan", "body": bodies})
    for fast, slow in (
        (nr.score_sentiment(articles), nr.score_sentiment(articles, engine="reference")),
        (nr.score_readability(articles), nr.score_readability(articles, engine="reference")),
    ):
        assert_frame_equal(fast, slow, check_exact=True)
    print(f"\nequal to the reference engines on {len(bodies):,} bodies, to the last digit, Python")
    print(sys.version.split()[0])


def show_growth(bodies: list[str]) -> None:
    text = "\n\n".join(bodies)
    sizes = [1 << power for power in range(10, 17)]
    times = [time_length(text[:size]) for size in sizes]
    shown = (f"{size // 1024} kB {t * 1e3:.2f}" for size, t in zip(sizes, times, strict=True))
    print(f"one article, ms: {', '.join(shown)}")
    whole, last = log2(times[-1] / times[0]) / 6, log2(times[-1] / times[-2])
    print(f"growth exponent: {whole:.2f} from 1 to 64 kB, {last:.2f} over the last doubling")


def time_length(text: str) -> float:
    """Return the least time of one article by itself, over rounds of a quarter of a megabyte."""
    one = pd.DataFrame({"article_id": ["a"], "headline": ["Plan"], "body": [text]})
    rounds = 1 + (1 << 18) // len(text)
    work = lambda: [score(one) for _ in range(rounds)]  # noqa: E731
    return min(measure(work, rounds) for _ in range(ROUNDS))


def show_import() -> None:
    """Print what an import costs before any engine is used, and with pandas, which it needs."""
    for code in ("import newsresearch", "import pandas", "import newsresearch, pandas"):
        program = f"from time import perf_counter as t; a = t(); {code}; print(t() - a)"
        command = [sys.executable, "-c", program]
        spent = [subprocess.run(command, capture_output=True, check=True) for _ in range(ROUNDS)]
        print(f"{code}: {min(float(run.stdout) for run in spent):.2f} s")


if __name__ == "__main__":
    main()
