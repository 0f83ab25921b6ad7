"""The articles that come with the package, and what was marked by hand in them."""

from __future__ import annotations

from newsresearch.datasets.registry import data_folder
from newsresearch.reading import read_articles
from newsresearch.tables import pd

__all__ = [
    "BUNDLED",
    "BUNDLED_GOLD",
    "load_class",
    "load_demo",
    "load_demo_gold",
    "load_facts",
    "load_headlines",
    "load_tellings",
]


def load_demo() -> pd.DataFrame:
    """Load the bundled articles as they were scraped, with what is known of each."""
    return _load("articles")


def load_tellings() -> pd.DataFrame:
    """Load the events that are each told by three outlets."""
    return _load("tellings")


def load_demo_gold() -> pd.DataFrame:
    """Load the findings that were marked by hand."""
    gold = _read("gold_findings.csv")
    for column in ("start", "end"):
        gold[column] = gold[column].astype("int64")
    return _with_missing(gold, "other_start", "other_end")


def load_facts() -> pd.DataFrame:
    """Load which telling gives which fact, and in which words."""
    return _with_missing(_read("tellings_facts.csv"), "start", "end")


def load_headlines() -> pd.DataFrame:
    """Load the headlines written for the clean articles, and what the body makes of each."""
    return _with_missing(_read("headlines.csv"), "start", "end")


def load_class() -> pd.DataFrame:
    """Load what an invented class handed in, as it was handed in."""
    return _read("class_answers.csv")


BUNDLED = {"demo": load_demo, "tellings": load_tellings}
BUNDLED_GOLD = {
    "demo": load_demo_gold,
    "tellings": load_facts,
    "headlines": load_headlines,
    "class": load_class,
}


def _load(name: str) -> pd.DataFrame:
    articles = read_articles(data_folder() / name)
    return articles.merge(_read(f"{name}.csv"), on="article_id", how="left", validate="one_to_one")


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(data_folder() / name, dtype="str", keep_default_na=False)


def _with_missing(gold: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Make numbers of these columns, missing where a row has none."""
    for column in columns:
        gold[column] = pd.to_numeric(gold[column].replace("", None)).astype("Int64")
    return gold
