"""A small valid file of every kind that is read; every word of them is our own."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache

import pandas as pd
from nasty import BODY, HEADLINE

from newsresearch.formats.registry import PARSERS

_ROWS = [
    {"article_id": "1", "headline": HEADLINE, "body": BODY, "published": "2021-05-04"},
    {"article_id": "2", "headline": "“No ferry”, says crew", "body": "They are late; it rained."},
]
_PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{HEADLINE}</title>
<meta property="og:title" content="{HEADLINE}"><meta name="author" content="Ann Lee">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}",
"datePublished": "2021-05-04"}}</script></head><body><nav><a href="/">Home</a></nav><article>
<h1>{HEADLINE}</h1><p>{BODY}</p><p>It isn&rsquo;t cheap, &amp; it is <b>late</b>.<br>So they
said.</p></article></body></html>"""
_RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Ferry News</title>
<item><title>{HEADLINE}</title><link>https://ferry.example/1</link><guid>1</guid>
<pubDate>Tue, 04 May 2021 08:00:00 GMT</pubDate><description>&lt;p&gt;{BODY}&lt;/p&gt;
</description></item><item><title><![CDATA[A second ferry]]></title></item></channel></rss>"""
_ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Ferry</title>
<entry><title>{HEADLINE}</title><id>1</id><updated>2021-05-04T08:00:00Z</updated>
<content type="html">{BODY}</content></entry></feed>"""
_RTF = r"""{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\b Council backs plan for a ferry}\par
\par The council backed the plan. \ldblquote It isn\rquote t cheap,\rdblquote  said Ann Lee.\par
Caf\'e9 \u8217? {\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt here}}\par }"""
_PROQUEST = f"""____________________________________________________________

Report Information from ProQuest

____________________________________________________________

Document 1 of 1

{HEADLINE}

Author: Lee, Ann

Publication info: The Harbour Post ; Port Sallow [Port Sallow]. 04 May 2021.

Full text: {BODY}

Title: {HEADLINE}

Publication title: The Harbour Post

Publication date: May 4, 2021

"""
_NEXIS = f"""{HEADLINE}

The Harbour Post

May 4, 2021 Tuesday

Copyright 2021 The Harbour Post All Rights Reserved

Section: NEWS; Pg. 1

Length: 40 words

Byline: Ann Lee

Body

{BODY}

Load-Date: May 4, 2021

End of Document
"""
_FACTIVA = f"""HD
{HEADLINE}

BY
Ann Lee

WC
40 words

PD
4 May 2021

SN
The Harbour Post

LP
{BODY}

TD
They are late; it rained.

AN
Document HPOST00020210504eh540001a
"""
_FACTIVA_PAGE = f"""<html><body><div class="article enArticle"><table><tr><td><b>HD</b></td><td>
<span class="enHeadline">{HEADLINE}</span></td></tr><tr><td><b>LP</b></td><td>
<p class="articleParagraph enarticleParagraph">{BODY}</p></td></tr></table></div></body></html>"""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pack(files: dict[str, bytes | str]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return raw.getvalue()


def docx(paragraphs: Iterable[str]) -> bytes:
    """Return a Word file with one run a paragraph."""
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return pack(
        {
            "[Content_Types].xml": f'{start}<Types xmlns="{types}"><Override ContentType="{kind}" '
            'PartName="/word/document.xml"/></Types>',
            "_rels/.rels": f'{start}<Relationships xmlns="{links}"><Relationship Id="r1" '
            f'Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{start}<w:document xmlns:w="{_W}"><w:body>{lines}</w:body>'
            "</w:document>",
        }
    )


def sqlite(rows: Sequence[dict[str, str]]) -> bytes:
    """Return a database with one table."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE news (id TEXT PRIMARY KEY, title TEXT, content TEXT, n INT)")
        cells = [(row["article_id"], row["headline"], row["body"], 7) for row in rows]
        database.executemany("INSERT INTO news VALUES (?, ?, ?, ?)", cells)
        database.commit()
        return database.serialize()


def warc(pages: Iterable[str]) -> bytes:
    """Return a web archive with one response a page."""
    records = []
    for number, page in enumerate(pages):
        body = page.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        block = head.encode() + body
        fields = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://ferry.example/{number}\r\nWARC-Date: 2021-05-04T08:00:00Z"
            f"\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}"
        )
        records.append(fields.encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
    return b"".join(records)


def _parquet() -> bytes:
    raw = io.BytesIO()
    pd.DataFrame(_ROWS).to_parquet(raw)
    return raw.getvalue()


@cache
def samples() -> dict[str, tuple[bytes, ...]]:
    """Return valid files of every kind in PARSERS, by their ending."""
    table = pd.DataFrame(_ROWS).to_csv(index=False)
    lines = "\n".join(map(json.dumps, _ROWS))
    texts = (f"{HEADLINE}\n\n{BODY}\n", _PROQUEST, _NEXIS, _FACTIVA)
    made: dict[str, tuple[bytes | str, ...]] = {
        ".txt": (*texts, f"Share\r\n{HEADLINE}\r\n".encode("utf-16"), b"Caf\xe9\n\nIt is closed."),
        ".md": (f"---\ntitle: {HEADLINE}\nauthor: Ann Lee\n---\n\n{BODY}", f"# {HEADLINE}\n{BODY}"),
        ".html": (_PAGE, _FACTIVA_PAGE, f"<p>{BODY}"),
        ".csv": (table, table.replace(",", ";"), 'title,text\r\n"a ""b""","c\nd"\r\n'),
        ".tsv": (pd.DataFrame(_ROWS).to_csv(index=False, sep="\t"),),
        ".json": (json.dumps(_ROWS), json.dumps({"data": _ROWS}), json.dumps(_ROWS[0], indent=1)),
        ".jsonl": (lines, "\ufeff" + lines + "\n"),
        ".parquet": (_parquet(),),
        ".sqlite": (sqlite(_ROWS),),
        ".docx": (docx([HEADLINE, *BODY.split("\n\n")]),),
        ".rtf": (_RTF, r"{\rtf1 " + HEADLINE + r"\par The ferry is late.\par}"),
        ".xml": (_RSS, _ATOM),
        ".warc": (warc([_PAGE, f"<p>{BODY}"]), gzip.compress(warc([_PAGE]), mtime=0)),
        ".zip": (pack({"a.txt": texts[0], "b/c.csv": table, "d.html": _PAGE, "e.pdf": b"%PDF"}),),
        ".gz": (gzip.compress(table.encode(), mtime=0), gzip.compress(texts[0].encode(), mtime=0)),
    }
    raw = {k: tuple(s.encode() if isinstance(s, str) else s for s in v) for k, v in made.items()}
    same = {".htm": ".html", ".ndjson": ".jsonl", ".rss": ".xml", ".db": ".sqlite"}
    same[".sqlite3"] = ".sqlite"
    return {kind: raw[same.get(kind, kind)] for kind in PARSERS}
