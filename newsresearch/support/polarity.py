"""A headline that says the reverse of a sentence, or says it more surely than the sentence does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from statistics import median_high

from newsresearch.clauses import Word
from newsresearch.evidence import opposites
from newsresearch.support.sight import Mismatch, Sight
from newsresearch.support.voices import NARRATION, QUOTED
from newsresearch.text import Span

__all__ = ["find_hedge", "hedge_dropped", "negated", "reported_as_fact", "reversed_action"]

# A sentence that has less of the claim is about something else.
_ABOUT = 0.25


def negated(sight: Sight) -> Iterator[Mismatch]:
    """One of the two says 'not' of what the other says."""
    claim, sentence = sight.claim, sight.sentence
    if sight.coverage < _ABOUT:
        return
    mine = {n for n, place in enumerate(sight.places) if place >= 0 and n in claim.clause.negated}
    denied = {sentence.terms[at].stem for at in sentence.negated}
    theirs = {
        n for n, at in enumerate(sight.places) if at >= 0 and sentence.terms[at].stem in denied
    }
    verb = claim.action
    if bool(mine) != bool(theirs):
        # What is negated is the verb if it can be, else the first word that the 'not' reaches.
        chosen = mine or theirs
        yield _negation(sight, verb if verb in chosen else min(chosen))
    elif verb in mine and not (theirs & {verb, verb + 1}) and sight.places[verb] >= 0:
        yield _negation(sight, verb, 0.5)
    yield from _denied(sight)


def _negation(sight: Sight, number: int, trust: float = 1.0) -> Mismatch:
    claim, term, other = sight.claim, sight.claim.terms[number], sight.match(number)
    assert other is not None
    mine = claim.clause.negated.get(number)
    others = sight.sentence.negated.items()
    theirs = next((w for at, w in others if sight.sentence.terms[at].stem == other.stem), None)
    word = mine or theirs
    assert word is not None
    strength = trust * _trust(sight, mine, word)
    if number != claim.action:
        # A 'not' beside another verb than the headline's may be of something else.
        lost = claim.action >= 0 and sight.places[claim.action] < 0
        strength *= 0.4 if lost else 0.7
    where = "the headline" if mine else "the sentence"
    reason = f"‘{word.plain}’ in {where} negates ‘{sight.told(term)}’; the other does not"
    told = mine.span if mine else Span(term.start, term.end)
    found = theirs.span if theirs else Span(other.start, other.end)
    return Mismatch("negated", 0.9 * strength * sight.trust, told, found, reason)


def _trust(sight: Sight, mine: Word | None, word: Word) -> float:
    """Return how far a 'not' more in one of the two says otherwise: less where it is told else."""
    if mine and sight.sentence.marks["denials"]:
        return 0.3  # 'is not dead' and 'a death hoax'
    if mine and (find_hedge(sight) or sight.sentence.marks["contested"]):
        return 0.5  # 'is not dead' and 'news that he had allegedly died'
    return 0.65 if word.plain.startswith("den") else 1.0  # 'denied that a woman held there is …'


def _denied(sight: Sight) -> Iterator[Mismatch]:
    """The sentence calls it false, denies it or doubts it, and the headline does not."""
    mine, theirs = sight.claim.clause.marks["denials"], sight.sentence.marks["denials"]
    if theirs and not mine and not sight.claim.asks:
        told = sight.claim.span
        reason = f"the sentence denies or doubts: ‘{theirs[0].plain}’"
        yield Mismatch("negated", 0.5, told, theirs[0].span, reason)
    elif mine and not theirs and not sight.sentence.negated:
        reason = f"the headline denies (‘{mine[0].plain}’), the sentence does not"
        yield Mismatch("negated", 0.4, mine[0].span, sight.sentence.span, reason)


_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "anti", "mis")


def reversed_action(sight: Sight) -> Iterator[Mismatch]:
    """A word of the sentence is the opposite of one of the headline's."""
    claim, sentence = sight.claim, sight.sentence
    held = {term.stem for term in claim.terms}
    for number, term in enumerate(claim.terms):
        if sight.likes[number] > 0.99:
            continue
        against = (opposites(term.stem) - held) | _with_prefix(term.stem)
        for place in sorted(sentence.firsts[own] for own in against & sentence.firsts.keys()):
            if (number in claim.clause.negated) != (place in sentence.negated):
                continue  # 'not open' for 'closed'
            other = sentence.terms[place]
            found = Span(other.start, other.end)
            reason = f"‘{found.of(sight.body)}’ is the opposite of ‘{sight.told(term)}’"
            strength = 0.9 if number == claim.action else 0.6
            strength *= sight.trust_with(1) * (1.0 if _is_close(sight, other.start) else 0.6)
            yield Mismatch("reversed", strength, Span(term.start, term.end), found, reason)
            break


@lru_cache(maxsize=4096)
def _with_prefix(own: str) -> frozenset[str]:
    """Return the stem with a prefix that turns it round, and without one."""
    added = {prefix + own for prefix in _PREFIXES if len(own) >= 4}
    cut = {own.removeprefix(prefix) for prefix in _PREFIXES if len(own) - len(prefix) >= 4}
    return frozenset((added | cut) - {own})


def _is_close(sight: Sight, at: int, reach: int = 70) -> bool:
    """Stands a word of the sentence near one that the headline has too?"""
    return any(abs(term.start - at) < reach for term in sight.matched)


# --- how surely ------------------------------------------------------------------------------


def find_hedge(sight: Sight) -> Word | None:
    """Return the word of the sentence that hedges what it shares with the headline."""
    held = {word.plain for word in sight.claim.clause.words}
    contested = sight.sentence.marks["contested"]  # who says so, not how surely
    for kind in ("hedges", "planned"):
        for word in sight.sentence.marks[kind]:
            if _governs(sight, word) and word.plain not in held and word not in contested:
                return word
    return None


def _governs(sight: Sight, word: Word) -> bool:
    """Stands a hedge before what it shares with the headline? Later, it hedges something else."""
    if not sight.matched:
        return False
    verb = sight.match(sight.claim.action) if sight.claim.action >= 0 else None
    middle = verb.start if verb else median_high(term.start for term in sight.matched)
    return word.start <= middle


def hedge_dropped(sight: Sight) -> Iterator[Mismatch]:
    """The sentence says that it may be, is planned or is partly so; the headline, that it is."""
    marks = sight.claim.clause.marks
    if marks["hedges"] or sight.claim.asks or sight.coverage < _ABOUT:
        return
    hedge = find_hedge(sight)
    future = any(word.plain in {"to", "will", "plan", "plans"} for word in sight.claim.clause.words)
    if hedge and not (marks["planned"] and hedge in sight.sentence.marks["planned"]):
        meant = hedge in sight.sentence.marks["planned"]
        strength = (0.35 if future else 0.6) if meant else 0.8
        reason = f"the sentence says ‘{hedge.plain}’, the headline says it flatly"
        yield Mismatch(
            "hedge_dropped", strength * sight.trust, _verb_span(sight), hedge.span, reason
        )
    sweeping, partial = marks["sweeping"], sight.sentence.marks["partial"]
    extra = [w for w in sweeping if w.plain not in {s.plain for s in sight.sentence.words}]
    if extra:
        found = partial[0].span if partial else sight.sentence.span
        reason = f"the headline says ‘{extra[0].plain}’, which the sentence does not"
        yield Mismatch("hedge_dropped", 0.7 if partial else 0.45, extra[0].span, found, reason)


def reported_as_fact(sight: Sight) -> Iterator[Mismatch]:
    """Somebody says so in the body; the headline says it as a fact."""
    claim = sight.claim
    if claim.reported or claim.asks or claim.quoted or sight.coverage < _ABOUT:
        return
    contested = sight.sentence.marks["contested"]
    held = {word.plain[:5] for word in claim.clause.words}
    contested = [w for w in contested if w.plain[:5] not in held and _governs(sight, w)]
    if contested:
        reason = f"in the body it is what somebody says (‘{contested[0].plain}’)"
        yield Mismatch(
            "reported_as_fact", 0.8 * sight.trust, _verb_span(sight), contested[0].span, reason
        )
    elif sight.voice != NARRATION:
        strength = 0.45 if sight.voice == QUOTED else 0.35
        reason = f"in the body it is {sight.voice}, not said by the article itself"
        yield Mismatch("reported_as_fact", strength, _verb_span(sight), sight.sentence.span, reason)


def _verb_span(sight: Sight) -> Span:
    verb = sight.claim.verb
    return Span(verb.start, verb.end) if verb else sight.claim.span
