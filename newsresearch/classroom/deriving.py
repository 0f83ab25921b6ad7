"""The pupils' copy of a lesson, made from its source: the same notebook without the answers.

A cell of the source with the tag ``answer`` is left out. A code cell with the tag ``task`` stays,
and what it has between ``# BEGIN SOLUTION`` and ``# END SOLUTION`` becomes ``# your turn``.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsresearch.files import write_whole

__all__ = ["TAGS", "derive_file", "derive_lesson", "read_notebook", "write_notebook"]

TAGS = ("answer", "task")
_BEGIN, _END, _TURN = "# BEGIN SOLUTION", "# END SOLUTION", "# your turn"
# What looks like a marker but is none would hand the answer to the class.
_LIKE_A_MARKER = re.compile(r"\b(begin|end)\W*solution", re.IGNORECASE)
_KEPT_METADATA = ("kernelspec", "language_info")


def derive_lesson(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the pupils' copy of a lesson, as JSON; the notebook itself is not changed.

    Cells keep their ids and order. The copy has no tags, outputs or counts. It does not see
    whether a cell that stays needs a name that an answer made: run the copy to find out.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4, as ``json.load`` gives it.

    Raises
    ------
    ValueError
        If it is no notebook, a tag is unknown, or a marker is open, nested, odd, or stands
        outside a cell with the tag ``task``.

    Examples
    --------
    >>> lines = ["x = 1\\n", "# BEGIN SOLUTION\\n", "x = 2\\n", "# END SOLUTION"]
    >>> cell = {"cell_type": "code", "metadata": {"tags": ["task"]}, "source": lines}
    >>> derive_lesson({"cells": [cell], "metadata": {}})["cells"][0]["source"]
    ['x = 1\\n', '# your turn']
    """
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ValueError(
            "a lesson is a notebook of format 4, with a list 'cells'; found none. "
            "Save it anew with JupyterLab."
        )
    kept = copy.deepcopy({**notebook, "cells": list(_derive_cells(cells))})
    metadata = kept.get("metadata", {})
    kept["metadata"] = {name: metadata[name] for name in _KEPT_METADATA if name in metadata}
    return kept


def _derive_cells(cells: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, cell in enumerate(cells):
        cell = {"id": f"cell-{number:02}", **cell, "metadata": {}, "source": _lines(cell)}
        tag = _tag(cells[number], cell["id"])
        if tag == "task":
            cell["source"] = _without_solutions(cell["source"], cell["id"])
        elif any(map(_LIKE_A_MARKER.search, cell["source"])):
            raise _wrong(cell["id"], "a solution is marked outside of a task. Tag the cell 'task'")
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if tag != "answer":
            yield cell


def _lines(cell: dict[str, Any]) -> list[str]:
    """Return the source as notebooks hold it: lines with their ends, the last without."""
    return "".join(cell.get("source", [])).splitlines(keepends=True)


def _tag(cell: dict[str, Any], name: str) -> str:
    tags = cell.get("metadata", {}).get("tags", [])
    if len(tags) > 1 or not set(tags) <= set(TAGS):
        raise _wrong(name, f"a cell has one tag of {TAGS}, or none; found {tags}")
    if tags == ["task"] and cell["cell_type"] != "code":
        raise _wrong(name, "only a code cell can be a task. Take the tag away")
    return tags[0] if tags else ""


def _without_solutions(lines: list[str], name: str) -> list[str]:
    kept, opened = list[str](), False
    for line in lines:
        word = line.strip()
        if word not in (_BEGIN, _END) and _LIKE_A_MARKER.search(line):
            raise _wrong(name, f"odd marker {word!r}. Write {_BEGIN!r} or {_END!r} alone in a line")
        if word in (_BEGIN, _END):
            if opened == (word == _BEGIN):
                what = "a solution begins within another" if opened else "a solution ends unbegun"
                raise _wrong(name, f"{what}. Pair {_BEGIN!r} with {_END!r}")
            opened = not opened
        if word == _BEGIN:
            kept.append(line.replace(_BEGIN, _TURN))
        elif not opened and word != _END:
            kept.append(line)
    if opened:
        raise _wrong(name, f"a solution is not closed. Add {_END!r}")
    return "".join(kept).rstrip("\n").splitlines(keepends=True)


def _wrong(name: str, what: str) -> ValueError:
    return ValueError(f"cell {name!r} of the lesson: {what}.")


# --- files -----------------------------------------------------------------------------------


def read_notebook(path: str | Path) -> dict[str, Any]:
    """Return a notebook as JSON.

    Raises
    ------
    ValueError
        If the file holds no JSON.
    """
    try:
        found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as problem:
        raise ValueError(f"{path} is no notebook: {problem}. Save it anew.") from None
    return found


def write_notebook(notebook: dict[str, Any]) -> bytes:
    """Return the bytes of a notebook as JupyterLab writes it: the same for the same notebook."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def derive_file(source: str | Path, folder: str | Path | None = None) -> Path:
    """Write the pupils' copy of a source into a folder, by default the one above ``answers``."""
    source = Path(source)
    target = Path(folder or source.parent.parent) / source.name
    write_whole(target, write_notebook(derive_lesson(read_notebook(source))))
    return target
