"""The answers of each reader against a key: which passages, which words, which questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from newsresearch.classroom.overlaps import Worded, hits, shared_words, worded, worded_others
from newsresearch.classroom.verdicts import HOLDS
from newsresearch.heat import (
    ANSWER_DTYPES,
    THE_TOOL,
    Answers,
    Row,
    answer_rows,
    empty_row,
    records,
)
from newsresearch.marks import Place, check_findings
from newsresearch.tables import pd, to_table

__all__ = ["SCORE_DTYPES", "findings_as_answers", "same_answer", "score_answers"]

SCORE_DTYPES = {
    "reader": "str", "article_id": "str",
    "n_marked": "int64", "n_key": "int64", "hits": "int64",
    "precision": "float64", "recall": "float64", "f1": "float64",
    "word_precision": "float64", "word_recall": "float64", "word_f1": "float64",
    "n_items": "int64", "n_right": "int64", "right_share": "float64", "n_problems": "int64",
}  # fmt: skip
# In the `check` column of rows that mark nothing.
_NO_FINDING = frozenset({"not_planted", "not_checked"})
_PLACE = ("article_id", *Place._fields)
_YES, _NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})
NONE = float("nan")


def score_answers(answers: Answers, key: Answers) -> pd.DataFrame:
    """Score the answers of each reader against a key, article by article.

    A marked passage hits one of the key where the two share at least half of the words of the
    shorter; where a finding compares two passages, either will do. Each passage of the key is
    hit once, each mark hits once: of three passages under one long mark one is hit. Marking the
    whole text hits as well: the columns `word_…` count words one by one, and see that. A score
    says how near an answer is to this key; a key has been made by somebody, and may be wrong.

    Parameters
    ----------
    answers : table of ``nr.read_answers``, or rows
        Of two answers of a reader to one question the last counts.
    key : Findings, gold table, gold of ``nr.perturb``, or rows
        Passages (`article_id, field, start, end, quote`), questions (`item`, `answer`) or
        both. Passages that name an item are compared with answers to that item only. Rows with
        a `problem` are left out.

    Returns
    -------
    DataFrame
        One row a reader and article that has answers: `n_marked`, `n_key`, `hits`; `precision`
        (hits of marks), `recall` (hits of the key), `f1` of both; `word_precision, word_recall,
        word_f1`, the same of words; `n_items` of the key that were answered, `n_right`,
        `right_share`; all shares 0 to 1, higher is nearer to the key. Who marked nothing has no
        precision, recall 0 and f1 0. Of an article without passages in the key (`n_key` 0) all
        rates of marks are missing: nobody said what is to be found there. Only where a row of the
        key says that nothing is (`not_planted`, or no passage and no answer) each mark misses,
        with precision 0 and f1 0. `n_problems`: rows left out, those with a problem or with a
        passage but no quote, whose words cannot be counted.

    Raises
    ------
    ValueError
        If a column is missing, a passage of the key has no quote, or the key gives two answers
        to one question.

    Examples
    --------
    >>> key = [{"article_id": "a", "field": "body", "start": 0, "end": 9, "quote": "It rained"}]
    >>> mark = {"reader": "r", "article_id": "a", "field": "body", "start": 3, "end": 9}
    >>> scores = score_answers([{**mark, "quote": "rained"}], key)
    >>> scores.loc[0, ["hits", "f1", "word_recall"]].tolist()
    [1.0, 1.0, 0.5]
    """
    keys: dict[str, list[Row]] = defaultdict(list)
    for row in _checked(_read_key(key)):
        keys[row["article_id"]].append(row)
    given: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in answer_rows(answers):
        given[row["reader"], row["article_id"]].append(row)
    return to_table([_score(*who, rows, keys[who[1]]) for who, rows in given.items()], SCORE_DTYPES)


def _read_key(key: Answers) -> list[Row]:
    """Return a key as rows of answers; one with no place says that nothing is to be found."""
    rows = [r for r in records(key) if r.get("check") != "not_checked" and not r.get("problem")]
    kept = [
        {"reader": "key", **row, "problem": "", "answer": row.get("answer") or row.get("verdict")}
        | (dict.fromkeys(("start", "end")) if row.get("check") == "not_planted" else {})
        for row in rows
    ]
    return [{**own, **_other(row)} for own, row in zip(answer_rows(kept), rows, strict=True)]


def _checked(key: list[Row]) -> list[Row]:
    """Return the key, or raise a ValueError where it cannot be counted or contradicts itself."""
    right: dict[tuple[str, str], str] = {}
    for row in key:
        where = f"in article {row['article_id']!r}"
        if _lacks_quote(row):
            raise ValueError(
                f"a passage of the key has no quote ({row['field']} {row['start']} to "
                f"{row['end']} {where}), so its words cannot be counted. Add a column 'quote'; "
                "nr.read_answers(key, articles) does."
            )
        mine = row["answer"]
        told = right.setdefault((row["article_id"], row["item"]), mine) if mine else mine
        if same_answer(told) != same_answer(mine):
            raise ValueError(
                f"the key gives two answers to question {row['item']!r} {where}: {told!r} and "
                f"{mine!r}. Keep the right one."
            )
    return key


def _lacks_quote(row: Row) -> bool:
    """Tell whether a row marks a passage whose words nobody knows; proof of answers is no mark."""
    return row["start"] is not None and not (row["quote"] or row["answer"])


def _other(row: Mapping[str, Any]) -> Row:
    """Return the passage that a finding is compared with, under the names that findings have."""
    found = {f"other_{name}": row.get(f"other_{name}") for name in Place._fields}
    return found if found["other_field"] and found["other_start"] is not None else {}


def _score(reader: str, article_id: str, rows: Sequence[Row], key: Sequence[Row]) -> Row:
    good = [row for row in rows if not (row["problem"] or _lacks_quote(row))]
    passages = [row for row in key if row["start"] is not None and not row["answer"]]
    nothing = any(row["start"] is None and not row["answer"] for row in key)
    mine = [row for row in good if not row["answer"]]
    told = {row["item"]: same_answer(row["answer"]) for row in good if row["answer"]}
    right = {row["item"]: same_answer(row["answer"]) for row in key if row["answer"]}
    asked = [item for item in right if item in told]
    n_right = sum(told[item] in (right[item], HOLDS.get(right[item])) for item in asked)
    return {
        "reader": reader, "article_id": article_id, **_score_spans(mine, passages, nothing),
        "n_items": len(asked), "n_right": n_right, "right_share": _over(n_right, len(asked)),
        "n_problems": len(rows) - len(good),
    }  # fmt: skip


class _Counts(NamedTuple):
    """Passages marked, of the key and hit; words marked and of these right, wanted and reached."""

    marked: int
    wanted: int
    hits: int
    words: int
    right: int
    aimed: int
    reached: int


def _score_spans(mine: Sequence[Row], key: Sequence[Row], nothing: bool) -> Row:
    """Return counts and rates of marks; ``nothing``: the key says that there is nothing to find."""
    parts = [_compare(*both) for both in _by_item(mine, key)]
    n = _Counts(*map(sum, zip(*parts, strict=True)))
    rates = _rates(n.hits, n.marked, n.hits, n.wanted)
    words = _rates(n.right, n.words, n.reached, n.aimed)
    all_rates = rates | {f"word_{name}": rate for name, rate in words.items()}
    told = all_rates if key or nothing else dict.fromkeys(all_rates, NONE)
    return {"n_marked": n.marked, "n_key": n.wanted, "hits": n.hits, **told}


def _by_item(mine: Sequence[Row], key: Sequence[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the marks and the passages of each item of the key.

    Passages without an item take all marks that no other item takes.
    """
    items = list(dict.fromkeys(row["item"] for row in key)) or [""]
    for item in items:
        own = [r for r in mine if r["item"] == item or (not item and r["item"] not in items)]
        yield own, [row for row in key if row["item"] == item]


def _compare(mine: Sequence[Row], key: Sequence[Row]) -> _Counts:
    marked, wanted, others = worded(mine), worded(key), worded_others(key)
    found = shared_words(marked, [*wanted, *(one for some in others.values() for one in some)])
    # Of a finding that compares two passages, that one is aimed at which the reader came nearer.
    nearest = [_nearest([one, *others.get((one.field, one.span), ())], marked) for one in wanted]
    aim = shared_words(nearest, marked)
    n = hits(marked, wanted, others)
    return _Counts(len(marked), len(wanted), n, found.all, found.shared, aim.all, aim.shared)


def _nearest(places: Sequence[Worded], marked: Sequence[Worded]) -> Worded:
    if len(places) == 1:
        return places[0]
    return max(places, key=lambda place: max((mark.hit(place) for mark in marked), default=0.0))


def _rates(hit: int, marked: int, reached: int, wanted: int) -> dict[str, float]:
    """Return precision, recall and their harmonic mean, 0 where one is and none is missing."""
    precision, recall = _over(hit, marked), _over(reached, wanted)
    both = precision + recall
    f1 = 0.0 if marked + wanted and not (hit and reached) else 2 * precision * recall / (both or 1)
    return {"precision": precision, "recall": recall, "f1": f1 if marked + wanted else NONE}


def _over(part: int, whole: int) -> float:
    return part / whole if whole else NONE


def same_answer(answer: str) -> str:
    """Return what makes two answers one: not their case, blanks, or 'y' for 'yes'.

    Examples
    --------
    >>> same_answer(" Y "), same_answer("Agree  a bit")
    ('yes', 'agree a bit')
    """
    word = " ".join(answer.lower().split()).rstrip(".!")
    return "yes" if word in _YES else "no" if word in _NO else word


# --- the tool as one more reader -------------------------------------------------------------


def findings_as_answers(findings: Any, reader: str = THE_TOOL, item: str = "") -> Any:
    """Return findings as the answers of one more reader: the tool.

    The passage of each finding is an answer, the one it is compared with is not. The tool is no
    judge: it errs as readers do, and does not see most of what they see.

    Parameters
    ----------
    findings : Findings table, or its rows
    reader : str, default "the tool"
    item : str, optional
        The question that they answer, as in the answers of the class.

    Returns
    -------
    DataFrame or list of dict
        Columns of ``nr.read_answers``; a table for a table, rows for rows.

    Raises
    ------
    ValueError
        If they are no table and no rows, or a column is missing.

    Examples
    --------
    >>> row = {"article_id": "a", "field": "body", "start": 0, "end": 2, "quote": "It",
    ...        "check": "repeated_word", "reason": "It stands here twice."}
    >>> findings_as_answers([row])[0]["reason"]
    'repeated word: It stands here twice.'
    """
    check_findings(findings, _PLACE)
    is_table = hasattr(findings, "columns")
    rows = findings.to_dict("records") if is_table else findings
    made = [_as_answer(row, reader, item) for row in rows if row.get("check") not in _NO_FINDING]
    return to_table(made, ANSWER_DTYPES) if is_table else made


def _as_answer(row: Mapping[str, Any], reader: str, item: str) -> Row:
    place = {name: row[name] for name in _PLACE}
    check = str(row.get("check", "")).replace("_", " ")
    reason = ": ".join(filter(None, (check, str(row.get("reason", "")))))
    return empty_row(**place, reader=reader, item=item, reason=reason)
