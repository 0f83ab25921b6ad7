"""Balance of the contrasts: no surface cue may tell what the body does to the headline."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache

import numpy as np
from contrast_edits import UNSUPPORTED
from contrast_statements import count_words
from contrast_texts import BORNE_OUT, Pair
from numpy.typing import NDArray
from stance_data import auc

from newsresearch.evidence import rank_evidence
from newsresearch.vocabulary import content_terms

SEED = 20261123


def balance(pairs: list[Pair]) -> list[Pair]:
    """Drop pairs until the labels are as frequent in each band of shared words."""
    dice = random.Random(SEED)
    pairs = list(dict.fromkeys(pairs))
    dice.shuffle(pairs)
    shared = np.array([share_of_words(pair) + 2 * overlap(pair) for pair in pairs])
    good = np.array([pair.label == BORNE_OUT for pair in pairs])
    # What the body does not say at all shares fewer words by its nature: it stays out of this.
    lacking = np.array([pair.label == UNSUPPORTED for pair in pairs])
    bands = np.digitize(shared, np.quantile(shared, np.linspace(0.04, 0.96, 24)))
    keep = list(np.flatnonzero(lacking))
    for band in np.unique(bands):
        ours = np.flatnonzero((bands == band) & good)
        theirs = np.flatnonzero((bands == band) & ~good & ~lacking)
        fewer = int(1.1 * min(len(ours), len(theirs)))
        keep += [*ours[:fewer], *theirs[:fewer]]
    return [pairs[at] for at in sorted(keep)]


def share_of_words(pair: Pair) -> float:
    """Return the share of the headline's content words that the body holds."""
    own = _stems(pair.headline)
    sentences = (_stems(" ".join(part.split())) for part in pair.body.split(". "))
    return len(own & set().union(*sentences)) / max(1, len(own))


@lru_cache(maxsize=200_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in content_terms(text))


def print_counts(pairs: list[Pair], part: str) -> None:
    counts = Counter((pair.label, pair.kind) for pair in pairs)
    stories = len({pair.story for pair in pairs})
    print(f"{part}: {len(pairs)} pairs, {stories} stories, {dict(Counter(p.label for p in pairs))}")
    print("  " + ", ".join(f"{label}/{kind} {n}" for (label, kind), n in sorted(counts.items())))


NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "nobody",
        "none",
        "cannot",
        "denies",
        "denied",
        "refuses",
        "refused",
    ]
)


def print_cues(pairs: list[Pair]) -> None:
    """Print how well each surface cue tells headlines that are borne out, as AUC."""
    labels = np.array([pair.label for pair in pairs])
    cues = {
        "length": [count_words(pair.headline) for pair in pairs],
        "shared words, body": [share_of_words(pair) for pair in pairs],
        "shared words, sentence": [overlap(pair) for pair in pairs],
        "a negation": [bool(NEGATIONS & set(p.headline.lower().split())) for p in pairs],
        "a number": [any(c.isdigit() for c in pair.headline) for pair in pairs],
        "length of the body": [len(pair.body) for pair in pairs],
        "words of the headline": read_headlines(pairs, labels == BORNE_OUT),
    }
    for name, values in cues.items():
        found = np.asarray(values, dtype=float)
        cells = [f"all {auc(found, labels == BORNE_OUT):.3f}"]
        for label in ("contradicted", "overclaimed", "unsupported"):
            both = np.isin(labels, [BORNE_OUT, label])
            if (labels == label).sum() > 10:
                cells.append(f"{label} {auc(found[both], labels[both] == BORNE_OUT):.3f}")
        print(f"  AUC of {name:<24}" + "  ".join(cells))


@lru_cache(maxsize=200_000)
def overlap(pair: Pair) -> float:
    """Return the share of the headline's words in the sentence it was made of, or the best."""
    own, evidence = _stems(pair.headline), pair.evidence
    if not evidence:
        best = rank_evidence(pair.headline, pair.body, most=1)
        evidence = best[0].span.of(pair.body) if best else ""
    return len(own & _stems(evidence)) / max(1, len(own))


def read_headlines(pairs: list[Pair], good: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what a logistic regression reads in the headline alone, stories held out in turn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=3), LogisticRegression())
    texts, stories = [pair.headline for pair in pairs], [pair.story for pair in pairs]
    folds = cross_val_predict(
        model, texts, good, groups=stories, cv=GroupKFold(5), method="predict_proba"
    )
    return np.asarray(folds[:, 1])
