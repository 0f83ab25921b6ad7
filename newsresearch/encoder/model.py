"""The encoder at work: pairs of headline and body in, probabilities out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsresearch.encoder.files import EncoderError, find_model
from newsresearch.encoder.inputs import read_tokenizer, tokenize

__all__ = ["Encoder", "Readings", "load_encoder", "read_pairs"]

_THREADS = 2
Floats = NDArray[np.float64]


class Readings(NamedTuple):
    """What the encoder makes of pairs: a row for each, probabilities that add up to 1.

    Columns of ``stance``: agree, disagree, discuss, unrelated; of ``support``: LABELS.
    """

    stance: Floats
    support: Floats


class Encoder(NamedTuple):
    """A loaded model and its tokenizer."""

    session: Any
    tokenizer: Any

    def read(self, pairs: Sequence[tuple[str, str]], batch: int = 32) -> Readings:
        """Read pairs of headline and body; neither their order nor the batch plays a part."""
        rows = tokenize(self.tokenizer, pairs)
        order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
        found = Readings(np.zeros((len(rows), 4)), np.zeros((len(rows), 4)))
        for start in range(0, len(order), batch):
            own = order[start : start + batch]
            logits = self.session.run(None, _fill([rows[at] for at in own]))
            for table, values in zip(found, logits, strict=True):
                table[own] = _softmax(values.astype(np.float64))
        return found


@cache
def load_encoder() -> Encoder:
    """Load the encoder, once; its files are checked first."""
    try:
        import onnxruntime
        import tokenizers  # noqa: F401 - asked for here so that the error names the extra
    except ImportError as error:
        raise EncoderError(
            f"the encoder needs a package that is not installed: {error.name}. "
            "Run pip install 'newsresearch[encoder]'."
        ) from error
    return open_encoder(find_model(), onnxruntime)


def open_encoder(folder: Path, onnxruntime: Any) -> Encoder:
    """Open the model of a folder, on few threads: it runs beside other work."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = _THREADS, 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    return Encoder(session, read_tokenizer(folder / "tokenizer.json"))


def read_pairs(pairs: Sequence[tuple[str, str]], batch: int = 32) -> Readings:
    """Return probabilities of stance and of support for pairs of headline and body.

    It sees the five best sentences of the body, 96 pieces at most, and nothing else of it.

    Parameters
    ----------
    pairs
        Headline and body of each article.
    batch
        Pairs read at once: more needs more memory and is a little faster.

    Raises
    ------
    EncoderError
        If the extra `encoder` or the model's files are missing, or a file is damaged.
    """
    return load_encoder().read(pairs, batch)


def _fill(rows: Sequence[tuple[list[int], list[int]]]) -> dict[str, NDArray[np.int64]]:
    """Return rows of pieces as the arrays that the model takes, filled up with zeros."""
    longest = max(len(ids) for ids, _ in rows)
    names = ("input_ids", "attention_mask", "token_type_ids")
    arrays = {name: np.zeros((len(rows), longest), np.int64) for name in names}
    for at, (ids, types) in enumerate(rows):
        arrays["input_ids"][at, : len(ids)] = ids
        arrays["attention_mask"][at, : len(ids)] = 1
        arrays["token_type_ids"][at, : len(ids)] = types
    return arrays


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
