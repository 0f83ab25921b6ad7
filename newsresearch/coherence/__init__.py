"""The order of a text: signals that tell edited order from the same sentences shuffled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import Article
from newsresearch.batches import add_columns, one_by_one
from newsresearch.coherence.cues import CUES, read_cues, read_sentence
from newsresearch.coherence.signals import SIGNALS, read_drift, read_opening, read_signals
from newsresearch.measures import Measure
from newsresearch.tables import pd

__all__ = ["FEWEST_SENTENCES", "MEASURES", "SCORER", "score_coherence"]

# With fewer, most orders read as well as the first.
FEWEST_SENTENCES = 5

_OWN = "own rules after Barzilay & Lapata (2008) and Elsner & Charniak (2008)"
_PART = "a part of order_score; by itself weak: see benchmarks/order.py"
_HIGHER = "higher = more as in edited order"


def _part(column: str, meaning: str, unit: str = "score") -> Measure:
    return Measure(column, meaning, unit, None, None, _HIGHER, _OWN, _PART)


MEASURES = (
    _part("next_overlap", "words shared with the next sentence, against any two", "ratio"),
    _part("near_overlap", "the same, two and three sentences on", "ratio"),
    _part("topic_overlap", "sentences that open on a word of the sentence before", "share"),
    _part("word_gap", "how near to each other the uses of one word stand", "log ratio"),
    _part("first_centrality", "recurring words in the first sentence, against the mean", "ratio"),
    _part("centrality_slope", "how far sentences with recurring words come early"),
    _part("full_name_first", "names in full before their short form, less the reverse"),
    _part("definite_known", "things with 'the' that came up before"),
    _part("indefinite_new", "things with 'a' that did not come up before"),
    _part("pronoun_anchored", "'he' and 'she' with somebody right before, less those without"),
    _part("acronym_explained", "1 where an acronym is explained at its first use", "0 or 1"),
    _part("quotation_kept", "quotations that go on in the next sentence, less those that do not"),
    _part("opening_fit", "how much the first sentence looks like one, by weighted cues"),
    _part("drift_fit", "how far cues of beginnings come early and others late, by weighted cues"),
    Measure(
        "order_score", "how much the order of sentences looks edited: the weighted sum of these",
        "score", None, None, _HIGHER, _OWN,
        "original above its shuffle in .99 of the comparisons on 30 held-out advanced texts of "
        "OneStopEnglish, .92 on 426 held-out bodies of FNC-1 (benchmarks/order.py)",
    ),
)  # fmt: skip


def score_coherence(articles: pd.DataFrame) -> pd.DataFrame:
    """Score the order of sentences: to compare versions of one text, no verdict on any.

    Sees shared words, first mentions, pronouns, quotations and how the text opens; paragraph
    breaks do not count. It does not understand the text. The level of `order_score` hangs on
    the topic, the length and the house style: of two different articles the lower one is not
    the less coherent one. Higher = more like edited order. Not part of ``score_all``.

    Returns
    -------
    DataFrame
        The articles with the columns of ``list_measures("score_coherence")`` added: twelve
        signals, `opening_fit`, `drift_fit` and their weighted sum `order_score`; and `error`.
        Missing where a body has fewer than five sentences. The weights are in the package
        (``coherence/weights.json``).

    References
    ----------
    Barzilay & Lapata (2008), Computational Linguistics 34(1); Elsner & Charniak (2008), ACL.

    Examples
    --------
    >>> told = ["A baker, Ann Lee, opened a shop.", "Lee said the shop sold bread.",
    ...     "The bread sold well.", "She also baked cakes.", "But the cakes did not sell."]
    >>> table = pd.DataFrame({"article_id": ["told", "turned"], "headline": "",
    ...     "body": [" ".join(told), " ".join(told[::-1])]})
    >>> scores = score_coherence(table)["order_score"]
    >>> bool(scores[0] > scores[1])
    True
    """
    return add_columns(articles, SCORER)


def _score(article: Article) -> Mapping[str, Any]:
    if len(article.sentences) < FEWEST_SENTENCES:
        return {}
    sentences = [read_sentence(span.of(article.body)) for span in article.sentences]
    weights = _weights()
    cues = read_cues(sentences)
    row = read_signals(sentences)
    row["opening_fit"] = float((read_opening(cues) * weights["opening"]).sum())
    row["drift_fit"] = float((read_drift(cues) * weights["drift"]).sum())
    signals = np.array([row[name] for name in SIGNALS])
    order = float((signals * weights["signals"]).sum())
    return {**row, "order_score": order + row["opening_fit"] + row["drift_fit"]}


SCORER = one_by_one(_score, {measure.column: "float64" for measure in MEASURES})


@cache
def _weights() -> dict[str, NDArray[np.float64]]:
    """Return the weights of the signals and of the cues, in the order of their names."""
    text = files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    read = json.loads(text)
    names = {"signals": SIGNALS, "opening": CUES, "drift": CUES}
    return {part: np.array([read[part][name] for name in own]) for part, own in names.items()}
