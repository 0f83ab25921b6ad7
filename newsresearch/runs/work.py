"""What a process does to the rows of a part; others find this function by its name."""

from __future__ import annotations

from newsresearch.articles import ArticleError
from newsresearch.decoding import make_whole
from newsresearch.features import SCORERS, score_all
from newsresearch.finishing import finish
from newsresearch.formats.source import Row
from newsresearch.furniture import strip_furniture
from newsresearch.issues import Issues
from newsresearch.tables import pd

__all__ = ["score_part"]

_MEASURES = [measure.column for _, measures in SCORERS for measure in measures]


def score_part(rows: list[Row], repair: bool, keep_furniture: bool) -> pd.DataFrame:
    """Return `article_id`, `note`, the measures and `error` of each row, in order."""
    try:
        return _score(rows, repair, keep_furniture)
    except ArticleError:  # such as a package that is not installed: of no row in particular
        raise
    except Exception as problem:
        if len(rows) > 1:  # one of them: score each by itself
            apart = [score_part([row], repair, keep_furniture) for row in rows]
            return pd.concat(apart, ignore_index=True)
        reason = make_whole(f"scoring failed: {type(problem).__name__}: {problem}", [])
        kept = {"article_id": rows[0]["article_id"], "headline": "", "body": "", "error": reason}
        return _score([kept], repair, keep_furniture)


def _score(rows: list[Row], repair: bool, keep_furniture: bool) -> pd.DataFrame:
    articles = finish(rows, "row", Issues(), repair)
    if not keep_furniture:
        articles, _ = strip_furniture(articles)
    scores = score_all(articles)
    if "note" not in scores:
        scores["note"] = pd.Series("", index=scores.index, dtype="str")
    return scores[["article_id", "note", *_MEASURES, "error"]].copy()
