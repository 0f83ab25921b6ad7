"""RSS and Atom feeds: what of an entry is read, and what hostile or broken ones give."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from newsresearch.articles import ArticleError
from newsresearch.formats.feeds import parse_feed
from newsresearch.formats.feeds_text import to_text
from newsresearch.formats.source import Row, Source

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Harbour Bell</title><image><title>Logo</title></image>%s</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour Bell</title>%s</feed>"""
RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<channel rdf:about="x"><title>The Harbour Bell</title></channel>%s</rdf:RDF>"""
ITEM = "<item><title>Ferry opens</title><description>It is late.</description></item>"


def read(feed: str | bytes) -> tuple[list[Row], list[str]]:
    raw = feed if isinstance(feed, bytes) else feed.encode()
    source = Source("bell", "bell.xml", raw=raw)
    return list(parse_feed(source)), [issue["problem"] for issue in source.issues.rows]


def refused(feed: str | bytes) -> str:
    with pytest.raises(ArticleError) as refusal:
        read(feed)
    return str(refusal.value)


def test_the_whole_text_of_rss_beats_its_summary() -> None:
    item = (
        "<item><media:title>Picture</media:title><title>Ferry &amp;amp; mayor</title>"
        "<link>https://bell.example/1</link><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
        "<author>ann@bell.example (Ann Lee)</author><dc:creator>Bo Ray</dc:creator>"
        "<description>It is late.</description><media:content url='x.jpg'/>"
        "<content:encoded><![CDATA[<p>The <b>ferry</b> is late.</p><p>It rained.</p>]]>"
        "</content:encoded></item>"
    )
    rows, told = read(RSS % item)
    assert rows == [
        {
            "article_id": "bell:1", "headline": "Ferry & mayor",
            "body": "The ferry is late.\n\nIt rained.", "byline": "Ann Lee, Bo Ray",
            "published": "2026-03-03T10:00:00+00:00", "url": "https://bell.example/1",
            "outlet": "The Harbour Bell",
        }
    ]  # fmt: skip
    assert told == []


def test_a_summary_is_noted() -> None:
    (row,) = read(RSS % ITEM)[0]
    assert row["body"] == "It is late."
    assert row["note"] == "only the feed's summary: the whole article is at its url"
    (row,) = read(RSS % "<item><title>Ferry</title></item>")[0]
    assert (row["body"], "no text" in row["note"]) == ("", True)


CONTENTS = {
    "<content>5 &lt; 6 &amp;amp; so</content>": "5 < 6 & so",
    "<content type='text'>a &lt;b> c</content>": "a <b> c",
    "<content type='html'>&lt;p>a&lt;/p>&lt;p>b&lt;/p></content>": "a\n\nb",
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a <i>b</i></p>c</div>"
    "</content>": "a b\n\nc",
    "<content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>a</h:p>b</h:div>"
    "</content>": "a\n\nb",
    "<content src='https://bell.example/a'/><summary>s</summary>": "s",
}


@pytest.mark.parametrize("content", CONTENTS)
def test_kinds_of_content_of_atom(content: str) -> None:
    entry = (
        f"<entry><title type='html'>A &lt;i>b&lt;/i></title>{content}"
        "<link rel='self' href='https://bell.example/self'/><link href='https://bell.example/1'/>"
        "<author><name>Ann Lee</name><email>a@b</email></author>"
        "<updated>2026-03-04T00:00:00Z</updated><published>2026-03-03T10:00:00Z</published></entry>"
    )
    (row,) = read(ATOM % entry)[0]
    assert row["body"] == CONTENTS[content]
    assert (row["headline"], row["byline"]) == ("A b", "Ann Lee")
    assert (row["url"], row["published"]) == ("https://bell.example/1", "2026-03-03T10:00:00+00:00")
    assert row["outlet"] == "The Harbour Bell"


def test_rss_of_the_first_kind() -> None:
    item = f"{ITEM[:-7]}<dc:date>2026-03-03</dc:date><dc:creator>Ann Lee</dc:creator></item>"
    (row,) = read(RDF % item)[0]
    assert (row["headline"], row["byline"]) == ("Ferry opens", "Ann Lee")
    assert (row["published"], row["outlet"]) == ("2026-03-03T00:00:00", "The Harbour Bell")


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("Tue, 3 Mar 2026 10:00 +0100", "2026-03-03T10:00:00+01:00"),
        ("2026-03-03T10:00:00.5-05:00", "2026-03-03T10:00:00.500000-05:00"),
        ("last Tuesday", "last Tuesday"),
        ("9" * 5000, "9" * 60),
        ("Tue, 99 Mar 99999 10:00 GMT", "Tue, 99 Mar 99999 10:00 GMT"),
    ],
)
def test_dates(date: str, iso: str) -> None:
    (row,) = read(RSS % ITEM.replace("</item>", f"<pubDate>{date}</pubDate></item>"))[0]
    assert row["published"] == iso


def test_guids_are_addresses_only_if_they_are() -> None:
    for guid, url in {
        "<guid>https://bell.example/1</guid>": "https://bell.example/1",
        "<guid isPermaLink='false'>https://bell.example/1</guid>": None,
        "<guid>17</guid>": None,
    }.items():
        assert read(RSS % ITEM.replace("</item>", f"{guid}</item>"))[0][0].get("url") == url


def test_an_entry_of_nothing_keeps_its_place() -> None:
    rows, _ = read(RSS % f"{ITEM}<item><link>x</link></item>{ITEM}")
    assert ["error" in row for row in rows] == [False, True, False]
    assert rows[1]["article_id"] == "bell:2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "iso-8859-1", "koi8-r"])
def test_encodings(encoding: str) -> None:
    name = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)
    word = "паром" if encoding == "koi8-r" else "café"
    feed = (RSS % ITEM.replace("late", word)).replace("utf-8", name)
    assert read(feed.encode(encoding))[0][0]["body"] == f"It is {word}."


@pytest.mark.parametrize("name", ["zlib", "idna", "punycode", "unicode_escape", "hex", "nonsense"])
def test_codecs_that_are_no_encodings_are_not_used(name: str) -> None:
    feed = (RSS % ITEM.replace("late", "\\u0041")).replace('"utf-8"', f'"{name}"')
    assert read(feed)[0][0]["body"] == "It is \\u0041."


BROKEN = {
    "loose and": (RSS % ITEM.replace("late", "a & b &c"), "It is a & b &c."),
    "names of HTML": (RSS % ITEM.replace("late", "caf&eacute;&nbsp;x"), "It is café\xa0x."),
    "cut off": ((RSS % ITEM).partition("late")[0], "It is"),
    "cut in CDATA": ((RSS % ITEM.replace("It", "<![CDATA[It")).partition("late")[0], "It is"),
    "wrong end": (RSS % ITEM.replace("</description>", "</b></description>"), "It is late."),
    "control": (RSS % ITEM.replace("late", "l\x01ate"), "It is l ate."),
    "warning before": ("Warning: no ship in line 7\n" + RSS % ITEM, "It is late."),
    "undeclared": (
        "<rss><channel>" + ITEM.replace("description", "content:encoded") + "</channel></rss>",
        "It is late.",
    ),
}  # fmt: skip


TOLD = {"cut off", "cut in CDATA", "wrong end"}  # the others are mended without loss


@pytest.mark.parametrize("what", BROKEN)
def test_broken_feeds_keep_their_entries(what: str) -> None:
    feed, body = BROKEN[what]
    rows, told = read(feed)
    assert rows[0]["headline"] == "Ferry opens"
    assert rows[0]["body"].startswith(body)
    assert any("broken" in problem for problem in told) == (what in TOLD)


# --- hostile ---------------------------------------------------------------------------------

CANARY = "canary that must not be read"


@pytest.fixture
def canary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that nothing may read, and no connection at all."""

    def refuse(*_: object) -> None:
        raise AssertionError("a feed tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    path = tmp_path / "canary.txt"
    path.write_text(CANARY)
    return path


def test_nothing_that_a_feed_points_to_is_opened(canary: Path) -> None:
    uses = ITEM.replace("late", "&x; late")
    include = f"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{canary.as_uri()}'/>"
    for doctype in (
        f"<!DOCTYPE rss [<!ENTITY x SYSTEM '{canary.as_uri()}'>]>",
        f"<!DOCTYPE rss [<!ENTITY % p SYSTEM '{canary.as_uri()}'> %p;]>",
        f"<!DOCTYPE rss SYSTEM '{canary.as_uri()}'>",
        "<!DOCTYPE rss PUBLIC 'x' 'http://bell.example/x.dtd' [<!ENTITY x ']>'>]>",
        f"<?xml-stylesheet href='{canary.as_uri()}'?>",
    ):
        head, feed = (RSS % (uses + include)).split("?>", 1)
        rows, _ = read(f"{head}?>{doctype}{feed}")
        assert rows[0]["body"] == "It is &x; late."
        assert CANARY not in str(rows)


@pytest.mark.parametrize("address", ["http://bell.example/feed", "file:///etc/hostname", "/etc/x"])
def test_content_that_is_an_address_is_not_opened(canary: Path, address: str) -> None:
    assert "no XML" in refused(address)


def test_billion_laughs_stay_one_word() -> None:
    lines = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    doctype = f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{lines}]>"
    rows, _ = read(doctype + RSS.split("?>", 1)[1] % ITEM.replace("late", "&l11;"))
    assert rows[0]["body"] == "It is &l11;."


def test_deep_nesting_is_bounded_and_told() -> None:
    deep = "<x>" * 50_000 + "deep" + "</x>" * 50_000
    rows, told = read(RSS % f"{ITEM}<item><title>a</title>{deep}</item>{ITEM}")
    assert rows[0]["headline"] == "Ferry opens"
    assert any("depth" in problem.lower() for problem in told)
    rows, _ = read(RSS % ("<item><title>a" * 5000))
    assert len(rows) < 300


def test_many_entries_are_read() -> None:
    rows, _ = read(RSS % (ITEM * 20_000))
    assert len(rows) == 20_000
    assert rows[-1]["article_id"] == "bell:20000"


def test_large_feeds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsresearch.formats import feeds

    monkeypatch.setattr(feeds, "_LARGEST", 100)
    assert "larger than" in refused(RSS % ITEM)


@pytest.mark.parametrize(
    ("feed", "says"),
    [
        ("<?xml version='1.0'?><urlset><url/></urlset>", "root <urlset>"),
        ("<!DOCTYPE html><html><body>No</body></html>", "root <html>"),
        ("<!-- a --><x:ship xmlns:x='y'/>", "root <ship>"),
        ("A ferry", "no XML"),
        ("<!-- never closed <rss>", "no XML"),
        ("<!DOCTYPE rss [ never closed <rss>", "no XML"),
        ("<rss", "no entries"),
        (RSS % "", "no entries"),
        ("", "empty"),
        (b"\x89PNG\r\n", "PNG"),
    ],
)
def test_what_is_no_feed_is_refused(feed: str | bytes, says: str) -> None:
    assert says in refused(feed)


def test_without_lxml_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    assert "newsresearch[web]" in refused(RSS % ITEM)


# --- HTML to text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a<br>b<br/><BR />c", "a\nb\n\nc"),
        ("<div><p>a\n  b</p>\n<P class='x>y'>c</P></div>", "a b\n\nc"),
        ("a <b>b</b><i>c</i> d", "a bc d"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("a<script>if (1 < 2) x('</p>')</SCRIPT>b<style>p{}</style >c", "abc"),
        ("a<!-- <p>x</p> -->b<?php x ?><!DOCTYPE html>c", "abc"),
        ("5 < 6 and 7 > 6, a <3 b", "5 < 6 and 7 > 6, a <3 b"),
        ("&lt;b&gt; &amp;amp; &eacute;&#233;&#xe9; &bogus;", "<b> &amp; ééé &bogus;"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<script>never closed", "never closed"),
        ("a <!-- never closed", "a never closed"),
        ('a <b title="never closed', 'a <b title="never closed'),
        ("<![CDATA[a]]>", "a"),
        ("<p>a</p>" + "<p></p>" * 5 + "<p>b</p>", "a\n\nb"),
    ],
)
def test_html_becomes_plain_text(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize("piece", ["<", '<a "', "<!--", "<script>", "<a b='>", "&", "<p>", "<?"])
def test_broken_html_is_gone_through_once(piece: str) -> None:
    # A pattern that begins anew at each piece would need minutes for this.
    assert len(to_text(piece * 60_000)) <= len(piece) * 60_000
