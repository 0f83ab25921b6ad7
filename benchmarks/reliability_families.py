"""Families of inputs of any size: texts that make rules start over, and files of many parts."""

from __future__ import annotations

import gzip
import json
import random
import warnings
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
from nasty import HEADLINE, LONG, SHORT, long_text
from samples import docx, pack, sqlite, warc

from newsresearch.finishing import finish
from newsresearch.formats.registry import parse
from newsresearch.formats.source import Source
from newsresearch.issues import Issues
from newsresearch.reading import read_articles


class Family(NamedTuple):
    """Inputs of one shape: how to make one of a size, and how far to go."""

    name: str
    make: Callable[[int], bytes]
    first: int
    most: int
    kind: str = ""
    whole: bool = False  # all stages, not the reader alone

    def read(self, raw: bytes) -> pd.DataFrame:
        """Read an input as its kind; without one, as ``read_articles`` takes it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if not self.kind:
                return read_articles(raw)
            issues = Issues()
            source = Source("row", f"file{self.kind}", issues=issues, raw=raw)
            return finish(parse(source, self.kind), "row", issues)


_NAMES = ("Ann", "Bea", "Cal", "Dov", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jon", "Kay", "Lou")
_DID = ("backed", "rejected", "praised", "delayed", "saw", "wanted", "welcomed", "mocked")
_WHAT = ("ferry", "harbour", "council", "bridge", "budget", "crew", "school", "market", "storm")


def news(length: int) -> str:
    """Return invented news: sentences, quotations, names and paragraphs, drawn by seed."""
    chance = random.Random(11)
    pieces: list[str] = []
    total = 0
    while total < length:
        who = f"{chance.choice(_NAMES)} {chance.choice(_WHAT).capitalize()}s"
        one, other, third = chance.sample(_WHAT, 3)
        did = chance.choice(_DID)
        pieces.append(
            chance.choice(
                (
                    f"{who} {did} the {one} on Tuesday, and the {other} was not asked. ",
                    f"“It isn’t the {one},” said {who}, a minister. “We’re glad of the {third}.” ",
                    f"However, the {one} of the {other} {did} some {chance.randrange(90)} of it. ",
                    f"The {third} cost ${chance.randrange(900)} million; they {did} it.\n\n",
                )
            )
        )
        total += len(pieces[-1])
    return "".join(pieces)[:length]


def _text(body: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda size: f"{HEADLINE}\n\n{body(size)}".encode()


def _repeat(pattern: str) -> Callable[[int], bytes]:
    return _text(lambda size: (pattern * (size // len(pattern) + 1))[:size])


def _long(name: str) -> Callable[[int], bytes]:
    return _text(lambda size: long_text(name, size))


def _headline(body: Callable[[int], str]) -> Callable[[int], bytes]:
    cells = {"headline": lambda size: body(size).replace("\n", " "), "body": lambda _: news(500)}
    return lambda size: json.dumps([{k: v(size) for k, v in cells.items()}]).encode()


TEXTS = {
    "news-like text": _text(news),
    "news in one line": _text(lambda size: news(size).replace("\n", " ")),
    "no stop": _long("no stop"),
    "dots": _long("dots"),
    "spaced dots": _long("spaced dots"),
    "straight quotes": _long("straight quotes"),
    "opening quotes": _long("opening quotes"),
    "single quotes": _long("curly singles"),
    "parentheses": _long("brackets"),
    "digits": _long("digits"),
    "numbers": _repeat("The 7 of 12, 3.5 per cent. "),
    "capitals": _long("capitals"),
    "new people": _long("new people"),
    "new fronts": _long("new fronts"),
    "new words": _long("new words"),
    "tiny paragraphs": _long("tiny paragraphs"),
    "zero widths": _long("zero widths"),
    "soft hyphens in words": _repeat("The fer\u00adry is la\u00adte. "),
    "combining marks": _long("marks"),
    "accents": _long("accents"),
    "emoji": _long("emoji"),
    "masks '@ @ @'": _repeat("The vote @ @ @ @ @ @ @ was close. "),
    "furniture lines": _repeat("Share\nAdvertisement\nRead more: the ferry\n"),
    "bylines": _repeat("By Ann Lee, Harbour Post\n"),
    "addresses": _long("addresses"),
    "connectives": _long("connectives"),
}
HEADLINES = {
    "headline: news": _headline(news),
    "headline: new people": _headline(lambda size: long_text("new people", size)),
    "headline: quotes": _headline(lambda size: long_text("spaced quotes", size)),
}


# --- files --------------------------------------------------------------------------------------


def _row(number: int) -> dict[str, str]:
    body = f"The council met {number} times. “It rained,” said Ann Lee. They went home late."
    return {"article_id": str(number), "headline": f"Ferry {number} is late", "body": body}


def _csv(size: int) -> bytes:
    return pd.DataFrame([_row(at) for at in range(size)]).to_csv(index=False).encode()


def _html(inner: Callable[[int], str]) -> Callable[[int], bytes]:
    start = f"<!DOCTYPE html><html><head><title>{HEADLINE}</title></head><body><article><h1>"
    rest = f"{HEADLINE}</h1><p>{news(1500)}</p>"
    return lambda size: f"{start}{rest}{inner(size)}</article></body></html>".encode()


def _rtf(piece: str) -> Callable[[int], bytes]:
    return lambda size: ("{\\rtf1\\ansi " + HEADLINE + "\\par " + piece * size + "}").encode()


def _rss(size: int) -> bytes:
    item = "<item><title>{headline}</title><description>{body}</description></item>"
    items = "".join(item.format(**_row(at)) for at in range(size))
    return f'<rss version="2.0"><channel><title>Ferry</title>{items}</channel></rss>'.encode()


def _zip(size: int) -> bytes:
    return pack({f"{at}.txt": "{headline}\n\n{body}".format(**_row(at)) for at in range(size)})


def _exported(size: int) -> bytes:
    """Return a Factiva export of that many articles."""
    start = "HD\n{headline}\n\nBY\nAnn Lee\n\nWC\n9 words\n\nPD\n4 May 2021\n\nSN\nThe Post\n\n"
    one = start + "LP\n{body}\n\nTD\nThey are late.\n\nAN\nDocument POST{article_id}\n\n"
    return "".join(one.format(**_row(at)) for at in range(size)).encode()


def _lines(size: int) -> bytes:
    return "\n".join(json.dumps(_row(at)) for at in range(size)).encode()


def _new_keys(size: int) -> bytes:
    return "\n".join(json.dumps({**_row(at), f"key {at}": at}) for at in range(size)).encode()


def _parted(size: int) -> bytes:
    return b"".join(gzip.compress(b"It rained.\n", 1, mtime=0) for _ in range(size))


def _attributes(size: int) -> str:
    return f"<p {' '.join(f'a{at}=1' for at in range(size))}>late</p>"


READERS = [
    Family("CSV rows, all stages", _csv, 25, 4_000, ".csv", whole=True),
    Family("CSV rows", _csv, 500, 200_000, ".csv"),
    Family("CSV open quotes", lambda n: b"headline,body\n" + b'a,"b\n' * n, 500, 400_000, ".csv"),
    Family("CSV same id", lambda n: b"id,headline,body\n" + b"1,a,b\n" * n, 500, 200_000, ".csv"),
    Family("CSV columns", lambda n: ("headline,body," + ",".join(map(str, range(n)))).encode()
           + b"\n" + b"," * (n + 1), 500, 100_000, ".csv"),
    Family("JSONL lines", _lines, 500, 200_000, ".jsonl"),
    Family("JSONL new keys", _new_keys, 50, 8_000, ".jsonl"),
    Family("JSON array", lambda n: json.dumps([_row(at) for at in range(n)]).encode(),
           500, 200_000, ".json"),
    Family("SQLite rows", lambda n: sqlite([_row(at) for at in range(n)]), 500, 200_000, ".sqlite"),
    Family("HTML paragraphs", _html(lambda n: "<p>The crew was not asked, she said.</p>" * n),
           100, 9_600, ".html"),  # more is read in a process of its own
    Family("HTML inline elements", _html(lambda n: f"<p>{'the <b>crew</b> ' * n}</p>"),
           100, 19_200, ".html"),
    Family("HTML links", _html(lambda n: f"<p>{'<a href=/a>crew</a> ' * n}</p>"),
           100, 19_200, ".html"),
    Family("HTML attributes", _html(_attributes), 100, 100_000, ".html"),
    Family("HTML nested tags", _html(lambda n: "<div>" * n + "late" + "</div>" * n),
           25, 100_000, ".html"),
    Family("HTML open brackets", _html(lambda n: "<" * n), 1_000, 1_000_000, ".html"),
    Family("HTML open comments", _html(lambda n: "<!-- " * n), 1_000, 256_000, ".html"),
    Family("HTML references", _html(lambda n: "&#146;" * n), 1_000, 1_000_000, ".html"),
    Family("RTF groups", _rtf("{\\b late} "), 500, 100_000, ".rtf"),
    Family("RTF nested groups", lambda n: b"{\\rtf1 late " + b"{" * n + b"x" + b"}" * (n + 1),
           500, 200_000, ".rtf"),
    Family("RTF characters", _rtf("\\u8217? \\'e9"), 500, 100_000, ".rtf"),
    Family("docx paragraphs", lambda n: docx([HEADLINE, *["It rained."] * n]),
           250, 100_000, ".docx"),
    Family("RSS items", _rss, 50, 50_000, ".xml"),
    Family("WARC records", lambda n: warc([f"<p>{news(600)}</p>"] * n), 10, 2_000, ".warc"),
    Family("zip members", _zip, 250, 9_600, ".zip"),
    Family("gzip parts", _parted, 500, 99_000, ".gz"),
    Family("Factiva export", _exported, 100, 50_000, ".txt"),
    Family("Markdown facts", lambda n: b"---\n" + b"a: b\n" * n + b"---\nIt rained.",
           1_000, 500_000, ".md"),
    Family("Markdown open facts", lambda n: b"---\n" + b"a: b\n" * n, 1_000, 500_000, ".md"),
]  # fmt: skip
FAMILIES = [
    *(Family(name, make, 1_000, 800_000, whole=True) for name, make in TEXTS.items()),
    *(Family(name, make, 1_000, 800_000, whole=True) for name, make in HEADLINES.items()),
    *READERS,
]


def all_texts(length: int = 4_000) -> dict[str, str]:
    """Return every nasty text, the growing ones at a length."""
    many = {f"many {name}": long_text(name, length) for name in LONG}
    return SHORT | many
