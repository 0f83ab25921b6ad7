"""Articles with findings, measures and headline support as one HTML page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from newsresearch.articles import Article, check_articles, hash_articles, iter_articles
from newsresearch.display import article_html
from newsresearch.features import list_measures, score_all
from newsresearch.files import write_whole
from newsresearch.furniture import strip_furniture
from newsresearch.incoherence import find_incoherence
from newsresearch.marks import GROUPS, NumberedFinding, escape, number_findings, reveal
from newsresearch.page import page_html
from newsresearch.sources import list_sources
from newsresearch.support import support_headline

__all__ = ["report_html", "save_report"]

_COUNTS = (
    "Articles on this page and how many findings each has. A count is no score: most faults "
    "leave no finding, and not every finding is a fault."
)
_SUPPORT = (
    "Found by comparing words, not meaning: the sentence nearest to the headline, and one that "
    "may oppose it."
)
_SOURCES = (
    "Words in quotation marks and words that the article reports of each source, found by rules: "
    "about one source in eight is wrong or split. It shows room, not who is believed."
)
_MEANINGS = (
    "In brackets after a value: a 95 % interval over the sentences. How a measure did on real "
    "data: list_measures()."
)
_LIMITS = (
    "These are findings, not verdicts: a finding says that a passage fits a pattern, and a "
    "reader decides whether that is a fault. Most faults fit no pattern, so a page without "
    "findings proves nothing. Nothing here says whether an article is true, fair or biased. "
    "Tone comes from a list of words and knows neither irony nor who is speaking; readability "
    "comes from the length of words and sentences, not from readers; headline support compares "
    "words, not facts."
)


class _Entry(NamedTuple):
    """All that the page shows of one article."""

    article: Article
    findings: list[NumberedFinding]
    row: Mapping[Any, Any]
    support: list[dict[Any, Any]]
    sources: list[dict[Any, Any]]


def save_report(
    articles: pd.DataFrame, path: str | Path, findings: pd.DataFrame | None = None
) -> Path:
    """Write articles, findings and measures as one HTML file, whole or not at all.

    Parameters
    ----------
    articles : Articles table
        One article or several; several get a table of contents.
    path : str or Path
        The file to write; folders are made, a file of that name is replaced.
    findings : Findings table, optional
        Without it, ``find_incoherence`` is run with its defaults.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    ArticleError
        If the articles break the contract, or the findings were made from another text.
    """
    page = report_html(articles, findings)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, page.encode("utf-8"))
    return path


def report_html(articles: pd.DataFrame, findings: pd.DataFrame | None = None) -> str:
    """Return the page that ``save_report`` writes.

    It holds the marked text, the findings with their reasons, who speaks, tone and readability
    with what the numbers mean, and the sentences for and against the headline. It cannot tell
    whether an article is true, fair or good.

    Examples
    --------
    >>> one = {"article_id": ["a1"], "headline": ["Rain"], "body": ["It rained."]}
    >>> page = report_html(pd.DataFrame(one))
    >>> "<script" in page, page.count("<h1>")
    (False, 1)
    """
    entries = _entries(check_articles(articles), findings)
    if len(entries) == 1:
        title = _title(entries[0].article)
        parts = [_entry_html(entries[0], 1, 1)]
    else:
        title = f"Report on {len(entries)} articles"
        parts = [f"<h1>{title}</h1>\n{_contents_html(entries)}"]
        parts += [_entry_html(entry, 2, at) for at, entry in enumerate(entries, start=1)]
    return page_html(title, "\n".join([*parts, _notes_html(hash_articles(articles))]))


def _entries(articles: pd.DataFrame, findings: pd.DataFrame | None) -> list[_Entry]:
    found = find_incoherence(articles) if findings is None else findings
    cleaned, _ = strip_furniture(articles)  # as everywhere, furniture is shown, not measured
    support, sources = _by_article(support_headline(articles)), _by_article(list_sources(cleaned))
    scored = score_all(cleaned).to_dict("records")
    # Once for all: looking through the whole table for each article grows with its square.
    apart = dict(iter(found.groupby("article_id", sort=False))) if "article_id" in found else {}
    return [
        _Entry(
            article,
            number_findings(article, apart.get(article.article_id, found.iloc[:0])),
            row,
            support.get(article.article_id, []),
            sources.get(article.article_id, []),
        )
        for article, row in zip(iter_articles(articles), scored, strict=True)
    ]


def _by_article(table: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    found: dict[str, list[dict[Any, Any]]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["article_id"], []).append(row)
    return found


def _title(article: Article) -> str:
    return article.headline.strip() or f"Article {article.article_id} (no headline)"


def _contents_html(entries: Sequence[_Entry]) -> str:
    counts = [Counter(finding.group for finding in entry.findings) for entry in entries]
    groups = [name for name in GROUPS if name != "none" or any(count[name] for count in counts)]
    heads = "".join(f'<th scope="col">{GROUPS[name].title}</th>' for name in groups)
    rows = []
    for at, (entry, count) in enumerate(zip(entries, counts, strict=True), start=1):
        link = f'<a href="#article-{at}">{escape(_title(entry.article))}</a>'
        name = f"{link} <small>{escape(entry.article.article_id)}</small>"
        cells = ("not checked" if entry.article.problem else count[group] for group in groups)
        numbers = "".join(f"<td>{cell}</td>" for cell in cells)
        rows.append(f'<tr><th scope="row">{name}</th>{numbers}</tr>\n')
    return (
        f'<table>\n<caption>{_COUNTS}</caption>\n<thead><tr><th scope="col">Article</th>'
        f"{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>"
    )


def _notes_html(fingerprint: str) -> str:
    """Return what stands once, below all articles."""
    meanings = (
        (each["column"], f"{each['meaning']}. Unit: {each['unit']}; {each['direction']}.")
        for each in _shown_measures()
    )
    return (
        f"<section>\n<h2>What the measures mean</h2>\n<p>{_MEANINGS}</p>\n"
        f"<dl>\n{_pairs_html(meanings)}\n</dl>\n"
        f'<div class="note"><h2>What this page cannot tell you</h2>\n<p>{_LIMITS}</p>\n'
        f"<p>SHA-256 of the texts on this page: {fingerprint}</p></div>\n</section>"
    )


# --- one article -----------------------------------------------------------------------------


def _entry_html(entry: _Entry, level: int, at: int) -> str:
    """Return one article with its numbers; ``at`` is its place on the page, for the link to it."""
    parts = [article_html(entry.article, entry.findings, level, _meta_html(entry.row))]
    if entry.row["error"]:
        parts.append(f"<p>Not measured: {escape(entry.row['error'])}</p>")
    else:
        parts += [
            f"<h{level + 1}>Headline support</h{level + 1}>\n{_support_html(entry.support)}",
            f"<h{level + 1}>Who gets to speak</h{level + 1}>\n{_sources_html(entry.sources)}",
            f"<h{level + 1}>Measures</h{level + 1}>\n{_measures_html(entry.row)}",
        ]
    return f'<article id="article-{at}">\n' + "\n".join(parts) + "\n</article>"


def _meta_html(row: Mapping[Any, Any]) -> str:
    parts = [
        escape(text) for name in ("outlet", "published", "byline") if (text := _text(row.get(name)))
    ]
    if url := _text(row.get("url")):
        shown = escape(url)
        parts.append(f'<a href="{shown}" rel="noreferrer">{shown}</a>' if _is_link(url) else shown)
    parts.append(f"article_id {escape(row['article_id'])}")
    return f'\n<p class="meta">{" · ".join(parts)}</p>'


def _text(value: Any) -> str:
    """Return a value of a column that passed through, as text; a date without a clock."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value).strip()


def _is_link(url: str) -> bool:
    if reveal(url) != url or any(char.isspace() or char in "\"'<>`\\" for char in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _support_html(support: Sequence[Mapping[Any, Any]]) -> str:
    if all(sentence["role"] == "none" for sentence in support):
        # Each claim of a headline has a row, often with the same reason.
        told = "; ".join(dict.fromkeys(escape(sentence["reason"]) for sentence in support))
        return f"<p>Nothing to show: {told}.</p>"
    parts = [f"<p>{_SUPPORT}</p>"]
    for sentence in support:
        role = "Nothing" if sentence["role"] == "none" else sentence["role"].capitalize()
        reason = escape(sentence["reason"])
        if sentence["missing"]:
            reason += f"; not in it: {escape(sentence['missing'])}"
        claim = escape(sentence["claim_quote"])
        parts.append(f"<p><strong>{escape(role)}</strong> for ‘{claim}’: {reason}</p>")
        if sentence["quote"]:
            parts.append(f"<blockquote>{escape(sentence['quote'])}</blockquote>")
    return "\n".join(parts)


def _sources_html(sources: Sequence[Mapping[Any, Any]]) -> str:
    """Return the sources as a table, in the order they speak."""
    if not sources:
        return "<p>No quotation or reported statement with a source was found.</p>"
    heads = ("Source", "Quoted words", "Paraphrased words", "Share", "Verbs")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = []
    for source in sources:
        unnamed = " <small>(no name)</small>" if source["anonymous"] else ""
        share = source["source_share"]
        cells = (
            source["words_quoted"], source["words_reported"],
            "–" if pd.isna(share) else f"{share:.0%}", source["verb_classes"] or "–",
        )  # fmt: skip
        row = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        rows.append(f'<tr><th scope="row">{escape(source["source"])}{unnamed}</th>{row}</tr>\n')
    return (
        f"<table>\n<caption>{_SOURCES}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{''.join(rows)}</tbody>\n</table>"
    )


def _shown_measures() -> list[dict[Any, Any]]:
    """Return the codebook without the ends of intervals, which stand beside their value."""
    codebook = list_measures("score_all").to_dict("records")
    ends = {f"{measure['column']}_{end}" for measure in codebook for end in ("low", "high")}
    return [measure for measure in codebook if measure["column"] not in ends]


def _measures_html(row: Mapping[Any, Any]) -> str:
    names = [measure["column"] for measure in _shown_measures()]
    return f'<dl class="values">\n{_pairs_html((name, _value(row, name)) for name in names)}\n</dl>'


def _pairs_html(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        f"<div><dt>{escape(name)}</dt> <dd>{escape(text)}</dd></div>" for name, text in pairs
    )


def _value(row: Mapping[Any, Any], column: str) -> str:
    """Return a value as text, with its interval where the table has one."""
    value = row.get(column)
    if value is None or pd.isna(value):
        return "not measured"
    if isinstance(value, str):
        return value
    low, high = (row.get(f"{column}_{end}") for end in ("low", "high"))
    interval = "" if low is None or pd.isna(low) else f" ({_number(low)}\xa0to\xa0{_number(high)})"
    return _number(value) + interval


def _number(value: Any) -> str:
    return f"{value:.2f}".replace("-", "−") if isinstance(value, float) else str(value)
