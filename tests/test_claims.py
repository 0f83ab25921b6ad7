"""A headline is read as a claim: words, action, object, negation."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsresearch.claims import plain_words, read_claim, reversers


@pytest.mark.parametrize(
    ("headline", "word", "target"),
    [
        ("Council backs wind farm", "backs", "farm"),
        ("Mayor to open bridge in May", "open", "bridg"),
        ("Rebels hand over guns", "hand", "gun"),
        ("Prices rose after storm", "rose", ""),
        ("Growing fears over bridge", "", ""),
        ("Storm", "", ""),
        ("", "", ""),
    ],
)
def test_the_first_verb_of_the_list_is_the_action(headline: str, word: str, target: str) -> None:
    claim = read_claim(headline)
    assert (claim.word, claim.object) == (word, target)


def test_opposites_and_synonyms_meet_in_stems() -> None:
    claim = read_claim("Council backs rebels")
    assert "support" in claim.like and "reject" in claim.unlike
    assert claim.accepted["insurgent"] == {"rebel"}
    assert not claim.like & claim.unlike


def test_negated_and_decisive_headlines_are_known() -> None:
    assert read_claim("Mayor will not resign").negated
    assert read_claim("Mayor resigns").decisive
    assert not read_claim("Council backs farm").decisive


def test_small_helpers() -> None:
    assert plain_words("It’s RAIN, rain") == {"it's", "rain"}
    assert "refus" in reversers()


def test_the_hash_seed_changes_nothing() -> None:
    source = (
        "import newsresearch as nr\n"
        "found = nr.find_incoherence(nr.load_dataset('demo'))\n"
        "print(found.to_json(), nr.support_headline(nr.load_dataset('demo')).to_json())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", source],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
