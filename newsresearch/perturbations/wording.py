"""Defects on the surface: mixed spellings, a lost quotation mark, a line of page furniture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from newsresearch.lexicons import load_entries, load_groups, load_words
from newsresearch.perturbations.planting import Change, NotPlantedError, Scene
from newsresearch.quotations import Quotation
from newsresearch.text import Span, locate

__all__ = ["add_furniture", "break_quotation", "mix_spellings"]

# --- spellings --------------------------------------------------------------------------------


class _Use(NamedTuple):
    """A word that British and American papers spell in two ways, and how the other side does."""

    span: Span
    word: str
    other: str
    british: bool


# What may follow a listed stem so that swapping the stem gives the other spelling; the stems
# alone would make 'centred' into 'centerd' and 'laboratory' into 'labouratory'.
_AFTER_OUR = re.compile(r"|s|ed|ing|ful|able|ites?|hoods?|ers?|less")
_AFTER_LL = re.compile(r"ed|ing|ers?|ors?")
_AFTER_YSE = re.compile(r"|d")  # 'analyses' may be the plural of 'analysis'
_AFTER = re.compile(r"|s")
_ISE = re.compile(r"([a-z]{3,})(is|iz)(e|ed|es|ing|ation|ations|er|ers)")


def mix_spellings(scene: Scene) -> list[Change]:
    """One word is spelt as on the other side of the Atlantic: 'defense' beside 'defence'.

    The last use of a word that stands twice outside quotations and names; where there is none,
    one of two different words that were both spelt in one way.
    """
    uses = list(_uses(scene))
    by_word: dict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        by_word[use.word].append(use)
    twice = [(group[0], group[-1]) for group in by_word.values() if len(group) > 1]
    mixed = [(a, b) for a, b in pairwise(uses) if a.british == b.british and a.word != b.word]
    if not twice and not mixed:
        raise NotPlantedError(
            "no two words outside quotations are spelt in a British or an American way"
        )
    kept, changed = scene.dice.pick(twice or mixed)
    old = changed.span.of(scene.body)
    new = changed.other.capitalize() if old[0].isupper() else changed.other
    reason = f"‘{old}’ was changed to ‘{new}’, against ‘{kept.word}’ elsewhere in the article"
    return [Change(changed.span, new, reason, "spelling_variant", other=kept.span)]


def _uses(scene: Scene) -> Iterator[_Use]:
    starts = {sentence.start for sentence in scene.sentences}
    for word in scene.article.words:
        text = word.of(scene.body)
        if not text[1:].islower() or (text[0].isupper() and word.start not in starts):
            continue
        if locate(scene.paragraphs, word.start) < 0 or scene.quoted(word.start):
            continue
        found = _respell(text.lower())
        if found:
            yield _Use(word, text.lower(), *found)


@lru_cache(maxsize=50_000)
def _respell(word: str) -> tuple[str, bool] | None:
    """Return the other spelling of a word and whether the word is the British one, or None."""
    ise = _ISE.fullmatch(word)
    if ise and ise[1] in load_words("perturbing", "ise"):
        return ise[1] + {"is": "iz", "iz": "is"}[ise[2]] + ise[3], ise[2] == "is"
    for british, american in load_groups("variants", "spellings"):
        for stem, other in ((british, american), (american, british)):
            rest = word.removeprefix(stem)
            if word.startswith(stem) and _endings(british).fullmatch(rest):
                return other + rest, stem == british
    return None


def _endings(british: str) -> re.Pattern[str]:
    if british.endswith("our"):
        return _AFTER_OUR
    if british.endswith("ll"):
        return _AFTER_LL
    return _AFTER_YSE if british.endswith("yse") else _AFTER


# --- quotations -------------------------------------------------------------------------------

_FEWEST_WORDS = 4
_CLOSING = {"“": "”", '"': '"'}


def break_quotation(scene: Scene) -> list[Change]:
    """A quotation of four words or more loses its closing mark.

    Double marks only. A quotation that ends its paragraph is left alone where the next
    paragraph opens with a mark: there papers leave it out on purpose.
    """
    found = [q for q in scene.article.quotations if _can_break(scene, q)]
    if not found:
        raise NotPlantedError("no quotation of four words or more stands in double marks")
    quotation = scene.dice.pick(found)
    place = quotation.end - 1
    lead = quotation.start - place
    reason = "the closing mark of the quotation is gone"
    return [Change(Span(place, quotation.end), "", reason, "broken_quotation", lead=lead)]


def _can_break(scene: Scene, quotation: Quotation) -> bool:
    text = scene.body[quotation.start : quotation.end]
    at = locate(scene.paragraphs, quotation.start)
    if not quotation.closed or at < 0 or len(text.split()) < _FEWEST_WORDS:
        return False
    if _CLOSING.get(text[0]) != text[-1] or any(mark in text[1:-1] for mark in '“”"'):
        return False
    ends_paragraph = quotation.end >= scene.paragraphs[at].end
    following = scene.paragraphs[at + 1 : at + 2]
    return not (ends_paragraph and following and scene.body[following[0].start] in '“"')


# --- furniture --------------------------------------------------------------------------------


def add_furniture(scene: Scene) -> list[Change]:
    """A line of page furniture stands between two paragraphs: a button, a teaser, a credit.

    The lines are of our own writing, by somebody who had seen part of the list that finds
    furniture: some are on it word for word, so what is found of them flatters the check.
    """
    if not scene.paragraphs:
        raise NotPlantedError("the body has no paragraph to put a line after")
    lines = [line for line in load_entries("perturbing", "furniture") if line not in scene.body]
    line = scene.dice.pick(lines)
    gaps = [
        (a, b)
        for a, b in pairwise(scene.paragraphs)
        if not scene.body[a.end : b.start].strip() and not scene.leaves_open(a)
    ]
    before, after = scene.dice.pick(gaps) if gaps else (scene.paragraphs[-1], None)
    gap = scene.body[before.end : after.start] if after else "\n\n"
    reason = "a line of the web page, not of the article"
    at = Span(before.end, before.end)
    return [Change(at, gap + line, reason, "furniture", lead=len(gap))]
