"""The start page of the site, and the list of what is in it, in plain English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from lite.packages import BuildError, Package
from newsresearch.classroom.lessons import Lesson as Source
from newsresearch.marks import escape
from newsresearch.page import page_html

__all__ = ["Lesson", "licences_page", "read_lesson", "start_page"]

# Named in full: a folder alone would be redirected by some servers and listed by others.
_OPEN = "notebooks/index.html?path="
_FILES = "tree/index.html"


class Lesson(NamedTuple):
    """A notebook as the start page names it."""

    file: str
    title: str
    goal: str


def read_lesson(path: Path) -> Lesson:
    """Return the title and the goal that stand in the first cell of a notebook.

    Raises
    ------
    BuildError
        If the first line is no heading.
    """
    found = Source(path)
    if not found.head.startswith("# "):
        raise BuildError(f"{path.name} has no title. Let its first cell begin with '# title'.")
    return Lesson(path.name, found.title, found.part("Goal"))


def start_page(lessons: Sequence[Lesson]) -> str:
    """Return the page that opens first: the notebooks, how to work, save and start again."""
    links = "\n".join(
        f'<li><p><a href="{_OPEN}{quote(one.file)}"><strong>{escape(one.title)}</strong></a>'
        f"{f'<br>{escape(one.goal)}' if one.goal else ''}</p></li>"
        for one in lessons
    )
    main = _START.format(lessons=links, files=_FILES)
    return page_html("News in class", f"{main}\n{_SETTINGS}")


# The notebooks read their settings here, from the first page of the site; it is data, no script.
_SETTINGS = (
    '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}'
    "</script>"
)
_START = """<h1>News in class</h1>
<p>Read news closely, in this browser. Nothing is installed, and nothing that you type leaves
this computer: no account, no internet.</p>
<h2>Notebooks</h2>
<ol>
{lessons}
</ol>
<h2>On paper, and words</h2>
<ul>
<li><a href="class/index.html">Worksheets to print, and forms to fill in</a></li>
<li><a href="class/glossary.html">Words we use</a></li>
</ul>
<h2>How to work</h2>
<ol>
<li><strong>Open</strong> a notebook above.</li>
<li><strong>Run</strong> a grey box: click into it, then press Shift and Enter together. Go from top
to bottom. While a box works, it shows a star: [*]. The first box waits until Python has started:
a quarter of a minute, up to a minute on an old computer. The others are quick.</li>
<li><strong>Type</strong> only where the text asks you to. If something breaks, choose
<em>Kernel</em>, then <em>Restart Kernel and Run All Cells</em>.</li>
</ol>
<h2>Your work</h2>
<p class="note">Your changes are kept <strong>in this browser only</strong>. Nobody else sees them,
and nobody can bring them back if the browser's data are cleared. In a private window they are gone
when it is closed.</p>
<ul>
<li><strong>Save to a file:</strong> in the notebook choose <em>File</em>, then <em>Download</em>.
Keep the file; that is what you hand in.</li>
<li><strong>Go on from a file:</strong> open <a href="{files}">the list of files</a>, choose
<em>Upload</em>, and open the file there.</li>
<li><strong>Start again:</strong> delete your copy in <a href="{files}">the list of files</a>; the
fresh notebook comes back. On a computer that pupils share, the next one sees your copy until you
delete it.</li>
</ul>
<h2>What does not work here</h2>
<ul>
<li>Tables and charts need pandas and matplotlib, which are not in this site. So the lesson
<em>One event, two frames</em> is not here: use it in JupyterLab, or on paper.</li>
<li>A box that runs cannot be stopped. Reload the page instead.</li>
<li>A double click on the file of this page does not start it: it must come from a server. Your
teacher has the line to type.</li>
</ul>
<p class="meta"><a href="licences.html">What is in this site, and under which licences</a></p>
"""


def licences_page(packages: Sequence[Package]) -> str:
    """Return the page that names every package in the site, its version and its licence."""
    rows = "\n".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.version)}</td>"
        f"<td>{escape(one.licence)}</td><td>{escape(one.source)}</td></tr>"
        for one in packages
    )
    return page_html("What is in this site", _LICENCES.format(rows=rows))


_LICENCES = """<p class="back"><a href="index.html">Back to the start</a></p>
<h1>What is in this site</h1>
<p>The lessons and their news are our own writing, free for any use (CC0). newsresearch itself is
under the MIT licence. The packages below are unchanged; each lies in <code>static/pyodide</code>
with its source and its licence. The notebook itself is JupyterLite (BSD-3-Clause; the
<a href="build/third-party-licenses.json">licences of its parts</a>).</p>
<table>
<thead><tr><th scope="col">package</th><th scope="col">version</th><th scope="col">licence</th>
<th scope="col">from</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
"""
