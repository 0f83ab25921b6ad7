"""Checks for a text whose house style changes on the way, as if two hands had written it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose
from newsresearch.text import Span, locate

__all__ = ["style_switch"]

# What is written in two ways: its name, how often each way must stand, and the ways. What must
# stand before is asked last: the search for a pattern that begins with plain letters is quick.
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_WAYS: tuple[tuple[str, int, tuple[tuple[str, re.Pattern[str]], ...]], ...] = (
    ("quotation marks", 4, (("curly", re.compile("[“”]")), ("straight", re.compile('"(?<!\\d")')))),
    ("apostrophes", 4, (
        ("curly", re.compile(r"’(?<=[a-z]’)(?=[a-z])")),
        ("straight", re.compile(r"'(?<=[a-z]')(?=[a-z])")),
    )),
    ("per cent", 2, (
        ("%", re.compile(r"(?<=\d)\s?%")), ("per cent", re.compile(r"per cent\b(?<=\d per cent)")),
        ("percent", re.compile(r"percent\b(?<=\d percent)")),
    )),
    ("titles", 2, (
        ("Mr.", re.compile(r"M(?<!\wM)(?:r|rs|s)\.")),
        ("Mr", re.compile(r"M(?<!\wM)(?:r|rs|s)(?= [A-Z])")),
    )),
    ("the United States", 2, (
        ("U.S.", re.compile(r"U\.S\.(?<!\wU\.S\.)(?![A-Z])")),
        ("US", re.compile(r"US(?<![\w.$]US)(?![\w.$])")),
    )),
    ("dates", 2, (
        ("12 March", re.compile(rf"(?<![\w,.])\d{{1,2}} {_MONTH}(?!\w)")),
        ("March 12", re.compile(rf"(?<!\w){_MONTH} \d{{1,2}}(?!\w)")),
    )),
)  # fmt: skip
# Marks stand in quotations by their nature; of the rest a quotation is the speaker's.
_MARKS = {"quotation marks", "apostrophes"}
_Use = tuple[Span, str]


def style_switch(article: Article) -> Iterator[Finding]:
    """From some point on the text follows another house style, and never the first one again.

    Quotation marks, apostrophes, '%' and 'per cent', 'Mr' and 'Mr.', 'US' and 'U.S.', dates.
    Fires where each style stands several times, all of the one before all of the other, in
    different paragraphs; silent where they are mixed. Words in quotations are the speaker's.

    Known misses: a second hand with the same style; a switch and back; spellings, which
    `spelling_variant` looks at. Wrong where appended teasers, posts or documents keep their own.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> first = "Mr Lee rose by 2 per cent. Mr Roe fell by 3 per cent."
    >>> fires(style_switch, first + "\\n\\nPay rose 4%. Rents rose 5%.")
    ['%']
    >>> fires(style_switch, first + "\\n\\nPay rose 4%.\\n\\nRents rose by 5 per cent.")
    []
    """
    yield from _switches(article)


@lru_cache(maxsize=2)
def _switches(article: Article) -> tuple[Finding, ...]:
    return tuple(_find_switches(article))


def _find_switches(article: Article) -> Iterator[Finding]:
    paragraphs = list(_own_paragraphs(article))
    for name, fewest, ways in _WAYS:
        uses = sorted(_uses(article, paragraphs, name, ways))
        switches = [(a, b) for a, b in pairwise(uses) if a[1] != b[1]]
        if len(switches) != 1:
            continue
        (last, before), (first, after) = switches[0]
        counts = [sum(way == own for _, way in uses) for own in (before, after)]
        apart = locate(article.paragraphs, last.start) != locate(article.paragraphs, first.start)
        if min(counts) >= fewest and apart:
            reason = (
                f"{name}: ‘{before}’ {counts[0]} times up to here, from here on ‘{after}’ "
                f"{counts[1]} times"
            )
            yield Finding(first, reason, other=last)


_ENDS = ".!?…:;,\"”’'»)]"
_POST = re.compile(r"[@#]\w|https?:|\.com/")


def _own_paragraphs(article: Article) -> Iterator[Span]:
    """Yield the paragraphs in the text's own hand: no posts, nothing that is cited, no lines."""
    before = ""
    for paragraph, after in pairwise([*prose(article), Span(0, 0)]):
        text, below = paragraph.of(article.body), after.of(article.body)
        # A post keeps its own marks, and who wrote it stands below.
        post = _POST.search(text) or (below.startswith(("—", "–", "-")) and "@" in below)
        cited = before.endswith(":") and not text.startswith(("“", '"'))
        if text[-1] in _ENDS and not (post or cited or _is_teaser(text)):
            yield paragraph
        before = text


def _is_teaser(text: str) -> bool:
    """Is it a line in title case, as the names of other stories and adverts are?"""
    long = [word for word in text.split() if len(word) > 3 and word[-1] not in ".!?"]
    capital = sum(word.lstrip("\"“‘'(")[:1].isupper() for word in long)
    return len(long) > 3 and capital > 0.7 * len(long)


def _uses(
    article: Article,
    paragraphs: list[Span],
    name: str,
    ways: tuple[tuple[str, re.Pattern[str]], ...],
) -> Iterator[_Use]:
    """Yield each use of a way of writing, outside furniture and, but for marks, quotations."""
    for way, pattern in ways:
        for found in pattern.finditer(article.body):
            inside = locate(paragraphs, found.start()) >= 0
            if inside and (name in _MARKS or not article.is_quoted(found.start())):
                yield Span(*found.span()), way
