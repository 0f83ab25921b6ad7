"""Save a figure as pictures, with the table of what is drawn and a manifest."""

from __future__ import annotations

import csv
import hashlib
import json
import platform
import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsresearch.articles import hash_articles
from newsresearch.figures import clean_text, find_drawn, render
from newsresearch.files import write_whole
from newsresearch.tables import pd

if TYPE_CHECKING:
    from newsresearch.figures.house import Axes

__all__ = ["FORMAT", "describe_axes", "describe_software", "save_figure", "to_csv"]

FORMAT = "newsresearch figure 1"
_ENGINES = ("newsresearch", "matplotlib", "numpy", "pandas", "textstat", "vaderSentiment")
# Numbers that were learned, beside the word lists that were written: a change moves measures.
_MODELS = (
    "coherence/weights.json", "framing/loaded.json", "stance/model.json", "toward/model.npz",
    "vectors/words.npz",
)  # fmt: skip
_NAME = re.compile(r"\w[\w.-]{0,59}")


def save_figure(
    ax: Axes,
    name: str,
    folder: str | Path = "figures",
    articles: pd.DataFrame | None = None,
    formats: Sequence[str] = ("svg", "png"),
    table: pd.DataFrame | None = None,
    seed: int | None = None,
) -> Path:
    """Save a figure as pictures, with the table of what is drawn and a manifest.

    The manifest holds the call that drew it, its alt text, the versions, and the hashes of the
    articles, of answers that are drawn, the files, the word lists and the models. Each file is
    written whole or not at all, the manifest last. What was added to the Axes by hand is in the
    picture only.

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
    seed : int, optional
        The seed of what was drawn by chance before, as in ``compare_articles``; kept in the
        manifest. No plot of ours draws by chance.

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
    about, drawn = describe_axes(ax, table)
    made = {f"{name}.{kind}": render(ax, kind, name, about["alt"]) for kind in formats}
    made[f"{name}.csv"] = to_csv(drawn).encode()
    manifest = {
        "format": FORMAT,
        "name": name,
        **about,
        "seed": seed,
        "input": _describe_input(articles, ax if table is None else None),
        "files": {file: hashlib.sha256(content).hexdigest() for file, content in made.items()},
        **describe_software(),
    }
    made[f"{name}.json"] = (json.dumps(manifest, indent=2) + "\n").encode()
    Path(folder).mkdir(parents=True, exist_ok=True)
    for file, content in made.items():
        write_whole(Path(folder, file), content)
    return Path(folder, f"{name}.json")


def _describe_input(articles: pd.DataFrame | None, ax: Axes | None) -> dict[str, Any] | None:
    """Return the hash and number of the articles, and of the answers that an Axes shows."""
    if articles is None:
        return None
    about: dict[str, Any] = {"sha256": hash_articles(articles), "articles": len(articles)}
    drawn = find_drawn(ax) if ax is not None else None
    return about | ({"answers": drawn.answers} if drawn and drawn.answers else {})


def describe_axes(ax: Axes, table: pd.DataFrame | None) -> tuple[dict[str, Any], pd.DataFrame]:
    """Return plot, options, call and alt text of an Axes, and the table that it draws."""
    if table is not None:
        if not isinstance(table, pd.DataFrame):
            found = type(table).__name__
            raise ValueError(f"table= must be a DataFrame; found {found}. Pass what is drawn.")
        if not isinstance(table.index, pd.RangeIndex):  # an index of names is part of it
            table = table.reset_index()
        alt = f"A figure of {len(table):,} rows: {', '.join(map(str, table.columns))}."
        return {"plot": "", "options": {}, "call": "", "alt": clean_text(alt)}, table
    drawn = find_drawn(ax)
    if drawn is None:
        raise ValueError(
            "these Axes are not one plot of ours alone in its figure, so what they show is not "
            "known. Pass table= with the table that is drawn."
        )
    about = {
        "plot": drawn.plot.name,
        "options": drawn.options,
        "call": drawn.plot.call(drawn.options),
        "alt": drawn.plot.alt(drawn.table),
    }
    return about, drawn.table


def to_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV: floats to the last digit, one line a row."""
    clean = table.rename(columns=lambda name: clean_text(str(name)))
    clean = clean.map(lambda cell: clean_text(cell) if isinstance(cell, str) else cell)
    text: str = clean.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text


@cache
def describe_software() -> dict[str, dict[str, str]]:
    """Return the versions of the engines and the hashes of the word lists and models."""
    versions = {"python": platform.python_version(), **{name: _version(name) for name in _ENGINES}}
    lists = sorted(
        entry.name
        for entry in files("newsresearch.lexicons").iterdir()
        if entry.name.endswith((".txt", ".csv"))
    )
    return {
        "versions": versions,
        "lexicons": {name: _hash("lexicons", name) for name in lists},
        "models": {name: _hash(*name.split("/")) for name in _MODELS},
    }


def _hash(*place: str) -> str:
    return hashlib.sha256(files("newsresearch").joinpath(*place).read_bytes()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
