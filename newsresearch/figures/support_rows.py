"""The rows of the support figure: a claim's words, the line of the body, and marks along it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from newsresearch.figures.house import (
    BLUE,
    COLUMN,
    GREY,
    INK,
    NOTE,
    VERMILLION,
    label_rows,
    label_values,
    legend_above,
    row_size,
    say_nothing,
    wrap_id,
)
from newsresearch.support import OTHERWISE
from newsresearch.tables import pd

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["draw_rows", "measure_rows"]

_MOST_CLOSE = 6  # articles; beyond that the words of all claims would fill pages
# role -> direction from the line (y grows downwards), colour
_ROLES = {"supporting": (-1, BLUE), "opposing": (1, VERMILLION)}
_VOICES = {"narration": "o", "reported": "^", "quoted": "s"}
_MISSING = "#949494"
_PALE = "#DDDDDD"
# Inches of the close view: an article's id, a line of words, from the line of the body to a mark
# that has all words and to where nothing is drawn, between two claims.
_ID, _LINE, _REACH, _NO_REACH, _GAP = 0.21, 0.135, 0.24, 0.05, 0.16
_WORDS = 52  # characters of a claim on one line
_SHORT = 16  # characters of a mismatch on either side
_LEGEND, _AXIS = 0.5, 0.4  # inches above and below the rows


class _Claim(NamedTuple):
    """A claim of an article: its lines of words and the sentences that are drawn."""

    name: str
    number: int
    lines: list[str]
    missing: frozenset[str]
    sentences: pd.DataFrame

    def reach(self, role: str) -> float:
        """Return the room that its sentences of a role need in the close view, in inches."""
        return _REACH if (self.sentences["role"] == role).any() else _NO_REACH

    @property
    def height(self) -> float:
        """Return its height in the close view, in inches."""
        return _LINE * len(self.lines) + sum(map(self.reach, _ROLES)) + _GAP


def _claims(table: pd.DataFrame) -> Iterator[_Claim]:
    for (name, number), rows in table.groupby(["article_id", "claim"], sort=False):
        lines = textwrap.wrap(rows["words"].iloc[0], _WORDS)
        found = rows[rows["role"] != ""]
        lacking = [frozenset(cell.split(", ")) for cell in found["missing"]]
        # Without any sentence no word of the claim is in one.
        lacking = lacking or [frozenset(" ".join(lines).split())]
        missing = frozenset.intersection(*lacking)
        yield _Claim(str(name), int(str(number)), lines, missing, found)


def _is_close(table: pd.DataFrame) -> bool:
    return table["article_id"].nunique() <= _MOST_CLOSE


def _labels(table: pd.DataFrame) -> list[str]:
    """Name each row of the overview; a headline's further claims by their number."""
    return [f"{c.name} ({c.number})" if c.number > 1 else c.name for c in _claims(table)]


def measure_rows(table: pd.DataFrame) -> tuple[float, float]:
    """Return the size of the figure."""
    if not _is_close(table):
        return row_size(COLUMN, _labels(table), row=0.3, margin=_LEGEND + _AXIS)
    rows = list(_claims(table))
    height = _ID * len({claim.name for claim in rows})
    return COLUMN, height + sum(claim.height for claim in rows) + _LEGEND + _AXIS


def draw_rows(table: pd.DataFrame, ax: Axes) -> None:
    """Draw all claims: close, with their words, or many of them beside their ids."""
    if table.empty:
        say_nothing(ax, "no headline support")
        return
    if _is_close(table):
        _draw_close(table, ax)
    else:
        _draw_overview(table, ax)
    ax.set_xlim(-0.04, 1.04)
    ax.set_xticks([0, 0.5, 1], ["start", "half", "end of the body"])
    ax.get_xticklabels()[-1].set_horizontalalignment("right")
    ax.spines["left"].set_visible(False)
    _legend(ax)


def _draw_close(table: pd.DataFrame, ax: Axes) -> None:
    at, name = 0.0, None
    for claim in _claims(table):
        if claim.name != name:
            name, at = claim.name, at + _ID
            ax.text(-0.03, at - 0.03, wrap_id(name, 60).replace("\n", " "), fontsize=6.5,
                    color="#555555", va="bottom")  # fmt: skip
        for line in claim.lines:
            at += _LINE
            _write_words(ax, line, at, claim.missing)
        at += claim.reach("supporting") + _GAP / 2
        _draw_marks(claim, at, _REACH, ax, words=True)
        at += claim.reach("opposing") + _GAP / 2
    ax.set_ylim(at, 0)
    ax.set_yticks([])


def _draw_overview(table: pd.DataFrame, ax: Axes) -> None:
    label_rows(ax, _labels(table))
    for row, claim in enumerate(_claims(table)):
        _draw_marks(claim, row, 0.4, ax, words=False)


def _write_words(ax: Axes, line: str, y: float, missing: frozenset[str]) -> None:
    """Write a line of a claim, words that no drawn sentence has in grey."""
    from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea

    pieces: list[Artist] = []
    for word in line.split():
        lacking = word.strip(".,;:!?‘’“”'\"()") in missing or word in missing
        look = {"color": _MISSING, "style": "italic"} if lacking else {"color": INK}
        pieces.append(TextArea(word, textprops={"fontsize": 7.5, **look}))
    row = HPacker(children=pieces, pad=0, sep=2.6, align="baseline")
    box = AnnotationBbox(row, (-0.03, y), frameon=False, pad=0, box_alignment=(0, 0))
    box.set_in_layout(False)
    ax.add_artist(box)


def _draw_marks(claim: _Claim, y: float, reach: float, ax: Axes, words: bool) -> None:
    """Draw the line of a body and a claim's sentences above and below it."""
    if claim.sentences.empty:
        ax.text(0.5, y, "no sentence found", transform=ax.get_yaxis_transform(), **NOTE)
        return
    ax.hlines(y, 0, 1, color=GREY, linewidth=0.8, zorder=1)
    ax.plot(0.5, y, "|", color=GREY, ms=4, mew=0.8, zorder=1)
    for row in claim.sentences.to_dict("records"):
        direction, color = _ROLES[row["role"]]
        end = y + direction * reach * row["coverage"]
        ax.vlines(row["position"], y, y + direction * reach, color=_PALE, linewidth=3, zorder=1.5)
        ax.vlines(row["position"], y, end, color=color, linewidth=1.2, zorder=2)
        fill = "white" if row["hedged"] else color
        style: dict[str, Any] = {"mfc": fill, "mec": color, "mew": 1.0, "ms": 4.5, "zorder": 3}
        ax.plot(row["position"], end, _VOICES.get(row["voice"], "o"), clip_on=False, **style)
        if row["mismatch"]:
            _write_mismatch(row, y + direction * reach * 0.55, ax, words)


def _write_mismatch(row: dict[Any, Any], y: float, ax: Axes, words: bool) -> None:
    text = _tell(row) if words else "≠" if row["mismatch"] in OTHERWISE else "?"
    left = row["position"] > 0.5
    ax.annotate(
        text, (row["position"], y), (-5 if left else 5, 0), textcoords="offset points",
        ha="right" if left else "left", va="center", fontsize=6.5, linespacing=1.0, color=INK,
    )  # fmt: skip


def _tell(row: dict[Any, Any]) -> str:
    """Return a mismatch in words: 'reversed: backs ≠ rejected', 'hedge dropped: may'."""
    told, found = (_shorten(row[side]) for side in ("told", "found"))
    words = told
    if row["mismatch"] in OTHERWISE and found:
        words = f"{told} ≠ {found}"
    elif row["mismatch"] == "hedge_dropped" and found:
        words = found
    return f"{row['mismatch'].replace('_', ' ')}:\n{words}"


def _shorten(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"


def _legend(ax: Axes) -> None:
    """Name direction, shape and fill, also where the data hold no such mark."""
    label_values(ax, "distance from the line: share of the claim’s words (pale: all)")
    for role, (direction, color) in _ROLES.items():
        side = "above" if direction < 0 else "below"
        ax.plot([], [], "|", color=color, mew=1.6, ms=7, label=f"{side}: {role}")
    for voice, marker in _VOICES.items():
        ax.plot([], [], marker, mfc=GREY, mec=GREY, ms=4.5, label=voice)
    ax.plot([], [], "o", mfc="white", mec=INK, ms=4.5, label="hollow: hedged")
    legend_above(ax, ncols=3)
