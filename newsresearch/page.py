"""A web page that needs nothing else: no script, no request, no file beside it.

It opens offline, keeps its contrast in light and dark, prints on A4 and may be sent around.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsresearch.marks import escape

__all__ = ["POLICY", "STYLE", "page_html", "table_html", "write_page"]

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# No colours but those of the browser and of the marks: light and dark both keep their contrast.
STYLE = """
:root { color-scheme: light dark; background: Canvas; color: CanvasText; }
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; max-width: 46rem; margin: 0 auto;
  padding: 1.5rem 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4, table, dl, sup, .meta, .note { font-family: system-ui, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.5em 0 .5em; break-after: avoid; }
h1 { font-size: 1.7rem; margin-top: .6em; } h2 { font-size: 1.35rem; }
h3 { font-size: 1.15rem; } h4 { font-size: 1rem; }
p, blockquote { margin: .7em 0; } blockquote { padding-left: 1em; border-left: 2px solid #808080; }
mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
sup { font-size: .7rem; font-weight: normal; line-height: 0; white-space: nowrap; }
sup::before { content: '\\2060'; } /* keeps a number on the line of its passage */
.meta { font-size: .9rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; margin: .5rem 0 1.5rem; }
caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0;
  border-bottom: 1px solid #808080; }
th { font-weight: 600; } thead th { border-bottom-width: 2px; }
th[scope=row] { overflow-wrap: anywhere; } th small { font-weight: normal; }
dl { columns: 18rem; column-gap: 2rem; font-size: .85rem; margin: .7em 0; }
dl div { display: flex; justify-content: space-between; gap: 1rem; break-inside: avoid;
  padding: .1rem 0; border-bottom: 1px solid #808080; }
dt { font-weight: 600; } dd { margin: 0; text-align: right; }
.note { border-left: 4px solid #808080; padding-left: 1rem; font-size: .9rem; }
article + article, article + section { border-top: 2px solid #808080; margin-top: 2rem; }
@page { size: A4; margin: 16mm 20mm; }
@media print {
  :root { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  li, tr, blockquote, .note { break-inside: avoid; }
  article { break-before: page; } article:first-child { break-before: auto; }
  article + article { border: 0; }
}
"""


def page_html(title: str, main_html: str) -> str:
    """Return a whole page around markup.

    Examples
    --------
    >>> page_html("Rain & sun", "<h1>Rain &amp; sun</h1>").count("Rain &amp; sun")
    2
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body>\n<main class="tex2jax_ignore mathjax_ignore">\n{main_html}\n</main>\n'
        "</body>\n</html>\n"
    )


def table_html(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are markup already; the first of each row is its head.

    Examples
    --------
    >>> "<th scope=\\"row\\">a</th><td>1</td>" in table_html("Numbers", ["x", "n"], [["a", "1"]])
    True
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "\n".join(
        f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
        for first, *rest in rows
    )
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def write_page(page: str, path: str | Path) -> Path:
    """Write a page whole or not at all, with the folders above it, and return its path."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        unfinished.write_text(page, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path
