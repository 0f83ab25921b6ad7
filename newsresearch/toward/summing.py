"""The tone toward each person of an article, over all mentions."""

from __future__ import annotations

from typing import Any

from newsresearch.tables import pd, to_table

__all__ = ["PERSON_DTYPES", "sum_people"]

PERSON_DTYPES = {
    "article_id": "str", "name": "str", "n_mentions": "int64", "n_negative": "int64",
    "n_neutral": "int64", "n_positive": "int64", "tone": "float64", "narration_tone": "float64",
    "quoted_tone": "float64", "n_quoted": "int64",
}  # fmt: skip


def sum_people(mentions: pd.DataFrame, narration: str) -> pd.DataFrame:
    """Return one row a person and article, in order of first mention."""
    groups = mentions.groupby(["article_id", "name"], sort=False)
    rows = [_sum(str(article), str(name), own, narration) for (article, name), own in groups]
    return to_table(rows, PERSON_DTYPES)


def _sum(article: str, name: str, own: pd.DataFrame, narration: str) -> dict[str, Any]:
    """Sum up one person; headlines, which are not read for speakers, count as narration."""
    quoted = ~own["said_by"].isin([narration, ""])
    counts = own["label"].value_counts()
    return {
        "article_id": article, "name": name, "n_mentions": len(own),
        "n_negative": counts.get("negative", 0), "n_neutral": counts.get("neutral", 0),
        "n_positive": counts.get("positive", 0), "tone": own["tone"].mean(),
        "narration_tone": own.loc[~quoted, "tone"].mean(),
        "quoted_tone": own.loc[quoted, "tone"].mean(), "n_quoted": int(quoted.sum()),
    }  # fmt: skip
