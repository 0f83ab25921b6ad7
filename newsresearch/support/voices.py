"""Who says a sentence of the body: the article itself, or somebody it quotes or reports."""

from __future__ import annotations

from functools import lru_cache

from newsresearch.lexicons import load_words
from newsresearch.quotations import Quotation, find_quotations
from newsresearch.text import Span

__all__ = ["NARRATION", "QUOTED", "REPORTED", "who_says"]

NARRATION, QUOTED, REPORTED = "narration", "quoted", "reported"
_MAY_OPEN = 6  # a verb of speech so near the start reports what follows


def who_says(body: str, sentence: Span) -> str:
    """Return whether a sentence is the article's own word, quoted or reported.

    Quoted where most of it stands in quotation marks; reported where a verb of speech stands
    near its start, at its end, or 'according to' anywhere in it.
    """
    inside = sum(
        max(0, min(q.end, sentence.end) - max(q.start, sentence.start))
        for q in _near(body, sentence)
    )
    if 2 * inside > sentence.end - sentence.start:
        return QUOTED
    text = sentence.of(body)
    return REPORTED if _is_reported(text) else NARRATION


def _near(body: str, sentence: Span) -> list[Quotation]:
    found = _quotations(body)
    return [q for q in found if q.closed and q.start < sentence.end and q.end > sentence.start]


@lru_cache(maxsize=16)
def _quotations(body: str) -> list[Quotation]:
    return find_quotations(body)


def _is_reported(text: str) -> bool:
    if "according to" in text.lower():
        return True
    verbs = load_words("speech", "verbs") - load_words("speech", "nouns_too")
    words = [word.strip(",.;:“”\"'’‘()") for word in text.split()]
    if verbs.intersection(words[1 : _MAY_OPEN + 1]):
        return True
    tail = text.rpartition(", ")[2].split() if ", " in text[-80:] else []
    return bool(verbs.intersection(word.strip(",.;:“”\"'’‘()") for word in tail))
