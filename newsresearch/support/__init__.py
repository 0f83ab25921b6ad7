"""The headline against its body: which sentences bear each claim out, which say otherwise, and how.

Rules, word lists and word vectors; nothing is trained for the task. It compares words and a few
places next to each other; it does not understand the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsresearch.articles import Article, iter_articles
from newsresearch.support.features import FEATURES, support_features
from newsresearch.support.sight import Mismatch
from newsresearch.support.weighing import (
    KINDS,
    OTHERWISE,
    Evidence,
    Support,
    WeighedClaim,
    explain_evidence,
    weigh_headline,
)
from newsresearch.tables import pd, to_table
from newsresearch.text import Span

__all__ = [
    "FEATURES",
    "KINDS",
    "OTHERWISE",
    "SUPPORT_DTYPES",
    "Evidence",
    "Mismatch",
    "Support",
    "WeighedClaim",
    "explain_evidence",
    "support_features",
    "support_headline",
    "support_rows",
    "weigh_headline",
]

SUPPORT_DTYPES = {
    "article_id": "str",
    "claim": "int64", "claim_start": "int64", "claim_end": "int64", "claim_quote": "str",
    "role": "str", "start": "int64", "end": "int64", "quote": "str",
    "coverage": "float64", "position": "float64", "buried": "bool", "voice": "str",
    "hedged": "bool", "missing": "str",
    "mismatch": "str", "strength": "float64",
    "told_start": "Int64", "told_end": "Int64", "told_quote": "str",
    "found_start": "Int64", "found_end": "Int64", "found_quote": "str",
    "reason": "str",
}  # fmt: skip
_NOWHERE = Span(0, 0)
# A sentence that bears out less has nothing to do with the claim.
_LEAST = 0.15


def support_headline(articles: pd.DataFrame) -> pd.DataFrame:
    """Show, for each claim of a headline, the body's best sentence for it and the best against it.

    A headline is split into claims ('Mayor quits as council rejects bridge' makes two). A
    sentence is supporting where it has most of the claim's words, or words near to them, and
    opposing where it says otherwise: `mismatch` names how, with the words of both. It compares
    words, so each row is a place to look, no proof.

    Returns
    -------
    DataFrame
        Long. `claim` is its number, `claim_start`, `claim_end`, `claim_quote` its place in the
        headline; `role` is supporting, opposing, or none where there is nothing to show
        (`reason` says why); `start`, `end`, `quote` of the body; `coverage` is the share of the
        claim's words that the sentence bears out, rare words counting more (0 to 1, higher =
        more); `position` of the sentence in the body (0 first, near 1 last), `buried` in the
        second half; `voice` is narration, quoted or reported; `hedged`; `missing` words;
        `mismatch` one of ``KINDS`` or empty, its `strength` (0 to 1), `told_…` the words of the
        headline and `found_…` those of the body; `reason`.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": ["Council backs wind farm"],
    ...     "body": ["It was late. The council rejected the wind farm."]})
    >>> support_headline(table)[["role", "mismatch", "told_quote", "found_quote"]].values.tolist()
    [['opposing', 'reversed', 'backs', 'rejected']]
    """
    rows = [row for article in iter_articles(articles) for row in support_rows(article)]
    return to_table(rows, SUPPORT_DTYPES)


def support_rows(article: Article) -> list[dict[str, Any]]:
    """Return the rows of ``support_headline`` for one article; of one that fails, the reason."""
    try:
        return list(_rows(article))
    except Exception as problem:  # a fault in one article must not lose the others
        return [_empty_row(article, f"reading failed: {type(problem).__name__}: {problem}")]


def _rows(article: Article) -> Iterator[dict[str, Any]]:
    if article.problem:
        yield _empty_row(article, article.problem)
        return
    support = weigh_headline(article.smoothed)
    for number, weighed in enumerate(support.claims, start=1):
        sides = ("supporting", weighed.supporting), ("opposing", weighed.opposing)
        found = [(role, own) for role, own in sides if own and own.coverage >= _LEAST]
        for role, evidence in found:
            yield _row(article, number, weighed, role, evidence)
        if not found:
            reason = "no sentence of the body has words in common with this claim"
            yield _empty_row(article, reason) | _claim_columns(article, number, weighed)
    if not support.claims:
        yield _empty_row(article, "the headline has no words to compare")


def _empty_row(article: Article, reason: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: {"str": "", "bool": False, "int64": 0, "float64": float("nan"), "Int64": None}[kind]
        for name, kind in SUPPORT_DTYPES.items()
    }
    return row | {"article_id": article.article_id, "role": "none", "reason": reason}


def _row(
    article: Article, number: int, weighed: WeighedClaim, role: str, evidence: Evidence
) -> dict[str, Any]:
    span = article.stored("body", evidence.span)
    missing = [article.stored("headline", place).of(article.headline) for place in evidence.missing]
    mismatch = evidence.mismatch
    return {
        "article_id": article.article_id,
        **_claim_columns(article, number, weighed),
        "role": role, "start": span.start, "end": span.end, "quote": span.of(article.body),
        "coverage": evidence.coverage, "position": evidence.position, "buried": evidence.buried,
        "voice": evidence.voice, "hedged": evidence.hedge is not None,
        "missing": ", ".join(missing),
        "mismatch": mismatch.kind if mismatch else "",
        "strength": mismatch.strength if mismatch else 0.0,
        **_places(article, "told", "headline", mismatch.told if mismatch else None),
        **_places(article, "found", "body", mismatch.found if mismatch else None),
        "reason": explain_evidence(evidence),
    }  # fmt: skip


def _claim_columns(article: Article, number: int, weighed: WeighedClaim) -> dict[str, Any]:
    span = article.stored("headline", weighed.claim.span)
    return {
        "claim": number, "claim_start": span.start, "claim_end": span.end,
        "claim_quote": span.of(article.headline),
    }  # fmt: skip


def _places(article: Article, name: str, field: str, span: Span | None) -> dict[str, Any]:
    place = article.stored(field, span) if span else _NOWHERE
    return {
        f"{name}_start": place.start if span else None,
        f"{name}_end": place.end if span else None,
        f"{name}_quote": place.of(article.field(field)),
    }
