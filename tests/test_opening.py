"""Bundled articles are opened one by one as they stand in the tables of load_dataset."""

from __future__ import annotations

import pytest

import newsresearch as nr
from newsresearch.articles import iter_articles


@pytest.mark.parametrize("name", ["demo", "tellings"])
def test_an_article_is_the_row_of_its_table(name: str) -> None:
    table = nr.load_dataset(name)
    assert [nr.open_article(a.article_id) for a in iter_articles(table)] == list(
        iter_articles(table)
    )


def test_a_text_above_the_headline_stays_there() -> None:
    table = nr.load_dataset("demo").set_index("article_id")
    above = table.index[table["preamble"] != ""]
    assert len(above) > 1
    for article_id in above:
        assert nr.open_article(article_id).preamble == table.loc[article_id, "preamble"]


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("01-harbor-bridge", "'01-harbour-bridge'"),
        ("Harbour Bridge", "'01-harbour-bridge'"),
        ("phone-pouches", "'06-phone-pouches-courier', '06-phone-pouches-hearth'"),
        ("24-port-salow-truce", "'24-port-sallow-truce'"),
    ],
)
def test_an_unknown_id_names_those_near_to_it(asked: str, near: str) -> None:
    with pytest.raises(nr.ArticleError, match="no bundled article") as caught:
        nr.open_article(asked)
    assert f"Near to it: {near}" in str(caught.value)


@pytest.mark.parametrize("asked", ["", "?", None, "../articles.csv", ["wrong"]])
def test_nothing_near_lists_all(asked: object) -> None:
    with pytest.raises(nr.ArticleError) as caught:
        nr.open_article(asked)  # type: ignore[arg-type]
    told = str(caught.value)
    assert "24-port-sallow-truce" in told and "01-van-charge-courier" in told
