"""A text with a fault, another one for each pupil: the same everywhere, and the key is right."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from markup import PAYLOADS, assert_notebook_safe

import newsresearch as nr
from newsresearch.articles import Article, ArticleError
from newsresearch.incoherence import FINDING_DTYPES
from newsresearch.opening import article_ids
from newsresearch.perturbations import KINDS

ROOT = Path(__file__).parent.parent
LESSONS = ["22_write_your_own_headline", "23_spot_the_splice"]
NAMES = [kind.name for kind in KINDS]
CLASS = range(1, 26)


@pytest.mark.parametrize("kind", NAMES)
def test_the_key_quotes_what_stands_there(kind: str) -> None:
    for name in article_ids("clean")[:6]:
        clean = nr.open_article(name)
        made = nr.make_exercise(clean, kind, 3)
        assert made.clean == clean
        assert bool(made.problem) == (made.article == clean) == (not made.answers)
        for row in made.answers:
            assert list(row) == list(FINDING_DTYPES)
            text = made.article.field(row["field"])
            assert row["quote"] == text[row["start"] : row["end"]]
            assert row["confidence"] == "planted"
        assert ("planted" in repr(made.key)) == bool(made.answers)


def test_the_text_to_read_does_not_tell_the_key() -> None:
    made = nr.make_exercise(nr.open_article("06-stadium-plan"), "insert_intruder", 7)
    for shown in (repr(made), made._repr_html_()):
        assert "Version 7" in shown
        assert "intruder" not in shown.lower() and "birth-unit" not in shown


def test_each_pupil_has_another_version_and_always_the_same() -> None:
    article = nr.open_article("06-stadium-plan")
    bodies = [nr.make_exercise(article, "insert_intruder", n).article.body for n in CLASS]
    assert len(set(bodies)) == 25
    assert bodies == [nr.make_exercise(article, "insert_intruder", n).article.body for n in CLASS]
    digest = hashlib.sha256(bodies[6].encode()).hexdigest()
    # Printed keys must fit: another text for the same number is a change to tell.
    assert digest == "dec1eef1995fc5cc620f7c6fd18230c492f5c610f4e84bf6071dc983700931af"


def test_the_donors_are_the_clean_articles_unless_others_are_given() -> None:
    article = nr.open_article("06-stadium-plan")
    planted = set(article_ids("planted"))
    told = " ".join(
        row["reason"]
        for n in CLASS
        for row in nr.make_exercise(article, "insert_intruder", n).answers
    )
    assert not [name for name in planted if name in told]
    assert sum(name in told for name in article_ids()) > 5
    own = Article(
        "own", "", "It rained. The heron of Lake Vell stood in the reeds until dusk fell."
    )
    lent = nr.make_exercise(article, "insert_intruder", 1, donors=[own])
    assert "(‘own’)" in lent.answers[0]["reason"]
    assert nr.make_exercise(article, "insert_intruder", 1, donors=[]).problem


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("insert_intruder", "06-stadium-plan", 8),
        ("insert_intruder_same_topic", "05-ferry-strike", 0),
        ("remove_introductions", "03-library-vote", 25),
        ("change_number", "03-library-vote", 0),
        ("shuffle_sentences", "08-storm-power-cuts", 0),
    ],
)
def test_lesson_23_says_how_often_the_tool_finds_it(kind: str, name: str, found: int) -> None:
    article = nr.open_article(name)
    made = [nr.make_exercise(article, kind, n) for n in CLASS]
    assert sum(one.is_found for one in made) == found


def test_lesson_23_counts_the_faults_of_the_finale() -> None:
    article = nr.open_article("24-port-sallow-truce")
    gold = nr.load_gold("demo")
    planted = gold[gold["article_id"] == article.article_id]
    found = nr.check_article(article)
    assert (len(planted), len(found)) == (19, 18)
    places = {(row["check"], row["start"]) for row in found}
    missed = [
        row for row in planted.to_dict("records") if (row["check"], row["start"]) not in places
    ]
    assert [row["quote"] for row in missed] == ["They added"]


def test_a_finding_that_was_there_before_does_not_count() -> None:
    body = "It was the the end. " + "The mayor spoke in the town hall on Monday night. " * 2
    clean = Article("a", "", body + "\n\nThe vote was close, said Ann Lee, the clerk.")
    made = nr.make_exercise(clean, "shuffle_sentences", 1)
    assert "repeated_word" in {row["check"] for row in made.findings}
    alone = {row["check"] for row in nr.check_article(clean)}
    assert {row["check"] for row in made.findings} > alone or not made.is_found


def test_what_cannot_be_spoilt_says_so() -> None:
    made = nr.make_exercise(nr.open_article("06-stadium-plan"), "change_number", 1)
    assert made.article == made.clean and not made.is_found
    for shown in (repr(made), made._repr_html_()):
        assert "Nothing was done to this text: no figure is given twice" in shown
    assert nr.make_exercise(Article("a", "", ""), "splice", 1).problem == "the body is empty"


def test_wrong_kinds_and_numbers_are_refused_with_advice() -> None:
    article = nr.open_article("06-stadium-plan")
    with pytest.raises(ValueError, match="Choose from: shuffle_sentences"):
        nr.make_exercise(article, "swap", 1)
    with pytest.raises(ValueError, match="whole number"):
        nr.make_exercise(article, "splice", "7")  # type: ignore[arg-type]
    with pytest.raises(ArticleError, match="no article is chosen"):
        nr.make_exercise(nr.load_dataset("demo"), "splice", 1)


def test_a_row_of_a_table_will_do() -> None:
    table = nr.load_dataset("demo")
    made = nr.make_exercise(table, "splice", 4, article_id="05-ferry-strike")
    assert made == nr.make_exercise(nr.open_article("05-ferry-strike"), "splice", 4)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_text_becomes_markup(payload: str) -> None:
    body = f"It rained {payload}.\n\n“We will not pay,” said the mayor {payload}. It snowed."
    made = nr.make_exercise(Article("a", payload, body), "break_quotation", 1)
    assert_notebook_safe(made._repr_html_())
    assert_notebook_safe(made.key._repr_html_())


# --- the lessons where there is neither pandas nor matplotlib ---------------------------------

PROGRAM = """
import json, sys
for name in ("pandas", "matplotlib", "pyarrow"):
    sys.modules[name] = None
shown = {}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        *lines, last = "".join(cell["source"]).split("\\n")
        exec("\\n".join(lines), shown)
        try:
            value = eval(last, shown)
        except SyntaxError:
            exec(last, shown)
        else:
            draw = getattr(value, "_repr_html_", None)
            assert draw() if draw else repr(value), last
print("ran to the end")
"""


@pytest.mark.notebook
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_lessons_run_without_tables(lesson: str, tmp_path: Path) -> None:
    source = ROOT / "notebooks" / "answers" / f"{lesson}.ipynb"
    program = tmp_path / "run.py"
    program.write_text(PROGRAM, encoding="utf-8")
    standin = ROOT / "lite" / "numpy_standin"
    paths = [str(standin)] * (standin / "numpy").is_dir() + [str(ROOT)]
    done = subprocess.run(
        [sys.executable, str(program), str(source)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        timeout=300,
        check=False,
    )
    assert done.stdout == "ran to the end\n", done.stderr[-2000:]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_what_a_teacher_needs(lesson: str) -> None:
    path = ROOT / "notebooks" / "answers" / f"{lesson}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    for part in PARTS:
        assert part in prose, part
    minutes = [int(line.split("|")[2]) for line in prose.splitlines() if line[:3] in STEPS]
    assert sum(minutes) == 45 and len(minutes) == 7
    tags = [tag for cell in cells for tag in cell["metadata"].get("tags", [])]
    assert tags.count("task") >= 2 and tags.count("answer") >= 3
    assert set(tags) == {"answer", "task"}


PARTS = [
    "**Goal.**",
    "**Time:** 45 minutes",
    "| step | minutes | who |",
    "**Materials.**",
    "**To the teacher.**",
    "**At home.**",
    "Discussion",
    "hat does the tool get wrong?",
    "## What this cannot tell you",
]
STEPS = {f"| {step}" for step in range(1, 8)}
