"""The architecture, held by reading the source: one-way imports and one door an engine."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsresearch"
# Each may import only from those before it.
ORDER = [
    "lexicons",
    "measures",
    "progress",
    "tables",
    "plain",
    "text",
    "quotations",
    "vocabulary",
    "vectors",
    "amounts",
    "evidence",
    "encoder",
    "clauses",
    "claims",
    "chunks",
    "articles",
    "batches",
    "furniture",
    "decoding",
    "issues",
    "columns",
    "archives",
    "formats",
    "finishing",
    "opening",
    "finding_files",
    "web",
    "reading",
    "datasets",
    "sentiment",
    "readability",
    "mentions",
    "introducing",
    "attribution",
    "sources",
    "framing",
    "toward",
    "coherence",
    "support",
    "stance",
    "incoherence",
    "perturbations",
    "scaling",
    "features",
    "comparing",
    "files",
    "export",
    "runs",
    "slices",
    "marks",
    "display",
    "page",
    "heat",
    "figures",
    "report",
    "classroom",
    "bundles",
    "cli",
]
DOORS = {
    "pandas": "tables",
    "vaderSentiment": "sentiment",
    "textstat": "readability",
    "matplotlib": "figures",
    "onnxruntime": "encoder",
    "tokenizers": "encoder",
}
LONGEST = 345  # lines; the aim is 250


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_public_face(path: Path) -> bool:
    return path.parent == PACKAGE and path.name in {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    if is_public_face(path):
        return
    here = ORDER.index(layer(path))
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "newsresearch" and parts[1] in ORDER and parts[1] != layer(path):
            assert ORDER.index(parts[1]) < here, f"{path.name} imports {name}"


def test_every_module_has_its_place() -> None:
    found = {layer(path) for path in modules() if not is_public_face(path)}
    assert found == set(ORDER)


@pytest.mark.parametrize(("engine", "door"), DOORS.items())
def test_each_engine_has_one_door(engine: str, door: str) -> None:
    users = {layer(p) for p in modules() if any(n.split(".")[0] == engine for n in imported(p))}
    assert users == {door}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_nothing_that_could_run_a_file_is_used() -> None:
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        called = {call.id for call in calls if isinstance(call, ast.Name)}
        assert not called & {"eval", "exec", "compile"}, path.name
        packages = {name.split(".")[0] for name in imported(path)}
        assert not packages & {"pickle", "joblib", "shelve", "marshal"}, path.name


def test_every_module_has_its_test_file() -> None:
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert set(ORDER) <= tests


def test_nothing_prints_but_the_command_line() -> None:
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prints = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "print"]
        assert not prints or layer(path) == "cli", path.name
