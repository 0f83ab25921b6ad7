"""A stretch of text read for what it says and how surely: words, negations, hedges, verbs.

Word lists and a few places next to each other, no parser: it does not know who did what.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from newsresearch.amounts import VALUES
from newsresearch.evidence import root_terms
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import Term, root, stem

__all__ = ["Clause", "Word", "find_actions", "is_passive", "read_clause"]

# How many content words a 'not' or a 'refused to' reaches.
_REACH = 3
_FARTHEST = 12
_STOPS = frozenset(",;:—–")
_OPENS_A_CLAUSE = frozenset(["to", "that", "he", "she", "it", "they", "any", "having", "being"])
_KINDS = {
    "hedges": "actions", "planned": "actions", "partial": "actions", "sweeping": "actions",
    "denials": "actions", "contested": "speech", "verbs": "speech",
}  # fmt: skip


class Word(NamedTuple):
    """A word in lower case with straight apostrophes, and where it stands."""

    plain: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)


class Clause(NamedTuple):
    """A stretch of text read once.

    ``terms`` are its content words; ``negated`` says of some, by their number, which word
    negates them; ``marks`` lists the words of each kind that weakens or sharpens what is said;
    ``firsts`` is where each stem first stands among the terms.
    """

    text: str
    span: Span
    words: list[Word]
    terms: list[Term]
    negated: dict[int, Word]
    marks: dict[str, list[Word]]
    firsts: dict[str, int]

    def of(self, term: Term) -> str:
        """Return a term as it is written."""
        return self.text[term.start : term.end]


def read_clause(text: str, span: Span | None = None) -> Clause:
    """Read a stretch of text: a headline, a part of it, or a sentence.

    Examples
    --------
    >>> clause = read_clause("The mayor may not open the bridge")
    >>> [clause.of(clause.terms[at]) for at in clause.negated], clause.marks["hedges"][0].plain
    (['open', 'bridge'], 'may')
    """
    span = span or Span(0, len(text))
    # Lowered word by word: some letters grow when lowered, and places must hold.
    words = [
        Word(straighten(word.of(piece)).lower(), word.start + span.start, word.end + span.start)
        for piece in [span.of(text)]
        for word in split_words(piece)
    ]
    terms = root_terms(text, span)
    marks: dict[str, list[Word]] = {kind: [] for kind in _KINDS}
    for at, word in enumerate(words):
        for kind in _kinds_of().get(word.plain, ()):
            if not _is_other_sense(text, words, at):
                marks[kind].append(word)
    firsts = {term.stem: at for at, term in reversed(list(enumerate(terms)))}
    return Clause(text, span, words, terms, _negated(text, words, terms), marks, firsts)


@lru_cache(maxsize=1)
def _kinds_of() -> dict[str, tuple[str, ...]]:
    """Return, for each listed word, the kinds that it is of."""
    table: dict[str, tuple[str, ...]] = {}
    for kind, name in _KINDS.items():
        for word in load_words(name, kind):
            table[word] = (*table.get(word, ()), kind)
    return table


def _is_other_sense(text: str, words: list[Word], at: int) -> bool:
    """Is it 'May' the month, 'Will' the man or a plan that there is, and so no hedge?"""
    word = words[at]
    if word.plain in _needs_more():
        return at + 1 == len(words) or words[at + 1].plain not in {"to", "for", "that"}
    if word.plain not in {"may", "will"} or at == 0 or not text[word.start].isupper():
        return False
    before = words[at - 1]
    return before.plain in load_words("actions", "before_month") or not text[before.start].isupper()


@lru_cache(maxsize=1)
def _needs_more() -> frozenset[str]:
    """Return the words that say a thing is meant only before 'to', 'for' and 'that'."""
    return load_words("actions", "planned") - load_words("actions", "always_planned")


def _negated(text: str, words: list[Word], terms: list[Term]) -> dict[int, Word]:
    """Return the terms that a negation reaches: the next few before a comma or a 'but'."""
    table: dict[int, Word] = {}
    starts = {term.start: at for at, term in enumerate(terms)}
    for at, word in enumerate(words):
        if not _negates(words, at):
            continue
        left, end = _REACH, word.end
        for following in words[at + 1 : at + 1 + _FARTHEST]:
            if left == 0 or following.plain == "but" or _STOPS & set(text[end : following.start]):
                break
            end = following.end
            if following.start in starts:
                table[starts[following.start]] = word
                left -= 1
    return table


def _negates(words: list[Word], at: int) -> bool:
    word, after = words[at].plain, words[at + 1].plain if at + 1 < len(words) else ""
    if word == "yet" and after == "to":
        return True
    if after == "be" and at + 2 < len(words) and words[at + 2].plain.endswith("er"):
        return False  # 'could not be higher'
    if word in load_words("actions", "negations") or word.endswith("n't"):
        return after not in {"only", "just", "least", "less", "doubt", "surprise"}
    base = root(stem(word))
    if base not in _reversers():
        return False
    return after in _OPENS_A_CLAUSE or after.endswith("ing") or base == stem("deny")


@lru_cache(maxsize=1)
def _reversers() -> frozenset[str]:
    return frozenset(root(stem(word)) for word in load_words("actions", "reversers"))


# --- verbs -----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Return the stems of the listed verbs."""
    listed = {word for word in load_words("opposites", "verbs") if word != "|"}
    listed |= load_words("opposites", "deeds") | load_words("speech", "verbs")
    listed |= load_words("opposites", "irregular")
    return frozenset(root(stem(word)) for word in listed) - load_words("stopwords")


@lru_cache(maxsize=1)
def _past_forms() -> frozenset[str]:
    return load_words("opposites", "irregular")


def find_actions(clause: Clause) -> list[int]:
    """Return the numbers of the terms that are its verbs, as far as their form tells.

    Examples
    --------
    >>> clause = read_clause("Council plans rejected as ministers back new bridge")
    >>> [clause.of(clause.terms[at]) for at in find_actions(clause)]
    ['rejected', 'back']
    """
    places = {word.start: at for at, word in enumerate(clause.words)}
    likely = [
        at
        for at, term in enumerate(clause.terms)
        if term.start in places and _is_verb(clause, places[term.start], term)
    ]
    chosen: list[int] = []
    for at in likely:
        close = chosen and _is_next(clause, chosen[-1], at)
        if close and _is_noun_form(clause, chosen[-1]) and _is_past(clause.of(clause.terms[at])):
            chosen.pop()  # 'Council plans rejected'
        elif close:
            continue
        chosen.append(at)
    return chosen


def _is_next(clause: Clause, one: int, two: int) -> bool:
    between = clause.text[clause.terms[one].end : clause.terms[two].start]
    return two == one + 1 and between.strip() == ""


def _is_past(word: str) -> bool:
    return word.lower().endswith("ed") or word.lower() in _past_forms()


def _is_noun_form(clause: Clause, at: int) -> bool:
    return clause.of(clause.terms[at]).lower().endswith("s")


def _is_verb(clause: Clause, place: int, term: Term) -> bool:
    """Is a listed verb one here: 'backs', 'rose', 'to back', 'rebels back', but no 'back' alone?"""
    if term.stem not in _verbs():
        return False
    word = clause.words[place].plain
    before = clause.words[place - 1].plain if place else ""
    if before in load_words("actions", "helpers"):
        return True
    if place == 0 or before in {"the", "a", "an", "his", "her", "their", "its", "of", "in", "for"}:
        return False
    if word.endswith(("s", "ed")) or (word in _past_forms() and word != term.stem):
        return True
    if word.endswith("ing") or word in load_words("opposites", "nominal"):
        return False
    plural = before.endswith("s") and not before.endswith(("'s", "ss"))
    return plural and before not in load_words("stopwords")  # 'rebels back'


def is_passive(clause: Clause, at: int) -> bool:
    """Is the verb of a term done to what stands before it: 'was freed', 'freed by a judge'?"""
    term = clause.terms[at]
    word = clause.of(term).lower()
    if not word.endswith(("ed", "en", "n", "t", "d", "k", "g")) or word.endswith("ing"):
        return False
    place = next((i for i, own in enumerate(clause.words) if own.start == term.start), -1)
    before = {own.plain for own in clause.words[max(0, place - 3) : place]}
    after = [own.plain for own in clause.words[place + 1 : place + 5]]
    by = after.index("by") if "by" in after else -1
    return bool(before & load_words("actions", "be")) or (
        by >= 0 and not _is_number(after[by + 1 : by + 2])
    )


def _is_number(words: list[str]) -> bool:
    return any(word in VALUES or word[:1].isdigit() for word in words)
