"""Figure bundles: the picture, the table of exactly what is drawn, and a manifest of its origin.

A bundle is the same, byte for byte, in every run with the same versions. With other versions
of matplotlib the pictures differ, so ``verify_figures`` compares the tables by value.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import os
import platform
import re
import secrets
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from newsresearch.articles import hash_articles
from newsresearch.figures import (
    FORMATS,
    clean_text,
    draw_plot,
    find_drawn,
    find_plot,
    render,
)

if TYPE_CHECKING:
    from newsresearch.figures.house import Axes

__all__ = ["FIGURES", "STATUSES", "build_figures", "save_figure", "verify_figures"]

# The figures of the paper: number -> name of the files, plot.
FIGURES = {
    1: ("fig1_tone_arc", "tone_arc"),
    2: ("fig2_readability", "readability"),
    3: ("fig3_findings", "findings"),
    4: ("fig4_support", "support"),
}
STATUSES = (
    "ok",
    "not recomputed",
    "file changed",
    "file missing",
    "input differs",
    "table differs",
    "manifest unreadable",
)
_FORMAT = "newsresearch figure 1"
_ENGINES = ("newsresearch", "matplotlib", "pandas", "textstat", "vaderSentiment")
_NAME = re.compile(r"\w[\w.-]{0,59}")
_MOST_BYTES = 10_000_000  # no manifest of ours comes near; a larger file is something else

# --- saving ----------------------------------------------------------------------------------


def save_figure(
    ax: Axes,
    name: str,
    folder: str | Path = "figures",
    articles: pd.DataFrame | None = None,
    formats: Sequence[str] = ("svg", "png"),
    table: pd.DataFrame | None = None,
) -> Path:
    """Save a figure as pictures, with the table of what is drawn and a manifest.

    Each file is written whole or not at all, the manifest last. What was added to the Axes by
    hand is in the picture only.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a ``plot_`` function returned, alone in its figure; any other needs ``table``.
    name : str
        A plain name for the files: letters, digits, '_', '-' and '.'.
    folder : str or Path
        Where to write; made if it is not there.
    articles : pandas.DataFrame, optional
        The articles behind the figure; without them nobody can recompute it.
    formats : sequence of str
        Of "svg", "png" and "pdf".
    table : pandas.DataFrame, optional
        The table that is drawn, for a figure of your own making.

    Returns
    -------
    pathlib.Path
        The manifest: name.json, beside name.csv and the pictures.

    Raises
    ------
    ValueError
        If the name or a format is not allowed, or nobody knows what the Axes shows.

    Examples
    --------
    >>> import tempfile
    >>> from newsresearch.figures import plot_readability
    >>> ax = plot_readability(pd.DataFrame({"article_id": ["a"], "fog_grade": [9.5]}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(ax, "grades", folder).name
    'grades.json'
    """
    if not _NAME.fullmatch(name) or ".." in name:
        raise ValueError(
            f"a figure's name is a plain file name of at most 60 letters, digits, '_', '-' and "
            f"'.'; found {name!r}. Use folder= to say where it goes."
        )
    about, drawn = _describe(ax, table)
    made = {f"{name}.{kind}": render(ax, kind, name, about["alt"]) for kind in formats}
    made[f"{name}.csv"] = _csv(drawn).encode()
    manifest = {
        "format": _FORMAT,
        "name": name,
        **about,
        "input": None
        if articles is None
        else {"sha256": hash_articles(articles), "articles": len(articles)},
        "files": {file: hashlib.sha256(content).hexdigest() for file, content in made.items()},
        **_software(),
    }
    made[f"{name}.json"] = (json.dumps(manifest, indent=2) + "\n").encode()
    Path(folder).mkdir(parents=True, exist_ok=True)
    for file, content in made.items():
        _write_whole(Path(folder, file), content)
    return Path(folder, f"{name}.json")


def _describe(ax: Axes, table: pd.DataFrame | None) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return plot, options and alt text of an Axes, and the table that it draws."""
    if table is not None:
        alt = f"A figure of {len(table):,} rows: {', '.join(map(str, table.columns))}."
        return {"plot": "", "options": {}, "alt": clean_text(alt)}, table
    drawn = find_drawn(ax)
    if drawn is None:
        raise ValueError(
            "these Axes are not one plot of ours alone in its figure, so what they show is not "
            "known. Pass table= with the table that is drawn."
        )
    alt = drawn.plot.alt(drawn.table)
    return {"plot": drawn.plot.name, "options": drawn.options, "alt": alt}, drawn.table


def _csv(table: pd.DataFrame) -> str:
    """Return a table as CSV: floats to the last digit, one line a row."""
    clean = table.rename(columns=lambda name: clean_text(str(name)))
    clean = clean.map(lambda cell: clean_text(cell) if isinstance(cell, str) else cell)
    text: str = clean.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text


def _software() -> dict[str, dict[str, str]]:
    versions = {"python": platform.python_version(), **{name: _version(name) for name in _ENGINES}}
    lists = {
        entry.name: hashlib.sha256(entry.read_bytes()).hexdigest()
        for entry in sorted(files("newsresearch.lexicons").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith((".txt", ".csv"))
    }
    return {"versions": versions, "lexicons": lists}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _write_whole(path: Path, content: bytes) -> None:
    """Write under a temporary name first: a reader sees the old file or the new, never half."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


# --- verifying -------------------------------------------------------------------------------


def verify_figures(
    folder: str | Path = "figures", articles: pd.DataFrame | None = None, tolerance: float = 1e-9
) -> pd.DataFrame:
    """Check saved figures: are the files unchanged, and do their tables come out again?

    It proves that the table follows from the articles; that the picture shows the table is
    proved by its hash only as far as the manifest is trusted.

    Parameters
    ----------
    folder : str or Path
        Where the figures were saved.
    articles : pandas.DataFrame, optional
        The articles behind them; without these nothing is recomputed.
    tolerance : float
        Numbers may differ by this much, relative or absolute.

    Returns
    -------
    pandas.DataFrame
        One row a figure: figure, status (one of ``STATUSES``) and detail: what is wrong, down
        to the first cell that differs (rows counted from 1 below the header).

    Raises
    ------
    ValueError
        If there is no manifest in the folder.

    Examples
    --------
    >>> import tempfile
    >>> one = {"article_id": ["a"], "headline": ["Rain"], "body": ["Rain fell on the the town."]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = build_figures(pd.DataFrame(one), folder, only=3)
    ...     verify_figures(folder, pd.DataFrame(one)).values.tolist()
    [['fig3_findings', 'ok', '']]
    """
    manifests = sorted(Path(folder).glob("*.json"))
    if not manifests:
        raise ValueError(
            f"no saved figure in {str(folder)!r}: it holds no manifest (name.json). "
            "Save one there with save_figure(), or name another folder."
        )
    origin = _Origin(articles)
    rows = [(path.stem, *_verify(path, origin, tolerance)) for path in manifests]
    return pd.DataFrame(rows, columns=["figure", "status", "detail"], dtype="str")


class _Origin:
    """The articles to recompute from, each input table made once."""

    def __init__(self, articles: pd.DataFrame | None) -> None:
        self.articles = articles
        self.sha256 = "" if articles is None else hash_articles(articles)
        self._sources: dict[str, pd.DataFrame] = {}

    def drawn_table(self, plot: str, options: Mapping[str, Any]) -> pd.DataFrame:
        """Return the table that a plot draws from these articles."""
        found = find_plot(plot)
        if plot not in self._sources:
            assert self.articles is not None
            self._sources[plot] = found.source(self.articles)
        return found.table(self._sources[plot], **options)


def _verify(path: Path, origin: _Origin, tolerance: float) -> tuple[str, str]:
    try:
        manifest = _read_manifest(path)
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


def _read_manifest(path: Path) -> dict[str, Any]:
    """Read a manifest that may have been damaged or forged; it may name no files but its own."""
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise ValueError("no file, or too large for a manifest")
    manifest = json.loads(path.read_bytes())
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise ValueError(f"it does not say format: {_FORMAT!r}")
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
    if manifest["input"].get("sha256") != origin.sha256:
        return "input differs", "drawn from other articles, or their text has changed"
    try:
        table = origin.drawn_table(manifest["plot"], manifest["options"])
        cell = _first_difference(path.read_text(encoding="utf-8"), _csv(table), tolerance)
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
    """Name the packages and word lists that are not those of the manifest."""
    changed = [
        name
        for kind, now in _software().items()
        for name in sorted({*now, *manifest[kind]})
        if manifest[kind].get(name) != now.get(name)
    ]
    return f" (changed since: {', '.join(changed)})" if changed else ""


# --- the figures of the paper ----------------------------------------------------------------


def build_figures(
    articles: pd.DataFrame,
    folder: str | Path = "figures",
    only: int | Sequence[int] | None = None,
    article_id: str | None = None,
) -> pd.DataFrame:
    """Draw and save the four figures of the paper from a table of articles.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table, furniture stripped.
    folder : str or Path
        Where to write.
    only : int or sequence of int, optional
        Numbers of the figures to make; all if not given.
    article_id : str, optional
        The article of figure 1; the first that has a tone if not given.

    Returns
    -------
    pandas.DataFrame
        One row a figure: figure (name of its files), plot, alt (alt text).

    Raises
    ------
    ValueError
        If a number is not 1 to 4, the article is not there, or there are more than 200.

    Examples
    --------
    >>> import tempfile
    >>> one = {"article_id": ["a"], "headline": ["Rain"], "body": ["Rain fell on the town."]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     build_figures(pd.DataFrame(one), folder, only=4)["alt"].tolist()
    ['Headlines of 1 article: supporting sentences in 1 (median coverage 1.00, 0 hedged),
      opposing sentences in 0.']
    """
    numbers = list(FIGURES) if only is None else [only] if isinstance(only, int) else list(only)
    unknown = [number for number in numbers if number not in FIGURES]
    if unknown:
        raise ValueError(f"no figure {unknown[0]!r}. Use {', '.join(map(str, FIGURES))}.")
    rows = []
    for name, plot_name in (FIGURES[number] for number in numbers):
        plot = find_plot(plot_name)
        source = plot.source(articles)
        options: dict[str, Any] = {}
        if plot_name == "tone_arc":
            options["article_id"] = article_id or next(iter(source["article_id"]), None)
        if plot_name in {"findings", "support"}:  # their tables lack articles without a row
            options["article_ids"] = list(articles["article_id"])
        ax = draw_plot(plot, source, shown=False, **options)
        save_figure(ax, name, folder, articles)
        rows.append((name, plot_name, _describe(ax, None)[0]["alt"]))
    return pd.DataFrame(rows, columns=["figure", "plot", "alt"], dtype="str")
