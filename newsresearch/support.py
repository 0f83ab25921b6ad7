"""The headline against its body: the sentences that bear it out, and those that oppose it.

Rules and word lists, no trained model: it compares words, actions and their opposites, hedges
and denials. It does not understand a paraphrase without a word in common.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from newsresearch.articles import Article, iter_articles
from newsresearch.claims import Claim, read_claim, reversers
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, split_sentences, split_words
from newsresearch.vocabulary import Term, content_terms, same_thing, stem

__all__ = [
    "SUPPORT_DTYPES",
    "Evidence",
    "Support",
    "explain_evidence",
    "support_headline",
    "weigh_headline",
]

SUPPORT_DTYPES = {
    "article_id": "str", "role": "str", "start": "int64", "end": "int64", "quote": "str",
    "coverage": "float64", "hedged": "bool", "missing": "str", "reason": "str",
}  # fmt: skip
# Chosen on a development split of FNC-1's training part; benchmarks/stance.py prints its scores.
_RELATED = 0.6


@dataclass(frozen=True)
class Evidence:
    """A sentence of the body weighed against the headline.

    ``shared`` are the stems of the headline's words that it bears out; ``missing`` are the
    other words as written, told only of the sentences that a Support names.
    ``acts``: it holds the headline's action or one like it. ``opposes`` (an opposite action,
    near what the headline's is done to), ``refutes`` and ``hedged`` name the word that does so.
    """

    span: Span
    coverage: float
    shared: frozenset[str]
    acts: bool
    opposes: str
    refutes: str
    hedged: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Support:
    """What the body has for a headline and against it.

    ``decisive``: the headline's action is one that few words paraphrase, and no sentence has it.

    ``coverage``: share of the headline's content words anywhere in the body; ``plain``: the
    best share of a sentence that acts as the headline does, with no hedge; ``denials``: words
    of the body that say a report is not so.
    """

    action: str
    n_terms: int
    coverage: float
    supporting: Evidence | None
    opposing: Evidence | None
    denials: frozenset[str] = frozenset()
    decisive: bool = False
    plain: float = 0.0

    @property
    def is_related(self) -> bool:
        """Does the body hold enough of the headline's words to be about the same thing?"""
        best = self.supporting.coverage if self.supporting else 0.0
        return self.coverage + best >= _RELATED


class _Sentence(NamedTuple):
    span: Span
    stems: dict[str, Term]  # where each content word first stands
    words: dict[str, int]  # where each word first starts, in lower case


@lru_cache(maxsize=2)  # several checks ask for the same article
def weigh_headline(article: Article) -> Support:
    """Weigh every sentence of the body against the headline."""
    claim = read_claim(article.headline)
    if not claim.terms:
        return Support("", 0, 0.0, None, None)
    sentences = _sentences(article.body)
    weighed = [_weigh(claim, sentence, article.body) for sentence in sentences]
    supporting = max((e for e in weighed if not e.opposes), key=_support_rank, default=None)
    against = [e for e in weighed if (e.opposes or e.refutes) and e.coverage > 0]
    against = [e for e in against if e is not supporting]
    opposing = max(against, key=_oppose_rank, default=None)
    borne_out = frozenset[str]().union(*(evidence.shared for evidence in weighed))
    coverage = sum(claim.counts[stem] for stem in borne_out) / len(claim.terms)
    said = {word for sentence in sentences for word in sentence.words}
    denials = load_words("actions", "denials") & said
    acting = [e for e in weighed if e.acts or not claim.action]
    decisive = claim.decisive and not acting
    plain = max((e.coverage for e in acting if not e.hedged and not e.opposes), default=0.0)
    return Support(
        claim.word, len(claim.terms), coverage,
        _tell_missing(claim, supporting), _tell_missing(claim, opposing), denials, decisive, plain,
    )  # fmt: skip


def _tell_missing(claim: Claim, evidence: Evidence | None) -> Evidence | None:
    """Return the evidence with the headline's words that it lacks."""
    if evidence is None:
        return None
    pairs = zip(claim.terms, claim.words, strict=True)
    missing = tuple(word for term, word in pairs if term.stem not in evidence.shared)
    return replace(evidence, missing=missing)


def _support_rank(evidence: Evidence) -> tuple[float, int]:
    rank = evidence.coverage + 0.15 * evidence.acts - 0.1 * bool(evidence.refutes)
    return rank, -evidence.span.start


def _oppose_rank(evidence: Evidence) -> tuple[float, int]:
    strength = 0.7 * bool(evidence.opposes) + 0.2 * bool(evidence.refutes)
    return evidence.coverage + strength, -evidence.span.start


@lru_cache(maxsize=2)
def _sentences(body: str) -> list[_Sentence]:
    """Return the sentences of a body with their stems and their plain words."""
    rows = []
    for span in split_sentences(body):
        stems = {term.stem: term for term in reversed(content_terms(body, span))}
        text = straighten(span.of(body)).lower()
        words = {w.of(text): span.start + w.start for w in reversed(split_words(text))}
        rows.append(_Sentence(span, stems, words))
    return rows


def _weigh(claim: Claim, sentence: _Sentence, body: str) -> Evidence:
    if not sentence.words:  # a row of dots is half a million sentences
        return Evidence(sentence.span, 0.0, frozenset(), False, "", "", "")
    found = claim.accepted.keys() & sentence.stems.keys()
    shared = frozenset().union(*(claim.accepted[stem] for stem in found))
    n_missing = len(claim.terms) - sum(claim.counts[stem] for stem in shared)
    places = sorted(sentence.stems[stem].start for stem in found)
    middle = places[len(places) // 2] if places else 0
    # A hedge after half of the shared words hedges something else.
    hedges = [w for w in claim.hedges & sentence.words.keys() if sentence.words[w] < middle]
    return Evidence(
        sentence.span, 1 - n_missing / len(claim.terms), shared,
        acts=not claim.like.isdisjoint(sentence.stems),
        opposes=_opposing_words(claim, sentence, body),
        refutes=min(claim.refutes & sentence.words.keys(), default=""),
        hedged=min(hedges, default=""),
    )  # fmt: skip


# How far, in characters, an opposite action may stand from what it is done to.
_REACH = 60
# How far before an action the word may stand that turns it round.
_CLOSE = 14


def _opposing_words(claim: Claim, sentence: _Sentence, body: str) -> str:
    """Return the words that do the opposite: 'rejected' the plan, or 'refused to sign' it."""
    if claim.negated:  # 'will not back': who opposes the action agrees with the headline
        return ""
    acts = [sentence.stems[stem] for stem in claim.like if stem in sentence.stems]
    if acts:
        first = min(acts, key=lambda term: term.start)
        return _reversal(first, sentence, body)
    targets = [sentence.stems[s] for s in same_thing(claim.object) if s in sentence.stems]
    for other in sorted(claim.unlike - claim.counts.keys()) if targets else ():
        term = sentence.stems.get(other)
        if term and any(0 < target.start - term.start < _REACH for target in targets):
            return body[term.start : term.end]
    return ""


def _reversal(act: Term, sentence: _Sentence, body: str) -> str:
    """Return what turns an action round right before it: 'will not stay', 'refused to sign'."""
    start = max(sentence.span.start, act.start - _CLOSE)
    while start > sentence.span.start and start < act.start and not body[start - 1].isspace():
        start += 1  # 'minor' cut to 'nor' is no negation
    before = body[start : act.start]
    words = [straighten(span.of(before)).lower() for span in split_words(before)]
    for index, word in enumerate(words):
        negates = word in load_words("actions", "negations") and "only" not in words
        if negates or stem(word) in reversers():
            return " ".join([*words[index:], body[act.start : act.end]])
    return ""


def support_headline(articles: pd.DataFrame) -> pd.DataFrame:
    """Show the body sentence that best bears each headline out, and the one that opposes it.

    Compares words; a sentence is opposing where it holds a listed opposite of the headline's
    action ('hit' against 'backs') or denies something, so it is a place to look, no proof.

    Returns
    -------
    DataFrame
        Long: `article_id`, `role` (supporting or opposing), `start`, `end`, `quote` of the body,
        `coverage` (0 to 1, share of the headline's content words in the sentence), `hedged`,
        `missing` (headline words that the sentence lacks), `reason`.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": ["Council backs wind farm"],
    ...     "body": ["It was late. The council rejected the wind farm."]})
    >>> support_headline(table)["quote"].tolist()
    ['The council rejected the wind farm.']
    """
    rows: list[dict[str, Any]] = []
    for article in iter_articles(articles):
        if article.problem:
            continue
        support = weigh_headline(article.smoothed)
        for role, evidence in (("supporting", support.supporting), ("opposing", support.opposing)):
            if evidence and evidence.coverage > 0:
                rows.append(_support_row(article, role, evidence, support.action))
    return pd.DataFrame(
        {name: pd.Series([r[name] for r in rows], dtype=t) for name, t in SUPPORT_DTYPES.items()}
    )


def _support_row(article: Article, role: str, evidence: Evidence, action: str) -> dict[str, Any]:
    span = article.stored("body", evidence.span)
    return {
        "article_id": article.article_id, "role": role, "start": span.start, "end": span.end,
        "quote": span.of(article.body), "coverage": evidence.coverage,
        "hedged": bool(evidence.hedged), "missing": ", ".join(evidence.missing),
        "reason": explain_evidence(evidence, role, action),
    }  # fmt: skip


def explain_evidence(evidence: Evidence, role: str, action: str) -> str:
    """Say in words what speaks for a sentence, or against it."""
    parts = [f"holds {evidence.coverage:.0%} of the headline’s words"]
    if role == "opposing" and evidence.opposes:
        parts.append(f"‘{evidence.opposes}’ is an opposite of ‘{action}’")
    if role == "opposing" and evidence.refutes:
        parts.append(f"‘{evidence.refutes}’ denies or negates")
    if evidence.hedged:
        parts.append(f"hedged with ‘{evidence.hedged}’")
    return "; ".join(parts)
