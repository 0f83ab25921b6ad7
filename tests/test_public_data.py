"""Floors on public data: a change that costs accuracy on real news does not pass unseen.

Numbers and ids only; skipped with a reason where the data are not there.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.plain import plain_text
from newsresearch.sentiment import plain_engine, tone
from newsresearch.support import weigh_headline

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
pytestmark = pytest.mark.dataset


def load_benchmark(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCHMARKS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def need(folder: Path, name: str) -> Path:
    if not (folder / name).is_file():
        pytest.skip(f"{name} is not in NEWSRESEARCH_DATA")
    return folder / name


@pytest.fixture(scope="module")
def fnc_cache() -> dict[str, pd.DataFrame]:
    return {}


@pytest.fixture
def fnc(public_data: Path, fnc_cache: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return 300 pairs of FNC-1's training part, half of them related."""
    if "pairs" not in fnc_cache:
        bodies = pd.read_csv(need(public_data, "fnc-1/train_bodies.csv.gz"))
        stances = pd.read_csv(need(public_data, "fnc-1/train_stances.csv.gz")).drop_duplicates()
        related = stances["Stance"] != "unrelated"
        half = [stances[part].sample(150, random_state=5) for part in (related, ~related)]
        fnc_cache["pairs"] = pd.concat(half).merge(bodies, on="Body ID")
    return fnc_cache["pairs"]


def test_sentences_keep_their_f1(public_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = load_benchmark("sentences", monkeypatch)
    basil = bench.read_basil(need(public_data, "basil/articles.jsonl.gz"))
    hits = found = gold = 0
    for paragraph in bench.load_paragraphs(basil):
        ours = {span.start for span in nr.split_sentences(paragraph.text)} - {0}
        hits += len(ours & paragraph.gold)
        found, gold = found + len(ours), gold + len(paragraph.gold)
    assert 2 * hits / (found + gold) >= 0.995


def test_related_pairs_stand_out(fnc: pd.DataFrame) -> None:
    weighed = [
        weigh_headline(Article("", row.Headline, row.articleBody)) for row in fnc.itertuples()
    ]
    scores = pd.Series(
        [w.coverage + (w.supporting.coverage if w.supporting else 0) for w in weighed]
    )
    related = (fnc["Stance"] != "unrelated").to_numpy()
    ranks = scores.rank().to_numpy()
    n = int(related.sum())
    assert (ranks[related].sum() - n * (n + 1) / 2) / n / (len(ranks) - n) >= 0.975


def test_tone_is_vaders_on_real_sentences(fnc: pd.DataFrame) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores
    for body in fnc["articleBody"].drop_duplicates().head(60):
        for span in nr.split_sentences(body):
            ours = tone(span.of(body), plain_engine())
            assert np.isnan(ours) or ours == score(plain_text(span.of(body)))["compound"]


def test_real_articles_lose_nothing_and_quotes_are_true(fnc: pd.DataFrame) -> None:
    table = fnc.iloc[::2].rename(columns={"Headline": "headline", "articleBody": "body"})
    articles = nr.read_articles(table[["headline", "body"]])
    scores, findings = nr.score_all(articles), nr.find_incoherence(articles)
    assert len(scores) == len(articles)
    assert not scores["error"].str.contains("scoring failed").any()
    assert not findings["reason"].str.contains(" failed: ").any()
    texts = articles.set_index("article_id")
    for row in findings.itertuples():
        assert texts.loc[row.article_id, row.field][row.start : row.end] == row.quote
    assert 1000 * len(findings) / scores["n_words"].sum() < 6  # alarms on related and random pairs


def test_removed_furniture_can_be_put_back(fnc: pd.DataFrame) -> None:
    table = fnc.rename(columns={"Headline": "headline", "articleBody": "body"})
    articles = nr.read_articles(table[["headline", "body"]])
    cleaned, receipts = nr.strip_furniture(articles)
    raw = articles.set_index("article_id")["body"]
    for article_id, body in cleaned.set_index("article_id")["body"].items():
        for row in receipts[receipts["article_id"] == article_id].itertuples():
            body = body[: row.start] + row.quote + body[row.start :]
        assert body == raw[article_id]
