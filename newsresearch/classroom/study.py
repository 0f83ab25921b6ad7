"""A headline studied: what it says, how it sounds, what the body does to it, and what moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.study_html import comparison_html, study_html
from newsresearch.classroom.study_numbers import LONGEST, Number, number_headline
from newsresearch.classroom.study_text import comparison_text, study_text
from newsresearch.display import choose_article
from newsresearch.incoherence import check_article
from newsresearch.support import support_rows
from newsresearch.text import split_words

if TYPE_CHECKING:
    from newsresearch.tables import pd

__all__ = [
    "HEADLINE_CHECKS",
    "HeadlineComparison",
    "HeadlineStudy",
    "Reading",
    "compare_headlines",
    "read_headline",
    "study_headline",
]

# The checks that hold a headline against its body.
HEADLINE_CHECKS = ("headline_unsupported", "headline_opposed", "headline_number", "tone_gap")


@dataclass(frozen=True)
class Reading:
    """One headline over a body: its numbers, findings and sentences for and against it.

    ``problem`` says why it could not be read; the numbers are then missing, and the rest empty.
    """

    article: Article
    numbers: tuple[Number, ...]
    findings: tuple[dict[str, Any], ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()
    problem: str = ""


def read_headline(article: Article) -> Reading:
    """Read the headline that an article has."""
    problem = article.problem or _why_not(article.headline)
    if problem:
        nothing = number_headline(Article("", "", ""))
        numbers = tuple(one._replace(value=None, words="") for one in nothing)
        return Reading(article, numbers, problem=problem)
    findings = check_article(article, checks=HEADLINE_CHECKS)
    return Reading(
        article, tuple(number_headline(article)), tuple(findings), tuple(support_rows(article))
    )


def _why_not(headline: str) -> str:
    n_words = len(split_words(headline))
    if not n_words:
        return "the headline has no words. Type one between the quotation marks."
    if n_words > LONGEST:
        return f"{n_words:,} words; no headline has more than {LONGEST}. Shorten it."
    return ""


def _rows(now: Reading, before: Reading) -> Iterator[dict[str, Any]]:
    for one, old in zip(now.numbers, before.numbers, strict=True):
        told = None not in (one.value, old.value)
        yield {
            "name": one.name, "value": one.value, "before": old.value,
            "change": one.value - old.value if told else None,  # type: ignore[operator]
            "words": one.words, "meaning": f"{one.title}: {one.meaning}",
        }  # fmt: skip


@dataclass(frozen=True)
class HeadlineStudy:
    """A headline beside the printed one: drawn by a notebook, written by ``print``.

    ``rows`` are its numbers, ``findings`` those of the headline checks (rows as of
    ``find_incoherence``), ``evidence`` the sentences for and against it (rows as of
    ``support_headline``), ``article`` the article with this headline.
    """

    now: Reading
    before: Reading

    @property
    def article(self) -> Article:
        """The article under the headline that is studied."""
        return self.now.article

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One row a number: `name, value, before, change, words, meaning`."""
        return list(_rows(self.now, self.before))

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What the headline checks find, to be shown with ``show_article``."""
        return [dict(row) for row in self.now.findings]

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """The sentences of the body for and against each claim of the headline."""
        return [dict(row) for row in self.now.evidence]

    def _repr_html_(self) -> str:
        return study_html(self.now, self.before)

    def __repr__(self) -> str:
        return study_text(self.now, self.before)


@dataclass(frozen=True)
class HeadlineComparison:
    """Several headlines over one body, a column each, the printed one first."""

    names: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One row a headline and number: `headline` and the keys of ``HeadlineStudy.rows``."""
        first = self.readings[0]
        return [
            {"headline": reading.article.headline, **row}
            for reading in self.readings
            for row in _rows(reading, first)
        ]

    def _repr_html_(self) -> str:
        return comparison_html(self.names, self.readings)

    def __repr__(self) -> str:
        return comparison_text(self.names, self.readings)


def study_headline(
    article: pd.DataFrame | pd.Series[Any] | Article,
    headline: str | None = None,
    article_id: str | None = None,
) -> HeadlineStudy:
    """Study a headline over the body of an article, and what moves against the printed one.

    Sees words: which of them the body has too, which have a tone, hedge, judge or shout, and
    the sentences nearest to the headline. Cannot see meaning: a lie that keeps the words of the
    body, irony, and a true headline in words of its own are all misread. No reading grade: its
    formulas need a hundred words.

    Parameters
    ----------
    article : Article, row of a table, or Articles table
        Such as ``open_article`` gives.
    headline : str, optional
        Your own; the printed one by default.
    article_id : str, optional
        Which article of a table to take.

    Returns
    -------
    HeadlineStudy
        A view with ``rows`` (dicts with `name, value, before, change, words, meaning`; chances
        and shares 0 to 1, tone -1 to 1; None where there is nothing to tell), ``findings`` and
        ``evidence``. A headline that cannot be read says why.

    Raises
    ------
    ArticleError
        If no single article is chosen, or the headline is no text.

    References
    ----------
    Tone: Hutto & Gilbert (2014). Stances: Fake News Challenge stage 1 (2017); how good each
    number is stands in the codebook.

    Examples
    --------
    >>> story = Article("a", "Council backs park", "The council backed the new park.")
    >>> study = study_headline(story, "Council does not back park")
    >>> moved = {row["name"]: row["change"] for row in study.rows}
    >>> moved["p_contradicted"] > 0
    True
    """
    one = choose_article(article, article_id)
    before = read_headline(one)
    return HeadlineStudy(before if headline is None else _read_as(one, headline), before)


def compare_headlines(
    article: pd.DataFrame | pd.Series[Any] | Article,
    headlines: Sequence[str] | Mapping[str, str],
    article_id: str | None = None,
) -> HeadlineComparison:
    """Put several headlines over one body side by side, the printed one first.

    The numbers are those of ``study_headline``, and see no more than that does.

    Parameters
    ----------
    article : Article, row of a table, or Articles table
        Such as ``open_article`` gives.
    headlines : list of str, or mapping of name to headline
        With names, the columns are called by them.
    article_id : str, optional
        Which article of a table to take.

    Returns
    -------
    HeadlineComparison
        A view with a column a headline, and ``rows``; changes are against the printed one.

    Raises
    ------
    ArticleError
        If no single article is chosen, or a headline is no text.

    Examples
    --------
    >>> story = Article("a", "Council backs park", "The council backed the new park.")
    >>> told = compare_headlines(story, {"loud": "SHOCKING plan for park!"})
    >>> [row["value"] for row in told.rows if row["name"] == "n_shouts"]
    [0, 2]
    """
    one = choose_article(article, article_id)
    if isinstance(headlines, str):
        headlines = [headlines]
    named = isinstance(headlines, Mapping)
    texts = list(headlines.values()) if isinstance(headlines, Mapping) else list(headlines)
    names = list(headlines) if named else [f"headline {n}" for n in range(1, len(texts) + 1)]
    readings = [read_headline(one), *(_read_as(one, text) for text in texts)]
    return HeadlineComparison(("printed", *map(str, names)), tuple(readings))


def _read_as(article: Article, headline: str) -> Reading:
    """Read the body of an article under another headline."""
    if not isinstance(headline, str):
        raise ArticleError(
            f"a headline must be text; found {type(headline).__name__}. "
            "Put it in quotation marks: 'Council backs park'."
        )
    return read_headline(replace(article, headline=headline))
