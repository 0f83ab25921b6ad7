"""Headline support: the sentences nearest to the headline, for it and against it."""

from __future__ import annotations

from collections.abc import Sequence

from newsresearch.marks import escape
from newsresearch.report.entries import Row

__all__ = ["HOW", "support_html"]

HOW = (
    "Found by comparing words, not meaning: the sentence nearest to the headline, and one that "
    "may oppose it."
)


def support_html(support: Sequence[Row]) -> str:
    """Return the sentences for and against each claim of the headline, with their reasons."""
    if all(sentence["role"] == "none" for sentence in support):
        # Each claim of a headline has a row, often with the same reason.
        told = "; ".join(dict.fromkeys(escape(sentence["reason"]) for sentence in support))
        return f"<p>Nothing to show: {told}.</p>"
    parts = [f'<p class="how">{HOW}</p>']
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
