"""Cues per word of narration, for each article, and every cue with its place and reason."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from newsresearch.articles import Article, iter_articles
from newsresearch.batches import add_columns, one_by_one
from newsresearch.framing.codebook import COUNTED, FEWEST_WORDS, MEANINGS, MEASURES
from newsresearch.framing.loaded import LOADED, loaded_p
from newsresearch.framing.narration import count_narration, quoted
from newsresearch.framing.reading import Cue, body_cues, headline_cues
from newsresearch.framing.registry import BODY
from newsresearch.tables import pd, to_table
from newsresearch.text import Span

__all__ = ["CUE_DTYPES", "SCORER", "cue_rows", "explain_framing", "score_framing"]

_DTYPES = {
    m.column: "boolean" if m.column.startswith("has_")
    else "Int64" if m.column.startswith("n_") else "float64"
    for m in MEASURES
}  # fmt: skip
CUE_DTYPES = {
    "article_id": "str", "field": "str", "start": "int64", "end": "int64", "quote": "str",
    "cue": "str", "entry": "str", "in_quotation": "bool", "reason": "str",
}  # fmt: skip


def score_framing(articles: pd.DataFrame, *, quotations: bool = False) -> pd.DataFrame:
    """Add how an article tells: hedges, boosters, passives, frames … per word of narration.

    Sees listed words and phrases and a few rules. By default what stands in closed quotation
    marks is the speaker's and not counted; statements that the article gives in its own words
    ('Lee said it may rain') are. Cannot see irony, senses of a word, or who is right: a cue is
    a place to read, no proof of bias. Columns may count one word twice: 'may' is a hedge and
    a modal of low certainty.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    quotations : bool
        Count quoted words as well: cues per word of the whole body.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index, with n_narration_words (n of all words with
        ``quotations``); a ``…_share`` for each kind of cue (cues per word, 0 to 1: times 100,
        cues per 100 words; higher = more) and loaded_p, missing below 50 words;
        n_headline_clickbait (0 to 8 kinds of cues), has_headline_question, has_headline_hedge
        (missing without headline) and error. The codebook (Framing) describes each.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.

    References
    ----------
    Hyland (2005), Metadiscourse; Hooper (1975), On assertive predicates; Karttunen (1971),
    Implicative verbs; Halliday (1985), values of modality: the kinds, not the lists.

    Examples
    --------
    >>> body = "It may rain. " * 20 + "“It must rain,” she said."
    >>> one = pd.DataFrame({"article_id": ["a"], "headline": ["Will it rain?"], "body": [body]})
    >>> scored = score_framing(one)
    >>> scored[["n_narration_words", "modal_high_share", "has_headline_question"]].values.tolist()
    [[62, 0.0, True]]
    >>> round(100 * scored["hedge_share"].item(), 1)
    32.3
    """
    score = partial(_score, quotations=bool(quotations))
    return add_columns(articles, one_by_one(score, _DTYPES))


def _score(article: Article, quotations: bool = False) -> dict[str, Any]:
    """Return the row of one article that can be read."""
    cues = body_cues(article)
    n_words = len(article.words) if quotations else count_narration(article)
    places = [cue.start for cue in cues]
    is_out = [quotations or not is_in for is_in in quoted(article, places)]
    counts = Counter(cue.category for cue, counts in zip(cues, is_out, strict=True) if counts)
    row: dict[str, Any] = {"n_narration_words": n_words, "loaded_p": None}
    if n_words >= FEWEST_WORDS:
        row |= {f"{name}_share": counts[name] / n_words for name in COUNTED}
        listed = [Span(cue.start, cue.end) for cue in cues if cue.category == LOADED]
        row["loaded_p"] = loaded_p(article, quotations, listed)
    return row | _score_headline(article.headline)


def _score_headline(headline: str) -> dict[str, Any]:
    if not headline.strip():
        return {}
    kinds = {cue.category for cue in headline_cues(headline)}
    return {
        "n_headline_clickbait": sum(kind.startswith("click_") for kind in kinds),
        "has_headline_question": headline.rstrip("\"'”’)] \n").endswith("?"),
        "has_headline_hedge": "headline_hedge" in kinds,
    }


SCORER = one_by_one(_score, _DTYPES)


def explain_framing(
    articles: pd.DataFrame, only: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """List every cue that ``score_framing`` counts, with its place and reason.

    Cues in quotations are listed too, and marked: they are the speaker's.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    only : str or list of str, optional
        Kinds of cues to list, such as "hedge"; all if not given.

    Returns
    -------
    pandas.DataFrame
        Long, one row a cue, in order: article_id, field (headline or body), start, end, quote,
        cue (its kind), entry (of the list that was met; empty where a rule found it),
        in_quotation, reason. Articles that cannot be scored have no rows.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If there is no such kind of cue.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": [""], "body": ["It may be said: “We must.”"]}
    >>> explain_framing(pd.DataFrame(one), ["hedge", "us"])[
    ...     ["quote", "cue", "in_quotation"]].values.tolist()
    [['may', 'hedge', False], ['We', 'us', True]]
    """
    kinds = _check_kinds(only)
    rows = [row for article in iter_articles(articles) for row in cue_rows(article, kinds)]
    return to_table(rows, CUE_DTYPES)


def _check_kinds(only: str | Iterable[str] | None) -> frozenset[str]:
    kinds = frozenset(MEANINGS if only is None else [only] if isinstance(only, str) else only)
    unknown = sorted(map(str, kinds - MEANINGS.keys()))
    if unknown:
        raise ValueError(f"no cue is called {unknown[0]!r}. Use some of {', '.join(MEANINGS)}.")
    return kinds


def cue_rows(article: Article, kinds: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of ``explain_framing`` for one article; one that cannot be read has none."""
    if article.problem:
        return
    smoothed = article.smoothed
    readable = smoothed.unmasked  # what is scored, so that both see the same quotations
    if not readable.body.strip():
        return
    head, body = headline_cues(readable.headline), body_cues(readable)
    in_quotation = [*[False] * len(head), *quoted(readable, [cue.start for cue in body])]
    shifts = _shifts(smoothed)
    for cue, is_in in zip([*head, *body], in_quotation, strict=True):
        if cue.category in kinds:
            start, end = cue.start, cue.end
            if cue.field == BODY:
                start, end = start + _shift(shifts, start), end + _shift(shifts, end - 1)
            span = article.stored(cue.field, Span(start, end))
            quote = span.of(article.field(cue.field))
            yield {
                "article_id": article.article_id, "field": cue.field, "start": span.start,
                "end": span.end, "quote": quote, "cue": cue.category, "entry": cue.entry,
                "in_quotation": is_in, "reason": _reason(quote, cue, is_in),
            }  # fmt: skip


def _shifts(article: Article) -> list[tuple[int, int]]:
    """Return from where in the unmasked body on how many masked ('@ @ @') characters are gone."""
    whole, gone = set(article.whole_sentences), 0
    shifts = [(0, 0)]
    for sentence in article.sentences:
        if sentence not in whole:
            shifts.append((sentence.start - gone, gone + sentence.end - sentence.start))
            gone = shifts[-1][1]
    return shifts


def _shift(shifts: Sequence[tuple[int, int]], at: int) -> int:
    """Return by how much a place in the unmasked body lies further on in the whole one."""
    return shifts[bisect_right(shifts, at, key=lambda shift: shift[0]) - 1][1]


def _reason(quote: str, cue: Cue, is_in: bool) -> str:
    by = f" (list entry: {cue.entry})" if cue.entry else ""
    whose = "; in a quotation, so the speaker's" if is_in else ""
    return f"'{quote}' – {MEANINGS[cue.category]}{by}{whose}"
