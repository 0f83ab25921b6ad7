"""Sets that are published as folders of text files: read from the archive or from JSON Lines."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from newsresearch.articles import ArticleError
from newsresearch.datasets.shelf import Shelf
from newsresearch.decoding import decode, make_whole
from newsresearch.tables import pd

__all__ = ["load_fakenews", "load_onestop"]

_LEVELS = {"Ele-Txt": "elementary", "Int-Txt/Int-Txt": "intermediate", "Adv-Txt": "advanced"}
_COLLECTION = re.compile(r"(Buzzfeed|Random) [^/]*/(Real|Fake|Satire)(_titles)?/([^/]+)\.txt$")
_LEVEL = re.compile(
    r"Texts-SeparatedByReadingLevel/(Ele-Txt|Int-Txt/Int-Txt|Adv-Txt)/([^/]+)-(?:ele|int|adv)\.txt$",
    re.IGNORECASE,
)
# Elementary files that hold the text of another story; more may be among the rest.
_SUSPECT = {"Royal Baby", "WNL The millenials"}


def load_fakenews(shelf: Shelf) -> pd.DataFrame:
    """Load fakenewsdata1: headline and body of an article are two files of one name."""
    if not shelf.is_zip("articles.jsonl"):
        records = pd.DataFrame(shelf.records("articles.jsonl"))
        ours = {"id": "article_id", "title": "headline", "text": "body"}
        return records.rename(columns=ours)[[*ours.values(), "label", "collection"]]
    texts: dict[tuple[str, str, str], dict[str, str]] = {}
    for path, raw in shelf.members("articles.jsonl"):
        if (found := _COLLECTION.search(path)) and not _is_hidden(path):
            collection, label, titles, name = found.groups()
            key = (collection.lower(), label.lower(), name)
            texts.setdefault(key, {})["headline" if titles else "body"] = _text(raw)
    return pd.DataFrame(
        [
            {
                "article_id": "/".join(key),
                "headline": found.get("headline", ""),
                "body": found.get("body", ""),
                "label": key[1],
                "collection": key[0],
            }
            for key, found in sorted(texts.items())
        ]
    )


def load_onestop(shelf: Shelf) -> pd.DataFrame:
    """Load OneStopEnglish: one row a story and level."""
    if shelf.is_zip("texts.jsonl"):
        rows = [
            (found[2], _LEVELS[found[1]], _text(raw), found[2] in _SUSPECT)
            for path, raw in shelf.members("texts.jsonl")
            if (found := _LEVEL.search(path)) and not _is_hidden(path)
        ]
    else:
        rows = [
            (record["slug"], record["level"], record["text"], bool(record["suspect"]))
            for record in shelf.records("texts.jsonl")
        ]
    table = pd.DataFrame(rows, columns=["topic", "level", "body", "suspect"])
    # The other levels of such a story are right, but there is nothing to compare them with.
    wrong = set(table.loc[table["suspect"], "topic"])
    return table.assign(
        article_id=table["topic"] + "/" + table["level"],
        label=table["level"],
        suspect=table["topic"].isin(wrong),
    )


def _text(raw: bytes) -> str:
    """Return the text of a file without its line ends: each file here is one text."""
    try:
        return make_whole(decode(raw)[0], []).replace("\r\n", "\n").strip()
    except ArticleError:  # empty, or no text: the row stays and says nothing
        return ""


def _is_hidden(path: str) -> bool:
    """Tell the files that a Mac adds to an archive."""
    return any(part.startswith(("__MACOSX", "._")) for part in PurePosixPath(path).parts)
