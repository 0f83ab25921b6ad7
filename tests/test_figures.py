"""Tests of newsresearch.figures: what is drawn, in which words, whatever the text holds."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from kernels import run_notebook
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread
from matplotlib.markers import MarkerStyle

from newsresearch import figures, framing
from newsresearch.articles import Article
from newsresearch.datasets import list_published
from newsresearch.figures import (
    PLOTS,
    clean_text,
    draw_plot,
    find_drawn,
    find_plot,
    plot_confusion,
    plot_findings,
    plot_frames,
    plot_readability,
    plot_reliability,
    plot_sources,
    plot_support,
    plot_tone,
    plot_tone_arc,
    render,
)
from newsresearch.figures.house import LABEL, wrap_id

FORMULAS = ["fog_grade", "smog_grade", "ari_grade"]
TONES = ["headline_tone", "body_tone", "body_tone_low", "body_tone_high"]
HOSTILE = ["$\\foo$", "$x_{ $", "a\ud800b", "tab\there\x00", "\u202eback", "<b>&amp;</b>", ""]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def tones(*values: float, headline: float = -0.5, article_id: str = "pier") -> pd.DataFrame:
    rows = [(article_id, "headline", 0, headline)]
    rows += [(article_id, "body", number, tone) for number, tone in enumerate(values)]
    return table(rows, "article_id field sentence tone")


def table(rows: list[tuple[object, ...]], columns: str) -> pd.DataFrame:
    """Text stays objects: the string type of pandas refuses lone surrogates."""
    frame = pd.DataFrame(rows, columns=columns.split(), dtype=object)
    numbers = frame.columns.intersection(["tone", "coverage", "grade", *FORMULAS, *TONES])
    return frame.astype(dict.fromkeys(numbers, "float64"))


def grades(ids: list[str]) -> pd.DataFrame:
    rows = [(name, 8.0 + at, 9.5 + at, 7.0 + at) for at, name in enumerate(ids)]
    return table(rows, "article_id fog_grade smog_grade ari_grade")


def findings(**counts: dict[str, int]) -> pd.DataFrame:
    rows = [
        (check, article)
        for article, checks in counts.items()
        for check, count in checks.items()
        for _ in range(count)
    ]
    return pd.DataFrame(rows, columns=["check", "article_id"], dtype="str")


def scored(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    return table(rows, " ".join(["article_id", *TONES]))


SUPPORT: dict[str, object] = {
    "article_id": "a", "role": "supporting", "claim": 1, "claim_quote": "Rain floods town",
    "position": 0.25, "coverage": 0.5, "voice": "narration", "hedged": False, "missing": "",
    "mismatch": "", "told_quote": "", "found_quote": "",
}  # fmt: skip


def support(*rows: dict[str, object]) -> pd.DataFrame:
    return table([tuple((SUPPORT | row).values()) for row in rows], " ".join(SUPPORT))


def marks(ax: plt.Axes) -> list[tuple[object, ...]]:
    """Return each sentence's mark: shape, whether hollow, where, how far below its line."""
    lines = [line for line in ax.lines if line.get_markersize() == 4.5 and len(line.get_xdata())]
    middle = [line.get_ydata()[0] for line in ax.lines if line.get_markersize() == 4]
    return [
        (line.get_marker(), line.get_markerfacecolor() == "white", line.get_xdata()[0],
         round(min((line.get_ydata()[0] - y for y in middle), key=abs), 3))
        for line in lines
    ]  # fmt: skip


RELIABILITY = pd.DataFrame(
    [("agree", 30, 0.1, 0.2), ("agree", 10, 0.9, 0.5), ("disagree", 40, 0.25, 0.25)],
    columns=["stance", "n", "told", "true"],
)
FOUR = ["agree", "disagree", "discuss", "unrelated"]
CONFUSION = pd.DataFrame(
    [("agree", 6, 1, 3, 0), ("disagree", 2, 2, 0, 0), ("discuss", 1, 0, 8, 1),
     ("unrelated", 0, 0, 0, 30)],
    columns=["true", *FOUR],
)  # fmt: skip


COMPARISON = pd.DataFrame(
    [("x", "y", "grade", 9, 9, pd.NA, 0.5, 0.3, 0.7, 0.01, True, "grade", "bh", 0.05)],
    columns=["group_a", "group_b", "measure", "n_a", "n_b", "n_events", "effect", "effect_low",
             "effect_high", "p_corrected", "stands", "kind", "correction", "alpha"],
)  # fmt: skip


ANSWERS = [
    {"reader": name, "article_id": "a", "field": "body", "start": 3, "end": end, "quote": ""}
    for name, end in (("r1", 9), ("r2", 13), ("the tool", 9))
]


# --- tone arc --------------------------------------------------------------------------------


def test_tone_arc_draws_each_sentence_and_the_headline() -> None:
    ax = plot_tone_arc(tones(0.4, -0.2, 0.0, float("nan"), 0.6, headline=-0.5))
    up, down, none = (line.get_xydata().tolist() for line in ax.lines[1:4])
    assert (up, down, none) == ([[1, 0.4], [5, 0.6]], [[2, -0.2]], [[3, 0.0]])
    assert ax.lines[4].get_ydata() == [-0.5, -0.5]
    assert [text.get_text() for text in ax.texts] == ["headline\n−0.50"]
    assert ax.get_title(loc="left") == "pier"


def test_tone_arc_table_is_in_sentence_order_and_takes_the_mean_of_headlines() -> None:
    mixed = tones(0.1, 0.2, 0.3).iloc[[3, 1, 0, 2]]
    mixed = pd.concat([mixed, tones(headline=0.1)])
    drawn = find_drawn(plot_tone_arc(mixed))
    assert drawn is not None
    assert drawn.table["position"].tolist() == [0, 1, 2, 3]
    assert drawn.table["tone"].tolist() == [-0.2, 0.1, 0.2, 0.3]
    assert drawn.options == {"article_id": "pier"}
    assert "quote" not in drawn.table  # a table beside a paper must not carry the text


def test_tone_arc_asks_which_article() -> None:
    many = pd.concat([tones(0.1, article_id=name) for name in "abcde"])
    with pytest.raises(ValueError, match=r"5 articles: 'a', 'b', 'c', \.\.\.\. Pass one"):
        plot_tone_arc(many)
    with pytest.raises(ValueError, match="no tones of 'z'"):
        plot_tone_arc(many, "z")
    with pytest.raises(ValueError, match="0 articles: none could be scored"):
        plot_tone_arc(many.iloc[:0])
    assert plot_tone_arc(many, "c").get_title(loc="left") == "c"
    assert plt.get_fignums() == [1]  # the refused calls left no empty figure behind


def test_tone_arc_without_headline_or_body() -> None:
    assert plot_tone_arc(tones(0.3).iloc[1:]).texts[:] == []
    empty = plot_tone_arc(tones(headline=0.2))
    assert empty.get_xlim() == (0.4, 1.6)
    assert len(empty.texts) == 1


def test_long_articles_get_the_full_page_width() -> None:
    assert plot_tone_arc(tones(*[0.1] * 20)).figure.get_figwidth() == 3.5
    assert plot_tone_arc(tones(*[0.1] * 90)).figure.get_figwidth() == 7.0


# --- readability -----------------------------------------------------------------------------


def test_readability_rows_go_from_easy_to_hard() -> None:
    scores = grades(["easy", "middle", "hard"]).iloc[[2, 0, 1]].assign(flesch_ease=50.0, lix=40.0)
    ax = plot_readability(
        pd.concat([scores.iloc[:1], scores.iloc[1:]]).set_index(pd.Index([7] * 3))
    )
    assert [label.get_text() for label in ax.get_yticklabels()] == ["easy", "middle", "hard"]
    assert ax.get_ylim() == (2.5, -0.5)
    drawn = find_drawn(ax)
    assert drawn is not None
    assert sorted(set(drawn.table["formula"])) == ["ari_grade", "fog_grade", "smog_grade"]
    assert drawn.table["grade"].tolist() == [8, 9.5, 7, 9, 10.5, 8, 10, 11.5, 9]
    fog = next(line for line in ax.lines if line.get_label() == "Gunning fog")
    assert fog.get_xdata().tolist() == [8, 9, 10]


def test_the_default_grade_leads_and_decides_the_order() -> None:
    scores = grades(["a", "b"]).assign(grade=[9.0, 4.0], dale_chall_grade=[7.0, 6.0])
    ax = plot_readability(scores)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b", "a"]
    bars = [line for line in ax.lines if line.get_marker() == "|" and len(line.get_xdata())]
    assert [line.get_xydata().tolist() for line in bars] == [[[4, 0], [9, 1]]]
    assert bars[0].get_markersize() > 2 * max(line.get_markersize() for line in ax.lines[2:])
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["grade: New Dale-Chall", "Gunning fog", "SMOG", "ARI"]
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.table["formula"].tolist()[:4] == ["grade", *FORMULAS]
    assert drawn.plot.alt(drawn.table) == (
        "Grade level of 2 articles by 4 formulas: the grade of an article goes from 4.0 (b) to "
        "9.0 (a)."
    )


def test_the_end_of_the_table_of_grades_is_a_wedge() -> None:
    ax = plot_readability(table([("a", 15.9), ("b", 16.0)], "article_id grade"))
    wedge = next(line for line in ax.lines if line.get_marker() == ">")
    assert wedge.get_xydata().tolist() == [[16, 1]]
    assert wedge.get_label() == "16 and more"


def test_each_formula_has_a_mark_of_its_own() -> None:
    columns = ["flesch_kincaid", "fog", "smog", "ari", "coleman_liau"]
    scores = pd.DataFrame({"article_id": ["a"], **{f"{name}_grade": [9.0] for name in columns}})
    ax = plot_readability(scores.assign(grade=9.0))
    marks = [line for line in ax.lines if line.get_marker() != "None" and len(line.get_xdata())]
    assert len({MarkerStyle(line.get_marker()).get_marker() for line in marks}) == 6
    assert len({(line.get_xdata()[0], line.get_ydata()[0]) for line in marks}) == 6


def test_articles_that_cannot_be_scored_keep_their_row() -> None:
    scores = grades(["a", "b"])
    scores.loc[0, ["fog_grade", "smog_grade", "ari_grade"]] = float("nan")
    ax = plot_readability(scores)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["b", "a"]
    assert [(text.get_text(), text.get_position()[1]) for text in ax.texts] == [("not scored", 1)]
    nothing = plot_readability(scores.iloc[:1])
    assert nothing.get_legend() is None
    assert "none could be scored" in figures.readability.PLOT.alt(find_drawn(nothing).table)  # type: ignore[union-attr]


def test_tables_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match=r"score_readability\(\); found no column 'grade'"):
        plot_readability(tones(0.1))
    with pytest.raises(ValueError, match=r"score_sentiment\(\); found no column 'headline_tone'"):
        plot_tone(grades(["a"]))
    with pytest.raises(ValueError, match=r"list_tones\(\)"):
        plot_tone_arc(grades(["a"]))
    with pytest.raises(ValueError, match=r"find_incoherence\(\)"):
        plot_findings(grades(["a"]))
    with pytest.raises(ValueError, match=r"support_headline\(\)"):
        plot_support(None)  # type: ignore[arg-type]


def test_too_many_articles_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 200 articles; found 201"):
        plot_readability(grades([f"a{at}" for at in range(201)]))


# --- tone ------------------------------------------------------------------------------------


def test_tone_rows_go_from_bright_to_dark_and_lose_nobody() -> None:
    nan = float("nan")
    rows = [
        ("none", nan, nan, nan, nan),
        ("dark", 0.9, -0.3, -0.4, -0.2),
        ("headline only", 0.2, nan, nan, nan),
        ("bright", -0.5, 0.3, 0.1, 0.5),
        ("one sentence", nan, 0.1, nan, nan),
    ]
    ax = plot_tone(scored(rows))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["bright", "one sentence", "dark", "headline only", "none"]
    marks = {line.get_label(): line for line in ax.lines}
    assert marks["headline"].get_xdata().tolist() == pytest.approx(
        [-0.5, nan, 0.9, 0.2, nan], nan_ok=True
    )
    assert marks["body"].get_xydata().tolist()[:3] == [[0.3, 0], [0.1, 1], [-0.3, 2]]
    bars = [path.vertices.tolist() for path in ax.collections[0].get_paths()]
    assert bars[0] == [[0.1, 0], [0.5, 0]] and bars[2] == [[-0.4, 2], [-0.2, 2]]
    assert [(text.get_text(), text.get_position()[1]) for text in ax.texts] == [("not scored", 4)]
    assert ax.get_xlim() == (-1.05, 1.05)
    drawn = find_drawn(ax)
    assert drawn is not None
    assert list(drawn.table) == ["article_id", *TONES]
    assert drawn.plot.alt(drawn.table) == (
        "Tone of headline and body of 5 articles: the body goes from -0.30 (dark) to +0.30 "
        "(bright); 1 headline above the 95 % interval of the body, 1 below."
    )


def test_tones_without_a_body_or_without_rows() -> None:
    ax = plot_tone(scored([("a", 0.5, *[float("nan")] * 3)]))
    assert find_plot("tone").alt(find_drawn(ax).table).endswith("no body could be scored.")  # type: ignore[union-attr]
    assert [text.get_text() for text in plot_tone(scored([])).texts] == ["no articles"]


def test_tone_marks_are_told_apart_in_grey() -> None:
    ax = plot_tone(scored([("a", -0.5, 0.5, 0.1, 0.9)]))
    headline, body = ax.lines[1:3]
    assert headline.get_marker() != body.get_marker()
    assert headline.get_markerfacecolor() == "white"
    grey = np.array([0.299, 0.587, 0.114])
    bar = ax.collections[0].get_color()[0][:3] @ grey
    assert 0.85 > bar > matplotlib.colors.to_rgb(body.get_color()) @ grey + 0.3


# --- findings --------------------------------------------------------------------------------


def test_findings_are_counted_in_groups() -> None:
    found = findings(b={"tone_gap": 1, "repeated_word": 12}, a={"name_variant": 2})
    ax = plot_findings(found)
    labels = [tick.label2.get_text() for tick in ax.xaxis.get_major_ticks()]
    assert labels == ["cohesion", "repeated word", "consistency", "name variant", "relevance",
                      "tone gap"]  # fmt: skip
    bold = [tick.label2.get_fontweight() == "bold" for tick in ax.xaxis.get_major_ticks()]
    assert bold == [True, False] * 3
    cells = {(text.get_position(), text.get_text()) for text in ax.texts}
    assert cells == {((3, 0), "2"), ((1, 1), "12"), ((5, 1), "1")}
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.table["findings"].tolist() == [0, 2, 0, 12, 0, 1]


def test_article_ids_show_the_articles_without_findings() -> None:
    found = findings(b={"tone_gap": 1}, x={"tone_gap": 3})
    ax = plot_findings(found, article_ids=["c", "b", "a"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["c", "b", "a"]
    assert [text.get_text() for text in ax.texts] == ["1"]


def test_unknown_checks_stand_under_other() -> None:
    ax = plot_findings(findings(a={"of my own": 1, "tone_gap": 1}))
    labels = [tick.label2.get_text() for tick in ax.xaxis.get_major_ticks()]
    assert labels == ["relevance", "tone gap", "other", "of my own"]


def test_articles_that_were_not_checked_are_shown_but_not_counted() -> None:
    ax = plot_findings(findings(a={"not_checked": 1}, b={"tone_gap": 2}))
    labels = [tick.label2.get_text() for tick in ax.xaxis.get_major_ticks()]
    assert labels == ["relevance", "tone gap", "other", "not checked"]
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == (
        "2 findings of 1 check in 1 of 2 articles; the most by tone_gap (2)."
    )


def test_no_findings_are_a_picture_too() -> None:
    for ax in (plot_findings(findings()), plot_findings(findings(), article_ids=["a", "b"])):
        assert [text.get_text() for text in ax.texts] == ["no findings"]
        assert find_plot("findings").alt(find_drawn(ax).table).endswith("none.")  # type: ignore[union-attr]
        assert render(ax, "svg")


# --- support ---------------------------------------------------------------------------------


def test_support_marks_place_role_voice_and_hedges() -> None:
    rows = [
        {"position": 0.1, "coverage": 0.5, "hedged": True},
        {"role": "opposing", "position": 0.9, "coverage": 1.0, "voice": "quoted"},
        {"article_id": "b", "voice": "reported", "position": 0.75},
        {"article_id": "c", "role": "none", "claim": 0, "claim_quote": ""},
    ]
    ax = plot_support(support(*rows), article_ids=["a", "b", "c", "d"])
    assert marks(ax) == [
        ("o", True, 0.1, -0.12),
        ("s", False, 0.9, 0.24),
        ("^", False, 0.75, -0.12),
    ]
    told = [text.get_text() for text in ax.texts]
    assert told == ["a", "b", "c", "no sentence found", "d", "no sentence found"]
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["above: supporting", "below: opposing", "narration", "reported", "quoted",
                      "hollow: hedged"]  # fmt: skip


def test_support_draws_a_claim_without_any_sentence() -> None:
    rows = [{}, {"role": "none", "claim": 2, "claim_quote": "zebra plays", "position": np.nan,
                 "coverage": np.nan, "voice": ""}]  # fmt: skip
    ax = plot_support(support(*rows))
    assert [text.get_text() for text in ax.texts] == ["a", "no sentence found"]
    _, second = [artist for artist in ax.artists if hasattr(artist, "offsetbox")]
    words = [(piece._text.get_text(), piece._text.get_style())
             for piece in second.offsetbox.get_children()]  # fmt: skip
    assert words == [("zebra", "italic"), ("plays", "italic")]
    drawn = find_drawn(ax)
    assert drawn is not None
    assert find_plot("support").alt(drawn.table).startswith("2 claims in the headlines of 1 art")


def test_support_tells_mismatches_in_words() -> None:
    rows = [
        {"role": "opposing", "mismatch": "reversed", "told_quote": "backs",
         "found_quote": "rejected"},
        {"mismatch": "hedge_dropped", "told_quote": "cures", "found_quote": "may", "position": 0.8},
        {"mismatch": "action_unsupported", "told_quote": "resigned in disgrace", "claim": 2,
         "found_quote": "He apologised."},
    ]  # fmt: skip
    ax = plot_support(support(*rows))
    assert [text.get_text() for text in ax.texts[1:]] == [
        "reversed:\nbacks ≠ rejected",
        "hedge dropped:\nmay",
        "action unsupported:\nresigned in dis…",
    ]
    assert [text.get_ha() for text in ax.texts[1:]] == ["left", "right", "left"]


def test_support_greys_the_words_that_no_sentence_has() -> None:
    rows = [{"missing": "Rain, town"}, {"role": "opposing", "missing": "town, floods"}]
    ax = plot_support(support(*rows))
    (row,) = [artist for artist in ax.artists if hasattr(artist, "offsetbox")]
    words = [piece._text for piece in row.offsetbox.get_children()]
    assert [(word.get_text(), word.get_style()) for word in words] == [
        ("Rain", "normal"), ("floods", "normal"), ("town", "italic"),
    ]  # fmt: skip


def test_support_of_many_articles_is_told_beside_their_ids() -> None:
    rows = [{"article_id": name} for name in "abcdef"]
    rows += [{"article_id": "g", "mismatch": "negated"}]
    rows += [{"article_id": "g", "claim": 2, "mismatch": "actor_missing", "coverage": 1.0}]
    ax = plot_support(support(*rows))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == [*"abcdefg", "g (2)"]
    assert [text.get_text() for text in ax.texts] == ["≠", "?"]
    assert [mark[3] for mark in marks(ax)] == [-0.2] * 7 + [-0.4]


def test_the_table_of_support_holds_no_sentence() -> None:
    drawn = find_drawn(plot_support(support({}).assign(quote="Rain fell.", reason="r")))
    assert drawn is not None
    assert drawn.table.to_dict("records") == [
        {"article_id": "a", "role": "supporting", "claim": 1, "words": "Rain floods town",
         "position": 0.25, "coverage": 0.5, "voice": "narration", "hedged": False, "missing": "",
         "mismatch": "", "told": "", "found": ""}
    ]  # fmt: skip


def test_support_without_rows() -> None:
    ax = plot_support(support())
    assert [text.get_text() for text in ax.texts] == ["no headline support"]


# --- reliability and confusion ---------------------------------------------------------------


def test_reliability_has_a_panel_a_stance() -> None:
    ax = plot_reliability(RELIABILITY)
    first, second = ax.child_axes
    assert first.get_title(loc="left") == "agree\n27.5% of 40 pairs\nmean distance .175"
    assert second.get_title(loc="left") == "disagree\n25.0% of 40 pairs\nmean distance .000"
    dots = first.collections[0]
    assert dots.get_offsets().tolist() == [[0.1, 0.2], [0.9, 0.5]]
    small, large = sorted(dots.get_sizes())
    assert large > 1.5 * small
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == (
        "Told probability against true share of 40 pairs; mean distance of the two: "
        "agree 0.175, disagree 0.000."
    )


def test_confusion_has_shares_counts_and_the_f1_of_others() -> None:
    ax = plot_confusion(CONFUSION)
    counts, scores = ax.child_axes
    assert [text.get_text() for text in counts.texts][:4] == [
        ".60\n6",
        ".10\n1",
        ".30\n3",
        ".00\n0",
    ]
    legend = [text.get_text() for text in scores.get_legend().get_texts()]
    assert legend == ["newsresearch", "Talos", "Athene", "UCLMR", "humans"]
    own = next(line for line in scores.lines if line.get_label() == "newsresearch")
    f1 = [12 / 19, 4 / 7, 16 / 21, 60 / 61]
    assert own.get_xdata().tolist() == pytest.approx([*f1, sum(f1) / 4])
    assert len({line.get_marker() for line in scores.lines}) == 5
    drawn = find_drawn(ax)
    assert drawn is not None
    humans = drawn.table.query("column == 'humans' and row == 'macro-F1'")["value"].item()
    assert humans == pytest.approx((0.588 + 0.667 + 0.765 + 0.997) / 4)
    pd.testing.assert_frame_equal(
        find_drawn(plot_confusion(CONFUSION.set_index("true"))).table,  # type: ignore[union-attr]
        drawn.table,
    )


def test_confusion_of_other_stances_stands_alone() -> None:
    other = pd.DataFrame({"true": ["yes", "no"], "no": [1, 9], "yes": [3, 0]})
    with pytest.raises(ValueError, match=r"about agree, .* found yes, no\. Pass published=False"):
        plot_confusion(other)
    scores = plot_confusion(other, published=False).child_axes[1]
    assert [text.get_text() for text in scores.get_legend().get_texts()] == ["newsresearch"]


def test_what_was_not_measured_yet_says_so() -> None:
    for plot, rows in ((plot_reliability, RELIABILITY), (plot_confusion, CONFUSION)):
        ax = plot(rows.iloc[:0])  # type: ignore[operator]
        assert [text.get_text() for text in ax.texts] == [
            "not measured yet: benchmarks/stance.py --test --write"
        ]
        assert find_drawn(ax).plot.alt(find_drawn(ax).table).endswith(" 0 pairs.")  # type: ignore[union-attr]


def test_without_a_table_the_measured_one_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures.measured, "data_folder", lambda: tmp_path)
    assert plot_reliability().texts and plot_confusion(published=False).texts
    RELIABILITY.to_csv(tmp_path / "stance_reliability_lexical.csv", index=False)
    CONFUSION.to_csv(tmp_path / "stance_confusion_lexical.csv", index=False)
    assert len(plot_reliability().child_axes) == 2
    assert len(plot_confusion(published=False).child_axes) == 2


def test_too_many_or_unnamed_stances_are_refused() -> None:
    many = RELIABILITY.loc[[0] * 13].assign(stance=list("abcdefghijklm"))
    with pytest.raises(ValueError, match="at most 12 stances; found 13"):
        plot_reliability(many)
    with pytest.raises(ValueError, match="found no column 'unrelated'"):
        plot_confusion(CONFUSION.drop(columns="unrelated"))
    with pytest.raises(ValueError, match="found no column 'told'"):
        plot_reliability(RELIABILITY.drop(columns="told"))


# --- frames --------------------------------------------------------------------------------------


def shares(ids: list[str], **columns: list[object]) -> pd.DataFrame:
    """Return a table of score_framing in which only hedges and boosters occur."""
    cues = [one.column for one in framing.MEASURES if one.column.endswith("_share")]
    values = {"hedge_share": 0.02, "booster_share": 0.01}
    rows: dict[str, object] = {cue: [values.get(cue, 0.0)] * len(ids) for cue in cues}
    return pd.DataFrame({"article_id": pd.Series(ids, dtype=object), **rows, **columns})


def test_cues_are_drawn_per_hundred_words_with_their_groups() -> None:
    source = shares(list("abcde"), outlet=["x", "x", "x", "x", None])
    source["hedge_share"] = [0.01, 0.02, 0.03, 0.06, 0.05]
    drawn = find_drawn(plot_frames(source, by="outlet"))
    assert drawn is not None
    hedge = drawn.table[drawn.table["cue"] == "hedge"].to_dict("records")
    assert hedge[0] == {
        "cue": "hedge", "group": "x", "n": 4, "value": 3.0, "low": 1.75, "high": 3.75,
    }  # fmt: skip
    assert (hedge[1]["group"], hedge[1]["value"]) == ("(none)", 5.0)
    assert set(drawn.table["cue"]) == {"hedge", "booster"}  # what does not occur has no row
    assert drawn.plot.alt(drawn.table).endswith(
        "The groups differ most in hedge: 2.00 per 100 words."
    )


def test_few_articles_stand_side_by_side_and_many_are_one_group() -> None:
    for ids, groups in ((["a", "b"], ["a", "b"]), (list("abcdefg"), ["mean of 7 articles"])):
        drawn = find_drawn(plot_frames(shares(ids)))
        assert drawn is not None and list(drawn.table["group"].unique()) == groups


def test_cues_can_be_chosen_and_names_are_drawn_as_they_are() -> None:
    ax = plot_frames(shares([*HOSTILE[:5], "_x"]), only=["us", "hedge"])
    assert [text.get_text() for text in ax.get_yticklabels()] == ["us", "hedge"]
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == [*(clean_text(name) for name in HOSTILE[:5]), " _x"]
    assert render(ax, "png")


def test_one_kind_of_cue_needs_no_list_and_none_is_drawn_twice() -> None:
    for only in ("hedge", ["hedge", "hedge"]):
        drawn = find_drawn(plot_frames(shares(["a", "b"]), only=only))
        assert drawn is not None
        assert drawn.table[["cue", "group"]].values.tolist() == [["hedge", "a"], ["hedge", "b"]]


def test_frames_without_numbers_say_so_and_wrong_input_is_refused() -> None:
    ax = plot_frames(shares([]))
    assert [text.get_text() for text in ax.texts] == ["no cues"]
    short = shares(["a"])
    short["hedge_share"] = float("nan")
    drawn = find_drawn(plot_frames(short, only=["hedge"]))
    assert drawn is not None and "0 articles" in drawn.plot.alt(drawn.table)
    with pytest.raises(ValueError, match="no cue is called 'hedges'"):
        plot_frames(shares(["a"]), only=["hedges"])
    with pytest.raises(ValueError, match="no column 'paper' to group by"):
        plot_frames(shares(["a"]), by="paper")
    with pytest.raises(ValueError, match="at most 6 groups; found 7 of 'article_id'"):
        plot_frames(shares(list("abcdefg")), by="article_id")
    with pytest.raises(ValueError, match=r"draws the table of score_framing\(\)"):
        plot_frames(pd.DataFrame({"article_id": ["a"]}))


def speakers(*rows: tuple[str, int, int, bool]) -> pd.DataFrame:
    made = [("a", name, anonymous, one, two) for name, one, two, anonymous in rows]
    return table(made, "article_id source anonymous words_quoted words_reported")


# --- every plot ------------------------------------------------------------------------------


def sources(ids: list[str]) -> dict[str, Any]:
    return {
        "tone_arc": tones(0.1, -0.2, article_id=ids[0]),
        "readability": grades(ids),
        "findings": table([("tone_gap", name) for name in ids], "check article_id"),
        "support": support(*({"article_id": name} for name in ids)),
        "tone": scored([(name, 0.5, -0.2, -0.3, 0.1) for name in ids]),
        "frames": shares(ids),
        "reliability": RELIABILITY,
        "confusion": CONFUSION,
        "comparison": COMPARISON,
        "published": list_published("clear"),
        "answers": Article("a", "Rain", "It rained all day."),
        "sources": speakers(*((name, 30, 12, at % 2 == 0) for at, name in enumerate(ids))),
    }


def draw(name: str, ids: list[str]) -> plt.Axes:
    return draw_plot(find_plot(name), sources(ids)[name], shown=False, **options_of(name, ids))


def options_of(name: str, ids: list[str]) -> dict[str, Any]:
    """Return what a plot needs beside its input table."""
    needed = {
        "tone_arc": {"article_id": ids[0]},
        "answers": {"article_id": "a", "answers": ANSWERS},
    }
    return needed.get(name, {})


NAMES = [plot.name for plot in PLOTS]
OF_NONE = {"frames", "reliability", "confusion", "comparison", "published", "answers"}
OF_ARTICLES = [name for name in NAMES if name not in OF_NONE]
BY_ID = [name for name in OF_ARTICLES if name != "sources"]


@pytest.mark.parametrize("name", BY_ID)
def test_hostile_ids_are_drawn_as_they_are(name: str) -> None:
    for ids in [[text] for text in HOSTILE] if name == "tone_arc" else [HOSTILE]:
        ax = draw(name, ids)
        drawn = find_drawn(ax)
        assert drawn is not None
        assert set(drawn.table["article_id"]) == {clean_text(text) for text in ids}
        shown = [ax._left_title] if name == "tone_arc" else ax.get_yticklabels()
        assert not any(text.get_parse_math() for text in shown)
        assert ElementTree.fromstring(render(ax, "svg", clean_text(ids[0]))).tag.endswith("svg")
    assert all(render(ax, kind) for kind in figures.FORMATS)


@pytest.mark.parametrize("name", OF_ARTICLES)
@pytest.mark.parametrize("count", [1, 40])
def test_labels_neither_overlap_nor_leave_the_picture(name: str, count: int) -> None:
    ids = [
        f"the-harbour-gazette--2031-05-{at:02d}--a-rather-long-title-{at}" for at in range(count)
    ]
    ax = draw(name, ids)
    figure = ax.figure
    FigureCanvasAgg(figure).draw()
    rows = [] if name == "tone_arc" else ax.get_yticklabels()
    boxes = [text.get_window_extent() for text in rows]
    assert all(above.y0 >= below.y1 - 1 for above, below in pairwise(boxes))
    inside = figure.bbox.padded(1)
    texts = [ax.title, ax._left_title, ax.xaxis.label, *ax.texts, *rows]
    legend = ax.get_legend()
    extents = [text.get_window_extent() for text in texts if text.get_text()]
    extents += [legend.get_window_extent()] if legend else []
    extents += [tick.label2.get_window_extent() for tick in ax.xaxis.get_major_ticks()]
    for box in extents:
        assert inside.contains(box.x0, box.y0) and inside.contains(box.x1, box.y1)


@pytest.mark.parametrize("name", NAMES)
def test_alt_text_is_one_sentence_with_numbers(name: str) -> None:
    drawn = find_drawn(draw(name, ["a", "b"]))
    assert drawn is not None
    alt = drawn.plot.alt(drawn.table)
    assert alt.endswith(".") and any(char.isdigit() for char in alt) and "\n" not in alt
    assert "nan" not in alt


def test_alt_texts() -> None:
    rows = [{"hedged": True, "mismatch": "hedge_dropped"}, {"role": "opposing", "position": 0.9}]
    drawn = find_drawn(plot_support(support(rows[0], rows[1]), article_ids=["a", "b"]))
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == (
        "1 claim in the headlines of 2 articles: supporting sentences for 1 (median coverage "
        "0.50, 0 in the second half, 1 hedged, 1 with a mismatch), opposing sentences for 1 "
        "(median coverage 0.50, 1 in the second half, 0 hedged, 0 with a mismatch)."
    )
    drawn = find_drawn(plot_tone_arc(tones(0.5, -0.25, headline=0.75)))
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == (
        "Tone of the 2 body sentences of pier: from -0.25 to +0.50 with a mean of +0.12; "
        "the headline stands at +0.75."
    )


def test_axes_in_axes_out_and_no_side_effects() -> None:
    before = dict(matplotlib.rcParams)
    figure, (left, right) = plt.subplots(1, 2)
    assert plot_readability(grades(["a"]), ax=left) is left
    assert plot_support(support({"role": "opposing"}), right) is right
    assert find_drawn(left) is None  # its figure shows more than the table of this plot
    assert plt.get_fignums() == [figure.number]
    assert dict(matplotlib.rcParams) == before


def test_a_plot_over_another_is_not_taken_for_all_that_is_drawn() -> None:
    ax = plot_readability(grades(["a"]))
    assert find_drawn(plot_readability(grades(["b"]), ax)) is None
    ax.clear()
    drawn = find_drawn(plot_readability(grades(["c"]), ax))
    assert drawn is not None
    assert set(drawn.table["article_id"]) == {"c"}


def test_figures_that_are_not_shown_stay_out_of_pyplot() -> None:
    draw("readability", ["a"])
    assert plt.get_fignums() == []


def test_drawn_tables_are_let_go_with_their_axes() -> None:
    import gc

    from newsresearch.figures.house import _DRAWN

    ax = draw("support", ["a"])
    size = len(_DRAWN)
    del ax
    gc.collect()
    assert len(_DRAWN) < size


def test_pictures_have_the_size_of_a_column_and_an_alt_text() -> None:
    ax = draw("support", ["a", "b"])
    picture = render(ax, "png", "fig", "Two headlines: naïve.")
    assert imread(io.BytesIO(picture)).shape[1] == 700
    assert b"Two headlines" in picture
    assert "Two headlines: naïve." in render(ax, "svg", "fig", "Two headlines: naïve.").decode()
    with pytest.raises(ValueError, match=r"no picture format 'jpg'. Use one of svg, png, pdf"):
        render(ax, "jpg")
    with pytest.raises(ValueError, match=r"no plot is called 'pie'\. Use one of tone_arc"):
        find_plot("pie")


@pytest.mark.parametrize("name", ["support", "reliability", "confusion"])
def test_rows_and_panels_are_laid_out_alike_each_time(name: str) -> None:
    first = render(draw(name, ["a", "b"]), "svg")
    ax = draw_plot(find_plot(name), sources(["a", "b"])[name])
    ax.figure.canvas.draw()
    assert render(ax, "png") and render(ax, "svg") == first


@pytest.mark.parametrize("name", ["reliability", "confusion"])
def test_panels_stay_in_the_picture_and_apart(name: str) -> None:
    ax = draw(name, ["a"])
    FigureCanvasAgg(ax.figure).draw()
    boxes = [panel.get_tightbbox() for panel in ax.child_axes]
    inside = ax.figure.bbox.padded(1)
    assert all(inside.contains(*box.min) and inside.contains(*box.max) for box in boxes)
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[at + 1 :])


def test_words_of_a_claim_stay_in_the_picture() -> None:
    claim = "Eastmouth community swimming programme wound down amid mounting maintenance costs"
    ax = plot_support(support({"claim_quote": claim}))
    FigureCanvasAgg(ax.figure).draw()
    rows = [artist for artist in ax.artists if hasattr(artist, "offsetbox")]
    assert len(rows) == 2
    inside = ax.figure.bbox.padded(1)
    for box in (row.get_window_extent() for row in rows):
        assert inside.contains(*box.min) and inside.contains(*box.max)


@pytest.mark.parametrize("kind", figures.FORMATS)
def test_drawing_on_screen_in_between_changes_no_byte(kind: str) -> None:
    first = render(draw("readability", ["a", "b"]), kind)
    ax = plot_readability(grades(["a", "b"]))
    ax.figure.canvas.draw()
    assert render(ax, "png") and render(ax, kind) == first


def test_shades_are_told_apart_in_grey() -> None:
    ax = plot_findings(findings(a={"tone_gap": 1}, b={"tone_gap": 4}, c={"tone_gap": 9}))
    picture = imread(io.BytesIO(render(ax, "png")))[:, :, :3] @ np.array([0.299, 0.587, 0.114])
    shades = {round(float(value), 1) for value in np.unique(picture.round(2))}
    assert len(shades) >= 4
    mesh = ax.collections[0]
    grey = mesh.to_rgba(mesh.get_array())[..., :3] @ np.array([0.299, 0.587, 0.114])
    light, middle, dark = grey[:, -1]
    assert light - middle > 0.2 and middle - dark > 0.2


def test_long_ids_are_wrapped_and_only_monsters_lose_their_middle() -> None:
    name = "northern-evening-post--council-votes-to-close-the-old-swimming-pool--17"
    assert wrap_id(name).replace("\n", "") == name
    assert max(map(len, wrap_id(name).splitlines())) <= LABEL
    monster = wrap_id("a" * 500 + "z")
    assert monster.count("\n") <= 4 and "…" in monster and monster.endswith("z")


def test_clean_text() -> None:
    assert clean_text("a\ud800b\x00c\td\u202ee\n") == "a\ufffdb\ufffdc d\ufffde "
    assert clean_text("Smörgås “1” — 日本 $x$") == "Smörgås “1” — 日本 $x$"


def test_import_stays_light() -> None:
    code = "import sys, newsresearch.figures; print('matplotlib' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


@pytest.mark.notebook
def test_a_notebook_shows_each_figure_once(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    setup = "import pandas as pd\nfrom newsresearch.figures import plot_readability"
    call = "plot_readability(pd.DataFrame({'article_id': ['a'], 'fog_grade': [9.0]}))"
    cells = [setup, f"{call};", f"ax = {call}", f"ax = {call}\nax.set_title('t');"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    book = run_notebook(book, tmp_path)
    pictures = [["image/png" in out.get("data", {}) for out in cell.outputs] for cell in book.cells]
    assert pictures == [[], [True], [True], [True]]


# --- sources ---------------------------------------------------------------------------------


def bars(ax: plt.Axes) -> list[tuple[float, float, bool]]:
    """Return start, width and whether it is hatched of each bar, the quoted ones first."""
    found = [bar for bar in ax.patches if bar.get_height() < 0.9 and bar.get_linewidth() == 0.7]
    return [(bar.get_x(), bar.get_width(), bar.get_hatch() is not None) for bar in found]


def test_sources_are_bars_of_quoted_and_paraphrased_words() -> None:
    ax = plot_sources(speakers(("Lee", 5, 12, False), ("officials", 0, 30, True)))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["officials (no name)", "Lee"]
    assert bars(ax) == [(0, 0, False), (0, 5, False), (0, 30, True), (5, 12, True)]
    assert [text.get_text() for text in ax.texts] == ["30", "17"]
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()][-1] == "no name"
    drawn = find_drawn(ax)
    assert drawn is not None
    assert drawn.plot.alt(drawn.table) == (
        "2 sources given 47 words, 5 in quotation marks and 42 paraphrased; 17 go to sources "
        "with a name; officials has most, 30."
    )


def test_sources_of_several_articles_are_summed_by_name() -> None:
    two = speakers(("Lee", 5, 12, False), ("LEE", 1, 0, False), ("Roe", 4, 0, False))
    two.loc[1, "article_id"] = "b"
    drawn = find_drawn(plot_sources(two))
    assert drawn is not None
    assert drawn.table.values.tolist() == [
        ["Lee", False, 2, 6, 12, True],
        ["Roe", False, 1, 4, 0, True],
    ]


def test_sources_beyond_the_most_are_told_not_drawn() -> None:
    many = speakers(*((f"Lee{at:02d}", at, 0, False) for at in range(1, 21)))
    ax = plot_sources(many, most=3)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Lee20", "Lee19", "Lee18"]
    assert ax.get_xlabel() == "words given; 17 more sources with 153 words not shown"
    empty = plot_sources(many.iloc[:0])
    assert [text.get_text() for text in empty.texts] == ["nobody is quoted or reported"]
    with pytest.raises(ValueError, match="most is the number of bars, 1 to 200; found 0"):
        plot_sources(many, most=0)
    with pytest.raises(ValueError, match="most is the number of bars, 1 to 200; found '3'"):
        plot_sources(many, most="3")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"Pass list_sources\(articles\)"):
        plot_sources(many.drop(columns="source"))


def test_hostile_sources_are_drawn_as_they_are() -> None:
    ax = plot_sources(speakers(*((text, 3, 4, False) for text in HOSTILE)))
    assert not any(text.get_parse_math() for text in ax.get_yticklabels())
    assert all(render(ax, kind) for kind in figures.FORMATS)
