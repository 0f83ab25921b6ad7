"""The issue report keeps its columns, whatever is in it."""

from __future__ import annotations

from newsresearch.issues import ISSUE_DTYPES, Issues


def test_an_empty_report_has_all_columns() -> None:
    table = Issues().table()
    assert table.empty
    assert table.dtypes.astype(str).to_dict() == ISSUE_DTYPES


def test_an_issue_says_where_what_and_what_was_done() -> None:
    issues = Issues()
    issues.tell("the row has 3 cells", "kept as a row", file="a.csv", row=4, line=6)
    issues.tell("2 files of other kinds (2 .pdf)", "passed over", file="folder")
    table = issues.table()
    assert table.dtypes.astype(str).to_dict() == ISSUE_DTYPES
    assert table["line"].tolist()[0] == 6
    assert table["row"].isna().tolist() == [False, True]
    assert table["action"].tolist() == ["kept as a row", "passed over"]
