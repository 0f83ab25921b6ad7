"""Web addresses: taken apart strictly, looked up once, and only public ones let through."""

from __future__ import annotations

import re
import socket
import threading
import time
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from newsresearch.articles import ArticleError

__all__ = ["Address", "Target", "check_url", "find_addresses", "is_public", "seconds_left"]

_LONGEST_URL = 2048
_PORTS = {"http": 80, "https": 443}
_AUTHORITY = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::[0-9]{0,5})?")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)")  # by its last part an address, no name
_TRUST = "only public pages are fetched. Pass allow_private=True if you trust it."

# Special blocks that an older `ipaddress` takes for public ones.
_CLOSED = [ip_network(block) for block in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23",
                                           "2001:db8::/32", "3fff::/20")]  # fmt: skip
_GLOBAL = IPv6Network("2000::/3")  # the only addresses of IPv6 that are given out
_NAT64 = IPv6Network("64:ff9b::/96")
Address = tuple[socket.AddressFamily, tuple[Any, ...]]


class Target(NamedTuple):
    """An address whose every part was checked."""

    scheme: str
    host: str  # ASCII, lower case, without brackets or a last dot
    port: int
    path: str  # with the query

    @property
    def netloc(self) -> str:
        """The host as a URL and the Host header write it, with a port that is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    def __str__(self) -> str:
        """For messages: a query may hold a key, so it is left out."""
        return self.url.partition("?")[0][:120]


def check_url(url: object, allow_private: bool) -> Target:
    """Take an address apart and refuse what programs read in different ways."""
    if not isinstance(url, str):
        raise ArticleError(f"a web address is text; found {type(url).__name__}.")
    if len(url) > _LONGEST_URL:
        raise ArticleError(f"the web address is longer than {_LONGEST_URL} characters. Shorten it.")
    shown = _mask(url)
    if any(c == "\\" or unicodedata.category(c) in {"Cc", "Cs", "Zs", "Zl", "Zp"} for c in url):
        raise ArticleError(f"{shown} holds a blank, a control character or a backslash. Remove it.")
    try:
        parts = urlsplit(url)
        host, port, scheme = parts.hostname or "", parts.port, parts.scheme
    except ValueError:
        raise ArticleError(f"{shown} is no web address. Check its host and port.") from None
    if scheme not in _PORTS:
        raise ArticleError(f"{shown} is no web address. Give one that begins with https://.")
    if "@" in parts.netloc:
        raise ArticleError(f"{shown} holds a user name or password. Remove what is before the @.")
    if not _AUTHORITY.fullmatch(parts.netloc):  # urlsplit passes what stands around brackets
        raise ArticleError(f"{shown} is no web address. Check its host and port.")
    port = _PORTS[scheme] if port is None else port
    if port not in _PORTS.values() and not allow_private:
        raise ArticleError(f"{shown} asks for port {port}; only 80 and 443 are read.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]") if parts.query else ""
    return Target(scheme, _check_host(host, shown), port, path + query)


def _mask(url: str) -> str:
    """Show an unchecked address without what may be a password or a key in it."""
    masked = re.sub(r"^(\w+:[\\/]*)?.*(?:[@＠﹫]|%40)", r"\1…@", url, flags=re.DOTALL)
    return ascii(re.split(r"[?#]", masked, maxsplit=1)[0][:80]).replace("\\u2026", "…")


def _check_host(host: str, shown: str) -> str:
    """Return a host in its one plain ASCII spelling: a name, or the digits of an address."""
    try:
        if any(unicodedata.category(c) == "Cf" for c in host) or len(host) > 253:
            raise ValueError  # a character that is not seen is dropped by the look-up
        if ":" in host:
            return str(IPv6Address(host if "%" not in host else ""))
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
        if not _NAME.fullmatch(name):
            raise ValueError
        return str(IPv4Address(name)) if _NUMBER.fullmatch(name) else name
    except ValueError:
        expected = "a name or an address of four plain numbers"
        raise ArticleError(f"the host of {shown} is not {expected}. Check the address.") from None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address, or the one hidden in it, belongs to the public internet."""
    if isinstance(address, IPv6Address):
        hidden = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            hidden = IPv4Address(int(address) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(hidden)
        if address not in _GLOBAL:  # unspecified, loopback, local, multicast, Teredo's kin …
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    closed = any(address in block for block in _CLOSED)  # of the other version: never in
    return address.is_global and not special and not closed


def find_addresses(target: Target, deadline: float, allow_private: bool) -> list[Address]:
    """Look a host up, once; refuse it if any address of it is not public."""
    if not allow_private and re.search(r"(?:^|\.)localhost$", target.host):
        raise ArticleError(f"{target} leads to this machine; {_TRUST}")
    found = _read_number(target) or _look_up(target, deadline)
    for _, address in found:
        if not (allow_private or is_public(ip_address(address[0]))):
            raise ArticleError(f"{target} leads to the private address {address[0]}; {_TRUST}")
    return found[:4]


def _read_number(target: Target) -> list[Address]:
    """Return the address that a host spells out: nobody needs to be asked for it."""
    if ":" in target.host:
        return [(socket.AF_INET6, (target.host, target.port))]
    plain = _NUMBER.fullmatch(target.host)
    return [(socket.AF_INET, (target.host, target.port))] if plain else []


def _look_up(target: Target, deadline: float) -> list[Address]:
    """Ask for the addresses of a name in a thread, as nothing else can end a slow look-up."""
    answer: list[Any] = []

    def ask() -> None:
        try:
            answer.append(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except Exception as problem:
            answer.append(problem)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds_left(deadline))
    if not answer:
        raise TimeoutError
    if isinstance(answer[0], Exception):
        raise answer[0]
    return [(family, address) for family, _, _, _, address in answer[0]]


def seconds_left(deadline: float) -> float:
    """Return the time until a moment of the monotonic clock; TimeoutError if it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
