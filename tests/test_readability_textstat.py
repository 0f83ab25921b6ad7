"""textstat beside us: its own numbers to the last digit, and our formulas on its counts."""

from __future__ import annotations

import pandas as pd
import pytest
import textstat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import newsresearch as nr
from newsresearch.readability import FORMULAS, Counts, count_text, engine, score_readability
from newsresearch.readability.engine import count_by_textstat

# Our column, textstat's public function of the same formula.
THEIRS = {
    "flesch_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "fog_grade": "gunning_fog",
    "smog_grade": "smog_index",
    "ari_grade": "automated_readability_index",
    "coleman_liau_grade": "coleman_liau_index",
    "dale_chall_grade": "dale_chall_readability_score",
    "dale_chall_v2_grade": "dale_chall_readability_score_v2",
    "spache_grade": "spache_readability",
    "linsear_write_grade": "linsear_write_formula",
    "lix": "lix",
    "rix": "rix",
}
NEWS = (
    "The mayor’s new plan won’t please everyone, she told reporters on Monday morning. “We can’t "
    "pay for it all,” said Mr. Roe, the deputy of the opposition. The café on the well-known "
    "corner of the old harbour closed after a difficult year. Its owner isn’t sure. No. Who is?"
)
ODD = (
    "The fan\xadtastic owner of the cafe\u0301  said so @ @ @ @ @ @ @ yes. He did. She left it. "
    * 5
)


def table(*bodies: str) -> pd.DataFrame:
    """Return an Articles table of bodies."""
    ids = [f"a{number}" for number in range(len(bodies))]
    return pd.DataFrame({"article_id": ids, "headline": "", "body": list(bodies)}, dtype="str")


def bodies() -> list[str]:
    """Return invented articles: ours, and two with what trips engines."""
    return [NEWS, ODD, *nr.load_dataset("demo")["body"]]


# --- its own numbers --------------------------------------------------------------------------


def test_the_engine_gives_textstats_numbers_of_the_stored_text() -> None:
    scored = score_readability(table(*bodies()), engine="textstat")
    for body, row in zip(bodies(), scored.to_dict("records"), strict=True):
        assert row["n_words"] == textstat.lexicon_count(body)
        assert row["n_sentences"] == textstat.sentence_count(body)
        for column, name in THEIRS.items():
            assert row[column] == getattr(textstat, name)(body), column
    assert list(scored) == list(score_readability(table()))


def test_what_textstat_lacks_is_our_formula_on_its_counts() -> None:
    n = Counts(**count_by_textstat(NEWS))
    row = score_readability(table(NEWS), engine="textstat").iloc[0]
    assert set(FORMULAS) - set(THEIRS) == {"grade", "new_dale_chall_ease"}
    assert row["grade"] == FORMULAS["grade"](n)
    assert row["new_dale_chall_ease"] == FORMULAS["new_dale_chall_ease"](n)


def test_too_little_text_is_missing_there_too() -> None:
    short, lost, empty = score_readability(
        table("It rained. " * 5, "a " * 101, ""), engine="textstat"
    ).to_dict("records")
    assert short["readability_note"] == "10 words; at least 30 are needed"
    assert lost["readability_note"].startswith("101 words per sentence")
    assert all(pd.isna(row[column]) for row in (short, lost, empty) for column in FORMULAS)
    assert empty["error"] == "the body is empty" and pd.isna(empty["n_words"])


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(ValueError, match="'reference' or 'textstat'; found 'spacy'"):
        score_readability(table(NEWS), engine="spacy")  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["own", "textstat"])
def test_what_is_set_in_textstat_does_not_matter(engine: str) -> None:
    words = "Zebras occasionally visited the lonely aluminium observatory. " * 5
    before = score_readability(table(NEWS, words), engine=engine)  # type: ignore[arg-type]
    textstat.set_lang("de_DE")
    textstat.set_rounding_points(1)
    try:
        count_text.__globals__["count_word"].cache_clear()
        after = score_readability(table(NEWS, words), engine=engine)  # type: ignore[arg-type]
    finally:
        textstat.set_lang("en_US")
        textstat.set_rounding_points(None)
    pd.testing.assert_frame_equal(before, after)


# --- our formulas on its counts -----------------------------------------------------------------

# fmt: off
WORDS = [
    "the", "a", "of", "and", "he", "she", "they", "it", "was", "is", "not", "can't", "won't",
    "it's", "O'Neill", "dog", "cat", "tree", "minister", "hospital", "yesterday", "parliament",
    "administration", "unprecedented", "well-known", "old-fashioned", "U.S.", "1,200", "42",
    "café", "Birmingham", "Xhosa", "blorf", "hmm", "stopped", "countries", "happier", "said",
    "quickly", "rhythm", "area", "Mr.", "9/11"
]
# fmt: on
STOPS = st.sampled_from([".", "!", "?", "...", ",", ";", " -", ".\n\n", ""])
SENTENCES = st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), STOPS)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=12).map(
    lambda found: " ".join(" ".join(words) + stop for words, stop in found)
)


def check_agreement(text: str) -> None:
    """Compare each formula on textstat's counts with what textstat says of the text."""
    n = Counts(**count_by_textstat(text))
    ours = {column: formula(n) for column, formula in FORMULAS.items()}
    theirs = {column: getattr(textstat, name)(text) for column, name in THEIRS.items()}
    # It counts the strokes of punctuation marks in the Automated Readability Index, and a mark
    # alone as a word for them,
    strokes = textstat.char_count(text) / textstat.lexicon_count(text, removepunct=False)
    ours["ari_grade"] += 4.71 * (strokes - n.n_letters / n.n_words)
    # has a coefficient of .058 where Coleman and Liau arrive at .0588,
    ours["coleman_liau_grade"] -= 0.0008 * 100 * n.n_letters / n.n_words
    # takes difficult words of two syllables or more for Spache's words that are not listed,
    ours["spache_grade"] = FORMULAS["spache_grade"](n._replace(n_difficult=n.n_hard))
    # and for Linsear Write the first hundred words, of them none without a syllable.
    theirs["linsear_write_grade"] = textstat.linsear_write_formula(text, strict_upper=False)
    silent = sum(word.strip(".,;!?") == "hmm" for word in text.split())
    ours["linsear_write_grade"] = FORMULAS["linsear_write_grade"](
        n._replace(n_words=n.n_words - silent)
    )
    for column, value in theirs.items():
        assert ours[column] == pytest.approx(value, rel=1e-12, abs=1e-9), column


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_formulas_fed_with_its_counts_give_its_numbers(text: str) -> None:
    assume(textstat.syllable_count(text) > 0)  # else it says 0 of Flesch's two formulas
    check_agreement(text)


def test_formulas_fed_with_its_counts_of_articles_give_its_numbers() -> None:
    for body in bodies():
        check_agreement(body)


def test_words_that_only_hyphenation_knows_are_not_kept_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from textstat.backend.utils import get_pyphen

    monkeypatch.setattr(engine, "_MOST_HYPHENATED", 10)
    counted = [engine.count_syllables(f"zorbl{ending}") for ending in "aeiou" * 4]
    more = [engine.count_syllables(f"{start}orblaking") for start in "bcdfghjklmnpqrst"]
    assert len(get_pyphen("en_US").hd.cache) <= 11
    assert len(set(counted)) <= 2 and min(more) >= 2
