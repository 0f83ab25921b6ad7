"""Work that must grow with its input and no faster, shown without a clock."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

_EACH = """
import json, sys
from newsresearch.articles import ArticleError
for name, text in json.load(sys.stdin).items():
    print(name, flush=True)
    try:
        read(text)
    except ArticleError:
        pass
"""


def check_growth(program: str, texts: Mapping[str, str], seconds: int = 60) -> None:
    """Give every text to `read`, which `program` defines, in one process that may take long.

    The texts are to be so large that reading them all takes a few seconds if the work grows with
    them, and many minutes if it grows with their square.
    """
    try:
        subprocess.run(
            [sys.executable, "-c", program + _EACH],
            input=json.dumps(texts).encode(),
            stdout=subprocess.PIPE,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired as stopped:
        begun = (stopped.stdout or b"").decode().splitlines()
        pytest.fail(f"still at work after {seconds} seconds on: {begun[-1:]}")
