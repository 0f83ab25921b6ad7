"""Each claim of a headline weighed against the sentences of its body."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from newsresearch.articles import Article
from newsresearch.claims import Claim, read_claims
from newsresearch.clauses import Word
from newsresearch.evidence import (
    Cover,
    Table,
    cover,
    rank_passages,
    read_passages,
    weigh_terms,
)
from newsresearch.lexicons import load_words
from newsresearch.support import polarity, roles, values
from newsresearch.support.knowledge import know_body
from newsresearch.support.sight import SURE, Mismatch, Sight, look
from newsresearch.support.voices import NARRATION
from newsresearch.text import Span

__all__ = [
    "KINDS",
    "OTHERWISE",
    "Evidence",
    "Support",
    "WeighedClaim",
    "explain_evidence",
    "weigh_headline",
]

# From this strength on a mismatch is told; the weaker ones only serve a model as features.
TOLD = 0.5
# What says otherwise, as opposed to what says it less surely or not at all.
OTHERWISE = (
    "number_changed", "date_changed", "place_changed", "reversed", "negated", "actor_swapped",
)  # fmt: skip
# One function a kind; of equally strong mismatches the first is told.
_FUNCTIONS: dict[str, Callable[[Sight], Iterator[Mismatch]]] = {
    "number_changed": values.number_changed,
    "date_changed": values.date_changed,
    "place_changed": values.place_changed,
    "reversed": polarity.reversed_action,
    "negated": polarity.negated,
    "actor_swapped": roles.actor_swapped,
    "quotation_missing": values.quotation_missing,
    "actor_missing": roles.actor_missing,
    "hedge_dropped": polarity.hedge_dropped,
    "reported_as_fact": polarity.reported_as_fact,
    "action_unsupported": roles.action_unsupported,
}
KINDS = tuple(_FUNCTIONS)
# So many sentences are read for mismatches, if their rank is near the best one's.
_MOST_READ = 3
_NEAR_BEST = 0.6


class Evidence(NamedTuple):
    """A sentence of the body held against a claim.

    ``score``: how well it decides the claim; ``coverage``: how much of the claim it bears out.
    ``mismatches`` are sorted by strength, the strongest of each kind.
    """

    span: Span
    at: int
    score: float
    coverage: float
    voice: str
    hedge: Word | None
    mismatches: tuple[Mismatch, ...]
    missing: tuple[Span, ...]
    position: float
    negates: bool
    denies: bool

    @property
    def mismatch(self) -> Mismatch | None:
        """The strongest mismatch, if it is strong enough to be told."""
        first = self.mismatches[0] if self.mismatches else None
        return first if first and first.strength >= TOLD else None

    @property
    def opposes(self) -> Mismatch | None:
        """The strongest mismatch that says otherwise, if it is strong enough to be told."""
        kinds = (m for m in self.mismatches if m.kind in OTHERWISE and m.strength >= TOLD)
        return next(kinds, None)

    @property
    def buried(self) -> bool:
        """Does the sentence stand in the second half of the body?"""
        return self.position > 0.5


class WeighedClaim(NamedTuple):
    """A claim with the sentences read for it, best first.

    ``acted``: how like its verb any word of the body is; 1 where the claim has no verb.
    """

    claim: Claim
    evidence: tuple[Evidence, ...]
    acted: float = 1.0

    @property
    def supporting(self) -> Evidence | None:
        """The sentence that best bears the claim out: none that says otherwise."""
        return max((e for e in self.evidence if not e.opposes), key=_rank, default=None)

    @property
    def opposing(self) -> Evidence | None:
        """The sentence that most surely says otherwise, if one does."""
        return max((e for e in self.evidence if e.opposes), key=_rank, default=None)


def _rank(evidence: Evidence) -> float:
    return evidence.score


@dataclass(frozen=True)
class Support:
    """What the body has for a headline and against it.

    ``coverage``: share of the headline's words that the body bears out anywhere; ``best``: in
    one sentence; ``cosine``: of the two as weighted words; ``refutations``: words of the body
    that say of a report that it is not so.
    """

    claims: tuple[WeighedClaim, ...]
    n_terms: int
    coverage: float
    best: float
    cosine: float = 0.0
    refutations: frozenset[str] = frozenset()

    @property
    def supporting(self) -> Evidence | None:
        """The sentence that best bears out the first claim."""
        return self.claims[0].supporting if self.claims else None


@lru_cache(maxsize=2)  # several checks ask for the same article
def weigh_headline(article: Article) -> Support:
    """Weigh every claim of the headline against the sentences of the body."""
    claims = read_claims(article.headline)
    passages = read_passages(article.body)
    stems = list(dict.fromkeys(term.stem for claim in claims for term in claim.terms))
    if not stems or not passages.spans:
        return Support(tuple(WeighedClaim(claim, ()) for claim in claims), len(stems), 0.0, 0.0)
    rows = {stem: at for at, stem in enumerate(stems)}
    covered = cover(stems, passages)
    weights = weigh_terms(stems)
    refuting = load_words("actions", "denials") | load_words("actions", "refutations")
    weighed = tuple(_weigh(claim, rows, weights, covered, article.body) for claim in claims)
    everywhere = _share(weights @ covered.strict.max(axis=1), weights)
    best = _share((weights @ covered.strict).max(), weights)
    alike = _cosine(stems, weights, article.body)
    return Support(
        weighed, len(stems), everywhere, best, alike, refuting & know_body(article.body).words
    )


def _share(covered: np.float32, weights: Table) -> float:
    return min(float(covered / weights.sum()), 1.0)


def _cosine(stems: list[str], weights: Table, body: str) -> float:
    """Return the cosine of headline and body, words weighted by how telling they are."""
    passages = read_passages(body)
    mine = weights * np.array([stem in passages.places for stem in stems], dtype=np.float32)
    counts = np.array([1 + math.log(len(passages.places.get(stem, "x"))) for stem in stems])
    cosine = (mine * weights) @ counts / np.linalg.norm(weights) / know_body(body).length
    return min(float(cosine), 1.0)


def _weigh(
    claim: Claim, rows: dict[str, int], weights: Table, covered: Cover, body: str
) -> WeighedClaim:
    passages = read_passages(body)
    own = [rows[term.stem] for term in claim.terms]
    stems = [term.stem for term in claim.terms]
    scores = rank_passages(stems, covered.loose[own], passages)
    order = np.argsort(-scores, kind="stable")[:_MOST_READ]
    chosen = [int(at) for at in order if scores[at] >= _NEAR_BEST * scores[order[0]]]
    acted = float(covered.strict[own[claim.action]].max()) if claim.action >= 0 else 1.0
    found = []
    for at in chosen:
        sight = look(claim, own, weights[own], covered, passages, body, at, acted)
        found.append(_read(sight, float(scores[at]), at / len(passages.spans)))
    return WeighedClaim(claim, tuple(found), acted)


def _read(sight: Sight, score: float, position: float) -> Evidence:
    kinds = [list(function(sight)) for function in _FUNCTIONS.values()]
    strongest = [max(found, key=lambda m: m.strength) for found in kinds if found]
    strongest.sort(key=lambda m: -m.strength)
    terms = zip(sight.claim.terms, sight.likes, strict=True)
    missing = tuple(Span(t.start, t.end) for t, like in terms if like < SURE)
    return Evidence(
        sight.sentence.span, sight.at, score, sight.coverage, sight.voice,
        polarity.find_hedge(sight), tuple(strongest), missing, position,
        bool(sight.sentence.negated), bool(sight.sentence.marks["denials"]),
    )  # fmt: skip


def explain_evidence(evidence: Evidence) -> str:
    """Say in words what speaks for a sentence, and how it differs."""
    parts = [f"bears out {evidence.coverage:.0%} of the claim"]
    if evidence.mismatch:
        parts.append(evidence.mismatch.reason)
    if evidence.hedge:
        parts.append(f"hedged with ‘{evidence.hedge.plain}’")
    if evidence.voice != NARRATION:
        parts.append(evidence.voice)
    if evidence.buried:
        parts.append(f"{evidence.position:.0%} down the body")
    return "; ".join(parts)
