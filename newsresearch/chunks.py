"""Texts as numbers: each distinct chunk between two blanks is met once, and so are its facts.

News repeats its words: of a million chunks some fifty thousand differ. What an engine knows of
a chunk is asked for once and kept, and a batch of texts becomes rows of numbers for numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from threading import local
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

__all__ = ["Chunked", "Facts", "Ints", "Vocabulary", "chunk_texts", "sum_parts"]

Ints = npt.NDArray[np.int64]
# Beyond either a new vocabulary begins, so that memory is bounded.
MOST_CHUNKS, MOST_CHARACTERS = 250_000, 4_000_000


class Vocabulary(dict[str, int]):
    """The number of each chunk, given when it is first looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.chunks: list[str] = []
        self.n_characters = 0
        # What is known of them; let go with whoever wanted to know.
        self.tables: WeakKeyDictionary[Facts, npt.NDArray[Any]] = WeakKeyDictionary()

    def __missing__(self, chunk: str) -> int:
        self.chunks.append(chunk)
        self.n_characters += len(chunk)
        self[chunk] = len(self.chunks) - 1
        return self[chunk]

    @property
    def is_full(self) -> bool:
        """Has it met so many chunks that it should be let go?"""
        return len(self) > MOST_CHUNKS or self.n_characters > MOST_CHARACTERS


class Chunked(NamedTuple):
    """Texts in sentences in numbered chunks.

    ``codes`` are the numbers of all chunks, in order; ``starts`` tells where the chunks of each
    sentence start, ``firsts`` where the sentences of each text start; both end with the end.
    """

    vocabulary: Vocabulary
    codes: Ints
    starts: Ints
    firsts: Ints


class _Local(local):
    """The vocabulary of a thread: each has its own, so that none need wait."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()


_LOCAL = _Local()


def chunk_texts(texts: Iterable[Sequence[Sequence[str]]]) -> Chunked:
    """Number the chunks of texts that come as sentences, and these as chunks.

    Examples
    --------
    >>> found = chunk_texts([[["a", "b"], ["a"]], [], [["b"]]])
    >>> [found.vocabulary.chunks[code] for code in found.codes]
    ['a', 'b', 'a', 'b']
    >>> found.starts.tolist(), found.firsts.tolist()
    ([0, 2, 3, 4], [0, 2, 2, 3])
    """
    if _LOCAL.vocabulary.is_full:
        _LOCAL.vocabulary = Vocabulary()  # whoever is at work with the old one keeps it
    vocabulary = _LOCAL.vocabulary
    listed = list(texts)
    sentences = list(chain.from_iterable(listed))
    numbers = map(vocabulary.__getitem__, chain.from_iterable(sentences))
    codes = np.fromiter(numbers, dtype=np.int64)
    return Chunked(vocabulary, codes, _bounds(sentences), _bounds(listed))


def _bounds(parts: Sequence[Sequence[Any]]) -> Ints:
    bounds = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)), out=bounds[1:])
    return bounds


def sum_parts(values: npt.NDArray[Any], bounds: Ints) -> Ints:
    """Return the sum of each part of whole numbers, or of rows of them; of an empty part, 0.

    Examples
    --------
    >>> sum_parts(np.array([1, 2, 3]), np.array([0, 2, 2, 3])).tolist()
    [3, 0, 3]
    """
    is_filled = bounds[1:] > bounds[:-1]
    sums = np.zeros((len(bounds) - 1, *values.shape[1:]), dtype=np.int64)
    if is_filled.any():
        starts = bounds[:-1][is_filled]
        sums[is_filled] = np.add.reduceat(values, starts, axis=0, dtype=np.int64)
    return sums


class Facts:
    """What is known of the chunks of a vocabulary: a row of numbers for each.

    Parameters
    ----------
    learn : callable
        Gives the facts of one chunk.
    width : int
        How many they are.
    dtype : numpy dtype
        What holds every fact of any chunk.
    """

    def __init__(
        self, learn: Callable[[str], Sequence[float]], width: int, dtype: npt.DTypeLike
    ) -> None:
        self._learn = learn
        self._none = np.empty((0, width), dtype=dtype)

    def of(self, vocabulary: Vocabulary) -> npt.NDArray[Any]:
        """Return the facts of all chunks; only those new to it are looked up."""
        table = vocabulary.tables.get(self, self._none)
        new = vocabulary.chunks[len(table) :]
        if new:
            rows = np.array([self._learn(chunk) for chunk in new], dtype=table.dtype)
            table = vocabulary.tables[self] = np.concatenate([table, rows])
        return table
