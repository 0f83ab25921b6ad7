"""Printable worksheets with numbered lines, each with its key."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsresearch.articles import Article, ArticleError
from newsresearch.classroom.contents import Answer, Content, Kind, Task
from newsresearch.classroom.faults import is_bundled
from newsresearch.classroom.kinds import KINDS
from newsresearch.classroom.lines import Line, number_lines
from newsresearch.classroom.sheet import (
    PAPERS,
    Sheet,
    blank_html,
    file_name,
    key_html,
    sheet_style,
)
from newsresearch.display import choose_article
from newsresearch.files import write_whole
from newsresearch.marks import Findings, rows_of_findings
from newsresearch.page import page_html
from newsresearch.perturbations import check_seed
from newsresearch.perturbations.planting import digest
from newsresearch.tables import pd

__all__ = ["Worksheet", "make_worksheet"]

_FEWEST_WORDS = 30
_MOST_LINES = 300
# No vowels, so that no code is a word, and nothing that looks like another letter.
_SIGNS = "BCDFGHJKLMNPQRTVWXZ234679"
_CODE_LENGTH = 4
# What a finding of one's own must say.
_OF_FINDINGS = ("check", "article_id", "field", "start", "end", "quote", "reason")


@dataclass(frozen=True)
class Worksheet:
    """A sheet for pupils and its key: shown in a notebook, saved as two pages to print.

    ``article`` is the text as it is printed, changed where the kind changes it; ``lines`` are its
    numbered lines, ``answers`` those of the key.
    """

    article_id: str
    kind: str
    version: str
    article: Article = field(repr=False)
    blank_html: str = field(repr=False)
    key_html: str = field(repr=False)
    answers: tuple[Answer, ...] = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)
    _shown: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self._shown

    def save(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write the sheet and its key as pages into a folder, each whole or not at all.

        Returns
        -------
        list of Path
            `<article>_<kind>_<version>.html`, and the same with `_key`. Open one in a browser
            to print it.

        Raises
        ------
        OSError
            If the folder cannot be made or written to.
        """
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        stem = f"{file_name(self.article_id)}_{self.kind}_{self.version}"
        pages = {f"{stem}.html": self.blank_html, f"{stem}_key.html": self.key_html}
        for name, page in pages.items():
            write_whole(target / name, page.encode())
        return [target / name for name in pages]


def make_worksheet(
    article: Article | pd.DataFrame | pd.Series[Any],
    kind: str,
    *,
    seed: int = 0,
    findings: Findings | None = None,
    paper: str = "A4",
    article_id: str | None = None,
) -> Worksheet:
    """Make a worksheet to print, with numbered lines, and its key.

    The key says where its answers come from: marked by hand, put in by a seed, or found by
    the tool's rules, with what is known of their precision. It cannot see all that a class
    may find.

    Parameters
    ----------
    article : Article, row of an Articles table, or table
        Bundled (``nr.open_article``) or your own; of a table, ``article_id`` picks one.
    kind : str
        ``findings`` (what does not hold together?), ``headline`` (does the text bear it out?),
        ``splice`` (one place was changed, by the seed), ``words`` (which judge, which hedge?)
        or ``speakers`` (who speaks, with which verb?).
    seed : int, default 0
        For ``splice``: another seed changes another place, so that every pupil can have another
        version. The version code on the sheet leads to the key, and tells nothing else.
    findings : Findings table or its rows, optional
        Answers of your own for the kinds ``findings`` and ``headline``.
    paper : str, default "A4"
        ``A4`` or ``Letter``.
    article_id : str, optional
        Which article of a table to take.

    Returns
    -------
    Worksheet
        Its ``blank_html`` and ``key_html`` are whole pages; ``save(folder)`` writes both.

    Raises
    ------
    ArticleError
        If no single article is chosen, it cannot be read, is too short or too long, or holds
        nothing of this kind.
    ValueError
        If the kind, the paper or the seed is not known.

    Examples
    --------
    >>> import newsresearch as nr
    >>> sheet = nr.make_worksheet(nr.open_article("13-electric-buses"), "findings")
    >>> [(answer.what, answer.lines(list(sheet.lines))[0].number) for answer in sheet.answers]
    [('Lost space', 5), ('Furniture', 9), ('Repeated word', 10)]
    """
    chosen, size, number = _choose_kind(kind), _choose_paper(paper), check_seed(seed)
    own = choose_article(article, article_id)
    _check_article(own)
    content = chosen.make(Task(own, number, _rows_of(findings, chosen, own)))
    version = _version(content, chosen, number)
    sheet = Sheet.of(chosen, content, version, size, not is_bundled(own), number)
    title = f"{chosen.title} {own.article_id} {version}"
    return Worksheet(
        own.article_id,
        chosen.name,
        version,
        content.article,
        page_html(title, blank_html(sheet), sheet_style(sheet, False)),
        page_html(f"Key: {title}", key_html(sheet), sheet_style(sheet, True)),
        content.answers,
        tuple(sheet.lines),
        blank_html(sheet, level=2),
    )


def _choose_kind(kind: str) -> Kind:
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"no worksheet of kind {kind!r}. Choose from: {', '.join(KINDS)}.")
    return KINDS[kind]


def _choose_paper(paper: str) -> str:
    size = PAPERS.get(paper.lower()) if isinstance(paper, str) else None
    if size is None:
        raise ValueError(f"no paper {paper!r}. Choose from: {', '.join(PAPERS.values())}.")
    return size


def _check_article(article: Article) -> None:
    """Refuse what makes no sheet: broken, too short to ask about, too long to print."""
    name = article.article_id
    if article.problem:
        raise ArticleError(
            f"no worksheet can be made of article {name!r}: {article.problem}. Choose another one."
        )
    if len(article.words) < _FEWEST_WORDS:
        raise ArticleError(
            f"article {name!r} is too short for a worksheet; found {len(article.words)} words, "
            f"{_FEWEST_WORDS} are needed. Choose a longer one."
        )
    n_lines = len(number_lines(article))
    if n_lines > _MOST_LINES:
        raise ArticleError(
            f"article {name!r} is too long for a worksheet; found {n_lines:,} lines, "
            f"{_MOST_LINES} are the most. Cut out the part that you want to read in class."
        )


def _rows_of(
    findings: Findings | None, kind: Kind, article: Article
) -> list[dict[str, Any]] | None:
    """Return the findings of the article as rows; None where none were passed."""
    if findings is None:
        return None
    if kind.name not in ("findings", "headline"):
        raise ValueError(
            f"findings make no key of kind {kind.name!r}. Leave them out, or choose the kind "
            "'findings' or 'headline'."
        )
    return [
        {str(name): value for name, value in row.items()}
        for row in rows_of_findings(article, findings, _OF_FINDINGS)
    ]


def _version(content: Content, kind: Kind, seed: int) -> str:
    """Return a code that is another for every text, kind and seed, and tells none of them."""
    article = content.article
    text = (article.article_id, article.preamble, article.headline, article.body)
    raw = int.from_bytes(digest("worksheet", kind.name, str(seed * kind.seeded), *text), "big")
    signs = []
    for _ in range(_CODE_LENGTH):
        raw, at = divmod(raw, len(_SIGNS))
        signs.append(_SIGNS[at])
    return "".join(signs)
