"""A check for figures at odds: two numbers for one thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, islice

from newsresearch.articles import Article
from newsresearch.incoherence.figures import Figure, find_figures
from newsresearch.incoherence.finding import Finding
from newsresearch.lexicons import load_words

__all__ = ["conflicting_numbers"]

# No article holds as many, but a table of figures might.
_MOST_PAIRS = 5_000
# Where a text gives more numbers of one unit, it compares: prices, shares, years.
_MOST_VALUES = 3
# Figures nearer than that are rounded; where they are rough, the second; farther, unlike things.
_LEAST_APART, _LEAST_APART_IF_ROUGH, _MOST_APART = 0.06, 0.25, 0.9


def conflicting_numbers(article: Article) -> Iterator[Finding]:
    """Two numbers for what looks like one thing: '12 people were killed', later '15 people …'.

    Fires where both have one unit or count one thing, their sentences share most of their
    words, and the text has few other numbers of the kind; or where a headline's number is
    nowhere in the body. Silent on other names or times near the two, on bounds ('more than'),
    rounding, sums and parts, and on a number in a quotation.

    Known misses: most; two sentences that tell one thing in other words, and whatever a text
    that compares many figures gets wrong. Wrong where two like events are told in like words.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> told = "The fire killed 12 people in the harbour. It rained."
    >>> fires(conflicting_numbers, f"{told} The harbour fire that killed 15 people is out.")
    ['15']
    >>> fires(conflicting_numbers, f"{told} The number of people killed rose from 12 to 15.")
    []
    """
    groups: dict[str, list[Figure]] = defaultdict(list)
    figures = find_figures(article)
    for figure in figures:
        groups[figure.unit].append(figure)
    in_body = {figure.value for figure in figures if figure.field == "body"}
    for group in groups.values():
        yield from _at_odds(group, in_body)


def _at_odds(group: list[Figure], in_body: set[float]) -> Iterator[Finding]:
    """Yield each figure that another one before it contradicts, once."""
    places: dict[float, set[tuple[str, int]]] = defaultdict(set)
    for figure in group:
        places[figure.value].add((figure.field, figure.sentence.start))
    times = Counter(figure.value for figure in group)
    crowd = Counter((figure.field, figure.sentence) for figure in group)
    seen: set[Figure] = set()
    if len(times) > _MOST_VALUES:
        return
    for one, two in islice(combinations(group, 2), _MOST_PAIRS):
        # A slip stands alone, and no sentence holds both: that one would compare them.
        apart = not places[one.value] & places[two.value]
        single = min(times[one.value], times[two.value]) == 1
        if not (apart and single) or two in seen or not _are_unlike(one, two):
            continue
        lost = one.field == "headline" and one.value not in in_body
        if _tell_one_thing(one, two, lost and crowd[two.field, two.sentence] == 1):
            seen.add(two)
            yield Finding(
                two.span, "another figure is given for what looks like one thing",
                two.field, other=one.span, other_field=one.field,
            )  # fmt: skip


def _are_unlike(one: Figure, two: Figure) -> bool:
    """Can the two values not both be right, as far as rounding and bounds go?"""
    low, high = sorted((one, two), key=lambda figure: figure.value)
    apart = (high.value - low.value) / high.value if high.value else 0.0
    if (low.before | high.before) & load_words("conflicts", "ranges"):
        return False
    if low.before & load_words("conflicts", "from_below"):
        return False
    if high.before & load_words("conflicts", "from_above"):
        return False
    least = 0.0 if _digits(low) == _digits(high) else _LEAST_APART
    if (low.before | high.before) & load_words("conflicts", "rough"):
        least = _LEAST_APART_IF_ROUGH
    return least < apart < _MOST_APART


def _digits(figure: Figure) -> int:
    """Count the digits that are meant: of '1,200' two, of '35.7' three; of 'twelve' two."""
    return len(f"{figure.value:.10g}".replace(".", "").strip("0"))


def _tell_one_thing(one: Figure, two: Figure, lost: bool) -> bool:
    """Do the sentences speak of one thing; ``lost``: the headline's value is not in the body."""
    near, stems = one.near & two.near, one.stems & two.stems
    words = one.words | two.words
    if one.names - two.names and two.names - one.names:
        return False
    if lost and near:
        return True
    if words & load_words("conflicts", "parts"):
        return False
    whole = len(stems) / min(len(one.stems), len(two.stems)) if stems else 0.0
    if (len(stems) >= 3 and whole >= 0.6) or len(near) >= 4 or len(stems) >= 5:
        return True
    close = len(near) >= 2 and 2 * len(near) >= min(len(one.near), len(two.near))
    return close and one.times == two.times and not words & load_words("conflicts", "changes")
