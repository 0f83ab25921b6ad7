"""The pupils' copy of a lesson has the tasks and none of the answers."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from newsresearch.classroom.deriving import (
    derive_file,
    derive_lesson,
    read_notebook,
    write_notebook,
)

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"


def cell(*lines: str, tag: str = "", kind: str = "code", name: str = "c") -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": kind,
        "id": name,
        "metadata": {"tags": [tag]} if tag else {},
        "source": "\n".join(lines).splitlines(keepends=True),
    }
    ran = {"execution_count": 3, "outputs": [{"output_type": "stream", "text": ["the answer"]}]}
    return made | (ran if kind == "code" else {})


def lesson(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def lines_of(*cells: dict[str, Any]) -> list[list[str]]:
    return [found["source"] for found in derive_lesson(lesson(*cells))["cells"]]


def test_answers_go_and_tasks_stay_without_solutions() -> None:
    found = lines_of(
        cell("# Lesson", kind="markdown"),
        cell("secret", tag="answer", kind="markdown"),
        cell("secret = 1", tag="answer"),
        cell("x = 1", BEGIN, "secret", "secret", END, "x", tag="task"),
    )
    assert found == [["# Lesson"], ["x = 1\n", "# your turn\n", "x"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([BEGIN, "a", END], ["# your turn"]),
        ([BEGIN, END], ["# your turn"]),
        (["a", BEGIN, "b", END, ""], ["a\n", "# your turn"]),
        (
            [BEGIN, "a", END, "b", BEGIN, "c", END],
            ["# your turn\n", "b\n", "# your turn"],
        ),
        (
            ["with x:", f"    {BEGIN}", "    y", f"    {END}", "    pass"],
            ["with x:\n", "    # your turn\n", "    pass"],
        ),
        (["a", "b"], ["a\n", "b"]),
        ([], []),
    ],
)
def test_each_solution_becomes_one_line_at_its_indent(
    lines: list[str], expected: list[str]
) -> None:
    assert lines_of(cell(*lines, tag="task")) == [expected]


def test_no_output_count_tag_or_odd_metadata_is_left() -> None:
    odd = cell("a", tag="task", name="kept")
    odd["metadata"]["collapsed"] = True
    source = lesson(odd, kernelspec={"name": "python3"}, widgets={"state": "the answer"})
    before = copy.deepcopy(source)
    made = derive_lesson(source)
    assert source == before  # the source itself is left alone
    assert made["metadata"] == {"kernelspec": {"name": "python3"}}
    expected = {"id": "kept", "metadata": {}, "outputs": [], "execution_count": None}
    assert made["cells"][0].items() >= expected.items()
    assert "the answer" not in json.dumps(made)


def test_ids_are_kept_and_missing_ones_come_from_the_place_in_the_source() -> None:
    cells = [cell(kind="markdown", tag="answer"), cell(), cell(name="own")]
    del cells[1]["id"]
    assert [c["id"] for c in derive_lesson(lesson(*cells))["cells"]] == ["cell-01", "own"]


def test_a_source_in_one_string_is_cut_into_lines() -> None:
    one = cell() | {"source": "a\nb"}
    assert lines_of(one) == [["a\n", "b"]]


def test_deriving_a_copy_changes_nothing() -> None:
    source = lesson(cell("a", BEGIN, "b", END, tag="task"), cell("c", tag="answer"))
    once = derive_lesson(source)
    assert derive_lesson(once) == once


@pytest.mark.parametrize(
    ("lines", "tag", "told"),
    [
        ([BEGIN, "a"], "task", "'c'.*not closed. Add '# END SOLUTION'"),
        (["a", END], "task", "ends unbegun"),
        ([BEGIN, BEGIN, END, END], "task", "begins within another"),
        ([BEGIN, "a", END], "", "outside of a task. Tag the cell 'task'"),
        ([BEGIN, "a", END], "answer", "outside of a task"),
        (["# begin solution", "a", END], "task", "odd marker '# begin solution'"),
        ([f"a  {BEGIN}", "b"], "task", "odd marker"),
        (["# END-SOLUTION"], "", "outside of a task"),
        (["a"], "anwser", r"one tag of \('answer', 'task'\).*found \['anwser'\]"),
    ],
)
def test_what_could_hand_over_an_answer_is_refused(lines: list[str], tag: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        lines_of(cell(*lines, tag=tag))


def test_two_tags_and_a_task_in_prose_are_refused() -> None:
    both = cell("a")
    both["metadata"]["tags"] = ["answer", "task"]
    with pytest.raises(ValueError, match="one tag"):
        lines_of(both)
    with pytest.raises(ValueError, match="only a code cell can be a task"):
        lines_of(cell("a", tag="task", kind="markdown"))


def test_prose_may_speak_of_solutions() -> None:
    prose = cell("The end: no solution is in sight; we begin.", kind="markdown")
    assert lines_of(prose) == [prose["source"]]


@pytest.mark.parametrize("wrong", [{}, {"cells": None}, {"worksheets": []}, []])
def test_what_is_no_notebook_is_told(wrong: Any) -> None:
    with pytest.raises(ValueError, match="notebook of format 4"):
        derive_lesson(wrong)


def test_a_file_is_derived_beside_its_folder_to_the_byte(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    source = folder / "20_a.ipynb"
    source.write_text(json.dumps(lesson(cell("é = “1”"), cell("b", tag="answer"))), "utf-8")
    made = derive_file(source)
    assert made == tmp_path / "20_a.ipynb"
    first = made.read_bytes()
    assert (
        first
        == write_notebook(derive_lesson(read_notebook(source)))
        == derive_file(source).read_bytes()
    )
    assert first.endswith(b"}\n") and "é = “1”".encode() in first and b'\n "cells"' in first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["20_a.ipynb", "answers"]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "20_a.ipynb"
    broken.write_text("{", "utf-8")
    with pytest.raises(ValueError, match=r"20_a.ipynb is no notebook"):
        derive_file(broken)
    assert list(tmp_path.iterdir()) == [broken]
