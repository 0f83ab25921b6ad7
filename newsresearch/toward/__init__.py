"""Tone toward a person: of the words about somebody, not of the whole sentence.

A small model, trained on sentences that people labelled, weighs words by place and role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Literal

from newsresearch.articles import Article, iter_articles
from newsresearch.tables import pd, to_table
from newsresearch.text import Span
from newsresearch.toward.model import LABELS, Verdict, judge
from newsresearch.toward.people import Named, find_named
from newsresearch.toward.summing import sum_people
from newsresearch.toward.voices import voice_at

__all__ = ["LABELS", "NARRATION", "TOWARD_DTYPES", "UNKNOWN", "tone_toward"]

TOWARD_DTYPES = {
    "article_id": "str", "field": "str", "start": "int64", "end": "int64", "quote": "str",
    "name": "str", "tone": "float64", "p_negative": "float64", "p_neutral": "float64",
    "p_positive": "float64", "label": "str", "sentence_start": "int64", "sentence_end": "int64",
    "said_by": "str", "reason": "str",
}  # fmt: skip
NARRATION, UNKNOWN = "narration", "not told"


def tone_toward(
    articles: pd.DataFrame,
    names: Sequence[str] | None = None,
    *,
    per: Literal["mention", "person"] = "mention",
) -> pd.DataFrame:
    """Judge the tone toward each person at each mention: negative, neutral or positive.

    Sees the words of the mention's sentence: on which side, how far, who does what to whom, what
    is denied, who is named between. Cannot see irony, what only knowledge of the world tells,
    what other sentences say, and 'he' and 'she': a mention is a name. It is right for two
    mentions in three, and is no verdict on the person or the writer.

    Parameters
    ----------
    articles : DataFrame
        An Articles table.
    names : sequence of str, optional
        Whom to look for, people or not, by full name or surname as written: 'Ann Lee' is also
        found as 'Lee'; where two have a surname, 'Lee' is who was last named in full. By default
        the people that the body names; a firm, a place or a word that begins a sentence ('Talks')
        is at times taken for one: look at `name`.
    per : {"mention", "person"}, default "mention"
        One row a mention, or a summary for each person in each article.

    Returns
    -------
    DataFrame
        Long, in order of the text: `article_id, field` (headline or body), `start, end, quote`
        (the mention), `name` (its fullest form), `tone` (-1 to 1, p_positive - p_negative;
        higher = kinder), `p_negative, p_neutral, p_positive` (0 to 1, sum 1), `label` (the
        likeliest), `sentence_start, sentence_end`, `said_by` (whose words: 'narration', a
        speaker, or 'not told'; empty in headlines) and `reason` (the words that spoke most for
        the label). Per person: `article_id, name, n_mentions, n_negative, n_neutral, n_positive,
        tone` (mean), `narration_tone, quoted_tone` (means of the writer's and of others' words;
        missing if there are none) and `n_quoted`. An article that cannot be read has no rows.

    Raises
    ------
    ArticleError
        If the table breaks the contract of an Articles table.
    ValueError
        If `names` is not a list of names, or `per` is not known.

    References
    ----------
    Trained on NewsMTSC: Hamborg & Donnay (2021), EACL.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a"], "headline": [""],
    ...     "body": ["Mayor Ann Lee slammed Bob Roe on Monday."]})
    >>> tone_toward(table)[["name", "label", "said_by"]].values.tolist()
    [['Ann Lee', 'neutral', 'narration'], ['Bob Roe', 'negative', 'narration']]
    >>> tone_toward(table).loc[1, "reason"]
    '‘slammed’'
    """
    wanted = _check_names(names)
    if per not in ("mention", "person"):
        raise ValueError(f"per={per!r} is not known. Pass 'mention' or 'person'.")
    rows = [row for article in iter_articles(articles) for row in _rows(article, wanted)]
    table = to_table(rows, TOWARD_DTYPES)
    return table if per == "mention" else sum_people(table, NARRATION)


def _check_names(names: Sequence[str] | None) -> list[str] | None:
    if names is None:
        return None
    if isinstance(names, str):
        raise ValueError(f"names must be a list; found the text {names!r}. Pass [{names!r}].")
    if isinstance(names, Mapping | Set) or not isinstance(names, Iterable):
        raise ValueError(f"names must be a list; found {names!r}. Pass names such as ['Ann Lee'].")
    listed: list[Any] = list(names)
    for name in listed:
        if not isinstance(name, str) or not any(map(str.isalnum, name)):
            raise ValueError(f"a name must be text; found {name!r}. Pass names such as 'Ann Lee'.")
    return listed


def _rows(article: Article, names: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    if article.problem:
        return
    smoothed = article.smoothed
    for named in find_named(smoothed, names):
        text, start = named.window.of(smoothed.field(named.field)), named.window.start
        verdict = judge(text, Span(named.span.start - start, named.span.end - start))
        yield _row(article, named, verdict, _find_speaker(smoothed, named, verdict))


def _row(article: Article, named: Named, verdict: Verdict, speaker: str) -> dict[str, Any]:
    span = article.stored(named.field, named.span)
    sentence = article.stored(named.field, named.sentence)
    text, start = article.smoothed.field(named.field), named.window.start
    words = [text[start + one.start : start + one.end] for one, _ in verdict.words]
    negative, neutral, positive = verdict.shares.tolist()
    return {
        "article_id": article.article_id, "field": named.field,
        "start": span.start, "end": span.end, "quote": span.of(article.field(named.field)),
        "name": named.name, "tone": positive - negative, "p_negative": negative,
        "p_neutral": neutral, "p_positive": positive, "label": verdict.label,
        "sentence_start": sentence.start, "sentence_end": sentence.end, "said_by": speaker,
        "reason": ", ".join(f"‘{word}’" for word in words) or "no word that tells much",
    }  # fmt: skip


def _find_speaker(article: Article, named: Named, verdict: Verdict) -> str:
    """Return whose words they are: of the word that decides, or of the mention."""
    if named.field != "body":
        return ""
    deciding = [named.window.start + one.start for one, _ in verdict.words[:1]]
    for place in (*deciding, named.span.start):
        voice = voice_at(article, place)
        if voice is not None:
            return voice.speaker.name if voice.speaker else UNKNOWN
    return NARRATION
