"""Article text and metadata of saved pages, beside trafilatura and newspaper4k.

    NEWSRESEARCH_DATA=folder uv run --locked python benchmarks/extraction.py [--test]

Gold 1 is the article-extraction-benchmark: whole bodies by hand. Scored by its method: the
multiset of 4-word shingles of each page gives a precision and a recall, both are averaged over
pages (precision over those with any text), F1 is of the two means. `words` is the same with
single words. Gold 2 is the English part of trafilatura's own evaluation pages, on which
trafilatura was tuned: pieces that must and must not be in the text, title, author, date.
Half of each is for development (even sha256 of the id); `--test` prints the other.
Speed is in pages a second of CPU time, as a ratio to trafilatura's fast mode with metadata.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import pandas as pd
from public_data import find_data

from newsresearch.articles import ArticleError
from newsresearch.formats.page import extract_page
from newsresearch.furniture import strip_furniture

NEEDED = (
    "article-extraction-benchmark/ground-truth.json.gz",
    "trafilatura-eval/evaldata_en.json.gz",
)
ROUNDS = 2  # the faster of these counts
Found = dict[str, str]  # body, headline, byline, published


class Page(NamedTuple):
    """A page and what is known of it."""

    raw: bytes
    url: str
    gold: dict[str, Any]


# --- the systems --------------------------------------------------------------------------------


def ours(page: Page) -> Found:
    """Return what we read."""
    try:
        return extract_page(page.raw, page.url)
    except ArticleError:
        return {}


def ours_stripped(page: Page) -> Found:
    """Return what we read, without furniture."""
    found = ours(page)
    row = {"article_id": ["page"], "headline": [""], "body": [found.get("body", "")]}
    table, _ = strip_furniture(pd.DataFrame(row, dtype="str"))
    return {**found, "body": str(table.loc[0, "body"])}


def run_trafilatura(page: Page, fast: bool) -> Found:
    """Return what trafilatura reads, with its metadata."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        page.raw, url=page.url, fast=fast, include_comments=False, with_metadata=True
    )
    if found is None:
        return {}
    names = {"body": "text", "headline": "title", "byline": "author", "published": "date"}
    return {ours: getattr(found, theirs) or "" for ours, theirs in names.items()}


def newspaper4k(page: Page) -> Found:
    """Return what newspaper4k reads; nothing where it fails."""
    import newspaper

    try:
        article = newspaper.Article(page.url, fetch_images=False)
        article.download(input_html=page.raw.decode("utf-8", "replace"))
        article.parse()
    except Exception:  # a language whose extra package is not there
        return {}
    date = article.publish_date
    return {
        "body": article.text,
        "headline": article.title,
        "byline": "; ".join(article.authors),
        "published": date.strftime("%Y-%m-%d") if date else "",
    }


SYSTEMS: dict[str, Callable[[Page], Found]] = {
    "ours": ours,
    "ours, furniture stripped": ours_stripped,
    "trafilatura, fast": lambda page: run_trafilatura(page, fast=True),
    "trafilatura, default": lambda page: run_trafilatura(page, fast=False),
    "newspaper4k": newspaper4k,
}
REFERENCE = "trafilatura, fast"


def list_systems() -> dict[str, Callable[[Page], Found]]:
    """Return the systems that are installed here."""
    try:
        import newspaper  # noqa: F401
    except ImportError:
        print("newspaper4k is not installed (dependency group `bench`): its row is left out")
        return {name: system for name, system in SYSTEMS.items() if name != "newspaper4k"}
    return SYSTEMS


# --- the pages ----------------------------------------------------------------------------------


def read_pages(folder: Path, needed: str) -> dict[str, Page]:
    """Return the pages of a gold file by id."""
    golds = json.loads(gzip.decompress((folder / needed).read_bytes()))
    home = (folder / needed).parent / "html"
    pages = {}
    for key, gold in golds.items():
        raw = gzip.decompress((home / f"{gold.get('file', f'{key}.html')}.gz").read_bytes())
        pages[key] = Page(raw, gold.get("url", key), gold)
    return pages


def take_half(pages: dict[str, Page], test: bool) -> list[Page]:
    """Return the development half, or the test half."""
    digests = {key: int(hashlib.sha256(key.encode()).hexdigest(), 16) for key in pages}
    return [page for key, page in pages.items() if digests[key] % 2 == test]


def run(system: Callable[[Page], Found], pages: list[Page]) -> tuple[list[Found], float]:
    """Return what a system finds and the pages a second of its faster round."""
    spent = []
    for _ in range(ROUNDS):
        begun = process_time()
        found = [system(page) for page in pages]
        spent.append(process_time() - begun)
    return found, len(pages) / min(spent)


# --- the scores ---------------------------------------------------------------------------------


def count_shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    """Return the runs of so many words; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    runs = range(max(1, len(words) - size + 1)) if words else ()
    return Counter(tuple(words[at : at + size]) for at in runs)


def score_bodies(pairs: Iterable[tuple[str, str]], size: int = 4) -> tuple[float, float, float]:
    """Return F1, precision and recall of (gold, found) texts."""
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, got = count_shingles(gold, size), count_shingles(found, size)
        hits = (wanted & got).total()
        if got:
            precisions.append(hits / got.total())
        if wanted:
            recalls.append(hits / wanted.total())
    precision = sum(precisions) / max(1, len(precisions))
    recall = sum(recalls) / max(1, len(recalls))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def plain(text: str) -> str:
    """Return a text in lower case without marks."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def share_pieces(pages: list[Page], found: list[Found], key: str) -> float:
    """Return the share of gold pieces that are in the text."""
    texts = [" ".join(one.get("body", "").split()) for one in found]
    hits = [
        " ".join(piece.split()) in text
        for page, text in zip(pages, texts, strict=True)
        for piece in page.gold.get(key) or []
    ]
    return sum(hits) / max(1, len(hits))


def share_right(pages: list[Page], found: list[Found], theirs: str, key: str) -> float:
    """Return the share of pages whose title or date is one of the gold ones."""
    hits = [
        plain(one.get(key) or "") in {plain(gold) for gold in as_list(page.gold[theirs])}
        for page, one in zip(pages, found, strict=True)
        if page.gold.get(theirs)
    ]
    return sum(hits) / max(1, len(hits))


def share_authors(pages: list[Page], found: list[Found]) -> float:
    """Return the share of pages with exactly the names of the gold."""

    def names(texts: list[str]) -> set[str]:
        return {plain(name) for text in texts for name in re.split(r"[;,/]| and ", text)} - {""}

    hits = [
        names(as_list(page.gold["author"])) == names([one.get("byline") or ""])
        for page, one in zip(pages, found, strict=True)
        if page.gold.get("author")
    ]
    return sum(hits) / max(1, len(hits))


def as_list(value: Any) -> list[str]:
    """Return a list of one or more gold values."""
    return list(value) if isinstance(value, list) else [value]


# --- the tables ---------------------------------------------------------------------------------


def print_bodies(pages: list[Page], part: str) -> None:
    """Print the scores of bodies and the speed."""
    print(f"article-extraction-benchmark, {part}: {len(pages)} pages")
    print(f"{'':<26}{'F1':>7}{'prec':>7}{'rec':>7}{'words':>7}{'speed':>7}")
    results = {name: run(system, pages) for name, system in list_systems().items()}
    for name, (found, speed) in results.items():
        bodies = [
            (page.gold["articleBody"], one.get("body", ""))
            for page, one in zip(pages, found, strict=True)
        ]
        f1, precision, recall = score_bodies(bodies)
        words = score_bodies(bodies, size=1)[0]
        ratio = speed / results[REFERENCE][1]
        print(f"{name:<26}{f1:>7.3f}{precision:>7.3f}{recall:>7.3f}{words:>7.3f}{ratio:>7.2f}")


def print_pieces(pages: list[Page], part: str) -> None:
    """Print the shares of pieces and of right metadata."""
    print(f"trafilatura's evaluation pages, English, {part}: {len(pages)} pages")
    print(f"{'':<26}{'in':>7}{'kept out':>10}{'title':>7}{'author':>8}{'date':>7}")
    for name, system in list_systems().items():
        found = [system(page) for page in pages]
        inside, outside = (share_pieces(pages, found, key) for key in ("with", "without"))
        title = share_right(pages, found, "title", "headline")
        date = share_right(pages, found, "date", "published")
        author = share_authors(pages, found)
        print(
            f"{name:<26}{inside:>7.3f}{1 - outside:>10.3f}{title:>7.3f}{author:>8.3f}{date:>7.3f}"
        )


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    logging.disable(logging.CRITICAL)  # the peers log what they cannot read
    test = "--test" in sys.argv[1:]
    part = "test half" if test else "development half"
    for needed, table in zip(NEEDED, (print_bodies, print_pieces), strict=True):
        table(take_half(read_pages(folder, needed), test), part)
    return 0


if __name__ == "__main__":
    sys.exit(main())
