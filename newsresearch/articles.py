"""The Articles table: the one contract that everything else hangs on.

Reading files into such a table is in ``reading``; here is what the table must be.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain, islice

from newsresearch.lexicons import load_words
from newsresearch.plain import Smooth, find_masks, smooth
from newsresearch.quotations import Quotation, find_quotations
from newsresearch.tables import pd
from newsresearch.text import Span, locate, split_paragraphs, split_sentences, split_words

__all__ = [
    "FIELDS",
    "MAX_CHARACTERS",
    "REQUIRED",
    "Article",
    "ArticleError",
    "check_articles",
    "has_surrogates",
    "hash_articles",
    "iter_articles",
    "missing_message",
    "name_columns",
]

REQUIRED = ("article_id", "headline", "body")
# The texts that a finding may point into; `preamble` is what stood above the headline.
FIELDS = ("preamble", "headline", "body")
# A news article of a megabyte is a mistake of the scraper; engines would take minutes.
MAX_CHARACTERS = 1_048_576
# English news holds 35 to 50 % function words; other languages share a few ('in', 'was').
_LEAST_ENGLISH = 0.15
_FEWEST_TO_JUDGE = 20
_FOREIGN = re.compile("[^\x00-\u024f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def has_surrogates(text: str) -> bool:
    """Tell whether a text holds lone surrogates, which no text column or file can hold."""
    try:
        text.encode()  # a tenth of the time of a search
    except UnicodeEncodeError:
        return True
    return False


class ArticleError(ValueError):
    """Articles that cannot be read or used: says what is wrong, what was found, what to do."""


@dataclass(frozen=True)
class Article:
    """One article of the table, with its spans computed once and kept."""

    article_id: str
    headline: str
    body: str
    preamble: str = ""
    error: str = ""

    def field(self, name: str) -> str:
        """Return the text of a field that findings point into."""
        if name not in FIELDS:
            raise ArticleError(f"no text field {name!r} in an article. Use one of {FIELDS}.")
        return str(getattr(self, name))

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Paragraphs of the body."""
        return split_paragraphs(self.body)

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences of the body."""
        return split_sentences(self.body, self.paragraphs)

    @cached_property
    def chunks(self) -> list[list[str]]:
        """What stands between the blanks of the body, sentence by sentence."""
        body = self.body
        return [body[start:end].split() for start, end in self.sentences]

    @cached_property
    def words(self) -> list[Span]:
        """Words of the body."""
        return split_words(self.body)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the body, as they stand there."""
        body = self.body
        return frozenset(body[start:end] for start, end in self.words)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Quotations of the body, the unpaired marks among them."""
        return find_quotations(self.body, self.paragraphs)

    @cached_property
    def _smooth(self) -> dict[str, Smooth]:
        return {name: smooth(self.field(name)) for name in FIELDS}

    @property
    def smoothed(self) -> Article:
        """The article without what hides words from rules, such as soft hyphens; see plain."""
        return self._smoothed or self

    @cached_property
    def _smoothed(self) -> Article | None:
        # None for itself: an article that holds itself is a cycle, and lives on when it is done.
        texts = {name: found.text for name, found in self._smooth.items()}
        if all(text == self.field(name) for name, text in texts.items()):
            return None
        return replace(self, **texts)

    @property
    def unmasked(self) -> Article:
        """The article without the sentences that masks ('@ @ @') cut into, for scoring."""
        return self._unmasked or self

    @cached_property
    def _unmasked(self) -> Article | None:
        kept = self.whole_sentences
        if len(kept) == len(self.sentences):
            return None
        whole = set(kept)
        cut = [span for span in self.sentences if span not in whole]
        ends, starts = [0, *(s.end for s in cut)], [*(s.start for s in cut), len(self.body)]
        pieces = [self.body[end:start] for end, start in zip(ends, starts, strict=True)]
        return replace(self, body="".join(pieces))

    @cached_property
    def whole_sentences(self) -> list[Span]:
        """Sentences of the body that no mask ('@ @ @') cuts into: those that are scored."""
        masks = find_masks(self.body)
        if not masks:
            return self.sentences
        first = (bisect_right(masks, s.start, key=lambda mask: mask[1]) for s in self.sentences)
        return [
            span
            for span, at in zip(self.sentences, first, strict=True)
            if at == len(masks) or masks[at][0] >= span.end
        ]

    def is_quoted(self, at: int) -> bool:
        """Tell whether a place in the body is inside a quotation: the speaker's words, not ours."""
        index = locate(self.quotations, at)
        return index >= 0 and self.quotations[index].closed

    def stored(self, field: str, span: Span) -> Span:
        """Return where a span of the smoothed article stands in this one."""
        return Span(*self._smooth[field].stored(*span))

    @cached_property
    def problem(self) -> str:
        """Why the article cannot be scored; empty where it can."""
        if self.error:
            return self.error
        if not self.body.strip():
            return "the body is empty"
        length = max(len(self.body), len(self.headline))
        if length > MAX_CHARACTERS:
            return f"{length:,} characters; more than {MAX_CHARACTERS:,} are not scored. Split it."
        if any(has_surrogates(self.field(name)) for name in FIELDS):
            return "broken characters (lone surrogates). Pass the table through nr.read_articles()."
        if not self.smoothed.body.strip():  # invisible characters only
            return "the body is empty"
        if not self.smoothed._is_english:
            return "the body does not look English; the word lists and formulas are for English"
        return ""

    @cached_property
    def _is_english(self) -> bool:
        """Judge by script and share of English function words; short texts get the benefit."""
        beginning = self.body[:5000]
        foreign = 0 if beginning.isascii() else sum(map(str.isalpha, _FOREIGN.findall(beginning)))
        if foreign and 2 * foreign > sum(map(str.isalpha, beginning)):
            return False
        words = list(islice(chain.from_iterable(self.chunks), 500))
        known = sum(map(_function_words().__contains__, words))
        return len(words) < _FEWEST_TO_JUDGE or known >= _LEAST_ENGLISH * len(words)


@cache
def _function_words() -> frozenset[str]:
    """Return the function words as they stand in a text, but for marks at their ends."""
    words = load_words("stopwords")
    words |= {word.replace("'", "’") for word in words}
    return words | {word.capitalize() for word in words} | {word.upper() for word in words}


def check_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the table unchanged if it keeps the contract; say what is wrong if not.

    Raises
    ------
    ArticleError
        If it is no table, lacks a required column, holds anything but text in one, or names
        two articles alike.
    """
    if not isinstance(articles, pd.DataFrame):
        raise ArticleError(
            f"articles must be a table; found {type(articles).__name__}. Use nr.read_articles()."
        )
    missing = [name for name in REQUIRED if name not in articles.columns]
    if missing:
        raise ArticleError(missing_message(missing, list(map(str, articles.columns))))
    for name in (*REQUIRED, *(field for field in FIELDS[:1] if field in articles.columns)):
        wrong = [not isinstance(value, str) for value in articles[name].tolist()]
        if any(wrong):
            rows = ", ".join(str(i) for i, bad in enumerate(wrong) if bad)[:40]
            raise ArticleError(
                f"column {name!r} must hold text; {sum(wrong)} rows do not (rows {rows}). "
                "Pass the table through nr.read_articles()."
            )
    ids = articles["article_id"]
    if ids.duplicated().any():
        twice = ", ".join(sorted(set(ids[ids.duplicated()]))[:3])
        raise ArticleError(
            f"article_id must be unique; found twice: {twice}. "
            "Pass the table through nr.read_articles()."
        )
    return articles


# Names that other sources give these columns, tried in order for the hint in the error.
_OTHER_NAMES = {
    "article_id": ("id", "uuid", "url"),
    "headline": ("title", "hed", "head"),
    "body": ("body", "text", "content", "article", "story"),
}


def name_columns(names: Sequence[str]) -> str:
    """Name columns in an error: "a 'body' column", "the columns 'headline', 'body'"."""
    listed = ", ".join(map(repr, names))
    return f"a {listed} column" if len(names) == 1 else f"the columns {listed}"


def missing_message(missing: Sequence[str], found: Sequence[str], free: Sequence[str] = ()) -> str:
    """Say which columns are missing, what was found instead, and what to pass.

    The advice names for each one of the columns that are `free` to be taken for it.
    """
    others = [name for name in free or found if name not in (*REQUIRED, *FIELDS)]
    words = {name: re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", name) for name in others}
    guesses = {
        ours: next(
            (
                name[:40]
                for hint in _OTHER_NAMES[ours]
                for name in others
                if hint in (word.lower() for word in words[name])
            ),
            "your column" if len(missing) == 1 else f"your {ours}",
        )
        for ours in missing
    }
    listed = [repr(name[:40]) for name in found[:12]] or ["none"]
    more = f" and {len(found) - 12} more" if len(found) > 12 else ""
    pairs = ", ".join(f"{theirs!r}: {ours!r}" for ours, theirs in guesses.items())
    return (
        f"articles need {name_columns(missing)}; found {', '.join(listed)}{more}. "
        f"Pass columns={{{pairs}}} to nr.read_articles()."
    )


def iter_articles(articles: pd.DataFrame) -> Iterator[Article]:
    """Yield each row of a checked table as an Article, in order."""
    check_articles(articles)
    names = [name for name in (*REQUIRED, "preamble", "error") if name in articles.columns]
    for values in zip(*(articles[name].tolist() for name in names), strict=True):
        row = dict(zip(names, values, strict=True))
        error = row.pop("error", "")
        error = error if isinstance(error, str) else ""
        # Ids and reasons go into tables of findings, which hold no broken characters.
        article_id, error = (_SURROGATE.sub("\ufffd", s) for s in (row.pop("article_id"), error))
        yield Article(article_id, **row, error=error)


def hash_articles(articles: pd.DataFrame) -> str:
    """Return the SHA-256 of the ids and texts of a table: what a figure was drawn from."""
    digest = hashlib.sha256()
    for article in iter_articles(articles):
        for text in (article.article_id, article.preamble, article.headline, article.body):
            raw = text.encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()
