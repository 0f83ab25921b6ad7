"""Tests of newsresearch.bundles: the same bytes in every run, and every change is found."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.figure import Figure

import newsresearch
from newsresearch import figures
from newsresearch.articles import ArticleError, hash_articles
from newsresearch.bundles import (
    STATUSES,
    build_figures,
    describe_software,
    save_figure,
    verify_figures,
)
from newsresearch.bundles.saving import to_csv
from newsresearch.figures import PLOTS, draw_plot, find_drawn, find_plot, render

BODY = (
    "The town of Eastmouth opened a splendid new swimming pool on Friday. Nobody was hurt when "
    "a wall of the old pool collapsed last year, Mayor Ada Quill said. Critics called the price "
    "a shameful waste of of money. The pool will close in winter, according to the council. "
)
ARTICLES = pd.DataFrame(
    {
        "article_id": ["pool", "$\\foo$", "empty"],
        "headline": ["Eastmouth opens splendid pool", "Storm $x_{ $ destroys pier", "Nothing"],
        "body": [BODY, BODY.replace("pool", "pier").replace("splendid", "horrible"), " "],
    }
)
KINDS = ["svg", "png", "pdf"]
NAMES = ["fig1_tone_arc", "fig2_readability", "fig3_findings", "fig4_support"]


def drawn_axes() -> object:
    scores = pd.DataFrame({"article_id": ["a", "b"], "fog_grade": [0.1 + 0.2, 1 / 3]})
    return draw_plot(find_plot("readability"), scores, shown=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("built")
    build_figures(ARTICLES, folder, formats=KINDS)
    return contents(folder)


@pytest.fixture
def saved(built: dict[str, bytes], tmp_path: Path) -> Path:
    """A fresh copy of the four figures, to be damaged."""
    for name, content in built.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def status_of(figure: str, checked: pd.DataFrame) -> tuple[str, str]:
    row = checked.set_index("figure").loc[figure]
    assert row["status"] in STATUSES
    return row["status"], row["detail"]


# --- saving ----------------------------------------------------------------------------------


def test_a_bundle_is_pictures_table_and_manifest(tmp_path: Path) -> None:
    manifest = save_figure(drawn_axes(), "grades", tmp_path / "new" / "folder", ARTICLES)
    assert manifest == tmp_path / "new" / "folder" / "grades.json"
    files = contents(manifest.parent)
    assert sorted(files) == ["grades.csv", "grades.json", "grades.png", "grades.svg"]
    assert files["grades.csv"].decode() == (
        '"article_id","formula","grade"\n'
        '"a","fog_grade",0.30000000000000004\n"b","fog_grade",0.3333333333333333\n'
    )
    told = json.loads(files["grades.json"])
    assert (told["name"], told["plot"], told["options"]) == ("grades", "readability", {})
    assert told["alt"].startswith("Grade level of 2 articles")
    assert told["input"] == {"sha256": hash_articles(ARTICLES), "articles": 3}
    assert set(told["files"]) == {"grades.csv", "grades.png", "grades.svg"}
    assert set(told["versions"]) == {
        "python", "newsresearch", "matplotlib", "numpy", "pandas", "textstat", "vaderSentiment"
    }  # fmt: skip
    assert "sentences.txt" in told["lexicons"] and "stance/model.json" in told["models"]
    assert (told["seed"], told["call"]) == (None, "plot_readability(score_readability(articles))")
    assert str(tmp_path) not in files["grades.json"].decode()


def test_files_can_be_read_by_others_and_no_part_is_left(tmp_path: Path) -> None:
    save_figure(drawn_axes(), "grades", tmp_path, formats=["pdf"])
    assert sorted(contents(tmp_path)) == ["grades.csv", "grades.json", "grades.pdf"]
    plain = tmp_path / "plain"
    plain.touch()
    assert {path.stat().st_mode for path in tmp_path.iterdir()} == {plain.stat().st_mode}


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "../a", "a\\b", ".hidden", "a..b", "a\x00", "a b", "x" * 61]
)
def test_only_plain_names_are_taken(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        save_figure(drawn_axes(), name, tmp_path)
    assert contents(tmp_path) == {}


def test_other_axes_need_their_table(tmp_path: Path) -> None:
    ax = Figure().add_subplot()
    ax.plot([1, 2], [3, 4])
    with pytest.raises(ValueError, match="Pass table="):
        save_figure(ax, "own", tmp_path)
    own = pd.DataFrame({"x\x07": [1, 2], "y": pd.Series(["$\\foo$", "a\ud800\n"], dtype=object)})
    save_figure(ax, "own", tmp_path, ARTICLES, table=own)
    assert (tmp_path / "own.csv").read_text("utf-8") == '"x\ufffd","y"\n1,"$\\foo$"\n2,"a\ufffd "\n'
    assert status_of("own", verify_figures(tmp_path, ARTICLES))[0] == "not recomputed"


def test_bad_formats_and_articles_write_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="svg, png, pdf"):
        save_figure(drawn_axes(), "a", tmp_path, formats=["svg", "exe"])
    with pytest.raises(ArticleError, match="'body'"):
        save_figure(drawn_axes(), "a", tmp_path, ARTICLES.drop(columns="body"))
    assert contents(tmp_path) == {}


def test_a_crash_leaves_the_old_bundle_or_a_found_out_one(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(saved)
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.suffix == ".png":
            raise OSError("disk full")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        save_figure(drawn_axes(), "fig2_readability", saved, ARTICLES)
    after = contents(saved)
    assert after.keys() == before.keys()  # no .part file
    assert after["fig2_readability.png"] == before["fig2_readability.png"]
    assert status_of("fig2_readability", verify_figures(saved))[0] == "file changed"


# --- the same bytes --------------------------------------------------------------------------

RUN = """
import locale, sys
import pandas as pd
locale.setlocale(locale.LC_ALL, "")
from newsresearch.bundles import build_figures
articles = pd.read_json(sys.argv[1], dtype=False)
build_figures(articles, sys.argv[2], formats=["svg", "png", "pdf"])
"""
HOSTILE_RC = """
font.size: 20
font.family: serif
axes.grid: True
axes.unicode_minus: False
axes.formatter.use_locale: True
axes.prop_cycle: cycler('color', ['r'])
figure.autolayout: True
figure.facecolor: black
lines.antialiased: False
path.sketch: 1, 100, 2
pdf.compression: 0
pdf.fonttype: 42
savefig.bbox: tight
savefig.dpi: 50
savefig.transparent: True
svg.fonttype: none
svg.hashsalt: mine
text.color: white
text.usetex: True
timezone: Asia/Tokyo
"""


def find_place() -> str:
    """Return a locale with commas in its numbers where there is one, else the oldest of all."""
    if shutil.which("locale") is None:
        return "C"
    done = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True)
    return next((name for name in done.stdout.split() if name.startswith(("de_", "fr_"))), "C")


def test_bytes_do_not_depend_on_zone_hash_seed_language_or_matplotlibrc(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    place = find_place()
    (tmp_path / "matplotlibrc").write_text(HOSTILE_RC)
    ARTICLES.to_json(tmp_path / "articles.json")
    out = tmp_path / "out"
    env = {
        **os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "77", "MATPLOTLIBRC": str(tmp_path),
        "LANG": place, "LC_ALL": place, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    }  # fmt: skip
    command = [sys.executable, "-c", RUN, str(tmp_path / "articles.json"), str(out)]
    subprocess.run(command, env=env, check=True)
    assert contents(out) == built
    told = json.loads(built["fig1_tone_arc.json"])
    assert "date" not in json.dumps(told).lower()
    assert b"dc:date" not in built["fig1_tone_arc.svg"]


def test_every_picture_tells_what_it_shows(built: dict[str, bytes]) -> None:
    for name in NAMES:
        alt = json.loads(built[f"{name}.json"])["alt"]
        picture = ElementTree.fromstring(built[f"{name}.svg"])
        assert picture.attrib["role"] == "img"
        assert [each.tag.rpartition("}")[2] for each in picture[:2]] == ["title", "desc"]
        assert [each.text for each in picture[:2]] == [name, alt]
        assert alt.encode("latin-1") in built[f"{name}.png"]


def test_a_picture_tells_what_would_be_markup() -> None:
    told = ElementTree.fromstring(render(drawn_axes(), "svg", "a<b>&\"'", "1 < 2 & \\g<0> </desc>"))
    assert [each.text for each in told[:2]] == ["a<b>&\"'", "1 < 2 & \\g<0> </desc>"]


def test_the_call_draws_the_figure_again(built: dict[str, bytes]) -> None:
    for name in NAMES:
        call = json.loads(built[f"{name}.json"])["call"]
        ax = eval(call, {**vars(figures), **makers(), "articles": ARTICLES})
        drawn = find_drawn(ax)
        assert drawn is not None and to_csv(drawn.table).encode() == built[f"{name}.csv"]


def makers() -> dict[str, object]:
    return {plot.source.__name__: plot.source for plot in PLOTS}


def test_a_measurement_does_not_say_that_articles_make_it() -> None:
    assert (
        find_plot("confusion").call({"published": False})
        == "plot_confusion(table, published=False)"
    )
    assert find_plot("comparison").call({"most": None}) == "plot_comparison(table)"


def test_every_model_of_the_package_is_in_the_manifest() -> None:
    package = Path(newsresearch.__file__).parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.*")
        if path.suffix in {".json", ".npz", ".npy", ".onnx"}
    }
    assert set(describe_software()["models"]) == found


def test_a_seed_is_kept(tmp_path: Path) -> None:
    manifest = save_figure(drawn_axes(), "grades", tmp_path, ARTICLES, ["svg"], seed=7)
    assert json.loads(manifest.read_text())["seed"] == 7


# --- building --------------------------------------------------------------------------------


def test_build_figures_makes_all_or_some(tmp_path: Path, built: dict[str, bytes]) -> None:
    assert sorted(built) == sorted(f"{n}.{k}" for n in NAMES for k in ("csv", "json", *KINDS))
    made = build_figures(ARTICLES, tmp_path, only=3)
    assert made["figure"].tolist() == ["fig3_findings"]
    assert made["file"].tolist() == ["fig3_findings.svg"]
    assert made["what"].str.contains(" of 3 articles").all()
    one = build_figures(ARTICLES, tmp_path, only=[1], article_id="$\\foo$")
    assert "$\\foo$" in one["what"][0]
    assert "fig2_readability.svg" not in contents(tmp_path)
    with pytest.raises(ValueError, match=r"no figure 5\. Use 1, 2, 3, 4"):
        build_figures(ARTICLES, tmp_path, only=[1, 5])
    with pytest.raises(ValueError, match="no tones of 'nobody'"):
        build_figures(ARTICLES, tmp_path, only=1, article_id="nobody")


def test_every_article_has_its_row(built: dict[str, bytes]) -> None:
    for name in NAMES[1:]:
        for article in ARTICLES["article_id"]:
            assert f'"{article}"'.encode() in built[f"{name}.csv"]


# --- verifying -------------------------------------------------------------------------------


def test_untouched_figures_are_ok(saved: Path) -> None:
    checked = verify_figures(saved, ARTICLES)
    assert checked["figure"].tolist() == NAMES
    assert checked["status"].tolist() == ["ok"] * 4
    assert checked["detail"].tolist() == [""] * 4
    assert all(pd.api.types.is_string_dtype(kind) for kind in checked.dtypes)


def test_without_articles_only_files_are_checked(saved: Path) -> None:
    checked = verify_figures(saved)
    assert checked["status"].tolist() == ["not recomputed"] * 4
    assert checked["detail"].str.contains("pass articles=").all()


def test_a_missing_picture_is_named(saved: Path) -> None:
    (saved / "fig2_readability.png").unlink()
    checked = verify_figures(saved, ARTICLES)
    assert status_of("fig2_readability", checked) == ("file missing", "fig2_readability.png")
    assert checked["status"].tolist().count("ok") == 3


def test_a_changed_picture_is_named(saved: Path) -> None:
    with (saved / "fig4_support.svg").open("ab") as file:
        file.write(b" ")
    assert status_of("fig4_support", verify_figures(saved, ARTICLES)) == (
        "file changed",
        "fig4_support.svg",
    )


def edit_cell(folder: Path, figure: str, old: str, new: str, forge: bool) -> None:
    """Change the table of a figure; with forge the manifest is made to agree."""
    table = folder / f"{figure}.csv"
    text = table.read_text("utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), "utf-8")
    if forge:
        manifest = folder / f"{figure}.json"
        told = json.loads(manifest.read_text())
        told["files"][table.name] = hashlib.sha256(table.read_bytes()).hexdigest()
        manifest.write_text(json.dumps(told))


@pytest.mark.parametrize("forge", [False, True])
def test_a_changed_cell_is_named(saved: Path, forge: bool) -> None:
    first = (saved / "fig1_tone_arc.csv").read_text("utf-8").splitlines()[2]
    tone = first.rsplit(",", 1)[1]
    edit_cell(saved, "fig1_tone_arc", f",1,{tone}\n", ",1,0.9\n", forge)
    status, detail = status_of("fig1_tone_arc", verify_figures(saved, ARTICLES))
    assert status == ("table differs" if forge else "file changed")
    assert f"row 2, column 'tone': stored '0.9', recomputed '{tone}'" in detail


def test_every_plot_can_be_saved_and_verified(tmp_path: Path) -> None:
    for plot in PLOTS:
        if plot.name in {"reliability", "confusion", "comparison", "published", "answers"}:
            continue  # not made from articles alone
        options = {"article_id": "pool"} if plot.name == "tone_arc" else {}
        ax = draw_plot(plot, plot.source(ARTICLES), shown=False, **options)
        save_figure(ax, plot.name, tmp_path, ARTICLES, formats=["svg"])
    assert set(verify_figures(tmp_path, ARTICLES)["status"]) == {"ok"}


@pytest.mark.parametrize("name", ["reliability", "confusion"])
def test_measurements_are_saved_and_say_that_articles_do_not_make_them(
    name: str, tmp_path: Path
) -> None:
    empty = pd.DataFrame(columns=["stance", "n", "told", "true", *"ab"])
    options = {"published": False} if name == "confusion" else {}
    save_figure(draw_plot(find_plot(name), empty, shown=False, **options), name, tmp_path, ARTICLES)
    assert status_of(name, verify_figures(tmp_path, ARTICLES)) == (
        "not recomputed",
        "ValueError: this figure shows a measurement; it cannot be made again from articles.",
    )
    assert status_of(name, verify_figures(tmp_path))[0] == "not recomputed"


def test_numbers_may_differ_within_the_tolerance(saved: Path) -> None:
    line = (saved / "fig2_readability.csv").read_text("utf-8").splitlines()[1]
    grade = line.rsplit(",", 1)[1]
    edit_cell(saved, "fig2_readability", f",{grade}\n", f",{float(grade) + 1e-6!r}\n", forge=True)
    assert status_of("fig2_readability", verify_figures(saved, ARTICLES))[0] == "table differs"
    loose = verify_figures(saved, ARTICLES, tolerance=1e-5)
    assert status_of("fig2_readability", loose) == ("ok", "")


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ('"coverage"', '"share"', "columns: stored"),
        ('"pool","supporting"', '"pond","supporting"', "column 'article_id': stored 'pond'"),
        ('"empty","",', '"empty","",7,', "stored 13 cells, recomputed 12"),
        ('"pool","supporting"', f'"pool","none"{",1" * 10}\n"pool","supporting"', "row 1, column"),
    ],
)
def test_other_changes_of_a_table_are_named(saved: Path, old: str, new: str, detail: str) -> None:
    edit_cell(saved, "fig4_support", old, new, forge=True)
    status, told = status_of("fig4_support", verify_figures(saved, ARTICLES))
    assert status == "table differs"
    assert detail in told


def test_rows_left_out_are_counted(saved: Path) -> None:
    table = (saved / "fig4_support.csv").read_text("utf-8")
    last = table.splitlines(keepends=True)[-1]
    edit_cell(saved, "fig4_support", last, "", forge=True)
    rows = table.count("\n") - 1
    told = status_of("fig4_support", verify_figures(saved, ARTICLES))
    assert told == ("table differs", f"rows: stored {rows - 1}, recomputed {rows}")


def test_changed_software_is_named_beside_the_cell(saved: Path) -> None:
    edit_cell(saved, "fig4_support", '"pool"', '"pond"', forge=True)
    manifest = saved / "fig4_support.json"
    text = manifest.read_text().replace('"matplotlib": "', '"matplotlib": "0.')
    manifest.write_text(text)
    detail = status_of("fig4_support", verify_figures(saved, ARTICLES))[1]
    assert detail.endswith("(changed since: matplotlib)")


def test_other_versions_do_not_matter_where_the_table_agrees(saved: Path) -> None:
    for path in saved.glob("*.json"):
        path.write_text(path.read_text().replace('"matplotlib": "', '"matplotlib": "0.'))
    assert set(verify_figures(saved, ARTICLES)["status"]) == {"ok"}


def test_other_articles_are_told_from_another_table(saved: Path) -> None:
    changed = ARTICLES.copy()
    changed.loc[0, "body"] += "One more sentence."
    assert set(verify_figures(saved, changed)["status"]) == {"input differs"}
    assert set(verify_figures(saved, ARTICLES.iloc[::-1])["status"]) == {"input differs"}


def edited(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    def damage(raw: bytes) -> bytes:
        told = json.loads(raw)
        change(told)
        return json.dumps(told).encode()

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:100],
        lambda raw: b"\xff\xfe\x00",
        lambda raw: b"[]",
        lambda raw: b"[" * 100_000,
        lambda raw: b'{"format": 1' + b"0" * 9_000 + b"}",
        edited(lambda told: told.pop("format")),
        edited(lambda told: told.update(files=[])),
        edited(lambda told: told.update(files={})),
        edited(lambda told: told.update(plot=None)),
        edited(lambda told: told.update(options=3)),
        edited(lambda told: told.update(input="x")),
        edited(lambda told: told["files"].update({"../../etc/hosts": "0"})),
        edited(lambda told: told["files"].update({"fig1_tone_arc.exe": "0"})),
    ],
)
def test_a_broken_manifest_is_a_row(saved: Path, damage: Callable[[bytes], bytes]) -> None:
    manifest = saved / "fig1_tone_arc.json"
    manifest.write_bytes(damage(manifest.read_bytes()))
    checked = verify_figures(saved, ARTICLES)
    status, detail = status_of("fig1_tone_arc", checked)
    assert status == "manifest unreadable"
    assert detail.startswith("fig1_tone_arc.json: ")
    assert checked["status"].tolist().count("ok") == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(plot="pie"),
        lambda told: told.update(options={"nonsense": 1}),
        lambda told: told.update(options={}),
        lambda told: told.update(input=None),
        lambda told: told.update(input={}),
        lambda told: told.update(versions=[]),
        lambda told: told["files"].update({"fig1_tone_arc.csv": None}),
    ],
)
def test_a_forged_manifest_is_never_ok(
    saved: Path, change: Callable[[dict[str, object]], object]
) -> None:
    manifest = saved / "fig1_tone_arc.json"
    manifest.write_bytes(edited(change)(manifest.read_bytes()))
    edit_cell(saved, "fig1_tone_arc", '"pool"', '"pond"', forge=False)
    assert status_of("fig1_tone_arc", verify_figures(saved, ARTICLES))[0] != "ok"


def test_strange_things_in_the_folder_are_rows(saved: Path) -> None:
    (saved / "folder.json").mkdir()
    (saved / "other.json").write_text('{"mine": true}')
    (saved / "fig2_readability.png").unlink()
    (saved / "fig2_readability.png").mkdir()
    checked = verify_figures(saved)
    assert status_of("folder", checked)[0] == "manifest unreadable"
    assert "format" in status_of("other", checked)[1]
    assert status_of("fig2_readability", checked)[0] == "file missing"


def test_only_some_are_verified(saved: Path) -> None:
    (saved / "fig2_readability.png").unlink()
    one = verify_figures(saved, ARTICLES, only="fig3_findings")
    assert one.values.tolist() == [["fig3_findings", "ok", ""]]
    two = verify_figures(saved, ARTICLES, only=["fig3_findings", "fig2_readability"])
    assert two["status"].tolist() == ["ok", "file missing"]
    with pytest.raises(ValueError, match=r"no saved figure 'fig9'.*found fig1_tone_arc, "):
        verify_figures(saved, only="fig9")


def test_bundles_of_before_there_were_models_are_verified(saved: Path) -> None:
    edit_cell(saved, "fig4_support", '"pool"', '"pond"', forge=True)
    manifest = saved / "fig4_support.json"
    told = json.loads(manifest.read_text())
    for key in ("models", "call", "seed"):
        del told[key]
    manifest.write_text(json.dumps(told))
    status, detail = status_of("fig4_support", verify_figures(saved, ARTICLES))
    assert status == "table differs" and detail.endswith("recomputed 'pool'")


def test_nothing_to_verify_says_what_to_do(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(ValueError, match=r"no manifest .*save_figure\(\)"):
            verify_figures(folder)


def test_surrogates_and_forty_articles_survive_a_round_trip(tmp_path: Path) -> None:
    ids = pd.Series(["a\ud800b", *(f"article {at}" for at in range(39))], dtype=object)
    bodies = [f"{BODY}It has {at} lanes." for at in range(40)]
    many = pd.DataFrame({"article_id": ids, "headline": "Pool opens", "body": bodies})
    plot = find_plot("readability")
    ax = draw_plot(plot, plot.source(many), shown=False)
    save_figure(ax, "forty", tmp_path, many)
    text = (tmp_path / "forty.csv").read_text("utf-8")
    assert "a\ufffdb" in text
    assert text.count("\n") == 1 + 40 * 6
    assert status_of("forty", verify_figures(tmp_path, many)) == ("ok", "")
