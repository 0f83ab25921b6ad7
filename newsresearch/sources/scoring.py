"""The measures of who gets to speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from newsresearch.articles import Article
from newsresearch.batches import add_columns, one_by_one
from newsresearch.measures import Measure
from newsresearch.sources.counting import Source, find_sources, place_of, share_of
from newsresearch.tables import pd

__all__ = ["FEWEST_WORDS", "MEASURES", "SCORER", "score_sources"]

FEWEST_WORDS = 30
_VERBS = ("endorsing", "distancing", "denying")
_OWN = "own rules"
_BY_HAND = "on 39 articles marked by hand (benchmarks/quotations.py)"
_QUOTED = f"quotations found: F1 .92, speaker right .85 {_BY_HAND}"
_REPORTED = f"statements found: F1 .72, speaker right .85 {_BY_HAND}"
_SPEAKERS = f"quotations and statements found: F1 .85, speaker right .85 {_BY_HAND}"
_LISTED = (
    "of 170 sources listed in 30 unseen articles 150 right, 9 parts of another, 3 with words of "
    "another, 8 none (one reader, a language model)"
)
MEASURES = (
    Measure(
        "quoted_share", "share of the body's words in quotations that have a source", "share",
        0.0, 1.0, "higher = more in the words of sources", _OWN, _QUOTED,
    ),
    Measure(
        "reported_share", "share of the body's words that give a source's statement without marks",
        "share", 0.0, 1.0, "higher = more paraphrase", _OWN, _REPORTED,
    ),
    Measure(
        "unattributed_share", "of words quoted or reported: share that has no source", "share",
        0.0, 1.0, "higher = less is told of who speaks", _OWN, _SPEAKERS,
    ),
    Measure(
        "n_sources", "number of different sources that speak", "count",
        0.0, None, "higher = more sources", _OWN, _LISTED,
    ),
    Measure(
        "n_named_sources", "number of sources that speak under a name, bodies and papers too",
        "count", 0.0, None, "higher = more named sources", _OWN, _LISTED,
    ),
    Measure(
        "named_source_share", "of words that have a source: share that named sources have",
        "share", 0.0, 1.0, "higher = more is said by name", _OWN, _SPEAKERS,
    ),
    Measure(
        "top_source_share", "of words that have a source: share of the one that has most",
        "share", 0.0, 1.0, "higher = one source dominates", _OWN, _SPEAKERS,
    ),
    Measure(
        "first_source_at", "where in the body the first source speaks: 0 start, 1 end",
        "share", 0.0, 1.0, "higher = sources come later", _OWN, _SPEAKERS,
    ),
    *(
        Measure(
            f"{name}_verb_share", f"share of the verbs of speech that are {name}", "share",
            0.0, 1.0, f"higher = more {name} verbs", "own list (lexicons/attribution.txt)",
            "the classes of verbs are not measured",
        )
        for name in _VERBS
    ),
)  # fmt: skip


def score_sources(articles: pd.DataFrame) -> pd.DataFrame:
    """Score who gets to speak in each article: how much, by name, and with which verbs.

    Sees what ``list_sources`` lists; it does not know who should have been asked, nor whether
    what is said is true. A share of few words hangs on a single quotation. Sentences that masks
    ('@ @ @') cut into are left out here, but not in ``list_sources``.

    Parameters
    ----------
    articles : DataFrame
        An Articles table.

    Returns
    -------
    DataFrame
        The articles with `quoted_share`, `reported_share` (of the body's words), `n_sources`,
        `n_named_sources`, `unattributed_share`, `named_source_share`, `top_source_share`,
        `first_source_at`, `endorsing_verb_share`, `distancing_verb_share`, `denying_verb_share`
        (all shares 0 to 1) and `error`. Missing below 30 words; the last seven (but
        `unattributed_share`, where words lack a source) also where nobody speaks.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.

    Examples
    --------
    >>> body = "Mayor Ann Lee left. “It is late,” she said. " + "It rained all day. " * 6
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    >>> score_sources(table)[["n_sources", "named_source_share"]].values.tolist()
    [[1, 1.0]]
    """
    return add_columns(articles, SCORER)


def _score(article: Article) -> Mapping[str, Any]:
    if len(article.words) < FEWEST_WORDS:
        return {}
    found = find_sources(article)
    named = [source for source in found.sources if not source.anonymous]
    total = sum(source.words for source in found.sources)
    return {
        "quoted_share": sum(s.quoted for s in found.sources) / len(article.words),
        "reported_share": sum(s.reported for s in found.sources) / len(article.words),
        "unattributed_share": share_of(found.unattributed, found.unattributed + total),
        "n_sources": len(found.sources),
        "n_named_sources": len(named),
        "named_source_share": share_of(sum(s.words for s in named), total),
        "top_source_share": share_of(max((s.words for s in found.sources), default=0), total),
        "first_source_at": place_of(article, found.sources[0]) if found.sources else None,
        **_verb_shares(found.sources),
    }


def _verb_shares(sources: Iterable[Source]) -> dict[str, float | None]:
    counts = Counter(name for source in sources for name in source.verbs.values())
    return {f"{name}_verb_share": share_of(counts[name], counts.total()) for name in _VERBS}


_KINDS = {"count": "Int64"}
SCORER = one_by_one(_score, {m.column: _KINDS.get(m.unit, "float64") for m in MEASURES})
