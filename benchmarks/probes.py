"""Headlines written by hand for real articles: are typed mismatches found, and the evidence?

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/probes.py

`probes.csv` holds headlines of our own (`part` dev or test) with the place of the sentence that
decides them; the articles are read from the public data sets. By default it looks at the
development part; `--test` looks at the other: a look to be logged in benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from public_data import find_data
from stance_data import auc

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.evidence import rank_evidence
from newsresearch.support import KINDS, OTHERWISE, support_features, weigh_headline

PROBES = Path(__file__).with_name("probes.csv")
# What is counted as the mismatch of a kind of probe.
OWN = {
    "opposite": ("reversed", "negated"),
    "negated": ("negated",),
    "actor_swap": ("actor_swapped",),
    "number_change": ("number_changed", "date_changed", "place_changed"),
    "date_change": ("date_changed",),
    "place_change": ("place_changed",),
    "overclaim": ("hedge_dropped", "reported_as_fact"),
    "hedge_dropped": ("hedge_dropped", "reported_as_fact"),
    "said_as_fact": ("hedge_dropped", "reported_as_fact"),
}


def main() -> int:
    """Print the scores, or say why not."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--test", action="store_true", help="look at the test part")
    arguments = parser.parse_args()
    if not PROBES.is_file():
        print(f"skipped: no {PROBES.name} beside this script")
        return 0
    if find_data(["basil/articles.jsonl.gz"]) is None:
        return 0
    probes = pd.read_csv(PROBES, keep_default_na=False)
    chosen = probes[probes["part"] == ("test" if arguments.test else "dev")]
    print(f"{len(chosen)} probes, {'test' if arguments.test else 'development'} part")
    table = add_bodies(chosen)
    report(table)
    print_stance(table)
    return 0


def add_bodies(probes: pd.DataFrame) -> pd.DataFrame:
    """Return the probes with the bodies of their articles, sorted by article."""
    tables = [nr.load_dataset(name).assign(set=name) for name in sorted(set(probes["set"]))]
    bodies = pd.concat([table[["set", "article_id", "body"]] for table in tables])
    return probes.merge(bodies, on=["set", "article_id"], how="inner").sort_values("article_id")


def report(probes: pd.DataFrame) -> None:
    """Print where the evidence ranks, and what mismatches tell apart."""
    articles = [Article("", row.headline, row.body).smoothed for row in probes.itertuples()]
    table = pd.DataFrame([support_features(article) for article in articles])
    kinds = probes["kind"].to_numpy()
    print_evidence(probes)
    table["sum of mismatches"] = table[list(KINDS)].sum(axis=1)
    table["sum, otherwise"] = table[list(OTHERWISE)].sum(axis=1)
    true = (probes["label"] == "borne_out").to_numpy()
    print_contrast("contradicted", table, true, (probes["label"] == "contradicted").to_numpy())
    for kind in sorted(set(kinds[~true])):
        print_contrast(kind, table, true, kinds == kind)
    print_told(articles, kinds, true)


def print_evidence(probes: pd.DataFrame) -> None:
    """Print how often the sentence that decides is ranked first, and among the first three."""
    rows = probes[probes["evidence_end"].astype(str) != ""]
    places = []
    for row in rows.itertuples():
        ranked = rank_evidence(row.headline, row.body, most=3)
        middle = (int(float(row.evidence_start)) + int(float(row.evidence_end))) // 2
        hits = [at for at, found in enumerate(ranked) if found.span[0] <= middle < found.span[1]]
        places.append(hits[0] if hits else 9)
    at = np.array(places)
    print(f"evidence first {np.mean(at == 0):.3f}, in the first three {np.mean(at < 3):.3f}")
    for kind, own in pd.Series(at == 0).groupby(rows["kind"].to_numpy()):
        print(f"  {kind:<14}{own.mean():.2f}")


def print_contrast(name: str, table: pd.DataFrame, true: np.ndarray, other: np.ndarray) -> None:
    """Print the AUC of plain sums and of the kind's own mismatch against borne-out headlines."""
    both = true | other
    columns = ["sum of mismatches", "sum, otherwise"]
    own: Sequence[str] = OWN.get(name, ())
    scores = {column: table[column] for column in columns}
    if own:
        scores["own mismatch"] = table[list(own)].max(axis=1)
    scores["coverage"] = -table["best_coverage"]
    parts = [f"{label} {auc(values[both], other[both]):.3f}" for label, values in scores.items()]
    print(f"{name:<16}{int(other.sum()):>5}  {', '.join(parts)}")


def print_stance(probes: pd.DataFrame) -> None:
    """Print how well what ``label_stance`` tells parts each kind from borne-out headlines."""
    ids = [f"{at}" for at in range(len(probes))]
    labelled = nr.label_stance(probes[["headline", "body"]].assign(article_id=ids))
    kinds, labels = probes["kind"].to_numpy(), probes["label"].to_numpy()
    true = labels == "borne_out"
    odds = labelled["p_disagree"] / (labelled["p_agree"] + 1e-9)
    columns = {"p_contradicted": labelled["p_contradicted"], "p_disagree / p_agree": odds}
    print("label_stance: AUC against borne-out headlines")
    groups = {"contradicted": labels == "contradicted"} | {
        kind: kinds == kind for kind in sorted(set(kinds[~true]))
    }
    for name, other in groups.items():
        both = true | other
        parts = [
            f"{column} {auc(values.fillna(0.5).to_numpy()[both], other[both]):.3f}"
            for column, values in columns.items()
        ]
        print(f"  {name:<16}{', '.join(parts)}")
    counts = pd.crosstab(labels, labelled["stance"].fillna("none").to_numpy())
    print(counts.to_string())


def print_told(articles: list[Article], kinds: np.ndarray, true: np.ndarray) -> None:
    """Print how often a mismatch is told at all, by kind of probe."""
    told = [
        {claim.evidence[0].mismatch.kind for claim in weigh_headline(article).claims
         if claim.evidence and claim.evidence[0].mismatch}
        for article in articles
    ]  # fmt: skip
    for kind in sorted(set(kinds)):
        own = [found for found, here in zip(told, kinds, strict=True) if here == kind]
        counts = pd.Series([k for found in own for k in found]).value_counts()
        most = ", ".join(f"{name} {n}" for name, n in counts.head(5).items())
        print(f"told {kind:<14}{sum(map(bool, own))} of {len(own)}: {most}")


if __name__ == "__main__":
    sys.exit(main())
