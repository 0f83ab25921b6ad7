"""The table: counts, formulas and a note for every article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from newsresearch.articles import iter_articles
from newsresearch.batches import Batch, Columns, Scorer, add_columns, one_by_one
from newsresearch.readability.counts import Counts, count_anew, count_texts
from newsresearch.readability.engine import count_by_textstat, score_by_textstat
from newsresearch.readability.formulas import FORMULAS, HARDEST_GRADE, grade
from newsresearch.tables import pd

__all__ = ["SCORER", "score_readability", "why_missing"]

# Samples of 30 words are off by 2.4 grades on average, those of two sentences by 2.2, those of one
# by 3.0 (benchmarks/readability.py).
MIN_WORDS = 30
MIN_SENTENCES = 2
MAX_WORDS_PER_SENTENCE = 100
SMOG_SENTENCES = 30  # McLaughlin (1969) took ten from the start, the middle and the end


def score_readability(
    articles: pd.DataFrame, engine: Literal["own", "reference", "textstat"] = "own"
) -> pd.DataFrame:
    """Add a grade, word and sentence counts and thirteen formulas to a table of articles.

    Sees the length of words and sentences and how common the words are. Cannot see order,
    argument, layout or what a reader knows: the formulas rank versions of one story well and
    unrelated stories poorly. English only; headlines do not count.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    engine : {"own", "reference", "textstat"}
        ``"reference"`` looks every word up anew: the same numbers as ``"own"``, slowly.
        ``"textstat"`` gives textstat 0.7.8's own numbers on the body as it is stored, to the
        last digit; n_words and n_sentences are then its counts, and two columns that it lacks,
        new_dale_chall_ease and grade, are our formulas on its counts.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index, with n_words, n_sentences (whole numbers), grade (the
        default: New Dale-Chall, 1 to 16; 16 = 16 and more), flesch_ease and new_dale_chall_ease
        (higher = easier), flesch_kincaid_grade, fog_grade, smog_grade, ari_grade,
        coleman_liau_grade, dale_chall_grade, dale_chall_v2_grade, spache_grade,
        linsear_write_grade, lix, rix (higher = harder), readability_note and error. Formulas are
        NaN, and the note says why, below 30 words or 2 sentences, where chance decides, and above
        100 words per sentence: a list or a text that lost its stops. A note beside values warns:
        SMOG was made for 30 sentences, the grade is at the end of its table.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If there is no such engine.

    Examples
    --------
    >>> body = "The dog sat. It saw a cat. The cat ran up the tree. " * 3
    >>> one = score_readability(pd.DataFrame({"article_id": ["a"], "headline": [""], "body": body}))
    >>> one[["n_words", "grade", "flesch_ease"]].round(1).values.tolist()
    [[39, 1.1, 117.8]]
    >>> one.loc[0, "readability_note"]
    '9 sentences; SMOG was made for 30'
    """
    if engine not in ("own", "reference", "textstat"):
        raise ValueError(f"engine must be 'own', 'reference' or 'textstat'; found {engine!r}.")
    if engine == "own":
        return add_columns(articles, SCORER)
    if engine == "reference":
        return add_columns(articles, one_by_one(lambda a: _score_counts(count_anew(a)), _DTYPES))
    # Our form of the text is without soft hyphens and the like; textstat's numbers are not.
    bodies = {article.article_id: article.body for article in iter_articles(articles)}
    theirs = one_by_one(lambda a: _score_theirs(bodies[a.article_id]), _DTYPES)
    return add_columns(articles, theirs)


def _score(batch: Batch) -> Columns:
    rows = [_score_counts(n) for n in count_texts(batch.bodies)]
    return {column: [row.get(column) for row in rows] for column in _DTYPES}


def _score_counts(n: Counts) -> Mapping[str, Any]:
    row = _counts_and_note(n)
    if not why_missing(n):
        row |= {column: formula(n) for column, formula in FORMULAS.items()}
    return row


_DTYPES = {
    **dict.fromkeys(("n_words", "n_sentences"), "Int64"),
    **dict.fromkeys(FORMULAS, "float64"),
    "readability_note": "str",
}
SCORER = Scorer(_score, _DTYPES)


def _score_theirs(body: str) -> Mapping[str, Any]:
    n = Counts(**count_by_textstat(body))
    row = _counts_and_note(n)
    if not why_missing(n):
        ours = {column: FORMULAS[column](n) for column in ("grade", "new_dale_chall_ease")}
        row |= ours | score_by_textstat(body)
    return row


def _counts_and_note(n: Counts) -> dict[str, Any]:
    note = why_missing(n) or ". ".join(_warnings(n))
    return {"n_words": n.n_words, "n_sentences": n.n_sentences, "readability_note": note}


def why_missing(n: Counts) -> str:
    """Return why the formulas should not be used on such a text; empty where they may."""
    if n.n_words < MIN_WORDS:
        return f"{_number(n.n_words, 'word')}; at least {MIN_WORDS} are needed"
    if n.sentence_length > MAX_WORDS_PER_SENTENCE:
        return (
            f"{n.sentence_length:.0f} words per sentence; more than {MAX_WORDS_PER_SENTENCE} are a "
            "list or a text that lost its stops"
        )
    if n.n_sentences < MIN_SENTENCES:
        return f"{_number(n.n_sentences, 'sentence')}; at least {MIN_SENTENCES} are needed"
    return ""


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _warnings(n: Counts) -> list[str]:
    found = []
    if n.n_sentences < SMOG_SENTENCES:
        found.append(f"{n.n_sentences} sentences; SMOG was made for {SMOG_SENTENCES}")
    if grade(n) == HARDEST_GRADE:
        found.append("grade 16 stands for 16 and more")
    return found
