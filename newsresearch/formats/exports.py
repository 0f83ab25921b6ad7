"""The exports of news databases: which layout a file has, and what holds no texts at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from newsresearch.articles import ArticleError
from newsresearch.formats.exports_factiva import DOCUMENT, has_codes, parse_factiva
from newsresearch.formats.exports_html import is_factiva_html, parse_factiva_html
from newsresearch.formats.exports_nexis import parse_nexis
from newsresearch.formats.exports_proquest import parse_proquest
from newsresearch.formats.exports_records import split_lines
from newsresearch.formats.source import Row, Source

__all__ = [
    "explain_no_body",
    "find_layout",
    "is_factiva_html",
    "is_media_cloud",
    "parse_export",
    "parse_factiva_html",
    "parse_nexis",
]

_PARSERS: dict[str, Callable[[str, Source], list[Row]]] = {
    "nexis": parse_nexis,
    "proquest": parse_proquest,
    "factiva": parse_factiva,
}


def _line(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t\xa0|\ufeff]*(?:{pattern})", re.MULTILINE | re.IGNORECASE)


_END = _line(r"End of Document[ \t\xa0]*$")
_BODY = _line(r"Body[ \t\xa0]*$")
_LOADED = _line(r"Load-Date:")
_LENGTH = _line(r"Length:[ \t\xa0]*\d[\d,.]* words")
_RULE = _line(r"_{20,}[ \t]*$")
_FULL_TEXT = _line(r"Full text:")
_NUMBER = _line(r"(?:ProQuest document ID|Document URL):")
_WORDS = _line(r"\d[\d,.]* words[ \t\xa0|]*$")
_OLD = _line(r"\d+ of \d+ DOCUMENTS[ \t]*$")
_OLD_LENGTH = _line(r"LENGTH:[ \t]*\d")
_FOREIGN = _line(
    r"(?:Länge|Longueur|Longitud|Lunghezza|Lengte)[ \xa0]?:[ \t\xa0]*\d[\d.,]*[ \xa0]"
    r"(?:Wörter|mots|palabras|parole|woorden)"
)


def find_layout(text: str) -> str:
    """Return whose export a text is: `nexis`, `proquest`, `factiva`, or "" for any other text.

    Two labels at least must be there, each on a line of its own, so an article that speaks of
    one is not taken for an export.

    Raises
    ------
    ArticleError
        If it is an export in a layout that is known but not read, so that it is not taken for
        one long article.

    Examples
    --------
    >>> find_layout("Title: Ferry late\\n\\nFull text: It rained.\\n\\nDocument URL: http://a.example")
    'proquest'
    """
    lines = split_lines(text)
    text = "\n".join(lines)
    if _BODY.search(text) and (_END.search(text) or _LOADED.search(text)):
        return "nexis"
    if _END.search(text) and (_LOADED.search(text) or _LENGTH.search(text)):
        return "nexis"
    if _NUMBER.search(text) and (_FULL_TEXT.search(text) or _RULE.search(text)):
        return "proquest"
    if _FULL_TEXT.search(text) and _RULE.search(text):
        return "proquest"
    if has_codes(lines) or (_WORDS.search(text) and any(map(DOCUMENT.fullmatch, lines))):
        return "factiva"
    _refuse_unread(text)
    return ""


def _refuse_unread(text: str) -> None:
    if _OLD.search(text) and _OLD_LENGTH.search(text):
        raise ArticleError(
            "this is an export of the old LexisNexis, which is not read. Export the documents "
            "from Nexis Uni as .docx."
        )
    if _FOREIGN.search(text):
        raise ArticleError(
            "this looks like an export of Nexis with labels that are not English. Set the "
            "language of its pages to English and export again."
        )


def parse_export(text: str, source: Source) -> list[Row]:
    """Return a row for each article of an export; a record that cannot be used says why.

    Raises
    ------
    ArticleError
        If the layout is none that is known.
    """
    layout = find_layout(text)
    if not layout:
        raise ArticleError(
            "the labels of no known export were found (Nexis Uni, ProQuest, Factiva). Export "
            "the full texts, with the labels in English."
        )
    rows = _PARSERS[layout]("\n".join(split_lines(text)), source)
    if not rows:
        raise ArticleError(f"this is an export of {layout}, but no document was found in it.")
    return rows


# --- tables without texts -----------------------------------------------------------------------

_TEXTS = frozenset({"body", "text", "content", "full_text", "fulltext", "story_text", "article"})
_MEDIA = frozenset({"media_name", "media_url", "media_id", "stories_id"})
_GKG = re.compile(r"\d{14}-T?\d{1,9}")
_GKG_NAMES = frozenset({"gkgrecordid", "v2documentidentifier", "v21date", "v2themes", "v2tone"})
_EVENT_NAMES = frozenset({"globaleventid", "actor1code", "actor2code", "goldsteinscale"})


def _plain(names: Sequence[str]) -> set[str]:
    return {re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_") for name in names}


def is_media_cloud(header: Sequence[str]) -> bool:
    """Tell whether a header is that of a Media Cloud table: titles and addresses, no texts.

    Examples
    --------
    >>> is_media_cloud(["id", "publish_date", "title", "url", "language", "media_name"])
    True
    """
    names = _plain(header)
    known = {"publish_date", *names & {"title", "story_title"}, *names & {"url", "story_url"}}
    return len(known) >= 3 and known <= names and bool(names & _MEDIA) and not names & _TEXTS


def explain_no_body(header: Sequence[str], first_cells: Sequence[str]) -> str:
    """Return why a table has no texts, and what to do, for tables that never have any.

    `header` is the first line of the table, `first_cells` the next one or the same; GDELT's
    tables have no header. Returns "" for other tables.

    Examples
    --------
    >>> explain_no_body(["20200101000000-1", "20200101000000", "1"], []).split(":")[0]
    'this is a table of the GDELT Global Knowledge Graph'
    """
    if is_media_cloud(header):
        url = next((name for name in header if name.strip().lower().endswith("url")), "url")
        url = next((name for name in header if _plain([name]) & {"url", "story_url"}), url)
        return (
            "this is a Media Cloud export: it holds headlines and addresses but no article "
            f"texts, which are never released. Fetch the pages of its {url!r} column yourself."
        )
    table, column = _find_gdelt(header, first_cells)
    if not table:
        return ""
    return (
        f"this is a table of the {table}: it holds codes and addresses but neither headlines "
        f"nor texts. Fetch the pages of its {column} yourself."
    )


def _find_gdelt(header: Sequence[str], first_cells: Sequence[str]) -> tuple[str, str]:
    """Return which table of GDELT this is and where its addresses are; both "" if none."""
    names = {name.replace("_", "") for name in _plain(header)}
    for cells in (header, first_cells):
        if cells and _GKG.fullmatch(cells[0].strip()):
            return "GDELT Global Knowledge Graph", "fifth column"
        if len(cells) in (57, 58, 61) and cells[0].strip().isdigit() and len(cells[1].strip()) == 8:
            return "GDELT event database", "last column"
    if len(names & _GKG_NAMES) > 1:
        return "GDELT Global Knowledge Graph", "'V2DocumentIdentifier' column"
    if len(names & _EVENT_NAMES) > 1:
        return "GDELT event database", "'SOURCEURL' column"
    return "", ""
