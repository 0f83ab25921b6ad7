"""Which files a path, folder or glob means, without following links out of it."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from newsresearch.articles import ArticleError
from newsresearch.formats.registry import PARSERS, kind_of, stem_of, tally
from newsresearch.formats.source import LARGEST_FILE
from newsresearch.issues import Issues

__all__ = ["KINDS", "FoundFile", "find_files"]

KINDS = tuple(PARSERS)
# These are read as streams or by their own engine, so their size does not matter.
_STREAMED = {".warc", ".db", ".sqlite", ".sqlite3", ".zip"}


class FoundFile(NamedTuple):
    """A file to read, the stem of its articles' ids, what to call it, and why it cannot be."""

    path: Path
    name: str
    shown: str
    problem: str


def find_files(source: str | os.PathLike[str], issues: Issues) -> tuple[list[FoundFile], bool]:
    """Return the files to read, and whether it is one that was named itself.

    Files of other kinds and hidden ones are passed over, and the report says how many.

    Raises
    ------
    ArticleError
        If nothing is there, or nothing of a kind that is read.
    """
    shown = repr(str(source)[:200])
    try:
        found, root = _look_up(str(source))
    except (OSError, ValueError) as problem:  # a text passed for a path, a bad pattern
        raise ArticleError(f"cannot look up {shown}: {problem!s:.80}. Check the path.") from None
    if found is None:
        raise ArticleError(f"no file or folder at {shown}. Check the path.")
    if root is None:
        return [_describe(found[0], None)], True
    chosen = _choose(found, str(source), glob.has_magic(str(source)), issues)
    if not chosen:
        kinds = ", ".join(KINDS)
        raise ArticleError(f"no articles at {shown}; files of these kinds are read: {kinds}.")
    return [_describe(path, root) for path in chosen], False


def _look_up(source: str) -> tuple[list[Path] | None, Path | None]:
    path = Path(source)
    if source and path.is_dir():
        return _walk(path), path
    if source and path.exists():
        return [path], None
    return _match(path) if glob.has_magic(source) else (None, None)


def _walk(folder: Path) -> list[Path]:
    """Return the files of a folder, and the folders that cannot be opened."""
    found: list[Path] = []
    walk = os.walk(folder, onerror=lambda problem: found.append(Path(problem.filename)))
    for here, folders, names in walk:
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(here, name) for name in names]
    return sorted(found)


def _match(pattern: Path) -> tuple[list[Path], Path]:
    """Return the files of a glob and the folder it starts from; '**' follows no links."""
    parts = pattern.parts
    first = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    root, inside = Path(*parts[:first]), Path(*parts[first:], *["*"] * (parts[-1] == "**"))
    return sorted(path for path in root.glob(str(inside)) if not path.is_dir()), root


def _choose(found: Iterable[Path], folder: str, by_pattern: bool, issues: Issues) -> list[Path]:
    """Leave out of a folder what is hidden or of another kind, and report how much."""
    chosen, left = [], Counter[str]()
    for path in found:
        kind = kind_of(path.name)
        hidden = path.name.startswith(".") and not by_pattern
        if hidden or (kind not in PARSERS and not path.is_dir()):
            left["hidden" if hidden else kind or "no ending"] += 1
        else:
            chosen.append(path)
    if left:
        problem = f"{left.total()} files of other kinds ({tally(left)})"
        issues.tell(problem, "passed over", file=folder)
    return chosen


def _describe(path: Path, root: Path | None) -> FoundFile:
    inside = path.relative_to(root) if root and path.is_relative_to(root) else Path(path.name)
    shown = inside.as_posix()
    return FoundFile(path, stem_of(shown), shown, _fault(path, root))


def _fault(path: Path, root: Path | None) -> str:
    """Say why a file is not opened: a folder, a link, a device, its kind or its size."""
    kind = kind_of(path.name)
    try:
        if path.is_dir():
            return f"{path.name} is a folder that was not opened."
        if root is not None and path.is_symlink():
            return f"{path.name} is a link or no plain file; it is not followed."
        if not path.is_file():
            return f"{path.name} is no plain file. Pass a file, folder or glob."
        if kind not in PARSERS:
            return f"{path.name} is of a kind not read yet; these are: {', '.join(KINDS)}."
        if path.stat().st_size > LARGEST_FILE and kind not in _STREAMED:
            return f"{path.name} is larger than 512 MiB. Split it."
    except OSError as problem:
        return f"cannot read {path.name}: {problem.strerror}."
    return ""
