"""Nasty texts, cells and files, always the same ones; every word of them is our own.

Each text is short enough to be scored (or one character too long on purpose), each file is
written by ``write_files`` with what must come of it.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from hypothesis import strategies as st

from newsresearch.articles import MAX_CHARACTERS

HEADLINE = "Council backs plan for a harbour ferry"
BODY = (
    "The council backed the plan for a ferry on Tuesday. “It isn’t cheap,” said the mayor, "
    "Ann Lee.\n\nThe harbour crew was not asked. Lee said that they would be heard in May."
)

# --- texts -----------------------------------------------------------------------------------

_FEW: dict[str, str] = {
    "empty": "",
    "blanks": " \t \n\r\n \xa0\u2003 ",
    "line breaks": "\n\n\r\n\r\v\f\x1c\x85\u2028\u2029",
    "invisible": "\u200b\u200d\u2060\ufeff\xad",
    "letter": "a",
    "capital": "A",
    "digit": "7",
    "dot": ".",
    "mark": "”",
    "apostrophe": "’",
    "NUL": "The ferry\0 is late.\0",
    "C0 controls": "".join(map(chr, range(32))).join(["The ferry is ", "late."]),
    "C1 controls": "".join(map(chr, range(127, 160))).join(["The ferry is ", "late."]),
    "high surrogate": "The \ud83d ferry is late.",
    "low surrogate": "The \ude00 ferry is late.",
    "surrogates": "\udfff\ud800" * 40,
    "separators": "It is late.\u2028It rained.\u2029It stopped.\x85He left.\vShe said so.\fEnd.",
    "bidi": "The \u202eferry\u202c is \u2067late\u2069.",
    "zero width": "The fer\u200bry is l\u200date\ufeff.",
    "soft hyphen": "The coun\xadcil backed the fer\xadry.",
    "mojibake": "The council said â€œwe canâ€™t payâ€\x9d and left the cafÃ©.",
    "Arabic": "قال الوزير إن المجلس وافق على الخطة يوم الثلاثاء. " * 6,
    "Chinese": "市议会周二支持渡轮计划。市长说，这并不便宜。" * 6,
    "Russian": "Городской совет поддержал план паромной переправы во вторник. " * 6,
    "Thai": "สภาเมืองสนับสนุนแผนเรือข้ามฟากเมื่อวันอังคาร " * 6,
    "emoji family": "The crew 👩‍👩‍👧‍👦 is glad 🇬🇧 today 👍🏽.",
    "zalgo": "T\u0300\u0301\u0302\u0303\u0304\u0305he fer\u0316\u0317\u0318\u0319ry is late.",
    "decomposed": "The cafe\u0301 of Jose\u0301 Peñ\u0303a closed.",
    "far planes": "The 𝔣𝔢𝔯𝔯𝔶 is ㎞ ﬁne, ① Ⅳ ½ of it. \U0010ffff\ufffe",
    "HTML": "<script>alert(1)</script><b>The ferry</b> &amp; &lt;i&gt; <!-- late -->",
    "templates": "%s %d %(name)s {} {0} {article!r:>9} ${HOME} $x_{ $ \\1 \\N{DASH} \\u0041 {{}}",
    "formula": '=HYPERLINK("a","b")\n+1\n-1\n@sum\n\t|x',
    "curly": "“It isn’t good,” she said. ‘No.’ „So“ «oder» ‹so›",
    "straight": "\"It isn't good,\" she said. 'No.' \"",
    "nested marks": "“‘“‘“x’”’”’ \"'\"'\"y'\"'\"' “a “b “c” d” e",
    "inches": "The 5\" pipe and the 6'2\" man, '90s and rock 'n' roll.",
    "crossing marks": "‘a “b c’ d” e. “a ‘b” c’ d.",
    "decimals": "1.2.3.4 5:06 7,8,9 .5 5. 6.\n7. A. B. U.S. U.S.A. e.g. i.e. No. 5 p.m. a.m.",
    "citations": "The ferry.[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15][16] It is late.[111111111111111]",
    "marks of splitters": "The ♭ ferry ☉ is ∯ late ȸ today ♟ and ∮ so on.",
    "glued": "last year.The ferry!Then,he said:“no”.She left?He.",
    "furniture only": "Share\n\nAdvertisement\n\nRead more: the ferry",
    "own surrogate name": "Mr \ud800 Lee said so. Lee said no.",
}

# A pattern, repeated: what grows faster than the text shows here.
_MANY = {
    "dots": ".",
    "spaced dots": ". ",
    "ellipses": "… ",
    "straight quotes": '"',
    "spaced quotes": '" ',
    "opening quotes": "“",
    "closing quotes": "”",
    "single quotes": "'",
    "opening singles": "said 'x ",
    "curly singles": "said ‘x ",
    "newlines": "\n",
    "returns": "\r",
    "blanks": " ",
    "brackets": "(",
    "square brackets": "[1](",
    "emoji": "😀",
    "marks": "\u0301",
    "accents": "e\u0301",
    "zero widths": "\u200b",
    "one token": "abcdefghij",
    "letters": "a",
    "capitals": "A",
    "digits": "1",
    "numbers": "1. ",
    "initials": "A. ",
    "acronyms": "NATO ",
    "hyphens": "a-",
    "apostrophes": "a'",
    "dashes": "— ",
    "addresses": "http://a.b/",
    "mails": "a@b.",
    "stars": "AAA*BB",
    "tiny lines": "a\n",
    "tiny paragraphs": "a\n\n",
    "double breaks": "\r\n \u2028",
    "buttons": "Share\n",
    "one name": "Mr Ann Lee said. ",
    "short paragraphs": "He said. \n\n",
    "one front": "The X Front ",
    "roles": "minister Minister ",
    "particles": "Ann de la ",
    "helpers": "Lee has ",
    "doubled": "the the ",
    "spellings": "the defence of the defense ",
    "no stop": "the council rejected the ferry ",
    "negations": "the council will not back the ferry, ",
    "markup": "<b>&amp;</b>",
    "glued": "abc.The ",
    "connectives": "However, he said so.\n\n",
}
_CONSONANTS = "bcdfghklmnprstvz"


def _names(pattern: str, length: int) -> str:
    """Return a pattern filled with one new surname after the other."""
    pieces: list[str] = []
    total = 0
    while total < length:
        at, syllables = len(pieces), []
        for vowel in "aeio":
            syllables.append(_CONSONANTS[at % 16] + vowel)
            at //= 16
        pieces.append(pattern.format("".join(syllables).capitalize() + "n"))
        total += len(pieces[-1])
    return "".join(pieces)[:length]


_GROWING = {
    "new people": "Mr Ann {} said so. ",
    "new surnames": "{} said that it was so. ",
    "new fronts": "The Free {} Front met them. ",
    "new words": "the {} of the town ",
}


def long_text(name: str, length: int) -> str:
    """Return a text of a length that repeats one thing; LONG has the names."""
    if name in _GROWING:
        return _names(_GROWING[name], length)
    return (_MANY[name] * (length // len(_MANY[name]) + 1))[:length]


LONG = (*_MANY, *_GROWING)
SHORT = _FEW


def huge_texts() -> dict[str, str]:
    """Return texts over the limit of one article."""
    over = MAX_CHARACTERS + 1
    return {"one line": "word " * (over // 5 + 1), "one token": "x" * over, "dots": "." * over}


# What the rules look for, and what may stand between; also broken, foreign and invisible.
_PIECES = [
    *"aAbB19.!?…\"“”‘’'«»„()[]-–—,:;*@/& \n\r\t\v\x85\u2028\xa0\u0301\u200b\xad\x1c\0\ud800😀",
    *("Mr ", "The ", "He said ", "\n\n", "U.S.", "p.m. ", "Share\n", "Advertisement\n", ". "),
    *("GETTY*IG", "Ann ", "Lee ", "said ", ".The", " the the ", "http://a.b", "Kyiv ", "Kiev "),
    *(
        "ferry ",
        "council ",
        "backs ",
        "rejected ",
        "not ",
        "However, ",
        "Front ",
        "NATO ",
        "defence ",
    ),
]
# Any text at all, and texts on which the rules have work to do.
ANY_TEXT = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=50).map("".join),
    st.text(st.characters(), max_size=120),
)


# Cells that are no text, as tables hold them.
CELLS: dict[str, Any] = {
    "None": None,
    "NaN": float("nan"),
    "NA": pd.NA,
    "NaT": pd.NaT,
    "int": 7,
    "float": 1.5,
    "bool": True,
    "bytes": b"The ferry is late.",
    "dict": {"text": "The ferry is late."},
    "list": ["The", "ferry"],
    "tuple": (),
    "object": object,
}

# --- files -----------------------------------------------------------------------------------


class NastyFile(NamedTuple):
    """What a file must give: `rows` rows of which `bad` have an error, or a refusal that says
    `says` (rows is then 0)."""

    name: str
    rows: int
    bad: int = 0
    says: str = ""


_TEXT = f"{HEADLINE}\n\n{BODY}\n"
_TABLE = "article_id,headline,body\n1,One ferry,The ferry is late.\n2,Two ferries,They are late.\n"
_DEEP = '{"headline": "a", "body": ' + "[" * 50_000 + "]" * 50_000 + "}"
_LINE = json.dumps({"headline": HEADLINE, "body": "The ferry is late."})


def _parquet() -> bytes:
    """Return a good Parquet table."""
    table = pd.DataFrame({"article_id": ["1"], "headline": ["A ferry"], "body": ["It is late."]})
    raw = io.BytesIO()
    table.to_parquet(raw)
    return raw.getvalue()


def _zip(*names: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, _TEXT)
    return raw.getvalue()


def encoded_body() -> str:
    """Return a text with characters that encodings differ in."""
    return BODY.replace("ferry", "café")


def contents() -> Iterator[tuple[NastyFile, bytes]]:
    """Yield what can be written as bytes."""
    for encoding in ("cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        yield NastyFile(f"{encoding}.txt", 1), f"{HEADLINE}\n\n{encoded_body()}".encode(encoding)
    yield NastyFile("latin-1.txt", 1), "Café\n\nThe café is closed; it costs £5.".encode("latin-1")
    yield NastyFile("utf-16.csv", 2), _TABLE.encode("utf-16")
    yield NastyFile("utf-8 cut.txt", 1), _TEXT.encode() + "é".encode()[:1]
    yield NastyFile("utf-8 broken.txt", 1), b"Head\n\nThe \xff\xfe\xff ferry \x81 is late."
    yield NastyFile("NUL.txt", 1), b"Head\0line\n\nThe fer\0ry is late."
    yield NastyFile("returns only.txt", 1), _TEXT.replace("\n", "\r").encode()
    yield NastyFile("headline only.txt", 1), HEADLINE.encode()
    yield NastyFile("no headline.txt", 1), (BODY.replace("\n\n", " ") * 4).encode()
    yield NastyFile("furniture only.txt", 1), b"Share\n\nAdvertisement\n"
    yield NastyFile("empty.txt", 0, says="empty"), b""
    yield NastyFile("blank.txt", 0, says="empty"), b" \r\n\t\n"
    yield NastyFile("BOM only.txt", 0, says="empty"), b"\xef\xbb\xbf"
    yield NastyFile("BOM and blanks.txt", 0, says="empty"), b"\xff\xfe \0\n\0"
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    for kind, raw in {
        "PNG": picture,
        "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "program": b"\x7fELF\x02\x01\x01" + b"\0" * 64,
        "gzip": gzip.compress(_TEXT.encode(), mtime=0),
        "ZIP": _zip("a.txt"),
        "binary": bytes(range(32)) * 40,
    }.items():
        yield NastyFile(f"{kind}.txt", 0, says=kind), raw
        yield NastyFile(f"{kind}.csv", 0, says=kind), raw
    yield from _tables()
    yield from _lines()
    good = _parquet()
    broken = good[:40] + bytes(byte ^ 0xFF for byte in good[40:400]) + good[400:]
    yield NastyFile("good.parquet", 1), good
    yield NastyFile("cut.parquet", 0, says="Parquet"), good[:-20]
    yield NastyFile("broken.parquet", 0, says="Parquet"), broken
    yield NastyFile("text.parquet", 0, says="Parquet"), _TEXT.encode()
    yield NastyFile("empty.parquet", 0, says="Parquet"), b""
    yield NastyFile("ferry.docx", 0, says="word/document.xml"), _zip("a.txt")
    yield NastyFile("no ending", 0, says="kind"), _TEXT.encode()
    yield from _packed()
    yield from _pages()


def _tables() -> Iterator[tuple[NastyFile, bytes]]:
    page = b"<html><body><p>Not found, or moved; sorry.</p>\n</body></html>"
    odd = "article_id,headline,body\n1,a\n2,a,b,c,d\n3,One ferry,It is late.\n"
    shouting = "".join(f"{n},{n},{n}\n" for n in ("NA", "None", "null", "nan", "007", "N/A"))
    wide = ",".join(f"c{at}" for at in range(300))
    yield NastyFile("ragged.csv", 3, 2), odd.encode()
    yield NastyFile("semicolons.csv", 2), _TABLE.replace(",", ";").encode()
    yield NastyFile("tabs.csv", 2), _TABLE.replace(",", "\t").encode()
    yield NastyFile("returns.csv", 2), _TABLE.replace("\n", "\r").encode()
    yield NastyFile("header only.csv", 0, says="rows"), b"article_id,headline,body\n"
    yield NastyFile("blank first.csv", 2), b"\r\n\n" + _TABLE.encode()
    yield NastyFile("page.csv", 0, says="HTML page"), page
    yield NastyFile("no body.csv", 0, says="'body'"), b"article_id,headline,lead\n1,a,b\n"
    yield NastyFile("other names.csv", 1), b"id,Title,main_text\n1,a,b\n"
    yield NastyFile("twice.csv", 0, says="twice"), b"headline,body,body\na,b,c\n"
    yield NastyFile("ids.csv", 4), b"article_id,headline,body\n1,a,b\n1,c,d\n1#2,e,f\n,g,h\n"
    yield NastyFile("words for nothing.csv", 6), f"article_id,headline,body\n{shouting}".encode()
    yield NastyFile("huge field.csv", 1), b"headline,body\na," + b"b" * 3_000_000 + b"\n"
    yield NastyFile("open quote.csv", 3, 1), b'headline,body\na,b\nc,"d\ne,f\n'
    yield NastyFile("wide.csv", 1), f"headline,body,{wide}\n{',' * 301}".encode()
    yield NastyFile("NUL.csv", 1), b"headline,body\na\0,b\0c\n"


def _packed() -> Iterator[tuple[NastyFile, bytes]]:
    """Yield archives: good ones, cut ones, and those that would fill the memory or the disk."""
    text = gzip.compress(_TEXT.encode(), mtime=0)
    yield NastyFile("good.txt.gz", 1), text
    yield NastyFile("good.csv.gz", 2), gzip.compress(_TABLE.encode(), mtime=0)
    yield NastyFile("cut.csv.gz", 1), gzip.compress(_TABLE.encode(), 0, mtime=0)[:-50]
    yield NastyFile("cut to nothing.txt.gz", 0, says="nothing could be read"), text[:12]
    yield NastyFile("no gzip.txt.gz", 0, says="no gzip file"), _TEXT.encode()
    yield NastyFile("bomb.txt.gz", 0, says="bomb"), gzip.compress(bytes(1 << 26), mtime=0)
    yield NastyFile("twice.txt.gz", 0, says="gzip file"), gzip.compress(text, mtime=0)
    names = ("a.txt", "../up.txt", "/root.txt", "b.zip", "picture.png")
    yield NastyFile("names.zip", 4, 3), _zip(*names)
    yield NastyFile("cut.zip", 0, says="ZIP"), _zip("a.txt")[:-30]
    yield NastyFile("empty.zip", 0, says="holds no files"), _zip(*())


def _pages() -> Iterator[tuple[NastyFile, bytes]]:
    """Yield web pages that a parser may lose, and what only bears the name of one."""
    prose = "".join(f"<p>{part}</p>" for part in BODY.split("\n\n"))
    page = f"<html><head><title>{HEADLINE}</title></head><body>{{}}{prose}{{}}</body></html>"
    for name, before, after in (
        ("good", "", ""),
        ("deep", "<div>" * 400, "</div>" * 400),
        ("noncharacter", "&#xFFFE;", ""),
        ("NUL", "\0", "\0"),
        ("links", "", "<p>" + "<a href='#'>x</a> " * 3_000 + "</p>"),
        ("entities", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>&a;', ""),
    ):
        yield NastyFile(f"{name}.html", 1), page.format(before, after).encode()
    yield NastyFile("empty.html", 0, says="no article text"), b"<html><body></body></html>"
    yield NastyFile("text.xml", 0, says="XML"), _TEXT.encode()
    yield (
        NastyFile("page.xml", 0, says="no RSS or Atom feed"),
        b"<?xml version='1.0'?><note>A</note>",
    )
    yield NastyFile("text.db", 0, says="SQLite"), _TEXT.encode()
    yield NastyFile("text.rtf", 0, says="RTF"), _TEXT.encode()
    yield NastyFile("text.warc", 0, says="WARC"), _TEXT.encode()
    yield NastyFile("deep.json", 0, says="nested too deeply"), _DEEP.encode()


def _lines() -> Iterator[tuple[NastyFile, bytes]]:
    number = '{"headline": "a", "body": "b", "n": ' + "9" * 6000 + "}"
    broken = '{"headline": "a \\ud800", "body": "The \\udfff ferry."}'
    kinds = '[1]\n"a"\n7\nnull\n{"headline": "a"}\n{"headline": null, "body": 7}'
    yield NastyFile("good.jsonl", 2), f"{_LINE}\n\n{_LINE}".encode()
    yield NastyFile("BOM.jsonl", 1), f"\ufeff{_LINE}".encode()
    yield NastyFile("bad line.jsonl", 3, 1), f"{_LINE}\n{{oops\n{_LINE}\n".encode()
    yield NastyFile("cut.jsonl", 2, 1), f"{_LINE}\n{_LINE[:-5]}".encode()
    yield NastyFile("deep.jsonl", 2, 1), f"{_LINE}\n{_DEEP}".encode()
    yield NastyFile("deep only.jsonl", 0, says="JSON"), _DEEP.encode()
    yield NastyFile("number.jsonl", 2, 1), f"{_LINE}\n{number}".encode()
    yield NastyFile("surrogates.jsonl", 1), broken.encode()
    yield NastyFile("kinds.jsonl", 7, 6), f"{_LINE}\n{kinds}".encode()
    yield NastyFile("NaN.jsonl", 2, 1), f'{_LINE}\n{{"headline": "a", "body": NaN}}'.encode()
    yield NastyFile("separator.jsonl", 1), _LINE.replace("late", "la\u2028te").encode()


# What the file system itself makes nasty: made by hand, in a folder of their own.
SPECIAL = (
    NastyFile("pipe.txt", 0, says="no plain file"),
    NastyFile("loop.txt", 0, says="no file or folder"),
    NastyFile("missing.txt", 0, says="no file or folder"),
    NastyFile("folder.txt", 0, says="no articles"),
)


def write_files(folder: Path) -> list[NastyFile]:
    """Write every file that is only bytes, and return what each must give."""
    expected = []
    for file, raw in contents():
        (folder / file.name).write_bytes(raw)
        expected.append(file)
    return expected


def write_special(folder: Path) -> tuple[NastyFile, ...]:
    """Make the pipe, the link to itself and the folder that looks like a file."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "folder.txt").mkdir()
    return SPECIAL
