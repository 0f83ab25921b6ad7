"""What to blame for the grade of an article: its longest sentences and its hardest words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from newsresearch.articles import Article, iter_articles
from newsresearch.plain import straighten
from newsresearch.readability.counts import LONGEST, Counts, add_up, count_word, count_words
from newsresearch.readability.formulas import grade
from newsresearch.readability.scoring import why_missing
from newsresearch.tables import pd, to_table
from newsresearch.text import Span, split_words

__all__ = ["EXPLAINED", "explain_readability", "grade_rows"]

EXPLAINED = {
    "article_id": "str",
    "field": "str",
    "start": "int64",
    "end": "int64",
    "quote": "str",
    "kind": "str",
    "value": "int64",
    "n_occurrences": "int64",
    "share": "float64",
    "reason": "str",
}


class _Sentence(NamedTuple):
    span: Span
    words: list[Span]
    counts: Counts


@dataclass
class _Hard:
    """A word that is not on the list of easy words, wherever it stands."""

    syllables: int
    spans: list[Span] = field(default_factory=list)

    @property
    def weight(self) -> tuple[int, int]:
        """Sort the hardest first, then by place."""
        return -len(self.spans) * self.syllables, self.spans[0].start


def explain_readability(articles: pd.DataFrame, n: int = 5) -> pd.DataFrame:
    """List the longest sentences and the hardest words: what makes the `grade` of an article.

    Sees what the New Dale-Chall grade sees, words per sentence and words off the list of easy
    words. Cannot tell a hard word from a name, which counts as hard unless it is listed.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    n : int
        How many sentences, and how many words, of each article at most.

    Returns
    -------
    pandas.DataFrame
        A row a sentence, then a row a word, worst first, for each article in order: article_id,
        field, start, end and quote (its place in the stored text, the first one of a word),
        kind (sentence, word), value (words of the sentence; syllables of the word),
        n_occurrences, share (of the grade: how much lower it were without the sentence, or with
        easy words in place of the word; below 0 where it makes the text easier, NaN without a
        grade) and reason. Words rank by occurrences times syllables. An article that cannot be
        scored has no rows; `score_readability` says why.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If n is no whole number from 1 on.

    Examples
    --------
    >>> body = "The minister left. The dog and the cat ran up the big tree and sat there. " * 3
    >>> one = pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})
    >>> explain_readability(one, n=1)[["kind", "quote", "value", "n_occurrences"]].values.tolist()
    [['sentence', 'The dog and the cat ran up the big tree and sat there.', 13, 1],
     ['word', 'minister', 3, 3]]
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise ValueError(f"n must be a whole number from 1 on; found {n!r}.")
    rows = [row for article in iter_articles(articles) for row in grade_rows(article, n)]
    return to_table(rows, EXPLAINED)


def grade_rows(article: Article, n: int = 5) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``explain_readability`` for one article; none if it cannot be read."""
    if article.problem:
        return
    # One for one, so that places stay: the smoothed text is plain but for its quotation marks.
    text = straighten(article.smoothed.body)
    sentences = list(_count_sentences(article.smoothed, text))
    if not sentences:
        return
    total = add_up(sentence.counts for sentence in sentences)
    for sentence in sorted(sentences, key=lambda each: -len(each.words))[:n]:
        rest = Counts(*(a - b for a, b in zip(total, sentence.counts, strict=True)))
        blame = _blame(total, rest, "without it")
        what = f"{len(sentence.words)} words, {total.sentence_length:.1f} on average"
        facts = {"kind": "sentence", "value": len(sentence.words), "n_occurrences": 1}
        yield _place(article, sentence.span) | facts | _reasoned(what, blame)
    for word in sorted(_find_hard(text, sentences), key=lambda each: each.weight)[:n]:
        count = len(word.spans)
        rest = total._replace(n_difficult=total.n_difficult - count)
        blame = _blame(total, rest, "with easy words for it")
        what = f"not on the list of easy words, {'once' if count == 1 else f'{count} times'}"
        facts = {"kind": "word", "value": word.syllables, "n_occurrences": count}
        yield _place(article, word.spans[0]) | facts | _reasoned(what, blame)


def _count_sentences(article: Article, text: str) -> Iterator[_Sentence]:
    """Yield the sentences that count: those with a word, and without masks ('@ @ @')."""
    for span in article.whole_sentences:
        words = [Span(span.start + w.start, span.start + w.end) for w in split_words(span.of(text))]
        if words:
            found = [word.of(text)[:LONGEST].lower() for word in words]
            yield _Sentence(span, words, count_words(found, 1))


def _find_hard(text: str, sentences: list[_Sentence]) -> list[_Hard]:
    found: dict[str, _Hard] = {}
    for span in chain.from_iterable(sentence.words for sentence in sentences):
        word = span.of(text)[:LONGEST].lower()
        syllables, _, _, is_difficult, *_ = count_word(word)
        if is_difficult:
            found.setdefault(word, _Hard(syllables)).spans.append(span)
    return list(found.values())


def _blame(total: Counts, rest: Counts, without: str) -> tuple[float, str]:
    """Return the share of the grade that goes with what is left out, and say so."""
    missing = why_missing(total)
    if missing:
        return math.nan, f"no grade: {missing}"
    before, after = grade(total), grade(rest)
    return (before - after) / before, f"grade {before:.2f}, {without} {after:.2f}"


def _reasoned(what: str, blame: tuple[float, str]) -> dict[str, Any]:
    return {"share": blame[0], "reason": f"{what}; {blame[1]}"}


def _place(article: Article, span: Span) -> dict[str, Any]:
    start, end = article.stored("body", span)
    quote = article.body[start:end]
    known = {"article_id": article.article_id, "field": "body"}
    return known | {"start": start, "end": end, "quote": quote}
