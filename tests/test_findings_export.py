"""Findings as JSON: the file keeps its schema, its quotes stand where it says, it is whole."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

import newsresearch as nr
from newsresearch import cli
from newsresearch.articles import ArticleError
from newsresearch.export import FINDINGS_SCHEMA, findings_to_json
from newsresearch.incoherence import FINDING_DTYPES

SCHEMA = Path(__file__).parent.parent / "data" / "findings.schema.json"


@pytest.fixture(scope="module")
def findings() -> pd.DataFrame:
    return nr.find_incoherence(nr.load_dataset("demo").tail(6))


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_an_export_keeps_the_schema_that_is_shipped(
    findings: pd.DataFrame, validator: Any, tmp_path: Path
) -> None:
    path = nr.save_findings(findings, tmp_path / "new" / "findings.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    validator.validate(document)
    assert document["schema"] == FINDINGS_SCHEMA
    assert len(document["findings"]) == len(findings) > 10
    assert {found["other"] is None for found in document["findings"]} == {True, False}


@pytest.mark.parametrize("spoil", ["reason", "start", "other", "schema", "field", "offsets"])
def test_the_schema_refuses_what_is_wrong(
    findings: pd.DataFrame, validator: Any, spoil: str
) -> None:
    document = deepcopy(findings_to_json(findings))
    if spoil in document:
        document[spoil] = "2"
    elif spoil == "start":
        document["findings"][0][spoil] = -1
    elif spoil == "field":
        document["findings"][0][spoil] = "title"
    else:
        del document["findings"][0][spoil]
    assert not validator.is_valid(document)


def test_each_quote_stands_where_the_file_says(findings: pd.DataFrame) -> None:
    articles = nr.load_dataset("demo").set_index("article_id")
    for found in findings_to_json(findings)["findings"]:
        for place in filter(None, (found, found["other"])):
            text = articles.loc[found["article_id"], place["field"]]
            assert text[place["start"] : place["end"]] == place["quote"]


def test_offsets_count_code_points(tmp_path: Path) -> None:
    row = {"article_id": "a", "headline": "", "body": "👩‍🚀🚀 She took the the bus home."}
    found = nr.find_incoherence(pd.DataFrame([row]), ["repeated_word"])
    path = nr.save_findings(found, tmp_path / "a.json")
    (only,) = json.loads(path.read_text(encoding="utf-8"))["findings"]
    assert row["body"][only["start"] : only["end"]] == only["quote"] == "the the"


def test_findings_read_back_from_a_table_give_the_same_file(
    findings: pd.DataFrame, tmp_path: Path
) -> None:
    findings.assign(mine=1).to_csv(tmp_path / "findings.csv", index=False)
    again = pd.read_csv(tmp_path / "findings.csv")
    assert findings_to_json(again) == findings_to_json(findings)


def test_no_findings_are_a_file_too(validator: Any, tmp_path: Path) -> None:
    empty = nr.find_incoherence(nr.load_dataset("demo").head(1))
    path = nr.save_findings(empty, tmp_path / "none.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    validator.validate(document)
    assert document["findings"] == []


def test_half_characters_do_not_stop_the_file(tmp_path: Path) -> None:
    row = dict.fromkeys(FINDING_DTYPES, "x") | {"reason": "\ud800", "other_field": ""}
    row |= {"field": "body", "start": 0, "end": 1, "quote": "\ud800"}
    path = nr.save_findings(pd.DataFrame([row], dtype=object), tmp_path / "a.json")
    (only,) = json.loads(path.read_text(encoding="utf-8"))["findings"]
    assert (only["quote"], only["reason"]) == ("\ufffd", "\ufffd")


def test_it_is_written_whole_or_not_at_all(
    findings: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = nr.save_findings(findings, tmp_path / "a.json")
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsresearch.files.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        nr.save_findings(findings.head(1), path)
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_wrong_calls_say_what_to_do(findings: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"ends on \.json"):
        nr.save_findings(findings, tmp_path / "a.csv")
    with pytest.raises(ArticleError, match=r"'reason' column.*find_incoherence"):
        nr.save_findings(findings.drop(columns="reason"), tmp_path / "a.json")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option", [["--format", "json"], ["--json"]])
def test_the_command_prints_the_same_shape(
    option: list[str], validator: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "rain.txt"
    source.write_text("Rain\n\nShe took the the bus home.", encoding="utf-8")
    assert cli.main(["check", str(source), "--checks", "repeated_word", *option]) == 0
    printed = json.loads(capsys.readouterr().out)
    validator.validate(printed)
    found = nr.find_incoherence(nr.read_articles(source), ["repeated_word"])
    assert printed == findings_to_json(found) | {"support": printed["support"]}
