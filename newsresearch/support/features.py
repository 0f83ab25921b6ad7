"""Named numbers of a headline against its body: what a trained model of stance is given."""

from __future__ import annotations

import numpy as np

from newsresearch.articles import Article
from newsresearch.evidence import read_passages, root_terms
from newsresearch.lexicons import load_words
from newsresearch.support.knowledge import know_body
from newsresearch.support.voices import NARRATION, QUOTED
from newsresearch.support.weighing import KINDS, OTHERWISE, Evidence, Support, weigh_headline
from newsresearch.vocabulary import plain_words

__all__ = ["FEATURES", "support_features"]

FEATURES = (
    "coverage", "best_coverage", "claim_coverage", "least_coverage", "exact_share", "cosine",
    "score", "margin", "runner_up", "position", "n_claims", "length",
    *KINDS, "otherwise", "doubt",
    "headline_negated", "evidence_negated", "headline_denies", "evidence_denies",
    "body_refutes", "refuted",
    "headline_hedged", "evidence_hedged", "asks", "reported", "quoted", "told",
    "names_shared", "numbers_shared", "body_length",
)  # fmt: skip
# So many different words of refutation say that the body refutes a report.
_MANY = 6


def support_features(article: Article) -> dict[str, float]:
    """Return the features of one article by name, nearly all from 0 to 1; all 0 for no headline.

    Examples
    --------
    >>> found = support_features(Article("a", "Court frees baker", "The court jailed the baker."))
    >>> found["reversed"], found["negated"]
    (0.9, 0.0)
    """
    support = weigh_headline(article)
    values = dict.fromkeys(FEATURES, 0.0)
    firsts = [claim.evidence[0] for claim in support.claims if claim.evidence]
    if not firsts:
        return values
    values |= _of_coverage(article, support, firsts)
    for kind in KINDS:
        values[kind] = max(_strength(found, kind) for found in firsts)
    values["otherwise"] = max(values[kind] for kind in OTHERWISE)
    values["doubt"] = max(values[kind] for kind in KINDS)
    values |= _of_wording(article, support, firsts)
    return values


def _strength(evidence: Evidence, kind: str) -> float:
    return max((m.strength for m in evidence.mismatches if m.kind == kind), default=0.0)


def _of_coverage(article: Article, support: Support, firsts: list[Evidence]) -> dict[str, float]:
    coverages = [found.coverage for found in firsts]
    ranked = support.claims[0].evidence
    second = ranked[1].score if len(ranked) > 1 else 0.0
    passages = read_passages(article.body)
    stems = {term.stem for claim in support.claims for term in claim.claim.terms}
    return {
        "coverage": support.coverage,
        "best_coverage": support.best,
        "claim_coverage": float(np.mean(coverages)),
        "least_coverage": min(coverages),
        "exact_share": sum(stem in passages.places for stem in stems) / len(stems),
        "score": ranked[0].score,
        "margin": ranked[0].score - second,
        "runner_up": second,
        "position": ranked[0].position,
        "n_claims": min(len(firsts), 4) / 4,
        "length": min(len(stems), 20) / 20,
        "body_length": min(len(passages.spans), 100) / 100,
        "cosine": support.cosine,
    }


def _of_wording(article: Article, support: Support, firsts: list[Evidence]) -> dict[str, float]:
    claims = [weighed.claim for weighed in support.claims]
    words = plain_words(article.headline)
    denials = load_words("actions", "denials") | load_words("actions", "refutations")
    names = know_body(article.body).names
    mine = {t.stem for t in root_terms(article.headline)}
    own = {a.value for c in claims for a in c.amounts}
    theirs = {a.value for a in know_body(article.body).amounts}
    hedges = load_words("actions", "hedges") | load_words("actions", "tentative")
    n = len(firsts)
    return {
        "headline_negated": float(any(c.clause.negated for c in claims)),
        "evidence_negated": sum(bool(e.negates) for e in firsts) / n,
        "headline_denies": float(bool(words & denials)),
        "evidence_denies": sum(bool(e.denies) for e in firsts) / n,
        "body_refutes": min(len(support.refutations) / _MANY, 1.0),
        "refuted": _refuted(len(support.refutations), bool(words & denials)),
        "headline_hedged": float(bool(words & hedges)),
        "evidence_hedged": sum(e.hedge is not None for e in firsts) / n,
        "asks": float(article.headline.rstrip().endswith("?")),
        "reported": float(any(c.reported for c in claims)),
        "quoted": sum(e.voice == QUOTED for e in firsts) / n,
        "told": sum(e.voice == NARRATION for e in firsts) / n,
        "names_shared": len(mine & names) / max(1, len(mine)),
        "numbers_shared": len(own & theirs) / len(own) if own else 1.0,
    }


def _refuted(n_words: int, is_denial: bool) -> float:
    """Return how far one of headline and body says of a report that it is not so, -0.3 to 1."""
    return 0.7 - min(n_words / 2, 1.0) if is_denial else min(n_words / _MANY, 1.0)
