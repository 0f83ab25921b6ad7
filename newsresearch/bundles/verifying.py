"""Check saved figures: the files by hash, the tables by value."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsresearch.articles import hash_articles
from newsresearch.bundles.saving import FORMAT, describe_software, to_csv
from newsresearch.figures import FORMATS, find_plot
from newsresearch.heat import Answers, hash_answers
from newsresearch.tables import pd

__all__ = ["STATUSES", "read_manifest", "verify_figures"]

STATUSES = (
    "ok",
    "not recomputed",
    "file changed",
    "file missing",
    "input differs",
    "table differs",
    "manifest unreadable",
)
_OTHER_TEXT = (
    "drawn from other articles, or their text has changed (newsresearch figures draws from "
    "articles without furniture: nr.strip_furniture)"
)
_MOST_BYTES = 10_000_000  # no manifest of ours comes near; a larger file is something else


def verify_figures(
    folder: str | Path = "figures",
    articles: pd.DataFrame | None = None,
    tolerance: float = 1e-9,
    only: str | Sequence[str] | None = None,
    answers: Answers | None = None,
) -> pd.DataFrame:
    """Check saved figures: are the files unchanged, and do their tables come out again?

    It proves that the table follows from the articles; that the picture shows the table is
    proved by its hash only as far as the manifest is trusted.

    Parameters
    ----------
    folder : str or Path
        Where the figures were saved.
    articles : pandas.DataFrame, optional
        The articles behind them; without these nothing is recomputed. The command
        ``newsresearch figures`` draws from ``strip_furniture(articles)[0]``.
    tolerance : float
        Numbers may differ by this much, relative or absolute.
    only : str or sequence of str, optional
        Names of the figures to check; all if not given.
    answers : table of ``read_answers``, or rows, optional
        Those behind figures of ``plot_answers``, as they were; their reasons may be left out.

    Returns
    -------
    pandas.DataFrame
        One row a figure: figure, status (one of ``STATUSES``) and detail: what is wrong, down
        to the first cell that differs (rows counted from 1 below the header).

    Raises
    ------
    ValueError
        If there is no manifest in the folder, or none of that name.

    Examples
    --------
    >>> import tempfile
    >>> from newsresearch.bundles import build_figures
    >>> one = {"article_id": ["a"], "headline": ["Rain"], "body": ["Rain fell on the the town."]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = build_figures(pd.DataFrame(one), folder, only=3)
    ...     verify_figures(folder, pd.DataFrame(one)).values.tolist()
    [['fig3_findings', 'ok', '']]
    """
    manifests = _find_manifests(Path(folder), only)
    origin = _Origin(articles, answers)
    rows = [(path.stem, *_verify(path, origin, tolerance)) for path in manifests]
    return pd.DataFrame(rows, columns=["figure", "status", "detail"], dtype="str")


def _find_manifests(folder: Path, only: str | Sequence[str] | None) -> list[Path]:
    manifests = {path.stem: path for path in sorted(folder.glob("*.json"))}
    if not manifests:
        raise ValueError(
            f"no saved figure in {str(folder)!r}: it holds no manifest (name.json). "
            "Save one there with save_figure(), or name another folder."
        )
    names = list(manifests) if only is None else [only] if isinstance(only, str) else only
    unknown = [name for name in names if name not in manifests]
    if unknown:
        raise ValueError(
            f"no saved figure {unknown[0]!r} in {str(folder)!r}; found {', '.join(manifests)}. "
            "Save it there with save_figure(), or name one of these."
        )
    return [manifests[name] for name in names]


class _Origin:
    """The articles and answers to recompute from, each input table made once."""

    def __init__(self, articles: pd.DataFrame | None, answers: Answers | None) -> None:
        self.articles, self.answers = articles, answers
        self.sha256 = "" if articles is None else hash_articles(articles)
        self.answers_sha256 = "" if answers is None else hash_answers(answers)
        self._sources: dict[str, pd.DataFrame] = {}

    def drawn_table(self, plot: str, options: Mapping[str, Any]) -> pd.DataFrame:
        """Return the table that a plot draws from these articles."""
        found = find_plot(plot)
        if plot not in self._sources:
            assert self.articles is not None
            self._sources[plot] = found.source(self.articles)
        given = (self.answers,) if found.of_answers else ()
        return found.table(self._sources[plot], *given, **options)

    def differs(self, told: Mapping[str, Any]) -> str:
        """Say which of the inputs that a manifest tells of are others; "" where none is."""
        if told.get("sha256") != self.sha256:
            return _OTHER_TEXT
        wanted = told.get("answers")
        if self.answers is None or wanted is None:
            return ""
        same = isinstance(wanted, dict) and wanted.get("sha256") == self.answers_sha256
        return "" if same else "drawn from other answers, or some have changed"


def _verify(path: Path, origin: _Origin, tolerance: float) -> tuple[str, str]:
    try:
        manifest = read_manifest(path)
    except (OSError, ValueError, RecursionError) as problem:
        return "manifest unreadable", f"{path.name}: {problem}"
    hashes = {file: _hash_file(path.with_name(file)) for file in manifest["files"]}
    missing = [file for file, found in hashes.items() if not found]
    if missing:
        return "file missing", ", ".join(missing)
    changed = [file for file, found in hashes.items() if found != manifest["files"][file]]
    status, detail = _recompute(path.with_suffix(".csv"), manifest, origin, tolerance)
    if changed:
        more = f"; {detail}" if status == "table differs" else ""
        return "file changed", ", ".join(changed) + more
    return status, detail


def read_manifest(path: Path) -> dict[str, Any]:
    """Read a manifest that may have been damaged or forged; it may name no files but its own."""
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise ValueError("no file, or too large for a manifest")
    manifest = json.loads(path.read_bytes())
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError(f"it does not say format: {FORMAT!r}")
    kinds = {"plot": str, "options": dict, "files": dict, "input": dict | None}
    wrong = [key for key, kind in kinds.items() if not isinstance(manifest.get(key), kind)]
    own = {f"{path.stem}.{kind}" for kind in ("csv", *FORMATS)}
    if wrong or not {f"{path.stem}.csv"} <= set(manifest["files"]) <= own:
        raise ValueError(f"{wrong[0] if wrong else 'files'!r} is not what save_figure() writes")
    return manifest


def _hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, empty where there is none to read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _recompute(
    path: Path, manifest: Mapping[str, Any], origin: _Origin, tolerance: float
) -> tuple[str, str]:
    if origin.articles is None:
        return "not recomputed", "files are unchanged; pass articles= to recompute the table"
    if not manifest["plot"] or not manifest["input"]:
        return "not recomputed", "files are unchanged; saved with table= or without articles="
    other = origin.differs(manifest["input"])
    if other:
        return "input differs", other
    if "answers" in manifest["input"] and origin.answers is None:
        return "not recomputed", "files are unchanged; pass answers= to recompute the table"
    try:
        table = origin.drawn_table(manifest["plot"], manifest["options"])
        cell = _first_difference(path.read_text(encoding="utf-8"), to_csv(table), tolerance)
        return ("table differs", cell + _changes(manifest)) if cell else ("ok", "")
    except Exception as problem:  # options come from a file that anyone may have edited
        return "not recomputed", f"{type(problem).__name__}: {problem}"


def _first_difference(stored: str, fresh: str, tolerance: float) -> str:
    """Name the first cell in which two CSV texts differ; empty where they agree."""
    old, new = (list(csv.reader(io.StringIO(text))) for text in (stored, fresh))
    if old[:1] != new[:1]:
        return f"columns: stored {old[:1]}, recomputed {new[:1]}"
    for number, (before, now) in enumerate(zip(old[1:], new[1:], strict=False), 1):
        if len(before) != len(now):
            return f"row {number}: stored {len(before)} cells, recomputed {len(now)}"
        for column, a, b in zip(new[0], before, now, strict=True):
            if not _same(a, b, tolerance):
                return f"row {number}, column {column!r}: stored {a!r}, recomputed {b!r}"
    return "" if len(old) == len(new) else f"rows: stored {len(old) - 1}, recomputed {len(new) - 1}"


def _same(a: str, b: str, tolerance: float) -> bool:
    if a == b:
        return True
    try:
        return math.isclose(float(a), float(b), rel_tol=tolerance, abs_tol=tolerance)
    except ValueError:
        return False


def _changes(manifest: Mapping[str, Any]) -> str:
    """Name the packages, word lists and models that are not those of the manifest."""
    changed = [
        name
        for kind, now in describe_software().items()
        if (before := manifest.get(kind)) is not None  # bundles of old say less
        for name in sorted({*now, *before})
        if before.get(name) != now.get(name)
    ]
    return f" (changed since: {', '.join(changed)})" if changed else ""
