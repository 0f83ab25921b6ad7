"""Articles that come with the package; a later release adds public data sets by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from newsresearch.articles import ArticleError
from newsresearch.reading import read_articles

__all__ = ["data_folder", "list_datasets", "load_dataset", "load_gold"]

_BUNDLED = {
    "demo": "24 short articles on invented events, 12 clean and 12 with planted defects; CC0",
}


@cache
def data_folder() -> Path:
    """Return the folder of the bundled data: in a checkout `data/`, else inside the package."""
    package = Path(__file__).parent
    for folder in (package / "_data", package.parent / "data"):
        if (folder / "articles").is_dir():
            return folder
    raise ArticleError("the bundled articles are missing. Install newsresearch again.")


def list_datasets() -> pd.DataFrame:
    """List the data sets that ``load_dataset`` knows: `name, description`."""
    return pd.DataFrame(_BUNDLED.items(), columns=["name", "description"])


def load_dataset(name: str = "demo") -> pd.DataFrame:
    """Load a data set as an Articles table.

    Returns
    -------
    DataFrame
        For `demo`: `article_id, headline, body, preamble, outlet, published, byline, kind`
        (clean or planted) and `topic`. The text is as scraped, furniture and all.

    Raises
    ------
    ValueError
        If there is no such data set.

    Examples
    --------
    >>> load_dataset("demo")["kind"].value_counts().to_dict()
    {'clean': 12, 'planted': 12}
    """
    _check_name(name)
    articles = read_articles(data_folder() / "articles")
    facts = pd.read_csv(data_folder() / "articles.csv", dtype="str", keep_default_na=False)
    return articles.merge(facts, on="article_id", how="left", validate="one_to_one")


def load_gold(name: str = "demo") -> pd.DataFrame:
    """Load the findings that were planted in a data set, marked by hand.

    Returns
    -------
    DataFrame
        The columns of a Findings table but `confidence`; ``quote == text[start:end]``.

    Examples
    --------
    >>> load_gold("demo")["article_id"].nunique()
    12
    """
    _check_name(name)
    gold = pd.read_csv(data_folder() / "gold_findings.csv", dtype="str", keep_default_na=False)
    for column in ("start", "end"):
        gold[column] = gold[column].astype("int64")
    for column in ("other_start", "other_end"):
        gold[column] = pd.to_numeric(gold[column].replace("", None)).astype("Int64")
    return gold


def _check_name(name: str) -> None:
    if name not in _BUNDLED:
        raise ValueError(f"no data set {name!r}. Choose from: {', '.join(_BUNDLED)}.")
