"""Articles with findings, measures and headline support as one HTML file that needs nothing else.

No script and no request: the page opens offline, prints on A4 and may be sent around.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from newsresearch.articles import Article, check_articles, hash_articles, iter_articles
from newsresearch.display import (
    GROUPS,
    NumberedFinding,
    article_html,
    escape,
    number_findings,
    reveal,
)
from newsresearch.features import list_measures, score_all
from newsresearch.incoherence import find_incoherence
from newsresearch.support import support_headline

__all__ = ["report_html", "save_report"]

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# No colours but those of the browser and of the marks: light and dark both keep their contrast.
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; max-width: 46rem; margin: 0 auto;
  padding: 1.5rem 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4, table, .meta, .note { font-family: system-ui, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .6em; break-after: avoid; }
h1 { font-size: 1.8rem; margin-top: .6em; } h2 { font-size: 1.4rem; }
h3 { font-size: 1.15rem; } h4 { font-size: 1rem; }
mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.meta { font-size: .9rem; }
sup { font: .7rem/0 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; margin: .5rem 0 1.5rem; }
caption { text-align: left; font-style: italic; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid #808080; }
th { font-weight: 600; } thead th { border-bottom-width: 2px; }
.note { border-left: 4px solid #808080; padding-left: 1rem; font-size: .9rem; }
article + article { border-top: 2px solid #808080; margin-top: 2rem; }
@page { size: A4; margin: 18mm 20mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  li, tr, .note { break-inside: avoid; }
  article + article { break-before: page; border: 0; }
}
"""
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
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_text(page, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def report_html(articles: pd.DataFrame, findings: pd.DataFrame | None = None) -> str:
    """Return the page that ``save_report`` writes.

    It holds the marked text, the findings with their reasons, tone and readability with what
    the numbers mean, and the sentences for and against the headline. It cannot tell whether
    an article is true, fair or good.

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
        main = _entry_html(entries[0], 1, 1)
    else:
        title = f"Report on {len(entries)} articles"
        main = f"<h1>{title}</h1>\n{_contents_html(entries)}\n"
        main += "\n".join(_entry_html(entry, 2, at) for at, entry in enumerate(entries, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body>\n<main class="tex2jax_ignore mathjax_ignore">\n{main}\n'
        f'<div class="note"><h2>What this page cannot tell you</h2>\n<p>{_LIMITS}</p>\n'
        f"<p>SHA-256 of the texts on this page: {hash_articles(articles)}</p></div>\n"
        "</main>\n</body>\n</html>\n"
    )


def _entries(articles: pd.DataFrame, findings: pd.DataFrame | None) -> list[_Entry]:
    found = find_incoherence(articles) if findings is None else findings
    support: dict[str, list[dict[Any, Any]]] = {}
    for row in support_headline(articles).to_dict("records"):
        support.setdefault(row["article_id"], []).append(row)
    scored = score_all(articles).to_dict("records")
    return [
        _Entry(article, number_findings(article, found), row, support.get(article.article_id, []))
        for article, row in zip(iter_articles(articles), scored, strict=True)
    ]


def _title(article: Article) -> str:
    return article.headline.strip() or f"Article {article.article_id} (no headline)"


def _entry_html(entry: _Entry, level: int, at: int) -> str:
    """Return one article with its tables; ``at`` is its place on the page, for the link to it."""
    parts = [article_html(entry.article, entry.findings, level, _meta_html(entry.row))]
    if entry.row["error"]:
        parts.append(f"<p>Not measured: {escape(entry.row['error'])}</p>")
    else:
        parts += [
            f"<h{level + 1}>Headline support</h{level + 1}>\n{_support_html(entry.support)}",
            f"<h{level + 1}>Measures</h{level + 1}>\n{_measures_html(entry.row)}",
        ]
    return f'<article id="article-{at}">\n' + "\n".join(parts) + "\n</article>"


# --- who published it ------------------------------------------------------------------------


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
    if reveal(url) != url or any(char.isspace() for char in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


# --- tables ----------------------------------------------------------------------------------


def _table_html(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are markup already; the first of each row is its head."""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "\n".join(
        f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
        for first, *rest in rows
    )
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _contents_html(entries: Sequence[_Entry]) -> str:
    counts = [Counter(finding.group for finding in entry.findings) for entry in entries]
    always = ("cohesion", "consistency", "relevance")
    groups = [name for name in GROUPS if name in always or any(count[name] for count in counts)]
    rows = [
        [
            f'<a href="#article-{at}">{escape(_title(entry.article))}</a>',
            escape(entry.article.article_id),
            *("not checked" if entry.article.problem else str(count[name]) for name in groups),
        ]
        for at, (entry, count) in enumerate(zip(entries, counts, strict=True), start=1)
    ]
    heads = ["Article", "article_id", *map(str.capitalize, groups)]
    return _table_html("Articles on this page, with the number of findings by group", heads, rows)


def _measures_html(row: Mapping[Any, Any]) -> str:
    codebook = list_measures().to_dict("records")
    ends = {f"{measure['column']}_{end}" for measure in codebook for end in ("low", "high")}
    rows = [
        [
            escape(measure["column"]),
            _value(row, measure["column"]),
            escape(f"{measure['meaning']} ({measure['unit']}; {measure['direction']})"),
        ]
        for measure in codebook
        if measure["column"] not in ends
    ]
    caption = "What was measured; in brackets a 95 % interval over the sentences"
    return _table_html(caption, ["Measure", "Value", "Meaning"], rows)


def _value(row: Mapping[Any, Any], column: str) -> str:
    """Return a value as text, with its interval where the table has one."""
    value = row.get(column)
    if value is None or pd.isna(value):
        return "not measured"
    if isinstance(value, str):
        return escape(value)
    low, high = (row.get(f"{column}_{end}") for end in ("low", "high"))
    interval = "" if low is None or pd.isna(low) else f" ({_number(low)}\xa0to\xa0{_number(high)})"
    return _number(value) + interval


def _number(value: Any) -> str:
    return f"{value:.2f}".replace("-", "−") if isinstance(value, float) else str(value)


def _support_html(support: Sequence[Mapping[Any, Any]]) -> str:
    if not support:
        return "<p>No sentence of the body speaks for or against the headline in its words.</p>"
    rows = [
        [
            escape(sentence["role"].capitalize()),
            escape(f"“{sentence['quote']}”"),
            f"{sentence['coverage']:.0%}",
            escape(sentence["missing"] or "none"),
            escape(sentence["reason"]),
        ]
        for sentence in support
    ]
    heads = ["Role", "Sentence", "Headline words found", "Not found", "Reason"]
    return _table_html(
        "The sentence closest to the headline, and the one that most opposes it", heads, rows
    )
