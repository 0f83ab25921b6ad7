"""Names of pupils into pseudonyms: no name of a reader gets into a table of answers."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable

from newsresearch.lexicons import load_words
from newsresearch.plain import plain_text

__all__ = ["Pseudonyms", "name_key"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "group", "pupil", "student", "reader", "team"}
)
# First names that are words as well: those in lower case are left alone.
_ALSO_WORDS = frozenset({
    "april", "art", "august", "bill", "chase", "daisy", "dawn", "faith", "frank", "gene", "grace",
    "hope", "ivy", "jack", "joy", "june", "key", "lane", "law", "lily", "mark", "page", "park",
    "pat", "price", "read", "rich", "rob", "rose", "sue", "tool", "young",
})  # fmt: skip
_SOMEBODY = "[a reader]"
_FORM_FILE = re.compile(r"answers-.*-[0-9a-f]{8}")
_ANSWERS = re.compile(r"^answers?(?![^\W_])")  # as pupils call their files
_MOST_WORDS = 8  # of a name; what is longer was pasted by mistake


def name_key(name: str) -> str:
    """Return what makes two names one: not their case, blanks, accents' coding or full stops.

    Examples
    --------
    >>> name_key("  Ann  LEE ") == name_key("ann lee")
    True
    """
    text = unicodedata.normalize("NFKC", plain_text(name)).casefold()
    return " ".join(text.replace(".", " ").split())


class Pseudonyms:
    """The pseudonym of each name of one reading.

    Without a secret they are numbered in an order drawn anew at each reading, which nobody can
    draw again. With one, a pseudonym is cut from HMAC-SHA256 of the name: the same at each
    reading, and whoever has the secret and a list of the class can find out who is who.

    Examples
    --------
    >>> Pseudonyms(["Ann Lee", "ann  lee"], "a long secret").of("Ann Lee")
    'reader-diieeocy'
    >>> Pseudonyms(["Ann", "Bo"], "x").scrub("Bo is right.").startswith("reader-")
    True
    """

    def __init__(self, names: Iterable[str], secret: str | bytes | None = None) -> None:
        key = _check_secret(secret)
        keys = {name_key(name) for name in names} - {""}
        drawn = {one: hmac.digest(key, one.encode("utf-8", "replace"), "sha256") for one in keys}
        ordered = sorted(keys, key=lambda one: drawn[one])
        width = max(2, len(str(len(keys))))
        self._given = {
            one: _short(drawn[one]) if secret is not None else f"reader-{number:0{width}}"
            for number, one in enumerate(ordered, start=1)
        }
        self._words: dict[tuple[str, ...], str] = {}
        self._plain = load_words("stopwords") | _ALSO_WORDS
        for one in ordered:
            self._learn(one)
        self._longest = max(map(len, self._words), default=0)

    def of(self, name: str) -> str:
        """Return the pseudonym of a name; "" for none."""
        return self._given.get(name_key(name), "")

    def _learn(self, key: str) -> None:
        """Keep the words of a name, whole and one by one, to be found in what pupils write."""
        if _FORM_FILE.fullmatch(key):  # called so by the form, by nobody's name
            return
        words = tuple(_WORD.findall(_ANSWERS.sub("", key))[:_MOST_WORDS])
        apart = tuple(part for word in words for part in word.split("-"))
        whole = {words, apart, ("-".join(apart),)}
        if not any(char.isalpha() for char in key) or sum(map(len, words)) < 2:
            return
        for part in {*whole, *((word,) for word in words + apart)}:
            plain = len(part) == 1 and (len(part[0]) < 2 or any(map(str.isdigit, part[0])))
            if part not in whole and (plain or part[0] in _TITLES):
                continue
            # A word of two names tells no longer which of them is meant.
            known = self._words.get(part, self._given[key])
            self._words[part] = self._given[key] if known == self._given[key] else _SOMEBODY

    def scrub(self, text: str) -> str:
        """Put pseudonyms for the names of readers, and for their first and last names.

        A name that is a common word as well ('May', 'Will') is replaced where it has a capital.
        """
        if not self._longest or not text:
            return text
        pieces, at = [], 0
        found = [_trim(*match.span(), text) for match in _WORD.finditer(text)]
        words = [name_key(text[start:end]) for start, end in found]
        here = 0
        while here < len(found):
            size = self._match(words, here, text[slice(*found[here])])
            if size:
                start, end = found[here][0], found[here + size - 1][1]
                pieces += [text[at:start], self._words[tuple(words[here : here + size])]]
                at = end
            here += size or 1
        return "".join(pieces) + text[at:]

    def _match(self, words: list[str], here: int, shown: str) -> int:
        """Return how many words from here on are a name; the longest name wins."""
        for size in range(min(self._longest, len(words) - here), 0, -1):
            if tuple(words[here : here + size]) in self._words:
                is_plain = size == 1 and shown.islower() and words[here] in self._plain
                return 0 if is_plain else size
        return 0


def _trim(start: int, end: int, text: str) -> tuple[int, int]:
    """Leave the 's of 'Ann's' out of a word."""
    return start, end - 2 * (text[start:end].endswith(("'s", "’s")) and end - start > 3)


def _check_secret(secret: str | bytes | None) -> bytes:
    if secret is None:
        return secrets.token_bytes(32)
    if not isinstance(secret, str | bytes) or not secret:
        raise ValueError(
            "secret must be a text that is not empty. Pass a long one that pupils cannot guess, "
            "or leave it out."
        )
    return secret.encode("utf-8", "replace") if isinstance(secret, str) else secret


def _short(drawn: bytes) -> str:
    """Return 40 bits of a digest as eight letters and digits.

    Two of 1,000 names get the same once in two million classes.
    """
    return f"reader-{base64.b32encode(drawn[:5]).decode().lower()}"
