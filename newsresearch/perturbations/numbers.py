"""Numbers at odds: one of two mentions of the same figure is changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from newsresearch.amounts import DATED, NAMED, NO_COUNT
from newsresearch.lexicons import load_words
from newsresearch.perturbations.planting import Change, NotPlantedError, Scene
from newsresearch.text import Span, split_sentences
from newsresearch.vocabulary import content_terms

__all__ = ["change_number"]

_DIGITS = re.compile(
    r"(?<![\w.,/:–-])([£$€]?)(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d+)?"
    r"((?:m|bn|k|p|%)(?!\w)|\s(?:million|billion|trillion|per\scent|percent)\b)?(?![\w/:–-]|[.,]\d)"
)
_WORDS = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
_WORD = re.compile(rf"(?<![\w-])({'|'.join(_WORDS)})(?![\w-])", re.IGNORECASE)
_NEXT = re.compile(r"\s([^\W\d_]+)")
# Two sentences that share so many other words speak of the same thing.
_FEWEST_SHARED = 2
# No article holds as many, but a table of figures might.
_MOST_PAIRS = 5_000


@dataclass(frozen=True)
class _Figure:
    """A figure: where its digits or word stand, what is counted, and what its sentence is about."""

    field: str
    sentence: Span
    span: Span
    text: str
    counted: str
    stems: frozenset[str]


def change_number(scene: Scene) -> list[Change]:
    """One of two mentions of the same figure is changed: in the body, or against the headline.

    The two must count the same thing, as far as words tell: the same word follows, or their
    sentences share words. Dates, years, ages and clock times are left alone. The later mention
    is changed, to a figure that stands nowhere else in the article. The receipt says 'told
    twice' where both have one unit or count the same word and their sentences share two words
    besides: only these can be found without knowing the story.
    """
    pairs = list(_pairs(scene))
    if not pairs:
        raise NotPlantedError("no figure is given twice, in the body or in headline and body")
    kept, changed = scene.dice.pick(pairs)
    new = _another(scene, changed)
    where = "the headline" if kept.field == "headline" else "an earlier sentence"
    reason = f"‘{changed.text}’ was changed to ‘{new}’, against {where}{_told_twice(kept, changed)}"
    check = "headline_number" if kept.field == "headline" else "conflicting_numbers"
    return [Change(changed.span, new, reason, check, other=kept.span, other_field=kept.field)]


def _told_twice(one: _Figure, two: _Figure) -> str:
    """Say in the receipt whether the same thing is counted twice, as far as words tell."""
    signs = [_DIGITS.match(figure.text) for figure in (one, two)]
    units = [(sign[1], (sign[4] or "").strip() == "%") if sign else ("", False) for sign in signs]
    unit = units[0] == units[1] and units[0] != ("", False)
    same = unit or (bool(one.counted) and one.counted == two.counted)
    if not same or len(one.stems & two.stems) < _FEWEST_SHARED:
        return "; nothing shows that both count one thing"
    return "; told twice: " + (f"both count ‘{one.counted}’" if not unit else "both have one unit")


def _pairs(scene: Scene) -> Iterator[tuple[_Figure, _Figure]]:
    body = [
        figure for sentence in scene.sentences for figure in _figures(scene.body, sentence, "body")
    ]
    headline = scene.article.headline
    above = [f for s in split_sentences(headline) for f in _figures(headline, s, "headline")]
    alike: dict[str, list[_Figure]] = defaultdict(list)
    for figure in [*above, *body]:
        alike[figure.text.lower()].append(figure)
    pairs = (pair for group in alike.values() for pair in combinations(group, 2))
    for kept, changed in islice(pairs, _MOST_PAIRS):
        if changed.field == "body" and _count_the_same(kept, changed):
            yield kept, changed


def _count_the_same(one: _Figure, two: _Figure) -> bool:
    if (one.field, one.sentence) == (two.field, two.sentence):
        return False
    shared = len(one.stems & two.stems)
    same_noun = bool(one.counted) and one.counted == two.counted
    if one.text.isalpha() or len(one.text) == 1:  # 'two' and '6' are common: both signs
        return same_noun and shared >= _FEWEST_SHARED
    telling = not one.text.isdigit() or len(one.text) > 2  # '£2.3m', '40,000', '19 per cent', '380'
    return shared >= _FEWEST_SHARED or (telling and (same_noun or shared > 0))


def _figures(text: str, sentence: Span, field: str) -> Iterator[_Figure]:
    figures = [
        found
        for pattern in (_DIGITS, _WORD)
        for found in pattern.finditer(text, *sentence)
        if _is_figure(text, found)
    ]
    if not figures:
        return
    terms = content_terms(text, sentence)
    for found in figures:
        stems = frozenset(t.stem for t in terms if t.end <= found.start() or t.start >= found.end())
        follows = _NEXT.match(text, found.end(), sentence.end)
        word = follows[1].lower() if follows else ""
        counted = "" if word in load_words("stopwords") else word
        yield _Figure(field, sentence, Span(*found.span()), found[0], counted, stems)


def _is_figure(text: str, found: re.Match[str]) -> bool:
    """Is it a plain number: no year, no date, no 1, no 100 %?"""
    if found.re is _WORD:
        return True
    before = text[max(0, found.start() - 16) : found.start()]
    if NO_COUNT.search(before) or NAMED.search(before):
        return False
    is_age = before.endswith(", ") and text.startswith(",", found.end())  # 'Ann Lee, 34, said'
    if is_age or DATED.match(text, found.end()):
        return False
    currency, whole, decimals, scale = found.groups()
    value = int(whole.replace(",", ""))
    bare = not (currency or decimals or scale or "," in whole)
    if bare and 1500 <= value <= 2100:
        return False
    return value > 1 and not (value == 100 and "%" in (scale or "").replace("per", "%"))


def _another(scene: Scene, figure: _Figure) -> str:
    """Return another figure of the same form that stands nowhere in the article."""
    everything = f"{scene.article.headline} {scene.body}".lower()
    options = [text for text in _alike(figure.text) if text.lower() not in everything]
    if not options:
        raise NotPlantedError(f"every figure like ‘{figure.text}’ is in the article already")
    return scene.dice.pick(options)


def _alike(text: str) -> list[str]:
    """Return figures of the same form: another word of the list, another first digit."""
    if text.lower() in _WORDS:
        at = _WORDS.index(text.lower())
        near = _WORDS[max(0, at - 4) : at] + _WORDS[at + 1 : at + 5]
        return [word.capitalize() if text[0].isupper() else word for word in near]
    at = next(i for i, char in enumerate(text) if char.isdigit())
    short = sum(char.isdigit() for char in text) == 1
    digits = "23456789" if short else "123456789"
    return [text[:at] + digit + text[at + 1 :] for digit in digits if digit != text[at]]
