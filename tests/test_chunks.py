"""Chunks are numbered once, and their facts looked up once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsresearch import chunks
from newsresearch.chunks import Facts, Vocabulary, chunk_texts, sum_parts

TEXTS = st.lists(st.lists(st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), min_size=1)))


@given(TEXTS)
def test_numbers_lead_back_to_the_chunks(texts: list[list[list[str]]]) -> None:
    found = chunk_texts(texts)
    flat = [found.vocabulary.chunks[code] for code in found.codes]
    sentences = [flat[start:end] for start, end in pairwise(found.starts.tolist())]
    assert [sentences[start:end] for start, end in pairwise(found.firsts.tolist())] == texts


@given(st.lists(st.lists(st.integers(-5, 5))))
def test_sums_of_parts_are_sums_also_of_empty_ones(parts: list[list[int]]) -> None:
    values = np.array([value for part in parts for value in part], dtype=np.int8)
    bounds = np.cumsum([0, *map(len, parts)])
    assert sum_parts(values, bounds).tolist() == [sum(part) for part in parts]
    rows = np.stack([values, 2 * values], axis=1) if len(values) else values.reshape(0, 2)
    assert sum_parts(rows, bounds).tolist() == [[sum(part), 2 * sum(part)] for part in parts]


def test_small_facts_add_up_beyond_what_one_of_them_can_hold() -> None:
    assert sum_parts(np.full(1000, 255, dtype=np.uint8), np.array([0, 1000])).tolist() == [255_000]


def test_each_chunk_is_looked_up_once() -> None:
    asked: Counter[str] = Counter()

    def learn(chunk: str) -> tuple[int, int]:
        asked[chunk] += 1
        return len(chunk), chunk.count("a")

    facts, words = Facts(learn, 2, np.int32), Vocabulary()
    assert facts.of(words).shape == (0, 2)
    codes = [words[chunk] for chunk in ("aha", "no", "aha")]
    assert facts.of(words)[codes].tolist() == [[3, 2], [2, 0], [3, 2]]
    assert words["new"] == 2 and facts.of(words)[2].tolist() == [3, 0]
    assert asked == {"aha": 1, "no": 1, "new": 1}


def test_a_full_vocabulary_makes_room_and_facts_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = Facts(lambda chunk: [len(chunk)], 1, np.int32)
    first = chunk_texts([[["some", "words"]]])
    assert chunk_texts([[["more"]]]).vocabulary is first.vocabulary
    for name in ("MOST_CHUNKS", "MOST_CHARACTERS"):
        monkeypatch.setattr(chunks, name, 1)
        new = chunk_texts([[["other", "words"]]])
        assert new.vocabulary is not first.vocabulary and len(new.vocabulary) == 2
        assert sizes.of(new.vocabulary)[new.codes].tolist() == [[5], [5]]
        assert sizes.of(first.vocabulary)[first.codes].tolist() == [[4], [5]]
        monkeypatch.undo()


def test_threads_do_not_share_a_vocabulary() -> None:
    def number(seed: int) -> bool:
        names = [f"w{(seed * i) % 997}" for i in range(5000)]
        found = chunk_texts([[names]])
        return [found.vocabulary.chunks[code] for code in found.codes] == names

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(number, range(1, 33)))


def test_facts_of_no_more_use_are_let_go() -> None:
    words = Vocabulary()
    words["a"]
    facts = Facts(lambda chunk: [len(chunk)], 1, np.int32)
    facts.of(words)
    assert len(words.tables) == 1
    del facts
    assert len(words.tables) == 0
