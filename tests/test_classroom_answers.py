"""Reading what a class hands in: every form, every fault, and no name in what comes out."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.classroom.collecting import read_answers
from newsresearch.classroom.lines import number_lines
from newsresearch.classroom.marking import mark_spans
from newsresearch.classroom.names import Pseudonyms
from newsresearch.heat import ANSWER_DTYPES

BODY = (
    "“It  isn’t over,” the mayor said on Monday.\n\nThe bridge closed. The bridge – old and wet – "
    "will open… someday, he told us. It was built in 1911 by the harbour office of the town."
)
RAIN = Article("a", "Rain floods the town", BODY)
SUN = Article("b", "Sun dries the town", "It dried. It shone.")


def read(*rows: dict[str, object], **options: object) -> pd.DataFrame:
    return read_answers(list(rows), RAIN, **{"secret": "x" * 20, **options})


def test_columns_and_dtypes_are_fixed_also_where_nothing_is() -> None:
    assert read_answers([], RAIN).dtypes.astype(str).to_dict() == ANSWER_DTYPES
    assert list(read({"reader": "1", "quote": "the bridge"}).columns) == list(ANSWER_DTYPES)


def test_quote_span_and_lines_give_spans_of_the_stored_text() -> None:
    table = read(
        {"name": "Ann", "quote": "it isn't over"},
        {"pupil": "Ann", "start": 3, "end": 9.0},
        {"Student": "Ann", "Lines": "H, 2-3"},
        {"reader": "Ann", "field": "headline", "start": "0", "end": "4", "quote": "rain"},
        {"reader": "Ann", "article_id": "a", "quote": "The bridge", "lines": "3"},
    )
    texts = {"headline": RAIN.headline, "body": RAIN.body}
    for row in table.to_dict("records"):
        assert row["problem"] == ""
        assert row["quote"] == texts[row["field"]][row["start"] : row["end"]]
    lines = number_lines(RAIN)
    assert table["field"].tolist() == ["body", "body", "headline", "body", "headline", "body"]
    assert table["start"].tolist()[3] == lines[2].start
    assert table["end"].tolist()[3] == lines[3].end
    assert table["reader"].nunique() == 1


def test_lines_say_which_of_several_places_is_meant() -> None:
    body = "It rained here all day and all night, and nobody went out of doors at all.\n\n" * 3
    article = Article("a", "", body)
    rows = [
        {"reader": "1", "quote": "it rained", "lines": "3"},
        {"reader": "1", "quote": "it rained"},
    ]
    starts = read_answers(rows, article)["start"].tolist()
    assert starts == [number_lines(article)[2].start, 0]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"quote": "nothing of the kind"}, "these words are not in the article"),
        ({"start": 3}, "start and end must be whole numbers"),
        ({"start": "three", "end": 9}, "start and end must be whole numbers"),
        ({"start": 3, "end": 9999}, "lie outside the body"),
        ({"start": 9, "end": 3}, "lie outside the body"),
        ({"start": 3, "end": 9, "field": "footer"}, "the field must be"),
        ({"lines": "999"}, "no such line: there are H and 1 to 3"),
        ({"lines": "somewhere"}, "no such line"),
        ({"article_id": "zzz", "quote": "the bridge"}, "no article of this id"),
        ({"reader": "", "quote": "the bridge"}, "no reader"),
    ],
)
def test_bad_rows_stay_with_their_problem(row: dict[str, object], problem: str) -> None:
    table = read({"reader": "Ann", **row}, {"reader": "Bo", "quote": "the bridge"})
    assert problem in table.loc[0, "problem"]
    assert table.loc[1, "problem"] == ""


def test_a_span_counted_in_another_version_is_looked_up_by_its_words() -> None:
    table = read({"reader": "1", "start": 3, "end": 9, "quote": "The bridge closed"})
    assert table.loc[0, "quote"] == "The bridge closed"
    assert table.loc[0, "start"] == BODY.index("The bridge closed")


def test_an_answer_stands_where_only_its_proof_is_lost() -> None:
    table = read(
        {"reader": "1", "item": "h1", "answer": "yes", "quote": "teh bridge closde", "reason": "r"}
    )
    assert table["answer"].tolist() == ["yes", ""]
    assert table["problem"].ne("").tolist() == [False, True]
    assert table["item"].tolist() == ["h1", "h1"]


def test_what_is_said_twice_counts_once() -> None:
    mark = {"reader": "1", "quote": "the bridge"}
    told = {"reader": "1", "item": "q"}
    table = read(
        mark, mark, {**told, "answer": "yes"}, {**told, "answer": "no"}, {**mark, "reader": "2"}
    )
    assert table["problem"].ne("").tolist() == [False, True, True, False, False]
    assert "the last answer counts" in table.loc[2, "problem"]


def test_without_articles_only_offsets_are_used() -> None:
    rows = [
        {"reader": "1", "article_id": "a", "start": 3, "end": 9, "quote": "isn’t"},
        {"reader": "1", "article_id": "a", "quote": "the bridge"},
        {"reader": "1", "quote": "the bridge"},
        {"reader": "1", "article_id": "a", "item": "q", "answer": "yes"},
    ]
    problems = read_answers(rows)["problem"].tolist()
    assert [bool(problem) for problem in problems] == [False, True, True, False]
    assert "pass the articles" in problems[1]


def test_of_several_articles_the_id_is_needed() -> None:
    rows = [{"reader": "1", "quote": "it dried", "article_id": "b"}, {"reader": "1", "quote": "x"}]
    table = read_answers(rows, [RAIN, SUN])
    assert table["problem"].tolist()[0] == ""
    assert table["problem"].tolist()[1].startswith("no article_id")


# --- files -----------------------------------------------------------------------------------


def test_files_folders_globs_lists_and_sheets(tmp_path: Path) -> None:
    mark_spans(RAIN, ["the bridge"], "Ann", answers={"1": "=yes"}).save(tmp_path / "1.csv")
    (tmp_path / "2.csv").write_text('Name;Quote;Why\nBo;"the bridge";\'tis wet\n', "utf-8")
    (tmp_path / "3.tsv").write_bytes("reader\tlines\nCaf\xe9\t2\n".encode("cp1252"))
    (tmp_path / "sub").mkdir()
    objects = [{"reader": "Dee", "quote": "the bridge"}]
    (tmp_path / "sub" / "4.json").write_text(json.dumps({"answers": objects}), "utf-8")
    (tmp_path / ".hidden.csv").write_text("reader\nZed\n")
    (tmp_path / "notes.txt").write_text("no answers")
    whole = read_answers(tmp_path, RAIN)
    assert len(whole) == 5
    assert whole["problem"].eq("").all()
    assert whole["reader"].nunique() == 4
    assert whole["answer"].tolist()[1] == "=yes"  # the guard is off again
    assert whole["reason"].tolist()[2] == "'tis wet"
    assert len(read_answers(str(tmp_path / "*.csv"), RAIN)) == 3
    paths = [tmp_path / "1.csv", tmp_path / "2.csv"]
    assert len(read_answers(paths, RAIN)) == 3
    sheets = [mark_spans(RAIN, ["the bridge"], name) for name in ("Ann", "Bo")]
    assert read_answers(sheets, RAIN)["reader"].nunique() == 2
    assert len(read_answers(whole, RAIN, pseudonyms=False)) == 5


def test_one_bad_file_is_a_row_and_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "Anna Kovac.csv").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "Bruno.json").write_text("{ this is Bruno", "utf-8")
    (tmp_path / "Chloe.json").write_text("[1, 2]", "utf-8")
    (tmp_path / "Dario.csv").write_text("foo,bar\n1,2\n", "utf-8")
    (tmp_path / "Emil.csv").write_text('reader,quote\nEmil,"the bridge\nZoe,over\n', "utf-8")
    (tmp_path / "good.csv").write_text("reader,quote\nFay,the bridge\nFay,one,too many\n", "utf-8")
    table = read_answers(tmp_path, RAIN)
    text = table.to_csv()
    for name in ("Anna", "Kovac", "Bruno", "Chloe", "Dario", "Emil", "Zoe", "Fay"):
        assert name not in text
    problems = table["problem"].tolist()
    assert "file 1 of 6 cannot be read: this is a PNG picture" in problems[0]
    assert "file 2 of 6 cannot be read: it is damaged" in problems[1]
    assert "no list of answers" in problems[2]
    assert "no column that answers have" in problems[3]
    assert sum(problem == "" for problem in problems) >= 2


def test_an_open_mark_loses_its_own_row_alone_and_says_which(tmp_path: Path) -> None:
    rows = '12,a,1,no,"the bridge\n13,a,1,yes,"the bridge"\n14,a,1,no\n15,a,1,yes,"old and wet"\n'
    (tmp_path / "a.csv").write_text("reader,quote\n11,the bridge\n", "utf-8")
    (tmp_path / "b.csv").write_text(f"reader,article_id,item,answer,quote\n{rows}", "utf-8")
    table = read_answers(tmp_path, RAIN, pseudonyms=False)
    assert table["reader"].tolist() == ["11", "12", "13", "14", "15"]
    assert table["problem"].tolist() == [
        "",
        "file 2 of 2, line 2: a quotation mark opens here that never closes",
        "",
        "file 2 of 2, line 4: the row has 4 cells where the first line has 5",
        "",
    ]
    assert table.loc[1, ["article_id", "item", "answer", "quote"]].tolist() == ["a", "1", "no", ""]


def test_a_broken_row_of_a_file_is_of_its_reader(tmp_path: Path) -> None:
    (tmp_path / "Gil.csv").write_text('quote,reason\nthe bridge,"open\nold,why\n', "utf-8")
    table = read_answers(tmp_path, RAIN)
    assert table["problem"].ne("").tolist() == [True, False]
    assert table["reader"].nunique() == 1
    assert table["reader"].ne("").all()


def test_files_without_a_reader_are_one_reader_each(tmp_path: Path) -> None:
    for name in ("x/answers.csv", "y/answers.csv", "Gil.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("quote,reason\nthe bridge,all answers by Gil\n", "utf-8")
    table = read_answers(tmp_path, RAIN)
    assert table["reader"].nunique() == 3
    assert table["reader"].ne("").all()
    assert not table["reason"].str.contains("Gil").any()
    assert table["reason"].str.startswith("all answers by").all()


def test_first_and_last_names_are_one_name() -> None:
    rows = [{"First Name": "Ann", "Surname": "Lee", "quote": "the bridge"}, {"reader": "ann lee"}]
    table = read(*rows, {"first name": "Ann", "surname": "Roe"})
    assert table["reader"].nunique() == 2


def test_nothing_to_read_is_said_without_the_path(tmp_path: Path) -> None:
    for source in (tmp_path / "Anna.csv", str(tmp_path / "Anna*.csv"), tmp_path):
        with pytest.raises(ValueError, match="no answers there; found 0 files") as told:
            read_answers(source, RAIN)
        assert "Anna" not in str(told.value)
    with pytest.raises(ValueError, match="answers are files, rows or a table; found int"):
        read_answers(3)
    with pytest.raises(ValueError, match="no column that answers have"):
        read_answers([{"foo": 1}], RAIN)


# --- names -----------------------------------------------------------------------------------


def test_no_name_of_a_reader_is_left_anywhere() -> None:
    names = ["Anna Kovač", "BRUNO  díaz", "Chloë O’Neil", "Mai-Linh", "Đặng", "Jo", "Will Price"]
    text = "I think {0} and {1}'s friend, {0}, are right; ask {1}!"
    rows = []
    for name in names:
        other = names[(names.index(name) + 1) % len(names)]
        said = text.format(name.split()[0], other.upper())
        rows += [
            {"name": name, "quote": "the bridge", "reason": said},
            {"name": f" {name.lower()} ", "quote": said, "item": said, "answer": said},
            {"name": name, "article_id": other, "quote": said, "reason": said},
            {"name": name, "lines": said},
            {"name": name, "email": name, "class": name, "start": said, "end": "9"},
        ]
    table = read_answers(rows, RAIN)
    assert table["reader"].nunique() == len(names)
    found = table.to_csv().casefold()
    for name in names:
        for part in name.casefold().replace("-", " ").split():
            if part not in ("jo", "will", "price"):
                assert part not in found
    assert " jo " not in found


def test_common_words_stay_where_they_are_written_small() -> None:
    names = Pseudonyms(["May Hill", "Mark Bo", "Will"], "s")
    said = "you may mark it, Will will; Mark and MAY agree"
    scrubbed = names.scrub(said)
    assert scrubbed.startswith("you may mark it, reader-")
    assert " will; reader-" in scrubbed
    assert scrubbed.count("reader-") == 3


def test_a_first_name_of_two_readers_becomes_neither() -> None:
    names = Pseudonyms(["Anna Li", "Anna Roe"], "s")
    assert (
        names.scrub("Anna said so, not Anna Roe")
        == f"[a reader] said so, not {names.of('anna roe')}"
    )


def test_numbers_and_words_of_groups_stay() -> None:
    names = Pseudonyms(["12", "Group 3", "J."], "s")
    assert names.scrub("12 people of a Group, J. too") == "12 people of a Group, J. too"


def test_pseudonyms_with_a_secret_are_stable_and_others_are_not() -> None:
    row = {"name": "Ann Lee", "quote": "the bridge"}
    first, again = (read(row, {"name": "Bo"}, secret="s" * 9)["reader"][0] for _ in "12")
    alone = read({"name": "ANN  LEE."}, secret=b"s" * 9)["reader"][0]
    assert first == again == alone
    assert read(row, secret="other")["reader"][0] != first
    assert read(row, secret=None)["reader"][0] == "reader-01"
    with pytest.raises(ValueError, match="secret must be a text"):
        read(row, secret="")


def test_numbers_do_not_give_the_alphabet_away() -> None:
    names = [f"{letter}ena" for letter in string.ascii_uppercase]
    orders = {tuple(map(Pseudonyms(names).of, names)) for _ in range(5)}
    assert len(orders) == 5  # 26! orders: two alike would be no chance
    assert all(list(order) != sorted(order) for order in orders)
    assert all(sorted(order) == [f"reader-{n:02}" for n in range(1, 27)] for order in orders)


def test_without_pseudonyms_readers_stay() -> None:
    table = read({"reader": "p1", "quote": "the bridge", "reason": "p1 says"}, pseudonyms=False)
    assert table[["reader", "reason"]].values.tolist() == [["p1", "p1 says"]]


def test_a_thousand_readers() -> None:
    dice = random.Random(1)
    rows = [
        {"name": f"{''.join(dice.choices(string.ascii_lowercase, k=6))} {n}", "quote": "the bridge",
         "reason": "it is old and wet " * 5}
        for n in range(1_000)
    ]  # fmt: skip
    table = read(*rows)
    assert table["reader"].nunique() == 1_000
    assert table["problem"].eq("").all()


def test_the_verbs_are_public() -> None:
    assert nr.read_answers is read_answers
    assert nr.mark_spans is mark_spans
