"""A page on which a pupil ticks sentences, answers questions and saves a CSV file; offline."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsresearch.articles import Article
from newsresearch.classroom.lines import lines_of, name_lines, number_lines
from newsresearch.display import choose_article
from newsresearch.files import save_text
from newsresearch.marks import escape, reveal
from newsresearch.page import page_html
from newsresearch.tables import pd
from newsresearch.text import Span

__all__ = ["AnswerForm", "answer_form"]

TASK = "Read the text. Tick each sentence that you want to mark, and say why."


def answer_form(
    article: pd.DataFrame | pd.Series[Any] | Article,
    questions: Mapping[str, str] | Sequence[str] = (),
    choices: Mapping[str, str] | Sequence[str] = ("yes", "no"),
    marks: bool = True,
    task: str = "",
    article_id: str | None = None,
) -> AnswerForm:
    """Make a page on which a pupil marks sentences and answers questions, without Python.

    It opens in any browser, offline, and sends nothing anywhere: its button saves a CSV file on
    the computer, which ``nr.read_answers`` reads. It works with the keyboard alone and with a
    screen reader; without JavaScript it can still be printed. Only whole sentences can be ticked.

    Parameters
    ----------
    article : Article, a row, or an Articles table
    questions : list of str, or dict, optional
        What is asked; a dict gives each question the short name that stands in `item` of the
        answers, a list numbers them from 1.
    choices : list of str, or dict
        The answers to choose from; a dict says beside each what it means.
    marks : bool, default True
        False asks the questions only; the text is shown above them.
    task : str, optional
        What to do, in a sentence or two.
    article_id : str, optional
        Which article of a table; needed where it has more than one.

    Returns
    -------
    AnswerForm
        ``.html``, the page; ``.save(path)`` writes it.

    Raises
    ------
    ArticleError
        If no single article is chosen.
    ValueError
        If there is nothing to answer, or fewer than two choices.

    Examples
    --------
    >>> form = answer_form(Article("a", "Rain", "It rained. It poured."), ["Is it dull?"])
    >>> form.html.count('type="checkbox"'), form.html.count('type="radio"')
    (3, 2)
    """
    chosen = choose_article(article, article_id)
    asked = questions if isinstance(questions, Mapping) else _number(questions)
    if not (marks or asked):
        raise ValueError("there is nothing to answer. Pass questions, or leave marks=True.")
    meant = dict(choices) if isinstance(choices, Mapping) else dict.fromkeys(choices, "")
    if asked and len(meant) < 2:
        raise ValueError(f"choices must be two or more; found {len(meant)}.")
    return AnswerForm(chosen, dict(asked), meant, marks, task or TASK * marks)


def _number(questions: Sequence[str]) -> dict[str, str]:
    listed = [questions] if isinstance(questions, str) else questions
    return {str(number): text for number, text in enumerate(listed, start=1)}


@dataclass(frozen=True)
class AnswerForm:
    """A page that collects the answers of one pupil at a time."""

    article: Article
    questions: dict[str, str]
    choices: dict[str, str]  # what each means, if anything is to be said of it
    marks: bool
    task: str

    @property
    def title(self) -> str:
        """The title of the page."""
        return f"Answers: {self.article.headline.strip() or self.article.article_id}"

    @property
    def html(self) -> str:
        """The whole page."""
        parts = [_TOP, *_text(self), *_asked(self), _BOTTOM]
        name = escape(self.article.article_id)
        head = f"<h1>{escape(self.article.headline.strip() or 'A text without its headline')}</h1>"
        task = f"<p>{escape(self.task)}</p>" if self.task else ""
        body = "\n".join(parts)
        main = (
            f'{head}\n{task}\n<form id="form" data-article="{name}" data-file="{_slug(name)}" '
            f'data-marks="{self.marks:d}" autocomplete="off">\n{body}\n</form>'
        )
        return page_html(self.title, main, _STYLE, _SCRIPT)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, whole or not at all.

        Raises
        ------
        ValueError
            If the path does not end on .html.
        """
        return save_text(path, self.html, ".html", ".htm")

    def __repr__(self) -> str:
        return (
            f"<form for {self.article.article_id!r}: {len(self.questions)} questions; "
            ".save('form.html') writes the page>"
        )


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60].lower()


# --- the parts of the page -------------------------------------------------------------------


def _sentences(article: Article) -> Iterator[tuple[str, Span, int]]:
    """Yield field, span and paragraph of each sentence, the headline first."""
    text = article.headline
    if text.strip():
        start = len(text) - len(text.lstrip())
        yield "headline", Span(start, len(text.rstrip())), -1
    starts = [paragraph.start for paragraph in article.paragraphs]
    for span in article.sentences:
        if span.end > span.start:
            yield "body", span, bisect_right(starts, span.start)


def _text(form: AnswerForm) -> Iterator[str]:
    if not form.marks:
        for part in form.article.paragraphs:
            yield f"<p>{escape(part.of(form.article.body))}</p>"
        return
    lines = number_lines(form.article)
    yield "<fieldset><legend>Tick what you mark</legend>"
    last = -1
    for number, (field, span, paragraph) in enumerate(_sentences(form.article), start=1):
        where = name_lines(lines_of(lines, field, *span))
        whose = "the headline" if field == "headline" else where
        said = span.of(form.article.field(field))
        opens = " opens" * (paragraph != last)
        last = paragraph
        # Where a character has to be shown as its code, the place alone is saved.
        bare = ' data-bare="1"' * (reveal(said) != said)
        yield (
            f'<div class="said{opens}"><input type="checkbox" id="s{number}" data-field="{field}" '
            f'data-start="{span.start}" data-end="{span.end}"{bare}>'
            f'<label for="s{number}"><span class="where">{where}</span> '
            f"<span>{escape(said)}</span></label>"
            f'<p class="why"><label for="w{number}">Why did you mark {whose}?</label> '
            f'<input type="text" id="w{number}"></p></div>'
        )
    yield "</fieldset>"


def _asked(form: AnswerForm) -> Iterator[str]:
    for number, (item, text) in enumerate(form.questions.items(), start=1):
        options = "\n".join(
            f'<span class="choice"><input type="radio" name="q{number}" id="q{number}-{at}" '
            f'value="{escape(choice)}"><label for="q{number}-{at}">{escape(choice)}'
            f"{f': <small>{escape(meant)}</small>' if meant else ''}</label></span>"
            for at, (choice, meant) in enumerate(form.choices.items(), start=1)
        )
        yield (
            f'<fieldset class="asked" data-item="{escape(item)}">'
            f"<legend>{number}. {escape(text)}</legend>\n{options}\n"
            f'<p class="because"><label for="r{number}">Why?</label> '
            f'<input type="text" id="r{number}"></p></fieldset>'
        )


_TOP = (
    '<p class="who"><label for="reader">Your number or name</label> '
    '<input type="text" id="reader" aria-describedby="who"><br>'
    '<small id="who">A number is best: ask which is yours.</small></p>'
)
_BOTTOM = """<noscript><p class="note">This page cannot save without JavaScript. Print it and write
on paper.</p></noscript>
<p class="way"><button type="button" id="save">Save my answers</button></p>
<p id="told" class="note" role="status"></p>
<details class="way"><summary>No file was saved?</summary>
<p><label for="csv">After saving, copy this text into an e-mail or a file:</label></p>
<textarea id="csv" rows="6" readonly></textarea></details>"""

_STYLE = """
fieldset { border: 1px solid #808080; margin: 1rem 0; padding: .5rem 1rem 1rem; min-width: 0; }
legend { font: 600 1rem/1.4 system-ui, sans-serif; padding: 0 .3rem; }
.said { display: grid; grid-template-columns: 1.6rem 1fr; padding: .2rem 0; break-inside: avoid; }
.asked { break-inside: avoid; }
.said.opens { margin-top: .7rem; }
.said input[type=checkbox] { width: 1.15rem; height: 1.15rem; margin: .2rem 0 0; }
.where, .why, .because, .who, .choice, button, #told { font-family: system-ui, sans-serif; }
.where { font-size: .75rem; margin-right: .3rem; }
.said > label { cursor: pointer; }
.said input:checked + label { text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: .2em; }
.said input:checked + label .where { text-decoration: none; }
.why { grid-column: 2; margin: .3rem 0; font-size: .9rem; display: none; }
.said input:checked ~ .why { display: block; }
.why input, .because input { font: inherit; width: 100%; box-sizing: border-box; padding: .3rem; }
.who input { font: inherit; padding: .3rem; width: 12rem; }
.choice { display: inline-block; margin: .3rem 1.2rem .3rem 0; }
.choice label { padding-left: .3rem; } .choice:has(small) { display: block; }
button { font-size: 1.05rem; padding: .6rem 1.2rem; }
textarea { width: 100%; box-sizing: border-box; }
#told:empty { display: none; }
:is(input, button, summary, textarea):focus-visible { outline: 3px solid; outline-offset: 2px; }
@media print { .why { display: block; margin: 0; } .why label { display: none; }
  .choice:has(small) { display: inline-block; }
  .why input, .because input { border: 0; border-bottom: 1px dotted; } }
"""

# Guards formulas as save() of an answer sheet does, for whoever opens the file in a spreadsheet.
_SCRIPT = r"""
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const form = by("form");
  const names = ["reader", "article_id", "item", "field", "start", "end", "quote", "answer",
    "reason", "problem"];
  const unseen = new RegExp("^[\\s\\0-\\x1f\\x7f-\\xa0\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4" +
    "\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800" +
    "\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb" +
    "\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]*", "u");
  const guard = (text) => {
    const seen = [...text.replace(unseen, "")].slice(0, 1).join("").normalize("NFKC");
    return /^[=+\-@|%']/.test(seen) || /^[\t\r\n]/.test(text) ? "'" + text : text;
  };
  const cell = (value) => typeof value === "number" ? String(value)
    : '"' + guard(value || "").replace(/"/g, '""') + '"';
  const marked = () => [...form.querySelectorAll(".said input:checked")].map((box) => ({
    field: box.dataset.field, start: Number(box.dataset.start), end: Number(box.dataset.end),
    quote: box.dataset.bare ? "" : box.nextElementSibling.lastElementChild.textContent,
    reason: by("w" + box.id.slice(1)).value.trim(),
  }));
  const answered = () => [...form.querySelectorAll(".asked")].map((one) => {
    const choice = one.querySelector("input[type=radio]:checked");
    return choice && { item: one.dataset.item, answer: choice.value,
      reason: one.querySelector("input[type=text]").value.trim() };
  }).filter(Boolean);
  const save = () => {
    const reader = by("reader").value.trim();
    if (!reader) {
      by("told").textContent = "Write your number or name first. Nothing was saved yet.";
      by("reader").focus();
      return;
    }
    const marks = marked();
    const choices = answered();
    const asked = form.querySelectorAll(".asked").length;
    const rows = [...marks, ...(form.dataset.marks === "1" && !marks.length ? [{}] : []),
      ...choices];
    const lines = rows.map((row) => names.map((name) => cell(
      { reader, article_id: form.dataset.article, ...row }[name])).join(","));
    const csv = [names.join(","), ...lines].join("\n") + "\n";
    by("csv").value = csv;
    const drawn = crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, "0");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv" }));
    link.download = "answers-" + form.dataset.file + "-" + drawn + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    by("told").textContent = "Saved as " + link.download + " (see your downloads): " +
      marks.length + (marks.length === 1 ? " sentence" : " sentences") + " marked" +
      (asked ? ", " + choices.length + " of " + asked + " questions answered" : "") +
      ". Hand this file in.";
  };
  by("save").addEventListener("click", save);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
"""
