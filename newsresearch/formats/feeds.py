"""RSS and Atom feeds that were saved: each entry an article. Nothing is ever fetched.

Read by a parser that fills in nothing which a file defines for itself; own code takes the
entries, because the feed library that was tried repairs and rewrites texts without a word.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any

from newsresearch.articles import ArticleError
from newsresearch.decoding import decode
from newsresearch.formats.feeds_text import to_text
from newsresearch.formats.source import Row, Source, bad_row

__all__ = ["parse_feed"]

_LARGEST = 64 * 1024 * 1024  # bytes
_NEEDED = "feeds need lxml. Install it with: pip install 'newsresearch[web]'."
_SUMMARY = "only the feed's summary: the whole article is at its url"


def parse_feed(source: Source) -> Iterator[Row]:
    """Read the entries of an RSS or Atom feed.

    The whole text of an entry beats its summary; where there is only a summary, the row's
    `note` says so. HTML becomes plain text with its paragraphs. Entities and files that the
    feed defines for itself are not filled in.

    Raises
    ------
    ArticleError
        If it is no XML, XML of another kind, has no entries, or lxml is missing.
    """
    raw = source.read()
    if len(raw) > _LARGEST:
        raise ArticleError("the feed is larger than 64 MiB. Split it.")
    text, note = _decode(raw)
    root = _read_tree(text, source)
    outlet = _find_outlet(root)
    number = 0
    for number, entry in enumerate(root.iter("{*}item", "{*}entry"), start=1):
        name = f"{source.name}:{number}"
        row = {"article_id": name, **_read_entry(entry), "outlet": outlet}
        if row["headline"] or row["body"]:
            row["note"] = "; ".join(filter(None, [note, row["note"]]))
            yield {key: value for key, value in row.items() if value or key in _ALWAYS}
        else:
            yield bad_row(name, f"entry {number} has neither a headline nor a text.")
    if not number:
        raise ArticleError("the feed has no entries. Check how it was saved.")


_ALWAYS = {"headline", "body"}
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
# The other codecs of Python are no encodings of text, or slow by design.
_KNOWN = re.compile(r"(?:iso-?8859|latin|windows-|cp\d|koi8|gb|big5|euc|shift|mac)")


def _decode(raw: bytes) -> tuple[str, str]:
    """Return the text by the encoding that the file declares, or else by its looks."""
    declared = _DECLARED.match(raw[:400].lstrip())
    name = declared[1].decode().lower() if declared else ""
    if _KNOWN.match(name):
        try:
            return raw.decode(name), ""
        except (UnicodeError, LookupError):
            pass  # it declares what it is not
    return decode(raw)


def _read_tree(text: str, source: Source) -> Any:
    """Return the root of a feed, and tell what had to be mended in it."""
    try:
        from lxml import etree  # type: ignore[import-untyped]
    except ImportError as problem:
        raise ArticleError(_NEEDED) from problem
    text = _cut_prolog(text)
    name = re.match(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})", text)
    if name is None:
        raise ArticleError("this is no XML: it has no element. Save the feed itself.")
    if name[1].lower() not in {"rss", "rdf", "feed"}:
        kinds = f"this is XML with the root <{name[1]}>, no RSS or Atom feed"
        raise ArticleError(f"{kinds}. Convert it to CSV or JSON Lines.")
    # The prolog is gone, so nothing is defined; and an undefined entity stays as written.
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(_mend(text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise ArticleError(f"the feed cannot be read: {str(problem)[:80]}.") from None
    if root is None:
        raise ArticleError("the feed cannot be read: it breaks off at once. Save it again.")
    # Prefixes that were never declared are common, and understood.
    faults = [f for f in parser.error_log if f.type_name != "NS_ERR_UNDEFINED_NAMESPACE"]
    if faults:
        what = f"{' '.join(faults[0].message.split())[:80]}, line {faults[0].line} of its elements"
        source.tell(f"the feed is broken ({what})", "what could be read was kept: count the rows")
    return root


_ENDS = {"<?": "?>", "<!--": "-->"}


def _cut_prolog(text: str) -> str:
    """Return a document from its root element on: what it defines before is not wanted."""
    at = max(0, text.find("<"))
    while True:
        begin = next((begin for begin in _ENDS if text.startswith(begin, at)), "")
        if begin:
            end = text.find(_ENDS[begin], at) + len(_ENDS[begin])
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            found = _DOCTYPE.match(text, at)
            end = found.end() if found else 0
        else:
            return text[at:]
        at = text.find("<", end)
        if end <= 3 or at < 0:
            return ""


_DOCTYPE = re.compile(r"""<![^<>\[]*+(?:\[(?:[^\]"']|"[^"]*+"|'[^']*+')*+\]\s*+)?>""")
# What XML forbids; written as a number it is no better.
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_NAME = re.compile(r"([A-Za-z][A-Za-z0-9]{0,31});")
_OWN = {"amp", "lt", "gt", "quot", "apos"}


def _mend(text: str) -> str:
    """Escape the loose '&' and the names of HTML that stand outside of CDATA."""
    first, *others = _FORBIDDEN.sub(" ", text).split("<![CDATA[")
    mended = [_mend_references(first)]
    for piece in others:
        inside, mark, outside = piece.partition("]]>")
        # One that never closes is closed at the end, or libxml2 drops all of it.
        mended += ["<![CDATA[", inside, mark or "]]>", _mend_references(outside)]
    return "".join(mended)


def _mend_references(text: str) -> str:
    first, *others = text.split("&")
    return first + "".join(map(_mend_reference, others))


def _mend_reference(rest: str) -> str:
    """Return what follows a '&' with the '&' before it, as XML has to have it."""
    number = _NUMBER.match(rest)
    if number:
        code = int(number[1]) if number[1] else int(number[2], 16)
        is_character = code < 0x110000 and not _FORBIDDEN.match(chr(code))
        return f"&{rest}" if is_character else f" {rest[number.end() :]}"
    name = _NAME.match(rest)
    if name and name[1] in _OWN:
        return f"&{rest}"
    if name and name[0] in html5:
        return html5[name[0]].replace("&", "&amp;").replace("<", "&lt;") + rest[name.end() :]
    return f"&amp;{rest}"


_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dc",
    "http://www.w3.org/1999/xhtml": "xhtml",
}


def _name(element: Any, entry: Any) -> str:
    """Return `title` for an element of the feed's own kind, and `dc:title` for one of others."""
    space, _, local = element.tag.rpartition("}")
    own, _, _ = entry.tag.rpartition("}")
    if ":" in local:  # a prefix that was never declared
        return str(local)
    return str(local) if space == own else f"{_PREFIXES.get(space[1:], 'other')}:{local}"


def _group(entry: Any) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for element in entry.iterchildren("*"):
        groups.setdefault(_name(element, entry), []).append(element)
    return groups


def _find_outlet(root: Any) -> str:
    channel = next(root.iterchildren("{*}channel"), root)
    titles = _group(channel).get("title", [])
    return " ".join(_text_of(titles[0]).split()) if titles else ""


_TITLES = ("title", "dc:title")
_TEXTS = ("content:encoded", "content", "xhtml:body", "xhtml:div")
_SUMMARIES = ("description", "summary", "dc:description")
_DATES = (
    "pubDate", "published", "issued", "dc:date", "dc:issued", "dc:created", "created",
    "updated", "modified", "dc:modified",
)  # fmt: skip


def _read_entry(entry: Any) -> Row:
    groups = _group(entry)
    body, note = _first_text(groups, _TEXTS), ""
    if not body:
        body = _first_text(groups, _SUMMARIES)
        note = _SUMMARY if body else "the feed has no text of it: the whole article is at its url"
    return {
        "headline": " ".join(_first_text(groups, _TITLES).split()),
        "body": body,
        "byline": _read_byline(groups),
        "published": _read_date(_first_text(groups, _DATES)),
        "url": _read_url(groups),
        "note": note,
    }


def _first_text(groups: dict[str, list[Any]], names: tuple[str, ...]) -> str:
    elements = (element for name in names for element in groups.get(name, ()))
    return next(filter(None, map(_text_of, elements)), "")


_LOOKS_LIKE_HTML = re.compile(r"<[A-Za-z/!][^<>]*+>|&(?:#\w{1,8}|[A-Za-z]\w{1,30});")


def _text_of(element: Any) -> str:
    """Return the text of an element, whether it is plain, escaped HTML, or holds elements."""
    kind = (element.get("type") or "").lower()
    if element.get("mode") == "base64" or kind.startswith(("image", "audio", "video")):
        return ""
    if len(element):
        from lxml import etree

        return to_text(etree.tostring(element, encoding="unicode", with_tail=False))
    text = str(element.text or "")
    is_plain = kind in {"text", "text/plain"}
    return text.strip() if is_plain or not _LOOKS_LIKE_HTML.search(text) else to_text(text)


def _read_byline(groups: dict[str, list[Any]]) -> str:
    """Return who wrote an entry: `Ann Lee` also from `ann@bell.example (Ann Lee)`."""
    names = []
    for element in [*groups.get("author", ()), *groups.get("dc:creator", ())][:20]:
        inside = element.findtext("{*}name")
        name = " ".join((_text_of(element) if inside is None else inside).split())
        in_brackets = re.fullmatch(r"[^\s()]{1,200}@[^\s()]{1,200} \(([^()]{1,200})\)", name)
        names.append(in_brackets[1] if in_brackets else name)
    return ", ".join(dict.fromkeys(filter(None, names)))


def _read_date(text: str) -> str:
    """Return a date in ISO 8601; one of another form stays as it is."""
    text = text.strip()[:60]
    for read in (datetime.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text).isoformat()
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return text


def _read_url(groups: dict[str, list[Any]]) -> str:
    for link in groups.get("link", ()):
        address = link.get("href") if link.get("rel", "alternate") == "alternate" else None
        if address or (link.get("href") is None and (link.text or "").strip()):
            return str(address or link.text).strip()
    for unique in [*groups.get("guid", ()), *groups.get("id", ())]:
        address = (unique.text or "").strip()
        if address.startswith(("http://", "https://")) and unique.get("isPermaLink") != "false":
            return str(address)
    return ""
