"""The headline as a claim: its content words, its action, and what opposes that action."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from newsresearch.lexicons import load_groups, load_words
from newsresearch.plain import straighten
from newsresearch.text import split_words
from newsresearch.vocabulary import Term, content_terms, same_thing, stem

__all__ = ["Claim", "plain_words", "read_claim", "reversers"]


_NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@dataclass(frozen=True)
class Claim:
    """The headline as content words, and the first of them that is a listed action."""

    terms: list[Term]
    words: tuple[str, ...]
    action: str = ""
    word: str = ""
    object: str = ""
    negated: bool = False

    @property
    def like(self) -> frozenset[str]:
        """The stems of the actions that are like the headline's, itself among them."""
        return _opposites().get(self.action, _NOTHING)[0]

    @property
    def unlike(self) -> frozenset[str]:
        """The stems of the actions that are its opposite."""
        return _opposites().get(self.action, _NOTHING)[1]

    @property
    def decisive(self) -> bool:
        """Is the action one that few other words tell?"""
        return self.action in _decisive()

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each stem stands in the headline."""
        return Counter(term.stem for term in self.terms)

    @cached_property
    def accepted(self) -> dict[str, set[str]]:
        """For a stem of the body, the stems of the headline that it bears out."""
        table: dict[str, set[str]] = {}
        for own in self.counts:
            for other in self.like if own == self.action else same_thing(own):
                table.setdefault(other, set()).add(own)
        return table

    @cached_property
    def hedges(self) -> frozenset[str]:
        """The hedges that the headline has not itself."""
        return load_words("actions", "hedges") - plain_words(" ".join(self.words))

    @cached_property
    def refutes(self) -> frozenset[str]:
        """The denials and negations that the headline has not itself."""
        refuting = load_words("actions", "denials") | load_words("actions", "negations")
        return refuting - plain_words(" ".join(self.words))


def read_claim(headline: str) -> Claim:
    """Read a headline as a claim; the first listed action in it is the one that counts."""
    terms = content_terms(headline)
    words = tuple(headline[term.start : term.end] for term in terms)
    for term, word in list(zip(terms, words, strict=True))[1:]:
        if term.stem in _opposites() and _is_verb(headline, term):
            negated = bool(plain_words(headline) & load_words("actions", "negations"))
            return Claim(terms, words, term.stem, word, _object(headline, term, terms), negated)
    return Claim(terms, words)


_HELPER_REACH = 40
_HELPER = re.compile(r"\b(?:to|will|won['’]t|may|must|can|could|would|not|[a-z]{3,}s)\s$", re.I)


def _is_verb(headline: str, term: Term) -> bool:
    """Is a listed action done here: 'backs', 'rose', 'to back', 'rebels back', no 'back' alone?"""
    word = headline[term.start : term.end].lower()
    if word.endswith(("s", "ed")) or word in load_words("actions", "irregular"):
        return True
    helper = _HELPER.search(headline, max(0, term.start - _HELPER_REACH), term.start)
    return bool(helper) and not word.endswith("ing")


# Where the object of a headline's action ends: 'Council backs farm | in vote against …'.
_OBJECT_ENDS = re.compile(
    r"[,:;–—-]\s|\b(?:in|on|at|for|with|after|as|over|to|by|from|and|but|against|despite|of)\b",
    re.I,
)


_PARTICLE = re.compile(r"\s(?:over|up|out|off|down)\b", re.I)  # 'hand over guns'


def _object(headline: str, action: Term, terms: list[Term]) -> str:
    """Return the head of what the action is done to: the last content word of its phrase."""
    particle = _PARTICLE.match(headline, action.end)
    ends = _OBJECT_ENDS.search(headline, particle.end() if particle else action.end)
    stop = ends.start() if ends else len(headline)
    return next((t.stem for t in reversed(terms) if action.end <= t.start < stop), "")


@lru_cache(maxsize=1)
def _opposites() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return, for each listed action, the stems of like actions and of opposite ones."""
    table: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for group in load_groups("actions", "opposites"):
        sides = [frozenset(stem(word) for word in side.split()) for side in group]
        for like, unlike in (sides, sides[::-1]):
            for member in like:
                known = table.get(member, _NOTHING)
                table[member] = (known[0] | like, known[1] | unlike)
    return table


@lru_cache(maxsize=1)
def _decisive() -> frozenset[str]:
    return frozenset(stem(word) for word in load_words("actions", "decisive"))


@lru_cache(maxsize=1)
def reversers() -> frozenset[str]:
    """Return the stems that turn an action round: 'refused to sign'."""
    return frozenset(stem(word) for word in load_words("actions", "reversers"))


def plain_words(text: str) -> set[str]:
    """Return the words of a text in lower case with straight apostrophes."""
    return {straighten(span.of(text)).lower() for span in split_words(text)}
