"""Which words count for tone: VADER's list, our words for news, and a user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import isfinite
from numbers import Real
from typing import TYPE_CHECKING, Literal

from newsresearch.lexicons import load_words
from newsresearch.plain import plain_text
from newsresearch.sentiment.masking import find_names, split_tokens

if TYPE_CHECKING:
    from newsresearch.sentiment.engine import Analyzer

__all__ = ["Neutral", "check_lexicon", "choose_engine", "default_engine", "plain_engine"]

Neutral = Literal["news"] | Iterable[str] | None

_STRONGEST = 4  # of VADER's scale, for a word and its opposite alike
_GRADES = {"very negative": -1.5, "negative": -1.0, "positive": 1.0, "very positive": 1.5}


def choose_engine(
    neutral: Neutral = "news",
    news_words: bool = True,
    mask_names: bool = False,
    lexicon: Mapping[str, float] | None = None,
    explains: bool = False,
) -> Analyzer:
    """Return the engine for some options, built once; an own word outweighs all lists."""
    own = {**(_news_words() if news_words else {}), **check_lexicon(lexicon or {})}
    return _build(explains, _neutral_words(neutral), tuple(sorted(own.items())), bool(mask_names))


@lru_cache(maxsize=8)
def _build(
    explains: bool,
    neutral: frozenset[str],
    own: tuple[tuple[str, float], ...],
    mask: bool,
) -> Analyzer:
    from newsresearch.sentiment.engine import Analyzer  # loads vaderSentiment at first use
    from newsresearch.sentiment.tracing import Explainer

    kind = Explainer if explains else Analyzer
    return kind(neutral, dict(own), find_names if mask else None)


@cache
def default_engine() -> Analyzer:
    """Return the engine that scores use if not told otherwise."""
    return choose_engine()


@cache
def plain_engine() -> Analyzer:
    """Return the engine that gives vaderSentiment's own scores."""
    return choose_engine(neutral=None, news_words=False)


@cache
def _news_words() -> dict[str, float]:
    """Return our own words for news and their values."""
    return {word: at for grade, at in _GRADES.items() for word in load_words("tone", grade)}


def _neutral_words(neutral: Neutral) -> frozenset[str]:
    if neutral is None:
        return frozenset()
    if isinstance(neutral, str):
        if neutral != "news":
            raise ValueError(
                f"neutral={neutral!r} names no list. Pass 'news', None or a list of words."
            )
        return load_words("tone", "neutral")
    words = list(neutral)
    wrong = [word for word in words if not isinstance(word, str)]
    if wrong:
        raise ValueError(f"neutral words must be text; found {wrong[0]!r}. Pass a list of words.")
    return frozenset(plain_text(word).lower() for word in words)


def check_lexicon(lexicon: Mapping[str, float]) -> dict[str, float]:
    """Return an own lexicon in lower case, or say which entry can never count.

    Raises
    ------
    ValueError
        If it is no mapping, or holds what is no single word with a value from -4 to 4.

    Examples
    --------
    >>> check_lexicon({"Layoffs": -2})
    {'layoffs': -2.0}
    """
    if not isinstance(lexicon, Mapping):
        raise ValueError(
            f"a lexicon must map words to values; found {type(lexicon).__name__}. "
            "Pass a dictionary such as {'layoffs': -2}."
        )
    checked: dict[str, float] = {}
    for word, value in lexicon.items():
        key = _check_word(word)
        number = _check_value(word, value)
        if checked.setdefault(key, number) != number:
            raise ValueError(
                f"the lexicon gives {key!r} two values, {checked[key]} and {number}: "
                "capitals do not matter. Keep one."
            )
    return checked


def _check_word(word: object) -> str:
    plain = plain_text(word).lower() if isinstance(word, str) else ""
    if not plain or split_tokens(plain) != [plain]:
        raise ValueError(
            f"a lexicon holds single words; found {word!r}. Leave out blanks and outer marks."
        )
    return plain


def _check_value(word: object, value: object) -> float:
    known = isinstance(value, Real) and not isinstance(value, bool)
    number = float(value) if known else float("nan")  # type: ignore[arg-type]
    if not isfinite(number) or abs(number) > _STRONGEST:
        raise ValueError(
            f"a word's value must be a number from -{_STRONGEST} to {_STRONGEST}; "
            f"found {value!r} for {word!r}."
        )
    return number
