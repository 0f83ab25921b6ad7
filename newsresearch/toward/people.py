"""Whom an article names, where, and in which stretch of text each mention is judged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.attribution.names import known_names
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, locate, split_sentences, split_words

__all__ = ["Named", "find_named"]

# Words on each side of a mention that are judged with it, if the sentence is that long.
_WIDEST = 60
_MOST_PARTS = 12  # words of a name


class Named(NamedTuple):
    """A mention, whose it is, its sentence, and the part of the sentence that is judged."""

    field: str
    span: Span
    name: str
    sentence: Span
    window: Span


def find_named(article: Article, names: Sequence[str] | None) -> Iterator[Named]:
    """Yield the mentions of people, or of some names, in headline and body."""
    headline = article.headline
    for field, text, sentences, words in (
        ("headline", headline, split_sentences(headline), split_words(headline)),
        ("body", article.body, article.sentences, article.words),
    ):
        if names is not None:
            found = _find_wanted(text, words, names)
        else:
            people = _find_people(article)
            found = people if field == "body" else _find_wanted(text, words, [n for _, n in people])
        for span, name in found:
            sentence = sentences[locate(sentences, span.start)]
            yield Named(field, span, name, sentence, _window(words, sentence, span))


def _find_people(article: Article) -> Iterator[tuple[Span, str]]:
    """Yield the mentions in the body of those who are people, each with the fullest form."""
    known = known_names(article)
    for mention in known.mentions:
        name = known.fullest[mention.start, mention.end]
        if name in known.persons:
            yield Span(mention.start, mention.end), name


def _find_wanted(
    text: str, words: Sequence[Span], names: Sequence[str]
) -> Iterator[tuple[Span, str]]:
    """Yield each place of the last word of a name, with the whole name where it stands there."""
    wanted = _by_last(names)
    flat, recent = straighten(text), dict[str, str]()
    for at, (start, end) in enumerate(words):
        last = flat[start:end].removesuffix("'s").removesuffix("'")
        if last not in wanted:
            continue
        parts = _longest(flat, words, at, last, wanted[last])
        if parts:
            name = wanted[last][parts]
            recent[last] = name
        elif _is_other(flat, words, at):
            continue
        else:  # of two Lees the one that was named last in full
            name = recent.get(last) or next(iter(wanted[last].values()))
        yield Span(words[at - max(0, len(parts) - 1)].start, start + len(last)), name


def _by_last(names: Sequence[str]) -> dict[str, dict[tuple[str, ...], str]]:
    """Return the names by their last word, then by all their words."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for name in dict.fromkeys(names):
        parts = _parts(name)
        if parts:
            found.setdefault(parts[-1], {}).setdefault(parts, name)
    return found


def _parts(name: str) -> tuple[str, ...]:
    flat = straighten(name)
    return tuple(flat[start:end].removesuffix("'s") for start, end in split_words(name))


def _longest(
    flat: str,
    words: Sequence[Span],
    at: int,
    last: str,
    wanted: dict[tuple[str, ...], str],
) -> tuple[str, ...]:
    """Return the words of the longest name that ends at a word, or none."""
    found: tuple[str, ...] = ()
    parts: tuple[str, ...] = (last,)
    for before in range(at - 1, at - 2 - _MOST_PARTS, -1):
        found = parts if parts in wanted else found
        if before < 0:
            break
        parts = (words[before].of(flat), *parts)
    return found


def _is_other(flat: str, words: Sequence[Span], at: int) -> bool:
    """Does a given name before it say that somebody else is meant: 'Bob Lee'?"""
    if at == 0 or flat[words[at - 1].end : words[at].start] != " ":
        return False
    return words[at - 1].of(flat).lower() in load_words("names", "given")


def _window(words: Sequence[Span], sentence: Span, span: Span) -> Span:
    """Return the sentence, or of a long one the words around the mention."""
    first = bisect_left(words, span.start, key=lambda word: word.start)
    last = bisect_right(words, span.end, key=lambda word: word.start)
    low = words[max(0, first - _WIDEST)].start if words else sentence.start
    high = words[min(len(words), last + _WIDEST) - 1].end if words else sentence.end
    start = sentence.start if low <= sentence.start else low
    end = sentence.end if high >= sentence.end else high
    # What follows the last word of a sentence belongs to it, unless the window cuts it short.
    is_whole = not words or min(len(words), last + _WIDEST) == len(words)
    return Span(min(start, span.start), max(sentence.end if is_whole else end, span.end))
