"""Checks for who is introduced: named before, or without, a word on who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, people, prose
from newsresearch.introducing import LATE, NEVER, Introduction, describe, introduce_people
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, Person
from newsresearch.text import Span, locate

__all__ = ["late_introduction", "never_introduced", "re_introduction"]


def late_introduction(article: Article) -> Iterator[Finding]:
    """A person is called by surname before the text says who that is.

    Heads of state and household names are assumed known. A full name in the headline is one.

    Known misses: people introduced by a role alone; two people of one surname, where the
    second one's full name looks like a late introduction.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(late_introduction, "Mr Lee said no.\\n\\nIt rained. Mayor Ann Lee left.")
    ['Lee']
    >>> fires(late_introduction, "Mayor Ann Lee left. Lee said no.")
    []
    """
    for found in introduce_people(article):
        if (
            found.status == LATE
            and found.said
            and _is_told(article, found)
            and _is_new(article, found)
        ):
            bare = found.bare or found.first
            yield Finding(
                bare,
                f"‘{bare.of(article.body)}’ is named here, but only later introduced as "
                f"‘{found.said.of(article.body)}’",
                other=found.said,
            )


# 'His wife, Ann Lee', who may not be the Lee of before; 'a guy named Roe Lee'.
_ANOTHER = re.compile(
    r"\b(?:wife|husband|widow|brother|sister|son|daughter|father|mother|named|called),?\s$"
)
_REACH = 12
_FAR = 5_000  # characters before the bare name in which the full one is looked for


def _is_new(article: Article, found: Introduction) -> bool:
    """Is the full name nowhere before, also not in the headline, and surely the same person's?"""
    if not found.said or not found.bare:
        return False
    start = found.bare.start
    told = found.name in article.headline[:_FAR]
    told = told or article.body.find(found.name, max(0, start - _FAR), start) >= 0
    another = _ANOTHER.search(article.body[max(0, found.said.start - _REACH) : found.said.start])
    ordinary = found.name.split()[-1].lower() in article.vocabulary
    return not told and not another and not ordinary


def never_introduced(article: Article) -> Iterator[Finding]:
    """A person speaks or acts under a bare surname that the text never introduces.

    'Mr Lee' says how somebody is addressed, not who it is. A full name in the headline is one.

    Known misses: people who neither speak nor are called 'Mr' or 'Ms'. Wrong for an invented
    place, team or firm that speaks, and for people named in full only in a caption.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(never_introduced, "Kessler has said she hopes for rain. The mayor met Mr Roe.")
    ['Kessler', 'Roe']
    >>> fires(never_introduced, "Ilse Kessler, a farmer, said it rained. Kessler said no more.")
    []
    """
    for found in introduce_people(article):
        if found.status == NEVER and _is_told(article, found):
            bare = found.bare or found.first
            yield Finding(
                bare,
                f"‘{bare.of(article.body)}’ is named, but the text never says who that is",
            )


def re_introduction(article: Article) -> Iterator[Finding]:
    """Somebody already introduced and called by surname is introduced in full once more.

    Known misses: somebody introduced again under a role alone or another spelling. Wrong where
    a long text reminds its readers, or a caption stands between the paragraphs.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> said = "Ann Lee, a baker in Ely, left. Lee said no.\\n\\nIt rained.\\n\\n"
    >>> fires(re_introduction, said + "Later Ann Lee, the baker, said yes.")
    ['Ann Lee']
    >>> fires(re_introduction, said + "“Ann Lee, the mayor, is late,” he said. Ann Lee came.")
    []
    """
    for person in people(article):
        twice = _introduced_twice(article, person)
        if twice:
            first, again = twice
            yield Finding(
                Span(again.start, again.end),
                f"‘{again.name}’ is introduced again, though known since the first time",
                other=Span(first.start, first.end),
            )


def _introduced_twice(article: Article, person: Person) -> tuple[Mention, Mention] | None:
    """Return two introductions of one full name with the bare surname between them."""
    first = person.mentions[0]
    given = first.name.split()[0].lower() in load_words("names", "given")
    if not first.full or not (given or first.speaks) or not _is_described(article, first):
        return None
    bare = next((m for m in person.mentions if not m.full and not m.quoted), None)
    for later in person.mentions:
        same = later.full and later.name == first.name and not later.quoted
        if bare and same and later.start > bare.start and _is_described(article, later):
            apart = locate(prose(article), later.start) - locate(prose(article), first.start)
            close = apart < _FEWEST_PARAGRAPHS or _may_be_caption(article, later)
            return None if close else (first, later)
    return None


_CAPTION = 400  # characters of a caption, at most
_CREDIT = re.compile(r"\b(?:Credit|Photo|Photograph|Picture|Image|Getty|Caption)\b")


def _may_be_caption(article: Article, mention: Mention) -> bool:
    """Does the name open a paragraph of one sentence, alone or after a label?"""
    paragraph = prose(article)[locate(prose(article), mention.start)]
    before = article.body[paragraph.start : mention.start][-_CAPTION:].rstrip()
    sentence = article.sentences[locate(article.sentences, mention.start)]
    labelled = not before or before[-1] == ")" or ":" in before
    alone = labelled and sentence.end >= paragraph.end
    return alone or bool(_CREDIT.search(paragraph.of(article.body)[:_CAPTION]))


_FEWEST_PARAGRAPHS = 2


def _is_described(article: Article, mention: Mention) -> bool:
    """Does a role or apposition stand with a name, in prose?"""
    description = describe(article, mention)
    told = description is not None and len(description.of(article.body).split()) > 1
    if description and article.body[mention.end : mention.end + 4] in {" is ", " was"}:
        return False  # 'Ann Lee is a real person'
    return told and locate(prose(article), mention.start) >= 0


def _is_told(article: Article, found: Introduction) -> bool:
    """Are the signs strong, and does the bare name stand in prose, not in page furniture?"""
    return found.sure and found.bare is not None and locate(prose(article), found.bare.start) >= 0
