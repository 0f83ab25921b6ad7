"""Worksheets on what does not hold together: faults of an article, or one that was put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.contents import Answer, Content, Task
from newsresearch.classroom.exercise import bundled_donors
from newsresearch.incoherence import CHECKS, check_article
from newsresearch.marks import Place, in_text_order, places_of, plain_name
from newsresearch.opening import open_article, read_data
from newsresearch.perturbations import NOT_PLANTED, spoil_article
from newsresearch.perturbations.planting import Dice

__all__ = ["answers_of", "find_faults", "gold_of", "is_bundled", "spoil"]

_BY_HAND = (
    "Marked by hand: the faults were planted when this article was written, and the reasons are "
    "the writer's. A class may find more, and be right."
)
_NONE_PLANTED = (
    "This article was written without planted faults, so an empty sheet is a fair answer. If a "
    "pupil finds something and can give a reason, talk about it: we may have missed it."
)
_PASSED = (
    "These are the findings that were passed on to the worksheet. Where a check of the tool made "
    "them, the key says how many of its findings a reader accepted on real articles."
)
_BY_TOOL = (
    "Found by rules of a program, without a reader. Only checks with few false alarms are used; "
    "the key says how many of their findings a reader accepted on real articles. The program "
    "misses a lot: it does not understand the text. Read the article yourself before class."
)


@cache
def _checks() -> Mapping[str, Any]:
    return {check.name: check for check in CHECKS}


def is_bundled(article: Article) -> bool:
    """Tell whether an article is one of those that come with the package, unchanged."""
    try:
        known = open_article(article.article_id)
    except ArticleError:
        return False
    texts = (article.preamble, article.headline, article.body)
    return texts == (known.preamble, known.headline, known.body)


def gold_of(article: Article, name: str = "gold_findings.csv") -> list[dict[str, Any]]:
    """Return the rows that were marked by hand in a bundled article; none for any other."""
    rows = [row for row in read_data(name) if row["article_id"] == article.article_id]
    return [dict(row) for row in rows] if rows and is_bundled(article) else []


# --- faults that are there -------------------------------------------------------------------


def find_faults(task: Task) -> Content:
    """Make the sheet from findings that were passed, from the gold, or by the tool's checks."""
    article = task.article
    rows: Iterable[Mapping[str, Any]]
    if task.findings is not None:
        rows, trust = task.findings, _PASSED
    elif is_bundled(article):
        rows = gold_of(article)
        trust = _BY_HAND if rows else _NONE_PLANTED
    else:
        rows, trust = check_article(article, hints=False), _BY_TOOL
    by_hand = trust == _BY_HAND
    answers = answers_of(article, rows, measured=not by_hand)
    used = {answer.what: _checks()[name].summary for answer in answers for name in _checks()
            if plain_name(name) == answer.what}  # fmt: skip
    return Content(article, answers, trust, names=used)


def answers_of(
    article: Article, rows: Iterable[Mapping[str, Any]], measured: bool = True
) -> tuple[Answer, ...]:
    """Return findings as answers, numbered in the order of the text.

    Raises
    ------
    ArticleError
        If a quote is not what stands at its place.
    """
    found = [(places_of(article, row), row) for row in rows if row.get("quote")]
    found.sort(key=lambda pair: in_text_order(pair[0]))
    return tuple(
        _answer(str(at), str(row["check"]), str(row["reason"]), places, measured)
        for at, (places, row) in enumerate(found, start=1)
    )


def _answer(
    label: str, check: str, reason: str, places: tuple[Place, ...], measured: bool
) -> Answer:
    known = _checks().get(check)
    if measured and known and known.measured:
        reason += f" (Right on real articles: {known.measured}.)"
    return Answer(label, plain_name(check), reason, places, known.group if known else "none")


# --- one fault that is put in ----------------------------------------------------------------

_SPOILT = {
    "splice": "From here on another article",
    "insert_intruder": "A sentence of another article",
    "insert_intruder_same_topic": "A sentence of a story on a like subject",
    "repeat_sentence": "A sentence that stands there twice",
    "change_number": "A number that was changed",
    "negate_sentence": "A sentence that denies another",
}
_PLANTED = (
    "Put in by the program, from the seed {seed}: the place is certain, and the same article and "
    "seed make the same sheet again. It was put in by rule, so it may be easy or hard to see. "
    "A pupil who finds another oddity may be right too."
)
_OWN_FAULTS = " This article also has faults of its own: print the kind 'findings' to see them."


def spoil(task: Task) -> Content:
    """Make the sheet by putting one fault into the article, drawn by the seed."""
    article = task.article
    dice = Dice("worksheet", str(task.seed), article.article_id, article.headline, article.body)
    names = list(_SPOILT)
    reasons = []
    for at in dice.order(len(names)):
        spoilt, rows = spoil_article(article, names[at], seed=task.seed, donors=bundled_donors())
        row = rows[0]
        if row["check"] != NOT_PLANTED and _can_be_found(row):
            return _content(spoilt, row, names[at], task)
        reasons.append(f"{plain_name(names[at]).lower()}: {row['reason']}")
    raise ArticleError(
        f"nothing could be put into article {article.article_id!r}; found "
        f"{'; '.join(reasons)[:300]}. Choose a longer article, of five paragraphs or more."
    )


def _can_be_found(row: Mapping[str, Any]) -> bool:
    """Can a reader find it who does not know the story?"""
    return row["kind"] != "change_number" or bool(row["check"])


def _content(spoilt: Article, row: Mapping[str, Any], kind: str, task: Task) -> Content:
    (answer,) = answers_of(spoilt, [row], measured=False)
    reason = f"{answer.reason[:1].upper()}{answer.reason[1:]}."
    if row["original"] and kind == "change_number":
        reason += f" Before it was changed it read: ‘{row['original']}’."
    trust = _PLANTED.format(seed=task.seed) + _OWN_FAULTS * bool(gold_of(task.article))
    return Content(spoilt, (replace(answer, what=_SPOILT[kind], reason=reason),), trust)
