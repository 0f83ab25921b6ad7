"""Headlines to choose among: some hold, some do not, and the body decides.

The headlines are our own, in `data/headlines.csv`; nothing here needs pandas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.lines import lines_of, name_lines, number_lines
from newsresearch.classroom.study import read_headline
from newsresearch.classroom.verdicts import HOLDS, VERDICTS
from newsresearch.classroom.views import LinedText, SmallTable
from newsresearch.marks import plain_name
from newsresearch.opening import open_article, read_data

__all__ = ["ChosenHeadline", "HeadlineSheet", "open_headlines"]

_PAIRS = (
    "Two pupils agree: of all pairs in the class, how many gave the same answer. "
    "With coins instead of pupils it would be about 50 %."
)
_OF_THE_TOOL = (
    "Contradicted?: the tool's chance that the body says otherwise. On our 72 headlines it was "
    "50 % or more for 21 of the 24 that are contradicted, but also for 13 of the 24 that hold. "
    "Nearest line: the sentence that it looks at first."
)
_MEANT = ". ".join(f"{verdict.capitalize()}: {meant}" for verdict, meant in VERDICTS.items()) + "."


class ChosenHeadline(NamedTuple):
    """A headline of `data/headlines.csv`: what we made of it, and the words that decide."""

    article_id: str
    item: str
    kind: str
    headline: str
    verdict: str
    words: str
    field: str
    start: int | None
    end: int | None
    quote: str
    reason: str

    @property
    def holds(self) -> str:
        """The answer to 'does it hold?': yes or no."""
        return HOLDS[self.verdict]


def open_headlines(article_id: str) -> HeadlineSheet:
    """Open the headlines that were written for a bundled article, for a class to choose among.

    It shows them without our verdicts; ``.answers`` shows them with verdict, deciding line and
    reason. The verdicts are one careful reader's; a class that argues for another may be right.
    Only the twelve clean articles of the demo have headlines.

    Parameters
    ----------
    article_id : str
        The id, such as ``"02-school-breakfasts"``.

    Returns
    -------
    HeadlineSheet
        ``sheet["h3"]`` is the text of a headline, ``sheet.text`` the article without a
        headline and with numbered lines, ``sheet.count_votes`` counts a show of hands,
        ``sheet.ask_tool`` says what the tool makes of each.

    Raises
    ------
    ArticleError
        If there are no headlines for this article: names those that have some.

    Examples
    --------
    >>> headlines = open_headlines("02-school-breakfasts")
    >>> headlines["h3"]
    'Trial feeds 9,000 children in Ormstead'
    >>> [one.holds for one in headlines]
    ['no', 'no', 'no', 'yes', 'yes', 'no']
    """
    rows = tuple(row for row in _read_rows() if row.article_id == article_id)
    if not rows:
        known = ", ".join(dict.fromkeys(row.article_id for row in _read_rows()))
        raise ArticleError(f"no headlines for {str(article_id)[:80]!r}. Choose from: {known}.")
    return HeadlineSheet(open_article(article_id), rows)


@cache
def _read_rows() -> tuple[ChosenHeadline, ...]:
    return tuple(map(_headline, read_data("headlines.csv")))


def _headline(row: Mapping[str, Any]) -> ChosenHeadline:
    places = {name: int(row[name]) if row[name] else None for name in ("start", "end")}
    return ChosenHeadline(**{**row, **places})


# --- what is shown ---------------------------------------------------------------------------


@dataclass(frozen=True)
class HeadlineSheet:
    """The headlines of one article, without our verdicts or with them."""

    article: Article
    headlines: tuple[ChosenHeadline, ...]
    shows_answers: bool = False

    def __iter__(self) -> Iterator[ChosenHeadline]:
        return iter(self.headlines)

    def __len__(self) -> int:
        return len(self.headlines)

    def __getitem__(self, item: str) -> str:
        """Return the text of a headline by its item, such as "h3"."""
        for one in self.headlines:
            if one.item == item:
                return one.headline
        known = ", ".join(one.item for one in self.headlines)
        raise KeyError(f"no headline {item!r}. Choose from: {known}.")

    @property
    def answers(self) -> HeadlineSheet:
        """The same headlines with our verdicts, the deciding lines and the reasons."""
        return replace(self, shows_answers=True)

    @property
    def text(self) -> LinedText:
        """The article without its headline, its lines numbered as on a worksheet."""
        return LinedText(self.untitled)

    @property
    def untitled(self) -> Article:
        """The article without its headline, as ``nr.mark_spans`` takes it."""
        return replace(self.article, headline="")

    def count_votes(self, votes: Mapping[str, Sequence[int]]) -> SmallTable:
        """Count a show of hands: for each item how many said yes and how many no.

        Raises
        ------
        ValueError
            If a vote is not two whole numbers, or nobody voted.
        KeyError
            If there is no such item.
        """
        rows = []
        for item, hands in votes.items():
            headline = self[item]
            whole = len(hands) == 2 and all(isinstance(n, int) and n >= 0 for n in hands)
            if not whole or not sum(hands):
                raise ValueError(
                    f"the votes on {item} ({headline[:30]}…) are {tuple(hands)!r}. "
                    "Write how many said yes and how many said no, such as (15, 10)."
                )
            rows.append((item, headline, *map(str, hands), _share_of_pairs(*hands)))
        return SmallTable(("", "headline", "yes", "no", "two pupils agree"), tuple(rows), _PAIRS)

    def deciding_lines(self, one: ChosenHeadline) -> str:
        """Say which numbered lines decide about a headline."""
        if one.start is None or one.end is None:
            return "no line"
        return name_lines(lines_of(number_lines(self.article), one.field, one.start, one.end))

    def ask_tool(self) -> SmallTable:
        """Ask the tool about each headline: its findings, its chance, the line it looks at.

        The numbers are those of ``nr.study_headline``, and as often wrong as those.
        """
        rows = [(one.item, one.headline, *self._asked(one), one.holds) for one in self]
        heads = ("", "headline", "findings", "contradicted?", "nearest line", "our answer")
        return SmallTable(heads, tuple(rows), _OF_THE_TOOL)

    def _asked(self, one: ChosenHeadline) -> tuple[str, str, str]:
        reading = read_headline(replace(self.article, headline=one.headline))
        found = [plain_name(row["check"]).lower() for row in reading.findings]
        chance = next(n.value for n in reading.numbers if n.name == "p_contradicted")
        shown = [row for row in reading.evidence if row["role"] != "none"]
        numbered = number_lines(self.article)
        near = [name_lines(lines_of(numbered, "body", r["start"], r["end"])) for r in shown[:1]]
        return "\n".join(found) or "none", _per_cent(chance), "".join(near) or "none"

    @property
    def _table(self) -> SmallTable:
        if not self.shows_answers:
            return SmallTable(("", "headline"), tuple((one.item, one.headline) for one in self))
        rows = [
            (one.item, one.headline, f"{one.holds}: {one.verdict}", self._told(one)) for one in self
        ]
        return SmallTable(("", "headline", "does it hold?", "what decides"), tuple(rows), _MEANT)

    def _told(self, one: ChosenHeadline) -> str:
        where = f"{self.deciding_lines(one).capitalize()}: “{one.quote}”\n" if one.quote else ""
        return where + one.reason

    def _repr_html_(self) -> str:
        return self._table._repr_html_()

    def __repr__(self) -> str:
        return repr(self._table)


def _per_cent(chance: float | None) -> str:
    return "not told" if chance is None else f"{100 * chance:.0f} %"


def _share_of_pairs(yes: int, no: int) -> str:
    """Return which share of all pairs of voters agree, in per cent."""
    pairs = (yes + no) * (yes + no - 1)
    alike = yes * (yes - 1) + no * (no - 1)
    return _per_cent(alike / pairs) if pairs else "–"
