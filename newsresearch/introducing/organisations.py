"""Organisations under a name that says what they are: 'the Harbour Council', 'Ely College'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from newsresearch.articles import Article
from newsresearch.introducing.model import ASSUMED, INTRODUCED, Introduction
from newsresearch.lexicons import load_words
from newsresearch.text import Span

__all__ = ["introduce_organisations"]

_SMALL = frozenset(["of", "for", "and"])
_MOST_WORDS = 8


def introduce_organisations(
    article: Article, spelt: frozenset[str], known: frozenset[str] = frozenset()
) -> list[Introduction]:
    """Return organisations by name, in order; those whose acronym is told of are left out."""
    uses: dict[str, list[Span]] = {}
    for span in _names(article):
        uses.setdefault(span.of(article.body), []).append(span)
    rows = []
    for name, spans in uses.items():
        if name not in spelt:
            status = ASSUMED if name.lower() in known else INTRODUCED
            reason = "listed as known by the caller"
            if status == INTRODUCED:
                reason = "the name says what it is"
            rows.append(
                Introduction(
                    name, "organisation", status, reason, spans[0], full=spans[0],
                    n_mentions=len(spans),
                )
            )  # fmt: skip
    return rows


@lru_cache(maxsize=2)
def _names(article: Article) -> list[Span]:
    """Return the runs of capitalised words that hold a word such as 'council'."""
    return [span for span in _runs(article) if _is_organisation(span.of(article.body))]


def _is_organisation(name: str) -> bool:
    words = [word.lower() for word in name.split()]
    return len(words) > 1 and not load_words("introductions", "institutions").isdisjoint(
        {words[0], words[-1]} | {words[i - 1] for i, word in enumerate(words) if word in _SMALL}
    )


def _runs(article: Article) -> Iterator[Span]:
    """Yield runs of capitalised words in a sentence: 'Harbour Council', 'Bank of Ely'."""
    body, words = article.body, article.words
    run: list[Span] = []
    for word in words:
        text = word.of(body)
        joined = bool(run) and body[run[-1].end : word.start] == " " and len(run) < _MOST_WORDS
        opener = text.lower() in load_words("sentences", "openers") and not run
        if joined and (text[0].isupper() or text in _SMALL):
            run.append(word)
            continue
        yield from _close(body, run)
        run = [word] if text[0].isupper() and not opener else []
    yield from _close(body, run)


def _close(body: str, run: list[Span]) -> Iterator[Span]:
    while run and run[-1].of(body) in _SMALL:
        run.pop()
    if run and run[0].of(body).lower() in load_words("names", "titles"):
        small = [i for i, word in enumerate(run) if word.of(body) in _SMALL]
        run = run[small[-1] + 1 :] if small else []  # 'Sergeant Lee of Ely Police'
    if run and run[0].of(body) in {"The", "A", "An"}:
        run = run[1:]
    if len(run) > 1:
        end = run[-1].end - 2 if run[-1].of(body)[-2:] in {"'s", "’s"} else run[-1].end
        yield Span(run[0].start, end)
