"""Checks for a text that was cut, glued, typed wrongly or left unclean: the thread is torn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsresearch.articles import Article
from newsresearch.furniture import find_furniture
from newsresearch.incoherence.finding import Finding, prose
from newsresearch.lexicons import load_words
from newsresearch.plain import straighten
from newsresearch.text import Span

__all__ = ["cut_off_ending", "furniture", "lost_space", "repeated_word"]


# Stripped before scoring as all furniture is, but in a news text they surprise nobody.
_ORDINARY = {"byline", "time stamp", "desk", "contact", "handle"}


def furniture(article: Article) -> Iterator[Finding]:
    """Page furniture left in the text: a button, an advert, a picture credit.

    Known misses: furniture worded like prose; a teaser without a marker such as 'Read more:'.
    Bylines, times of publication, the desk's notes and contacts are passed over on purpose.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(furniture, "It rained.\\n\\nAdvertisement\\n\\nIt stopped.")
    ['Advertisement']
    >>> fires(furniture, "The advertisement was banned.")
    []
    """
    for field in ("preamble", "body"):
        for piece in find_furniture(article.field(field)):
            if piece.kind not in _ORDINARY:
                span = Span(piece.start, piece.end)
                yield Finding(span, f"{piece.reason}, not the article", field)


_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)[ \t\xa0]+\1(?![\w'’&-])", re.IGNORECASE)


def repeated_word(article: Article) -> Iterator[Finding]:
    """A short word typed twice in a row.

    Known misses: doubled names and content words, which are often meant ('Walla Walla').
    'That that' may be grammatical.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(repeated_word, "She took the the bus and had had enough.")
    ['the the']
    """
    slips = load_words("damage", "never_twice")
    for found in _TWICE.finditer(article.body):
        if found[1].lower() in slips and not article.is_quoted(found.start()):
            weak = "hint" if found[1].lower() == "that" else ""
            reason = f"‘{found[1]}’ stands twice in a row"
            yield Finding(Span(*found.span()), reason, confidence=weak)


_ADDRESS = frozenset("@/\\_#&=+")
_TOKEN = re.compile(r"\S+")
_CORE = "\"“”‘’'()[]—–-,.;:!?…"
_GLUED_STOP = re.compile(r"(?:[^\W\d_]*[a-z]{2}|\d{2,4})[.!?][”\"’]?([A-Z][a-z]+)(?:['’]s)?")
_GLUED_COMMA = re.compile(r"[^\W\d_]*[a-z]{2}[,;:][a-z]{2,}")
_GLUED_CAPITAL = re.compile(r"(?:[^\W\d_]*[a-z]{3}|[A-Z]{2,}|\d{3,})([A-Z][a-z]{1,8})")
_GLUED_APOSTROPHE = re.compile(r"([a-z]{3,})['’]([a-z]{4,})")


def lost_space(article: Article) -> Iterator[Finding]:
    """Two words or sentences glued together: 'year.The', 'said,that', 'CREDITThe'.

    Known misses: two lower-case words run together ('ofthe'); anything that looks like a web
    address, a file name or a brand.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(lost_space, "It closed last year.The owner said he would'quickly sell it.")
    ['year.The', "would'quickly"]
    >>> fires(lost_space, "McDonald's and Booking.Com don’t open at 6.40am.")
    []
    """
    for token in _TOKEN.finditer(article.body):
        core = token[0].strip(_CORE)
        if core.isalpha() and core[1:].islower():  # nearly always
            continue
        if len(core) > 60 or not _ADDRESS.isdisjoint(core):
            continue
        piece = _glued(core)
        if piece:
            at = token.start() + token[0].find(piece)
            yield Finding(Span(at, at + len(piece)), "a space is missing between two words")


def _glued(token: str) -> str:
    """Return the glued part of a token, or nothing."""
    for part in token.split("*"):
        stop = _GLUED_STOP.fullmatch(part)
        if stop and stop[1].lower() not in load_words("sentences", "domains"):
            return part
        capital = _GLUED_CAPITAL.fullmatch(part)
        if _GLUED_COMMA.fullmatch(part) or (
            capital and capital[1].lower() in load_words("damage", "starters")
        ):
            return part
        apostrophe = _GLUED_APOSTROPHE.fullmatch(part)
        if apostrophe and apostrophe[1] not in load_words("damage", "elisions"):
            return part
    return ""


_ENDED = ".!?…:\"”’'»)]}*—–"
_FEWEST_WORDS = 6
_EMBED = re.compile(r"@\w|https?:|\.com/|\b(?:photo|video) posted by\b", re.IGNORECASE)


def cut_off_ending(article: Article) -> Iterator[Finding]:
    """The text stops in the middle of a sentence: on a comma or a word like 'the'.

    Stays silent where most paragraphs lack a final stop: then it is the style of the page.

    Known misses: a text cut at the end of a sentence or on a noun, which looks like a caption.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(cut_off_ending, "It rained.\\n\\nThe river rose and flooded most of the")
    ['The river rose and flooded most of the']
    >>> fires(cut_off_ending, "It rained.\\n\\nThe river rose.")
    []
    """
    paragraphs = prose(article)
    if len(paragraphs) < 2 or _EMBED.search(paragraphs[-1].of(article.body)):
        return
    open_ended = [p for p in paragraphs if not _is_ended(p.of(article.body))]
    last = max(s for s in article.sentences if s.end <= paragraphs[-1].end)
    sentence = last.of(article.body)
    if paragraphs[-1] not in open_ended or len(open_ended) > max(1, len(paragraphs) // 3):
        return
    words = sentence.split()
    if len(words) < _FEWEST_WORDS or not any(word.islower() for word in words[2:]):
        return
    if words[-1].lower() in load_words("stopwords") or words[-1].endswith((",", "-")):
        yield Finding(last, f"the text breaks off on ‘{words[-1]}’")


def _is_ended(paragraph: str) -> bool:
    return straighten(paragraph)[-1:] in _ENDED
