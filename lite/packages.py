"""What the site is made of: files of PyPI and npm, pinned by version and SHA-256, fetched once."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["BuildError", "Package", "fetch", "read_packages", "run", "sha256"]

_OFFLINE = "The build needs PyPI and the npm registry; what was fetched before is kept in {cache}."


class BuildError(RuntimeError):
    """The site cannot be built: what is wrong, and what to do."""


class Package(NamedTuple):
    """A row of packages.csv."""

    name: str
    version: str
    source: str  # PyPI or npm
    file: str
    sha256: str
    imports: tuple[str, ...]
    depends: tuple[str, ...]
    licence: str


def read_packages(path: Path) -> list[Package]:
    """Return the rows of packages.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Package(
            **row
            | {"imports": tuple(row["imports"].split())}
            | {"depends": tuple(row["depends"].split())}
        )
        for row in rows
    ]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(
    command: Sequence[str | Path],
    why: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a command quietly; if it fails, say so with the end of what it wrote."""
    try:
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    except FileNotFoundError:
        raise BuildError(f"{Path(command[0]).name} is not installed. {why}") from None
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise BuildError(f"{' '.join(map(str, command[:4]))} … failed. {why}\nIt wrote:\n{said}")


def fetch(packages: Sequence[Package], cache: Path, python: Path) -> None:
    """Put the files of all packages into a folder; those that are there are not fetched again.

    ``python`` is one with pip. A file whose SHA-256 is another is an error, and is taken away.
    """
    cache.mkdir(parents=True, exist_ok=True)
    missing = [package for package in packages if not _is_here(package, cache)]
    _fetch_wheels([one for one in missing if one.source == "PyPI"], cache, python)
    for package in missing:
        if package.source == "npm":
            _fetch_npm(package, cache)
    for package in missing:
        if not _is_here(package, cache):
            (cache / package.file).unlink(missing_ok=True)
            raise BuildError(f"{package.file} is not the file that packages.csv names. Not used.")


def _is_here(package: Package, cache: Path) -> bool:
    path = cache / package.file
    return path.is_file() and sha256(path) == package.sha256


def _fetch_wheels(packages: Sequence[Package], cache: Path, python: Path) -> None:
    if not packages:
        return
    wanted = cache / "wheels.txt"
    lines = [f"{one.name}=={one.version} --hash=sha256:{one.sha256}\n" for one in packages]
    wanted.write_text("".join(lines), encoding="utf-8")
    pure = ["--only-binary=:all:", "--implementation=py", "--abi=none", "--platform=any"]
    command: list[str | Path] = [
        python,
        "-m",
        "pip",
        "download",
        "--retries=1",
        "--no-deps",
        "--require-hashes",
        *pure,
    ]
    # Not the Python that runs this, but the one in the browser.
    command += ["--python-version=3.14", "--dest", cache, "--requirement", wanted]
    run(command, _OFFLINE.format(cache=cache))
    wanted.unlink()


def _fetch_npm(package: Package, cache: Path) -> None:
    named = f"{package.name}@{package.version}"
    npm = shutil.which("npm") or "npm"
    where = f"Python for the browser comes from npm. {_OFFLINE.format(cache=cache)}"
    run([npm, "pack", named, "--pack-destination", cache], where)
