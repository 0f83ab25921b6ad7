"""Whether this machine can talk to itself: a sandbox may have its loopback interface down."""

from __future__ import annotations

import socket

import pytest


def need_loopback() -> None:
    """Skip the test where nothing on this machine can be reached."""
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.settimeout(5)
        if client.connect_ex(server.getsockname()):
            pytest.skip("the loopback interface is down")
