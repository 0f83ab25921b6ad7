"""Checks for a piece that hangs on nothing: a sentence, or the text from some border on."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose_sentences
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate
from newsresearch.vocabulary import content_terms

__all__ = ["intruder_sentence", "rank_intruders", "topic_break"]


class Linked(NamedTuple):
    """A sentence of the prose and its telling stems: none that stands in every other article."""

    span: Span
    stems: frozenset[str]


@lru_cache(maxsize=2)
def _sentences(article: Article) -> list[Linked]:
    common = load_words("common")
    found = []
    for span in prose_sentences(article):
        stems = (term.stem for term in content_terms(article.body, span))
        found.append(Linked(span, frozenset(stems) - common))
    return found


def _places(sentences: list[Linked]) -> dict[str, list[int]]:
    """Return, for each stem, the sentences that hold it, in order."""
    places: dict[str, list[int]] = {}
    for at, sentence in enumerate(sentences):
        for stem in sentence.stems:
            places.setdefault(stem, []).append(at)
    return places


# --- one sentence ----------------------------------------------------------------------------

_NEAR = 3
_FEWEST_SENTENCES = 10
_FEWEST_STEMS = 8
_LEAST_MARGIN = 0.8


def rank_intruders(article: Article) -> list[tuple[float, Span]]:
    """Return the sentences from the one with the weakest links on: a figure, and its span.

    The figure is how many of its telling words stand elsewhere in the text, less how many
    would in a sentence of that length, in standard deviations; below 0 = fewer.
    """
    sentences = _sentences(article)
    places = _places(sentences)
    links = [_links(s, at, places) for at, s in enumerate(sentences)]
    sizes = [len(sentence.stems) for sentence in sentences]
    mean = min(0.95, max(0.05, sum(links) / max(1, sum(sizes))))
    ranked = [
        ((link - mean * size) / sqrt(mean * (size + _STEADY)), sentence.span)
        for link, size, sentence in zip(links, sizes, sentences, strict=True)
        if not _holds_quotation(article, sentence.span)
    ]
    return sorted(ranked)


_STEADY = 2  # words: keeps a sentence of one or two from the ends of the ranking


def _holds_quotation(article: Article, span: Span) -> bool:
    at = bisect_left(article.quotations, span.end, key=lambda quotation: quotation.start)
    return at > 0 and article.quotations[at - 1].end > span.start


def _links(sentence: Linked, at: int, places: dict[str, list[int]]) -> float:
    """Weigh the words that stand elsewhere too: more often and nearer by counts for more."""
    weight = 0.0
    for stem in sentence.stems:
        where = places[stem]
        if len(where) > 1:
            own = bisect_left(where, at)
            near = any(0 < abs(w - at) <= _NEAR for w in where[max(0, own - 1) : own + 2])
            weight += min(1.0, 0.5 + 0.2 * log(len(where))) + 0.3 * near
    return weight


def intruder_sentence(article: Article) -> Iterator[Finding]:
    """A sentence shares no telling word with the rest of the text.

    A hint. Fires on the sentence with the weakest links only, if it has many words of its own
    and none of them stands elsewhere, in a text whose sentences are well linked.

    Known misses: an intruder on the same topic; several intruders. Wrong on background, on
    closing remarks and on lists, which bring in new things by their nature.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> told = " ".join(f"The ferry captain steered the ferry to pier {n}." for n in range(12))
    >>> odd = "Astronomers photographed distant galaxies, orbiting telescopes and snowy volcanoes."
    >>> fires(intruder_sentence, f"{told} {odd} The captain moored the ferry.")[0][:11]
    'Astronomers'
    >>> fires(intruder_sentence, told)
    []
    """
    sentences = _sentences(article)
    if len(sentences) < _FEWEST_SENTENCES:
        return
    ranked = rank_intruders(article)
    if len(ranked) < 2 or ranked[1][0] - ranked[0][0] < _LEAST_MARGIN:
        return
    span = ranked[0][1]
    own = next(s.stems for s in sentences if s.span == span)
    elsewhere: set[str] = set().union(*(s.stems for s in sentences if s.span != span))
    inner = sentences[0].span.start < span.start < sentences[-1].span.start
    if inner and len(own) >= _FEWEST_STEMS and not own & elsewhere:
        reason = f"none of its {len(own)} telling words stands elsewhere in the text"
        yield Finding(span, reason)


# --- a border between paragraphs -------------------------------------------------------------

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
    sentences = _sentences(article)
    count = len(sentences)
    changes = [0] * (count + 1)
    often: Counter[int] = Counter()
    for where in _places(sentences).values():
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
