"""Defects that another article of the table lends: an intruder, the second half of a story."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from newsresearch.articles import Article
from newsresearch.lexicons import load_words
from newsresearch.perturbations.planting import Change, Dice, NotPlantedError, Scene, digest
from newsresearch.text import Span, split_words
from newsresearch.vocabulary import content_terms

__all__ = ["Pool", "insert_intruder", "insert_intruder_same_topic", "splice"]

# Articles with more words in common than this tell the same story, and a sentence of one is
# no intruder in the other. Share of content words, as twice the shared ones over the sum: on
# BASIL, where three outlets tell each story, it is above .25 in 84 % of the pairs of one story
# and in 1 % of the others.
_SAME_STORY = 0.25
_FEWEST_WORDS, _MOST_WORDS = 8, 40

Lent = TypeVar("Lent")


class Pool:
    """The articles of a table as donors; what it answers does not hang on their order.

    Donors stand on a ring by the hash of their text, and an article takes the first fit one
    after its own drawn place: so only those whose donor leaves the table get another.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        sound = [article for article in articles if not article.problem]
        keyed = [(digest(a.headline, a.body, a.article_id), a) for a in sound]
        self._ring = sorted(keyed, key=lambda pair: pair[0])
        self._stems: dict[str, frozenset[str]] = {}

    def around(self, article: Article, dice: Dice) -> Iterator[Article]:
        """Yield the other articles that tell another story, from a drawn place on the ring."""
        start = bisect_left(self._ring, dice.token, key=lambda pair: pair[0])
        for _, donor in self._ring[start:] + self._ring[:start]:
            if self._is_other(article, donor):
                yield donor

    def nearest(self, article: Article) -> Iterator[Article]:
        """Yield the other articles that tell another story, by the words they share with it."""
        shared: Counter[int] = Counter()
        for stem in self._of(article):
            shared.update(self._postings.get(stem, ()))
        places = sorted(shared, key=lambda at: (-self._overlap(article, at, shared[at]), at))
        for at in places:
            if self._is_other(article, self._ring[at][1]):
                yield self._ring[at][1]

    def _of(self, article: Article) -> frozenset[str]:
        """Return the stems of an article's content words, made once."""
        if article.body not in self._stems:
            terms = content_terms(article.body)
            self._stems[article.body] = frozenset(term.stem for term in terms)
        return self._stems[article.body]

    def _is_other(self, article: Article, donor: Article) -> bool:
        """Is it another article, of another story?"""
        if donor.article_id == article.article_id or donor.body == article.body:
            return False
        one, two = self._of(article), self._of(donor)
        return 2 * len(one & two) <= _SAME_STORY * (len(one) + len(two))

    def _overlap(self, article: Article, at: int, shared: int) -> float:
        return 2 * shared / (len(self._of(article)) + len(self._of(self._ring[at][1])))

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        """Return, for each stem, the places on the ring of the articles that hold it."""
        table: dict[str, list[int]] = defaultdict(list)
        for at, (_, article) in enumerate(self._ring):
            for stem in self._of(article):
                table[stem].append(at)
        return table


def insert_intruder(scene: Scene, pool: Pool) -> list[Change]:
    """A sentence of an unrelated article stands between two sentences of the body.

    It holds no quotation and does not open on a word that points back ('He', 'But'). Where
    the place is between two paragraphs, it is a paragraph of its own.
    """
    return [_insert(scene, pool.around(scene.article, scene.dice), "another article")]


def insert_intruder_same_topic(scene: Scene, pool: Pool) -> list[Change]:
    """A sentence of the most similar other story of the table stands in the body.

    Similar by shared content words; accounts of the same story are passed over. Harder to see
    than a random intruder, if the table holds several stories of a topic.
    """
    return [_insert(scene, pool.nearest(scene.article), "the most similar other story")]


def _insert(scene: Scene, donors: Iterable[Article], whose: str) -> Change:
    places = scene.gaps()
    if not places:
        raise NotPlantedError("the body has no two sentences to put another between")
    own = {sentence.of(scene.body) for sentence in scene.sentences}
    donor, sentences = _first(donors, lambda donor: _lent_sentences(donor, own))
    sentence = scene.dice.pick(sentences)
    before, after = scene.dice.pick(places)
    gap = scene.body[before.end : after.start]
    reason = f"a sentence of {whose} (‘{donor.article_id}’) stands between two of this one"
    at, lent = Span(before.end, before.end), donor.article_id
    check = "intruder_sentence"
    return Change(at, gap + sentence, reason, check, lead=len(gap), donor_id=lent)


def _first(
    donors: Iterable[Article], lend: Callable[[Article], list[Lent]]
) -> tuple[Article, list[Lent]]:
    """Return the first donor that has something to lend, and what it is."""
    for donor in donors:
        if lent := lend(donor):
            return donor, lent
    raise NotPlantedError("no other article of the table, with another story, has a piece to lend")


def _lent_sentences(donor: Article, own: set[str]) -> list[str]:
    """Return the plain, self-contained sentences of an article, its first paragraph left out."""
    scene = Scene(donor, Dice())
    ledes = scene.paragraphs[0].end if len(scene.paragraphs) > 1 else 0
    texts = [s.of(donor.body) for s in scene.sentences if s.start >= ledes]
    return [text for text in texts if _stands_alone(text) and text not in own]


def _stands_alone(sentence: str) -> bool:
    words = split_words(sentence)
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not sentence.endswith("."):
        return False
    first = words[0].of(sentence)
    plain = not any(mark in sentence for mark in '"“”‘„«»\n\r()[]@:')
    return (
        plain
        and first[0].isupper()
        and first.lower() not in load_words("perturbing", "points_back")
    )


def splice(scene: Scene, pool: Pool) -> list[Change]:
    """From a paragraph break near the middle on, the body goes on with another article's.

    The second half of the one is replaced by the second half of the other.
    """
    cut = _middle(scene)
    if cut is None:
        raise NotPlantedError("the body has no paragraph break to cut it at")
    donor, (half,) = _first(pool.around(scene.article, scene.dice), _second_half)
    end = scene.paragraphs[-1].end
    reason = f"from here on it is another article (‘{donor.article_id}’)"
    return [Change(Span(cut, end), half, reason, "splice", donor_id=donor.article_id)]


def _middle(scene: Scene) -> int | None:
    """Return where the paragraph nearest to the middle of the body starts, or None."""
    starts = [b.start for a, b in pairwise(scene.paragraphs) if not scene.leaves_open(a)]
    middle = len(scene.body) // 2
    return min(starts, key=lambda start: (abs(start - middle), start)) if starts else None


def _second_half(donor: Article) -> list[str]:
    scene = Scene(donor, Dice())
    cut = _middle(scene)
    return [] if cut is None else [donor.body[cut : scene.paragraphs[-1].end]]
