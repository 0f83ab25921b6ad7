"""The headline against its body: the sentences that bear it out, and those that oppose it.

Rules and word lists, no trained model: it compares words, actions and their opposites, hedges
and denials. It does not understand a paraphrase without a word in common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from newsresearch.articles import Article, add_columns, iter_articles
from newsresearch.lexicons import load_groups, load_words
from newsresearch.measures import Measure
from newsresearch.text import Span, split_sentences, split_words, straighten
from newsresearch.vocabulary import Term, content_terms, same_thing, stem

__all__ = [
    "MEASURES",
    "SUPPORT_DTYPES",
    "Evidence",
    "Support",
    "explain_evidence",
    "label_stance",
    "support_headline",
    "weigh_headline",
]

SUPPORT_DTYPES = {
    "article_id": "str", "role": "str", "start": "int64", "end": "int64", "quote": "str",
    "coverage": "float64", "hedged": "bool", "missing": "str", "reason": "str",
}  # fmt: skip
STANCES = ("agree", "disagree", "discuss", "unrelated")

# Chosen on a development split of FNC-1's training part; benchmarks/stance.py prints its scores.
_RELATED = 0.6


@dataclass(frozen=True)
class Evidence:
    """A sentence of the body weighed against the headline.

    ``acts``: it holds the headline's action or one like it; ``on_object``: what the action is
    done to. ``opposes``, ``refutes`` and ``hedged`` are the words that do so, empty where none.
    """

    span: Span
    coverage: float
    missing: tuple[str, ...]
    acts: bool
    on_object: bool
    opposes: str
    refutes: str
    hedged: str


@dataclass(frozen=True)
class Support:
    """What the body has for a headline and against it."""

    action: str
    coverage: float
    supporting: Evidence | None
    opposing: Evidence | None
    denials: frozenset[str] = frozenset()
    action_found: bool = False

    @property
    def is_related(self) -> bool:
        """Does the body hold enough of the headline's words to be about the same thing?"""
        best = self.supporting.coverage if self.supporting else 0.0
        return self.coverage + best >= _RELATED


class _Sentence(NamedTuple):
    span: Span
    stems: dict[str, str]  # stem -> the word as written
    words: frozenset[str]


@dataclass(frozen=True)
class _Claim:
    """The headline as content words, and the first of them that is a listed action."""

    terms: list[Term]
    words: tuple[str, ...]
    action: str = ""
    word: str = ""
    object: str = ""


def weigh_headline(article: Article) -> Support:
    """Weigh every sentence of the body against the headline."""
    claim = _read_claim(article.headline)
    if not claim.terms:
        return Support("", 0.0, None, None)
    sentences = _sentences(article.body)
    weighed = [_weigh(claim, sentence) for sentence in sentences]
    everything = {stem for sentence in sentences for stem in sentence.stems}
    found = [term for term in claim.terms if same_thing(term.stem) & everything]
    supporting = max((e for e in weighed if not e.opposes), key=_support_rank, default=None)
    against = [e for e in weighed if (e.opposes or e.refutes) and e.coverage > 0]
    against = [e for e in against if e is not supporting]
    opposing = max(against, key=_oppose_rank, default=None)
    coverage = len(found) / len(claim.terms)
    said = {word for sentence in sentences for word in sentence.words}
    denials = load_words("actions", "denials") & said
    acted = any(evidence.acts for evidence in weighed)
    return Support(claim.word, coverage, supporting, opposing, denials, acted)


def _support_rank(evidence: Evidence) -> tuple[float, int]:
    rank = evidence.coverage + 0.15 * evidence.acts - 0.1 * bool(evidence.refutes)
    return rank, -evidence.span.start


def _oppose_rank(evidence: Evidence) -> tuple[float, int]:
    strength = 0.3 * bool(evidence.opposes) + 0.2 * bool(evidence.refutes)
    aimed = 0.4 * (evidence.on_object and bool(evidence.opposes))
    return evidence.coverage + strength + aimed, -evidence.span.start


def _read_claim(headline: str) -> _Claim:
    terms = content_terms(headline)
    words = tuple(headline[term.start : term.end] for term in terms)
    for term, word in list(zip(terms, words, strict=True))[1:]:
        if term.stem in _opposites():
            return _Claim(terms, words, term.stem, word, _object(headline, term, terms))
    return _Claim(terms, words)


# Where the object of a headline's action ends: 'Putin backs rebels | in fight against …'.
_OBJECT_ENDS = re.compile(
    r"[,:;–—-]\s|\b(?:in|on|at|for|with|after|as|over|to|by|from|and|but|against|despite|of)\b", re.I
)


def _object(headline: str, action: Term, terms: list[Term]) -> str:
    """Return the head of what the action is done to: the last content word of its phrase."""
    ends = _OBJECT_ENDS.search(headline, action.end)
    stop = ends.start() if ends else len(headline)
    return next((t.stem for t in reversed(terms) if action.end <= t.start < stop), "")


@lru_cache(maxsize=1)
def _opposites() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return, for each listed action, the stems of like actions and of opposite ones."""
    table: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for group in load_groups("actions", "opposites"):
        sides = [frozenset(stem(word) for word in side.split()) for side in group]
        for like, unlike in (sides, sides[::-1]):
            for member in like:
                known = table.get(member, (frozenset(), frozenset()))
                table[member] = (known[0] | like, known[1] | unlike)
    return table


@lru_cache(maxsize=4)
def _sentences(body: str) -> list[_Sentence]:
    """Return the sentences of a body with their stems and their plain words."""
    rows = []
    for span in split_sentences(body):
        stems = {t.stem: body[t.start : t.end] for t in reversed(content_terms(body, span))}
        text = span.of(body)
        words = frozenset(straighten(w.of(text)).lower() for w in split_words(text))
        rows.append(_Sentence(span, stems, words))
    return rows


def _weigh(claim: _Claim, sentence: _Sentence) -> Evidence:
    like, unlike = _opposites().get(claim.action, (frozenset(), frozenset()))
    stems = frozenset(sentence.stems)
    missing = tuple(
        word
        for term, word in zip(claim.terms, claim.words, strict=True)
        if not (like if term.stem == claim.action else same_thing(term.stem)) & stems
    )
    own = {straighten(word).lower() for word in claim.words}
    acts = bool(like & stems)
    against = (_reversers() if acts else unlike) & stems - {term.stem for term in claim.terms}
    return Evidence(
        sentence.span, 1 - len(missing) / len(claim.terms), missing, acts,
        on_object=bool(same_thing(claim.object) & stems),
        opposes=sentence.stems[min(against)] if against and claim.action else "",
        refutes=min(sentence.words & _refutes() - own, default=""),
        hedged=min(sentence.words & load_words("actions", "hedges") - own, default=""),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _reversers() -> frozenset[str]:
    return frozenset(stem(word) for word in load_words("actions", "reversers"))


def _refutes() -> frozenset[str]:
    return load_words("actions", "denials") | load_words("actions", "negations")


def support_headline(articles: pd.DataFrame) -> pd.DataFrame:
    """Show, for each headline, the body sentence that best bears it out and the one that best opposes it.

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
        support = weigh_headline(article)
        for role, evidence in (("supporting", support.supporting), ("opposing", support.opposing)):
            if evidence and evidence.coverage > 0:
                rows.append(_support_row(article, role, evidence, support.action))
    return pd.DataFrame(
        {name: pd.Series([r[name] for r in rows], dtype=t) for name, t in SUPPORT_DTYPES.items()}
    )


def _support_row(article: Article, role: str, evidence: Evidence, action: str) -> dict[str, Any]:
    return {
        "article_id": article.article_id, "role": role,
        "start": evidence.span.start, "end": evidence.span.end,
        "quote": evidence.span.of(article.body), "coverage": evidence.coverage,
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


MEASURES = (
    Measure(
        "headline_coverage", "share of the headline's content words found anywhere in the body",
        "share", 0.0, 1.0, "higher = body is more about the headline", "own; validity in the card",
    ),
    Measure(
        "headline_support", "share of the headline's content words in the best supporting sentence",
        "share", 0.0, 1.0, "higher = one sentence bears the headline out", "own",
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
    dtypes = {"stance": "str", **{measure.column: "float64" for measure in MEASURES}}
    return add_columns(articles, _label, dtypes)


def _label(article: Article) -> Mapping[str, Any]:
    support = weigh_headline(article)
    best = support.supporting.coverage if support.supporting else float("nan")
    stance = _stance(article.headline, support) if support.supporting else None
    return {"stance": stance, "headline_coverage": support.coverage, "headline_support": best}


def _stance(headline: str, support: Support) -> str:
    words = {straighten(span.of(headline)).lower() for span in split_words(headline)}
    best = support.supporting
    if best is None or not support.is_related:
        return "unrelated"
    if bool(support.denials) != bool(words & load_words("actions", "denials")):
        return "disagree"
    if best.hedged or words & load_words("actions", "hedges") or "?" in headline:
        return "discuss"
    return "agree"
