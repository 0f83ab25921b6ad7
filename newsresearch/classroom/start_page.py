"""The start page of a class folder: what a teacher does first, and a link to each file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsresearch.classroom.lessons import Lesson
from newsresearch.marks import escape
from newsresearch.page import page_html

__all__ = ["Shelf", "start_html"]

_TITLE = "Class folder: read the news closely"
_STEPS = (
    "Choose a lesson below. Each is planned for 45 minutes, with no minute to spare: read it "
    "through once before, with a clock. Its head says what to leave out where time is short.",
    "Print what stands under it, on {paper} paper and at full size (100 %). Without computers, "
    "the worksheets alone will do.",
)
_LAB = (
    "Start JupyterLab: open a terminal (a command prompt) in this folder, type "
    "<code>jupyter lab</code> and press Enter. In the list on the left open the folder "
    "<code>notebooks</code>, then the lesson with a double click. Click the first grey box, and "
    "press Shift and Enter together, again and again. No network is needed."
)
_SITE = (
    'Open the notebooks from <a href="{site}">the first page of this site</a>. Nothing is '
    "installed. A lesson that is not there needs JupyterLab; its worksheets do not."
)
_GIVE = (
    "Give the class the whole folder: there are no answers in it.",
    "Give the class <code>notebooks</code>, <code>worksheets</code> and <code>forms</code>. Keep "
    "<code>answers</code> and <code>keys</code> to yourself: they hold the answers.",
)
_LIMITS = (
    "Whether a text is true, fair or biased. It shows places to look at and why, and it misses "
    "most of what a careful reader sees. An answer key says what was planted or found by rule: a "
    "pupil who sees more is not wrong. Where a class disagrees, ask for reasons, not for a winner."
)


_OTHERS = (
    "<p>These sheets and forms are made from the texts that you named. The notebooks go by texts "
    "of their own, so use one or the other in a lesson.</p>"
)
_PRE = '<pre style="white-space:pre-wrap;padding-left:1rem;border-left:2px solid #808080">'
# What a teacher types; tests run it on files of the forms.
COUNTING = """import newsresearch as nr
article = nr.open_article("02-school-breakfasts")
answers = nr.read_answers("handed-in", article)
answers"""
KEY = """nr.score_answers(answers, nr.load_gold("headlines"))"""
AGREEING = """nr.agreement(answers, article)"""
HEAT = """nr.show_answers(article, answers, nr.check_article(article))"""
_AFTER = f"""<h2 id="after">After the lesson: count the answers</h2>
<ol>
<li>Make a folder <code>handed-in</code> beside this page, and put in the files that the forms
saved. From a notebook: behind the last line of a box with <code>nr.mark_spans</code> the pupil
writes <code>.save("answers-7.csv")</code>, with a number of their own. From paper: type
a table with the columns <code>reader</code>, <code>item</code> (h1, h2 …),
<code>lines</code>, <code>answer</code> and <code>reason</code>, a row an answer, and save it there
as CSV.</li>
<li>In JupyterLab choose <em>File, New, Notebook</em>. It must lie beside this page, not in a folder
below. Paste this into the first box and press Shift and Enter. Names become
<code>reader-01</code> and so on; a row that does not count says why in <code>problem</code>.
{_PRE}{COUNTING}</pre>
Another text: put in its name, which stands in the names of the files handed in. A text of your own:
<code>article = nr.read_articles("my-text.txt")</code>.</li>
<li>Against our answers. Look at <code>n_right</code> of <code>n_items</code>:
{_PRE}{KEY}</pre>
That is for the forms on headlines. For the others compare with the printed key, if there is
one.</li>
<li>How far the class agrees, then who marked what, with the tool as one more reader:
{_PRE}{AGREEING}</pre>
{_PRE}{HEAT}</pre></li>
</ol>
<p class="note"><strong>What is a good alpha?</strong> 1 is full agreement, 0 is what chance gives,
below 0 is less. <strong>Here .2 to .4 is normal.</strong> Trained experts who looked for biased
sentences came to about .4, people hired on the internet to .2. Why so low? Words suggest different
things to different readers. Nobody marks most of a text, so a few marks decide. And a class gives
few answers: another day it would be another number, as the low and the high end in the table show.
So a low alpha is no bad mark for a class. Ask those who differ for their line. Everybody must have
read the same text: where each has another version, there is nothing to agree on.</p>"""


@dataclass(frozen=True)
class Shelf:
    """The sheets of one kind: what it is, and rows of links that are named and lead to files.

    A row is the text or version, its file for the class and its file for the teacher.
    """

    kind: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    together: tuple[str, str] = ("", "")  # all versions in one file, and their keys

    @property
    def anchor(self) -> str:
        """The id of its place on the page."""
        return f"sheets-{self.kind}"


def start_html(
    lessons: Sequence[Lesson],
    shelves: Sequence[Shelf],
    uses: dict[str, tuple[str, ...]],
    forms: Sequence[tuple[str, str]],
    paper: str,
    answers: bool,
    own: bool = False,
    site: str = "",
) -> str:
    """Return the start page.

    ``uses`` says which kinds of sheet a lesson needs. ``own`` says that the texts were named by
    the teacher; ``site`` leads to the page of a site that runs the notebooks in the browser.
    """
    start = _SITE.format(site=escape(site)) if site else _LAB
    told = [step.format(paper=paper) for step in (*_STEPS, start)]
    told += [] if site else [_GIVE[answers]]
    steps = "\n".join(f"<li>{step}</li>" for step in told)
    parts = [
        '<p class="way"><a href="#lessons">Skip to the lessons</a></p>',
        f"<h1>{_TITLE}</h1>\n<p>{'For the teacher. ' * answers}All of it works offline.</p>",
        f"<h2>Before the lesson</h2>\n<ol>\n{steps}\n</ol>",
        f'<h2 id="lessons">Lessons ({len(lessons)})</h2>',
        *(_lesson_html(one, shelves, uses.get(one.name, ()), answers, site) for one in lessons),
        '<h2 id="sheets">Worksheets</h2>' + _OTHERS * own,
        *(_shelf_html(shelf, answers) for shelf in shelves),
        _forms_html(forms),
        _AFTER * bool(forms and answers),
        '<h2 id="words">Words</h2>\n<p>What the words mean, in plain English: '
        f"{_link('glossary.html', 'the glossary')}.</p>",
        f'<div class="note"><h2>What this cannot tell you</h2>\n<p>{_LIMITS}</p></div>',
    ]
    return page_html(_TITLE, "\n".join(filter(None, parts)))


def _link(target: str, text: str, more: str = "") -> str:
    """Return a link; ``more`` tells links of one name apart for those who hear them."""
    label = f' aria-label="{escape(f"{text}, {more}")}"' if more else ""
    return f'<a href="{escape(target)}"{label}>{escape(text)}</a>'


def _lesson_html(
    lesson: Lesson, shelves: Sequence[Shelf], kinds: Iterable[str], answers: bool, site: str
) -> str:
    number = lesson.name.split("_")[0]
    needed = [shelf for shelf in shelves if shelf.kind in kinds]
    sheets = [_sheet_link(lesson, shelf) for shelf in needed]
    held = [("notebooks", "for the class"), *[("answers", "with answers")] * answers]
    copies = [
        _link(f"{folder}/{lesson.name}.ipynb", text, f"lesson {number}")
        for folder, text in ([] if site else held)
    ]
    rows = [
        ("Time", escape(lesson.part("Time"))),
        ("Materials", escape(lesson.part("Materials"))),
        ("Worksheets", ", ".join(sheets)),
        ("Notebook", ", ".join(copies)),
    ]
    pairs = "\n".join(f"<div><dt>{name}:</dt> <dd>{text}</dd></div>" for name, text in rows if text)
    return (
        f"<h3>{number}: {escape(lesson.title)}</h3>\n<p>{escape(lesson.part('Goal'))}</p>\n"
        f"<dl>\n{pairs}\n</dl>"
    )


def _sheet_link(lesson: Lesson, shelf: Shelf) -> str:
    """Return a link to the sheet of the text that the lesson opens first, else to all sheets."""
    cells = lesson.notebook["cells"]
    opened = re.search(r'open_article\("([^"]+)"\)', "".join("".join(c["source"]) for c in cells))
    for name, blank, _ in shelf.rows:
        if opened and blank.endswith(f"/{opened[1]}.html"):
            return _link(blank, f"{shelf.title} ({name})")
    return _link(f"#{shelf.anchor}", shelf.title)


_FEW = 6  # rows that stand open


def _shelf_html(shelf: Shelf, answers: bool) -> str:
    parts = [f'<h3 id="{shelf.anchor}">{escape(shelf.title)}</h3>']
    if shelf.together[0]:
        links = [_link(shelf.together[0], "all in one file", shelf.title)]
        links += [_link(shelf.together[1], "the keys in one file", shelf.title)] * answers
        parts.append(f"<p>To print at once: {', '.join(links)}.</p>")
    heads = ["Text", "For the class", *["For the teacher"] * answers]
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "\n".join(_row_html(shelf, row, answers) for row in shelf.rows)
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    if len(shelf.rows) > _FEW:
        told = f"The {len(shelf.rows)} versions one by one"
        table = f"<details><summary>{told}</summary>\n{table}\n</details>"
    return "\n".join([*parts, table])


def _row_html(shelf: Shelf, row: tuple[str, str, str], answers: bool) -> str:
    name, blank, key = row
    cells = [_link(blank, "worksheet", f"{shelf.title}, {name}")]
    cells += [_link(key, "key", f"{shelf.title}, {name}")] * answers
    told = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{told}</tr>'


def _forms_html(forms: Sequence[tuple[str, str]]) -> str:
    if not forms:
        return ""
    items = "\n".join(f"<li>{_link(target, name)}</li>" for name, target in forms)
    return (
        '<h2 id="forms">Forms for answers</h2>\n<p>A pupil opens a form in a browser, marks the '
        f"text and saves a file, which is to be handed in.</p>\n<ul>\n{items}\n</ul>"
    )
