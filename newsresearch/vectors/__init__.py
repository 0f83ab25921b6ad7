"""Word vectors: how near two words are in meaning, from one small table that comes along.

The table (``words.npz``, int8, 64 numbers a stem) was made from a sentence encoder, one word at
a time, by ``benchmarks/train_vectors.py``; only numpy is needed to use it. It knows no context:
'bank' is one word, and opposites lie near each other, since they are said of the same things.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Vectors", "load_vectors"]


class Vectors(NamedTuple):
    """Vectors of stems, and how telling each is.

    The last row is that of a stem that the table does not hold: no direction, so that it is
    like nothing but itself, and as telling as the rarest word.
    """

    rows: dict[str, int]
    directions: NDArray[np.float32]
    rarity: NDArray[np.float32]

    def find(self, stems: Iterable[str]) -> NDArray[np.intp]:
        """Return the row of each stem; the last one for a stem that is not known."""
        unknown = len(self.rows)
        return np.array([self.rows.get(stem, unknown) for stem in stems], dtype=np.intp)

    def compare(self, ours: list[str], theirs: list[str]) -> NDArray[np.float32]:
        """Return the cosine of each of our stems with each of theirs; 1 where they are the same.

        Examples
        --------
        >>> likeness = load_vectors().compare(["minister"], ["secretary", "minister", "carrot"])
        >>> [round(float(value), 1) for value in likeness[0]]
        [0.5, 1.0, 0.0]
        """
        likeness = self.directions[self.find(ours)] @ self.directions[self.find(theirs)].T
        places: dict[str, list[int]] = {}
        for at, stem in enumerate(theirs):
            places.setdefault(stem, []).append(at)
        for row, stem in zip(likeness, ours, strict=True):
            row[places.get(stem, [])] = 1.0
        return likeness


@cache
def load_vectors() -> Vectors:
    """Load the table, once: 16,641 stems in a few hundredths of a second."""
    with files(__package__).joinpath("words.npz").open("rb") as source:
        stored = np.load(source, allow_pickle=False)
        stems = stored["stems"].tobytes().decode("utf-8").split("\n")
        table, rarity = stored["table"].astype(np.float32), stored["rarity"].astype(np.float32)
    lengths = np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1.0)
    directions = np.vstack([table / lengths, np.zeros((1, table.shape[1]), np.float32)])
    rows = {stem: at for at, stem in enumerate(stems)}
    return Vectors(rows, directions, np.append(rarity, rarity.max()).astype(np.float32))
