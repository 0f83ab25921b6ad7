"""The class kit: worksheets with their keys, answers of a class, and how far readers agree.

What shows one article at a time needs no pandas, so that it also runs on a page in a browser.
"""

from __future__ import annotations

from newsresearch.classroom.choosing import open_headlines

__all__ = ["open_headlines"]
