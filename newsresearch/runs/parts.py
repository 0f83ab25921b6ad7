"""A folder that holds a long run: its settings, its parts, and one runner at a time.

A part is a table of scores, and counts only with the sidecar that is written after it and says
its length and hash. Names of the bookkeeping begin with '_' or '.', which readers of a folder
of Parquet files pass over.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from newsresearch.articles import ArticleError
from newsresearch.export import save_table
from newsresearch.files import write_whole
from newsresearch.formats.tables import parquet_errors
from newsresearch.tables import pd

__all__ = ["RunFolder", "find_format", "telling"]

_RUN = "_run.json"
_LOCK = ".lock"
_NEEDED = {"chunk", "rows"}  # of the settings, to find the parts
_FORMATS = ("parquet", "jsonl")
_HELD = "another run is writing into {folder}. Wait for it, or choose another folder."


def find_format() -> str:
    """Return the format of parts: Parquet where pyarrow is there, else JSON Lines."""
    return "parquet" if find_spec("pyarrow") else "jsonl"


@contextmanager
def telling(file: Path, safe: int) -> Iterator[None]:
    """Say of a write that fails what it was, how much is safe already, and what to do.

    Raises
    ------
    OSError
        In place of the one that was raised inside.
    """
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise OSError(
            f"cannot write {file}: {reason}. {safe:,} articles are scored and safe; make room, or "
            "the folder writable, and run the same again to go on."
        ) from problem


class RunFolder:
    """The files of one run."""

    def __init__(self, path: Path, kind: str) -> None:
        self.path, self.kind = path, kind

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other runners out; the system lets go of the lock however a process ends.

        Raises
        ------
        ArticleError
            If another process holds it, or the folder holds other files.
        OSError
            If the folder cannot be made or written.
        """
        name = self.path / _LOCK
        with telling(self.path, 0):
            self.path.mkdir(parents=True, exist_ok=True)
        self._check_free()
        with telling(name, 0):
            opened = name.open("a+b")
        with opened as file:
            if not _lock(file):
                raise ArticleError(_HELD.format(folder=self.path))
            yield

    # --- settings -------------------------------------------------------------------------------

    def read_settings(self) -> dict[str, Any] | None:
        """Return what the run here was begun with, or None where none was begun.

        Raises
        ------
        ArticleError
            If it cannot be read.
        """
        file = self.path / _RUN
        if not file.exists():
            return None
        settings = _read_json(file)
        if (
            settings is None
            or settings.get("format") not in _FORMATS
            or not set(settings) >= _NEEDED
        ):
            raise ArticleError(f"{file} is damaged. Choose another folder, or remove this one.")
        return settings

    def _check_free(self) -> None:
        """Look whether a run may be here: one was begun, or there is nothing else."""
        found = sorted(entry.name for entry in self.path.iterdir() if entry.name[0] != ".")
        if found and _RUN not in found:
            told = ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
            raise ArticleError(f"{self.path} holds other files ({told}). Choose an empty folder.")

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Write the settings of a new run."""
        _sync(self.path.parent)  # the folder itself may be new
        with telling(self.path / _RUN, 0):
            self._write_json(_RUN, settings)

    def remove_leftovers(self) -> None:
        """Remove the temporary files of a run that was killed while it wrote."""
        for leftover in self.path.glob(".*.part"):
            leftover.unlink()

    # --- parts ----------------------------------------------------------------------------------

    def part(self, index: int) -> Path:
        """Return the file of a part."""
        return self.path / f"part-{index:06d}.{self.kind}"

    def check_part(self, index: int, rows: int) -> dict[str, Any] | None:
        """Return the sidecar of a part, or None where the part is not there whole."""
        told = _read_json(self._sidecar(index))
        if told is None or told.get("rows") != rows:
            return None
        try:
            raw = self.part(index).read_bytes()
        except OSError:
            return None
        return told if _describe(raw) == {name: told.get(name) for name in _describe(b"")} else None

    def write_part(self, index: int, table: pd.DataFrame) -> dict[str, Any]:
        """Write a part and then its sidecar, each so that it survives a loss of power."""
        path = self.part(index)
        if self.kind == "parquet":
            save_table(table, path)
        else:
            write_whole(path, _to_lines(table))
        _sync(self.path)
        told = {"rows": len(table), "errors": int((table["error"] != "").sum())}
        told |= _describe(path.read_bytes())
        self._write_json(self._sidecar(index).name, told)
        return told

    def read_part(self, index: int, dtypes: Mapping[str, Any]) -> pd.DataFrame:
        """Return the table of a part; JSON Lines do not say the dtypes by themselves."""
        if self.kind == "parquet":
            with parquet_errors(f"{self.part(index)}: "):
                return pd.read_parquet(self.part(index))
        return _from_lines(self.part(index).read_bytes(), dtypes)

    def _sidecar(self, index: int) -> Path:
        return self.path / f"_part-{index:06d}.json"

    def _write_json(self, name: str, value: Mapping[str, Any]) -> None:
        write_whole(self.path / name, (json.dumps(value, indent=1) + "\n").encode())
        _sync(self.path)


def _sync(path: Path) -> None:
    """Have the names of new files written to the disk as well; Windows cannot, nor need."""
    if sys.platform == "win32":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _to_lines(table: pd.DataFrame) -> bytes:
    """Return a line a row that is read back exactly: numbers in full, null for missing."""
    cells = table.astype(object).where(table.notna(), None)
    lines = (json.dumps(row, allow_nan=False) for row in cells.to_dict("records"))
    return "".join(f"{line}\n" for line in lines).encode()


def _from_lines(raw: bytes, dtypes: Mapping[str, Any]) -> pd.DataFrame:
    rows = [json.loads(line) for line in raw.splitlines()]
    return pd.DataFrame(rows, columns=list(dtypes), dtype=object).astype(dict(dtypes))


def _describe(raw: bytes) -> dict[str, Any]:
    return {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}


def _read_json(file: Path) -> dict[str, Any] | None:
    try:
        value = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _lock(file: IO[bytes]) -> bool:
    """Try to lock an open file; the lock ends with the process at the latest."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # so they say on Unix and on Windows
        return False
    return True
