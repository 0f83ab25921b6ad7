"""Which words a group uses more than the others do, and whether chance would do that."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import FIELDS, ArticleError, check_articles
from newsresearch.comparing.counting import Counts, count_words
from newsresearch.comparing.dealing import deal_out
from newsresearch.comparing.grouping import group_articles
from newsresearch.tables import pd, to_table

__all__ = ["WORD_DTYPES", "distinctive_words"]

WORD_DTYPES = {
    **dict.fromkeys(("group", "word"), "str"),
    **dict.fromkeys(("z", "log_odds"), "float64"),
    **dict.fromkeys(("n_uses", "n_uses_rest"), "int64"),
    **dict.fromkeys(("per_10000", "per_10000_rest"), "float64"),
    **dict.fromkeys(("n_articles", "n_articles_rest"), "int64"),
    "n_events": "Int64",
    "p_corrected": "float64",
    "stands": "bool",
}

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


def distinctive_words(
    articles: pd.DataFrame,
    by: str = "outlet",
    field: str = "body",
    event: str | None = None,
    *,
    names: bool = True,
    min_articles: int = 3,
    top: int | None = 25,
    prior: float = 500.0,
    alpha: float = 0.05,
    draws: int = 199,
    seed: int = 0,
) -> pd.DataFrame:
    """List the words that each group uses more than all other groups together do.

    It sees words, not what is meant by them: read them in their sentences before you call them
    a frame. Without ``event`` most of them tell what a group reports on. z takes every word for
    one throw of a die, but a word that an article uses comes again in it, so a z of 3 is nothing
    much: only words with ``stands`` have rates in the group's articles that are higher than
    chance would give to any word of any group.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    by, event : str, optional
        Columns of the group and of the event. With ``event`` only events count that the group
        and others tell, and in each both sides weigh the same number of words, so that no word
        is distinctive of a group for what an event is about.
    field : {"body", "headline", "preamble"}
        The text to count in.
    names : bool
        False leaves out words that nowhere in these articles stand in lower case: most names.
    min_articles : int
        A word counts from so many articles of its group on: fewer are one writer's word.
    top : int, optional
        So many words a group; None for all with a z above 0.
    prior : float
        α₀ below, in words: the higher, the more a rare word needs.
    alpha, draws, seed : float, int, int
        Level of ``stands``; how often groups are dealt out by chance; the same seed gives the
        same table, whatever the order of the rows.

    Returns
    -------
    pandas.DataFrame
        One row a group and word, those that stand first, then by z: z and log_odds
        (higher = more the group's own), n_uses and n_uses_rest, per_10000 and per_10000_rest
        (uses in 10,000 words; with ``event`` of the weighed texts), n_articles and
        n_articles_rest with the word, n_events in which the group uses it, p_corrected (of a
        rank test on the rates of articles, for all words and groups together) and stands,
        p_corrected ≤ alpha.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract, a column is missing, or there are fewer than
        two groups.
    ValueError
        If the field or an option has no such value.

    Notes
    -----
    With y uses of a word among n words of the group, y' among n' of the others, and
    α = α₀ (y + y') / (n + n'), δ = log((y + α) / (n + α₀ − y − α)) − log((y' + α) /
    (n' + α₀ − y' − α)), and z = δ / √(1 / (y + α) + 1 / (y' + α)).

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Political Analysis 16(4), 372-403: log-odds with an
    informative Dirichlet prior. Westfall & Young (1993), Resampling-Based Multiple Testing.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": list("abcdefgh"), "outlet": ["x"] * 4 + ["y"] * 4,
    ...     "headline": "", "body": ["The regime fell."] * 4 + ["The government fell."] * 4})
    >>> distinctive_words(table)[["group", "word", "n_uses", "n_uses_rest"]].values.tolist()
    [['x', 'regime', 4, 0], ['y', 'government', 4, 0]]
    """
    _check_options(field, min_articles, top, prior, alpha, draws)
    check_articles(articles)
    if field == "preamble" and field not in articles.columns:
        raise ArticleError("articles have no 'preamble' column. Use field='body' or 'headline'.")
    kept = group_articles(articles, by, event)
    counts = count_words(kept, field, min_articles, names)
    groups = kept["_group"].to_numpy()
    blocks = np.unique(kept["_event"].to_numpy(), return_inverse=True)[1]
    design = _Design(counts, blocks, event is not None, prior, min_articles)
    names_of_groups = sorted(set(groups))
    p = deal_out(counts, np.searchsorted(names_of_groups, groups), blocks, draws, seed)
    rows: list[dict[str, Any]] = []
    for group, own_p in zip(names_of_groups, p, strict=True):
        rows += _rows_of(str(group), design, groups == group, own_p, alpha)[:top]
    return to_table(rows, WORD_DTYPES)


def _check_options(
    field: str, min_articles: int, top: int | None, prior: float, alpha: float, draws: int
) -> None:
    if field not in FIELDS:
        raise ValueError(f"no text field {field!r} in an article. Use one of {FIELDS}.")
    for name, value, least in (("min_articles", min_articles, 1), ("draws", draws, 19)):
        if value < least:
            raise ValueError(f"{name} must be {least} or more; found {value}.")
    if top is not None and top < 1:
        raise ValueError(f"top must be 1 or more, or None for all; found {top}.")
    if not prior > 0:
        raise ValueError(f"prior must be above 0; found {prior}. Try 500.")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must lie between 0 and 1; found {alpha}. Try 0.05.")


class _Design(NamedTuple):
    counts: Counts
    blocks: NDArray[np.int64]  # the event of each article, all 0 without
    blocked: bool
    prior: float
    min_articles: int


class _Words(NamedTuple):
    """Of each word: δ and z, weighed uses in 10,000 words; and the articles that count."""

    log_odds: Floats
    z: Floats
    rate: Floats
    rate_rest: Floats
    used: Booleans


def _weigh(design: _Design, own: Booleans) -> Floats:
    """Return a weight for each article: in each event both sides have the same words."""
    if not design.blocked:
        return np.ones(len(own))
    lengths, blocks = design.counts.lengths, design.blocks
    sides = [np.bincount(blocks, lengths * side, blocks.max() + 1) for side in (own, ~own)]
    fewer = np.minimum(*sides)
    shares = [np.divide(fewer, n, out=np.zeros_like(n), where=n > 0) for n in sides]
    return np.where(own, shares[0][blocks], shares[1][blocks])


def _measure(design: _Design, own: Booleans) -> _Words:
    """Compare the articles of a group with all others."""
    counts, prior = design.counts, design.prior
    weights = _weigh(design, own)
    y, rest = counts.sum_up(weights * own), counts.sum_up(weights * ~own)
    n, n_rest = ((counts.lengths * weights)[side].sum() for side in (own, ~own))
    a = prior * (y + rest) / max(n + n_rest, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):  # words that no article used has
        log_odds = np.log((y + a) / (n + prior - y - a))
        log_odds -= np.log((rest + a) / (n_rest + prior - rest - a))
        z = log_odds / np.sqrt(1 / (y + a) + 1 / (rest + a))
    rate, rate_rest = 1e4 * y / max(n, 1.0), 1e4 * rest / max(n_rest, 1.0)
    return _Words(log_odds, np.nan_to_num(z), rate, rate_rest, weights > 0)


def _rows_of(
    group: str, design: _Design, own: Booleans, p: Floats, alpha: float
) -> list[dict[str, Any]]:
    """Return the rows of a group: words that stand first, then the highest z."""
    counts, found = design.counts, _measure(design, own)
    sides = [found.used & own, found.used & ~own]
    uses = [counts.sum_up(side.astype(np.float64)).astype(np.int64) for side in sides]
    texts = [counts.spread(side) for side in sides]
    told = _count_events(design, sides[0]) if design.blocked else None
    kept = np.flatnonzero((found.z > 0) & (texts[0] >= design.min_articles))
    order = sorted(kept, key=lambda at: (p[at] > alpha, -found.z[at], counts.words[at]))
    return [
        {
            "group": group, "word": counts.words[at],
            "z": found.z[at], "log_odds": found.log_odds[at],
            "n_uses": uses[0][at], "n_uses_rest": uses[1][at],
            "per_10000": found.rate[at], "per_10000_rest": found.rate_rest[at],
            "n_articles": texts[0][at], "n_articles_rest": texts[1][at],
            "n_events": None if told is None else int(told[at]),
            "p_corrected": p[at], "stands": bool(p[at] <= alpha),
        }
        for at in order
    ]  # fmt: skip


def _count_events(design: _Design, used: Booleans) -> NDArray[np.int64]:
    """Return in how many events each word occurs in the articles used."""
    counts = design.counts
    has = used[counts.rows]
    pairs = np.stack([counts.columns[has], design.blocks[counts.rows[has]]], axis=1)
    distinct = np.unique(pairs, axis=0)[:, 0]
    return np.bincount(distinct, minlength=len(counts.words))
