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
            found = _find_people(article) if field == "body" else _find_known(article, words)
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


def _find_known(article: Article, words: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the mentions in the headline of people whom the body names."""
    found = dict(_last_names(name for _, name in _find_people(article)))
    yield from _match(article.headline, words, {last: [name] for last, name in found.items()})


def _find_wanted(
    text: str, words: Sequence[Span], names: Sequence[str]
) -> Iterator[tuple[Span, str]]:
    wanted: dict[str, list[str]] = {}
    for last, name in _last_names(names):
        wanted.setdefault(last, []).append(name)
    yield from _match(text, words, wanted)


def _last_names(names: Sequence[str] | Iterator[str]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(names):
        parts = _parts(name)
        if parts:
            yield parts[-1], name


def _parts(name: str) -> list[str]:
    flat = straighten(name)
    return [flat[start:end].removesuffix("'s") for start, end in split_words(name)]


def _match(
    text: str, words: Sequence[Span], wanted: dict[str, list[str]]
) -> Iterator[tuple[Span, str]]:
    """Yield each place of the last word of a name, with as much of the name as stands there."""
    flat = straighten(text)
    for at, (start, end) in enumerate(words):
        word = flat[start:end].removesuffix("'s").removesuffix("'")
        best: tuple[int, str] | None = None
        for name in wanted.get(word, ()):
            parts = _parts(name)
            n = _count_before(flat, words, at, parts)
            if n == len(parts) or (n == 1 and not _is_other(flat, words, at)):
                best = max(best or (0, name), (n, name), key=lambda pair: pair[0])
        if best:
            yield Span(words[at - best[0] + 1].start, start + len(word)), best[1]


def _count_before(flat: str, words: Sequence[Span], at: int, parts: Sequence[str]) -> int:
    """Return how many parts of a name stand at a word and right before it."""
    n = 1
    while n < len(parts) and at >= n and words[at - n].of(flat) == parts[-1 - n]:
        n += 1
    return n if n == len(parts) else 1


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
