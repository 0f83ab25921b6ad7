"""The line that says how far long work is: seen while it runs, and gone when it is saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from loopback import need_loopback
from nbclient import NotebookClient
from terminal import Terminal, put

import newsresearch as nr
from newsresearch import progress
from newsresearch.progress import counting

CELL = """
from newsresearch import progress
progress._EVERY = 0
articles = nr.load_dataset("demo").head(3)
print("mine")
scores = nr.score_all(articles, progress=ASKED)
findings = nr.find_incoherence(articles, progress=ASKED)
"""


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    put(made, monkeypatch)
    return made


def three() -> pd.DataFrame:
    return nr.load_dataset("demo").head(3)


def run(folder: Path) -> pd.DataFrame:
    return nr.score_run(three(), folder, chunk=2, progress=True)


WORK: dict[str, Callable[[Path], Any]] = {
    "score_all": lambda _: nr.score_all(three(), progress=True),
    "score_all in processes": lambda _: nr.score_all(three(), workers=2, progress=True),
    "find_incoherence": lambda _: nr.find_incoherence(three(), progress=True),
    "score_run": run,
}


@pytest.mark.parametrize("name", WORK)
def test_a_terminal_shows_how_many_are_done_and_then_nothing(
    name: str, terminal: Terminal, tmp_path: Path
) -> None:
    WORK[name](tmp_path / "out")
    *steps, blank, last = terminal.shown()
    assert steps[-1] == "3 of 3 articles"
    assert (blank, last) == ("", "")
    assert "\n" not in terminal.getvalue()


def test_the_line_is_wiped_whole_when_the_work_fails(terminal: Terminal) -> None:
    def fail() -> None:
        with counting(1_000, wanted=True) as tell:
            tell(999)
            tell(1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    widths = [len(text) for text in terminal.getvalue().split("\r")]
    assert terminal.shown() == ["", "999 of 1,000 articles", "1 of 1,000 articles", "", ""]
    assert widths[2] == widths[1] and widths[3] >= len("1 of 1,000 articles")


@pytest.mark.parametrize("wanted", [True, False])
def test_a_file_of_the_output_holds_nothing_of_it(
    wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (io.StringIO(), Terminal() if not wanted else None):
        put(stream, monkeypatch)
        nr.score_all(three(), progress=wanted)
        assert stream is None or stream.getvalue() == ""


def test_short_work_shows_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_EVERY", 3600)
    nr.score_all(three(), progress=True)
    assert terminal.getvalue() == ""


def test_progress_changes_no_result(terminal: Terminal) -> None:
    assert nr.score_all(three(), progress=True).equals(nr.score_all(three()))
    assert nr.find_incoherence(three(), progress=True).equals(nr.find_incoherence(three()))
    assert terminal.getvalue()


# --- notebooks ----------------------------------------------------------------------------------


class Person(NotebookClient):
    """Runs a notebook as a person does in JupyterLab, who may be asked; keeps what was shown."""

    def __init__(self, *arguments: Any, asks: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.asks = asks
        self.seen: list[str] = []

    async def async_start_new_kernel_client(self) -> Any:
        client = await super().async_start_new_kernel_client()
        client.allow_stdin = self.asks
        return client

    def process_message(self, message: Any, *rest: Any) -> Any:
        if message["msg_type"] in {"display_data", "update_display_data"}:
            self.seen.append(message["content"]["data"].get("text/plain", ""))
        return super().process_message(message, *rest)


def execute(folder: Path, asked: bool, asks: bool) -> tuple[list[str], list[Any]]:
    """Return what was shown while a cell ran, and the outputs that are saved."""
    need_loopback()
    source = CELL.replace("ASKED", str(asked))
    cell = nbformat.v4.new_code_cell(f"import newsresearch as nr\n{source}")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    resources = {"metadata": {"path": str(folder)}}
    client = Person(notebook, timeout=120, resources=resources, asks=asks)
    client.execute()
    return client.seen, notebook.cells[0].outputs


def test_a_notebook_that_a_program_runs_is_as_without(tmp_path: Path) -> None:
    seen, outputs = execute(tmp_path, asked=True, asks=False)
    assert seen == []
    assert [(each.output_type, each.get("text")) for each in outputs] == [("stream", "mine\n")]


def test_a_notebook_that_a_person_runs_shows_it_and_saves_nothing_of_it(tmp_path: Path) -> None:
    seen, outputs = execute(tmp_path, asked=True, asks=True)
    assert "3 of 3 articles" in seen and seen[-1] == ""
    mine, *displays = outputs
    assert mine.text == "mine\n"  # what the cell printed before is still there
    assert displays and all(each.data == {} for each in displays)
    assert "articles" not in str(outputs)
