"""The articles that come with the package, and the findings that were planted in them."""

from __future__ import annotations

import pandas as pd

from newsresearch.datasets.registry import data_folder
from newsresearch.reading import read_articles

__all__ = ["load_demo", "load_demo_gold"]


def load_demo() -> pd.DataFrame:
    """Load the bundled articles as they were scraped, with what is known of each."""
    articles = read_articles(data_folder() / "articles")
    facts = pd.read_csv(data_folder() / "articles.csv", dtype="str", keep_default_na=False)
    return articles.merge(facts, on="article_id", how="left", validate="one_to_one")


def load_demo_gold() -> pd.DataFrame:
    """Load the findings that were marked by hand."""
    gold = pd.read_csv(data_folder() / "gold_findings.csv", dtype="str", keep_default_na=False)
    for column in ("start", "end"):
        gold[column] = gold[column].astype("int64")
    for column in ("other_start", "other_end"):
        gold[column] = pd.to_numeric(gold[column].replace("", None)).astype("Int64")
    return gold
