"""Borders of the class kit that other tests walk past; its quick ways beside slow plain ones."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

import newsresearch as nr
from newsresearch.articles import FIELDS, Article
from newsresearch.classroom import agreeing, handed, resampling
from newsresearch.classroom.bearing import word_groups
from newsresearch.classroom.exercise import _touch
from newsresearch.classroom.folders import RECORD, write_folder
from newsresearch.classroom.kit import MOST_PUPILS, class_files
from newsresearch.classroom.lines import WIDTH, Line, lines_of, number_lines
from newsresearch.classroom.overlaps import Worded, hits, shared_words, worded
from newsresearch.classroom.passages import Passages
from newsresearch.classroom.resampling import quantile
from newsresearch.heat import empty_row
from newsresearch.text import Span

RAIN = Article("a", "Rain in town", "It rained all day. The bridge is shut. It rained at night.")
LONG = " ".join(["The council of Westmoor backed the plan for the bridge after the storm."] * 5)


def row(start: int, end: int, field: str = "body", **cells: Any) -> dict[str, Any]:
    quote = RAIN.field(field)[start:end]
    return empty_row(
        **{"reader": "r", "article_id": "a", "field": field, "start": start, "end": end,
           "quote": quote, **cells}
    )  # fmt: skip


# --- quick ways and slow plain ones ------------------------------------------------------------


def draw_spans(dice: Random, n: int, most: int) -> list[Worded]:
    text = "ab cde f ghij " * 400
    spans = {(dice.choice(FIELDS), at := dice.randrange(5_000), at + dice.randint(1, most))
             for _ in range(n)}  # fmt: skip
    rows = [{"field": f, "start": a, "end": b, "quote": text[a:b]} for f, a, b in sorted(spans)]
    return worded(rows)


def slow_hits(marked: Sequence[Worded], wanted: Sequence[Worded]) -> int:
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j, aim in enumerate(wanted):
            if j not in seen and marked[i].hit(aim) >= 0.5:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    return sum(place(i, set()) for i in range(len(marked)))


def slow_words_in(some: Sequence[Worded], others: Sequence[Worded]) -> tuple[int, int]:
    words = {(one.field, word) for one in some for word in one.words}
    held = [
        1
        for field, word in words
        if any(o.field == field and word.start < o.span.end and o.span.start < word.end
               for o in others)
    ]  # fmt: skip
    return len(held), len(words)


@pytest.mark.parametrize("seed", range(12))
def test_hits_and_words_are_those_of_comparing_all_with_all(seed: int) -> None:
    dice = Random(seed)
    most = (8, 60, 700, 3000)[seed % 4]
    marked, wanted = draw_spans(dice, 40, most), draw_spans(dice, 40, 60)
    assert hits(marked, wanted) == slow_hits(marked, wanted) > 0
    assert shared_words(marked, wanted) == slow_words_in(marked, wanted)
    assert shared_words(wanted, marked) == slow_words_in(wanted, marked)
    assert shared_words(wanted, []) == (0, slow_words_in(wanted, [])[1])


@pytest.mark.parametrize("seed", range(6))
def test_lines_of_a_span_are_those_that_meet_it(seed: int) -> None:
    dice = Random(seed)
    body = "\n\n".join("word " * dice.randint(1, 60) for _ in range(9))
    article = Article("a", "One headline", body, "above\n\nand above " * 9)
    lines = number_lines(article)
    for field in FIELDS:
        length = len(article.field(field))
        for _ in range(60):
            start = dice.randrange(length)
            end = min(start + dice.randint(0, 200), length)
            last = max(end, start + 1)
            plain = [ln for ln in lines if ln.field == field and ln.start < last and start < ln.end]
            assert lines_of(lines, field, start, end) == plain
    assert [line.number for line in lines if line.field != "headline"] == [*range(1, len(lines))]


def test_the_skew_of_many_parts_is_near_that_of_leaving_out_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dice = Random(1)
    parts = [dice.random() ** 4 for _ in range(400)]

    def mean(some: list[float]) -> float:
        return sum(some) / len(some)

    grouped = resampling._skew(parts, mean)
    monkeypatch.setattr(resampling, "_GROUPS", 1_000)
    assert resampling._skew(parts, mean) == pytest.approx(grouped, rel=0.35)
    assert grouped != 0 and resampling._skew([1.0, 1.0], mean) == 0
    assert resampling._skew([3.0, 1.0, 1.0], mean) == pytest.approx(1 / (6 * math.sqrt(6)))


# --- agreement ---------------------------------------------------------------------------------


def test_a_quantile_lies_between_its_neighbours() -> None:
    assert quantile([1.0, 2.0, 4.0], 0.75) == 3.0
    assert quantile([1.0, 2.0, 4.0], 0.25) == 1.5
    assert quantile([1.0, 2.0, 4.0], 1.0) == 4.0


def test_notes_say_how_rare_marks_are_and_from_how_many_sentences_an_interval_counts() -> None:
    for n_sentences, doubted in ((14, True), (15, False)):
        body = " ".join(f"The town of Westmoor has {at} ferries now." for at in range(n_sentences))
        one = Article("a", "", body)
        first, second, third = (span for span in one.sentences[:3])
        spans = {"r1": (first, second), "r2": (first, third), "r3": (first, second)}
        rows = [{"reader": reader, "article_id": "a", "field": "body", "start": a, "end": b}
                for reader, mine in spans.items() for a, b in mine]  # fmt: skip
        table = nr.agreement(rows, one).set_index("unit")
        note = table.loc["sentence", "note"]
        assert (f"Only {n_sentences} sentences: do not lean" in note) is doubted
        assert f"{2 / n_sentences:.0%} of judgements are marks" in note


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-1, 0.049, "no more agreement than by chance"),
        (0.05, 0.199, "a little more agreement than by chance"),
        (0.2, 0.399, "as expected: "),
        (0.4, 0.669, "more agreement than usual"),
        (0.67, 1, "readers largely agree"),
    ],
)
def test_what_is_said_of_an_alpha(low: float, high: float, words: str) -> None:
    for value in (low, high):
        assert agreeing._say(value, value, 15, "sentences").startswith(words)


def test_a_question_alone_is_one_unit() -> None:
    rows = [empty_row(reader=r, article_id="a", item="1", answer="yes") for r in ("x", "y")]
    assert nr.agreement(rows).loc[0, ["unit", "n_units", "n_readers"]].tolist() == ["answer", 1, 2]


# --- looking up --------------------------------------------------------------------------------


def test_letters_that_grow_in_lower_case_move_no_place() -> None:
    one = Article("a", "", "In İstanbul the İnönü STADIUM opened. İ is a letter.")
    [found] = Passages(one).find("the i̇nönü stadium") or Passages(one).find("stadium opened")
    assert one.body[found.start : found.end] == "STADIUM opened"


def test_first_and_last_words_must_stand_in_one_field_in_order() -> None:
    passages = Passages(RAIN)
    assert passages.find("Rain in … The bridge") == []
    assert passages.find("The bridge … all day") == []
    [found] = passages.find("all day … The bridge")
    assert RAIN.body[found.start : found.end] == "all day. The bridge"


def test_what_is_near_shares_three_words_of_ten() -> None:
    passages = Passages(Article("a", "", "one two three four five six seven eight nine ten."))
    assert passages.nearest("one two three b c d e f g h").startswith("one two")
    assert passages.nearest("one two b c d e f g h i") == ""


# --- what is handed in -------------------------------------------------------------------------


def test_short_family_names_are_replaced_too() -> None:
    rows = [{"name": "Bo Li", "quote": "the bridge", "reason": "Li's idea, she's right: it is so"}]
    reason = nr.read_answers(rows, RAIN)["reason"][0]
    assert reason == "reader-01's idea, she's right: it is so"


def test_a_number_beside_a_name_replaces_no_number() -> None:
    rows = [{"name": "Anna 2 B", "quote": "the bridge", "reason": "2 marks of B, says Anna 2 B"}]
    reason = nr.read_answers(rows, RAIN)["reason"][0]
    assert reason == "2 marks of B, says reader-01"


def test_lists_of_paths_are_one_class_and_lists_may_be_mixed(tmp_path: Path) -> None:
    paths = [tmp_path / "one" / "x.csv", tmp_path / "two" / "x.csv", tmp_path / "[b].csv"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("quote\nthe bridge\n")
    table = nr.read_answers(list(map(str, paths)), RAIN)
    assert table["reader"].nunique() == 3 and not table["problem"].any()
    mixed = nr.read_answers([{"name": "Ann", "quote": "day"}, paths[2], [{"name": "Bo"}]], RAIN)
    assert mixed["quote"].tolist() == ["day", "The bridge", ""]
    assert mixed["reader"].nunique() == 3


def test_first_and_last_name_are_the_reader_and_blanks_around_cells_do_not_count() -> None:
    rows = [{"First name": " Ann ", "Surname": "Lee", "quote": " the bridge "},
            {"reader": "ann lee", "quote": "day"}]  # fmt: skip
    table = nr.read_answers(rows, RAIN, pseudonyms=False)
    assert table["reader"].tolist() == ["Ann Lee", "ann lee"]
    assert nr.read_answers(rows, RAIN)["reader"].nunique() == 1


def test_a_file_may_have_so_many_bytes_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,quote\nAnn,the bridge\n")
    monkeypatch.setattr(handed, "_LARGEST", path.stat().st_size)
    assert nr.read_answers(path, RAIN)["problem"].tolist() == [""]
    monkeypatch.setattr(handed, "_LARGEST", path.stat().st_size - 1)
    assert "larger than 64 MiB" in nr.read_answers(path, RAIN)["problem"][0]
    monkeypatch.undo()
    assert handed._LARGEST == 64 * 2**20


def test_a_line_meets_a_place_that_it_shares_a_character_with() -> None:
    body = "It rained here and all the people of the town went home early that day, she\n\n"
    one = Article("a", "", body + "It rained there.")
    lines = number_lines(one)
    second = one.body.rindex("It rained")
    rows = [{"name": "x", "quote": "It rained", "lines": str(lines[-1].number)},
            {"name": "y", "quote": "It rained", "lines": "1"}]  # fmt: skip
    assert nr.read_answers(rows, one)["start"].tolist() == [second, 0]


# --- scores ------------------------------------------------------------------------------------


def test_passages_and_questions_of_one_key_are_counted_apart() -> None:
    question = {"article_id": "a", "item": "1", "answer": "yes"}
    key = [row(3, 9), row(19, 29), question]
    mine = [row(3, 9), empty_row(reader="r", article_id="a", item="1", answer="no")]
    [score] = nr.score_answers(mine, key).to_dict("records")
    names = ("n_marked", "n_key", "hits", "n_items", "n_right")
    assert [score[name] for name in names] == [1, 2, 1, 1, 0]
    [bare] = nr.score_answers([row(3, 9)], [question]).to_dict("records")
    assert (bare["n_items"], bare["n_key"]) == (0, 0)
    assert math.isnan(bare["right_share"]) and math.isnan(bare["recall"])


def test_what_a_key_says_nothing_of_is_not_scored() -> None:
    answer = empty_row(reader="r", article_id="a", answer="yes")
    [score] = nr.score_answers([answer, row(3, 9)], [row(3, 9)]).to_dict("records")
    assert (score["n_items"], score["hits"]) == (0, 1)
    silent = empty_row(reader="key", article_id="a", item="9")
    [score] = nr.score_answers([row(3, 9)], [row(3, 9), silent]).to_dict("records")
    assert (score["n_marked"], score["n_key"], score["hits"]) == (1, 1, 1)


def test_nothing_to_find_and_nothing_marked_has_no_score() -> None:
    question = {"article_id": "a", "item": "1", "answer": "yes"}
    nothing = empty_row(reader="r", article_id="a")
    [score] = nr.score_answers([nothing], [question]).to_dict("records")
    assert math.isnan(score["f1"]) and math.isnan(score["word_f1"])
    [none] = nr.score_answers([nothing], [row(3, 9)]).to_dict("records")
    assert (none["f1"], none["recall"]) == (0.0, 0.0) and math.isnan(none["precision"])


# --- cells and pages ---------------------------------------------------------------------------


def test_marks_of_a_cell_are_shown_with_their_numbers_and_notes() -> None:
    sheet = nr.mark_spans(RAIN, ["Rain in", "not there", "the bridge", "It rained"], "7")
    shown = sheet._repr_html_()
    assert re.findall(r"<mark [^>]*>([^<]+)</mark><sup>(\[\d\])</sup>", shown) == [
        ("Rain in", "[1]"), ("It rained", "[4]"), ("The bridge", "[3]"),
    ]  # fmt: skip
    assert "<h3><mark" in shown and "<h4>Your answers (4)</h4>" in shown
    assert shown.count("<p>") == 1
    lines = repr(sheet).splitlines()
    assert lines[1] == "[1] “Rain in”"
    assert lines[2].startswith("[2] “not there” (not marked: these words are not in the article")
    assert lines[4] == "[4] “It rained” (" + (
        "stands there 2 times; the first is marked, (words, 2) is the second)"
    )


def test_lines_are_no_longer_than_the_paper_and_end_on_no_blank() -> None:
    body = f"{'a' * 75}  {'b' * 40} {'c' * 200}\n\nend "
    lines = number_lines(Article("a", " Head ", body))
    texts = [Article("a", " Head ", body).field(ln.field)[ln.start : ln.end] for ln in lines]
    assert [text.strip() for text in texts] == texts
    assert max(map(len, texts)) == WIDTH == 76
    assert "".join(texts).replace(" ", "") == f"Head{body}".replace(" ", "").replace("\n", "")
    assert Line(1, "body", 0, 75, True) in lines


def test_headlines_are_called_by_their_names_or_numbers() -> None:
    listed = nr.compare_headlines(RAIN, ["Rain stops", "Bridge opens"])
    assert listed.names == ("printed", "headline 1", "headline 2")
    assert nr.compare_headlines(RAIN, {"mine": "Rain stops"}).names == ("printed", "mine")
    assert nr.compare_headlines(RAIN, "Rain stops").names == ("printed", "headline 1")


def test_a_fault_is_touched_by_what_shares_a_character_with_it() -> None:
    fault = {"field": "body", "start": 5, "end": 9}
    for start, end, touches in ((8, 12, True), (9, 12, False), (2, 6, True), (2, 5, False)):
        assert _touch({"field": "body", "start": start, "end": end}, fault) is touches
    assert not _touch({**fault, "field": "headline"}, fault)


def test_the_first_version_is_version_0() -> None:
    one = nr.open_article("08-storm-power-cuts")
    assert nr.make_exercise(one, "splice") == nr.make_exercise(one, "splice", seed=0)
    assert nr.make_exercise(one, "splice") != nr.make_exercise(one, "splice", seed=1)
    sheet = nr.make_worksheet(one, "splice")
    assert sheet.version == nr.make_worksheet(one, "splice", seed=0).version


def test_groups_of_a_headline_lose_their_joint_only() -> None:
    text = "Council backs park as traders and pupils protest"
    groups = [span.of(text) for span in word_groups(text)]
    assert "traders" in groups and "as traders" not in groups
    assert " ".join(groups).split()[:3] == ["Council", "backs", "park"]


def test_findings_without_a_passage_make_no_answer_and_passed_ones_tell_their_figures() -> None:
    body = f"The the {LONG}"
    one = Article("a", "Council backs plan", body)
    found = nr.check_article(one, checks=["repeated_word"])
    empty = {**found[0], "field": "", "start": 0, "end": 0, "quote": "", "check": "not_checked"}
    sheet = nr.make_worksheet(one, "findings", findings=[*found, empty])
    assert [answer.what for answer in sheet.answers] == ["Repeated word"]
    assert "Right on real articles: " in sheet.answers[0].reason
    planted = nr.make_worksheet(nr.open_article("13-electric-buses"), "findings")
    assert not any("Right on real articles" in answer.reason for answer in planted.answers)


def test_a_number_that_was_changed_is_told_as_it_was() -> None:
    one = nr.open_article("08-storm-power-cuts")
    reasons = {}
    for seed in range(40):
        sheet = nr.make_worksheet(one, "splice", seed=seed)
        reasons[sheet.answers[0].what] = sheet.answers[0].reason
        if sheet.answers[0].what == "A sentence that stands there twice":
            [told] = nr.make_exercise(one, "repeat_sentence", seed).answers
            assert sheet.answers[0].reason == f"{told['reason'].capitalize()}."
    assert len(reasons) >= 3 and "A sentence that stands there twice" in reasons
    for what, reason in reasons.items():
        assert ("Before it was changed it read: ‘" in reason) is (
            what == "A number that was changed"
        )
        assert reason[0] == reason[0].upper()


# --- folders -----------------------------------------------------------------------------------


def test_pupils_are_from_one_to_sixty() -> None:
    assert MOST_PUPILS == 60
    for pupils in (0, 61):
        with pytest.raises(ValueError, match="from 1 to 60"):
            class_files(kinds=["words"], pupils=pupils)
    for pupils in (1, 60):
        class_files(kinds=["words"], pupils=pupils)


def test_no_two_versions_of_a_class_have_one_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsresearch.classroom.worksheets._CODE_LENGTH", 1)
    files, _ = class_files(kinds=["splice"], pupils=12)
    sheets = [name for name in files if re.search(r"worksheets/splice/.*-\w\.html$", name)]
    assert len(sheets) == 12
    assert files["index.html"].decode().count(", version ") == 2 * 12 + 12


def test_a_kind_without_a_sheet_has_no_place_on_the_start_page() -> None:
    silent = Article("a", "Council backs plan", LONG)
    files, problems = class_files([silent], ["speakers", "findings"])
    assert len(problems) == 1 and "'speakers'" in problems[0]
    page = files["index.html"].decode()
    assert 'id="sheets-findings"' in page and 'id="sheets-speakers"' not in page


def test_many_changed_files_are_counted_and_the_record_is_in_order(tmp_path: Path) -> None:
    names = ["b", "a", "d", "c", "e"]
    write_folder(tmp_path, dict.fromkeys(names, b"1"))
    record = (tmp_path / RECORD).read_text("utf-8")
    assert list(json.loads(record)) == sorted(names)
    for name in names:
        (tmp_path / name).write_bytes(b"changed")
    with pytest.raises(ValueError, match=r"5 of the files .* were .*: b, a, d and 2 more\."):
        write_folder(tmp_path, dict.fromkeys(names, b"2"))
    (tmp_path / names[4]).write_bytes(b"1")
    with pytest.raises(ValueError, match=r"4 of the files .* were .*: b, a, d and 1 more\."):
        write_folder(tmp_path, dict.fromkeys(names, b"2"))
    (tmp_path / names[3]).write_bytes(b"1")
    with pytest.raises(ValueError, match=r"3 of the files .* were .*: b, a, d\. "):
        write_folder(tmp_path, dict.fromkeys(names, b"2"))


def test_a_span_is_its_words() -> None:
    [one] = worded([row(0, 9)])
    assert one == Worded("body", Span(0, 9), [Span(0, 2), Span(3, 9)])
    assert worded([empty_row(reader="r", article_id="a")]) == []
    [first], [last] = worded([row(0, 3)]), worded([row(2, 9)])
    assert (one.shared(first), one.shared(last)) == (1, 1)
    assert (first.hit(one), last.hit(one), first.hit(last)) == (1.0, 1.0, 0.0)


def test_an_answer_is_called_by_its_check_or_else_by_what_was_done() -> None:
    one = nr.open_article("08-storm-power-cuts")
    [quoted] = nr.make_exercise(one, "break_quotation").answers
    assert quoted["check"] in nr.list_checks()["check"].tolist()
    [joined] = nr.make_exercise(one, "splice").answers
    assert joined["check"] == "splice"


def test_a_group_of_words_that_the_sentence_lacks_is_not_borne_out() -> None:
    body = "The council backs a new daily charge on older vans in the town. " + LONG
    one = Article("a", "Council backs daily charge on bicycles", body)
    told = {
        answer.what.split("‘")[1]: answer for answer in nr.make_worksheet(one, "headline").answers
    }
    assert told["on bicycles’"].what.startswith("N") and not told["on bicycles’"].places
    borne = told["backs daily charge’"]
    assert borne.what.startswith("B") and borne.places[0].quote in body
    assert borne.reason == "The words, or words near to them, are here."


@pytest.mark.parametrize("given", [3, "all", [1], {"check": "x"}])
def test_what_are_no_findings_is_told(given: Any) -> None:
    with pytest.raises(ValueError, match="findings must be a table or a list of rows; found"):
        nr.findings_as_answers(given)


def test_a_form_takes_one_article_of_a_table() -> None:
    demo = nr.load_dataset("demo")
    form = nr.answer_form(demo, article_id="02-school-breakfasts")
    assert form.html == nr.answer_form(nr.open_article("02-school-breakfasts")).html
    with pytest.raises(nr.ArticleError, match="article_id"):
        nr.answer_form(demo)
