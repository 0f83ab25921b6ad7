"""Words for the contrasts: forms, synonyms and opposites of words, from WordNet and own lists.

WordNet 3.0 (Princeton University, its own permissive licence: use, copy and change for any
purpose with the notice kept) is read from a folder such as the one that the Debian package
wordnet-base installs, /usr/share/wordnet. It is used to make training pairs and goes into no
part of the package.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, cached_property
from pathlib import Path

from newsresearch.lexicons import load_groups
from newsresearch.vectors import load_vectors
from newsresearch.vocabulary import stem

OWN = Path(__file__).with_name("contrast_opposites.txt")
FILES = {"v": "verb", "n": "noun", "a": "adj"}
# A synonym must lie as near as this in the word vectors, and be no rarer than this.
NEAR, RAREST = 0.38, 7.6
UNCHANGED = frozenset(
    [
        "hit",
        "cut",
        "put",
        "set",
        "let",
        "shut",
        "bet",
        "cost",
        "hurt",
        "quit",
        "spread",
        "read",
        "split",
        "burst",
    ]
)
COMMONEST_SENSES = 2
_VOWELS = "aeiou"


class Words:
    """Synonyms, opposites and forms of single words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.senses: dict[tuple[str, str], list[str]] = {}
        for tag, name in FILES.items():
            for line in _lines(folder / f"index.{name}"):
                parts = line.split()
                if "_" not in parts[0]:
                    self.senses[parts[0], tag] = parts[-int(parts[2]) :]
        self.irregular: dict[str, str] = {}
        self.parts: defaultdict[str, list[str]] = defaultdict(list)
        for line in _lines(folder / "verb.exc"):
            form, base = line.split()[:2]
            self.irregular[form] = base
            if not form.endswith("ing"):
                self.parts[base].append(form)

    @cached_property
    def synsets(self) -> dict[tuple[str, str], tuple[list[str], list[tuple[int, str, int]]]]:
        """Return, for each place in a file, its words and its opposites (from, place, to)."""
        table = {}
        for tag, name in FILES.items():
            for line in _lines(self.folder / f"data.{name}"):
                parts = line.split(" | ")[0].split()
                count = int(parts[3], 16)
                words = [re.sub(r"\(.*\)", "", w) for w in parts[4 : 4 + 2 * count : 2]]
                opposites = [
                    (int(parts[at + 3][:2], 16), parts[at + 1], int(parts[at + 3][2:], 16))
                    for at in range(4 + 2 * count, len(parts) - 3)
                    if parts[at] == "!"
                ]
                table[tag, parts[0]] = words, opposites
        return table

    @cached_property
    def counts(self) -> Counter[tuple[str, str]]:
        """Return how often each word is found in tagged text, by kind of word."""
        found: Counter[tuple[str, str]] = Counter()
        kinds = {"1": "n", "2": "v", "3": "a", "5": "a"}
        for line in _lines(self.folder / "cntlist.rev"):
            key, _, count = line.split()[:3]
            word, rest = key.split("%")
            if rest[0] in kinds:
                found[word, kinds[rest[0]]] += int(count)
        return found

    @cache  # noqa: B019 - one object for the whole run
    def read(self, word: str) -> tuple[str, str, str]:
        """Return base, kind and form of a word: ('win', 'v', 'past'); kind '' if unknown."""
        base, form = self._verb(word)
        noun = word if (word, "n") in self.senses else word.removesuffix("s")
        ranked = [
            (self.counts[base, "v"], base, "v", form),
            (self.counts[word, "a"], word, "a", "base"),
            (self.counts[noun, "n"], noun, "n", "s" if noun != word else "base"),
        ]
        best = max(ranked)
        return best[1:] if best[0] else (word, "", "")

    def _verb(self, word: str) -> tuple[str, str]:
        if word in self.irregular and not word.endswith("ing"):
            base = self.irregular[word]
            parts = self.parts[base]
            return base, "part" if word == parts[-1] != parts[0] else "past"
        for ending, form in (("ing", "ing"), ("ed", "past"), ("s", "s")):
            if word.endswith(ending):
                cut = word.removesuffix(ending)
                tries = [cut, cut + "e", cut[:-1], cut[:-1] + "y", cut.removesuffix("e")]
                for base in tries:
                    if (base, "v") in self.senses and self.inflect(base, form) == word:
                        return base, form
        return (word, "base") if (word, "v") in self.senses else ("", "")

    def inflect(self, base: str, form: str) -> str:
        """Return a form of a verb: base, s, past, part, ing."""
        if form in ("past", "part") and base in UNCHANGED:
            return base
        if form in ("past", "part") and self.parts.get(base):
            parts = sorted(self.parts[base], key=lambda p: p.endswith("n"))
            return parts[0] if form == "past" else parts[-1]
        doubled = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", base) is not None
        if form == "s":
            return _plural(base)
        if form in ("past", "part"):
            if base.endswith("e"):
                return base + "d"
            if base.endswith("y") and base[-2:-1] not in _VOWELS:
                return base[:-1] + "ied"
            return base + (base[-1] if doubled else "") + "ed"
        if form == "ing":
            cut = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
            return cut + (base[-1] if doubled else "") + "ing"
        return base

    def fit(self, other: str, kind: str, form: str) -> str:
        """Put another word into the form of the one that it replaces."""
        if kind == "v":
            return self.inflect(other, form)
        return _plural(other) if kind == "n" and form == "s" else other

    @cache  # noqa: B019
    def synonyms(self, word: str) -> tuple[str, ...]:
        """Return words that may stand for a word as it stands: same kind and form."""
        base, kind, form = self.read(word)
        found: list[str] = []
        for place in self.senses.get((base, kind), [])[:COMMONEST_SENSES]:
            found += self.synsets[kind, place][0]
        fitting = [w for w in found if w != base and _common(w) and near(w, base) >= NEAR]
        fitting = [w for w in fitting if self._means_first(w, kind, base)]
        return tuple(self.fit(w, kind, form) for w in dict.fromkeys(fitting))

    def _means_first(self, word: str, kind: str, other: str) -> bool:
        """Is another word among those of the commonest sense of a word?"""
        own = self.senses.get((word, kind), [])[:1]
        return any(other in self.synsets[kind, place][0] for place in own)

    @cache  # noqa: B019
    def opposites(self, word: str) -> tuple[str, ...]:
        """Return opposites of a word in the same form: own list first, then WordNet's."""
        base, kind, form = self.read(word)
        if not kind:
            return ()
        found = list(own_opposites().get(base, ()))
        found = [w for w in found if (w, kind) in self.senses and w not in self.irregular]
        for place in self.senses.get((base, kind), [])[:COMMONEST_SENSES]:
            words, links = self.synsets[kind, place]
            for ours, there, theirs in links:
                if ours and words[ours - 1].lower() == base:
                    found.append(self.synsets[kind, there][0][theirs - 1].lower())
        fitting = [w for w in found if w != base and _common(w)]
        return tuple(self.fit(w, kind, form) for w in dict.fromkeys(fitting))


@cache
def own_phrases() -> dict[str, tuple[str, ...]]:
    """Return the phrases of the own list that may stand for a word or phrase, as written."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for line in OWN.read_text(encoding="utf-8").splitlines():
        members = [member.strip() for member in line.split("=")]
        if len(members) > 1 and not line.startswith("#"):
            for member in members:
                table[member] |= set(members) - {member}
    return {phrase: tuple(sorted(others)) for phrase, others in table.items()}


@cache
def own_opposites() -> dict[str, tuple[str, ...]]:
    """Return the opposites of the own list and of the package's, by base form."""
    table: defaultdict[str, list[str]] = defaultdict(list)
    pairs = [
        tuple(side.split() for side in line.split("|"))
        for line in OWN.read_text(encoding="utf-8").splitlines()
        if "|" in line and not line.startswith("#")
    ]
    pairs += [
        tuple(side.split() for side in group) for group in load_groups("actions", "opposites")
    ]
    for ours, theirs in pairs:
        for word in ours:
            table[word] += theirs
        for word in theirs:
            table[word] += ours
    return {word: tuple(others) for word, others in table.items()}


def near(word: str, other: str) -> float:
    """Return the likeness of two words in the package's word vectors."""
    return float(load_vectors().compare([stem(word)], [stem(other)])[0, 0])


def _common(word: str) -> bool:
    vectors = load_vectors()
    at = vectors.rows.get(stem(word))
    return word.isalpha() and at is not None and float(vectors.rarity[at]) <= RAREST


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("  ")]
