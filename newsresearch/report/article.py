"""One article with its findings, numbers, sources and cues."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from newsresearch.display import article_html
from newsresearch.marks import escape, reveal
from newsresearch.report.arc import arc_html
from newsresearch.report.entries import Entry, Row
from newsresearch.report.framing import framing_html
from newsresearch.report.markup import section_html
from newsresearch.report.measures import values_html
from newsresearch.report.sources import sources_html
from newsresearch.report.support import support_html
from newsresearch.tables import pd

__all__ = ["SECTIONS", "entry_html", "sections_html"]

SECTIONS = {
    "tone": "Tone",
    "readability": "Readability",
    "support": "Headline support",
    "sources": "Who gets to speak",
    "framing": "How it is told",
}


def sections_html(entry: Entry) -> str:
    """Return links to the sections of an article that is alone on its page."""
    names = {"findings": "Findings"} | ({} if entry.row["error"] else SECTIONS)
    links = [f'<a href="#{entry.anchor}-{name}">{title}</a>' for name, title in names.items()]
    links.append('<a href="#meanings">What the measures mean</a>')
    return f'<nav aria-label="On this page" class="way">{" · ".join(links)}</nav>'


def entry_html(entry: Entry, level: int) -> str:
    """Return one article with its numbers; its headline is a heading of that level."""
    article, anchor = entry.article, entry.anchor
    parts = [article_html(article, entry.findings, level, _meta_html(entry.row), anchor)]
    if entry.row["error"]:
        parts.append(f"<p>Not measured: {escape(entry.row['error'])}</p>")
    else:
        inner = _inner_html(entry)
        sections = (
            section_html(anchor, name, title, level + 1, inner[name])
            for name, title in SECTIONS.items()
        )
        # Among others an article is printed in small; alone on its page as it is seen.
        among = ' class="among"' if level > 1 else ""
        parts.append(f"<div{among}>\n" + "\n".join(sections) + "\n</div>")
    if level > 1:
        parts.append('<p class="back"><a href="#articles">Back to the list of articles</a></p>')
    clean = level > 1 and not entry.findings and not article.problem
    named = f'id="article-{entry.number}"' + ' class="clean"' * clean
    return f"<article {named}>\n" + "\n".join(parts) + "\n</article>"


def _inner_html(entry: Entry) -> dict[str, str]:
    return {
        "tone": f"{arc_html(entry.tones)}\n{values_html(entry.row, 'tone')}",
        "readability": values_html(entry.row, "readability"),
        "support": f"{support_html(entry.support)}\n{values_html(entry.row, 'support')}",
        "sources": sources_html(entry.sources),
        "framing": framing_html(entry),
    }


def _meta_html(row: Row) -> str:
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
