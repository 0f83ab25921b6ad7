"""SQLite databases: what is read, and what a broken or hostile one gives."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from newsresearch.articles import ArticleError
from newsresearch.formats import database
from newsresearch.formats.database import parse_sqlite
from newsresearch.formats.source import Row, Source

NEWS = (
    "CREATE TABLE newsdata (id TEXT, date TEXT, source TEXT, title TEXT, content TEXT, "
    "author TEXT, url TEXT, published TEXT, published_utc INTEGER, collection_utc INTEGER)"
)
MASKED = "The ferry @ @ @ @ @ @ @ late on Monday. The mayor @ @ was there."


def make(path: Path, *statements: str, rows: list[tuple[Any, ...]] | None = None) -> Path:
    with sqlite3.connect(path) as made:
        for statement in statements or (NEWS,):
            made.execute(statement)
        for row in rows or []:
            made.execute(f"INSERT INTO newsdata VALUES ({','.join('?' * len(row))})", row)
    made.close()
    return path


def news(number: int, body: str = "The ferry is late.") -> tuple[Any, ...]:
    return (
        f"a{number}", "2026-03-03", "The Harbour Bell", f"Ferry {number}", body, "Ann Lee",
        f"https://bell.example/{number}", "Tue", 1_772_500_000 + number, 1_772_600_000,
    )  # fmt: skip


def read(path: Path, raw: bool = False, **columns: str) -> tuple[list[Row], list[str]]:
    content: dict[str, Any] = {"raw": path.read_bytes()} if raw else {"path": path}
    source = Source("news", path.name, columns, **content)
    rows = list(parse_sqlite(source))
    return rows, [issue["problem"] for issue in source.issues.rows]


def refused(path: Path, raw: bool = False, **columns: str) -> str:
    with pytest.raises(ArticleError) as refusal:
        read(path, raw, **columns)
    return str(refusal.value)


@pytest.mark.parametrize("raw", [False, True])
def test_reads_a_table_of_news(tmp_path: Path, raw: bool) -> None:
    rows, _ = read(make(tmp_path / "nela.db", rows=[news(1), news(2)]), raw)
    assert rows[1] == {
        "article_id": "a2", "published": "Tue", "date": "2026-03-03",
        "outlet": "The Harbour Bell", "headline": "Ferry 2", "body": "The ferry is late.",
        "byline": "Ann Lee", "url": "https://bell.example/2",
        "published_utc": 1_772_500_002, "collection_utc": 1_772_600_000,
    }  # fmt: skip


def test_names_that_the_user_gives_are_taken(tmp_path: Path) -> None:
    statements = ("CREATE TABLE t (h, b)", "INSERT INTO t VALUES ('Ferry', 'It is late.')")
    rows, _ = read(make(tmp_path / "a.db", *statements), h="headline", b="body")
    assert rows == [{"article_id": "news:1", "headline": "Ferry", "body": "It is late."}]


def test_masked_bodies_are_told_once(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", rows=[news(1, MASKED), news(2, MASKED), news(3)])
    _, told = read(path)
    assert [problem for problem in told if "masked" in problem] == [
        "2 bodies are masked with '@': words of them are missing"
    ]


@pytest.mark.parametrize("name", ["a b?mode=rwc#x%41.db", "ünï&'\".db"])
def test_odd_paths_stay_read_only(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / "made.db", rows=[news(1)]).rename(tmp_path / name)
    before = path.read_bytes()
    assert len(read(path)[0]) == 1
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_several_tables_are_all_read_and_told(tmp_path: Path) -> None:
    statements = (
        "CREATE TABLE one (headline, body)", "CREATE TABLE two (title, content)",
        "CREATE TABLE other (x)", "INSERT INTO one VALUES ('a', 'b')",
        "INSERT INTO two VALUES ('c', 'd')",
    )  # fmt: skip
    rows, told = read(make(tmp_path / "a.db", *statements))
    assert [row["article_id"] for row in rows] == ["news:one:1", "news:two:1"]
    assert any("2 tables" in problem and '"one", "two"' in problem for problem in told)


def test_views_triggers_and_computed_columns_are_not_run(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    statements = (
        f"CREATE VIEW v AS {endless} SELECT i AS headline, i AS body FROM n",
        "CREATE TABLE t (headline, body)",
        "INSERT INTO t VALUES ('a', 'b')",  # before the column, or SQLite computes it here
        "ALTER TABLE t ADD COLUMN huge AS (hex(zeroblob(400000000)))",
    )
    rows, _ = read(make(tmp_path / "a.db", *statements))
    assert rows == [{"article_id": "news:1", "headline": "a", "body": "b"}]


def test_a_rule_that_allocates_is_not_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    rule = "CREATE TABLE newsdata (headline, body CHECK (length(zeroblob(2000000000)) > 0))"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA ignore_check_constraints=ON")
        made.execute(rule)
        made.execute("INSERT INTO newsdata VALUES ('a', 'b')")
    made.close()
    assert len(read(path)[0]) == 1


def test_an_engine_that_never_gives_a_row_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_STEP", 100)
    monkeypatch.setattr(database, "_MOST_STEPS", 2)
    path = make(tmp_path / "a.db", rows=[news(number) for number in range(2000)])
    assert "interrupted" in refused(path)


def test_no_table_that_fits_lists_what_is_there(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", "CREATE TABLE ships (name)", "CREATE TABLE ports (town, size)")
    said = refused(path)
    assert '"ships" ("name"); "ports" ("town", "size")' in said
    assert "columns=" in said
    assert "no tables" in refused(make(tmp_path / "b.db", "CREATE VIEW v AS SELECT 1"))
    assert "'body'" in refused(make(tmp_path / "c.db", "CREATE TABLE t (x, headline)"))


def test_a_table_of_bodies_alone_is_read_only_where_no_other_has_headlines(tmp_path: Path) -> None:
    notes = ["CREATE TABLE notes (text)", "INSERT INTO notes VALUES ('A reader wrote.')"]
    news = ["CREATE TABLE news (title, text)", "INSERT INTO news VALUES ('Ferry', 'It is late.')"]
    alone = make(tmp_path / "a.db", *notes)
    both = make(tmp_path / "b.db", *notes, *news)
    for path, bodies in ((alone, ["A reader wrote."]), (both, ["It is late."])):
        rows = list(parse_sqlite(Source("x", "x.db", path=path)))
        assert [row["body"] for row in rows] == bodies


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    assert "no rows" in refused(make(tmp_path / "a.db"))


def test_text_that_is_not_utf8_is_read_cell_by_cell(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", rows=[news(1)])
    with sqlite3.connect(path) as made:
        made.execute(
            "INSERT INTO newsdata (title, content) VALUES (CAST(? AS TEXT), 'Café')",
            ("Café".encode("cp1252"),),
        )
    made.close()
    first, second = read(path)[0]
    assert "note" not in first
    assert (second["headline"], second["body"]) == ("Café", "Café")
    assert second["note"] == "not UTF-8: read as Windows-1252"
    assert type(second["headline"]) is str


def test_binary_cells_are_text_or_told(tmp_path: Path) -> None:
    statements = ("CREATE TABLE newsdata (headline, body, picture)",)
    picture = b"\x89PNG\r\n" + bytes(range(256))
    rows = [("Ferry", "It is läte.".encode(), picture), ("Ferry", picture, b""), ("a", b"", None)]
    found, told = read(make(tmp_path / "a.db", *statements, rows=rows))
    assert (found[0]["body"], found[0]["picture"]) == ("It is läte.", None)
    assert "PNG" in found[1]["error"]
    assert found[2]["body"] == ""
    assert "1 binary cells in column 'picture'" in told


@pytest.mark.parametrize("raw", [False, True])
def test_nulls_and_zero_characters_are_handed_on(tmp_path: Path, raw: bool) -> None:
    path = make(tmp_path / "a.db", rows=[("a", *[None] * 3, "x\0y", *[None] * 5)])
    (row,) = read(path, raw)[0]
    assert (row["headline"], row["body"]) == (None, "x\0y")


@pytest.mark.parametrize("raw", [False, True])
def test_a_database_that_is_cut_off_is_refused(tmp_path: Path, raw: bool) -> None:
    path = make(tmp_path / "a.db", rows=[news(number, "late " * 400) for number in range(40)])
    path.write_bytes(path.read_bytes()[:-5000])
    assert re.search(r"cut off: [\d,]+ of [\d,]+ bytes", refused(path, raw))


@pytest.mark.parametrize("raw", [False, True])
def test_a_damaged_database_is_refused(tmp_path: Path, raw: bool) -> None:
    path = make(tmp_path / "a.db", rows=[news(number, "late " * 4000) for number in range(40)])
    good = path.read_bytes()
    # A link of an overflow chain that leads nowhere; a leaf that is no leaf; no page at all.
    for at, what in ((5 * 4096, b"\xff\xff\xff\xf0"), (4096, b"\xee" * 200), (16, b"\0\3")):
        path.write_bytes(good[:at] + what + good[at + len(what) :])
        said = refused(path, raw)
        assert "damaged" in said or "cannot be read" in said or "cut off" in said, said


def test_faults_that_show_only_while_reading_cost_their_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_check_table", lambda *_: None)  # as of a file too large
    monkeypatch.setattr(database, "_LARGEST_CELL", 10_000)
    bodies = ["late", "late " * 5000, "late", "late", "late " * 5000, "late"]
    path = make(tmp_path / "a.db", rows=[news(at, body) for at, body in enumerate(bodies)])
    rows, _ = read(path)
    assert ["error" in row for row in rows] == [False, True, False, False, True, False]
    assert [row["headline"] for row in rows if "error" not in row] == [
        "Ferry 0", "Ferry 2", "Ferry 3", "Ferry 5",
    ]  # fmt: skip
    assert "too big" in rows[1]["error"]
    monkeypatch.setattr(database, "_MOST_FAULTS", 1)
    rows, told = read(path)
    assert len(rows) == 2
    assert any("more than 1 rows" in problem for problem in told)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"not at all", "no SQLite"), (b"\x07" * 4096, "encrypted")]
    + [(b"SQLite format 3\0" + tail, "database") for tail in (b"", b"\0" * 84, b"\xff" * 4096)],
)
@pytest.mark.parametrize("raw", [False, True])
def test_what_is_no_database_is_refused(
    tmp_path: Path, raw: bool, content: bytes, says: str
) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert says in refused(path, raw)


def test_a_schema_that_is_broken_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "a.db", rows=[news(1)])
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE newsdata", b"CREATE TABLE (ewsdata"))
    assert "malformed" in refused(path)


@pytest.mark.parametrize("raw", [False, True])
def test_a_database_with_a_log_is_read_and_its_log_is_told(tmp_path: Path, raw: bool) -> None:
    path = tmp_path / "a.db"
    open_still = sqlite3.connect(path)
    open_still.execute("PRAGMA journal_mode=WAL")
    open_still.execute(NEWS)
    open_still.execute(f"INSERT INTO newsdata VALUES ({','.join('?' * 10)})", news(1))
    open_still.commit()
    open_still.execute("PRAGMA wal_checkpoint")
    open_still.execute(f"INSERT INTO newsdata VALUES ({','.join('?' * 10)})", news(2))
    open_still.commit()
    rows, told = read(path, raw)
    open_still.close()
    assert [row["article_id"] for row in rows] == ["a1"]
    assert raw or any("a.db-wal" in problem for problem in told)


def test_rows_beyond_the_limit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_MOST_ROWS", 3)
    rows, told = read(make(tmp_path / "a.db", rows=[news(number) for number in range(5)]))
    assert len(rows) == 3
    assert any("more than 3 rows" in problem for problem in told)
    monkeypatch.setattr(database, "_MOST_ROWS", 5)
    assert not any("more than" in problem for problem in read(tmp_path / "a.db")[1])


def test_names_of_tables_and_columns_are_only_names(tmp_path: Path) -> None:
    table, column = 'x"; DROP TABLE y; --', 'body" FROM z; --'
    quoted = [name.replace('"', '""') for name in (table, column)]
    statements = (
        f'CREATE TABLE "{quoted[0]}" (headline, "{quoted[1]}")',
        f"INSERT INTO \"{quoted[0]}\" VALUES ('a', 'b')",
    )
    rows, _ = read(make(tmp_path / "a.db", *statements), **{column: "body"})
    assert rows == [{"article_id": "news:1", "headline": "a", "body": "b"}]
