"""Issue frames: what a story is made to be about, by the cues of ``lexicons/frames.txt``.

The frames are subjects, not slants: a report of a war is full of conflict however it is told, and
a story may have several frames at once. The largest share is not "the" frame, so there is no
column for one: cues of politics and money are common in all news.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FRAMES", "Frame"]

_BY = "(benchmarks/frames.py)"
_NO_SLANT = "the subject comes up, which is no slant"


class Frame(NamedTuple):
    """A frame: the section of the list, what its cues are about, and what it scored."""

    name: str
    meaning: str
    validity: str


def _frame(name: str, subject: str, validity: str) -> Frame:
    return Frame(name, f"the frame '{name}': {subject}; {_NO_SLANT}", f"{validity} {_BY}")


def _on_articles(auc: str, f1: str, learned: str, readers: str = "") -> str:
    """Word the figures of the climate articles; their labels are on whole articles."""
    other = f", one reader against another {readers}" if readers else ""
    return (
        f"AUC {auc}, macro-F1 {f1} on 225 held-out articles on climate (trained TF-IDF {learned})"
        f"{other}"
    )


def _on_headlines(theme: str, auc: str, f1: str, learned: str) -> str:
    """Word the figures of the headlines on gun violence."""
    return (
        f"for the theme '{theme}' of 1,304 held-out headlines on guns AUC {auc}, macro-F1 {f1} "
        f"(trained TF-IDF {learned}); whole articles not measured"
    )


FRAMES: tuple[Frame, ...] = (
    _frame(
        "economic", "costs, gains, jobs and trade", _on_articles(".84", ".73", ".85, .70", ".80")
    ),
    _frame(
        "conflict", "two sides against each other, in words or arms",
        _on_articles(".72", ".65", ".81, .71", ".72"),
    ),
    _frame(
        "human_interest", "persons, families and feelings",
        _on_articles(".70", ".61", ".73, .51", ".67"),
    ),
    _frame(
        "morality", "right and wrong, duty and faith", _on_articles(".86", ".64", ".83, .51", ".73")
    ),
    _frame(
        "responsibility", "who caused it or must answer for it",
        "not measured: no set labels it; it does not tell the labelled 'resolution' (AUC .45)",
    ),
    _frame(
        "resolution", "what is or could be done about it",
        _on_articles(".71", ".64", ".69, .60") + "; AUC .61 on the half for choosing",
    ),
    _frame(
        "politics", "offices, votes, campaigns and tactics",
        _on_headlines("politics", ".69", ".72", ".95, .85"),
    ),
    _frame(
        "law_and_crime", "laws, courts, police and offences",
        _on_headlines("gun rights or control", ".66", ".55", ".97, .90"),
    ),
    _frame(
        "health", "illness and care, of body and mind",
        _on_headlines("mental health", ".65", ".63", ".83, .66"),
    ),
    _frame(
        "security", "danger and protection from it",
        _on_headlines("school and public safety", ".69", ".67", ".93, .78"),
    ),
)  # fmt: skip
