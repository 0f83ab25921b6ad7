"""The published formulas, each on counts alone; what they are worth stands in `cards`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from newsresearch.readability.counts import Counts

__all__ = ["FORMULAS", "HARDEST_GRADE", "flesch_kincaid_grade", "grade"]


def flesch_ease(n: Counts) -> float:
    """Flesch (1948), Journal of Applied Psychology 32(3), 221–233."""
    return 206.835 - 1.015 * n.sentence_length - 84.6 * n.per_word(n.n_syllables)


def flesch_kincaid_grade(n: Counts) -> float:
    """Kincaid, Fishburne, Rogers & Chissom (1975), Navy Research Branch Report 8-75."""
    return 0.39 * n.sentence_length + 11.8 * n.per_word(n.n_syllables) - 15.59


def fog_grade(n: Counts) -> float:
    """Gunning (1952), The Technique of Clear Writing, 36–37; easy words for his exemptions."""
    return 0.4 * (n.sentence_length + 100 * n.per_word(n.n_complex))


def smog_grade(n: Counts) -> float:
    """McLaughlin (1969), Journal of Reading 12(8), 639–646."""
    return 1.0430 * float((30 * n.n_polysyllables / n.n_sentences) ** 0.5) + 3.1291


def ari_grade(n: Counts) -> float:
    """Smith & Senter (1967), AMRL-TR-66-220; letters and digits for key strokes."""
    return 4.71 * n.per_word(n.n_letters) + 0.5 * n.sentence_length - 21.43


def coleman_liau_grade(n: Counts) -> float:
    """Coleman & Liau (1975), Journal of Applied Psychology 60(2), 283–284; textstat has .058."""
    return 5.88 * n.per_word(n.n_letters) - 29.6 * n.per_word(n.n_sentences) - 15.8


def dale_chall_grade(n: Counts) -> float:
    """Dale & Chall (1948), Educational Research Bulletin 27(1), 11–20; raw up to 5 % hard."""
    hard = 100 * n.per_word(n.n_difficult)
    return 0.1579 * hard + 0.0496 * n.sentence_length + (3.6365 if hard > 5 else 0)


def dale_chall_v2_grade(n: Counts) -> float:
    """textstat's second version of Dale & Chall (1948): not the New Dale-Chall of 1995."""
    raw = 0.1579 * 100 * n.per_word(n.n_hard) + 0.0496 * n.sentence_length
    return raw + (3.6365 if raw > 0.05 else 0)


def new_dale_chall_ease(n: Counts) -> float:
    """Chall & Dale (1995), Readability Revisited: The New Dale-Chall Formula, 31–33 and 66."""
    return 64 - 0.95 * 100 * n.per_word(n.n_difficult) - 0.69 * n.sentence_length


def lix(n: Counts) -> float:
    """Björnsson (1968), Läsbarhet."""
    return n.sentence_length + 100 * n.per_word(n.n_long)


def rix(n: Counts) -> float:
    """Anderson (1983), Journal of Reading 26(6), 490–496."""
    return n.n_long / n.n_sentences


def spache_grade(n: Counts) -> float:
    """Spache (1953), Elementary School Journal 53(7), 410–413; Dale's 3,000 words for his 769."""
    return 0.141 * n.sentence_length + 0.086 * 100 * n.per_word(n.n_difficult) + 0.839


def linsear_write_grade(n: Counts) -> float:
    """No first source is known; O'Hayre (1966), often named, has another formula, Lensear Write."""
    points = (n.n_words + 2 * n.n_polysyllables) / n.n_sentences
    return points / 2 if points > 20 else points / 2 - 1


# Where a level begins in the table that turns the score of 1995 into grades ('40 to 44: grades 5
# and 6'), half-way to the next whole score. Between two of them the grade runs in proportion, so
# its whole part is a grade of the band; below the last band the table says no more than '16+'.
HARDEST_GRADE = 16.0
_BANDS = {
    15.5: HARDEST_GRADE,
    21.5: 13.0,
    27.5: 11.0,
    33.5: 9.0,
    39.5: 7.0,
    44.5: 5.0,
    49.5: 4.0,
    53.5: 3.0,
    57.5: 2.0,
    61.5: 1.0,
}
_SCORES, _GRADES = list(_BANDS), list(_BANDS.values())


def grade(n: Counts) -> float:
    """new_dale_chall_ease by the table of Chall & Dale (1995), run on between its bands."""
    return float(np.interp(new_dale_chall_ease(n), _SCORES, _GRADES))


FORMULAS: dict[str, Callable[[Counts], float]] = {
    formula.__name__: formula
    for formula in (
        grade,
        flesch_ease,
        flesch_kincaid_grade,
        fog_grade,
        smog_grade,
        ari_grade,
        coleman_liau_grade,
        dale_chall_grade,
        dale_chall_v2_grade,
        new_dale_chall_ease,
        spache_grade,
        linsear_write_grade,
        lix,
        rix,
    )
}
