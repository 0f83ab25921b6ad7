"""Saved web pages: what is taken, what is cut, and what must not be lost, hang or get out.

Every page is invented; the hostile ones are made here.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from growth import check_growth

from newsresearch.articles import ArticleError
from newsresearch.formats import metadata, page
from newsresearch.formats import page_extraction as extraction
from newsresearch.formats import page_markup as markup
from newsresearch.formats.page import extract_page, parse_html
from newsresearch.formats.source import Source

HEADLINE = "Council backs plan for a harbour ferry"
PROSE = [
    "The council of Port Sallow backed the plan for a ferry on Tuesday, by nine votes to four.",
    "“It isn’t cheap,” said the mayor, Ann Lee, “but the bridge costs more to mend each year.”",
    "Crews will be hired in the spring, and the first boat is due to cross the harbour in May.",
    "The harbour users’ club wants the fares kept below two pounds; a vote on them is due in June.",
    "Max Poole, who runs the fish market on the north quay, said that he would believe it when he "
    "saw it.",
]
BODY = "\n\n".join(PROSE)
CSS = "class"  # keeps the markup below short


def make_page(inside: str = "", head: str = "", prose: list[str] | None = None) -> str:
    """Return a news page with what such pages carry around the article."""
    paragraphs = "\n".join(f"<p>{text}</p>" for text in (PROSE if prose is None else prose))
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>{HEADLINE} - The Invented Post</title>
<meta property="og:title" content="{HEADLINE} - The Invented Post">
<meta property="og:site_name" content="The Invented Post">
<meta property="article:published_time" content="2026-03-17T08:30:00+00:00">
<meta name="author" content="Ann Writer">
<link rel="canonical" href="https://www.post.example/news/ferry">{head}</head>
<body><div {CSS}="cookie-banner">We use cookies to make this page better. <button>OK</button></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<main><article><h1>{HEADLINE}</h1>
<div {CSS}="share-bar"><a href="#f">Share</a> <a href="#t">Post</a></div>
<div {CSS}="article-body">{paragraphs}{inside}</div></article>
<aside {CSS}="related"><h2>Related</h2><ul><li><a href="/x">Rain stops the regatta</a></li>
<li><a href="/y">Bridge shut again</a></li></ul></aside></main>
<footer><p>© 2026 The Invented Post. All rights reserved.</p></footer></body></html>"""


def read(text: str, url: str = "") -> dict[str, str]:
    return extract_page(text.encode("utf-8", "surrogatepass"), url)


# --- what is taken ------------------------------------------------------------------------------


def test_a_news_page_gives_every_field() -> None:
    assert read(make_page()) == {
        "headline": HEADLINE,
        "body": BODY,
        "byline": "Ann Writer",
        "published": "2026-03-17",
        "url": "https://www.post.example/news/ferry",
        "outlet": "The Invented Post",
        "note": "",
    }


def test_the_headline_inside_the_body_is_cut_and_noted() -> None:
    inside = make_page().replace('class="article-body"', "").replace('class="share-bar"', "hidden")
    found = read(inside.replace("<p>", "<p>By Ann Writer</p><p>", 1))
    assert found["body"].startswith(PROSE[0])
    assert found["note"] == "headline repeated at the top: cut; 'By Ann Writer' at the top: cut"


def test_a_file_is_one_row_without_empty_cells() -> None:
    raw = b"<html><body><article><p>" + "</p><p>".join(PROSE).encode() + b"</article></body></html>"
    (row,) = parse_html(Source("folder/ferry", "ferry.html", raw=raw))
    assert row == {"article_id": "folder/ferry", "headline": "", "body": BODY}


def test_the_address_given_wins_and_names_the_outlet() -> None:
    plain = f"<html><body><h1>{HEADLINE}</h1><p>{'</p><p>'.join(PROSE)}</p></body></html>"
    found = read(plain, "https://www.gull.example/a/ferry.html?x=1")
    assert (found["url"], found["outlet"]) == (
        "https://www.gull.example/a/ferry.html?x=1",
        "gull.example",
    )


@pytest.mark.parametrize(
    ("title", "headings", "headline"),
    [
        (f"{HEADLINE} | Invented News", [], HEADLINE),
        (f"{HEADLINE} – inventednews.example", [], HEADLINE),
        (f"Invented News - {HEADLINE}", [], HEADLINE),
        ("Ferry - a plan backed by all", ["Invented News"], "Ferry - a plan backed by all"),
        ("Ferry backed by council", [HEADLINE], HEADLINE),  # as it stands on the page
        (HEADLINE, ["Subscribe to our newsletter", "Politics"], HEADLINE),
        (HEADLINE, [f"Politics {HEADLINE}"], HEADLINE),
        ("", ["Invented News", HEADLINE], HEADLINE),
        ("", [], ""),
    ],
)
def test_the_headline_is_the_one_on_the_page(
    title: str, headings: list[str], headline: str
) -> None:
    chosen = metadata.choose_headline(title, headings, "Invented News", "inventednews.example")
    assert chosen == headline


def test_a_body_in_pieces_is_read_whole() -> None:
    """Adverts between the pieces: trafilatura alone takes the first piece for the body."""
    longer = [f"{text} {text.replace('The', 'So the')} It was said twice." for text in PROSE]
    chunks = "".join(
        f'<div><div class="grid"><div class="article__body grid"><p>{text}</p></div></div></div>'
        f'<div class="ad-slot">Advertisement</div>'
        for text in longer
    )
    raw = f"<html><body><article><h1>{HEADLINE}</h1><div>{chunks}</div></article></body></html>"
    body = read(raw)["body"]
    assert [body.find(text) >= 0 for text in longer] == [True] * 5
    assert sorted(map(body.find, longer)) == [*map(body.find, longer)]


def test_popups_inside_a_sentence_and_templates_are_left_out() -> None:
    popup = '<span class="tooltip-text">Ann Lee: more stories about her</span>'
    said = f"Lee{popup} said that she would <span>step</span> down."
    template = f"<template><p>{PROSE[0]} This is a stencil, never shown.</p></template>"
    body = read(make_page(template, prose=[*PROSE, said]))["body"]
    assert body.endswith("Lee said that she would step down.")
    assert "stencil" not in body
    shadow = template.replace("<template>", '<template shadowrootmode="open">')
    assert "stencil" in read(make_page(shadow))["body"]


def test_comments_of_readers_are_left_out() -> None:
    comments = '<div id="comments" class="comments"><p>I never liked that bridge anyway!</p></div>'
    assert read(make_page().replace("</article>", f"</article>{comments}"))["body"] == BODY


def test_list_items_and_cells_lose_their_marks() -> None:
    table = "<ul><li>Nine voted for it</li><li>Four voted against it</li></ul>"
    body = read(make_page(table))["body"]
    assert body == f"{BODY}\n\nNine voted for it\n\nFour voted against it"
    assert extraction._tidy("| fare | two pounds |") == "fare | two pounds"
    assert extraction._tidy("|---|---|") == ""


# --- what is cut --------------------------------------------------------------------------------


def cut(*paragraphs: str, byline: str = "") -> tuple[list[str], list[str], str]:
    return metadata.cut_repeats([*paragraphs, *PROSE], HEADLINE, byline)


@pytest.mark.parametrize(
    ("above", "kept", "byline"),
    [
        ([HEADLINE], [], ""),
        (["Council Backs Plan For a Harbour Ferry"], [], ""),
        (["Council backs plan for harbour ferry"], [], ""),
        (["By Ann Lee"], [], "Ann Lee"),
        (["By ANN LEE and MAX POOLE"], [], "ANN LEE and MAX POOLE"),
        (["By Ann Lee, Harbour Reporter"], [], "Ann Lee"),
        (["17 March 2026", "By Ann Lee"], ["17 March 2026"], "Ann Lee"),
        ([HEADLINE, "Port Sallow", "By Ann Lee"], ["Port Sallow"], "Ann Lee"),
        (["By Tuesday Night"], ["By Tuesday Night"], ""),
        (["By the Harbour"], ["By the Harbour"], ""),
        (["By Monday all was over."], ["By Monday all was over."], ""),
        (["By Ann Lee it was called a success"], ["By Ann Lee it was called a success"], ""),
        ([f"{HEADLINE}."], [f"{HEADLINE}."], ""),  # a sentence, not a headline
        (["Ferry"], ["Ferry"], ""),
    ],
)
def test_only_headline_and_byline_are_cut_at_the_top(
    above: list[str], kept: list[str], byline: str
) -> None:
    paragraphs, notes, name = cut(*above)
    assert (paragraphs, name) == ([*kept, *PROSE], byline)
    assert len(notes) == len(above) - len(kept)


def test_nothing_is_cut_below_the_first_sentence_and_never_everything() -> None:
    late = [PROSE[0], HEADLINE, "By Ann Lee"]
    assert metadata.cut_repeats([*late, *PROSE], HEADLINE, "")[0] == [*late, *PROSE]
    assert metadata.cut_repeats([HEADLINE], HEADLINE, "")[0] == [HEADLINE]


def test_a_known_byline_is_cut_without_its_by() -> None:
    paragraphs, notes, name = cut("Ann Writer", byline="Ann Writer")
    assert (paragraphs, name) == (PROSE, "Ann Writer")
    assert notes == ["'Ann Writer' at the top: cut"]


# --- encodings ----------------------------------------------------------------------------------

ACCENTED = [*PROSE, "Señor Peña paid £5 at the café – no more."]


@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "iso-8859-1", "nonsense", "zip"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_text_comes_out_right_whatever_the_page_says(declared: str, encoding: str) -> None:
    text = make_page(prose=ACCENTED).replace('charset="utf-8"', f'charset="{declared}"')
    found = extract_page(text.encode(encoding))
    assert found["body"] == "\n\n".join(ACCENTED)


def test_a_named_character_set_is_used_where_the_bytes_are_no_utf_8() -> None:
    text = make_page(prose=[*PROSE, "Паром опоздал."]).replace('"utf-8"', '"windows-1251"')
    raw = text.replace("“", '"').replace("”", '"').encode("cp1251", "replace")
    found = extract_page(raw)
    assert "Паром опоздал." in found["body"]
    assert "read as windows-1251" in found["note"]


def test_one_broken_byte_does_not_spoil_the_others() -> None:
    raw = make_page(prose=ACCENTED).encode().replace("£".encode(), b"\xa3")
    found = extract_page(raw)
    assert found["body"] == "\n\n".join(ACCENTED)
    assert "Windows-1252" in found["note"]


# --- what is lost without a word ----------------------------------------------------------------


@pytest.mark.parametrize(
    "odd",
    [
        "&#xFFFE;",
        "&#65535;",
        "&#xD800;",
        "&#0;",
        "&#11;",
        "&#99999999;",
        "\0",
        "\x0b",
        "\x0c",
        "\x01",
        "\ufffe",
        "\uffff",
        "\ud800",
    ],
)
def test_odd_characters_lose_nothing_and_glue_nothing(odd: str) -> None:
    body = read(make_page(prose=[*PROSE[:2], f"The ferry{odd}is late.", *PROSE[2:]]))["body"]
    start, end = body.index("The ferry"), body.index("is late.")
    assert start < end
    assert body[start + 9 : end].strip("\ufffdí€ ") == ""
    assert end - start > 9
    assert all(text in body for text in PROSE)


def test_quotes_by_their_windows_number_are_kept() -> None:
    assert "It isn’t late." in read(make_page(prose=[*PROSE, "It isn&#146;t late."]))["body"]
    assert "It isn’t late." in read(make_page(prose=[*PROSE, "It isn\x92t late."]))["body"]


def test_nesting_below_the_parsers_reach_keeps_the_article() -> None:
    deep = make_page().replace("<p>", "<div>" * 2100 + "<p>", 1)
    body = read(deep)["body"]
    assert all(text in body for text in PROSE)


def test_half_an_article_below_the_parsers_reach_is_not_lost() -> None:
    halves = "".join(f"<p>{text}</p>" for text in PROSE)
    text = f"<html><body><article>{halves}{'<div>' * 3000}<p>At last, the boat came.</p>"
    more = "".join(f"<p>Later that week it was said once more: {text}</p>" for text in PROSE)
    found = read(text + more)
    assert all(f"once more: {text}" in found["body"] for text in PROSE)
    assert "parser lost" in found["note"]


def test_a_text_of_two_megabytes_is_read() -> None:
    long = "The ferry was late again, they said. " * 60_000
    assert len(read(make_page(prose=[long]))["body"]) == len(long) - 1


def test_a_page_whose_parser_lost_it_is_read_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "extract_paragraphs", lambda tree: [])
    found = read(make_page())
    assert all(text in found["body"] for text in PROSE)
    assert "parser lost the article" in found["note"]
    assert found["byline"] == "Ann Writer"


def test_a_parser_that_fails_is_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(tree: Any) -> list[str]:
        raise RecursionError

    monkeypatch.setattr(page, "extract_paragraphs", fail)
    found = read(make_page(), "https://www.inventedpost.example/a")
    assert all(text in found["body"] for text in PROSE)
    assert (found["headline"], found["outlet"]) == (
        f"{HEADLINE} - The Invented Post",
        "inventedpost.example",
    )
    assert "could not be parsed (RecursionError)" in found["note"]


def test_the_same_page_reads_the_same_every_time() -> None:
    assert len({tuple(read(make_page()).items()) for _ in range(6)}) == 1


# --- bounds -------------------------------------------------------------------------------------


def test_ordinary_pages_are_read_here_and_heavy_ones_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heavy = {
        "inline": "<p>" + "<a href='x'>word</a> " * 3000,
        "tags": "<p>word</p>" * 12_000,
        "deep": "<div>" * 210,
        "large": "<p>" + "word " * 450_000,
    }
    assert markup.weigh_page(make_page()) == ""
    assert markup.weigh_page(make_page("<script>" + "'<div>' + " * 30_000 + "</script>")) == ""
    pages = [make_page(inside) for inside in heavy.values()]
    reasons = [markup.weigh_page(markup.repair(text)) for text in pages]
    assert all(reasons)
    calls: list[str] = []
    monkeypatch.setattr(
        page,
        "_extract_apart",
        lambda text, url, reason: calls.append(reason) or {"body": "", "note": ""},
    )
    monkeypatch.setattr(page, "_finish", lambda *given: pytest.fail("read here"))
    for text in pages:
        with pytest.raises(ArticleError):
            read(text)
    assert calls == reasons


def test_a_heavy_page_is_read_whole_in_its_own_process() -> None:
    found = read(make_page().replace("<p>", "<div>" * 253 + "<p>", 1))
    assert (found["body"], found["byline"]) == (BODY, "Ann Writer")


def test_a_process_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "SECONDS", 0.3)
    monkeypatch.setattr(page, "_CHILD", "import time; time.sleep(60)")
    found = read(make_page("<div>" * 210))
    assert all(text in found["body"] for text in PROSE)
    assert "too heavy" in found["note"]


@pytest.mark.parametrize("code", ["raise SystemExit(3)", "print('[]')", "print('{')", "pass"])
def test_a_process_that_fails_is_no_end(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "_CHILD", code)
    assert "too heavy" in read(make_page("<div>" * 210))["note"]


def test_the_process_may_not_eat_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    code = page._CHILD.replace("_serve()", "page._serve()").replace(
        "import _serve", "import _serve"
    )
    assert "_serve" in code
    eats = (
        "import sys; sys.path.insert(0, sys.argv[1]); from newsresearch.formats import page; "
        f"page._MEMORY = {400 * 1024**2}; page._extract = lambda text, url: bytearray(10**9); "
        "page._serve()"
    )
    monkeypatch.setattr(page, "_CHILD", eats)
    assert "too heavy" in read(make_page("<div>" * 210))["note"]


def test_thousands_of_attributes_go_and_the_text_stays() -> None:
    for crowd in (
        " ".join(f'a{at}="x"' for at in range(60_000)),
        "/".join(f"a{at}" for at in range(60_000)),
        "".join(f"a{at}='x'" for at in range(60_000)),
        'x" ' + " ".join(f"a{at}" for at in range(60_000)) + ' "',
    ):
        text = make_page(f"<p {crowd}>The crowded paragraph is read like any other.</p>")
        assert len(markup.repair(text)) < len(make_page()) + 200
        assert read(text)["body"].endswith("The crowded paragraph is read like any other.")
    style = f'<p title="{"a = b / c " * 900}">'
    assert style in markup.repair(make_page(style))


HOSTILE = ["<", "&", "&#x", '<a "', "<a =", "<a b='", "<script>", "<!--", "<style>", "<nav>"]
HOSTILE += ["<?xml ", "<html ", "<meta ", "<title>", "<template>", "</p>", "]]>", " - a", "\n", " "]


READ = """
from newsresearch.formats.page_markup import bare_paragraphs, repair, weigh_page
def read(text):
    text = repair(text)
    weigh_page(text)
    assert any(found.startswith("The council of Port Sallow") for found in bare_paragraphs(text))
"""


def test_repeated_pieces_are_read_in_one_pass() -> None:
    """A step that began anew at each piece would need minutes."""
    pages = {piece: make_page() + piece * (800_000 // len(piece)) for piece in HOSTILE}
    check_growth(READ, pages)


def test_a_page_over_ten_megabytes_is_refused() -> None:
    with pytest.raises(ArticleError, match="10 MiB"):
        extract_page(b"<html>" + b" " * page.LARGEST_PAGE)


# --- what is no page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{"headline": "a", "body": "b"}', "JSON"),
        (b"[" * 100_000, "no HTML tags"),
        (f"{HEADLINE}\n\n{BODY}".encode(), "no HTML tags"),
        (b'<?xml version="1.0"?>\n<rss><channel></channel></rss>', "feed"),
        (b"<html><frameset><frame src='a.html'></frameset></html>", "frames"),
        (b"<html><body><div id='app'></div>" + b"<script>go()</script>" * 3, "scripts"),
        (b"<html><head><title>Nothing</title></head><body></body></html>", "no article text"),
        (b"<!doctype html>", "no HTML tags"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(32)) * 40, "binary"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(raw: bytes, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        extract_page(raw)


def test_without_trafilatura_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(ArticleError, match=r"newsresearch\[web\]"):
        read(make_page())


# --- what must stay inert -----------------------------------------------------------------------


def test_no_file_is_read_and_no_entity_grows(tmp_path: Path) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text("The canary sings in the coal mine.")
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    starts = {
        "xxe": f'<!DOCTYPE html [<!ENTITY e SYSTEM "{canary.as_uri()}">]>',
        "parameter": f'<!DOCTYPE html [<!ENTITY % e SYSTEM "{canary.as_uri()}"> %e;]>',
        "dtd": f'<!DOCTYPE html SYSTEM "{canary.as_uri()}">',
        "laughs": f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]>',
    }
    include = (
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{canary.as_uri()}" '
        f'parse="text"/><iframe src="{canary.as_uri()}"></iframe>'
        f'<object data="{canary.as_uri()}"></object><link href="{canary.as_uri()}">'
    )
    for start in starts.values():
        text = make_page(f"<p>See &e; and &l9; there.</p>{include}")
        found = read(start + text.removeprefix("<!doctype html>"))
        assert "sings" not in str(found)
        assert len(found["body"]) < len(BODY) + 300
        assert all(text in found["body"] for text in PROSE)


def test_nothing_of_a_page_reaches_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def watch(command: list[str], **options: Any) -> Any:
        seen.append((command, options))
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(page.subprocess, "run", watch)
    read(make_page("<div>" * 210), "https://post.example/$(touch x)")
    ((command, options),) = seen
    assert "post.example" not in str(command)
    assert "shell" not in options
    assert options["timeout"] == page.SECONDS


# --- public data --------------------------------------------------------------------------------


@pytest.mark.dataset
def test_bodies_keep_their_f1(public_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "benchmarks"))
    import extraction as bench

    if not (public_data / bench.NEEDED[0]).is_file():
        pytest.skip(f"{bench.NEEDED[0]} is not in NEWSRESEARCH_DATA")
    pages = bench.take_half(bench.read_pages(public_data, bench.NEEDED[0]), test=False)
    pairs = [(one.gold["articleBody"], bench.ours(one).get("body", "")) for one in pages]
    assert bench.score_bodies(pairs)[0] >= 0.965  # trafilatura alone: 0.951
