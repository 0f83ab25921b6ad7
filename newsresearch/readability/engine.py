"""The only door to textstat: its syllables, its easy words, its counts and its own scores.

Everything goes through its inner functions, which take the language as an argument: the
language and the rounding of the public ones are global, and anyone may change them.
"""

from __future__ import annotations

__all__ = ["count_by_textstat", "count_syllables", "easy_words", "score_by_textstat"]

_LANGUAGE = "en_US"
_MOST_HYPHENATED = 50_000


def count_syllables(word: str) -> int:
    """Return the syllables of a lower-cased word: CMUdict's, else by hyphenation."""
    from textstat.backend import counts
    from textstat.backend.utils import get_pyphen

    hyphenated = get_pyphen(_LANGUAGE).hd.cache
    if len(hyphenated) > _MOST_HYPHENATED:  # it keeps every word for ever
        hyphenated.clear()
    return int(counts.count_syllables(word, _LANGUAGE))


def easy_words() -> set[str]:
    """Return the words that four in five fourth-grade pupils knew, after Dale and Chall."""
    from textstat.backend.utils import get_lang_easy_words

    words: set[str] = get_lang_easy_words(_LANGUAGE)
    return words


def count_by_textstat(text: str) -> dict[str, int]:
    """Return textstat's own counts of a text, its own words and sentences, named as ours."""
    from textstat.backend import counts

    return {
        "n_words": counts.count_words(text),
        "n_sentences": counts.count_sentences(text),
        "n_syllables": counts.count_syllables(text, _LANGUAGE),
        "n_polysyllables": counts.count_polysyllable_words(text, _LANGUAGE),
        "n_complex": counts.count_difficult_words(text, _LANGUAGE, 3),
        "n_difficult": counts.count_difficult_words(text, _LANGUAGE, 0),
        "n_letters": counts.count_letters(text),
        "n_long": counts.count_long_words(text),
        "n_hard": counts.count_difficult_words(text, _LANGUAGE, 2),
    }


def score_by_textstat(text: str) -> dict[str, float]:
    """Return what textstat 0.7.8 itself says of a text, by the names of our columns.

    It has no formula for two of our columns, new_dale_chall_ease and grade.
    """
    from textstat.backend import metrics

    return {
        "flesch_ease": metrics.flesch_reading_ease(text, _LANGUAGE),
        "flesch_kincaid_grade": metrics.flesch_kincaid_grade(text, _LANGUAGE),
        "fog_grade": metrics.gunning_fog(text, _LANGUAGE),
        "smog_grade": metrics.smog_index(text, _LANGUAGE),
        "ari_grade": metrics.automated_readability_index(text),
        "coleman_liau_grade": metrics.coleman_liau_index(text),
        "dale_chall_grade": metrics.dale_chall_readability_score(text, _LANGUAGE),
        "dale_chall_v2_grade": metrics.dale_chall_readability_score_v2(text, _LANGUAGE),
        "lix": metrics.lix(text),
        "rix": metrics.rix(text),
        "spache_grade": metrics.spache_readability(text, _LANGUAGE),
        "linsear_write_grade": metrics.linsear_write_formula(
            text, _LANGUAGE, strict_lower=False, strict_upper=True
        ),
    }
