"""Worksheets: what stands on a sheet stands in its key, and nothing of an article can act."""

from __future__ import annotations

import html
import inspect
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from markup import elements, fragment, parsed, squeeze
from payloads import PAYLOADS

import newsresearch as nr
from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.bearing import word_groups
from newsresearch.classroom.kinds import KINDS
from newsresearch.classroom.lines import lines_of, number_lines
from newsresearch.classroom.sheet import file_name
from newsresearch.classroom.worksheets import Worksheet
from newsresearch.marks import reveal
from newsresearch.opening import article_ids
from newsresearch.page import POLICY, STYLE

IDS = article_ids()
OWN = Article(
    "our paper",
    "Pool to close after cut",
    "The town pool will close in May, the council said on Monday.\n\n"
    "“It is a sad day,” said the mayor, Ada Crewe. The the pool costs £90,000 a year.\n\n"
    "Swimmers, who may have to go to Ormstead, have shamelessly been told nothing.\n\n"
    "The council will vote again in June, after a survey of the users of the pool.",
)
# What we use of what JupyterLab's sanitizer keeps where a notebook is not trusted.
KEPT = {
    "div", "p", "small", "h2", "h3", "mark", "sup", "ol", "li", "strong", "span",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
KEPT_STYLES = {
    "background": "#[0-9a-f]{6}", "color": "#[0-9a-f]{6}", "text-decoration": "underline",
    "border-left": "2px solid #[0-9a-f]{6}", "border": "1px solid #808080",
    "max-width": "46em", "overflow-wrap": "break-word", "list-style": "none",
    "padding-left": r"0|2\.4em", "text-indent": r"-2\.4em|0", "margin-top": r"0\.5em",
    "display": "inline-block", "width": r"3em|\d+%", "font-size": r"0\.8em",
    "padding": "2px 6px", "text-align": "left", "border-collapse": "collapse", "height": r"2\.8em",
}  # fmt: skip


@cache
def sheet(article_id: str, kind: str, seed: int = 0) -> Worksheet:
    return nr.make_worksheet(nr.open_article(article_id), kind, seed=seed)


def assert_inert(tree: Any) -> None:
    """Assert that a tree holds our elements only, with our attributes and styles."""
    shell = {"html", "head", "meta", "title", "style", "body", "main", "h1"}
    for name, attributes, node in elements(tree):
        assert name in KEPT | shell
        assert name != "style" or node.text.startswith(STYLE)
        if name not in shell - {"h1"}:
            assert set(attributes) <= {"class", "style", "title", "scope"}
        for declaration in filter(None, attributes.get("style", "").split(";")):
            key, value = declaration.split(":")
            assert re.fullmatch(KEPT_STYLES[key], value), declaration


def texts_of(tree: Any, cls: str) -> list[str]:
    """Return the texts of all elements of a class."""
    return ["".join(n.itertext()) for _, a, n in elements(tree) if a.get("class") == cls]


def numbered(page: str) -> dict[str, str]:
    """Return what stands behind each number, without the labels of marks."""
    found = re.findall(r'class="no"[^>]*>([^<]*)</span>(.*?)</(?:li|h\d)>', page, re.DOTALL)
    bare = {n: re.sub(r"<sup>.*?</sup>|<[^>]*>", "", text, flags=re.DOTALL) for n, text in found}
    return {n.strip(" \u2007"): squeeze(html.unescape(text)) for n, text in bare.items()}


# --- every kind of every bundled article -----------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("article_id", IDS)
def test_the_key_fits_its_sheet(article_id: str, kind: str) -> None:
    made = sheet(article_id, kind)
    assert list(made.lines) == number_lines(made.article)
    for answer in made.answers:
        for there in answer.places:
            text = made.article.field(there.field)
            assert there.quote == text[there.start : there.end] != ""
        held = answer.lines(list(made.lines))
        assert bool(held) == bool(answer.places)
        if held:
            first = answer.places[0]
            inside = made.article.field(first.field)[held[0].start : held[-1].end]
            assert first.quote.strip() in inside
    texts = {line.label: made.article.field(line.field) for line in made.lines}
    shown = {ln.label: squeeze(texts[ln.label][ln.start : ln.end]) for ln in made.lines}
    assert numbered(made.blank_html) == numbered(made.key_html) == shown


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_tells_nothing_of_its_key(kind: str) -> None:
    made = sheet("24-port-sallow-truce", kind)
    assert "<mark" not in made.blank_html
    assert "<mark" in made.key_html
    assert made.answers
    for answer in made.answers:
        assert answer.reason not in made.blank_html
    assert not re.search(r"\bseed\b", made.blank_html)


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_on_every_sheet(kind: str) -> None:
    made = sheet("13-electric-buses", kind)
    blank, key = parsed(made.blank_html), parsed(made.key_html)
    for tree in (blank, key, fragment(made._repr_html_())):
        assert_inert(tree)
    text = squeeze("".join(blank.itertext()))
    assert "Name or number:" in text
    assert all(sentence in text for sentence in KINDS[kind].task)
    [meta] = texts_of(blank, "meta")
    foot = f"13-electric-buses · {kind} · version {made.version} · invented text, free to copy"
    assert squeeze(meta) == f"Article {foot}"
    assert f'content: "{foot}"' in made.blank_html
    assert f'content: "KEY · {foot}"' in made.key_html
    assert "How far to trust this key." in made.key_html
    assert KINDS[kind].right.split("‘")[0] in made.key_html
    assert "Name or number:" in made._repr_html_()
    assert repr(made) == (
        f"Worksheet(article_id='13-electric-buses', kind={kind!r}, version={made.version!r})"
    )


# --- where the answers come from -------------------------------------------------------------


def test_the_gold_is_the_key_of_a_planted_article() -> None:
    made = sheet("13-electric-buses", "findings")
    assert [answer.what for answer in made.answers] == ["Lost space", "Furniture", "Repeated word"]
    assert "Marked by hand" in made.key_html
    assert "Two words or sentences glued together" in made.key_html
    assert "Right on real articles" not in made.key_html


def test_nothing_is_a_fair_answer_where_nothing_was_planted() -> None:
    made = sheet("01-harbour-bridge", "findings")
    assert made.answers == ()
    assert "written without planted faults" in made.key_html
    assert "Nothing was found." in made.key_html


def test_a_changed_article_is_no_longer_ours() -> None:
    article = nr.open_article("13-electric-buses")
    changed = Article(article.article_id, article.headline, article.body + " It is the the end.")
    made = nr.make_worksheet(changed, "findings")
    assert "Found by rules of a program" in made.key_html
    assert "check that you may copy this text" in made.blank_html
    assert [answer.places[0].quote for answer in made.answers].count("the the") == 2
    assert "Right on real articles: 13 of 14." in made.key_html


def test_findings_that_are_passed_are_the_key() -> None:
    row = {
        "check": "mine", "article_id": "our paper", "field": "body", "start": 4, "end": 13,
        "quote": "town pool", "reason": "Which town?",
    }  # fmt: skip
    made = nr.make_worksheet(OWN, "findings", findings=[row, row | {"article_id": "another"}])
    assert [(a.what, a.reason) for a in made.answers] == [("Mine", "Which town?")]
    assert "passed on to the worksheet" in made.key_html
    table = nr.find_incoherence(nr.load_dataset("demo"))
    whole = nr.make_worksheet(nr.open_article("16-wind-farm"), "findings", findings=table)
    assert len(whole.answers) == (table["article_id"] == "16-wind-farm").sum()


@pytest.mark.parametrize(
    "change", [{"quote": "else"}, {"start": None}, {"start": "a"}, {"end": 4}, {"field": "x"}]
)
def test_findings_of_another_text_are_refused(change: dict[str, Any]) -> None:
    row = {"check": "mine", "article_id": "our paper", "field": "body", "reason": "Why?"}
    row |= {"start": 4, "end": 13, "quote": "town pool"} | change
    with pytest.raises(ArticleError):
        nr.make_worksheet(OWN, "findings", findings=[row])


def test_headlines_marked_by_hand_are_asked_about() -> None:
    made = sheet("01-harbour-bridge", "headline")
    gold = nr.load_gold("headlines")
    gold = gold[gold["article_id"] == "01-harbour-bridge"]
    assert [answer.label for answer in made.answers] == gold["item"].tolist()
    assert [answer.what[0] for answer in made.answers] == ["C", "B", "C", "T", "N", "B"]
    text = squeeze("".join(parsed(made.blank_html).itertext()))
    assert all(headline in text for headline in gold["headline"])
    assert "Engineers find cracks" not in text  # the printed one would tell too much
    for answer, quote in zip(made.answers, gold["quote"], strict=True):
        assert (answer.places[0].quote if answer.places else "") == quote


def test_a_headline_without_gold_is_asked_about_in_groups() -> None:
    made = sheet("16-wind-farm", "headline")
    first, *groups = made.answers
    assert first.what == "Headline opposed"
    assert first.reason.startswith("The headline")
    assert [g.what.split("‘")[1] for g in groups] == [
        "Council’",
        "backs plan’",
        "for hilltop wind farm’",
    ]
    assert groups[1].what.startswith("C – contradicted")
    assert "rejected" in groups[1].places[0].quote


def test_a_headline_that_the_text_does_not_have() -> None:
    other = Article(OWN.article_id, "Dragons seize parliament", OWN.body)
    made = nr.make_worksheet(other, "headline")
    assert all(answer.what.startswith("N?") and not answer.places for answer in made.answers)
    assert "no line" in made.key_html


@pytest.mark.parametrize(
    ("headline", "groups"),
    [
        ("Rebels hand over guns", ["Rebels", "hand over guns"]),
        (
            "Storm leaves 40,000 homes without power",
            ["Storm", "leaves 40,000 homes", "without power"],
        ),
        ("Rain", ["Rain"]),
        ("Tax: £6 a day", ["Tax", "£6 a day"]),
        ("!?", []),
        ("", []),
    ],
)
def test_word_groups(headline: str, groups: list[str]) -> None:
    assert [span.of(headline) for span in word_groups(headline)] == groups


def test_words_and_speakers_are_told() -> None:
    words = nr.make_worksheet(OWN, "words")
    found = {(answer.label, answer.places[0].quote) for answer in words.answers}
    assert found >= {("J", "shamelessly"), ("H", "may")}
    spoken = nr.make_worksheet(OWN, "speakers")
    assert "the mayor, ‘said’" in [answer.what for answer in spoken.answers]
    assert "In quotation marks." in spoken.answers[1].reason


# --- versions --------------------------------------------------------------------------------


def test_each_seed_makes_a_version_and_always_the_same() -> None:
    article = nr.open_article("05-ferry-strike")
    made = [nr.make_worksheet(article, "splice", seed=seed) for seed in range(25)]
    assert len({one.version for one in made}) == 25
    assert len({one.article.body for one in made}) >= 20
    assert len({one.answers[0].what for one in made}) >= 4
    for seed, one in enumerate(made):
        again = nr.make_worksheet(article, "splice", seed=seed)
        assert (again.blank_html, again.key_html) == (one.blank_html, one.key_html)
        assert one.article.body != article.body
        assert len(one.answers) == 1
        assert f"the key to seed {seed}." in one.key_html


def test_the_seed_is_nothing_to_the_other_kinds() -> None:
    for kind in KINDS.keys() - {"splice"}:
        assert sheet("05-ferry-strike", kind, 0) == sheet("05-ferry-strike", kind, 7)


def test_what_was_put_in_stands_where_the_key_says() -> None:
    for seed in range(12):
        made = sheet("05-ferry-strike", "splice", seed)
        [answer] = made.answers
        clean = nr.open_article("05-ferry-strike").body
        there = answer.places[0]
        assert there.quote not in clean or answer.what == "A sentence that stands there twice"
        assert made.article.body.startswith(clean[: there.start - 2])


# --- papers, files and errors ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "size"), [("A4", "A4"), ("letter", "Letter"), ("Letter", "Letter")]
)
def test_papers(paper: str, size: str) -> None:
    made = nr.make_worksheet(OWN, "words", paper=paper)
    for page in (made.blank_html, made.key_html):
        assert f"@page {{ size: {size};" in page.split(STYLE)[1]


def test_both_pages_are_saved(tmp_path: Path) -> None:
    made = sheet("13-electric-buses", "words")
    paths = made.save(tmp_path / "new" / "folder")
    stem = f"13-electric-buses_words_{made.version}"
    assert [path.name for path in paths] == [f"{stem}.html", f"{stem}_key.html"]
    assert paths[0].read_text(encoding="utf-8") == made.blank_html
    assert paths[1].read_text(encoding="utf-8") == made.key_html
    assert made.save(str(tmp_path / "new" / "folder")) == paths
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 2


@pytest.mark.parametrize("name", ["../x", "a/b", "CON:", "", "ä" * 300, "a b", "<b>", 'x";}', "."])
def test_no_id_becomes_a_path_or_style(name: str, tmp_path: Path) -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+-[0-9a-f]{6}", file_name(name))
    made = nr.make_worksheet(Article(name, OWN.headline, OWN.body), "words")
    assert {path.parent for path in made.save(tmp_path)} == {tmp_path}
    assert len(list(tmp_path.iterdir())) == 2


def test_two_ids_never_share_a_file() -> None:
    assert len({file_name(name) for name in ("a b", "a-b", "a/b", "a_b")}) == 4


BODY = "The council said on Monday that it would mend the road in the spring. "
TROUBLES = [
    (Article("e", "Rain", ""), "findings", "body is empty"),
    (Article("e", "Rain", "x", error="half a file"), "words", "half a file"),
    (Article("s", "Rain", "It rained."), "words", "too short.*found 2 words"),
    (Article("l", "Rain", BODY * 400), "words", "too long.*found .* lines, 300"),
    (Article("h", " ", OWN.body), "headline", "no headline"),
    (Article("q", "Road", "The road is long. " * 12), "speakers", "nobody speaks"),
    (
        Article("n", "Road", "The road is long" + " and wide and wet" * 9 + "."),
        "splice",
        "nothing could be",
    ),
    (Article("m", "?!", OWN.body), "headline", "has no words"),
]


@pytest.mark.parametrize(("article", "kind", "message"), TROUBLES)
def test_what_makes_no_sheet_says_why(article: Article, kind: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        nr.make_worksheet(article, kind)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": "quiz"}, "Choose from: findings, headline, splice, words, speakers"),
        ({"kind": None}, "Choose from"),
        ({"paper": "A5"}, "Choose from: A4, Letter"),
        ({"paper": 4}, "Choose from: A4, Letter"),
        ({"seed": 1.5}, "seed must be a whole number; found 1.5"),
        ({"kind": "words", "findings": []}, "findings make no key of kind 'words'"),
        ({"findings": "all"}, "findings must be a table or a list of rows; found str"),
        ({"findings": 3}, "findings must be a table or a list of rows; found int"),
        ({"findings": [{"article_id": "our paper"}]}, "findings need a 'check' column"),
    ],
)
def test_wrong_arguments_say_what_is_right(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        nr.make_worksheet(OWN, **{"kind": "findings", **given})


def test_articles_come_in_any_form() -> None:
    table = nr.load_dataset("demo")
    one = sheet("13-electric-buses", "findings")
    row = table[table["article_id"] == "13-electric-buses"].iloc[0]
    assert nr.make_worksheet(row, "findings") == one
    assert nr.make_worksheet(table, "findings", article_id="13-electric-buses") == one
    with pytest.raises(ArticleError, match="no article is chosen"):
        nr.make_worksheet(table, "findings")
    with pytest.raises(
        ArticleError, match=r"found the text '13-electric-buses'. Open it by its id"
    ):
        nr.make_worksheet("13-electric-buses", "findings")


@pytest.mark.parametrize(
    "verb",
    [
        nr.make_worksheet, nr.make_exercise, nr.study_headline, nr.compare_headlines,
        nr.mark_spans, nr.show_answers,
    ],
)  # fmt: skip
def test_all_verbs_on_one_article_name_and_choose_it_alike(verb: Any) -> None:
    known = inspect.signature(verb).parameters
    assert next(iter(known)) == "article"
    assert known["article"].annotation.count("pd.DataFrame") == 1
    assert known["article_id"].default is None


def test_of_a_table_the_id_says_which_article_is_marked_and_shown() -> None:
    table, name = nr.load_dataset("demo"), "13-electric-buses"
    sheet = nr.mark_spans(table, ["Drivers"], "7", article_id=name)
    assert sheet.rows[0]["article_id"] == name
    assert nr.show_answers(table, sheet.rows, article_id=name).article == sheet.article


# --- hostile texts, and a Python without pandas ------------------------------------------------


@pytest.mark.parametrize("text", list({p.treated: p.text for p in PAYLOADS}.values()))
def test_a_hostile_text_stays_text(text: str) -> None:
    article = Article(text, text, f"{OWN.body}\n\n{text}", text)
    start = len(OWN.body) + 2 + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    row = {
        "check": text, "article_id": text, "field": "body", "start": start, "end": end,
        "quote": article.body[start:end], "reason": text,
    }  # fmt: skip
    made = nr.make_worksheet(article, "findings", findings=[row])
    trees = parsed(made.blank_html), parsed(made.key_html), fragment(made._repr_html_())
    for tree in trees:
        assert_inert(tree)
    for page in (made.blank_html, made.key_html):
        held = "".join(numbered(page).values())
        assert re.sub(r"\s", "", held).count(re.sub(r"\s", "", reveal(text))) >= 3
    assert squeeze(reveal(text)) in squeeze("".join(trees[1].itertext()))
    for page in (made.blank_html, made.key_html):
        assert page.count(POLICY) == 1


def test_pages_ask_for_nothing() -> None:
    for kind in KINDS:
        made = sheet("24-port-sallow-truce", kind)
        for page in (made.blank_html, made.key_html):
            assert not re.search(r"url\(|@import|https?:|<script|<img|<link", page)


def test_all_kinds_work_without_pandas() -> None:
    code = (
        "import sys; sys.modules.update(pandas=None, matplotlib=None)\n"
        "import newsresearch as nr\n"
        "from newsresearch.classroom.kinds import KINDS\n"
        "for kind in KINDS:\n"
        "    made = nr.make_worksheet(nr.open_article('16-wind-farm'), kind, seed=3)\n"
        "    print(made.kind, made.version, len(made.answers), '<li' in made._repr_html_())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    told = [sheet("16-wind-farm", kind, 3) for kind in KINDS]
    lines = [f"{one.kind} {one.version} {len(one.answers)} True" for one in told]
    assert done.stdout.splitlines() == lines


def test_lines_of_a_key_are_found_again() -> None:
    made = sheet("24-port-sallow-truce", "findings")
    lines = list(made.lines)
    for answer in made.answers:
        first = answer.places[0]
        assert answer.lines(lines) == lines_of(lines, first.field, first.start, first.end)


def test_the_words_that_are_put_in_come_from_the_tellings_too() -> None:
    told = " ".join(
        sheet("08-storm-power-cuts", "splice", seed=seed).answers[0].reason for seed in range(30)
    )
    assert any(name in told for name in nr.load_dataset("tellings")["article_id"])
    assert not any(name in told for name in article_ids("planted"))
