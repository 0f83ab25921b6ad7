"""Edits that make a statement say something else, or the same in other words.

Each edit names the words that it takes away and those that it puts there, so that it can be made
in the headline or in the sentence of the body alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from contrast_words import Words

from newsresearch.lexicons import load_words

CONTRADICTED, OVERCLAIMED, UNSUPPORTED = "contradicted", "overclaimed", "unsupported"


class Edit(NamedTuple):
    """What is changed, what that makes of the statement, and the name of the kind."""

    old: str
    new: str
    kind: str
    label: str


class Facts(NamedTuple):
    """What the rest of the body offers for an exchange."""

    people: list[str]
    names: list[str]
    numbers: list[str]


AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|had|did|does|do|must)\b(?! not|n't)",
)
NOT = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|had|must) (?:not|never)\b"
)
DID_NOT = re.compile(r"\b(did|does|do) not ([a-z]+)\b")
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
NUMBER = re.compile(r"(?<![\w.,$£€-])[$£€]?\d[\d,]*(?:\.\d+)?(?![\w%]|,\d|-\w)|\d[\d,.]*%")
NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "dozens",
    "hundreds",
    "thousands",
    "millions",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NAME = r"[A-Z][a-z’'-]+(?: (?:[A-Z]\. )?[A-Z][a-z’'-]+){0,2}"
_ROLES = (
    "police officials officers residents protesters demonstrators workers unions union "
    "council government ministers minister court judge judges lawyers prosecutors students "
    "teachers doctors patients scientists researchers lawmakers senators senator mayor "
    "governor president company firm owners owner voters supporters opponents critics "
    "rebels soldiers troops hackers parents children women men man woman victim suspect "
    "family neighbours neighbors employees army militants fighters activists campaigners "
    "farmers investors regulators republicans democrats conservatives"
).replace(" ", "|")
ACTOR = rf"(?:{NAME}|(?:[Tt]he )?(?:{_ROLES}))"
TRANSITIVE = re.compile(rf"\b({ACTOR}) ([a-z]{{3,}}(?:ed|es|s)) ({ACTOR})\b")
# 'A accuses B of …', 'A calls on B', 'A met with B': the two change places.
TOWARDS = re.compile(
    rf"\b({ACTOR}) ([a-z]+(?: [a-z]+){{0,2}} (?:on|for|with|to|at|against|over|from|by|that)) "
    rf"({ACTOR})\b"
)
# A hedge or a plan, and the flat fact that it must not become.
FLAT = (
    (re.compile(r"\b(?:may|might|could) (be|have|[a-z]{3,})\b"), "will {0}"),
    (re.compile(r"\b(?:is|are) (?:expected|likely|set|poised|scheduled|hoping) to ([a-z]+)\b"),
     "will {0}"),
    (re.compile(r"\b(?:plans?|hopes?|wants?|intends?|aims?|seeks?|tries|tried|vows?|vowed|promises|"
                r"promised|pledged|wanted|planned|threatened|threatens) to ([a-z]+)\b"), "{s}"),
    (re.compile(r"\b(?:is|are|was|were) (?:considering|planning|weighing) ([a-z]+ing)\b"), "{ing}"),
    (re.compile(r"\b(?:was|were|is|are) (?:accused|suspected) of ([a-z]+ing)\b"), "{ing}"),
    (re.compile(r"\b(?:allegedly|reportedly|apparently|possibly|perhaps|probably|supposedly) "
                r"([a-z]+)\b"), "{0}"),
    (re.compile(r"\b(?:alleged|suspected|possible|potential|proposed|planned|reported) ([a-z]+)\b"),
     "{0}"),
    (re.compile(r"\b[Ss]ome ([a-z]+s)\b"), "all {0}"),
    (re.compile(r"\b(?:seems?|appears?|appeared|seemed) to ([a-z]+)\b"), "{s}"),
    (re.compile(r"\b(?:suggests?|suggested|indicates?|hints?) (?:that )?([a-z]+)\b"),
     "proves {0}"),
)  # fmt: skip
REVERSED = (
    ("no longer", "still"), ("refused to", "agreed to"), ("denies", "confirms"),
    ("denied", "confirmed"), ("failed to", "managed to"), ("fails to", "manages to"),
    ("refuses to", "agrees to"), ("declined to", "agreed to"), ("nobody", "everybody"),
    ("no one", "everyone"), ("without", "with"), ("never", "once"),
    ("no evidence", "clear evidence"), ("cannot", "can"),
)  # fmt: skip
CLAIMED = re.compile(
    rf"^({NAME}|[Tt]he [a-z ]{{3,24}}|[A-Z][a-z]+) (?:claim|alleg|believ|argu|suggest|insist"
    r"|contend|fear|suspect|predict|think|assert|accus|says|said)[a-z]* "
    r"(?:that )?(?=[A-Za-z’' -]{20})"
)


def find_edits(text: str, facts: Facts, words: Words, dice: random.Random) -> Iterator[Edit]:
    """Yield edits after which the text no longer says what it said."""
    yield from _negations(text, words, dice)
    yield from _opposites(text, words, dice)
    yield from _actors(text, facts, dice)
    yield from _numbers(text, facts, dice)
    yield from _flattened(text, words)
    yield from _other_actions(text, words, dice)


def _negations(text: str, words: Words, dice: random.Random) -> Iterator[Edit]:
    for found in NOT.finditer(text):
        yield Edit(found[0], found[1], "negated", CONTRADICTED)
    for found in DID_NOT.finditer(text):
        form = {"did": "past", "does": "s", "do": "base"}[found[1]]
        yield Edit(found[0], words.inflect(found[2], form), "negated", CONTRADICTED)
    for old, new in REVERSED:
        for one, other in ((old, new), (new, old)):
            if holds(text, one) and other != "without":
                yield Edit(one, other, "negated", CONTRADICTED)
    plain = [found for found in AUXILIARY.finditer(text) if found[1] not in ("do", "does", "did")]
    for found in plain[:1]:
        negation = dice.choice(["not", "not", "never"]) if found[1] in ("has", "have") else "not"
        yield Edit(found[0], f"{found[1]} {negation}", "negated", CONTRADICTED)
    for word in single_words(text):
        base, kind, form = words.read(word)
        if (
            kind == "v"
            and form in ("past", "s")
            and not plain
            and word not in load_words("stopwords")
        ):
            helper, refusal = (
                ("did not", "refused to") if form == "past" else ("does not", "refuses to")
            )
            failing = "failed to" if form == "past" else "fails to"
            start = dice.choice([helper, helper, refusal, failing])
            yield Edit(word, f"{start} {base}", "negated", CONTRADICTED)
            return


def _opposites(text: str, words: Words, dice: random.Random) -> Iterator[Edit]:
    for word in single_words(text):
        choices = words.opposites(word)
        if choices:
            yield Edit(word, dice.choice(choices[:4]), "opposite", CONTRADICTED)


def _other_actions(text: str, words: Words, dice: random.Random) -> Iterator[Edit]:
    """Yield edits that put another action there: neither the same nor its opposite."""
    for word in single_words(text):
        base, kind, form = words.read(word)
        if kind == "v" and form in ("past", "s") and base in ACTIONS_OF:
            others = [w for w in ACTIONS if w != base and ACTIONS_OF[w] != ACTIONS_OF[base]]
            yield Edit(word, words.inflect(dice.choice(others), form), "action", UNSUPPORTED)


_ACTIONS = """
meet visit | praise thank | criticize attack slam | sue | call phone | support back endorse |
announce reveal | sign approve pass | reject oppose | buy | sell | arrest detain charge |
kill shoot | rescue save | cancel | launch start open | close | win | lose | build | hire |
fire dismiss | warn | threaten | marry | injure hurt | steal | fund finance | invite | thank |
mock | question | defend | ban | investigate probe | delay | release free | destroy |
discover find | file | join | leave quit | promise pledge | urge | accuse blame
"""
ACTION_GROUPS = [group.strip() for group in _ACTIONS.split("|")]
ACTIONS_OF = {w: at for at, group in enumerate(ACTION_GROUPS) for w in group.split()}
ACTIONS = sorted(ACTIONS_OF)


def _actors(text: str, facts: Facts, dice: random.Random) -> Iterator[Edit]:
    for found in (*TRANSITIVE.finditer(text), *TOWARDS.finditer(text)):
        actor, verb, target = found.groups()
        if actor != target:
            yield Edit(found[0], f"{target} {verb} {actor}", "actor_swap", CONTRADICTED)
    places = load_words("places", "places")
    for names in (facts.people, facts.names):
        own = [name for name in names if holds(text, name)]
        others = [
            name for name in names if not holds(text, name) and not holds(text, name.split()[-1])
        ]
        for name in own[:2]:
            is_place = name.lower() in places
            fitting = [other for other in others if (other.lower() in places) == is_place]
            if is_place:
                fitting = fitting or [p.title() for p in dice.sample(sorted(places), 3)]
            fitting = [other for other in fitting if not set(other.split()) & set(name.split())]
            if fitting:
                kind = "place_change" if is_place else "actor_swap"
                yield Edit(name, dice.choice(fitting), kind, CONTRADICTED)
    both = [name for name in (*facts.people, *facts.names) if _once(text, name)]
    apart = [a for a in both if not any(a in b for b in both if b != a)]
    if len(apart) >= 2:
        first, second = sorted(dice.sample(apart, 2), key=text.index)
        if text.index(first) + len(first) < text.index(second):
            between = text[text.index(first) : text.index(second) + len(second)]
            swapped = second + between[len(first) : -len(second)] + first
            yield Edit(between, swapped, "actor_swap", CONTRADICTED)


def _numbers(text: str, facts: Facts, dice: random.Random) -> Iterator[Edit]:
    for found in NUMBER.finditer(text):
        yield Edit(found[0], _another(found[0], facts, dice), "number_change", CONTRADICTED)
    for kinds, name in (
        (NUMBER_WORDS, "number_change"),
        (DAYS, "date_change"),
        (MONTHS, "date_change"),
    ):
        for word in kinds:
            if holds(text, word):
                other = dice.choice([k for k in kinds if k != word])
                yield Edit(word, other, name, CONTRADICTED)


def _another(number: str, facts: Facts, dice: random.Random) -> str:
    """Return another number that looks as this one does; now and then another of the body."""
    others = [n for n in facts.numbers if n != number and len(n) == len(number)]
    if others and dice.random() < 0.5:
        return dice.choice(others)
    digits = [at for at, char in enumerate(number) if char.isdigit()]
    is_year = re.fullmatch(r"(19|20)\d\d", number) is not None
    at = digits[-1] if is_year else digits[0]
    choices = [d for d in "123456789" if d != number[at]]
    return number[:at] + dice.choice(choices) + number[at + 1 :]


def _flattened(text: str, words: Words) -> Iterator[Edit]:
    for pattern, shape in FLAT:
        found = pattern.search(text)
        if found:
            base = found[1]
            if shape == "{ing}":
                base = words.read(base)[0]
                new = words.inflect(base, "past")
            else:
                new = shape.format(base, s=words.inflect(base, "s"))
            yield Edit(found[0], new, "hedge_dropped", OVERCLAIMED)
    claimed = CLAIMED.match(text)
    if claimed:
        yield Edit(claimed[0].rstrip(), "", "said_as_fact", OVERCLAIMED)


def replace_once(text: str, old: str, new: str) -> str:
    """Replace the first place where the words stand as whole words."""
    pattern = _whole(old)
    return re.sub(r"  +", " ", pattern.sub(lambda _: new, text, count=1)).strip()


def _whole(old: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$£€'-]){re.escape(old)}(?![\w-]|'[a-rt-z])")


def holds(text: str, words: str) -> bool:
    return words in text and _whole(words).search(text) is not None


def _once(text: str, words: str) -> bool:
    return len(_whole(words).findall(text)) == 1


def single_words(text: str) -> list[str]:
    """Return the words in small letters that stand once, in order."""
    found = [word for word in WORD.findall(text) if word.islower() and len(word) > 2]
    stop = load_words("stopwords")
    return [word for word in found if found.count(word) == 1 and word not in stop]
