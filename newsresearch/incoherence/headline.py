"""Checks for a headline that its body opposes, does not bear out, or tells in another tone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding
from newsresearch.sentiment import mean_tone
from newsresearch.support import Evidence, Support, explain_evidence, weigh_headline
from newsresearch.text import Span

__all__ = ["headline_opposed", "headline_unsupported", "tone_gap"]

# A sentence that shares less with the headline is about something else.
_LEAST_SHARED = 0.3
# A plain sentence with this part of the hedged one's words bears the headline out as well.
_PLAIN_ENOUGH = 0.75
_WIDE_GAP = 0.7
_FEWEST_SENTENCES = 5
# Less is shared by chance; a free paraphrase shares more.
_UNRELATED = 0.35
_FEWEST_TERMS = 3
_HEDGED_HEADLINE = re.compile(
    r"\?|\b(?:self-proclaimed|so-called|claim\w*|rumou?r\w*|not|no|facing|whether|doubts?|denies|hoax|alleged\w*)\b|n[’']t\b",
    re.I,
)


def headline_unsupported(article: Article) -> Iterator[Finding]:
    """The headline claims what no sentence of the body says, or says only with a hedge.

    Shows the nearest sentence. Compares words, so a free paraphrase looks unsupported.

    Known misses: a headline whose words all occur, said of somebody else; exaggeration.

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
    nearest = support.supporting
    reason, confidence = _unsupported(support)
    if reason:
        yield Finding(
            Span(0, len(article.headline)),
            reason,
            "headline",
            other=nearest.span if nearest else None,
            other_field="body",
            confidence=confidence,
        )


def _unsupported(support: Support) -> tuple[str, str]:
    """Return why the headline is not borne out, and how sure that is; nothing where it is."""
    nearest = support.supporting
    if nearest is None:
        return "", ""
    shown = explain_evidence(nearest, "supporting", support.action)
    if support.n_terms >= _FEWEST_TERMS and support.coverage + nearest.coverage < _UNRELATED:
        return f"the body seems to be about something else: the nearest sentence {shown}", ""
    if nearest.hedged and support.plain < _PLAIN_ENOUGH * nearest.coverage:
        return f"the headline is flat where the nearest sentence is hedged: it {shown}", ""
    if support.decisive:
        return f"no sentence says ‘{support.action}’ or the like; the nearest {shown}", "hint"
    return "", ""


def headline_opposed(article: Article) -> Iterator[Finding]:
    """A sentence of the body does the opposite of what the headline says.

    Fires where a sentence shares the headline's words but holds an opposite of its action
    ('rejected' for 'backs'), and no sentence bears the headline out without a hedge.

    Known misses: opposites that are not listed; two actors who do opposite things.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(headline_opposed, "The council rejected the wind farm.", "Council backs wind farm")
    ['Council backs wind farm']
    >>> fires(headline_opposed, "The council backed the wind farm.", "Council backs wind farm")
    []
    """
    support = weigh_headline(article)
    against = support.opposing
    if against and against.opposes and not _borne_out(support, against):
        yield Finding(
            Span(0, len(article.headline)),
            f"a sentence of the body {explain_evidence(against, 'opposing', support.action)}",
            "headline",
            other=against.span,
            other_field="body",
        )


def _borne_out(support: Support, against: Evidence) -> bool:
    """Is the opposing sentence too far from the headline, or outdone by a plain one?"""
    return against.coverage < _LEAST_SHARED or support.plain >= against.coverage


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
    above, below = mean_tone(article.headline), mean_tone(article.body)
    told_off = _HEDGED_HEADLINE.search(article.headline)
    if told_off or len(article.sentences) < _FEWEST_SENTENCES:
        return
    if abs(above - below) >= _WIDE_GAP and above * below <= 0:  # False where either is NaN
        tones = f"the headline’s tone is {above:+.2f}, the body’s {below:+.2f}".replace("-", "−")
        reason = f"{tones}: tone only, no contradiction"
        yield Finding(Span(0, len(article.headline)), reason, "headline")
