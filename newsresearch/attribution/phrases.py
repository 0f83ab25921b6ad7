"""The words beside a verb of speech that say who speaks: 'the mayor of Ely', 'Ann Lee, a baker'.

Words are looked at by their number, a bounded count to each side, so the work grows with the text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from newsresearch.articles import Article
from newsresearch.lexicons import load_words
from newsresearch.mentions import roles
from newsresearch.text import Span

__all__ = [
    "BESIDE",
    "PRONOUNS",
    "Tokens",
    "is_common",
    "names_speaker",
    "phrase_after",
    "phrase_before",
    "speakers",
    "tokens",
]

PRONOUNS = frozenset(["he", "she", "they", "it"])
_OTHER_PRONOUNS = frozenset(["i", "we", "you", "who", "which", "that", "this", "what", "there"])
_LINKS = frozenset(["of", "for", "from", "at", "with", "to", "in", "on", "inside", "near"])
# What stands behind these before a verb is where somebody is, not who speaks.
BESIDE = frozenset(
    ["about", "against", "alongside", "around", "behind", "beside", "beyond", "into", "outside",
     "over", "round", "under"]
)  # fmt: skip
_DEFINITE = frozenset(["a", "an", "the", "his", "her", "its", "their"])  # 'around two people'
_LONGEST = 12
_words = partial(load_words, "attribution")


@dataclass(frozen=True)
class Tokens:
    """The words of a body, in lower case too, and which of them begin a sentence."""

    body: str
    spans: list[Span]
    lower: list[str]
    starts: frozenset[int]

    def gap(self, index: int) -> str:
        """Return what stands between a word and the next; a paragraph break at either end."""
        if not 0 <= index < len(self.spans) - 1:
            return "\n\n"
        return self.body[self.spans[index].end : self.spans[index + 1].start]

    def joined(self, index: int) -> bool:
        """Does a word go on to the next with a blank, or the dot of an initial or a title?"""
        gap = self.gap(index)
        if gap in {" ", "\xa0", "\n"}:
            return index + 1 not in self.starts
        word = self.lower[index] if 0 <= index < len(self.lower) else ""
        known = len(word) == 1 or word in {"jr", "sr"} | load_words("sentences", "titles")
        return gap == ". " and known and (len(word) == 1 or index + 1 not in self.starts)

    def capital(self, index: int) -> bool:
        """Has a word a capital that is more than the start of its sentence?"""
        if not 0 <= index < len(self.spans) or not self.body[self.spans[index].start].isupper():
            return False
        return index not in self.starts or self.lower[index] not in _common()

    def owned(self, index: int) -> int:
        """Return the word that goes on after an owner, 'Carriers’ and Sorters’ Union'; or 0."""
        if self.gap(index) not in {"’ ", "' "} or not self.lower[index].endswith("s"):
            return 0
        after = index + 1 + (self.lower[index + 1] == "and" and self.joined(index + 1))
        both = self.capital(index) and self.capital(after)
        return after if both and index + 1 not in self.starts else 0

    def span(self, first: int, last: int) -> Span:
        """Return the span from one word to another, both included."""
        return Span(self.spans[first].start, self.spans[last].end)

    def index(self, at: int) -> int:
        """Return the number of the first word that begins at a place or after it."""
        return bisect_left(self.spans, (at, 0))


@lru_cache(maxsize=2)
def tokens(article: Article) -> Tokens:
    """Return the words of an article's body."""
    body, spans = article.body, article.words
    lower = [body[start:end].lower().rstrip(".") for start, end in spans]
    firsts = (bisect_left(spans, (sentence.start, 0)) for sentence in article.sentences)
    return Tokens(body, spans, lower, frozenset(firsts))


@cache
def _common() -> frozenset[str]:
    """Return words that a sentence may begin with and that are no name."""
    openers = load_words("stopwords") | load_words("sentences", "openers")
    return openers | speakers() | _words("breaks") | _LINKS


@cache
def speakers() -> frozenset[str]:
    """Return the nouns for people and bodies that may speak without a name."""
    return load_words("attribution", "anonymous") | roles() | load_words("names", "titles")


def is_common(words: Tokens, index: int) -> bool:
    """Is a word one that no name begins with: 'the', 'of'?"""
    return words.lower[index] in _words("determiners") | _LINKS | _words("breaks") | PRONOUNS


def names_speaker(words: Tokens, first: int, last: int) -> bool:
    """Does a phrase hold a name, or a noun for somebody who may speak?"""
    every = range(first, last + 1)
    return any(words.capital(i) or words.lower[i] in speakers() for i in every)


# --- before a verb ------------------------------------------------------------------------------


def phrase_before(words: Tokens, last: int, any_noun: bool = False) -> tuple[int, int] | None:
    """Return the first and last word of the phrase that ends at a word, or None.

    With ``any_noun`` what speaks need not be known to: 'the firm' before 'said'.
    """
    if last < 0 or words.lower[last] in _ends_none() or words.lower[last][:2] in {"i’", "i'"}:
        return None
    if words.lower[last] in PRONOUNS:
        return last, last
    if words.lower[last] in load_words("sentences", "after_clock"):  # 'on Monday'
        return None
    first = last
    while last - first < _LONGEST and words.joined(first - 1):
        before = words.lower[first - 1]
        if before in BESIDE and words.lower[first] in _DEFINITE:
            first -= 1  # 'workers round a brazier said'
            continue
        if before == "who" and _linked(words, first, last):  # 'one insider who met with Lee said'
            return _plain_phrase(words, first - 2)
        if before in _words("breaks") or before in _OTHER_PRONOUNS or before in PRONOUNS:
            break
        if before in _words("determiners") and not (
            words.joined(first - 2)
            and words.lower[first - 2] in (_LINKS | BESIDE if before in _DEFINITE else _LINKS)
        ):
            first -= 1
            break
        first -= 1
    return _with_owner(words, _trim(words, first, last, any_noun))


def _with_owner(words: Tokens, phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """Let 'Union' begin where 'the Carriers’ and Sorters’ Union' does."""
    if phrase is None:
        return None
    first, last = phrase
    while last - first < _LONGEST:
        owner = next((i for i in (first - 1, first - 2) if i >= 0 and words.owned(i) == first), -1)
        if owner < 0:
            break
        first = owner
    the = first < phrase[0] and words.joined(first - 1) and words.lower[first - 1] == "the"
    return first - the, last


@cache
def _ends_none() -> frozenset[str]:
    """Return the words that no phrase ends on."""
    return _OTHER_PRONOUNS | _words("breaks") | _LINKS | _words("determiners")


def _plain_phrase(words: Tokens, last: int) -> tuple[int, int] | None:
    """Return the phrase before 'who', as far as it is one name or noun with its article."""
    if last < 0 or not (words.capital(last) or words.lower[last] in speakers()):
        return None
    first = last
    while last - first < _LONGEST and words.joined(first - 1):
        determiner = words.lower[first - 1] in _words("determiners")
        if not (determiner or words.capital(first - 1) or words.lower[first - 1] in speakers()):
            break
        first -= 1
        if determiner:
            break
    return first, last


def _linked(words: Tokens, first: int, last: int) -> bool:
    return any(words.lower[i] in _LINKS or words.lower[i] in _HAVING for i in range(first, last))


_HAVING = frozenset(["has", "had", "have", "is", "was", "are", "were"])


def _trim(words: Tokens, first: int, last: int, any_noun: bool) -> tuple[int, int] | None:
    """Cut a phrase to the one who speaks: a noun or name that no 'in' or 'of' stands before."""
    if words.lower[first] in _LINKS:  # 'In Paris Lee'
        return None
    if words.lower[first] in _words("determiners"):
        known = any_noun and last > first
        return (first, last) if known or names_speaker(words, first, last) else None
    name = _name_start(words, first, last)
    if name is not None and not (name > first and words.lower[name - 1] in _LINKS):
        while name > first and words.lower[name - 1] in speakers():
            name -= 1
        return name, last
    head = next((i for i in range(first, last + 1) if _may_head(words, i)), None)
    if head is None:
        return None
    return (first if _describes(words, first, head) else head), last


def _describes(words: Tokens, first: int, head: int) -> bool:
    """Do the words from a comma or the start of a sentence on only describe: 'local officials'?"""
    passing = _words("asides") | _words("adverbs") | load_words("stopwords")
    between = words.lower[first:head]
    few = len(between) <= _MOST_DESCRIBING and not words.joined(first - 1)
    return few and not any(word in passing or word.endswith(("ly", "ing")) for word in between)


_MOST_DESCRIBING = 2


def _may_head(words: Tokens, index: int) -> bool:
    linked = index > 0 and words.lower[index - 1] in _LINKS
    return not linked and (words.lower[index] in speakers() or words.capital(index))


def _name_start(words: Tokens, first: int, last: int) -> int | None:
    """Return where the run of capitals that ends a phrase begins."""
    if not words.capital(last):
        return None
    particles = load_words("names", "particles")
    start = last
    while start > first and (
        words.capital(start - 1)
        or (words.lower[start - 1] in particles | {"of"} and words.capital(start - 2))
    ):
        start -= 1
    return start


# --- after a verb -------------------------------------------------------------------------------


def phrase_after(words: Tokens, first: int) -> tuple[int, int] | None:
    """Return the first and last word of the phrase that begins at a word, or None."""
    if first >= len(words.spans):
        return None
    word = words.lower[first]
    if word in PRONOUNS:
        return first, first
    known = load_words("stopwords") - _words("determiners") | load_words("sentences", "after_clock")
    if (word in known or word in _LINKS | _words("breaks")) and word not in speakers():
        return None
    last = first
    while last - first < _LONGEST:
        goes_on = words.joined(last) and _goes_on(words, last, last + 1)
        after = last + 1 if goes_on else words.owned(last)
        if not after:
            break
        last = after
    while last > first and words.lower[last] in _LINKS | _words("determiners"):
        last -= 1
    return (first, last) if names_speaker(words, first, last) else None


def _goes_on(words: Tokens, here: int, following: int) -> bool:
    """Does the next word belong to the phrase: '… a spokesman for the Ely Fund', '… host Lee'?"""
    word = words.lower[following]
    if words.capital(following):
        return word not in load_words("sentences", "after_clock")
    if words.capital(here):  # after a name: only 'Fox News host Ann Lee'
        particle = word in load_words("names", "particles") | {"of"}
        return (particle and words.capital(following + 1)) or (
            word in speakers() and words.joined(following) and words.lower[here - 1] != "said"
        )
    if word in {"of", "for", "from", "at", "with"}:
        return words.lower[here] in speakers()
    if word in _words("determiners"):
        return words.lower[here] in _LINKS
    passing = load_words("stopwords") | load_words("attribution", "adverbs")
    return word not in passing and not word.endswith("ly") and word not in _TIMES


_TIMES = frozenset(["last", "late", "earlier", "yesterday", "today", "tonight", "told", "said"])
