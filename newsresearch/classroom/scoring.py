"""The answers of each reader against a key: which passages, which words, which questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from newsresearch.heat import (
    ANSWER_DTYPES,
    THE_TOOL,
    Answers,
    Row,
    answer_rows,
    empty_row,
    records,
    spans_of,
)
from newsresearch.tables import pd, to_table
from newsresearch.text import Span, split_words

__all__ = ["SCORE_DTYPES", "answer_key", "findings_as_answers", "hits", "score_answers"]

SCORE_DTYPES = {
    "reader": "str", "article_id": "str",
    "n_marked": "int64", "n_key": "int64", "hits": "int64",
    "precision": "float64", "recall": "float64", "f1": "float64",
    "word_precision": "float64", "word_recall": "float64", "word_f1": "float64",
    "n_items": "int64", "n_right": "int64", "right_share": "float64", "n_problems": "int64",
}  # fmt: skip
# In the `check` column of rows that mark nothing.
_NO_FINDING = frozenset({"not_planted", "not_checked"})
# Of the verdicts on headlines one is a yes: a class may be asked just whether a headline holds.
_HOLDS = {"borne out": "yes", "overclaims": "no", "contradicted": "no", "not in the body": "no"}
_YES, _NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})
NONE = float("nan")


def score_answers(answers: Answers, key: Answers) -> pd.DataFrame:
    """Score the answers of each reader against a key, article by article.

    A marked passage hits one of the key where the two share at least half of the words of the
    shorter; where a finding compares two passages, either will do. Each passage of the key is
    hit once, each mark hits once. Marking the whole
    text hits as well: the columns `word_…` count words one by one, and see that. A score says how
    near an answer is to this key; a key has been made by somebody, and may be wrong.

    Parameters
    ----------
    answers : table of ``nr.read_answers``, or rows
    key : Findings, gold table, gold of ``nr.perturb``, or rows
        Passages (`article_id, field, start, end, quote`), questions (`item`, `answer`) or
        both. If its passages name an item, only answers to that item are compared with them.

    Returns
    -------
    DataFrame
        One row a reader and article: `n_marked`, `n_key`, `hits`; `precision` (hits of marks),
        `recall` (hits of the key), `f1` of both; `word_precision, word_recall, word_f1`, the same
        of words; `n_items` of the key that were answered, `n_right`, `right_share`; all shares
        0 to 1, missing where there is nothing to divide by. `n_problems`: rows left out.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> key = [{"article_id": "a", "field": "body", "start": 0, "end": 9, "quote": "It rained"}]
    >>> mark = {"reader": "r", "article_id": "a", "field": "body", "start": 3, "end": 9}
    >>> scores = score_answers([{**mark, "quote": "rained"}], key)
    >>> scores.loc[0, ["hits", "f1", "word_recall"]].tolist()
    [1.0, 1.0, 0.5]
    """
    keys: dict[str, list[Row]] = defaultdict(list)
    for row in answer_key(key):
        keys[row["article_id"]].append(row)
    given: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in answer_rows(answers):
        given[row["reader"], row["article_id"]].append(row)
    return to_table([_score(*who, rows, keys[who[1]]) for who, rows in given.items()], SCORE_DTYPES)


def answer_key(key: Answers) -> list[Row]:
    """Return a key as rows of answers; findings that mark nothing are left out."""
    rows = [row for row in records(key) if row.get("check") not in _NO_FINDING]
    kept = [
        {"reader": "key", **row, "problem": "", "answer": row.get("answer") or row.get("verdict")}
        for row in rows
    ]
    made = zip(answer_rows(kept), rows, strict=True)
    return [
        {**own, **_other(row)} for own, row in made if own["start"] is not None or own["answer"]
    ]


def _other(row: Mapping[str, Any]) -> Row:
    """Return the passage that a finding is compared with, under the names that findings have."""
    names = ("field", "start", "end", "quote")
    found = {f"other_{name}": row.get(f"other_{name}") for name in names}
    return found if found["other_field"] and found["other_start"] is not None else {}


def _score(reader: str, article_id: str, rows: Sequence[Row], key: Sequence[Row]) -> Row:
    good = [row for row in rows if not row["problem"]]
    passages = [row for row in key if not row["answer"]]
    items = {row["item"] for row in passages} - {""}
    mine = [r for r in good if not r["answer"] and (not items or r["item"] in items)]
    told = {row["item"]: same_answer(row["answer"]) for row in good if row["answer"]}
    right = {row["item"]: same_answer(row["answer"]) for row in key if row["answer"]}
    asked = [item for item in right if item in told]
    places = _score_spans(mine, passages)
    if right and not passages:  # a key of questions alone says nothing about passages
        places |= {name: NONE for name in places if name.endswith(("precision", "recall", "f1"))}
    n_right = sum(told[item] in (right[item], _HOLDS.get(right[item])) for item in asked)
    return {
        "reader": reader, "article_id": article_id, **places,
        "n_items": len(asked), "n_right": n_right, "right_share": _over(n_right, len(asked)),
        "n_problems": len(rows) - len(good),
    }  # fmt: skip


def _score_spans(mine: Sequence[Row], key: Sequence[Row]) -> Row:
    marked, wanted = worded(mine), worded(key)
    others = _worded_others(key)
    n = hits(marked, wanted, others)
    found = _words_in(marked, [*wanted, *(one for some in others.values() for one in some)])
    # Of a finding that compares two passages, that one is aimed at which the reader came nearer.
    nearest = [
        max([one, *others.get((one.field, one.span), ())],
            key=lambda place: max((mark.hit(place) for mark in marked), default=0.0))
        for one in wanted
    ]  # fmt: skip
    aim = _words_in(nearest, marked)
    words = _rates(found.shared, found.all, aim.shared, aim.all)
    return {
        "n_marked": len(marked), "n_key": len(wanted), "hits": n,
        **_rates(n, len(marked), n, len(wanted)),
        **{f"word_{name}": rate for name, rate in words.items()},
    }  # fmt: skip


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


# --- spans and their words -------------------------------------------------------------------


class Worded(NamedTuple):
    """A marked span of a field, and where its words stand."""

    field: str
    span: Span
    words: list[Span]

    def shared(self, other: Worded) -> int:
        """Return how many of my words the other span holds, or a part of them."""
        if self.field != other.field:
            return 0
        start, end = max(self.span.start, other.span.start), min(self.span.end, other.span.end)
        return sum(word.start < end and start < word.end for word in self.words)

    def hit(self, other: Worded) -> float:
        """Return which share of the words of the shorter the two have in common."""
        shorter, longer = sorted((self, other), key=lambda one: len(one.words))
        return shorter.shared(longer) / len(shorter.words)


def worded(rows: Iterable[Row]) -> list[Worded]:
    """Return the different spans of some rows with their words; without any, one of all."""
    quotes = {(r["field"], Span(r["start"], r["end"])): r["quote"] for r in rows if _has_span(r)}
    found = []
    for field, span in spans_of(row for row in rows if _has_span(row)):
        words = [
            Span(span.start + start, span.start + end)
            for start, end in split_words(quotes[field, span])
        ]
        found.append(Worded(field, span, words or [span]))
    return found


def _has_span(row: Row) -> bool:
    return row["start"] is not None and row["end"] is not None


def _worded_others(key: Sequence[Row]) -> dict[tuple[str, Span], list[Worded]]:
    """Return, by the place of a finding, what it is compared with: to mark that is a hit too."""
    others: dict[tuple[str, Span], list[Worded]] = defaultdict(list)
    for row in key:
        if "other_field" in row:
            own = (row["field"], Span(row["start"], row["end"]))
            names = ("field", "start", "end", "quote")
            place = {name: row[f"other_{name}"] for name in names}
            others[own] += worded(
                [{**place, "start": int(place["start"]), "end": int(place["end"])}]
            )
    return others


def hits(
    marked: Sequence[Worded],
    wanted: Sequence[Worded],
    others: Mapping[tuple[str, Span], Sequence[Worded]] | None = None,
) -> int:
    """Return how many pairs of spans meet, the closest first; no span is in two pairs.

    ``others`` gives more places of a wanted span, to hit one of which is enough.
    """
    pairs = []
    for j, aim in enumerate(wanted):
        places = [aim, *(others or {}).get((aim.field, aim.span), ())]
        for i, mark in enumerate(marked):
            near = max(map(mark.hit, places))
            if near >= 0.5:
                pairs.append((-near, i, j))
    pairs.sort()
    left, right = set[int](), set[int]()
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


class _Shared(NamedTuple):
    shared: int
    all: int


def _words_in(some: Sequence[Worded], others: Sequence[Worded]) -> _Shared:
    """Return how many words of some spans the others hold, and how many words there are."""
    words = {(one.field, word) for one in some for word in one.words}
    held = {
        (field, word)
        for field, word in words
        if any(o.field == field and word.start < o.span.end and o.span.start < word.end
               for o in others)
    }  # fmt: skip
    return _Shared(len(held), len(words))


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

    Examples
    --------
    >>> row = {"article_id": "a", "field": "body", "start": 0, "end": 2, "quote": "It",
    ...        "check": "repeated_word", "reason": "It stands here twice."}
    >>> findings_as_answers([row])[0]["reason"]
    'repeated word: It stands here twice.'
    """
    is_table = hasattr(findings, "columns")
    rows = findings.to_dict("records") if is_table else findings
    made = [_as_answer(row, reader, item) for row in rows if row.get("check") not in _NO_FINDING]
    return to_table(made, ANSWER_DTYPES) if is_table else made


def _as_answer(row: Mapping[str, Any], reader: str, item: str) -> Row:
    place = {name: row[name] for name in ("article_id", "field", "start", "end", "quote")}
    check = str(row.get("check", "")).replace("_", " ")
    reason = ": ".join(filter(None, (check, str(row.get("reason", "")))))
    return empty_row(**place, reader=reader, item=item, reason=reason)
