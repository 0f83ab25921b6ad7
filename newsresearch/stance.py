"""What a body does to its headline: agree, disagree, discuss or unrelated.

Rules on the evidence of ``support``; no trained model.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from newsresearch.articles import Article
from newsresearch.batches import add_columns, one_by_one
from newsresearch.lexicons import load_words
from newsresearch.measures import Measure
from newsresearch.support import Support, weigh_headline
from newsresearch.vocabulary import plain_words

__all__ = ["MEASURES", "SCORER", "STANCES", "label_stance"]

STANCES = ("agree", "disagree", "discuss", "unrelated")


_FNC = "on 12,407 development pairs of FNC-1's training part"
_OWN = "own rules; labels after the Fake News Challenge, stage 1 (2017)"
MEASURES = (
    Measure(
        "stance", "what the body does to the headline: agree, disagree, discuss, unrelated",
        "label", None, None, "no order", _OWN,
        f"F1 .47 agree, .21 disagree, .59 discuss, .98 unrelated, macro .56 {_FNC}; the best "
        "systems of the challenge reach .13 on disagree and .60 macro on its test part",
    ),
    Measure(
        "headline_coverage", "share of the headline's content words found anywhere in the body",
        "share", 0.0, 1.0, "higher = the body is more about the headline", _OWN,
        f"related or not: AUC .99 together with headline_support {_FNC}",
    ),
    Measure(
        "headline_support", "share of the headline's content words in the best supporting sentence",
        "share", 0.0, 1.0, "higher = one sentence comes nearer to the headline", _OWN,
        "says that words are shared, not that the claim is borne out: agree and disagree differ "
        f"by AUC .44 {_FNC}",
    ),
)  # fmt: skip


def label_stance(articles: pd.DataFrame) -> pd.DataFrame:
    """Label what each body does to its headline: agree, disagree, discuss or unrelated.

    Rules on words: *unrelated* where the body holds too few of the headline's words,
    *disagree* where one of the two denies ('hoax', 'debunked') and the other does not,
    *discuss* where the headline or the supporting sentence is hedged, else *agree*. A coarse
    first reading: see its measured scores with ``benchmarks/stance.py`` before counting on it.

    Returns
    -------
    DataFrame
        The articles with `stance`, `headline_coverage` and `headline_support` (0 to 1, higher =
        better borne out) and `error` added.

    References
    ----------
    Labels: Fake News Challenge stage 1 (2017).

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": ["Owl stole the cake"],
    ...     "body": ["The tale that an owl stole the cake is a hoax."]})
    >>> label_stance(table).loc[0, "stance"]
    'disagree'
    """
    return add_columns(articles, SCORER)


def _label(article: Article) -> Mapping[str, Any]:
    support = weigh_headline(article)
    if not support.n_terms:  # the headline holds nothing to compare
        return {}
    best = support.supporting.coverage if support.supporting else 0.0
    return {
        "stance": _stance(article, support),
        "headline_coverage": support.coverage,
        "headline_support": best,
    }


SCORER = one_by_one(_label, {m.column: "str" if m.unit == "label" else "float64" for m in MEASURES})


# Chosen on a development split of FNC-1's training part; benchmarks/stance.py prints its scores.
_RELATED = 0.58


def _stance(article: Article, support: Support) -> str:
    best, against = support.supporting, support.opposing
    if support.best + 3 * support.cosine < _RELATED:
        return "unrelated"
    if best is None or (against and against.score > best.score):
        return "disagree"
    headline, denials = plain_words(article.headline), load_words("actions", "denials")
    if bool(denials & support.refutations) != bool(headline & denials):
        return "disagree"
    tentative = load_words("actions", "hedges") | load_words("actions", "tentative")
    if "?" in article.headline or tentative & (headline | plain_words(best.span.of(article.body))):
        return "discuss"
    return "agree"
