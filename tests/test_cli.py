"""The command line: exit codes, JSON, standard input, one-sentence errors, whole files."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.cli import main

TEXT = "Mayor quits over bribes\n\nThe river rose. She took the the bus to the town.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "rain.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_check_prints_findings_and_both_sentences(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check", str(article))
    assert code == 0
    assert "repeated_word (high), body 25-32: ‘the the’" in out
    assert "headline_unsupported" in out


def test_check_as_json_is_findings_and_support(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "check", str(article), "--json", "--checks", "repeated_word")
    answer = json.loads(out)
    assert [row["quote"] for row in answer["findings"]] == ["the the"]
    assert isinstance(answer["support"], list)


@pytest.mark.parametrize(("limit", "code"), [("0", 1), ("9", 0)])
def test_fail_above_sets_the_exit_code(
    article: Path, capsys: pytest.CaptureFixture[str], limit: str, code: int
) -> None:
    assert run(capsys, "check", str(article), "--fail-above", limit)[0] == code


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (TEXT.encode(), "txt"),
        (b'{"headline": "Rain", "body": "She took the the bus."}\n', "jsonl"),
        (b"headline,body\nRain,She took the the bus.\n", "csv"),
    ],
    ids=["text", "json lines", "csv"],
)
def test_standard_input_in_three_formats(
    raw: bytes, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    code, out, _ = run(capsys, "check", "-", "--json", "--checks", "repeated_word")
    assert code == 0
    findings = json.loads(out)["findings"]
    assert [row["quote"] for row in findings] == ["the the"], kind
    assert findings[0]["article_id"].startswith("stdin")
    assert findings[0]["start"] == (25 if kind == "txt" else 9)


def test_columns_are_renamed_and_the_rest_passes_through(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("title,text,beat\nRain,It rained.,weather\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    code, printed, _ = run(
        capsys, "score", str(path), "-o", str(out), "--columns", "headline=title,body=text"
    )
    assert code == 0 and "1 article scored" in printed
    assert pd.read_csv(out).loc[0, ["headline", "beat"]].tolist() == ["Rain", "weather"]


def test_score_prints_csv_or_json(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", str(article))
    table = pd.read_csv(io.StringIO(out))
    assert "body_tone" in table and "body" not in table
    _, out, _ = run(capsys, "score", str(article), "--json")
    assert json.loads(out)[0]["article_id"] == "rain"


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_scores_in_other_formats(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    out = tmp_path / f"scores{suffix}"
    assert run(capsys, "score", str(article), "-o", str(out))[0] == 0
    table = pd.read_parquet(out) if suffix == ".parquet" else pd.read_json(out, lines=True)
    assert table.loc[0, "article_id"] == "rain"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (
            ["check", "table.csv"],
            "found 'lead title', 'raw text'. Pass --columns body=raw text.",
        ),
        (["check", "nowhere.txt"], "no file or folder at 'nowhere.txt'"),
        (["score", "rain.txt", "-o", "x.xlsx"], "cannot write 'x.xlsx'"),
        (["check", "rain.txt", "--checks", "spelling"], "no check 'spelling'"),
        (["check", "rain.txt", "--columns", "headline"], "Write OURS=THEIRS"),
        (["report", "rain.txt", "-o", "rain.txt/x.html"], "rain.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_are_one_sentence_and_code_2(
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(article.parent)
    Path("table.csv").write_text("lead title,raw text\na,b\n", encoding="utf-8")
    code, out, err = run(capsys, *argv)
    assert code == 2 and not out
    assert says in err and err.startswith("newsresearch: ") and err.count("\n") == 1


def test_a_bad_file_of_a_folder_is_told_and_the_others_are_checked(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article.parent / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, out, err = run(capsys, "check", str(article.parent))
    assert code == 0
    assert "picture: picture.txt: this is a PNG picture" in err
    assert "picture: not checked: picture.txt: this is a PNG picture" in out
    assert "‘the the’" in out


def test_report_and_figures_and_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, folder = tmp_path / "page.html", tmp_path / "figures"
    assert run(capsys, "report", "demo", "-o", str(page))[0] == 0
    assert page.read_text(encoding="utf-8").count("<h1") == 1
    code, out, _ = run(capsys, "figures", "--out", str(folder), "--only", "2")
    assert code == 0 and "fig2_readability" in out and "receipts.csv" in out
    assert run(capsys, "figures", "--out", str(folder), "--verify")[0] == 0
    table = folder / "fig2_readability.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(".", ",", 1), encoding="utf-8")
    code, out, _ = run(capsys, "figures", "--only", "2", "--out", str(folder), "--check")
    assert code == 1 and out.startswith("fig2_readability: file changed: fig2_readability.csv")
    code, _, err = run(capsys, "figures", "--only", "3", "--out", str(folder), "--check")
    assert code == 2 and "no saved figure 'fig3_findings'" in err
    assert run(capsys, "figures", "--only", "9", "--out", str(folder), "--check")[0] == 2
    assert run(capsys, "figures", "--only", "3", "--pdf", "--out", str(folder))[0] == 0
    assert (folder / "fig3_findings.pdf").read_bytes().startswith(b"%PDF")
    assert run(capsys, "figures", "--only", "3", "--out", str(folder), "--check")[0] == 0


def test_info_names_versions_word_lists_and_checks(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "info")
    assert "textstat" in out and "0.7.8" in out and "late_introduction" in out
    _, out, _ = run(capsys, "info", "--json")
    assert len(json.loads(out)["checks"]) == len(nr.list_checks())


def test_help_needs_none_of_the_heavy_packages() -> None:
    source = (
        "import sys\nfrom newsresearch.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as done:\n    assert done.code == 0\n"
        "print([n for n in ('pandas', 'numpy', 'matplotlib', 'textstat') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().endswith("[]")


def test_a_closed_pipe_is_no_error(article: Path) -> None:
    command = (
        f"{sys.executable} -c 'from newsresearch.cli import main; main()' score {article} --json"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", f"{command} | head -c 1"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[" and "Traceback" not in done.stderr


def test_what_was_not_checked_does_not_pass(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text("Only a headline", encoding="utf-8")
    assert run(capsys, "check", str(article))[0] == 0
    assert run(capsys, "check", str(article), "--fail-above", "9")[0] == 2


def test_output_survives_a_narrow_code_page(article: Path) -> None:
    command = [sys.executable, "-m", "newsresearch", "check", "demo"]
    env = {"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(command, capture_output=True, env=env, check=True)
    assert "−" in done.stdout.decode("utf-8")


def test_wrong_options_leave_the_folder_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "figures", "--out", str(tmp_path / "f"), "--only", "9")
    assert code == 2 and "no figure 9" in err
    assert not (tmp_path / "f").exists()
