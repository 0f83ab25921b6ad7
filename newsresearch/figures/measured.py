"""The tables that ``benchmarks/stance.py --test --write`` commits to ``data/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsresearch.datasets import data_folder
from newsresearch.figures.house import say_nothing
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["not_of_articles", "read_measured", "read_published", "say_not_measured"]


def read_measured(name: str, columns: list[str]) -> pd.DataFrame:
    """Read a measured table of the small model; without rows where it was not measured yet."""
    path = data_folder() / f"{name}_lexical.csv"
    return pd.read_csv(path) if path.is_file() else pd.DataFrame(columns=columns)


def read_published() -> pd.DataFrame:
    """Read what others published on FNC-1's test part: the F1 of each stance."""
    return pd.read_csv(data_folder() / "stance_published.csv")


def say_not_measured(ax: Axes) -> None:
    """Say on empty axes how the figure gets its numbers."""
    say_nothing(ax, "not measured yet: benchmarks/stance.py --test --write")


def not_of_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Refuse to make the table of a plot again: it holds a measurement, nothing of articles."""
    raise ValueError("this figure shows a measurement; it cannot be made again from articles.")
