"""One headline over one body, in numbers that a class can follow: each with the words behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from newsresearch.articles import Article
from newsresearch.framing.reading import body_cues, headline_cues
from newsresearch.incoherence.figures import find_values, read_values
from newsresearch.lexicons import load_words
from newsresearch.sentiment import mean_tone, tone_word_rows
from newsresearch.stance.model import STANCES, read_stance
from newsresearch.text import split_words
from newsresearch.vocabulary import content_terms, root

__all__ = ["COUNT", "LONGEST", "SHARE", "TONE", "Number", "number_headline"]

COUNT, SHARE, TONE = "count", "share", "tone"
# No headline is as long; what is longer was pasted by mistake, and would be slow to read.
LONGEST = 100  # words
_SHORTEST_SHOUT = 4
_MOST_SHOWN = 12  # words behind one number


class Number(NamedTuple):
    """One number of a headline: ``words`` are those of the headline that made it.

    ``value`` is None where it cannot be told. ``kind`` says how it is written: a whole number,
    a share or chance from 0 to 1, a tone from -1 to 1.
    """

    name: str
    title: str
    value: float | None
    words: str
    kind: str
    meaning: str


def number_headline(article: Article) -> list[Number]:
    """Return the numbers of an article's headline, always the same ones in the same order."""
    return [*_of_wording(article), *_of_tone(article), *_of_manner(article), *_of_stance(article)]


def _quote(words: list[str]) -> str:
    """Return words as one line, each once, cut where they are many."""
    kept = list(dict.fromkeys(words))
    return ", ".join(kept[:_MOST_SHOWN]) + ", …" * (len(kept) > _MOST_SHOWN)


# --- what it says ----------------------------------------------------------------------------


def _of_wording(article: Article) -> Iterator[Number]:
    headline, body = article.headline, article.body
    yield Number("n_words", "words", len(split_words(headline)), "", COUNT, "how long it is")
    known = {root(term.stem) for term in content_terms(body)}
    terms = content_terms(headline)
    new = [headline[t.start : t.end] for t in terms if root(t.stem) not in known]
    share = 1 - len(new) / len(terms) if terms else None
    told = f"not in the body: {_quote(new)}" if new else ""
    yield Number(
        "shared_words", "words that the body has too", share, told, SHARE,
        "without little words such as ‘the’; says that words are shared, not that it is true",
    )  # fmt: skip
    yield from _of_figures(headline, body)


def _of_figures(headline: str, body: str) -> Iterator[Number]:
    values, told = find_values(headline), read_values(body)
    shown = [span.of(headline) for span, _ in values]
    new = [span.of(headline) for span, value in values if value not in told]
    yield Number("n_numbers", "numbers", len(values), _quote(shown), COUNT, "in digits or in words")
    yield Number(
        "new_numbers", "numbers that the body lacks", len(new), _quote(new), COUNT,
        "a sum or a rounded number is counted too: look it up",
    )  # fmt: skip


# --- how it sounds ---------------------------------------------------------------------------


def _of_tone(article: Article) -> Iterator[Number]:
    tone = mean_tone(article.headline)
    alone = Article(article.article_id, article.headline, ".")  # the words of the body are many
    rows = [row for row in tone_word_rows(alone) if row["effect"]]
    words = [f"{row['quote']} {_signed(row['effect'])}" for row in rows]
    yield Number(
        "tone", "tone", None if math.isnan(tone) else tone, _quote(words), TONE,
        "−1 sounds bad, 0 neither, 1 good; from a list of words, blind to irony",
    )  # fmt: skip
    body = mean_tone(article.body)
    gap = None if math.isnan(tone) or math.isnan(body) else tone - body
    yield Number(
        "tone_gap", "tone, less that of the body", gap, "", TONE,
        "above 0 sounds better than the story, below 0 worse",
    )  # fmt: skip


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


_MANNERS = (
    ("n_hedges", "hedge", "words that leave it open", "may, could, it seems"),
    ("n_boosters", "booster", "words that make it stronger", "clearly, in fact, really"),
    ("n_absolutes", "absolute", "words that allow no exception", "all, never, every"),
    ("n_loaded", "loaded", "words that judge", "shameful, heroic: a list finds a third of them"),
)


def _of_manner(article: Article) -> Iterator[Number]:
    headline = article.headline
    cues = body_cues(Article(article.article_id, "", headline))
    for name, category, title, such in _MANNERS:
        words = [headline[c.start : c.end] for c in cues if c.category == category]
        yield Number(name, title, len(words), _quote(words), COUNT, f"such as {such}")
    baits = [c for c in headline_cues(headline) if c.category.startswith("click_")]
    kinds = {c.category for c in baits}
    words = [headline[c.start : c.end] for c in baits]
    yield Number(
        "n_clickbait", "kinds of clickbait", len(kinds), _quote(words), COUNT,
        "you, this, shocking, a list, a question …, 0 to 8",
    )  # fmt: skip
    shouted = [word for at in split_words(headline) if _is_shouted(word := at.of(headline))]
    marks = [mark for mark in headline if mark in "!?"]
    yield Number(
        "n_shouts", "capitals, ! and ?", len(shouted) + len(marks), _quote([*shouted, *marks]),
        COUNT, "whole words in capitals and marks that call out",
    )  # fmt: skip


def _is_shouted(word: str) -> bool:
    is_capital = word.isalpha() and word.isupper() and len(word) >= _SHORTEST_SHOUT
    return is_capital and word not in load_words("introductions", "acronyms")


# --- what the body does to it ----------------------------------------------------------------

_STANCES = {
    "agree": ("the body agrees", "it says the same"),
    "disagree": ("the body disagrees", "it says that it is not so"),
    "discuss": ("the body only discusses it", "it reports it and takes no side"),
    "unrelated": ("the body is about something else", "it hardly shares a word with it"),
}


def _of_stance(article: Article) -> Iterator[Number]:
    readable = article.smoothed.unmasked  # as ``label_stance`` reads it
    reading = read_stance(readable) if content_terms(readable.headline) else None
    for at, stance in enumerate(STANCES):
        title, meaning = _STANCES[stance]
        value = float(reading.stances[at]) if reading else None
        yield Number(f"p_{stance}", f"chance: {title}", value, "", SHARE, meaning)
    yield Number(
        "p_contradicted", "chance: contradicted", reading.contradicted if reading else None, "",
        SHARE, "the nearest sentences say something else; a number of its own",
    )  # fmt: skip
