"""Page furniture: buttons, adverts, credits and teasers that a scraper left in the text.

Found by own rules, line by line; removed only by ``strip_furniture``, with receipts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import compress
from typing import Any

from newsresearch.articles import (
    FIELDS,
    Article,
    check_articles,
    has_surrogates,
    iter_articles,
)
from newsresearch.furniture.rules import Furniture, cut_credits, is_heading, is_title, judge
from newsresearch.tables import pd, to_table

__all__ = [
    "RECEIPT_DTYPES",
    "Furniture",
    "find_furniture",
    "is_furniture",
    "strip_article",
    "strip_furniture",
]


RECEIPT_DTYPES = {
    "article_id": "str", "field": "str", "start": "int64", "end": "int64",
    "quote": "str", "kind": "str", "reason": "str",
}  # fmt: skip

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_TEXT = re.compile(r"\S")
_ENDS = ".!?…:;\"”’')]»"
# A list of links ends after so many lines.
_MOST_LINKS = 24


def find_furniture(text: str) -> list[Furniture]:
    """Find page furniture in a text, in order, without overlap.

    Sees known buttons, adverts, teasers, credits, bylines and notices on a line of their own,
    lists of links below a heading such as 'Related', and picture credits glued to a sentence or
    in brackets at the end of a line. Cannot see furniture worded like prose.

    Examples
    --------
    >>> find_furniture("Share\\n\\nThe vote was close.")
    [Furniture(start=0, end=5, kind='button', reason='a line of page furniture')]
    """
    return list(_find(text))


@lru_cache(maxsize=4)  # several checks of one article ask for the same text
def _find(text: str) -> tuple[Furniture, ...]:
    return tuple(piece for line in _read_lines(text) for piece in line.pieces)


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is page furniture."""
    return judge(line.strip()) is not None


# --- lines ------------------------------------------------------------------------------------


@dataclass
class _Line:
    """A line without the blanks around it, what of it is furniture, and what stays."""

    start: int
    end: int
    rest: str
    pieces: list[Furniture] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return bool(self.pieces) and not self.rest

    def take(self, kind: str, reason: str) -> None:
        """Take the whole line for furniture."""
        self.pieces, self.rest = [Furniture(self.start, self.end, kind, reason)], ""


def _read_lines(text: str) -> list[_Line]:
    """Judge the lines in order, each by the lines before it that stay.

    Lines that go take the breaks after them along, so stripping twice finds nothing more.
    """
    lines = []
    for found in _LINE.finditer(text):
        stripped = found[0].strip()
        start = found.start() + found[0].find(stripped)
        if stripped:
            lines.append(_Line(start, start + len(stripped), stripped))
    block = 0
    for at, line in enumerate(lines):
        if line.whole:
            continue
        _read_line(line, goes_on=block > 1)
        if line.whole:
            if is_heading(text[line.start : line.end]):
                _take_links(lines, at + 1)
            continue
        after = lines[at + 1].start if at + 1 < len(lines) else line.end
        block = _add_to_block(block, line.rest, text[line.end : after])
    return lines


def _add_to_block(block: int, line: str, gap: str) -> int:
    """Count the lines cut at a column, if the next line may go on with their sentence.

    Below 0 are lines of such a block whose last one ends a sentence.
    """
    if not 50 <= len(line) <= 100 or len(_BREAK.findall(gap)) != 1:
        return 0
    count = abs(block) + 1
    return -count if line[-1] in _ENDS else count


def _read_line(line: _Line, goes_on: bool) -> None:
    """Judge a line, and again what is left of it after a cut, until nothing more is found."""
    places: Sequence[int] = range(line.start, line.end)
    while line.rest:
        # What a cut leaves may have blanks around it.
        reason = judge(line.rest.strip(), goes_on)
        cuts = [Furniture(0, len(line.rest), *reason)] if reason else list(cut_credits(line.rest))
        if not cuts:
            break
        kept = bytearray(b"\1" * len(line.rest))
        for cut in cuts:
            line.pieces += _pieces(places[cut.start : cut.end], cut.kind, cut.reason)
            kept[cut.start : cut.end] = bytes(cut.end - cut.start)
        places = list(compress(places, kept))
        line.rest = "".join(compress(line.rest, kept))
    line.rest = line.rest.strip()
    line.pieces.sort()


def _pieces(places: Sequence[int], kind: str, reason: str) -> Iterator[Furniture]:
    """Turn places in the raw text into pieces, one for each unbroken row of places."""
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield Furniture(places[start], places[at - 1] + 1, kind, reason)
            start = at


def _take_links(lines: list[_Line], at: int) -> None:
    """Mark what a heading lists: two titles or more in a row, or all that is left of the text."""
    titles: list[_Line] = []
    ended = len(lines) <= at + _MOST_LINKS
    for line in lines[at : at + _MOST_LINKS]:
        if line.whole or judge(line.rest):
            if not is_heading(line.rest):
                continue
            # Another list begins, so nothing but links can stand in between.
            ended = True
            break
        if not is_title(line.rest) or any(cut_credits(line.rest)):
            ended = False
            break
        titles.append(line)
    if len(titles) >= 2 or ended:
        for line in titles:
            line.take("teaser", "a link in a list of links")


# --- stripping --------------------------------------------------------------------------------


def strip_furniture(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the articles without page furniture, and a receipt for every removal.

    Nothing else changes. What goes is the furniture and, where that is a whole line, the blanks
    and breaks after it, so the paragraphs around it stay apart. Stripping twice is stripping
    once. A text with broken characters (lone surrogates) is kept.

    Returns
    -------
    articles : DataFrame
        The same rows and columns, with `preamble`, `headline` and `body` cleaned.
    receipts : DataFrame
        One row a removal: `article_id, field, start, end, quote, kind, reason`, where
        ``quote == text[start:end]`` of the text as it was before, so putting the quotes back
        in order restores it to the last character.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.
    """
    rows: list[dict[str, Any]] = []
    columns = check_articles(articles).columns
    cleaned: dict[str, list[str]] = {name: [] for name in _CUT if name in columns}
    for article in iter_articles(articles):
        stripped, receipts = strip_article(article)
        rows += receipts
        for name, texts in cleaned.items():
            texts.append(stripped.field(name))
    new = articles.copy()
    for name, texts in cleaned.items():
        # Only a column of objects can hold broken characters, and has to go on holding them.
        dtype = "object" if articles[name].dtype == object else "str"
        new[name] = pd.Series(texts, index=articles.index, dtype=dtype)
    return new, to_table(rows, RECEIPT_DTYPES)


def strip_article(article: Article) -> tuple[Article, list[dict[str, Any]]]:
    """Return one article without page furniture, and the receipts, as ``strip_furniture`` does."""
    texts: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    for name in _CUT:
        text = article.field(name)
        if not has_surrogates(text):
            texts[name], receipts = _strip(text)
            named = (article.article_id, name)
            rows += [dict(zip(RECEIPT_DTYPES, named + one, strict=True)) for one in receipts]
    return replace(article, **texts), rows


# A headline is never cut: 'Live' may be all there is of it.
_CUT = tuple(name for name in FIELDS if name != "headline")


def _strip(text: str) -> tuple[str, list[tuple[int, int, str, str, str]]]:
    """Cut the furniture out of one text: what stays, and what went."""
    kept, receipts, at = [], [], 0
    for line in _read_lines(text):
        for piece in line.pieces:
            end = piece.end
            if line.whole and end == line.end:
                end = len(text) if (after := _TEXT.search(text, end)) is None else after.start()
            kept.append(text[at : piece.start])
            receipts.append((piece.start, end, text[piece.start : end], piece.kind, piece.reason))
            at = end
    return "".join(kept) + text[at:], receipts
