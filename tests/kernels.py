"""Run a notebook in a fresh kernel; a kernel talks over the loopback interface of the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from loopback import need_loopback
from nbclient import NotebookClient


def run_notebook(notebook: Any, folder: Path) -> Any:
    """Execute a notebook in a folder and return it with its outputs; skip without loopback."""
    need_loopback()
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=120, resources=resources).execute()
