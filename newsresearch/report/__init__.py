"""Articles with findings, measures, sources and framing as one HTML page."""

from __future__ import annotations

from newsresearch.report.whole import report_html, save_report

__all__ = ["report_html", "save_report"]
