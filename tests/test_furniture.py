"""Page furniture: found line by line, removed with receipts that put it back."""

from __future__ import annotations

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from newsresearch.furniture import RECEIPT_DTYPES, find_furniture, is_furniture, strip_furniture


def table(*bodies: str, **columns: list[str]) -> pd.DataFrame:
    ids = [f"a{at}" for at in range(len(bodies))]
    data = {"article_id": ids, "headline": ["Live"] * len(ids), "body": list(bodies), **columns}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Advertisement", "advert"),
        ("ADVERTISEMENT", "advert"),
        ("[ Advertisement ]", "advert"),
        ("Ad\u200bvertise\xadment", "advert"),
        ("Story continues below", "advert"),
        ("Sponsored by Roe’s Ferries", "advert"),
        ("Share", "button"),
        ("» Share «", "button"),
        ("Follow us on X", "button"),
        ("1.2k shares", "button"),
        ("Read more: Ten ferries that never came", "teaser"),
        ("SEE ALSO: Ten ferries that never came", "teaser"),
        ("Don’t miss: ten ferries", "teaser"),
        ("Photo: Ann Lee / Roe Pictures", "credit"),
        ("Image copyright Ann Lee", "credit"),
        ("REUTERS", "credit"),
        ("GETTY*IG", "credit"),
        ("Reporting by Ann Lee", "credit"),
        ("Sign up for our newsletter", "subscription"),
        ("© 2031 The Whistle", "rights"),
        ("Copyright © Roe Media", "rights"),
        ("We use cookies", "notice"),
        ("Updated at 14:05 on Friday", "time stamp"),
        ("https://example.org/ferry?x=1", "address"),
        ("ann.lee@example.org", "address"),
    ],
)
def test_lines_of_a_web_page_are_furniture(line: str, kind: str) -> None:
    text = f"It rained.\n  {line}\t\nIt stopped."
    (piece,) = find_furniture(text)
    assert text[piece.start : piece.end] == line
    assert piece.kind == kind
    assert piece.reason
    assert is_furniture(f" {line} ")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "…",
        "The advertisement was banned.",
        "Share prices fell on Friday.",
        "Read the report of the council before you vote, she said.",
        "“Share,” he told the children.",
        "He wrote to ann.lee@example.org about the ferry.",
        "Photographs of the ferry were shown in court.",
        "The image was taken by a drone.",
        "Advertisement" + "." * 400 + "The council met.",
        "Read more: " + "word " * 40,
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert find_furniture(f"It rained.\n{line}\nIt stopped.") == []


def test_a_credit_glued_to_a_sentence_is_cut_out_alone() -> None:
    text = "GETTY*IGThe ferry is late."
    (piece,) = find_furniture(text)
    assert (text[piece.start : piece.end], piece.kind) == ("GETTY*IG", "credit")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"])
def test_every_line_break_parts_lines(newline: str) -> None:
    text = newline.join(["It rained.", "Share", "It stopped."])
    assert [text[p.start : p.end] for p in find_furniture(text)] == ["Share"]


# --- stripping -------------------------------------------------------------------------------


def put_back(cleaned: str, receipts: pd.DataFrame) -> str:
    """Put the quotes of the receipts back where they stood in the raw text."""
    raw, at = "", 0
    for receipt in receipts.itertuples():
        keep = receipt.start - len(raw)
        raw += cleaned[at : at + keep] + receipt.quote
        at += keep
    return raw + cleaned[at:]


MIXED = "Share\n\nIt rained.\n\nAdvertisement\n\nGETTY*IGThe ferry left.\n\nREUTERS"


def test_stripping_leaves_the_article_and_a_receipt_for_each_piece() -> None:
    cleaned, receipts = strip_furniture(table(MIXED))
    assert cleaned["body"].tolist() == ["It rained.\n\nThe ferry left.\n\n"]
    assert receipts["kind"].tolist() == ["button", "advert", "credit", "credit"]
    assert receipts["quote"].tolist() == ["Share\n\n", "Advertisement\n\n", "GETTY*IG", "REUTERS"]
    assert put_back(cleaned.loc[0, "body"], receipts) == MIXED


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85", "\f"])
def test_the_line_breaks_after_a_piece_go_with_it(newline: str) -> None:
    parts = ["It rained.", newline, "Share", newline, newline, "It stopped."]
    cleaned, receipts = strip_furniture(table("".join(parts)))
    assert cleaned["body"].tolist() == [f"It rained.{newline}It stopped."]
    assert receipts["quote"].tolist() == [f"Share{newline}{newline}"]


def test_headlines_and_other_columns_are_never_cut() -> None:
    articles = table(MIXED, "It rained.", preamble=["Share\nMine", ""], outlet=["Share", "x"])
    articles.index = pd.Index(["p", "p"])
    before = articles.copy(deep=True)
    cleaned, receipts = strip_furniture(articles)
    assert_frame_equal(articles, before)
    assert cleaned["headline"].tolist() == ["Live", "Live"]
    assert cleaned["outlet"].tolist() == ["Share", "x"]
    assert cleaned["preamble"].tolist() == ["Mine", ""]
    assert list(cleaned) == list(articles)
    assert cleaned.index.tolist() == ["p", "p"]
    assert receipts["field"].tolist() == ["preamble", *["body"] * 4]


@pytest.mark.parametrize("bodies", [[], ["It rained."]])
def test_no_furniture_gives_no_receipts_of_the_same_dtypes(bodies: list[str]) -> None:
    cleaned, receipts = strip_furniture(table(*bodies))
    assert cleaned["body"].tolist() == bodies
    assert receipts.empty
    assert receipts.dtypes.astype(str).to_dict() == RECEIPT_DTYPES


def test_a_text_with_broken_characters_is_kept_and_the_others_are_cleaned() -> None:
    cleaned, receipts = strip_furniture(table("Share\n\ud800", "Share\nIt rained."))
    assert cleaned["body"].tolist() == ["Share\n\ud800", "It rained."]
    assert receipts["article_id"].tolist() == ["a1"]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_receipts_put_back_restore_the_raw_text(text: str) -> None:
    cleaned, receipts = strip_furniture(table(text))
    assert put_back(cleaned.loc[0, "body"], receipts) == text
    for receipt in receipts.itertuples():
        assert text[receipt.start : receipt.end] == receipt.quote


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_pieces_are_in_order_and_apart(text: str) -> None:
    at = 0
    for piece in find_furniture(text):
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_searched_to_the_end(name: str) -> None:
    text = nasty.long_text(name, 60_000) + "\nAdvertisement"
    last = find_furniture(text)[-1]
    assert (last.kind, last.end) == ("advert", len(text))
