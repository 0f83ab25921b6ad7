"""The lessons that come with the package: what a teacher must know of each, and its two copies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from newsresearch.classroom.deriving import derive_lesson, read_notebook, write_notebook
from newsresearch.opening import data_folder

__all__ = ["Lesson", "lessons_folder", "read_lessons"]

_MARKUP = re.compile(r"(\*\*|\*|`)(\S(?:.*?\S)?)\1")


@dataclass(frozen=True)
class Lesson:
    """One lesson, by its source: the notebook with the answers."""

    source: Path

    @property
    def name(self) -> str:
        """The name of its notebooks, such as ``21_same_event_two_frames``."""
        return self.source.stem

    @property
    def title(self) -> str:
        """Its heading, without the mark of a heading and the word 'Lesson'."""
        line = next((line for line in self.head.splitlines() if line.startswith("# ")), self.name)
        title = re.sub(r"^(# )?(Lesson\b[^:]*: )?", "", line)
        return title[:1].upper() + title[1:]

    def part(self, label: str) -> str:
        """Return what its head says under a label in bold, such as Goal; "" if nothing."""
        found = re.search(rf"\*\*{label}[.:]?\*\*[.:]?(.*?)(?=\*\*|\n\s*\n|\Z)", self.head, re.S)
        text = " ".join(found[1].split()) if found else ""
        return _MARKUP.sub(r"\2", text)

    @cached_property
    def notebook(self) -> dict[str, Any]:
        """The notebook with the answers."""
        return read_notebook(self.source)

    @cached_property
    def head(self) -> str:
        """The text of its first cell."""
        cells = self.notebook.get("cells") or [{}]
        return "".join(cells[0].get("source", ""))

    def copies(self) -> tuple[bytes, bytes]:
        """Return the bytes of the pupils' copy, and of the source with the answers."""
        return write_notebook(derive_lesson(self.notebook)), self.source.read_bytes()


def lessons_folder() -> Path:
    """Return the folder of the sources: in a checkout `notebooks/answers`, else in the package."""
    data = data_folder()
    packed = data / "lessons"
    return packed if packed.is_dir() else data.parent / "notebooks" / "answers"


def read_lessons() -> list[Lesson]:
    """Return the lessons in the order of their numbers.

    Raises
    ------
    FileNotFoundError
        If the package came without them.
    """
    found = sorted(lessons_folder().glob("*.ipynb"))
    if not found:
        raise FileNotFoundError(
            f"no lessons in {lessons_folder()}. Install newsresearch again, or use a checkout."
        )
    return [Lesson(path) for path in found]
