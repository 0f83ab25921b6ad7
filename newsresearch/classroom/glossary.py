"""The words of the class kit in plain English, and what the tool says of its own by that name.

The plain words are ours (``data/glossary.csv``). What a check or a measure is, and how well it
does, is taken from the checks and measures when the page is made: it cannot drift from them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from newsresearch.features import VERBS
from newsresearch.files import save_text
from newsresearch.incoherence import CHECKS, not_checked
from newsresearch.incoherence.finding import Check
from newsresearch.marks import GROUPS, escape
from newsresearch.measures import Measure
from newsresearch.opening import read_data
from newsresearch.page import page_html

__all__ = ["Entry", "Glossary", "make_glossary"]

_TITLE = "Words we use"
_INTRO = (
    "What the words on the worksheets and in the lessons mean. Below some of them stands in small "
    "print what the tool itself goes by, and how well that works: good or bad. A word here is a "
    "tool to talk about a text. It does not say that a text is true, fair or wrong."
)
# On paper only what pupils need, in two columns: nobody can follow a link there.
_PRINT = """
@media print {
  :root { font-size: 9pt; } h2 { margin: .6em 0 .1em; font-size: 1.1rem; }
  .words { columns: 2; column-gap: 2em; line-height: 1.3; } dl { margin: 0; }
  dl div { padding: .15rem 0 !important; } dt, dd { margin: .05rem 0 !important; }
  .see, .facts { display: none !important; }
}
"""
_BLOCK = 'style="display:block;margin:.15rem 0"'
# The list is meant for reading, so it has the size of prose, not of a table.
_LIST = 'style="font-size:1rem"'


@dataclass(frozen=True)
class Entry:
    """One word: what it means, an example, related words, and columns that go by it."""

    term: str
    meaning: str
    example: str
    see_also: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of the entry on its page."""
        return "word-" + self.term.replace(" ", "-")


@dataclass(frozen=True)
class Glossary:
    """All entries in the order of the alphabet: shown by a notebook, saved as a page."""

    entries: tuple[Entry, ...]

    def _repr_html_(self) -> str:
        return _main_html(self.entries, level=2)

    def __repr__(self) -> str:
        return "\n".join(f"{e.term}: {e.meaning}" for e in self.entries)

    @property
    def html(self) -> str:
        """The whole page: it opens offline and prints."""
        first = self.entries[0].anchor if self.entries else ""
        skip = f'<p class="way"><a href="#{first}">Skip to the words</a></p>\n'
        return page_html(_TITLE, skip + _main_html(self.entries, level=1), _PRINT)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, whole or not at all, and return its path.

        Raises
        ------
        ValueError
            If the path does not end on .html.
        """
        return save_text(path, self.html, ".html", ".htm")


def make_glossary() -> Glossary:
    """Return the words of the lessons and worksheets in plain English.

    Written for readers of 14. It covers every check, the groups of checks, and the measures that
    lessons show; it does not cover every formula of readability and order: see the codebook.

    Returns
    -------
    Glossary
        Entries with `term`, `meaning`, `example`, `see_also` and `columns`; a notebook shows
        them, and ``save("glossary.html")`` writes the page.

    Examples
    --------
    >>> [entry.meaning for entry in make_glossary().entries if entry.term == "lede"]
    ['The first lines of a story. They should give the news.']
    """
    return Glossary(_read())


@cache
def _read() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            row["term"],
            row["meaning"],
            row["example"],
            tuple(filter(None, row["see_also"].split("; "))),
            tuple(row["columns"].split()),
        )
        for row in read_data("glossary.csv")
    )


# --- the page --------------------------------------------------------------------------------


def _main_html(entries: Iterable[Entry], level: int) -> str:
    parts = [f"<h{level}>{_TITLE}</h{level}>\n<p>{_INTRO}</p>"]
    letters = [(k, list(g)) for k, g in groupby(entries, lambda entry: entry.term[0].upper())]
    links = "\n".join(f'<a href="#letter-{k}" {_TARGET}>{k}</a>' for k, _ in letters)
    parts.append(f'<nav class="way" aria-label="Letters">\n{links}\n</nav>')
    parts.append('<div class="words">')
    for letter, members in letters:
        parts.append(f'<h{level + 1} id="letter-{letter}">{letter}</h{level + 1}>')
        parts.append(f"<dl {_LIST}>\n" + "\n".join(map(_entry_html, members)) + "\n</dl>")
    parts.append("</div>")
    return "\n".join(parts)


# Large enough to hit with a finger.
_TARGET = 'style="display:inline-block;min-width:1.7em;line-height:1.7"'


_TALL = 'style="line-height:2"'


def _entry_html(entry: Entry) -> str:
    lines = [("", escape(entry.meaning)), ("", f"<em>For example:</em> {escape(entry.example)}")]
    if entry.see_also:
        others = (Entry(term, "", "") for term in entry.see_also)
        links = ", ".join(f'<a href="#{one.anchor}">{escape(one.term)}</a>' for one in others)
        lines.append(("see", f"<em>See also:</em> {links}"))
    told = [fact for name in entry.columns for fact in _facts(name)]
    lines += [("facts", f"<small>{fact}</small>") for fact in told]
    return (
        f'<div style="padding:.5rem 0"><dt id="{entry.anchor}" {_BLOCK}>{escape(entry.term)}</dt>\n'
        + "\n".join(f'<dd class="{kind}" {_BLOCK}>{line}</dd>' for kind, line in lines)
        + "</div>"
    )


def _facts(name: str) -> Iterator[str]:
    """Yield what the tool says of a check, a group or a measure, as markup.

    Raises
    ------
    KeyError
        If nothing has that name.
    """
    checks, measures = _checks(), _measures()
    if name in GROUPS:
        members = ", ".join(c.name for c in checks.values() if c.group == name)
        yield f"A group of checks. It asks {escape(GROUPS[name].asks)}: {escape(members)}."
        return
    if name in checks:
        yield _check_fact(checks[name])
    if name in measures or name not in checks:
        yield _measure_fact(measures[name])


def _check_fact(check: Check) -> str:
    if check.function is not_checked:
        return f"<code>{check.name}</code>, a note: {escape(check.summary)}"
    how = {"high": "a check that is mostly right", "hint": "a check that gives only a hint"}
    found, _, of = check.measured.partition(" of ")
    told = "Not tried on real news yet."
    if of and of != "0":
        told = f"In real news, {found} of {of} of its findings were right."
    return f"<code>{check.name}</code>, {how[check.confidence]}: {escape(check.summary)} {told}"


def _measure_fact(measure: Measure) -> str:
    low, high = (f"{bound:g}" if bound is not None else "" for bound in (measure.low, measure.high))
    bounds = f", {low} to {high}" if low and high else f", from {low}" if low else ""
    told = f"{measure.unit}{bounds}; {measure.direction}"
    return (
        f"<details><summary {_TALL}>The measure <code>{measure.column}</code></summary>"
        f"{escape(measure.meaning)} ({escape(told)}). <em>How well it does:</em> "
        f"{escape(measure.validity)}.</details>"
    )


@cache
def _checks() -> dict[str, Check]:
    failed = Check("none", "high", not_checked)
    return {check.name: check for check in (*CHECKS, failed)}


@cache
def _measures() -> dict[str, Measure]:
    tables = (found for scorers in VERBS.values() for _, found in scorers)
    return {measure.column: measure for table in tables for measure in table}
