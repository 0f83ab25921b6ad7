"""The command `compare`: what stands in words, the whole table in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.cli import main


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    """Two outlets on ten events; x writes twice as much as y."""
    body = "The storm reached the town at night. It took the roof of the old station. "
    rows = [
        (f"{outlet}{event}", "Storm", outlet, f"e{event}", body * times * (1 + event % 3))
        for event in range(10)
        for outlet, times in (("x", 2), ("y", 1))
    ]
    columns = ["article_id", "headline", "outlet", "story", "body"]
    path = tmp_path / "rows.csv"
    nr.save_table(pd.DataFrame(rows, columns=columns), path)
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(["compare", *argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_what_stands_is_printed_and_how_it_was_compared(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [corpus, "--measures", "n_words,body_tone"]
    code, out, _ = run(capsys, *options, "--event", "story")
    assert code == 0
    first, second, *_ = out.splitlines()
    assert first == "1 of 2 differences stand (inside events)"
    assert second.split()[:6] == ["n_words", "x", "against", "y:", "+1.00", "(+1.00"]
    _, out, _ = run(capsys, *options)
    assert "differences stand (not inside events: it may be one of topic)" in out


def test_the_table_in_a_file_and_as_json(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "table.csv"
    options = ["--measures", "n_words", "--event", "story", "--correction", "holm"]
    code, printed, _ = run(capsys, corpus, *options, "-o", str(out), "--json")
    assert code == 0
    row = json.loads(printed)[0]
    assert (row["n_events"], row["correction"], row["effect"]) == (10, "holm", 1.0)
    assert pd.read_csv(out).loc[0, "p"] == row["p"]


def test_too_few_and_wrong_columns_are_told(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.csv"
    pd.read_csv(corpus).head(6).to_csv(few, index=False)
    _, out, _ = run(capsys, str(few), "--measures", "n_words")
    assert out.splitlines() == [
        "0 of 0 differences stand (not inside events: it may be one of topic)",
        "  1 row: too few to say: 3 articles of a group, 5 needed",
    ]
    code, _, err = run(capsys, corpus, "--by", "paper")
    assert code == 2 and "Pass --by the column to use." in err


def test_the_bundled_tellings_go_by_their_name(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["compare", "tellings", "--by", "outlet", "--event", "event", "--measures", "n_words"]
    assert main(words) == 0
    assert "of 3 differences stand (inside events)" in capsys.readouterr().out


def test_columns_of_ones_own_are_groups_and_numbers(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = pd.read_csv(corpus)
    # A name that a measure has too; numbers that a file holds as text, one of them missing.
    own = rows.assign(stance=rows["outlet"], shares=range(20), kind="x")
    own["shares"] = own["shares"].astype(str).mask(own["shares"] == 3, " ")
    path = tmp_path / "own.csv"
    own.to_csv(path, index=False)
    code, out, _ = run(capsys, str(path), "--by", "stance", "--measures", "shares", "--json")
    row = json.loads(out)[0]
    assert (code, row["group_a"], row["n_missing"], row["mean_a"]) == (0, "x", 1, 9.0)
    code, _, err = run(capsys, str(path), "--measures", "kind")
    assert code == 2 and "column 'kind' holds str, no numbers" in err
