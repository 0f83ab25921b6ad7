"""plot_comparison: what stands is full, what does not is hollow, and both are said in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import newsresearch as nr
from newsresearch.figures import draw_plot, find_drawn, find_plot, render

ROW: dict[str, Any] = {
    "measure": "grade", "group_a": "fox", "group_b": "nyt", "n_a": 67, "n_b": 67,
    "n_events": None, "effect": 0.5, "effect_low": 0.3, "effect_high": 0.7, "p_corrected": 0.01,
    "stands": True, "kind": "grade", "correction": "bh", "alpha": 0.05,
}  # fmt: skip
WEAK = {"stands": False, "p_corrected": 0.4}
UNTOLD = WEAK | dict.fromkeys(("effect", "effect_low", "effect_high", "p_corrected"), np.nan)


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def compared(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([ROW | row for row in rows]).astype({"n_events": "Int64"})


def many(count: int, **row: Any) -> list[dict[str, Any]]:
    return [{"measure": f"m{at:02d}", "effect": at / 100} | row for at in range(count)]


def points(ax: plt.Axes) -> dict[str, bool]:
    """Return the rows drawn, from the top, and whether their mark is full."""
    texts = [label.get_text() for label in ax.get_yticklabels()]
    names = dict(zip(ax.get_yticks(), texts, strict=True))
    marks = [line for line in ax.lines if line.get_marker() == "o" and len(line.get_xdata())]
    return {names[m.get_ydata()[0]]: m.get_markerfacecolor() != "white" for m in marks}


def words(ax: plt.Axes) -> list[str]:
    legend = ax.get_legend()
    assert legend is not None
    return [text.get_text() for text in [*legend.get_texts(), *ax.texts, ax.xaxis.label]]


def test_what_does_not_stand_is_hollow_and_words_say_so() -> None:
    low = {
        "measure": "tone",
        "effect": -0.2,
        "effect_low": -0.5,
        "effect_high": 0.1,
        "kind": "tone",
    }
    ax = nr.plot_comparison(compared({}, low | WEAK, {"measure": "lix", "effect": 0.6}))
    assert points(ax) == {"lix": True, "grade": True, "tone": False}
    assert words(ax) == [
        "stands after correction: 2 of 3, 1 kind of measure",
        "does not stand among so many: may be chance",
        "← higher in nyt", "higher in fox →",
        "effect: Cliff’s delta, 95 % intervals, each for itself\n"
        "not compared inside events: it may be a difference of topic",
    ]  # fmt: skip
    spans = sorted(c.get_segments()[0][:, 0].tolist() for c in ax.collections)
    assert [-0.5, 0.1] in spans and [0.3, 0.7] in spans


def test_inside_events_the_axis_says_so() -> None:
    ax = nr.plot_comparison(compared({"n_events": 60}, {"n_events": 67, "measure": "lix"}))
    assert words(ax)[-1].endswith("compared inside events (at most 67)")


def test_what_is_not_drawn_is_counted() -> None:
    ax = nr.plot_comparison(compared(*many(9, **WEAK), {"measure": "x"}, UNTOLD), most=3)
    assert points(ax) == {"x": True, "m08": False, "m07": False}
    assert "7 more not drawn, none stands; 1 measure: too few articles" in words(ax)
    ax = nr.plot_comparison(compared(*many(9)), most=7)
    assert "2 more not drawn, 2 stand" in words(ax)
    assert len(points(nr.plot_comparison(compared(*many(50))))) == 40
    two = compared(*many(20), *many(20, group_a="hpo"))
    drawn = find_drawn(nr.plot_comparison(two))
    assert drawn is not None
    assert drawn.table.groupby("group_a")["shown"].sum().tolist() == [12, 12]
    assert len(drawn.table) == 40  # the table beside the figure hides nothing


def test_alt_texts() -> None:
    plot = find_plot("comparison")
    alt = plot.alt(plot.table(compared({}, {"measure": "lix", "effect": -0.6}, WEAK)))
    assert alt == (
        "Effect (Cliff's delta) of 2 measures for 1 pair of groups, not compared inside events: "
        "it may be a difference of topic: 2 of 3 differences stand after Benjamini-Hochberg at "
        "0.05; the largest is lix, fox against nyt: -0.60 (+0.30 to +0.70)."
    )
    assert plot.alt(plot.table(compared(WEAK))).endswith("0 of 1 differences stand after "
                                                         "Benjamini-Hochberg at 0.05.")  # fmt: skip
    empty = plot.table(compared(ROW).head(0))
    assert plot.alt(empty) == "Differences between groups: nothing was compared, 0 rows."
    assert nr.plot_comparison(compared(ROW).head(0)).texts[0].get_text() == "nothing was compared"


@pytest.mark.parametrize(
    ("group", "other"),
    [
        ("fox", "zeta"),
        ("The Harrowmouth Evening Courier and Post", "zeta"),
        ("$\\foo$\x00", "zeta"),
        ("Hearth and Hill", "Harrowmouth Courier"),
        ("WWWWWWWWWWWWWW", "ZWWWWWWWWWWWWWW"),
    ],
)
def test_words_stay_in_the_picture_and_apart(group: str, other: str) -> None:
    rows = [*many(30, group_a=group), *many(14, group_a=other, group_b=group, **WEAK)]
    rows += many(3, group_a=other, measure="frame_human_interest_share")
    ax = draw_plot(find_plot("comparison"), compared(*rows), shown=False)
    figure = ax.figure
    FigureCanvasAgg(figure).draw()
    legend = ax.get_legend()
    assert legend is not None
    texts = [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label, *legend.get_texts()]
    boxes = [text.get_window_extent() for text in texts]
    inside = figure.bbox.padded(1)
    assert all(inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1) for box in boxes)
    names = [text.get_window_extent() for text in ax.texts if "→" in text.get_text()]
    others = [text.get_window_extent() for text in ax.texts if "←" in text.get_text()]
    assert len(names) == len(others) == 3
    assert not any(a.overlaps(b) for a, b in zip(names, others, strict=True))
    labels = [text.get_window_extent() for text in ax.get_yticklabels()]
    assert all(above.y0 >= below.y1 - 1 for above, below in pairwise(labels))
    assert render(ax, "png") and render(ax, "svg")


def test_tables_that_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match=r"draws the table of compare_articles\(\); found no col"):
        nr.plot_comparison(compared({}).drop(columns="stands"))
    with pytest.raises(ValueError, match="at most 12 pairs of groups; found 13"):
        nr.plot_comparison(compared(*({"group_a": f"g{at}"} for at in range(13))))
    with pytest.raises(ValueError, match="most must be 1 or more; found 0"):
        nr.plot_comparison(compared({}), most=0)


def test_a_saved_figure_says_that_articles_alone_do_not_make_it(tmp_path: Path) -> None:
    articles = nr.load_dataset("demo").head(2)
    nr.save_figure(nr.plot_comparison(compared(ROW)), "effects", tmp_path, articles)
    assert "measure" in pd.read_csv(tmp_path / "effects.csv")
    found = nr.verify_figures(tmp_path, articles).iloc[0]
    assert found["status"] == "not recomputed"
    assert "compare_articles() with the same options" in found["detail"]


def test_it_draws_what_compare_articles_finds() -> None:
    found = nr.compare_articles(nr.load_dataset("demo"), by="kind", draws=199)
    drawn = find_drawn(nr.plot_comparison(found))
    assert drawn is not None
    assert sorted(drawn.table["measure"]) == sorted(found["measure"])
    assert drawn.table["stands"].sum() == found["stands"].sum()


def test_names_of_outlets_are_told_whole() -> None:
    """Two names too long for one line get a line each; cut, they could be taken for others."""
    row = {"group_a": "Harrowmouth Courier", "group_b": "The Daily Whistle"}
    texts = [text.get_text() for text in nr.plot_comparison(compared(row)).texts]
    assert texts[:2] == ["← higher in The Daily Whistle", "higher in Harrowmouth Courier →"]


def test_the_labels_of_many_rows_stay_apart_on_a_slide() -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 6), layout="constrained")
    with plt.rc_context({"ytick.labelsize": 14}):
        ax = nr.plot_comparison(compared(*many(40)), ax=figure.add_subplot())
    FigureCanvasAgg(figure).draw()
    labels = [text.get_window_extent() for text in ax.get_yticklabels()]
    assert all(above.y0 >= below.y1 - 1 for above, below in pairwise(labels))
