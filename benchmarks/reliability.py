"""Does it hold on bad input, and does the time stay in proportion? One figure a subcommand.

    python benchmarks/reliability.py growth [FAMILY ...]
    python benchmarks/reliability.py slowest       # more with NEWSRESEARCH_DATA=folder
    python benchmarks/reliability.py texts
    python benchmarks/reliability.py files
    python benchmarks/reliability.py poison

Each prints a table and, last, one JSON line. The nasty inputs are those of `tests/nasty.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import nasty
from reliability_families import all_texts, news
from reliability_growth import growth
from reliability_slowest import SLOW, slowest

import newsresearch as nr
from newsresearch.articles import MAX_CHARACTERS
from newsresearch.report import report_html


def main() -> int:
    """Run one subcommand and print its figure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("figure", choices=FIGURES)
    parser.add_argument("names", nargs="*", help="growth: only families with this in their name")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    found = growth(options.names) if options.figure == "growth" else FIGURES[options.figure]()
    print(json.dumps(found))
    return 0


def run_all(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Run every stage on an Articles table; return the tables."""
    stripped, receipts = nr.strip_furniture(articles)
    scores, findings = nr.score_all(stripped), nr.find_incoherence(articles)
    support = nr.support_headline(articles)
    for name in articles["article_id"].head(1):
        nr.show_article(articles, findings, name)._repr_html_()
    report_html(articles.head(3), findings)
    return {
        "stripped": stripped, "receipts": receipts, "scores": scores, "findings": findings,
        "support": support,
    }  # fmt: skip


# --- the contract -------------------------------------------------------------------------------


def check_tables(articles: pd.DataFrame, made: dict[str, pd.DataFrame]) -> None:
    """Hold the contract: rows kept in order, a reason for each unscored one, true quotes."""
    texts = articles.set_index("article_id")
    ids = articles["article_id"].tolist()
    scores, findings = made["scores"], made["findings"]
    assert scores["article_id"].tolist() == made["stripped"]["article_id"].tolist() == ids
    assert ((scores["error"] != "") == scores["n_words"].isna()).all()
    told = findings["reason"].str.contains("failed:") | (findings["reason"] == "")
    assert not told.any() and not scores["error"].str.contains("failed").any()
    for name in ("findings", "support", "receipts"):
        for row in made[name].itertuples():
            text = texts.at[row.article_id, getattr(row, "field", "body")]
            assert text[row.start : row.end] == row.quote, name
    check_receipts(articles, made["stripped"], made["receipts"])


def check_receipts(articles: pd.DataFrame, stripped: pd.DataFrame, receipts: pd.DataFrame) -> None:
    """Put back what was cut: it must give the text as it was."""
    for before, after in zip(articles.itertuples(), stripped.itertuples(), strict=True):
        own = receipts[(receipts["article_id"] == before.article_id)]
        text = after.body
        for row in own[own["field"] == "body"].itertuples():
            text = text[: row.start] + row.quote + text[row.start :]
        assert text == before.body, "the receipts do not restore the text"


class Board:
    """Counts what held, and prints what did not."""

    def __init__(self, figure: str) -> None:
        self.figure = figure
        self.count = Counter[str](tried=0, held=0, broken=0, exceptions=0)

    def try_one(self, name: str, work: Callable[[], None]) -> None:
        """Run one case: only an AssertionError means that it ran to its end wrongly."""
        self.count["tried"] += 1
        try:
            work()
        except AssertionError as problem:
            self._tell("broken", name, f"contract: {problem}")
        except Exception as problem:
            self._tell("exceptions", name, f"{type(problem).__name__}: {problem}")
        else:
            self.count["held"] += 1

    def _tell(self, kind: str, name: str, problem: str) -> None:
        self.count[kind] += 1
        print(f"{self.figure[:-1]} {name:40} {problem[:100]}")

    def result(self) -> dict[str, Any]:
        """Print the counts; return them."""
        print("  ".join(f"{name} {count}" for name, count in self.count.items()))
        return {"figure": self.figure, **self.count}


# --- texts and files ----------------------------------------------------------------------------


def texts() -> dict[str, Any]:
    """Every nasty text as body, headline and preamble, and every cell that is no text."""
    board = Board("texts")
    cases = [(name, text) for name, text in (all_texts() | nasty.huge_texts()).items()]
    for field in ("body", "headline", "preamble"):
        for name, text in [*cases, *nasty.CELLS.items()]:
            board.try_one(f"{field}: {name}", lambda f=field, t=text: _check_text(f, t))
    return board.result()


def _check_text(field: str, text: Any) -> None:
    row = {"article_id": "a", "headline": nasty.HEADLINE, "body": nasty.BODY, field: text}
    good = {"article_id": "b", "headline": nasty.HEADLINE, "body": nasty.BODY}
    articles = nr.read_articles([row, good])
    assert len(articles) == 2, "a row is lost"
    made = run_all(articles)
    check_tables(articles, made)
    assert made["scores"].loc[1, "error"] == "", "the row after it has an error"
    if field == "body" and (not isinstance(text, str) or len(text) > MAX_CHARACTERS):
        assert made["scores"].loc[0, "error"], "it was scored"


def files() -> dict[str, Any]:
    """Every nasty file: the rows that it must give, or one sentence."""
    board = Board("files")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        expected = nasty.write_files(folder)
        special = Path(place, "special")
        special.mkdir()
        for here, each in [
            *((folder, file) for file in expected),
            *((special, file) for file in nasty.write_special(special)),
        ]:
            board.try_one(each.name, lambda h=here, f=each: _check_file(h / f.name, f))
    return board.result()


def _check_file(path: Path, file: nasty.NastyFile) -> None:
    try:
        articles = nr.read_articles(path)
    except nr.ArticleError as problem:
        assert file.says, f"refused: {problem}"
        assert file.says in str(problem) and file.name in str(problem), str(problem)
        assert str(problem).endswith((".", "?")) and "\n" not in str(problem), str(problem)
        return
    assert not file.says, f"{len(articles)} rows instead of a refusal"
    bad = int((articles["error"] != "").sum()) if "error" in articles else 0
    assert (len(articles), bad) == (file.rows, file.bad), f"{len(articles)} rows, {bad} bad"
    check_tables(articles, run_all(articles))


# --- poison -------------------------------------------------------------------------------------


def poison() -> dict[str, Any]:
    """200 rows, ten of them poison: all come out, in order, and no other row is changed."""
    good = [{"article_id": f"row {at}", **_good_row(at)} for at in range(200)]
    places = range(7, 200, 20)
    bad = [dict(row) for row in good]
    for at, body in zip(places, _poisons(), strict=True):
        bad[at]["body"] = body
    articles = nr.read_articles(bad)
    healthy, made = run_all(nr.read_articles(good)), run_all(articles)
    check_tables(articles, made)
    ids = {good[at]["article_id"] for at in places}
    changed = {name: _changed(healthy[name], made[name], ids) for name in healthy}
    errors = made["scores"].loc[made["scores"]["error"] != "", "article_id"]
    for name, count in changed.items():
        print(f"{name:10}{count:>4} foreign rows changed")
    for row in made["scores"][made["scores"]["article_id"].isin(ids)].itertuples():
        print(f"{row.article_id:10}{row.error[:80] or 'scored'}")
    in_order = made["scores"]["article_id"].tolist() == [row["article_id"] for row in good]
    return {
        "figure": "poison", "rows_in": 200, "rows_out": len(made["scores"]), "in_order": in_order,
        "errors_in_poison": int(errors.isin(ids).sum()),
        "errors_elsewhere": int((~errors.isin(ids)).sum()),
        "foreign_rows_changed": sum(changed.values()),
    }  # fmt: skip


def _good_row(at: int) -> dict[str, str]:
    start = at * 37 % 4_000
    return {
        "headline": f"Ferry {at} is late",
        "body": f"It rained.\n\n{news(8_000)[start:][:1500]}",
    }


def _poisons() -> Iterable[Any]:
    huge = nasty.huge_texts()
    return (
        None, float("nan"), 7, {"text": "late"}, "", huge["one line"], nasty.SHORT["Arabic"],
        nasty.SHORT["surrogates"] + "\0", nasty.long_text("new people", SLOW), b"late",
    )  # fmt: skip


def _changed(healthy: pd.DataFrame, made: pd.DataFrame, poisoned: set[str]) -> int:
    """Count the articles, poisoned ones aside, whose rows are not what they are without poison."""
    keys = [healthy["article_id"], made["article_id"]]
    ids = (set(keys[0]) | set(keys[1])) - poisoned
    columns = [name for name in healthy if name != "article_id"]
    first, second = (
        {
            name: rows[columns].astype(str).values.tolist()
            for name, rows in table.groupby("article_id")
        }
        for table in (healthy, made)
    )
    return sum(first.get(name) != second.get(name) for name in ids)


FIGURES: dict[str, Callable[[], dict[str, Any]]] = {
    "growth": growth, "slowest": slowest, "texts": texts, "files": files, "poison": poison,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
