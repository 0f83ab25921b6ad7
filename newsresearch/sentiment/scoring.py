"""Tone of a sentence, and of headline and body as the mean of their sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from newsresearch.articles import Article, add_columns
from newsresearch.plain import plain_text, straighten
from newsresearch.sentiment.codebook import MEASURES
from newsresearch.sentiment.lists import Neutral, choose_engine, default_engine
from newsresearch.text import split_sentences

if TYPE_CHECKING:
    from newsresearch.sentiment.engine import Analyzer

__all__ = ["NEGATIVE", "POSITIVE", "mean_tone", "score_sentiment", "tone", "tone_of_plain"]

POSITIVE, NEGATIVE = 0.05, -0.05  # the bounds that Hutto and Gilbert propose
SATURATED = 0.95  # beyond it a word more or less hardly moves the compound
RESAMPLES, SEED, BLOCK = 1000, 20140601, 1 << 20
_DTYPES = {m.column: "boolean" if m.column.startswith("has_") else "float64" for m in MEASURES}

Numbers = npt.NDArray[np.float64]


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
    if not any(map(str.isalnum, plain)):
        return float("nan")
    return engine.compound(plain)


def mean_tone(text: str) -> float:
    """Return the mean tone of the sentences of a text; NaN where it has no word."""
    return _mean(_tones(text, default_engine()))


def score_sentiment(
    articles: pd.DataFrame,
    *,
    neutral: Neutral = "news",
    news_words: bool = True,
    mask_names: bool = False,
    lexicon: Mapping[str, float] | None = None,
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
        If a list of words cannot be used.

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
    engine = choose_engine(neutral, news_words, mask_names, lexicon)
    return add_columns(articles, partial(_score, engine=engine), _DTYPES)


def _score(article: Article, engine: Analyzer) -> dict[str, Any]:
    """Score an article that is smooth already."""
    headline = _mean(_tones(article.headline, engine))
    plain = straighten(article.body)
    tones = np.array(
        [tone_of_plain(span.of(plain), engine) for span in article.sentences], dtype=np.float64
    )
    quoted, known = _is_quoted(article), ~np.isnan(tones)
    body = _settle(tones)
    low, high = _interval(body)
    compound = tone_of_plain(plain, engine)
    return {
        "headline_tone": headline,
        "body_tone": _mean(body),
        "body_tone_low": low,
        "body_tone_high": high,
        "tone_spread": float(body.std(ddof=1)) if body.size > 1 else float("nan"),
        "positive_share": _mean(body >= POSITIVE),
        "negative_share": _mean(body <= NEGATIVE),
        "tone_gap": headline - _mean(body),
        "quotation_tone": _mean(_settle(tones[known & quoted])),
        "narration_tone": _mean(_settle(tones[known & ~quoted])),
        "compound": compound,
        "has_saturated_compound": abs(compound) >= SATURATED if compound == compound else pd.NA,
    }


def _tones(text: str, engine: Analyzer) -> Numbers:
    return _settle(
        np.array([tone(s.of(text), engine) for s in split_sentences(text)], dtype=np.float64)
    )


def _settle(tones: Numbers) -> Numbers:
    """Return the tones that there are; sorted, so that order cannot matter."""
    return np.sort(tones[~np.isnan(tones)])


def _is_quoted(article: Article) -> npt.NDArray[np.bool_]:
    """Tell of each sentence whether more than half of its words stand in quotations."""
    quotations = [q for q in article.quotations if q.closed]
    if not quotations:
        return np.zeros(len(article.sentences), dtype=np.bool_)
    starts = [word.start for word in article.words]
    inside = np.zeros(len(starts), dtype=np.int64)
    for quotation in quotations:
        inside[bisect_left(starts, quotation.start) : bisect_left(starts, quotation.end)] = 1
    counted = np.concatenate([[0], np.cumsum(inside)])
    ends = [(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in article.sentences]
    return np.array([2 * (counted[b] - counted[a]) > b - a for a, b in ends], dtype=np.bool_)


def _mean(values: npt.NDArray[Any]) -> float:
    return float(values.mean()) if values.size else float("nan")


def _interval(tones: Numbers) -> tuple[float, float]:
    """Return the 95 % percentile bootstrap interval of the mean; the same for the same tones."""
    if tones.size < 2:
        return float("nan"), float("nan")
    draw = np.random.default_rng(SEED)
    rows = max(1, BLOCK // tones.size)  # blocks bound the memory of a very long article
    means: list[float] = []
    while len(means) < RESAMPLES:
        size = (min(rows, RESAMPLES - len(means)), tones.size)
        means += tones[draw.integers(tones.size, size=size)].mean(axis=1).tolist()
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
