"""Columns under other names: found, told, overruled, refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.articles import ArticleError
from newsresearch.columns import KNOWN_NAMES, map_columns


@pytest.mark.parametrize(
    ("found", "renamed"),
    [
        (["headline", "body"], {}),
        (["title", "text"], {"title": "headline", "text": "body"}),
        (["hed", "articleBody"], {"hed": "headline", "articleBody": "body"}),
        (["Title", "Full Text"], {"Title": "headline", "Full Text": "body"}),
        (["TITLE", "main_text"], {"TITLE": "headline", "main_text": "body"}),
        (
            ["id", "date", "source", "title", "content", "author", "url"],
            {
                "id": "article_id", "title": "headline", "content": "body", "date": "published",
                "source": "outlet", "author": "byline",
            },
        ),
        (["title", "text", "pub_date", "domain"], {
            "title": "headline", "text": "body", "pub_date": "published", "domain": "outlet",
        }),
    ],
)  # fmt: skip
def test_well_known_names_are_found(found: list[str], renamed: dict[str, str]) -> None:
    assert map_columns(found, {}) == (renamed, renamed)


def test_our_own_name_wins_and_the_other_stays_what_it_is() -> None:
    assert map_columns(["headline", "title", "body", "text"], {})[0] == {}


def test_the_likelier_of_two_names_is_taken() -> None:
    assert map_columns(["title", "text", "articleBody"], {})[0] == {
        "title": "headline", "articleBody": "body",
    }  # fmt: skip


def test_what_is_asked_for_wins_over_every_guess() -> None:
    renamed, guessed = map_columns(["title", "lead", "text"], {"lead": "body"})
    assert renamed == {"lead": "body", "title": "headline"}
    assert guessed == {"title": "headline"}


def test_a_column_that_was_named_is_not_guessed_again() -> None:
    renamed, _ = map_columns(["title", "kicker", "text"], {"title": "label", "kicker": "headline"})
    assert renamed == {"title": "label", "kicker": "headline", "text": "body"}


@pytest.mark.parametrize(
    ("found", "asked", "says"),
    [
        (["name", "words"], {}, "need a 'body' column; found 'name', 'words'"),
        (["title", "lead"], {}, "need a 'body' column; found 'title', 'lead'"),
        (["title", "published", "rawText"], {}, "columns={'rawText': 'body'}"),
        (["title", "published", "lead"], {}, "columns={'your column': 'body'}"),
        ([], {}, "found none"),
        ([f"c{at}" for at in range(99)], {}, "'c11' and 87 more"),
        (["title", "copy"], {"body": "copy"}, "Write their name first: columns={'copy': 'body'}."),
        (["title", "text"], {"titel": "headline"}, "no column 'titel' to rename; found title, te"),
        (["headline", "body", "x"], {"x": "body"}, "column 'body' is there twice"),
        (["headline", "body", "body"], {}, "column 'body' is there twice"),
    ],
)
def test_what_cannot_be_mapped_is_refused(
    found: list[str], asked: dict[str, str], says: str
) -> None:
    with pytest.raises(ArticleError, match=says):
        map_columns(found, asked)


def test_no_known_name_stands_for_two_columns() -> None:
    names = [name for known in KNOWN_NAMES.values() for name in known]
    assert len(names) == len(set(names))
    assert all(name == name.lower() and name.isalnum() for name in names)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["x", "y", *sum(KNOWN_NAMES.values(), ())]), unique=True))
def test_no_column_is_lost_or_doubled(found: list[str]) -> None:
    try:
        renamed, guessed = map_columns(found, {})
    except ArticleError:
        return
    ours = [renamed.get(name, name) for name in found]
    assert len(set(ours)) == len(found)
    assert renamed == guessed
    assert set(guessed.values()) <= set(KNOWN_NAMES)
