"""The one engine of tone: vaderSentiment's own rules, in linear time; its only door.

Scores equal vaderSentiment's to the last digit. What is ours: words without tone are passed
over, and the rules see only the few words that they can reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from vaderSentiment import vaderSentiment as upstream

from newsresearch.sentiment.masking import split_tokens

__all__ = ["Analyzer", "Original", "Reading", "is_changer", "is_degree", "scale_around_but"]

_BEFORE, _AFTER = 4, 3  # the rules look three words back and two ahead; one to spare each side

# No rule fires without one of these in reach, an "n't" or capitals; of an idiom the longest
# word. Read from the engine, so that they cannot disagree with it.
_CHANGERS = frozenset(
    [
        *("no", "least", "so", "this", "doubt"),
        *upstream.NEGATE,
        *(max(words.split(), key=len) for words in upstream.BOOSTER_DICT),
        *(max(words.split(), key=len) for words in upstream.SPECIAL_CASES),
    ]
)


def is_changer(word: str) -> bool:
    """May a lower-cased word make a rule fire on a word near it?"""
    return word in _CHANGERS or "n't" in word


def is_degree(word: str) -> bool:
    """Does a lower-cased word only change others, even if it is on the list?"""
    return word in upstream.BOOSTER_DICT


_NO_ASCII = re.compile(r"[^\x00-\x7f]")  # all emojis are among these


class Reading(NamedTuple):
    """A text as the engine reads it: emojis spelt out, its words, and the tone of each.

    ``hits`` are the places of the words that count, ``masked`` of names without a tone.
    """

    text: str
    words: list[str]
    tones: list[float]
    hits: list[int]
    masked: Collection[int]


class _Window(NamedTuple):
    """What the rules need of a text, cut down to the words around one hit."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


class Analyzer(upstream.SentimentIntensityAnalyzer):  # type: ignore[misc]
    """The analyzer of vaderSentiment, perhaps without some words or with words of one's own."""

    def __init__(
        self,
        without: Collection[str] = (),
        own: Mapping[str, float] | None = None,
        find_masked: Callable[[str], Collection[int]] | None = None,
    ) -> None:
        super().__init__()
        own = own or {}
        self.full_lexicon: dict[str, float] = {**self.make_lex_dict(), **own}
        left_out = set(without) - set(own)
        self.lexicon: dict[str, float] = {
            w: v for w, v in self.full_lexicon.items() if w not in left_out
        }
        self.find_masked = find_masked
        self._has_no_emoji = frozenset(self.emojis).isdisjoint

    def compound(self, text: str) -> float:
        """Return the compound score of a text."""
        reading = self.read(text)
        tones = [reading.tones[at] for at in reading.hits]
        return self.settle(tones, reading.text.count("!"), reading.text.count("?"))

    def settle(self, tones: Sequence[float], n_calls: int, n_questions: int) -> float:
        """Return the compound score of a text by the tones of its words and its '!' and '?'."""
        total = float(sum(tones))
        if total and (n_calls or n_questions):
            emphasis = float(self._punctuation_emphasis("!" * n_calls + "?" * n_questions))
            total += emphasis if total > 0 else -emphasis
        # Sums that cancel out leave -0.0 or 0.0, depending on the version of Python.
        return round(float(upstream.normalize(total)), 4) + 0.0

    def polarity_scores(self, text: str) -> dict[str, float]:
        """Return the four scores, as vaderSentiment does."""
        reading = self.read(text)
        scores: dict[str, float] = self.score_valence(reading.tones, reading.text)
        return scores

    def read(self, text: str) -> Reading:
        """Give each word its tone after all rules."""
        text = (text if self._has_no_emoji(text) else self.spell(text)[0]).strip()
        words = split_tokens(text)
        lowered = list(map(str.lower, words))
        tones: list[float] = [0] * len(words)
        hits = self._hits(lowered)
        if not hits:
            return Reading(text, words, tones, hits, ())
        masked = self.find_masked(text) if self.find_masked else ()
        seen = ["" if at in masked else word for at, word in enumerate(words)] if masked else words
        hits = [at for at in hits if at not in masked]
        is_cap_diff = upstream.allcap_differential(words)
        found = [
            self.lexicon[lowered[at]]
            if _is_alone(words[at], lowered[max(0, at - _BEFORE) : at + _AFTER + 1])
            else self.weigh(seen, at, is_cap_diff)
            for at in hits
        ]
        if "but" in lowered:
            scale_around_but(found, hits, _find_but(seen))
        for at, tone in zip(hits, found, strict=True):
            tones[at] = tone
        return Reading(text, words, tones, hits, masked)

    def weigh(self, words: Sequence[str], at: int, is_cap_diff: bool) -> float:
        """Return the tone that the engine's rules give to a word of its list."""
        start = max(0, at - _BEFORE)
        window = _Window([*words[start : at + _AFTER + 1]], is_cap_diff)
        tones: list[float] = self.sentiment_valence(0, window, words[at], at - start, [])
        return tones[0]

    def _hits(self, lowered: list[str]) -> list[int]:
        """Find the words of the list; degree words and 'kind of' only change others."""
        known = [at for at, word in enumerate(lowered) if word in self.lexicon]
        return [
            at
            for at in known
            if lowered[at] not in upstream.BOOSTER_DICT
            and not (lowered[at] == "kind" and lowered[at + 1 : at + 2] == ["of"])
        ]

    def spell(self, text: str) -> tuple[str, list[int]]:
        """Spell out emojis; also tell which character of the text each new one comes from."""
        pieces: list[str] = []
        origins: list[int] = []
        done = 0
        for found in _NO_ASCII.finditer(text):
            at, name = found.start(), self.emojis.get(found[0])
            if name is not None:
                piece = name if text[at - 1 : at] in ("", " ") else f" {name}"
                pieces += [text[done:at], piece]
                origins += [*range(done, at), *[at] * len(piece)]
                done = at + 1
        return "".join([*pieces, text[done:]]), [*origins, *range(done, len(text))]


class Original:
    """vaderSentiment as it is, with the words of an engine: to compare ours with.

    Raises
    ------
    ValueError
        If the engine masks names, which the original cannot do.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        if analyzer.find_masked:
            raise ValueError("vaderSentiment itself cannot mask names. Leave mask_names out.")
        self._original = upstream.SentimentIntensityAnalyzer()
        self._original.lexicon = analyzer.lexicon

    def compound(self, text: str) -> float:
        """Return the compound score of a text."""
        return float(self._original.polarity_scores(text)["compound"]) + 0.0


def _is_alone(word: str, near: list[str]) -> bool:
    """Can no rule change a word, as nothing near it does and it is not in capitals?"""
    return not word.isupper() and _CHANGERS.isdisjoint(near) and "n't" not in " ".join(near)


def _find_but(words: list[str]) -> int:
    """Return the place of the first 'but', or behind the last word."""
    return next((at for at, word in enumerate(words) if word.lower() == "but"), len(words))


def scale_around_but(tones: list[float], places: Sequence[int], turn: int) -> None:
    """Halve the tones of words before the place of 'but', raise those after it by half, in place.

    As upstream, the first word of equal tone is the one that changes, even if it stands on
    the other side; upstream searches the list for it, here a heap per tone knows it.
    """
    waiting: dict[float, list[int]] = {}
    for index, value in enumerate(tones):
        if value:
            waiting.setdefault(value, []).append(index)  # ascending, so a heap already
    for value in tones:  # reads each tone as it is by then, like upstream
        if value and places[first := waiting[value][0]] != turn:
            heappop(waiting[value])
            tones[first] = value * (0.5 if places[first] < turn else 1.5)
            heappush(waiting.setdefault(tones[first], []), first)
