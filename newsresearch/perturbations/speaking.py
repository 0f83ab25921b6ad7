"""Speakers, taken away from a quotation or exchanged: who said it can no longer be told."""

from __future__ import annotations

from collections.abc import Iterator

from newsresearch.attribution import DIRECT, Attribution, attributions
from newsresearch.attribution.names import known_names
from newsresearch.perturbations.planting import Change, NotPlantedError, Scene
from newsresearch.text import Span, locate, split_words

__all__ = ["double_quotation", "remove_speaker"]

_FEWEST_WORDS = 8


def remove_speaker(scene: Scene) -> list[Change]:
    """A paragraph that was a quotation and its speaker is the quotation alone.

    Only where no quotation stands in the paragraphs beside it, whose speaker a reader would take
    it to be. Where one of them reports what somebody says, the speaker may still be guessed.
    """
    choices = [
        (one, paragraph)
        for one, paragraph in _tagged(scene)
        if _stands_alone(scene, locate(scene.paragraphs, paragraph.start))
    ]
    if not choices:
        raise NotPlantedError("no quotation and its speaker stand in a paragraph apart from others")
    one, paragraph = scene.dice.pick(choices)
    quote = one.span.of(scene.body)
    alone = f"{quote[:-2]}.{quote[-1]}"
    reason = f"‘{scene.body[one.span.end : paragraph.end].strip()}’ was cut behind the quotation"
    return [Change(paragraph, alone, reason, "unattributed_speech")]


def _stands_alone(scene: Scene, index: int) -> bool:
    """Is a paragraph inside the body, and is nothing quoted in the one before and after?"""
    if index == 0 or index == len(scene.paragraphs) - 1:
        return False
    beside = (scene.paragraphs[index - 1], scene.paragraphs[index + 1])
    return not any(mark in part.of(scene.body) for part in beside for mark in '"“‘')


def double_quotation(scene: Scene) -> list[Change]:
    """A quotation comes a second time, as the words of somebody else in the article.

    It is added as a paragraph at the end; the other person is named there by surname.
    """
    known = known_names(scene.article)
    tagged = [(one, paragraph) for one, paragraph in _tagged(scene) if _named(one)]
    others = [m for m in known.mentions if m.full and not m.quoted]
    pairs = [
        (one, m)
        for one, _ in tagged
        for m in others[:20]
        if one.speaker
        and known.fullest[m.start, m.end] in known.persons
        and not set(m.name.lower().split()) & set(one.speaker.name.lower().split())
    ]
    if not pairs:
        raise NotPlantedError("no quotation with a named speaker, or nobody else is named")
    one, other = scene.dice.pick(pairs)
    end = scene.paragraphs[-1].end
    lead = "\n\n"
    new = f"{lead}{one.span.of(scene.body)} {other.surname} said."
    first = one.speaker.name if one.speaker else ""
    reason = f"the quotation of ‘{first}’ was given to ‘{other.name}’"
    return [
        Change(Span(end, end), new, reason, "conflicting_speakers", lead=len(lead), other=one.span)
    ]


def _tagged(scene: Scene) -> Iterator[tuple[Attribution, Span]]:
    """Yield paragraphs that are one quotation with a short tag: '“…,” said Lee.'"""
    for one in attributions(scene.article):
        index = locate(scene.paragraphs, one.span.start)
        if index < 0 or one.kind != DIRECT or one.speaker is None or one.verb is None:
            continue
        paragraph = scene.paragraphs[index]
        tag = scene.body[one.span.end : paragraph.end]
        whole = paragraph.start == one.span.start and scene.body[one.span.end - 2] == ","
        short = 2 <= len(split_words(tag)) <= _FEWEST_WORDS and tag.endswith(".")
        enough = len(split_words(one.span.of(scene.body))) >= _FEWEST_WORDS
        if whole and short and enough and one.reason == "by the verb beside it":
            yield one, paragraph


def _named(one: Attribution) -> bool:
    return one.speaker is not None and not one.speaker.anonymous
