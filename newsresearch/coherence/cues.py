"""What each sentence shows of its place in a text: cues of how it opens and what it takes up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import stem

__all__ = ["CUES", "Sentence", "read_cues", "read_sentence"]

# Cue -> the words that show it; the first group by the first word, the second by any word.
_OPENERS = {
    "opens_he": "he she him his her hers",
    "opens_they": "they their them",
    "opens_it": "it its",
    "opens_this": "this that these those such",
    "opens_we": "i we my our you your",
    "opens_but": "but however yet still instead although though despite nevertheless",
    "opens_and": "and also so then meanwhile moreover furthermore besides another other others",
    "opens_a": "a an",
    "opens_the": "the",
    "opens_in": "in on at as after when during since before last while by for from with",
    "opens_there": "there here one some many most several both",
}
_HOLDS = {
    "holds_he": "he him his himself",
    "holds_she": "she her hers herself",
    "holds_they": "they them their themselves",
    "holds_it": "it its itself",
    "holds_this": "this that these those such",
    "holds_we": "i we me my us our",
    "holds_you": "you your",
    "says": "said says told added asked",
    "reports": "according reported reportedly claimed claims announced revealed confirmed",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight",
    "month": "january february march april june july august september october november december",
    "perfect": "has have",
    "past": "was were had did",
    "present": "is are do does",
    "modal": "will would could may might should can",
    "also": "also too again later then however meanwhile now already another other",
    "relative": "who which whose where",
    "because": "because so since therefore if",
}
_FORMS = (
    "opens_quote", "ends_quote", "leaves_open", "closes_only", "full_name", "bare_name",
    "acronym", "explains_acronym", "number", "year", "age", "dateline", "question", "short",
    "long", "a_thing", "colon",
)  # fmt: skip
CUES = (*_OPENERS, *_HOLDS, *_FORMS)

_FIRST = {word: cue for cue, words in _OPENERS.items() for word in words.split()}
_ANY = {word: cue for cue, words in _HOLDS.items() for word in words.split()}
_DATELINE = re.compile(r"[^a-z]{2,40}(?:\([A-Za-z ]{2,20}\)|[—–]|--| - )|\w{2,20} \(\w{2,12}\)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGE = re.compile(r",\s\d\d,|\b\d\d?-year-old\b|\baged \d")
_EXPLAINED = re.compile(r"\([A-Z]{2,8}\)")


@dataclass(frozen=True)
class Sentence:
    """One sentence as the signals of order see it; all in the order of its words."""

    cues: frozenset[str]
    stems: tuple[str, ...]
    names: tuple[tuple[str, int], ...]  # the last word of a name, and how many words it has
    definite: frozenset[str]  # stems right after 'the'
    indefinite: frozenset[str]  # stems right after 'a', 'an'


def read_sentence(text: str) -> Sentence:
    """Read what one sentence shows, whatever stands around it."""
    spans = split_words(text)
    plain = [straighten(span.of(text)).lower() for span in spans]
    stops = load_words("stopwords")
    stems = [stem(word) for word in plain if word not in stops and len(word) > 1]
    names = _names(text, spans, plain)
    cues = {_ANY[word] for word in plain if word in _ANY} | _forms(text, plain)
    if plain and plain[0] in _FIRST:
        cues.add(_FIRST[plain[0]])
    cues |= {"full_name" if length > 1 else "bare_name" for _, length in names}
    capitals = (span.of(text) for span in spans)
    if any(len(word) > 1 and word.isalpha() and word.isupper() for word in capitals):
        cues.add("acronym")
    return Sentence(
        frozenset(cues), tuple(stems), tuple(names),
        _after(plain, {"the"}), _after(plain, {"a", "an"}),
    )  # fmt: skip


def _after(plain: Sequence[str], articles: set[str]) -> frozenset[str]:
    return frozenset(stem(word) for before, word in pairwise(plain) if before in articles)


def _forms(text: str, plain: Sequence[str]) -> set[str]:
    """Return the cues that are no words: marks, numbers, length."""
    marks = text.count("“") + text.count('"'), text.count("”") + text.count('"')
    straight = text.count('"') % 2
    opens = text[:1] in "\"“‘'"
    shown = {
        "opens_quote": opens,
        "ends_quote": text[-1:] in "\"”’'",
        "leaves_open": marks[0] > marks[1] or bool(straight and opens),
        "closes_only": marks[0] < marks[1] or bool(straight and not opens),
        "explains_acronym": bool(_EXPLAINED.search(text)),
        "number": any(word[0].isdigit() for word in plain),
        "year": any(_YEAR.fullmatch(word) for word in plain),
        "age": bool(_AGE.search(text)),
        "dateline": bool(_DATELINE.match(text)),
        "question": text.rstrip("\"”’'").endswith("?"),
        "short": len(plain) < 9,
        "long": len(plain) > 27,
        "a_thing": "a" in plain or "an" in plain,
        "colon": text.endswith(":"),
    }
    return {cue for cue, there in shown.items() if there}


def _names(text: str, spans: Sequence[Span], plain: Sequence[str]) -> list[tuple[str, int]]:
    """Return runs of capitalised words by their last one; a lone first word is no name."""
    runs = [run for run in _runs(text, spans, plain) if run != [0]]
    return [(plain[run[-1]].removesuffix("'s"), len(run)) for run in runs]


def _runs(text: str, spans: Sequence[Span], plain: Sequence[str]) -> Iterator[list[int]]:
    run: list[int] = []
    for at, span in enumerate(spans):
        capital = text[span.start].isupper() and plain[at] not in load_words("stopwords")
        joins = run and capital and text[spans[at - 1].end : span.start] in {" ", ". "}
        if run and not joins:
            yield run
            run = []
        if capital:
            run.append(at)
    if run:
        yield run


def read_cues(sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """Return a table of 0 and 1: one row a sentence, one column a cue."""
    rows = [[cue in sentence.cues for cue in CUES] for sentence in sentences]
    return np.array(rows, dtype="float64").reshape(len(rows), len(CUES))
