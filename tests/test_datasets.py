"""The bundled articles: complete, as documented, and their gold findings point into them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from newsresearch import datasets
from newsresearch.articles import ArticleError, check_articles
from newsresearch.datasets import data_folder, list_datasets, load_dataset, load_gold
from newsresearch.incoherence import FINDING_DTYPES, list_checks


@pytest.fixture(scope="module")
def demo() -> pd.DataFrame:
    return load_dataset("demo")


@pytest.fixture(scope="module")
def gold() -> pd.DataFrame:
    return load_gold("demo")


def test_the_demo_is_a_good_table_with_the_documented_columns(demo: pd.DataFrame) -> None:
    check_articles(demo)
    documented = (load_dataset.__doc__ or "").replace("`", " ").replace(",", " ").split()
    assert set(demo) <= set(documented)
    assert len(demo) == 24
    assert "error" not in demo
    assert demo[["headline", "body"]].map(str.strip).ne("").all(axis=None)
    assert demo[["outlet", "published", "byline", "kind", "topic"]].notna().all(axis=None)


def test_every_article_of_the_demo_can_be_read_again_and_is_the_same(demo: pd.DataFrame) -> None:
    assert_frame_equal(load_dataset("demo"), demo)
    assert_frame_equal(load_dataset(), demo)


def test_gold_findings_quote_the_articles(demo: pd.DataFrame, gold: pd.DataFrame) -> None:
    texts = demo.set_index("article_id")
    for row in gold.itertuples():
        assert texts.loc[row.article_id, row.field][row.start : row.end] == row.quote
        if row.other_field:
            other = texts.loc[row.article_id, row.other_field]
            assert other[row.other_start : row.other_end] == row.other_quote
        else:
            assert (row.other_quote, row.other_start, row.other_end) == ("", pd.NA, pd.NA)


def test_gold_findings_are_findings(demo: pd.DataFrame, gold: pd.DataFrame) -> None:
    dtypes = {name: dtype for name, dtype in FINDING_DTYPES.items() if name != "confidence"}
    assert gold.dtypes.astype(str).to_dict() == dtypes
    assert set(gold["check"]) <= set(list_checks()["check"])
    assert gold["reason"].str.len().gt(10).all()
    planted = demo.loc[demo["kind"] == "planted", "article_id"]
    assert set(gold["article_id"]) == set(planted)


@pytest.mark.parametrize("load", [load_dataset, load_gold])
@pytest.mark.parametrize("name", ["", "Demo", "../demo", "fnc"])
def test_an_unknown_name_is_refused_with_the_known_ones(load: object, name: str) -> None:
    with pytest.raises(ValueError, match=r"no data set .*Choose from: demo"):
        load(name)  # type: ignore[operator]


def test_the_list_names_what_can_be_loaded() -> None:
    listed = list_datasets()
    assert list(listed) == ["name", "description"]
    assert all(len(load_dataset(name)) for name in listed["name"])


def test_missing_data_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (data_folder() / "articles").is_dir()
    data_folder.cache_clear()
    monkeypatch.setattr(datasets, "__file__", str(tmp_path / "package" / "datasets.py"))
    try:
        with pytest.raises(ArticleError, match="Install newsresearch again"):
            data_folder()
    finally:
        data_folder.cache_clear()
