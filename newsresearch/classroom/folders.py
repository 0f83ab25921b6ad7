"""A folder of files that a program makes and a person may change: nobody's work is overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from newsresearch.files import write_whole

__all__ = ["RECORD", "Written", "write_folder"]

# What we wrote, by the SHA-256 of each file: a file that differs from it was changed by somebody.
RECORD = "files.json"


@dataclass
class Written:
    """What became of each file, by its name in the folder."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # of an earlier run, and not of this one


def write_folder(folder: Path, files: Mapping[str, bytes], force: bool = False) -> Written:
    """Write files by name into a folder, each whole or not at all.

    A file that was written here before and not changed since is replaced. Nothing is removed.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    files : mapping of str to bytes
        By names such as ``worksheets/a.html``.
    force : bool, default False
        Whether to replace also what somebody else wrote or changed.

    Raises
    ------
    ValueError
        If a name leads out of the folder, a file stands in its place, or a file there was changed
        since; then nothing is written.
    """
    _check_place(folder)
    targets = {name: _target(folder, name) for name in (*files, RECORD)}
    earlier = _read_record(folder)
    written, changed = Written(), list[str]()
    for name, content in files.items():
        there = targets[name].read_bytes() if targets[name].is_file() else None
        if there is None:
            written.new.append(name)
        elif there == content:
            written.same.append(name)
        else:
            written.replaced.append(name)
            if earlier.get(name) != _hash(there):
                changed.append(name)
    if changed and not force:
        raise ValueError(_explain_changed(folder, changed))
    for name in (*written.new, *written.replaced):
        targets[name].parent.mkdir(parents=True, exist_ok=True)
        write_whole(targets[name], files[name])
    written.left = [n for n in earlier if n not in files and (folder / n).is_file()]
    record = earlier | {name: _hash(content) for name, content in files.items()}
    text = json.dumps(dict(sorted(record.items())), indent=1)
    write_whole(targets[RECORD], f"{text}\n".encode())
    return written


def _check_place(folder: Path) -> None:
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    if there.exists() and not there.is_dir():
        raise ValueError(f"{there} is a file, and a folder goes there. Choose another name.")


def _target(folder: Path, name: str) -> Path:
    """Return where a file goes; refuse what is outside of the folder, through a link too."""
    path = PurePosixPath(name)
    target = folder.joinpath(*path.parts)
    try:
        inside = target.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead around in a ring
        inside = False
    if path.is_absolute() or ".." in path.parts or not inside:
        raise ValueError(f"{name} leads out of {folder}. Use a folder of its own.")
    if target.is_dir():
        raise ValueError(f"{target} is a folder, and a file goes there. Use a folder of its own.")
    there = next(path for path in (target, *target.parents) if path.exists())
    if not (there.is_file() if there == target else there.is_dir()):
        raise ValueError(f"{there} is in the way of {name}. Use a folder of its own.")
    return target


def _explain_changed(folder: Path, changed: list[str]) -> str:
    names = ", ".join(changed[:3]) + f" and {len(changed) - 3} more" * (len(changed) > 3)
    return (
        f"{len(changed)} of the files in {folder} {'was' if len(changed) == 1 else 'were'} changed "
        f"since or made by others: {names}. Nothing is written. Choose another folder, or pass "
        "--force to replace them."
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_record(folder: Path) -> dict[str, str]:
    """Return what was written before; nothing where the record is missing or no record."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return {name: str(found[name]) for name in found} if isinstance(found, dict) else {}
