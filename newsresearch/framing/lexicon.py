"""A user's own word lists: read, found in articles, and how much of these they cover."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from newsresearch.articles import Article, iter_articles
from newsresearch.batches import add_columns, one_by_one
from newsresearch.framing.codebook import FEWEST_WORDS
from newsresearch.framing.lexicon_files import LexiconRow, read_rows
from newsresearch.framing.matching import LONGEST_ENTRY, Match, Matcher, split_entry
from newsresearch.framing.narration import count_narration, quoted
from newsresearch.tables import pd, to_table
from newsresearch.text import split_words

__all__ = ["Lexicon", "read_lexicon", "score_lexicon"]

_MOST_CATEGORIES = 500
_LONGEST_WORD = 100  # letters; each ending of a long one would be looked up in every long word
_COVERAGE_DTYPES = {
    "category": "str", "n_entries": "int64", "n_found": "int64", "found_share": "float64",
    "n_uses": "int64", "token_share": "float64",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Entries by category, each with a weight (1 in plain lists).

    ``kind`` is the format it was read from; ``left_out`` lists entries that can never be found
    (no word in them, more than ten words, a word of more than a hundred letters, a '*' that is
    not at the end of a word).
    """

    name: str
    weights: Mapping[str, Mapping[str, float]]
    kind: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def matcher(self) -> Matcher:
        """The engine that finds the entries."""
        return Matcher(self.weights)

    def __repr__(self) -> str:
        """Say what it holds in one line."""
        n = len({entry for entries in self.weights.values() for entry in entries})
        out = f", {len(self.left_out):,} left out" if self.left_out else ""
        return (
            f"Lexicon({self.name!r}, {self.kind}: {len(self.weights):,} categories, "
            f"{n:,} entries{out})"
        )

    def coverage(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Tell how much of it is met in headlines and bodies, and how much of these it covers.

        One row a category: `category`, `n_entries`, `n_found` (entries met at least once),
        `found_share`, `n_uses`, `token_share` (of all words; categories share words, so the
        shares do not add up). Covering many words is no sign of validity. For a list of tone,
        word by word, see ``lexicon_coverage``.
        """
        uses: dict[str, Counter[str]] = {category: Counter() for category in self.weights}
        tokens, n_words = Counter[str](), 0
        for article in iter_articles(articles):
            if article.problem:
                continue
            for text in (article.smoothed.headline, article.smoothed.body):
                found, n = _count_tokens(self.matcher, text)
                n_words += n
                for match, length in found:
                    uses[match.category][match.entry] += 1
                    tokens[match.category] += length
        rows = [
            {
                "category": category, "n_entries": len(entries), "n_found": len(uses[category]),
                "found_share": len(uses[category]) / len(entries),
                "n_uses": uses[category].total(), "token_share": tokens[category] / max(1, n_words),
            }
            for category, entries in self.weights.items()
        ]  # fmt: skip
        return to_table(rows, _COVERAGE_DTYPES)


def _count_tokens(matcher: Matcher, text: str) -> tuple[list[tuple[Match, int]], int]:
    words = split_words(text)
    found = matcher.find(text, words)
    return [(match, len(split_words(text[match.start : match.end]))) for match in found], len(words)


def read_lexicon(path: str | Path) -> Lexicon:
    """Read a word list of others, to be counted with ``score_lexicon``.

    Reads LIWC `.dic` files (Moral Foundations), tables of word, category and 0 or 1 or a weight
    (NRC), Loughran-McDonald's CSV (a year from 1 is yes), eMFD's CSV (the `_p` columns as weights),
    MPQA clues (type and polarity; neither parts of speech nor stems), CSV or TSV of word and
    category or with a column a category, and one word a line; gzip too. Licences of lists stay
    their makers': none is part of this package.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Lexicon
        Shows its format, categories and entries; ``.weights`` maps category to entry to weight,
        ``.left_out`` lists entries that cannot be found, ``.coverage(articles)`` tells what of
        it is met in articles.

    Raises
    ------
    ValueError
        If the file is no such list: names the line and what is wrong.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "care.dic"
    >>> _ = file.write_text("%\\n1\\tcare\\n%\\nprotect*\\t1\\n:-)\\t1\\n")
    >>> read_lexicon(file)
    Lexicon('care', LIWC .dic: 1 categories, 1 entries, 1 left out)
    """
    kind, rows = read_rows(path)
    return _collect(Path(path).name.split(".")[0], kind, rows)


def _collect(name: str, kind: str, rows: Iterable[LexiconRow]) -> Lexicon:
    weights: dict[str, dict[str, float]] = {}
    left_out: dict[str, None] = {}
    for category, entry, weight in rows:
        key = _key(entry)
        if key:
            weights.setdefault(category, {})[key] = weight
        else:
            left_out[entry] = None
    if not weights:
        raise ValueError(f"{name!r} holds no word that could be found. Pass a list of words.")
    if len(weights) > _MOST_CATEGORIES:
        raise ValueError(
            f"{name!r} has {len(weights):,} categories; more than {_MOST_CATEGORIES} are not read. "
            "Is the column of categories one of words?"
        )
    return Lexicon(name, weights, kind, tuple(left_out))


def _key(entry: str) -> str:
    """Return an entry as the engine finds it; '' where it never can be."""
    tokens = split_entry(entry)
    stars = entry.count("*")
    kept = sum(token.endswith("*") for token in tokens)
    is_short = 0 < len(tokens) <= LONGEST_ENTRY and max(map(len, tokens)) <= _LONGEST_WORD
    return " ".join(tokens) if is_short and stars == kept else ""


def score_lexicon(
    articles: pd.DataFrame,
    lexicon: Lexicon | Mapping[str, Iterable[str]],
    *,
    quotations: bool = False,
) -> pd.DataFrame:
    """Add how often the words of each category of a lexicon stand in the bodies.

    Sees entries, longest first, in any capitals; no negation ('not good' counts 'good'), no
    sense of a word. What is in closed quotation marks is not counted unless asked for.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles table.
    lexicon : Lexicon or mapping of category to words
        From ``read_lexicon``, or your own: ``{"war": ["attack*", "air strike"]}``.
    quotations : bool
        Count quoted words as well.

    Returns
    -------
    pandas.DataFrame
        A new table, same rows and index, with ``<category>_share`` for each category (sum of
        weights per word, times 100: per 100 words; 0 to 1 where weights are 1; higher = more),
        missing below 50 words; n_lexicon_words (words that are part of an entry), covered_share
        (their share of the words that were read, 0 to 1) and error. Columns of these names
        that were there, such as hedge_share of ``score_framing``, are replaced.

    Raises
    ------
    ArticleError
        If the table breaks the Articles contract.
    ValueError
        If the lexicon is empty, or two categories make one column.

    Examples
    --------
    >>> one = {"article_id": ["a"], "headline": [""], "body": ["They attacked us again. " * 20]}
    >>> scored = score_lexicon(pd.DataFrame(one), {"war": ["attack*", "air strike"]})
    >>> scored[["war_share", "n_lexicon_words", "covered_share"]].values.tolist()
    [[0.25, 20, 0.25]]
    """
    known = lexicon if isinstance(lexicon, Lexicon) else _own(lexicon)
    columns = _columns(known)
    dtypes = {
        **dict.fromkeys(columns.values(), "float64"),
        "n_lexicon_words": "Int64", "covered_share": "float64",
    }  # fmt: skip
    score = partial(_score, lexicon=known, columns=columns, quotations=bool(quotations))
    # Two lexicons after one another share columns; which they were, only their user knows.
    return add_columns(articles, one_by_one(score, dtypes), careful=False)


def _own(lists: Mapping[str, Iterable[str]]) -> Lexicon:
    if not isinstance(lists, Mapping):
        raise ValueError(
            f"a lexicon must be read_lexicon(path) or a mapping of category to words; found "
            f"{type(lists).__name__}. Pass {{'war': ['attack*']}}."
        )
    rows: list[LexiconRow] = []
    for category, words in lists.items():
        own = list(words) if isinstance(words, Iterable) and not isinstance(words, str) else [words]
        if isinstance(words, str) or not all(isinstance(word, str) for word in own):
            raise ValueError(f"the words of {category!r} must be a list of texts.")
        rows += [(str(category), word, 1.0) for word in own]
    return _collect("own", "own words", rows)


def _columns(lexicon: Lexicon) -> dict[str, str]:
    """Return the column of each category: 'care.virtue' is 'care_virtue_share'."""
    columns: dict[str, str] = {}
    for category in lexicon.weights:
        name = re.sub(r"\W+", "_", category.lower()).strip("_") or "list"
        name = f"list_{name}" if not name.isidentifier() else name  # "2", "1st"
        column = f"{name}_share" if name != "covered" else "covered_category_share"
        if column in columns.values():
            raise ValueError(f"two categories would be column {column!r}. Rename one.")
        columns[category] = column
    return columns


def _score(
    article: Article, lexicon: Lexicon, columns: Mapping[str, str], quotations: bool
) -> dict[str, Any]:
    """Return the row of one article that can be read."""
    n_words = len(article.words) if quotations else count_narration(article)
    found = lexicon.matcher.find(article.body, article.words, article.sentences)
    if not quotations:
        is_in = quoted(article, [match.start for match in found])
        found = [match for match, is_said in zip(found, is_in, strict=True) if not is_said]
    n_covered = _count_covered(article, found)
    row: dict[str, Any] = {"n_lexicon_words": n_covered}
    if n_words < FEWEST_WORDS:
        return row
    sums = dict.fromkeys(columns, 0.0)
    for match in found:
        sums[match.category] += lexicon.weights[match.category][match.entry]
    return {
        **row, "covered_share": n_covered / n_words,
        **{columns[category]: total / n_words for category, total in sums.items()},
    }  # fmt: skip


def _count_covered(article: Article, found: Iterable[Match]) -> int:
    """Count the words that are part of any match, each once."""
    n, at, words = 0, 0, article.words
    for match in found:
        while at < len(words) and words[at].start < match.end:
            n += words[at].start >= match.start
            at += 1
    return n
