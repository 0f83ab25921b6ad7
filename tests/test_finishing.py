"""Rows become a table and a report: each fault in both."""

from __future__ import annotations

from newsresearch.articles import check_articles
from newsresearch.finishing import finish
from newsresearch.formats.source import Row, bad_row
from newsresearch.issues import Issues


def row(**cells: object) -> Row:
    return {"headline": "Ferry late", "body": "It rained.", **cells}


def test_hidden_keys_go_to_the_report_and_not_to_the_table() -> None:
    issues = Issues()
    articles = finish([{**bad_row("a", "it broke.", 7), "_file": "a.csv"}], "row", issues)
    assert list(articles) == ["article_id", "headline", "body", "error"]
    (told,) = issues.table().to_dict("records")
    assert (told["file"], told["row"], told["line"], told["article_id"]) == ("a.csv", 0, 7, "a")
    assert told["problem"] == "it broke."


def test_every_note_is_an_issue_with_what_was_done() -> None:
    issues = Issues()
    rows = [row(), row(body="A\0B", note="not UTF-8: read as Windows-1252")]
    articles = finish(rows, "row", issues)
    assert articles["note"].tolist()[1].count(": ") == 2
    table = issues.table()
    assert table["row"].tolist() == [1, 1]
    assert table["problem"].tolist() == ["not UTF-8", "NUL characters"]
    assert table["action"].tolist() == ["read as Windows-1252", "replaced by blanks"]


def test_a_note_told_by_parser_and_table_is_told_once() -> None:
    articles = finish([row(body="A\0", note="NUL characters: replaced by blanks")], "r", Issues())
    assert articles["note"].tolist() == ["NUL characters: replaced by blanks"]


def test_masked_words_are_counted() -> None:
    articles = finish([row(body="The vote @ @ @ @ @ @ @ was close. @ @ @")], "r", Issues())
    assert articles["note"].tolist() == ["10 words are masked with '@': passed over in scores"]
    assert articles["body"].tolist() == ["The vote @ @ @ @ @ @ @ was close. @ @ @"]


def test_the_table_keeps_the_contract_and_the_order() -> None:
    rows = [row(article_id="b"), row(article_id="b", outlet="Whistle"), {"extra": 1}]
    articles = finish(rows, "row", Issues())
    check_articles(articles)
    assert articles["article_id"].tolist() == ["b", "b#2", "row:3"]
    assert list(articles)[:5] == ["article_id", "headline", "body", "note", "error"]
    assert articles["outlet"].tolist()[1] == "Whistle"
