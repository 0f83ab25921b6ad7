"""Build the class site: JupyterLite with the class notebooks, for a USB stick and any server.

    make lite                                     (or)
    python -m lite.build --tools FOLDER [--out FOLDER] [NOTEBOOK ...]

``--tools`` is a Python environment with what lite/requirements.txt names. Without notebooks, the
class notebooks are taken. README.md beside this file says the rest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lite.lockfile import check_lock, entry, folder_wheel, lock_packages, lock_text
from lite.packages import BuildError, Package, fetch, read_packages, run, sha256
from lite.pages import licences_page, read_lesson, start_page
from newsresearch.classroom.folders import write_folder
from newsresearch.classroom.kit import class_files

HERE = Path(__file__).parent
ROOT = HERE.parent
NOTEBOOKS = ("20_spot_the_gap", "22_write_your_own_headline", "23_spot_the_splice")
# A notebook alone, and the list of files: a full laboratory would be 2 MB more and distract.
APPS = ("notebooks", "tree")
# Fonts in forms that only browsers without WebAssembly ask for, and what built JupyterLite itself.
UNUSED = ("build/fa-*.eot", "build/fa-*.svg", "build/fa-*.ttf", "build/fa-*.woff", "rspack.*.js")
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
KERNEL = "@jupyterlite/pyodide-kernel-extension"
OWN_WHEELS = f"extensions/{KERNEL}/static/pypi"  # the kernel brings these along
# Loaded in one go as the kernel starts. What the kernel asks for first, then ours.
PRELOADED = (
    "micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "newsresearch",
)  # fmt: skip
OWN_DEPENDS = {
    "ipykernel": (),
    "piplite": ("micropip",),
    "pyodide-kernel": ("comm", "ipython"),
    "newsresearch": ("numpy", "textstat", "vadersentiment"),
}


def build(tools: Path, out: Path, cache: Path, notebooks: Sequence[Path]) -> None:
    """Build the site in a folder beside ``out``, and put it there when it is whole."""
    for path in notebooks:
        if not path.is_file():
            raise BuildError(f"there is no notebook {path}. Name others, or write it.")
    packages = read_packages(HERE / "packages.csv")
    python = tools / "bin" / "python"
    fetch(packages, cache, python)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as name:
        work = Path(name)
        site = work / "site"
        build_app(tools, site, work)
        add_python(site, packages, cache, build_wheels(python, work))
        add_contents(site, notebooks)
        add_icons(site)
        write_settings(site)
        add_paper(site)
        write_pages(site, packages, notebooks)
        check_lock(site / "static" / "pyodide")
        shutil.rmtree(out, ignore_errors=True)
        site.rename(out)


def build_app(tools: Path, site: Path, work: Path) -> None:
    """Let JupyterLite lay out the applications and the kernel, without anything of ours."""
    lite = work / "lite"
    lite.mkdir()
    apps = [f"--apps={app}" for app in APPS]
    lean = ["--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"]
    options = [f"--lite-dir={lite}", f"--output-dir={site}", f"--source-date-epoch={epoch()}"]
    program = tools / "bin" / "jupyter-lite"
    why = "Make the environment of the build again: make lite"
    run([program, "build", *options, *apps, *lean], why, cwd=lite, env=dated())
    for pattern in UNUSED:
        for path in site.glob(pattern):
            path.unlink()


@cache
def epoch() -> str:
    """Return the date of all that is built, in seconds: of the last commit, unless one is set.

    It is no clock, so that a site can be built again to the byte.
    """
    try:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        told = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        told = ""
    return os.environ.get("SOURCE_DATE_EPOCH") or told or "1767225600"


def dated() -> dict[str, str]:
    """Return our environment with the date that tools are to write into what they build."""
    return {**os.environ, "SOURCE_DATE_EPOCH": epoch()}


def build_wheels(python: Path, work: Path) -> list[Path]:
    """Return our own wheel, and that of the small stand-in for numpy."""
    wheels = work / "wheels"
    wheels.mkdir()
    alone = ("--no-deps", "--no-build-isolation", "--no-index")
    command = (python, "-m", "pip", "wheel", *alone, "--wheel-dir", wheels, ROOT)
    run(command, "Our own wheel is needed.", env=dated())
    folder_wheel(HERE / "numpy_standin", "numpy", "0.0", wheels)
    return sorted(wheels.glob("*.whl"))


def add_python(
    site: Path, packages: Sequence[Package], cache: Path, wheels: Sequence[Path]
) -> None:
    """Put Python for the browser into the site, with every wheel and the list that names them."""
    target = site / "static" / "pyodide"
    target.mkdir(parents=True)
    [archive] = [cache / one.file for one in packages if one.source == "npm"]
    with tarfile.open(archive) as tar:
        for name in (*PYODIDE_FILES, "pyodide-lock.json"):
            (target / name).write_bytes(_member(tar, f"package/{name}"))
    entries = lock_packages(packages, cache)
    shipped = [p for p in (site / OWN_WHEELS).glob("*.whl") if _name(p) in OWN_DEPENDS]
    for path in [*wheels, *shipped]:
        one = entry(path, depends=OWN_DEPENDS.get(_name(path), ()))
        entries[one["name"]] = one
    fetched = [cache / one.file for one in packages if one.source == "PyPI"]
    for path in [*fetched, *wheels, *shipped]:
        shutil.copyfile(path, target / path.name)
    lock = target / "pyodide-lock.json"
    lock.write_text(lock_text(lock.read_text(encoding="utf-8"), entries), encoding="utf-8")


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    found = tar.extractfile(name)
    if found is None:
        raise BuildError(f"{name} in the archive of Pyodide is no file.")
    return found.read()


def _name(wheel: Path) -> str:
    return wheel.name.split("-")[0].lower().replace("_", "-")


def add_contents(site: Path, notebooks: Sequence[Path]) -> None:
    """Copy the notebooks, and list them as a server of notebooks would."""
    files = site / "files"
    files.mkdir()
    when = datetime.fromtimestamp(int(epoch()), UTC).isoformat().replace("+00:00", "Z")
    fixed: dict[str, Any] = {"created": when, "last_modified": when, "mimetype": None}
    rows = []
    for path in notebooks:
        shutil.copyfile(path, files / path.name)
        size = path.stat().st_size
        row = {"name": path.name, "path": path.name, "type": "notebook", "size": size}
        rows.append({**fixed, **row, "content": None, "format": None, "writable": True})
    folder = {"name": "", "path": "", "type": "directory", "size": None, "writable": True}
    listing = {**fixed, **folder, "content": rows, "format": "json"}
    _write_json(site / "api" / "contents" / "all.json", listing)


def add_paper(site: Path) -> None:
    """Put worksheets, forms and the glossary into the site; no answers and no keys."""
    files, problems = class_files(answers=False, site="../index.html")
    if problems:
        raise BuildError(f"{problems[0]}. `newsresearch lessons` tells more.")
    write_folder(site / "class", files)


def add_icons(site: Path) -> None:
    """Put an icon wherever a browser or the notebook asks for one: an error a request otherwise."""
    icon = site / "notebooks" / "favicon.ico"
    states = site / "static" / "favicons"
    states.mkdir()
    for target in (site, *(states / f"favicon-{name}.ico" for name in ("busy-1", "notebook"))):
        shutil.copyfile(icon, target / icon.name if target.is_dir() else target)


def write_settings(site: Path) -> None:
    """Point the kernel at what lies in the site, and keep it from asking anybody else."""
    path = site / "jupyter-lite.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    data = config["jupyter-config-data"]
    kernel = data.setdefault("litePluginSettings", {}).setdefault(f"{KERNEL}:kernel", {})
    kernel["pyodideUrl"] = "./static/pyodide/pyodide.mjs"
    kernel["disablePyPIFallback"] = True
    kernel["loadPyodideOptions"] = {"packages": list(PRELOADED)}
    data["contentsAllJsonFile"] = "all.json"
    data["appName"] = "News in class"
    data["faviconUrl"] = "./notebooks/favicon.ico"
    # A browser keeps changes under this name: those made to other notebooks must not hide these.
    texts = sorted((site / "files").iterdir())
    mark = hashlib.sha256("".join(map(sha256, texts)).encode()).hexdigest()[:8]
    data["contentsStorageName"] = f"News in class {mark}"
    _write_json(path, config)


def write_pages(site: Path, packages: Sequence[Package], notebooks: Sequence[Path]) -> None:
    """Write the pages that are read, not run."""
    lessons = [read_lesson(path) for path in notebooks]
    (site / "index.html").write_text(start_page(lessons), encoding="utf-8")
    (site / "licences.html").write_text(licences_page(packages), encoding="utf-8")


def _write_json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> int:
    """Read the command line, build, and say what was built."""
    parser = argparse.ArgumentParser(description="Build the class site.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="instead of the class notebooks")
    parser.add_argument("--tools", type=Path, required=True, help="environment of the build")
    parser.add_argument("--out", type=Path, default=HERE / "_site")
    parser.add_argument("--cache", type=Path, default=ROOT / ".tools" / "lite-cache")
    given = parser.parse_args()
    notebooks = given.notebooks or [ROOT / "notebooks" / f"{name}.ipynb" for name in NOTEBOOKS]
    out, cache = given.out.resolve(), given.cache.resolve()
    try:
        build(given.tools.absolute(), out, cache, notebooks)
    except BuildError as problem:
        sys.exit(f"lite: {problem}")
    files = [path for path in out.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{out}: {len(files)} files, {size:.1f} MB")
    print(f"Try it: python3 -m http.server --directory {out} 8000, then http://localhost:8000")
    return 0


if __name__ == "__main__":
    sys.exit(main())
