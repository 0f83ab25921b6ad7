"""Known defects put into articles, with the gold: to measure checks, and for exercises.

A kind is a function from a Scene to Changes; to add one, write it and name it in KINDS.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from newsresearch.articles import FIELDS, Article, iter_articles
from newsresearch.perturbations.denial import negate_headline, negate_sentence
from newsresearch.perturbations.donors import (
    Pool,
    insert_intruder,
    insert_intruder_same_topic,
    splice,
)
from newsresearch.perturbations.naming import remove_introductions
from newsresearch.perturbations.numbers import change_number
from newsresearch.perturbations.order import repeat_sentence, shuffle_paragraphs, shuffle_sentences
from newsresearch.perturbations.planting import (
    GOLD_DTYPES,
    NOT_PLANTED,
    Change,
    Dice,
    NotPlantedError,
    Scene,
    plant,
)
from newsresearch.perturbations.speaking import double_quotation, remove_speaker
from newsresearch.perturbations.wording import add_furniture, break_quotation, mix_spellings
from newsresearch.tables import pd, to_table

__all__ = [
    "GOLD_DTYPES",
    "KINDS",
    "NOT_PLANTED",
    "Kind",
    "check_seed",
    "list_perturbations",
    "perturb",
    "spoil_article",
]

_OfScene: TypeAlias = Callable[[Scene], list[Change]]
_OfPool: TypeAlias = Callable[[Scene, Pool], list[Change]]


@dataclass(frozen=True)
class Kind:
    """A kind of defect: the function that plants it, and the checks that are meant to find it."""

    function: _OfScene | _OfPool
    checks: tuple[str, ...] = ()
    field: str = "body"
    needs_donor: bool = False

    @property
    def name(self) -> str:
        """The name in the `kind` column."""
        return self.function.__name__

    @property
    def lines(self) -> list[str]:
        """The paragraphs of its docstring, each as one line."""
        return [" ".join(part.split()) for part in (self.function.__doc__ or "").split("\n\n")]


# Where a check is written for a kind that has none yet, name it here and in the Change.
KINDS: tuple[Kind, ...] = (
    Kind(shuffle_sentences),
    Kind(shuffle_paragraphs),
    Kind(insert_intruder, ("intruder_sentence",), needs_donor=True),
    Kind(insert_intruder_same_topic, ("intruder_sentence",), needs_donor=True),
    Kind(splice, ("splice", "topic_break", "style_switch"), needs_donor=True),
    Kind(remove_introductions, ("late_introduction", "never_introduced")),
    Kind(change_number, ("conflicting_numbers", "headline_number")),
    Kind(negate_sentence, ("negated_statement",)),
    Kind(repeat_sentence, ("repeated_sentence",)),
    Kind(negate_headline, ("headline_opposed",), field="headline"),
    Kind(mix_spellings, ("spelling_variant",)),
    Kind(break_quotation, ("broken_quotation",)),
    Kind(add_furniture, ("furniture",)),
    Kind(remove_speaker, ("unattributed_speech",)),
    Kind(double_quotation, ("conflicting_speakers",)),
)


def perturb(articles: pd.DataFrame, kind: str, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put a known defect into each article: to measure a check, or to make an exercise.

    What an article gets depends on its id, its text, the kind and the seed, not on its place
    in the table; where a donor is needed, it is taken from the same table. Rules, no model: a
    sentence may still read oddly, and what the clean article has of faults stays in it.

    Parameters
    ----------
    articles : DataFrame
        An Articles table; best without faults and furniture of its own.
    kind : str
        One of the kinds that ``list_perturbations`` shows.
    seed : int, default 0
        Another seed plants elsewhere.

    Returns
    -------
    tuple of DataFrame
        The articles: same rows, index and columns, with the body (for `negate_headline` the
        headline) changed. The gold, one row a planted defect: `check` (that should find it;
        empty where there is none yet), `article_id, kind, field, start, end, quote,
        other_field, other_start, other_end, other_quote` in the new text, ``quote ==
        text[start:end]``; `edit_start, edit_end, original`: ``text[edit_start:edit_end]``
        stands where `original` stood; `donor_id`; `reason`. An article that nothing could be
        planted in is unchanged and has one row with the check `not_planted` and the reason.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.
    ValueError
        If the kind is not known or the seed is no whole number.

    Examples
    --------
    >>> body = "“We will not pay for it,” said the mayor. It rained."
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    >>> perturbed, gold = perturb(table, "break_quotation")
    >>> perturbed["body"].item()
    '“We will not pay for it, said the mayor. It rained.'
    >>> gold["quote"].item(), gold["original"].item()
    ('“We will not pay for it,', '”')
    """
    chosen, number = _choose(kind), check_seed(seed)
    scenes = list(iter_articles(articles))
    pool = Pool(scenes) if chosen.needs_donor else None
    changed: dict[str, list[str]] = {field: [] for field in FIELDS if field in articles.columns}
    rows: list[dict[str, Any]] = []
    for article in scenes:
        spoiled, gold = _spoil(article, chosen, number, pool)
        rows += gold
        for field, cells in changed.items():
            cells.append(spoiled.field(field))
    return _replace(articles, chosen.field, changed[chosen.field]), to_table(rows, GOLD_DTYPES)


def _replace(articles: pd.DataFrame, field: str, cells: list[str]) -> pd.DataFrame:
    perturbed, dtype = articles.copy(), articles[field].dtype
    kept = "str" if isinstance(dtype, pd.CategoricalDtype) else dtype  # new texts are no category
    perturbed[field] = pd.Series(cells, index=articles.index, dtype=kept)
    return perturbed


def spoil_article(
    article: Article, kind: str, seed: int = 0, donors: Iterable[Article] = ()
) -> tuple[Article, list[dict[str, Any]]]:
    """Put a known defect into one article, without a table: for an exercise.

    What ``perturb`` does to a table of this article and the donors, for this article alone; all
    that is said there holds.

    Parameters
    ----------
    article : Article
        Such as ``nr.open_article`` gives; best without faults of its own.
    kind : str
        One of the kinds that ``list_perturbations`` shows.
    seed : int, default 0
        Another seed plants elsewhere.
    donors : iterable of Article
        Who lends text, for the kinds that need it; the article itself may be among them.

    Returns
    -------
    tuple of Article and list of dict
        The article with the defect, and its gold as ``perturb`` gives it: one row a planted
        defect, or the one row `not_planted` with the reason, and the article as it was.

    Raises
    ------
    ValueError
        If the kind is not known or the seed is no whole number.

    Examples
    --------
    >>> clean = Article("a", "", "“We will not pay for it,” said the mayor. It rained.")
    >>> spoiled, gold = spoil_article(clean, "break_quotation")
    >>> spoiled.body
    '“We will not pay for it, said the mayor. It rained.'
    >>> [row["original"] for row in gold]
    ['”']
    """
    chosen, number = _choose(kind), check_seed(seed)
    pool = Pool([article, *donors]) if chosen.needs_donor else None
    return _spoil(article, chosen, number, pool)


def _spoil(
    article: Article, kind: Kind, seed: int, pool: Pool | None
) -> tuple[Article, list[dict[str, Any]]]:
    """Return the article with a defect, and its gold; one bad article stops no batch."""
    try:
        changes = list(_changes(article, kind, seed, pool))
        texts, rows = plant(article, changes)
    except NotPlantedError as why:
        return article, [_not_planted(article, kind, str(why))]
    except Exception as problem:  # a fault in one article must not lose the others
        reason = f"planting failed: {type(problem).__name__}: {problem}"
        return article, [_not_planted(article, kind, reason)]
    return replace(article, **texts), [{**row, "kind": kind.name} for row in rows]


def _changes(article: Article, kind: Kind, seed: int, pool: Pool | None) -> Iterator[Change]:
    if article.problem:
        raise NotPlantedError(article.problem)
    text = (article.article_id, article.headline, article.body)
    scene = Scene(article, Dice(kind.name, str(seed), *text))
    function: Callable[..., list[Change]] = kind.function
    yield from function(scene, pool) if kind.needs_donor else function(scene)


def _not_planted(article: Article, kind: Kind, reason: str) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(GOLD_DTYPES, "")
    nothing |= dict.fromkeys(("start", "end", "edit_start", "edit_end"), 0)
    nothing |= dict.fromkeys(("other_start", "other_end"))
    named = {"check": NOT_PLANTED, "article_id": article.article_id, "kind": kind.name}
    return {**nothing, **named, "field": kind.field, "reason": reason}


def _choose(name: str) -> Kind:
    known = {kind.name: kind for kind in KINDS}
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"no perturbation {name!r}. Choose from: {', '.join(known)}.")
    return known[name]


def check_seed(seed: int) -> int:
    """Return a seed as a whole number.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        return operator.index(seed)
    except TypeError:
        raise ValueError(f"seed must be a whole number; found {seed!r}. Pass seed=0.") from None


def list_perturbations() -> pd.DataFrame:
    """List the kinds of defect that ``perturb`` plants, and which checks should find them.

    Returns
    -------
    DataFrame
        `kind`, `summary` and `details` (what it does), `field` that it changes, `checks` that
        are meant to find it (empty where there is none yet), `needs_donor`: whether it takes
        text from another article of the table.

    Examples
    --------
    >>> list_perturbations().set_index("kind").loc["break_quotation", "checks"]
    'broken_quotation'
    """
    rows = [
        {
            "kind": kind.name, "summary": kind.lines[0], "details": " ".join(kind.lines[1:]),
            "field": kind.field, "checks": ", ".join(kind.checks), "needs_donor": kind.needs_donor,
        }
        for kind in KINDS
    ]  # fmt: skip
    return pd.DataFrame(rows)
