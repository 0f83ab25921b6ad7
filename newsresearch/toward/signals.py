"""What the model is given of a sentence and a mention in it: features, each with its word.

Four groups. `tone`: the values of tone words by side and distance. `roles`: what the mention is
to verbs and nouns of the list `toward`: who does it, or to whom it is done. `shape`: how the
mention stands in the sentence. `words`: stems by place. Besides, the vectors of words by region.
No name is given to the model: neither the person's own nor anybody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import NamedTuple

from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span
from newsresearch.toward.scene import Scene

__all__ = ["REGIONS", "Feature", "Place", "find_place", "list_features", "list_regions"]

_CALLING = ("call", "label", "describ", "brand")
_NEAR, _DECAY = 4, 6.0
_FURTHEST = 40  # words on each side: longer sentences are lists
_LESS = 0.35  # what a word of another's clause counts, or one that the person quotes
_TURNED = -0.5  # what a word counts behind a 'not'
_CLOSE = 3  # function words count this near only


class Feature(NamedTuple):
    """A feature, its value, and the number of the word it comes from; -1: of none."""

    key: str
    value: float
    at: int


class Place(NamedTuple):
    """Where a mention stands: its first word and the one behind its last."""

    first: int
    last: int


class _Near(NamedTuple):
    """A word beside the mention: its number, side, distance, and whether no name is between."""

    at: int
    before: bool
    distance: int
    own: bool


def find_place(scene: Scene, span: Span) -> Place:
    """Return the words of a sentence that a mention takes up."""
    first = sum(word.end <= span.start for word in scene.words)
    return Place(first, first + sum(span.start < w.end and w.start < span.end for w in scene.words))


def list_features(scene: Scene, place: Place) -> Iterator[Feature]:
    """Yield the features of a mention; a key begins with its group, save for words."""
    if not scene.words:
        return
    clause, speaks = _clause(scene, place), _speaks(scene, place)
    for one in _around(scene, place):
        if one.distance > _FURTHEST:
            continue
        share = _share(scene, one, clause, speaks)
        yield from _tone(scene, one, clause, share)
        side = _side(scene, place, one, clause)
        for kind in scene.kinds[one.at]:
            value = share * (_TURNED if scene.negated[one.at] else 1.0)
            yield Feature(f"role {kind} {side}", value, one.at)
        if not scene.names[one.at]:
            yield from _words(scene, one, clause, share)
    yield from _shape(scene, place)


def _clause(scene: Scene, place: Place) -> int:
    return scene.clauses[min(place.first, len(scene.clauses) - 1)]


def _speaks(scene: Scene, place: Place) -> bool:
    """Is the mention the subject of a verb of speech beside it?"""
    before = scene.plain[max(0, place.first - 1) : place.first]
    after = scene.plain[place.last : place.last + 2]
    verbs = load_words("speech", "verbs")
    return not verbs.isdisjoint(after) or not load_words("toward", "inverted").isdisjoint(before)


def _share(scene: Scene, one: _Near, clause: int, speaks: bool) -> float:
    """Return how much a word counts: less if it is another's, or the person's own words."""
    foreign = not one.own and scene.clauses[one.at] != clause
    return _LESS if foreign or (speaks and scene.quoted[one.at]) else 1.0


def _around(scene: Scene, place: Place) -> Iterator[_Near]:
    """Yield the words of the sentence outside the mention, from it outwards on each side."""
    before, after = range(place.first - 1, -1, -1), range(place.last, len(scene.words))
    for row in (before, after):
        own, joined = True, True
        for distance, at in enumerate(row, 1):
            joined = joined and scene.names[at]  # 'President', 'Lee' beside 'Ann'
            own = own and (joined or not scene.names[at])
            yield _Near(at, row is before, distance, own)


def _is_passive(scene: Scene, at: int) -> bool:
    word = scene.plain[at]
    formed = word.endswith(("ed", "en", "wn", "ught")) or scene.stems[at] != word
    return formed and not load_words("toward", "helpers").isdisjoint(
        scene.plain[max(0, at - 3) : at]
    )


# --- tone, roles and words ----------------------------------------------------------------------


def _tone(scene: Scene, one: _Near, clause: int, share: float) -> Iterator[Feature]:
    tone = scene.tones[one.at]
    if not tone:
        return
    sign, side = ("plus" if tone > 0 else "minus"), "before" if one.before else "after"
    places = {
        "all": True, side: True, f"own {side}": one.own,
        "clause": scene.clauses[one.at] == clause, f"near {side}": one.distance <= _NEAR,
        "quoted" if scene.quoted[one.at] else "unquoted": True,
    }  # fmt: skip
    for where, holds in places.items():
        if holds:
            yield Feature(f"tone {sign} {where}", share * abs(tone), one.at)
    size = share * abs(tone) * exp(-one.distance / _DECAY)
    yield Feature(f"tone {sign} decayed", size, one.at)


def _side(scene: Scene, place: Place, one: _Near, clause: int) -> str:
    """Return what the mention is to a listed word: who does it, or to whom it is done."""
    if not one.own or abs(scene.clauses[one.at] - clause) > 1:
        return "far before" if one.before else "far after"
    if one.before:
        between = scene.plain[max(one.at + 1, place.first - 3) : place.first]
        return "agent" if "by" in between else "object"
    return "passive" if _is_passive(scene, one.at) else "subject"


def _words(scene: Scene, one: _Near, clause: int, share: float) -> Iterator[Feature]:
    at, side = one.at, "b" if one.before else "a"
    if one.distance <= _CLOSE:
        yield Feature(f"{side}{one.distance}:{scene.plain[at]}", 1.0, at)
    if scene.plain[at] in load_words("stopwords") or len(scene.plain[at]) < 2:
        return
    word = f"!{scene.stems[at]}" if scene.negated[at] else scene.stems[at]
    if _is_passive(scene, at):
        word += "+"
    elif one.before and "by" in scene.plain[at + 1 : at + 3]:
        word += "-"
    yield Feature(f"s:{scene.stems[at]}", share, at)
    yield Feature(f"{side}{'=' if one.own else '/'}:{word}", share, at)
    if scene.clauses[at] == clause:
        yield Feature(f"c{side}:{word}", 1.0, at)
    if one.distance <= _NEAR:
        yield Feature(f"n{side}:{word}", 1.0, at)


# --- shape --------------------------------------------------------------------------------------


def _shape(scene: Scene, place: Place) -> Iterator[Feature]:
    first, last = place
    before, after = scene.plain[max(0, first - 3) : first], scene.plain[last : last + 4]
    quoted = scene.quoted[min(first, len(scene.words) - 1)]
    own, n, known = scene.plain[first:last], len(scene.words), load_words("toward", "prepositions")
    told = {
        "possessive": _is_possessive(scene, place),
        "pronoun": len(own) == 1 and own[0] in load_words("toward", "pronouns"),
        "in quotation": quoted,
        "beside quotation": any(scene.quoted) and not quoted,
        "speaks": _speaks(scene, place),
        "opens clause": first == 0 or scene.clauses[first - 1] != _clause(scene, place),
        "opens": first <= 1,
        "negated": any(scene.negated[max(0, first - 3) : last + 4]),
        "passive": any(_is_passive(scene, at) for at in range(last, min(n, last + 5))),
        "question": "?" in scene.text,
        "called": any(word.startswith(_CALLING) for word in before + after),
        **{f"after {word}": True for word in before[-2:] if word in known},
    }  # fmt: skip
    for name, holds in told.items():
        if holds:
            yield Feature(f"shape {name}", 1.0, -1)
    yield Feature("shape length", min(len(scene.words), 60) / 30, -1)
    yield Feature("shape position", first / len(scene.words), -1)
    yield Feature("shape other names", min(_count_names(scene, place), 5) / 3, -1)


def _is_possessive(scene: Scene, place: Place) -> bool:
    if place.last == place.first:
        return False
    if scene.plain[place.first : place.last] in (["his"], ["her"], ["their"]):
        return True
    word = straighten(scene.words[place.last - 1].of(scene.text)).lower()
    return word.endswith(("'s", "s'"))


def _count_names(scene: Scene, place: Place) -> int:
    """Count the runs of words that look like other names."""
    names = scene.names
    starts = [at for at, name in enumerate(names) if name and (at == 0 or not names[at - 1])]
    return sum(not place.first <= at < place.last for at in starts)


# --- vectors ------------------------------------------------------------------------------------

REGIONS = ("before", "after", "sentence", "near")
_FAR, _ELSEWHERE, _SHARE = 0.4, 0.7, 1 / 3
_WIDE, _NARROW = 10.0, 3.0


def list_regions(scene: Scene, place: Place) -> Iterator[Feature]:
    """Yield how much each content word weighs in each region, for the sum of their vectors."""
    if not scene.words:
        return
    clause, light = _clause(scene, place), load_words("stopwords")
    speaks = _speaks(scene, place)
    for one in _around(scene, place):
        if scene.names[one.at] or scene.plain[one.at] in light or one.distance > _FURTHEST:
            continue
        turned = _TURNED if scene.negated[one.at] else 1.0
        turned *= _share(scene, one, clause, speaks)
        here = 1.0 if scene.clauses[one.at] == clause else _ELSEWHERE
        weight = turned * here * (1.0 if one.own else _FAR) * exp(-one.distance / _WIDE)
        yield Feature("before" if one.before else "after", weight, one.at)
        yield Feature("sentence", turned * _SHARE, one.at)
        yield Feature("near", turned * exp(-one.distance / _NARROW), one.at)
