"""Checks for a text at odds with itself: names and spellings for one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice, pairwise

from newsresearch.articles import Article
from newsresearch.incoherence.finding import Finding, people, prose
from newsresearch.lexicons import load_groups, load_words
from newsresearch.text import Span, locate

__all__ = ["name_variant", "spelling_variant"]

# Names are compared in pairs; no article holds as many, but a list of names might.
_MOST_PAIRS = 5_000
# Uses of each form of one thing: form -> spans, in order.
Uses = dict[str, list[Span]]


def name_variant(article: Article) -> Iterator[Finding]:
    """One place, group or person goes under several names or spellings of a name.

    Listed names ('Kyiv' and 'Kiev', 'ISIS' and 'Islamic State'), a surname spelt in two ways
    after one given name, and fronts or movements with two names. Names inside quotations are
    the speaker's; a name given in brackets after the other is explained.

    Known misses: other aliases that are not listed; names past the first 5,000 pairs. Wrong
    where the text explains in its own way that both names are in use.

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(name_variant, "Kyiv is large. Flights to Kyiv rose. In Kiev it rained.")
    ['Kiev']
    >>> fires(name_variant, "Kyiv is large. “Kiev was cold,” she said.")
    []
    """
    for group in load_groups("variants", "names"):
        yield from _conflicts(_uses_of(article, group), "one name")
    yield from _surname_variants(article)
    yield from _renamed_movements(article)


def _uses_of(article: Article, forms: tuple[str, ...]) -> Uses:
    """Find each form of a name outside quotations; nothing where the text explains one."""
    uses: Uses = {}
    for form in forms:
        if form not in article.body:  # most names are in no article: skip the pattern
            continue
        pattern = re.compile(rf"(?<![\w-]){re.escape(form)}(?!\w| of\b| \()")
        spans = [Span(*m.span()) for m in pattern.finditer(article.body)]
        spans = [span for span in spans if not article.is_quoted(span.start)]
        if any(_is_explained(article.body, span) for span in spans):
            return {}
        if spans:
            uses[form] = spans
    return uses


_EXPLAINED = re.compile(
    r"(?:\(|\b(?:known as|formerly|called|or|also|spelled|spelt|abbreviated))\s*(?:the\s)?$"
)


def _is_explained(text: str, span: Span) -> bool:
    return bool(_EXPLAINED.search(text[max(0, span.start - 24) : span.start]))


def _conflicts(uses: Uses, what: str, confidence: str = "") -> Iterator[Finding]:
    """Yield one finding for a thing with several forms: the rarest against the commonest."""
    if len(uses) < 2:
        return
    ranked = sorted(uses, key=lambda form: (-len(uses[form]), uses[form][0]))
    counts = ", ".join(f"‘{form}’ {_times(len(uses[form]))}" for form in ranked)
    for form in ranked[1:]:
        reason = f"{what}, several forms: {counts}"
        yield Finding(uses[form][0], reason, other=uses[ranked[0]][0], confidence=confidence)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _surname_variants(article: Article) -> Iterator[Finding]:
    """'Sergei Petrovich', 'Sergei Petrovitch': one given name, surnames nearly alike."""
    given: dict[str, Uses] = defaultdict(dict)
    for person in people(article):
        for mention in person.mentions:
            if mention.full and not mention.quoted:
                first = mention.name.split()[0]
                span = Span(mention.start, mention.end)
                given[first].setdefault(mention.surname, []).append(span)
    pairs = ((forms, *pair) for forms in given.values() for pair in combinations(forms, 2))
    for forms, one, two in islice(pairs, _MOST_PAIRS):
        if _nearly_equal(one, two):
            yield from _conflicts({form: forms[form] for form in (one, two)}, "one person")


def _nearly_equal(one: str, two: str) -> bool:
    """Do two surnames differ in one or two letters, both at least five letters long?"""
    if min(len(one), len(two)) < 5 or abs(len(one) - len(two)) > 2 or one[0] != two[0]:
        return False
    previous = list(range(len(two) + 1))
    for i, left in enumerate(one, start=1):
        row = [i]
        for j, right in enumerate(two, start=1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (left != right)))
        previous = row
    return previous[-1] <= 2


_ACRONYM = re.compile(r"(?<![\w.-])[A-Z]{3,6}(?![\w.])")
_MOVEMENT = re.compile(
    r"(?<!\w)(?:[A-Z][a-z]+ ){1,4}"
    r"(?:Front|Movement|Brigades?|Militia|Alliance|League|Liberation Army)\b"
)


def _renamed_movements(article: Article) -> Iterator[Finding]:
    """'Free Harbour Front', 'Harbour Liberation Front', 'FHF': one head, one shared word."""
    uses: Uses = {}
    for found in _MOVEMENT.finditer(article.body):
        name = found[0].removeprefix("The ")
        if not article.is_quoted(found.start()):
            uses.setdefault(name, []).append(Span(found.end() - len(name), found.end()))
    acronyms = _acronyms(article) if len(uses) > 1 else {}
    for one, two in islice(combinations(uses, 2), _MOST_PAIRS):
        first, second = set(one.split()), set(two.split())
        differ = bool(first - second) and bool(second - first)
        if differ and one.split()[-1] == two.split()[-1] and len(first & second) > 1:
            initials = sorted({"".join(word[0] for word in name.split()) for name in (one, two)})
            forms = {form: uses[form] for form in (one, two)}
            forms |= {form: acronyms[form] for form in initials if form in acronyms}
            yield from _conflicts(forms, "perhaps one group", "hint")


def _acronyms(article: Article) -> Uses:
    """Return the acronyms in the text, outside quotations."""
    uses: Uses = {}
    for found in _ACRONYM.finditer(article.body):
        if not article.is_quoted(found.start()):
            uses.setdefault(found[0], []).append(Span(*found.span()))
    return uses


# --- spellings -------------------------------------------------------------------------------

_ISE = re.compile(r"([a-z]{3,})(is|iz)(?:e|ed|es|ing|ation|ations|er|ers)")


def spelling_variant(article: Article) -> Iterator[Finding]:
    """One word is spelt in two ways: 'defence' and 'defense', 'airstrikes' and 'air strikes'.

    Words inside quotations and in names ('Department of Defense') are left out.

    Known misses: a text that mixes British and American spelling without ever spelling one
    word both ways; compounds with a particle ('shut down' and 'shutdown' may both be right).

    Examples
    --------
    >>> from newsresearch.incoherence.finding import fires
    >>> fires(spelling_variant, "The defence held. Air defense and defence costs rose.")
    ['defense']
    >>> fires(spelling_variant, "The defence met the US Department of Defense.")
    []
    """
    groups: dict[str, Uses] = defaultdict(dict)
    for key, form, span in [*_dialect_words(article), *_compounds(article)]:
        groups[key].setdefault(form, []).append(span)
    for uses in groups.values():
        yield from _conflicts(uses, "one word")


def _plain_words(article: Article) -> Iterator[tuple[str, Span]]:
    """Yield the words of the article's own prose, in lower case: no names, no quotations."""
    paragraphs = prose(article)
    texts = [paragraph.of(article.body) for paragraph in paragraphs]
    # What follows a colon at a paragraph's end, or names an account, is somebody else's text.
    own = {
        i
        for i, text in enumerate(texts)
        if not (i and texts[i - 1].endswith(":")) and "(@" not in text
    }
    starts = {sentence.start for sentence in article.sentences}
    for index, word in enumerate(article.words):
        text = word.of(article.body)
        if text[0].isupper() and (word.start not in starts or _is_name(article, index)):
            continue
        if locate(paragraphs, word.start) in own and not article.is_quoted(word.start):
            yield text.lower(), word


def _is_name(article: Article, index: int) -> bool:
    """Does a capitalised word go on with the word: 'Defense Secretary Ann Lee'?"""
    following = article.words[index + 1 : index + 2]
    return bool(following) and following[0].of(article.body)[:1].isupper()


def _dialect_words(article: Article) -> Iterator[tuple[str, str, Span]]:
    for word, span in _plain_words(article):
        ise = _ISE.fullmatch(word)
        if ise:
            yield f"{ise[1]}-ize", f"-{ise[2]}e", span
        for british, american in _spellings().get(word[:3], ()):
            if word.startswith(british):
                yield british + word[len(british) :], word, span
                break
            if word.startswith(american):
                yield british + word[len(american) :], word, span
                break


@lru_cache(maxsize=1)
def _spellings() -> dict[str, list[tuple[str, str]]]:
    """Return the pairs by the three letters that either of them begins with."""
    table: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for british, american in load_groups("variants", "spellings"):
        for opening in {british[:3], american[:3]}:
            table[opening].append((british, american))
    return dict(table)


def _compounds(article: Article) -> Iterator[tuple[str, str, Span]]:
    """Yield closed, hyphenated and open forms of compounds: airstrike, air-strike, air strike."""
    words = [(_singular(word), span) for word, span in _plain_words(article)]
    closed = {word for word, _ in words if "-" not in word and len(word) >= 5}
    for word, span in words:
        if word.replace("-", "") in closed:
            yield word.replace("-", ""), word, span
    skip_first = load_words("variants", "phrase_openers")
    skip_second = load_words("variants", "particles")
    for (one, first), (two, second) in pairwise(words):
        if one + two not in closed or article.body[first.end : second.start] != " ":
            continue
        if min(len(one), len(two)) > 2 and one not in skip_first and two not in skip_second:
            yield one + two, f"{one} {two}", Span(first.start, second.end)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
