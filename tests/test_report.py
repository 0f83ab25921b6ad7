"""The report: escaped, readable by all, and true to its tables."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from browser import find_browser
from markup import (
    PAYLOADS,
    XHTML,
    articles,
    assert_closed,
    elements,
    finding,
    parsed,
    squeeze,
    table,
    visible,
)

import newsresearch as nr
from newsresearch.articles import ArticleError
from newsresearch.figures import find_plot
from newsresearch.marks import reveal
from newsresearch.report import report_html, save_report
from newsresearch.report.arc import arc_html
from newsresearch.report.sources import sources_html

HEADLINE = "Bridge to reopen in June, mayor promises"
BODY = (
    "The harbour bridge may reopen in June, the mayor of Westmoor said. The the bearings are "
    "worn, and a bleak, miserable summer lies ahead for the shops along the quay.\n\n"
    "Engineers gave no date. Repairs would cost from $5 million to $10 million."
)


def one(**fields: Any) -> pd.DataFrame:
    return articles({"headline": HEADLINE, "body": BODY, "preamble": ""} | fields)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_every_field_stays_text(payload: str) -> None:
    text = reveal(payload)  # tables of strings refuse lone surrogates before we see them
    names = ("article_id", "headline", "preamble", "outlet", "published", "byline", "url")
    fields = dict.fromkeys(names, text) | {"body": f"{BODY}\n\n{text}", text: text}
    row = finding(text, 0, len(text), article_id=text, field="headline", check=text, reason=text)
    tree = assert_closed(report_html(one(**fields), table(row | {"confidence": text})))
    assert visible(tree).count(squeeze(text)) >= 8


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_among_what_stays_raw(payload: str) -> None:
    fields = dict.fromkeys(("outlet", "byline", "url"), payload)
    tree = assert_closed(report_html(one(**fields), table()))
    assert visible(tree).count(squeeze(reveal(payload))) >= 3


def test_payloads_in_the_contents_of_many() -> None:
    texts = [reveal(payload) for payload in PAYLOADS]
    rows = [{"article_id": text, "headline": text, "body": "It rained."} for text in texts]
    tree = assert_closed(report_html(articles(*rows), table()))
    heads = [squeeze("".join(node.itertext())) for name, _, node in elements(tree) if name == "a"]
    assert set(map(squeeze, texts)) <= set(heads)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("HTTPS://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("\x01https://example.org", False),
        ("https://example.org/a b", False),
        ("data:text/html,x", False),
        ("https:example.org", False),
        ("//example.org", False),
        ("http://[half", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, linked: bool) -> None:
    tree = parsed(report_html(one(url=url), table()))
    links = [attributes["href"] for name, attributes, _ in elements(tree) if name == "a"]
    assert [link for link in links if not link.startswith("#")] == ([url] if linked else [])
    assert squeeze(reveal(url)) in visible(tree)


def test_who_published_it() -> None:
    row = one(outlet="The Courier", published=pd.Timestamp("2024-03-04 09:00"), byline=None)
    assert '<p class="meta">The Courier · 2024-03-04 · article_id a1</p>' in report_html(
        row, table()
    )
    assert '<p class="meta">article_id a1</p>' in report_html(one(outlet=None, url=pd.NA), table())
    assert "[&#x27;Ann&#x27;, &#x27;Bob&#x27;]" in report_html(
        one().assign(byline=[["Ann", "Bob"]]), table()
    )


def test_who_speaks_is_told_in_words_and_shares() -> None:
    body = "“It is late,” said Ann B&B Lee. Officials said the bridge was <b>old</b> today."
    text = visible(assert_closed(report_html(one(body=body), table())))
    assert "Officials (no name) 0" in text
    assert "Source Quoted words Paraphrased words Share Verbs" in text
    silent = visible(assert_closed(report_html(one(body="It rained all day."), table())))
    assert "No quotation or reported statement with a source was found." in silent


def test_the_name_of_a_source_stays_text() -> None:
    name = "Ann <script>alert(1)</script>"
    html = sources_html([{
        "source": name, "anonymous": False, "words_quoted": 3, "words_reported": 0,
        "source_share": float("nan"), "verb_classes": "<i>",
    }])  # fmt: skip
    assert "<script" not in html and "&lt;script&gt;" in html and "&lt;i&gt;" in html


# --- for every reader ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages() -> list[Any]:
    start = BODY.index("The the")
    rows = [finding(BODY, start, start + 7), finding(HEADLINE, 0, 6, field="headline")]
    two = pd.concat([one(), one(article_id="a2", headline="", body="")], ignore_index=True)
    return [assert_closed(report_html(each, table(*rows))) for each in (one(), two)]


def test_headings_are_in_order(pages: list[Any]) -> None:
    for tree in pages:
        levels = [int(n[1]) for n, _, _ in elements(tree) if re.fullmatch("h[1-6]", n)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_is_without_a_name(pages: list[Any]) -> None:
    for tree in pages:
        assert tree.attrib["lang"] == "en"
        for name, _, node in elements(tree):
            if re.fullmatch("h[1-6]|title|a|th|caption|li|mark", name):
                assert "".join(node.itertext()).strip()


def test_the_table_of_contents_says_what_its_heads_belong_to(pages: list[Any]) -> None:
    nodes = list(elements(pages[1]))
    assert {a["scope"] for name, a, _ in nodes if name == "th"} == {"col", "row"}
    contents, measures, checks, *others = [node for name, _, node in nodes if name == "table"]
    widths = [{len(row) for row in each.iter(f"{XHTML}tr")} for each in (measures, checks)]
    assert widths == [{5}, {3}]
    assert {len(row) for each in others for row in each.iter(f"{XHTML}tr")} == {3, 5}
    assert contents[0].tag == f"{XHTML}caption"
    assert {len(row) for row in contents.iter(f"{XHTML}tr")} == {4}


def test_what_a_measure_means_is_said_once(pages: list[Any]) -> None:
    for tree in pages:
        assert visible(tree).count("Unit: school grade (US); higher = harder.") == 8
        names = [node.text for name, _, node in elements(tree) if name == "dt"]
        assert [names.count(name) for name in ("lix", "body_tone", "tone_gap")] == [2, 2, 2]


def test_failed_checks_are_counted_apart() -> None:
    two = pd.concat([one(), one(article_id="a2")], ignore_index=True)
    row = finding("", 0, 0, check="not_checked", reason="lost_space failed")
    text = visible(assert_closed(report_html(two, table(row))))
    assert "Article Cohesion Consistency Relevance Other" in text
    assert f"{HEADLINE} a1 0 0 0 1" in text


def test_every_link_of_the_page_leads_to_one_place_of_it(pages: list[Any]) -> None:
    for tree in pages:
        nodes = list(elements(tree))
        ids = [attributes["id"] for _, attributes, _ in nodes if "id" in attributes]
        links = [attributes["href"] for name, attributes, _ in nodes if name == "a"]
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in links} <= set(ids)
    contents = next(node for name, _, node in elements(pages[1]) if name == "nav")
    assert [a["href"] for name, a, _ in elements(contents) if name == "a"] == [
        "#article-1", "#article-2",
    ]  # fmt: skip


def test_text_and_findings_are_linked_both_ways() -> None:
    start = BODY.index("The the")
    other = {"other_field": "headline", "other_start": 0, "other_end": 6, "other_quote": "Bridge"}
    rows = [finding(BODY, start, start + 7, **other), finding(BODY, start, start)]
    nodes = list(elements(assert_closed(report_html(one(), table(*rows)))))
    links = {a["href"]: node for name, a, node in nodes if name == "a"}
    places = {a["id"]: (name, node) for name, a, node in nodes if "id" in a}
    [number] = [n for n in ("1", "2") if f"a1-t{n}" in places]  # one quotes nothing
    assert places[f"a1-f{number}"][0] == "li"
    assert "The the" in visible(places[f"a1-f{number}"][1])
    for kind, told in (("t", "body, passage of finding"), ("s", "headline, passage compared with")):
        assert places[f"a1-{kind}{number}"][1].attrib["href"] == f"#a1-f{number}"
        assert links[f"#a1-{kind}{number}"].attrib["aria-label"].startswith(told)
    name = places[f"a1-t{number}"][1].attrib["aria-label"]
    assert name == f"{number}, finding: Repeated word"


def test_what_is_alone_on_its_page_has_a_way_to_its_sections(pages: list[Any]) -> None:
    [way] = [node for name, _, node in elements(pages[0]) if name == "nav"]
    titles = [squeeze("".join(a.itertext())) for a in way]
    assert titles == [
        "Findings", "Tone", "Readability", "Headline support", "Who gets to speak",
        "How it is told", "What the measures mean",
    ]  # fmt: skip


def test_every_landmark_of_a_kind_has_a_name_of_its_own(pages: list[Any]) -> None:
    for tree in pages:
        names = [a.get("aria-label") for name, a, _ in elements(tree) if name == "nav"]
        assert len(names) == len(set(names)) == 1 and all(names)
        assert [name for name, _, _ in elements(tree)].count("main") == 1


# --- tone, framing, and all together ---------------------------------------------------------


def test_the_arc_tells_what_it_shows() -> None:
    tones = nr.list_tones(one())
    html = arc_html(tones)
    assert f"<desc>{find_plot('tone_arc').alt(tone_table(tones))}</desc>" in html
    assert html.startswith('<figure>\n<svg class="arc" role="img"')
    assert "<title>Tone of the sentences in order</title>" in html
    assert arc_html(tones.iloc[:0]) == ""


def tone_table(tones: pd.DataFrame) -> pd.DataFrame:
    return find_plot("tone_arc").table(tones, article_id="a1")


def tones_of(*values: float | None, headline: float | None = 0.5) -> pd.DataFrame:
    body = {"field": "body", "sentence": range(len(values)), "tone": values}
    head = {"field": ["headline"], "sentence": [0], "tone": [headline]}
    rows = pd.concat([pd.DataFrame(head), pd.DataFrame(body)], ignore_index=True)
    return rows.assign(article_id="a", tone=rows["tone"].astype("float64"))


def test_each_sentence_has_its_mark_where_it_belongs() -> None:
    html = arc_html(tones_of(1.0, -1.0, 0.0, None))
    shapes = dict(re.findall(r'<path class="(\w+)" d="([^"]*)"', html))
    up, down, none = (shapes[kind] for kind in ("up", "down", "none"))
    assert [shape.count("M") for shape in (up, down, none)] == [1, 1, 1]
    assert up.split()[1].startswith("10.0") and down.split()[1].startswith("140.0")
    assert shapes["stem"].count("M") == 2 and " 42.5H" in shapes["headline"]
    assert "headline" not in dict(
        re.findall(r'class="(\w+)" (d)=', arc_html(tones_of(headline=None)))
    )


def test_many_sentences_are_stems_alone() -> None:
    assert 'class="up"' in arc_html(tones_of(*[0.5] * 80))
    many = arc_html(tones_of(*[0.5] * 81))
    assert 'class="up"' not in many and many.count("V") == 81


TOLD = (
    "The terrible plan may fail, the mayor of Westmoor said. It could cost the town dearly. "
    "“We must stop this shameful plan,” said Ann Lee, an engineer. The town bought the quay, the "
    "square, the pier and the old market hall in spring, and it sold none of them in the end. "
    "Nobody in the town hall would tell when the plan was made or who had first thought of it."
)


def test_how_it_is_told_counts_what_the_scorer_counts() -> None:
    tree = assert_closed(report_html(one(body=TOLD), table()))
    cells = {
        visible(row[0]): [visible(cell) for cell in row[1:]]
        for _, _, row in elements(tree) if row.tag == f"{XHTML}tr" and len(row) == 5
    }  # fmt: skip
    cues, scored = nr.explain_framing(one(body=TOLD)), nr.score_framing(one(body=TOLD)).iloc[0]
    assert not cues.empty
    for name, own in cues[cues["field"] == "body"].groupby("cue"):
        told = cells[str(name).replace("frame_", "frame: ").replace("_", " ")]
        said = int(own["in_quotation"].sum())
        per = f"{100 * scored[f'{name}_share']:.1f}"
        assert told[:3] == [str(len(own) - said), per, str(said)]
    assert cells["hedge"][3] == "The terrible plan may fail, the mayor of…"


def test_loaded_words_are_listed_apart_from_those_that_were_said() -> None:
    text = visible(parsed(report_html(one(body=TOLD), table())))
    assert "in most of their uses): terrible; in quotations: shameful." in text
    quiet = visible(parsed(report_html(one(body="It rained."), table())))
    assert "No cue of framing was found." in quiet and "kinds of cue mean" not in quiet


def test_payloads_beside_a_cue_stay_text() -> None:
    for payload in PAYLOADS:
        body = f"{payload} may {payload}. {TOLD}"
        assert_closed(report_html(one(body=body, headline=f"{payload} may be"), table()))


def test_all_articles_together_are_told_above_them(pages: list[Any]) -> None:
    text = visible(pages[1])
    assert "All articles together" in text and "All articles together" not in visible(pages[0])
    scored = nr.score_all(one())["n_words"].item()
    assert f"n_words 1 {scored} {scored} {scored}" in text  # a2 has no words to count
    assert "Repeated word 2 1" in text


def test_the_page_shows_all_of_it(pages: list[Any]) -> None:
    text = visible(pages[0])
    assert squeeze(BODY) in text
    for part in ("Repeated word", "body_tone", "higher = more positive", "Headline support"):
        assert part in text
    assert re.search(r"body_tone −?\d\.\d\d \(−?\d\.\d\d to −?\d\.\d\d\)", text)
    assert "body_tone_low" not in text
    assert "findings, not verdicts" in text


def test_an_article_that_cannot_be_checked_is_not_clean(pages: list[Any]) -> None:
    text = visible(pages[1])
    assert "Article a2 (no headline) a2 not checked not checked not checked" in text
    assert "Not measured: the body is empty" in text
    assert "No findings" not in text.split("Article a2")[-1]


# --- the tables it is made from --------------------------------------------------------------


def test_the_file_is_the_page_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = save_report(one(), tmp_path / "new" / "report.html", table())
    assert path.read_bytes() == report_html(one(), table()).encode()
    assert [each.name for each in path.parent.iterdir()] == ["report.html"]
    save_report(one(headline="Other"), str(path), table())
    assert "<h1>Other</h1>" in path.read_text(encoding="utf-8")


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        save_report(one(), path, table())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_findings_are_looked_for_if_not_given() -> None:
    assert "Repeated word" in report_html(one())


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ArticleError, match="articles need a 'body' column"):
        report_html(one().drop(columns="body"), table())
    with pytest.raises(ArticleError, match="something else stands"):
        report_html(one(), table(finding("Other", 0, 5)))


def test_no_articles_make_an_empty_page() -> None:
    assert "Report on 0 articles" in visible(assert_closed(report_html(one().iloc[:0], table())))


def test_the_same_input_makes_the_same_page() -> None:
    assert report_html(one(), table()) == report_html(one(), table())


def test_claims_without_any_sentence_have_their_reason_once() -> None:
    page = report_html(one(headline="Mayor quits as council rejects zebra", body="Rain fell. " * 9))
    told = "no sentence of the body has words in common with this claim"
    assert page.count(told) == 1


# --- in print --------------------------------------------------------------------------------


def classes(tree: Any) -> list[str]:
    return [a["class"] for _, a, _ in elements(tree) if "class" in a]


def test_an_article_among_others_is_printed_in_small(pages: list[Any]) -> None:
    alone, many = map(classes, pages)
    assert not {"among", "clean", "printed"} & set(alone)
    assert many.count("among") == 1  # a2 has nothing to measure
    assert many.count("printed") == 2
    assert "clean" not in many  # a1 has findings, a2 could not be checked


def test_only_what_has_no_finding_leaves_its_text_to_the_screen() -> None:
    two = pd.concat([one(), one(article_id="a2")], ignore_index=True)
    start = BODY.index("The the")
    tree = assert_closed(report_html(two, table(finding(BODY, start, start + 7))))
    found = {a["id"]: a.get("class") for name, a, _ in elements(tree) if name == "article"}
    assert found == {"article-1": None, "article-2": "clean"}
    assert visible(tree).count("Engineers gave no date.") >= 2  # the page itself has it


def test_what_small_print_leaves_out_is_told_once(pages: list[Any]) -> None:
    [*_, told] = [node for _, a, node in elements(pages[1]) if a.get("class") == "printed"]
    names = [squeeze("".join(node.itertext())) for node in told.iter(f"{XHTML}dt")]
    assert names == ["Tone", "Headline support", "Who gets to speak", "How it is told"]


def test_the_bundled_articles_print_on_little_more_than_a_page_each(tmp_path: Path) -> None:
    browser = find_browser()
    if browser is None:
        pytest.skip("no browser: install Chromium to see what is printed")
    corpus = nr.load_dataset("demo")
    path, printed = save_report(corpus, tmp_path / "report.html"), tmp_path / "report.pdf"
    command = [
        browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", path.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))
    assert len(corpus) < sheets <= 1.5 * len(corpus)
