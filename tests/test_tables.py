"""Tables of rows have their columns and dtypes, with rows and without."""

from __future__ import annotations

import pandas as pd
import pytest

from newsresearch.tables import to_table

DTYPES = {"name": "str", "start": "int64", "other": "Int64"}


def test_dtypes_are_the_same_with_and_without_rows() -> None:
    some = to_table([{"other": None, "start": 3, "name": "a", "more": 1}], DTYPES)
    none = to_table([], DTYPES)
    for table in (some, none):
        assert table.dtypes.astype(str).to_dict() == DTYPES and list(table) == list(DTYPES)
    assert len(none) == 0 and some["other"].isna().all()


def test_a_row_that_lacks_a_column_is_refused() -> None:
    with pytest.raises(KeyError, match="other"):
        to_table([{"name": "a", "start": 1}], DTYPES)
    with pytest.raises(ValueError, match="invalid literal"):
        to_table([{"name": "a", "start": "x", "other": pd.NA}], DTYPES)
