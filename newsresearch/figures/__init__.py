"""Figures in one house style; the only door to matplotlib.

A plot takes a table and returns the Axes: it never shows and never saves. What it drew is
remembered, so that ``bundles`` can save the table beside the picture and verify it later.
"""

from __future__ import annotations

from newsresearch.figures import (
    answers,
    comparison,
    confusion,
    findings,
    frames,
    published,
    readability,
    reliability,
    sources,
    support,
    tone,
    tone_arc,
)
from newsresearch.figures.answers import plot_answers
from newsresearch.figures.comparison import plot_comparison
from newsresearch.figures.confusion import plot_confusion
from newsresearch.figures.findings import plot_findings
from newsresearch.figures.frames import plot_frames
from newsresearch.figures.house import (
    FORMATS,
    MAX_ROWS,
    STYLE,
    Drawn,
    Plot,
    clean_text,
    draw_plot,
    find_drawn,
)
from newsresearch.figures.published import plot_published
from newsresearch.figures.readability import plot_readability
from newsresearch.figures.reliability import plot_reliability
from newsresearch.figures.rendering import render
from newsresearch.figures.sources import plot_sources
from newsresearch.figures.support import plot_support
from newsresearch.figures.tone import plot_tone
from newsresearch.figures.tone_arc import plot_tone_arc

__all__ = [
    "FORMATS",
    "MAX_ROWS",
    "PLOTS",
    "STYLE",
    "Drawn",
    "Plot",
    "clean_text",
    "draw_plot",
    "find_drawn",
    "find_plot",
    "plot_answers",
    "plot_comparison",
    "plot_confusion",
    "plot_findings",
    "plot_frames",
    "plot_published",
    "plot_readability",
    "plot_reliability",
    "plot_sources",
    "plot_support",
    "plot_tone",
    "plot_tone_arc",
    "render",
]

PLOTS: tuple[Plot, ...] = (
    tone_arc.PLOT,
    readability.PLOT,
    findings.PLOT,
    support.PLOT,
    tone.PLOT,
    reliability.PLOT,
    confusion.PLOT,
    frames.PLOT,
    comparison.PLOT,
    sources.PLOT,
    published.PLOT,
    answers.PLOT,
)


def find_plot(name: str) -> Plot:
    """Return the plot of that name; a ValueError lists the names there are."""
    plots = {plot.name: plot for plot in PLOTS}
    if name not in plots:
        raise ValueError(f"no plot is called {name!r}. Use one of {', '.join(plots)}.")
    return plots[name]
