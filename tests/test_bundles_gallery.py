"""The page beside saved figures: escaped, the same each time, and true to the folder."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from markup import PAYLOADS, elements, parsed, squeeze, visible

from newsresearch.bundles import build_figures, check_gallery, save_figure, save_gallery
from newsresearch.bundles.gallery import gallery_html
from newsresearch.cli import main
from newsresearch.figures import plot_readability
from newsresearch.marks import reveal

ONE = pd.DataFrame(
    {"article_id": ["a"], "headline": ["Rain"], "body": ["Rain fell on the the town."]}
)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "figure",
    "img", "figcaption", "a", "dl", "div", "dt", "dd", "code",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four figures, and one of somebody's own making."""
    folder = tmp_path_factory.mktemp("built")
    build_figures(ONE, folder)
    scores = pd.DataFrame({"article_id": ["a"], "fog_grade": [9.5]})
    save_figure(plot_readability(scores), "my-own.figure", folder, formats=["png"])
    return folder


@pytest.fixture
def saved(built: Path, tmp_path: Path) -> Path:
    for path in built.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def nodes(page: str) -> Iterator[tuple[str, dict[str, str], Any]]:
    return elements(parsed(page))


def test_every_figure_has_its_picture_text_files_and_check(built: Path) -> None:
    page = gallery_html(built, "demo")
    text = visible(parsed(page))
    for path in built.glob("*.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        assert squeeze(manifest["alt"]) in text and squeeze(manifest["call"]) in text
        assert (manifest["input"] or {"sha256": "not named"})["sha256"] in text
    assert "Figure 3: findings" in text and "my-own.figure" in text
    assert "newsresearch figures demo --only 3 --check --out ." in text
    assert "nr.verify_figures(\".\", articles, only='my-own.figure')" in text
    assert {name for name, _, _ in nodes(page)} == TAGS


def test_every_link_and_picture_is_a_file_of_the_folder(built: Path) -> None:
    page = gallery_html(built)
    links = [a.get("href") or a.get("src") for name, a, _ in nodes(page) if name in {"a", "img"}]
    assert {unquote(link.removeprefix("./")) for link in links if link} == {
        path.name for path in built.iterdir()
    }
    pictures = [a for name, a, _ in nodes(page) if name == "img"]
    assert len(pictures) == 5 and all(a["alt"].strip() for a in pictures)
    assert [a["src"].rpartition(".")[2] for a in pictures] == ["svg"] * 4 + ["png"]


def test_the_same_folder_makes_the_same_page_that_names_no_place(saved: Path) -> None:
    first = save_gallery(saved).read_bytes()
    assert save_gallery(saved).read_bytes() == first
    assert str(saved).encode() not in first and b"ARTICLES stands for" in first
    assert not list(saved.glob(".*"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_forged_manifest_stays_text(payload: str, saved: Path) -> None:
    path = saved / "fig1_tone_arc.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest |= {"alt": payload, "call": payload, "input": {"sha256": payload, "articles": payload}}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    page = gallery_html(saved)
    assert {name for name, _, _ in nodes(page)} == TAGS
    assert visible(parsed(page)).count(squeeze(reveal(payload))) >= 4


def test_a_name_that_is_no_name_of_ours_stays_text(saved: Path) -> None:
    name = "a&amp;'b\"#c?d%e <i>"
    for kind in ("csv", "json", "svg"):
        (saved / f"{name}.{kind}").write_bytes((saved / f"fig1_tone_arc.{kind}").read_bytes())
    path = saved / f"{name}.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"] = dict.fromkeys((f"{name}.csv", f"{name}.svg"), "0")
    path.write_text(json.dumps(manifest), encoding="utf-8")
    page = gallery_html(saved)
    assert {tag for tag, _, _ in nodes(page)} == TAGS
    assert name in [unquote(a["src"])[2:-4] for tag, a, _ in nodes(page) if tag == "img"]


def test_a_broken_manifest_is_told_in_its_place(saved: Path) -> None:
    (saved / "fig2_readability.json").write_text("{", encoding="utf-8")
    text = visible(parsed(gallery_html(saved)))
    assert "Figure 2: readability The manifest cannot be read:" in text
    assert "Figure 3: findings" in text


def test_the_check_sees_another_page_and_misses_none(saved: Path) -> None:
    assert check_gallery(saved) is None
    page = save_gallery(saved)
    assert check_gallery(saved) == ("ok", "")
    assert check_gallery(saved, "demo") != ("ok", "")
    page.write_bytes(page.read_bytes().replace(b"Figure 1", b"Figure I"))
    checked = check_gallery(saved)
    assert checked is not None and checked[0] == "file changed"


def test_the_command_writes_it_and_the_commands_on_it_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["figures", "--out", str(tmp_path), "--only", "3"]) == 0
    assert "index.html" in capsys.readouterr().out
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    [*_, check] = ["".join(node.itertext()) for name, _, node in nodes(page) if name == "code"]
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(check)[1:]) == 0
    assert main(["figures", "--out", ".", "--check"]) == 0
    assert "index.html: ok" in capsys.readouterr().out
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    assert main(["figures", "--out", ".", "--check"]) == 1
    assert "index.html: file changed" in capsys.readouterr().out
