"""How it is told: cues of each kind with an example, and the loaded words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from newsresearch.framing.codebook import MEANINGS
from newsresearch.framing.loaded import LOADED
from newsresearch.marks import escape
from newsresearch.report.entries import Entry, Row
from newsresearch.report.markup import table_html
from newsresearch.tables import pd

__all__ = ["HOW", "framing_html", "kind_html", "kinds_html"]

HOW = (
    "Listed words and a few rules: places to read, no proof of bias. Cues in quotation marks are "
    "the speaker’s and stand under ‘quoted’; one word may be two kinds of cue, and kinds without "
    "a cue have no row. What the kinds mean stands at the end of the page."
)
_KINDS = (
    "Where one language model read hits in real news, 73 to 100 in 100 were right for seven kinds "
    "of cue, none of nine for ‘us’; what is missed was not measured. Each kind: "
    "list_measures('score_framing')."
)
_HEADS = ("Kind of cue", "Cues", "Per 100 words", "Quoted", "First example")
_AROUND = 24  # characters of the text beside an example: one line on A4
_MOST = 60  # loaded words: more are counted, not listed


def framing_html(entry: Entry) -> str:
    """Return the cues of one article by kind, and its loaded words."""
    if not entry.cues:
        return "<p>No cue of framing was found. Few words are listed: that proves little.</p>"
    kinds: dict[str, list[Row]] = {}
    for cue in entry.cues:
        kinds.setdefault(cue["cue"], []).append(cue)
    rows = [_cells(name, kinds[name], entry) for name in MEANINGS if name in kinds]
    table = table_html(HOW, _HEADS, rows, kind="cues")
    return f"{table}\n{_loaded_html(kinds.get(LOADED, []))}"


def kind_html(name: str) -> str:
    """Return the name of a kind of cue as one reads it."""
    return escape(name.replace("frame_", "frame: ").replace("_", " "))


def kinds_html(entries: Iterable[Entry]) -> str:
    """Return what the kinds of cue mean that stand on the page."""
    seen = {cue["cue"] for entry in entries for cue in entry.cues}
    if not seen:
        return ""
    meanings = "\n".join(
        f"<div><dt>{kind_html(name)}</dt> <dd>{escape(meaning)}</dd></div>"
        for name, meaning in MEANINGS.items()
        if name in seen
    )
    return f"<h2>What the kinds of cue mean</h2>\n<p>{_KINDS}</p>\n<dl>\n{meanings}\n</dl>\n"


def _cells(name: str, cues: Sequence[Row], entry: Entry) -> list[str]:
    told = [cue for cue in cues if not cue["in_quotation"]]
    share = entry.framing.get(f"{name}_share")
    per = "–" if share is None or pd.isna(share) else f"{100 * share:.1f}"
    example = _example_html((told or cues)[0], entry.row)
    return [kind_html(name), str(len(told)), per, str(len(cues) - len(told)), example]


def _example_html(cue: Row, row: Row) -> str:
    """Return a cue with some of the text around it; the row holds the text it was found in."""
    text, start, end = row[cue["field"]], cue["start"], cue["end"]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:  # begin with a whole word
        before = f"…{before.partition(' ')[2]}"
    if end + _AROUND < len(text):
        after = f"{after.rpartition(' ')[0]}…"
    return f"{escape(before)}<strong>{escape(text[start:end])}</strong>{escape(after)}"


def _loaded_html(cues: Sequence[Row]) -> str:
    if not cues:
        return "<p>Loaded words: none of the list.</p>"
    told = _words(cue["quote"] for cue in cues if not cue["in_quotation"])
    said = _words(cue["quote"] for cue in cues if cue["in_quotation"])
    return (
        "<p><strong>Loaded words</strong> (they judge while they tell, in most of their uses): "
        f"{told or 'none'}; in quotations: {said or 'none'}.</p>"
    )


def _words(quotes: Iterable[str]) -> str:
    """Return words in order of first sight, each with how often it stands."""
    counts = Counter(quote.lower() for quote in quotes)
    words = [f"{escape(w)} ({n})" if n > 1 else escape(w) for w, n in counts.items()]
    more = f" and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return ", ".join(words[:_MOST]) + more
