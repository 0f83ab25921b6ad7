"""The start page of a class folder: what a teacher does first, and a link to each file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsresearch.classroom.lessons import Lesson
from newsresearch.marks import escape
from newsresearch.page import page_html

__all__ = ["Shelf", "start_html"]

_TITLE = "Class folder: read the news closely"
_STEPS = (
    "Choose a lesson below. Each fits into 45 minutes; read it through once before.",
    "Print what stands under it, on {paper} paper and at full size (100 %). Without computers, "
    "the worksheets alone will do.",
    "Start JupyterLab in this folder and open the notebook with a double click. Press Shift-Enter "
    "again and again. No network is needed.",
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
) -> str:
    """Return the start page; ``uses`` says which kinds of sheet a lesson needs."""
    told = [step.format(paper=paper) for step in _STEPS] + [_GIVE[answers]]
    steps = "\n".join(f"<li>{step}</li>" for step in told)
    parts = [
        '<p class="way"><a href="#lessons">Skip to the lessons</a></p>',
        f"<h1>{_TITLE}</h1>\n<p>{'For the teacher. ' * answers}All of it works offline.</p>",
        f"<h2>Before the lesson</h2>\n<ol>\n{steps}\n</ol>",
        f'<h2 id="lessons">Lessons ({len(lessons)})</h2>',
        *(_lesson_html(one, shelves, uses.get(one.name, ()), answers) for one in lessons),
        '<h2 id="sheets">Worksheets</h2>',
        *(_shelf_html(shelf, answers) for shelf in shelves),
        _forms_html(forms),
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
    lesson: Lesson, shelves: Sequence[Shelf], kinds: Iterable[str], answers: bool
) -> str:
    number = lesson.name.split("_")[0]
    needed = [shelf for shelf in shelves if shelf.kind in kinds]
    sheets = [_link(f"#{shelf.anchor}", shelf.title) for shelf in needed]
    copies = [_link(f"notebooks/{lesson.name}.ipynb", "for the class", f"lesson {number}")]
    if answers:
        copies.append(_link(f"answers/{lesson.name}.ipynb", "with answers", f"lesson {number}"))
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
        "text and saves a file. Collect the files in one folder and read them with "
        f"<code>nr.read_answers</code>.</p>\n<ul>\n{items}\n</ul>"
    )
