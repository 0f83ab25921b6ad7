"""Findings, not verdicts: places in an article that do not hold together, each with its reason.

Grouped after Reinhart (1980): cohesion (the links), consistency (no contradiction), relevance
(one subject). A check is a function from an Article to Findings; to add one, write it and
name it in CHECKS.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from newsresearch.articles import Article, check_articles, iter_articles
from newsresearch.incoherence.acronyms import acronym_unexpanded
from newsresearch.incoherence.consistency import name_variant
from newsresearch.incoherence.contradiction import negated_statement
from newsresearch.incoherence.damage import (
    cut_off_ending,
    furniture,
    lost_space,
    repeated_word,
)
from newsresearch.incoherence.dates import conflicting_dates
from newsresearch.incoherence.finding import FINDING_DTYPES, Check, Finding
from newsresearch.incoherence.headline import headline_opposed, headline_unsupported, tone_gap
from newsresearch.incoherence.introductions import (
    late_introduction,
    never_introduced,
    re_introduction,
)
from newsresearch.incoherence.intruders import intruder_sentence
from newsresearch.incoherence.links import topic_break
from newsresearch.incoherence.numbers import conflicting_numbers, headline_number
from newsresearch.incoherence.openers import dangling_connective, dangling_pronoun
from newsresearch.incoherence.quoting import broken_quotation
from newsresearch.incoherence.repeats import repeated_sentence
from newsresearch.incoherence.seams import splice
from newsresearch.incoherence.speech import conflicting_speakers, unattributed_speech
from newsresearch.incoherence.spellings import spelling_variant
from newsresearch.incoherence.style import style_switch
from newsresearch.progress import counting
from newsresearch.tables import pd, to_table
from newsresearch.text import Span

__all__ = [
    "CHECKS",
    "FINDING_DTYPES",
    "Finding",
    "check_article",
    "count_findings",
    "find_incoherence",
    "list_checks",
]

# Group, confidence, function, and how many of its findings were right on the latest unseen
# articles on which any was judged right or wrong. A test compares both with the judgements in
# benchmarks/check_precision.csv: `high` needs .85 and five of them. Furniture has its own gold.
CHECKS: tuple[Check, ...] = (
    Check("cohesion", "hint", late_introduction, "5 of 11"),
    Check("cohesion", "hint", never_introduced, "4 of 11"),
    Check("cohesion", "hint", re_introduction, "3 of 3"),
    Check("cohesion", "hint", acronym_unexpanded, "3 of 9"),
    Check("cohesion", "hint", dangling_connective, "0 of 1"),
    Check("cohesion", "hint", dangling_pronoun, "0 of 1"),
    Check("cohesion", "high", broken_quotation, "14 of 16"),
    Check("cohesion", "high", repeated_word, "13 of 14"),
    Check("cohesion", "high", lost_space, "61 of 61"),
    Check("cohesion", "hint", cut_off_ending, "0 of 2"),
    Check("cohesion", "high", repeated_sentence, "19 of 21"),
    Check("consistency", "hint", name_variant, "4 of 9"),
    Check("consistency", "high", spelling_variant, "17 of 19"),
    Check("consistency", "hint", headline_opposed, "0 of 8"),
    Check("consistency", "hint", conflicting_numbers, "0 of 9"),
    Check("consistency", "hint", headline_number, "1 of 2"),
    Check("consistency", "hint", conflicting_dates, "1 of 1"),
    Check("consistency", "hint", negated_statement, "0 of 1"),
    Check("relevance", "hint", headline_unsupported, "17 of 28"),
    Check("relevance", "high", furniture, "56 of 59"),
    Check("relevance", "hint", tone_gap, "0 of 11"),
    Check("relevance", "hint", intruder_sentence, "0 of 4"),
    Check("relevance", "hint", topic_break, "0 of 7"),
    Check("cohesion", "hint", style_switch, "2 of 2"),
    Check("cohesion", "hint", splice, "0 of 3"),
    Check("consistency", "hint", conflicting_speakers, "0 of 0"),
    Check("cohesion", "hint", unattributed_speech, "3 of 8"),
)


def not_checked(article: Article) -> Iterator[Finding]:
    """The article could not be checked; the reason says why."""
    if article.problem:
        yield Finding(Span(0, 0), article.problem)


_NOT_CHECKED = Check("none", "high", not_checked)


def find_incoherence(
    articles: pd.DataFrame,
    checks: Iterable[str] | None = None,
    hints: bool = True,
    progress: bool = False,
) -> pd.DataFrame:
    """Find the places where articles do not hold together.

    Sees surface signs by rule, each with a reason; it does not understand the text. An empty
    result is no proof of a sound article, and a finding is a place to look, no verdict.

    Parameters
    ----------
    articles : DataFrame
        An Articles table, as ``read_articles`` makes it; furniture is best still in it.
    checks : iterable of str, optional
        Names of checks to run; all by default. ``list_checks()`` shows them.
    hints : bool, default True
        Whether to give weak signs too. False: only findings of high confidence, those of checks
        whose measured precision is .85 or more (and `not_checked`).
    progress : bool, default False
        Show how many articles are done, on a terminal or in a notebook that a person runs.

    Returns
    -------
    DataFrame
        Long, one row a finding, in the order of the text: `check, article_id, field, start,
        end, quote, other_field, other_start, other_end, other_quote, reason, confidence`.
        ``quote == text[start:end]`` of the field. `confidence` is high or hint. An
        article that could not be checked is a row `not_checked` with its reason. Of one check
        at most 100 are listed for an article; the last then says how many more there are.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.
    ValueError
        If a check is not known, or all that are named give only hints and ``hints`` is False.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": ["Rain"], "body": ["The the rain."]})
    >>> find_incoherence(table, checks=["repeated_word"])["quote"].tolist()
    ['The the']
    """
    chosen = _choose_for(checks, hints)
    rows: list[dict[str, Any]] = []
    with counting(len(check_articles(articles)), progress) as tell:
        for done, article in enumerate(iter_articles(articles), start=1):
            rows += _run_checks(article, chosen, hints)
            tell(done)
    return to_table(rows, FINDING_DTYPES)


def check_article(
    article: Article, checks: Iterable[str] | None = None, hints: bool = True
) -> list[dict[str, Any]]:
    """Find the places where one article does not hold together, without a table.

    The rows of ``find_incoherence`` for this article, and all that is said there holds.

    Parameters
    ----------
    article : Article
        Such as ``nr.open_article`` gives.
    checks, hints
        As in ``find_incoherence``.

    Returns
    -------
    list of dict
        One a finding, in the order of the text, with the keys of a Findings table;
        `other_start` and `other_end` are None where no second passage is meant.

    Raises
    ------
    ValueError
        If a check is not known, or all that are named give only hints and ``hints`` is False.

    Examples
    --------
    >>> [found["quote"] for found in check_article(Article("a", "Rain", "It was the the rain."))]
    ['the the']
    """
    return _run_checks(article, _choose_for(checks, hints), hints)


def _choose_for(checks: Iterable[str] | None, hints: bool) -> tuple[Check, ...]:
    asked = _choose(checks)
    chosen = tuple(check for check in asked if hints or check.confidence == "high")
    if not chosen:
        names = ", ".join(check.name for check in asked)
        raise ValueError(f"{names}: only hints come from this. Leave out hints=False.")
    return chosen


def _choose(names: Iterable[str] | None) -> tuple[Check, ...]:
    if names is None:
        return CHECKS
    wanted = [names] if isinstance(names, str) else list(dict.fromkeys(names))
    known = {check.name: check for check in CHECKS}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ValueError(f"no check {unknown[0]!r}. Choose from: {', '.join(known)}.")
    return tuple(known[name] for name in wanted)


def _run_checks(article: Article, checks: tuple[Check, ...], hints: bool) -> list[dict[str, Any]]:
    """Return what the checks find in one article, in the order of the text."""
    return sorted(_run_each(article, checks, hints), key=_in_order)


def _run_each(article: Article, checks: tuple[Check, ...], hints: bool) -> Iterator[dict[str, Any]]:
    """Run the checks on one article; what fails becomes a row, and the others go on."""
    if article.problem:
        yield from (found.row(_NOT_CHECKED, article) for found in not_checked(article))
        return
    for check in checks:
        try:
            told = check.function(article.smoothed)
            found = _cap([one for one in told if hints or one.confidence != "hint"])
            yield from [finding.row(check, article) for finding in found]
        except Exception as problem:  # one check's fault must not lose the other findings
            reason = f"{check.name} failed: {type(problem).__name__}: {problem}"
            yield Finding(Span(0, 0), reason).row(_NOT_CHECKED, article)


# Nobody reads more of one kind in one text; a scraper's fault can make tens of thousands.
MOST_FINDINGS = 100


def _cap(found: list[Finding]) -> list[Finding]:
    """Keep the first findings of a check; the last one says how many more there are."""
    more = len(found) - MOST_FINDINGS
    if more <= 0:
        return found
    last = found[MOST_FINDINGS - 1]
    reason = f"{last.reason}; {more:,} more findings of this kind are not listed"
    return [*found[: MOST_FINDINGS - 1], replace(last, reason=reason)]


def _in_order(row: dict[str, Any]) -> tuple[int, int, int]:
    return ("preamble", "headline", "body").index(row["field"]), row["start"], row["end"]


def list_checks() -> pd.DataFrame:
    """List the checks: how far to trust each, what it finds and what it misses.

    Returns
    -------
    DataFrame
        `check, group, confidence, measured, summary, known_misses`; `measured` is the number of
        findings that a reader accepted, on real articles that nobody had seen before. The group
        of `not_checked`, which is no check of the text, is "none".

    Examples
    --------
    >>> list_checks().set_index("check").loc["furniture", "measured"]
    '56 of 59'
    """
    names = ["name", "group", "confidence", "measured", "summary", "known_misses"]
    rows = [[getattr(check, name) for name in names] for check in (*CHECKS, _NOT_CHECKED)]
    return pd.DataFrame(rows, columns=["check", *names[1:]])


def count_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """Count findings: one row an article that has any, one column a check, and `total`.

    Examples
    --------
    >>> count_findings(to_table([], FINDING_DTYPES))
    Empty DataFrame
    Columns: [total]
    Index: []
    """
    counts = pd.crosstab(findings["article_id"], findings["check"])
    order = [check.name for check in (*CHECKS, _NOT_CHECKED) if check.name in counts.columns]
    counts = counts.reindex(columns=order).rename_axis(index=None, columns=None)
    return counts.assign(total=counts.sum(axis=1).astype("int64"))
