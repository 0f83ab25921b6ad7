"""Alpha on published examples, agreement of a class, and scores against a key."""

from __future__ import annotations

import random
from collections import Counter
from itertools import permutations
from typing import Any

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.classroom.agreeing import AGREEMENT_DTYPES, ALL, agreement
from newsresearch.classroom.alpha import Marks, alpha, percent_agreement
from newsresearch.classroom.collecting import read_answers
from newsresearch.classroom.overlaps import hits, worded
from newsresearch.classroom.scoring import (
    SCORE_DTYPES,
    findings_as_answers,
    same_answer,
    score_answers,
)
from newsresearch.heat import ANSWER_DTYPES, THE_TOOL, empty_row

# Krippendorff (2011), examples C and A: four observers with gaps, two observers of two values.
FOUR = """
1 2 3 3 2 1 4 1 2 * * *
1 2 3 3 2 2 4 1 2 5 * 3
* 3 3 3 2 3 4 2 2 5 1 *
1 2 3 3 2 4 4 1 2 5 1 *
"""
TWO = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""
# Example B: two observers of five categories.
LETTERS = """
a a b b d c c c e d d a
b a b b b c c c e d d d
"""


def units(rows: str) -> list[Counter[str]]:
    columns = zip(*(line.split() for line in rows.strip().splitlines()), strict=True)
    return [Counter(value for value in column if value != "*") for column in columns]


@pytest.mark.parametrize(
    ("rows", "level", "published"),
    [
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (TWO, "nominal", 0.095),
        (LETTERS, "nominal", 0.692),
    ],
)
def test_alpha_of_the_published_examples(rows: str, level: str, published: float) -> None:
    found = alpha(units(rows), "12345" if level == "ordinal" else "", level)
    assert found is not None
    assert round(found, 3) == published


def test_alpha_of_marks_is_alpha_of_two_values() -> None:
    dice = random.Random(3)
    for readers in (2, 5, 9):
        counts = [dice.randint(0, readers) for _ in range(30)]
        pairs = [Counter({"yes": k, "no": readers - k}) for k in counts]
        told = Marks.of(counts, readers)
        assert told.alpha == pytest.approx(alpha(pairs), abs=1e-12)
        assert told.agreed == pytest.approx(percent_agreement(pairs), abs=1e-12)
        parts = [Marks.of(counts[:11], readers), Marks.of(counts[11:], readers)]
        assert Marks.total(parts).alpha == pytest.approx(told.alpha, abs=1e-12)


def test_alpha_is_missing_where_nothing_differs() -> None:
    assert alpha([]) is None
    assert alpha([Counter(a=3), Counter(a=2)]) is None
    assert alpha([Counter(a=1), Counter(b=1)]) is None  # no unit has two answers
    assert alpha([Counter(a=2), Counter(b=2)]) == 1
    assert alpha([Counter(a=1, b=1)] * 4) < 0
    with pytest.raises(ValueError, match=r"no level 'ratio'\. Choose from: nominal"):
        alpha([Counter(a=2), Counter(b=2)], level="ratio")


# --- agreement of a class --------------------------------------------------------------------

SENTENCES = [
    f"Sentence number {word} says little."
    for word in ("one", "two", "three", "four", "five", "six")
]
ARTICLE = Article("a", "A plain headline", " ".join(SENTENCES))
Rows = list[dict[str, Any]]


def marks(**by_reader: tuple[int, ...]) -> Rows:
    """Return marks of whole sentences, by number from 0; none: read, nothing marked."""
    rows = []
    for reader, numbers in by_reader.items():
        same = {"reader": reader, "article_id": "a"}
        rows += [] if numbers else [empty_row(**same)]
        for number in numbers:
            span = ARTICLE.sentences[number]
            place = {"field": "body", **span._asdict(), "quote": span.of(ARTICLE.body)}
            rows.append(empty_row(**same, **place))
    return rows


def choices(*answers: str, item: str = "1", article_id: str = "a") -> Rows:
    """Return the answers of readers r0, r1, … to a question; '*': none."""
    return [
        empty_row(reader=f"r{n}", article_id=article_id, item=item, answer=answer)
        for n, answer in enumerate(answers)
        if answer != "*"
    ]


def test_columns_and_dtypes_are_fixed_also_where_nothing_is() -> None:
    assert agreement([]).dtypes.astype(str).to_dict() == AGREEMENT_DTYPES
    table = agreement(marks(r1=(0,), r2=(0, 1)), ARTICLE)
    assert table.dtypes.astype(str).to_dict() == AGREEMENT_DTYPES


def test_words_and_sentences_by_hand() -> None:
    word, sentence = agreement(marks(r1=(0, 1), r2=(1,), r3=()), ARTICLE).to_dict("records")
    # The headline and six sentences: marked by 1, 2 and 0 of 3; words: 5 a sentence, 3 above.
    by_sentence = [Counter(m=k, u=3 - k) for k in (0, 1, 2, 0, 0, 0, 0)]
    by_word = [Counter(m=k, u=3 - k) for k in (*[0] * 3, *[1] * 5, *[2] * 5, *[0] * 20)]
    assert sentence["alpha"] == pytest.approx(alpha(by_sentence))
    assert word["alpha"] == pytest.approx(alpha(by_word))
    assert sentence["percent_agreement"] == pytest.approx(percent_agreement(by_sentence))
    assert (word["n_units"], sentence["n_units"], word["n_readers"]) == (33, 7, 3)
    # Pairs: r1 with r2 meet once of three marks, 2/3; r3 with the others 0.
    assert word["span_f1"] == pytest.approx((2 / 3 + 0 + 0) / 3)
    assert word["alpha_low"] != word["alpha_low"]  # in 9 % of resamples nothing is marked
    assert "No interval: too few sentences, or too few marks." in word["note"]


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        (marks(r1=(0, 1)), "one reader alone"),
        (marks(r1=(), r2=()), "all readers marked nothing"),
        (choices("yes", "yes") + choices("yes", "yes", item="2"), "all answers are the same"),
        (choices("yes", "no"), "two questions"),
    ],
)
def test_where_alpha_is_undefined_the_note_says_why(rows: Rows, note: str) -> None:
    last = agreement(rows, ARTICLE).to_dict("records")[-1]
    assert last["alpha"] != last["alpha"]
    assert last["alpha_low"] != last["alpha_low"]
    assert note in last["note"]
    assert last["note"].startswith("no alpha: ")


def test_articles_are_needed_for_words() -> None:
    [row] = agreement(marks(r1=(0,), r2=(0,))).to_dict("records")
    assert "pass the articles" in row["note"]
    assert (row["n_readers"], row["span_f1"]) == (2, 1.0)


def test_a_quote_that_is_not_there_is_taken_from_the_article_or_not_counted() -> None:
    # Of the five words of each, one is the other's: no hit. Counted as one word each they meet.
    rows = [words(0, 4, reader="r1"), words(4, 8, reader="r2")]
    bare = [{**row, "quote": ""} for row in rows]
    assert agreement(bare, ARTICLE).equals(agreement(rows, ARTICLE))
    assert agreement(rows, ARTICLE)["span_f1"].tolist() == [0, 0]
    [row] = agreement(bare).to_dict("records")
    assert row["span_f1"] != row["span_f1"]


def test_where_nobody_differs_there_is_no_interval() -> None:
    for rows in (
        marks(r1=(0, 2, 4), r2=(0, 2, 4)),
        [row for n in range(9) for row in choices(*["yn"[n % 2]] * 3, item=str(n))],
    ):
        last = agreement(rows, ARTICLE).to_dict("records")[-1]
        assert last["alpha"] == last["percent_agreement"] == 1
        assert last["alpha_low"] != last["alpha_low"] and last["alpha_high"] != last["alpha_high"]
        assert "No interval: nobody differs" in last["note"]


def test_an_answer_is_named_once_in_an_order() -> None:
    rows = [row for n in range(6) for row in choices("yes", "n", item=str(n))]
    with pytest.raises(ValueError, match="order names 'no' 2 times"):
        agreement(rows, order=("no", "No ", "yes"))


def test_one_answer_alone_says_so() -> None:
    first = agreement(choices("yes")).iloc[0]
    assert pd.isna(first["percent_agreement"]) and "one reader alone" in first["note"]


def test_of_two_answers_to_a_question_the_last_counts() -> None:
    twice = choices("no", "yes") + choices("yes")
    assert agreement(twice).equals(agreement(choices("yes", "yes")))
    assert score_answers(twice, choices("yes")[:1])["n_right"].tolist() == [1, 1]


def test_questions_with_gaps_are_the_published_example() -> None:
    rows = [
        row
        for number, column in enumerate(
            zip(*(x.split() for x in FOUR.split("\n")[1:5]), strict=True)
        )
        for row in choices(*column, item=str(number))
    ]
    table = agreement(rows)
    whole = table[table["unit"] == "question"].iloc[0]
    assert round(whole["alpha"], 3) == 0.743
    assert (whole["item"], whole["n_units"], whole["n_readers"]) == (ALL, 11, 4)
    ordered = agreement(rows, order="12345")
    assert round(ordered.loc[ordered["unit"] == "question", "alpha"].iloc[0], 3) == 0.815
    with pytest.raises(ValueError, match="order names 2 answers, but 3 others were given"):
        agreement(rows, order="12")


def test_one_question_in_each_of_many_articles_is_taken_together() -> None:
    rows = [row for n in range(6) for row in choices("yes", "YES ", "yn"[n % 2], article_id=str(n))]
    table = agreement(rows)
    assert table["article_id"].tolist()[-1] == ALL
    assert table["n_units"].tolist()[-1] == 6
    assert table.loc[table["unit"] == "answer", "percent_agreement"].tolist() == pytest.approx(
        [1, 1 / 3] * 3
    )


def test_bad_rows_and_the_tool_do_not_count() -> None:
    rows = marks(r1=(0,), r2=(0,))
    bad = [{**rows[0], "reader": "r3", "problem": "wrong"}, {**rows[0], "reader": ""}]
    outside = [{**rows[0], "reader": "r4", "end": 99_999}]
    tool = [{**row, "reader": THE_TOOL} for row in marks(x=(3, 4))]
    assert agreement(rows + bad + outside + tool, ARTICLE).equals(agreement(rows, ARTICLE))


def test_resamples_are_the_same_for_a_seed_and_can_be_left_out() -> None:
    rows = marks(r1=(0, 1, 4), r2=(1, 4), r3=(0, 4, 5))
    first = agreement(rows, ARTICLE)
    assert first.equals(agreement(rows, ARTICLE))
    assert first["alpha_low"].lt(first["alpha"]).all()
    assert first["alpha_high"].gt(first["alpha"]).all()
    assert not first.equals(agreement(rows, ARTICLE, seed=1))
    assert agreement(rows, ARTICLE, resamples=0)["alpha_low"].isna().all()
    for few in (-1, 1, 99):
        with pytest.raises(ValueError, match=f"must be 0, or 100 or more .* found {few}"):
            agreement(rows, ARTICLE, resamples=few)


def test_the_note_tells_what_is_normal() -> None:
    note = agreement(marks(r1=(0, 1, 4), r2=(1, 4), r3=(0, 4, 5)), ARTICLE)["note"][1]
    for fact in (".39-.40", ".21 (BABE)", ".16-.20 (INSteD)"):
        assert fact in note


def test_a_thousand_readers_are_counted_soon() -> None:
    dice = random.Random(2)
    rows = marks(
        **{f"r{n}": tuple(dice.sample(range(6), dice.randint(0, 3))) for n in range(1_000)}
    )
    table = agreement(rows, ARTICLE, resamples=200)
    assert table["n_readers"].tolist() == [1_000, 1_000]
    assert -0.1 < table["alpha"][0] < 0.1
    assert 0 < table["span_f1"][0] < 1


# --- scores ----------------------------------------------------------------------------------


def key(*numbers: int) -> Rows:
    return [{**row, "check": "x"} for row in marks(key=numbers)]


def test_scores_by_hand() -> None:
    table = score_answers(marks(r1=(0, 1), r2=(), r3=(1,)), key(1, 2))
    assert table.dtypes.astype(str).to_dict() == SCORE_DTYPES
    told = table.set_index("reader")
    assert told.loc["r1", ["n_marked", "n_key", "hits"]].tolist() == [2, 2, 1]
    assert told.loc["r1", ["precision", "recall", "f1"]].tolist() == [0.5, 0.5, 0.5]
    assert told.loc["r2", ["n_marked", "hits", "recall", "f1"]].tolist() == [0, 0, 0, 0]
    assert pd.isna(told.loc["r2", "precision"])
    assert told.loc["r3", ["precision", "recall"]].tolist() == [1, 0.5]


def test_half_of_the_words_of_the_shorter_is_a_hit() -> None:
    span = ARTICLE.sentences[0]  # Sentence number one says little.
    wanted = {
        "article_id": "a",
        "field": "body",
        "start": 0,
        "end": span.end,
        "quote": span.of(ARTICLE.body),
    }

    def hit(start: int, end: int) -> int:
        quote = ARTICLE.body[start:end]
        mark = empty_row(
            reader="r", article_id="a", field="body", start=start, end=end, quote=quote
        )
        return int(score_answers([mark], [wanted])["hits"][0])

    assert hit(9, 15) == 1  # one word, all of it inside
    longer = ARTICLE.body.index("little")
    assert hit(longer, ARTICLE.sentences[1].end) == 0  # one word of six, of the shorter's five
    assert hit(9, ARTICLE.sentences[1].end) == 1  # four of the five
    assert hit(span.end + 1, ARTICLE.sentences[1].end) == 0


def test_each_passage_of_the_key_counts_once_and_words_see_marking_everything() -> None:
    whole = {"field": "body", "start": 0, "end": len(ARTICLE.body), "quote": ARTICLE.body}
    [row] = score_answers([empty_row(reader="r", article_id="a", **whole)], key(1, 2)).to_dict(
        "records"
    )
    assert (row["hits"], row["precision"], row["recall"]) == (1, 1.0, 0.5)
    assert row["word_recall"] == 1
    assert row["word_precision"] == pytest.approx(10 / 30)
    twice = marks(r=(1,))[0]
    pieces = [{**twice, "end": twice["start"] + 8, "quote": "Sentence"}, twice]
    [row] = score_answers(pieces, key(1)).to_dict("records")
    assert (row["n_marked"], row["hits"], row["precision"], row["recall"]) == (2, 1, 0.5, 1.0)


def words(first: int, last: int, **cells: Any) -> dict[str, Any]:
    """Return a mark from one word of the body to another, counted from 0."""
    start, end = ARTICLE.words[first].start, ARTICLE.words[last].end
    quote = ARTICLE.body[start:end]
    place = {"field": "body", "start": start, "end": end, "quote": quote}
    return empty_row(**{"reader": "r", "article_id": "a", **place, **cells})


def test_as_many_pairs_are_made_as_can_be() -> None:
    # The first mark hits both passages wholly, the second hits only the first passage.
    given, wanted = [words(2, 9), words(0, 3)], [words(2, 4), words(5, 9)]
    assert score_answers(given, wanted)["hits"].tolist() == [2]
    rows = given + [{**row, "reader": "r2"} for row in wanted]
    assert agreement(rows, ARTICLE)["span_f1"].tolist() == [1, 1]


def test_pairs_are_as_many_as_trying_all_of_them_finds() -> None:
    dice = random.Random(8)
    for _ in range(300):
        starts = [(dice.randint(0, 20), dice.randint(0, 6)) for _ in range(dice.randint(2, 9))]
        some = worded([words(at, at + more) for at, more in starts])
        one, other = some[: len(some) // 2], some[len(some) // 2 :]  # the second has no fewer
        most = max(
            sum(a.hit(b) >= 0.5 for a, b in zip(one, order, strict=True))
            for order in permutations(other, len(one))
        )
        assert hits(one, other) == hits(other, one) == most


def test_a_long_chain_of_marks_is_paired() -> None:
    body = "word " * 4_000
    row = {"reader": "r", "article_id": "a", "field": "body"}

    def chain(shift: int) -> Rows:
        places = [(10 * n + shift, 10 * n + shift + 9) for n in range(1_500)]
        return [{**row, "start": a, "end": b, "quote": body[a:b]} for a, b in places]

    assert hits(worded(chain(0)), worded(chain(5))) == 1_500


def test_answers_to_one_item_hit_no_passage_of_another() -> None:
    wanted = [{**key(1)[0], "item": "1"}, {**key(2)[0], "item": "2"}]

    def score(item: str, number: int) -> list[float]:
        rows = [{**row, "item": item} for row in marks(r=(number,))]
        found = score_answers(rows, wanted).iloc[0]
        return [found["n_marked"], found["hits"], found["word_recall"]]

    assert score("1", 1) == score("2", 2) == [1, 1, 0.5]
    assert score("2", 1) == [1, 0, 0]
    assert score("3", 1) == score("", 1) == [0, 0, 0]
    wanted[0]["item"] = ""  # any mark may hit it but those that answer the other question
    assert score("", 1) == score("3", 1) == [1, 1, 0.5]
    assert score("2", 1) == [1, 0, 0]


RATES = ["precision", "recall", "f1", "word_precision", "word_recall", "word_f1"]


@pytest.mark.parametrize(
    "silent",
    [
        [],
        [{**row, "article_id": "b"} for row in key(1)],  # about another article
        choices("yes")[:1],  # about no passage
        [{"article_id": "a", "check": "not_checked", "reason": "no text"}],
    ],
)
def test_where_the_key_is_silent_no_rate_is_told(silent: Rows) -> None:
    told = score_answers(marks(r1=(1,), r2=()), silent)
    assert told[["n_marked", "n_key"]].values.tolist() == [[1, 0], [0, 0]]
    assert told[RATES].isna().all(axis=None)


def test_where_the_key_says_nothing_is_wrong_each_mark_misses() -> None:
    for nothing in (
        nr.perturb(pd.DataFrame({"article_id": ["a"], "headline": ["H"], "body": ["One."]}),
                   "splice")[1],
        marks(key=()),
    ):  # fmt: skip
        told = score_answers(marks(r1=(1,), r2=()), nothing)
        gone = float("nan")
        assert told[RATES].iloc[0].tolist() == pytest.approx([0, gone, 0] * 2, nan_ok=True)
        assert told[RATES].iloc[1].isna().all()
    assert score_answers([], key(1)).empty


def test_words_that_are_not_there_are_not_counted() -> None:
    [mark] = marks(r=(1,))
    [row] = score_answers([mark, {**mark, "end": mark["end"] + 9, "quote": ""}], key(1)).to_dict(
        "records"
    )
    assert (row["n_marked"], row["n_problems"], row["f1"]) == (1, 1, 1)
    with pytest.raises(ValueError, match=r"has no quote \(body 33 to 65 in article 'a'\)"):
        score_answers([mark], [{**key(1)[0], "quote": None}])


def test_an_answer_whose_proof_has_no_quote_still_counts() -> None:
    [given] = choices("yes")
    proved = {**given, "field": "body", "start": 0, "end": 8}
    [row] = score_answers([proved], [proved]).to_dict("records")
    assert (row["n_right"], row["n_problems"], row["n_key"]) == (1, 0, 0)


def test_a_quote_of_the_key_that_is_nowhere_does_not_say_that_nothing_is() -> None:
    lost = read_answers([{"name": "key", "article_id": "a", "quote": "no such words"}], ARTICLE)
    assert lost["problem"].ne("").all()
    assert score_answers(marks(r=(1,)), lost)[RATES].isna().all(axis=None)


def test_a_key_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="two answers to question '1' in article 'a': 'yes' and"):
        score_answers(choices("yes"), choices("yes", "no"))
    again = choices("yes", "Y") + choices("no", article_id="b") + key(1)
    assert score_answers(choices("yes"), again)["n_right"].tolist() == [1]


def test_passages_of_the_headline_and_of_the_body() -> None:
    title = {"field": "headline", "start": 0, "end": 16, "quote": ARTICLE.headline}
    wanted = [*key(1), {**key(1)[0], **title}]
    both = [*marks(r1=(1,)), *[{**row, **title} for row in marks(r1=(0,), r2=(0,))]]
    assert score_answers(both, wanted)["hits"].tolist() == [2, 1]
    wrong_field = {**marks(r1=(1,))[0], "field": "headline"}
    assert score_answers([wrong_field], wanted)["hits"].tolist() == [0]


def test_either_passage_of_a_finding_is_a_hit() -> None:
    [main] = key(0)
    [other] = marks(x=(3,))
    paired = main | {f"other_{name}": other[name] for name in ("field", "start", "end", "quote")}
    table = score_answers(marks(r1=(3,), r2=(0,), r3=(0, 3)), pd.DataFrame([paired]))
    assert table["hits"].tolist() == [1, 1, 1]
    assert table["word_f1"].tolist() == [1, 1, pytest.approx(2 * 1 * 1 / 2)]


def test_questions_are_right_or_not() -> None:
    wanted = choices("Yes", item="1")[:1] + choices("no", item="2")[:1]
    given = choices("y", "no", item="1") + choices("No.", item="2")
    table = score_answers(given, wanted).set_index("reader")
    assert table.loc["r0", ["n_items", "n_right", "right_share"]].tolist() == [2, 2, 1]
    assert table.loc["r1", ["n_items", "n_right", "right_share"]].tolist() == [1, 0, 0]
    verdicts = [{"article_id": "a", "item": "1", "verdict": "borne out"}]
    assert score_answers(choices("Borne  out"), verdicts)["n_right"].tolist() == [1]


def test_items_of_the_key_part_the_marks() -> None:
    mine = [{**row, "item": item} for item, row in zip("12", marks(r=(0, 1)), strict=True)]
    assert score_answers(mine, key(0, 1))["n_marked"].tolist() == [2]
    only = [{**row, "item": "1"} for row in key(0, 1)]
    assert score_answers(mine, only)["n_marked"].tolist() == [1]


def test_problems_are_counted_and_empty_keys_leave_scores_missing() -> None:
    rows = marks(r=(0,))
    table = score_answers([*rows, {**rows[0], "problem": "wrong"}], [])
    assert table["n_problems"].tolist() == [1]
    assert table["precision"].isna().all()
    assert table["recall"].isna().all()
    assert score_answers([], key(1)).dtypes.astype(str).to_dict() == SCORE_DTYPES
    assert score_answers(marks(r=()), []).loc[0, ["f1", "word_f1"]].isna().all()


def test_same_answers() -> None:
    assert [same_answer(a) for a in (" YES!", "y", "True", "N", "a  little")] == [
        "yes", "yes", "yes", "no", "a little",
    ]  # fmt: skip


# --- the tool and the bundled data -----------------------------------------------------------


def test_findings_and_gold_and_perturbed_articles_are_keys() -> None:
    demo = nr.load_dataset("demo").head(16)
    findings = nr.find_incoherence(demo)
    tool = findings_as_answers(findings)
    assert tool.dtypes.astype(str).to_dict() == ANSWER_DTYPES
    assert set(tool["reader"]) == {THE_TOOL}
    assert score_answers(tool, findings)["f1"].eq(1).all()
    rows = findings_as_answers(findings.to_dict("records"), "R2", "q")
    assert (rows[0]["reader"], rows[0]["item"]) == ("R2", "q")
    assert pd.DataFrame(rows)["quote"].tolist() == tool["quote"].tolist()
    scores = score_answers(tool, nr.load_gold("demo"))
    assert scores["hits"].sum() > 0
    spoilt, gold = nr.perturb(demo.head(3), "repeat_sentence")
    marked = read_answers(findings_as_answers(gold), spoilt, pseudonyms=False)
    assert score_answers(marked, gold)["recall"].eq(1).all()


def test_a_finding_that_is_none_is_no_answer() -> None:
    row = {
        "check": "not_checked",
        "article_id": "a",
        "field": "body",
        "start": 0,
        "end": 0,
        "quote": "",
    }
    assert findings_as_answers([row]) == []
