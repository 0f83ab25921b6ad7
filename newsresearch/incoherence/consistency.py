"""A check for a text at odds with itself: several names for one place, group or person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, islice

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, people
from newsresearch.lexicons import load_groups
from newsresearch.text import Span

__all__ = ["Uses", "conflicts", "name_variant"]

# Names are compared in pairs; no article holds as many, but a list of names might.
_MOST_PAIRS = 5_000
# Uses of each form of one thing: form -> spans, in order.
Uses = dict[str, list[Span]]


def name_variant(article: Article) -> Iterator[Finding]:
    """One place, group or person goes under several names or spellings of a name.

    Listed names ('Kyiv' and 'Kiev', 'ISIS' and 'Islamic State'), a surname spelt in two ways
    after one given name, and fronts or movements with two names. Names inside quotations are
    the speaker's; a name given in brackets after the other is explained.

    Known misses: other aliases that are not listed; names past the first 5,000 pairs. Wrong
    where the text explains in its own way that both names are in use.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(name_variant, "Kyiv is large. Flights to Kyiv rose. In Kiev it rained.")
    ['Kiev']
    >>> fires(name_variant, "Kyiv is large. “Kiev was cold,” she said.")
    []
    """
    for group in load_groups("variants", "names"):
        yield from conflicts(_uses_of(article, group), "one name")
    yield from _surname_variants(article)
    yield from _renamed_movements(article)


def _uses_of(article: Article, forms: tuple[str, ...]) -> Uses:
    """Find each form of a name outside quotations; nothing where the text explains one."""
    uses: Uses = {}
    for form in forms:
        if form not in article.body:  # most names are in no article: skip the pattern
            continue
        name = re.escape(form)  # first, since a search for plain letters is quick
        pattern = re.compile(rf"{name}(?<![\w-]{name})(?!\w| of\b| \()")
        spans = [Span(*m.span()) for m in pattern.finditer(article.body)]
        spans = [span for span in spans if not article.is_quoted(span.start)]
        if any(_is_explained(article.body, span) for span in spans):
            return {}
        if spans:
            uses[form] = spans
    return uses


_EXPLAINED = re.compile(
    r"(?:\(|\b(?:known as|formerly|called|or|also|spelled|spelt|abbreviated))\s*(?:the\s)?$"
)


def _is_explained(text: str, span: Span) -> bool:
    return bool(_EXPLAINED.search(text[max(0, span.start - 24) : span.start]))


def conflicts(uses: Uses, what: str) -> Iterator[Finding]:
    """Yield one finding for a thing with several forms: the rarest against the commonest."""
    if len(uses) < 2:
        return
    ranked = sorted(uses, key=lambda form: (-len(uses[form]), uses[form][0]))
    counts = ", ".join(f"‘{form}’ {_times(len(uses[form]))}" for form in ranked)
    for form in ranked[1:]:
        reason = f"{what}, several forms: {counts}"
        yield Finding(uses[form][0], reason, other=uses[ranked[0]][0])


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _surname_variants(article: Article) -> Iterator[Finding]:
    """'Sergei Petrovich', 'Sergei Petrovitch': one given name, surnames nearly alike."""
    given: dict[str, Uses] = defaultdict(dict)
    for person in people(article):
        for mention in person.mentions:
            of_a_kind = article.body.endswith(
                "the ", 0, mention.start
            )  # 'the Ann Lees of the world'
            if mention.full and not mention.quoted and not of_a_kind:
                first = mention.name.split()[0]
                span = Span(mention.start, mention.end)
                given[first].setdefault(mention.surname, []).append(span)
    pairs = ((forms, *pair) for forms in given.values() for pair in combinations(forms, 2))
    for forms, one, two in islice(pairs, _MOST_PAIRS):
        if _nearly_equal(one, two) and not _is_derived(one, two):
            yield from conflicts({form: forms[form] for form in (one, two)}, "one person")


def _nearly_equal(one: str, two: str) -> bool:
    """Do two surnames of five letters or more differ in one letter, or in two that changed places?

    In two letters where they are long: 'Kirby' and 'Kerry' are two people.
    """
    if min(len(one), len(two)) < 5 or abs(len(one) - len(two)) > 2 or one[0] != two[0]:
        return False
    if sorted(one) == sorted(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 2:
        return True
    previous = list(range(len(two) + 1))
    for i, left in enumerate(one, start=1):
        row = [i]
        for j, right in enumerate(two, start=1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (left != right)))
        previous = row
    return previous[-1] <= (2 if min(len(one), len(two)) >= _LONG else 1)


_LONG = 8


def _is_derived(one: str, two: str) -> bool:
    """Is one of them made from the other: 'Korea' and 'Korean', 'Jong-un' and 'Jong-il'?"""
    short, long = sorted((one, two), key=len)
    return long == short + "n" or ("-" in short and short.split("-")[0] == long.split("-")[0])


_ACRONYM = re.compile(r"(?<![\w.-])[A-Z]{3,6}(?![\w.])")
_MOVEMENT = re.compile(
    r"(?<!\w)(?:[A-Z][a-z]+ ){1,4}"
    r"(?:Front|Movement|Brigades?|Militia|Alliance|League|Liberation Army)\b"
)


def _renamed_movements(article: Article) -> Iterator[Finding]:
    """'Free Harbour Front', 'Harbour Liberation Front', 'FHF': one head, one shared word."""
    uses: Uses = {}
    for found in _MOVEMENT.finditer(article.body):
        name = found[0].removeprefix("The ")
        if not article.is_quoted(found.start()):
            uses.setdefault(name, []).append(Span(found.end() - len(name), found.end()))
    acronyms = _acronyms(article) if len(uses) > 1 else {}
    for one, two in islice(combinations(uses, 2), _MOST_PAIRS):
        first, second = set(one.split()), set(two.split())
        differ = bool(first - second) and bool(second - first)
        if differ and one.split()[-1] == two.split()[-1] and len(first & second) > 1:
            initials = sorted({"".join(word[0] for word in name.split()) for name in (one, two)})
            forms = {form: uses[form] for form in (one, two)}
            forms |= {form: acronyms[form] for form in initials if form in acronyms}
            yield from conflicts(forms, "perhaps one group")


def _acronyms(article: Article) -> Uses:
    """Return the acronyms in the text, outside quotations."""
    uses: Uses = {}
    for found in _ACRONYM.finditer(article.body):
        if not article.is_quoted(found.start()):
            uses.setdefault(found[0], []).append(Span(*found.span()))
    return uses
