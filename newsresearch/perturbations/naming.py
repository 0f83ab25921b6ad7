"""The introductions of people, removed: each is named barely at first mention."""

from __future__ import annotations

import re

from newsresearch.introducing.model import known_people
from newsresearch.lexicons import load_words
from newsresearch.mentions import Mention, Person, find_people
from newsresearch.perturbations.planting import Change, NotPlantedError, Scene
from newsresearch.text import Span, locate

__all__ = ["remove_introductions"]

# ', 34, a baker from Ely,' or ', who led the trial' at the end of the sentence; the comma before
# 'according to' belongs to that.
_APPOSITION = re.compile(
    r"((?:,\s(?:an?|the|who|whose|one|his|her|its|\d{1,3})\b[^,.;:!?“”\"()—–\n]{0,90}){1,3})"
    r"(?:,(?=\s(?!according))|(?=\.(?:\s|$)))"
)
_OF = re.compile(
    r"\sof\s(?:the\s)?[A-Z][\w’'-]+(?:\s(?:of\s|for\s)?[A-Z][\w’'-]+){0,5}(?=\s[a-z]|[.,]\s|\.$)"
)
_FOLLOWS = re.compile(r"\s(?!of\s[A-Z])[^\W_]|[.’'](?s:.)?")
_MOST_DESCRIPTIONS = 3
_LONGEST_TITLE = 12
_REACH = 60


def remove_introductions(scene: Scene) -> list[Change]:
    """People are named by surname at once, without the given name, role or description.

    Each person whose first mention is a full name and can be cut without breaking the
    sentence; one row a person. A courtesy title that the article goes on with is kept
    ('Ms Lee'). Names that papers use without an introduction are left alone.
    """
    people = find_people(scene.body)
    changes = [change for person in people if (change := _cut(scene, person))]
    apart: list[Change] = []
    for change in sorted(changes, key=lambda change: change.at):
        if not apart or change.at.start >= apart[-1].at.end:
            apart.append(change)
    if not apart:
        raise NotPlantedError("nobody is introduced by a full name that could be cut")
    return apart


def _cut(scene: Scene, person: Person) -> Change | None:
    first, *later = person.mentions
    if not _is_clear(scene, person) or not (later or first.speaks):
        return None
    span = _introduction(scene, first)
    if span is None:
        return None
    follow = next((m for m in later if not m.full), None)
    kept = load_words("perturbing", "courtesy")
    titled = follow is not None and not kept.isdisjoint(follow.title.split())
    courtesy = _title_before(scene.body, follow) if follow and titled else ""
    full = [m for m in later if m.full]
    check = "late_introduction" if full else "never_introduced"
    new = courtesy + first.surname
    who = "is not introduced before a later mention" if full else "is never introduced"
    reason = f"‘{span.of(scene.body)}’ was cut to ‘{new}’: the person {who}"
    other = Span(full[0].start, full[0].end) if full else None
    return Change(span, new, reason, check, other=other)


def _is_clear(scene: Scene, person: Person) -> bool:
    """Is it one person, introduced first, whose surname nobody is assumed to know?"""
    first = person.mentions[0]
    parts = first.name.split()
    known = known_people() | load_words("names", "organisations_known")
    given = {m.name.split()[0] for m in person.mentions if m.full}
    return (
        first.full
        and not first.quoted
        and len(given) == 1
        and len(parts) <= 3
        and not load_words("names", "particles") & {part.lower() for part in parts}
        and first.surname.lower() not in known | load_words("places", "places")
        and locate(scene.paragraphs, first.start) >= 0
    )


def _title_before(body: str, mention: Mention) -> str:
    """Return the courtesy title as it is written before a mention: 'Ms ', 'Mr. '."""
    found = re.search(r"\b[A-Z][a-z]+\.? $", body[max(0, mention.start - 8) : mention.start])
    return found[0] if found else ""


def _introduction(scene: Scene, mention: Mention) -> Span | None:
    """Return the span of title, name and description, or None where cutting it would show."""
    start, end = _left(scene, mention), _right(scene, mention)
    return None if start is None or end is None else Span(start, end)


def _right(scene: Scene, mention: Mention) -> int | None:
    """Return where the descriptions after a name end, or None if one would be left over."""
    body, end = scene.body, mention.end
    stop = scene.article.sentences[locate(scene.article.sentences, mention.start)].end
    for _ in range(_MOST_DESCRIPTIONS):
        found = _APPOSITION.match(body, end, stop) or _OF.match(body, end, stop)
        if not found:
            break
        end = found.end()
    cut_short = body[end : end + 1] == "." and end + 1 < stop  # 'an adviser to Mr. Lee'
    return end if _FOLLOWS.match(body, end, stop) and not cut_short else None


def _left(scene: Scene, mention: Mention) -> int | None:
    """Return where title and name begin, or None if what stands before clings to them."""
    body, words = scene.body, scene.article.words
    sentence = scene.article.sentences[locate(scene.article.sentences, mention.start)]
    at = named = locate(words, mention.start)
    while words[at].start > sentence.start:
        if named - at > _LONGEST_TITLE:
            return None
        before = words[at - 1]
        word, gap = before.of(body), body[before.end : words[at].start]
        title = word.lower().rstrip(".") in load_words("names", "titles")
        if gap not in {" ", ". "} or (gap == ". " and not title):
            break
        first = before.start == sentence.start
        opens = first and word.lower() in load_words("sentences", "openers")
        if opens or not (title or word[0].isupper() or word.lower() == "then"):
            break
        at -= 1
    start = words[at].start
    left = body[max(sentence.start, start - _REACH) : start].rstrip()
    opening = body[sentence.start : sentence.start + _REACH].split()[0].lower()
    return start if not left or _may_stand_before(scene, left, opening, start, mention) else None


def _may_stand_before(scene: Scene, left: str, opening: str, start: int, mention: Mention) -> bool:
    """Does what stands before go with a bare name: 'said', 'and', a closing mark?"""
    if left[-1] in '”"—–“' or left[-2:] in {",’", ".’", ",'", ".'"}:
        return True
    if left[-1] == ",":
        told = start < mention.start or scene.body[mention.end : mention.end + 1] != ","
        return told and opening in load_words("perturbing", "openings")
    word = left.split()[-1].lower()
    if word in {"of", "for"} and set(left.lower().split()[-2:]) & load_words("names", "titles"):
        return False  # 'Secretary of State Ann Lee'
    speech = load_words("speech", "verbs") | load_words("stopwords")
    return (
        word in speech - load_words("perturbing", "clings") and scene.body[start - 1 : start] == " "
    )
