"""One web page, read safely: public addresses only, bounded in size and time, no cookies.

A page may name any address, and so may whoever sent the link. So a name is looked up once, every
address found is checked, and the connection goes to exactly one that was checked.
"""

from __future__ import annotations

import io
import os
import re
import socket
import ssl
import time
import zlib
from http.client import HTTPException, HTTPResponse, responses
from typing import Any, NamedTuple
from urllib.parse import urljoin

from newsresearch import __version__
from newsresearch.articles import ArticleError
from newsresearch.web.addresses import Target, check_url, find_addresses, seconds_left

__all__ = ["Fetched", "fetch"]

_SECONDS = 20.0  # for everything: look-up, every redirect, the last byte
_LARGEST = 10 * 1024 * 1024
_LONGEST_HEAD = 64 * 1024
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_KIND = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})""", re.ASCII | re.IGNORECASE)


class Fetched(NamedTuple):
    """A page as it came: bytes, address after redirects, content type and declared charset."""

    raw: bytes
    url: str
    kind: str  # lower case, without parameters; '' if none was sent
    charset: str  # lower case; '' if none was declared


class _TooMuchError(Exception):
    """More bytes than are read of one page."""


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """Fetch one page of the web.

    Parameters
    ----------
    url : str
        An http or https address on port 80 or 443, without a user name.
    allow_private : bool
        Also read from private addresses and other ports: a server of your own that you trust.

    Returns
    -------
    Fetched
        At most 10 MB of bytes, the address after at most 5 redirects, the content type in
        lower case without parameters, and the declared charset; '' where nothing was declared.

    Raises
    ------
    ArticleError
        If the address is refused, leads to a machine that is not public, cannot be reached,
        answers with an error, or needs more than 10 MB or 20 seconds in all; and if
        ``NEWSRESEARCH_OFFLINE`` is set.

    Examples
    --------
    >>> fetch("ftp://news.example/ferry.html")
    Traceback (most recent call last):
    ...
    newsresearch.articles.ArticleError: 'ftp://news.example/ferry.html' is no web address. ...
    """
    target = first = check_url(url, allow_private)
    if os.environ.get("NEWSRESEARCH_OFFLINE", "0") not in {"", "0"}:
        raise ArticleError(f"{first} is not fetched: NEWSRESEARCH_OFFLINE is set. Unset it first.")
    deadline = time.monotonic() + _SECONDS
    for _ in range(_REDIRECTS + 1):
        answer = _ask(target, deadline, allow_private)
        if isinstance(answer, Fetched):
            return answer
        target = _follow(target, answer, allow_private)
    raise ArticleError(f"{first} redirects more than {_REDIRECTS} times. Find its final address.")


def _follow(target: Target, location: str, allow_private: bool) -> Target:
    """Check where a redirect leads as if the user had asked for it."""
    try:
        there = urljoin(target.url, location.strip(" \t").replace(" ", "%20"))
    except ValueError:
        raise ArticleError(f"{target} redirects to what is no web address.") from None
    try:
        found = check_url(there, allow_private)
    except ArticleError as problem:
        raise ArticleError(f"{target} redirects to an address that is refused: {problem}") from None
    if target.scheme == "https" and found.scheme == "http":
        raise ArticleError(f"{target} redirects from https to unprotected http; not followed.")
    return found


def _connect(target: Target, deadline: float, allow_private: bool) -> socket.socket:
    """Connect to an address that was checked, never to a name; then check the certificate."""
    addresses = find_addresses(target, deadline, allow_private)
    while True:
        share = seconds_left(deadline) / len(addresses)  # a dead one leaves time for the next
        try:
            sock = _dial(*addresses.pop(0), share)
            break
        except OSError:
            if not addresses:
                raise
    if target.scheme == "http":
        return sock
    sock.settimeout(seconds_left(deadline))
    return ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)


def _dial(family: socket.AddressFamily, address: tuple[Any, ...], seconds: float) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    return sock


class _Wire(io.RawIOBase):
    """What http.client reads from: a socket that ends at a moment and after so many bytes."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline, self.budget = sock, deadline, _LONGEST_HEAD

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.budget <= 0:
            raise _TooMuchError
        self.sock.settimeout(seconds_left(self.deadline))
        count = self.sock.recv_into(buffer)
        self.budget -= count
        return count


def _ask(target: Target, deadline: float, allow_private: bool) -> Fetched | str:
    """Ask one server once; return its page, or where it sends us."""
    try:
        with _connect(target, deadline, allow_private) as sock:
            sock.settimeout(seconds_left(deadline))
            sock.sendall(_request(target))
            wire: Any = _Wire(sock, deadline)
            with HTTPResponse(wire, method="GET") as response:
                response.begin()
                return _take(target, response, wire)
    except ArticleError:
        raise
    except TimeoutError:
        problem = f"took longer than {_SECONDS:g} seconds. Try again, or save the page as a file."
    except _TooMuchError:
        problem = f"is larger than {_LARGEST >> 20} MB. Save what you need of it as a file."
    except ssl.SSLCertVerificationError as error:
        problem = f"has a certificate that is not valid: {error.verify_message:.80}."
    except socket.gaierror as error:
        known = f"({error.strerror}). Check its spelling and the network connection."
        problem = f"has a host that cannot be found {known}"
    except OSError as error:
        reason = str(error.strerror or type(error).__name__)
        problem = f"cannot be reached ({reason:.80}). Check the network connection."
    except (HTTPException, ValueError, OverflowError, zlib.error):
        problem = "did not answer as a web page does. Check the address."
    raise ArticleError(f"{target} {problem}") from None


def _request(target: Target) -> bytes:
    lines = [
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.netloc}",
        f"User-Agent: newsresearch/{__version__}",
        "Accept: text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii")


def _take(target: Target, response: HTTPResponse, wire: _Wire) -> Fetched | str:
    status, location = response.status, response.getheader("Location")
    if status in _MOVED and location:
        return location.encode("latin-1", "replace").decode("utf-8", "replace")
    if not 200 <= status < 300:
        answer = f"{status} {responses.get(status, '')}".strip()
        later = status >= 500 or status == 429
        advice = "Try again later." if later else "Check the address, or save the page as a file."
        raise ArticleError(f"{target} answers {answer}. {advice}")
    packing = (response.getheader("Content-Encoding") or "").strip().lower()
    raw = _unpack(_read_body(response, wire), packing)
    declared = (response.getheader("Content-Type") or "")[:500].strip()
    kind, charset = _KIND.match(declared), _CHARSET.search(declared)
    named = kind[0].lower() if kind else ""
    return Fetched(raw, target.url, named, charset[1].lower() if charset else "")


def _read_body(response: HTTPResponse, wire: _Wire) -> bytes:
    if (response.length or 0) > _LARGEST:
        raise _TooMuchError
    wire.budget = 2 * _LARGEST  # tiny chunks can weigh more than what they carry
    body = bytearray()
    while piece := response.read(64 * 1024):
        body += piece
        if len(body) > _LARGEST:
            raise _TooMuchError
    if response.length:  # a short read is no error to http.client
        raise HTTPException
    return bytes(body)


def _unpack(raw: bytes, packing: str) -> bytes:
    """Undo a compression that was not asked for, no further than the largest page."""
    if not raw or packing in {"", "identity"}:
        return raw
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise HTTPException
    bare = packing == "deflate" and (raw[0] & 15 != 8 or int.from_bytes(raw[:2]) % 31)
    reader = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS + 32)
    page = reader.decompress(raw, _LARGEST + 1)
    if len(page) > _LARGEST:
        raise _TooMuchError
    if not reader.eof or reader.unused_data.strip(b"\0"):
        raise HTTPException
    return page
