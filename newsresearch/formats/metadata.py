"""Headline, byline and outlet of a page, and what of them stands again above the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from newsresearch.plain import plain_text

__all__ = ["cut_repeats", "find_host", "read_metadata"]

_LONGEST_HEADLINE = 300
_SEPARATORS = r"[-–—|·•»:~]"
_NO_NAME = re.compile(r"no author|admin|staff|editor|unknown|guest|https?:.*", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    r"^(?:view all posts |written |words |reporting |posted )?by\b:?\s+", re.I
)


def read_metadata(tree: Any, url: str) -> dict[str, str]:
    """Return `headline, byline, published, url, outlet` of a parsed page, empty where unknown."""
    from trafilatura import extract_metadata

    found = extract_metadata(tree, default_url=url or None)
    address = url or found.url or ""
    host = find_host(address)
    site = re.sub(r"^www\.", "", found.sitename or "") or host
    headings = [_text_of(heading) for heading in tree.iter("h1")]
    return {
        "headline": choose_headline(found.title or "", headings, site, host),
        "byline": tidy_byline(found.author or "", site),
        "published": found.date or "",
        "url": address,
        "outlet": site,
    }


def find_host(url: str) -> str:
    """Return the host of an address without 'www.'; empty where there is none.

    Examples
    --------
    >>> find_host("https://www.post.example/a?b")
    'post.example'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _text_of(element: Any) -> str:
    for line_break in element.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join("".join(element.itertext()).split())


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", plain_text(text).casefold()).strip()


def choose_headline(title: str, headings: Sequence[str], site: str, host: str = "") -> str:
    """Return the heading that says what the title says, else the title without the outlet.

    Examples
    --------
    >>> choose_headline("Ferry is late | Invented News", ["Invented News"], "Invented News")
    'Ferry is late'
    """
    title = cut_outlet(" ".join(title.split()), site, host)
    words = set(_plain(title).split())
    sites = {_plain(site), _plain(host)}
    shown = [
        cut_outlet(heading, site, host)
        for heading in headings
        if 0 < len(heading) <= _LONGEST_HEADLINE and _plain(heading) not in sites
    ]
    for heading in shown:
        own = set(_plain(heading).split())
        if title.count(" ") >= 3 and _plain(heading).endswith(_plain(title)):
            return title  # a kicker stands in the heading
        if own and 2 * len(own & words) >= max(len(own), min(len(words), 4)):
            return heading
    if len(headings) == 1 and shown and shown[0].count(" ") >= 4:
        return shown[0]
    return title or next(iter(shown), "")


def cut_outlet(title: str, site: str, host: str = "") -> str:
    """Cut the outlet's name from either end of a title.

    Examples
    --------
    >>> cut_outlet("Rain - and more of it - The Invented Post", "Invented Post")
    'Rain - and more of it'
    """
    names = {_plain(name).removeprefix("the ") for name in (site, host, host.split(".")[0])} - {""}
    names |= {name.replace(" ", "") for name in names}
    # The name may hold a separator itself, so the longest tail comes first.
    for gap in re.finditer(rf"\s+{_SEPARATORS}+\s+", title):
        tail = _plain(title[gap.end() :]).removeprefix("the ")
        if tail in names or tail.replace(" ", "") in names:
            return title[: gap.start()]
    first = re.match(rf"([^|»]{{1,60}}?)\s+{_SEPARATORS}\s+(?=\S)", title)
    if first and _plain(first[1]).removeprefix("the ") in names:
        return title[first.end() :]
    return title


def tidy_byline(author: str, site: str = "") -> str:
    """Return names joined by commas, without 'By', placeholders and the outlet.

    Examples
    --------
    >>> tidy_byline("By Ann Lee; Max Poole; No Author")
    'Ann Lee, Max Poole'
    """
    names = (_BEFORE_NAME.sub("", name.strip(), count=1) for name in author.split(";"))
    kept = (name for name in names if name and not _NO_NAME.fullmatch(name))
    return ", ".join(dict.fromkeys(name for name in kept if _plain(name) != _plain(site)))


# --- what stands again above the body -----------------------------------------------------------

_TOP = 6  # paragraphs; a byline stands no lower
_BYLINE = re.compile(r"(?:(?:written|words|reporting|story) )?by:? (.{3,90})", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.'’-]*,?|and|&|for|of|the|in|de|van|von|der|al|bin")
_NO_BYLINE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:janu|febru)ary|march|april|may|june|july|"
    r"august|(?:septem|octo|novem|decem)ber|the|a|an|then|now|far|contrast",
    re.IGNORECASE,
)


def cut_repeats(
    paragraphs: Sequence[str], headline: str, byline: str
) -> tuple[list[str], list[str], str]:
    """Cut the headline and the byline where they stand again above the prose.

    Returns
    -------
    tuple
        The paragraphs that stay, notes on what was cut, and the byline (found here if it was
        not known).
    """
    kept, notes = list(paragraphs), []
    at = 0
    for paragraph in paragraphs[: min(_TOP, len(paragraphs) - 1)]:
        name = _match_byline(paragraph, byline)
        if _repeats(paragraph, headline):
            notes.append("headline repeated at the top: cut")
        elif name:
            notes.append(f"{paragraph!r} at the top: cut")
            byline = byline or name
        elif _is_prose(paragraph):
            break
        else:
            at += 1  # a date, a place, a kicker: not ours to cut, and the byline may follow
            continue
        del kept[at]
    return kept, list(dict.fromkeys(notes)), byline


def _repeats(paragraph: str, title: str) -> bool:
    """Tell whether a paragraph is the headline again, and not a sentence worded like it."""
    if len(paragraph) > _LONGEST_HEADLINE or not title:
        return False
    if paragraph[-1:] == "." and title[-1:] != ".":
        return False
    ours, theirs = _plain(paragraph), _plain(title[:_LONGEST_HEADLINE])
    if ours == theirs:
        return bool(ours)
    return len(ours) >= 20 and SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= 0.9


def _match_byline(paragraph: str, byline: str) -> str:
    """Return the names of a line that is nothing but a byline; empty for any other."""
    if len(paragraph) > 100:
        return ""
    if byline and _plain(paragraph) in {_plain(byline), f"by {_plain(byline)}"}:
        return byline
    found = _BYLINE.fullmatch(paragraph)
    words = found[1].split() if found else []
    if not words or len(words) > 10 or paragraph[-1] in ".!?:;,":
        return ""
    named = (
        len(words) > 1 and words[0][0].isupper() and not _NO_BYLINE.fullmatch(words[0].strip(","))
    )
    if not named or not all(_NAME.fullmatch(word) for word in words):
        return ""
    return re.split(r", | for | of | in ", " ".join(words))[0]


def _is_prose(paragraph: str) -> bool:
    return len(paragraph) > 200 or (paragraph[-1:] in '.!?”"' and paragraph.count(" ") >= 7)
