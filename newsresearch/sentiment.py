"""Tone of sentences, headlines and bodies; the only door to vaderSentiment.

The tone of an article is the mean of its sentences: the engine's own score of a whole text
runs to -1 or +1 with length.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from newsresearch.articles import Article, add_columns, iter_articles
from newsresearch.measures import Measure
from newsresearch.plain import plain_text
from newsresearch.text import Span, split_sentences, split_words

__all__ = ["MEASURES", "list_tones", "mean_tone", "score_sentiment", "tone"]

# --- the engine, made linear -----------------------------------------------------------------

_BEFORE, _AFTER = 4, 3  # the rules look three words back and two ahead; one to spare each side


class _Window(NamedTuple):
    """What the rules need of a text, cut down to the words around one hit."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


def _scale_around_but(words: list[str], tones: list[float]) -> list[float]:
    """Halve the tones before the first 'but' and raise those after it by half, in place.

    As upstream, the first word of equal tone is the one that changes, even if it stands on
    the other side; upstream searches the list for it, here a heap per tone knows it.
    """
    lowered = [word.lower() for word in words]
    if "but" not in lowered:
        return tones
    turn = lowered.index("but")
    places: dict[float, list[int]] = {}
    for at, value in enumerate(tones):
        if value:
            places.setdefault(value, []).append(at)  # ascending, so a heap already
    for value in tones:  # reads each tone as it is by then, like upstream
        if value and (first := places[value][0]) != turn:
            heappop(places[value])
            tones[first] = value * (0.5 if first < turn else 1.5)
            heappush(places.setdefault(tones[first], []), first)
    return tones


@cache
def _engine() -> Any:
    """Build the analyzer once per process: same scores as upstream, in linear time."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    class LinearAnalyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
        def sentiment_valence(
            self, valence: float, sentitext: Any, item: str, i: int, sentiments: list[float]
        ) -> list[float]:
            if item.lower() not in self.lexicon:
                sentiments.append(valence)
                return sentiments
            start = max(0, i - _BEFORE)
            words = sentitext.words_and_emoticons[start : i + _AFTER + 1]
            window = _Window(words, sentitext.is_cap_diff)
            scored: list[float] = super().sentiment_valence(
                valence, window, item, i - start, sentiments
            )
            return scored

        _but_check = staticmethod(_scale_around_but)

    return LinearAnalyzer()


# --- one sentence ----------------------------------------------------------------------------


def tone(text: str) -> float:
    """Score the tone of one sentence, from -1 (negative) to 1; higher = more positive.

    Sees words of a list, with negation, degree words, capitals, '!' and 'but' around them.
    Cannot see irony, who speaks, or that *united*, *security* and *party* are names in news.

    Parameters
    ----------
    text : str
        One sentence. A longer text is allowed, but drifts to -1 or 1 with its length.

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
    >>> tone("...")
    nan
    """
    plain = plain_text(text)
    if not split_words(plain):
        return float("nan")
    return float(_engine().polarity_scores(plain)["compound"])


# --- tables ----------------------------------------------------------------------------------

POSITIVE, NEGATIVE = 0.05, -0.05  # the bounds that Hutto and Gilbert propose
RESAMPLES, SEED, BLOCK = 1000, 20140601, 1 << 20

_TONE_DTYPES = {
    "article_id": "str",
    "field": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "quote": "str",
    "tone": "float64",
}


def list_tones(articles: pd.DataFrame) -> pd.DataFrame:
    """List the tone of each sentence of headlines and bodies, one row a sentence.

    Articles that cannot be scored have no rows here; ``score_sentiment`` gives the reason.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.

    Returns
    -------
    pandas.DataFrame
        article_id, field ("headline" or "body"), sentence (0-based within its field), start
        and end (characters of that field), quote, tone (-1 to 1, NaN without a word; higher =
        more positive).

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": ["Fine day"], "body": ["It rained. We lost."]}
    >>> list_tones(pd.DataFrame(one))[["field", "sentence", "quote", "tone"]].values.tolist()
    [['headline', 0, 'Fine day', 0.2023], ['body', 0, 'It rained.', 0.0],
     ['body', 1, 'We lost.', -0.3182]]
    """
    rows = [row for article in iter_articles(articles) for row in _tone_rows(article)]
    return pd.DataFrame(rows, columns=list(_TONE_DTYPES)).astype(_TONE_DTYPES)


def _tone_rows(article: Article) -> Iterator[tuple[str, str, int, int, int, str, float]]:
    if article.problem:
        return
    for field, spans in (
        ("headline", split_sentences(article.headline)),
        ("body", article.sentences),
    ):
        for number, span in enumerate(spans):
            quote = span.of(article.field(field))
            yield (article.article_id, field, number, *span, quote, tone(quote))


def score_sentiment(articles: pd.DataFrame) -> pd.DataFrame:
    """Add the tone of headline and body to a table of articles.

    Sees the mean, spread and uncertainty of the tone of sentences, in any order. Cannot see
    whose tone it is: a speaker's harsh words count as the article's. A gap between headline
    and body is a shift of tone, not a contradiction.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index, with headline_tone, body_tone, body_tone_low and
        body_tone_high (95 % bootstrap interval over sentences), tone_spread, positive_share,
        negative_share, tone_gap (headline minus body) and error; higher = more positive. NaN
        where there is no sentence to judge, or only one for interval and spread.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.

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
    return add_columns(articles, _score, {measure.column: "float64" for measure in MEASURES})


def _score(article: Article) -> dict[str, float]:
    headline = mean_tone(article.headline)
    body = _tones(article.body, article.sentences)
    low, high = _interval(body)
    return {
        "headline_tone": headline,
        "body_tone": _mean(body),
        "body_tone_low": low,
        "body_tone_high": high,
        "tone_spread": float(body.std(ddof=1)) if body.size > 1 else float("nan"),
        "positive_share": _mean(body >= POSITIVE),
        "negative_share": _mean(body <= NEGATIVE),
        "tone_gap": headline - _mean(body),
    }


def mean_tone(text: str) -> float:
    """Return the mean tone of the sentences of a text; NaN where it has no word."""
    return _mean(_tones(text, split_sentences(text)))


def _tones(text: str, sentences: list[Span]) -> npt.NDArray[np.float64]:
    """Return the tones of the sentences that have one; sorted, so that order cannot matter."""
    tones = np.sort(np.array([tone(span.of(text)) for span in sentences], dtype=np.float64))
    return tones[~np.isnan(tones)]


def _mean(values: npt.NDArray[Any]) -> float:
    return float(values.mean()) if values.size else float("nan")


def _interval(tones: npt.NDArray[np.float64]) -> tuple[float, float]:
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


# --- codebook --------------------------------------------------------------------------------

_VADER = "Hutto & Gilbert (2014), VADER, ICWSM-14"
_EFRON = "Efron (1979), Annals of Statistics 7"
_HEADLINE = (
    "not measured on headlines; on 5,190 snippets of NYT opinion r = .50 with the mean of 20 "
    "readers, one reader .71 (benchmarks/tone.py)"
)
_BODY = (
    "r = .63 with readers on 498 NYT opinion articles, against .53 for the compound of the whole "
    "text; not measured on news reports (benchmarks/tone.py)"
)
_INTERVAL = "covers the choice of sentences, not the errors of the word list; not measured"
_SHARE = (
    "weighted F1 of three classes at these bounds .55 on 5,190 snippets of NYT opinion, one reader "
    ".63, always negative .37 (benchmarks/tone.py)"
)
_GAP = (
    "its size does not tell a body that contradicts its headline from one that agrees: AUC .45 on "
    "FNC-1 (benchmarks/stance.py)"
)


def _card(
    column: str,
    meaning: str,
    validity: str,
    span: tuple[float, float] = (-1, 1),
    direction: str = "higher = more positive",
    reference: str = _VADER,
) -> Measure:
    unit = "share of sentences" if column.endswith("_share") else "compound score"
    return Measure(column, meaning, unit, *span, direction, reference, validity)


MEASURES: tuple[Measure, ...] = (
    _card("headline_tone", "mean tone of the sentences of the headline", _HEADLINE),
    _card("body_tone", "mean tone of the sentences of the body", _BODY),
    _card(
        "body_tone_low", "lower end of the 95 % interval of body_tone", _INTERVAL, reference=_EFRON
    ),
    _card(
        "body_tone_high", "upper end of the 95 % interval of body_tone", _INTERVAL, reference=_EFRON
    ),
    _card(
        "tone_spread",
        "standard deviation of the tones of the sentences of the body",
        "not measured",
        (0, 1.5),
        "higher = more mixed",
    ),
    _card("positive_share", "sentences of the body with a tone of .05 or more", _SHARE, (0, 1)),
    _card(
        "negative_share",
        "sentences of the body with a tone of -.05 or less",
        _SHARE,
        (0, 1),
        "higher = more negative",
    ),
    _card(
        "tone_gap",
        "headline_tone minus body_tone: a shift of tone, not a contradiction",
        _GAP,
        (-2, 2),
        "higher = headline more positive than body",
    ),
)
