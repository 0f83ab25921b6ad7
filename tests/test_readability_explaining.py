"""What is blamed for a grade stands where it is said to stand, and weighs what it is said to."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import newsresearch as nr
from newsresearch.plain import plain_text
from newsresearch.readability import FORMULAS, count_text, explain_readability, score_readability

LONG = "The dog and the cat ran up the big tree and sat there until the sun went down."
BODY = (
    "The minister spoke. Nobody listened to the minister’s parliamentary reminiscences. "
    f"{LONG} It was late. The opposition left. The opposition came back."
)
COLUMNS = ["article_id", "field", "start", "end", "quote", "kind", "value", "n_occurrences"]
COLUMNS += ["share", "reason"]


def table(*bodies: str) -> pd.DataFrame:
    """Return an Articles table of bodies."""
    ids = [f"a{number}" for number in range(len(bodies))]
    return pd.DataFrame({"article_id": ids, "headline": "", "body": list(bodies)}, dtype="str")


def grade_of(body: str) -> float:
    return float(score_readability(table(body)).loc[0, "grade"])


def test_the_longest_sentences_and_the_hardest_words_come_first() -> None:
    found = explain_readability(table(BODY), n=2)
    assert list(found) == COLUMNS
    assert found["kind"].tolist() == ["sentence", "sentence", "word", "word"]
    # opposition 2 x 4 syllables; parliamentary 5 and reminiscences 5, which stands later
    assert found["quote"].tolist()[2:] == ["opposition", "parliamentary"]
    assert found["value"].tolist() == [18, 7, 4, 5]
    assert found["n_occurrences"].tolist() == [1, 1, 2, 1]
    assert found.loc[0, "quote"] == LONG
    assert found.loc[2, "start"] == BODY.index("opposition")


def test_share_is_what_the_grade_loses_without_the_sentence() -> None:
    found = explain_readability(table(BODY)).iloc[0]
    rest = count_text(BODY.replace(f"{LONG} ", ""))  # alone it would be too short for a grade
    before, after = grade_of(BODY), FORMULAS["grade"](rest)
    assert found["share"] == pytest.approx((before - after) / before)
    assert found["reason"] == (
        f"18 words, {count_text(BODY).sentence_length:.1f} on average; "
        f"grade {before:.2f}, without it {after:.2f}"
    )


def test_share_of_a_word_is_what_the_grade_loses_with_easy_ones() -> None:
    found = explain_readability(table(BODY)).set_index("quote").loc["opposition"]
    before, after = grade_of(BODY), grade_of(BODY.replace("opposition", "dog"))
    assert found["share"] == pytest.approx((before - after) / before)
    assert found["share"] > 0
    assert found["reason"].startswith("not on the list of easy words, 2 times; grade ")


def test_an_easy_sentence_can_have_a_share_below_nought() -> None:
    shares = explain_readability(table(BODY)).set_index("quote")["share"]
    assert (
        shares[LONG] < 0 < shares["Nobody listened to the minister’s parliamentary reminiscences."]
    )


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ("minister", "min\xadister"),
        (" ", "  "),
        (" ", "\xa0"),
        ("The", "\ufeffThe"),
        ("é", "e\u0301"),
    ],
)
def test_quotes_stand_in_the_stored_text(plain: str, odd: str) -> None:
    body = BODY.replace("Nobody", "José").replace(plain, odd)
    assert odd in body
    found = explain_readability(table(body), n=20)
    for row in found.itertuples():
        assert row.quote == body[row.start : row.end] and row.quote
    tidy = explain_readability(table(BODY.replace("Nobody", "José")), n=20)
    same = ["kind", "value", "n_occurrences", "share", "reason"]
    pd.testing.assert_frame_equal(found[same], tidy[same])
    bare = [" ".join(plain_text(quote).split()) for quote in found["quote"]]
    assert bare == [plain_text(quote) for quote in tidy["quote"]]


def test_curly_and_straight_apostrophes_are_one_word() -> None:
    found = explain_readability(table("The café’s owner. The café's end. It was late. " * 4))
    assert found.set_index("quote").loc["café’s", "n_occurrences"] == 8


def test_masked_sentences_are_not_blamed_nor_counted() -> None:
    masked = f"{BODY} Unfathomable bureaucrats @ @ @ @ @ @ @ prevaricated. It rained."
    found, tidy = (
        explain_readability(table(masked)),
        explain_readability(table(BODY + " It rained.")),
    )
    pd.testing.assert_frame_equal(found, tidy)


def test_rows_go_article_by_article_and_bad_ones_have_none() -> None:
    articles = table(BODY, "", "Too short for a grade.", BODY).set_axis([3, 1, 1, 7])
    kept = articles.copy()
    found = explain_readability(articles, n=1)
    assert found["article_id"].tolist() == ["a0", "a0", "a2", "a3", "a3"]
    assert math.isnan(found.loc[2, "share"])
    assert found.loc[2, "reason"].endswith("; no grade: 5 words; at least 30 are needed")
    pd.testing.assert_frame_equal(articles, kept)


def test_a_text_without_stops_shows_its_sentence() -> None:
    found = explain_readability(table("the dog ran on " * 40), n=1).iloc[0]
    assert found["value"] == 160 and math.isnan(found["share"])
    assert "160 words per sentence" in found["reason"]


def test_the_table_keeps_its_types_when_empty() -> None:
    empty, full = explain_readability(table()), explain_readability(table(BODY))
    assert list(empty) == COLUMNS and len(empty) == 0
    assert empty.dtypes.tolist() == full.dtypes.tolist()
    assert len(explain_readability(table("* * *"))) == 0


@pytest.mark.parametrize("n", [0, -1, 1.5, True, "3"])
def test_a_wrong_number_is_refused(n: object) -> None:
    with pytest.raises(ValueError, match="n must be a whole number from 1 on; found"):
        explain_readability(table(BODY), n=n)  # type: ignore[arg-type]


def test_the_grade_explained_is_the_grade_scored() -> None:
    demo = nr.load_dataset("demo").head(20)
    scored = score_readability(demo).set_index("article_id")["grade"]
    found = explain_readability(demo, n=1).query("kind == 'sentence'").set_index("article_id")
    said = found["reason"].str.extract(r"grade ([\d.]+), without")[0].astype(float)
    assert said.tolist() == pytest.approx(scored[said.index].tolist(), abs=0.005)
