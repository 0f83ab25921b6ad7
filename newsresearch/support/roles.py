"""Who does what to whom: a headline's actor, action and object against those of a sentence.

No parser: the actor of a verb is what stands before it, or after its 'by'.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from newsresearch.claims import Claim
from newsresearch.clauses import Clause, is_passive
from newsresearch.evidence import read_passages, root_terms, weigh_terms
from newsresearch.lexicons import load_words
from newsresearch.support.knowledge import place_stems
from newsresearch.support.sight import SURE, Mismatch, Sight
from newsresearch.text import Span
from newsresearch.vocabulary import Term, root, same_thing, stem

__all__ = ["action_unsupported", "actor_missing", "actor_swapped"]

_ABOUT = 0.25
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "his", "her"})
# Where only one of the two stands on the other side, the other may be left out: a feature only.
_ONE_SIDE = 0.45
# How many content words from its verb an actor may stand.
_NEAR_VERB = 7


def actor_swapped(sight: Sight) -> Iterator[Mismatch]:
    """The one who does it in the headline has it done to them in the body, or another does it."""
    if sight.coverage < _ABOUT:
        return
    for find in (_crossed, _exchanged, _replaced, _other_speaker):
        found = list(find(sight))
        if found:
            yield from found
            return


def _crossed(sight: Sight) -> Iterator[Mismatch]:
    """Yield where actor and object of the headline stand on each other's side of the verb."""
    claim, sentence = sight.claim, sight.sentence
    if claim.action < 0 or sight.places[claim.action] < 0:
        return
    verb = sight.places[claim.action]
    agents, patients = _sides_of_claim(claim)
    doing, done = _sides(sentence, verb)
    turned = [n for n in agents if sight.places[n] in done]
    other = [n for n in patients if sight.places[n] in doing]
    straight = [n for n in agents if sight.places[n] in doing]
    straight += [n for n in patients if sight.places[n] in done]
    if _weight(sight, turned + other) <= _weight(sight, straight):
        return
    if turned and other:
        named = all(any(_is_name(sight, claim.terms[n]) for n in side) for side in (turned, other))
        yield _swap(sight, turned[0], other[0], 0.6 if straight else 1.0 if named else 0.7)
    elif turned and _is_name(sight, claim.terms[turned[0]]) and not straight:
        yield _swap(sight, turned[0], turned[0], _ONE_SIDE if is_passive(sentence, verb) else 0.6)
    elif other and _is_name(sight, claim.terms[other[0]]) and not straight:
        yield _swap(sight, other[0], other[0], _ONE_SIDE)


def _exchanged(sight: Sight) -> Iterator[Mismatch]:
    """Yield where a name of the headline has the neighbours that another name has in the body.

    Neighbours are the nearest words before and after that are no names.
    """
    claim, sentence, names = sight.claim, sight.sentence, sight.knowledge.names
    if claim.passive != any(is_passive(sentence, p) for p in sight.places if p >= 0):
        return
    held = {term.stem for term in claim.terms}
    theirs_too = [term.stem in names for term in sentence.terms]
    around = {
        at: _neighbours(theirs_too, at)
        for at, term in enumerate(sentence.terms)
        if term.stem in names and sight.body[term.start].isupper()
    }
    mine = [term.stem in names for term in claim.terms]
    for number, term in enumerate(claim.terms):
        if not mine[number] or (sight.likes[number] < 1 and term.stem in place_stems()):
            continue
        beside = {sight.places[n] for n in _neighbours(mine, number)} - {-1}
        if beside & around.get(sight.places[number], set()) or not beside:
            continue
        for at, theirs in around.items():
            other = sentence.terms[at]
            absent = sight.places[number] < 0 and other.stem not in held
            swapped = sight.places[number] >= 0 and other.stem in held
            if at != sight.places[number] and beside & theirs and (absent or swapped):
                yield _another(sight, term, other, 0.7 if len(beside & theirs) > 1 else 0.45)
                break


_FARTHEST = 40  # words: a longer row of names is a list


def _neighbours(is_name: list[bool], at: int) -> set[int]:
    """Return the numbers of the nearest words before and after a name that are no names."""
    first, last = max(0, at - _FARTHEST), min(len(is_name), at + _FARTHEST + 1)
    before = next((n for n in range(at - 1, first - 1, -1) if not is_name[n]), None)
    after = next((n for n in range(at + 1, last) if not is_name[n]), None)
    return {n for n in (before, after) if n is not None}


def _weight(sight: Sight, numbers: list[int]) -> int:
    """Count words; names, which tell who it is, count three times."""
    return sum(3 if _is_name(sight, sight.claim.terms[n]) else 1 for n in numbers)


def _swap(sight: Sight, one: int, two: int, strength: float) -> Mismatch:
    claim, term = sight.claim, sight.match(two)
    assert term is not None and claim.verb is not None
    told, found = claim.terms[one], Span(term.start, term.end)
    reason = (
        f"‘{sight.told(claim.verb)}’: in the headline ‘{sight.told(told)}’ is on one side of it, "
        f"in the sentence on the other (‘{found.of(sight.body)}’)"
    )
    return Mismatch("actor_swapped", strength, Span(told.start, told.end), found, reason)


def _sides_of_claim(claim: Claim) -> tuple[list[int], list[int]]:
    """Return the numbers of the words for who does it, and for whom it is done to."""
    before = list(range(claim.action))
    after = list(range(claim.action + 1, len(claim.terms)))
    if not claim.passive:
        return before, _until_preposition(claim.clause, claim.action, after)
    return _by(claim.clause, after), before


def _sides(sentence: Clause, verb: int) -> tuple[set[int], set[int]]:
    before = set(range(max(0, verb - _NEAR_VERB), verb))
    after = list(range(verb + 1, min(len(sentence.terms), verb + 1 + _NEAR_VERB)))
    if not is_passive(sentence, verb):
        return before, set(after)
    return set(_by(sentence, after)), before


def _by(clause: Clause, after: list[int]) -> list[int]:
    """Return those words after a verb that stand behind a 'by'."""
    start = clause.terms[after[0] - 1].end if after else 0
    by = next((w.end for w in clause.words if w.plain == "by" and w.start >= start), None)
    return [n for n in after if by is not None and clause.terms[n].start >= by]


def _until_preposition(clause: Clause, verb: int, after: list[int]) -> list[int]:
    start, stops = clause.terms[verb].end, load_words("actions", "prepositions")
    ends = [w.start for w in clause.words if w.start >= start and w.plain in stops]
    ends = ends[1:] if ends and after and ends[0] < clause.terms[after[0]].start else ends
    return [n for n in after if not ends or clause.terms[n].start < ends[0]]


def _is_name(sight: Sight, term: Term) -> bool:
    return term.stem in sight.knowledge.names


def _replaced(sight: Sight) -> Iterator[Mismatch]:
    """Yield where a named actor of the headline is not in the sentence, but another name is."""
    claim, sentence, names = sight.claim, sight.sentence, sight.knowledge.names
    held = {term.stem for term in sentence.terms}
    actors = [t for t in _actors(claim) if t.stem in names - place_stems() - held]
    if not actors or len(actors) < len([t for t in _actors(claim) if t.stem in names]):
        return
    mine = {t.stem for t in claim.terms}
    others = [t for t in sentence.terms if t.stem in names - place_stems() - mine]
    others = [t for t in others if sight.body[t.start].isupper()]
    right = [t for t in others if _acts(sight, t)]
    if right:
        yield _another(sight, actors[0], right[-1], 0.8)
    elif others and not _may_mean(sight, actors):
        yield _another(sight, actors[0], others[0], 0.4)


def _acts(sight: Sight, name: Term) -> bool:
    """Is a name the sentence's actor: before the headline's verb, behind 'by', or who says it?"""
    claim, text = sight.claim, sight.body
    verb = sight.match(claim.action) if claim.action >= 0 else None
    if verb and 0 < verb.start - name.end < _NEAR_NAME:
        return True
    if text[max(0, name.start - 4) : name.start].lower().endswith("by "):
        return True
    return claim.verb is not None and claim.verb.stem in _speech_stems() and _says(sight, name)


def _other_speaker(sight: Sight) -> Iterator[Mismatch]:
    """Yield where the headline says who says so, and in the sentence another name does."""
    claim, names = sight.claim, sight.knowledge.names - place_stems()
    told = root_terms(claim.clause.text, claim.speaker) if claim.speaker else []
    speakers = [t for t in told if t.stem in names]
    if not speakers or any(_stands_near(sight, term) for term in speakers):
        return
    held = {term.stem for term in told} | {term.stem for term in claim.terms}
    others = [t for t in sight.sentence.terms if t.stem in names - held and _says(sight, t)]
    if others:
        yield _another(sight, speakers[0], others[0], 0.7)


def _says(sight: Sight, name: Term) -> bool:
    """Stands a name right beside a verb of speech?"""
    says = sight.sentence.marks["verbs"]
    return any(0 < word.start - name.end < 3 or 0 < name.start - word.end < 3 for word in says)


# How far, in characters, the name of an actor may stand before its verb.
_NEAR_NAME = 25


def _another(sight: Sight, told: Term, other: Term, strength: float) -> Mismatch:
    found = Span(other.start, other.end)
    mine, theirs = sight.told(told), found.of(sight.body)
    reason = f"where the headline has ‘{mine}’, the sentence has ‘{theirs}’"
    return Mismatch("actor_swapped", strength, Span(told.start, told.end), found, reason)


def _actors(claim: Claim) -> list[Term]:
    return claim.subject if claim.action >= 0 else claim.terms[:2]


def _may_mean(sight: Sight, actors: list[Term]) -> bool:
    """May the sentence mean the actor by a pronoun, or by a name in the sentence before?"""
    near = {word.plain for word in sight.sentence.words[:4]}
    return bool(near & _PRONOUNS) or any(_stands_near(sight, term) for term in actors)


def _stands_near(sight: Sight, term: Term) -> bool:
    """Is a name in the sentence, or in the one before it?"""
    passages = read_passages(sight.body)
    for at in range(max(0, sight.at - 1), sight.at + 1):
        if any(own.stem in same_thing(term.stem) for own in passages.terms[at]):
            return True
    return False


def actor_missing(sight: Sight) -> Iterator[Mismatch]:
    """A name that the headline gives stands nowhere in the body."""
    if _is_title_case(sight.claim):
        return
    known, text = read_passages(sight.body).places, sight.claim.clause.text
    dates = {amount.start for amount in sight.claim.amounts}
    for term in sight.claim.terms:
        if term.start == 0 or term.start in dates or not text[term.start].isupper():
            continue
        absent = not any(other in known for other in same_thing(term.stem))
        if absent and term.stem not in place_stems() and not _is_form(term.stem, sight):
            reason = f"‘{sight.told(term)}’ stands nowhere in the body"
            told = Span(term.start, term.end)
            yield Mismatch("actor_missing", 0.7, told, sight.sentence.span, reason)


def _is_form(own: str, sight: Sight) -> bool:
    """Has the body a form of a name, or is it letters that may stand for one?"""
    initials = len(own) <= 4 and "." in own
    return initials or (len(own) >= 5 and own[:5] in sight.knowledge.openings)


def _is_title_case(claim: Claim) -> bool:
    text = claim.clause.text
    later = [term for term in claim.terms if term.start > 0]
    return sum(text[term.start].isupper() for term in later) > 0.65 * len(later)


def action_unsupported(sight: Sight) -> Iterator[Mismatch]:
    """Nothing in the body is like what the headline says is done; light verbs tell nothing."""
    claim = sight.claim
    if claim.verb is None or sight.acted >= SURE:
        return
    if claim.verb.stem in _speech_stems() and sight.sentence.marks["verbs"]:
        return
    told = Span(claim.verb.start, claim.verb.end)
    telling = min(float(weigh_terms([claim.verb.stem])[0]) / _TELLING, 1.0)
    strength = 0.7 * telling * (1 - sight.acted / SURE / 2)
    reason = f"nothing in the body is like ‘{sight.told(claim.verb)}’"
    yield Mismatch("action_unsupported", strength, told, sight.sentence.span, reason)


# The weight of a verb that few stories have.
_TELLING = 6.0


@lru_cache(maxsize=1)
def _speech_stems() -> frozenset[str]:
    return frozenset(root(stem(verb)) for verb in load_words("speech", "verbs"))
