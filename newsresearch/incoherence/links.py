"""Telling words that link sentences, and the check for a border that hardly any crosses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose_sentences, read_sentences
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate

__all__ = ["Linked", "linked_sentences", "places_of", "topic_break", "weakest_borders"]


class Linked(NamedTuple):
    """A sentence of the prose and its telling stems: none that stands in every other article."""

    span: Span
    stems: frozenset[str]


@lru_cache(maxsize=2)
def linked_sentences(article: Article) -> list[Linked]:
    """Return the sentences of the prose with their telling stems."""
    common, read = load_words("common"), read_sentences(article)
    return [
        Linked(span, frozenset(term.stem for term in read[span].terms) - common)
        for span in prose_sentences(article)
    ]


def places_of(sentences: list[Linked]) -> dict[str, list[int]]:
    """Return, for each stem, the sentences that hold it, in order."""
    places: dict[str, list[int]] = {}
    for at, sentence in enumerate(sentences):
        for stem in sentence.stems:
            places.setdefault(stem, []).append(at)
    return places


_FEWEST_AROUND = 6  # sentences on each side
_LEAST_AROUND = 0.2  # of all sentences: the last lines of a text often bring in something new
_LEAST_EXPECTED = 10.0  # words that should stand on both sides
_MOST_CROSSING = 0.2  # share of them that do
_MOST_USES = 8  # more uses of one word change nothing in what is expected


def topic_break(article: Article) -> Iterator[Finding]:
    """From a paragraph on, the text hardly takes up a word of what went before.

    A hint. Fires on the border that the fewest words cross, where less than a fifth of those
    cross that would in a text of one subject.

    Known misses: two stories on one topic; a piece shorter than six sentences. Wrong for round-ups,
    which tell several stories on purpose.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> one = "The ferry captain steered past the pier. The harbour pilot watched the captain. " * 3
    >>> two = "Violin pupils rehearsed the concerto. The orchestra hired a violin teacher. " * 3
    >>> fires(topic_break, one + "\\n\\n" + two)[0][:13]
    'Violin pupils'
    >>> fires(topic_break, one + "\\n\\n" + one)
    []
    """
    for border in weakest_borders(article)[:1]:
        before, after, crossing, expected = border
        if crossing < _MOST_CROSSING * expected:
            reason = (
                f"{crossing} telling words of what went before come up from here on; in a text "
                f"of one subject about {expected:.0f} would"
            )
            yield Finding(after, reason, other=before)


@lru_cache(maxsize=2)
def weakest_borders(article: Article) -> list[tuple[Span, Span, int, float]]:
    """Return borders, fewest crossing words first: the paragraphs, and words that cross."""
    sentences = linked_sentences(article)
    count = len(sentences)
    changes = [0] * (count + 1)
    often: Counter[int] = Counter()
    for where in places_of(sentences).values():
        if len(where) > 1:
            changes[where[0] + 1] += 1
            changes[where[-1] + 1] -= 1
            often[min(len(where), _MOST_USES)] += 1
    borders, crossing = [], 0
    for at in range(count):
        crossing += changes[at]
        pair = _border(article, sentences, at)
        if pair and min(at, count - at) >= max(_FEWEST_AROUND, _LEAST_AROUND * count):
            share = at / count
            expected = sum(n * (1 - share**k - (1 - share) ** k) for k, n in often.items())
            if expected >= _LEAST_EXPECTED:
                borders.append((*pair, crossing, expected))
    return sorted(borders, key=lambda border: border[2] / border[3])


def _border(article: Article, sentences: list[Linked], at: int) -> tuple[Span, Span] | None:
    """Return the paragraphs before and after, where a sentence is the first of its own."""
    if not at:
        return None
    before = locate(article.paragraphs, sentences[at - 1].span.start)
    after = locate(article.paragraphs, sentences[at].span.start)
    later = article.paragraphs[after]
    if before == after or locate(article.quotations, later.start) >= 0:
        return None  # whoever is quoted may speak of something else
    return article.paragraphs[before], later
