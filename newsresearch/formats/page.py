"""Saved web pages: one page, one article, found by trafilatura, bounded and checked by us."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from newsresearch.articles import ArticleError
from newsresearch.formats.metadata import cut_outlet, cut_repeats, find_host, read_metadata
from newsresearch.formats.page_extraction import (
    extract_paragraphs,
    parse_tree,
    simplify,
    total_length,
)
from newsresearch.formats.page_markup import (
    bare_paragraphs,
    bare_title,
    decode_page,
    refuse_other,
    repair,
    weigh_page,
)
from newsresearch.formats.source import Row, Source

__all__ = ["extract_page", "parse_html"]

LARGEST_PAGE = 10 * 1024 * 1024
SECONDS = 20.0  # that a heavy page may take, in a process that is killed then
_MEMORY = 2 * 1024**3
_GONE = 100  # characters: less is no article
_AS_IT_STANDS = "its bare text was taken, furniture and all"
_FIELDS = ("headline", "body", "byline", "published", "url", "outlet", "note")


def parse_html(source: Source) -> list[Row]:
    """Read a page as one article.

    Raises
    ------
    ArticleError
        If it is no page, too large, or holds no article text.
    """
    page = extract_page(source.read())
    wanted = {key: text for key, text in page.items() if text or key in _FIELDS[:2]}
    return [{"article_id": source.name, **wanted}]


def extract_page(raw: bytes, url: str = "") -> dict[str, str]:
    """Return the article of a page.

    Parameters
    ----------
    raw : bytes
        The page as it was saved or sent, up to 10 MiB.
    url : str, optional
        Its address, where known; else the one that the page names.

    Returns
    -------
    dict
        `headline, body, byline, published, url, outlet, note`, each a text and empty where
        unknown. Paragraphs of the body are a blank line apart, `published` is an ISO date,
        `note` says what was cut or could not be done.

    Raises
    ------
    ArticleError
        If it is no page, too large, or holds no article text.
    """
    if len(raw) > LARGEST_PAGE:
        raise ArticleError(f"the page has {len(raw):,} bytes; more than 10 MiB are not read.")
    text, note = decode_page(raw)
    text = repair(text)
    refuse_other(text)
    _need_trafilatura()
    reason = weigh_page(text)
    page = _extract_apart(text, url, reason) if reason else _extract(text, url)
    page["note"] = "; ".join(filter(None, (note, page["note"])))
    if not page["body"].strip():
        raise ArticleError(_explain_empty(text))
    return {key: page[key] for key in _FIELDS}


def _need_trafilatura() -> None:
    try:
        import trafilatura  # noqa: F401
    except ImportError as problem:
        raise ArticleError(
            "HTML pages need trafilatura. Install it with: pip install 'newsresearch[web]'."
        ) from problem


def _explain_empty(text: str) -> str:
    start = "no article text found in the page"
    if re.search(r"<(?:frameset|iframe)\b", text, re.IGNORECASE):
        return f"{start}: it only shows other pages in frames. Save the page in the frame."
    if text.lower().count("<script") > 2:
        return f"{start}; it may be filled in by scripts. Save it from a browser once it is shown."
    return f"{start}. Check that the whole page was saved."


# --- ordinary pages -----------------------------------------------------------------------------


def _extract(text: str, url: str) -> dict[str, str]:
    """Return the fields of a page; its bare text where a parser fails or loses the article."""
    try:
        tree, whole = parse_tree(text)
        simplify(tree)
        fields = read_metadata(tree, url)
        paragraphs = extract_paragraphs(tree)
    except Exception as problem:  # a fault of a parser in one page must not lose the others
        return _bare_page(text, url, f"the page could not be parsed ({type(problem).__name__})")
    found = total_length(paragraphs)
    if not whole or found < _GONE:
        bare = bare_paragraphs(text)
        # A page that was parsed whole and has little prose may just be short.
        if total_length(bare) > (1 if not whole else 2) * found + _GONE:
            paragraphs, fields["note"] = bare, f"the parser lost the article: {_AS_IT_STANDS}"
    return _finish(paragraphs, fields)


def _bare_page(text: str, url: str, problem: str) -> dict[str, str]:
    """Return what can be had without a parser."""
    host = find_host(url)
    fields = dict.fromkeys(_FIELDS, "") | {
        "headline": cut_outlet(bare_title(text), host), "url": url, "outlet": host,
        "note": f"{problem}: {_AS_IT_STANDS}",
    }  # fmt: skip
    return _finish(bare_paragraphs(text), fields)


def _finish(paragraphs: list[str], fields: dict[str, str]) -> dict[str, str]:
    headline = fields["headline"]
    kept, notes, byline = cut_repeats(paragraphs, headline, fields["byline"])
    note = "; ".join(filter(None, (fields.get("note"), *notes)))
    return fields | {"body": "\n\n".join(kept), "byline": byline, "note": note}


# --- heavy pages --------------------------------------------------------------------------------

# The child finds this very package, however it came to be on the path.
_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from newsresearch.formats.page import _serve; _serve()"
)


def _extract_apart(text: str, url: str, reason: str) -> dict[str, str]:
    """Extract a heavy page in a process of its own: its parser is C, which no signal stops."""
    task = json.dumps({"text": text, "url": url}).encode()
    root = str(Path(__file__).resolve().parents[2])
    problem = f"the page is too heavy ({reason})"
    try:
        done = subprocess.run(  # noqa: S603 - our own code, and nothing of the page in the command
            [sys.executable, "-c", _CHILD, root], input=task, capture_output=True, timeout=SECONDS
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.SubprocessError):
        answer = None
    if not isinstance(answer, dict):
        return _bare_page(text, url, problem)
    return {key: str(answer.get(key, "")) for key in _FIELDS}


def _serve() -> None:
    """Do the work of the child: a task as JSON in, a page as JSON out."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, OSError, ValueError):  # Windows has no such limit
        pass
    task = json.load(sys.stdin.buffer)
    page = _extract(task["text"], task["url"])
    sys.stdout.buffer.write(json.dumps(page).encode())
