"""The answers of a class over the text, and the form that collects them."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from allowed import KEPT, KEPT_ATTRIBUTES, KEPT_STYLES
from markup import PAYLOADS, XHTML, elements, fragment, parsed, squeeze

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.collecting import read_answers
from newsresearch.classroom.form import answer_form
from newsresearch.classroom.showing import show_answers
from newsresearch.heat import THE_TOOL, empty_row
from newsresearch.marks import reveal
from newsresearch.page import POLICY

RAIN = Article(
    "a",
    "Rain floods the town",
    "It rained all day. The mayor said so.\n\nThe bridge closed on Monday. Nobody was hurt.",
)
STYLES = KEPT_STYLES | {"border-bottom": "3px dashed #[0-9a-f]{6}", "text-align": "left|right"}


def mark(words: str, reader: str = "r1", **cells: Any) -> dict[str, Any]:
    start = RAIN.body.index(words)
    place = {"field": "body", "start": start, "end": start + len(words), "quote": words}
    return empty_row(**{"reader": reader, "article_id": "a", **place, **cells})


def finding(words: str) -> dict[str, Any]:
    return mark(words) | {"check": "tone_gap", "reason": "odd"}


def kept(markup: str) -> Any:
    """Assert that an untrusted notebook keeps all of it; return its tree."""
    tree = fragment(markup)
    for name, attributes, _ in elements(tree):
        assert name in KEPT | {"ul"}
        assert set(attributes) <= KEPT_ATTRIBUTES | {"aria-hidden", "scope"}
        for declaration in filter(None, attributes.get("style", "").split(";")):
            key, value = declaration.split(":")
            assert re.fullmatch(STYLES[key], value)
    return tree


def texts(tree: Any, name: str) -> list[str]:
    return ["".join(node.itertext()) for node in tree.iter(f"{XHTML}{name}")]


CLASS = [
    mark("It rained all day.", "r1", reason="How much?"),
    mark("It rained all day.", "r2"),
    mark("rained", "r3"),
    mark("The bridge", "r3", reason="Which?"),
    empty_row(reader="r4", article_id="a"),
    empty_row(reader="r1", article_id="a", item="1", answer="yes", reason="I think so"),
    empty_row(reader="r2", article_id="a", item="1", answer="No"),
]


def test_each_stretch_is_followed_by_its_number_of_readers() -> None:
    tree = kept(show_answers(RAIN, CLASS)._repr_html_())
    pairs = list(zip(texts(tree, "mark"), texts(tree, "sup"), strict=True))
    assert pairs == [
        ("It", "[2/4]"), ("rained", "[3/4]"), ("all day.", "[2/4]"), ("The bridge", "[1/4]"),
    ]  # fmt: skip
    assert texts(tree, "h3") == ["Rain floods the town"]
    paragraphs = texts(tree, "p")
    assert squeeze(paragraphs[1]) == "It[2/4] rained[3/4] all day.[2/4] The mayor said so."


def test_more_readers_are_darker_and_all_shades_differ() -> None:
    rows = [mark("rained", f"r{n}") for n in range(10)]
    for words, most in (("The mayor", 1), ("said", 3), ("bridge", 5), ("Monday", 7)):
        rows += [mark(words, f"r{n}") for n in range(most)]
    html = show_answers(RAIN, rows)._repr_html_()
    shades = dict(re.findall(r"background:(#\w{6})[^>]*>[^<]*</mark><sup>\[(\d+)/10\]", html))
    order = sorted(shades, key=lambda shade: int(shades[shade]))
    light = [sum(int(shade[at : at + 2], 16) for at in (1, 3, 5)) for shade in order]
    assert len(light) == 5
    assert light == sorted(light, reverse=True)


def test_the_tool_is_told_apart() -> None:
    view = show_answers(
        RAIN, [*CLASS, mark("Nobody was hurt", THE_TOOL)], [finding("bridge closed")]
    )
    html = view._repr_html_()
    labels = texts(kept(html), "sup")
    assert labels[-4:] == ["[1/4]", "[1/4; tool]", "[tool]", "[tool]"]
    assert html.count("3px dashed") == 3
    assert "no judge" in html
    assert "tone gap: odd" in html
    assert "[1/4; tool]" in repr(view)
    assert "no judge" not in show_answers(RAIN, CLASS)._repr_html_()


def test_lines_say_how_far_readers_differ() -> None:
    tree = kept(show_answers(RAIN, CLASS)._repr_html_())
    [header, *lines] = [
        ["".join(cell.itertext()) for cell in row] for row in tree.iter(f"{XHTML}tr")
    ]
    assert header == ["line", "share", "marked by", "readers", "begins"]
    assert lines == [
        ["1", "████████░░", "3/4", "most marked it", "It rained all day. The mayor…"],
        ["2", "██░░░░░░░░", "1/4", "few marked it", "The bridge closed on Monday.…"],
    ]


def test_questions_and_reasons_stand_below() -> None:
    tree = kept(show_answers(RAIN, CLASS)._repr_html_())
    assert texts(tree, "li") == [
        "1: yes 1, no 1",
        "question 1: r1 (yes): I think so",
        "line 1: r1: How much?",
        "line 2: r3: Which?",
    ]


def test_proof_of_answers_is_shown_where_nothing_else_is_marked() -> None:
    proof = mark("The bridge", "r1", item="h1", answer="yes", reason="here")
    html = show_answers(
        RAIN, [proof, {**proof, "reader": "r2", "item": "h2"}], item="h1"
    )._repr_html_()
    assert "1 reader answered questions" in html
    assert "[1/1]" in html and "question h1, line 2" in html
    assert "h2" not in html


def test_what_is_left_out_is_told() -> None:
    bad = [{**mark("bridge"), "quote": "other"}, {**mark("bridge"), "problem": "wrong <b>"}]
    view = show_answers(RAIN, [*CLASS, *bad, mark("bridge", article_id="b")])
    assert "Left out:</strong> 2 entries" in view._repr_html_()
    assert "wrong &lt;b&gt; (1)" in view._repr_html_()
    assert repr(view).endswith("2 entries left out")


@pytest.mark.parametrize("rows", [[], [empty_row(reader="r", article_id="a")]])
def test_nothing_marked_is_shown_as_it_is(rows: list[dict[str, Any]]) -> None:
    view = show_answers(RAIN, rows)
    html = view._repr_html_()
    kept(html)
    assert f"{len(rows)} reader" in html and "<mark" not in html and "darker" not in html
    assert "The bridge closed" in repr(view)


def test_no_single_article_is_refused() -> None:
    with pytest.raises(ArticleError):
        show_answers([], CLASS)


def test_readers_who_mark_other_words_of_a_line_are_not_said_to_agree() -> None:
    article = Article("a", "", "It rained. She left.")
    spans = {"r1": (0, 10), "r2": (11, 20)}
    rows = [
        empty_row(reader=who, article_id="a", field="body", start=start, end=end)
        for who, (start, end) in spans.items()
    ]
    told = show_answers(article, rows)._repr_html_()
    assert "all marked it" in told
    assert "agree" not in told
    told = show_answers(article, [], [{**rows[0], "check": "x"}])._repr_html_()
    assert "nobody marked it" in told


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_anybody_wrote_becomes_markup(payload: str) -> None:
    body = f"It rained. {payload} She left."
    article = Article("a", payload, body)
    place = {"field": "body", "start": 0, "end": len(body), "quote": body}
    rows = [
        empty_row(reader=payload, article_id="a", item=payload, reason=payload, **place),
        empty_row(reader=payload, article_id="a", item=payload, answer=payload, reason=payload),
        empty_row(reader=payload, article_id="a", problem=payload),
    ]
    found = [{**rows[0], "check": payload}]
    view = show_answers(article, rows, found)
    text = squeeze("".join(kept(view._repr_html_()).itertext()))
    assert text.count(squeeze(reveal(payload))) >= 4
    assert repr(view)


# --- the form --------------------------------------------------------------------------------


def inputs(tree: Any, kind: str) -> list[dict[str, str]]:
    return [a for name, a, _ in elements(tree) if name == "input" and a["type"] == kind]


def test_the_policy_lets_this_one_script_run() -> None:
    page = answer_form(RAIN, ["Is it dull?"]).html
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"{POLICY}; script-src 'sha256-{digest}'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert not re.search(r"\son\w+=|https?:|eval|innerHTML|fetch|XMLHttp|localStorage", page)


def test_each_sentence_has_its_box_its_span_and_its_reason() -> None:
    tree = parsed(answer_form(RAIN).html)
    boxes = inputs(tree, "checkbox")
    spans = [(b["data-field"], int(b["data-start"]), int(b["data-end"])) for b in boxes]
    assert [RAIN.field(field)[start:end] for field, start, end in spans] == [
        "Rain floods the town", "It rained all day.", "The mayor said so.",
        "The bridge closed on Monday.", "Nobody was hurt.",
    ]  # fmt: skip
    labels = {a["for"]: "".join(n.itertext()) for name, a, n in elements(tree) if name == "label"}
    named = [a["id"] for name, a, _ in elements(tree) if name in ("input", "textarea")]
    assert set(named) == set(labels)  # every field can be named by a screen reader
    assert len(set(named)) == len(named)
    assert labels["s2"] == "line 1 It rained all day."
    assert labels["w1"] == "Why did you mark the headline?"


def test_questions_have_names_and_choices() -> None:
    form = answer_form(
        RAIN, {"h1": "Rain & sun?", "h2": "So?"}, ("yes", "partly", "no"), marks=False
    )
    tree = parsed(form.html)
    assert inputs(tree, "checkbox") == []
    assert [a["value"] for a in inputs(tree, "radio")] == ["yes", "partly", "no"] * 2
    items = [a["data-item"] for name, a, _ in elements(tree) if name == "fieldset"]
    assert items == ["h1", "h2"]
    assert "It rained all day. The mayor said so." in texts(tree, "p")
    assert list(answer_form(RAIN, "One?").questions) == ["1"]
    told = parsed(answer_form(RAIN, "One?", {"yes": "it says <so>", "no": ""}).html)
    assert [a["value"] for a in inputs(told, "radio")] == ["yes", "no"]
    assert {"yes: it says <so>", "no"} <= set(texts(told, "label"))


def test_a_form_needs_something_to_ask() -> None:
    with pytest.raises(ValueError, match="nothing to answer"):
        answer_form(RAIN, marks=False)
    with pytest.raises(ValueError, match="choices must be two or more; found 1"):
        answer_form(RAIN, ["So?"], ("yes", "yes"))
    with pytest.raises(ValueError, match=r"ends on \.html; found '\.csv'"):
        answer_form(RAIN).save("form.csv")


def test_a_form_is_saved_whole(tmp_path: Path) -> None:
    form = answer_form(RAIN)
    path = form.save(tmp_path / "forms" / "rain.html")
    assert path.read_text("utf-8") == form.html
    assert [p.name for p in path.parent.iterdir()] == ["rain.html"]
    assert form.title == "Answers: Rain floods the town"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_an_article_or_question_becomes_markup(payload: str) -> None:
    article = Article(payload, payload, f"It rained. {payload} She left.")
    form = answer_form(article, {payload: payload, "2": "So?"}, (payload, "no"), task=payload)
    tree = parsed(form.html)
    plain = parsed(answer_form(RAIN, {"1": "x", "2": "So?"}, ("y", "no"), task="x").html)
    shapes = {(name, *sorted(a)) for name, a, _ in elements(plain)}
    found = {(name, *sorted(a)) for name, a, _ in elements(tree)}
    assert {(name, *(k for k in rest if k != "data-bare")) for name, *rest in found} == shapes
    [legend] = [t for t in texts(tree, "legend") if t.startswith("1. ")]
    assert squeeze(legend) == squeeze(reveal(f"1. {payload}"))


def test_what_the_script_writes_is_read_back(tmp_path: Path) -> None:
    """A file as Chromium saved it, when three pupils filled the form."""
    head = "\ufeffreader,article_id,item,field,start,end,quote,answer,reason,problem\n"
    rows = (
        '"Anna","a","","body",0,18,"It rained all day.","","\'=1+1 ""why"", Anna?",""\n'
        '"Anna","a","1","","","","","yes","",""\n'
    )
    (tmp_path / "answers-a-1f179b9f.csv").write_text(head + rows, "utf-8")
    (tmp_path / "answers-a-6eb2c5c2.csv").write_text(
        head + '"7","a","","","","","","","",""\n', "utf-8"
    )
    table = read_answers(tmp_path, RAIN)
    assert table["problem"].eq("").all()
    assert table["reader"].nunique() == 2
    assert table["quote"].tolist() == ["It rained all day.", "", ""]
    assert table["answer"].tolist() == ["", "yes", ""]
    assert re.fullmatch(r'=1\+1 "why", reader-0\d\?', table["reason"][0])
