"""A page beside saved figures: each picture with its text, files and the command that checks it.

It is made from the manifests alone, so the same folder always has the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsresearch.bundles.paper import FIGURES
from newsresearch.bundles.verifying import read_manifest
from newsresearch.figures import FORMATS
from newsresearch.files import write_whole
from newsresearch.marks import escape
from newsresearch.page import POLICY, page_html

__all__ = ["GALLERY", "check_gallery", "gallery_html", "save_gallery"]

GALLERY = "index.html"
# The pictures are files beside the page; still nothing is fetched from elsewhere.
_POLICY = POLICY.replace("img-src", "img-src 'self' file:")
_SHOWN = [kind for kind in ("svg", "png") if kind in FORMATS]  # what a browser shows, best first
_KINDS = {"csv": "the table that is drawn", "json": "the manifest: origin, hashes, versions"}
_ABOUT = (
    "Each picture draws the table beside it, and no more. The manifest holds the call that drew "
    "it and the hashes of the articles, files, word lists and models. The command, run in this "
    "folder, computes the table again from the articles and names the first cell that differs."
)
_ARTICLES = "ARTICLES stands for the file or folder that the figures were drawn from."
_PLACEHOLDER = "ARTICLES"


def save_gallery(folder: str | Path, source: str = "") -> Path:
    """Write the page of all figures that are saved in a folder.

    Parameters
    ----------
    folder : str or Path
        Where the figures are.
    source : str
        The bundled data set they were drawn from; any other input is left open on the page,
        so that no path of a machine stands there.

    Returns
    -------
    pathlib.Path
        The page, ``index.html``.
    """
    path = Path(folder, GALLERY)
    write_whole(path, gallery_html(folder, source).encode())
    return path


def check_gallery(folder: str | Path, source: str = "") -> tuple[str, str] | None:
    """Return status and detail of the page, as ``verify_figures`` has them; None without one."""
    try:
        stored = Path(folder, GALLERY).read_bytes()
    except OSError:
        return None
    if stored == gallery_html(folder, source).encode():
        return "ok", ""
    return "file changed", f"{GALLERY} is not the page of these figures. Make it anew."


def gallery_html(folder: str | Path, source: str = "") -> str:
    """Return the page of all figures that are saved in a folder, in the order of their names."""
    paths = sorted(Path(folder).glob("*.json"))
    parts = ["<h1>Figures</h1>", f"<p>{_ABOUT}</p>"]
    parts += [] if source else [f"<p>{_ARTICLES}</p>"]
    parts += [_figure_html(path, source or _PLACEHOLDER) for path in paths]
    return page_html("Figures", "\n".join(parts), policy=_POLICY)


def _figure_html(path: Path, source: str) -> str:
    title = _title(path.stem)
    try:
        manifest = read_manifest(path)
    except (OSError, ValueError, RecursionError) as problem:
        told = f"<p>The manifest cannot be read: {escape(str(problem))}</p>"
        return f"<section>\n<h2>{title}</h2>\n{told}\n</section>"
    files = list(manifest["files"])
    parts = [_picture_html(files, title, str(manifest.get("alt") or "")), _links_html(path, files)]
    facts = "\n".join(_facts(path.stem, manifest, source))
    return (
        f"<section>\n<h2>{title}</h2>\n" + "\n".join(parts) + f"\n<dl>\n{facts}\n</dl>\n</section>"
    )


def _title(name: str) -> str:
    number = _number(name)
    plain = name.removeprefix(f"fig{number}_").replace("_", " ")
    return escape(f"Figure {number}: {plain}" if number else name)


def _number(name: str) -> int:
    """Return the number of a figure of the paper, 0 for any other."""
    return next((number for number, (file, _) in FIGURES.items() if file == name), 0)


def _picture_html(files: list[str], title: str, alt: str) -> str:
    shown = [file for kind in _SHOWN for file in files if file.endswith(f".{kind}")]
    # The words below the picture say what it shows: to read them twice helps nobody.
    picture = (
        f'<img src="{_link(shown[0])}" alt="{title}; the words below say what it shows">'
        if shown
        else "<p>No picture was saved that a browser shows.</p>"
    )
    return f"<figure>\n{picture}\n<figcaption>{escape(alt)}</figcaption>\n</figure>"


def _links_html(path: Path, files: list[str]) -> str:
    links = (
        f'<a href="{_link(file)}">{escape(file)}</a>{_kind(file)}' for file in [*files, path.name]
    )
    return f"<p>{' · '.join(links)}</p>"


def _kind(file: str) -> str:
    told = _KINDS.get(file.rpartition(".")[2], "")
    return f" ({told})" if told else ""


def _link(file: str) -> str:
    return escape(f"./{quote(file)}")  # './' for names such as 'a:b.csv'


def _facts(name: str, manifest: Mapping[str, Any], source: str) -> list[str]:
    """Return how it was drawn, from what, and the command that checks it."""
    origin, number = manifest["input"], _number(name)
    answers = origin.get("answers") if origin else None
    check = (
        f"newsresearch figures {source} --only {number} --check --out ."
        if number
        else f'nr.verify_figures(".", articles, only={name!r}{", answers=answers" * bool(answers)})'
    )
    facts = {
        "Drawn by": _code(str(manifest.get("call") or "")) or "a hand of its own: see the table",
        "Drawn from": f"{escape(str(origin.get('articles')))} articles, SHA-256 of their texts "
        f"{_code(str(origin.get('sha256')))}{_answers_html(answers)}" if origin
        else "articles that were not named",
        "Check it with": _code(check),
    }  # fmt: skip
    return [f"<div><dt>{what}:</dt> <dd>{told}</dd></div>" for what, told in facts.items()]


def _answers_html(answers: object) -> str:
    if not isinstance(answers, Mapping):
        return ""
    told = f"; {escape(str(answers.get('rows')))} rows of answers, SHA-256 of them without reasons "
    return told + _code(str(answers.get("sha256")))


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>" if text else ""
