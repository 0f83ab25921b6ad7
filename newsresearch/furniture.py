"""Page furniture: buttons, adverts, credits and teasers that a scraper left in the text.

Found by own rules, line by line; removed only by ``strip_furniture``, with receipts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pandas as pd

from newsresearch.articles import FIELDS, check_articles, has_surrogates, iter_articles
from newsresearch.lexicons import load_entries, load_words
from newsresearch.plain import plain_text

__all__ = ["RECEIPT_DTYPES", "Furniture", "find_furniture", "is_furniture", "strip_furniture"]


class Furniture(NamedTuple):
    """A piece of page furniture in a text, and why it is taken for one."""

    start: int
    end: int
    kind: str
    reason: str


RECEIPT_DTYPES = {
    "article_id": "str", "field": "str", "start": "int64", "end": "int64",
    "quote": "str", "kind": "str", "reason": "str",
}  # fmt: skip

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_OUTER = " \t\xa0.:;!|*•·–—-…»>›→▶[]()\"'"
_LONGEST = 400
_MOST_WORDS = 30


@cache
def _openings() -> list[tuple[str, str, re.Pattern[str]]]:
    """Return how whole lines of furniture begin: kind, why, pattern."""
    rows = (entry.split(" :: ") for entry in load_entries("furniture", "openings"))
    return [(kind, why, re.compile(pattern, re.IGNORECASE)) for kind, why, pattern in rows]


_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+|[\w.+-]+@[\w-]+\.[\w.]+")
# 'SNAPPIX*LN', also where the next sentence is glued to it.
_GLUED_CREDIT = re.compile(r"(?<!\w)[A-Z]{3,20}\*[A-Z]{2,12}?(?=[A-Z][a-z]|(?!\w))")


def find_furniture(text: str) -> list[Furniture]:
    """Find page furniture in a text, in order, without overlap.

    Sees known buttons, adverts, teasers, credits and notices on a line of their own, and
    picture credits glued to a sentence. Cannot see furniture worded like prose.

    Examples
    --------
    >>> find_furniture("Share\\n\\nThe vote was close.")
    [Furniture(start=0, end=5, kind='button', reason='a line of page furniture')]
    """
    found: list[Furniture] = []
    for line in _LINE.finditer(text):
        stripped = line[0].strip()
        start = line.start() + line[0].find(stripped)
        reason = _judge(stripped)
        if reason:
            found.append(Furniture(start, start + len(stripped), *reason))
        else:
            found += _glued_credits(text, line.start(), line.end())
    return found


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is page furniture."""
    return _judge(line.strip()) is not None


def _judge(line: str) -> tuple[str, str] | None:
    """Return the kind and the reason if the line is furniture, else None."""
    if len(line) > _LONGEST:
        return None
    plain = plain_text(line)
    core = plain.strip(_OUTER)
    if core.lower() in load_entries("furniture", "adverts"):
        return "advert", "an advertisement marker"
    if core.lower() in load_entries("furniture", "lines"):
        return "button", "a line of page furniture"
    if not core or len(plain.split()) > _MOST_WORDS:
        return None
    for kind, reason, pattern in _openings():
        if pattern.match(plain.lstrip(_OUTER[:-4])):
            return kind, reason
    return _judge_credit(core)


def _judge_credit(core: str) -> tuple[str, str] | None:
    if _ADDRESS.fullmatch(core):
        return "address", "a bare web or mail address"
    parts = [part for part in re.split(r"[^A-Za-z]+", core) if part]
    agencies = load_words("furniture", "credits")
    named = any(part.lower() in agencies for part in parts)
    if named and core.isupper() and "(" not in core and len(parts) <= 4:
        return "credit", "a picture agency's name standing alone"
    if _GLUED_CREDIT.fullmatch(core):
        return "credit", "a picture credit"
    return None


def _glued_credits(text: str, start: int, end: int) -> Iterator[Furniture]:
    for credit in _GLUED_CREDIT.finditer(text, start, end):
        yield Furniture(*credit.span(), "credit", "a picture credit glued to the text")


def strip_furniture(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the articles without page furniture, and a receipt for every removal.

    Nothing else changes. What goes is the furniture and the line break after it, so the
    paragraphs around it stay apart. A text with broken characters (lone surrogates) is kept.

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
    rows: list[tuple[object, ...]] = []
    # A headline is never cut: 'Live' may be all there is of it.
    columns = check_articles(articles).columns
    fields = [name for name in FIELDS if name in columns and name != "headline"]
    cleaned: dict[str, list[str]] = {name: [] for name in fields}
    for article in iter_articles(articles):
        for name, texts in cleaned.items():
            text = article.field(name)
            text, receipts = (text, []) if has_surrogates(text) else _strip(text)
            texts.append(text)
            rows += [(article.article_id, name, *receipt) for receipt in receipts]
    new = articles.copy()
    for name, texts in cleaned.items():
        # Only a column of objects can hold broken characters, and has to go on holding them.
        dtype = "object" if articles[name].dtype == object else "str"
        new[name] = pd.Series(texts, index=articles.index, dtype=dtype)
    cells = list(zip(*rows, strict=True)) or [()] * len(RECEIPT_DTYPES)
    table = {
        name: pd.Series(list(values), dtype=dtype)
        for (name, dtype), values in zip(RECEIPT_DTYPES.items(), cells, strict=True)
    }
    return new, pd.DataFrame(table)


_BREAKS = re.compile(r"[\n\r\v\f\x85\u2028\u2029]*")


def _strip(text: str) -> tuple[str, list[tuple[int, int, str, str, str]]]:
    """Cut the furniture out of one text: what stays, and what went."""
    kept, receipts, at = [], [], 0
    for piece in find_furniture(text):
        breaks = _BREAKS.match(text, piece.end)
        end = piece.end if "glued" in piece.reason or not breaks else breaks.end()
        kept.append(text[at : piece.start])
        receipts.append((piece.start, end, text[piece.start : end], piece.kind, piece.reason))
        at = end
    return "".join(kept) + text[at:], receipts
