"""What the formulas need of a text: words, sentences, syllables, letters, hard words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from newsresearch.articles import Article
from newsresearch.chunks import Chunked, Facts, chunk_texts, sum_parts
from newsresearch.plain import smooth, straighten
from newsresearch.readability.engine import count_syllables, easy_words
from newsresearch.text import split_sentences, split_words

__all__ = [
    "LONGEST",
    "Counts",
    "add_up",
    "count_anew",
    "count_text",
    "count_texts",
    "count_word",
    "count_words",
]


class Counts(NamedTuple):
    """What the formulas need of a text; for several texts, add up counts, never average scores."""

    n_words: int
    n_sentences: int
    n_syllables: int
    n_polysyllables: int  # words of three syllables or more
    n_complex: int  # those among them that are not on the list of easy words
    n_difficult: int  # words not on the list of easy words
    n_letters: int  # letters and digits
    n_long: int  # words of more than six letters
    n_hard: int  # the difficult words of two syllables or more

    @property
    def sentence_length(self) -> float:
        """Words per sentence."""
        return self.n_words / self.n_sentences

    def per_word(self, count: int) -> float:
        """Return a count per word."""
        return count / self.n_words


_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
LONGEST = 50  # no English word is longer; a line without blanks must not stall the look-up
# Endings that leave a word as easy as it was, by what they displace (Dale & Chall 1948).
_DISPLACED = {
    "": ("'s", "s", "es", "ed", "ing", "er", "est"),
    "e": ("ed", "ing", "er", "est"),
    "y": ("ies", "ied", "ier", "iest"),
}
_ENDINGS = [(ending, rest) for rest, endings in _DISPLACED.items() for ending in endings]


def count_text(text: str) -> Counts:
    """Count words, sentences, syllables, letters and hard words of a text.

    Sentences without a word do not count. Initials and the parts of a compound are looked up
    one by one ('U.S.' has two syllables) and make one word together, hard if one of them is.
    Regular inflections of an easy word and figures are easy, as Dale and Chall had it and
    textstat has not; names, which they excused, are hard here unless listed.

    Examples
    --------
    >>> count_text("We can’t pay. The well-paid minister can.")
    Counts(n_words=7, n_sentences=2, n_syllables=10, n_polysyllables=1, n_complex=1,
           n_difficult=1, n_letters=31, n_long=2, n_hard=1)
    """
    plain = smooth(text).text
    (counts,) = count_texts(chunk_texts([[s.of(plain).split() for s in split_sentences(plain)]]))
    return counts


def count_texts(texts: Chunked) -> list[Counts]:
    """Count each of some texts, as ``count_text`` does; a chunk is looked at once."""
    facts = _FACTS.of(texts.vocabulary).take(texts.codes, axis=0)
    by_sentence = sum_parts(facts, texts.starts)
    n_sentences = sum_parts(np.sign(by_sentence[:, :1]), texts.firsts)
    sums = sum_parts(by_sentence, texts.firsts)
    rows = np.hstack([sums[:, :1], n_sentences, sums[:, 1:]])
    return [Counts(*row) for row in rows.tolist()]


def count_anew(article: Article) -> Counts:
    """Count a body word by word, remembering nothing: what the fast way is compared with."""
    text = straighten(article.body)
    words = [[w.of(s.of(text)) for w in split_words(s.of(text))] for s in article.sentences]
    flat = [word[:LONGEST].lower() for sentence in words for word in sentence]
    sums = [sum(column) for column in zip(*map(count_word.__wrapped__, flat), strict=True)]
    return Counts(len(flat), sum(map(bool, words)), *(sums or [0] * 7))


def _count_chunk(chunk: str) -> Sequence[int]:
    """Count a piece of text without blanks."""
    plain = straighten(chunk)
    words = [word.of(plain)[:LONGEST].lower() for word in split_words(plain)]
    if len(words) == 1:
        return (1, *count_word(words[0]))
    n = count_words(words, 0)
    return (n.n_words, *n[2:])


_FACTS = Facts(_count_chunk, len(Counts._fields) - 1, np.int32)


def count_words(words: Sequence[str], n_sentences: int) -> Counts:
    """Count what lower-cased words, none over the longest, add up to."""
    sums = [sum(column) for column in zip(*map(count_word, words), strict=True)]
    return Counts(len(words), n_sentences, *(sums or [0] * 7))


def add_up(counts: Iterable[Counts]) -> Counts:
    """Return the counts of several texts, or sentences, together."""
    return Counts(*(sum(column) for column in zip(*counts, strict=True)))


@lru_cache(maxsize=50_000)
def count_word(word: str) -> tuple[int, int, int, int, int, int, int]:
    """Return what one lower-cased word adds to each count after the first two."""
    parts: list[str] = _PART.findall(word)
    # The dictionary gives 'hmm' no syllable; the formulas assume one or more.
    syllables = {part: max(1, count_syllables(part)) for part in parts}
    total = sum(syllables[part] for part in parts)
    hard = [] if _is_easy(word) else parts
    if len(hard) > 1:
        hard = [part for part in hard if not _is_easy(part)]
    is_complex = any(syllables[part] >= 3 for part in hard)
    letters = sum(char.isalnum() for char in word)
    is_hard = bool(hard) and total >= 2
    return total, total >= 3, is_complex, bool(hard), letters, letters > 6, is_hard


def _is_easy(word: str) -> bool:
    if word[0].isdigit() or word in easy_words():
        return True
    forms: set[str] = set()
    for ending, rest in _ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) > 1 and stem != word:
            forms |= {stem + rest, stem[:-1] if stem[-1] == stem[-2] else stem + rest}
    return not forms.isdisjoint(easy_words())
