"""The Articles table: what it must be, what an Article knows, how scores are added."""

from __future__ import annotations

from typing import Any

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings

from newsresearch.articles import (
    MAX_CHARACTERS,
    Article,
    ArticleError,
    check_articles,
    has_surrogates,
    hash_articles,
    iter_articles,
)
from newsresearch.text import Span

ENGLISH = "The council met in May and the crew of the ferry was not asked to come to it at all."
GERMAN = (
    "Der Rat hat die neue Fähre am Dienstag gebilligt, doch die Mannschaft wurde dazu leider "
    "überhaupt nicht befragt, sagte der Kapitän nach der Sitzung."
)


def table(*bodies: Any, **columns: list[Any]) -> pd.DataFrame:
    ids = [f"a{at}" for at in range(len(bodies))]
    data = {"article_id": ids, "headline": ["Head"] * len(ids), "body": list(bodies), **columns}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})


# --- the contract ----------------------------------------------------------------------------


def test_a_good_table_comes_back_itself() -> None:
    articles = table("One.", "Two.", outlet=[1, None])
    assert check_articles(articles) is articles


@pytest.mark.parametrize("wrong", [None, [], {"body": ["a"]}, "a.csv", pd.Series(["a"])])
def test_what_is_no_table_is_refused(wrong: Any) -> None:
    with pytest.raises(ArticleError, match=r"must be a table; found \w+\. Use nr.read_articles"):
        check_articles(wrong)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["id", "headline", "body"], r"'article_id'.*found 'id', 'headline', 'body'.*\{'id':"),
        (["article_id", "title", "body"], r"'headline'.*\{'title': 'headline'\}"),
        (["article_id", "headline", "articleBody"], r"\{'articleBody': 'body'\}"),
        (["article_id", "headline", "content"], r"\{'content': 'body'\}"),
        (["article_id", "headline", "x"], r"\{'your column': 'body'\}"),
        ([], "found none"),
        ([], r"the columns 'article_id', 'headline', 'body'; .*\{'your article_id'"),
        (
            ["article_id", "title", "content"],
            r"need the columns 'headline', 'body'; .*\{'title': 'headline', 'content': 'body'\}",
        ),
    ],
)
def test_a_missing_column_is_named_with_the_likely_one(columns: list[str], says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        check_articles(pd.DataFrame(columns=columns))


@pytest.mark.parametrize("column", ["article_id", "headline", "body", "preamble"])
@pytest.mark.parametrize("cell", nasty.CELLS.values(), ids=list(nasty.CELLS))
def test_cells_that_are_no_text_are_refused_by_row(column: str, cell: Any) -> None:
    articles = table("One.", "Two.", preamble=["", ""])
    articles.at[1, column] = cell
    with pytest.raises(ArticleError, match=rf"column '{column}' must hold text; 1 rows.*rows 1"):
        check_articles(articles)


def test_ids_that_are_there_twice_are_refused() -> None:
    with pytest.raises(ArticleError, match="must be unique; found twice: x"):
        check_articles(table("One.", "Two.", article_id=["x", "x"]))


# --- one article -----------------------------------------------------------------------------


def test_an_article_knows_its_spans() -> None:
    article = Article("a", "Head", "“It rained.” He left.\n\nIt stopped.")
    assert [s.of(article.body) for s in article.paragraphs] == [
        "“It rained.” He left.",
        "It stopped.",
    ]
    assert len(article.sentences) == 3
    assert len(article.words) == 6
    assert [(q.start, q.end) for q in article.quotations] == [(0, 12)]
    assert article.field("headline") == "Head"
    with pytest.raises(ArticleError, match="no text field 'outlet'"):
        article.field("outlet")


@pytest.mark.parametrize(
    ("article", "says"),
    [
        (Article("a", "Head", ENGLISH), ""),
        (Article("a", "", "Short."), ""),
        (Article("a", "", ENGLISH, error="mine"), "mine"),
        (Article("a", "Head", " \n\u2028"), "the body is empty"),
        (Article("a", "Head", "a" * (MAX_CHARACTERS + 1)), "are not scored. Split it."),
        (Article("a", "h" * (MAX_CHARACTERS + 1), ENGLISH), "are not scored. Split it."),
        (Article("a", "Head", "It rained.\udfff"), "lone surrogates"),
        (Article("a", "\ud800", ENGLISH), "lone surrogates"),
        (Article("a", "Head", ENGLISH, preamble="\ud800"), "lone surrogates"),
        (Article("a", "Head", "word " * 30), "does not look English"),
        (Article("a", "Head", GERMAN), "does not look English"),
        *((Article("a", "Head", nasty.SHORT[name]), "does not look English")
          for name in ("Arabic", "Chinese", "Russian", "Thai")),
        (Article("a", "Head", "Привет."), "does not look English"),
        (Article("a", "Head", f"{ENGLISH} Городской совет поддержал."), ""),
        (Article("a", "Head", "* * *"), ""),
        (Article("a", "Head", ENGLISH.replace("e", "e\xad").replace(" ", "\u2003")), ""),
    ],
)  # fmt: skip
def test_an_article_says_why_it_cannot_be_scored(article: Article, says: str) -> None:
    assert bool(article.problem) == bool(says)
    assert says in article.problem


@pytest.mark.parametrize("name", ["curly", "straight", "HTML", "emoji family", "far planes"])
def test_odd_signs_do_not_make_a_text_foreign(name: str) -> None:
    assert Article("a", "Head", f"{ENGLISH} {nasty.SHORT[name]}").problem == ""


# --- smoothed --------------------------------------------------------------------------------


def test_a_plain_article_is_its_own_smoothed_one() -> None:
    article = Article("a", "Head", ENGLISH)
    assert article.smoothed is article
    assert article.stored("body", Span(4, 11)) == Span(4, 11)


def test_smoothed_texts_lead_back_to_the_stored_ones() -> None:
    article = Article(
        "a", "The fer\xadry", "Mr\xa0Lee  left. It\u200b rained.", preamble="\ufeffShare"
    )
    smooth = article.smoothed
    assert (smooth.headline, smooth.body) == ("The ferry", "Mr Lee left. It rained.")
    assert smooth.preamble == "Share"
    for sentence, stored in zip(
        smooth.sentences, ["Mr\xa0Lee  left.", "It\u200b rained."], strict=True
    ):
        assert article.stored("body", sentence).of(article.body) == stored
    assert article.stored("headline", Span(4, 9)).of(article.headline) == "fer\xadry"


# --- going through a table -------------------------------------------------------------------


def test_articles_come_in_order_with_what_the_columns_hold() -> None:
    articles = table("One.", "Two.", preamble=["Share", ""], error=["", None], other=[1, 2])
    found = list(iter_articles(articles))
    assert [(a.article_id, a.body, a.preamble, a.error) for a in found] == [
        ("a0", "One.", "Share", ""),
        ("a1", "Two.", "", ""),
    ]


def test_broken_characters_of_ids_and_reasons_are_replaced() -> None:
    (found,) = iter_articles(table("One.", article_id=["a\ud800"], error=["\udfff"]))
    assert (found.article_id, found.error) == ("a\ufffd", "\ufffd")


@pytest.mark.parametrize(("text", "broken"), [("", False), ("a😀", False), ("a\ud83d", True)])
def test_lone_surrogates_are_told_from_emoji(text: str, broken: bool) -> None:
    assert has_surrogates(text) is broken


# --- hash ------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["article_id", "headline", "body", "preamble"])
def test_the_hash_knows_every_text(column: str) -> None:
    articles = table("One.", "Two.", preamble=["", ""])
    changed = articles.copy()
    changed.at[1, column] += " "
    assert hash_articles(articles) != hash_articles(changed)


def test_the_hash_knows_where_a_text_ends_and_the_order() -> None:
    assert hash_articles(table("ab", "c")) != hash_articles(table("a", "bc"))
    assert hash_articles(table("a", "b")) != hash_articles(table("a", "b").iloc[::-1])
    assert hash_articles(table("a")) == hash_articles(table("a", outlet=["x"]))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(text=nasty.ANY_TEXT)
def test_any_text_has_a_hash_and_a_problem_or_none(text: str) -> None:
    assert len(hash_articles(table(text))) == 64
    assert isinstance(Article("a", text, text).problem, str)


# --- masks -----------------------------------------------------------------------------------

MASKED = "It rained. The @ @ @ was late; he said @ @ @ @.\n\nIt was awful. @ @ @ @ @ @ @ it ended."


def test_masked_sentences_are_passed_over_in_scoring() -> None:
    article = Article("a", "Ferry late", MASKED)
    assert article.unmasked.body.split() == ["It", "rained.", "It", "was", "awful."]
    assert "\n\n" in article.unmasked.body
    assert Article("a", "Ferry late", "Write to @ or @lee.").unmasked.body == "Write to @ or @lee."
