"""What a page in a browser asks of the package, for all bundled articles; a program of its own.

Run as ``python class_path.py FOLDER BLOCKED...``: puts the folder first on the path, lets none of
the blocked packages be imported, and writes what came out, and which packages it took, as JSON.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import Any


class Blocked:
    """Lets some packages not be found, as where they are not installed."""

    def __init__(self, names: list[str]) -> None:
        self.names = frozenset(names)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.split(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def read_articles(every_nth: int = 1) -> dict[str, Any]:
    """Return all that a lesson can ask of each article; two of them are spoilt in every way."""
    import newsresearch as nr
    from newsresearch import attribution, framing, furniture, introducing, sources, support
    from newsresearch.framing.codebook import MEANINGS
    from newsresearch.opening import article_ids
    from newsresearch.perturbations import KINDS
    from newsresearch.readability import grade_rows
    from newsresearch.sentiment import tone_rows, tone_word_rows

    every = [nr.open_article(article_id) for article_id in article_ids()]
    told: dict[str, Any] = {}
    for article in every[::every_nth]:
        findings = nr.check_article(article)
        told[article.article_id] = {
            "findings": findings,
            "shown": nr.show_article(article, findings)._repr_html_(),
            "support": support.support_rows(article),
            "quotes": attribution.attribution_rows(article),
            "introductions": introducing.introduction_rows(article),
            "sources": sources.source_rows(article),
            "cues": list(framing.cue_rows(article, MEANINGS)),
            "furniture": furniture.strip_article(article)[1],
            "tones": list(tone_rows(article)),
            "tone words": list(tone_word_rows(article)),
            "grade": list(grade_rows(article)),
            "measures": _measures(article),
        }
    for article in every[:2]:
        for kind in KINDS:
            made, gold = nr.spoil_article(article, kind.name, 7, every)
            told[f"{article.article_id} {kind.name}"] = [made.headline, made.body, gold]
    return json.loads(json.dumps(told))  # type: ignore[no-any-return]


def _measures(article: Any) -> dict[str, Any]:
    from newsresearch import coherence, framing, readability, sentiment, sources, stance
    from newsresearch.batches import score_article

    parts = (readability, sentiment, stance, framing, sources, coherence)
    return score_article(article, *(part.SCORER for part in parts))


def taken() -> list[str]:
    """Return the packages in use that are neither ours nor Python's."""
    files = {name: getattr(module, "__file__", None) for name, module in [*sys.modules.items()]}
    own = {name.split(".")[0] for name, file in files.items() if file}
    return sorted(own - sys.stdlib_module_names - {"__main__", "class_path", "newsresearch"})


def import_all() -> list[str]:
    """Import every module of the package, and return the names."""
    import newsresearch

    names = [m.name for m in walk_packages(newsresearch.__path__, "newsresearch.")]
    for name in names:
        if not name.endswith("__main__"):
            import_module(name)
    return names


def evaluate(expressions: list[str]) -> list[Any]:
    """Return what expressions of numpy come to: dtype, shape and numbers, or the error's name."""
    return [_evaluate(expression) for expression in expressions]


def _evaluate(expression: str) -> Any:
    import numpy as np

    try:
        return _plain(eval(expression, {"np": np}))
    except Exception as problem:
        return f"error: {type(problem).__name__}"


def _plain(value: Any) -> Any:
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        # A single number is one of Python here and one of numpy there.
        whole = [getattr(value.dtype, "name", ""), list(value.shape)] if value.shape else []
        return [*whole, value.tolist()]
    return [value]


if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    sys.path.insert(0, folder)
    sys.meta_path.insert(0, Blocked(names))  # type: ignore[arg-type]
    asked = json.loads(sys.stdin.read())
    made = {
        "articles": read_articles(asked["articles"]) if "articles" in asked else {},
        "modules": import_all() if "modules" in asked else [],
        "numpy": evaluate(asked.get("numpy", [])),
        "taken": taken(),
        "file": getattr(sys.modules.get("numpy"), "__file__", ""),
    }
    print(json.dumps(made))
