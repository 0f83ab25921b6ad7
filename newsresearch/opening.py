"""The articles that come with the package, opened one by one: for a lesson, also without pandas."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from newsresearch.articles import Article, ArticleError
from newsresearch.decoding import decode
from newsresearch.finishing import clean_rows
from newsresearch.formats.splitting import split_headline

__all__ = ["article_ids", "data_folder", "open_article", "read_data"]

# The folders of bundled articles; `load_dataset` calls them `demo` and `tellings`.
_FOLDERS = ("articles", "tellings")
_MOST_NEAR = 5


@cache
def data_folder() -> Path:
    """Return the folder of the bundled data: in a checkout `data/`, else inside the package."""
    package = Path(__file__).parent
    for folder in (package / "_data", package.parent / "data"):
        if (folder / "articles").is_dir():
            return folder
    raise ArticleError("the bundled articles are missing. Install newsresearch again.")


def open_article(article_id: str) -> Article:
    """Open one of the articles that come with the package, by its id.

    The same text as in ``load_dataset("demo")`` and ``load_dataset("tellings")``, and it needs
    no table: a lesson can show, check and spoil it where there is no pandas. It opens nothing
    else; for texts of your own, use ``read_articles``.

    Parameters
    ----------
    article_id : str
        The id, such as ``"01-harbour-bridge"``.

    Returns
    -------
    Article
        Its `article_id`, `headline`, `body`, and `preamble`: what stood above the headline.

    Raises
    ------
    ArticleError
        If there is no such article: names those that are near, or else all.

    Examples
    --------
    >>> open_article("03-library-vote").headline
    'Councillors vote to close four village libraries'
    """
    path = _paths().get(article_id) if isinstance(article_id, str) else None
    if path is None:
        raise ArticleError(_explain_unknown(article_id, list(_paths())))
    text, _ = decode(path.read_bytes())
    (row,) = clean_rows([{"article_id": path.stem, **split_headline(text)}], "row")
    return Article(row["article_id"], row["headline"], row["body"], row.get("preamble", ""))


def article_ids(kind: str = "") -> list[str]:
    """Return the ids of the bundled articles, or of those of a `kind` of the demo set.

    Examples
    --------
    >>> len(article_ids()), len(article_ids("clean"))
    (42, 12)
    """
    if not kind:
        return list(_paths())
    return [row["article_id"] for row in read_data("articles.csv") if row["kind"] == kind]


@cache
def read_data(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a bundled CSV file as text, read once: not to be changed.

    Examples
    --------
    >>> read_data("headlines.csv")[0]["article_id"]
    '01-harbour-bridge'
    """
    with (data_folder() / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _paths() -> dict[str, Path]:
    folders = [data_folder() / name for name in _FOLDERS]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.txt"))}


def _explain_unknown(asked: object, known: Sequence[str]) -> str:
    wanted = "-".join(str(asked).lower().split())[:80]
    near = [name for name in known if wanted and wanted in name]
    near += [n for n in get_close_matches(wanted, known, _MOST_NEAR, 0.5) if n not in near]
    if near:
        names = ", ".join(map(repr, near[:_MOST_NEAR]))
        return f"no bundled article {str(asked)[:80]!r}. Near to it: {names}."
    return f"no bundled article {str(asked)[:80]!r}. Choose from: {', '.join(known)}."
