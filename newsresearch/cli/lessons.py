"""The command `lessons`: a folder for a class, with lessons, worksheets, keys and a start page."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from newsresearch.cli.common import print_json

if TYPE_CHECKING:
    from newsresearch.articles import Article

__all__ = ["add_lessons", "lessons"]

_MOST_TEXTS = 12  # articles of one's own: more are a corpus, not a lesson


def add_lessons(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("--out", metavar="DIR", default="class", help="folder to write (class)")
    which = (
        "make the worksheets and forms from this text: id of a bundled article, or a file of your "
        "own, such as .txt with the headline in its first line; name the option again for more"
    )
    parser.add_argument("--article", metavar="ID|FILE", action="append", help=which)
    kinds = "only these kinds of worksheet, of findings, headline, splice, words, speakers (all)"
    parser.add_argument("--kinds", metavar="A,B", help=kinds)
    versions = "versions of the sheets that can differ, so that neighbours cannot copy (25)"
    parser.add_argument("--pupils", type=int, default=25, metavar="N", help=versions)
    parser.add_argument("--paper", choices=["A4", "Letter"], default="A4", help="to print on (A4)")
    kept = "with answers and keys (default), or a folder that the class may see whole"
    switch = argparse.BooleanOptionalAction
    parser.add_argument("--answers", action=switch, default=True, help=kept)
    parser.add_argument("--force", action="store_true", help="replace files that somebody changed")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=lessons)


def lessons(arguments: argparse.Namespace) -> int:
    """Write the class folder and say what is in it."""
    from newsresearch.classroom.folders import write_folder
    from newsresearch.classroom.kit import class_files

    kinds = arguments.kinds and [name.strip() for name in arguments.kinds.split(",")]
    articles = arguments.article and [a for name in arguments.article for a in _open(name)]
    files, problems = class_files(
        articles, kinds, arguments.pupils, arguments.paper, arguments.answers
    )
    folder = Path(arguments.out)
    written = write_folder(folder, files, force=arguments.force)
    if arguments.json:
        print_json({"folder": str(folder), "problems": problems, **vars(written)})
        return 0
    told = f"{len(written.new)} new, {len(written.replaced)} replaced, {len(written.same)} the same"
    print(f"{len(files)} files in {folder}/ ({told}):")
    for name, what in _describe(list(files)):
        print(f"  {name:<16} {what}")
    for problem in problems:
        print(f"  missing: {problem}")
    if written.left:
        print(f"  {len(written.left)} files of an earlier run are still there")
    print(f"Open {folder / 'index.html'} in a browser.")
    return 0


def _open(name: str) -> list[Article]:
    """Return the articles of a file, or the bundled one of that id.

    Raises
    ------
    ValueError
        If there is neither, or the file holds no article that can be read, or very many.
    """
    from newsresearch.articles import ArticleError, iter_articles
    from newsresearch.opening import open_article
    from newsresearch.reading import read_with_issues

    path = Path(name)
    if not path.exists():
        if path.suffix or path.name != name:
            raise ValueError(
                f"no file {name!r}. Name one that is there, or a bundled article such as "
                "02-school-breakfasts."
            )
        try:
            return [open_article(name)]
        except ArticleError as problem:
            raise ValueError(f"no file {name!r}, and {problem}") from None
    found = list(iter_articles(read_with_issues(path)[0]))
    if not 1 <= len(found) <= _MOST_TEXTS:
        raise ValueError(
            f"{name} holds {len(found)} articles; a class folder takes 1 to {_MOST_TEXTS} of a "
            "file. Name files of single articles."
        )
    if all(article.problem for article in found):
        raise ValueError(
            f"{name}: {found[0].problem}. In a text file the first line is the headline, and "
            "the text stands below it."
        )
    return found  # what is wrong with one is told where its sheets are missing


_PARTS = {
    "index.html": "the start page, for you",
    "glossary.html": "the words, in plain English",
    "notebooks": "lessons, for the class",
    "answers": "lessons with their answers, for you",
    "worksheets": "worksheets to print",
    "keys": "keys to the worksheets, for you",
    "forms": "forms in which to hand in answers",
}


def _describe(files: list[str]) -> list[tuple[str, str]]:
    """Return each part of the folder and what it holds, in the order of `_PARTS`."""
    counts = {part: sum(name.split("/")[0] == part for name in files) for part in _PARTS}
    return [
        (part, what) if "." in part else (f"{part}/", f"{what}: {counts[part]}")
        for part, what in _PARTS.items()
        if counts[part]
    ]
