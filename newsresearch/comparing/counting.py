"""The words of many articles as numbers: which word stands how often in which article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import Article, iter_articles
from newsresearch.plain import straighten
from newsresearch.tables import pd
from newsresearch.text import split_words

__all__ = ["Counts", "count_words", "words_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Counts(NamedTuple):
    """Entry by entry: row (article), column (word) and count; and the words of each article."""

    words: list[str]
    rows: Ints
    columns: Ints
    counts: Floats
    lengths: Floats  # words of each article, those too that are not listed

    def sum_up(self, weights: Floats) -> Floats:
        """Return how often each word occurs in all articles, each weighed."""
        weighed = self.counts * weights[self.rows]
        return np.bincount(self.columns, weighed, len(self.words)).astype(np.float64)

    def spread(self, used: NDArray[np.bool_]) -> Ints:
        """Return in how many of the articles used each word occurs."""
        return np.bincount(self.columns[used[self.rows]], minlength=len(self.words))


def count_words(articles: pd.DataFrame, field: str, min_articles: int, names: bool) -> Counts:
    """Count the words of a field that occur in enough articles.

    Without names a word is left out that nowhere in these articles stands in lower case.
    """
    bags, lower = [], set()
    for article in iter_articles(articles):
        bag: Counter[str] = Counter()
        for written in words_of(article, field):
            if word := _plain(written):
                bag[word] += 1
                if written[0].islower():
                    lower.add(word)
        bags.append(bag)
    spread = Counter(word for bag in bags for word in bag)
    words = sorted(w for w, n in spread.items() if n >= min_articles and (names or w in lower))
    place = {word: at for at, word in enumerate(words)}
    entries = [
        (row, place[word], n) for row, bag in enumerate(bags) for word, n in bag.items()
        if word in place
    ]  # fmt: skip
    table = np.array(entries, dtype=np.int64).reshape(-1, 3)
    lengths = np.array([sum(bag.values()) for bag in bags], dtype=np.float64)
    return Counts(words, table[:, 0], table[:, 1], table[:, 2].astype(np.float64), lengths)


def words_of(article: Article, field: str) -> Iterator[str]:
    """Yield the words of a field as they are written there, soft hyphens and the like undone."""
    text = article.smoothed.field(field)
    return (span.of(text) for span in split_words(text))


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    """Return a word in lower case without its genitive ending; '' for a number."""
    plain = straighten(word).lower().removesuffix("'s").strip("'.")
    return plain if any(map(str.isalpha, plain)) else ""
