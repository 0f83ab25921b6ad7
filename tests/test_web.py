"""Reading a page of the web: what is refused, and that nothing was connected to before.

No test leaves this machine: where a page must be public, a made-up public address stands in
for it at the very last step, so that every check of the reader is at work.
"""

from __future__ import annotations

import gzip
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from newsresearch import ArticleError, __version__
from newsresearch import web as module
from newsresearch.web import Fetched, addresses, fetch

PUBLIC = "93.184.215.20"
PUBLIC6 = "2a00:1450::20"
PAGE = b"<html><p>The ferry is late.</p></html>"
Handler = http.server.BaseHTTPRequestHandler
Answer = Callable[[Handler], None]


class Net:
    """A name server and a way out that lead nowhere but to servers of the test."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {"news.example": [PUBLIC]}
        self.doors: dict[tuple[str, int], int] = {}  # public address and port -> our port
        self.looked_up: list[str] = []
        self.connected: list[tuple[Any, ...]] = []

    def look_up(self, host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        self.looked_up.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        kinds = {4: socket.AF_INET, 6: socket.AF_INET6}
        rows = [(kinds[ip_address(name).version], name) for name in self.names[host]]
        return [
            (kind, socket.SOCK_STREAM, 6, "", (name, port, 0, 0)[: 4 if ":" in name else 2])
            for kind, name in rows
        ]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    net, connect = Net(), socket.socket.connect

    def divert(self: socket.socket, address: Any) -> None:
        net.connected.append(address)
        door = net.doors.get(address[:2])
        if door is None:
            raise OSError(101, "Network is unreachable")
        six = self.family == socket.AF_INET6
        connect(self, ("::1", door, 0, 0) if six else ("127.0.0.1", door))

    def forbidden(*_: Any, **__: Any) -> None:
        net.connected.append(("create_connection",))
        raise AssertionError("a name would be looked up twice")

    monkeypatch.setattr(socket.socket, "connect", divert)
    monkeypatch.setattr(socket, "getaddrinfo", net.look_up)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.delenv("NEWSRESEARCH_OFFLINE", raising=False)
    return net


class Site:
    """A server on this machine; `answer` may be changed, `hits` holds what was asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.answer: Answer = send()
        self.hits: list[tuple[str, dict[str, str]]] = []
        site = self

        class OneSite(Handler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.hits.append((self.path, dict(self.headers)))
                self.close_connection = True
                site.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:  # the reader hung up: as it should
                pass

        self.server = Quiet(("127.0.0.1", 0), OneSite)
        if tls:
            self.server.socket = tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port: int = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site(net: Net) -> Iterator[Site]:
    site = Site()
    net.doors[PUBLIC, 80] = site.port
    yield site
    site.close()


def send(body: bytes = PAGE, status: int = 200, **headers: str) -> Answer:
    """Answer with a page; a header named in_such_a_way is sent In-Such-A-Way."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in ({"content_length": str(len(body))} | headers).items():
            if value:
                handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def send_raw(raw: bytes) -> Answer:
    return lambda handler: void(handler.wfile.write(raw))


def void(_: object) -> None:
    return None


def refusal(url: Any, **options: Any) -> str:
    with pytest.raises(ArticleError) as caught:
        fetch(url, **options)
    message = str(caught.value)
    assert "\n" not in message and len(message) < 500
    assert caught.value.__cause__ is None
    return message


# --- a good page -----------------------------------------------------------------------------


def test_a_page_is_read(net: Net, site: Site) -> None:
    site.answer = send(content_type="Text/HTML; Charset=ISO-8859-1", set_cookie="a=b")
    url = "http://NEWS.example/a b".replace(" ", "%20") + "/é?q=ü&r=[1]#top"
    asked = "/a%20b/%C3%A9?q=%C3%BC&r=[1]"
    assert fetch(url) == Fetched(PAGE, f"http://news.example{asked}", "text/html", "iso-8859-1")
    [(path, headers)] = site.hits
    assert path == asked
    assert headers["Host"] == "news.example" and headers["Accept-Encoding"] == "identity"
    assert headers["User-Agent"] == f"newsresearch/{__version__}"
    assert "Cookie" not in headers
    assert net.looked_up == ["news.example"] and net.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    ("declared", "kind", "charset"),
    [
        ("", "", ""),
        ("text/html", "text/html", ""),
        ('application/rss+xml;x=1; charset="UTF-8"', "application/rss+xml", "utf-8"),
        ("text/html;charset='cp1252'", "text/html", "cp1252"),
        ("no kind at all; charset=", "", ""),
        ("text/html; " + ";" * 50_000 + 'charset="x"', "text/html", ""),
    ],
)
def test_kind_and_charset(declared: str, kind: str, charset: str, site: Site) -> None:
    site.answer = send(content_type=declared)
    assert fetch("http://news.example/")[2:] == (kind, charset)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("http://müller.example/", "xn--mller-kva.example"),
        ("http://news。example./", "news.example"),
        ("HTTP://Ｎｅｗｓ.Example:80", "news.example"),
        ("http://a_b-c.news.example:/?", "a_b-c.news.example"),
    ],
)
def test_names_are_asked_in_ascii(written: str, asked: str, net: Net, site: Site) -> None:
    net.names = {asked: [PUBLIC]}
    assert fetch(written).url == f"http://{asked}/"
    assert site.hits[0][1]["Host"] == asked


def test_an_address_needs_no_look_up(net: Net, site: Site) -> None:
    assert fetch(f"http://{PUBLIC}/a").raw == PAGE
    assert net.looked_up == []


def test_proxies_of_the_environment_are_ignored(
    net: Net, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch("http://news.example/").raw == PAGE
    assert net.connected == [(PUBLIC, 80)]


def test_the_next_address_is_tried(net: Net, site: Site) -> None:
    net.names["news.example"] = ["93.184.215.99", PUBLIC]
    assert fetch("http://news.example/").raw == PAGE
    assert net.connected == [("93.184.215.99", 80), (PUBLIC, 80)]


def test_ipv6(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    class Six(http.server.HTTPServer):
        address_family = socket.AF_INET6

    try:
        server = Six(("::1", 0), http.server.SimpleHTTPRequestHandler)
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    server.server_close()
    site = Site()
    net.names["news.example"] = [PUBLIC6, PUBLIC]
    net.doors = {(PUBLIC6, 80): 1, (PUBLIC, 80): site.port}  # nobody listens on port 1
    try:
        assert fetch("http://news.example/").raw == PAGE
        assert net.connected == [(PUBLIC6, 80, 0, 0), (PUBLIC, 80)]
    finally:
        site.close()


# --- bad addresses ---------------------------------------------------------------------------


def words(text: str) -> list[str]:
    return text.split()


SPELLINGS = words("""
http://127.0.0.1/ http://127.0.0.1:80/ https://127.0.0.1/ http://127.0.0.1./ http://127.1/
http://127.0.1/ http://0/ http://0.0.0.0/ http://2130706433/ http://0x7f000001/ http://0x7f.1/
http://0X7F.0.0.1/ http://0177.0.0.1/ http://017700000001/ http://127.0.0.01/
http://127.000.000.001/
http://127.0.0.1.0/ http://1.2.3/ http://256.1.1.1/ http://4294967297/ http://08.1.1.1/
http://0x/
http://①②⑦.⓪.⓪.①/ http://１２７.０.０.１/ http://127。0。0。1/ http://127．0．0．1/ http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/
http://localhost/ http://LOCALHOST/ http://localhost./ http://LocalHost:80/ http://ｌｏｃａｌｈｏｓｔ/
http://a.localhost/ http://ⓛocalhost/ http://localho\u017ft/ http://local\u200bhost/
http://local\xadhost/ http://ne\u200bws.example/ http://ne\u202ews.example/
http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/
http://[::127.0.0.1]/ http://[64:ff9b::127.0.0.1]/ http://[64:ff9b:1::1]/
http://[2002:7f00:1::]/
http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/ http://[fe80::1]/ http://[fe80::1%25eth0]/
http://[fc00::1]/
http://[fd12::1]/ http://[fec0::1]/ http://[ff02::1]/ http://[2001:db8::1]/ http://[3fff::1]/
http://[100::1]/
http://[::ffff:0:127.0.0.1]/ http://[127.0.0.1]/ http://[v1.abc]/ http://[::1 http://::1/
http://[]/
http://news.example[::1]/ http://[2a00:1450::20]news.example/
http://10.0.0.5/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.9.9/
http://192.168.1.1/
http://169.254.169.254/latest/ http://100.64.0.1/ http://100.127.1.1/ http://192.0.0.9/
http://192.0.2.1/
http://198.18.0.1/ http://198.51.100.1/ http://203.0.113.1/ http://192.88.99.1/
http://224.0.0.1/
http://239.1.1.1/ http://240.0.0.1/ http://255.255.255.255/ http://0.1.2.3/
http://user@news.example/ http://user:secret@news.example/ http://news.example@127.0.0.1/
http://127.0.0.1\uff20news.example/ http://news.example%40127.0.0.1/ http://@127.0.0.1/
http://:@news.example/
http://127.0.0.1%2f.news.example/ http://%31%32%37.0.0.1/ http://127.0.0.1%00.news.example/
http://news.example:8080/ http://news.example:22/ http://news.example:0/
http://news.example:99999/
http://news.example:080808/ http://news.example:８０/ http://news.example:-80/
http://news.example:80:80/
http://news.example:+80/ http://news.example:8_0/ http://news.example:x/
ftp://news.example/ file:///etc/hostname file://news.example/a gopher://news.example/
data:text/plain,a
javascript:alert(1) ws://news.example/ httpx://news.example/ http+unix://a/
jar:http://news.example/ view-source:http://a/
news.example //news.example/ /news /etc/hostname http: http:/ http:// http:///
http:///127.0.0.1/ http:127.0.0.1
http:/127.0.0.1/ https:// https://:443/ http://./ http://../ http://.news.example/ http://a..b/
http://news.example\u2044@127.0.0.1/ http://news.example\u2100/ http://*/ http://a,b/
http://a;b/ http://<a>/ http://a|b/
""")
BLANKS = [
    "", " ", "\t", "http://news.example/a b", " http://news.example/", "http://news.example/\n",
    "http://news.example/a\r\nHost: 127.0.0.1", "http://news.example/\0", "java\tscript:alert(1)",
    "ht\ntp://news.example/", "http://127.0.0.1\t/", "http://127.0.0.1\\@news.example/",
    "http:\\\\news.example\\", "http://news.example\\.127.0.0.1/", "http://news.example/\x7f",
    "http://news.example/\x85", "http://news.example/\u2028", "http://news.example/\u3000a",
    "http://news.example/\ud800", "http://news example/", "http://127.0.0.1 .news.example/",
    "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/",
    "http://" + "é" * 250 + ".example/", "http://news.example/" + "a" * 2048,
    "http://" + "1" * 1500 + "/", "http://[" + ":" * 1500 + "]/", "http:" + "/" * 2000,
]  # fmt: skip
NO_TEXT: list[Any] = [None, 7, b"http://news.example/", ["http://news.example/"], Path("a")]


def test_there_are_many_bad_addresses() -> None:
    assert len(set(SPELLINGS + BLANKS)) > 150


@pytest.mark.parametrize("url", SPELLINGS + BLANKS + NO_TEXT, ids=ascii)
def test_a_bad_address_is_refused_before_any_connection(url: Any, net: Net, site: Site) -> None:
    """Were a check missing, a name would be asked for, or a server of ours be reached."""
    net.doors = dict.fromkeys([("127.0.0.1", 80), (PUBLIC, 80), ("::1", 80)], site.port)
    message = refusal(url)
    assert net.connected == [] and site.hits == []
    assert net.looked_up == []
    assert "secret" not in message and "user:" not in message


@pytest.mark.parametrize(
    "private",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fe80::1%2",
        "64:ff9b::a00:1",
    ],
)
def test_a_name_that_leads_to_a_private_address(private: str, net: Net, site: Site) -> None:
    """One private address among public ones is enough: the name is not trusted."""
    for found in ([private], [PUBLIC, private], [private, PUBLIC]):
        net.names["news.example"] = found
        assert f"the private address {private}" in refusal("http://news.example/")
    assert net.connected == [] and site.hits == []


def test_what_a_refusal_says(net: Net) -> None:
    assert refusal("http://10.0.0.5/") == (
        "http://10.0.0.5/ leads to the private address 10.0.0.5; only public pages are fetched. "
        "Pass allow_private=True if you trust it."
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://lee:tide77@news.example/", "http://lee:t@tide77@news.example/",
        "lee:tide77@news.example",
        "http://lee:tide77\\@news.example/", "http://lee:ti/tide77@news.example/",
        "http://lee:#tide77@news.example/", "http://lee:?tide77@news.example/",
        "http://lee:tide77%40news.example/", "http://lee:tide77＠news.example/",
        "http://lee:tide77@news.example:8080/", " http://lee:tide77@news.example/",
        "http://news.example:8080/?key=tide77", "http://10.0.0.5/?key=tide77",
        "http://[lee:tide77@news.example/", "ftp://lee:tide77@news.example/",
    ],
)  # fmt: skip
def test_no_password_or_key_is_repeated(url: str, net: Net, site: Site) -> None:
    site.answer = send(status=302, location=url)
    assert "tide77" not in refusal(url)
    if url.startswith("http"):
        assert "tide77" not in refusal("http://news.example/")


PLACES = {
    "8.8.8.8": True, "93.184.215.20": True, "2606:4700::1111": True, "2a00:1450::20": True,
    "::ffff:8.8.8.8": True, "64:ff9b::808:808": True, "2002:808:808::1": True,
    "1.1.1.1": True, "100.63.255.255": True, "100.128.0.0": True, "172.32.0.1": True,
    "::ffff:10.0.0.1": False, "64:ff9b::a00:1": False, "2002:a00:1::1": False,
    "2002:6440:1::": False, "64:ff9b::e000:1": False, "::ffff:224.0.0.1": False,
    "224.0.0.1": False, "ff0e::1": False, "0.0.0.0": False, "::": False, "::1": False,
    "::808:808": False, "2001::1": False, "2001:1::5": False, "2001:20::1": False,
    "3ffe::1": True, "3fff:fff::1": False, "4000::1": False, "5f00::1": False, "fec0::1": False,
    "192.0.0.8": False, "192.0.0.10": False, "192.88.99.9": False, "250.1.1.1": False,
}  # fmt: skip


@pytest.mark.parametrize(("place", "public"), PLACES.items())
def test_public_addresses(place: str, public: bool) -> None:
    assert addresses.is_public(ip_address(place)) is public


# --- private pages, when asked for -----------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "intranet"])
def test_a_private_page_is_read_when_trusted(host: str, net: Net, site: Site) -> None:
    net.names |= {"localhost": ["127.0.0.1"], "intranet": ["127.0.0.1"]}
    net.doors["127.0.0.1", 8080] = site.port
    page = fetch(f"http://{host}:8080/a", allow_private=True)
    assert page.raw == PAGE and page.url == f"http://{host}:8080/a"
    assert site.hits[0][1]["Host"] == f"{host}:8080"


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "http://a:b@127.0.0.1/", "http://127.1/", "http://a b/", ""]
)
def test_trust_does_not_excuse_a_bad_address(url: str, net: Net) -> None:
    refusal(url, allow_private=True)
    assert net.connected == []


# --- redirects -------------------------------------------------------------------------------


def test_redirects_are_followed(site: Site) -> None:
    def answer(handler: Handler) -> None:
        steps = {"/": "//news.example/b c", "/b%20c": "../d/é#x", "/d/%C3%A9": "?q=1"}
        there = steps.get(handler.path)
        location = there.encode().decode("latin-1") if there else ""
        send(b"" if there else PAGE, 301 if there else 200, location=location)(handler)

    site.answer = answer
    assert fetch("http://news.example/").url == "http://news.example/d/%C3%A9?q=1"
    assert len(site.hits) == 4


INWARDS = [
    "http://127.0.0.1/", "//127.0.0.1/", "http://localhost/", "http://127.1/", "http://[::1]/",
    "http://0x7f000001/", "http://169.254.169.254/latest/", "http://inside.example/",
    "file:///etc/hostname", "ftp://news.example/", "javascript:alert(1)",
    "http://news.example:8080/", "http://lee:tide77@news.example/", "http://[::1",
    "http://news.example/\\", "\thttp://127.0.0.1/", "http://news.example/" + "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("status", [301, 307])
@pytest.mark.parametrize("location", INWARDS)
def test_a_redirect_is_checked_like_an_address(
    location: str, status: int, net: Net, site: Site
) -> None:
    net.names["inside.example"] = ["127.0.0.1"]
    inner = Site()
    net.doors |= dict.fromkeys([("127.0.0.1", 80), ("::1", 80)], inner.port)
    site.answer = send(b"", status, location=location)
    try:
        refusal("http://news.example/")
        assert net.connected == [(PUBLIC, 80)] and len(site.hits) == 1
        assert inner.hits == []
    finally:
        inner.close()


def test_a_name_that_changes_its_address_between_redirects(net: Net, site: Site) -> None:
    """What a name led to a moment ago is no reason to trust it now."""

    def rebind(handler: Handler) -> None:
        net.names["news.example"] = ["127.0.0.1"]
        send(b"", 302, location="/again")(handler)

    site.answer = rebind
    assert "private address" in refusal("http://news.example/")
    assert net.looked_up == ["news.example"] * 2 and net.connected == [(PUBLIC, 80)]


def test_a_circle_of_redirects_ends(net: Net, site: Site) -> None:
    site.answer = send(b"", 302, location="/again")
    assert "redirects more than 5 times" in refusal("http://news.example/")
    assert len(site.hits) == 6


# --- answers that are no page ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "answers 404 Not Found. Check the address"),
        (403, "answers 403 Forbidden. Check the address"),
        (429, "answers 429 Too Many Requests. Try again later"),
        (503, "answers 503 Service Unavailable. Try again later"),
        (302, "answers 302 Found."),
        (304, "answers 304 Not Modified."),
        (999, "answers 999."),
    ],
)
def test_an_error_names_its_status(status: int, said: str, site: Site) -> None:
    site.answer = send(b"", status)
    assert f"http://news.example/a {said}" in refusal("http://news.example/a?key=tide77")


GARBAGE = {
    "nothing": b"",
    "no HTTP": b"\x00\x01\x02 SSH-2.0-quay\r\n",
    "a bare page": PAGE,
    "another protocol": b"ICY 200 OK\r\n\r\n",
    "a bad status": b"HTTP/1.1 abc OK\r\n\r\n",
    "a small status": b"HTTP/1.1 007 OK\r\n\r\n",
    "a bad version": b"HTTP/9.9 200 OK\r\n\r\n",
    "a cut body": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nThe ferry",
    "a cut chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nThe ferry",
    "no chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nThe ferry",
    "a negative chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-9\r\nThe ferry",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    "a long header": b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
    "a long status": b"HTTP/1.1 200 " + b"b" * 70_000 + b"\r\n\r\n",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + (b"A: " + b"b" * 5000 + b"\r\n") * 40 + b"\r\n",
    "endless welcomes": b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000,
    "another protocol to switch to": b"HTTP/1.1 101 Switching\r\n\r\n",
}


@pytest.mark.parametrize("raw", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_one_clear_error(raw: bytes, site: Site) -> None:
    site.answer = send_raw(raw)
    assert refusal("http://news.example/").startswith("http://news.example/ ")


def test_a_length_that_is_no_number_is_ignored(site: Site) -> None:
    for length in ("-5", "many", "9" * 5000):
        site.answer = send(content_length=length)
        assert fetch("http://news.example/").raw == PAGE


def test_chunks_are_joined(site: Site) -> None:
    chunks = b"".join(b"%x\r\n%c\r\n" % (1, byte) for byte in PAGE) + b"0\r\n\r\n"
    site.answer = send_raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert fetch("http://news.example/").raw == PAGE


# --- size ------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(module, "_LARGEST", 100_000)
    return 100_000


def test_the_largest_page_is_read(site: Site, small: int) -> None:
    site.answer = send(b"a" * small)
    assert len(fetch("http://news.example/").raw) == small


def test_the_real_limit_is_ten_megabytes(site: Site) -> None:
    site.answer = send(b"", content_length=str(10 * 1024 * 1024 + 1))
    assert "larger than 10 MB" in refusal("http://news.example/")


def endless(handler: Handler, chunked: bool) -> None:
    """Send without an end, until the reader hangs up."""
    handler.send_response(200)
    if chunked:
        handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"1;" + b"x" * 3000 + b"\r\na\r\n" if chunked else b"a" * 4096)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_page_without_an_end_is_cut(chunked: bool, site: Site, small: int) -> None:
    site.answer = lambda handler: endless(handler, chunked)
    assert "is larger than" in refusal("http://news.example/")


def test_one_byte_too_many_is_too_many(site: Site, small: int) -> None:
    """Without a declared length, what comes is counted."""
    site.answer = send(b"a" * (small + 1), content_length="")
    assert "is larger than" in refusal("http://news.example/")
    site.answer = send(b"a" * small, content_length="")
    assert len(fetch("http://news.example/").raw) == small


def test_a_small_page_in_heavy_chunks_is_refused(site: Site, small: int) -> None:
    chunks = (b"1;" + b"x" * 3000 + b"\r\na\r\n") * 200 + b"0\r\n\r\n"
    site.answer = send_raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
    assert "is larger than" in refusal("http://news.example/")


def test_a_length_that_lies_does_not_help(site: Site, small: int) -> None:
    site.answer = send(b"a" * small * 2, content_length="10")
    assert fetch("http://news.example/").raw == b"a" * 10


def bare(raw: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(raw) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": bare,
}


@pytest.mark.parametrize("name", PACKERS)
def test_a_packed_page_is_unpacked_but_no_bomb(name: str, site: Site, small: int) -> None:
    pack = PACKERS[name]
    site.answer = send(pack(PAGE), content_encoding=name)
    assert fetch("http://news.example/").raw == PAGE
    site.answer = send(pack(bytes(small)), content_encoding=name)
    assert len(fetch("http://news.example/").raw) == small
    for size in (small + 1, small * 50):
        site.answer = send(pack(bytes(size)), content_encoding=name)
        assert "is larger than" in refusal("http://news.example/")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("br", b"x"),
        ("zstd", b"x"),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
        ("gzip", PAGE),
        ("gzip", gzip.compress(PAGE)[:-9]),
        ("gzip", gzip.compress(PAGE) * 2),
        ("deflate", b"\xff\xff\xff"),
    ],
)
def test_a_packing_that_cannot_be_undone(name: str, raw: bytes, site: Site) -> None:
    site.answer = send(raw, content_encoding=name)
    assert "did not answer as a web page does" in refusal("http://news.example/")


# --- time and network ------------------------------------------------------------------------


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Give a page a quarter of a second; the event ends what the test's server still does."""
    done = threading.Event()
    monkeypatch.setattr(module, "_SECONDS", 0.25)
    yield done
    done.set()


def drip(parts: tuple[bytes, bytes, bytes], done: threading.Event) -> Answer:
    """Send a start, then bytes one by one for ten seconds, each in time, then an end."""
    start, byte, end = parts

    def answer(handler: Handler) -> None:
        handler.wfile.write(start)
        for _ in range(200):
            handler.wfile.write(byte)
            if done.wait(0.05):
                return
        handler.wfile.write(end)

    return answer


OK = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "body": (OK + b"Content-Length: 200\r\n\r\n", b"a", b""),
    "status": (b"HTTP/1.1 200 ", b"O", b"\r\n\r\n"),
    "header": (OK + b"A: ", b"b", b"\r\n\r\n"),
    "headers": (OK, b"A: b\r\n", b"\r\n"),
    "welcomes": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", OK + b"\r\n"),
    "chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", b"0\r\n\r\n"),
    "nothing": (b"", b"", OK + b"\r\n"),
}


@pytest.mark.parametrize("parts", DRIPS.values(), ids=DRIPS)
def test_a_server_that_drips_is_cut(
    parts: tuple[bytes, bytes, bytes], site: Site, hurried: threading.Event
) -> None:
    """Without a limit for all of it, each page would be read to its end and be fine."""
    site.answer = drip(parts, hurried)
    assert "took longer than 0.25 seconds" in refusal("http://news.example/")


def test_redirects_share_the_time(site: Site, hurried: threading.Event) -> None:
    def slow(handler: Handler) -> None:
        hurried.wait(0.15)
        again = len(site.hits) < 4
        send(PAGE, 302 if again else 200, location="/again" if again else "")(handler)

    site.answer = slow
    assert "took longer" in refusal("http://news.example/")


def test_a_slow_look_up_is_left(
    net: Net, hurried: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*arguments: Any, **options: Any) -> list[Any]:
        hurried.wait(10)
        return net.look_up(*arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    assert "took longer" in refusal("http://news.example/")
    assert net.looked_up == net.connected == []  # the answer was not waited for


def test_without_a_network_the_error_says_so(net: Net) -> None:
    assert "has a host that cannot be found (Name or service" in refusal("http://quay.example/")
    message = refusal("http://news.example/")
    assert "cannot be reached (Network is unreachable). Check the network" in message


def test_a_connection_that_breaks(net: Net, site: Site) -> None:
    net.doors[PUBLIC, 80] = 1  # nobody listens there
    assert "cannot be reached (Connection refused)" in refusal("http://news.example/")


def test_offline_is_respected(net: Net, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSRESEARCH_OFFLINE", "1")
    assert "NEWSRESEARCH_OFFLINE is set" in refusal("http://news.example/?key=tide77")
    assert net.looked_up == net.connected == []
    monkeypatch.setenv("NEWSRESEARCH_OFFLINE", "0")
    assert fetch("http://news.example/").raw == PAGE


# --- TLS -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate of our own for news.example, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example"
    names = ["-addext", "subjectAltName=DNS:news.example,DNS:www.news.example"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *made.split(), *names, *files], check=True, capture_output=True)
    return certificate, key


@pytest.fixture
def secure(net: Net, papers: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site with TLS whose certificate is trusted."""
    certificate, key = papers
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site = Site(context)
    net.doors[PUBLIC, 443] = site.port
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    yield site
    site.close()


def test_a_page_is_read_over_tls(secure: Site) -> None:
    assert fetch("https://news.example./a") == Fetched(PAGE, "https://news.example/a", "", "")
    assert secure.hits[0][1]["Host"] == "news.example"


def test_a_certificate_for_another_name_is_refused(net: Net, secure: Site) -> None:
    net.names["quay.example"] = [PUBLIC]
    assert "a certificate that is not valid: Hostname mismatch" in refusal("https://quay.example/")
    assert "a certificate that is not valid" in refusal(f"https://{PUBLIC}/")
    assert secure.hits == []


def test_a_certificate_nobody_signed_is_refused(
    secure: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "a certificate that is not valid: self" in refusal("https://news.example/")
    assert secure.hits == []


def test_a_redirect_to_unprotected_http_is_refused(net: Net, secure: Site, site: Site) -> None:
    for location in ("http://news.example/", "http://news.example:443/"):
        secure.answer = send(b"", 302, location=location)
        assert "from https to unprotected http" in refusal("https://news.example/")
    assert site.hits == []
    site.answer = send(b"", 301, location="https://news.example/b")
    secure.answer = send()
    assert fetch("http://news.example/").url == "https://news.example/b"


def test_a_server_without_tls(net: Net, site: Site) -> None:
    net.doors[PUBLIC, 443] = site.port
    assert "https://news.example/ " in refusal("https://news.example/")


def test_a_handshake_that_never_comes_is_cut(net: Net, hurried: threading.Event) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        net.doors[PUBLIC, 443] = silent.getsockname()[1]
        assert "took longer than 0.25 seconds" in refusal("https://news.example/")
