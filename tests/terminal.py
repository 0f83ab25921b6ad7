"""A terminal that somebody looks at, for what shows how far long work is."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from newsresearch import progress


class Terminal(io.StringIO):
    """A standard error that a person looks at."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        """Return what stood on the line, each time that it was written over."""
        return [text.rstrip() for text in self.getvalue().split("\r")]


def put(stderr: io.StringIO | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let our module alone see another standard error, and show every step.

    Pytest has put a standard error of its own, again and again.
    """
    monkeypatch.setattr(progress, "_EVERY", 0)
    stand_in = SimpleNamespace(stderr=stderr, modules=sys.modules)
    monkeypatch.setattr(progress, "sys", stand_in)
