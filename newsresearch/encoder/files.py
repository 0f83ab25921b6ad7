"""Where the encoder's files are, and that they are the ones that were measured."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

__all__ = ["FILES", "MODEL_FOLDER", "EncoderError", "find_model"]

MODEL_FOLDER = "NEWSRESEARCH_MODELS"  # the variable that names a folder of models
# The sha256 of each file as it was measured: another file is another model.
FILES = {
    "model.onnx": "48af77ad04b06ca7c6e2e4a0f2e42d8931b9ace6cedc6af488dd4faba5062594",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_IN_SOURCES = Path(__file__).parents[2] / "data" / "models"


class EncoderError(RuntimeError):
    """The encoder cannot be used: says what is wrong, what was found, what to do."""


def find_model() -> Path:
    """Return the folder of the encoder's files, each of them checked.

    Looked for in the folder `encoder` of the one that NEWSRESEARCH_MODELS names, else in
    `data/models` of the source tree.
    """
    named = os.environ.get(MODEL_FOLDER)
    folder = (Path(named) if named else _IN_SOURCES) / "encoder"
    for name, expected in FILES.items():
        path = folder / name
        if not path.is_file():
            raise EncoderError(
                f"the encoder's file {name} is not there: looked for {path}. Copy the folder "
                f"data/models/encoder of the source tree to a folder of your own as 'encoder' "
                f"and set {MODEL_FOLDER} to that folder."
            )
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != expected:
            raise EncoderError(
                f"the encoder's file {path} is damaged or another one: its sha256 is "
                f"{found[:12]}…, not {expected[:12]}…. Copy it from the source tree once more."
            )
    return folder
