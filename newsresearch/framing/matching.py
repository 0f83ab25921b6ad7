"""The one engine that finds listed words and phrases in a text, by category, with their places.

One pass over the words of the text: a tree of entries by first word, the longest match first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsresearch.plain import straighten
from newsresearch.text import Span, list_words, locate, split_sentences, split_words

__all__ = ["LONGEST_ENTRY", "Match", "Matcher", "is_name", "split_entry"]

LONGEST_ENTRY = 10  # words: what an entry may hold, so that no list makes a text slow
_MOST_KNOWN, _LONGEST_KEPT = 100_000, 50
# A word met without what is tied to it: "we're" is 'we', "party's" is 'party'.
_CLITICS = ("'s", "'re", "'ve", "'ll", "'d", "'m")
# In capitals these are something else, unless the words beside them are in capitals too.
_LONGEST_ACRONYM = 4
_ACRONYMS = frozenset(["US", "IT", "WHO", "AM", "AIDS", "ME", "OR", "IN", "SO", "CARE", "ALL"])


class Match(NamedTuple):
    """A cue where it stands: ``text[start:end]``, its category and the entry that was met."""

    start: int
    end: int
    category: str
    entry: str


class _Node:
    """A place in the tree: what may follow as a word or as the beginning of one, what ends here."""

    __slots__ = ("ends", "longest", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.longest = 0  # letters of a stem
        self.ends: dict[str, str] = {}

    def grow(self, token: str) -> _Node:
        """Return the node after a token of an entry; one that is not there yet is made."""
        if not token.endswith("*"):
            return self.words.setdefault(token, _Node())
        stem = token[:-1]
        self.longest = max(self.longest, len(stem))
        return self.stems.setdefault(stem, _Node())

    @property
    def goes_on(self) -> bool:
        """Is there an entry with another word?"""
        return bool(self.words or self.stems)

    def step(self, word: str) -> list[_Node]:
        """Return the nodes after a word of a text, the best match last."""
        plain, bare = _forms(word)
        found: list[_Node] = []
        if self.stems:
            lengths = range(min(len(plain), self.longest) + 1)
            found = [self.stems[plain[:n]] for n in lengths if plain[:n] in self.stems]
        if bare != plain and bare in self.words:
            found.append(self.words[bare])
        if plain in self.words:
            found.append(self.words[plain])
        return found


@lru_cache(maxsize=_MOST_KNOWN)
def _forms(word: str) -> tuple[str, str]:
    """Return a word in lower case with straight marks, and without what is tied to it."""
    plain = straighten(word).lower()
    ending = next((one for one in _CLITICS if plain.endswith(one)), "") if "'" in plain else ""
    return plain, plain.removesuffix(ending)


class _First(NamedTuple):
    """What begins with a word: the entries that are this word only, and where longer ones go on."""

    ends: dict[str, str]
    longer: list[_Node]


class _Firsts(dict[str, _First | None]):
    """What begins with a word of a text, None for most; each is looked up once."""

    def __init__(self, root: _Node) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, word: str) -> _First | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        nodes = self._root.step(word)
        ends = {category: entry for node in nodes for category, entry in node.ends.items()}
        first = _First(ends, [node for node in nodes if node.goes_on]) if nodes else None
        if len(word) <= _LONGEST_KEPT:
            self[word] = first
        return first


def split_entry(entry: str) -> list[str]:
    """Return the words of an entry as the words of a text are split; '*' stays with its word.

    Examples
    --------
    >>> split_entry("Won’t believ*"), split_entry(":-)")
    (["won't", 'believ*'], [])
    """
    tokens: list[str] = []
    for token in straighten(entry).split():
        words = list_words(token)
        if words and token.endswith("*"):
            words[-1] += "*"
        tokens += words
    return tokens


class _Sentences:
    """The sentences of a text, split only if they are asked for."""

    def __init__(self, text: str, spans: Sequence[Span] | None) -> None:
        self._text, self._spans = text, spans

    def part(self, first: Span, last: Span) -> bool:
        """Does a sentence end between two words? Only a line break can hide that it does."""
        if first == last or "\n" not in self._text[first.start : last.end]:
            return False
        if self._spans is None:
            self._spans = split_sentences(self._text)
        return locate(self._spans, first.start) != locate(self._spans, last.start)


class Matcher:
    """Lists of entries by category, ready to be found in texts.

    An entry is one or several words; case does not matter, `*` at the end of a word stands for
    any ending, and "we" is met in "we’re", "party" in "party’s". An entry that begins with `!`
    is an exception: where it stands, no shorter entry of its category counts. Categories are
    blind to each other; within one, the longest entry counts and matches do not overlap. No
    entry reaches over a mark of punctuation or the end of a sentence. 'US', 'IT' and a few more
    in capitals are no words of a list.

    Parameters
    ----------
    lists : mapping of str to iterable of str
        The entries of each category.

    Raises
    ------
    ValueError
        If an entry holds no word, or more words than ``LONGEST_ENTRY``.

    Examples
    --------
    >>> matcher = Matcher({"hedge": ["may", "it seem*", "! may well"], "us": ["we"]})
    >>> matcher.find("It seemed we’re late; she may go, and may well win.")
    [Match(start=0, end=9, category='hedge', entry='it seem*'),
     Match(start=10, end=15, category='us', entry='we'),
     Match(start=26, end=29, category='hedge', entry='may')]
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        root = _Node()
        self.categories = tuple(lists)
        for category, entries in lists.items():
            for entry in entries:
                _add(root, category, entry)
        self._firsts = _Firsts(root)

    def find(
        self,
        text: str,
        words: Sequence[Span] | None = None,
        sentences: Sequence[Span] | None = None,
    ) -> list[Match]:
        """Return the cues of a text in order; words and sentences may be given if known."""
        words = split_words(text) if words is None else words
        within = _Sentences(text, sentences)
        firsts = self._firsts
        taken: dict[str, int] = {}
        found: list[Match] = []
        for at, (start, end) in enumerate(words):
            first = firsts[text[start:end]]
            if first is None or _is_acronym(text, words, at):
                continue
            best = {category: (at, entry) for category, entry in first.ends.items()}
            if first.longer:
                _grow(text, words, at, first.longer, best, within)
            for category, (last, entry) in best.items():
                if at < taken.get(category, 0):
                    continue
                taken[category] = last + 1
                if entry:
                    found.append(Match(start, words[last].end, category, entry))
        return found


def _add(root: _Node, category: str, entry: str) -> None:
    tokens = split_entry(entry.removeprefix("!"))
    if not 1 <= len(tokens) <= LONGEST_ENTRY:
        raise ValueError(
            f"an entry must hold 1 to {LONGEST_ENTRY} words; found {entry[:60]!r} with "
            f"{len(tokens)} in {category!r}. Leave it out or shorten it."
        )
    node = root
    for token in tokens:
        node = node.grow(token)
    node.ends[category] = "" if entry.startswith("!") else entry


def _grow(
    text: str,
    words: Sequence[Span],
    at: int,
    nodes: list[_Node],
    best: dict[str, tuple[int, str]],
    within: _Sentences,
) -> None:
    """Put the longer entries that begin at a word in place of those that are this word only."""
    while nodes and at + 1 < len(words):
        start, end = words[at + 1]
        gap = text[words[at].end : start]
        if gap != " " and (not gap.isspace() or within.part(words[at], words[at + 1])):
            return
        at, word = at + 1, text[start:end]
        nodes = [after for node in nodes for after in node.step(word)]
        for node in nodes:
            for category, entry in node.ends.items():
                best[category] = (at, entry)
        nodes = [node for node in nodes if node.goes_on]


def _is_acronym(text: str, words: Sequence[Span], at: int) -> bool:
    """Is it 'US' or 'IT' beside a word that is not in capitals?"""
    start, end = words[at]
    if end - start > _LONGEST_ACRONYM or text[start:end] not in _ACRONYMS:
        return False
    near = [words[i].of(text) for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return not all(word.isupper() for word in near)


def is_name(text: str, start: int, end: int) -> bool:
    """Is it a capital inside a sentence, as of names? They say nothing of how it is told."""
    before = text[max(0, start - 2) : start]
    is_inside = before[1:] == " " and (before[0].isalnum() or before[0] in ",'’")
    return is_inside and text[start].isupper() and not text[start:end].isupper()
