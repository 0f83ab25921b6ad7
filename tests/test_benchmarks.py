"""The benchmarks can still be started: each is imported, the quick one on headlines is run."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
# What the tests do not install: the group `bench`, and what trains models.
PEERS = {
    "blingfire", "krippendorff", "nela_features", "newspaper", "onnx", "pysbd", "safetensors",
    "scipy", "sklearn", "textdescriptives", "torch", "transformers",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_what_a_benchmark_imports_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        try:
            module = importlib.import_module(node.module)
        except ModuleNotFoundError as missing:
            if str(missing.name).split(".")[0] in PEERS:
                continue
            raise
        for alias in node.names:
            found = hasattr(module, alias.name)
            if not found:  # a module of a package
                found = importlib.util.find_spec(f"{node.module}.{alias.name}") is not None
            assert found, f"{path.name}: no {alias.name} in {node.module}"


@pytest.fixture(autouse=True)
def _forget_them() -> None:
    names = {path.stem for path in FOLDER.glob("*.py")}
    for name in names & sys.modules.keys():
        del sys.modules[name]


@pytest.mark.dataset
def test_the_figures_of_headlines_are_still_printed(public_data: Path) -> None:
    """On the development part: a change of columns or checks would break it unseen."""
    if not (public_data / "basil" / "articles.jsonl.gz").is_file():
        pytest.skip("needs basil/articles.jsonl.gz in the folder that NEWSRESEARCH_DATA names")
    command = [sys.executable, str(FOLDER / "probes.py")]
    env = os.environ | {"NEWSRESEARCH_DATA": str(public_data)}
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=120, env=env
    ).stdout
    assert "development part" in told
    assert re.search(r"contradicted +p_contradicted 0\.[5-9]\d+, p_disagree", told), told
