"""Page furniture: found line by line, removed with receipts that put it back."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import newsresearch as nr
from newsresearch.furniture import RECEIPT_DTYPES, find_furniture, is_furniture, strip_furniture

ROOT = Path(__file__).parent.parent


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
        ("Sign up for our newsletter", "subscription"),
        ("© 2031 The Whistle", "rights"),
        ("Copyright © Roe Media", "rights"),
        ("We use cookies", "notice"),
        ("Updated at 14:05 on Friday", "time stamp"),
        ("https://example.org/ferry?x=1", "address"),
        ("Our blog: https://example.org/ferry", "address"),
        # From here on each kind in the forms that scraped pages leave it in.
        ("Share Tweet Email Print", "button"),
        ("FacebookTwitterPinterest", "button"),
        ("Like us on Facebook | Follow us on X", "button"),
        ("12 Comments (+)", "button"),
        ("Comments (23)", "button"),
        ("Loaded: 0%", "button"),
        ("How the ferry was lost Play Video0:39", "button"),
        ("Have something to add? Tell us in the comments.", "button"),
        ("Was the ferry late for you? Let us know in the comments below!", "button"),
        ("Please share this story if you miss the ferry", "button"),
        ("NOW WATCH: Ferries of the north", "teaser"),
        ("More from The Whistle:", "teaser"),
        ("Watch the full clip below:", "teaser"),
        ("The ferry that never came »", "teaser"),
        ("Click here to see the ferry.", "teaser"),
        ("Read this: ten ferries that never came", "teaser"),
        ("[Ann Lee: The ferry that never came]", "teaser"),
        ("Continue reading the main story", "button"),
        ("Related", "button"),
        ("Ads by Roe", "advert"),
        ("Be the first to know when the ferry is late", "subscription"),
        ("Please support The Whistle today!", "subscription"),
        ("The best of the coast, delivered to your inbox", "subscription"),
        ("Ann Lee/Getty Images", "credit"),
        ("AP Photo/Ann Lee", "credit"),
        ("(Ann Lee/The Whistle/Associated Press)", "credit"),
        ("[Image via YouTube]", "credit"),
        ("RoeImage copyrightROE", "credit"),
        ("Reporting by Ann Lee; Editing by Max Roe", "desk"),
        ("(Additional reporting by Ann Lee in Sallow; Editing by Max Roe)", "desk"),
        ("The Associated Press contributed to this report.", "desk"),
        ("Ann Lee in Sallow and Max Roe in Tarn contributed to this story.", "desk"),
        ("With files from The Canadian Press", "desk"),
        ("Reuters writer Ann Lee contributed from Sallow.", "desk"),
        ("This story was originally published by The Whistle.", "desk"),
        ("The post Late again appeared first on The Whistle.", "desk"),
        ("Source: The Whistle", "desk"),
        ("By Ann Lee", "byline"),
        ("By Ann Lee, Staff Writer | March 3, 2031", "byline"),
        ("BY ANN LEE AND MAX ROE", "byline"),
        ("By Reuters", "byline"),
        ("Ann Lee, staff writer", "byline"),
        ("March 3, 2031 by Ann Lee", "byline"),
        ("March 3, 2031", "time stamp"),
        ("Tue, 3 Mar 2031 at 4:15 p.m. ET", "time stamp"),
        ("03/03/31", "time stamp"),
        ("3 hours ago", "time stamp"),
        ("4 min read", "time stamp"),
        ("Copyright 2031 Roe Media. All rights reserved.", "rights"),
        ("By using our site you agree to our use of cookies.", "notice"),
        ("The views expressed are those of the author.", "notice"),
        ("This is a developing story. Check back for more.", "notice"),
        ("Tags: ferries, Sallow", "notice"),
        ("ann.lee@example.org", "contact"),
        ("Ann Lee: 555-010-9999, @annlee", "contact"),
        ("Ann Lee can be reached at ann.lee@example.org.", "contact"),
        ("@annlee", "handle"),
        ("<!-- slot = '300x250'; //-->", "code"),
        ("player.create('a1', 'b2');", "code"),
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
        # The same words in prose.
        "SALLOW (Reuters) -",
        "SALLOW, Pa. (AP) — The ferry is late.",
        "TARN, PA —",
        "By the time the ferry came it was dark.",
        "By Monday the ferry was back.",
        "By Popular",
        "by President Ann Lee",
        "By Ann Lee’s count the ferry was late.",
        "On March 3, 2031 the ferry was late.",
        "March was wet.",
        "On Friday at noon",
        "The score was 10:15.",
        "Published in 1999, it sold well.",
        "Posted by the council in May, the video was seen by all.",
        "Originally published in May, the report was wrong.",
        "Reporting by The Whistle showed that the ferry was late.",
        "She has contributed to this report.",
        "They contributed to this report of the council’s failings.",
        "More from the council will follow.",
        "More people took the ferry.",
        "Related costs rose.",
        "Like many on the island, she uses the ferry.",
        "Follow the money, she said.",
        "Sign up for the ferry with a name and a date of birth.",
        "Subscribers of the ferry line were refunded.",
        "By signing the pact, the council would agree to terms.",
        "Have a heart, he said.",
        "The source: a ferry captain who was there.",
        "Via Tarn the ferry takes an hour.",
        "Copyright law is old.",
        "The source code is at example.org.",
        "Photo evidence was shown.",
        "Photo: the ferry was seen leaving the harbour.",
        "Share Tweet Harbour",
        "Read this: Ann Lee told us what she saw. She writes:",
        "Time: 2-4 pm",
        "20 minutes.",
        "[The council has since denied this.]",
        "He told the agency (Reuters) of it.",
        "The union (NUF) and the line (AP)",
        "Getty left the house in 1976.",
        "He wrote 'click here' on the poster.",
        "Ann Lee: 555 ferries came.",
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert find_furniture(f"It rained.\n{line}\nIt stopped.") == []


def test_a_credit_glued_to_a_sentence_is_cut_out_alone() -> None:
    text = "GETTY*IGThe ferry is late."
    (piece,) = find_furniture(text)
    assert (text[piece.start : piece.end], piece.kind) == ("GETTY*IG", "credit")


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("The ferry at dawn. (AP Photo/Ann Lee)", " (AP Photo/Ann Lee)"),
        ("The ferry at dawn (Ann Lee/Roe/Getty Images)", " (Ann Lee/Roe/Getty Images)"),
        ("The ferry at dawn. (Reuters)", " (Reuters)"),
        ("The ferry at dawn. Photo: Ann Lee", " Photo: Ann Lee"),
        ("The ferry at dawn [AFP]", " [AFP]"),
        ("The ferry at dawn. ( AP Photo/Ann Lee)", " ( AP Photo/Ann Lee)"),
        ("Ann Lee (26) Mandatory Credit: Max Roe", " Mandatory Credit: Max Roe"),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_cut_out_alone(line: str, credit: str) -> None:
    (piece,) = find_furniture(f"{line}\n\nIt rained.")
    assert (line[piece.start : piece.end], piece.kind) == (credit, "credit")


def quotes(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in find_furniture(text)]


LINKS = ["Ten ferries that never came", "Why is the harbour closed?", "Island in fog: a diary"]
PROSE = "The ferry left the harbour at noon."


@pytest.mark.parametrize("heading", ["Related", "MORE STORIES", "You may also like:", "Read more:"])
def test_a_list_of_links_below_a_heading_goes_until_the_prose(heading: str) -> None:
    assert quotes("\n\n".join([PROSE, heading, *LINKS, PROSE, LINKS[0]])) == [heading, *LINKS]
    assert quotes("\n".join([PROSE, heading, LINKS[0], "March 3, 2031", LINKS[1], PROSE])) == [
        heading, LINKS[0], "March 3, 2031", LINKS[1],
    ]  # fmt: skip
    assert quotes("\n".join([PROSE, heading, LINKS[0]])) == [heading, LINKS[0]]


WRAPPED = """The ferry to Sallow was late again on Monday, which the
council had promised would never happen again after
{}
The ferry is old."""


@pytest.mark.parametrize("line", ["March 3, 2031", "4 min read.", "By Ann Lee", "(Reuters)"])
def test_the_last_words_of_a_hard_wrapped_paragraph_stay(line: str) -> None:
    assert quotes(WRAPPED.format(line)) == []
    assert quotes(WRAPPED.replace("after", "after.").format(line)) != []
    assert quotes(WRAPPED.replace("\n", "\n\n").format(line)) != []
    assert quotes(WRAPPED.format("Share")) == ["Share"]


def test_one_title_between_two_headings_is_a_link() -> None:
    lines = ["Related", LINKS[0], "More stories", LINKS[1], LINKS[2]]
    assert quotes("\n".join([*lines, PROSE])) == lines


def test_one_title_before_prose_may_be_a_heading_of_the_article() -> None:
    assert quotes("\n".join(["Related", LINKS[0], PROSE])) == ["Related"]
    assert quotes("\n".join([PROSE, *LINKS, PROSE])) == []
    assert quotes("\n".join(["Related", PROSE, *LINKS])) == ["Related"]


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


# What the rules look for, to be put together at random with what they must keep.
SCRAPS = st.sampled_from(
    [
        *["Share", "GETTY*IG", "ABC*DE", "Related", "More", "By Ann Lee", " (Getty)", ". (Getty)"],
        *[
            "Photo: Ann Lee",
            " [AP]",
            "March 3, 2031",
            "Read more",
            "A title of three words",
            "(AP)",
        ],
        *[
            "It rained.",
            "The ferry is late.",
            "F",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "*",
            ":",
            "word",
        ],
    ]
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(text=st.one_of(nasty.ANY_TEXT, st.lists(SCRAPS, max_size=12).map("".join)))
def test_stripping_twice_is_stripping_once(text: str) -> None:
    once, receipts = strip_furniture(table(text))
    twice, none = strip_furniture(once)
    assert none.empty
    assert twice["body"].tolist() == once["body"].tolist()
    assert put_back(once.loc[0, "body"], receipts) == text


@pytest.mark.parametrize(
    "text", ["GETTY*IGShare", "Share (Getty)", "ABC*DEABC*DE", "F. (AP). (AP)"]
)
def test_what_a_cut_lays_bare_goes_in_the_same_pass(text: str) -> None:
    once, _ = strip_furniture(table(f"It rained.\n{text}\nIt stopped."))
    assert strip_furniture(once)[1].empty


def test_the_bundled_articles_lose_what_was_planted_and_no_more() -> None:
    articles = nr.load_dataset("demo")
    gold = pd.read_csv(ROOT / "data" / "gold_findings.csv", dtype=str, keep_default_na=False)
    _, receipts = strip_furniture(articles)
    planted = gold[gold["check"] == "furniture"]
    assert sorted(receipts["quote"].str.strip()) == sorted(planted["quote"])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_pieces_are_in_order_and_apart(text: str) -> None:
    at = 0
    for piece in find_furniture(text):
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_searched_to_the_end(name: str) -> None:
    text = nasty.long_text(name, 25_000) + "\nAdvertisement"
    last = find_furniture(text)[-1]
    assert (last.kind, last.end) == ("advert", len(text))


HOSTILE = [
    *["By ", "By Ann Lee, ", "share ", "|", ".", "7", "11:11 ", "ABC*DE", "ABCABC*DEF*", "a@a."],
    *["x. (Getty)", " [AP]", "aa/ ", "AP/", "Related\n", "Related\nOne two three\n", "more ", "["],
    *["contributed to ", "The post ", "a.b.", "foo(", "click ", "watch the ", "(photo by "],
]


@pytest.mark.parametrize("scrap", HOSTILE)
@pytest.mark.parametrize("width", [10**9, 390])
def test_work_grows_with_the_text_and_no_faster(scrap: str, width: int) -> None:
    """Count the steps of the interpreter, on one long line and on many as long as a rule reads."""
    steps = [count_steps(scrap, size, width) for size in (4_000, 8_000, 16_000)]
    for fewer, more in pairwise(steps):
        assert more <= 2.6 * fewer + 2_000


def count_steps(scrap: str, size: int, width: int) -> int:
    text = scrap * (size // len(scrap))
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_furniture("\n".join(lines))
    finally:
        sys.setprofile(before)
    return steps


HANGS = """
from newsresearch.furniture import find_furniture
for scrap in ("aa/ ", "(aa/ aa/ ", "a ", "The post ", "Ann Lee ", "a.", "1,1 ", "x-", "a' "):
    for start in ("", "By ", "Photo: ", "x (", "download our ", "follow ", "the views and "):
        for end in ("", "!", ";", ")", "\ud7ff"):
            find_furniture(start + scrap * (380 // len(scrap)) + end)
"""


def test_no_line_that_nearly_fits_a_rule_hangs_it() -> None:
    """Each is about as long as the rules read; one exponential rule would take years."""
    subprocess.run([sys.executable, "-c", HANGS], check=True, timeout=60)
