"""One parser a file format: which rows come of which bytes."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.articles import ArticleError
from newsresearch.formats import registry
from newsresearch.formats.registry import PARSERS, kind_of, sniff, stem_of
from newsresearch.formats.source import Row, Source
from newsresearch.formats.tables import from_frame
from newsresearch.issues import Issues


def parse(kind: str, text: str | bytes, names: dict[str, str] | None = None) -> list[Row]:
    raw = text if isinstance(text, bytes) else text.encode()
    return registry.parse(Source("here", f"here{kind}", names or {}, raw=raw), kind)


# --- text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "preamble", "headline", "body"),
    [
        ("Ferry late\n\nIt rained.\n", None, "Ferry late", "It rained."),
        ("\n\n  Ferry late \nIt rained.", None, "Ferry late", "It rained."),
        ("Ferry late\r\n\r\nIt rained.\r\n", None, "Ferry late", "It rained."),
        ("Ferry late\rIt rained.", None, "Ferry late", "It rained."),
        ("Ferry late\u2029It rained.", None, "Ferry late", "\u2029It rained."),
        ("Ferry late", None, "Ferry late", ""),
        ("Share\n\nFerry late\n\nIt rained.", "Share\n\n", "Ferry late", "It rained."),
        ("Share\nAdvertisement", "Share\nAdvertisement", "", ""),
        ("word " * 61, None, "", "word " * 61),
    ],
)
def test_text_is_preamble_headline_and_body(
    text: str, preamble: str | None, headline: str, body: str
) -> None:
    (row,) = parse(".txt", text)
    assert (row["headline"], row["body"]) == (headline, body)
    assert row.get("preamble") == (preamble.strip("\r\n") if preamble else None)


def test_text_inside_a_body_is_kept_to_the_character() -> None:
    body = "  One.\r\n\r\n\tTwo …\xa0“three”  \n\n\n four"
    assert parse(".txt", f"Head\n\n{body}\n")[0]["body"] == body


# --- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_delimiters_and_line_ends_are_told_apart(delimiter: str, newline: str) -> None:
    text = newline.join(["headline,body", "A ferry,It is late", "B,C"]).replace(",", delimiter)
    rows = parse(".csv", text)
    assert [row["headline"] for row in rows] == ["A ferry", "B"]


def test_csv_commas_in_the_body_do_not_make_the_delimiter() -> None:
    rows = parse(".csv", 'headline;body\nA;"a, b, c, d; e"\n')
    assert rows[0]["body"] == "a, b, c, d; e"


def test_csv_cells_stay_text() -> None:
    rows = parse(".csv", "article_id,headline,body\n007,NA,null\n1e5,None,\n")
    values = [(row["article_id"], row["headline"], row["body"]) for row in rows]
    assert values == [("007", "NA", "null"), ("1e5", "None", "")]


@pytest.mark.parametrize("line", ["only", "a,b,c,d,e"])
def test_a_ragged_csv_row_keeps_its_place_and_says_why(line: str) -> None:
    rows = parse(".csv", f"headline,body\nA,B\n{line}\nC,D\n")
    assert [row["headline"] for row in rows] == ["A", "", "C"]
    assert "cells where the header has 2" in rows[1]["error"]
    assert rows[1]["article_id"] == "here:2"


@pytest.mark.parametrize(
    ("header", "line", "kept"),
    [
        ("article_id,headline,body", "007,only", "007"),
        ("article_id,headline,body", "007,a,b,c,d", "007"),
        ("article_id,headline,body", " ,a,b,c", "here:2"),
        ("headline,article_id,body", "a,007,b,c", "here:2"),  # a cell before it may be one too many
    ],
)
def test_a_ragged_csv_row_keeps_an_id_that_is_surely_its_own(
    header: str, line: str, kept: str
) -> None:
    rows = parse(".csv", f"{header}\n1,A,B\n{line}\n")
    assert "cells where the header has 3" in rows[1]["error"]
    assert rows[1]["article_id"] == kept


def test_a_quotation_mark_that_never_closes_spoils_its_own_line_only() -> None:
    rows = parse(".csv", 'headline,body\nA,"B\nb"\nC,"D\nE,F\nG,H\n')
    assert [row["headline"] for row in rows] == ["A", "", "E", "G"]
    assert [row["_line"] for row in rows] == [2, 4, 5, 6]
    assert "never closes" in rows[1]["error"]


@pytest.mark.parametrize(
    "swallowed", ['2,E,"F"', '2,"E",F', '2,"E","F, G"', '2,E,"F\nG"', '2,X,Y\n2,E,"F"']
)
def test_a_mark_left_open_swallows_no_later_row(swallowed: str) -> None:
    rows = parse(".csv", f'article_id,headline,body\n1,A,"B\n{swallowed}\n3,"H","I"\n')
    assert [row["article_id"] for row in rows] == ["1", *swallowed.count("2,") * ["2"], "3"]
    assert [row["headline"] for row in rows][-2:] == ["E", "H"]
    assert "never closes" in rows[0]["error"]
    assert not any(row.get("error") for row in rows[1:])


@pytest.mark.parametrize("body", ['He said\n"no" to it', 'He "said"\nno', 'One\nHe, said "no"'])
def test_marks_within_a_cell_of_several_lines_leave_no_mark_open(body: str) -> None:
    rows = parse(".csv", f'headline,body\nA,"{body}"\nC,D\n')
    assert not any("never closes" in row.get("error", "") for row in rows)
    assert rows[-1]["headline"] == "C"


def test_a_row_with_an_open_mark_keeps_its_id() -> None:
    rows = parse(".csv", 'headline,article_id,body\nA,007,"B\nC,8,D\n"E,9,F\n')
    assert [row["article_id"] for row in rows] == ["007", "8", "here:3"]
    assert ["never closes" in row.get("error", "") for row in rows] == [True, False, True]


def test_rows_know_their_line() -> None:
    rows = parse(".csv", '\nheadline,body\n\nA,"b\r\nc"\nD,E\nF\n')
    assert [row["_line"] for row in rows] == [4, 6, 7]
    assert parse(".jsonl", '{"headline": "A", "body": "B"}\n\n7')[1]["_line"] == 3


def test_a_table_parted_by_tabs_keeps_its_commas() -> None:
    assert parse(".tsv", "headline\tbody\nA, b, c\tD, e")[0]["headline"] == "A, b, c"


def test_blank_lines_of_a_csv_are_no_rows() -> None:
    assert len(parse(".csv", "\n\r\nheadline,body\n\nA,B\n\n\n")) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("article_id,title,copy\n1,a,b\n", r"need a 'body' column; found 'article_id', 'title'"),
        ("headline,raw text\na,b\n", r"need a 'body' column.*\{'raw text': 'body'\}"),
        ("<html><p>Not found, or moved</p></html>", "this is an HTML page, not a table"),
        ("\n <!DOCTYPE html>\n<p>Not found, or moved</p>", "this is an HTML page, not a table"),
        ("headline,body,body\na,b,c\n", "column 'body' is there twice"),
        ("headline,body\n", "a header but no rows"),
    ],
)
def test_a_csv_without_its_columns_or_rows_is_refused(text: str, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        parse(".csv", text)


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r\x1b"), max_size=20
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_a_csv_with_every_cell_quoted_comes_back_as_it_was(cells: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerows([("headline", "body"), *cells])
    rows = parse(".csv", written.getvalue())
    assert [(row["headline"], row["body"]) for row in rows] == cells


def test_the_limit_of_the_csv_module_is_put_back() -> None:
    before = csv.field_size_limit()
    parse(".csv", "headline,body\nA," + "b" * 200_000)
    assert csv.field_size_limit() == before


# --- JSON Lines ------------------------------------------------------------------------------

GOOD = '{"headline": "A", "body": "B"}'


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{oops", "the line is no JSON: Expecting property name"),
        ('{"headline": "A", "bo', "the line is no JSON: Unterminated string"),
        ('{"headline": "A", "body": NaN}', "NaN is no JSON value"),
        ('{"headline": "A", "body": -Infinity}', "-Infinity is no JSON value"),
        ('{"a": ' + "9" * 6000 + "}", "the line is no JSON: Exceeds the limit"),
        ('{"a": ' + "[" * 99_999, "nested too deeply"),
        ("[1, 2]", "the line is of kind list; an object is needed"),
        ("null", "the line is of kind NoneType; an object is needed"),
    ],
)
def test_a_bad_line_keeps_its_place_and_says_why(line: str, says: str) -> None:
    rows = parse(".jsonl", f"{GOOD}\n{line}\n{GOOD}\n")
    assert [row["article_id"] for row in rows] == ["here:1", "here:2", "here:3"]
    assert says in rows[1]["error"]
    assert "error" not in rows[0] | rows[2]
    with pytest.raises(ArticleError, match="the line is"):
        parse(".jsonl", line)


def test_json_lines_are_split_at_line_feeds_only() -> None:
    (row,) = parse(".jsonl", '{"headline": "A", "body": "one\u2028two\x85three"}\r\n\n')
    assert row["body"] == "one\u2028two\x85three"


def test_names_are_exchanged_in_every_format() -> None:
    table = pd.DataFrame({"title": ["A"], "text": ["B"]})
    raw = io.BytesIO()
    table.to_parquet(raw)
    names = {"title": "headline", "text": "body"}
    for rows in (
        parse(".csv", "title,text\nA,B", names),
        parse(".jsonl", '{"title": "A", "text": "B"}', names),
        parse(".parquet", raw.getvalue(), names),
        from_frame(table, Source("here", "here", names)),
    ):
        assert [(row["headline"], row["body"]) for row in rows] == [("A", "B")]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({"titel": "headline"}, "no column 'titel' to rename; found headline, body, title"),
        ({"title": "headline"}, "column 'headline' is there twice"),
    ],
)
def test_names_that_do_not_fit_are_refused(names: dict[str, str], says: str) -> None:
    for kind, text in {
        ".csv": "headline,body,title\na,b,c",
        ".jsonl": '{"headline": "a", "body": "b", "title": "c"}',
    }.items():
        with pytest.raises(ArticleError, match=says):
            parse(kind, text, names)


# --- Parquet and anything --------------------------------------------------------------------


def good_parquet() -> bytes:
    raw = io.BytesIO()
    pd.DataFrame({"headline": ["A", "B"], "body": ["One.", "Two."]}).to_parquet(raw)
    return raw.getvalue()


@pytest.mark.parametrize("keep", [0, 3, 4, 50, -1, -4, -9, -60])
def test_a_cut_parquet_file_is_refused(keep: int) -> None:
    with pytest.raises(ArticleError, match="the Parquet file cannot be read"):
        parse(".parquet", good_parquet()[:keep])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_parquet_file_gives_rows_or_a_reason(place: int, flip: int) -> None:
    raw = bytearray(good_parquet())
    raw[place % len(raw)] ^= flip
    try:
        rows = parse(".parquet", bytes(raw))
    except ArticleError as problem:
        assert str(problem).endswith(".")
    else:
        assert rows


@pytest.mark.parametrize("kind", PARSERS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    raw=st.one_of(
        st.binary(max_size=80),
        st.text('{}[]":,;\n\r ab\\u0', max_size=60).map(lambda t: f"headline,body\n{t}".encode()),
        st.text('{}[]":,\n ab\\u0d8', max_size=60).map(str.encode),
    )
)
def test_any_bytes_give_rows_or_a_reason(kind: str, raw: bytes) -> None:
    try:
        rows = parse(kind, raw)
    except ArticleError as problem:
        assert str(problem).endswith(".")
    else:
        assert rows or kind in {".zip", ".gz"}
        assert all("headline" in row or row.get("error") or "json" in kind for row in rows)


# --- JSON ------------------------------------------------------------------------------------

ONE = '{"title": "A", "text": "B"}'


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"[{ONE}, {ONE}]", ["here:1", "here:2"]),
        (ONE, ["here:1"]),
        (f'{{"total": 2, "articles": [{ONE}, {ONE}]}}', ["here:1", "here:2"]),
        (f'{{"p1": {ONE}, "p2": {ONE}}}', ["p1", "p2"]),
        (f"\ufeff[{ONE}]", ["here:1"]),
        (f"[{ONE}, 7]", ["here:1", "here:2"]),
    ],
)
def test_json_is_a_list_an_object_or_objects_in_one(text: str, ids: list[str]) -> None:
    rows = parse(".json", text)
    assert [row["article_id"] for row in rows] == ids
    assert (rows[0]["headline"], rows[0]["body"]) == ("A", "B")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "the list is empty"),
        ("7", "the file is of kind int; an object is needed"),
        ("[1, 2]", "no articles in the list: the item is of kind int; an object is needed"),
        (f"[{ONE}, ", "the file is no JSON"),
        ("[" * 99_999, "nested too deeply"),
        ('{"title": "A"}', "need a 'body' column"),
    ],
)
def test_json_without_articles_is_refused(text: str, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        parse(".json", text)


def test_one_odd_value_does_not_cost_the_file() -> None:
    issues = Issues()
    text = f'[{{"title": "A", "text": "B", "n": NaN, "m": {"9" * 6000}}}, {ONE}]'
    source = Source("here", "here.json", issues=issues, raw=text.encode())
    rows = registry.parse(source, ".json")
    assert rows[0]["n"] is None
    assert rows[0]["m"] == "9" * 6000
    assert "2 values are no JSON or too long" in issues.table()["problem"].tolist()


# --- Markdown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("# Ferry late #\n\nIt *rained*.", {"headline": "Ferry late", "body": "It *rained*."}),
        ("Ferry late\n\nIt rained.", {"headline": "Ferry late", "body": "It rained."}),
        (
            "---\ntitle: 'Ferry late'\nauthor: Ann Lee\ndate: 2031-05-06\nid: x\n---\n\nIt.",
            {
                "headline": "Ferry late",
                "byline": "Ann Lee",
                "published": "2031-05-06",
                "body": "It.",
            },
        ),
        ("---\nauthor: Ann Lee\n---\n## Ferry\nIt.", {"headline": "Ferry", "byline": "Ann Lee"}),
        ("--- \nno end\n\nIt rained.", {"headline": "---", "body": "no end\n\nIt rained."}),
    ],
)
def test_markdown_has_its_headline_above_or_in_front(text: str, row: dict[str, str]) -> None:
    (found,) = parse(".md", text)
    assert row.items() <= found.items()
    assert found["article_id"] == "here"


# --- kinds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "stem"),
    [
        ("a/b.c.TXT", ".txt", "a/b.c"),
        ("daily.csv.gz", ".gz", "daily"),
        ("CC-NEWS-1.warc.gz", ".warc", "CC-NEWS-1"),
        ("no ending", "", "no ending"),
        (".txt", ".txt", ".txt"),
        ("v1.2", ".2", "v1.2"),
        ("folder.txt/page", "", "folder.txt/page"),
    ],
)
def test_a_name_tells_kind_and_stem(name: str, kind: str, stem: str) -> None:
    assert (kind_of(name), stem_of(name)) == (kind, stem)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"Ferry late\n\nIt rained.", ".txt"),
        (b"title,text\nA,B", ".csv"),
        (b"Title;Full text\nA;B", ".csv"),
        (b"hed|copy\nA|B", ".csv"),
        (b"The title, the text\n\nA", ".txt"),
        (b'{"a": 1}\n{"a": 2}', ".jsonl"),
        (b'{\n"a": 1}', ".json"),
        (b' [ {"a": 1}]', ".json"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", ".html"),
        (b"<!-- saved --> <HTML lang=en>", ".html"),
        (b'<?xml version="1.0"?><rss>', ".xml"),
        (b'<?xml version="1.0"?><html xmlns="x">', ".html"),
        (b"{\\rtf1 x}", ".rtf"),
        (b"\x1f\x8b\x08", ".gz"),
        (b"PK\x03\x04 a.txt", ".zip"),
        (b"PK\x03\x04 word/document.xml", ".docx"),
        (b"SQLite format 3\0", ".db"),
        (b"PAR1", ".parquet"),
        (b"WARC/1.0\r\n", ".warc"),
    ],
)
def test_bytes_without_a_name_are_told_by_how_they_begin(raw: bytes, kind: str) -> None:
    assert sniff(raw, {"hed": "headline", "copy": "body"}) == kind


def test_guesses_are_told() -> None:
    issues = Issues()
    source = Source("here", "here.csv", issues=issues, raw=b"title,text\nA,B")
    registry.parse(source, ".csv")
    assert issues.guesses == ["'title' as headline, 'text' as body"]
    (told,) = issues.table().to_dict("records")
    assert (told["file"], told["action"]) == ("here.csv", "read as 'headline', 'body'")
