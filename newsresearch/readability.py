"""Readability: counts first, published formulas second; the only door to textstat.

Syllables and the list of easy words are textstat's, sentences and words are ours: textstat
drops sentences of one or two words and breaks others at 'Mr.' and 'U.S.'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from newsresearch.articles import Article, add_columns
from newsresearch.measures import Measure
from newsresearch.plain import plain_text
from newsresearch.text import split_sentences, split_words

__all__ = ["FORMULAS", "MEASURES", "Counts", "count_text", "score_readability"]

MIN_WORDS = 30
MAX_WORDS_PER_SENTENCE = 100

# --- counts ----------------------------------------------------------------------------------


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

    @property
    def sentence_length(self) -> float:
        """Words per sentence."""
        return self.n_words / self.n_sentences

    def per_word(self, count: int) -> float:
        """Return a count per word."""
        return count / self.n_words


_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LANGUAGE = "en_US"  # said each time: textstat's own setting is global and anyone may change it
_LONGEST = 50  # no English word is longer; a line without blanks must not stall the look-up
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
           n_difficult=1, n_letters=31, n_long=2)
    """
    plain = plain_text(text)
    words: list[str] = []
    n_sentences = 0
    for span in split_sentences(plain):
        sentence = span.of(plain)
        found = [word.of(sentence)[:_LONGEST].lower() for word in split_words(sentence)]
        words += found
        n_sentences += bool(found)
    sums = [sum(column) for column in zip(*map(_count_word, words), strict=True)]
    return Counts(len(words), n_sentences, *(sums or [0] * 6))


@lru_cache(maxsize=50_000)
def _count_word(word: str) -> tuple[int, int, int, int, int, int]:
    """Return what one lower-cased word adds to each count after the first two."""
    from textstat.backend.counts import count_syllables

    parts = _PART.findall(word)
    # The dictionary gives 'hmm' no syllable; the formulas assume one or more.
    syllables = {part: max(1, count_syllables(part, _LANGUAGE)) for part in parts}
    total = sum(syllables[part] for part in parts)
    hard = [] if _is_easy(word) else [part for part in syllables if not _is_easy(part)]
    is_complex = any(syllables[part] >= 3 for part in hard)
    letters = sum(char.isalnum() for char in word)
    return total, total >= 3, is_complex, bool(hard), letters, letters > 6


def _is_easy(word: str) -> bool:
    from textstat.backend.utils import get_lang_easy_words

    forms = {word}
    for ending, rest in _ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) > 1 and stem != word:
            forms |= {stem + rest, stem[:-1] if stem[-1] == stem[-2] else stem + rest}
    return word[0].isdigit() or not forms.isdisjoint(get_lang_easy_words(_LANGUAGE))


# --- formulas --------------------------------------------------------------------------------


def flesch_ease(n: Counts) -> float:
    """Flesch (1948), Journal of Applied Psychology 32."""
    return 206.835 - 1.015 * n.sentence_length - 84.6 * n.per_word(n.n_syllables)


def flesch_kincaid_grade(n: Counts) -> float:
    """Kincaid, Fishburne, Rogers & Chissom (1975), Navy Research Branch Report 8-75."""
    return 0.39 * n.sentence_length + 11.8 * n.per_word(n.n_syllables) - 15.59


def fog_grade(n: Counts) -> float:
    """Gunning (1952), The Technique of Clear Writing; easy words stand in for his exemptions."""
    return 0.4 * (n.sentence_length + 100 * n.per_word(n.n_complex))


def smog_grade(n: Counts) -> float:
    """McLaughlin (1969), Journal of Reading 12."""
    return 1.0430 * float((30 * n.n_polysyllables / n.n_sentences) ** 0.5) + 3.1291


def ari_grade(n: Counts) -> float:
    """Smith & Senter (1967), AMRL-TR-66-220; letters and digits for key strokes."""
    return 4.71 * n.per_word(n.n_letters) + 0.5 * n.sentence_length - 21.43


def coleman_liau_grade(n: Counts) -> float:
    """Coleman & Liau (1975), Journal of Applied Psychology 60; textstat writes .058 for .0588."""
    return 5.88 * n.per_word(n.n_letters) - 29.6 * n.per_word(n.n_sentences) - 15.8


def dale_chall_grade(n: Counts) -> float:
    """Dale & Chall (1948), Educational Research Bulletin 27; raw score up to 5 % hard words."""
    hard = 100 * n.per_word(n.n_difficult)
    return 0.1579 * hard + 0.0496 * n.sentence_length + (3.6365 if hard > 5 else 0)


def lix(n: Counts) -> float:
    """Björnsson (1968), Läsbarhet."""
    return n.sentence_length + 100 * n.per_word(n.n_long)


FORMULAS: dict[str, Callable[[Counts], float]] = {
    formula.__name__: formula
    for formula in (
        flesch_ease,
        flesch_kincaid_grade,
        fog_grade,
        smog_grade,
        ari_grade,
        coleman_liau_grade,
        dale_chall_grade,
        lix,
    )
}

# --- tables ----------------------------------------------------------------------------------


def score_readability(articles: pd.DataFrame) -> pd.DataFrame:
    """Add word and sentence counts and eight readability formulas to a table of articles.

    Sees the length of words and sentences and how common the words are. Cannot see order,
    argument, layout or what a reader knows: the formulas rank versions of one story well and
    unrelated stories poorly. English only; headlines do not count.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index, with n_words, n_sentences (whole numbers),
        flesch_ease (higher = easier), flesch_kincaid_grade, fog_grade, smog_grade, ari_grade,
        coleman_liau_grade, dale_chall_grade, lix (higher = harder) and error. The formulas are
        NaN below 30 words, where chance decides, and above 100 words per sentence: that is a
        list or a text that lost its stops, and the formulas run into the thousands.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.

    Examples
    --------
    >>> body = "The dog sat. It saw a cat. The cat ran up the tree. " * 3
    >>> one = {"article_id": ["a"], "headline": [""], "body": [body]}
    >>> score_readability(pd.DataFrame(one))[["n_words", "flesch_ease"]].round(1).values.tolist()
    [[39, 117.8]]
    """
    counts = {"n_words": "Int64", "n_sentences": "Int64"}
    return add_columns(articles, _score, counts | dict.fromkeys(FORMULAS, "float64"))


def _score(article: Article) -> dict[str, float]:
    n = count_text(article.body)
    row: dict[str, float] = {"n_words": n.n_words, "n_sentences": n.n_sentences}
    if n.n_words >= MIN_WORDS and n.sentence_length <= MAX_WORDS_PER_SENTENCE:
        row |= {column: formula(n) for column, formula in FORMULAS.items()}
    return row


# --- codebook --------------------------------------------------------------------------------

_VALIDITY = (
    "share of 93 OneStopEnglish stories with their three levels in full order {}, |r| with "
    "teachers on CLEAR {}, on its informational texts {}; textstat 0.7.8: {}, {}, {} "
    "(benchmarks/readability.py)"
)
_SMOG = "SMOG grade; fitted on samples of 30 sentences, so rough on shorter texts"
_DALE_CHALL = (
    "Dale-Chall score: 4.9 and less is grade 4, 9 and more is college; up to 5 % hard words it "
    "is the raw score, as in textstat; the paper adds 3.6365 always"
)
# Column: low, high, meaning; then order, r and r on informational texts, ours and textstat's.
_CARDS: dict[str, tuple[float | None, float | None, str, str]] = {
    "flesch_ease": (None, 121.3, "Flesch reading ease", ".968 .545 .437 .968 .531 .401"),
    "flesch_kincaid_grade": (-3.5, None, "Flesch-Kincaid grade", ".946 .521 .475 .957 .500 .427"),
    "fog_grade": (0, None, "Gunning's Fog index", ".957 .537 .489 .957 .517 .443"),
    "smog_grade": (3, None, _SMOG, ".946 .563 .461 .935 .548 .424"),
    "ari_grade": (-16.3, None, "Automated Readability Index", ".957 .492 .447 .968 .468 .400"),
    "coleman_liau_grade": (-39.6, None, "Coleman-Liau index", ".839 .479 .288 .849 .477 .277"),
    "dale_chall_grade": (0, 24.4, _DALE_CHALL, ".968 .565 .460 .925 .525 .368"),
    "lix": (0, 200, "LIX, läsbarhetsindex", ".957 .550 .485 .957 .534 .445"),
}


def _formula_measure(column: str) -> Measure:
    low, high, meaning, figures = _CARDS[column]
    points = column in {"flesch_ease", "dale_chall_grade", "lix"}
    return Measure(
        column,
        meaning,
        "points" if points else "school grade (US)",
        low,
        high,
        "higher = easier" if column == "flesch_ease" else "higher = harder",
        str(FORMULAS[column].__doc__),
        _VALIDITY.format(*figures.split()),
    )


def _count_measure(column: str, meaning: str) -> Measure:
    unit = column.removeprefix("n_")
    rules = "the splitting rules of newsresearch.text"
    return Measure(column, meaning, unit, 0, None, "higher = longer", rules)


MEASURES: tuple[Measure, ...] = (
    _count_measure("n_words", "words of the body"),
    _count_measure("n_sentences", "sentences of the body with a word in them"),
    *map(_formula_measure, FORMULAS),
)
