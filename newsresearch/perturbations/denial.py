"""Statements denied: a negated near-copy of a sentence, a headline turned round."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from newsresearch.lexicons import load_groups, load_words
from newsresearch.perturbations.planting import Change, NotPlantedError, Scene
from newsresearch.support import weigh_headline
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import plain_words, stem

__all__ = ["negate_headline", "negate_sentence"]

_BE = frozenset({"is", "are", "was", "were"})
_HAVE = frozenset({"has", "have", "had"})
_MODAL = frozenset({"will", "would", "can", "could", "should", "must", "does", "did"})
_MOST_BEFORE = 12
_LEAST_AFTER = 3
_FEWEST_WORDS, _MOST_WORDS = 6, 30
# A near-copy right after its sentence would be seen at once.
_FEWEST_BETWEEN = 3


def negate_sentence(scene: Scene) -> list[Change]:
    """A later sentence denies an earlier one: a near-copy of it with a 'not', cut at a comma.

    Made of plain sentences with a form of 'be', 'have' or a modal verb after a short subject,
    outside quotations; put at the end of a sentence at least three further on.
    """
    places = [before for before, _ in scene.gaps()] + scene.sentences[-1:]
    starts = [place.start for place in places]
    texts = {sentence.of(scene.body) for sentence in scene.sentences}
    made: list[tuple[Span, str, list[Span]]] = []
    for at, sentence in enumerate(scene.sentences[: -_FEWEST_BETWEEN or None]):
        after = scene.sentences[at + _FEWEST_BETWEEN]
        text = sentence.of(scene.body)
        free = places[bisect_right(starts, after.start - 1) :]
        denied = "" if scene.quoted(sentence.start) else deny(text)
        if free and denied and denied not in texts:
            made.append((sentence, denied, free))
    if not made:
        raise NotPlantedError("no plain sentence can be denied later on in the body")
    source, denied, free = scene.dice.pick(made)
    place = scene.dice.pick(free)
    reason = "the sentence denies an earlier one, in nearly the same words"
    after_it, check = Span(place.end, place.end), "negated_statement"
    return [Change(after_it, f" {denied}", reason, check, lead=1, other=source)]


def deny(sentence: str) -> str:
    """Return a plain sentence with a 'not', cut at a comma after its verb; empty if it is none.

    Examples
    --------
    >>> deny("The bridge was closed on Monday, the council said.")
    'The bridge was not closed on Monday.'
    >>> deny("He was late.")
    ''
    """
    if not sentence.endswith(".") or any(mark in sentence for mark in '"“”‘„«»\n\r():;—–'):
        return ""
    words = split_words(sentence)
    at = _verb(sentence, words)
    if at is None:
        return ""
    end = _clause_end(sentence, words, at)
    count = sum(word.end <= end for word in words)
    if not _FEWEST_WORDS <= count <= _MOST_WORDS or count - at - 1 < _LEAST_AFTER:
        return ""
    return _with_not(sentence, words[at])[: end + 4].rstrip(",.") + "."


def _with_not(text: str, verb: Span) -> str:
    gap = "" if verb.of(text).lower() == "can" else " "
    return f"{text[: verb.end]}{gap}not{text[verb.end :]}{'' if gap else ' '}"


def _verb(sentence: str, words: list[Span]) -> int | None:
    """Return the index of the finite verb that a 'not' may follow, or None."""
    opener = words[0].of(sentence).lower() if words else ""
    if opener in load_words("sentences", "openers") - {"a", "an", "the"}:  # 'Among them was'
        return None
    for at, word in enumerate(words[:_MOST_BEFORE]):
        text = word.of(sentence).lower()
        if text in _BE | _HAVE | _MODAL:
            return at if at and _takes_not(sentence, words, at) else None
        if text in load_words("perturbing", "no_subject"):
            return None
        if _ends_subject(sentence, words, at):
            return None
    return None


def _ends_subject(sentence: str, words: list[Span], at: int) -> bool:
    """Does a word show that what stands before the verb is more than its subject?"""
    text = words[at].of(sentence).lower()
    verbal = text.endswith("ed") or (at == 0 and text.endswith("ing")) or _is_negated(text)
    if (
        verbal
        or stem(text) in _speech_stems()
        or sentence[words[at].end : words[at].end + 1] == ","
    ):
        return True
    # 'Actions the president could take': a clause within the subject.
    before = words[at - 1].of(sentence).lower() if at else "of"
    return text in {"a", "an", "the"} and before not in load_words("stopwords")


@lru_cache(maxsize=1)
def _speech_stems() -> frozenset[str]:
    return frozenset(stem(verb) for verb in load_words("speech", "verbs"))


def _is_negated(word: str) -> bool:
    return word.endswith(("n't", "n’t")) or word in load_words("perturbing", "negative")


def _takes_not(sentence: str, words: list[Span], at: int) -> bool:
    if at + 1 >= len(words) or sentence[words[at].end : words[at + 1].start] != " ":
        return False
    following = words[at + 1].of(sentence).lower()
    rest = {word.of(sentence).lower() for word in words[at + 1 :]}
    awkward = following in load_words("perturbing", "not_after") or following.endswith("ly")
    if awkward or any(map(_is_negated, rest)):
        return False
    if words[at].of(sentence).lower() in _HAVE:
        return following in load_words("perturbing", "participles") or following.endswith("ed")
    return following[0].isalpha()


def _clause_end(sentence: str, words: list[Span], at: int) -> int:
    """Return where the clause ends: at the first comma after which enough is said, or the end."""
    for index in range(at + _LEAST_AFTER, len(words) - 1):
        word = words[index]
        if sentence.startswith(", ", word.end):
            closed = word.of(sentence).lower() not in load_words("stopwords")
            if index + 1 >= _FEWEST_WORDS and closed:
                return word.end
    return len(sentence) - 1


def negate_headline(scene: Scene) -> list[Change]:
    """The headline says the opposite of what it said, and so of its body.

    Its verb is replaced by a listed opposite ('backs', 'opposes'), else a form of 'be', 'have'
    or a modal verb gets a 'not'. The body is taken to bear the headline out as it was, which
    is not checked; the sentence that does so best is the other place of the gold.
    """
    headline = scene.article.headline
    denied = load_words("actions", "denials") | load_words("actions", "negations")
    plain = "?" not in headline and not denied & plain_words(headline)
    change = (_swap(headline) or _add_not(headline)) if plain else None
    if change is None:
        raise NotPlantedError("the headline has no plain verb that could be turned round")
    span, new, reason = change
    support = weigh_headline(scene.article).supporting
    rest = len(headline) - span.end
    return [
        Change(
            span, new, reason, "headline_opposed", "headline", lead=-span.start, trail=rest,
            other=support.span if support else None, other_field="body" if support else "",
        )
    ]  # fmt: skip


def _swap(headline: str) -> tuple[Span, str, str] | None:
    table = {pair[0]: pair[1] for pair in load_groups("perturbing", "headline_verbs")}
    for word in split_words(headline)[1:]:
        text = word.of(headline)
        new = table.get(text.lower())
        if new:
            new = new.upper() if text.isupper() else new.capitalize() if text[0].isupper() else new
            return word, new, f"the headline said ‘{text}’; it now says ‘{new}’"
    return None


def _add_not(headline: str) -> tuple[Span, str, str] | None:
    words = split_words(headline)
    at = _verb(headline, words)
    if at is None or any(_is_negated(word.of(headline).lower()) for word in words):
        return None
    verb = words[at].of(headline)
    new = "not" if verb.lower() == "can" else " not"
    new = new.upper() if verb.isupper() and len(verb) > 1 else new
    span = Span(words[at].end, words[at].end)
    return span, new, f"the headline said ‘{verb}’; it now says ‘{verb}{new}’"
