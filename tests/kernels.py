"""Run a notebook in a fresh kernel; a kernel talks over the loopback interface of the machine."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from nbclient import NotebookClient


def run_notebook(notebook: Any, folder: Path) -> Any:
    """Execute a notebook in a folder and return it with its outputs; skip without loopback."""
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.settimeout(5)
        if client.connect_ex(server.getsockname()):
            pytest.skip("the loopback interface is down: no Jupyter kernel can run")
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=120, resources=resources).execute()
