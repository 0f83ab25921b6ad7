"""The heat line: who marked which words, told apart in grey, whatever readers are called."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from newsresearch.articles import Article, ArticleError
from newsresearch.figures import find_drawn, plot_answers, render
from newsresearch.figures.answers import answers_heat
from newsresearch.heat import THE_TOOL, empty_row

RAIN = Article("a", "Rain falls", "It rained all day.\n\nThe bridge closed.")


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def mark(words: str, reader: str, **cells: Any) -> dict[str, Any]:
    start = RAIN.body.index(words)
    place = {"field": "body", "start": start, "end": start + len(words), "quote": words}
    return empty_row(**{"reader": reader, "article_id": "a", **place, **cells})


ROWS = [
    mark("rained all", "r1"),
    mark("The bridge", "r1"),
    mark("rained", "r2"),
    empty_row(reader="r3", article_id="a"),
    mark("closed", THE_TOOL),
    mark("day", "r1", problem="wrong"),
    empty_row(reader="r2", article_id="a", item="1", answer="yes"),
]


def runs(table: pd.DataFrame, row: str) -> list[list[object]]:
    return table.loc[table["row"] == row, ["first_word", "last_word", "share"]].values.tolist()


def test_the_table_behind_it() -> None:
    table = answers_heat(ROWS, RAIN)
    assert runs(table, "r1") == [[3, 4, 1], [6, 7, 1]]
    assert runs(table, "r3") == [[0, -1, 0]]
    assert runs(table, THE_TOOL) == [[8, 8, 1]]
    shares = {first: round(share, 2) for first, _, share in runs(table, "share")}
    assert shares == {0: 0, 3: 0.67, 4: 0.33, 5: 0, 6: 0.33, 8: 0}  # the tool is not counted
    assert runs(table, "H") == [[0, 1, 0]] and runs(table, "¶2") == [[6, 8, 0]]
    assert "rained" not in table.to_csv()  # a table beside a paper must not carry the text


def test_rows_curve_and_labels() -> None:
    ax = plot_answers(ROWS, RAIN)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["0", "1", "r1", "r2", "r3", THE_TOOL]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["H", "¶1", "¶2"]
    hatched = [c for c in ax.collections if c.get_hatch()]
    assert len(hatched) == 1
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == (
        "What 3 readers marked in a: 4 of 9 words by anybody, at most 67% of the readers marked "
        "the same word."
    )


def test_item_article_and_axes_can_be_chosen() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b"], "headline": ["Rain falls", "x"],
                             "body": [RAIN.body, "y"]})  # fmt: skip
    figure, (left, right) = plt.subplots(1, 2)
    assert plot_answers(ROWS, articles, "a", ax=left) is left
    plot_answers(ROWS, articles, "a", ax=right, item="1")
    assert [text.get_text() for text in right.texts] == ["nobody marked a passage"]
    assert plt.get_fignums() == [figure.number]
    with pytest.raises(ArticleError):
        plot_answers(ROWS, articles)


def test_nothing_at_all_is_a_picture_too() -> None:
    ax = plot_answers([], RAIN)
    assert ax.texts[0].get_text() == "nobody marked a passage"
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == "Answers of 0 readers: nobody marked a passage."


def test_more_readers_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 200 readers; found 201"):
        plot_answers([mark("rained", f"r{n}") for n in range(201)], RAIN)
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", ["$\\foo$", "a\ud800b", "\u202eback", "<b>&amp;</b>", "x" * 90])
def test_hostile_names_are_drawn_as_they_are(name: str) -> None:
    ax = plot_answers([mark("rained", name)], Article(name, "Rain falls", RAIN.body, ""), ax=None)
    assert ax.texts or not any(label.get_parse_math() for label in ax.get_yticklabels())
    ax = plot_answers([mark("rained", name)], RAIN)
    assert not any(label.get_parse_math() for label in ax.get_yticklabels())
    assert ElementTree.fromstring(render(ax, "svg", "x")).tag.endswith("svg")


def test_labels_stay_inside_the_picture() -> None:
    long = Article("a", "Rain falls", "\n\n".join([RAIN.body] * 30))
    ax = plot_answers([mark("rained", f"a-rather-long-name-{n}") for n in range(60)], long)
    figure = ax.figure
    FigureCanvasAgg(figure).draw()
    inside = figure.bbox.padded(1)
    labels = [*ax.get_yticklabels(), *ax.get_xticklabels(), ax.xaxis.label, ax._left_title]
    for box in (text.get_window_extent() for text in labels if text.get_text()):
        assert inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)
    shown = [t.get_window_extent() for t in ax.get_xticklabels()]
    assert all(a.x1 <= b.x0 for a, b in pairwise(shown))
