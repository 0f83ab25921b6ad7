"""What a class is shown without a table library: a small table, and a text with numbered lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsresearch.articles import Article
from newsresearch.classroom.lines import number_lines
from newsresearch.marks import escape, reveal, wrap_html

__all__ = ["LinedText", "SmallTable", "table_html"]

# A notebook makes tables small; a class reads them from the back of the room.
_LARGE = "font-size:1em;line-height:1.5"
_CELL = "padding:.25em .8em .25em 0;text-align:left;vertical-align:top"


@dataclass(frozen=True)
class SmallTable:
    """Rows of text under heads, with a note below: drawn by a notebook, written by ``print``."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def _repr_html_(self) -> str:
        rows = (tuple(map(_cell_html, row)) for row in self.rows)
        parts = [table_html(tuple(map(escape, self.heads)), rows, _CELL, _LARGE)]
        parts += [f"<p>{escape(self.note)}</p>"] if self.note else []
        return wrap_html(parts)

    def __repr__(self) -> str:
        lines = ["  ".join(reveal(cell) for cell in row) for row in self.rows]
        return "\n".join([*lines, self.note] if self.note else lines)


def _cell_html(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")


def table_html(
    heads: Sequence[str], rows: Iterable[Sequence[str]], cell: str, style: str = ""
) -> str:
    """Return a table from markup, "" without rows; the first cell of a row names it.

    ``cell`` and ``style`` are inline styles of each cell and of the table.
    """
    head = "".join(f'<th scope="col" style="{cell}">{name}</th>' for name in heads)
    body = "\n".join(
        f'<tr><th scope="row" style="{cell}">{name}</th>'
        + "".join(f'<td style="{cell}">{text}</td>' for text in texts)
        + "</tr>"
        for name, *texts in rows
    )
    opens = f'<table style="{style}">' if style else "<table>"
    whole = f"{opens}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    return whole if body else ""


@dataclass(frozen=True)
class LinedText:
    """An article with numbered lines, to read and to point at."""

    article: Article

    def _repr_html_(self) -> str:
        rows = []
        for line in number_lines(self.article):
            text = escape(self.article.field(line.field)[line.start : line.end])
            above = ";padding-top:.7em" if line.opens else ""
            cell = f"text-align:left;vertical-align:baseline;border:0;padding:0 .8em 0 0{above}"
            number = f'<th scope="row" style="{cell};font-weight:normal">{line.label}</th>'
            rows.append(f'<tr style="background:none">{number}<td style="{cell}">{text}</td></tr>')
        return wrap_html([f'<table style="border:0;{_LARGE}">', *rows, "</table>"])

    def __repr__(self) -> str:
        return "\n".join(
            "\n" * line.opens
            + f"{line.label:>3}  {reveal(self.article.field(line.field)[line.start : line.end])}"
            for line in number_lines(self.article)
        ).lstrip("\n")
