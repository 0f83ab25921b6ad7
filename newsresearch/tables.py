"""Rows into tables whose dtypes are fixed, also where there are no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

__all__ = ["to_table"]


def to_table(rows: Sequence[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a table of these columns and dtypes, in their order.

    Examples
    --------
    >>> to_table([{"n": 1, "word": "a"}], {"word": "str", "n": "Int64"}).values.tolist()
    [['a', 1]]
    >>> to_table([], {"n": "Int64"}).dtypes.astype(str).to_dict()
    {'n': 'Int64'}
    """
    columns = {name: [row[name] for row in rows] for name in dtypes}
    return pd.DataFrame({n: pd.Series(cells, dtype=dtypes[n]) for n, cells in columns.items()})
