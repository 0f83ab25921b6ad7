"""The four verdicts on a headline, and what they mean: one list for forms, keys and scores."""

from __future__ import annotations

__all__ = ["HOLDS", "VERDICTS"]

# What each verdict means, as it is said to the class; the first is "yes", the others are "no".
VERDICTS = {
    "borne out": "the body says so",
    "overclaims": "the body says less: fewer, less sure, or only somebody's word",
    "contradicted": "the body says otherwise",
    "not in the body": "the body does not say",
}
# The answer to 'does it hold?': a class may be asked just that.
HOLDS = {verdict: "no" if at else "yes" for at, verdict in enumerate(VERDICTS)}
