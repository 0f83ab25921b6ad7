"""Tone of a sentence, and of headline and body as the mean of their sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from newsresearch.articles import Article
from newsresearch.batches import Batch, Columns, Scorer, add_columns
from newsresearch.chunks import Chunked, chunk_texts
from newsresearch.plain import plain_text, smooth
from newsresearch.sentiment.codebook import MEASURES
from newsresearch.sentiment.lists import Neutral, choose_engine, default_engine
from newsresearch.sentiment.masking import has_word
from newsresearch.sentiment.summing import (
    Numbers,
    find_intervals,
    find_means,
    find_shares,
    find_spreads,
    keep_tones,
)
from newsresearch.tables import pd
from newsresearch.text import split_sentences

if TYPE_CHECKING:
    from newsresearch.sentiment.batching import Engine
    from newsresearch.sentiment.engine import Analyzer

__all__ = [
    "NEGATIVE",
    "POSITIVE",
    "SCORER",
    "mean_tone",
    "mean_tones",
    "score_sentiment",
    "tone",
    "tone_of_plain",
]

POSITIVE, NEGATIVE = 0.05, -0.05  # the bounds that Hutto and Gilbert propose
SATURATED = 0.95  # beyond it a word more or less hardly moves the compound
_DTYPES = {m.column: "boolean" if m.column.startswith("has_") else "float64" for m in MEASURES}


def tone(text: str, engine: Analyzer | None = None) -> float:
    """Score the tone of one sentence, from -1 (negative) to 1; higher = more positive.

    Sees words of a list, with negation, degree words, capitals, '!' and 'but' around them.
    Cannot see irony, or who speaks.

    Parameters
    ----------
    text : str
        One sentence. A longer text is allowed, but drifts to -1 or 1 with its length.
    engine : Analyzer, optional
        Which words count, from ``choose_engine``; by default those of ``score_sentiment``.

    Returns
    -------
    float
        VADER's compound score; NaN if there is no word to judge.

    References
    ----------
    Hutto & Gilbert (2014), VADER, ICWSM-14.

    Examples
    --------
    >>> tone("The plan isn’t good.")
    -0.3412
    >>> plain_vader = choose_engine(neutral=None, news_words=False)
    >>> tone("The United Nations met."), tone("The United Nations met.", plain_vader)
    (0.0, 0.4215)
    >>> tone("...")
    nan
    """
    return tone_of_plain(plain_text(text), engine or default_engine())


def tone_of_plain(plain: str, engine: Analyzer) -> float:
    """Score a text whose marks are straight and which hides nothing."""
    if not has_word(plain):
        return float("nan")
    return engine.compound(plain)


def mean_tone(text: str) -> float:
    """Return the mean tone of the sentences of a text; NaN where it has no word."""
    plain = smooth(text).text
    return mean_tones([[span.of(plain).split() for span in split_sentences(plain)]])[0]


def mean_tones(texts: Iterable[Sequence[Sequence[str]]]) -> list[float]:
    """Return the mean tone of each text; they come as sentences, and these as chunks."""
    sentences = chunk_texts(texts)
    tones = _score_sentences(_default(), sentences)
    return [float(mean) for mean in find_means(keep_tones(tones, sentences.firsts))]


def score_sentiment(
    articles: pd.DataFrame,
    *,
    neutral: Neutral = "news",
    news_words: bool = True,
    mask_names: bool = False,
    lexicon: Mapping[str, float] | None = None,
    engine: Literal["fast", "reference"] = "fast",
) -> pd.DataFrame:
    """Add the tone of headline and body to a table of articles.

    Sees the mean, spread and uncertainty of the tone of sentences, in any order. Cannot see
    whose tone it is: a speaker's harsh words count as the article's. A gap between headline
    and body is a shift of tone, not a contradiction.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    neutral : "news", None or list of words
        Words of VADER's list that get no tone: our short list for news (*united*, *security*,
        *party*), none, or your own. With None and ``news_words=False``, this is plain VADER.
    news_words : bool
        Add our list of news words that VADER's lacks (*layoffs*, *massacre*, *rebuild*).
    mask_names : bool
        Give no tone to capitalised words inside a sentence, such as in *Hope said*.
    lexicon : mapping of word to value, optional
        Your own words, -4 to 4, merged in; see ``lexicon_coverage``.
    engine : {"fast", "reference"}
        ``"reference"`` has vaderSentiment itself score each sentence: the same numbers, slowly.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index, with headline_tone, body_tone, body_tone_low and
        body_tone_high (95 % bootstrap interval over sentences), tone_spread, positive_share,
        negative_share, tone_gap (headline minus body), quotation_tone, narration_tone,
        compound (whole body at once), has_saturated_compound and error; higher = more positive.
        NaN where there is no sentence to judge, or only one for interval and spread.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If a list of words cannot be used, or there is no such engine.

    References
    ----------
    Hutto & Gilbert (2014), VADER, ICWSM-14. Efron (1979), Annals of Statistics 7.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": ["Fine day"], "body": ["It rained. We lost."]}
    >>> scored = score_sentiment(pd.DataFrame(one))
    >>> scored[["headline_tone", "body_tone", "tone_gap"]].round(4).values.tolist()
    [[0.2023, -0.1591, 0.3614]]
    """
    if engine not in ("fast", "reference"):
        raise ValueError(f"engine must be 'fast' or 'reference'; found {engine!r}.")
    analyzer = choose_engine(neutral, news_words, mask_names, lexicon)
    from newsresearch.sentiment.batching import batched, by_original

    scores = batched(analyzer) if engine == "fast" else by_original(analyzer)
    return add_columns(articles, Scorer(partial(_score, engine=scores), _DTYPES))


def _default() -> Engine:
    from newsresearch.sentiment.batching import batched  # loads vaderSentiment at first use

    return batched(default_engine())


def _score(batch: Batch, engine: Engine) -> Columns:
    headlines, bodies = batch.headlines, batch.bodies
    headline_tone = find_means(keep_tones(_score_sentences(engine, headlines), headlines.firsts))
    sentences = _score_sentences(engine, bodies)
    tones = keep_tones(sentences, bodies.firsts)
    body_tone, (low, high) = find_means(tones), find_intervals(tones)
    is_quoted = np.array([is_in for a in batch.articles for is_in in _is_quoted(a)], dtype=np.bool_)
    compound = _score_whole(engine, batch)
    columns = {
        "headline_tone": headline_tone,
        "body_tone": body_tone,
        "body_tone_low": low,
        "body_tone_high": high,
        "tone_spread": find_spreads(tones),
        "positive_share": find_shares(tones, POSITIVE),
        "negative_share": find_shares(tones, NEGATIVE),
        "tone_gap": headline_tone - body_tone,
        "quotation_tone": find_means(keep_tones(sentences, bodies.firsts, is_quoted)),
        "narration_tone": find_means(keep_tones(sentences, bodies.firsts, ~is_quoted)),
        "compound": compound,
    }
    is_saturated = [abs(c) >= SATURATED if c == c else None for c in compound.tolist()]
    return {c: v.tolist() for c, v in columns.items()} | {"has_saturated_compound": is_saturated}


SCORER = Scorer(lambda batch: _score(batch, _default()), _DTYPES)


def _score_sentences(engine: Engine, texts: Chunked) -> Numbers:
    return engine.compounds(texts.vocabulary, texts.codes, texts.starts)


def _score_whole(engine: Engine, batch: Batch) -> Numbers:
    """Score each body at once, also where two sentences meet in one chunk: 'year.The'."""
    bodies = batch.bodies
    compounds = engine.compounds(bodies.vocabulary, bodies.codes, bodies.starts[bodies.firsts])
    glued = [at for at, article in enumerate(batch.articles) if _has_glued(article)]
    if glued:
        again = chunk_texts([[batch.articles[at].body.split()] for at in glued])
        compounds[glued] = _score_sentences(engine, again)
    return compounds


def _has_glued(article: Article) -> bool:
    """Does a sentence end where the next one begins, without a blank between them?"""
    return any(a.end == b.start for a, b in pairwise(article.sentences))


def _is_quoted(article: Article) -> list[bool]:
    """Tell of each sentence whether more than half of it stands in quotations."""
    quotations = [(q.start, q.end) for q in article.quotations if q.closed]
    if not quotations:
        return [False] * len(article.sentences)
    starts = [start for start, _ in quotations]
    before = [0, *accumulate(end - start for start, end in quotations)]

    def count(at: int) -> int:
        """Count the characters in quotations up to a place."""
        index = bisect_left(starts, at)
        return before[index] - max(0, quotations[index - 1][1] - at if index else 0)

    return [2 * (count(end) - count(start)) > end - start for start, end in article.sentences]
