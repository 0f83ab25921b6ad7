"""What stands above several articles: a list of them, and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newsresearch.framing.codebook import MEANINGS
from newsresearch.marks import GROUPS, escape
from newsresearch.report.entries import Entry
from newsresearch.report.framing import kind_html
from newsresearch.report.markup import number, table_html
from newsresearch.tables import pd

__all__ = ["contents_html", "overview_html"]

_COUNTS = (
    "Articles on this page and how many findings each has. A count is no score: most faults "
    "leave no finding, and not every finding is a fault."
)
_MEASURES = "Some measures of all articles. What they mean stands at the end of the page."
_CHECKS = "Findings by check, the most frequent first. Checks differ in how often they are right."
_CUES = (
    "Cues of framing outside quotation marks, in all articles together: places to read, no proof "
    "of bias."
)
_SHOWN = ("n_words", "grade", "flesch_ease", "body_tone", "tone_gap", "headline_support")


def contents_html(entries: Sequence[Entry]) -> str:
    """Return a table of all articles, each a link, with how many findings it has."""
    counts = [Counter(finding.group for finding in entry.findings) for entry in entries]
    groups = [name for name in GROUPS if name != "none" or any(count[name] for count in counts)]
    rows = []
    for entry, count in zip(entries, counts, strict=True):
        link = f'<a href="#article-{entry.number}">{escape(entry.title)}</a>'
        cells = ("not checked" if entry.article.problem else str(count[group]) for group in groups)
        rows.append([f"{link} <small>{escape(entry.article.article_id)}</small>", *cells])
    heads = ["Article", *(GROUPS[name].title for name in groups)]
    table = table_html(_COUNTS, heads, rows)
    return f'<nav aria-label="Articles" id="articles">\n{table}\n</nav>'


def overview_html(entries: Sequence[Entry]) -> str:
    """Return measures, findings by check and cues of all articles together."""
    parts = ["<h2>All articles together</h2>"]
    heads = ("Measure", "Articles", "Lowest", "Median", "Highest")
    parts.append(table_html(_MEASURES, heads, _measures(entries)))
    if checks := _checks(entries):
        parts.append(table_html(_CHECKS, ("Check", "Findings", "Articles"), checks))
    if cues := _cues(entries):
        parts.append(table_html(_CUES, ("Kind of cue", "Cues", "Articles"), cues))
    return '<section class="overview">\n' + "\n".join(parts) + "\n</section>"


def _measures(entries: Sequence[Entry]) -> Iterator[list[str]]:
    for name in _SHOWN:
        found = pd.Series([entry.row[name] for entry in entries]).dropna().astype("float64")
        ends = (found.min(), found.median(), found.max()) if len(found) else ()
        show = "{:,.0f}".format if name == "n_words" else number
        yield [name, str(len(found)), *(show(float(end)) for end in ends), *["–"] * (3 - len(ends))]


def _checks(entries: Sequence[Entry]) -> list[list[str]]:
    names = [{finding.check for finding in entry.findings} for entry in entries]
    counts = Counter(finding.check for entry in entries for finding in entry.findings)
    articles = Counter(name for some in names for name in some)
    return [[escape(name), str(n), str(articles[name])] for name, n in counts.most_common()]


def _cues(entries: Sequence[Entry]) -> list[list[str]]:
    told = [[c["cue"] for c in entry.cues if not c["in_quotation"]] for entry in entries]
    counts = Counter(name for some in told for name in some)
    articles = Counter(name for some in told for name in set(some))
    return [
        [kind_html(name), str(counts[name]), str(articles[name])]
        for name in MEANINGS
        if counts[name]
    ]
