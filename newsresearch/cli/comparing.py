"""The command `compare`: which measures differ between groups of articles."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from newsresearch.cli.common import print_json, read, to_rows

if TYPE_CHECKING:
    from newsresearch.tables import pd

__all__ = ["compare"]


def compare(arguments: argparse.Namespace) -> int:
    """Score the articles that are named and compare their groups."""
    from newsresearch.comparing import compare_articles
    from newsresearch.export import save_table
    from newsresearch.features import list_measures
    from newsresearch.furniture import strip_furniture

    articles = read(arguments)
    if not arguments.keep_furniture:
        articles, _ = strip_furniture(articles)
    measures = [name.strip() for name in (arguments.measures or "").split(",") if name.strip()]
    # A file of scores holds them as text; they are made anew.
    made = set(list_measures()["column"]) - {arguments.by, arguments.event}
    articles = articles.drop(columns=list(made), errors="ignore")
    for name in articles.columns.intersection(measures):
        articles[name] = _read_numbers(articles[name])
    options = {name: getattr(arguments, name) for name in ("against", "correction", "seed")}
    table = compare_articles(articles, arguments.by, arguments.event, measures or None, **options)
    if arguments.out:
        save_table(table, arguments.out)
    if arguments.json:
        print_json(to_rows(table))
    else:
        _print(table, arguments)
    return 0


def _read_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Return text as numbers, missing where it is blank; as it is where it holds other words."""
    from newsresearch.tables import pd

    filled = column[column.notna() & (column.astype(str).str.strip() != "")]
    try:
        return pd.to_numeric(filled).reindex(column.index)
    except (ValueError, TypeError):
        return column


def _print(table: pd.DataFrame, arguments: argparse.Namespace) -> None:
    """Print what stands, the largest effects first, and how much does not."""
    standing = table[table["stands"]]
    size = standing["effect"].abs().sort_values(ascending=False, kind="stable")
    tested = int(table["p_corrected"].notna().sum())
    where = "inside events" if arguments.event else "not inside events: it may be one of topic"
    print(f"{len(standing)} of {tested} differences stand ({where})")
    for row in standing.loc[size.index].to_dict("records"):
        interval = f"{row['effect_low']:+.2f} to {row['effect_high']:+.2f}"
        print(
            f"  {row['measure']:<22} {row['group_a']} against {row['group_b']}: "
            f"{row['effect']:+.2f} ({interval}), means {row['mean_a']:.4g} and {row['mean_b']:.4g}"
        )
    for note, rows in table[table["note"] != ""].groupby("note", sort=False):
        print(f"  {len(rows)} {'row' if len(rows) == 1 else 'rows'}: {note}")
    if arguments.out:
        print(f"table: {arguments.out}")
