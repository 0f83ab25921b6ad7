"""How far long work is: one line, for a person who is there to see it, that goes away again.

On a terminal it is overwritten, in a notebook it is a display that ends empty: a saved notebook
and a file of a program's output hold nothing of it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

__all__ = ["Tell", "counting", "no_one"]

Tell = Callable[[int], None]  # told how many are done so far
_EVERY = 0.2  # seconds: work that is done sooner shows nothing


def no_one(done: int) -> None:
    """Take what is told, and show nothing."""


@contextmanager
def counting(total: int, wanted: bool, noun: str = "articles") -> Iterator[Tell]:
    """Yield a function to tell how many are done; the line is gone at the end, however that is.

    Examples
    --------
    >>> with counting(2, wanted=False) as tell:
    ...     tell(1)
    """
    show = _find_place() if wanted else None
    if show is None:
        yield no_one
        return
    shown = time.monotonic()
    seen = False

    def tell(done: int) -> None:
        nonlocal shown, seen
        if time.monotonic() - shown >= _EVERY:
            show(f"{done:,} of {total:,} {noun}")
            shown, seen = time.monotonic(), True

    try:
        yield tell
    finally:
        if seen:
            show("")


def _find_place() -> Callable[[str], None] | None:
    """Return what shows a line where somebody looks on; nothing where nobody does."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return _Line().show if sys.stderr is not None and sys.stderr.isatty() else None
    # A program that runs a notebook, such as nbconvert, says that nobody is there to be asked.
    return _Display().show if getattr(kernel, "_allow_stdin", False) else None


class _Line:
    """A line of a terminal that is written over."""

    def __init__(self) -> None:
        self.width = 0

    def show(self, text: str) -> None:
        """Write over what stands there; nothing wipes it."""
        sys.stderr.write(f"\r{text:<{self.width}}" + "\r" * (not text))
        sys.stderr.flush()
        self.width = len(text)


class _Display:
    """An output of a cell that is replaced; to clear the cell would take the user's own too."""

    def __init__(self) -> None:
        self.handle: str | None = None

    def show(self, text: str) -> None:
        """Replace what stands there; nothing empties it."""
        data = {"text/plain": text} if text else {}
        display = import_module("IPython.display")
        if self.handle is None:
            self.handle = display.display(data, raw=True, display_id=True).display_id
        else:
            display.update_display(data, raw=True, display_id=self.handle)
