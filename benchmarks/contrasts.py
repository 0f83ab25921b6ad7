"""Make training pairs for 'does the body bear the headline out?', typed and balanced.

    NEWSRESEARCH_DATA=folder python benchmarks/contrasts.py --wordnet FOLDER --out FOLDER

A statement is cut from a sentence of a real body; an edit makes it say something else (a negation
put in or taken out, an opposite, names exchanged, a number, date or place changed, a hedge or an
attribution dropped, another action). The same edit is made in the body, so that each headline
stands once with a body that bears it out and once with one that does not: the headline alone tells
nothing. Headlines are then reworded, those borne out more often, until shared words tell little.
Labels: borne_out, contradicted, overclaimed, unsupported. Split by story; development
stories are those on which to choose.

Texts of FNC-1's training part, Fake News Corpus's sample, the fake and satirical part of
fakenewsdata1, the article extraction benchmark, BABE, NewsMTSC and headlines of the clickbait
set. No text of theirs goes into the project; the pairs are written outside of it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from contrast_balance import balance, print_counts, print_cues
from contrast_edits import OVERCLAIMED, UNSUPPORTED, Edit, find_edits, replace_once
from contrast_rewording import reword, turn
from contrast_statements import find_statements, read_facts, restyle
from contrast_texts import BORNE_OUT, Pair, Text, part_of, read_headed, read_texts
from contrast_words import Words
from public_data import find_data

from newsresearch.evidence import rank_evidence
from newsresearch.plain import straighten

NEEDED = ("fnc-1/train_bodies.csv.gz", "fnc-1/train_stances.csv.gz")
SEED = 20261123
# Of each article so many statements, of each statement so many edits.
STATEMENTS, EDITS = 8, 2
# How many synonyms a headline gets: more where it is borne out, so that words tell less.
REWORDED = {True: (0, 1, 2, 3, 4), False: (0, 1, 2, 3)}


def main() -> int:
    """Write the pairs and print how well surface cues tell the label."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    folder = find_data(NEEDED)
    if folder is None:
        return 0
    words = Words(arguments.wordnet)
    pairs = [pair for text in read_texts(folder) for pair in make_pairs(text, words)]
    pairs += [pair for text in read_headed(folder) for pair in change_headed(text, words)]
    pairs += list(add_unsupported(pairs))
    pairs = balance(pairs)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev"):
        own = [pair for pair in pairs if part_of(pair.story) == part]
        write(own, arguments.out / f"contrasts_{part}.jsonl.gz")
        print_counts(own, part)
        print_cues(own)
    return 0


# --- the pairs ----------------------------------------------------------------------------------


def make_pairs(text: Text, words: Words) -> Iterator[Pair]:
    """Yield, for each edit of some statements, a headline borne out and the same one not."""
    dice = random.Random(f"{SEED} {text.story} {len(text.body)}")
    body = straighten(text.body)
    statements = list(find_statements(body, words, dice))
    dice.shuffle(statements)
    facts = read_facts(body)
    for statement in statements[:STATEMENTS]:
        sentence = statement.sentence.of(body)
        for edit in draw(find_edits(statement.text, facts, words, dice), dice):
            changed = replace_once(sentence, edit.old, edit.new) if edit.old in sentence else ""
            if not changed or changed == sentence:
                continue
            other = body.replace(sentence, changed, 1)
            claims = (statement.text, replace_once(statement.text, edit.old, edit.new))
            # The flat fact as headline: what it is to the hedged body is what is to be learned.
            mine = 1 if edit.label == OVERCLAIMED and dice.random() < 0.8 else dice.randrange(2)
            label = name_label(edit, backwards=mine == 0)
            for own, evidence, whole in ((0, sentence, body), (1, changed, other)):
                fits = own == mine
                if label or fits:
                    headline = dress(claims[mine], edit, words, dice, fits)
                    kind = name_kind(statement.deep, headline) if fits else edit.kind
                    yield Pair(
                        headline, whole, BORNE_OUT if fits else label, kind, evidence, text.story
                    )


def change_headed(text: Text, words: Words) -> Iterator[Pair]:
    """Yield a real headline and an edited one, each with the body and with the body edited so."""
    dice = random.Random(f"{SEED} {text.story} {text.headline} {len(text.body)}")
    edits = find_edits(text.headline, read_facts(text.body), words, dice)
    for edit in draw((edit for edit in edits if edit.label != OVERCLAIMED), dice)[:1]:
        changed = text.body.replace(edit.old, edit.new)
        headlines = text.headline, replace_once(text.headline, edit.old, edit.new)
        mine = dice.randrange(2)
        for own, body in ((0, text.body), (1, changed)):
            fits = own == mine
            if own == 1 and changed == text.body:  # the body does not use these words
                break
            best = rank_evidence(headlines[mine], body, most=1)
            evidence = best[0].span.of(body) if best else ""
            yield Pair(
                headlines[mine], body, BORNE_OUT if fits else edit.label,
                "headline" if fits else edit.kind, evidence, text.story,
            )  # fmt: skip


def name_label(edit: Edit, *, backwards: bool) -> str:
    """Return what a headline is to the other version; '' where the hedged follows from the flat."""
    return "" if backwards and edit.kind in ("hedge_dropped", "said_as_fact") else edit.label


def name_kind(deep: bool, headline: str) -> str:
    negated = {"not", "no", "never", "without"} & set(headline.lower().split()) or "n't" in headline
    return "true_negation" if negated else "detail" if deep else "paraphrase"


def dress(claim: str, edit: Edit, words: Words, dice: random.Random, fits: bool) -> str:
    """Write a claim as a headline in partly other words; what the edit is about stays."""
    kept = f"{edit.old} {edit.new}"
    if edit.kind != "actor_swap" and dice.random() < 0.5:
        claim = turn(claim, words)
    claim = reword(claim, dice.choice(REWORDED[fits]), words, dice, kept)
    return restyle(claim[:1].upper() + claim[1:], words, dice)


def draw(edits: Iterable[Edit], dice: random.Random) -> list[Edit]:
    """Return some edits, of as many kinds as there are, rare kinds first."""
    by_kind: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_kind[edit.kind].append(edit)
    weights = {"negated": 2.0, "opposite": 1.3, "actor_swap": 1.2, "action": 1.0}
    weights |= {"hedge_dropped": 0.2, "said_as_fact": 0.4}
    kinds = sorted(by_kind, key=lambda kind: dice.random() * weights.get(kind, 1.0))
    return [dice.choice(by_kind[kind]) for kind in kinds[:EDITS]]


def add_unsupported(pairs: list[Pair]) -> Iterator[Pair]:
    """Yield true headlines with a body that lacks their sentence: nothing else says it."""
    dice = random.Random(SEED)
    for pair in pairs:
        if pair.label == BORNE_OUT and dice.random() < 0.2:
            rest = pair.body.replace(pair.evidence, "", 1)
            best = rank_evidence(pair.headline, rest, most=1)
            if best and 0.3 <= best[0].score < 0.6:
                yield pair._replace(body=rest, label=UNSUPPORTED, kind="left_out", evidence="")


def write(pairs: list[Pair], path: Path) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=5) as out:
        for pair in pairs:
            out.write(json.dumps(pair._asdict(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
