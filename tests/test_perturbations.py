"""What is planted is where the gold says, can be taken out again, and hangs on nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nasty import ANY_TEXT, BODY, HEADLINE, SHORT, huge_texts

import newsresearch as nr
from newsresearch import perturbations
from newsresearch.articles import Article, iter_articles
from newsresearch.perturbations import GOLD_DTYPES, KINDS, NOT_PLANTED, Kind
from newsresearch.perturbations.denial import deny
from newsresearch.perturbations.donors import Pool
from newsresearch.perturbations.planting import Change, Dice, Scene, plant
from newsresearch.perturbations.wording import _respell
from newsresearch.text import Span, split_paragraphs, split_sentences

NAMES = [kind.name for kind in KINDS]
WITH_DONOR = [kind.name for kind in KINDS if kind.needs_donor]
INSERTING = [*WITH_DONOR[:2], "negate_sentence", "add_furniture"]
each_kind = pytest.mark.parametrize("kind", NAMES)


@cache
def demo() -> pd.DataFrame:
    return nr.load_dataset("demo")


@cache
def planted_in_demo(kind: str, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    return nr.perturb(demo(), kind, seed)


def table(*bodies: str, headline: str = "") -> pd.DataFrame:
    ids = [f"a{at}" for at in range(len(bodies))]
    return pd.DataFrame(
        {"article_id": ids, "headline": headline, "body": list(bodies)}, dtype="str"
    )


def only(gold: pd.DataFrame) -> pd.DataFrame:
    return gold[gold["check"] != NOT_PLANTED]


def plant_one(kind: str, *bodies: str, headline: str = "") -> tuple[pd.Series, pd.Series]:
    """Return the first article and its one row of gold."""
    perturbed, gold = nr.perturb(table(*bodies, headline=headline), kind)
    rows = only(gold[gold["article_id"] == "a0"])
    assert len(rows) == 1, gold["reason"].tolist()
    return perturbed.iloc[0], rows.iloc[0]


def restore(text: str, rows: pd.DataFrame) -> str:
    """Put what the gold calls original back, from the last edit to the first."""
    for row in rows.sort_values("edit_start", ascending=False).itertuples():
        text = text[: row.edit_start] + row.original + text[row.edit_end :]
    return text


def check_laws(clean: pd.DataFrame, perturbed: pd.DataFrame, gold: pd.DataFrame) -> None:
    """Hold what must be true of any kind on any table."""
    kind = KINDS[NAMES.index(gold["kind"].iloc[0])] if len(gold) else KINDS[0]
    others = [name for name in clean.columns if name != kind.field]
    pd.testing.assert_frame_equal(perturbed[others], clean[others])
    assert perturbed.columns.equals(clean.columns)
    assert perturbed.dtypes.equals(clean.dtypes)
    assert gold.dtypes.astype("str").to_dict() == dict(GOLD_DTYPES)
    assert list(gold) == list(GOLD_DTYPES)
    articles = zip(iter_articles(clean), iter_articles(perturbed), strict=True)
    seen = 0
    for before, after in articles:
        rows = gold[gold["article_id"] == before.article_id]
        seen += len(rows)
        check_article(kind, before, after, rows)
    assert seen == len(gold)


def check_article(kind: Kind, before: Article, after: Article, rows: pd.DataFrame) -> None:
    assert len(rows) > 0
    unplanted = rows["check"] == NOT_PLANTED
    if unplanted.any():
        assert len(rows) == 1
        assert (rows["quote"] == "").all()
        assert before == after
    else:
        assert after.field(kind.field) != before.field(kind.field)
        assert set(rows["check"]) <= {*kind.checks, ""}
    assert restore(after.field(kind.field), rows) == before.field(kind.field)
    for row in rows.itertuples():
        text = after.field(row.field)
        assert row.reason
        assert 0 <= row.start <= row.end <= len(text)
        assert text[row.start : row.end] == row.quote
        assert bool(row.quote) == (row.check != NOT_PLANTED)
        assert (row.other_field == "") == (row.other_start is pd.NA) == (row.other_end is pd.NA)
        if row.other_field:
            assert after.field(row.other_field)[row.other_start : row.other_end] == row.other_quote
            assert row.other_quote in before.field(row.other_field)


# --- laws of every kind -------------------------------------------------------------------------


@each_kind
def test_laws_hold_on_the_bundled_articles(kind: str) -> None:
    before = demo().copy()
    perturbed, gold = planted_in_demo(kind)
    pd.testing.assert_frame_equal(demo(), before)
    check_laws(demo(), perturbed, gold)


@each_kind
def test_enough_is_planted_for_the_laws_to_say_something(kind: str) -> None:
    few = {"mix_spellings": 4, "negate_headline": 4, "change_number": 6}
    few |= {"remove_speaker": 4, "double_quotation": 4}
    assert only(planted_in_demo(kind)[1])["article_id"].nunique() >= few.get(kind, 14)


PIECES = [
    *split_paragraphs(text := "\n\n".join(nr.load_dataset("demo")["body"].head(6))),
]
PARAGRAPHS = st.lists(st.sampled_from([p.of(text) for p in PIECES]), min_size=1, max_size=8)
BODIES = st.one_of(ANY_TEXT, st.builds("\n\n".join, PARAGRAPHS), st.builds("\n".join, PARAGRAPHS))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(ANY_TEXT, BODIES), min_size=1, max_size=4),
    st.integers(),
)
@example("shuffle_sentences", [("", "“A. B.” C said. D. E")], 0)
@example("add_furniture", [("", "It rained:")], 1)
def test_laws_hold_on_any_text(kind: str, texts: list[tuple[str, str]], seed: int) -> None:
    headlines, bodies = zip(*texts, strict=True)
    ids = [f"a{at}" for at in range(len(texts))]
    index = [7] * len(texts)
    columns = {"article_id": ids, "headline": headlines, "body": bodies}
    articles = pd.DataFrame(columns, index=index, dtype="object")
    perturbed, gold = nr.perturb(articles, kind, seed)
    check_laws(articles, perturbed, gold)
    assert not gold["reason"].str.contains("planting failed").any(), gold["reason"].tolist()


def test_texts_kept_as_categories_are_planted_in_too() -> None:
    perturbed, gold = nr.perturb(demo().astype({"body": "category"}), "splice")
    expected, expected_gold = planted_in_demo("splice")
    assert perturbed["body"].tolist() == expected["body"].tolist()
    pd.testing.assert_frame_equal(gold, expected_gold)


@each_kind
def test_the_same_call_gives_the_same_and_another_seed_something_else(kind: str) -> None:
    first, gold = planted_in_demo(kind)
    again, same = nr.perturb(demo(), kind, 0)
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(gold, same)
    field = KINDS[NAMES.index(kind)].field
    others = [planted_in_demo(kind, seed)[0][field].tolist() for seed in (1, 2, 3)]
    drawn = any(other != first[field].tolist() for other in others)
    # These two do all that can be done; the others find one thing in each of these articles.
    same_always = {"remove_introductions", "negate_headline", "mix_spellings", "remove_speaker"}
    assert drawn == (kind not in same_always)


@each_kind
@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(kind: str, random: object) -> None:
    order = list(range(len(demo())))
    random.shuffle(order)  # type: ignore[attr-defined]
    perturbed, gold = nr.perturb(demo().iloc[order], kind)
    expected, expected_gold = planted_in_demo(kind)
    pd.testing.assert_frame_equal(perturbed.sort_index(), expected)
    keys = ["article_id", "start"]
    pd.testing.assert_frame_equal(
        gold.sort_values(keys, ignore_index=True),
        expected_gold.sort_values(keys, ignore_index=True),
    )


@pytest.mark.parametrize("kind", [name for name in NAMES if name not in WITH_DONOR])
def test_an_article_alone_gets_what_it_gets_among_others(kind: str) -> None:
    perturbed, _ = planted_in_demo(kind)
    alone = pd.concat([nr.perturb(demo().iloc[[at]], kind)[0] for at in range(len(demo()))])
    pd.testing.assert_frame_equal(alone, perturbed)


@pytest.mark.parametrize("kind", WITH_DONOR[::2])
def test_losing_one_article_changes_only_those_it_lent_to(kind: str) -> None:
    perturbed, gold = planted_in_demo(kind)
    lost = only(gold)["donor_id"].value_counts().index[0]
    rest = demo()[demo()["article_id"] != lost]
    again, _ = nr.perturb(rest, kind)
    touched = set(gold.loc[gold["donor_id"] == lost, "article_id"])
    kept = ~rest["article_id"].isin(touched)
    assert kept.sum() > len(rest) / 2
    expected = perturbed[perturbed["article_id"] != lost]
    pd.testing.assert_frame_equal(again[kept], expected[kept])


_HASH = """
import newsresearch as nr
demo = nr.load_dataset("demo")
print([nr.hash_articles(nr.perturb(demo, kind)[0]) for kind in nr.list_perturbations()["kind"]])
"""


def test_no_hash_seed_of_python_moves_anything() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", _HASH],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    here = [nr.hash_articles(planted_in_demo(kind)[0]) for kind in NAMES]
    assert outputs == [f"{here}\n"] * 2


# --- bad rows, wrong calls ----------------------------------------------------------------------


@each_kind
def test_bad_rows_stay_with_their_reason_and_the_others_are_planted(kind: str) -> None:
    texts = ["", " \n", SHORT["Arabic"], huge_texts()["one line"], SHORT["high surrogate"]]
    ids = [f"bad{at}" for at in range(len(texts))]
    bad = pd.DataFrame({"article_id": ids, "headline": "", "body": texts}, dtype="object")
    good = demo()[["article_id", "headline", "body"]]
    mixed = pd.concat([bad, good], ignore_index=True)
    perturbed, gold = nr.perturb(mixed, kind)
    check_laws(mixed, perturbed, gold)
    reasons = gold.set_index("article_id")["reason"]
    assert reasons["bad0"] == "the body is empty"
    assert "does not look English" in reasons["bad2"]
    assert "are not scored" in reasons["bad3"]
    assert "surrogates" in reasons["bad4"]
    expected = planted_in_demo(kind)[0]
    for field in ("headline", "body"):
        assert perturbed[field].tail(len(good)).tolist() == expected[field].tolist()


def test_a_fault_in_one_article_does_not_lose_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(scene: Scene) -> list[Change]:
        """Fail on rain."""
        if "rain" in scene.body:
            raise ZeroDivisionError("no such thing")
        return [Change(Span(0, 0), "Oh: ", "an exclamation")]

    monkeypatch.setattr(perturbations, "KINDS", (Kind(fails),))
    perturbed, gold = nr.perturb(table("It rained.", "It stopped."), "fails")
    assert perturbed["body"].tolist() == ["It rained.", "Oh: It stopped."]
    assert gold["reason"].tolist() == [
        "planting failed: ZeroDivisionError: no such thing",
        "an exclamation",
    ]


def test_changes_that_meet_are_refused() -> None:
    article = Article("a", "", "It rained.")
    with pytest.raises(ValueError, match="two changes meet"):
        plant(article, [Change(Span(0, 5), "x", "one"), Change(Span(3, 6), "y", "two")])


@pytest.mark.parametrize("kind", ["shuffle", "", None, 3])
def test_an_unknown_kind_names_the_known_ones(kind: str) -> None:
    with pytest.raises(ValueError, match=r"no perturbation .+ Choose from: shuffle_sentences, "):
        nr.perturb(table(BODY), kind)


@pytest.mark.parametrize("seed", [1.5, "1", None])
def test_a_seed_that_is_no_whole_number_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match=r"seed must be a whole number; found .+ Pass seed=0"):
        nr.perturb(table(BODY), "splice", seed)


def test_a_wrong_table_is_refused_and_an_empty_one_is_not() -> None:
    with pytest.raises(nr.ArticleError, match="articles need a 'body' column"):
        nr.perturb(pd.DataFrame({"article_id": ["a"], "headline": [""]}), "splice")
    for kind in NAMES:
        perturbed, gold = nr.perturb(demo().head(0), kind)
        check_laws(demo().head(0), perturbed, gold)


def test_the_list_of_kinds_names_checks_that_exist() -> None:
    listed = nr.list_perturbations()
    assert listed["kind"].tolist() == NAMES
    assert listed["summary"].str.endswith(".").all()
    assert listed["details"].str.len().min() > 40
    named = {check for kind in KINDS for check in kind.checks}
    assert named <= set(nr.list_checks()["check"])


def test_the_codebook_has_every_kind_and_column() -> None:
    codebook = (Path(__file__).parent.parent / "data" / "README.md").read_text(encoding="utf-8")
    part = codebook.split("## Planted defects\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\| `(\w+)`", part, re.MULTILINE)
    own = ["kind", "edit_start", "edit_end", "original", "donor_id"]
    assert cells == [*NAMES, *own]
    assert set(GOLD_DTYPES) - set(own) == set(nr.load_gold("demo"))


def test_dice_are_fair_and_pinned() -> None:
    dice = Dice("a")
    counts = Counter(dice.below(6) for _ in range(6000))
    assert sorted(counts) == list(range(6))
    assert max(counts.values()) - min(counts.values()) < 200
    assert Dice("ab", "c").token != Dice("a", "bc").token
    pinned = Dice("pinned")
    assert [pinned.below(1000) for _ in range(4)] == [352, 562, 606, 876]


# --- each kind does what it says ----------------------------------------------------------------


@pytest.mark.parametrize("kind", INSERTING)
def test_taking_the_inserted_piece_out_gives_the_article_back(kind: str) -> None:
    perturbed, gold = planted_in_demo(kind)
    bodies = perturbed.set_index("article_id")["body"]
    clean = demo().set_index("article_id")["body"]
    for row in only(gold).itertuples():
        body = bodies[row.article_id]
        assert row.original == ""
        assert row.end == row.edit_end
        assert body[row.edit_start : row.start].isspace()
        assert body[: row.edit_start] + body[row.edit_end :] == clean[row.article_id]


def test_shuffled_sentences_are_the_same_sentences() -> None:
    perturbed, gold = planted_in_demo("shuffle_sentences")
    for at in only(gold).index:
        before, after = demo()["body"][at], perturbed["body"][at]
        assert Counter(after.split()) == Counter(before.split())
        paragraphs = [len(split_paragraphs(text)) for text in (before, after)]
        assert paragraphs[0] == paragraphs[1]


def test_shuffling_keeps_a_quotation_whole() -> None:
    body = "It rained. “We ran. We hid. We slept,” said Ann Lee. It stopped. She left. He stayed."
    for seed in range(20):
        perturbed, _ = nr.perturb(table(body), "shuffle_sentences", seed)
        assert "“We ran. We hid. We slept,” said Ann Lee." in perturbed["body"].item()


def test_shuffled_paragraphs_are_the_same_paragraphs_and_furniture_stays() -> None:
    body = "One rose.\n\nTwo fell.\n\nAdvertisement\n\nThree ran.\n\nFour said:\n\n“No.”"
    orders = set()
    for seed in range(20):
        after = nr.perturb(table(body), "shuffle_paragraphs", seed)[0]["body"].item()
        assert sorted(after.split("\n\n")) == sorted(body.split("\n\n"))
        assert "Four said:\n\n“No.”" in after
        above, _ = after.replace("Four said:\n\n", "Four said: ").split("\n\nAdvertisement\n\n")
        assert len(above.split("\n\n")) == 2
        orders.add(after)
    assert len(orders) > 5


ACROSS = "A fell. B fell. C fell.\n\n“D said no.\n\n“E said yes,” said F.\n\nG ran.\n\nH ran."


def test_a_quotation_of_two_paragraphs_is_not_parted() -> None:
    quotation = "“D said no.\n\n“E said yes,” said F."
    for seed in range(20):
        for kind in ("shuffle_paragraphs", "insert_intruder", "splice"):
            after = nr.perturb(table(ACROSS, BANK), kind, seed)[0]["body"].iloc[0]
            assert after != ACROSS
            assert quotation in after or (kind == "splice" and "“D" not in after)


def test_too_few_sentences_cannot_be_shuffled() -> None:
    _, gold = nr.perturb(table("It rained. It stopped."), "shuffle_sentences")
    assert gold["reason"].item() == "the body has 2 sentences to move; 3 are needed"


def test_a_sentence_of_a_quotation_that_the_next_paragraph_goes_on_with_stays() -> None:
    body = "A fell. B fell. C fell.\n\n“D said no.\n\n“E said yes,” said F."
    orders = set()
    for seed in range(20):
        after = nr.perturb(table(body), "shuffle_sentences", seed)[0]["body"].item()
        assert after.split("\n\n")[1] == "“D said no."
        orders.add(after)
    assert len(orders) > 5


@pytest.mark.parametrize("kind", WITH_DONOR[:2])
def test_an_intruder_is_a_sentence_of_its_donor_and_not_of_the_article(kind: str) -> None:
    clean = demo().set_index("article_id")["body"]
    for row in only(planted_in_demo(kind)[1]).itertuples():
        assert row.donor_id != row.article_id
        assert row.quote in [
            s.of(clean[row.donor_id]) for s in split_sentences(clean[row.donor_id])
        ]
        assert row.quote not in clean[row.article_id]
        assert clean[row.donor_id].index(row.quote) >= split_paragraphs(clean[row.donor_id])[0].end


HARBOUR = (
    "The harbour ferry sank near the pier on Monday. The crew of the ferry swam to the pier. "
    "Divers searched the harbour for the ferry until dark. The pier stays closed this week."
)
MORE_HARBOUR = (
    "Another opening line stands here.\n\nThe harbour board wants a wider pier for bigger boats "
    "and more visitors. Fishermen of the harbour doubt that visitors would come in winter at all."
)
BANK = (
    "Another opening line stands here.\n\nThe central bank raised its rate by a quarter point to "
    "slow inflation. Economists had expected the bank to leave the rate where it was before."
)


def test_the_nearest_other_story_lends_the_intruder_of_the_same_topic() -> None:
    for bodies in ([MORE_HARBOUR, BANK], [BANK, MORE_HARBOUR]):
        _, row = plant_one("insert_intruder_same_topic", HARBOUR, *bodies)
        assert "harbour" in row["quote"].lower()


def test_an_account_of_the_same_story_lends_nothing() -> None:
    same = HARBOUR.replace("on Monday", "late on Monday")
    for kind in WITH_DONOR:
        _, gold = nr.perturb(table(HARBOUR, same, HARBOUR), kind)
        assert set(gold["check"]) == {NOT_PLANTED}
    articles = [Article(str(at), "", body) for at, body in enumerate([HARBOUR, same, BANK])]
    donors = Pool(articles).around(articles[0], Dice("any"))
    assert [donor.article_id for donor in donors] == ["2"]


def test_a_splice_goes_on_with_the_end_of_its_donor() -> None:
    perturbed, gold = planted_in_demo("splice")
    clean = demo().set_index("article_id")["body"]
    bodies = perturbed.set_index("article_id")["body"]
    for row in only(gold).itertuples():
        before, after, donor = clean[row.article_id], bodies[row.article_id], clean[row.donor_id]
        assert after[: row.start] == before[: row.start]
        assert after[: row.start].endswith("\n")
        assert row.quote in donor
        assert 0.2 < row.start / len(before) < 0.8
        assert 0.2 < donor.index(row.quote) / len(donor) < 0.8


@pytest.mark.parametrize(
    ("body", "cut", "to"),
    [
        ("Mayor Ann Lee left. Lee said no.", "Mayor Ann Lee", "Lee"),
        (
            "“No,” said Ann Lee, a baker from Ely. Ms Lee left.",
            "Ann Lee, a baker from Ely",
            "Ms Lee",
        ),
        ("Ann Lee, 34, a baker, said no. Lee left.", "Ann Lee, 34, a baker,", "Lee"),
        ("Ann Lee of the Harbour Trust said no. Lee left.", "Ann Lee of the Harbour Trust", "Lee"),
        ("It was seen by Gov. Ann Lee on Monday. Lee left.", "Gov. Ann Lee", "Lee"),
        ("Its head, Ann Lee, said no. Lee left.", "", ""),  # the role would still be there
        ("The Ely mayor Ann Lee said no. Lee left.", "", ""),  # 'The Lee'
        ("She met Secretary of State Ann Lee there. Lee said no.", "", ""),
        ("Ann Lee, a baker, said no. Ben Lee said yes. Lee left.", "", ""),  # two of a name
        ("Ann Lee, an adviser to Mr. Roe, said no. Lee left.", "", ""),  # ends on 'Mr'
        ("Ann Obama said no. Obama left.", "", ""),  # known to all
        ("“Ann Lee said no,” he wrote. Lee left.", "", ""),
        ("Ann Lee (pictured) said no. Lee left.", "", ""),
    ],
)
def test_introductions_are_cut_where_that_reads_well(body: str, cut: str, to: str) -> None:
    perturbed, gold = nr.perturb(table(body), "remove_introductions")
    assert [*only(gold)["original"]] == ([cut] if cut else []), gold["reason"].tolist()
    assert perturbed["body"].item() == (body.replace(cut, to, 1) if cut else body)


def test_a_later_full_name_makes_it_a_late_introduction() -> None:
    body = "Mayor Ann Lee left. It rained. The mayor, Ann Lee, said no."
    _, row = plant_one("remove_introductions", body)
    assert (row["check"], row["other_quote"]) == ("late_introduction", "Ann Lee")
    _, row = plant_one("remove_introductions", "Mayor Ann Lee left. Lee said no.")
    assert (row["check"], row["other_quote"]) == ("never_introduced", "")


@pytest.mark.parametrize(
    ("headline", "body", "changed"),
    [
        ("Storm cuts power to 40,000 homes", "A storm cut power to 40,000 homes.", "40,000"),
        ("", "It cost £2.3m to mend the pier. Then the pier’s £2.3m to mend it ran out.", "£2.3m"),
        ("", "Three boats sank in the harbour. The three boats in the harbour were old.", "three"),
        ("", "It opened in 2015 near the pier. The pier of 2015 fell near it.", ""),  # a year
        ("", "The pier closed on 3 May, he said. The pier of 3 May closed.", ""),  # a date
        ("", "Lee, aged 34, sailed the boat. The boat sailed with Lee aged 34.", ""),
        ("", "Ann Lee, 34, sailed the boat. The boat of Ann Lee, 34, sank.", ""),
        ("", "Two boats sank. It cost two pounds.", ""),  # not the same thing
        ("", "The iPhone 6 bends in pockets. Pockets bend the iPhone 6.", ""),
        ("", "Only 30 boats of 30 owners sank.", ""),  # one sentence
    ],
)
def test_one_of_two_equal_figures_is_changed(headline: str, body: str, changed: str) -> None:
    articles = table(body, headline=headline)
    for seed in range(6):
        perturbed, gold = nr.perturb(articles, "change_number", seed)
        assert [*only(gold)["original"]] == ([changed] if changed else [])
        if changed:
            row = gold.iloc[0]
            assert row["quote"].lower() not in f"{headline} {body}".lower()
            assert row["other_quote"].lower() == changed.lower()
            assert row["other_field"] == ("headline" if headline else "body")
            assert len(row["quote"]) == len(changed) or changed.isalpha()
            assert perturbed["body"].item().startswith(body[: row["start"]])


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("The bridge was closed on Monday night.", "The bridge was not closed on Monday night."),
        ("The old bridge can carry heavy lorries.", "The old bridge cannot carry heavy lorries."),
        ("Workers have mended the pier wall.", "Workers have not mended the pier wall."),
        ("The pier will open on Monday, the council said, if all goes well.",
         "The pier will not open on Monday."),
        ("He was late for the first boat.", ""),  # whose 'he' is not told
        ("The pier that sank was mended in May.", ""),
        ("The mayor said the pier was mended.", ""),
        ("The pier was never mended in May.", ""),
        ("The pier was not mended in May.", ""),
        ("The pier has three gates for boats.", ""),  # 'has not three'
        ("Among the boats was an old ferry.", ""),
        ("Steps the mayor could take are few.", ""),
        ("“The pier was mended in May.”", ""),
        ("The pier was mended.", ""),  # too short
    ],
)  # fmt: skip
def test_plain_sentences_are_denied_and_others_left(sentence: str, denied: str) -> None:
    assert deny(sentence) == denied


def test_the_denial_stands_well_after_what_it_denies() -> None:
    perturbed, gold = planted_in_demo("negate_sentence")
    bodies = perturbed.set_index("article_id")["body"]
    for row in only(gold).itertuples():
        starts = [sentence.start for sentence in split_sentences(bodies[row.article_id])]
        assert sum(row.other_start < start <= row.start for start in starts) >= 3
        assert "not" in row.quote
        assert row.quote[:8] == row.other_quote[:8]


@pytest.mark.parametrize(
    ("headline", "now"),
    [
        ("Council backs plan for pier", "Council opposes plan for pier"),
        ("COUNCIL BACKS PLAN", "COUNCIL OPPOSES PLAN"),
        ("Council Approves Pier", "Council Rejects Pier"),
        ("Pier is safe for the summer season", "Pier is not safe for the summer season"),
        ("Council denies it backs plan for pier", ""),
        ("Who backs the plan for the pier?", ""),
        ("Backs of the pier", ""),
    ],
)
def test_headlines_are_turned_round(headline: str, now: str) -> None:
    articles = table("The council backs the plan for a pier, which is safe.", headline=headline)
    perturbed, gold = nr.perturb(articles, "negate_headline")
    assert perturbed["headline"].item() == (now or headline)
    if now:
        assert gold["quote"].item() == now
        assert gold["other_field"].item() == "body"


@pytest.mark.parametrize(
    ("word", "other", "british"),
    [
        ("defence", "defense", True), ("defenses", "defences", False),
        ("colourful", "colorful", True), ("labored", "laboured", False),
        ("travelled", "traveled", True), ("traveling", "travelling", False),
        ("analysed", "analyzed", True), ("organisation", "organization", True),
        ("criticized", "criticised", False), ("centre", "center", True),
    ],
)  # fmt: skip
def test_words_are_respelt_both_ways(word: str, other: str, british: bool) -> None:
    assert _respell(word) == (other, british)
    assert _respell(other) == (word, not british)


@pytest.mark.parametrize(
    "word",
    [
        *("laboratory", "literature", "travel", "level", "humorous", "centred", "programmed"),
        *("analogy", "exercise", "surprise", "seized", "promise", "analyses", "advertise"),
        *("catalogued", "greyhound", "laborious", "ferry"),
    ],
)
def test_words_that_only_look_so_are_left(word: str) -> None:
    assert _respell(word) is None


def test_spellings_in_names_and_quotations_are_left() -> None:
    body = (
        "The Labour party met. “The harbour is ours, the harbour is deep,” said Ann Lee of Labour."
    )
    _, gold = nr.perturb(table(body), "mix_spellings")
    assert gold["check"].item() == NOT_PLANTED
    _, row = plant_one("mix_spellings", body + " The harbour froze. Harbour boats stayed in.")
    assert (row["quote"], row["original"], row["other_quote"]) == ("Harbor", "Harbour", "harbour")


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("She said “we meet every duty” to them.", "She said “we meet every duty to them."),
        ('She said "we meet every duty" to them.', 'She said "we meet every duty to them.'),
        ("She said “we meet” to them.", ""),  # too short
        ("“We meet every duty.”\n\n“We do.”", ""),  # papers leave that mark out on purpose
        ("She said ‘we meet every duty’ to them.", ""),
        ("She said “we meet “every last” duty” to them.", ""),  # which mark would be lost?
    ],
)
def test_a_quotation_loses_its_closing_mark(body: str, after: str) -> None:
    perturbed, _ = nr.perturb(table(body), "break_quotation")
    assert perturbed["body"].item() == (after or body)


def test_furniture_stands_in_a_line_of_its_own() -> None:
    perturbed, gold = planted_in_demo("add_furniture")
    bodies = perturbed.set_index("article_id")["body"]
    for row in only(gold).itertuples():
        lines = [p.of(bodies[row.article_id]) for p in split_paragraphs(bodies[row.article_id])]
        assert row.quote in lines
    perturbed, _ = nr.perturb(table("It rained."), "add_furniture")
    assert perturbed["body"].item().startswith("It rained.\n\n")


def test_the_example_of_a_nasty_body_is_planted_too() -> None:
    perturbed, gold = nr.perturb(table(BODY, headline=HEADLINE), "negate_headline")
    assert perturbed["headline"].item() == "Council opposes plan for a harbour ferry"
    assert gold["other_quote"].item().startswith("The council backed the plan")
