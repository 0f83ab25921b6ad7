"""One small loader a data set: which columns of its files are ours, and nothing mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from newsresearch.datasets.archives import load_fakenews, load_onestop
from newsresearch.datasets.basil import load_basil
from newsresearch.datasets.markup import load_hyperpartisan
from newsresearch.datasets.shelf import Shelf
from newsresearch.tables import pd

__all__ = ["LOADERS"]

# The codes of the Gun Violence Frame Corpus, from Liu et al. 2019.
_GUN_FRAMES = {
    "1": "gun_rights", "2": "gun_control", "3": "politics", "4": "mental_health",
    "5": "public_safety", "6": "race_ethnicity", "7": "public_opinion",
    "8": "society_culture", "9": "economic_consequences", "99": "",
}  # fmt: skip
_GENERIC_FRAMES = {
    "RE": "resolution", "HI": "human_interest", "CO": "conflict",
    "MO": "moral", "EC": "economic",
}  # fmt: skip
_ATTITUDES = {2.0: "negative", 4.0: "neutral", 6.0: "positive"}


def _numbered(table: pd.DataFrame, part: str) -> pd.DataFrame:
    """Name the rows of a file that has no ids by their place in it, from 0."""
    return table.assign(article_id=[f"{part}-{row}" for row in range(len(table))])


def _load_fnc(shelf: Shelf) -> pd.DataFrame:
    start = {"train": "train", "test": "competition_test"}[shelf.part]
    stances = shelf.table(
        f"{start}_stances.csv", {"Headline": "headline", "Body ID": "body_id", "Stance": "label"}
    )
    bodies = shelf.table(f"{start}_bodies.csv", {"Body ID": "body_id", "articleBody": "body"})
    pairs = stances.merge(bodies, on="body_id", how="left", validate="many_to_one")
    ids = [f"{body}-{row}" for row, body in enumerate(pairs["body_id"])]
    # A file with part of the bodies leaves pairs without one: kept, and not scored later.
    return pairs.assign(article_id=ids, body=pairs["body"].fillna(""))


def _load_emergent(shelf: Shelf) -> pd.DataFrame:
    ours = {
        "articleId": "article_id", "articleHeadline": "headline", "claimHeadline": "claim",
        "articleHeadlineStance": "label", "claimTruth": "claim_truth", "claimId": "claim_id",
        "source": "outlet", "url": "url",
    }  # fmt: skip
    return shelf.table("emergent.csv", ours)


def _load_clear(shelf: Shelf) -> pd.DataFrame:
    ours = {
        "ID": "article_id", "Excerpt": "body", "BT_easiness": "easiness", "Title": "work",
        "Author": "byline", "Pub Year": "published", "Categ": "category", "URL": "url",
    }  # fmt: skip
    return _with_numbers(shelf.table("clear.csv", ours), "easiness")


def _load_vader(shelf: Shelf) -> pd.DataFrame:
    lines = shelf.text("nytEditorialSnippets_GroundTruth.txt").replace("\r\n", "\n").split("\n")
    # Plain tab-separated lines: quotation marks are part of the text.
    rows = [line.split("\t", 2) for line in lines if line.count("\t") >= 2]
    table = _with_numbers(pd.DataFrame(rows, columns=["article_id", "rating", "body"]), "rating")
    table["article"] = table["article_id"].str.split("_").str[0].astype("str")
    if shelf.part == "snippets":
        return table
    whole = table.groupby("article", sort=False).agg(
        body=("body", " ".join), rating=("rating", "mean"), snippets=("body", "size")
    )
    return whole.reset_index(names="article_id")


def _load_newsmtsc(shelf: Shelf) -> pd.DataFrame:
    rows = [
        {
            "article_id": target["Input.gid"],
            "body": record["sentence_normalized"],
            "label": _ATTITUDES[target["polarity"]],
            "target": target["mention"],
            "start": target["from"],
            "end": target["to"],
        }
        for record in shelf.records(f"{shelf.part}.jsonl")
        for target in record["targets"]
    ]
    return pd.DataFrame(rows)


def _load_gvfc(shelf: Shelf) -> pd.DataFrame:
    frames = {"Q3 Theme1": "label", "Q3 Theme2": "second_label"}
    if shelf.part == "headlines":
        ours = {"ID": "article_id", "news_title": "headline", "Month": "months"}
        table = shelf.table("english_1300.csv", ours | frames)
    else:
        lead = "lead_3_sentences_summary_of_full_article_text"
        ours = {"id": "article_id", "headline": "headline", lead: "body", "article_url": "url"}
        table = shelf.table("multimodal_1300.csv", ours | frames)
    named = {column: table[column].map(_GUN_FRAMES).fillna("") for column in frames.values()}
    return table.assign(**named)


def _load_narrative(shelf: Shelf) -> pd.DataFrame:
    ours = {"ID": "article_id", "text": "body", "source": "outlet", "date": "published"}
    table = shelf.table(
        "articles_metadata.tsv", ours | {"mbfc": "lean"} | _GENERIC_FRAMES, sep="\t"
    )
    names = list(_GENERIC_FRAMES.values())
    table[names] = table[names] == "True"
    table["label"] = [
        " ".join(name for name, has in zip(names, row, strict=True) if has)
        for row in table[names].itertuples(index=False)
    ]
    return table


def _load_babe(shelf: Shelf) -> pd.DataFrame:
    ours = {
        "text": "body", "label_bias": "label", "label_opinion": "opinion", "outlet": "outlet",
        "news_link": "url", "topic": "topic", "type": "lean", "biased_words": "biased_words",
    }  # fmt: skip
    return _numbered(shelf.table(f"final_labels_{shelf.part}.csv", ours, sep=";"), shelf.part)


def _load_clickbait(shelf: Shelf) -> pd.DataFrame:
    kinds = {"clickbait_data.txt": "clickbait", "non_clickbait_data.txt": "other"}
    tables = []
    for name, label in kinds.items():
        lines = [line for line in shelf.text(name).split("\n") if line.strip()]
        tables.append(_numbered(pd.DataFrame({"headline": lines, "label": label}), label))
    return pd.concat(tables, ignore_index=True)


def _load_corpus_sample(shelf: Shelf) -> pd.DataFrame:
    ours = {
        "id": "article_id", "title": "headline", "content": "body", "type": "label",
        "domain": "outlet", "authors": "byline", "url": "url",
    }  # fmt: skip
    return shelf.table("news_sample.csv", ours)


def _load_qags(shelf: Shelf) -> pd.DataFrame:
    rows = []
    for number, record in enumerate(shelf.records(f"mturk_{shelf.part}.jsonl")):
        for place, sentence in enumerate(record["summary_sentences"]):
            votes = [response["response"] for response in sentence["responses"]]
            supported = votes.count("yes") * 2 > len(votes)
            rows.append(
                {
                    "article_id": f"{shelf.part}-{number}-{place}",
                    "headline": sentence["sentence"],
                    "body": record["article"],
                    "label": "supported" if supported else "unsupported",
                    "readers_for": votes.count("yes"),
                }
            )
    return pd.DataFrame(rows)


def _load_extraction(shelf: Shelf) -> pd.DataFrame:
    pages = shelf.mapping("ground-truth.json")
    rows = [
        {"article_id": name, "body": page["articleBody"], "url": page["url"]}
        for name, page in pages.items()
    ]
    return pd.DataFrame(rows)


def _with_numbers(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table.assign(**{column: pd.to_numeric(table[column]).astype("float64")})


LOADERS: Mapping[str, Callable[[Shelf], pd.DataFrame]] = {
    "fnc-1": _load_fnc,
    "emergent": _load_emergent,
    "fakenewsdata1": load_fakenews,
    "basil": load_basil,
    "onestopenglish": load_onestop,
    "clear": _load_clear,
    "vader-nyt": _load_vader,
    "newsmtsc": _load_newsmtsc,
    "gvfc": _load_gvfc,
    "narrative-frames": _load_narrative,
    "hyperpartisan": load_hyperpartisan,
    "babe": _load_babe,
    "clickbait": _load_clickbait,
    "fakenewscorpus-sample": _load_corpus_sample,
    "qags": _load_qags,
    "article-extraction-benchmark": _load_extraction,
}
