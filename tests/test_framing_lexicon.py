"""Tests of lexicons of others: each format, its errors, and what is counted."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.framing import Lexicon

FILES = {
    "liwc.dic": "%\n01\tcare.virtue\n2\tcare.vice\n%\n\nprotect*\t\t01\nharm \t2 01\nlook out\t2\n",
    "nrc.txt": "harm\tanger\t1\nharm\tjoy\t0\ncalm\tjoy\t0.5\n",
    "finance.csv": "Word,Seq_num,Word Count,Negative,Positive,Source\n"
    "HARM,1,20,2009,0,a\nCALM,2,3,0,2011,a\nWAS,3,3,-2020,0,b\n",
    "emfd.csv": "word,care_p,fairness_p,care_sent\nharm,0.25,0.5,-0.9\n",
    "clues.tff": "type=strongsubj len=1 word1=harm pos1=verb stemmed1=y priorpolarity=negative\n"
    "type=weaksubj len=1 word1=calm pos1=adj stemmed1=n priorpolarity=positive\n",
    "plain.txt": "# my words\nharm*\nlook out\n\n; end\n",
    "pairs.csv": 'word,category\nharm,bad\n"calm",good\n',
    "bare.tsv": "harm\tbad\ncalm\tgood\n",
    "wide.csv": "term,bad,good\nharm,1,0\ncalm,0,1\n",
}
EXPECTED = {
    "liwc.dic": {
        "care.virtue": {"protect*": 1.0, "harm": 1.0},
        "care.vice": {"harm": 1.0, "look out": 1.0},
    },
    "nrc.txt": {"anger": {"harm": 1.0}, "joy": {"calm": 0.5}},
    "finance.csv": {"Negative": {"harm": 1.0}, "Positive": {"calm": 1.0}},
    "emfd.csv": {"care": {"harm": 0.25}, "fairness": {"harm": 0.5}},
    "clues.tff": {
        "strongsubj": {"harm": 1.0}, "negative": {"harm": 1.0},
        "weaksubj": {"calm": 1.0}, "positive": {"calm": 1.0},
    },
    "plain.txt": {"plain": {"harm*": 1.0, "look out": 1.0}},
    "pairs.csv": {"bad": {"harm": 1.0}, "good": {"calm": 1.0}},
    "bare.tsv": {"bad": {"harm": 1.0}, "good": {"calm": 1.0}},
    "wide.csv": {"bad": {"harm": 1.0}, "good": {"calm": 1.0}},
}  # fmt: skip


def read(folder: Path, name: str, content: str | bytes) -> Lexicon:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return nr.read_lexicon(path)


@pytest.mark.parametrize("name", FILES)
def test_each_format_is_read(name: str, tmp_path: Path) -> None:
    assert read(tmp_path, name, FILES[name]).weights == EXPECTED[name]
    packed = read(tmp_path, name, gzip.compress(FILES[name].encode()))
    assert packed.weights == EXPECTED[name]
    marked = read(tmp_path, name, b"\xef\xbb\xbf" + FILES[name].replace("\n", "\r\n").encode())
    assert marked.weights == EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.dic", "%\n1\tcare\nharm\t1\n", "a.dic, line 3: no second '%' closes the list"),
        ("a.dic", "%\ncare\n%\n", "a.dic, line 2: a category is a number and a name"),
        ("a.dic", "%\n1\tcare\n%\nharm\t2\n", "a.dic, line 4: category 2 is not in the list"),
        ("a.dic", "%\n1\tcare\n%\nharm\n", "a.dic, line 4: an entry needs the number"),
        ("a.txt", "harm\tanger\tmuch\n", "a.txt, line 1: a weight must be a number; found 'much'"),
        ("a.txt", "harm\tanger\t1\nharm\t1\n", "a.txt, line 2: 2 cells where there are 3 columns"),
        ("a.txt", "harm\tanger\tnan\n", "a.txt, line 1: a weight must be a number"),
        ("a.csv", "word,category\n,bad\n", "a.csv, line 2: the word or its category is empty"),
        ("a.csv", "a,b,c,d\n", "a.csv, line 1: 4 columns and no name of one is 'word'"),
        ("a.tff", "type=x word1=harm\nlen=1\n", "a.tff, line 2: a clue needs type"),
        ("a.txt", "# none\n", "a.txt holds comments only"),
        ("a.txt", "", "a.txt: the file is empty"),
        ("a.txt", ":-)\n", "'a' holds no word that could be found"),
        ("a.txt", b"\x89PNG\r\n", "a.txt: this is a PNG picture"),
        ("a.gz", b"\x1f\x8b\x00", "a.gz: the gzip file is"),
        ("a.csv", "word,category\n" + "a" * 200_000 + ",x\n", "a.csv, line 2: field larger than"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    name: str, content: str | bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError) as problem:
        read(tmp_path, name, content)
    assert message in str(problem.value)


def test_half_a_packed_list_is_no_list(tmp_path: Path) -> None:
    packed = gzip.compress("\n".join(f"w{n}" for n in range(9_000)).encode())
    for broken in (packed[:-2_000], packed[:2_000] + b"\xff" * 9 + packed[2_009:]):
        with pytest.raises(ValueError, match=r"a\.gz"):
            read(tmp_path, "a.gz", broken)
    with pytest.raises(ValueError, match="a bomb"):
        read(tmp_path, "a.gz", gzip.compress(b"harm is\n" * 1_000_000))


def test_a_table_may_name_the_category_first(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "category,word\nbad,harm\n")
    assert found.weights == {"bad": {"harm": 1.0}}


def test_a_number_may_be_part_of_an_entry(tmp_path: Path) -> None:
    found = read(tmp_path, "a.dic", "%\n1\tcare\n%\ncatch 22\t1\nharm 1\n")
    assert found.weights == {"care": {"catch 22": 1.0, "harm": 1.0}}


def test_the_name_of_a_single_column_is_no_entry(tmp_path: Path) -> None:
    assert read(tmp_path, "a.csv", "Word\nharm\n").weights == {"a": {"harm": 1.0}}


def test_a_word_and_a_number_is_a_weight(tmp_path: Path) -> None:
    found = read(tmp_path, "afinn.txt", "harm\t-2\ncalm\t+1.5\n")
    assert found.weights == {"afinn": {"harm": -2.0, "calm": 1.5}}


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        nr.read_lexicon(tmp_path / "none.dic")


def test_entries_that_cannot_be_found_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "harm\n:-(\nf**k\n" + "so " * 11 + "\n" + "a" * 101 + "\n")
    assert found.left_out == (":-(", "f**k", ("so " * 11).strip(), "a" * 101)
    assert repr(found) == "Lexicon('a', one word a line: 1 categories, 1 entries, 4 left out)"


BODY = "The ferry left the pier at dawn with coal for us. " * 5  # 55 words


def table(*bodies: str) -> pd.DataFrame:
    ids = [str(at) for at in range(len(bodies))]
    return pd.DataFrame({"article_id": ids, "headline": "", "body": list(bodies)})


def test_shares_are_sums_of_weights_per_word(tmp_path: Path) -> None:
    lexicon = read(tmp_path, "emfd.csv", FILES["emfd.csv"])
    row = nr.score_lexicon(table(BODY + "No harm, no Harm’s way, “harm”."), lexicon).iloc[0]
    n = 55 + 5
    assert row["care_share"] == 0.5 / n and row["fairness_share"] == 1 / n
    assert (row["n_lexicon_words"], row["covered_share"]) == (2, 2 / n)
    whole = nr.score_lexicon(
        table(BODY + "No harm, no Harm’s way, “harm”."), lexicon, quotations=True
    )
    assert whole["care_share"].item() == 0.75 / (n + 1)


def test_own_lists_need_no_file() -> None:
    scored = nr.score_lexicon(
        table(BODY, "Short.", ""), {"at sea": ["ferry", "the pier", "pier"], "Fire": ["coal"]}
    )
    assert scored["at_sea_share"].tolist()[0] == 10 / 55
    assert scored["n_lexicon_words"].tolist()[:2] == [20, 0]
    assert scored[["fire_share", "covered_share"]].iloc[1].isna().all()
    assert scored["error"].tolist() == ["", "", "the body is empty"]


def test_own_lists_may_be_read_once_only_and_their_columns_are_identifiers() -> None:
    scored = nr.score_lexicon(table(BODY), {"1st": (word for word in ["ferry"])})
    assert scored["list_1st_share"].tolist() == [5 / 55]


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        (["war"], "a lexicon must be read_lexicon"),
        ({"war": None}, "the words of 'war' must be a list of texts"),
        ({"war": "attack"}, "the words of 'war' must be a list of texts"),
        ({"war": []}, "'own' holds no word"),
        ({"a b": ["x"], "a-b": ["y"]}, "two categories would be column 'a_b_share'"),
        ({str(n): ["x"] for n in range(501)}, "501 categories; more than 500"),
    ],
)
def test_lists_that_cannot_be_used_are_refused(lists: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        nr.score_lexicon(table(BODY), lists)  # type: ignore[arg-type]


def test_coverage_tells_entries_found_and_words_covered(tmp_path: Path) -> None:
    lexicon = read(tmp_path, "plain.txt", "ferry\nlighthouse\nthe pier\n")
    row = lexicon.coverage(table(BODY, "")).iloc[0]
    assert row["category"] == "plain"
    assert (row["n_entries"], row["n_found"], row["n_uses"]) == (3, 2, 10)
    assert (row["found_share"], row["token_share"]) == (2 / 3, 15 / 55)
    assert lexicon.coverage(table())["token_share"].tolist() == [0.0]
