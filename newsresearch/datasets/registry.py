"""The registry: which data sets there are, and for each file its home, size and checksum."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from newsresearch.articles import ArticleError
from newsresearch.opening import data_folder

__all__ = ["DataFile", "Dataset", "data_folder", "known_datasets"]


@dataclass(frozen=True)
class DataFile:
    """One file of a data set; it can be fetched only where its SHA-256 is known."""

    dataset: str
    parts: tuple[str, ...]
    name: str
    instead: str  # the public file that may stand in its place, such as an archive
    url: str
    size: int
    sha256: str
    how: str  # what to do with what the address gives, before it is saved

    @property
    def saved_as(self) -> str:
        """The name under which what the address gives is kept."""
        return self.instead or self.name


@dataclass(frozen=True)
class Dataset:
    """One data set and its files."""

    name: str
    folder: str
    description: str
    rows: int
    labels: str
    licence: str
    citation: str
    home: str
    files: tuple[DataFile, ...]

    @property
    def parts(self) -> list[str]:
        """Names of its parts, the default first; empty if it has none."""
        return list(dict.fromkeys(part for file in self.files for part in file.parts))

    def pick_part(self, part: str | None) -> str:
        """Return the part that is meant, the first if none is named.

        Raises
        ------
        ArticleError
            If there is no such part.
        """
        if part is None or part in self.parts:
            return part or next(iter(self.parts), "")
        if not self.parts:
            raise ArticleError(f"{self.name} has no parts; found part={part!r}. Leave it out.")
        known = ", ".join(self.parts)
        raise ArticleError(f"{self.name} has no part {part!r}. Choose from: {known}.")

    def files_of(self, part: str) -> list[DataFile]:
        """Return the files that a part needs."""
        return [file for file in self.files if not part or part in file.parts]


@cache
def known_datasets() -> dict[str, Dataset]:
    """Return every data set by name, those that come with the package first."""
    files = [_file(row) for row in _read("dataset_files.csv")]
    sets = [_dataset(row, files) for row in _read("datasets.csv")]
    return {dataset.name: dataset for dataset in sets}


def _read(name: str) -> list[dict[str, str]]:
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _file(row: dict[str, str]) -> DataFile:
    return DataFile(
        dataset=row["dataset"],
        parts=tuple(row["parts"].split()),
        name=row["file"],
        instead=row["instead"],
        url=row["url"],
        size=int(row["bytes"] or 0),
        sha256=row["sha256"],
        how=row["how"],
    )


def _dataset(row: dict[str, str], files: list[DataFile]) -> Dataset:
    return Dataset(
        name=row["name"],
        folder=row["folder"] or row["name"],
        description=row["description"],
        rows=int(row["rows"]),
        labels=row["labels"],
        licence=row["licence"],
        citation=row["citation"],
        home=row["home"],
        files=tuple(file for file in files if file.dataset == row["name"]),
    )
