"""Worksheets on how an article tells: words that judge or hedge, and who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.attribution import attribution_rows
from newsresearch.classroom.contents import Answer, Content, Task, place
from newsresearch.framing import cue_rows

__all__ = ["find_speakers", "find_words"]

_JUDGES, _HEDGES = "J", "H"
_CUES = {"loaded": _JUDGES, "hedge": _HEDGES, "headline_hedge": _HEDGES}
_WHAT = {_JUDGES: "judges", _HEDGES: "hedges"}
_GROUP = {_JUDGES: "relevance", _HEDGES: "consistency"}
_WORDS_TRUST = (
    "Found with word lists of a program, without a reader. Of the words that people marked as "
    "biased in news sentences, the list of judging words finds 32 in 100, and 51 in 100 of "
    "those it finds were marked. Of 25 hedges that were read, 22 were right. So words that are "
    "missing here may be right, and some that are listed may be wrong: ask for reasons."
)


def find_words(task: Task) -> Content:
    """Make the sheet from the cues of judging and of hedging."""
    answers = tuple(map(_word, _cues(task)))
    return Content(task.article, answers, _WORDS_TRUST)


def _cues(task: Task) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """Yield each cue with its place, in order; the list of judging words reads headlines too."""
    article = task.article
    alone = replace(article, headline="", preamble="", body=article.headline)
    for row in cue_rows(alone, ["loaded"]):
        yield row, place(article, "headline", row["start"], row["end"])
    for row in cue_rows(article, list(_CUES)):
        yield row, place(article, row["field"], row["start"], row["end"])


def _word(found: tuple[Mapping[str, Any], Any]) -> Answer:
    row, there = found
    label = _CUES[row["cue"]]
    whose = "a speaker’s word, in quotation marks" if row["in_quotation"] else "the writer’s word"
    return Answer(label, f"{label} – it {_WHAT[label]}", whose, (there,), _GROUP[label])


_SPEAKERS_TRUST = (
    "Found by rules of a program, without a reader. Of 92 direct quotations in articles that it "
    "had never seen, it gave 68 to the right speaker, 4 to a wrong one and 20 to nobody. "
    "Statements without quotation marks are harder (F1 .72, against .92 for quotations). Where "
    "it could not tell who speaks, the key says so: decide together."
)
_KINDS = {
    "direct": "In quotation marks.", "fragment": "A few words in quotation marks.",
    "reported": "In the writer’s words.", "broken": "A quotation mark is missing.",
}  # fmt: skip
_CLASSES = {
    "neutral": "The verb only says that somebody spoke.",
    "endorsing": "The verb suggests that it is true.",
    "distancing": "The verb keeps a distance: it may not be true.",
    "denying": "The verb says that it is not so.",
    "asking": "The verb asks.",
}


def find_speakers(task: Task) -> Content:
    """Make the sheet from the quotations and reported statements."""
    rows = attribution_rows(task.article)
    if not rows:
        raise ArticleError(
            f"nobody speaks in article {task.article.article_id!r}, as far as the rules see; found "
            "no quotation and no 'she said that'. Choose an article that quotes people."
        )
    answers = (_speaker(task, str(at), row) for at, row in enumerate(rows, start=1))
    return Content(task.article, tuple(answers), _SPEAKERS_TRUST)


def _speaker(task: Task, label: str, row: Mapping[str, Any]) -> Answer:
    who = row["speaker_name"] or "The program could not tell who speaks"
    verb = f", ‘{row['verb']}’" if row["verb"] else ", no verb" if row["speaker_name"] else ""
    sentences = [_KINDS[row["kind"]]]
    sentences += [_CLASSES[row["verb_class"]]] if row["verb_class"] in _CLASSES else []
    sentences += ["No name is given."] if row["anonymous"] else []
    there = place(task.article, row["field"], row["start"], row["end"])
    group = "consistency" if row["kind"] == "reported" else "cohesion"
    return Answer(label, who + verb, " ".join(sentences), (there,), group)
