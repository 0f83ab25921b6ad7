"""Checks for a headline that its body opposes, does not bear out, or tells in another tone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding
from newsresearch.lexicons import load_words
from newsresearch.sentiment import mean_tones
from newsresearch.support import (
    Evidence,
    Mismatch,
    Support,
    WeighedClaim,
    explain_evidence,
    weigh_headline,
)
from newsresearch.text import Span, split_sentences
from newsresearch.vocabulary import root, stem

__all__ = ["headline_opposed", "headline_unsupported", "tone_gap"]

# A sentence that bears out less of a claim is about something else.
_LEAST_SHARED = 0.5
# A plain sentence that comes so near to the other one bears the claim out as well.
_AS_GOOD = 0.8
# Only a word so like the action of a claim may stand for it.
_LIKE_ACTION = 0.75
# Weaker mismatches are shown in the support table only.
_SURE = 0.8
_WIDE_GAP = 0.7
_FEWEST_SENTENCES = 5
# Less is shared by chance; a free paraphrase shares more.
_UNRELATED = 0.35
_FEWEST_TERMS = 3
_HEDGED_HEADLINE = re.compile(
    r"\?|\b(?:self-proclaimed|so-called|claim\w*|rumou?r\w*|not|never|no|facing|whether|doubts?|denies|hoax|alleged\w*)\b|n[’']t\b",
    re.I,
)


def headline_unsupported(article: Article) -> Iterator[Finding]:
    """The headline claims what no sentence of the body says, or says only with a hedge.

    Fires on one claim of the headline where the body has few of its words; where the nearest
    sentence says 'may' or 'is accused of' and no other says it plainly; where quoted words
    or a name stand nowhere in the body; and as a hint where nothing is like a decisive action.

    Known misses: a headline whose words all occur, said of somebody else; exaggeration without
    a listed word. Wrong where the body tells it in quite other words.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(headline_unsupported, "The river rose. It rained.", "Mayor quits over bribes")
    ['Mayor quits over bribes']
    >>> fires(headline_unsupported, "The mayor quit over bribes.", "Mayor quits over bribes")
    []
    """
    if not article.headline.strip() or _HEDGED_HEADLINE.search(article.headline):
        return
    support = weigh_headline(article)
    for weighed in support.claims:
        nearest = weighed.evidence[0] if weighed.evidence else None
        reason, confidence = _unsupported(article, support, weighed)
        if nearest and reason:
            yield _finding(weighed, nearest, reason, confidence)


def _finding(weighed: WeighedClaim, found: Evidence, reason: str, confidence: str = "") -> Finding:
    reason = f"{reason}: it {explain_evidence(found)}"
    return Finding(
        weighed.claim.span, reason, "headline", found.span, "body", confidence=confidence
    )


def _unsupported(article: Article, support: Support, weighed: WeighedClaim) -> tuple[str, str]:
    """Return why a claim is not borne out, and how sure that is; nothing where it is."""
    nearest = weighed.evidence[0] if weighed.evidence else None
    if nearest is None or nearest.opposes:
        return "", ""
    if support.n_terms >= _FEWEST_TERMS and support.coverage + support.best < _UNRELATED:
        return "the body seems to be about something else than the nearest sentence tells", ""
    for mismatch in nearest.mismatches:
        sure = mismatch.strength >= _SURE and mismatch.kind in _UNSURE
        if sure and _doubts(article, mismatch) and not _told(weighed, nearest):
            return _UNSURE[mismatch.kind], ""
    verb = weighed.claim.verb
    if weighed.acted < _LIKE_ACTION and verb and verb.stem in _decisive():
        word = weighed.claim.clause.of(verb)
        return f"no sentence has anything like ‘{word}’; the nearest", "hint"
    return "", ""


_UNSURE = {
    "hedge_dropped": "the headline is flat where the nearest sentence is hedged",
    "reported_as_fact": "the headline tells as a fact what the nearest sentence does not vouch for",
    "quotation_missing": "the headline quotes what the body does not",
}


def _doubts(article: Article, mismatch: Mismatch) -> bool:
    """Is what somebody says an accusation or a claim, and no warning or belief?"""
    word = mismatch.found.of(article.body).lower()
    return mismatch.kind != "reported_as_fact" or word in load_words("speech", "accusing")


@lru_cache(maxsize=1)
def _decisive() -> frozenset[str]:
    return frozenset(root(stem(word)) for word in load_words("actions", "decisive"))


def _told(weighed: WeighedClaim, doubtful: Evidence) -> bool:
    """Does another sentence say so plainly?"""
    return any(
        not e.opposes and not e.hedge and e.coverage >= _AS_GOOD * doubtful.coverage
        for e in weighed.evidence
        if e is not doubtful
    )


def headline_opposed(article: Article) -> Iterator[Finding]:
    """A sentence of the body says otherwise than the headline.

    Fires where a sentence bears out most of a claim's words but has an opposite of its action
    ('rejected' for 'backs'), a 'not' more or less, the actors the other way round, or another
    number, date or place, and no sentence bears the claim out without that.

    Known misses: headlines that ask, hedge or deny; opposites that are not listed; two actors
    who do opposite things; roles in sentences of many clauses.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(headline_opposed, "The council rejected the wind farm.", "Council backs wind farm")
    ['Council backs wind farm']
    >>> fires(headline_opposed, "The council backed the wind farm.", "Council backs wind farm")
    []
    """
    if _HEDGED_HEADLINE.search(article.headline):
        return
    for weighed in weigh_headline(article).claims:
        against = weighed.opposing
        if against and against.opposes and _is_sure(against) and not _borne_out(weighed, against):
            yield _finding(weighed, against, _SAYS_OTHERWISE[against.opposes.kind])


_SAYS_OTHERWISE = {
    "number_changed": "the body gives another number",
    "date_changed": "the body gives another day, month or year",
    "place_changed": "the body names another place",
    "reversed": "the body says the opposite",
    "negated": "one of headline and body says ‘not’",
    "actor_swapped": "in the body somebody else does it",
}


def _is_sure(against: Evidence) -> bool:
    assert against.opposes is not None
    return against.opposes.strength >= _SURE and against.coverage >= _LEAST_SHARED


def _borne_out(weighed: WeighedClaim, against: Evidence) -> bool:
    """Does a sentence bear the claim out as well as the other one opposes it?"""
    good = weighed.supporting
    return good is not None and good.coverage >= _AS_GOOD * against.coverage


def tone_gap(article: Article) -> Iterator[Finding]:
    """The headline's tone is far from the body's: a tone, not a contradiction.

    Fires where the one is clearly positive and the other is not, or clearly negative.

    Known misses: the gap does not detect contradiction (AUC 0.50 to 0.55 on FNC-1); words such
    as 'win' or 'free' have a tone that their use may not have.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> body = "Many died. The war was a disaster. Homes burnt. Children cried. It was awful."
    >>> fires(tone_gap, body, "A wonderful, happy triumph")
    ['A wonderful, happy triumph']
    >>> fires(tone_gap, body, "Many die in disaster")
    []
    """
    headline = article.headline
    if len(article.sentences) < _FEWEST_SENTENCES or _HEDGED_HEADLINE.search(headline):
        return
    title = [sentence.of(headline).split() for sentence in split_sentences(headline)]
    above, below = mean_tones([title, article.chunks])
    if abs(above - below) >= _WIDE_GAP and above * below <= 0:  # False where either is NaN
        tones = f"the headline’s tone is {above:+.2f}, the body’s {below:+.2f}".replace("-", "−")
        reason = f"{tones}: tone only, no contradiction"
        yield Finding(Span(0, len(article.headline)), reason, "headline")
