"""The list from which Python in the browser loads its packages, and wheels to put into it.

Pyodide's own list names 356 packages of its content delivery network. Ours names only what lies
beside it, so that a page can ask no other server for anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lite.packages import BuildError, Package, sha256

__all__ = ["check_lock", "entry", "folder_wheel", "lock_packages", "lock_text"]

_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)-.+\.whl")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can tell


def entry(
    path: Path, imports: Sequence[str] = (), depends: Sequence[str] = (), name: str = ""
) -> dict[str, Any]:
    """Return what the list holds about a wheel: whence, which modules, and what it needs.

    Raises
    ------
    BuildError
        If the file is not named as wheels are.
    """
    found = _WHEEL.fullmatch(path.name)
    if not found:
        raise BuildError(f"{path.name} is not named as a wheel is: name-version-….whl.")
    own = found["name"].lower().replace("_", "-")
    return {
        "depends": sorted(depends),
        "file_name": path.name,
        "imports": list(imports) or [found["name"]],
        "install_dir": "site",
        "name": name or own,
        "package_type": "package",
        "sha256": sha256(path),
        "unvendored_tests": False,
        "version": found["version"],
    }


def lock_packages(packages: Iterable[Package], cache: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of the wheels that were fetched."""
    return {
        one.name: entry(cache / one.file, one.imports, one.depends, one.name)
        for one in packages
        if one.source == "PyPI"
    }


def lock_text(theirs: str, entries: Mapping[str, Mapping[str, Any]]) -> str:
    """Return Pyodide's own list with our entries in place of all of its own.

    Raises
    ------
    BuildError
        If an entry needs one that is not there.
    """
    for name, one in entries.items():
        absent = sorted(set(one["depends"]) - entries.keys())
        if absent:
            raise BuildError(f"{name} needs {absent[0]}, which is not in the list. Add it.")
    lock = {"info": json.loads(theirs)["info"], "packages": dict(sorted(entries.items()))}
    return json.dumps(lock, indent=1, sort_keys=True) + "\n"


def check_lock(folder: Path) -> int:
    """Return how many files the list in a folder names, after comparing each with it.

    Raises
    ------
    BuildError
        If a file is missing or another one.
    """
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    for one in lock["packages"].values():
        path = folder / one["file_name"]
        if not path.is_file() or sha256(path) != one["sha256"]:
            raise BuildError(f"{path} is missing, or not the file that the list names.")
    return len(lock["packages"])


def folder_wheel(folder: Path, name: str, version: str, out: Path) -> Path:
    """Write a wheel of a folder of plain Python, the same bytes each time.

    The folder holds the packages; its own name stays outside.
    """
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".pyi", ".typed"}
    }
    info = f"{name}-{version}.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{info}/METADATA"] = about.encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    lines = [f"{path},{_digest(raw)},{len(raw)}\n" for path, raw in files.items()]
    files[f"{info}/RECORD"] = "".join([*lines, f"{info}/RECORD,,\n"]).encode()
    target = out / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as wheel:
        for path, raw in files.items():
            member = zipfile.ZipInfo(path, _FIRST_DAY)
            member.external_attr = 0o644 << 16
            wheel.writestr(member, raw, zipfile.ZIP_DEFLATED)
    return target


def _digest(raw: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
