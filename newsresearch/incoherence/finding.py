"""What a finding and a check are, and the table that findings become."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from newsresearch.articles import Article
from newsresearch.furniture import find_furniture
from newsresearch.introducing.model import mentions, people
from newsresearch.plain import straighten
from newsresearch.text import Span, list_words, locate
from newsresearch.vocabulary import Term, content_terms

__all__ = [
    "FINDING_DTYPES",
    "Check",
    "Finding",
    "Reading",
    "fires",
    "mentions",
    "people",
    "prose",
    "prose_sentences",
    "read_sentences",
]

FINDING_DTYPES = {
    "check": "str", "article_id": "str",
    "field": "str", "start": "int64", "end": "int64", "quote": "str",
    "other_field": "str", "other_start": "Int64", "other_end": "Int64", "other_quote": "str",
    "reason": "str", "confidence": "str",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One place in an article, perhaps a second one, and why they do not hold together.

    The quotes are cut from the article when the table is made, so they cannot be wrong.
    ``confidence`` overrides the check's own where this finding is weaker than most.
    """

    span: Span
    reason: str
    field: str = "body"
    other: Span | None = None
    other_field: str = ""
    confidence: str = ""

    def row(self, check: Check, article: Article) -> dict[str, Any]:
        """Return the finding, made on the smoothed article, as a row of the Findings table."""
        span = article.stored(self.field, self.span)
        other_field = (self.other_field or self.field) if self.other else ""
        other = article.stored(other_field, self.other) if self.other else Span(0, 0)
        return {
            "check": check.name, "article_id": article.article_id,
            "field": self.field, "start": span.start, "end": span.end,
            "quote": span.of(article.field(self.field)),
            "other_field": other_field,
            "other_start": other.start if self.other else None,
            "other_end": other.end if self.other else None,
            "other_quote": other.of(article.field(other_field)) if self.other else "",
            "reason": self.reason, "confidence": self.confidence or check.confidence,
        }  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A check: its group after Reinhart (1980), how far to trust it, and the function.

    ``measured``: how many of its findings a reader accepted of those that were clearly right or
    wrong, on the latest articles that nobody had seen before (benchmarks/README.md). ``confidence``
    follows from it: high from .85, if at least five were judged, else hint.
    """

    group: str
    confidence: str
    function: Callable[[Article], Iterator[Finding]]
    measured: str = ""

    @property
    def name(self) -> str:
        """The name in the `check` column."""
        return self.function.__name__

    @property
    def summary(self) -> str:
        """The first line of the check's docstring."""
        return (self.function.__doc__ or "").strip().split("\n", 1)[0]

    @property
    def known_misses(self) -> str:
        """What the check is known to miss or to get wrong, from its docstring."""
        after = (self.function.__doc__ or "").split("Known misses:", 1)
        return " ".join(after[-1].split("\n\n", 1)[0].split()) if len(after) == 2 else ""


def fires(
    check: Callable[[Article], Iterator[Finding]], body: str, headline: str = ""
) -> list[str]:
    """Return the quotes that a check finds in a text: for examples and tests."""
    article = Article("example", headline, body)
    return [found.span.of(article.field(found.field)) for found in check(article)]


# The checks of one article share these; two texts are kept, so nothing piles up.
@lru_cache(maxsize=2)
def prose(article: Article) -> list[Span]:
    """Return the paragraphs of the body that are no page furniture."""
    pieces = find_furniture(article.body)
    lines = {(piece.start, piece.end) for piece in pieces}
    return [paragraph for paragraph in article.paragraphs if tuple(paragraph) not in lines]


@lru_cache(maxsize=2)
def prose_sentences(article: Article) -> list[Span]:
    """Return the sentences of the body that stand in no page furniture."""
    paragraphs = prose(article)
    return [span for span in article.sentences if locate(paragraphs, span.start) >= 0]


class Reading(NamedTuple):
    """The words of a sentence, in lower case and with straight marks; the content words of it."""

    words: list[str]
    terms: list[Term]


@lru_cache(maxsize=2)
def read_sentences(article: Article) -> dict[Span, Reading]:
    """Return the words of each sentence of the body."""
    body = straighten(article.body)
    return {s: Reading(list_words(s.of(body)), content_terms(body, s)) for s in article.sentences}
