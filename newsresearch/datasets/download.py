"""A download that goes on where it was cut, and never beyond the size that it must have."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from newsresearch.progress import counting

__all__ = ["CutOffError", "Download"]

_ATTEMPTS = 3
_SECONDS = 30
_CHUNK = 65536


class CutOffError(Exception):
    """A download that did not reach its end; says why."""


class Download:
    """Downloads to a `.part` file, which a later call continues; pooch checks the result."""

    def __init__(self, part: Path, size: int, progress: bool = False) -> None:
        self.part = part
        self.size = size
        self.progress = progress

    def __call__(self, url: str, output_file: str, pooch: Any) -> None:
        """Download the file and give it to pooch under the name that it asks for."""
        reason = ""
        for _ in range(_ATTEMPTS):
            try:
                self._continue(url)
                reason = f"it ended after {self._have():,} of {self.size:,} bytes"
            except CutOffError as problem:
                reason = str(problem)
            if self._have() >= self.size:
                self.part.replace(output_file)
                return
        raise CutOffError(reason)

    def _have(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0

    def _continue(self, url: str) -> None:
        """Ask for what is still missing; a server that cannot do that sends all from the start."""
        have = self._have()
        request = urllib.request.Request(url)  # noqa: S310  (the registry names https only)
        if have:
            request.add_header("Range", f"bytes={have}-")
        answer = self._ask(request)
        mode = "ab" if _continues(answer, have) else "wb"
        shown = counting(self.size, self.progress, "bytes")
        with answer, self.part.open(mode) as file, shown as tell:
            # One byte more than allowed is enough: the checksum then refuses the file.
            left = self.size + 1 - file.tell()
            while left > 0 and (chunk := _read(answer, min(_CHUNK, left))):
                file.write(chunk)
                left -= len(chunk)
                tell(file.tell())

    def _ask(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        try:
            return urllib.request.urlopen(request, timeout=_SECONDS)  # type: ignore[no-any-return]  # noqa: S310
        except urllib.error.HTTPError as problem:
            if problem.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                self.part.unlink()
            raise CutOffError(f"the server answered {problem.code}") from problem
        except (OSError, http.client.HTTPException) as problem:
            raise CutOffError(f"no connection ({getattr(problem, 'reason', problem)})") from problem


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    # Apart from writing, so that a broken connection is not taken for a full disk.
    try:
        return answer.read(most)
    except (OSError, http.client.HTTPException) as problem:
        raise CutOffError(f"the connection broke ({type(problem).__name__})") from problem


def _continues(answer: http.client.HTTPResponse, have: int) -> bool:
    place = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    partial = answer.status == http.client.PARTIAL_CONTENT
    return partial and place is not None and int(place[1]) == have
