"""Checks for figures at odds: two numbers for one thing, in the body or against the headline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, islice

from newsresearch.articles import Article
from newsresearch.incoherence.figures import Figure, find_figures, read_values
from newsresearch.incoherence.finding import Finding
from newsresearch.lexicons import load_words

__all__ = ["conflicting_numbers", "headline_number"]

# No article holds as many, but a table of figures might.
_MOST_PAIRS = 5_000
# Where a text gives more numbers of one unit, it compares: prices, shares, years.
_MOST_VALUES, _FEW_VALUES, _MOST_FOR_HEADLINE = 6, 3, 2
# Figures nearer than that are rounded; where they are rough, the second; farther, unlike things.
_LEAST_APART, _LEAST_APART_IF_ROUGH, _MOST_APART = 0.06, 0.25, 0.9
_HEADLINE_ROUNDS = 1.5  # times as far
# Of all words near two figures, the part that must stand near both; less where the same befell
# those who are counted. With the last part they are one sentence told twice, and words such as
# 'later' stand in both.
_FEWEST_SHARED, _LEAST_SHARED, _LEAST_IF_FATE = 2, 0.35, 0.2
_FEWEST_IF_TOLD_TWICE, _TOLD_TWICE = 3, 0.6
# Of the words near a headline's number: where the body gives many, more must be shared.
_FEWEST_FOR_HEADLINE, _FEWEST_AMONG_MANY = 1, 3
# What a lost or added word makes of a number: '$800' of '$800 million'.
_SCALES = {1e3, 1e6, 1e9}


def conflicting_numbers(article: Article) -> Iterator[Finding]:
    """Two numbers for what looks like one thing: '12 people were killed', later '15 people …'.

    Fires where both count one thing or have one unit, much the same words stand near both, or
    the same befell those who are counted (killed, hurt, held, missing), and the text has few
    other numbers of the kind. Silent on other names, times or sources near the two, on bounds
    ('more than'), rounding, sums and parts, and on a number in a quotation.

    Known misses: most; one thing told in other words, and whatever a text that compares many
    figures gets wrong. Wrong where two like events are told in like words.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> told = "The fire killed 12 people in the harbour. It rained."
    >>> fires(conflicting_numbers, f"{told} The harbour fire that killed 15 people is out.")
    ['15']
    >>> fires(conflicting_numbers, f"{told} The number of people killed rose from 12 to 15.")
    []
    """
    for group in _by_unit(article, "body"):
        yield from _at_odds(group)


def headline_number(article: Article) -> Iterator[Finding]:
    """A number of the headline is nowhere in the body, which has another one for the same thing.

    Fires where headline and body count one thing or have one unit, share a word near it, and
    the body has no more than two numbers of the kind. Silent on bounds, rounding, sums and
    parts, and where the number stands anywhere in the body, in words or in digits.

    Known misses: a wrong number that also stands in the body for something else; other names
    for what is counted. Wrong where the headline adds up what the body tells one by one.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> body = "It burnt all night. Fifteen people were killed in the old town."
    >>> fires(headline_number, body, "Fire kills 12 people in town")
    ['12']
    >>> fires(headline_number, body, "Fire kills at least 12 people in town")
    []
    """
    if not any(figure.field == "headline" for figure in find_figures(article)):
        return
    values = read_values(article.body)
    for group in _by_unit(article, "headline", "body"):
        above = [figure for figure in group if figure.field == "headline"]
        below = [figure for figure in group if figure.field == "body"]
        for one in above:
            other = None if _is_told(one.value, values, below) else _contradicting(one, below)
            if other:
                told = other.span.of(article.body)
                reason = f"the body never says so; of the same thing it says ‘{told}’"
                yield Finding(one.span, reason, "headline", other=other.span, other_field="body")


def _by_unit(article: Article, *fields: str) -> Iterator[list[Figure]]:
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in find_figures(article):
        if figure.field in fields:
            groups[figure.unit].append(figure)
    yield from groups.values()


# --- against the headline -------------------------------------------------------------------------


def _is_told(value: float, values: set[float], below: list[Figure]) -> bool:
    """Does the body say a number of the headline somewhere, or its parts or its whole?"""
    near = {figure.value for figure in below}
    if value in values:
        return True
    # 'a + b' and 'a - b' of two different figures, without making all the pairs.
    return any((value - one in near and value != 2 * one) or value + one in near for one in near)


def _contradicting(one: Figure, below: list[Figure]) -> Figure | None:
    """Return the body's figure that shares most words, if it and all of its kind contradict."""
    rivals = [figure for figure in below if figure.fate == one.fate or not one.fate]
    if "of" in one.before or not all(_are_unlike(one, figure) for figure in rivals):
        return None
    few = len({figure.value for figure in below}) <= _MOST_FOR_HEADLINE
    fewest = _FEWEST_FOR_HEADLINE if few else _FEWEST_AMONG_MANY
    same = [figure for figure in rivals if _may_be_meant(one, figure, fewest)]
    return max(same, key=lambda figure: len(figure.near & one.near), default=None)


def _may_be_meant(one: Figure, two: Figure, fewest: int) -> bool:
    """May the headline mean the body's figure: a shared word or fate, no part, no other year?"""
    shared = (two.near | {two.fate}) & (one.near | {one.fate}) - {""}
    parts = load_words("conflicts", "parts") | load_words("conflicts", "before_that")
    kinds = two.kinds <= one.kinds | one.near and one.kinds <= two.kinds | two.near
    others = (one.close | two.close) & parts or _years(two)
    return len(shared) >= fewest and kinds and not others


# --- within the body ------------------------------------------------------------------------------


def _at_odds(group: list[Figure]) -> Iterator[Finding]:
    """Yield each figure that another one before it contradicts, once."""
    places: dict[float, set[int]] = defaultdict(set)
    for figure in group:
        places[figure.value].add(figure.sentence.start)
    times = Counter(figure.value for figure in group)
    seen: set[Figure] = set()
    for one, two in islice(combinations(group, 2), _MOST_PAIRS):
        # A slip stands alone, and no sentence holds both: that one would compare them.
        apart = not places[one.value] & places[two.value]
        single = min(times[one.value], times[two.value]) == 1
        if not (apart and single) or two in seen or not _are_unlike(one, two):
            continue
        if _tell_one_thing(one, two, len(times)):
            seen.add(two)
            reason = "another figure is given for what looks like one thing"
            yield Finding(two.span, reason, other=one.span)


def _are_unlike(one: Figure, two: Figure) -> bool:
    """Can the two values not both be right, as far as rounding and bounds go?"""
    low, high = sorted((one, two), key=lambda figure: figure.value)
    apart = (high.value - low.value) / high.value if high.value else 0.0
    bounds = load_words("conflicts", "from_below") | load_words("conflicts", "from_above")
    if (low.before | high.before) & load_words("conflicts", "ranges"):
        return False
    if low.before & bounds != high.before & bounds:  # twice 'at least' is a bound of its own
        if low.before & load_words("conflicts", "from_below"):
            return False
        if high.before & load_words("conflicts", "from_above"):
            return False
    if low.value and round(high.value / low.value, 9) in _SCALES:  # '$800' for '$800 million'
        return True
    least = 0.0 if _digits(low) == _digits(high) else _LEAST_APART
    if low.field != high.field:
        least *= _HEADLINE_ROUNDS
    if (low.before | high.before) & load_words("conflicts", "rough"):
        least = _LEAST_APART_IF_ROUGH
    return least < apart < _MOST_APART


def _digits(figure: Figure) -> int:
    """Count the digits that are meant: of '1,200' two, of '35.7' three; of 'twelve' two."""
    return len(f"{figure.value:.10g}".replace(".", "").strip("0"))


def _tell_one_thing(one: Figure, two: Figure, n_values: int) -> bool:
    """Do the words near two figures say that both are told of one thing?"""
    if one.fate != two.fate or _are_told_apart(one, two) or n_values > _MOST_VALUES:
        return False
    others = load_words("conflicts", "parts") | load_words("conflicts", "moves")
    shared = len(one.near & two.near)
    part = shared / max(1, len(one.near | two.near))
    if shared >= _FEWEST_IF_TOLD_TWICE and part >= _TOLD_TWICE:
        return not (one.close ^ two.close) & others
    if (one.close | two.close) & others or one.kinds != two.kinds or n_values > _FEW_VALUES:
        return False
    least = _LEAST_IF_FATE if one.fate else _LEAST_SHARED
    return shared >= _FEWEST_SHARED and part >= least and not _follow_each_other(one, two)


def _years(figure: Figure) -> set[str]:
    return {word for word in figure.times if word.isdigit()}


def _are_told_apart(one: Figure, two: Figure) -> bool:
    """Do names, times or speakers say that two things are counted: 'police said 12'?"""
    names = bool(one.names - two.names and two.names - one.names)
    times = bool(one.times and two.times) and one.times.isdisjoint(two.times)
    times = times or _years(one) != _years(two)
    sources = bool(one.source and two.source) and one.source != two.source
    return names or times or sources


def _follow_each_other(one: Figure, two: Figure) -> bool:
    """Do their sentences stand next to each other? Then the second compares, or goes on."""
    first, second = sorted((one.sentence, two.sentence))
    return second.start - first.end <= 2
