"""Our numbers beside published ones, on the public sets that are here: `data/published.csv`.

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/published.py [--write]

A row is one published result. `claim`: a direction ('fake titles are longer'); ours is Cliff's
delta of fake against real. `replication`: the same method on the same texts, or on those of them
that are here. `beside`: another method; theirs and ours on one scale. Published values that
nobody here has read at their source say so in `seen`. An effect that we do not find is a row too.

FNC-1's rows come from `data/stance_published.csv` and from the confusion table that
`stance.py --test --write` committed: its test part is not looked at again.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from math import atanh, isnan, sqrt, tanh
from pathlib import Path
from typing import Any

import pandas as pd
from public_data import find_data
from published_style import CLAIMS, MEASURES, classify, measure_style, nearer_to_satire, paper_test
from tone import weighted_f1

import newsresearch as nr
from newsresearch.stance import STANCES

DATA = Path(__file__).parents[1] / "data"
NEEDED = (
    "fakenewsdata1/articles.jsonl.gz",
    "onestopenglish/texts.jsonl.gz",
    "clear/clear.csv.gz",
    "vader-ground-truth/nytEditorialSnippets_GroundTruth.txt.gz",
)
COLUMNS = [
    "paper", "data", "part", "groups", "result", "kind", "measure", "unit", "direction",
    "published", "ours", "low", "high", "p_corrected", "test", "p_test", "n", "outcome", "note",
    "source", "seen", "made_by", "measured",
]  # fmt: skip
HORNE = "Horne & Adalı 2017"
HORNE_AT = "arXiv:1703.09398"
OSE, OSE_AT = "Vajjala & Lučić 2018", "W18-0535, Table 2"
FNC = "Fake News Challenge 2017"
VADER, VADER_AT = "Hutto & Gilbert 2014", "ICWSM 2014, Table 4"
CLEAR, CLEAR_AT = "Crossley et al. 2022", "the authors' columns in CLEAR_corpus_final.xlsx"
BY_OTHERS, MEMORY = "quoted by others", "from memory: check before quoting"
READ = "in the paper, as our research notes say"
COMPUTED = "computed by us from the authors' values"
UNFILTERED = "the paper weeded this collection by hand, the files as published are not weeded"
SCRIPT = "benchmarks/published.py --write"
CLOSE = 0.02  # of a replication: in a value from 0 to 1, or in share of a larger one
Row = dict[str, Any]


def main() -> int:
    """Print the table, and write it if asked; or say in one line why there is none."""
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    table = make_table(folder)
    shown = ["data", "part", "groups", "result", "direction", "published", "ours", "outcome"]
    with pd.option_context("display.max_rows", None, "display.width", 200, "display.precision", 3):
        print(table[shown].to_string(index=False, max_colwidth=44))
    print(
        pd.crosstab(table["paper"], table["outcome"].replace("", "nothing published")).to_string()
    )
    if "--write" in sys.argv:
        table.to_csv(DATA / "published.csv", index=False, lineterminator="\n")
    return 0


def make_table(folder: Path) -> pd.DataFrame:
    """Return all rows; the data are those that ``load_dataset`` finds."""
    rows = [*style_rows(), *onestop_rows(), *stance_rows(), *vader_rows(), *clear_rows(folder)]
    table = pd.DataFrame([finish(row) for row in rows], columns=COLUMNS)
    numbers = ["published", "ours", "low", "high", "p_corrected", "p_test"]
    table[numbers] = table[numbers].astype("float64").round(4)
    return table.astype({"n": "Int64"})


def finish(row: Row) -> Row:
    """Fill in what most rows share, and say how ours compares."""
    today = datetime.now(UTC).date().isoformat()
    row = {"made_by": SCRIPT, "measured": today, "direction": "", "note": "", "test": ""} | row
    return {"outcome": judge(row)} | row


def judge(row: Row) -> str:
    """Return the outcome of a row in one or two words."""
    ours, theirs = row.get("ours", float("nan")), row.get("published", float("nan"))
    if row["kind"] == "claim":
        if isnan(ours):
            return "not measured"
        if not row["stands"]:
            return "may be chance"
        return "reproduced" if (ours > 0) == (row["direction"] == "higher") else "opposite"
    if isnan(theirs):
        return ""
    gap = (ours - theirs) / max(1.0, abs(theirs))
    if row["kind"] == "replication":
        return "reproduced" if abs(gap) <= CLOSE else "differs"
    inside = row.get("low", theirs) <= theirs <= row.get("high", theirs) and "low" in row
    return "level" if inside or abs(gap) < 0.005 else "ahead" if gap > 0 else "behind"


# --- Horne and Adalı ----------------------------------------------------------------------------


def style_rows() -> Iterator[Row]:
    """Yield the claims on fake and real news, on satire, and the classifiers."""
    articles = measure_style(nr.load_dataset("fakenewsdata1"))
    for collection, group in articles.groupby("collection"):
        yield from claim_rows(group, str(collection))
    drawn = articles[articles["collection"] == "random"]
    for part in MEASURES:
        yield satire_row(drawn, part)
    for groups, part, value in ACCURACIES:
        yield accuracy_row(drawn, groups, part, value)


def claim_rows(articles: pd.DataFrame, collection: str) -> Iterator[Row]:
    """Yield a row a claim, from one collection."""
    two = articles[articles["label"].isin(["fake", "real"])]
    found: dict[str, Row] = {
        str(row["measure"]): {str(name): cell for name, cell in row.items()}
        for row in compare_groups(two).to_dict("records")
    }
    for claim in CLAIMS:
        row: Row = {
            "paper": HORNE, "data": "fakenewsdata1", "part": f"{collection} {claim.part}",
            "groups": "fake against real", "result": claim.result, "kind": "claim",
            "measure": claim.measure, "unit": "Cliff's delta", "direction": claim.direction,
            "note": "; ".join(filter(None, [claim.note, UNFILTERED * (collection == "buzzfeed")])),
            "source": HORNE_AT, "seen": BY_OTHERS,
        }  # fmt: skip
        yield row | (tested(found[claim.measure], two) if claim.measure else {})


def compare_groups(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the comparison of fake and real on every measure of style."""
    measures = [*MEASURES["title"], *MEASURES["body"]]
    return nr.compare_articles(articles, by="label", measures=measures)


def tested(found: Row, articles: pd.DataFrame) -> Row:
    """Return the cells of a claim that was measured."""
    values = articles.groupby("label")[found["measure"]]
    sides = [values.get_group(name).dropna().to_numpy("float64") for name in ("fake", "real")]
    test, p = paper_test(*sides)
    return {
        "ours": found["effect"], "low": found["effect_low"], "high": found["effect_high"],
        "p_corrected": found["p_corrected"], "stands": found["stands"], "test": test, "p_test": p,
        "n": found["n_a"] + found["n_b"],
    }  # fmt: skip


def satire_row(articles: pd.DataFrame, part: str) -> Row:
    """Return the row on the paper's title: is fake news more similar to satire than to real?"""
    lead, low, high = nearer_to_satire(articles, part)
    return {
        "paper": HORNE, "data": "fakenewsdata1", "part": f"random {part}",
        "groups": "fake, satire, real", "result": "fake is more like satire than like real news",
        "kind": "claim", "measure": f"all of the {part}", "unit": "mean |Cliff's delta|",
        "direction": "higher", "ours": lead, "low": low, "high": high,
        "stands": low > 0 or high < 0, "n": len(articles), "source": HORNE_AT, "seen": BY_OTHERS,
        "note": "distance of fake from real, less that from satire; interval of 1,000 resamples",
    }  # fmt: skip


ACCURACIES = (
    (("fake", "real"), "title", 0.78), (("fake", "real"), "body", 0.71),
    (("real", "satire"), "title", 0.75), (("real", "satire"), "body", 0.91),
    (("fake", "satire"), "title", 0.55), (("fake", "satire"), "body", 0.67),
)  # fmt: skip


def accuracy_row(
    articles: pd.DataFrame, groups: tuple[str, str], part: str, published: float
) -> Row:
    """Return a row on telling two groups apart by four measures."""
    share, n = classify(articles, part, groups)
    return {
        "paper": HORNE, "data": "fakenewsdata1", "part": f"random {part}",
        "groups": " against ".join(groups), "result": "a linear SVM on four measures tells them",
        "kind": "beside", "measure": "four measures", "unit": "accuracy", "published": published,
        "ours": share, **interval_of_share(share, n), "n": n, "source": HORNE_AT, "seen": MEMORY,
        "note": "half of their articles, our four measures: they had a tagger; chance is .50",
    }  # fmt: skip


# --- OneStopEnglish -----------------------------------------------------------------------------


def onestop_rows() -> Iterator[Row]:
    """Yield the lengths of the levels, and how many stories rise through them."""
    texts = nr.load_dataset("onestopenglish")
    texts = texts[~texts["topic"].isin(texts.loc[texts["suspect"], "topic"])]
    scored = nr.score_readability(texts)
    scored["n_words"] = texts["body"].map(nr.split_words).map(len)
    base: Row = {"paper": OSE, "data": "onestopenglish", "source": OSE_AT, "groups": ""}
    lengths = {"elementary": 533.17, "intermediate": 676.59, "advanced": 820.49}
    for level, published in lengths.items():
        words = scored.loc[scored["level"] == level, "n_words"]
        off = 1.96 * words.std() / sqrt(len(words))
        yield base | {
            "part": level, "result": "mean words of a text", "kind": "replication",
            "measure": "n_words", "unit": "words", "published": published, "ours": words.mean(),
            "low": words.mean() - off, "high": words.mean() + off, "n": len(words),
            "seen": MEMORY if level == "intermediate" else BY_OTHERS,
            "note": "theirs of 189 stories, ours of the half that is here",
        }  # fmt: skip
    for measure in ("flesch_kincaid_grade", "grade"):
        wide = scored.pivot(index="topic", columns="level", values=measure)
        rises = (wide["elementary"] < wide["intermediate"]) & (
            wide["intermediate"] < wide["advanced"]
        )
        extra = "; `grade` was chosen on half of them: .977 on the others"
        extra = extra if measure == "grade" else ""
        yield base | {
            "part": "all levels", "result": "the levels rise in difficulty", "kind": "claim",
            "measure": measure, "unit": "share of stories", "direction": "higher",
            "ours": rises.mean(), **(ends := interval_of_share(rises.mean(), len(rises))),
            "stands": ends["low"] > 1 / 6, "n": len(rises), "seen": BY_OTHERS,
            "note": "stories whose three versions stand in full order; by chance .17" + extra,
        }  # fmt: skip


# --- Fake News Challenge ------------------------------------------------------------------------


def stance_rows() -> Iterator[Row]:
    """Yield what others published on the test part, beside our committed confusion table."""
    counts = pd.read_csv(DATA / "stance_confusion_lexical.csv", index_col="true")
    counts = counts.loc[list(STANCES), list(STANCES)]
    ours, n = stance_scores(counts), int(counts.to_numpy().sum())
    theirs = pd.read_csv(DATA / "stance_published.csv")
    theirs["macro_f1"] = theirs[list(STANCES)].mean(axis=1)
    for measure in SCORES:
        for system in theirs.to_dict("records"):
            yield {
                "paper": FNC, "data": "fnc-1", "part": "test", "groups": system["system"],
                "result": SCORES[measure], "kind": "beside", "measure": measure, "unit": "0 to 1",
                "published": system[measure], "ours": ours[measure], "n": n,
                "source": system["source"], "seen": system["seen"],
                "made_by": "benchmarks/stance.py --test --write", "measured": "2026-11-23",
                "note": "people: 200 pairs" * (system["group"] == "humans"),
            }  # fmt: skip


SCORES = {
    "fnc_score": "FNC score over the best possible",
    "macro_f1": "mean F1 of the four stances",
    "disagree": "F1 of disagree: the body contradicts the headline",
}


def stance_scores(counts: pd.DataFrame) -> dict[str, float]:
    """Return the scores of a confusion table; rows are true."""
    cells = counts.to_numpy("float64")
    f1 = 2 * cells.diagonal() / (cells.sum(axis=0) + cells.sum(axis=1))
    scores = dict(zip(STANCES, map(float, f1), strict=True))
    related = [at for at, name in enumerate(STANCES) if name != "unrelated"]
    other = STANCES.index("unrelated")
    among = cells[related][:, related]
    got = 0.25 * (among.sum() + cells[other, other]) + 0.75 * among.trace()
    best = cells[related].sum() + 0.25 * cells[other].sum()
    return scores | {"macro_f1": float(f1.mean()), "fnc_score": float(got / best)}


# --- VADER --------------------------------------------------------------------------------------


def vader_rows() -> Iterator[Row]:
    """Yield how tone goes with readers' ratings of New York Times opinion."""
    snippets = nr.load_dataset("vader-nyt")
    plain = nr.score_sentiment(snippets, neutral=None, news_words=False)["compound"]
    ours = nr.score_sentiment(snippets)["body_tone"]
    tuned = "our words were chosen on half of these articles; on the others r is .511"
    for name, values, kind, measure, r, f1, note in (
        ("VADER", plain, "replication", "compound of plain VADER", 0.492, 0.55, ""),
        ("VADER", ours, "beside", "body_tone", 0.492, 0.55, tuned),
        ("one reader", ours, "beside", "body_tone", 0.745, 0.65, tuned),
    ):
        known = values.notna()
        rating, told = snippets.loc[known, "rating"], values[known]
        found = {
            "r": ("r with the mean of 20 readers", r, told.corr(rating)),
            "F1": ("weighted F1 of three classes", f1,
                   weighted_f1(rating.to_numpy("float64"), told.to_numpy("float64"))),
        }  # fmt: skip
        for unit, (result, published, value) in found.items():
            ends = interval_of_r(value, len(told)) if unit == "r" else {}
            yield {
                "paper": VADER, "data": "vader-nyt", "part": "snippets", "groups": name,
                "result": result, "kind": kind, "measure": measure, "unit": unit,
                "published": published, "ours": value, **ends, "n": len(told), "note": note,
                "source": VADER_AT, "seen": READ,
            }  # fmt: skip
    yield from article_rows()


def article_rows() -> Iterator[Row]:
    """Yield the same for whole articles, of which nothing was published."""
    articles = nr.load_dataset("vader-nyt", "articles")
    plain = nr.score_sentiment(articles, neutral=None, news_words=False)["compound"]
    tone = nr.score_sentiment(articles)["body_tone"]
    for measure, values in (("compound of plain VADER", plain), ("body_tone", tone)):
        r = values.corr(articles["rating"])
        yield {
            "paper": VADER, "data": "vader-nyt", "part": "articles", "groups": "",
            "result": "r with the mean of the readers", "kind": "beside", "measure": measure,
            "unit": "r", "ours": r, **interval_of_r(r, len(articles)), "n": len(articles),
            "note": "snippets of an article joined; nothing was published on articles",
            "source": "", "seen": "",
        }  # fmt: skip


# --- CLEAR --------------------------------------------------------------------------------------

FORMULAS = {
    "Flesch-Reading-Ease": ("flesch_ease", "replication"),
    "Flesch-Kincaid-Grade-Level": ("flesch_kincaid_grade", "replication"),
    "Automated Readability Index": ("ari_grade", "replication"),
    "SMOG Readability": ("smog_grade", "replication"),
    "New Dale-Chall Readability Formula": ("new_dale_chall_ease", "replication"),
    "CAREC": ("grade", "beside"),
    "CAREC_M": ("grade", "beside"),
}
NOTES = {
    "grade": "`grade` was chosen on half of these texts: .612 on the others",
    "new_dale_chall_ease": "their values go with our dale_chall_v2_grade (r .91), another version "
    "of the formula, more than with the one of 1995 (-.75)",
}


def clear_rows(folder: Path) -> Iterator[Row]:
    """Yield how formulas go with teachers' easiness, the authors' values beside ours."""
    texts = nr.load_dataset("clear")
    scored = nr.score_readability(texts)
    with gzip.open(folder / NEEDED[2], "rt", encoding="utf-8") as file:
        theirs = pd.read_csv(file)
    for name, (measure, kind) in FORMULAS.items():
        known = scored[measure].notna() & texts["easiness"].notna()
        easiness, n = texts.loc[known, "easiness"], int(known.sum())
        ours = abs(scored.loc[known, measure].corr(easiness))
        yield {
            "paper": CLEAR, "data": "clear", "part": "all texts", "groups": name,
            "result": "|r| with teachers' easiness", "kind": kind, "measure": measure,
            "unit": "|r|", "published": abs(theirs[name][known.to_numpy()].corr(
                easiness.set_axis(theirs.index[known.to_numpy()]))),
            "ours": ours, **interval_of_r(ours, n), "n": n, "source": CLEAR_AT, "seen": COMPUTED,
            "note": NOTES.get(measure, "their counts of words and syllables, and ours"),
        }  # fmt: skip


# --- intervals ----------------------------------------------------------------------------------


def interval_of_r(r: float, n: int) -> Row:
    """Return the ends of the 95 % interval of Pearson's r (Fisher)."""
    off = 1.96 / sqrt(n - 3)
    return {"low": tanh(atanh(r) - off), "high": tanh(atanh(r) + off)}


def interval_of_share(share: float, n: int) -> Row:
    """Return the ends of the 95 % interval of a share (Wilson)."""
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    off = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return {"low": middle - off, "high": min(middle + off, 1.0)}


if __name__ == "__main__":
    sys.exit(main())
