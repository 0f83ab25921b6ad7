"""Files are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

__all__ = ["save_text", "write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Write under a temporary name first: a reader sees the old file or the new, never half.

    Raises
    ------
    OSError
        If the folder is missing, full or read-only; then nothing is left behind.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def save_text(path: str | os.PathLike[str], text: str, *endings: str) -> Path:
    """Write a text whole or not at all, into a file that has one of these endings.

    Its folder is made. Half a character pair, which is no text, is written as a question mark.

    Raises
    ------
    ValueError
        If the file has another ending.
    """
    path = Path(path)
    if path.suffix.lower() not in endings:
        raise ValueError(f"write into a file that ends on {endings[0]}; found {path.suffix!r}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode("utf-8", "replace"))
    return path
