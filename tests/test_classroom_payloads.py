"""No text of an article or a pupil becomes live HTML in the class kit.

Each door (sheet, form, view, page) is opened twice, with hostile texts and with quiet ones: a
browser must build the same elements with the same attributes, and show the hostile texts as text.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import matplotlib.pyplot as plt
import pytest
from allowed import drawn, picture_text, shown
from browser import Seen, find_browser, show
from markup import XHTML, squeeze
from payloads import IMG, PAYLOADS, J

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.bundles.gallery import gallery_html
from newsresearch.bundles.saving import FORMAT
from newsresearch.classroom.headlines import ChosenHeadline, HeadlineSheet
from newsresearch.classroom.kit import class_files
from newsresearch.classroom.views import LinedText
from newsresearch.export import guard_text

TEXTS = list(dict.fromkeys(payload.text for payload in PAYLOADS))
SOME = list({payload.treated: payload.text for payload in PAYLOADS}.values())  # one of a kind
# Harmless texts for the same places; what is shown as its code has attributes of its own.
QUIET = [f"Quiet {at} \u202e here\nbelow" if at % 2 else f"Quiet {at}" for at in range(len(TEXTS))]
STORY = (
    "The harbour bridge of Westmoor may reopen in June, the mayor said. Engineers gave no date. "
    "“We will never pay for the shameful delay,” said Ada Moss. The council backed the plan."
)
MORE = [
    f"Paragraph {at} tells how the {at} ferries of the town went on that day." for at in range(6)
]
LONG = 600  # characters: too many such texts are no English article for a sheet


def story(texts: Sequence[str], name: str = "", headline: str = "") -> Article:
    body = "\n\n".join([STORY, *texts, *[STORY] * 25])
    return Article(name or texts[0], headline or texts[1], body, f"Above: {texts[2]}")


def marks(article: Article, texts: Sequence[str], item: str = "") -> list[dict[str, Any]]:
    """Return a passage for each text, marked by a reader of that name, and its reason."""
    rows, at = [], len(STORY) + 2
    for text in texts:
        row = {"reader": text, "article_id": article.article_id, "item": item, "reason": text}
        place = {"field": "body", "start": at, "end": at + len(text), "quote": text}
        rows.append({**row, **place, "answer": "", "problem": ""})
        at += len(text) + 2
    return rows


def findings(article: Article, texts: Sequence[str]) -> list[dict[str, Any]]:
    other = dict.fromkeys(("other_field", "other_quote"), "")
    other |= dict.fromkeys(("other_start", "other_end"))
    own = [{**row, "check": row["reader"], "confidence": row["reader"]}
           for row in marks(article, texts)]  # fmt: skip
    return [{**row, **other} for row in own]


def whole(fragment: str) -> str:
    return f"<!DOCTYPE html><title>quiet</title><body>{fragment}</body>"


# --- the doors: each gives pages that show some texts ----------------------------------------


def sheet_of_findings(texts: Sequence[str]) -> list[str]:
    made = []
    texts = [text for text in texts if len(text) < LONG]
    for at in range(0, len(texts), 12):
        some = list(texts[at : at + 12])
        one = story([*some, *texts[:3]])
        made.append(nr.make_worksheet(one, "findings", findings=findings(one, some)))
    pages = [page for sheet in made for page in (sheet.blank_html, sheet.key_html)]
    return [*pages, whole(made[0]._repr_html_())]


def other_sheets(texts: Sequence[str]) -> list[str]:
    made = []
    for text in texts[:: len(texts) // 8]:
        body = "\n\n".join([STORY, f"“It is {text} at last,” said Ada Moss.", *MORE])
        one = Article(text, f"Council backs {text}", body, text)
        for kind in ("headline", "words", "speakers", "splice"):
            made.append(nr.make_worksheet(one, kind, seed=3))
    return [page for sheet in made for page in (sheet.blank_html, sheet.key_html)]


def form(texts: Sequence[str]) -> list[str]:
    one = story(texts)
    asked = nr.answer_form(one, {f"{text}": text for text in texts}, task=texts[3])
    chosen = nr.answer_form(one, texts[:1], choices=texts, marks=False)
    return [asked.html, chosen.html]


def answers(texts: Sequence[str]) -> list[str]:
    one = story(texts)
    rows = marks(one, texts)
    told = [{**row, "start": None, "end": None, "field": "", "quote": "", "answer": row["reason"],
             "item": row["reason"]} for row in rows]  # fmt: skip
    bad = [{**rows[0], "problem": text} for text in texts[:3]]
    views = [nr.show_answers(one, [*rows, *bad], findings(one, texts)), nr.show_answers(one, told)]
    return [whole(view._repr_html_()) for view in views]


def marked(texts: Sequence[str]) -> list[str]:
    one = story(texts)
    quotes = [(text, text) for text in texts]
    sheets = [
        nr.mark_spans(one, quotes, texts[0], texts[1], dict(zip(texts, texts, strict=True))),
        nr.mark_spans(one, [f"not there {text}" for text in texts]),
    ]
    return [whole(sheet._repr_html_()) for sheet in sheets]


def studies(texts: Sequence[str]) -> list[str]:
    pages = []
    for text in texts[:: len(texts) // 8]:
        one = Article(text, text, "\n\n".join([STORY, text]))
        headline = f"Ada Moss never pays {text[:200]}!"
        pages.append(whole(nr.study_headline(one, headline)._repr_html_()))
        pages.append(whole(nr.compare_headlines(one, {text: headline})._repr_html_()))
    return pages


def exercise(texts: Sequence[str]) -> list[str]:
    body = "\n\n".join([STORY, *MORE, *(f"“It is {text} at last,” she said." for text in texts)])
    one = Article(texts[0], texts[1], body)
    made = nr.make_exercise(one, "repeat_sentence", 1)
    none = nr.make_exercise(Article("a", texts[1], texts[0]), "splice", 1)
    return [whole(view._repr_html_()) for view in (made, made.key, none)]


def headlines(texts: Sequence[str]) -> list[str]:
    one = story(texts)
    rows = [ChosenHeadline("a", t, t, t, "overclaims", t, "body", 0, 9, t, t) for t in texts]
    sheet = HeadlineSheet(one, tuple(rows))
    few = HeadlineSheet(one, tuple(rows[:5]))
    votes = sheet.count_votes(dict.fromkeys(texts, (3, 2)))
    views = [sheet, sheet.answers, LinedText(one), votes, few.ask_tool()]
    return [whole(view._repr_html_()) for view in views]


def folder(texts: Sequence[str]) -> list[str]:
    articles = [Article(text, text, "\n\n".join([STORY, *MORE, text])) for text in texts[::10]]
    files, _ = class_files(articles, ["words", "splice"], pupils=2)
    joined = ("worksheets/words/all.html", "keys/splice/all.html")
    return [files[name].decode() for name in ("index.html", "glossary.html", *joined)]


def gallery(texts: Sequence[str]) -> list[str]:
    with TemporaryDirectory() as place:
        for at, text in enumerate(texts):
            name = f"{at} " + re.sub(r"[/\0\ud800-\udfff]", "", text)[:40]
            told = {"format": FORMAT, "plot": text, "options": {}, "alt": text, "call": text}
            told |= {"input": {"articles": text, "sha256": text}}
            told["files"] = {f"{name}.{kind}": "" for kind in ("csv", "svg")}
            Path(place, f"{name}.json").write_text(json.dumps(told), "utf-8")
        return [gallery_html(place)]


DOORS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    door.__name__: door
    for door in (
        sheet_of_findings, other_sheets, form, answers, marked, studies, exercise, headlines,
        folder, gallery,
    )
}  # fmt: skip
# Doors that show all the texts, and not a choice of them.
SHOWN = ("sheet_of_findings", "form", "answers", "marked", "exercise", "headlines", "gallery")
each_door = pytest.mark.parametrize("door", DOORS)


@cache
def opened(door: str, hostile: bool = True) -> list[str]:
    return DOORS[door](TEXTS if hostile else QUIET)


# --- what a parser builds ----------------------------------------------------------------------


def read(page: str) -> Any:
    """Return the tree of a page that a strict parser reads without an error."""
    return html5lib.HTMLParser(strict=True).parse(page)


def shapes(page: str) -> set[str]:
    """Return each kind of element with its attributes, and what its styles and links may do."""
    found = set()
    for node in html5lib.parse(page).iter():
        if not isinstance(node.tag, str):
            found.add("comment")
            continue
        own = {key for key in node.attrib if key != "data-bare"}
        found.add(f"{node.tag.removeprefix(XHTML)} {sorted(own)}")
        found |= {
            f"{key} outside" for key in ("href", "src") if leads_out(node.attrib.get(key, ""))
        }
        if "(" in node.attrib.get("style", ""):
            found.add(f"style {node.attrib['style']}")
        if node.tag in {f"{XHTML}style", f"{XHTML}script"}:
            found.add(f"{node.tag} {plain_style(node.text or '')}")
    return found


def leads_out(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc) or "\\" in address


def plain_style(text: str) -> str:
    """Return rules of style without what names a sheet at the foot of a page."""
    text = re.sub(r'content: "[A-Za-z0-9 ·,-]*"', 'content: ""', text)
    return re.sub(r"(@page v\d+ \{[^{}]*(\{[^{}]*\}[^{}]*)*\}\s*)+", "", text)


def text_of(page: str) -> str:
    [body] = list(html5lib.parse(page).iter(f"{XHTML}body"))
    return squeeze("".join(body.itertext()))


@each_door
def test_hostile_texts_build_what_quiet_texts_build(door: str) -> None:
    pages, quiet = opened(door), opened(door, hostile=False)
    known = set[str]().union(*map(shapes, quiet))
    for page in pages:
        read(page)
        assert shapes(page) - known == set()


@pytest.mark.parametrize("door", SHOWN)
def test_all_of_them_are_shown_as_text(door: str) -> None:
    seen = "".join(map(text_of, opened(door)))
    bare = re.sub(r"\s|\[\d+(?:[,;/] ?(?:see )?\d+)*\]", "", seen)
    wanted = [text for text in TEXTS if len(text) < LONG or door != "sheet_of_findings"]
    lost = [text for text in wanted if squeeze(shown(text)).replace(" ", "") not in bare]
    assert lost == []


def test_names_of_sheets_are_plain_in_the_style_and_the_names_of_files(tmp_path: Path) -> None:
    for text in TEXTS:
        one = Article(text, "Ada Moss pays", " ".join([STORY] * 3))
        sheet = nr.make_worksheet(one, "findings")
        [foot] = re.findall(r'@bottom-left \{ content: "([^"]*)"', sheet.blank_html)
        assert re.fullmatch(r"[A-Za-z0-9-]{1,70} · findings · version \w+ · [a-z ,]+", foot)
        for path in sheet.save(tmp_path / "out"):
            assert re.fullmatch(r"[A-Za-z0-9-]+_findings_\w+\.html", path.name)
            assert path.parent == tmp_path / "out"
    assert len(list((tmp_path / "out").iterdir())) == 2 * len(TEXTS)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_readers_in_a_figure_are_plain(tmp_path: Path) -> None:
    brief = [text for text in TEXTS if len(drawn(text)) <= 15]
    one = story(TEXTS)
    ax = nr.plot_answers(marks(one, SOME) + marks(one, brief), one)
    nr.save_figure(ax, "some", tmp_path, formats=["svg"])
    plt.close("all")
    picture_text((tmp_path / "some.svg").read_bytes())


# --- in a real browser -------------------------------------------------------------------------

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
MOST = 3  # pages of one door


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_browser() is None:
        pytest.skip("no browser: install Chromium to see the pages as readers do")
    return tmp_path_factory.mktemp("browser")


def pages_of(door: str, hostile: bool) -> dict[str, str]:
    """Return some pages of a door without their policy, so that it is not the policy that saves."""
    pages = opened(door, hostile)
    some = pages[:: -(-len(pages) // MOST)]
    told = "hostile" if hostile else "quiet"
    return {f"{told}-{door}-{at}.html": _alone(page) for at, page in enumerate(some)}


def _alone(page: str) -> str:
    """Return a page without its policy, whose links to files beside it lead nowhere."""
    return re.sub(r'href="(?:\./)?[\w%./~-]+"', 'href="#"', _POLICY.sub("", page))


@pytest.fixture(scope="module")
def seen(profile: Path) -> Seen:
    """Show every door, open to hostile and to quiet texts, and do there what a reader might do."""
    found = Seen({}, [])
    for doors in (("form", "gallery"), set(DOORS) - {"form", "gallery"}):  # all is too much at once
        pages = [pages_of(door, hostile) for door in sorted(doors) for hostile in (True, False)]
        told = show({name: page for some in pages for name, page in some.items()}, profile)
        found.pages.update(told.pages)
        found.fetched.extend(told.fetched)
    return found


def title_of(page: str) -> str:
    [title] = list(html5lib.parse(page).iter(f"{XHTML}title"))
    return squeeze(title.text or "")


def test_no_canary_sings_in_a_browser(seen: Seen) -> None:
    assert seen.fetched == []
    assert seen.pages[""]["title"] == "quiet"
    for door in DOORS:
        for name, page in pages_of(door, True).items():
            assert squeeze(seen.pages[name]["title"]) == title_of(page)


@each_door
def test_a_browser_builds_what_it_builds_of_quiet_texts(door: str, seen: Seen) -> None:
    built = {"hostile": set[str](), "quiet": set[str]()}
    for name, page in seen.pages.items():
        if f"-{door}-" in name:
            built[name.partition("-")[0]] |= {
                " ".join(part for part in shape.split() if part != "data-bare")
                for shape in page["shapes"]
            }
            assert not list(filter(leads_out, page["links"]))
    assert built["hostile"] and built["hostile"] - built["quiet"] == set()


# --- what the form saves -----------------------------------------------------------------------

_FILL = """<script>
const texts = TEXTS, told = [];
document.getElementById("reader").value = "=1+1";
document.querySelectorAll(".asked").forEach((one, at) => {
  one.querySelector("input[type=radio]").checked = true;
  const why = one.querySelector("input[type=text]");
  why.value = texts[at];
  told.push(why.value.trim());
});
document.querySelector(".said input").checked = true;
document.getElementById("save").click();
const csv = document.getElementById("csv").value;
document.title = encodeURIComponent(JSON.stringify([told, csv]));
</script>"""


def test_the_form_guards_whatever_a_spreadsheet_could_take_for_a_formula(profile: Path) -> None:
    starts = [chr(at) for at in range(0x21, 0xD800) if guard_text(chr(at)) != chr(at)]
    starts += [chr(at) for at in range(0xE000, 0x10000) if guard_text(chr(at)) != chr(at)]
    hidden = [chr(at) for at in range(0x10000) if not 0xD800 <= at < 0xE000]
    hidden = [char for char in [*hidden, "\U0001d173", "\U000e0041"]
              if guard_text(char + "=") != char + "=" and guard_text(char) == char]  # fmt: skip
    texts = [*(f"{char}1+1" for char in starts), *(f"{char}=1+1" for char in hidden)]
    texts += ["Rain", "1-2", "a=b", "é=", "", "‘=’", *TEXTS]
    assert len(starts) > 20 and len(hidden) > 100
    one = Article("=2+2", "-3 in Ormstead", "@all of it. " + STORY)
    page = nr.answer_form(one, {f"{at}": "?" for at, _ in enumerate(texts)}).html
    fill = _FILL.replace("TEXTS", json.dumps(texts).replace("<", "\\u003c"))
    page = _POLICY.sub("", page).replace("</body>", f"{fill}</body>")
    told, saved = json.loads(
        unquote(show({"form.html": page}, profile).pages["form.html"]["title"])
    )
    header, mark, *rows = csv.reader(io.StringIO(saved, newline=""))
    cells = [row[header.index("reason")] for row in rows]
    assert cells == [guard_text(text) for text in told]
    assert (mark[0], mark[1], mark[6]) == ("'=1+1", "'=2+2", "'-3 in Ormstead")


# --- that these tests can fail -----------------------------------------------------------------


@each_door
def test_a_door_that_does_not_escape_is_seen(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsresearch.marks.html.escape", lambda text, quote: text)
    known = set[str]().union(*map(shapes, opened(door, hostile=False)))
    loud = f'" onclick="{J}" <script>{J}</script>{IMG}'
    bare = [f"{loud} {at}" for at, _ in enumerate(TEXTS)]
    built = set[str]().union(*map(shapes, DOORS[door](bare)))
    assert any("onerror" in shape or "onclick" in shape for shape in built - known)
