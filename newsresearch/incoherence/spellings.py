"""A check for one word spelt in two ways."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.consistency import Uses, conflicts
from newsresearch.incoherence.finding import Finding, prose
from newsresearch.lexicons import load_groups, load_words
from newsresearch.text import Span, locate_each

__all__ = ["spelling_variant"]

_ISE = re.compile(r"([a-z]{3,})(is|iz)(?:e|ed|es|ing|ation|ations|er|ers)")


def spelling_variant(article: Article) -> Iterator[Finding]:
    """One word is spelt in two ways: 'defence' and 'defense', 'airstrikes' and 'air strikes'.

    Words inside quotations and in names ('Department of Defense') are left out.

    Known misses: a text that mixes British and American spelling without ever spelling one
    word both ways; compounds with a particle ('shut down' and 'shutdown' may both be right).

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(spelling_variant, "The defence held. Air defense and defence costs rose.")
    ['defense']
    >>> fires(spelling_variant, "The defence met the US Department of Defense.")
    []
    """
    groups: dict[str, Uses] = defaultdict(dict)
    words = _plain_words(article)
    found = [*_dialect_words(words), *_compounds(article, words)]
    for key, form, span in dict.fromkeys(found):  # a word may be of both kinds
        groups[key].setdefault(form, []).append(span)
    for uses in groups.values():
        yield from conflicts(uses, "one word")


def _plain_words(article: Article) -> list[tuple[str, Span]]:
    """Return the words of the article's own prose, in lower case: no names, no quotations."""
    words = list(_own_words(article))
    closed = [quotation for quotation in article.quotations if quotation.closed]
    quoted = locate_each(closed, (start for start, _ in words))
    every = zip(words, quoted, strict=True)
    return [(word.of(article.body).lower(), word) for word, at in every if at < 0]


def _own_words(article: Article) -> Iterator[Span]:
    """Yield the words of the prose that are no names, without what is somebody else's text."""
    paragraphs = prose(article)
    texts = [paragraph.of(article.body) for paragraph in paragraphs]
    # What follows a colon at a paragraph's end, or names an account, is somebody else's text.
    starts = {sentence.start for sentence in article.sentences}
    for at, paragraph in enumerate(paragraphs):
        if _is_cited(texts[max(0, at - 2) : at]) or _POST.search(texts[at]):
            continue
        first, last = (bisect_left(article.words, (place,)) for place in paragraph)
        for index, word in enumerate(article.words[first:last], first):
            capital = article.body[word.start].isupper()
            if not capital or (word.start in starts and not _is_name(article, index)):
                yield word


_POST = re.compile(r"(?<![\w.])[@#]\w|https?:|pic\.twitter")


def _is_cited(before: list[str]) -> bool:
    """Does one of the paragraphs before end on a colon: what follows is a text given in full?"""
    return any(text.endswith(":") for text in before)


def _is_name(article: Article, index: int) -> bool:
    """Does a capitalised word go on with the word: 'Defense Secretary Ann Lee'?"""
    following = article.words[index + 1 : index + 2]
    return bool(following) and following[0].of(article.body)[:1].isupper()


def _dialect_words(words: list[tuple[str, Span]]) -> Iterator[tuple[str, str, Span]]:
    pairs = _spellings()
    for word, span in words:
        ise = _ISE.fullmatch(word) if "is" in word or "iz" in word else None
        if ise:
            yield f"{ise[1]}-ize", f"-{ise[2]}e", span
        for british, american in pairs.get(word[:3], ()):
            if word.startswith(british):
                yield british + word[len(british) :], word, span
                break
            if word.startswith(american):
                yield british + word[len(american) :], word, span
                break


@lru_cache(maxsize=1)
def _spellings() -> dict[str, list[tuple[str, str]]]:
    """Return the pairs by the three letters that either of them begins with."""
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for british, american in load_groups("variants", "spellings"):
        for opening in {british[:3], american[:3]}:
            table[opening].append((british, american))
    return dict(table)


def _compounds(article: Article, plain: list[tuple[str, Span]]) -> Iterator[tuple[str, str, Span]]:
    """Yield closed, hyphenated and open forms of compounds: airstrike, air-strike, air strike."""
    words = [(_singular(word), span) for word, span in plain]
    closed = {word for word, _ in words if "-" not in word and len(word) >= 5}
    for word, span in words:
        if word.replace("-", "") in closed:
            yield word.replace("-", ""), word, span
    skip_first = load_words("variants", "phrase_openers")
    skip_second = load_words("variants", "particles")
    for (one, first), (two, second) in pairwise(words):
        if one + two not in closed or article.body[first.end : second.start] != " ":
            continue
        if min(len(one), len(two)) > 2 and one not in skip_first and two not in skip_second:
            yield one + two, f"{one} {two}", Span(first.start, second.end)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
