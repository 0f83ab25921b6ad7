"""Notebooks are clean, short, import only what a newcomer knows, and run from a fresh kernel.

A lesson has one source, with the answers: ``notebooks/answers``. The pupils' copy is derived.
"""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kernels import run_notebook

from newsresearch.classroom.deriving import TAGS, derive_lesson, read_notebook, write_notebook

FOLDER = Path(__file__).parent.parent / "notebooks"
SOURCES = sorted(FOLDER.glob("answers/*.ipynb"))
COPIES = sorted(FOLDER.glob("*.ipynb"))
NOTEBOOKS = [*COPIES, *SOURCES]
ALLOWED = {"newsresearch", "pandas", "matplotlib.pyplot"}
MEND = "Clear it with: jupyter nbconvert --clear-output --inplace "
LESSONS = {
    "20_spot_the_gap",
    "21_same_event_two_frames",
    "22_write_your_own_headline",
    "23_spot_the_splice",
}
IN_A_BROWSER = LESSONS - {"21_same_event_two_frames"}  # where there is no pandas
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
    *LESSONS,
}
DERIVE = 'python -c "from newsresearch.classroom.deriving import derive_file as d; d({!r})"'


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def name(path: Path) -> str:
    return str(path.relative_to(FOLDER))


def differs(source: Path, pupils: Path) -> str:
    """Say how to make the pupils' copy anew, where it is not what its source gives."""
    same = write_notebook(derive_lesson(read_notebook(source))) == pupils.read_bytes()
    return "" if same else DERIVE.format(str(source))


def test_the_promised_notebooks_are_there() -> None:
    assert {path.stem for path in NOTEBOOKS} >= EXPECTED
    assert {path.stem for path in SOURCES} == LESSONS


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_the_copy_of_the_pupils_is_the_derived_one(source: Path) -> None:
    assert not differs(source, FOLDER / source.name)
    tags = [cell.metadata.get("tags") for cell in read(source).cells]
    assert ["answer"] in tags, f"{source.name} has no answers"


@pytest.mark.parametrize("changed", ["source", "copy"])
def test_a_drift_of_either_is_seen(changed: str, tmp_path: Path) -> None:
    source, pupils = tmp_path / "source.ipynb", tmp_path / "copy.ipynb"
    source.write_bytes(SOURCES[0].read_bytes())
    pupils.write_bytes((FOLDER / SOURCES[0].name).read_bytes())
    assert not differs(source, pupils)
    path = source if changed == "source" else pupils
    path.write_text(path.read_text("utf-8").replace("**Goal.**", "**Goal:**"), "utf-8")
    assert str(source) in differs(source, pupils)


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_a_lesson_says_what_a_teacher_must_know(source: Path) -> None:
    cells = read(source).cells
    head, prose = cells[0].source, "".join(c.source for c in cells if c.cell_type == "markdown")
    for word in ("**Goal", "**For**", "**Time", "| step | minutes |", "**Materials", "teacher"):
        assert word in head, word
    assert "iscussion" in prose and "What does the tool get wrong?" in prose


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_no_output_no_count_no_odd_metadata(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    for cell in code(path):
        assert not cell.outputs and cell.execution_count is None, MEND + path.name
    for cell in notebook.cells:
        assert set(cell.metadata) <= ({"tags"} if path in SOURCES else set())
        assert set(cell.metadata.get("tags", ())) <= set(TAGS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_cells_are_short_and_hold_no_machinery(path: Path) -> None:
    for cell in code(path):
        tree = ast.parse(cell.source)
        lines = [line for line in cell.source.splitlines() if not line.endswith(" SOLUTION")]
        assert len(lines) <= 8
        for node in ast.walk(tree):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)
            allowed = {"newsresearch"} if path.stem in IN_A_BROWSER else ALLOWED
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= allowed
            if isinstance(node, ast.ImportFrom):
                assert node.module in allowed


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_prose_leads_and_the_limits_come_last(path: Path) -> None:
    cells = read(path).cells
    assert cells[0].cell_type == "markdown"
    assert code(path)[0].source.startswith("import newsresearch as nr\narticle")
    assert "## What this cannot tell you" in cells[-1].source
    for before, cell in pairwise(cells if path in COPIES else []):
        assert cell.cell_type == "markdown" or before.cell_type == "markdown", cell.source


def test_no_task_is_given_away_by_another_box() -> None:
    """The votes of the invented class are our answers; a spoilt text may not stand there whole."""
    votes = [c.source for c in code(FOLDER / "20_spot_the_gap.ipynb") if "votes =" in c.source]
    assert re.findall(r"\((\d), (\d)\)", votes[0]) == [("1", "1")] * 6
    tasks = [c.source for c in code(FOLDER / "23_spot_the_splice.ipynb")]
    stories = re.findall(r'open_article\("([^"]+)"\)', "\n".join(tasks))
    assert len(stories) == len(set(stories)) >= 6


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_it_runs_from_a_fresh_kernel(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"  # what a notebook writes to ../figures must not land here
    folder.mkdir()
    notebook = run_notebook(read(path), folder)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs and not [output for output in outputs if output.output_type == "error"]
    if path.stem == "10_paper_figures":
        pictures = sorted(p.name for p in (tmp_path / "figures").glob("*.svg"))
        assert len(pictures) == 4
