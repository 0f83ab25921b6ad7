"""The stance model on sets it was not made for: QAGS (summaries) and Emergent (claims).

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/transfer.py

QAGS: is a machine's sentence on an article borne out by it, by most of three readers; area under
the curve of single signals, higher = borne out. Emergent: an article's headline is for, against
or only observing a claim; the claim is taken as the headline and the article's headline as the
body, and agree, disagree, discuss are for, against, observing. Nothing is trained or chosen there;
but nine in ten headlines of FNC-1, which trained the model, are Emergent's. Last, the signals
of the stance model with a regression of Emergent's own: claims of its training part left out in
turn, or with `--test` its official test part.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from public_data import find_data
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from stance_data import auc

import newsresearch as nr
from newsresearch.articles import Article
from newsresearch.stance.signals import read_signals

NEEDED = ["qags/mturk_xsum.jsonl.gz", "qags/mturk_cnndm.jsonl.gz", "emergent/emergent.csv.gz"]
FOR = {"agree": "for", "disagree": "against", "discuss": "observing", "unrelated": "observing"}


def main() -> int:
    """Print the scores, or say why not."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    for part in ("xsum", "cnndm"):
        score_qags(part)
    score_emergent()
    score_trained(pd.read_csv(folder / "emergent/emergent.csv.gz"), "--test" in sys.argv)
    return 0


def score_qags(part: str) -> None:
    table = nr.load_dataset("qags", part)
    labelled = nr.label_stance(table)
    true = (table["label"] == "supported").to_numpy()
    signals = {
        "headline_support": labelled["headline_support"].fillna(0.0),
        "1 - p_contradicted": 1 - labelled["p_contradicted"].fillna(0.5),
        "their mean": (labelled["headline_support"] + 1 - labelled["p_contradicted"]).fillna(1.0),
        "p_agree": labelled["p_agree"].fillna(0.0),
        "shared words": shared_words(table),
    }
    found = ", ".join(f"{name} {auc(values, true):.3f}" for name, values in signals.items())
    print(f"QAGS {part}, {len(table)} sentences, {true.mean():.2f} borne out; AUC: {found}")


def shared_words(table: pd.DataFrame) -> pd.Series:
    """Return the share of the headline's words that the body holds, as they stand: the peer."""
    rows = zip(table["headline"], table["body"], strict=True)
    sets = [(set(headline.lower().split()), set(body.lower().split())) for headline, body in rows]
    return pd.Series([len(mine & theirs) / max(1, len(mine)) for mine, theirs in sets])


def score_emergent() -> None:
    table = nr.load_dataset("emergent")
    pairs = pd.DataFrame({"headline": table["claim"], "body": table["headline"]})
    labelled = nr.label_stance(nr.read_articles(pairs))
    told = labelled["stance"].fillna("discuss").map(FOR).to_numpy()
    gold = table["label"].to_numpy()
    majority = max((gold == label).mean() for label in np.unique(gold))
    print(f"Emergent, {len(gold)} pairs: accuracy {(told == gold).mean():.3f}, ", end="")
    print(f"most frequent label {majority:.3f}")
    against = np.isin(gold, ["for", "against"])
    odds = (labelled["p_disagree"] / (labelled["p_agree"] + 1e-9)).fillna(0.0).to_numpy()
    values = {
        "p_disagree / p_agree": odds,
        "p_contradicted": labelled["p_contradicted"].fillna(0.5),
    }
    for name, value in values.items():
        found = auc(np.asarray(value)[against], gold[against] == "against")
        print(f"    against or for, AUC of {name}: {found:.3f}")


def score_trained(table: pd.DataFrame, test: bool) -> None:
    """Print what our signals reach when Emergent's own training part weighs them."""
    pairs = zip(table["claimHeadline"], table["articleHeadline"], strict=True)
    signals = np.array([read_signals(Article("", claim, title)) for claim, title in pairs])
    gold, own = table["articleHeadlineStance"].to_numpy(), (table["split"] == "train").to_numpy()
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=1000))
    claims = table.loc[own, "claimId"].to_numpy()
    if test:
        told, true = model.fit(signals[own], gold[own]).predict(signals[~own]), gold[~own]
    else:
        told = cross_val_predict(model, signals[own], gold[own], groups=claims, cv=GroupKFold(5))
        true = gold[own]
    part = "official test part" if test else "training part, claims left out"
    print(f"Emergent, trained on its own, {part}, {len(true)}: ", end="")
    print(f"accuracy {(told == true).mean():.3f} (published, other test rows: .73)")


if __name__ == "__main__":
    sys.exit(main())
