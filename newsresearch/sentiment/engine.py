"""The one engine of tone: vaderSentiment's own rules, in linear time; its only door.

Scores equal vaderSentiment's to the last digit. What is ours: words without tone are passed
over, and the rules see only the few words that they can reach.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from heapq import heappop, heappush
from typing import NamedTuple

from vaderSentiment import vaderSentiment as upstream

from newsresearch.sentiment.masking import split_tokens

__all__ = ["Analyzer", "Reading", "scale_around_but"]

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
        self._find_masked = find_masked
        self._has_no_emoji = frozenset(self.emojis).isdisjoint

    def compound(self, text: str) -> float:
        """Return the compound score of a text."""
        reading = self.read(text)
        tones = [tone for tone in reading.tones if tone]  # zeros change no sum
        return float(self.score_valence(tones, reading.text)["compound"])

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
        masked = self._find_masked(text) if self._find_masked else ()
        seen = ["" if at in masked else word for at, word in enumerate(words)] if masked else words
        hits = [at for at in hits if at not in masked]
        is_cap_diff = upstream.allcap_differential(words)
        for at in hits:
            start, end = max(0, at - _BEFORE), at + _AFTER + 1
            if _is_alone(words[at], lowered[start:end]):
                tones[at] = self.lexicon[lowered[at]]
                continue
            window = _Window(seen[start:end], is_cap_diff)
            tones[at] = self.sentiment_valence(0, window, seen[at], at - start, [])[0]
        return Reading(text, words, scale_around_but(seen, tones), hits, masked)

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
        after_blank = True
        for at, char in enumerate(text):
            name = self.emojis.get(char)
            piece = char if name is None else name if after_blank else f" {name}"
            after_blank = char == " " if name is None else False
            pieces.append(piece)
            origins += [at] * len(piece)
        return "".join(pieces), origins


def _is_alone(word: str, near: list[str]) -> bool:
    """Can no rule change a word, as nothing near it does and it is not in capitals?"""
    return not word.isupper() and _CHANGERS.isdisjoint(near) and "n't" not in " ".join(near)


def scale_around_but(words: list[str], tones: list[float]) -> list[float]:
    """Halve the tones before the first 'but' and raise those after it by half, in place.

    As upstream, the first word of equal tone is the one that changes, even if it stands on
    the other side; upstream searches the list for it, here a heap per tone knows it.
    """
    lowered = [word.lower() for word in words]
    if "but" not in lowered:
        return tones
    turn = lowered.index("but")
    places: dict[float, list[int]] = {}
    for at, value in enumerate(tones):
        if value:
            places.setdefault(value, []).append(at)  # ascending, so a heap already
    for value in tones:  # reads each tone as it is by then, like upstream
        if value and (first := places[value][0]) != turn:
            heappop(places[value])
            tones[first] = value * (0.5 if first < turn else 1.5)
            heappush(places.setdefault(tones[first], []), first)
    return tones
