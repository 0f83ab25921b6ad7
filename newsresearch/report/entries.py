"""All that the page shows of each article, computed once for the whole table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from newsresearch.articles import Article, iter_articles
from newsresearch.features import score_all
from newsresearch.framing import explain_framing, score_framing
from newsresearch.furniture import strip_furniture
from newsresearch.incoherence import find_incoherence
from newsresearch.marks import NumberedFinding, number_findings
from newsresearch.sentiment import list_tones
from newsresearch.sources import list_sources
from newsresearch.support import support_headline
from newsresearch.tables import pd

__all__ = ["Entry", "read_entries"]

Row = Mapping[Any, Any]


class Entry(NamedTuple):
    """One article: ``row`` holds its measures and its text without furniture."""

    number: int
    article: Article
    findings: list[NumberedFinding]
    row: Row
    framing: Row
    tones: pd.DataFrame
    support: Sequence[Row]
    sources: Sequence[Row]
    cues: Sequence[Row]

    @property
    def title(self) -> str:
        """The headline, or a name in its place."""
        article = self.article
        return article.headline.strip() or f"Article {article.article_id} (no headline)"

    @property
    def anchor(self) -> str:
        """What the ids of this article's links begin with."""
        return f"a{self.number}"


def read_entries(articles: pd.DataFrame, findings: pd.DataFrame | None) -> list[Entry]:
    """Return what the page shows of each article of a checked table."""
    found = find_incoherence(articles) if findings is None else findings
    cleaned, _ = strip_furniture(articles)  # as everywhere, furniture is shown, not measured
    # Once for all: looking through a whole table for each article grows with its square.
    apart = [_by_article(one) for one in (found, list_tones(cleaned))]
    tables = (support_headline(articles), list_sources(cleaned), explain_framing(cleaned))
    support, sources, cues = ({k: _rows(v) for k, v in _by_article(t).items()} for t in tables)
    scored, framing = (_rows(score(cleaned)) for score in (score_all, score_framing))
    return [
        Entry(
            number,
            article,
            number_findings(article, apart[0].get(article.article_id, found.iloc[:0])),
            scored[number - 1],
            framing[number - 1],
            apart[1].get(article.article_id, pd.DataFrame()),
            support.get(article.article_id, []),
            sources.get(article.article_id, []),
            cues.get(article.article_id, []),
        )
        for number, article in enumerate(iter_articles(articles), start=1)
    ]


def _rows(table: pd.DataFrame) -> Sequence[Row]:
    return table.to_dict("records")


def _by_article(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    if "article_id" not in table:
        return {}
    return {str(name): rows for name, rows in table.groupby("article_id", sort=False)}
