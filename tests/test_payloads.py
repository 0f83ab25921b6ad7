"""No text of an article becomes live HTML: not in a notebook, a report, a table or a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from allowed import (
    FRAME,
    FRAME_ATTRIBUTES,
    KEPT,
    KEPT_ATTRIBUTES,
    PICTURE,
    PICTURE_ATTRIBUTES,
    assert_inert_in_html,
    drawn,
    frame_cells,
    in_frame,
    notebook_tree,
    page_tree,
    picture_text,
    shown,
)
from browser import Seen, find_browser, show
from markup import ARC, ATTRIBUTES, MORE, PAGE, articles, elements, finding, squeeze, table, visible
from payloads import CANARY, CARELESS, ELSEWHERE, IMG, LIVE, PAYLOADS, J

import newsresearch as nr
from newsresearch.figures import clean_text
from newsresearch.figures.house import wrap_id
from newsresearch.marks import reveal
from newsresearch.page import POLICY
from newsresearch.report import report_html

TEXTS = list(dict.fromkeys(payload.text for payload in PAYLOADS))
each_payload = pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
missing_glyphs = pytest.mark.filterwarnings("ignore:Glyph", "ignore:constrained_layout")
STORY = "The harbour bridge of Westmoor may reopen in June, the mayor said. Engineers gave no date."
SHOWN = ("headline", "preamble", "body")
META = ("article_id", "outlet", "published", "byline", "url")
OTHER = ("section", "label", "note")
FIELDS = (*SHOWN, *META, *OTHER)
SOME = list({payload.treated: payload.text for payload in PAYLOADS}.values())  # one of a kind
FIRST = 300  # characters of a quote that a list of findings shows


def row(text: str) -> dict[str, Any]:
    """Return an article with a payload in every field, and as a column's name."""
    row = dict.fromkeys((*FIELDS, text), text)
    return row | {"body": f"{STORY}\n\n{text}", "error": ""}


def failed(text: str) -> dict[str, Any]:
    """Return an article that could not be read, for a reason that quotes it."""
    return {"article_id": text, "headline": text, "body": "", "error": text}


def findings(text: str) -> pd.DataFrame:
    """Return findings of a user's own making: all of them, and a passage within a passage."""
    start, length = len(STORY) + 2, len(text)
    other = {"other_field": "headline", "other_start": 0, "other_end": length, "other_quote": text}
    own = {"article_id": text, "reason": text, "confidence": text}
    body = f"{STORY}\n\n{text}"
    return table(
        finding(body, start, start + length, check=text, **own, **other),
        finding(body, start + length // 3, start + length // 2, **own),
        finding(text, 0, length, field="preamble", **own),
    )


@cache
def notebook(text: str) -> str:
    return nr.show_article(articles(row(text)), findings(text))._repr_html_()


# --- each payload, each field, each sink -----------------------------------------------------


def test_there_are_many_payloads_of_many_kinds() -> None:
    assert len(TEXTS) >= 73
    assert {payload.treated for payload in PAYLOADS} == {*CARELESS, ELSEWHERE}


@each_payload
def test_in_a_notebook(text: str) -> None:
    tree = notebook_tree(notebook(text))
    seen = visible(tree)
    # Three fields; of three findings the reason, the confidence and, cut off, what they quote.
    assert seen.count(shown(text)) >= 3 + 3 + 3
    assert seen.count(shown(text[:FIRST])) >= 3 + 3 + 3 + 3
    assert squeeze(reveal(text.replace("_", " ").capitalize())) in seen
    [title] = [node for name, _, node in elements(tree) if name == "h2"]
    assert visible(title) == shown(text)


@each_payload
def test_as_a_reason_in_a_notebook(text: str) -> None:
    tree = notebook_tree(nr.show_article(articles(failed(text)))._repr_html_())
    assert f"Not checked: {shown(text)}" in visible(tree)


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    """All payloads as articles; their columns of their own would only be 200 empty ones."""
    return articles(*map(row, TEXTS))[[*FIELDS, "error"]]


@pytest.fixture(scope="module")
def engines(corpus: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What the engines say of the corpus: computed once, each article by itself."""
    return {name: getattr(nr, name)(corpus) for name in ("score_all", "support_headline")}


@pytest.fixture(scope="module")
def measures() -> pd.DataFrame:
    return nr.list_measures("score_all")


@pytest.fixture
def quick(
    engines: dict[str, pd.DataFrame], measures: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let a report look up what the engines said before."""
    for name, told in engines.items():
        monkeypatch.setattr(
            f"newsresearch.report.entries.{name}",
            lambda some, told=told: told[told["article_id"].isin(some["article_id"])],
        )
    monkeypatch.setattr("newsresearch.report.entries.strip_furniture", lambda some: (some, None))
    monkeypatch.setattr("newsresearch.report.measures.list_measures", lambda _: measures)


@each_payload
@pytest.mark.usefixtures("quick")
def test_in_a_report_of_one(text: str) -> None:
    tree = page_tree(report_html(articles(row(text)), table()))
    nodes = list(elements(tree))
    for element in ("title", "h1"):
        [node] = [node for name, _, node in nodes if name == element]
        assert visible(node) == shown(text)
    [meta] = [node for _, attributes, node in nodes if attributes.get("class") == "meta"]
    assert visible(meta).count(shown(text)) == len(META)
    assert visible(tree).count(shown(text)) >= 1 + len(SHOWN) + len(META)


@pytest.fixture(scope="module")
def whole_report(corpus: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the report of all payloads as it was written, each also a reason of not measuring."""
    own = pd.concat(map(findings, TEXTS), ignore_index=True)
    path = tmp_path_factory.mktemp("report") / "all.html"
    nr.save_report(corpus.assign(error=corpus["headline"]), path, own)
    return path.read_text(encoding="utf-8")


def test_in_a_report_of_many(whole_report: str) -> None:
    nodes = list(elements(page_tree(whole_report)))
    entries = [node for name, _, node in nodes if name == "article"]
    links = [node for _, attributes, node in nodes if "href" in attributes]
    inner = [node for node in links if node.attrib["href"].startswith("#article-")]
    for text, entry, link in zip(TEXTS, entries, inner, strict=True):
        assert visible(link) == shown(text)
        seen = visible(entry)
        assert seen.count(shown(text)) >= len(SHOWN) + len(META) + 6
        assert f"Not measured: {shown(text)}" in seen
    outer = [href for node in links if not (href := node.attrib["href"]).startswith("#")]
    # An address that holds a quotation mark is shown and not linked.
    assert outer == [text for text in TEXTS if re.fullmatch("https?://[^\"'<>`\\\\\\s]+", text)]


def test_in_a_report_of_what_the_checks_find(corpus: pd.DataFrame) -> None:
    page_tree(report_html(corpus[corpus["article_id"].isin(SOME)]))


def test_in_tables(corpus: pd.DataFrame, engines: dict[str, pd.DataFrame]) -> None:
    cells = dict(zip(*frame_cells(corpus), strict=True))
    for name in FIELDS:
        story = f"{STORY}\n\n" * (name == "body")
        assert cells[name] == tuple(in_frame(story + text) for text in TEXTS)
    own = dict(zip(*frame_cells(pd.concat(map(findings, TEXTS))), strict=True))
    for name in ("article_id", "reason", "confidence"):
        assert own[name] == tuple(in_frame(text) for text in TEXTS for _ in range(3))
    for told in (*engines.values(), nr.find_incoherence(corpus), nr.strip_furniture(corpus)[1]):
        frame_cells(told[:40])


def test_as_names_of_columns_and_of_rows_in_tables() -> None:
    names = list(map(in_frame, TEXTS))
    wide = pd.DataFrame([TEXTS], columns=pd.Index(TEXTS, name=TEXTS[0]), index=TEXTS[1:2])
    assert frame_cells(wide) == ([names[0], *names], [(name,) for name in [names[1], *names]])
    tall = pd.DataFrame({TEXTS[1]: TEXTS}, index=pd.Index(TEXTS, name=TEXTS[0]))
    assert frame_cells(tall) == (names[:2], [tuple(names)] * 2)


# --- pictures --------------------------------------------------------------------------------


def saved(ax: Any, folder: Path, more: pd.DataFrame | None = None) -> bytes:
    """Return a picture of these Axes as it was saved."""
    nr.save_figure(ax, "some", folder, formats=["svg"], table=more)
    plt.close("all")
    return (folder / "some.svg").read_bytes()


def tones(texts: Iterable[str]) -> pd.DataFrame:
    ours = nr.list_tones(articles({"headline": "h", "body": STORY}))
    return pd.concat([ours.assign(article_id=text) for text in texts])


@missing_glyphs
def test_as_ids_in_a_picture(tmp_path: Path) -> None:
    rows = table(*(finding("x", 0, 1, article_id=text) for text in TEXTS))
    seen = picture_text(saved(nr.plot_findings(rows), tmp_path))
    assert [text for text in TEXTS if drawn(text) not in seen] == []


@missing_glyphs
def test_as_names_of_checks_in_a_picture(tmp_path: Path) -> None:
    brief = [text for text in TEXTS if len(text) < 90]
    seen = picture_text(
        saved(nr.plot_findings(table(*(finding("x", 0, 1, check=t) for t in brief))), tmp_path)
    )
    names = ("".join(clean_text(text).replace("_", " ").split()) for text in brief)
    assert [name for name in names if name not in seen] == []


@missing_glyphs
@pytest.mark.parametrize("plot", ["readability", "support"])
def test_some_as_ids_in_the_other_pictures(plot: str, tmp_path: Path) -> None:
    some = articles(*({"article_id": t, "headline": STORY[:20], "body": STORY} for t in SOME))
    source = nr.score_readability if plot == "readability" else nr.support_headline
    seen = picture_text(saved(getattr(nr, f"plot_{plot}")(source(some)), tmp_path))
    assert [text for text in SOME if drawn(text) not in seen] == []


@missing_glyphs
def test_some_as_titles_of_a_picture(tmp_path: Path) -> None:
    _, axes = plt.subplots(len(SOME), squeeze=False)
    some = tones(SOME)
    for ax, text in zip(axes.flat, SOME, strict=True):
        nr.plot_tone_arc(some, text, ax)
        ax.set_axis_off()
    seen = picture_text(saved(axes[0][0], tmp_path, pd.DataFrame({text: [text] for text in SOME})))
    titles = ("".join(wrap_id(clean_text(text), 45).split()) for text in SOME)
    assert [title for title in titles if title not in seen] == []
    assert "".join(clean_text(SOME[0]).split()) in seen.split("Afigureof")[1]


@missing_glyphs
@pytest.mark.parametrize("text", [SOME[1], SOME[2], SOME[4]])
def test_alone_in_a_picture_and_its_description(text: str, tmp_path: Path) -> None:
    picture = saved(nr.plot_tone_arc(tones([text])), tmp_path)
    assert_inert_in_html(picture.decode())
    seen = picture_text(picture)
    assert seen.count("".join(clean_text(text).split())) >= 2


def test_no_payload_names_a_file_of_a_picture(tmp_path: Path) -> None:
    ax = nr.plot_tone_arc(tones(["a"]))
    for text in TEXTS:
        with pytest.raises(ValueError, match="plain file name"):
            nr.save_figure(ax, text, tmp_path)
    plt.close("all")


# --- files -----------------------------------------------------------------------------------


def test_as_names_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for at, text in enumerate(TEXTS):
        name = text.replace("/", "⁄").replace("\0", "")[:50]
        (folder / f"{name} {at}.txt").write_text("" if at % 20 else f"Rain\n\n{STORY}")
    some, issues = nr.read_with_issues(folder)
    assert len(some) == len(TEXTS)
    names, cells = frame_cells(issues)
    assert any("<script>" in file for file in cells[names.index("file")])
    frame_cells(some)
    tree = page_tree(nr.save_report(some, tmp_path / "out.html").read_text(encoding="utf-8"))
    seen = visible(tree)
    assert [each for each in some["article_id"] if shown(each) not in seen] == []


# --- what JupyterLab keeps -------------------------------------------------------------------


def test_jupyterlab_keeps_all_of_an_article_with_every_kind_of_finding() -> None:
    checks = [*nr.list_checks().groupby("group")["check"].first(), "my_own"]
    rows = [finding(STORY, at, at + 9, check=check) for at, check in enumerate(checks)]
    one = articles({"headline": "Costs: $5 million", "body": STORY, "preamble": "NEWS $1"})
    for found in (table(*rows), table(), None):
        tree = notebook_tree(nr.show_article(one, found)._repr_html_())
        assert STORY in visible(tree)
    assert {name for name, _, _ in elements(tree)} >= {"div", "h2", "p", "small", "br"}


# --- in a real browser -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_browser() is None:
        pytest.skip("no browser: install Chromium to see the pages as readers do")
    return tmp_path_factory.mktemp("browser")


def unguarded(page: str) -> str:
    """Return a page without its policy, so that it is not the policy that saves us."""
    assert page.count(POLICY) == 1
    return page.replace(POLICY, "")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pictures")
    rows = table(*(finding("x", 0, 1, article_id=t, check=SOME[len(t) % 5]) for t in SOME))
    made = {"findings.svg": nr.plot_findings(rows), "arc.svg": nr.plot_tone_arc(tones([SOME[0]]))}
    for name, ax in made.items():
        nr.save_figure(ax, name.removesuffix(".svg"), folder, formats=["svg"])
    plt.close("all")
    return {name: (folder / name).read_text(encoding="utf-8") for name in made}


@pytest.fixture(scope="module")
def seen(profile: Path, corpus: pd.DataFrame, whole_report: str, pictures: dict[str, str]) -> Seen:
    """Show every sink, full of payloads, and do there what a reader might do."""
    quiet = "<!DOCTYPE html><title>quiet</title>"
    views = "".join(map(notebook, TEXTS))
    with pd.option_context("display.max_colwidth", None, "display.max_rows", None):
        named = pd.DataFrame([TEXTS], columns=TEXTS, index=TEXTS[:1])
        frames = (corpus, pd.concat(map(findings, TEXTS)), named.T, named[TEXTS[:20]])
        tables = "".join(frame._repr_html_() for frame in frames)
    one = report_html(articles(row(TITLE)), findings(TITLE))
    pages = {
        "notebook.html": quiet + views,
        "again.html": CARELESS["written back"](views),
        "report.html": unguarded(whole_report),
        "guarded.html": report_html(corpus[corpus["article_id"].isin(SOME)]),
        "one.html": unguarded(one),
        "tables.html": quiet + tables,
        "pasted.html": quiet + "".join(pictures.values()),
        **pictures,
    }
    return show(pages, profile)


TITLE = next(payload.text for payload in PAYLOADS if payload.treated == "title")
PAGES = {
    "notebook.html": (KEPT, KEPT_ATTRIBUTES),
    "again.html": (KEPT, KEPT_ATTRIBUTES),
    "report.html": (PAGE | set(ARC), ATTRIBUTES.union(*MORE.values(), *ARC.values())),
    "guarded.html": (PAGE | set(ARC), ATTRIBUTES.union(*MORE.values(), *ARC.values())),
    "one.html": (PAGE | set(ARC), ATTRIBUTES.union(*MORE.values(), *ARC.values())),
    "tables.html": (FRAME, set(FRAME_ATTRIBUTES)),
    "pasted.html": (PICTURE, PICTURE_ATTRIBUTES),
    "findings.svg": (PICTURE, PICTURE_ATTRIBUTES),
    "arc.svg": (PICTURE, PICTURE_ATTRIBUTES),
}


@missing_glyphs
def test_no_canary_sings_in_a_browser(seen: Seen) -> None:
    assert seen.fetched == []
    titles = {name: page["title"] for name, page in seen.pages.items()}
    many, some = (f"Report on {len(texts)} articles" for texts in (TEXTS, SOME))
    assert titles == {
        "": "quiet", "notebook.html": "quiet", "again.html": "", "tables.html": "quiet",
        "pasted.html": "quiet", "report.html": many, "guarded.html": some, "one.html": TITLE,
        "findings.svg": "findings", "arc.svg": "arc",
    }  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
@missing_glyphs
def test_a_browser_builds_nothing_but_what_we_wrote(name: str, seen: Seen) -> None:
    names, attributes = PAGES[name]
    for shape in seen.pages[name]["shapes"]:
        element, *own = re.sub(r"\b(rdf|dc|cc|xlink):", "", shape).split()
        assert element.lower() in {*map(str.lower, names), "html", "head", "title", "body"}
        assert {each for each in own if not each.startswith("xmlns")} <= {*attributes, "viewbox"}
    web = {text for text in TEXTS if re.match("https?://", text)}
    for address in seen.pages[name]["links"]:
        assert re.fullmatch(r"#[\w-]+", address) or address in web


@pytest.mark.parametrize("name", ["notebook.html", "again.html", "report.html", "guarded.html"])
@missing_glyphs
def test_a_browser_shows_the_payloads_as_text(name: str, seen: Seen) -> None:
    text = squeeze(seen.pages[name]["text"])
    texts = SOME if name == "guarded.html" else TEXTS
    assert [each for each in texts if shown(each) not in text] == []


# --- that these tests can fail ---------------------------------------------------------------


def unescaped(text: str) -> str:
    """Return a report that was written without escaping."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsresearch.marks.html.escape", lambda text, quote: text)
        return report_html(articles({"headline": "Quiet", "body": STORY, "outlet": text}), table())


@pytest.fixture(scope="module")
def controls(profile: Path) -> Seen:
    """Show each payload where it was treated carelessly, and reports that were not escaped."""
    pages = {
        f"{payload.number}.{'svg' if payload.treated == 'svg file' else 'html'}":
        CARELESS[payload.treated](payload.text)
        for payload in PAYLOADS if payload.treated != ELSEWHERE
    }  # fmt: skip
    loud = f"<script>{J}</script>{IMG}<img src=http://{CANARY}/WHERE>"
    pages["unescaped.html"] = unguarded(unescaped(loud.replace("WHERE", "unescaped")))
    pages["guarded.html"] = unescaped(loud.replace("WHERE", "guarded"))
    pages["table.html"] = pd.DataFrame({"a": [loud]}).to_html(escape=False)
    return show(pages, profile, follow=True)


def test_every_payload_is_live_where_it_is_treated_carelessly(controls: Seen) -> None:
    sung = {name for name, page in controls.pages.items() if LIVE in page["title"]}
    live = {name.partition(".")[0] for name in sung}
    live |= {re.split(r"[/?]", address)[1] for address in controls.fetched}
    numbers = {str(payload.number) for payload in PAYLOADS if payload.treated != ELSEWHERE}
    assert len(numbers) >= 73
    assert numbers - live == set()


def test_a_report_that_is_not_escaped_is_live(controls: Seen) -> None:
    assert LIVE in controls.pages["unescaped.html"]["title"]
    assert LIVE in controls.pages["table.html"]["title"]
    assert f"{CANARY}/unescaped" in controls.fetched


def test_the_policy_holds_even_a_report_that_is_not_escaped(controls: Seen) -> None:
    assert controls.pages["guarded.html"]["title"] == "Quiet"
    assert f"{CANARY}/guarded" not in controls.fetched
