"""The words of a sentence as the engine splits them, and which look like names."""

from __future__ import annotations

from string import punctuation

__all__ = ["find_names", "has_word", "split_tokens"]

_OPENS = "\"'([{"
_STOPS = (":", ".", "!", "?", '."', '!"', '?"', "--", ";")
_LONG = 4  # shorter words stay small in titles
_TITLE = 0.5


def split_tokens(text: str) -> list[str]:
    """Split a text at blanks and strip marks, as the engine does; the very short keep theirs."""
    return [word if len(word := token.strip(punctuation)) > 2 else token for token in text.split()]


def has_word(text: str) -> bool:
    """Tell whether there is anything to judge: a letter or a digit."""
    return any(map(str.isalnum, text))


def find_names(text: str) -> frozenset[int]:
    """Return the places, among the words between blanks, of what looks like part of a name.

    A word in mixed case that begins with a capital counts, but not where a sentence or a
    quotation begins; in headlines with most words capitalised nothing does.

    Examples
    --------
    >>> sorted(find_names("The actor Bob Hope met the family of another player."))
    [2, 3]
    >>> find_names("Bob Hope Met The Grace Family"), find_names("I SAID: Great idea")
    (frozenset(), frozenset())
    """
    tokens = text.split()
    names = [at for at, token in enumerate(tokens) if _is_capitalised(token)]
    if not names or _is_title([token.strip(punctuation) for token in tokens]):
        return frozenset()
    return frozenset(at for at in names if not _opens(tokens, at))


def _is_capitalised(token: str) -> bool:
    word = token.strip(punctuation)
    return word[:1].isupper() and word[1:2].islower()


def _is_title(words: list[str]) -> bool:
    """Are most of the longer words capitalised, as in a headline?"""
    long = [word for word in words if len(word) >= _LONG]
    return sum(word[:1].isupper() for word in long) > _TITLE * len(long)


def _opens(tokens: list[str], at: int) -> bool:
    """Does a word open a sentence, or a quotation that may be one?"""
    return at == 0 or tokens[at][0] in _OPENS or tokens[at - 1].endswith(_STOPS)
