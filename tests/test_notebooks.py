"""Notebooks are clean, short, import only what a newcomer knows, and run from a fresh kernel."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kernels import run_notebook

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.rglob("*.ipynb"))
ALLOWED = {"newsresearch", "pandas", "matplotlib.pyplot"}
MEND = "Clear it with: jupyter nbconvert --clear-output --inplace "
EXPECTED = {
    "00_start_here",
    "01_load_articles",
    "02_tone",
    "03_readability",
    "04_frames",
    "05_headline_and_body",
    "06_incoherence",
    "10_paper_figures",
    "11_published_results",
    "21_same_event_two_frames",
}


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def test_the_promised_notebooks_are_there() -> None:
    assert {path.stem for path in NOTEBOOKS} >= EXPECTED


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_output_no_count_no_odd_metadata(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    for cell in code(path):
        assert not cell.outputs and cell.execution_count is None, MEND + path.name
        assert not cell.metadata


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_cells_are_short_and_hold_no_machinery(path: Path) -> None:
    for cell in code(path):
        tree = ast.parse(cell.source)
        assert len(cell.source.splitlines()) <= 8
        for node in ast.walk(tree):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= ALLOWED
            if isinstance(node, ast.ImportFrom):
                assert node.module in ALLOWED


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_prose_leads_and_the_limits_come_last(path: Path) -> None:
    cells = read(path).cells
    assert cells[0].cell_type == "markdown"
    assert code(path)[0].source.startswith("import newsresearch as nr\narticles")
    assert "## What this cannot tell you" in cells[-1].source
    for before, cell in pairwise(cells):
        assert cell.cell_type == "markdown" or before.cell_type == "markdown", cell.source


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_runs_from_a_fresh_kernel(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"  # what a notebook writes to ../figures must not land here
    folder.mkdir()
    notebook = run_notebook(read(path), folder)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs and not [output for output in outputs if output.output_type == "error"]
    if path.stem == "10_paper_figures":
        pictures = sorted(p.name for p in (tmp_path / "figures").glob("*.svg"))
        assert len(pictures) == 4
