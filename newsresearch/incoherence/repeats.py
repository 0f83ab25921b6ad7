"""A check for what is said twice: a sentence that comes again in the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, prose, read_sentences
from newsresearch.lexicons import load_words
from newsresearch.text import Span, locate

__all__ = ["repeated_sentence"]

# A shorter one may well be meant: 'He said no. … He said no.'
_FEWEST_WORDS = 8
_FEWEST_TERMS = 5
_ENDS = ".!?…\"”’'»"
# A post, a list of sources or a caption stands twice without anybody's fault.
_NOT_PROSE = re.compile(
    r"[@#]\w|https?:|\.com/|pic\.twitter|\((?:AP|Reuters|Getty|Photo|Image|Picture|screencap|Source)\b"
    r"|\b(?:Photo|photo|Picture|Image|Video|photograph)\b[^.\n]{0,12}\bby\b|\bGetty\b|AP Photo"
)
# Of all words, function words too.
_LEAST_SHARED = 0.8
# Sentences too short to be compared may stand between those of a row.
_MOST_SKIPPED = 4


def repeated_sentence(article: Article) -> Iterator[Finding]:
    """A sentence of eight words or more comes again in the same or nearly the same words.

    Nearly: all the same content words in the same order. Sentences that follow each other and
    come again as a row are one finding. A quotation that the page also sets on a line of its
    own is passed over, and so are furniture and lines without a full stop, such as captions.

    Known misses: the same thing in other words; a repeated sentence with a word replaced.
    Wrong for a refrain that is meant.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> again = "The council closed the old bridge to all traffic on Monday."
    >>> fires(repeated_sentence, f"{again} Boats may still pass. {again}")
    ['The council closed the old bridge to all traffic on Monday.']
    >>> fires(repeated_sentence, "He said no. The mayor left the hall. He said no.")
    []
    """
    for later, earlier in _rows(article, list(_pairs(article))):
        span, other = (Span(row[0].start, row[-1].end) for row in (later, earlier))
        what = "these sentences come" if len(later) > 1 else "this sentence comes"
        yield Finding(span, f"{what} a second time", other=other)


def _pairs(article: Article) -> Iterator[tuple[int, int]]:
    """Yield each sentence that came before: the index of the first one, and its own."""
    first: dict[tuple[str, ...], int] = {}
    again: set[int] = set()
    for index, sentence in enumerate(article.sentences):
        key = _key(article, sentence) if _is_prose(article, sentence) else ()
        if not key:
            continue
        at = first.setdefault(key, index)
        if at < index and at not in again and _is_again(article, sentence, article.sentences[at]):
            again.add(at)  # what comes ten times is told once
            yield at, index


def _is_prose(article: Article, sentence: Span) -> bool:
    """Does a sentence stand in a paragraph that ends on a stop, and is no post or caption?"""
    at = locate(prose(article), sentence.start)
    return at >= 0 and at in _told(article)


@lru_cache(maxsize=2)
def _told(article: Article) -> frozenset[int]:
    texts = (paragraph.of(article.body) for paragraph in prose(article))
    return frozenset(
        i for i, text in enumerate(texts) if text[-1] in _ENDS and not _NOT_PROSE.search(text)
    )


def _key(article: Article, sentence: Span) -> tuple[str, ...]:
    """Return what must come again: the content words, and whether it is denied; () if short."""
    words, terms = read_sentences(article)[sentence]
    text = sentence.of(article.body)
    if (
        len(words) < _FEWEST_WORDS
        or len(terms) < _FEWEST_TERMS
        or text[0] in "—–-@"
        or "http" in text
    ):
        return ()
    turning = sorted(word for word in words if word in _turning() or word.endswith("n't"))
    return (*(term.stem for term in terms), "|", *turning)


@cache
def _turning() -> frozenset[str]:
    """Return the function words that make another statement of a sentence."""
    return load_words("actions", "negations") | {"one", "two", "more", "less", "first"}


def _is_again(article: Article, one: Span, two: Span) -> bool:
    """Are two sentences with the same content words so near in the others, and no pull quote?"""
    first, second = (Counter(read_sentences(article)[sentence].words) for sentence in (one, two))
    shared = (first & second).total() / max(first.total(), second.total())
    spoken = [_is_spoken(article, sentence) for sentence in (one, two)]
    pulled = any(_is_set_apart(article, sentence, any(spoken)) for sentence in (one, two))
    cited = any(spoken) and not all(spoken)  # from an interview or a post given in full
    lines = sum(_is_line(article, sentence) for sentence in (one, two))
    near = locate(prose(article), one.start) - locate(prose(article), two.start) == 1
    caption = lines == 2 and near  # the words for a picture, once more below it
    return shared >= _LEAST_SHARED and not pulled and not cited and not caption


def _is_spoken(article: Article, sentence: Span) -> bool:
    return article.body[sentence.start] in "\"“‘'«" or article.is_quoted(sentence.start)


def _is_set_apart(article: Article, sentence: Span, spoken: bool) -> bool:
    """Is a spoken sentence a line of its own: a pull quote?"""
    return spoken and _is_line(article, sentence)


def _is_line(article: Article, sentence: Span) -> bool:
    return prose(article)[locate(prose(article), sentence.start)] == sentence


def _rows(
    article: Article, pairs: list[tuple[int, int]]
) -> Iterator[tuple[list[Span], list[Span]]]:
    """Join pairs of neighbouring sentences to rows: the later ones, and the earlier ones."""
    rows: list[list[tuple[int, int]]] = []
    for at, index in pairs:
        if rows:
            before, last = rows[-1][-1]
            if index - last == at - before <= _MOST_SKIPPED and at < rows[-1][0][1]:
                rows[-1].append((at, index))
                continue
        rows.append([(at, index)])
    for row in rows:
        earlier, later = zip(*row, strict=True)
        yield [article.sentences[i] for i in later], [article.sentences[i] for i in earlier]
