"""What a class is shown without a table library: a small table, and a text with numbered lines."""

from __future__ import annotations

from dataclasses import dataclass

from newsresearch.articles import Article
from newsresearch.classroom.lines import number_lines
from newsresearch.marks import escape, reveal

__all__ = ["LinedText", "SmallTable"]

# A notebook makes tables small; a class reads them from the back of the room.
_LARGE = "font-size:1em;line-height:1.5"
_CELL = "padding:.25em .8em .25em 0;text-align:left;vertical-align:top"
# Dollar signs of a text would be typeset as formulas without these classes.
_OUTER = '<div class="tex2jax_ignore mathjax_ignore" style="max-width:46em">\n{}\n</div>'


@dataclass(frozen=True)
class SmallTable:
    """Rows of text under heads, with a note below: drawn by a notebook, written by ``print``."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="{_CELL}">{escape(name)}</th>' for name in self.heads
        )
        lines = [f'<table style="{_LARGE}">\n<tr>{head}</tr>']
        for first, *others in self.rows:
            cells = "".join(f'<td style="{_CELL}">{_cell_html(cell)}</td>' for cell in others)
            lines.append(f'<tr><th scope="row" style="{_CELL}">{escape(first)}</th>{cells}</tr>')
        lines.append("</table>")
        if self.note:
            lines.append(f"<p>{escape(self.note)}</p>")
        return _OUTER.format("\n".join(lines))

    def __repr__(self) -> str:
        lines = ["  ".join(reveal(cell) for cell in row) for row in self.rows]
        return "\n".join([*lines, self.note] if self.note else lines)


def _cell_html(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")


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
        lines = "\n".join(rows)
        return _OUTER.format(f'<table style="border:0;{_LARGE}">\n{lines}\n</table>')

    def __repr__(self) -> str:
        return "\n".join(
            "\n" * line.opens
            + f"{line.label:>3}  {reveal(self.article.field(line.field)[line.start : line.end])}"
            for line in number_lines(self.article)
        ).lstrip("\n")
