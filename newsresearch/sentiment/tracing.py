"""The engine on numbers that remember: which of its rules changed a word, and how.

No second engine: its own arithmetic is done, and its hooks name what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from vaderSentiment import vaderSentiment as upstream

from newsresearch.sentiment.engine import Analyzer

__all__ = ["Explainer", "Value"]

# What a number of the engine means where no hook knows better.
_NAMES = {
    upstream.N_SCALAR: 'negated by "no"',
    upstream.C_INCR: "capitals",
    0.5: 'before "but"',
    1.5: 'after "but"',
}


class Value(float):
    """A tone that remembers by name what changed it; "" is a change that has no name yet."""

    changes: tuple[str, ...] = ()

    @classmethod
    def after(cls, value: float, *changes: str) -> Value:
        """Return a value with what it went through."""
        made = cls(value)
        made.changes = changes
        return made

    def _changed(self, value: float, by: float) -> Value:
        return Value.after(value, *self.changes, _NAMES.get(by, ""))

    def __add__(self, by: float) -> Value:
        return self._changed(float(self) + by, by) if by else self

    def __sub__(self, by: float) -> Value:
        return self._changed(float(self) - by, by) if by else self

    def __mul__(self, by: float) -> Value:
        return self._changed(float(self) * by, by)

    def renamed(self, since: int, name: str) -> Value:
        """Give one name to the changes since one."""
        new = (name,) if len(self.changes) > since else ()
        return Value.after(self, *self.changes[:since], *new)


class Explainer(Analyzer):
    """The engine with values that remember; its hooks name what its rules did."""

    def __init__(
        self,
        without: Collection[str] = (),
        own: Mapping[str, float] | None = None,
        find_masked: Callable[[str], Collection[int]] | None = None,
    ) -> None:
        super().__init__(without, own, find_masked)
        self.lexicon = {word: Value(value) for word, value in self.lexicon.items()}

    def _negation_check(self, valence: float, words: list[str], start_i: int, i: int) -> Value:
        before = _name_degree(_remember(valence, words, i), words[i - start_i - 1])
        after = _remember(super()._negation_check(before, words, start_i, i), words, i)
        near = " ".join(words[i - start_i - 1 : i])
        negated = after.changes[-1:] == (_NAMES[upstream.N_SCALAR],)
        name = f'negated by "{words[i - start_i - 1]}"' if negated else f'raised by "{near}"'
        return after.renamed(len(before.changes), name)

    def _special_idioms_check(self, valence: float, words: list[str], i: int) -> Value:
        after = super()._special_idioms_check(valence, words, i)
        before = _remember(valence, words, i)
        found = _phrases(words[max(0, i - 3) : i + 3], upstream.SPECIAL_CASES)
        degree = _phrases(words[max(0, i - 3) : i], upstream.BOOSTER_DICT)
        if not isinstance(after, Value):  # an idiom's value undoes what came before
            named = [f'idiom "{phrase}"' for phrase in found]
            return Value.after(after, *named, *map(_degree_name, degree))
        return after.renamed(len(before.changes), ", ".join(map(_degree_name, degree)))

    def _least_check(self, valence: float, words: list[str], i: int) -> Value:
        before = _remember(valence, words, i)
        after: Value = super()._least_check(before, words, i)
        return after.renamed(len(before.changes), 'negated by "least"')


def _remember(valence: float, words: list[str], i: int) -> Value:
    """Return a value that remembers; a plain one is 'no' where it only negates its neighbour."""
    if isinstance(valence, Value):
        return valence
    changes = [f'only negates "{words[i + 1]}"'] if i + 1 < len(words) else []
    if abs(valence) >= upstream.C_INCR - abs(upstream.B_INCR):
        changes.append("capitals")
    if valence not in (0.0, upstream.C_INCR, -upstream.C_INCR):
        changes.append("")
    return Value.after(valence, *changes)


def _name_degree(value: Value, word: str) -> Value:
    if value.changes[-1:] != ("",):
        return value
    return value.renamed(len(value.changes) - 1, _degree_name(word))


def _degree_name(words: str) -> str:
    more = upstream.BOOSTER_DICT.get(words.lower(), 0) > 0
    return f'{"boosted" if more else "softened"} by "{words}"'


def _phrases(words: list[str], known: Collection[str]) -> list[str]:
    text = f" {' '.join(words).lower()} "
    return [phrase for phrase in known if " " in phrase and f" {phrase} " in text]
