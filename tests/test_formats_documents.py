"""Word and RTF files: what is text, what is left out, and what hostile files may not do."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
import zipfile

import pytest
from growth import check_growth

from newsresearch.articles import ArticleError
from newsresearch.formats.documents import (
    Paragraph,
    docx_paragraphs,
    parse_docx,
    parse_rtf,
    rtf_text,
)
from newsresearch.formats.source import Row, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def source(raw: bytes) -> Source:
    return Source(name="here", file="here.docx", raw=raw)


def pack(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def word(body: str, name: str = "word/document.xml", **parts: str) -> bytes:
    text = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    return pack({name: text, **{f"word/{key}.xml": value for key, value in parts.items()}})


def p(*texts: str, style: str = "") -> str:
    set_ = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts)
    return f"<w:p>{set_}{runs}</w:p>"


def texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in docx_paragraphs(word(body))]


# --- what is text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("One ", "two"), ["One two"]),
        (p(" ") + p("a") + "<w:p/>", ["a"]),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", ["a\tb\nc"]),
        (
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
            ["a"],
        ),
        (
            "<w:p><w:r><w:t>har</w:t><w:softHyphen/><w:t>bour</w:t><w:noBreakHyphen/></w:r></w:p>",
            ["har\xadbour\u2011"],
        ),
        ("<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>", ["link"]),
        ("<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id='2'/></w:r></w:p>", ["a"]),
        (
            "<w:p><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del>"
            "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>",
            ["new"],
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t>x</w:t></w:r></w:moveTo></w:p>",
            ["x"],
        ),
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hid</w:t></w:r><w:r><w:t>den</w:t></w:r></w:p>",
            ["den"],
        ),
        (
            "<w:p><w:r><w:fldChar/><w:instrText>HYPERLINK x</w:instrText><w:t>a</w:t></w:r></w:p>",
            ["a"],
        ),
        (
            f"<w:p><w:r><w:t>Out.</w:t><mc:AlternateContent><mc:Choice>{p('Box')}</mc:Choice>"
            f"<mc:Fallback>{p('Box')}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["Out.", "Box"],
        ),
    ],
)
def test_text_of_a_paragraph(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def cells(*contents: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{content}</w:tc>' for content in contents)}</w:tr>"


def test_a_table_is_read_row_by_row_but_a_page_layout_keeps_its_paragraphs() -> None:
    table = cells(p("HD"), p("Ferry late")) + cells(p(""), p("x")) + cells(p("a"), p(""))
    assert texts(f"<w:tbl>{table}</w:tbl>{p('end')}") == ["HD\tFerry late", "\tx", "a", "end"]
    layout = cells(p("One") + p("Two"), p("Three"))
    assert texts(f"<w:tbl>{layout}</w:tbl>") == ["One", "Two", "Three"]
    inner = f"<w:tbl>{cells(p('a'), p('b'))}</w:tbl>"
    assert texts(f"<w:tbl>{cells(inner, p('c'))}</w:tbl>") == ["a\tb\tc"]


def test_styles_go_by_their_english_name_and_bold_by_every_run() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="berschrift1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
    )
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r>"
    off = "<w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>not</w:t></w:r>"
    mark = "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>plain</w:t></w:r></w:p>"
    body = p("Head", style="berschrift1") + f"<w:p>{bold}</w:p><w:p>{bold}{off}</w:p>" + mark
    assert docx_paragraphs(word(body, styles=styles)) == [
        Paragraph("Head", "heading1", False),
        Paragraph("Bold", "", True),
        Paragraph("Boldnot", "", False),
        Paragraph("plain", "", False),
    ]


def test_an_outline_level_makes_a_heading_without_a_style() -> None:
    body = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p>'
    (found,) = docx_paragraphs(word(body))
    assert found == Paragraph("Head", "heading1", False)


def test_the_strict_variant_and_another_name_of_the_main_part_are_read() -> None:
    raw = word(p("a"), name="word/document2.xml")
    assert docx_paragraphs(raw)[0].text == "a"
    strict = f'<d xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{p("b")}</d>'
    assert docx_paragraphs(pack({"word/document.xml": strict}))[0].text == "b"


# --- what is refused ------------------------------------------------------------------------------

DOCTYPE = f'<!DOCTYPE d [<!ENTITY a "aaaa">]><w:d xmlns:w="{W}">{p("&a;")}</w:d>'


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 a}", "RTF"),
        (b"Ferry late", "no Word file"),
        (b"", "no Word file"),
        (b"PK\x03\x04 cut", "damaged"),
        (word(p("a") * 99)[:150], "damaged"),
        (pack({"word/styles.xml": "<a/>"}), "no word/document.xml"),
        (pack({"xl/workbook.xml": "<a/>"}), "no word/document.xml"),
        (pack({"word/document.xml": "<a/>", "word/vbaProject.bin": "x"}), "macros"),
        (pack({"word/document.xml": "<a><b></a>"}), "damaged"),
        (pack({"word/document.xml": "not xml"}), "damaged"),
        (word("<w:p><w:r><w:t>&#xD800;</w:t></w:r></w:p>"), "damaged"),
        (pack({"word/document.xml": DOCTYPE}), "document type"),
        (pack({"word/document.xml": DOCTYPE.encode("utf-16")}), "document type"),
        (pack({"word/document.xml": b"<a>" + b" " * 10_000_000 + b"</a>"}), "unpacks"),
        (pack({f"a{number}": "" for number in range(10_001)}), "parts"),
    ],
)
def test_what_is_no_ordinary_word_file_is_refused(raw: bytes, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        docx_paragraphs(raw)


def test_a_size_that_the_archive_lies_about_is_found_while_unpacking() -> None:
    raw = bytearray(pack({"word/document.xml": b"<a>" + b" " * 10_000_000 + b"</a>"}))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # the size that the directory tells
    with pytest.raises(ArticleError, match=r"unpacks|damaged"):
        docx_paragraphs(bytes(raw))


def test_deep_nesting_neither_crashes_nor_loses_the_text() -> None:
    deep = "<w:x>" * 100_000 + p("a") + "</w:x>" * 100_000 + "".join(map(str, range(2000)))
    assert texts(deep) == ["a"]
    nested = "<w:p><w:r>" * 20_000 + "<w:t>b</w:t>" + "</w:r></w:p>" * 20_000
    assert texts(nested + "".join(map(str, range(4000)))) == ["b"]


def test_every_cut_of_a_word_file_gives_a_message_or_text() -> None:
    raw = word(p("Ferry late", style="Title") + p("It rained."))
    for end in range(0, len(raw), 7):
        try:
            parse_docx(source(raw[:end]))
        except ArticleError:
            continue


# --- one article ----------------------------------------------------------------------------------


def parsed(raw: bytes) -> Row:
    (row,) = parse_docx(source(raw))
    return row


def test_the_heading_is_the_headline_and_what_stands_above_it_the_preamble() -> None:
    body = p("The Tallis Bay Mail") + p("Ferry late", style="Title") + p("One.") + p("Two.")
    assert parsed(word(body)) == {
        "article_id": "here",
        "headline": "Ferry late",
        "body": "One.\n\nTwo.",
        "preamble": "The Tallis Bay Mail",
    }


def test_without_a_heading_the_first_line_that_is_no_furniture_is_the_headline() -> None:
    row = parsed(word(p("Share") + p("Ferry late") + p("One.") + p("Two.")))
    assert (row["preamble"], row["headline"], row["body"]) == (
        "Share",
        "Ferry late",
        "One.\n\nTwo.",
    )


def test_a_heading_far_down_heads_a_section_and_is_no_headline() -> None:
    row = parsed(word(p("Ferry late") + p("word " * 80) + p("Part two", style="Heading1") + p("x")))
    assert row["headline"] == "Ferry late"
    assert "Part two" in row["body"]


# --- RTF ------------------------------------------------------------------------------------------

HEAD = "{\\rtf1\\ansi\\ansicpg1252\\deff0"


@pytest.mark.parametrize(
    ("rtf", "expected"),
    [
        (f"{HEAD} It isn\\'92t late.\\par Rain.}}", "It isn’t late.\nRain."),
        (f"{HEAD} \\ldblquote So,\\rdblquote\\  she said \\endash  twice}}", None),
        (f"{HEAD} \\uc1\\u8217?s \\u233\\'e9}}", "’s é"),
        (f"{HEAD} \\u-10179?\\u-8704?!}}", "😀!"),
        (f"{HEAD} a\\u-10179?b}}", "a\ufffdb"),
        (f"{HEAD} a\\u99999999?b\\u-99999999999?c}}", "a\ufffdb\ufffdc"),
        (f"{HEAD} \\uc a\\u8217?}}", "a’"),
        ("{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'ee}", "По"),
        ("{\\rtf1\\ansi\\ansicpg65001 \\'e2\\'80\\'99}", "’"),
        (f"{HEAD}{{\\fonttbl{{\\f0\\fcharset0 A;}}{{\\f1\\fcharset204 B;}}}}\\f1 \\'cf}}", "П"),
        (f"{HEAD}{{\\fonttbl{{\\f0\\fnil\\fcharset78 A;}}}}\\f0 \\'92}}", "’"),
        (f"{HEAD}{{\\header Top\\par}}a{{\\footnote low}}{{\\*\\bkmkstart x}}b}}", "ab"),
        (f"{HEAD}{{\\info{{\\title T}}}}{{\\pict\\wmetafile8 {'0f' * 400}}}a}}", "a"),
        (f"{HEAD} a{{\\pict\\bin5 }}}}{{{{x}}b\\par c}}", "ab\nc"),
        (f"{HEAD}\\trowd HD\\cell Ferry\\cell\\row}}", "HD|Ferry|"),
    ],
)
def test_text_of_rtf(rtf: str, expected: str | None) -> None:
    found = rtf_text(rtf.encode("latin-1")).strip()
    assert found == (expected or "“So,” she said – twice")


def test_bytes_that_rtf_may_not_hold_are_read_as_utf8_or_the_code_page() -> None:
    assert rtf_text(b"{\\rtf1\\ansi\\ansicpg1252 isn\x92t}") == "isn’t"
    assert rtf_text("{\\rtf1\\ansi isn’t}".encode()) == "isn’t"


def test_addresses_behind_links_stay_out_of_the_sentence() -> None:
    field = '{\\field{\\*\\fldinst{HYPERLINK "http://a.example/x"}}{\\fldrslt{\\ul the pier}}}'
    assert rtf_text(f"{HEAD} At {field} now}}".encode()) == "At the pier now"


@pytest.mark.parametrize("raw", [b"", b"Ferry", b"<html>", b"PK\x03\x04", b"rtf1{\\rtf"])
def test_what_is_no_rtf_is_refused(raw: bytes) -> None:
    with pytest.raises(ArticleError, match="no RTF"):
        rtf_text(raw)


HOSTILE = {
    "braces": lambda n: "{" * n + "}" * n,
    "open braces": lambda n: "{" * n,
    "closing braces": lambda n: "{}" + "}" * n,
    "words": lambda n: "\\b" * n,
    "fields": lambda n: "{\\field{\\*\\fldinst{HYPERLINK " * (n // 20),
    "fonts": lambda n: "{\\fonttbl" + "\\f1" * n,
    "font sets": lambda n: "{\\fonttbl" + "\\f1\\fcharset0" * (n // 4),
    "font tables": lambda n: "{\\fonttbl\\f1\\fcharset0 a;" * (n // 8),
    "binary": lambda n: "{\\pict\\bin1 x}" * (n // 8),
    "binary without end": lambda n: "{\\pict\\bin" + "9" * n,
    "digits": lambda n: "\\u" + "9" * n,
    "hexes": lambda n: "\\'92" * n,
    "nearly a picture": lambda n: ("0f" * 127 + "g") * (n // 100),
}


READ = """
import base64
from newsresearch.formats.documents import docx_paragraphs, rtf_text
def read(text):
    if text.startswith("{"):
        rtf_text(text.encode())
    else:
        assert len(docx_paragraphs(base64.b64decode(text))) == 80_000
"""


def rows_within_rows(n: int) -> bytes:
    rows = "".join(f"<w:tr><w:tc>{p(f'{at}')}{p(f'{at * at}')}</w:tc><w:tc>" for at in range(n))
    return word(rows + "</w:tc></w:tr>" * n)


def test_work_grows_with_the_file_and_no_faster() -> None:
    """A step that began anew at each brace, word or row would need minutes for so many."""
    texts = {kind: f"{HEAD}{make(500_000)}" for kind, make in HOSTILE.items()}
    texts["rows within rows"] = base64.b64encode(rows_within_rows(40_000)).decode()
    check_growth(READ, texts)


def test_too_much_rtf_is_refused_at_once() -> None:
    with pytest.raises(ArticleError, match="too large"):
        rtf_text(f"{HEAD}{'{' * 1_000_001}".encode())
    with pytest.raises(ArticleError, match="too large"):
        rtf_text(f"{HEAD}{'a b ' * 4_300_000}".encode())


def test_an_rtf_file_is_an_article() -> None:
    rtf = f"{HEAD} Share\\par Ferry late\\par\\par One.\\par Two.\\par}}"
    (row,) = parse_rtf(source(rtf.encode()))
    assert row == {
        "article_id": "here",
        "headline": "Ferry late",
        "body": "One.\n\nTwo.",
        "preamble": "Share",
    }


def test_without_striprtf_the_message_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['striprtf'] = None; sys.modules['striprtf.striprtf'] = None\n"
        "from newsresearch.formats.documents_rtf import rtf_text\n"
        "try:\n    rtf_text(b'{\\\\rtf1 a}')\n"
        "except ValueError as problem:\n    print(problem)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert "newsresearch[exports]" in done.stdout
