"""The files of one data set as loaders see them: tables, records, texts, members of archives."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode, make_whole
from newsresearch.tables import pd

__all__ = ["Shelf"]

# The largest file of all sets has 15 MB.
_LARGEST = 128 * 1024 * 1024
_MOST_MEMBERS = 10_000
_DAMAGE = (
    OSError, EOFError, ValueError, IndexError, RuntimeError, NotImplementedError,
    zlib.error, tarfile.TarError, zipfile.BadZipFile,
)  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """The files of one part of a data set, by the names that the registry gives them."""

    dataset: str
    part: str
    files: Mapping[str, Path]

    def text(self, name: str) -> str:
        """Return a file as text, as it was published but for its encoding."""
        return self._decoded(name, self._raw(name))

    def table(self, name: str, columns: Mapping[str, str], sep: str = ",") -> pd.DataFrame:
        """Return columns of a CSV file under our names, all text, nothing read as missing."""
        text = make_whole(self.text(name), [])
        try:
            table = pd.read_csv(
                io.StringIO(text, newline=""), sep=sep, dtype="str", na_filter=False
            )
        except ValueError as problem:  # pandas' own errors are ValueErrors
            raise self._damaged(name, str(problem)) from problem
        if absent := [column for column in columns if column not in table]:
            raise self._damaged(name, f"no column {absent[0]!r}")
        return table[list(columns)].rename(columns=dict(columns))

    def records(self, name: str) -> list[dict[str, Any]]:
        """Return the objects of a JSON Lines file."""
        lines = self.text(name).split("\n")
        found = [self._object(name, line) for line in lines if line.strip()]
        if not all(isinstance(record, dict) for record in found):
            raise self._damaged(name, "a line is no JSON object")
        return found

    def mapping(self, name: str) -> dict[str, Any]:
        """Return the object that a JSON file holds."""
        found = self._object(name, self.text(name))
        if not isinstance(found, dict):
            raise self._damaged(name, "it is no JSON object")
        return found

    def is_zip(self, name: str) -> bool:
        """Tell whether the published ZIP archive stands in the place of a file."""
        return self.files[name].suffix == ".zip"

    def members(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield name and content of each file in a ZIP archive; nothing is unpacked to disk."""
        try:
            with zipfile.ZipFile(self.files[name]) as archive:
                members = archive.infolist()
                if sum(m.file_size for m in members) > _LARGEST or len(members) > _MOST_MEMBERS:
                    raise self._damaged(name, "more in it than belongs there")
                for member in members:
                    if not member.is_dir():
                        with archive.open(member) as file:
                            yield member.filename, _bounded(file)
        except ArticleError:
            raise
        except _DAMAGE as problem:
            raise self._damaged(name, str(problem)) from problem

    def json_member(self, name: str, raw: bytes) -> Any:
        """Return what a JSON file inside an archive holds."""
        return self._object(name, self._decoded(name, raw))

    def _raw(self, name: str) -> bytes:
        path = self.files[name]
        try:
            if path.name.endswith(".tar.gz"):
                with path.open("rb") as file:
                    return _find_member(file, name)
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                return _bounded(file)
        except ArticleError:
            raise
        except _DAMAGE as problem:
            raise self._damaged(name, str(problem)) from problem

    def _decoded(self, name: str, raw: bytes) -> str:
        try:
            return decode(raw)[0]
        except ArticleError as problem:
            raise self._damaged(name, str(problem)) from problem

    def _object(self, name: str, text: str) -> Any:
        try:
            return _whole(json.loads(text))
        except (ValueError, RecursionError) as problem:
            raise self._damaged(name, str(problem)) from problem

    def _damaged(self, name: str, why: str) -> ArticleError:
        return ArticleError(
            f"{self.files[name]} is not {name} of {self.dataset} as published ({why}). "
            "Get it again from its home; nr.list_datasets() names it."
        )


def _bounded(file: Any) -> bytes:
    raw: bytes = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError("larger than 128 MiB")
    return raw


def _find_member(file: BinaryIO, name: str, deepest: int = 1) -> bytes:
    """Return the file of that name in a tar archive, or in the first tar archive inside it."""
    inner = b""
    with tarfile.open(fileobj=file, mode="r:gz") as archive:
        for _, member in zip(range(_MOST_MEMBERS), archive, strict=False):
            content = archive.extractfile(member) if member.isreg() else None
            last = member.name.rsplit("/", 1)[-1]
            if content and last == name:
                return _bounded(content)
            if content and last.endswith(".tar.gz") and not inner:
                inner = _bounded(content)
    if not inner or not deepest:
        raise ValueError(f"no {name} in it")
    return _find_member(io.BytesIO(inner), name, deepest - 1)


def _whole(value: Any) -> Any:
    """Replace what no table can hold in every text of a JSON value."""
    if isinstance(value, str):
        return make_whole(value, [])
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return value
