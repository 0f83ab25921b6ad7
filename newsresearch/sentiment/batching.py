"""The engine on many sentences at once: the same scores as one by one, in a tenth of the time.

Most words have no tone, and most that have one stand where no rule can change it: numpy finds
these in a batch of numbered chunks, and only the others go through the engine's own rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from newsresearch.chunks import Facts, Ints, Vocabulary, sum_parts
from newsresearch.plain import straighten
from newsresearch.sentiment.engine import (
    Analyzer,
    Original,
    is_changer,
    is_degree,
    scale_around_but,
)
from newsresearch.sentiment.masking import has_word, split_tokens

__all__ = ["Engine", "batched", "by_original"]

Numbers = npt.NDArray[np.float64]
# The columns of facts: is there a word, is it in capitals, holds it an emoji, is it 'but', how
# many '!' and '?', is it of the list, may rules change it for itself, and may it change others?
_WORD, _UPPER, _EMOJI, _BUT, _CALLS, _QUESTIONS, _HIT, _RULED, _CHANGER = range(9)
_MANY = 99  # marks: five are no more than four to the rules, and a fact is one byte
_REACH = 3  # no rule looks further than so many words
_SPARE = 4
_MOST_WEIGHED = 50_000


class Engine(Protocol):
    """What scores many parts of texts at once."""

    def compounds(self, vocabulary: Vocabulary, codes: Ints, bounds: Ints) -> Numbers:
        """Return the compound score of each part of some chunks; NaN where it has no word.

        ``codes`` are the numbers of the chunks, ``bounds`` where each part starts; the end of
        the last comes last.
        """


class _OneByOne:
    """An engine that gets one text at a time."""

    def __init__(self, engine: Analyzer | Original) -> None:
        self._engine = engine

    def compounds(self, vocabulary: Vocabulary, codes: Ints, bounds: Ints) -> Numbers:
        texts = (_read_part(vocabulary, codes, *part) for part in pairwise(bounds.tolist()))
        return np.array(
            [self._engine.compound(text) if has_word(text) else np.nan for text in texts],
            dtype=np.float64,
        )


def _read_part(vocabulary: Vocabulary, codes: Ints, start: int, end: int) -> str:
    return straighten(" ".join([vocabulary.chunks[code] for code in codes[start:end].tolist()]))


class _Batched:
    """What an engine knows of chunks, so that it can score many parts at once."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._facts = Facts(self._learn, _CHANGER + 1, np.uint8)
        self._values = Facts(self._look_up, 1, np.float64)
        self._weigh = lru_cache(_MOST_WEIGHED)(self._weigh_anew)

    def compounds(self, vocabulary: Vocabulary, codes: Ints, bounds: Ints) -> Numbers:
        facts = self._facts.of(vocabulary).take(codes, axis=0)
        sums = sum_parts(facts[:, :_RULED], bounds)
        scores = np.where(sums[:, _WORD] > 0, 0.0, np.nan)
        is_judged, is_odd = sums[:, _WORD] > 0, sums[:, _EMOJI] > 0
        for part in np.flatnonzero(is_judged & is_odd).tolist():
            text = _read_part(vocabulary, codes, *bounds[part : part + 2].tolist())
            scores[part] = self._analyzer.compound(text)
        places = np.flatnonzero(facts[:, _HIT])
        tones = self._weigh_hits(vocabulary, codes, bounds, places, facts, sums)
        with_hits = np.flatnonzero(is_judged & ~is_odd & (sums[:, _HIT] > 0))
        lasts = np.cumsum(sums[:, _HIT])[with_hits].tolist()
        rows = sums[with_hits].tolist()
        for part, last, row in zip(with_hits.tolist(), lasts, rows, strict=True):
            own = slice(last - row[_HIT], last)
            found = tones[own]
            if row[_BUT]:
                turn = bounds[part] + facts[bounds[part] : bounds[part + 1], _BUT].argmax()
                scale_around_but(found, places[own].tolist(), int(turn))
            scores[part] = self._analyzer.settle(found, row[_CALLS], row[_QUESTIONS])
        return scores

    def _weigh_hits(
        self,
        vocabulary: Vocabulary,
        codes: Ints,
        bounds: Ints,
        places: Ints,
        facts: npt.NDArray[np.uint8],
        sums: Ints,
    ) -> list[float]:
        """Return the tone of each word of the list, asking the rules where they may change it."""
        parts = np.repeat(np.arange(len(sums)), sums[:, _HIT])
        starts, ends = bounds[parts], bounds[parts + 1]
        changers = np.concatenate([[0], np.cumsum(facts[:, _CHANGER], dtype=np.int64)])
        first, last = np.maximum(places - _REACH, starts), np.minimum(places + _REACH, ends)
        asked = np.flatnonzero((changers[last] > changers[first]) | (facts[places, _RULED] > 0))
        tones: list[float] = self._values.of(vocabulary)[codes[places], 0].tolist()
        is_mixed = (sums[:, _UPPER] > 0) & (sums[:, _UPPER] < np.diff(bounds))
        firsts = np.maximum(places[asked] - _SPARE, starts[asked])
        lasts = np.minimum(places[asked] + _SPARE, ends[asked])
        columns = (asked, firsts, lasts, places[asked] - firsts, is_mixed[parts[asked]])
        for index, start, end, at, mixed in zip(*(c.tolist() for c in columns), strict=True):
            window = tuple([vocabulary.chunks[code] for code in codes[start:end].tolist()])
            tones[index] = self._weigh(window, at, mixed)
        return tones

    def _weigh_anew(self, chunks: tuple[str, ...], at: int, is_mixed: bool) -> float:
        words = split_tokens(straighten(" ".join(chunks)))
        if words[at].lower() == "kind" and words[at + 1 : at + 2] and words[at + 1].lower() == "of":
            return 0.0
        return self._analyzer.weigh(words, at, is_mixed)

    def _learn(self, chunk: str) -> Sequence[float]:
        plain = straighten(chunk)
        (word,) = split_tokens(plain)
        lowered = word.lower()
        return (
            has_word(plain),
            word.isupper(),
            not self._analyzer.emojis.keys().isdisjoint(plain),
            lowered == "but",
            min(plain.count("!"), _MANY),
            min(plain.count("?"), _MANY),
            lowered in self._analyzer.lexicon and not is_degree(lowered),
            lowered == "kind" or word.isupper(),
            is_changer(lowered),
        )

    def _look_up(self, chunk: str) -> Sequence[float]:
        (word,) = split_tokens(straighten(chunk))
        return (self._analyzer.lexicon.get(word.lower(), 0.0),)


@lru_cache(maxsize=8)
def batched(analyzer: Analyzer) -> Engine:
    """Return the batch form of an engine, made once; names are masked text by text."""
    return _OneByOne(analyzer) if analyzer.find_masked else _Batched(analyzer)


def by_original(analyzer: Analyzer) -> Engine:
    """Return vaderSentiment itself with the words of an engine."""
    return _OneByOne(Original(analyzer))
