"""From a table of articles to groups that can be compared, and to the values of measures."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsresearch.articles import ArticleError
from newsresearch.features import list_measures, score_columns
from newsresearch.tables import pd

__all__ = ["MOST_GROUPS", "default_measures", "group_articles", "pair_groups", "read_values"]

MOST_GROUPS = 12  # 66 pairs
_NO_MEASURE = {"label", "code points"}  # units of what is no amount: names and places
_ENDS = ("_low", "_high")


def group_articles(articles: pd.DataFrame, by: str, event: str | None) -> pd.DataFrame:
    """Return the articles that have a group (and an event), with both as text, in a fixed order.

    The order is that of events, then of ids, whatever order the rows came in.
    """
    if not isinstance(articles, pd.DataFrame):
        raise ArticleError(f"articles must be a table; found {type(articles).__name__}.")
    for name, option in (("article_id", ""), (by, "by"), (event, "event")):
        if name is not None and name not in articles.columns:
            raise ArticleError(_no_column(name, option, articles))
    if not articles.columns.is_unique:
        twice = articles.columns[articles.columns.duplicated()][0]
        raise ArticleError(f"two columns are named {str(twice)[:40]!r}. Rename or drop one.")
    if articles["article_id"].duplicated().any():
        raise ArticleError("article_id must be unique: an article counted twice is no evidence.")
    columns = [by] if event is None else [by, event]
    if len(set(columns)) < len(columns):
        raise ArticleError(f"by and event are both {by!r}. Pass two columns.")
    # A cell that a file leaves empty may be read as '': all of those are no group, no one event.
    filled = articles[columns].astype(object).map(lambda cell: str(cell).strip() != "")
    known = (articles[columns].notna() & filled).all(axis=1)
    if not known.all():
        what = " or ".join(repr(name) for name in columns)
        told = f"{(~known).sum()} of {len(articles)} articles have no {what} and are left out."
        warnings.warn(told, UserWarning, stacklevel=3)
    kept = articles[known]
    kept = kept.assign(_group=[_to_text(value) for value in kept[by]])
    kept["_event"] = "" if event is None else [_to_text(value) for value in kept[event]]
    _need_two(kept, by)
    in_order = kept.assign(_id=[_to_text(value) for value in kept["article_id"]])
    return in_order.sort_values(["_event", "_id"], ignore_index=True)


def _to_text(value: object) -> str:
    """Return a value as text without broken characters, which no text column can hold."""
    return str(value).encode("utf-8", "replace").decode()


def _no_column(name: str, option: str, articles: pd.DataFrame) -> str:
    found = ", ".join(repr(str(column)[:40]) for column in articles.columns[:12]) or "none"
    advice = f"Pass {option}= the column to use." if option else "Use nr.read_articles()."
    return f"articles need a {name!r} column; found {found}. {advice}"


def _need_two(kept: pd.DataFrame, by: str) -> None:
    groups = sorted(set(kept["_group"]))
    if len(groups) < 2:
        found = f"only {groups[0]!r}" if groups else "none"
        raise ArticleError(
            f"a comparison needs two groups in {by!r}; found {found} in {len(kept)} articles. "
            "Pass articles of another group too, or another column as by=."
        )


def pair_groups(groups: Sequence[str], against: str | None) -> list[tuple[str, str]]:
    """Return every pair of groups, or each other group with the one that is named."""
    against = None if against is None else _to_text(against)
    if against is not None and against not in groups:
        raise ValueError(f"no group {against!r} to compare against. Use one of {list(groups)}.")
    if against is not None:
        return [(group, against) for group in groups if group != against]
    if len(groups) > MOST_GROUPS:
        raise ValueError(
            f"{len(groups)} groups are {len(groups) * (len(groups) - 1) // 2} pairs; at most "
            f"{MOST_GROUPS} groups are compared with one another. Pass against= one of them, or "
            "fewer articles."
        )
    return list(combinations(groups, 2))


# --- measures -----------------------------------------------------------------------------------


def default_measures() -> list[str]:
    """Return the columns of ``list_measures`` that are amounts and can be compared.

    Labels and places in the text are no amounts, the ends of an interval no measure beside its
    middle, and the measures of order compare two versions of one text only.
    """
    known = list_measures()
    known = known[known["verb"] != "score_coherence"]
    columns = set(known["column"])
    return [
        column
        for column, unit in zip(known["column"], known["unit"], strict=True)
        if unit not in _NO_MEASURE
        and not any(column.endswith(end) and column.removesuffix(end) in columns for end in _ENDS)
    ]


def read_values(kept: pd.DataFrame, names: Sequence[str]) -> NDArray[np.float64]:
    """Return the values of measures, one column each; what the table lacks is scored."""
    known = set(list_measures()["column"])
    missing = [name for name in names if name not in kept.columns]
    strange = [name for name in missing if name not in known]
    if strange:
        raise ValueError(
            f"no measure {strange[0]!r}: neither a column of the table nor in list_measures(). "
            "Add it with its score_ function first."
        )
    # Of the table's own columns none is in the way of a measure, and none of ours is told of.
    bare = kept[[name for name in kept if name not in known and not str(name).startswith("_")]]
    scored = score_columns(bare, missing) if missing else kept
    columns = [_to_numbers((scored if name in missing else kept)[name]) for name in names]
    return np.column_stack(columns)


def _to_numbers(column: pd.Series[Any]) -> NDArray[np.float64]:
    """Return numbers with NaN for what is missing or not finite."""
    if column.dtype == object and not any(isinstance(value, str) for value in column):
        column = column.convert_dtypes()  # true and false with gaps, as a CSV file gives them
    if not pd.api.types.is_numeric_dtype(column):  # true and false are numbers here
        raise ValueError(
            f"column {column.name!r} holds {column.dtype}, no numbers. Leave it out of measures=, "
            "or make them of it with pd.to_numeric(); drop columns of scores that a file holds "
            "as text, and they are scored anew."
        )
    numbers = column.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)
