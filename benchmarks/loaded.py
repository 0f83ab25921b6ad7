"""Loaded words beside other lists: sentences that experts call biased, and spans they mark.

    NEWSRESEARCH_DATA=folder uv run --locked --group bench python benchmarks/loaded.py

BABE (Spinde et al., 2021), SG2: sentences of US news, each `Biased` or not, with the words that
five annotators marked. AUC of the count of listed words and of their share of all words; F1 of
marked words against listed ones, over all sentences. Topics are split by hash, kin topics together,
and a sentence of the development part whose article is in the held part is left out. The list was
cut and filled up with the development part in view, so its figures there flatter it; `--held` looks
at the other part. `--train` writes the weights of `loaded_p` from the development part; its figure
there is by topics left out. Words in quotations count here: the annotators marked them as well.

BASIL (Fan et al., 2019): which share of the spans marked `lex` holds a listed word, and which share
of the listed words stands in one. Informational spans are slanted choices of facts in plain words:
a list that meets one meets it by chance. Hyperpartisan News, by article (Kiesel et al., 2019):
whole articles that readers call hyperpartisan or not, by the columns of `score_framing`, narration
only, and the share of all words for the lists of others. Nothing was chosen on these two sets.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from public_data import find_data
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

import newsresearch as nr
import newsresearch.framing
from newsresearch.articles import Article
from newsresearch.framing.loaded import (
    Weights,
    find_loaded,
    loaded_matcher,
    read_words,
    sentence_chances,
    weigh_words,
)
from newsresearch.framing.matching import Matcher
from newsresearch.sentiment import plain_engine, tone
from newsresearch.text import Span, list_words, split_words
from newsresearch.vectors import load_vectors
from newsresearch.vocabulary import Term

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.integer]
BABE = "babe/final_labels_SG2.csv.gz"
OTHERS = (
    "basil/articles.jsonl.gz",
    "hyperpartisan-byarticle/articles-training-byarticle-20181122.xml.gz",
)
PEERS = {
    "Recasens NPOV lexicon": "word-lists/recasens-2013/npov_lexicon.txt",
    "strong subjectives": "word-lists/subjectivity-and-opinion/strong_subjectives_riloff2003.txt",
    "BABE lexicon": "word-lists/babe-bias-lexicon/bias_word_lexicon.txt",
}
# Topics that are one subject under two names, or two that share articles.
KIN = {
    "blm": "black lives matter", "gun-control": "gun control", "vaccines": "vaccine",
    "coronavirus": "vaccine", "middle-class": "taxes", "#metoo": "gender",
    "student-debt": "taxes",
}  # fmt: skip
OUT = Path(newsresearch.framing.__file__).with_name("loaded.json")
STRENGTH, FOLDS, RESAMPLES, SEED = 0.3, 8, 1000, 20210803


class Text(NamedTuple):
    """A sentence, its words that were marked, and what our reading makes of it."""

    article: Article
    marked: frozenset[str]


def main() -> int:
    """Print the tables, or say in one line why there are none."""
    folder = find_data([BABE, *OTHERS, *PEERS.values()])
    if folder is None:
        return 0
    rows = read_babe(folder)
    development = rows[~rows["is_held"] & ~rows["is_near"]].reset_index(drop=True)
    held = rows[rows["is_held"]].reset_index(drop=True)
    peers = {name: read_list(folder / path) for name, path in PEERS.items()}
    if "--train" in sys.argv:
        store(train(texts_of(development), development["is_biased"].to_numpy()))
    print_babe("development topics", development, peers)
    print_left_out(development)
    if "--held" in sys.argv:
        weights = train(texts_of(development), development["is_biased"].to_numpy())
        print_babe("held topics", held, peers)
        print_model(held, weights, least_to_mark(development, weights))
    print_basil(peers)
    print_hyperpartisan(peers)
    return 0


# --- BABE ---------------------------------------------------------------------------------------


def read_babe(folder: Path) -> pd.DataFrame:
    """Return the sentences with a label, their topic, and whether they are held."""
    rows = pd.read_csv(folder / BABE, sep=";", encoding="utf-8-sig")
    rows = rows[rows["label_bias"].isin(["Biased", "Non-biased"])].reset_index(drop=True)
    rows["is_biased"] = (rows["label_bias"] == "Biased").astype(int)
    rows["topic"] = rows["topic"].replace(KIN)
    rows["is_held"] = [int(sha256(t.encode()).hexdigest(), 16) % 3 == 0 for t in rows["topic"]]
    links = set(rows.loc[rows["is_held"], "news_link"].dropna())
    rows["is_near"] = rows["news_link"].isin(links)
    return rows


def texts_of(rows: pd.DataFrame) -> list[Text]:
    """Return the sentences as articles, with their marked words."""
    return [
        Text(Article(str(at), "", text), words_in(ast.literal_eval(marked)))
        for at, (text, marked) in enumerate(zip(rows["text"], rows["biased_words"], strict=True))
    ]


def words_in(phrases: Sequence[str]) -> frozenset[str]:
    """Return the words of some phrases in lower case."""
    return frozenset(word for phrase in phrases for word in list_words(phrase))


def read_list(path: Path) -> Matcher:
    """Return a list of others, one entry a line."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return Matcher({"peer": sorted({e for line in lines if (e := line.strip()) and has_word(e)})})


def has_word(entry: str) -> bool:
    """Can it be met in a text?"""
    return bool(re.search(r"\w", entry)) and 0 < len(list_words(entry)) <= 10


def print_babe(name: str, rows: pd.DataFrame, peers: dict[str, Matcher]) -> None:
    """Print how well each list tells biased sentences from others, and finds marked words."""
    texts, gold = texts_of(rows), rows["is_biased"].to_numpy()
    n_words = np.array([len(text.article.words) for text in texts])
    print(f"BABE SG2, {name}: {len(rows)} sentences, {gold.mean():.3f} biased")
    print(f"{'':<26}{'AUC count':>10}{'AUC share':>10}{'word P':>8}{'R':>7}{'F1':>7}")
    for label, matcher in {"our list": loaded_matcher(), **peers}.items():
        found = [listed(text.article, matcher) for text in texts]
        counts = np.array([len(matches) for matches in found])
        words = [
            words_in([s.of(t.article.body) for s in f]) for t, f in zip(texts, found, strict=True)
        ]
        scores = " ".join(f"{value:>6.3f}" for value in prf(texts, words))
        print(
            f"{label:<26}{auc(gold, counts):>10.3f}{auc(gold, counts / n_words):>10.3f}  {scores}"
        )
        if label == "our list":
            print(f"{'':<26}95 % interval of AUC share {interval(rows, counts / n_words)}")
    tones = np.array([abs(tone(text.article.body, plain_engine())) for text in texts])
    print(f"{'absolute VADER compound':<26}{auc(gold, np.nan_to_num(tones)):>10.3f}")


def listed(article: Article, matcher: Matcher) -> list[Span]:
    """Return where words of a list stand."""
    if matcher is loaded_matcher():
        return find_loaded(article)  # without names
    found = matcher.find(article.body, article.words, article.sentences)
    return [Span(match.start, match.end) for match in found]


def auc(gold: Labels, scores: npt.NDArray[np.generic]) -> float:
    """Return the area under the curve."""
    return float(roc_auc_score(gold, scores))


def interval(rows: pd.DataFrame, scores: Numbers) -> str:
    """Return the bootstrap interval of an AUC; articles are drawn, not sentences."""
    draw, gold = np.random.default_rng(SEED), rows["is_biased"].to_numpy()
    keys = rows["news_link"].fillna(pd.Series(rows.index.astype(str)))
    groups = [np.array(places) for places in rows.groupby(keys).indices.values()]
    found = []
    for _ in range(RESAMPLES):
        some = np.concatenate([groups[at] for at in draw.integers(len(groups), size=len(groups))])
        found.append(auc(gold[some], scores[some]))
    low, high = np.quantile(found, [0.025, 0.975])
    return f"{low:.3f} to {high:.3f}"


def prf(texts: list[Text], words: list[frozenset[str]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the words found in all sentences."""
    hits = sum(len(t.marked & w) for t, w in zip(texts, words, strict=True))
    n_found, n_marked = sum(map(len, words)), sum(len(t.marked) for t in texts)
    precision, recall = hits / max(1, n_found), hits / max(1, n_marked)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


# --- the weights --------------------------------------------------------------------------------


def train(texts: list[Text], gold: Labels) -> Weights:
    """Return the weights: of words by their vectors, then of sentences by the mean of words."""
    read = [read_words(text.article, quotations=True) for text in texts]
    marks = [
        float(term_word(text, term.start, term.end) in text.marked)
        for text, (terms, _) in zip(texts, read, strict=True)
        for term in terms
    ]
    rows = np.vstack([word_rows(terms, is_listed) for terms, is_listed in read])
    word = LogisticRegression(C=STRENGTH, max_iter=500).fit(rows, marks)
    *vector, by_list = word.coef_[0]
    weights = Weights(np.array(vector), float(by_list), float(word.intercept_[0]), 1.0, 0.0)
    means = np.array([mean_of_words(terms, is_listed, weights) for terms, is_listed in read])
    sentence = LogisticRegression(C=100.0).fit(means[:, None], gold)
    return weights._replace(
        slope=float(sentence.coef_[0, 0]), sentence_offset=float(sentence.intercept_[0])
    )


def term_word(text: Text, start: int, end: int) -> str:
    """Return a word as the marked ones are written."""
    return " ".join(list_words(text.article.body[start:end]))


def word_rows(terms: Sequence[Term], is_listed: Numbers) -> Numbers:
    """Return the vector of each word and whether the list holds it."""
    vectors = load_vectors()
    directions = vectors.directions[vectors.find(term.stem for term in terms)]
    return np.column_stack([directions, is_listed])


def mean_of_words(terms: Sequence[Term], is_listed: Numbers, weights: Weights) -> float:
    """Return the mean over the words of a sentence; 0 without one."""
    return float(weigh_words(terms, is_listed, weights).mean()) if terms else 0.0


def store(weights: Weights) -> None:
    """Write the weights."""
    stored = {
        name: round(float(value), 4) for name, value in weights._asdict().items() if name != "words"
    }
    words = [round(float(value), 4) for value in weights.words]
    OUT.write_text(json.dumps({"words": words, **stored}) + "\n", encoding="utf-8")
    print(f"wrote {OUT.name}")


def chances(rows: pd.DataFrame, weights: Weights) -> Numbers:
    """Return the mean probability of the sentences of each text."""
    found = []
    for text in texts_of(rows):
        terms, is_listed = read_words(text.article, quotations=True)
        ours = sentence_chances(text.article, terms, is_listed, weights) if terms else np.zeros(1)
        found.append(float(ours.mean()))
    return np.array(found)


def print_left_out(rows: pd.DataFrame) -> None:
    """Print the AUC of ``loaded_p`` on topics that it was not trained on."""
    scores = np.zeros(len(rows))
    for ours, other in GroupKFold(FOLDS).split(rows, groups=rows["topic"]):
        seen, unseen = rows.iloc[ours], rows.iloc[other]
        scores[other] = chances(unseen, train(texts_of(seen), seen["is_biased"].to_numpy()))
    print(f"{'loaded_p, topics left out':<26}{auc(rows['is_biased'].to_numpy(), scores):>10.3f}")


def least_to_mark(rows: pd.DataFrame, weights: Weights) -> float:
    """Return the bound above which a word counts as marked: the best F1 on these sentences."""
    texts = texts_of(rows)
    bounds: list[float] = np.arange(0.05, 0.6, 0.05).tolist()
    return max(bounds, key=lambda bound: prf(texts, marked_by(texts, weights, bound))[2])


def marked_by(texts: list[Text], weights: Weights, bound: float) -> list[frozenset[str]]:
    """Return the words of each text that weigh as much."""
    found = []
    for text in texts:
        terms, is_listed = read_words(text.article, quotations=True)
        values = weigh_words(terms, is_listed, weights) if terms else np.zeros(0)
        kept = [t for t, value in zip(terms, values, strict=True) if value >= bound]
        found.append(words_in([text.article.body[t.start : t.end] for t in kept]))
    return found


def print_model(rows: pd.DataFrame, weights: Weights, bound: float) -> None:
    """Print what the weights make of sentences that they were not trained on."""
    scores, texts = chances(rows, weights), texts_of(rows)
    scored = " ".join(f"{value:>6.3f}" for value in prf(texts, marked_by(texts, weights, bound)))
    print(f"{'loaded_p':<36}{auc(rows['is_biased'].to_numpy(), scores):>10.3f}  {scored}")
    print(f"{'':<26}95 % interval {interval(rows, scores)}; words from {bound:.2f}")


# --- BASIL --------------------------------------------------------------------------------------


def print_basil(peers: dict[str, Matcher]) -> None:
    """Print what each list meets of the spans, and how often what it meets is one."""
    articles, gold = nr.load_dataset("basil"), nr.load_gold("basil")
    gold = gold[gold["field"] == "body"]
    texts = {
        i: Article(i, "", body)
        for i, body in zip(articles["article_id"], articles["body"], strict=True)
    }
    kinds = {kind: gold[gold["kind"] == kind] for kind in ("lex", "inf")}
    n_words = sum(len(split_words(article.body)) for article in texts.values())
    print(f"BASIL: {len(texts)} articles; spans in bodies {gold['kind'].value_counts().to_dict()}")
    print(f"{'':<26}{'lex met':>9}{'inf met':>9}{'in a lex':>10}{'in any':>8}{'per 100 words':>15}")
    for label, matcher in {"our list": loaded_matcher(), **peers}.items():
        found = {name: listed(article, matcher) for name, article in texts.items()}
        n_found = sum(map(len, found.values()))
        met = [share_met(kinds[kind], found) for kind in ("lex", "inf")]
        inside = [n_inside(part, found) / n_found for part in (kinds["lex"], gold)]
        print(
            f"{label:<26}{met[0]:>9.3f}{met[1]:>9.3f}{inside[0]:>10.3f}{inside[1]:>8.3f}"
            f"{100 * n_found / n_words:>15.2f}"
        )


def share_met(spans: pd.DataFrame, found: dict[str, list[Span]]) -> float:
    """Return the share of spans that hold a word of a list."""
    rows = zip(spans["article_id"], spans["start"], spans["end"], strict=True)
    return float(
        np.mean([any(m.start < end and m.end > start for m in found[i]) for i, start, end in rows])
    )


def n_inside(spans: pd.DataFrame, found: dict[str, list[Span]]) -> int:
    """Return how many words of a list stand in a span."""
    places: dict[str, list[tuple[int, int]]] = {}
    for i, start, end in zip(spans["article_id"], spans["start"], spans["end"], strict=True):
        places.setdefault(i, []).append((start, end))
    return sum(
        any(m.start < end and m.end > start for start, end in places.get(i, []))
        for i, matches in found.items()
        for m in matches
    )


# --- whole articles -----------------------------------------------------------------------------


def print_hyperpartisan(peers: dict[str, Matcher]) -> None:
    """Print how well each tells articles that readers call hyperpartisan."""
    scored = nr.score_framing(nr.load_dataset("hyperpartisan")).dropna(subset=["loaded_p"])
    gold = np.array([label == "true" for label in scored["label"]], dtype=np.int64)
    print(f"Hyperpartisan News: {len(gold)} articles, {gold.mean():.3f} hyperpartisan")
    for column in ("loaded_share", "loaded_p"):
        print(f"{column:<26}{auc(gold, scored[column].to_numpy()):>10.3f}")
    articles = [Article(str(at), "", body) for at, body in enumerate(scored["body"])]
    for label, matcher in peers.items():
        shares = [len(listed(one, matcher)) / len(one.words) for one in articles]
        print(f"{label:<26}{auc(gold, np.array(shares)):>10.3f}")
    tones = [abs(value) for value in nr.score_sentiment(scored)["body_tone"].fillna(0.0)]
    print(f"{'absolute body_tone':<26}{auc(gold, np.array(tones)):>10.3f}")


if __name__ == "__main__":
    sys.exit(main())
