"""Who gets to speak: the sources as a table."""

from __future__ import annotations

from collections.abc import Sequence

from newsresearch.marks import escape
from newsresearch.report.entries import Row
from newsresearch.report.markup import table_html
from newsresearch.tables import pd

__all__ = ["HOW", "sources_html"]

HOW = (
    "Words in quotation marks and words that the article reports of each source, found by rules: "
    "about one source in eight is wrong or split. It shows room, not who is believed."
)
_HEADS = ("Source", "Quoted words", "Paraphrased words", "Share", "Verbs")


def sources_html(sources: Sequence[Row]) -> str:
    """Return the sources as a table, in the order they speak."""
    if not sources:
        return "<p>No quotation or reported statement with a source was found.</p>"
    return table_html(HOW, _HEADS, map(_cells, sources))


def _cells(source: Row) -> list[str]:
    unnamed = " <small>(no name)</small>" if source["anonymous"] else ""
    share = source["source_share"]
    numbers = (source["words_quoted"], source["words_reported"])
    rest = ("–" if pd.isna(share) else f"{share:.0%}", source["verb_classes"] or "–")
    return [escape(source["source"]) + unnamed, *(escape(str(cell)) for cell in (*numbers, *rest))]
