"""A text into which a fault was put, another version for each pupil, with its key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from newsresearch.articles import Article
from newsresearch.display import ArticleView, article_html, choose_article, show_article
from newsresearch.incoherence import FINDING_DTYPES, check_article
from newsresearch.marks import escape, reveal
from newsresearch.opening import article_ids, open_article
from newsresearch.perturbations import NOT_PLANTED, spoil_article

if TYPE_CHECKING:
    from newsresearch.tables import pd

__all__ = ["Exercise", "bundled_donors", "make_exercise"]

_TOLD = "Version {seed}. Something was done to this text. What, and where?"
# How sure an answer is: it was put there. A view shows it in the place of a finding's confidence.
PLANTED = "planted"


@dataclass(frozen=True)
class Exercise:
    """A spoiled text to read: drawn by a notebook, written by ``print``; neither tells the key.

    ``answers`` are rows as of findings, with `planted` as their confidence; none where nothing
    could be planted, and ``problem`` then says why.
    """

    kind: str
    seed: int
    clean: Article
    article: Article
    answers: tuple[dict[str, Any], ...]
    problem: str = ""

    @property
    def key(self) -> ArticleView:
        """The text with the fault marked and explained."""
        return show_article(self.article, list(self.answers))

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What the checks of the package find in the text, to be shown with ``show_article``."""
        return check_article(self.article)

    @property
    def is_found(self) -> bool:
        """Does a finding that the clean article has not touch the fault, for whatever reason?"""
        known = _known(self.clean)
        new = [found for found in self.findings if _name(found) not in known]
        return any(_touch(found, answer) for found in new for answer in self.answers)

    def _repr_html_(self) -> str:
        return f"<p><small>{escape(self._told())}</small></p>\n{article_html(self.article)}"

    def __repr__(self) -> str:
        return f"{reveal(self._told())}\n\n{show_article(self.article)!r}"

    def _told(self) -> str:
        if self.problem:
            return f"Nothing was done to this text: {self.problem}. Take another one."
        return _TOLD.format(seed=self.seed)


def make_exercise(
    article: pd.DataFrame | pd.Series[Any] | Article,
    kind: str,
    seed: int = 0,
    donors: Iterable[Article] | None = None,
    article_id: str | None = None,
) -> Exercise:
    """Put a known fault into a text: a version to read for each pupil, and its key.

    The same number gives the same version on every machine, as long as text and donors are the
    same; let each pupil take the own number in the class list. Rules, no model: a version may
    read oddly elsewhere too, and some kinds have few versions in a short text.

    Parameters
    ----------
    article : Article, row of a table, or Articles table
        Best one without faults of its own, such as the bundled ones up to 12.
    kind : str
        `insert_intruder` (a sentence of another story), `insert_intruder_same_topic` (of the
        most similar one: harder), `splice` (half of another story), `shuffle_sentences`,
        `shuffle_paragraphs`, `remove_introductions`, `change_number`, `negate_sentence` and the
        others of ``list_perturbations``.
    seed : int, default 0
        The number of the version.
    donors : iterable of Article, optional
        Who lends text; by default the bundled articles that have no faults of their own.
    article_id : str, optional
        Which article of a table to take.

    Returns
    -------
    Exercise
        The text to read. Its ``key`` shows what was done, ``answers`` are the same as rows,
        ``findings`` are what the package finds in it, ``is_found`` tells whether one of these
        touches the fault and came with it, ``clean`` is the article as it was.

    Raises
    ------
    ArticleError
        If no single article is chosen.
    ValueError
        If the kind is not known or the seed is no whole number.

    Examples
    --------
    >>> story = Article("a", "", "“We will not pay for it,” said the mayor. It rained.")
    >>> mine = make_exercise(story, "break_quotation", 7)
    >>> mine.article.body
    '“We will not pay for it, said the mayor. It rained.'
    >>> mine.answers[0]["quote"], mine.is_found
    ('“We will not pay for it,', True)
    """
    clean = choose_article(article, article_id)
    lend = bundled_donors() if donors is None else tuple(donors)
    spoiled, gold = spoil_article(clean, kind, seed, lend)
    problem = next((row["reason"] for row in gold if row["check"] == NOT_PLANTED), "")
    answers = () if problem else tuple(map(_answer, gold))
    return Exercise(kind, seed, clean, spoiled, answers, problem)


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of gold as a row of findings."""
    named = {**row, "check": row["check"] or row["kind"], "confidence": PLANTED}
    return {name: named[name] for name in FINDING_DTYPES}


@lru_cache(maxsize=4)  # all versions of a class are of one article
def _known(clean: Article) -> frozenset[tuple[str, str]]:
    """Return what is found in the article as it was."""
    return frozenset(map(_name, check_article(clean)))


def _name(found: dict[str, Any]) -> tuple[str, str]:
    return found["check"], found["quote"]


def _touch(one: dict[str, Any], two: dict[str, Any]) -> bool:
    meets = one["start"] < two["end"] and two["start"] < one["end"]
    return bool(meets and one["field"] == two["field"])


@cache
def bundled_donors() -> tuple[Article, ...]:
    """Return the bundled articles that have no planted faults: they lend their sentences."""
    planted = set(article_ids("planted"))
    return tuple(open_article(name) for name in article_ids() if name not in planted)
