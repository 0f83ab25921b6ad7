"""Defects of order: the same sentences or paragraphs, at other places or twice."""

from __future__ import annotations

from bisect import bisect_left

from newsresearch.perturbations.planting import Change, NotPlantedError, Scene
from newsresearch.text import Span, locate, split_words

__all__ = ["repeat_sentence", "shuffle_paragraphs", "shuffle_sentences"]

# Two units have one other order, and in news it may read as well as the first.
_FEWEST = 3
_TRIES = 20
# A repeated sentence stands so many sentences after itself at least, and has so many words.
_FEWEST_BETWEEN = 3
_FEWEST_WORDS = 8


def shuffle_sentences(scene: Scene) -> list[Change]:
    """The sentences of the body change places; the paragraph breaks stay where they were.

    Sentences of one quotation stay together, and furniture stays where it is. The classic
    perturbation of research on coherence (Barzilay & Lapata 2008).
    """
    units: list[Span] = []
    gaps = set(scene.gaps())
    before: Span | None = None
    for sentence in scene.sentences:
        same = before is not None and locate(scene.paragraphs, before.start) == locate(
            scene.paragraphs, sentence.start
        )
        if before is not None and same and (before, sentence) not in gaps:
            units[-1] = Span(units[-1].start, sentence.end)
        else:
            units.append(sentence)
        before = sentence
    movable = [unit for unit in units if not scene.leaves_open(unit)]
    return [_shuffle(scene, movable, "sentences")]


def shuffle_paragraphs(scene: Scene) -> list[Change]:
    """The paragraphs of the body change places, each whole.

    Furniture stays where it is; a paragraph that ends on a colon, or inside a quotation that
    the next one goes on with, keeps its follower.
    """
    units: list[Span] = []
    joins = False
    for paragraph in scene.paragraphs:
        if joins:
            units[-1] = Span(units[-1].start, paragraph.end)
        else:
            units.append(paragraph)
        joins = scene.leaves_open(paragraph)
    return [_shuffle(scene, units, "paragraphs")]


def _shuffle(scene: Scene, units: list[Span], what: str) -> Change:
    """Put the units into each other's places, in an order that changes the text."""
    body = scene.body
    texts = [unit.of(body) for unit in units]
    differ = len(set(texts))
    if differ < _FEWEST:
        raise NotPlantedError(f"the body has {differ} {what} to move; {_FEWEST} are needed")
    drawn = (scene.dice.order(len(units)) for _ in range(_TRIES))
    new = next(
        (now for order in drawn if (now := [texts[at] for at in order]) != texts),
        [*texts[1:], texts[0]],
    )
    moved = [at for at, text in enumerate(texts) if new[at] != text]
    first, last = moved[0], moved[-1]
    pieces = [new[first]]
    for at in range(first + 1, last + 1):
        pieces += [body[units[at - 1].end : units[at].start], new[at]]
    span = Span(units[first].start, units[last].end)
    reason = f"{len(moved)} of {len(units)} {what} stand at other places than in the article"
    return Change(span, "".join(pieces), reason)


def repeat_sentence(scene: Scene) -> list[Change]:
    """A sentence comes again, word for word, at the end of a later one.

    Taken are whole sentences of eight words or more, outside quotations; put at the end of a
    sentence at least three further on.
    """
    ends = [before.end for before, _ in scene.gaps()] + [s.end for s in scene.sentences[-1:]]
    made = [
        (sentence, ends[first:])
        for at, sentence in enumerate(scene.sentences[:-_FEWEST_BETWEEN])
        if _is_whole(scene, sentence)
        and (first := bisect_left(ends, scene.sentences[at + _FEWEST_BETWEEN].end)) < len(ends)
    ]
    if not made:
        raise NotPlantedError("no sentence of eight words can come again later on in the body")
    source, free = scene.dice.pick(made)
    place = scene.dice.pick(free)
    reason = "the sentence stands in the body before, word for word"
    at_end, text = Span(place, place), f" {source.of(scene.body)}"
    return [Change(at_end, text, reason, "repeated_sentence", lead=1, other=source)]


def _is_whole(scene: Scene, sentence: Span) -> bool:
    text = sentence.of(scene.body)
    if not text.endswith(".") or any(mark in text for mark in '"“”‘„«»\n\r'):
        return False
    return len(split_words(text)) >= _FEWEST_WORDS and not scene.quoted(sentence.start)
