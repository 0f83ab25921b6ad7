"""Exports of news databases, in layouts of invented articles."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from growth import check_growth
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.articles import ArticleError
from newsresearch.formats.documents import Paragraph, parse_docx, parse_rtf
from newsresearch.formats.exports import (
    explain_no_body,
    find_layout,
    is_factiva_html,
    is_media_cloud,
    parse_export,
    parse_factiva_html,
    parse_nexis,
)
from newsresearch.formats.exports_records import is_date, read_date
from newsresearch.formats.plain_text import parse_text
from newsresearch.formats.source import Row, Source


def source(raw: bytes = b"") -> Source:
    return Source(name="here", file="here.txt", raw=raw)


def told(of: Source) -> list[str]:
    return [row["problem"] for row in of.issues.rows]


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("January 5, 2021 Tuesday", "2021-01-05"),
        ("Tuesday, January 5, 2021", "2021-01-05"),
        ("5 January 2021", "2021-01-05"),
        ("Jan 5, 2021", "2021-01-05"),
        ("Sept. 3, 2021", "2021-09-03"),
        ("May 2, 2002, Thursday,, FINAL EDITION", "2002-05-02"),
        ("3rd March 2021", "2021-03-03"),
        ("January\xa05, 2021 Tuesday 10:02 AM GMT", "2021-01-05"),
        ("January 5, 2021 Tuesday Final Edition", "2021-01-05"),
        ("2021-01-05", "2021-01-05"),
        ("2021-01-05T09:00:00Z", "2021-01-05"),
        ("05/01/2021", ""),
        ("January 2021", ""),
        ("February 30, 2021", ""),
        ("January 5, 2021 Monday", ""),
        ("January 5, 2021 - January 9, 2021", ""),
        ("5 Januar 2021", ""),
        ("Maybe 5, 2021", ""),
        ("", ""),
        ("9" * 5000, ""),
    ],
)
def test_a_date_is_read_only_with_certainty(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("5. Januar 2021 Dienstag", True),
        ("January 2021", True),
        ("5 de enero de 2021", True),
        ("Copyright 2021 Tallis Bay Mail", False),
        ("The year 2021 was wet", False),
        ("Ferry late", False),
    ],
)
def test_a_date_line_is_known_though_it_cannot_be_read(text: str, yes: bool) -> None:
    assert is_date(text) is yes


# --- Nexis Uni ------------------------------------------------------------------------------------

NEXIS = """Ferry to Orrin late again
The Tallis Bay Mail
January 5, 2021 Tuesday
Final Edition
Copyright 2021 Tallis Bay Media All Rights Reserved
Section: NEWS; Pg. 4
Length:\xa09 words
Byline: Ada Quill
Highlight: It rained.
Body
The ferry was late. Nobody in Orrin was surprised.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Subject: FERRIES (90%); RAIN (80%)
Load-Date: January 6, 2021
End of Document
"""
COVER = """User Name: A. Reader
Date and Time: Wednesday, January 6, 2021 10:00:00 AM EST
Job Number: 123
Documents (2)
1. Ferry to Orrin late again
Client/Matter: -None-
Search Terms: ferry
Narrowed by:
Content Type  Narrowed by
News\tSources: The Tallis Bay Mail; Content Type: News
News  Timeline: Jan 01, 2020 to Dec 31, 2021
News\tSources: The Tallis Bay Mail; Content Type: News
"""


def nexis(text: str) -> list[Row]:
    assert find_layout(text) == "nexis"
    return parse_export(text, source())


def test_a_nexis_document_with_all_its_labels() -> None:
    (row,) = nexis(NEXIS)
    assert row == {
        "article_id": "here",
        "headline": "Ferry to Orrin late again",
        "outlet": "The Tallis Bay Mail",
        "published": "2021-01-05",
        "edition": "Final Edition",
        "copyright": "Copyright 2021 Tallis Bay Media All Rights Reserved",
        "section": "NEWS",
        "page": "4",
        "length_given": "9 words",
        "byline": "Ada Quill",
        "highlight": "It rained.",
        "body": "The ferry was late. Nobody in Orrin was surprised.",
        "language": "ENGLISH",
        "publication_type": "Newspaper",
        "subject": "FERRIES (90%); RAIN (80%)",
        "load_date": "January 6, 2021",
    }


def test_the_cover_page_is_left_out_and_documents_are_numbered() -> None:
    first, second = nexis(COVER + NEXIS + NEXIS.replace("Ferry", "Tram"))
    assert (first["article_id"], second["article_id"]) == ("here:1", "here:2")
    assert first["headline"] == "Ferry to Orrin late again"
    assert (first["outlet"], first["published"]) == ("The Tallis Bay Mail", "2021-01-05")
    assert second["headline"] == "Tram to Orrin late again"


@pytest.mark.parametrize(
    ("without", "lost"),
    [
        ("Byline: Ada Quill\n", {"byline"}),
        ("Section: NEWS; Pg. 4\n", {"section", "page"}),
        ("Length:\xa09 words\n", {"length_given"}),
        ("Final Edition\n", {"edition"}),
        ("The Tallis Bay Mail\n", {"outlet"}),
        ("January 5, 2021 Tuesday\n", {"published"}),
        ("Load-Date: January 6, 2021\n", {"load_date"}),
        ("Classification\n", set()),
    ],
)
def test_a_missing_line_loses_its_field_only(without: str, lost: set[str]) -> None:
    (whole,), (row,) = nexis(NEXIS), nexis(NEXIS.replace(without, ""))
    assert set(whole) - set(row) == lost
    assert row["headline"] == whole["headline"]
    if without != "Classification\n":
        assert row["body"] == whole["body"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Body: the coroner found nothing.",
        "Length of the pier: 80 yards.",
        "Length: 80 yards, said the harbour master.",
        "End of document, wrote the clerk.",
        "Load-Date: nobody knew the word.",
        "Classification of ferries is hard.",
        "Classification",
        "Subject: ferries",
        "Body",
        "Section: the north",
        "Page 3 was missing.",
    ],
)
def test_labels_in_the_text_of_a_nexis_document_are_text(sentence: str) -> None:
    body = f"One.\n{sentence}\nTwo."
    text = NEXIS.replace("The ferry was late. Nobody in Orrin was surprised.", body)
    (row,) = nexis(text)
    assert row["body"] == body.replace("\n", "\n\n")
    assert row["section"] == "NEWS"


def test_captions_below_the_text_are_a_column() -> None:
    captions = "surprised.\nGraphic\nPHOTO: A ferry, by Ada Quill\nMAP: The bay\nClassification"
    (row,) = nexis(NEXIS.replace("surprised.\nClassification", captions))
    assert row["body"].endswith("surprised.")
    assert row["graphic"] == "PHOTO: A ferry, by Ada Quill MAP: The bay"


def test_a_load_date_above_the_classification_ends_the_text_too() -> None:
    moved = NEXIS.replace("Load-Date: January 6, 2021\n", "")
    (row,) = nexis(moved.replace("Classification", "Load-Date: January 6, 2021\nClassification"))
    assert row["body"].endswith("surprised.")
    assert row["load_date"] == "January 6, 2021"


def test_a_nexis_document_without_a_body_is_a_row_with_the_reason() -> None:
    bad, good = nexis(NEXIS.replace("Body\n", "", 1) + NEXIS)
    assert "no line 'Body'" in bad["error"]
    assert bad["headline"] == "Ferry to Orrin late again"
    assert "error" not in good
    (empty,) = nexis(NEXIS.replace("The ferry was late. Nobody in Orrin was surprised.\n", ""))
    assert "nothing between" in empty["error"]


def test_a_cut_file_keeps_its_last_text() -> None:
    first, last = nexis(NEXIS + NEXIS.split("Classification")[0])
    assert last["body"] == first["body"]


def test_counts_that_differ_are_told() -> None:
    here = source()
    parse_export(COVER + NEXIS, here)
    assert told(here) == ["the file tells of 2 documents, 1 were found in it"]
    (row,) = nexis(NEXIS.replace("9 words", "1,512 words"))
    assert row["note"] == "the export counts 1512 words, the body read has 9: check it"
    (row,) = nexis(NEXIS.replace("9 words", "10 words"))
    assert "note" not in row


def word(paragraphs: list[Paragraph]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
        for text, style, _ in paragraphs
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:d xmlns:w="{space}">{body}</w:d>')
    return packed.getvalue()


def test_nexis_in_word_and_rtf_reads_as_in_text() -> None:
    (row,) = nexis(NEXIS)
    lines = [Paragraph(line) for line in NEXIS.splitlines()]
    assert parse_docx(source(word(lines))) == [row]
    rtf = NEXIS.replace("\n", "\\par\n").replace("\xa0", "\\~")
    assert parse_rtf(source(f"{{\\rtf1\\ansi {rtf}}}".encode())) == [row]


def test_a_heading_in_word_tells_the_headline_from_a_kicker() -> None:
    lines = [Paragraph("KICKER"), Paragraph("Ferry late", "heading1")]
    rest = [Paragraph(line) for line in NEXIS.splitlines()[1:]]
    (row,) = parse_nexis([*lines, *rest], source())
    assert (row["headline"], row["outlet"]) == ("Ferry late", "The Tallis Bay Mail")


# --- ProQuest -------------------------------------------------------------------------------------

RULE = "_" * 60
PROQUEST = """Ferry to Orrin late again

Author: Quill, Ada

Publication info: Tallis Bay Mail ; Orrin  [Orrin]. 05 Jan 2021: A.4.

Abstract: It rained.

Links: http://links.example

Full text: The ferry was late.

Nobody in Orrin was surprised.

Subject: Ferries; Rain

Location: Orrin

Title: Ferry to Orrin late again: It rained

Publication title: Tallis Bay Mail; Orrin

Pages: A.4

Publication date: Jan 5, 2021

Section: News

ProQuest document ID: 123456

Document URL: http://db.example/123456

Copyright: Copyright Tallis Bay Media
Jan 5, 2021

Last updated: 2021-01-06

Database: Tallis Newsstream

"""
ABOUT = "Contact us at: http://help.example\n\nDatabase copyright © 2021 A. All rights reserved.\n"
PROQUEST_FILE = f"{RULE}\n\n{PROQUEST}{RULE}\n\n{PROQUEST}{RULE}\n\n{ABOUT}"


def proquest(text: str) -> list[Row]:
    assert find_layout(text) == "proquest"
    return parse_export(text, source())


def test_a_proquest_record_with_all_its_labels() -> None:
    row, second = proquest(PROQUEST_FILE)
    assert row == {
        "article_id": "here:1",
        "headline": "Ferry to Orrin late again: It rained",
        "byline": "Quill, Ada",
        "publication_info": "Tallis Bay Mail ; Orrin  [Orrin]. 05 Jan 2021: A.4.",
        "abstract": "It rained.",
        "body": "The ferry was late.\n\nNobody in Orrin was surprised.",
        "subject": "Ferries; Rain",
        "location": "Orrin",
        "outlet": "Tallis Bay Mail; Orrin",
        "pages": "A.4",
        "published": "2021-01-05",
        "section": "News",
        "proquest_document_id": "123456",
        "url": "http://db.example/123456",
        "copyright": "Copyright Tallis Bay Media Jan 5, 2021",
        "last_updated": "2021-01-06",
        "database": "Tallis Newsstream",
    }
    assert second == {**row, "article_id": "here:2"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Subject: a letter to the harbour.",
        "Location: the pier.",
        "Title: none was given.",
        "Full text: she read it aloud.",
        "People: three of them.",
        "Database: a word she disliked.",
        f"Above the rule.\n{RULE}\nBelow it.",
        "Document 3 of the file was lost.",
    ],
)
@pytest.mark.parametrize("last", ["", "\n\nThe end came."])
def test_labels_in_the_text_of_a_proquest_record_are_text(sentence: str, last: str) -> None:
    text = PROQUEST_FILE.replace("Nobody in Orrin was surprised.", f"Two.\n\n{sentence}{last}")
    row, second = proquest(text)
    expected = f"The ferry was late.\n\nTwo.\n\n{sentence}{last}".replace(f"\n{RULE}\n", "\n\n")
    assert row["body"] == expected
    assert second["subject"] == "Ferries; Rain"


def test_a_single_record_needs_no_rules_and_labels_may_lie_above_the_text() -> None:
    text = (
        "Title: Ferry late\nPublication title: Tallis Bay Mail\nPublication date: Jan 5, 2021\n"
        "Document URL: http://db.example/1\nFull Text:\nOne.\nTwo."
    )
    (row,) = proquest(text)
    assert (row["article_id"], row["headline"], row["body"]) == (
        "here",
        "Ferry late",
        "One.\n\nTwo.",
    )


def test_records_without_a_full_text_are_rows_with_the_reason() -> None:
    missing = PROQUEST.split("Full text:")[0] + "Subject:" + PROQUEST.split("Subject:")[1]
    none = PROQUEST.replace("The ferry was late.\n\nNobody in Orrin was surprised.", "{}")
    texts = [missing, none.format("Not available."), none.format(""), PROQUEST]
    rows = proquest(RULE + f"\n{RULE}\n".join(["", *texts, ABOUT]))
    assert [row.get("error", "")[:27] for row in rows] == [
        "the record has no 'Full tex",
        "the full text is not availa",
        "nothing follows 'Full text:",
        "",
    ]
    assert all(row["headline"].startswith("Ferry to Orrin") for row in rows)
    assert rows[0]["abstract"] == "It rained."
    assert not any(row["body"] for row in rows[:3])


def test_the_tail_of_the_file_is_no_part_of_the_last_record() -> None:
    (row,) = proquest(f"{RULE}\n{PROQUEST}\nBibliography\n\n{ABOUT}")
    assert row["body"].endswith("surprised.")
    assert not {"contact_us_at", "terms_and_conditions", "links"} & set(row)


def test_a_proquest_file_that_counts_its_documents_is_checked() -> None:
    here = source()
    parse_export(f"{RULE}\n\nDocument 1 of 3\n\n{PROQUEST}{RULE}\n", here)
    assert told(here) == ["the file tells of 3 documents, 1 were found in it"]


# --- Factiva --------------------------------------------------------------------------------------

CODED = """
SE   News
HD   Ferry to Orrin late again
BY   Ada Quill
WC   9 words
PD   5 January 2021
ET   09:30
SN   Tallis Bay Mail
SC   TALLIS
LA   English
CY   Copyright 2021 Tallis Bay Media
LP
The ferry was late.
TD
Nobody in Orrin was surprised.

IN a statement the mayor said so.
CO   tallis : Tallis Ferries
IN   i7 : Ferries
NS   gtrans : Transport
     grain : Rain
RE   orr : Orrin
PUB   Tallis Bay Media
AN   Document TALLIS0020210105eh1500001

Page 1 of 2 © 2021 Factiva, Inc. All rights reserved.
"""


def factiva(text: str) -> list[Row]:
    assert find_layout(text) == "factiva"
    return parse_export(text, source())


def test_a_coded_factiva_article_with_all_its_codes() -> None:
    (row,) = factiva(CODED)
    assert row == {
        "article_id": "here",
        "section": "News",
        "headline": "Ferry to Orrin late again",
        "byline": "Ada Quill",
        "length_given": "9 words",
        "published": "2021-01-05",
        "time": "09:30",
        "outlet": "Tallis Bay Mail",
        "outlet_code": "TALLIS",
        "language": "English",
        "copyright": "Copyright 2021 Tallis Bay Media",
        "body": "The ferry was late.\n\nNobody in Orrin was surprised.\n\n"
        "IN a statement the mayor said so.",
        "companies": "tallis : Tallis Ferries",
        "industries": "i7 : Ferries",
        "subjects": "gtrans : Transport grain : Rain",
        "regions": "orr : Orrin",
        "publisher": "Tallis Bay Media",
        "accession": "TALLIS0020210105eh1500001",
        "note": "the export counts 9 words, the body read has 16: check it",
    }


def test_several_articles_in_cells_of_an_rtf_table() -> None:
    second = CODED.replace("SE   News\n", "").replace("Ferry", "Tram")
    table = (CODED + second).replace("   ", "\\cell ").replace("\n", "\\cell\\row\n")
    table = table.replace("©", "\\'a9")
    rows = parse_rtf(source(f"{{\\rtf1\\ansi\\ansicpg1252 {table}}}".encode("latin-1")))
    assert [row["headline"][:4] for row in rows] == ["Ferr", "Tram"]
    assert rows[1]["body"].startswith("The ferry was late.\n\nNobody")
    assert "section" not in rows[1]


def test_factiva_articles_without_headline_or_text_say_so() -> None:
    no_text = CODED.split("LP\n")[0] + "AN   Document TALLIS0020210105eh1500002\n"
    no_headline = CODED.replace("HD   Ferry to Orrin late again\n", "")
    rows = factiva(no_text + no_headline + CODED)
    assert [row.get("error", "")[:27] for row in rows] == [
        "the record has no text (LP,",
        "the record has no headline ",
        "",
    ]


PLAIN = """
News; A
Ferry to Orrin late again
Ada Quill
9 words
5 January 2021
09:30
Tallis Bay Mail
TALLIS
4
English
Copyright 2021 Tallis Bay Media. All Rights Reserved.

The ferry was late.

Nobody in Orrin was surprised. 12 words

Document TALLIS0020210105eh1500001
"""


def test_factiva_articles_without_codes() -> None:
    first, second = factiva(PLAIN + PLAIN.replace("Ada Quill\n", "").replace("Ferry", "Tram"))
    assert first == {
        "article_id": "here:1",
        "section": "News; A",
        "headline": "Ferry to Orrin late again",
        "byline": "Ada Quill",
        "length_given": "9 words",
        "published": "2021-01-05",
        "time": "09:30",
        "outlet": "Tallis Bay Mail",
        "outlet_code": "TALLIS",
        "language": "English",
        "copyright": "Copyright 2021 Tallis Bay Media. All Rights Reserved.",
        "body": "The ferry was late.\n\nNobody in Orrin was surprised. 12 words",
        "accession": "TALLIS0020210105eh1500001",
        "note": "the export counts 9 words, the body read has 11: check it",
    }
    assert (second["section"], second["headline"]) == ("News; A", "Tram to Orrin late again")
    assert "byline" not in second


def test_a_factiva_article_without_its_facts_is_a_row_with_the_reason() -> None:
    bad, good = factiva(PLAIN.replace("9 words\n5 January 2021\n", "") + PLAIN)
    assert "no word count" in bad["error"]
    assert good["headline"] == "Ferry to Orrin late again"


def coded_page(*texts: str) -> bytes:
    tables = []
    for text in texts:
        rows = [line.split("   ", 1) for line in text.splitlines() if "   " in line[:6]]
        cells = "".join(
            f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"
            for code, value in rows
            if code.strip()
        )
        body = (
            "<tr><td><b>LP</b></td><td><p class='articleParagraph'>The <b>ferry</b> was\nlate.</p>"
            "</td></tr><tr><td>TD</td><td><p>Nobody was.</p><p>IN   rain</p></td></tr>"
        )
        tables.append(f"<div class='article'><table>{cells}{body}</table></div>")
    return (
        f"<html><head><title>Factiva</title></head><body>{''.join(tables)}</body></html>".encode()
    )


def test_a_factiva_page_of_codes() -> None:
    raw = coded_page(CODED, CODED.replace("Ferry to", "Tram to"))
    assert is_factiva_html(raw)
    first, second = parse_factiva_html(raw, source())
    assert first["body"] == "The ferry was late.\n\nNobody was.\n\nIN rain"
    assert (first["outlet"], first["published"]) == ("Tallis Bay Mail", "2021-01-05")
    assert (second["article_id"], second["headline"]) == ("here:2", "Tram to Orrin late again")


MARKED = """<!DOCTYPE html><html><body><div class="article" id="a"><div class="article enArticle">
<div>News; A</div><div id="hd"><span class="enHeadline">By the sea, a ferry is late </span></div>
<div class="author">Ada Quill</div><div>1.100 Wörter</div><div>5 Januar 2021</div>
<div>Tallis <b>Bay</b> Mail</div><div>TALLIS</div><div>4</div><div>Englisch</div>
<div>Copyright 2021 A</div>
<p class="articleParagraph enarticleParagraph">The ferry was late.</p>
<p class="articleParagraph enarticleParagraph">Nobody was.</p>
<p>Tallis Archive</p><p>Dokument TALLIS0020210105eh1500001</p></div></div></body></html>"""


def test_a_factiva_page_without_codes_in_another_language() -> None:
    assert is_factiva_html(MARKED.encode())
    (row,) = parse_factiva_html(MARKED.encode(), source())
    assert row == {
        "article_id": "here",
        "headline": "By the sea, a ferry is late",
        "byline": "Ada Quill",
        "section": "News; A",
        "length_given": "1.100 Wörter",
        "published": "5 Januar 2021",
        "outlet": "Tallis Bay Mail",
        "outlet_code": "TALLIS",
        "copyright": "Copyright 2021 A",
        "body": "The ferry was late.\n\nNobody was.",
        "accession": "TALLIS0020210105eh1500001",
        "note": "the export counts 1100 words, the body read has 6: check it",
    }


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html><body><article><h1>Ferry</h1><p>Late.</p></article></body></html>",
        b"<table><tr><td>HD</td><td>sharp</td></tr></table>",
        b"<p>Factiva is a database. HD and LP are codes.</p>",
    ],
)
def test_other_pages_are_not_taken_for_factiva(raw: bytes) -> None:
    assert not is_factiva_html(raw)


@pytest.mark.parametrize(
    "raw",
    [
        coded_page(CODED) + b"<a>" * 600_000,
        b"<table><td>HD</td><td>LP</td>" + b"<a " + b"x=1 " * 5000 + b">",
        b"<table><td>HD</td><td>LP</td>" + b"<a y='>' z=\">\" w='" + b"x=1 " * 5000 + b">",
        b"<td>HD</td><td>LP</td>",
        b"<td>HD</td>" + b" " * (17 * 1024 * 1024),
        b"<p></p>",
    ],
)
def test_pages_that_are_too_heavy_or_empty_are_refused(raw: bytes) -> None:
    with pytest.raises(ArticleError):
        parse_factiva_html(raw, source())


# --- which layout ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ferry late\n\nIt rained.",
        "Ferry late\n\nBody: the coroner spoke.\n\nLength: 12 words was too long.",
        "Ferry late\n\nBody\n\nSoul",
        "Full text: no.\n\nSubject: ferries",
        f"Ferry late\n{RULE}\nIt rained.",
        "HD television came late\n\nTD is a code.",
        "Document TALLIS0020210105eh1500001\n\nwas lost",
        "Title: Ferry late\nAuthor: Ada Quill\n\nIt rained.",
    ],
)
def test_an_article_that_speaks_of_labels_is_no_export(text: str) -> None:
    assert find_layout(text) == ""
    with pytest.raises(ArticleError, match="no known export"):
        parse_export(text, source())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "1 of 2 DOCUMENTS\n\nTallis Bay Mail\n\nLENGTH: 300 words\n\nFerry late",
            "old LexisNexis",
        ),
        ("Fähre verspätet\nLänge: 300 Wörter\nTextkörper\nEs regnete.", "not English"),
    ],
)
def test_layouts_that_are_not_read_are_refused_rather_than_read_as_one(
    text: str, says: str
) -> None:
    with pytest.raises(ArticleError, match=says):
        find_layout(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", [NEXIS, PROQUEST_FILE, CODED, PLAIN])
def test_text_files_of_all_layouts_are_read_with_any_line_ends(text: str, newline: str) -> None:
    rows = parse_text(source(text.replace("\n", newline).encode()))
    assert all(row["headline"].startswith("Ferry to Orrin late again") for row in rows)
    assert rows == [
        {**row, "article_id": other["article_id"]}
        for row, other in zip(parse_export(text, source()), rows, strict=True)
    ]


# --- tables without texts -------------------------------------------------------------------------

CLOUD = ["id", "publish_date", "title", "url", "language", "media_name", "media_url"]
GKG = ["20200101000000-T12", "20200101000000", "1", "mail.example", "http://m.example", *[""] * 22]
EVENT = ["900000001", "20200101", *[""] * 59]


@pytest.mark.parametrize(
    ("header", "yes"),
    [
        (CLOUD, True),
        (["stories_id", "Publish Date", "Story Title", "Story URL"], True),
        ([*CLOUD, "text"], False),
        (["publish_date", "title", "url"], False),
        (["headline", "body"], False),
        ([], False),
        (GKG, False),
    ],
)
def test_media_cloud_is_known_by_its_columns(header: list[str], yes: bool) -> None:
    assert is_media_cloud(header) is yes
    assert ("Media Cloud" in explain_no_body(header, header)) is yes


@pytest.mark.parametrize(
    ("header", "cells", "says"),
    [
        (GKG, GKG, "Knowledge Graph"),
        (["a"] * 27, GKG, "Knowledge Graph"),
        (["GKGRECORDID", "V2.1DATE", "V2DOCUMENTIDENTIFIER"], [""], "Knowledge Graph"),
        (EVENT, EVENT, "event database"),
        (["GLOBALEVENTID", "Actor1Code", "SOURCEURL"], [], "event database"),
        (["headline", "url"], ["20200101", "x"], ""),
        ([], [], ""),
        ([""], [""], ""),
    ],
)
def test_gdelt_is_known_by_its_codes(header: list[str], cells: list[str], says: str) -> None:
    found = explain_no_body(header, cells)
    assert says in found
    assert bool(found) is bool(says)


# --- anything at all ------------------------------------------------------------------------------

LINES = [
    *NEXIS.splitlines(),
    *PROQUEST_FILE.splitlines(),
    *CODED.splitlines(),
    *PLAIN.splitlines(),
    "\ud800",
    "\0",
    "HD|",
    "Length: 99999999999999999999 words",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_lines_in_any_order_give_rows_or_a_message(lines: list[str]) -> None:
    with contextlib.suppress(ArticleError):
        for row in parse_export("\n".join(lines), source()):
            assert all(isinstance(value, str) for value in row.values())
            assert row["body"].strip() or row["error"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([coded_page(CODED), MARKED.encode()]), st.data())
def test_damaged_pages_give_rows_or_a_message(junk: bytes, raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw)))
    with contextlib.suppress(ArticleError):
        for row in parse_factiva_html(raw[:at] + junk + raw[at:], source()):
            assert all(isinstance(value, str) for value in row.values())


GROWING: dict[str, Callable[[int], str]] = {
    "documents": lambda n: NEXIS * (n // 400),
    "one body": lambda n: NEXIS.replace("surprised.", "word.\n" * (n // 6)),
    "labels": lambda n: NEXIS.replace("Byline:", "Byline: a\n" * (n // 10)),
    "bodies": lambda n: "Body\n" * (n // 5) + "Load-Date: x",
    "classes": lambda n: NEXIS.replace("Classification", "Classification\n" * (n // 15)),
    "rules": lambda n: f"{PROQUEST}{RULE}\n" + f"{RULE}\n" * (n // 60),
    "unclosed": lambda n: f"Full text: a\n{RULE}\n" + f"x\n{RULE}\n" * (n // 60),
    "subjects": lambda n: f"{RULE}\n" + PROQUEST.replace("Subject:", "Subject: a\n\n" * (n // 12)),
    "codes": lambda n: CODED + "HD   a\n" * (n // 7),
    "plain": lambda n: PLAIN * (n // 300),
    "empty lines": lambda n: NEXIS.replace("Byline:", "\n" * n).replace("Subject:", "\n" * n),
    "empty lines below": lambda n: PROQUEST_FILE.replace("Subject:", "\n" * (n // 2) + "Subject:"),
    "no facts": lambda n: PLAIN.replace("5 January 2021\n", "9 words\n" * (n // 4)),
    "classes without labels": lambda n: (
        NEXIS.split("Classification")[0] + "Classification\n" * (n // 2) + "x\nEnd of Document"
    ),
    "a field that goes on": lambda n: NEXIS.replace(
        "Byline:", "Byline: a\n" + ("b" * 650 + "\n") * (n // 10)
    ),
    "blanks": lambda n: CODED + " " * n + "\n" + "\t" * n + "|" * n,
    "digits": lambda n: PLAIN + "1 " * n + "\n" + "1," * n,
    "date": lambda n: NEXIS.replace("January 5", "a " * n + "January 5"),
}


READ_EXPORT = """
from newsresearch.formats.exports import parse_export
from newsresearch.formats.source import Source
def read(text):
    parse_export(text, Source(name="here", file="here.txt", raw=b""))
"""


def test_work_grows_with_the_text_and_no_faster() -> None:
    """A step that began anew at each line would need minutes for a text of 100,000 lines."""
    check_growth(READ_EXPORT, {kind: make(500_000) for kind, make in GROWING.items()})
