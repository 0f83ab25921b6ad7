"""All files of a class folder, by name: lessons, worksheets with keys, forms, glossary, start page.

Nothing is written here; ``folders`` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.faults import gold_of
from newsresearch.classroom.form import AnswerForm, answer_form
from newsresearch.classroom.glossary import make_glossary
from newsresearch.classroom.kinds import KINDS
from newsresearch.classroom.lessons import Lesson, read_lessons
from newsresearch.classroom.start_page import Shelf, start_html
from newsresearch.classroom.verdicts import VERDICTS
from newsresearch.classroom.worksheets import Worksheet, make_worksheet
from newsresearch.opening import open_article

__all__ = ["DEFAULTS", "MOST_PUPILS", "USES", "class_files", "join_pages"]

MOST_PUPILS = 60
# Which bundled articles a kind of sheet is made from unless others are named: for faults one that
# has them, for the others what the lessons need on paper.
_TELLINGS = ("03-depot-strike-courier", "03-depot-strike-hearth", "03-depot-strike-whistle")
DEFAULTS: dict[str, tuple[str, ...]] = {
    "findings": ("13-electric-buses",),
    "headline": ("02-school-breakfasts", "03-library-vote", "05-ferry-strike"),
    "splice": ("08-storm-power-cuts",),
    "words": _TELLINGS,
    "speakers": _TELLINGS,
}
# Which kinds of sheet a lesson has on paper.
USES = {
    "20_spot_the_gap": ("headline",),
    "21_same_event_two_frames": ("words", "speakers"),
    "22_write_your_own_headline": ("headline",),
    "23_spot_the_splice": ("splice", "findings"),
}
_ASK = (
    "Read the text. Tick the sentences that decide about the headlines below it. Then say of each "
    "headline whether it holds, and why."
)
_ASKED = "Does this headline hold? ‘{}’"
_MAIN = re.compile(r"(<main[^>]*>)(.*)(</main>)", re.DOTALL)
_TAKEN = re.compile(r"all|con|prn|aux|nul|(com|lpt)\d")  # by us, and by Windows
_FOOT = re.compile(r"(@page \{(?:[^{}]|\{[^{}]*\})*\})")
_COUNT = re.compile(r"@bottom-right \{[^{}]*\}")


class Sheet(NamedTuple):
    """One worksheet: its text and version in words, and the name of its two files."""

    kind: str
    label: str
    name: str
    made: Worksheet


def class_files(
    articles: Sequence[Article] | None = None,
    kinds: Sequence[str] | None = None,
    pupils: int = 25,
    paper: str = "A4",
    answers: bool = True,
    site: str = "",
) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a class folder by name, and why sheets are missing that were asked for.

    Parameters
    ----------
    articles : sequence of Article, optional
        The texts of all worksheets; by default bundled ones that suit each kind.
    kinds : sequence of str, optional
        Kinds of worksheet; all by default.
    pupils : int, default 25
        How many versions to make of a kind that can have several.
    paper : {"A4", "Letter"}
        What the sheets are printed on.
    answers : bool, default True
        Whether to put in answers and keys.
    site : str, optional
        The page that opens the notebooks, for a folder within a site that runs them in the
        browser: then none are put in.

    Raises
    ------
    ValueError
        If a kind is not known, or the number of pupils is not from 1 to 60.
    """
    chosen = _choose(kinds)
    if not 1 <= pupils <= MOST_PUPILS:
        raise ValueError(
            f"pupils must be a whole number from 1 to {MOST_PUPILS}; found {pupils}. "
            "In a larger class two share a version."
        )
    texts = {kind: _texts(kind, articles) for kind in chosen}
    problems: list[str] = []
    sheets = [s for k in chosen for s in _sheets(k, texts[k], pupils, paper, problems)]
    shelves = [_shelf(name, [s for s in sheets if s.kind == name]) for name in chosen]
    shelves = [shelf for shelf in shelves if shelf.rows]
    lessons = read_lessons()
    forms = dict(pair for kind in chosen for pair in _forms(kind, texts[kind]))
    files = {} if site else _notebook_files(lessons, answers)
    files |= _sheet_files(sheets, shelves, answers)
    files |= {name: form.html.encode() for name, form in forms.items()}
    files["glossary.html"] = make_glossary().html.encode()
    links = [(_form_title(form), name) for name, form in forms.items()]
    own = articles is not None
    start = start_html(lessons, shelves, USES, links, paper, answers, own, site)
    return {"index.html": start.encode(), **files}, problems


def _choose(kinds: Sequence[str] | None) -> list[str]:
    wanted = list(dict.fromkeys(KINDS if kinds is None else kinds))
    unknown = [name for name in wanted if name not in KINDS]
    if unknown or not wanted:
        what = f"no kind of worksheet {unknown[0]!r}" if unknown else "no kind of worksheet named"
        raise ValueError(f"{what}. Choose from: {', '.join(KINDS)}.")
    return wanted


def _texts(kind: str, articles: Sequence[Article] | None) -> dict[str, Article]:
    """Return the texts of a kind by names that files can have, each another one."""
    if articles is None:
        articles = [open_article(name) for name in DEFAULTS[kind]]
    named: dict[str, Article] = {}
    for article in articles:
        plain = re.sub(r"[^a-z0-9]+", "-", article.article_id.lower()).strip("-")[:60] or "text"
        plain += "-text" * bool(_TAKEN.fullmatch(plain))
        again = sum(name == plain or name.startswith(f"{plain}--") for name in named)
        named[plain + f"--{again + 1}" * bool(again)] = article
    return named


def _title(article: Article) -> str:
    return article.headline.strip() or article.article_id


def _sheets(
    kind: str, texts: dict[str, Article], pupils: int, paper: str, problems: list[str]
) -> Iterator[Sheet]:
    """Yield each sheet of a kind; what cannot be made becomes a problem, and the others go on."""
    seeds = range(1, 2 * pupils + 1) if KINDS[kind].seeded else range(1)
    for name, article in texts.items():
        versions = set[str]()
        for seed in seeds:
            if len(versions) == pupils:
                break
            try:
                made = make_worksheet(article, kind, seed=seed, paper=paper)
            except ArticleError as problem:
                problems.append(f"no sheet of kind {kind!r}: {problem}")
                break
            if made.version in versions:
                continue
            versions.add(made.version)
            # The code that stands on the sheet: by it a teacher finds the key.
            version = (f", version {made.version}", f"-{made.version}") if seed else ("", "")
            yield Sheet(kind, _title(article) + version[0], f"{kind}/{name}{version[1]}.html", made)


def _notebook_files(lessons: Sequence[Lesson], answers: bool) -> dict[str, bytes]:
    files = {}
    for lesson in lessons:
        pupils, whole = lesson.copies()
        files[f"notebooks/{lesson.name}.ipynb"] = pupils
        if answers:
            files[f"answers/{lesson.name}.ipynb"] = whole
    return files


def _forms(kind: str, texts: Mapping[str, Article]) -> Iterator[tuple[str, AnswerForm]]:
    """Yield the forms for the texts of a kind, by the names of their files.

    None where every pupil has another text. Headlines to choose among are asked about one by
    one, and the printed headline, which would tell too much, is taken off.
    """
    readable = {name: article for name, article in texts.items() if not article.problem}
    for name, article in () if KINDS[kind].seeded else readable.items():
        asked = gold_of(article, "headlines.csv") if kind == "headline" else []
        if asked:
            questions = {row["item"]: _ASKED.format(row["headline"]) for row in asked}
            form = answer_form(replace(article, headline=""), questions, VERDICTS, task=_ASK)
            yield f"forms/{name}-headlines.html", form
        elif kind != "headline":
            yield f"forms/{name}.html", answer_form(article)


def _form_title(form: AnswerForm) -> str:
    about = "which headlines hold?" if form.questions else "mark the text"
    return f"{_title(form.article)}: {about}"


# --- sheets, one by one and all together -----------------------------------------------------


def _shelf(kind: str, sheets: Sequence[Sheet]) -> Shelf:
    rows = tuple((s.label, f"worksheets/{s.name}", f"keys/{s.name}") for s in sheets)
    together = ("", "")
    if len(sheets) > 1:
        together = (f"worksheets/{kind}/all.html", f"keys/{kind}/all.html")
    return Shelf(kind, KINDS[kind].title, rows, together)


def _sheet_files(
    sheets: Sequence[Sheet], shelves: Sequence[Shelf], answers: bool
) -> dict[str, bytes]:
    pages = {f"worksheets/{sheet.name}": sheet.made.blank_html for sheet in sheets}
    keys = {f"keys/{sheet.name}": sheet.made.key_html for sheet in sheets} if answers else {}
    for shelf in shelves:
        blank, key = shelf.together
        if blank:
            pages[blank] = join_pages([pages[row[1]] for row in shelf.rows])
        if key and answers:
            keys[key] = join_pages([keys[row[2]] for row in shelf.rows])
    return {name: page.encode() for name, page in (pages | keys).items()}


def join_pages(pages: Sequence[str]) -> str:
    """Return one page of several, each on paper of its own: a class set is printed at once."""
    found = [_MAIN.search(page) for page in pages]
    parts = [part for part in found if part]
    if len(parts) < len(pages) or not parts:
        raise ValueError("a worksheet has no <main>. Save its sheets one by one.")
    inner = [
        f'<section style="break-before:page;page:v{at}">\n{_apart(part[2], at)}\n</section>'
        for at, part in enumerate(parts)
    ]
    # Each section has the foot of its own page, with its code; a count of pages would go through.
    feet = [
        _COUNT.sub("@bottom-right { content: none; }", foot)
        for page in pages
        for foot in _FOOT.findall(page)[-1:]
    ]
    rules = "".join(foot.replace("@page", f"@page v{at}", 1) + "\n" for at, foot in enumerate(feet))
    whole = pages[0][: parts[0].end(1)] + "\n".join(inner) + pages[0][parts[0].start(3) :]
    return whole.replace("</style>", f"{rules}</style>", 1)


def _apart(markup: str, at: int) -> str:
    """Return markup whose ids, and the links to them, are unlike those of other pages."""
    names = r'(\s(?:id|for|aria-labelledby|aria-describedby)="|\shref="#)'
    return re.sub(names, rf"\1v{at}-", markup)
