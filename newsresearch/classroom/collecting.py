"""What a class hands in, as one table: from files, folders, lists or tables, without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias

from newsresearch.articles import FIELDS, Article, iter_articles
from newsresearch.classroom.contents import place
from newsresearch.classroom.handed import read_rows
from newsresearch.classroom.lines import Line, number_lines, read_lines
from newsresearch.classroom.names import Pseudonyms, name_key
from newsresearch.classroom.passages import Passages
from newsresearch.heat import ANSWER_DTYPES, Row, empty_row, misfit
from newsresearch.tables import pd, to_table

__all__ = ["Given", "read_answers", "shelve"]

Given: TypeAlias = "pd.DataFrame | Article | Iterable[Article] | None"
_NAMELESS = "no reader: write a name or a number beside each answer"
_AGAIN = "the same answer again; it counts once"
_LARGEST = 2**31  # no text is as long
_REPLACED = "this reader answers the question again below; the last answer counts"


def read_answers(
    source: Any,
    articles: Given = None,
    *,
    pseudonyms: bool = True,
    secret: str | bytes | None = None,
) -> pd.DataFrame:
    """Read the answers of a class into one table, with pseudonyms for names.

    Names of readers get into no cell, error or warning: each becomes a pseudonym, and where
    one of them stands in a reason, its place is taken too. That does not make a class
    anonymous: free text may name somebody else, or tell who wrote it; in a small group who
    marked what is soon guessed; the files you read still hold the names. Article passages stay as
    they are, also where a pupil is called like somebody in the news.

    Parameters
    ----------
    source : path, folder, glob, list, DataFrame or AnswerSheet
        CSV, TSV or JSON files; rows as dicts; answers from ``nr.mark_spans``. Columns: `reader`
        (or name, pupil, student), `article_id`; for a passage `quote`, or `start` and `end`, or
        `lines` of the worksheet ('12-14, 20'); for a question `item` and `answer`; `reason`. A
        row without passage and answer says: read, nothing marked. Other columns are left out.
        Files without a column of readers are one reader each.
    articles : Articles table, Article or list of Article, optional
        The texts, to look up quotes and lines. Without, only `start` and `end` are used.
    pseudonyms : bool, default True
        False keeps the readers as they are: for answers that have pseudonyms already.
    secret : str, optional
        The same name gets the same pseudonym at every reading with the same secret. Without,
        they are drawn anew. Keep it apart from the table: with it and a list of the class,
        anybody can find out who is who.

    Returns
    -------
    DataFrame
        `reader, article_id, item, field, start, end, quote, answer, reason, problem`, a row a
        passage or answer (of `lines`, a row for each run of lines). ``quote ==
        text[start:end]``. `problem` says why a row does not count; it is empty where it does.

    Raises
    ------
    ValueError
        If there is nothing to read there, or a table lacks the columns.

    Examples
    --------
    >>> rain = Article("a", "Rain", "It rained. It poured.")
    >>> rows = [{"name": "Ann", "quote": "it poured", "reason": "Ann says so"}]
    >>> read_answers(rows, rain, secret="long enough").loc[0, ["quote", "reason"]].tolist()
    ['It poured', 'reader-ygxc7ew4 says so']
    """
    given = list(read_rows(source))
    names = Pseudonyms((row["reader"] for row in given), secret) if pseudonyms else None
    shelf = _Shelf(articles)
    rows = [made for row in given for made in _place(row, shelf, names)]
    return to_table(_say_again(rows), ANSWER_DTYPES)


# --- where the answers stand -----------------------------------------------------------------


def shelve(articles: Given) -> dict[str, Article]:
    """Return the articles of a table or list, or one alone, by id."""
    if articles is None:
        return {}
    if isinstance(articles, Article):
        return {articles.article_id: articles}
    given: Any = articles
    found = iter_articles(given) if hasattr(given, "columns") else given
    return {article.article_id: article for article in found}


class _Shelf:
    """The articles by id, each made ready for looking up once."""

    def __init__(self, articles: Given) -> None:
        self.articles = shelve(articles)
        self._passages: dict[str, Passages] = {}
        self._lines: dict[str, list[Line]] = {}

    @property
    def only(self) -> str:
        """The id that is meant where none is given: that of the only article."""
        return next(iter(self.articles)) if len(self.articles) == 1 else ""

    def passages(self, name: str) -> Passages:
        """Return the passages of an article."""
        return self._passages.setdefault(name, Passages(self.articles[name]))

    def lines(self, name: str) -> list[Line]:
        """Return the numbered lines of an article."""
        if name not in self._lines:
            self._lines[name] = number_lines(self.articles[name])
        return self._lines[name]


def _place(row: dict[str, str], shelf: _Shelf, names: Pseudonyms | None) -> list[Row]:
    """Return the rows of the table that one row makes, with no name in them."""
    scrub = names.scrub if names else str
    name = row["article_id"] or shelf.only
    same = {
        "reader": names.of(row["reader"]) if names else row["reader"],
        "article_id": name if name in shelf.articles else scrub(name),
        **{cell: scrub(row[cell]) for cell in ("item", "answer", "reason")},
    }
    try:
        places = _find_places(row, name, shelf)
        problem = row["problem"] or ("" if same["reader"] else _NAMELESS)
        return [empty_row(**same, **place, problem=scrub(problem)) for place in places]
    except _AnswerError as why:
        lost = {**same, "quote": scrub(row["quote"])}
        problem = scrub(row["problem"]) or why.scrub(scrub)
        if not (same["answer"] and why.of_place and same["reader"]):
            return [empty_row(**lost, problem=problem)]
        # The answer stands; only the passage that was to prove it is lost.
        return [
            empty_row(**same),
            empty_row(**{**lost, "answer": "", "reason": ""}, problem=problem),
        ]


class _AnswerError(Exception):
    """An answer whose place cannot be told; ``near`` is the article's own text."""

    def __init__(self, problem: str, near: str = "", of_place: bool = True) -> None:
        super().__init__(problem)
        self.near, self.of_place = near, of_place

    def scrub(self, scrub: Any) -> str:
        """Return the problem without names; the words of the article stay."""
        return str(scrub(str(self))) + self.near


def _find_places(row: dict[str, str], name: str, shelf: _Shelf) -> list[Row]:
    """Return field, start, end and quote of each passage that a row marks."""
    if not name:
        raise _AnswerError("no article_id: say which article it is about", of_place=False)
    spanned = bool(row["start"] or row["end"])
    if not (spanned or row["lines"] or row["quote"]):
        return [{}]
    if shelf.articles and name not in shelf.articles:
        raise _AnswerError("no article of this id was passed", of_place=False)
    if spanned:
        return [_at_span(row, name, shelf)]
    if not shelf.articles:
        raise _AnswerError("no place yet: pass the articles to look it up")
    return [_at_quote(row, name, shelf)] if row["quote"] else _at_lines(row["lines"], name, shelf)


def _at_span(row: dict[str, str], name: str, shelf: _Shelf) -> Row:
    try:
        start, end = int(row["start"]), int(row["end"])
    except ValueError:
        raise _AnswerError("start and end must be whole numbers") from None
    place: Row = {"field": row["field"].lower() or "body", "start": start, "end": end}
    if not shelf.articles:
        if place["field"] not in FIELDS or not 0 <= start < end <= _LARGEST:
            raise _AnswerError("field, start and end are no span")
        # Words that cannot be those of the place may be the pupil's own, and name somebody.
        return {**place, "quote": row["quote"] * (len(row["quote"]) == end - start)}
    article = shelf.articles[name]
    wrong = misfit(article, empty_row(**place))
    if wrong:
        raise _AnswerError(wrong)
    stands = article.field(place["field"])[start:end]
    if row["quote"] and name_key(row["quote"]) != name_key(stands):
        return _at_quote(row, name, shelf)  # counted in another version of the text
    return {**place, "quote": stands}


def _at_quote(row: dict[str, str], name: str, shelf: _Shelf) -> Row:
    passages = shelf.passages(name)
    found = passages.find(row["quote"])
    if not found:
        raise _AnswerError(*passages.not_found(row["quote"]))
    at = found[0]
    if row["lines"] and len(found) > 1:  # they say which of several places is meant
        meant = _at_lines(row["lines"], name, shelf)
        inside = (
            p for p in found for m in meant
            if p.field == m["field"] and p.start < m["end"] and m["start"] < p.end
        )  # fmt: skip
        at = next(inside, at)
    return place(passages.article, *at)._asdict()


def _at_lines(lines: str, name: str, shelf: _Shelf) -> list[Row]:
    """Return a place for each run of numbered lines."""
    known = shelf.lines(name)
    try:
        chosen = sorted(set(read_lines(known, lines)), key=lambda line: line.number)
    except ValueError:  # its message quotes what was written, and cuts it: perhaps a name
        most = max((line.number for line in known), default=0)
        told = f"no such line: there are H and 1 to {most}; write '7', '7-9' or '3, 8'"
        raise _AnswerError(told) from None
    article = shelf.articles[name]
    spans = ((run[0].field, run[0].start, run[-1].end) for run in _runs(chosen))
    return [place(article, *span)._asdict() for span in spans]


def _runs(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines of one field that follow each other, together."""
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last and (last.field, last.number + 1) == (line.field, line.number):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _say_again(rows: list[Row]) -> list[Row]:
    """Mark what a reader says twice: of passages the first counts, of answers the last."""
    whole = [(row["reader"], row["article_id"], row["item"], row["field"], row["start"],
              row["end"], row["answer"]) for row in rows]  # fmt: skip
    choices = [key[:3] if row["answer"] else None for key, row in zip(whole, rows, strict=True)]
    left = Counter(c for c, row in zip(choices, rows, strict=True) if c and not row["problem"])
    seen = set()
    for row, key, choice in zip(rows, whole, choices, strict=True):
        if row["problem"]:
            continue
        if choice:
            left[choice] -= 1
            row["problem"] = _REPLACED if left[choice] else ""
        elif key in seen:
            row["problem"] = _AGAIN
        seen.add(key)
    return rows
