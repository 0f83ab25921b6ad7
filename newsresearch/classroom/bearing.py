"""Worksheets on headlines: which words of a headline does the text bear out, and in which line?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newsresearch.articles import Article, ArticleError
from newsresearch.claims import read_claims
from newsresearch.classroom.contents import Answer, Content, Task, place
from newsresearch.classroom.faults import answers_of, gold_of
from newsresearch.classroom.verdicts import VERDICTS
from newsresearch.marks import Place
from newsresearch.support import support_rows
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import content_terms

__all__ = ["bear_out", "word_groups"]

BORNE_OUT, TOO_MUCH, OTHERWISE, NOT_THERE = "B", "T", "C", "N"
_LETTERS = dict(zip(VERDICTS, (BORNE_OUT, TOO_MUCH, OTHERWISE, NOT_THERE), strict=True))
_SAYS = {
    BORNE_OUT: "borne out", TOO_MUCH: "it says too much",
    OTHERWISE: "contradicted", NOT_THERE: "not in the text",
}  # fmt: skip
_GROUPS = {BORNE_OUT: "cohesion", TOO_MUCH: "relevance", OTHERWISE: "consistency"}
_BY_HAND = (
    "Marked by hand: these headlines were written for this text, and the reasons are the writer’s. "
    "Between ‘borne out’ and ‘it says too much’ readers may differ: ask for the line."
)
_BY_TOOL = (
    "Found by rules of a program that compares words; no reader has seen it. For headlines written "
    "by hand it put the deciding sentence first in 77 of 100. It says ‘borne out’ where the words "
    "are there, so it does not see what goes too far. Check each line before class."
)
_SOME_BY_HAND = "The numbered answers that come first were marked by hand. For the word groups: "
_PASSED = "The answers that come first are the findings that were passed on. For the word groups: "
_PARTICLES = frozenset(("over", "in", "on", "through"))  # 'hand over' is one
_HERE = "The words, or words near to them, are here."
_PARTLY = "Words of this group are here: is it the same?"
_NO_CUT = set(" $£€“”‘’\"'")
# A group that is borne out less than this by its best sentence is told nowhere.
_LEAST = 0.5
_JOINTS = frozenset((
    "after", "against", "amid", "and", "as", "at", "because", "before", "but", "by", "despite",
    "during", "for", "from", "if", "in", "into", "on", "over", "since", "than", "that", "through",
    "to", "under", "until", "when", "where", "while", "who", "will", "with", "without",
))  # fmt: skip


def bear_out(task: Task) -> Content:
    """Make the sheet: candidate headlines where they were marked by hand, else word groups."""
    article = task.article
    if not article.headline.strip():
        raise ArticleError(
            f"article {article.article_id!r} has no headline to hold against its text. "
            "Choose another article, or another kind of worksheet."
        )
    gold = gold_of(article, "headlines.csv") if task.findings is None else []
    return _candidates(article, gold) if gold else _groups(task)


def _candidates(article: Article, gold: list[dict[str, Any]]) -> Content:
    """Ask about several headlines; the printed one is taken off, it would tell too much."""
    printed = replace(article, headline="")
    answers = []
    for row in gold:
        label, verdict = row["item"], _LETTERS[row["verdict"]]
        what = f"{verdict} – {_SAYS[verdict]}: ‘{row['words']}’"
        answers.append(Answer(label, what, row["reason"], _deciding(printed, row), _group(verdict)))
    given = tuple(f"{row['item']}: {row['headline']}" for row in gold)
    return Content(printed, tuple(answers), _BY_HAND, given)


def _deciding(article: Article, row: Mapping[str, Any]) -> tuple[Place, ...]:
    """Return the passage that decides; none where the text does not say it."""
    if not row["field"]:
        return ()
    return (place(article, row["field"], int(row["start"]), int(row["end"])),)


def _group(verdict: str) -> str:
    return _GROUPS.get(verdict, "none")


# --- one headline, group by group ------------------------------------------------------------


def word_groups(headline: str) -> list[Span]:
    """Cut a headline into groups of words that can each be borne out or not.

    At its verb, before prepositions and joining words, and at marks; a group has a content word.

    Examples
    --------
    >>> text = "Council backs £6 daily charge on older vans, traders say"
    >>> [span.of(text) for span in word_groups(text)]
    ['Council', 'backs £6 daily charge', 'on older vans', 'traders say']
    """
    words = split_words(headline)
    content = {term.start for term in content_terms(headline)}
    verbs = {claim.verb.start for claim in read_claims(headline) if claim.verb}
    groups: list[list[Span]] = []
    for at, word in enumerate(words):
        last = groups[-1] if groups else []
        filled = any(span.start in content for span in last)
        if not groups or (filled and _begins(headline, words, at, verbs)):
            groups.append([])
        groups[-1].append(word)
    if len(groups) > 1 and not any(span.start in content for span in groups[-1]):
        groups[-2] += groups.pop()
    shown = [_without_joint(headline, group) for group in groups]
    return [Span(_first(headline, group[0].start), group[-1].end) for group in shown]


def _begins(headline: str, words: list[Span], at: int, verbs: set[int]) -> bool:
    """Does a group begin with a word: a verb, a preposition that belongs to none, after a mark?"""
    word, before = words[at], words[at - 1]
    if word.start in verbs or not set(headline[before.end : word.start]) <= _NO_CUT:
        return True
    text = word.of(headline).lower()
    return text in _JOINTS and not (text in _PARTICLES and before.start in verbs)


def _without_joint(headline: str, group: list[Span]) -> list[Span]:
    is_joint = group[0].of(headline).lower() in ("and", "as", "but", "while")
    return group[1:] if is_joint and len(group) > 1 else group


def _first(headline: str, start: int) -> int:
    """Return where a group starts, with the sign of a currency."""
    return start - 1 if start and headline[start - 1] in "$£€" else start


def _groups(task: Task) -> Content:
    article = task.article
    spans = word_groups(article.headline)
    if not spans:
        raise ArticleError(
            f"the headline of article {article.article_id!r} has no words; found "
            f"{article.headline[:40]!r}. Choose another article."
        )
    by_hand = task.findings is None
    rows = gold_of(article) if task.findings is None else task.findings
    on_it = [row for row in rows if _is_on_headline(row)]
    marked = answers_of(article, on_it, measured=not by_hand)
    claims = support_rows(article)
    told = [_answer(article, span, claims) for span in spans]
    numbered = [replace(one, label=str(at)) for at, one in enumerate([*marked, *told], start=1)]
    lead = "" if not marked else _SOME_BY_HAND if by_hand else _PASSED
    given = tuple(span.of(article.headline) for span in spans)
    return Content(article, tuple(numbered), lead + _BY_TOOL, given)


def _is_on_headline(row: Mapping[str, Any]) -> bool:
    return "headline" in (row.get("field"), row.get("other_field"))


def _answer(article: Article, group: Span, claims: list[dict[str, Any]]) -> Answer:
    """Return which line decides about a group: in the sentence for its claim, or one of its own."""
    own = Place("headline", *group, group.of(article.headline))
    mine = [r for r in claims if r["claim_start"] < group.end and group.start < r["claim_end"]]
    for row in mine:
        if row["role"] == "opposing" and _overlaps(row, group):
            return _told(article, own, OTHERWISE, row, row["reason"])
    for row in mine:
        if row["role"] == "supporting" and not _misses(row, own.quote):
            return _told(article, own, BORNE_OUT, row, _HERE)
    alone = replace(article, headline=own.quote)
    near = [r for r in support_rows(alone) if r["role"] == "supporting" and r["coverage"] >= _LEAST]
    if near:
        return _told(article, own, BORNE_OUT, near[0], _PARTLY)
    what = f"{NOT_THERE}? – no line found: ‘{own.quote}’"
    return Answer("", what, "No sentence has these words. It may be said in others: look for it.")


def _overlaps(row: Mapping[str, Any], group: Span) -> bool:
    start = row["told_start"]
    return start is None or (start < group.end and group.start < row["told_end"])


def _misses(row: Mapping[str, Any], quote: str) -> bool:
    """Does the sentence lack a word of the group?"""
    lacking = {word.lower() for word in row["missing"].split(", ")}
    return any(quote[t.start : t.end].lower() in lacking for t in content_terms(quote))


def _told(
    article: Article, own: Place, verdict: str, row: Mapping[str, Any], reason: str
) -> Answer:
    there = place(article, "body", row["start"], row["end"])
    what = f"{verdict} – {_SAYS[verdict]}: ‘{own.quote}’"
    reason = f"{reason[:1].upper()}{reason[1:]}{'' if reason.endswith(('.', '?')) else '.'}"
    return Answer("", what, reason, (there,), _group(verdict))
