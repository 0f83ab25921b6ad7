"""Of the texts that lesson 23 gives to a class of 25, in how many does the package find the fault?

    python benchmarks/exercises.py

Versions 1 to 25 of each bundled article without planted faults, as `nr.make_exercise` makes them.
`found`: a finding that the clean article has not touches the fault, for the right reason or a
wrong one; with sentences or paragraphs shuffled that is any new finding. `made`: versions in which
the kind could be planted; `different`: how many of these are different texts.
"""

from __future__ import annotations

import pandas as pd

import newsresearch as nr
from newsresearch.opening import article_ids

KINDS = (
    "insert_intruder", "insert_intruder_same_topic", "splice", "shuffle_sentences",
    "shuffle_paragraphs", "remove_introductions", "change_number", "negate_sentence",
)  # fmt: skip
PUPILS = range(1, 26)


def try_kind(kind: str) -> dict[str, object]:
    """Return how many versions of one kind were made, and in how many the fault was found."""
    made = [
        nr.make_exercise(nr.open_article(name), kind, pupil)
        for name in article_ids("clean")
        for pupil in PUPILS
    ]
    spoilt = [one for one in made if not one.problem]
    return {
        "kind": kind,
        "made": len(spoilt),
        "different": len({one.article for one in spoilt}),
        "found": sum(one.is_found for one in spoilt),
    }


if __name__ == "__main__":
    print(pd.DataFrame(map(try_kind, KINDS)).to_string(index=False))
