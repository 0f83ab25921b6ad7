"""The class folder: lessons, sheets with keys, forms, glossary, and a start page to all of it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from newsresearch.articles import Article
from newsresearch.classroom.deriving import derive_lesson
from newsresearch.classroom.kinds import KINDS
from newsresearch.classroom.kit import DEFAULTS, USES, class_files, join_pages
from newsresearch.classroom.lessons import Lesson, lessons_folder, read_lessons
from newsresearch.classroom.start_page import AGREEING, COUNTING, HEAT, KEY
from newsresearch.datasets import load_gold
from newsresearch.opening import open_article
from newsresearch.page import STYLE

SEEDED = [name for name, kind in KINDS.items() if kind.seeded]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    made, problems = class_files(pupils=3)
    assert not problems
    return made


def of(files: dict[str, bytes], folder: str) -> dict[str, str]:
    return {n: page.decode() for n, page in files.items() if n.startswith(f"{folder}/")}


def code_of(name: str) -> str:
    """Return the code of a version, which stands on the sheet, from the name of its file."""
    return name.removesuffix(".html").rsplit("-", 1)[1]


# --- lessons ---------------------------------------------------------------------------------


def test_lessons_come_from_the_sources_and_say_what_a_teacher_must_know() -> None:
    lessons = read_lessons()
    assert [lesson.source.parent for lesson in lessons] == [lessons_folder()] * len(lessons)
    assert {lesson.name for lesson in lessons} <= set(USES)
    for lesson in lessons:
        assert lesson.title and "#" not in lesson.title
        for label in ("Goal", "Time", "Materials"):
            assert len(lesson.part(label)) > 5, (lesson.name, label)
            assert "**" not in lesson.part(label)
        assert "minutes" in lesson.part("Time")


@pytest.mark.parametrize(
    ("head", "label", "expected"),
    [
        ("# L\n\n**Goal.** To see *it*.\n\n**For** all.", "Goal", "To see it."),
        ("**For** pupils. **Time:** 45 minutes.\n\nMore", "Time", "45 minutes."),
        ("**Time**: 45\nminutes", "Time", "45 minutes"),
        ("**Goal.** `snake_case` stays.", "Goal", "snake_case stays."),
        ("Nothing", "Goal", ""),
    ],
)
def test_a_part_of_the_head_is_read(tmp_path: Path, head: str, label: str, expected: str) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "source": head}
    source = tmp_path / "20_a.ipynb"
    source.write_text(json.dumps({"cells": [cell], "metadata": {}}), "utf-8")
    assert Lesson(source).part(label) == expected


def test_both_copies_of_each_lesson_are_there(files: dict[str, bytes]) -> None:
    for lesson in read_lessons():
        whole = files[f"answers/{lesson.name}.ipynb"]
        assert whole == lesson.source.read_bytes()
        pupils = json.loads(files[f"notebooks/{lesson.name}.ipynb"])
        assert pupils == derive_lesson(json.loads(whole))
        assert "SOLUTION" not in json.dumps(pupils)


# --- sheets and forms ------------------------------------------------------------------------


def test_each_kind_and_text_has_a_sheet_and_its_key(files: dict[str, bytes]) -> None:
    sheets, keys = of(files, "worksheets"), of(files, "keys")
    assert [n.split("/", 1)[1] for n in sheets] == [n.split("/", 1)[1] for n in keys]
    assert set(DEFAULTS) == set(KINDS)
    for kind, texts in DEFAULTS.items():
        single = [n for n in sheets if n.startswith(f"worksheets/{kind}/") and "/all." not in n]
        assert len(single) == len(texts) * (3 if kind in SEEDED else 1), kind
        for name in single:
            assert KINDS[kind].title in html.unescape(sheets[name])


def test_each_pupil_can_have_another_version(files: dict[str, bytes]) -> None:
    pages = {n: p for n, p in of(files, "worksheets/splice").items() if "/all." not in n}
    assert len(pages) == 3
    texts = {page.replace(code_of(name), "") for name, page in pages.items()}
    assert len(texts) > 1  # two seeds may plant the same, but not all of them


def test_a_class_set_is_one_file_with_each_sheet_on_its_own_paper(files: dict[str, bytes]) -> None:
    whole = files["worksheets/splice/all.html"].decode()
    singles = {n: p for n, p in of(files, "worksheets/splice").items() if "/all." not in n}
    assert whole.count('<section style="break-before:page') == len(singles) == 3
    for name in singles:  # in its text and in the foot of its pages
        assert whole.count(f"version {code_of(name)}") >= 2
    assert whole.count("<main") == whole.count("</main>") == whole.count("<style>") == 1
    ids = re.findall(r'\sid="([^"]+)"', whole)
    assert len(ids) == len(set(ids))


def test_pages_are_joined_with_their_feet_and_without_a_count() -> None:
    page = (
        "<style>p {{ }}\n@page {{ size: Letter; margin: 9mm;\n"
        '  @bottom-left {{ content: "{0}"; }}\n'
        "  @bottom-right {{ content: counter(page); }} }}\n</style><main>"
        '<a href="#x">{0}</a><p id="x">1</p></main>'
    )
    whole = join_pages([page.format("one"), page.format("two")])
    assert '@page v0 { size: Letter; margin: 9mm;\n  @bottom-left { content: "one"; }' in whole
    assert '@page v1 { size: Letter; margin: 9mm;\n  @bottom-left { content: "two"; }' in whole
    assert whole.count("@bottom-right { content: none; }") == 2
    assert '<a href="#v1-x">two</a><p id="v1-x">' in whole
    with pytest.raises(ValueError, match="no <main>"):
        join_pages([page.format("one"), "<p>"])


def test_forms_do_not_give_away_what_is_asked(files: dict[str, bytes]) -> None:
    forms = of(files, "forms")
    assert len(forms) >= 4
    assert not any(name in form for form in forms for name in DEFAULTS["splice"])
    for name, page in forms.items():
        assert ("Does this headline hold?" in page) == name.endswith("-headlines.html")
    (name,) = [n for n in forms if "school-breakfasts" in n]
    printed = open_article("02-school-breakfasts").headline
    title = re.search(r"<h1>(.*?)</h1>", forms[name])
    assert title and html.unescape(title[1]) != printed


def test_the_answers_of_a_form_are_those_of_the_key(files: dict[str, bytes]) -> None:
    gold = load_gold("headlines")
    for name, page in of(files, "forms").items():
        if not name.endswith("-headlines.html"):
            continue
        key = gold[gold["article_id"] == name.split("/")[1].removesuffix("-headlines.html")]
        assert set(re.findall(r'data-item="([^"]+)"', page)) == set(key["item"])
        assert set(re.findall(r'type="radio"[^>]* value="([^"]+)"', page)) >= set(key["verdict"])


def test_own_articles_stand_in_for_ours_and_odd_ids_make_good_names() -> None:
    body = open_article("03-library-vote").body
    odd = ["../x", "Über/uns?", "../x", "", "C:\\con"]
    articles = [Article(name, "Library", body) for name in odd]
    files, problems = class_files(articles, ["findings", "words"], pupils=1)
    assert not problems
    names = [n for n in files if n.startswith("worksheets/words/") and "/all." not in n]
    assert len(names) == len(set(names)) == len(odd)
    for name in files:
        assert re.fullmatch(r"[A-Za-z0-9_./-]+", name) and ".." not in PurePosixPath(name).parts
    assert not any("03-library-vote" in name for name in files)


def test_a_sheet_that_cannot_be_made_is_told_and_the_others_go_on() -> None:
    articles = [Article("short", "Rain", "It rained."), open_article("03-library-vote")]
    files, problems = class_files(articles, ["words", "splice"], pupils=2)
    assert [p.split(":")[0] for p in problems] == [
        "no sheet of kind 'words'",
        "no sheet of kind 'splice'",
    ]
    assert "'short' is too short" in problems[0]
    assert "worksheets/words/03-library-vote.html" in files
    assert "worksheets/words/short.html" not in files


def test_without_answers_none_are_in_the_folder(files: dict[str, bytes]) -> None:
    bare, _ = class_files(pupils=1, answers=False)
    assert not [name for name in bare if name.split("/")[0] in ("answers", "keys")]
    page = bare["index.html"].decode()
    assert "keys/" not in page and "answers/" not in page and "no answers in it" in page
    for name, text in of(bare, "worksheets").items():
        assert "Key:" not in text and "How far to trust" not in text, name


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"kinds": ["gaps"]}, "no kind of worksheet 'gaps'. Choose from: findings"),
        ({"kinds": []}, "no kind of worksheet named"),
        ({"pupils": 0}, "from 1 to 60; found 0"),
        ({"pupils": 61}, "two share a version"),
        ({"paper": "A3"}, "no paper 'A3'"),
    ],
)
def test_wrong_options_are_told(options: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        class_files(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_paper_is_that_of_every_sheet(paper: str) -> None:
    files, _ = class_files(None, ["words"], paper=paper)
    assert f"on {paper} paper" in files["index.html"].decode()
    for name, page in (of(files, "worksheets") | of(files, "keys")).items():
        own = page.replace(STYLE, "")
        assert set(re.findall(r"@page[^{]*\{ size: (\w+);", own)) == {paper}, name


# --- the start page --------------------------------------------------------------------------


def test_every_link_of_the_start_page_leads_to_a_file_and_every_file_is_linked(
    files: dict[str, bytes],
) -> None:
    page = files["index.html"].decode()
    targets = {html.unescape(t) for t in re.findall(r'href="([^"#][^"]*)"', page)}
    assert targets == set(files) - {"index.html"}
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'\sid="([^"]+)"', page))


def test_the_start_page_names_each_lesson_with_its_minutes_and_what_to_print(
    files: dict[str, bytes],
) -> None:
    text = html.unescape(re.sub(r"<[^>]+>", " ", files["index.html"].decode()))
    for lesson in read_lessons():
        assert lesson.title in text and lesson.part("Time") in text
    for kind in KINDS.values():
        assert kind.title in text
    assert "What this cannot tell you" in text
    for title in (
        open_article(name).headline for name in ("02-school-breakfasts", "03-library-vote")
    ):
        assert f"{KINDS['headline'].title} ({title})" in text


def test_what_a_teacher_is_told_to_type_counts_the_answers(
    files: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = load_gold("headlines")
    key = gold[gold["article_id"] == "02-school-breakfasts"]
    head = "reader,article_id,item,field,start,end,quote,answer,reason,problem"
    (tmp_path / "handed-in").mkdir()
    for reader, answers in {
        "Ann": key["verdict"],
        "Bo": ["no", "no", "no", "yes", "yes", "yes"],
    }.items():
        rows = [
            f"{reader},02-school-breakfasts,{i},,,,,{a},,"
            for i, a in zip(key["item"], answers, strict=True)
        ]
        place = "body,182,211" if reader == "Ann" else ",,"  # as the form does for nothing marked
        rows.append(f"{reader},02-school-breakfasts,,{place},,,,")
        (tmp_path / f"handed-in/{reader}.csv").write_text("\n".join([head, *rows]), "utf-8")
    typed = re.findall(r"<pre[^>]*>(.*?)</pre>", files["index.html"].decode(), re.DOTALL)
    assert typed == [COUNTING, KEY, AGREEING, HEAT]
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(typed[0], names)
    assert not names["answers"]["problem"].any()
    scored = eval(typed[1], names)
    assert scored["n_items"].tolist() == [6, 6] and sorted(scored["n_right"]) == [5, 6]
    assert sorted(scored["n_marked"]) == [0, 1] and scored["precision"].isna().all()
    agreed = eval(typed[2], names)
    assert agreed["n_readers"].eq(2).all() and agreed["alpha"].notna().any()
    assert "the tool" in eval(typed[3], names)._repr_html_()


def test_the_start_page_says_what_to_make_of_alpha_and_how_to_start(
    files: dict[str, bytes],
) -> None:
    page = files["index.html"].decode()
    assert "<code>jupyter lab</code>" in page and ".2 to .4 is normal" in page
    assert "made from the texts that you named" not in page
    own, _ = class_files([open_article("03-library-vote")], ["words"])
    assert "made from the texts that you named" in own["index.html"].decode()


def test_in_a_site_the_notebooks_open_from_its_first_page() -> None:
    made, _ = class_files(pupils=1, answers=False, site="../index.html")
    page = made["index.html"].decode()
    assert '<a href="../index.html">' in page and "jupyter lab" not in page
    assert not [name for name in made if name.endswith(".ipynb")] and ".ipynb" not in page


def test_links_of_one_name_are_told_apart_for_those_who_hear_them(files: dict[str, bytes]) -> None:
    page = files["index.html"].decode()
    heard: dict[str, set[str]] = {}
    for target, label, text in re.findall(
        r'<a href="([^"]+)"(?: aria-label="([^"]+)")?>([^<]+)</a>', page
    ):
        heard.setdefault(label or text, set()).add(target)
        assert not label or label.startswith(text)
    assert sum(map(len, heard.values())) >= len(files) - 1
    assert all(len(targets) == 1 for targets in heard.values())


def test_all_pages_are_whole_and_ask_the_network_for_nothing(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        page = content.decode()
        assert page.startswith("<!DOCTYPE html>") and '<html lang="en">' in page, name
        assert "default-src 'none'" in page and page.count("<h1") >= 1, name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page), name
        assert ("<script" in page) == name.startswith("forms/"), name


def test_what_stands_in_an_article_cannot_become_markup() -> None:
    body = open_article("03-library-vote").body
    bad = Article('x"><script>alert(1)</script>', '<img src=x onerror="alert(1)">', body)
    files, _ = class_files([bad], ["findings", "headline", "words"])
    for name, content in files.items():
        if name.endswith(".html"):
            page = content.decode()
            assert "<img" not in page and "alert(1)</script>" not in page, name


def test_the_same_folder_comes_out_each_time(files: dict[str, bytes]) -> None:
    assert class_files(pupils=3)[0] == files
