"""The headline against its body: the best sentence for each claim, the best against it, why."""

from __future__ import annotations

import nasty
import pandas as pd
import pytest
from hypothesis import given, settings
from pandas.testing import assert_frame_equal

from newsresearch.articles import Article
from newsresearch.support import (
    FEATURES,
    KINDS,
    SUPPORT_DTYPES,
    Support,
    support_features,
    support_headline,
    weigh_headline,
)
from newsresearch.support.voices import who_says
from newsresearch.text import Span

HEADLINE = "Council backs wind farm"
ODD_SEVEN = "The fire killed ſeven people, or sıx."


def table(headline: str, *bodies: str) -> pd.DataFrame:
    ids = [f"a{at}" for at in range(len(bodies))]
    data = {"article_id": ids, "headline": [headline] * len(ids), "body": list(bodies)}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in data.items()})


@pytest.mark.parametrize(
    ("body", "role", "quote", "least"),
    [
        ("It rained. The council backed the wind farm.", "supporting", "The council b", 1.0),
        ("It rained. The council supported the wind farm.", "supporting", "The council s", 0.8),
        ("It rained. Councillors gave the farm a lift.", "supporting", "Councillors g", 0.3),
        ("It rained. The council rejected the wind farm.", "opposing", "The council r", 0.6),
        ("It rained. The council will not back the wind farm.", "opposing", "The council w", 1.0),
        ("It rained. The council refused to back the farm.", "opposing", "The council r", 0.6),
    ],
)
def test_the_nearest_sentence_is_shown_in_its_role(
    body: str, role: str, quote: str, least: float
) -> None:
    (row,) = support_headline(table(HEADLINE, body)).itertuples()
    assert (row.role, row.quote[: len(quote)]) == (role, quote)
    assert least <= row.coverage <= 1
    assert body[row.start : row.end] == row.quote


def test_both_sides_are_shown_where_there_are_two() -> None:
    body = "The council backed the wind farm in May. The council then rejected the wind farm."
    found = support_headline(table(HEADLINE, body)).set_index("role")
    assert found.loc["supporting", "start"] == 0
    against = found.loc["opposing"]
    assert against["quote"] == "The council then rejected the wind farm."
    assert (against["mismatch"], against["told_quote"], against["found_quote"]) == (
        "reversed", "backs", "rejected",
    )  # fmt: skip
    assert "‘rejected’ is the opposite of ‘backs’" in against["reason"]
    assert found.loc["supporting", "missing"] == ""


def test_each_claim_has_rows_of_its_own() -> None:
    headline = "Mayor quits as council rejects bridge"
    body = "Mayor Ann Lee quit on Monday. It rained. The council rejected the bridge by a vote."
    found = support_headline(table(headline, body))
    assert found["claim"].tolist() == [1, 2]
    assert found["claim_quote"].tolist() == ["Mayor quits", "council rejects bridge"]
    assert [headline[r.claim_start : r.claim_end] for r in found.itertuples()] == list(
        found["claim_quote"]
    )
    assert found["quote"].str[:10].tolist() == ["Mayor Ann ", "The counci"]


def test_a_late_sentence_is_buried() -> None:
    body = "It rained. It snowed. It froze. A fair opened. The council backed the wind farm."
    (row,) = support_headline(table(HEADLINE, body)).itertuples()
    assert row.buried and row.position == pytest.approx(0.8)
    assert "down the body" in row.reason


@pytest.mark.parametrize(
    ("body", "hedged"),
    [
        ("The council may back the wind farm.", True),
        ("Reportedly, the council backs the wind farm.", True),
        ("The council backs the wind farm, which may be loud.", False),
        ("The council backs the wind farm.", False),
    ],
)
def test_a_hedge_before_the_claim_is_told_and_one_after_it_is_not(body: str, hedged: bool) -> None:
    (row,) = support_headline(table(HEADLINE, body)).itertuples()
    assert row.hedged is hedged
    assert ("hedged with" in row.reason) is hedged


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("The council backed the farm.", "narration"),
        ("“The council backed the farm,” he wrote to me in a letter.", "quoted"),
        ("Ann Lee said that the council backed the farm.", "reported"),
        ("The council backed the farm, according to Ann Lee.", "reported"),
        ("The council backed the farm, Ann Lee said.", "reported"),
    ],
)
def test_who_says_a_sentence(sentence: str, voice: str) -> None:
    assert who_says(sentence, Span(0, len(sentence))) == voice


@pytest.mark.parametrize(
    "body",
    [
        "A minor committee backed the wind farm.",  # 'nor' is no word of it
        "The council backed not only the wind farm but a dam.",
        "The council did not only back the wind farm.",
    ],
)
def test_what_only_looks_like_a_negation_turns_nothing_round(body: str) -> None:
    assert weigh_headline(Article("a", HEADLINE, body)).supporting is not None


def test_a_negated_headline_is_borne_out_by_a_negated_sentence() -> None:
    found = support_headline(table("Council does not back wind farm", "It will not back the farm."))
    assert found["role"].tolist() == ["supporting"]


def test_articles_that_cannot_be_scored_say_why_and_cost_no_other() -> None:
    good = "The council backed the wind farm."
    mixed = table(HEADLINE, good, "", "\ud800", "слово " * 30, good)
    found = support_headline(mixed)
    assert found["role"].tolist() == ["supporting", "none", "none", "none", "supporting"]
    assert found["reason"].str.len().gt(5).all()
    alone = support_headline(mixed.iloc[[4]])
    assert_frame_equal(found.iloc[[4]].reset_index(drop=True), alone)


@pytest.mark.parametrize("bodies", [[], ["An owl."], ["The council backed the wind farm."]])
def test_dtypes_hold_with_and_without_rows(bodies: list[str]) -> None:
    found = support_headline(table(HEADLINE, *bodies))
    assert found.dtypes.astype(str).to_dict() == SUPPORT_DTYPES


def test_the_text_is_quoted_as_stored() -> None:
    body = "It rained.  The coun\xadcil\xa0refused to  back the\u200b wind farm."
    headline = "Coun\xadcil backs wind\xa0farm"
    (row,) = support_headline(table(headline, body)).itertuples()
    assert row.quote == body[12:]
    assert (row.claim_quote, row.coverage) == (headline, 1.0)
    assert body[row.found_start : row.found_end] == row.found_quote == "refused"


@pytest.mark.parametrize(
    ("headline", "body", "opposes"),
    [
        ("Mayor to open bridge", "The mayor shut the bridge.", "shut"),
        ("Court frees rebel chief", "The court jailed the rebel chief.", "jailed"),
        ("Firm hires clerk", "The firm sacked its clerk.", "sacked"),
        ("Town wins cup", "The town lost the cup.", "lost"),
        ("Baker guilty of theft", "The baker is innocent of theft.", "innocent"),
    ],
)
def test_opposites_are_named(headline: str, body: str, opposes: str) -> None:
    against = weigh_headline(Article("a", headline, body)).claims[0].opposing
    assert against is not None and against.opposes is not None
    assert against.opposes.found.of(body) == opposes


# --- features --------------------------------------------------------------------------------


def test_features_have_names_and_ranges() -> None:
    found = support_features(Article("a", HEADLINE, "The council may back the wind farm."))
    assert tuple(found) == FEATURES and set(KINDS) <= set(FEATURES) and len(FEATURES) <= 40
    assert all(-0.3 <= value <= 1 for value in found.values())
    assert found["hedge_dropped"] > 0.5 and found["coverage"] == pytest.approx(1)
    assert not any(support_features(Article("a", "", "It rained.")).values())
    assert not any(support_features(Article("a", HEADLINE, "* * *")).values())


def test_features_depend_on_nothing_but_the_article() -> None:
    one, two = (
        Article("a", HEADLINE, f"The council {verb} the farm.") for verb in ("backs", "hit")
    )
    first = support_features(one)
    support_features(two)
    assert support_features(Article("b", HEADLINE, one.body)) == first


@settings(max_examples=120, deadline=None, derandomize=True)
@given(headline=nasty.ANY_TEXT, body=nasty.ANY_TEXT)
def test_support_keeps_its_laws_on_any_text(headline: str, body: str) -> None:
    found = support_headline(table(headline, body))
    assert not found.duplicated(["claim", "role"]).any() and len(found)
    assert set(found["role"]) <= {"supporting", "opposing"} or found["role"].tolist() == ["none"]
    for row in found[found["role"] != "none"].itertuples():
        assert 0 <= row.start < row.end <= len(body)
        assert body[row.start : row.end] == row.quote
        assert headline[row.claim_start : row.claim_end] == row.claim_quote
        assert 0 < row.coverage <= 1.001
        assert row.mismatch in {"", *KINDS}
        if row.mismatch:
            assert 0 <= row.told_start < row.told_end <= len(headline)
            assert row.start <= row.found_start < row.found_end <= row.end


@pytest.mark.parametrize(
    ("headline", "body", "told", "found"),
    [
        # Letters that grow when lowered, and letters that only look like those of a number word.
        (
            "İİİİİİ council backs wind farm in May",
            "İİ Council of İstanbul refused to back the wind farm.",
            "backs",
            "refused",
        ),
        ("Seven killed in fire", ODD_SEVEN, "Seven", ODD_SEVEN),  # no number: so none is told
    ],
)
def test_letters_that_change_when_lowered_move_no_place(
    headline: str, body: str, told: str, found: str
) -> None:
    row = support_headline(table(headline, body)).iloc[0]
    assert row["role"] != "none", row["reason"]
    assert (row["told_quote"], row["found_quote"]) == (told, found)


def test_an_article_that_cannot_be_read_costs_its_own_row_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import newsresearch.support as support

    def fail(article: Article) -> Support:
        if "owl" in article.body:
            raise KeyError("owl")
        return weigh_headline(article)

    monkeypatch.setattr(support, "weigh_headline", fail)
    both = pd.concat([table(HEADLINE, "The owl."), table(HEADLINE, "The council met.")])
    found = support_headline(both.assign(article_id=["a", "b"]).reset_index(drop=True))
    assert found.loc[found["article_id"] == "a", "reason"].tolist() == [
        "reading failed: KeyError: 'owl'"
    ]
    assert (found["article_id"] == "b").any()


@pytest.mark.parametrize("name", nasty.LONG)
def test_long_nasty_texts_are_weighed_on_either_side(name: str) -> None:
    text = nasty.long_text(name, 8_000)
    body = f"{text}\n\nMayor Quell opened the Brimhaven dam."
    found = weigh_headline(Article("a", "Quell opens Brimhaven dam", body))
    assert found.supporting is not None
    assert body[found.supporting.span.start :].strip().startswith("Mayor Quell")
    turned = weigh_headline(Article("a", f"Quell {text}", "Mayor Quell opened the dam."))
    assert 0 < turned.coverage <= 1
