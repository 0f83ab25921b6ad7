"""No test may reach the network; tests of public data sets skip where there is none."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection but those to this machine (notebook kernels use loopback)."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"", "127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {host}")
        try:
            connect(self, address)
        except OSError as problem:
            if problem.errno == errno.ENETUNREACH and host == "127.0.0.1":
                pytest.skip("the loopback interface is down")
            raise

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def public_data() -> Path:
    """Return the folder of public data sets, or skip."""
    folder = Path(os.environ.get("NEWSRESEARCH_DATA", "/nowhere"))
    if not folder.is_dir():
        pytest.skip("public data sets not found: set NEWSRESEARCH_DATA to their folder")
    return folder
