"""Horne and Adalı 2017 again: what their measures of style say of the articles that are here.

Titles and bodies of real, fake and satirical political news. The claims are theirs, the measures
ours: no tagger, so nouns, proper nouns and adverbs are not measured, and no LIWC. Two tests stand
side by side: theirs (ANOVA where both groups pass Shapiro-Wilk at .05, else Wilcoxon's rank sum)
and ours (Cliff's delta with a permutation p, corrected over all rows of the paper).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import newsresearch as nr
from newsresearch.lexicons import load_words

Values = NDArray[np.float64]

_PRONOUNS = """
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself
she her hers herself it its itself they them their theirs themselves
"""
PRONOUNS = frozenset(_PRONOUNS.split())
LEAST_WORDS, WINDOW = 30, 100
DRAWS, SEED = 1_000, 2017


class Claim(NamedTuple):
    """What the paper says of fake news against real news; `direction` is that of fake."""

    part: str
    result: str
    measure: str
    direction: str
    note: str = ""


_NO_TAGGER = "not measured: it needs a tagger of parts of speech, which we do not ship"
CLAIMS = (
    Claim("title", "fake titles are longer", "title_words", "higher"),
    Claim("title", "fake titles have shorter words", "title_letters", "lower"),
    Claim("title", "fake titles have more words in capitals", "title_capitals", "higher"),
    Claim("title", "fake titles have fewer stop words", "title_stop_share", "lower"),
    Claim("title", "fake titles have more proper nouns", "", "higher", _NO_TAGGER),
    Claim("title", "fake titles have fewer nouns", "", "lower", _NO_TAGGER),
    Claim("body", "fake bodies are shorter", "body_words", "lower"),
    Claim("body", "fake bodies have shorter words", "body_letters", "lower"),
    Claim("body", "fake bodies have less punctuation", "punctuation_share", "lower",
          "marks per word, so that length does not decide"),
    Claim("body", "fake bodies have fewer quotations", "n_quotations", "lower"),
    Claim("body", "fewer of their words are quoted", "quoted_words_share", "lower",
          "share of words in quotation marks: a shorter body has fewer quotations anyway"),
    Claim("body", "fake bodies repeat more: type-token ratio", "type_token_ratio", "lower",
          "hangs on length: the longer of two texts of one writer has the lower ratio"),
    Claim("body", "fake bodies repeat more: 100 words at a time", "window_ratio", "lower",
          "type-token ratio in windows of 100 words: texts of any length can be compared"),
    Claim("body", "fake bodies need less schooling", "flesch_kincaid_grade", "lower"),
    Claim("body", "fake bodies have a lower default grade", "grade", "lower"),
    Claim("body", "fake bodies have more personal pronouns", "pronoun_share", "higher"),
    Claim("body", "fake bodies have more adverbs", "", "higher", _NO_TAGGER),
    Claim("body", "fake bodies have fewer nouns", "", "lower", _NO_TAGGER),
)  # fmt: skip
MEASURES = {
    part: [claim.measure for claim in CLAIMS if claim.part == part and claim.measure]
    for part in ("title", "body")
}
# As near as we come to the four measures of the paper's classifiers.
FOUR = {
    "title": ["title_stop_share", "title_letters", "title_words", "title_capitals"],
    "body": ["type_token_ratio", "body_words", "n_quotations", "body_letters"],
}


def measure_style(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with the measures of style, missing where there are too few words."""
    texts = articles["headline"].map(_title_style), articles["body"].map(_body_style)
    styles = [pd.DataFrame(list(rows), index=articles.index) for rows in texts]
    return nr.score_readability(pd.concat([articles, *styles], axis=1))


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in nr.split_words(text)]


def _title_style(title: str) -> dict[str, float]:
    words = _words(title)
    return {
        "title_words": len(words),
        "title_letters": _mean(map(len, words)),
        "title_capitals": sum(word.isupper() and len(word) > 1 for word in words),
        "title_stop_share": _mean(word.lower() in load_words("stopwords") for word in words),
    }


def _body_style(body: str) -> dict[str, float]:
    words = _words(body)
    small = [word.lower() for word in words]
    quoted = [body[at.start : at.end] for at in nr.find_quotations(body) if at.closed]
    n = len(words) if len(words) >= LEAST_WORDS else float("nan")
    return {
        "body_words": len(words),
        "body_letters": sum(map(len, words)) / n,
        "punctuation_share": len(re.findall(r"[^\w\s]", body)) / n,
        "n_quotations": len(quoted),
        "quoted_words_share": sum(len(_words(text)) for text in quoted) / n,
        "type_token_ratio": len(set(small)) / n,
        "window_ratio": _window_ratio(small),
        "pronoun_share": sum(word in PRONOUNS for word in small) / n,
    }


def _window_ratio(words: list[str]) -> float:
    """Return the mean type-token ratio of whole windows side by side."""
    starts = range(0, len(words) - WINDOW + 1, WINDOW)
    return _mean(len(set(words[at : at + WINDOW])) / WINDOW for at in starts)


def _mean(values: object) -> float:
    found = [float(value) for value in values]  # type: ignore[attr-defined]
    return sum(found) / len(found) if found else float("nan")


# --- the tests of the paper ---------------------------------------------------------------------


def paper_test(one: Values, other: Values) -> tuple[str, float]:
    """Return the name and p of the test that the paper would have taken."""
    from scipy import stats  # type: ignore[import-untyped]

    if min(stats.shapiro(one).pvalue, stats.shapiro(other).pvalue) > 0.05:
        return "ANOVA", float(stats.f_oneway(one, other).pvalue)
    return "Wilcoxon", float(stats.ranksums(one, other).pvalue)


def classify(articles: pd.DataFrame, part: str, groups: tuple[str, str]) -> tuple[float, int]:
    """Return the share told rightly by a linear SVM on four measures, five folds, and n."""
    from sklearn.model_selection import StratifiedKFold, cross_val_score  # type: ignore[import-untyped]
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
    from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]
    from sklearn.svm import SVC  # type: ignore[import-untyped]

    rows = articles[articles["label"].isin(groups)].dropna(subset=FOUR[part])
    model = make_pipeline(StandardScaler(), SVC(kernel="linear"))
    scores = [
        cross_val_score(
            model,
            rows[FOUR[part]],
            rows["label"],
            cv=StratifiedKFold(5, shuffle=True, random_state=s),
        ).mean()
        for s in range(20)
    ]
    return float(np.mean(scores)), len(rows)


# --- fake, satire, real -------------------------------------------------------------------------


def nearer_to_satire(articles: pd.DataFrame, part: str) -> tuple[float, float, float]:
    """Return how much further fake is from real than from satire, in mean |Cliff's delta|.

    Above 0 fake lies nearer to satire; with the ends of a 95 % interval from resampled articles.
    """
    rows = articles[["label", *MEASURES[part]]].dropna()
    groups = {str(k): g[MEASURES[part]].to_numpy("float64") for k, g in rows.groupby("label")}
    random = np.random.default_rng(SEED)
    drawn = [
        _lead({k: v[random.integers(len(v), size=len(v))] for k, v in groups.items()})
        for _ in range(DRAWS)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return _lead(groups), float(low), float(high)


def _lead(groups: dict[str, Values]) -> float:
    fake, real, satire = (groups[name] for name in ("fake", "real", "satire"))
    return float(np.mean(_deltas(fake, real)) - np.mean(_deltas(fake, satire)))


def _deltas(one: Values, other: Values) -> Values:
    signs = np.sign(one[:, None, :] - other[None, :, :])
    return np.asarray(np.abs(signs.mean(axis=(0, 1))), dtype=np.float64)
