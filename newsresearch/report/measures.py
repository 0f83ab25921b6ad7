"""Tone, readability and the rest of the measures: their values, and what they mean."""

from __future__ import annotations

from typing import Any

from newsresearch.features import list_measures
from newsresearch.readability import MEASURES as READABILITY
from newsresearch.report.entries import Row
from newsresearch.report.markup import pairs_html, value
from newsresearch.sentiment import MEASURES as TONE

__all__ = ["meanings_html", "values_html"]

_MEANINGS = (
    "In brackets after a value: a 95 % interval over the sentences. How a measure did on real "
    "data: list_measures()."
)
_OWN = {"readability": READABILITY, "tone": TONE}
_GROUPS = {measure.column: name for name, own in _OWN.items() for measure in own}


def values_html(row: Row, group: str) -> str:
    """Return the values of a group of measures: tone, readability or support."""
    names = [m["column"] for m in _shown() if _GROUPS.get(m["column"], "support") == group]
    return f'<dl class="values">\n{pairs_html((name, value(row, name)) for name in names)}\n</dl>'


def meanings_html() -> str:
    """Return what each measure means."""
    meanings = (
        (each["column"], f"{each['meaning']}. Unit: {each['unit']}; {each['direction']}.")
        for each in _shown()
    )
    return f"<p>{_MEANINGS}</p>\n<dl>\n{pairs_html(meanings)}\n</dl>"


def _shown() -> list[dict[Any, Any]]:
    """Return the codebook without the ends of intervals, which stand beside their value."""
    codebook = list_measures("score_all").to_dict("records")
    ends = {f"{measure['column']}_{end}" for measure in codebook for end in ("low", "high")}
    return [measure for measure in codebook if measure["column"] not in ends]
