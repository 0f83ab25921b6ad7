"""Where the files of a data set are: with the user, in the cache, or fetched and checked."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from types import ModuleType

from newsresearch.articles import ArticleError
from newsresearch.datasets.download import CutOffError, Download
from newsresearch.datasets.registry import DataFile, Dataset

__all__ = ["find_file", "is_here", "locate"]


def locate(dataset: Dataset, part: str, progress: bool = False) -> dict[str, Path]:
    """Return where the files of a part are, fetching what is missing and can be checked.

    Raises
    ------
    ArticleError
        If a file is not on this machine and cannot be fetched: says what to put where.
    """
    files = dataset.files_of(part)
    found = {file.name: find_file(dataset, file) for file in files}
    missing = [file for file in files if not found[file.name]]
    if lost := [file for file in missing if not file.sha256]:
        raise ArticleError(
            f"{_are_missing(lost)}, and cannot be fetched. {_by_hand(dataset, lost)}"
        )
    return {file.name: found[file.name] or _fetch(dataset, file, progress) for file in files}


def is_here(dataset: Dataset) -> bool:
    """Tell whether the files of the default part are on this machine."""
    return all(find_file(dataset, file) for file in dataset.files_of(dataset.pick_part(None)))


def find_file(dataset: Dataset, file: DataFile) -> Path | None:
    """Return a file of a data set that is on this machine; what was fetched is checked again."""
    names = list(dict.fromkeys([file.name, f"{file.name}.gz", file.saved_as]))
    if own := os.environ.get("NEWSRESEARCH_DATA"):
        for name in names:
            if (path := Path(own) / dataset.folder / name).is_file():
                return path
    if cache := _cache():
        for name in names:
            path = cache / dataset.folder / name
            if path.is_file() and (name != file.saved_as or _is_whole(path, file)):
                return path
    return None


def _is_whole(path: Path, file: DataFile) -> bool:
    """Tell whether a file in the cache is what was published; others were put there by hand."""
    if not file.sha256:
        return True
    pooch = _pooch()
    return pooch is not None and str(pooch.file_hash(str(path), alg="sha256")) == file.sha256


def _cache() -> Path | None:
    pooch = _pooch()
    return None if pooch is None else Path(pooch.os_cache("newsresearch"))


def _pooch() -> ModuleType | None:
    try:
        with warnings.catch_warnings():
            # Its progress bar warns of widgets that we do not use, above whatever table was asked.
            warnings.filterwarnings("ignore", message="IProgress not found")
            import pooch  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        return None
    return pooch  # type: ignore[no-any-return, unused-ignore]


def _fetch(dataset: Dataset, file: DataFile, progress: bool) -> Path:
    """Fetch one file into the cache; it gets its name only once its SHA-256 is right."""
    pooch, cache = _pooch(), _cache()
    by_hand = f"or do it by hand: {_by_hand(dataset, [file])}"
    if os.environ.get("NEWSRESEARCH_OFFLINE", "0") not in {"", "0"}:
        raise ArticleError(
            f"{_are_missing([file])}, and NEWSRESEARCH_OFFLINE forbids to fetch what is missing. "
            f"Unset it, {by_hand}"
        )
    if pooch is None or cache is None:
        raise ArticleError(
            f"{_are_missing([file])}; fetching needs pooch. Install it with: "
            f"pip install 'newsresearch[data]', {by_hand}"
        )
    folder = cache / dataset.folder
    try:
        found = pooch.retrieve(
            file.url,
            known_hash=f"sha256:{file.sha256}",
            fname=file.saved_as,
            path=folder,
            downloader=Download(folder / f"{file.saved_as}.part", file.size, progress),
        )
    except CutOffError as problem:
        raise _refusal(dataset, file, str(problem)) from problem
    except ValueError as problem:
        raise _refusal(dataset, file, "it is not the file that was published") from problem
    except OSError as problem:
        reason = f"the folder {folder} cannot be written ({problem.strerror or problem})"
        raise _refusal(dataset, file, reason) from problem
    return Path(found)


def _refusal(dataset: Dataset, file: DataFile, reason: str) -> ArticleError:
    return ArticleError(
        f"cannot fetch {file.saved_as} of {file.dataset} from {file.url}: {reason}. "
        f"Try again later, or do it by hand: {_by_hand(dataset, [file])}"
    )


def _are_missing(files: list[DataFile]) -> str:
    verb = "is" if len(files) == 1 else "are"
    names = " and ".join(file.name for file in files)
    return f"{names} of {files[0].dataset} {verb} not on this machine"


def _by_hand(dataset: Dataset, files: list[DataFile]) -> str:
    """Say what to get from where and to put where."""
    own = os.environ.get("NEWSRESEARCH_DATA")
    folder = Path(own or "FOLDER") / dataset.folder
    steps = [
        f"get {file.url}{f' ({file.how})' if file.how else ''}, save it as {folder / file.saved_as}"
        for file in files
    ]
    setting = [] if own else ["set NEWSRESEARCH_DATA to that FOLDER"]
    text = "; ".join([*steps, *setting])
    return f"{text[0].upper()}{text[1:]}."
