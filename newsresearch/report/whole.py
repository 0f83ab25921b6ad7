"""The whole page: one article, or a list and an overview with all articles below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from newsresearch.articles import check_articles, hash_articles
from newsresearch.files import write_whole
from newsresearch.page import page_html
from newsresearch.report import arc, framing, sources, support
from newsresearch.report.article import SECTIONS, entry_html, sections_html
from newsresearch.report.corpus import contents_html, overview_html
from newsresearch.report.entries import Entry, read_entries
from newsresearch.report.markup import pairs_html
from newsresearch.report.measures import meanings_html
from newsresearch.tables import pd

__all__ = ["report_html", "save_report"]

_LIMITS = (
    "These are findings, not verdicts: a finding says that a passage fits a pattern, and a "
    "reader decides whether that is a fault. Most faults fit no pattern, so a page without "
    "findings proves nothing. Nothing here says whether an article is true, fair or biased. "
    "Tone comes from a list of words and knows neither irony nor who is speaking; readability "
    "comes from the length of words and sentences, not from readers; headline support compares "
    "words, not facts; a cue of framing is a listed word, and most of how a story is framed is "
    "in what it leaves out."
)
_PRINTED = (
    "In print an article shows its text only if it has findings, and its measures in small, "
    "without examples of cues. The page in a browser has all of it."
)
_HOWS = {
    "tone": arc.HOW, "support": support.HOW, "sources": sources.HOW, "framing": framing.HOW,
}  # fmt: skip


def save_report(
    articles: pd.DataFrame, path: str | Path, findings: pd.DataFrame | None = None
) -> Path:
    """Write articles, findings and measures as one HTML file, whole or not at all.

    Parameters
    ----------
    articles : Articles table
        One article or several; several get a table of contents and an overview.
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

    It holds the marked text, the findings with their reasons, tone sentence by sentence,
    readability, the sentences for and against the headline, who speaks, and cues of framing,
    with what the numbers mean. It cannot tell whether an article is true, fair or good.

    Examples
    --------
    >>> one = {"article_id": ["a1"], "headline": ["Rain"], "body": ["It rained."]}
    >>> page = report_html(pd.DataFrame(one))
    >>> "<script" in page, page.count("<h1>")
    (False, 1)
    """
    entries = read_entries(check_articles(articles), findings)
    if len(entries) == 1:
        title = entries[0].title
        parts = [sections_html(entries[0]), entry_html(entries[0], 1)]
    else:
        title = f"Report on {len(entries)} articles"
        above = [contents_html(entries), overview_html(entries)] if entries else []
        printed = f'<p class="printed">{_PRINTED}</p>'
        parts = [f"<h1>{title}</h1>", printed, *above]
        parts += [entry_html(entry, 2) for entry in entries]
    return page_html(title, "\n".join([*parts, _notes_html(entries, hash_articles(articles))]))


def _notes_html(entries: Sequence[Entry], fingerprint: str) -> str:
    """Return what stands once, below all articles."""
    return (
        f'<section id="meanings">\n{_hows_html() if len(entries) > 1 else ""}'
        f"<h2>What the measures mean</h2>\n{meanings_html()}\n"
        f"{framing.kinds_html(entries)}"
        f'<div class="note"><h2>What this page cannot tell you</h2>\n<p>{_LIMITS}</p>\n'
        f"<p>SHA-256 of the texts on this page: {fingerprint}</p></div>\n</section>"
    )


def _hows_html() -> str:
    """Return what the sections of each article say on the screen, once, for print."""
    told = ((title, _HOWS[name]) for name, title in SECTIONS.items() if name in _HOWS)
    return f'<div class="printed"><h2>The sections</h2>\n<dl>\n{pairs_html(told)}\n</dl></div>\n'
