"""Check for a seam: signs of two texts sewn together that coincide at one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, people
from newsresearch.incoherence.introductions import late_introduction, never_introduced
from newsresearch.incoherence.links import weakest_borders
from newsresearch.incoherence.openers import dangling_connective, dangling_pronoun
from newsresearch.incoherence.quoting import broken_quotation
from newsresearch.incoherence.style import style_switch
from newsresearch.text import Span, locate

__all__ = ["splice"]

# A weaker border than `topic_break` asks for: here it does not stand alone.
_MOST_CROSSING = 0.35
_REACH = 2  # paragraphs
_CHECKS = (
    ("a late introduction", late_introduction), ("nobody introduced", never_introduced),
    ("a broken quotation", broken_quotation), ("a loose opener", dangling_pronoun),
    ("a loose opener", dangling_connective),
)  # fmt: skip


class _Sign(NamedTuple):
    """One sign of a seam: the paragraph that it stands in, what it is, and its words."""

    paragraph: int
    kind: str
    quote: str


def splice(article: Article) -> Iterator[Finding]:
    """Several signs of two texts sewn together coincide: style, subject, names, quotations.

    Fires where a change of style or a border that few words cross has another kind of sign
    in it or within two paragraphs after: a change of style, a person named late, never or again
    in full, a broken quotation, an opener that points at nothing. One finding a text.

    Known misses: a seam inside a paragraph, or between accounts of one story in one style.
    Wrong for round-ups and for an appended statement.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> told = "Rents rose by 2 per cent, and then by 3 per cent.\\n\\n"
    >>> fires(splice, told + "Kessler said pay rose 4%.\\n\\nTaxes rose 5%.")
    ['Kessler said pay rose 4%.']
    >>> fires(splice, told + "Pay rose 4%.\\n\\nTaxes rose 5%.")
    []
    """
    anchors = sorted(_anchors(article))
    if not anchors:
        return
    signs = [*anchors, *_signs(article)]
    seams = [(_around(sign.paragraph, signs), sign.paragraph) for sign in anchors]
    found, paragraph = max(seams, key=lambda seam: (len({s.kind for s in seam[0]}), -seam[1]))
    if len({sign.kind for sign in found}) > 1 and paragraph:
        listed = "; ".join(dict.fromkeys(f"{s.kind} (‘{s.quote}’)" for s in found[:6]))
        reason = f"signs of a seam that coincide here: {listed}"
        yield Finding(
            article.paragraphs[paragraph], reason, other=article.paragraphs[paragraph - 1]
        )


def _around(paragraph: int, signs: list[_Sign]) -> list[_Sign]:
    return [sign for sign in signs if 0 <= sign.paragraph - paragraph <= _REACH]


def _anchors(article: Article) -> Iterator[_Sign]:
    """Yield the places where a seam may be: a weak border, changes of style."""
    for _, after, crossing, expected in weakest_borders(article)[:1]:
        if crossing < _MOST_CROSSING * expected:
            yield _sign(article, "another subject", after)
    for found in style_switch(article):
        what = found.reason.split(":", 1)[0]
        yield _Sign(locate(article.paragraphs, found.span.start), "another style", what)


def _signs(article: Article) -> Iterator[_Sign]:
    for kind, check in _CHECKS:
        for found in check(article):
            yield _sign(article, kind, found.span)
    yield from _introduced_again(article)


def _sign(article: Article, kind: str, span: Span) -> _Sign:
    words = span.of(article.body).split()
    return _Sign(locate(article.paragraphs, span.start), kind, " ".join(words[:5]))


def _introduced_again(article: Article) -> Iterator[_Sign]:
    """Yield where somebody named in full and then by surname gets name and role once more."""
    for person in people(article):
        own = [m for m in person.mentions if not m.quoted]
        bare = next((at for at, m in enumerate(own) if at and not m.full and own[0].full), None)
        for again in own[bare:] if bare else []:
            if again.full and again.title and again.name == own[0].name:
                yield _sign(article, "introduced again", Span(again.start, again.end))
