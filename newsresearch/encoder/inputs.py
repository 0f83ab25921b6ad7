"""What the encoder is given: the headline, and the sentences of the body that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsresearch.evidence import rank_evidence

__all__ = ["LABELS", "MOST_PIECES", "read_evidence", "read_tokenizer", "tokenize"]

LABELS = ("borne_out", "contradicted", "overclaimed", "unsupported")
# Pieces of words, headline and evidence together: three or four sentences.
MOST_PIECES = 96
_MOST_SENTENCES = 5


def read_evidence(headline: str, body: str) -> str:
    """Return the best sentences of the body for a headline, best first.

    Examples
    --------
    >>> read_evidence("Court frees baker", "Rain fell. A judge freed the baker.")
    'A judge freed the baker. Rain fell.'
    """
    best = rank_evidence(headline, body, _MOST_SENTENCES)
    return " ".join(" ".join(ranked.span.of(body).split()) for ranked in best)


def read_tokenizer(path: Path) -> Any:
    """Return the tokenizer of a file, cutting pairs to what the encoder takes."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES, strategy="longest_first")
    return tokenizer


def tokenize(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
    """Return, for each pair of headline and body, its pieces and which of the two each is of."""
    texts = [(headline, read_evidence(headline, body)) for headline, body in pairs]
    return [(found.ids, found.type_ids) for found in tokenizer.encode_batch(texts)]
