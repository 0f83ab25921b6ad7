"""A web page that needs nothing else: no request, no file beside it, no script but our own.

It opens offline, keeps its contrast in light and dark, prints on A4 and may be sent around.
"""

from __future__ import annotations

import base64
import hashlib

from newsresearch.marks import escape

__all__ = ["POLICY", "STYLE", "page_html"]

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# No colours but those of the browser and of the marks: light and dark both keep their contrast.
STYLE = """
:root { color-scheme: light dark; background: Canvas; color: CanvasText; }
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; max-width: 46rem; margin: 0 auto;
  padding: 1.5rem 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4, table, dl, nav, sup, figure, .meta, .note, .back {
  font-family: system-ui, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.4em 0 .5em; break-after: avoid; }
h1 { font-size: 1.7rem; margin-top: .6em; } h2 { font-size: 1.35rem; }
h3 { font-size: 1.15rem; } h4 { font-size: 1rem; }
p, dl, blockquote { margin: .7em 0; }
blockquote { border-left: 2px solid #808080; padding-left: 1em; }
mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
sup { font-size: .7rem; font-weight: normal; line-height: 0; white-space: nowrap; }
sup::before { content: '\\2060'; } /* keeps a number on the line of its passage */
table { border-collapse: collapse; width: 100%; margin: .7em 0 1.4em; }
caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0;
  border-bottom: 1px solid #808080; }
th { font-weight: 600; } th small { display: inline-block; font-weight: normal; }
thead th { vertical-align: bottom; border-bottom-width: 2px; }
table, dl { font-size: .85rem; }
dl div { break-inside: avoid; padding: .1rem 0; }
dt, dd { display: inline; margin: 0; } dt { font-weight: 600; }
.values { columns: 15rem; column-gap: 1.5rem; }
.values div { display: flex; justify-content: space-between; border-bottom: 1px solid #808080; }
.values dd { text-align: right; }
.meta, .note, .back, .way, figcaption { font-size: .9rem; }
a:focus-visible, :target { outline: 2px solid; outline-offset: 2px; }
sup :target { scroll-margin-top: 40vh; } /* the passage stands before its number */
figure { margin: .7em 0; break-inside: avoid; }
img { max-width: 100%; }
.arc { display: block; width: 100%; max-width: 34rem; }
.arc path { fill: none; stroke: currentColor; } .arc .up, .arc .none { fill: currentColor; }
.arc .down { fill: Canvas; } .arc .headline { stroke-dasharray: 5 3; }
.arc text { font: 11px system-ui, sans-serif; fill: currentColor; text-anchor: end; }
.note { border-left: 4px solid #808080; padding-left: 1rem; }
.printed { display: none; }
article + article, article + section { border-top: 2px solid #808080; margin-top: 2rem; }
@media (max-width: 30rem) {
  th { overflow-wrap: anywhere; } thead th + th { writing-mode: vertical-rl; }
}
@page { size: A4; margin: 12mm 20mm; }
@media print {
  :root { font-size: 10pt; }
  body { max-width: none; padding: 0; line-height: 1.4; }
  li, tr, .values, blockquote, .note { break-inside: avoid; }
  p:has(+ blockquote), caption { break-after: avoid; }
  h2 + table, .overview table { break-inside: avoid; }
  .meta, p:has(+ h2) { break-after: avoid; }
  :is(#articles, .overview) table { line-height: 1.3; }
  :is(#articles, .overview) :is(th, td) { padding-block: .1rem; }
  #meanings dl { columns: 2; column-gap: 1.5rem; font-size: 8pt; }
  .printed { display: block; }
  article + article { margin-top: .7rem; padding-top: .3rem; border-width: 1px; }
  .clean { break-inside: avoid; } .clean :is(h2, h3, .meta) { margin: .2em 0; }
  .clean h2 { font-size: 1.15rem; } .clean .tex2jax_ignore h3 { font-size: .9rem; }
  .clean > .tex2jax_ignore > p:not(.meta) { display: none; }
  /* The measures of one article among others: in small, side by side. */
  .among { font-size: 7pt; line-height: 1.25; columns: 2; column-gap: 1.5rem;
    break-inside: avoid; }
  .among :is(table, dl, p, figure, blockquote) { font-size: 1em; margin: .3em 0 .6em; }
  .among :is(th, td) { padding-block: .02rem; }
  .among h3 { font-size: 8pt; margin: .6em 0 .2em; }
  .among .arc { max-width: 12rem; } .among .arc text { font-size: 19px; }
  .among .values { columns: 2; } .among .values div { flex-wrap: wrap; gap: 0 .5em; padding: 0; }
  .among .values dd { margin-left: auto; }
  .among :is(caption, figcaption, .how, .cues :is(th, td):nth-child(5)) { display: none; }
  .way, .back { display: none; }
  a { color: inherit; text-decoration: none; }
}
"""


def page_html(
    title: str, main_html: str, style: str = "", script: str = "", policy: str = POLICY
) -> str:
    """Return a whole page around markup, with rules of style of its own after ours.

    A script is our own text, never anything of an article: the policy lets this one run, by its
    SHA-256, and no other. Another policy may let pictures beside the page in.

    Examples
    --------
    >>> page_html("Rain & sun", "<h1>Rain &amp; sun</h1>").count("Rain &amp; sun")
    2
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}{_allowing(script)}">\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f'<body>\n<main class="tex2jax_ignore mathjax_ignore">\n{main_html}\n</main>\n'
        + (f"<script>{script}</script>\n" if script else "")
        + "</body>\n</html>\n"
    )


def _allowing(script: str) -> str:
    if not script:
        return ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"; script-src 'sha256-{digest}'"
