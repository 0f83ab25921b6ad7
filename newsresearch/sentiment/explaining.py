"""Which words made the tone of a sentence, and which rules changed what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from newsresearch.articles import Article, iter_articles
from newsresearch.sentiment.listing import Sentence, read_sentences
from newsresearch.sentiment.lists import Neutral, choose_engine
from newsresearch.sentiment.masking import has_word, split_tokens
from newsresearch.tables import pd, to_table
from newsresearch.text import Span

if TYPE_CHECKING:
    from newsresearch.sentiment.engine import Analyzer, Reading

__all__ = ["explain_sentiment", "tone_word_rows"]

_DTYPES = {
    "article_id": "str",
    "field": "str",
    "sentence": "int64",
    "start": "int64",
    "end": "int64",
    "quote": "str",
    "value": "float64",
    "effect": "float64",
    "rules": "str",
}


class Part(NamedTuple):
    """What a stretch of the sentence adds to its tone."""

    span: Span
    value: float
    effect: float
    rules: str


def explain_sentiment(
    articles: pd.DataFrame,
    *,
    neutral: Neutral = "news",
    news_words: bool = True,
    mask_names: bool = False,
    lexicon: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """List each word that counts for the tone of a sentence, and what rules made of it.

    The effects of a sentence, summed to s, give its tone: s / sqrt(s² + 15), rounded to four
    places. Cannot see what the lists lack: a sentence without rows has the tone 0.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    neutral, news_words, mask_names, lexicon
        Which words count, as in ``score_sentiment``.

    Returns
    -------
    pandas.DataFrame
        article_id, field, sentence (as in ``list_tones``), start, end and quote (an emoji for a
        word of its name), value (of the list, -4 to 4), effect (what the word adds; higher =
        more positive) and rules (what changed it, in order). Words without tone by an option
        have the effect 0. '!' and '?' that add emphasis are the last row, without a value.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If a list of words cannot be used.

    References
    ----------
    Hutto & Gilbert (2014), VADER, ICWSM-14.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": [""], "body": ["It was not very good!"]}
    >>> explained = explain_sentiment(pd.DataFrame(one))
    >>> explained[["quote", "value", "effect", "rules"]].round(3).values.tolist()
    [['good', 1.9, -1.623, 'boosted by "very"; negated by "not"'],
     ['!', nan, -0.292, 'emphasis by 1 "!"']]
    """
    engine = choose_engine(neutral, news_words, mask_names, lexicon, explains=True)
    rows = [row for article in iter_articles(articles) for row in tone_word_rows(article, engine)]
    return to_table(rows, _DTYPES)


def tone_word_rows(article: Article, engine: Analyzer | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``explain_sentiment`` for one article, by its defaults without an engine.

    An engine must remember: one of ``choose_engine(..., explains=True)``.
    """
    engine = engine or choose_engine(explains=True)
    for sentence in read_sentences(article):
        for part in _parts(engine, sentence.plain):
            yield _row(article, sentence, part)


def _row(article: Article, sentence: Sentence, part: Part) -> dict[str, Any]:
    start = sentence.span.start
    smooth = Span(start + part.span.start, start + part.span.end)
    span = article.stored(sentence.field, smooth)
    return {
        "article_id": article.article_id, "field": sentence.field, "sentence": sentence.number,
        "start": span.start, "end": span.end, "quote": span.of(article.field(sentence.field)),
        "value": part.value, "effect": part.effect, "rules": part.rules,
    }  # fmt: skip


def _parts(engine: Analyzer, plain: str) -> Iterator[Part]:
    """Explain a sentence; nothing where it has no word to judge, as its tone is missing."""
    if not has_word(plain):
        return
    reading = engine.read(plain)
    places = _find_words(engine, plain)
    hits = set(reading.hits)
    for at, word in enumerate(reading.words):
        value = engine.full_lexicon.get(word.lower())
        if value is None or (at not in hits and not _is_silent(engine, reading, at)):
            continue
        tone, (span, emoji) = reading.tones[at], places[at]
        rules = getattr(tone, "changes", ()) if at in hits else (_silence(reading, at),)
        yield Part(span, value, float(tone), "; ".join([*emoji, *rules]))
    yield from _emphasis(engine, reading, plain)


def _is_silent(engine: Analyzer, reading: Reading, at: int) -> bool:
    """Has a word of the lists no tone by an option, not by its use as 'very' or 'kind of'?"""
    return at in reading.masked or reading.words[at].lower() not in engine.lexicon


def _silence(reading: Reading, at: int) -> str:
    return "no tone: looks like a name" if at in reading.masked else "no tone: a neutral word"


def _find_words(engine: Analyzer, plain: str) -> list[tuple[Span, list[str]]]:
    """Return the place of each word in the sentence, and the name of the emoji it comes from."""
    spelt, origins = engine.spell(plain)
    places: list[tuple[Span, list[str]]] = []
    for token in re.finditer(r"\S+", spelt):
        (word,) = split_tokens(token[0])
        start = token.start() + token[0].index(word)
        span = Span(origins[start], origins[start + len(word) - 1] + 1)
        names = [engine.emojis[char] for char in span.of(plain) if char in engine.emojis]
        places.append((span, [f'emoji "{name}"' for name in names]))
    return places


def _emphasis(engine: Analyzer, reading: Reading, plain: str) -> Iterator[Part]:
    """Explain what '!' and '?' add to the side that the sentence is on; nothing to neither."""
    added = float(engine._punctuation_emphasis(reading.text))
    total = sum(float(tone) for tone in reading.tones)
    if not added or not total:
        return
    marks = [mark for mark in "!?" if getattr(engine, _AMPLIFIERS[mark])(reading.text)]
    last = max(plain.rfind(mark) for mark in marks)
    told = " and ".join(f'{reading.text.count(mark)} "{mark}"' for mark in marks)
    effect = added if total > 0 else -added
    yield Part(Span(last, last + 1), float("nan"), effect, f"emphasis by {told}")


_AMPLIFIERS = {"!": "_amplify_ep", "?": "_amplify_qm"}
