"""Word lists as data: one file a subject, sections in square brackets, `#` for comments.

Every list is of our own making unless its row in ``cards.csv`` says otherwise.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["load_entries", "load_groups", "load_words"]


@cache
def _sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of each section of one list file, comments and blanks left out."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = sections.setdefault("", [])
    source = files(__package__).joinpath(f"{name}.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        line = line.split("#", 1)[0].strip()
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line:
            lines.append(line)
    return {section: tuple(found) for section, found in sections.items()}


@cache
def load_words(name: str, section: str = "") -> frozenset[str]:
    """Return the single words of a section: many a line, parted by blanks."""
    return frozenset(" ".join(_sections(name)[section]).split())


@cache
def load_entries(name: str, section: str = "") -> tuple[str, ...]:
    """Return the entries of a section that may hold blanks: one a line, in file order."""
    return _sections(name)[section]


@cache
def load_groups(name: str, section: str = "") -> tuple[tuple[str, ...], ...]:
    """Return the groups of a section: one a line, members parted by `|`."""
    return tuple(
        tuple(member.strip() for member in line.split("|")) for line in _sections(name)[section]
    )
