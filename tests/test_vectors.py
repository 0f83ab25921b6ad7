"""Word vectors: what is near, what is the same, and what is not known."""

from __future__ import annotations

import numpy as np
import pytest

from newsresearch.vectors import load_vectors
from newsresearch.vocabulary import stem


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("minister", "secretary", "carrot"),
        ("strike", "boycott", "violin"),
        ("quake", "earthquake", "tax"),
        ("bus", "tram", "verdict"),
    ],
)
def test_like_words_are_nearer(word: str, near: str, far: str) -> None:
    likeness = load_vectors().compare([stem(word)], [stem(near), stem(far)])[0]
    assert likeness[0] > likeness[1] + 0.2


def test_a_stem_is_like_itself_known_or_not() -> None:
    likeness = load_vectors().compare(["zzyzx", "bus"], ["bus", "zzyzx", "qqqq", "zzyzx"])
    assert likeness.tolist()[0] == [0.0, 1.0, 0.0, 1.0]
    assert likeness[1, 0] == 1.0
    assert likeness[1, 1] == 0.0


def test_nothing_is_compared_with_nothing() -> None:
    assert load_vectors().compare([], ["bus"]).shape == (0, 1)
    assert load_vectors().compare(["bus"], []).shape == (1, 0)


def test_directions_have_length_one_and_common_words_tell_less() -> None:
    vectors = load_vectors()
    lengths = np.linalg.norm(vectors.directions[:-1], axis=1)
    assert np.allclose(lengths, 1.0, atol=1e-5)
    common, rare = vectors.rarity[vectors.find(["year", "seagras"])]
    assert common < rare
    assert vectors.rarity[-1] == vectors.rarity.max()
