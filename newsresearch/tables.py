"""Rows into tables whose dtypes are fixed, also where there are no rows; the door to pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["pd", "to_table"]

# Pages in a browser have no pandas: what reads and marks one article must do without it, so
# pandas is imported when it is first used, not when this package is.
if TYPE_CHECKING:
    import pandas as pd
else:

    class _Pandas:
        """Stands for pandas until something of it is asked for."""

        def __getattr__(self, name: str) -> Any:
            try:
                return getattr(import_module("pandas"), name)
            except ModuleNotFoundError as problem:
                if problem.name != "pandas":
                    raise
                raise ModuleNotFoundError(
                    "tables need pandas; this Python has none, as a page in a browser may not. "
                    "Use an installed newsresearch, or what shows one article at a time.",
                    name="pandas",
                ) from None

    pd = _Pandas()


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
