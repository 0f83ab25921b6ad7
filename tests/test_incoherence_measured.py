"""No check claims a precision or a confidence that the judgements do not bear out."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.incoherence import CHECKS, find_incoherence
from newsresearch.incoherence.finding import Check

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
HINT = "late_introduction"
TWICE = "Roe has said that he hopes that that will end. The the rain fell on all of us."


@pytest.fixture(scope="module")
def measured() -> ModuleType:
    patch = pytest.MonkeyPatch()
    patch.syspath_prepend(str(BENCHMARKS))
    import check_measured

    patch.undo()
    return check_measured


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_labels_follow_from_the_judgements(check: Check, measured: ModuleType) -> None:
    counted = measured.count_latest(measured.read_judgements(), check.name)
    assert check.measured == counted.measured
    assert check.confidence == counted.confidence


def test_the_latest_sample_counts_and_hints_do_not(measured: ModuleType) -> None:
    rows = [
        ("fresh", "a", "right", "typed twice"),
        ("fourth", "a", "wrong", "meant"),
        ("fourth", "a", "right", "typed twice"),
        ("fourth", "a", "debatable", "meant"),
        ("fifth", "a", "debatable", "meant"),
        ("first", "b", "right", "typed twice"),
    ]
    judged = pd.DataFrame(rows, columns=["sample", "check", "judged", "why"])
    assert measured.count_latest(judged, "a") == ("fourth", 1, 1, 1)
    assert measured.count_latest(judged, "b") == ("none", 0, 0, 0)
    whys = pd.read_csv(measured.JUDGED, dtype=str)["why"]
    assert whys.str.startswith("hint:").any()
    assert not measured.read_judgements()["why"].str.startswith("hint:").any()


@pytest.mark.parametrize(
    ("right", "wrong", "label"),
    [(5, 0, "high"), (4, 0, "hint"), (17, 3, "high"), (16, 3, "hint"), (0, 0, "hint")],
)
def test_high_needs_its_precision_and_five(
    right: int, wrong: int, label: str, measured: ModuleType
) -> None:
    assert measured.Counted("fourth", right, wrong, 9).confidence == label


def test_the_second_reader_does_not_refute_a_label(measured: ModuleType) -> None:
    judged = measured.read_judgements()
    second = {}
    for check in CHECKS:
        sample = measured.count_latest(judged, check.name).sample
        counted = measured.count_judged(judged, check.name, sample, reader="second")
        if check.confidence == "high" and counted.right + counted.wrong:
            second[check.name] = counted.right / (counted.right + counted.wrong)
    assert second, "no check of high confidence was read twice"
    assert min(second.values()) >= measured.LEAST_PRECISION, second


def test_agreement_is_what_two_short_lists_give(measured: ModuleType) -> None:
    first = ["right", "right", "wrong", "debatable", "right"]
    second = ["right", "wrong", "wrong", "right", None]
    found = measured.measure_agreement(pd.DataFrame({"judged": first, "second": second}))
    assert found[:2] == (4, 0.5)
    assert found.kappa == pytest.approx((0.5 - 0.375) / (1 - 0.375))
    assert found[3:] == (3, pytest.approx(2 / 3))


def test_a_sample_is_one_name_and_every_judgement_is_whole(measured: ModuleType) -> None:
    with measured.JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["sample"] for row in rows} == {"first", *measured.UNSEEN}
    assert {row["judged"] for row in rows} == {"right", "wrong", "debatable"}
    assert {row["second"] for row in rows} == {"right", "wrong", "debatable", ""}
    known = {check.name for check in CHECKS} | {"not_checked"}
    assert {row["check"] for row in rows} <= known
    keys = Counter(tuple(row.values())[:7] for row in rows)
    assert max(keys.values()) == 1, keys.most_common(1)


def test_the_codebook_shows_what_the_package_says() -> None:
    book = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `(\w+)` \| \w+ \| (\w+ \| [^|]+) \|", book, re.MULTILINE))
    for check in CHECKS:
        assert shown[check.name] == f"{check.confidence} | {check.measured}"


def test_the_one_table_shows_every_label() -> None:
    text = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^\| `(\w+)` \|.*\| (\w+) \|$", text, re.MULTILINE))
    assert {check.name: check.confidence for check in CHECKS}.items() <= shown.items()


def table(body: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "headline": [""], "body": [body]})


def test_without_hints_only_high_findings_stay() -> None:
    demo = nr.load_dataset("demo")
    every, sure = find_incoherence(demo), find_incoherence(demo, hints=False)
    assert {"high", "hint"} == set(every["confidence"])
    kept = every[every["confidence"] == "high"].reset_index(drop=True)
    assert sure.equals(kept)


def test_a_finding_that_is_a_hint_goes_though_its_check_is_sure() -> None:
    every = find_incoherence(table(TWICE), ["repeated_word"])
    assert every["confidence"].tolist() == ["hint", "high"]
    sure = find_incoherence(table(TWICE), ["repeated_word"], hints=False)
    assert sure["quote"].tolist() == ["The the"]


def test_an_article_that_cannot_be_checked_is_told_also_without_hints() -> None:
    found = find_incoherence(table(""), hints=False)
    assert found["check"].tolist() == ["not_checked"]


def test_to_ask_for_hints_alone_and_for_none_is_refused() -> None:
    with pytest.raises(ValueError, match=f"{HINT}: only hints"):
        find_incoherence(table(TWICE), [HINT], hints=False)
    assert find_incoherence(table(TWICE), [HINT, "repeated_word"], hints=False)["quote"].any()


def test_the_shell_can_leave_hints_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from newsresearch.cli import main

    assert main(["check", "demo"]) == 0
    assert "(hint)" in capsys.readouterr().out
    assert main(["check", "demo", "--no-hints"]) == 0
    told = capsys.readouterr().out
    assert "(hint)" not in told
    assert "(high)" in told
    page = tmp_path / "report.html"
    assert main(["report", "demo", "-o", str(page), "--no-hints"]) == 0
    assert "only a hint" not in page.read_text(encoding="utf-8").split("</main>")[0]
