"""Nasty texts, cells and files: no exception, every row kept, a reason, other rows unchanged."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nasty
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

import newsresearch as nr
from newsresearch.articles import ArticleError, check_articles
from newsresearch.formats import page
from newsresearch.formats.registry import PARSERS, kind_of
from newsresearch.incoherence import FINDING_DTYPES
from newsresearch.plain import plain_text

CODEBOOK = nr.list_measures("score_all")
NUMBERS = CODEBOOK.loc[CODEBOOK["unit"] != "label", "column"].tolist()
TEXTS = nasty.SHORT | {f"many {name}": nasty.long_text(name, 1_200) for name in nasty.LONG}


def table(texts: dict[str, Any], field: str = "body") -> pd.DataFrame:
    """Return a row a text, each between good ones: objects, as no string column can hold all."""
    frame = pd.DataFrame({"article_id": list(texts)}, dtype=object)
    for column, good in {"headline": nasty.HEADLINE, "body": nasty.BODY, "preamble": ""}.items():
        cells = list(texts.values()) if column == field else [good] * len(texts)
        frame[column] = pd.Series(cells, dtype=object)
    good_row = ["good", nasty.HEADLINE, nasty.BODY, ""]
    edges = [pd.DataFrame([[f"{name} {good_row[0]}", *good_row[1:]]], columns=list(frame))
             for name in ("first", "last")]  # fmt: skip
    return pd.concat([edges[0], frame, edges[1]], ignore_index=True)


class Results:
    """What every function gives for a table of nasty texts in one field."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.raw = table(TEXTS, field)
        self.articles = nr.read_articles(self.raw)
        self.before = self.articles.copy(deep=True)
        self.scores = nr.score_all(self.articles)
        self.findings = nr.find_incoherence(self.articles)
        self.support = nr.support_headline(self.articles)
        self.stripped, self.receipts = nr.strip_furniture(self.articles)


@pytest.fixture(scope="module", params=["body", "headline", "preamble"])
def results(request: pytest.FixtureRequest) -> Results:
    return Results(request.param)


# --- texts -----------------------------------------------------------------------------------


def test_every_row_is_kept_with_its_text(results: Results) -> None:
    ids = ["first good", *TEXTS, "last good"]
    for kept in (results.articles, results.scores, results.stripped):
        assert kept["article_id"].tolist() == ids
    check_articles(results.articles)
    field = results.field
    for raw, read in zip(results.raw[field], results.articles[field], strict=True):
        assert len(raw) == len(read)
        changed = {a for a, b in zip(raw, read, strict=True) if a != b}
        assert all(char == "\0" or "\ud800" <= char <= "\udfff" for char in changed)


def test_every_row_is_scored_or_says_why_in_both_tables(results: Results) -> None:
    reasons = results.scores.set_index("article_id")["error"]
    not_checked = results.findings[results.findings["check"] == "not_checked"]
    assert dict(zip(not_checked["article_id"], not_checked["reason"], strict=True)) == dict(
        reasons[reasons != ""]
    )
    scored = results.scores[results.scores["error"] == ""]
    assert scored["n_words"].notna().all()
    assert results.scores.loc[results.scores["error"] != "", NUMBERS].isna().all(axis=None)


def test_the_reasons_are_the_documented_ones(results: Results) -> None:
    errors = results.scores.set_index("article_id")["error"]
    breaks = {"newlines", "returns", "blanks", "double breaks"}
    invisible = {"invisible", "many zero widths"}
    empty = {"empty", "blanks", "line breaks", *(f"many {name}" for name in breaks)} | invisible
    foreign = {"Arabic", "Chinese", "Russian", "Thai"}
    if results.field == "body":
        assert set(errors[errors == "the body is empty"].index) == empty
        assert foreign <= set(errors[errors.str.contains("does not look English")].index)
    else:
        assert (errors == "").all()
    assert not errors.str.contains("failed").any()


def test_no_check_failed(results: Results) -> None:
    assert not results.findings["reason"].str.contains("failed:").any()


def test_numbers_are_in_their_documented_range(results: Results) -> None:
    for measure in CODEBOOK[CODEBOOK["column"].isin(NUMBERS)].itertuples():
        values = results.scores[measure.column].dropna().astype("float64")
        assert np.isfinite(values).all(), measure.column
        assert not (values < measure.low).any(), measure.column
        assert not (values > measure.high).any(), measure.column


def quotes_hold(found: pd.DataFrame, articles: pd.DataFrame) -> bool:
    """Tell whether each quote is what stands at its span."""
    texts = articles.set_index("article_id")
    return all(
        texts.at[row.article_id, getattr(row, "field", "body")][row.start : row.end] == row.quote
        for row in found.itertuples()
    )


def test_every_quote_is_what_stands_at_its_span(results: Results) -> None:
    found = results.findings
    others = found[found["other_field"] != ""]
    assert found.dtypes.astype(str).to_dict() == FINDING_DTYPES
    assert quotes_hold(found, results.articles)
    assert quotes_hold(
        pd.DataFrame(
            {
                "article_id": others["article_id"], "field": others["other_field"],
                "start": others["other_start"], "end": others["other_end"],
                "quote": others["other_quote"],
            }
        ),
        results.articles,
    )  # fmt: skip
    assert quotes_hold(results.receipts, results.articles)
    assert quotes_hold(results.support, results.articles)


def test_findings_are_within_their_text_and_in_order(results: Results) -> None:
    checked = results.findings[results.findings["check"] != "not_checked"]
    assert (checked["start"] < checked["end"]).all()
    order = ["preamble", "headline", "body"]
    places = [(order.index(row.field), row.start) for row in checked.itertuples()]
    for _, rows in checked.reset_index(drop=True).groupby("article_id"):
        own = [places[at] for at in rows.index]
        assert own == sorted(own)


def test_good_rows_are_what_they_are_alone(results: Results) -> None:
    alone = results.articles.iloc[[0, -1]].reset_index(drop=True)
    among = results.scores.iloc[[0, -1]].reset_index(drop=True)
    assert_frame_equal(nr.score_all(alone), among)
    ids = alone["article_id"].tolist()
    for function, found in {
        nr.find_incoherence: results.findings,
        nr.support_headline: results.support,
    }.items():
        own = found[found["article_id"].isin(ids)].reset_index(drop=True)
        assert_frame_equal(function(alone), own)


def test_the_table_handed_over_is_left_as_it_was(results: Results) -> None:
    assert_frame_equal(results.articles, results.before)
    assert_frame_equal(results.raw, table(TEXTS, results.field))


def test_the_order_of_the_rows_does_not_matter(results: Results) -> None:
    turned = results.articles.iloc[::-7]
    found = results.findings[results.findings["article_id"].isin(turned["article_id"])]
    by_article = dict(list(found.groupby("article_id", sort=False)))
    again = nr.find_incoherence(turned)
    assert list(dict.fromkeys(again["article_id"])) == [
        name for name in turned["article_id"] if name in by_article
    ]
    for name, rows in again.groupby("article_id"):
        expected = by_article[name].reset_index(drop=True)
        assert_frame_equal(rows.reset_index(drop=True), expected)


# --- tables that were not read by us ---------------------------------------------------------


@pytest.mark.parametrize("field", ["article_id", "headline", "body", "preamble"])
def test_broken_characters_in_a_table_of_ones_own_cost_no_other_row(field: str) -> None:
    articles = table({"broken": "The \ud800 ferry"}, field)
    if field == "article_id":
        articles.at[1, "article_id"] = "\ud800"
    bad = [False, field != "article_id", False]
    scored = nr.score_all(articles)
    assert scored["error"].astype(bool).tolist() == bad
    found = nr.find_incoherence(articles)
    assert found["check"].eq("not_checked").sum() == sum(bad)
    assert len(nr.support_headline(articles)) >= 2
    stripped, receipts = nr.strip_furniture(articles)
    assert len(stripped) == 3
    assert receipts.empty


@pytest.mark.parametrize("name", nasty.huge_texts())
@pytest.mark.parametrize("field", ["headline", "body"])
def test_a_text_over_the_limit_is_a_row_with_a_reason(name: str, field: str) -> None:
    articles = table({name: nasty.huge_texts()[name]}, field)
    errors = nr.score_all(articles)["error"].tolist()
    assert [error.endswith("are not scored. Split it.") for error in errors] == [False, True, False]
    assert nr.find_incoherence(articles)["check"].eq("not_checked").sum() == 1


# --- cells that are no text ------------------------------------------------------------------

EVERY_FUNCTION = [
    nr.score_all,
    nr.score_sentiment,
    nr.score_readability,
    nr.find_incoherence,
    nr.label_stance,
    nr.score_sources,
    nr.list_sources,
    nr.support_headline,
    nr.strip_furniture,
    nr.list_tones,
    nr.hash_articles,
]


def test_cells_that_are_no_text_become_rows_with_a_reason() -> None:
    articles = nr.read_articles(table(nasty.CELLS))
    scored = nr.score_all(articles)
    assert len(scored) == len(nasty.CELLS) + 2
    for row in scored.itertuples():
        missing = row.article_id in {"None", "NaN", "NA", "NaT"}
        good = row.article_id.endswith("good")
        says = "" if good else "the body is missing" if missing else "the body is no text but"
        assert row.error.startswith(says)
        assert bool(row.error) != good


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda f: f.__name__)
@pytest.mark.parametrize("cell", nasty.CELLS.values(), ids=list(nasty.CELLS))
def test_a_table_with_such_a_cell_is_refused_in_one_sentence(
    function: Callable[[Any], Any], cell: Any
) -> None:
    with pytest.raises(ArticleError, match=r"must hold text; 1 rows do not \(rows 1\)"):
        function(table({"bad": cell}))


@pytest.mark.parametrize("function", EVERY_FUNCTION, ids=lambda f: f.__name__)
@pytest.mark.parametrize("wrong", [None, "text", [], pd.DataFrame(), pd.DataFrame({"body": ["a"]})])
def test_what_is_no_articles_table_is_refused(function: Callable[[Any], Any], wrong: Any) -> None:
    with pytest.raises(ArticleError):
        function(wrong)


# --- files -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nasty")


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, nasty.NastyFile]:
    return {file.name: file for file in nasty.write_files(folder)}


NAMES = [file.name for file, _ in nasty.contents()]


@pytest.mark.parametrize("name", NAMES)
def test_a_nasty_file_gives_its_rows_or_one_sentence(
    folder: Path, files: dict[str, nasty.NastyFile], name: str
) -> None:
    file = files[name]
    if file.says:
        with pytest.raises(ArticleError) as caught:
            nr.read_articles(folder / name)
        message = str(caught.value)
        assert file.says in message
        assert name in message
        assert message.endswith(".") or message.endswith(").")
        assert "\n" not in message
        assert len(message) < 400
        return
    articles = nr.read_articles(folder / name)
    check_articles(articles)
    errors = articles["error"] if "error" in articles else pd.Series([""] * len(articles))
    assert (len(articles), int((errors != "").sum())) == (file.rows, file.bad)
    scored = nr.score_all(articles)
    assert len(scored) == file.rows
    assert (scored["error"] != "").sum() >= file.bad


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_text(
    folder: Path, files: dict[str, nasty.NastyFile], encoding: str
) -> None:
    assert files[f"{encoding}.txt"].rows == 1
    (read,) = nr.read_articles(folder / f"{encoding}.txt")["body"]
    assert read == nasty.encoded_body()


def test_a_mixed_folder_loses_no_file(
    folder: Path, files: dict[str, nasty.NastyFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Alone, above, heavy pages were read in a process of their own.
    monkeypatch.setattr(page, "_extract_apart", lambda text, url, _: page._extract(text, url))
    readable = [file for file in files.values() if kind_of(file.name) in PARSERS]
    articles = nr.read_articles(folder)
    assert len(articles) == sum(max(file.rows, 1) for file in readable)
    assert articles["article_id"].is_unique
    refused = [file for file in readable if file.says]
    assert (articles["error"] != "").sum() == len(refused) + sum(file.bad for file in readable)


@pytest.mark.parametrize("file", nasty.SPECIAL, ids=lambda file: file.name)
def test_a_nasty_place_is_refused_in_one_sentence(tmp_path: Path, file: nasty.NastyFile) -> None:
    nasty.write_special(tmp_path)
    with pytest.raises(ArticleError, match=file.says):
        nr.read_articles(tmp_path / file.name)


# --- any text at all -------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, derandomize=True)
@given(headline=nasty.ANY_TEXT, body=nasty.ANY_TEXT)
def test_laws_hold_on_any_text(headline: str, body: str) -> None:
    articles = table({"any": body})
    articles.at[1, "headline"] = headline
    found = nr.find_incoherence(articles)
    assert quotes_hold(found, articles)
    assert not found["reason"].str.contains("failed:").any()
    scored = nr.score_all(articles)
    assert scored.loc[1, "error"] == "" or scored.loc[1, NUMBERS].isna().all()
    assert not scored["error"].str.contains("failed").any()
    assert scored.loc[[0, 2], "error"].tolist() == ["", ""]


# --- what a reader does not see --------------------------------------------------------------


def wrap(text: str) -> str:
    paragraphs = text.split("\n\n")
    lines = (
        textwrap.fill(p, 72, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    )
    return "\n\n".join(lines)


UNSEEN: dict[str, Callable[[str], str]] = {
    "straight marks": lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "hard blanks": lambda text: text.replace(" ", "\xa0"),
    "some hard blanks": lambda text: re.sub(r" (?=[A-Z])", "\xa0", text),
    "double blanks": lambda text: text.replace(" ", "  "),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "separators": lambda text: text.replace("\n", "\u2028"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "zero width": lambda text: re.sub(r"(?<=[a-z])(?=ea|er|in|on)", "\u200b", text),
    "soft hyphens": lambda text: re.sub(r"(?<=[a-z]{2})(?=[a-z]{3})", "\xad", text),
    "bidi marks": lambda text: re.sub(r"(\w+)", "\u2068\\1\u2069", text),
    "wrapped": wrap,
}


def seen(found: pd.DataFrame, columns: list[str]) -> set[tuple[str, ...]]:
    """Return the rows as a reader sees their quotes."""
    rows = zip(*(found[column].astype(str) for column in columns), strict=True)
    return {tuple(" ".join(plain_text(cell).split()) for cell in row) for row in rows}


def read_all(articles: pd.DataFrame) -> tuple[set[Any], set[Any], pd.DataFrame]:
    """Return findings and support as a reader sees them, and the measures."""
    found = nr.find_incoherence(articles)
    assert quotes_hold(found, articles)
    columns = ["article_id", "check", "field", "quote", "other_quote", "confidence"]
    sides = ["article_id", "role", "quote", "coverage", "hedged"]
    # Places move with every character that is added; what stands there is told by support.
    columns_of_scores = CODEBOOK.loc[CODEBOOK["unit"] != "code points", "column"].tolist()
    scores = nr.score_all(articles)[columns_of_scores]
    return seen(found, columns), seen(nr.support_headline(articles), sides), scores


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    demo = nr.load_dataset("demo")
    return demo.loc[demo["kind"] == "planted", ["article_id", "headline", "body"]]


@pytest.fixture(scope="module")
def plain(planted: pd.DataFrame) -> tuple[set[Any], set[Any], pd.DataFrame]:
    return read_all(planted)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_a_reader_does_not_see_changes_nothing(
    planted: pd.DataFrame, plain: tuple[set[Any], set[Any], pd.DataFrame], name: str
) -> None:
    changed = planted.assign(
        headline=planted["headline"].map(UNSEEN[name]), body=planted["body"].map(UNSEEN[name])
    )
    assert not changed["body"].equals(planted["body"])
    findings, support, scores = read_all(changed)
    assert findings == plain[0]
    assert support == plain[1]
    assert_frame_equal(scores, plain[2])
