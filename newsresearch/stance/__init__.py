"""What a body does to its headline: agree, disagree, discuss or unrelated, with probabilities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from newsresearch.articles import Article
from newsresearch.batches import Batch, Columns, Scorer, add_columns
from newsresearch.evidence import rank_evidence
from newsresearch.measures import Measure
from newsresearch.stance.model import BLEND_WEIGHTS, STANCES, blend, choose, read_stance
from newsresearch.support import weigh_headline
from newsresearch.tables import pd
from newsresearch.vocabulary import content_terms

__all__ = ["MEASURES", "SCORER", "STANCES", "Judge", "label_stance"]

Pairs = Sequence[tuple[str, str]]
Judge = Callable[[Pairs], ArrayLike]
Rows = NDArray[np.float64]

_FNC = "on FNC-1's test part (benchmarks/stance.py)"
_HAND = "of headlines written by hand for 30 unseen articles (benchmarks/probes.py)"
_OWN = "own model; labels after the Fake News Challenge, stage 1 (2017)"
_P = "probability"
MEASURES = (
    Measure(
        "stance", "what the body does to the headline: agree, disagree, discuss, unrelated",
        "label", None, None, "no order", _OWN,
        "F1 .57 agree, .40 disagree, .71 discuss, .98 unrelated, macro .67; stackLSTM (2018, from "
        "memory) .50, .18, .76, 1.00, macro .61, people (from memory) .59, .67, .77, 1.00, macro "
        f".75 {_FNC}",
    ),
    *(
        Measure(
            f"p_{stance}", f"how likely the stance is '{stance}'", _P, 0.0, 1.0,
            "higher = likelier", _OWN, f"expected calibration error {error} {_FNC}",
        )
        for stance, error in zip(STANCES, (".008", ".013", ".020", ".004"), strict=True)
    ),
    Measure(
        "p_contradicted", "how likely the evidence says something else than the headline", _P,
        0.0, 1.0, "higher = likelier contradicted", "own model, trained on edited headlines",
        "contradicted or borne out, AUC .77; changed numbers .94, exchanged actors .69, opposites "
        f".67; no use for overstated (.51) or unsupported ones (.46), {_HAND}",
    ),
    Measure(
        "headline_coverage", "share of the headline's words that the body bears out anywhere",
        "share", 0.0, 1.0, "higher = the body is more about the headline", "own rules",
        f"a part of what tells related from unrelated: AUC .99 {_FNC}",
    ),
    Measure(
        "headline_support", "share of the headline's words that one sentence bears out",
        "share", 0.0, 1.0, "higher = one sentence comes nearer to the headline", "own rules",
        "says that words are shared, not that the claim is borne out: a sentence of a summary is, "
        "AUC .73 on 714 of QAGS's cnndm part, .63 on 239 of xsum (benchmarks/transfer.py)",
    ),
    *(
        Measure(
            f"evidence_{end}", f"where the sentence that decides most {end}s in the body",
            "code points", 0.0, None, "no order", "own rules",
            f"it is the right sentence for .77 {_HAND}",
        )
        for end in ("start", "end")
    ),
)  # fmt: skip
_KINDS = {"label": "str", "code points": "Int64"}
_DTYPES = {measure.column: _KINDS.get(measure.unit, "float64") for measure in MEASURES}


def label_stance(articles: pd.DataFrame, model: str | Judge = "lexical") -> pd.DataFrame:
    """Label what each body does to its headline: agree, disagree, discuss or unrelated.

    A first reading, no verdict: it weighs words, names, numbers, denials and hedges of the
    headline and of the sentences nearest to it. ``support_headline`` shows these sentences and
    what differs; the card in the codebook says how often it is right.

    Parameters
    ----------
    articles : DataFrame
        An Articles table, as ``read_articles`` makes it.
    model : str or callable, default "lexical"
        "lexical": the small model that comes along. "encoder": the mean of that and a trained
        encoder (extra `encoder`): hardly better (see its card), ten times as slow, the same
        `p_contradicted`. Or a function of your own, from a list of pairs of headline and body to
        an array with one row a pair: the probabilities of agree, disagree, discuss, unrelated.

    Returns
    -------
    DataFrame
        The articles with `stance`, `p_agree`, `p_disagree`, `p_discuss`, `p_unrelated` (0 to 1,
        sum 1), `p_contradicted` (0 to 1: how likely the evidence says something else than the
        headline; missing for a function of your own), `headline_coverage`, `headline_support`,
        `evidence_start` and `evidence_end` (code points of the body: the sentence that decides
        most) and `error` added. With "lexical" the rare *agree* and *disagree* are labelled
        before they are the likeliest: at the weights that gave the best macro-F1. Missing where
        the headline holds nothing to compare.

    Raises
    ------
    ValueError
        If the model is not known. Where a function of your own gives no probabilities, `error`
        says so in its rows.
    EncoderError
        If the encoder's extra or files are missing.

    References
    ----------
    Labels: Fake News Challenge stage 1 (2017).

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": ["Council backs wind farm"],
    ...     "body": ["It was late. The council rejected the wind farm."]})
    >>> label_stance(table).loc[0, "stance"]
    'disagree'
    >>> label_stance(table, model=lambda pairs: [[1, 0, 0, 0] for _ in pairs]).loc[0, "stance"]
    'agree'
    """
    return add_columns(articles, _choose_scorer(model))


def _choose_scorer(model: str | Judge) -> Scorer:
    if callable(model):
        return _make_scorer(lambda batch: _ask(model, batch))
    if model == "lexical":
        return SCORER
    if model == "encoder":
        # Imported and loaded here: what is missing is told before any article is read.
        from newsresearch.encoder import load_encoder

        load_encoder()
        return _make_scorer(_encode)
    raise ValueError(f"no model {model!r}. Choose 'lexical', 'encoder' or pass a function.")


class _Judged(NamedTuple):
    """What a model makes of one article."""

    stances: Rows
    contradicted: float
    label: str


def _make_scorer(judge: Callable[[Sequence[Article]], Iterable[_Judged]]) -> Scorer:
    def score(batch: Batch) -> Columns:
        cells: dict[str, list[Any]] = {column: [None] * len(batch.articles) for column in _DTYPES}
        places = [at for at, one in enumerate(batch.articles) if content_terms(one.headline)]
        able = [batch.articles[at] for at in places]
        # One article after the other: what is read of a body is kept for the next question.
        for at, article, judged in zip(places, able, judge(able), strict=True):
            values = [judged.label, *judged.stances.tolist(), judged.contradicted]
            values += [*_tell_support(article), *_tell_place(batch.stored[at])]
            for column, value in zip(_DTYPES, values, strict=True):
                cells[column][at] = value
        return cells

    return Scorer(score, _DTYPES)


def _tell_support(article: Article) -> tuple[float, float]:
    support = weigh_headline(article)
    return support.coverage, support.best


def _tell_place(article: Article) -> tuple[int | None, int | None]:
    """Return where the best sentence stands in the body as it is stored."""
    smoothed = article.smoothed
    best = rank_evidence(smoothed.headline, smoothed.body, 1)
    return article.stored("body", best[0].span) if best else (None, None)


def _read(articles: Sequence[Article]) -> Iterator[_Judged]:
    for article in articles:
        reading = read_stance(article)
        yield _Judged(reading.stances, reading.contradicted, choose(reading.stances))


SCORER = _make_scorer(_read)


def _encode(articles: Sequence[Article]) -> Iterator[_Judged]:
    """Ask both models: together they do better than either, the encoder alone worse."""
    from newsresearch.encoder import read_pairs

    found = read_pairs([(article.headline, article.body) for article in articles])
    for article, told in zip(articles, found.stance, strict=True):
        reading = read_stance(article)
        stances = blend(reading.stances, told)
        yield _Judged(stances, reading.contradicted, choose(stances, BLEND_WEIGHTS))


def _ask(model: Judge, articles: Sequence[Article]) -> list[_Judged]:
    pairs = [(article.headline, article.body) for article in articles]
    given = np.asarray(model(pairs) if pairs else [], dtype=np.float64)
    if pairs and given.shape != (len(pairs), len(STANCES)):
        raise ValueError(
            f"the model must give {len(pairs)} rows of {len(STANCES)} probabilities "
            f"({', '.join(STANCES)}); it gave an array of shape {given.shape}."
        )
    good = bool(np.isfinite(given).all() and (given >= 0).all())
    if not good or (pairs and not np.allclose(given.sum(axis=1), 1.0, atol=1e-3)):
        raise ValueError("the model must give probabilities: each from 0 to 1, each row's sum 1.")
    return [_Judged(row, float("nan"), STANCES[int(row.argmax())]) for row in given]
