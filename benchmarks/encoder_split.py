"""Which stories of FNC-1's training part the encoder is trained on, and which choose it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from contrast_texts import part_of
from order import link
from stance_data import load_pairs


def split_stances(folder: Path, part: str) -> pd.DataFrame:
    """Return the pairs of FNC-1's training part whose headline and body are both of a part."""
    pairs = load_pairs(folder / "fnc-1", "train")
    related = pairs[pairs["Stance"] != "unrelated"]
    stories = link(related)
    own = {body: part_of(f"fnc {stories.get(body, body)}") for body in pairs["Body ID"].unique()}
    theirs = {h: own[b] for h, b in zip(related["Headline"], related["Body ID"], strict=True)}
    # A headline of no known story stands only with training bodies.
    headlines = pairs["Headline"].map(theirs).fillna("train")
    return pairs[(pairs["Body ID"].map(own) == part) & (headlines == part)]
